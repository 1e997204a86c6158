//! An entity of the gazetteer, read where it lies: its names, offices and codes.

use super::compile::layout::{Section, entity, flag, u32_at, u64_at};
use super::rows::{AliasKind, Gender, Term};
use super::table::Table;
use crate::analysis::EntityType;
use jiff::civil::Date;
use std::ops::Range;

/// Index of an entry in its gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// A view of one entity; cheap to copy.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    pub(super) table: &'a Table,
    pub(super) row: usize,
}

impl<'a> Entry<'a> {
    pub fn id(self) -> &'a str {
        self.text(entity::ID)
    }

    pub fn is_state(self) -> bool {
        self.id().starts_with("state:")
    }

    pub fn entity_type(self) -> EntityType {
        entity_type(self.byte(entity::TYPE))
    }

    /// The canonical name.
    pub fn name(self) -> &'a str {
        self.alias(0).text()
    }

    /// ISO 3166 alpha-3, or IGO / NGO / MNC.
    pub fn country(self) -> Option<&'a str> {
        self.optional(entity::COUNTRY)
    }

    /// PLOVER sector.
    pub fn sector(self) -> Option<&'a str> {
        self.optional(entity::SECTOR)
    }

    pub fn gender(self) -> Option<Gender> {
        match self.byte(entity::GENDER) {
            1 => Some(Gender::Male),
            2 => Some(Gender::Female),
            _ => None,
        }
    }

    /// Id of the state that this seat of power can speak for.
    pub fn stands_for(self) -> Option<&'a str> {
        self.optional(entity::STANDS_FOR)
    }

    /// `Q159`.
    pub fn wikidata(self) -> Option<&'a str> {
        self.optional(entity::WIKIDATA)
    }

    /// Number in GeoNames.
    pub fn geonames(self) -> Option<&'a str> {
        self.optional(entity::GEONAMES)
    }

    /// Name of the first-level region that a place lies in.
    pub fn admin(self) -> Option<&'a str> {
        self.optional(entity::ADMIN)
    }

    /// Latitude and longitude in degrees, north and east positive.
    pub fn position(self) -> Option<(f32, f32)> {
        let degrees = |field| Some(f32::from_bits(self.number(field))).filter(|degrees| degrees.is_finite());
        degrees(entity::LATITUDE).zip(degrees(entity::LONGITUDE))
    }

    /// People.
    pub fn population(self) -> Option<u64> {
        let at = self.row * entity::SIZE + entity::POPULATION;
        Some(u64_at(self.table.section(Section::Entities), at)).filter(|people| *people != u64::MAX)
    }

    /// 0 to 1000: how likely the name alone means this entity; `None` where the list does not say.
    pub fn prior(self) -> Option<u16> {
        let prior = u16::from_le_bytes([self.byte(entity::PRIOR), self.byte(entity::PRIOR + 1)]);
        Some(prior).filter(|prior| *prior != u16::MAX)
    }

    /// When the entity existed; `None` where the list does not say.
    pub fn valid(self) -> Option<Term> {
        self.table.term(Section::Entities, self.row * entity::SIZE + entity::VALID)
    }

    /// States and entities that belong to it.
    pub fn members(self) -> impl ExactSizeIterator<Item = Member<'a>> + Clone {
        self.rows(entity::MEMBERS, Section::Members).map(move |row| Member { table: self.table, row })
    }

    /// Its names, the canonical one first.
    pub fn aliases(self) -> impl ExactSizeIterator<Item = Alias<'a>> + Clone {
        self.rows(entity::ALIASES, Section::Aliases).map(move |row| Alias { table: self.table, row })
    }

    /// Name number `index`, as a [`Candidate`](super::Candidate) tells it.
    pub fn alias(self, index: usize) -> Alias<'a> {
        let row = self.rows(entity::ALIASES, Section::Aliases).start.saturating_add(index);
        Alias { table: self.table, row }
    }

    /// Offices held.
    pub fn roles(self) -> impl ExactSizeIterator<Item = Role<'a>> + Clone {
        self.rows(entity::ROLES, Section::Roles).map(move |row| Role { table: self.table, row })
    }

    pub(super) fn role(self, index: usize) -> Role<'a> {
        let row = self.rows(entity::ROLES, Section::Roles).start.saturating_add(index);
        Role { table: self.table, row }
    }

    fn number(self, field: usize) -> u32 {
        u32_at(self.table.section(Section::Entities), self.row * entity::SIZE + field)
    }

    fn byte(self, field: usize) -> u8 {
        self.table.section(Section::Entities).get(self.row * entity::SIZE + field).copied().unwrap_or_default()
    }

    fn text(self, field: usize) -> &'a str {
        self.table.text(self.number(field))
    }

    fn optional(self, field: usize) -> Option<&'a str> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    /// Its rows in another section: from where those of the entity before it end.
    fn rows(self, field: usize, section: Section) -> Range<usize> {
        let before = self.row.checked_sub(1).map_or(0, |row| Entry { row, ..self }.number(field) as usize);
        let end = (self.number(field) as usize).min(self.table.count(section));
        before.min(end)..end
    }
}

pub(super) fn entity_type(code: u8) -> EntityType {
    match code {
        0 => EntityType::Person,
        1 => EntityType::Place,
        2 => EntityType::Org,
        3 => EntityType::Facility,
        4 => EntityType::Event,
        _ => EntityType::Other,
    }
}

/// A view of one name of an entity.
#[derive(Clone, Copy)]
pub struct Alias<'a> {
    table: &'a Table,
    row: usize,
}

impl<'a> Alias<'a> {
    pub fn text(self) -> &'a str {
        self.table.text(u32_at(self.table.section(Section::Aliases), self.row * 8))
    }

    pub fn kind(self) -> AliasKind {
        AliasKind::ALL.get(usize::from(self.byte(4))).copied().unwrap_or(AliasKind::Name)
    }

    /// Letter case does not matter.
    pub fn is_folded(self) -> bool {
        self.byte(5) & flag::FOLDED != 0
    }

    /// Counts only where the document gives the full name, or a title stands before it.
    pub fn needs_context(self) -> bool {
        self.byte(5) & flag::CONTEXT != 0
    }

    /// Needs "the" before it ("the West").
    pub fn needs_article(self) -> bool {
        self.byte(5) & flag::ARTICLE != 0
    }

    /// The same letters name something else as often (Georgia, Jordan).
    pub fn is_ambiguous(self) -> bool {
        self.byte(5) & flag::AMBIGUOUS != 0
    }

    fn byte(self, at: usize) -> u8 {
        self.table.section(Section::Aliases).get(self.row * 8 + at).copied().unwrap_or_default()
    }
}

/// A view of one office: title, the body or state it is of, and when it was held.
#[derive(Clone, Copy)]
pub struct Role<'a> {
    table: &'a Table,
    row: usize,
}

impl<'a> Role<'a> {
    pub fn title(self) -> &'a str {
        self.field(0)
    }

    /// Id of the body or state.
    pub fn of(self) -> &'a str {
        self.field(4)
    }

    /// `None`: it was held, but the dates are not told.
    pub fn term(self) -> Option<Term> {
        self.table.term(Section::Roles, self.row * 24 + 16)
    }

    /// As the list writes it, dates included.
    pub fn text(self) -> &'a str {
        self.field(8)
    }

    /// Ids of the sources that the checked dates were checked against.
    pub fn sources(self) -> impl Iterator<Item = &'a str> + Clone {
        self.field(12).split_whitespace()
    }

    /// Whether the dates, checked or not, let the office be held on `day`. One without any date covers no day.
    pub fn covers(self, day: Date) -> bool {
        let dated = |term: &Term| term.start.day.is_some() || term.end.day.is_some();
        self.term().filter(dated).is_some_and(|term| term.covers(day))
    }

    fn field(self, at: usize) -> &'a str {
        self.table.text(u32_at(self.table.section(Section::Roles), self.row * 24 + at))
    }
}

/// How far the lists can tell that an office was held on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// The dates exclude it, or there are none.
    No,
    /// The dates allow it; one that matters was not checked, or the source that was asked ends before the day.
    Perhaps,
    /// Both dates were checked against a named source.
    Surely,
}

/// A view of one member of a body.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    table: &'a Table,
    row: usize,
}

impl<'a> Member<'a> {
    /// ISO 3166 alpha-3 code of a state, or id of an entity.
    pub fn id(self) -> &'a str {
        self.table.text(u32_at(self.table.section(Section::Members), self.row * 12))
    }

    /// `None`: from the beginning, and still.
    pub fn term(self) -> Option<Term> {
        self.table.term(Section::Members, self.row * 12 + 4)
    }
}
