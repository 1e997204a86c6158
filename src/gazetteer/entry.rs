//! An entity of the gazetteer, read where it lies: its names, offices and codes.

use super::rows::{AliasKind, AliasRow, EntityRow, Gender, MemberRow, RoleRow, Term};
use crate::analysis::EntityType;
use jiff::civil::Date;

/// Index of an entry in its gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// A view of one entity; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a>(pub(super) &'a EntityRow);

impl<'a> Entry<'a> {
    pub fn id(self) -> &'a str {
        &self.0.id
    }

    pub fn is_state(self) -> bool {
        self.id().starts_with("state:")
    }

    pub fn entity_type(self) -> EntityType {
        self.0.entity_type
    }

    /// The canonical name.
    pub fn name(self) -> &'a str {
        &self.0.name
    }

    /// ISO 3166 alpha-3, or IGO / NGO / MNC.
    pub fn country(self) -> Option<&'a str> {
        self.0.country.as_deref()
    }

    /// PLOVER sector.
    pub fn sector(self) -> Option<&'a str> {
        self.0.sector.as_deref()
    }

    pub fn gender(self) -> Option<Gender> {
        self.0.gender
    }

    /// Id of the state that this seat of power can speak for.
    pub fn stands_for(self) -> Option<&'a str> {
        self.0.stands_for.as_deref()
    }

    /// `Q159`.
    pub fn wikidata(self) -> Option<&'a str> {
        self.0.wikidata.as_deref()
    }

    /// Number in GeoNames.
    pub fn geonames(self) -> Option<&'a str> {
        self.0.geonames.as_deref()
    }

    /// Name of the first-level region that a place lies in.
    pub fn admin(self) -> Option<&'a str> {
        self.0.admin.as_deref()
    }

    /// Latitude and longitude in degrees, north and east positive.
    pub fn position(self) -> Option<(f32, f32)> {
        self.0.latitude.zip(self.0.longitude)
    }

    /// People.
    pub fn population(self) -> Option<u64> {
        self.0.population
    }

    /// 0 to 1000: how likely the name alone means this entity; `None` where the list does not say.
    pub fn prior(self) -> Option<u16> {
        self.0.prior
    }

    /// When the entity existed; `None` where the list does not say.
    pub fn valid(self) -> Option<Term> {
        self.0.valid
    }

    /// States and entities that belong to it.
    pub fn members(self) -> impl ExactSizeIterator<Item = Member<'a>> + Clone {
        self.0.members.iter().map(Member)
    }

    /// Its names, the canonical one first.
    pub fn aliases(self) -> impl ExactSizeIterator<Item = Alias<'a>> + Clone {
        self.0.aliases.iter().map(Alias)
    }

    /// Name number `index`, as a [`Candidate`](super::Candidate) tells it.
    pub fn alias(self, index: usize) -> Alias<'a> {
        Alias(&self.0.aliases[index])
    }

    /// Offices held.
    pub fn roles(self) -> impl ExactSizeIterator<Item = Role<'a>> + Clone {
        self.0.roles.iter().map(Role)
    }
}

/// A view of one name of an entity.
#[derive(Clone, Copy, Debug)]
pub struct Alias<'a>(pub(super) &'a AliasRow);

impl<'a> Alias<'a> {
    pub fn text(self) -> &'a str {
        &self.0.text
    }

    pub fn kind(self) -> AliasKind {
        self.0.kind
    }

    /// Letter case does not matter.
    pub fn is_folded(self) -> bool {
        self.0.folded
    }

    /// Counts only where the document gives the full name, or a title stands before it.
    pub fn needs_context(self) -> bool {
        self.0.context
    }

    /// Needs "the" before it ("the West").
    pub fn needs_article(self) -> bool {
        self.0.article
    }

    /// The same letters name something else as often (Georgia, Jordan).
    pub fn is_ambiguous(self) -> bool {
        self.0.ambiguous
    }
}

/// A view of one office: title, the body or state it is of, and when it was held.
#[derive(Clone, Copy, Debug)]
pub struct Role<'a>(pub(super) &'a RoleRow);

impl<'a> Role<'a> {
    pub fn title(self) -> &'a str {
        &self.0.title
    }

    /// Id of the body or state.
    pub fn of(self) -> &'a str {
        &self.0.of
    }

    /// `None`: it was held, but the dates are not told.
    pub fn term(self) -> Option<Term> {
        self.0.term
    }

    /// As the list writes it, dates included.
    pub fn text(self) -> &'a str {
        &self.0.text
    }

    /// Ids of the sources that the checked dates were checked against.
    pub fn sources(self) -> impl ExactSizeIterator<Item = &'a str> + Clone {
        self.0.sources.iter().map(String::as_str)
    }

    /// Whether the dates, checked or not, let the office be held on `day`. One without any date covers no day.
    pub fn covers(self, day: Date) -> bool {
        let dated = |term: &Term| term.start.day.is_some() || term.end.day.is_some();
        self.term().filter(dated).is_some_and(|term| term.covers(day))
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
#[derive(Clone, Copy, Debug)]
pub struct Member<'a>(pub(super) &'a MemberRow);

impl<'a> Member<'a> {
    /// ISO 3166 alpha-3 code of a state, or id of an entity.
    pub fn id(self) -> &'a str {
        &self.0.id
    }

    /// `None`: from the beginning, and still.
    pub fn term(self) -> Option<Term> {
        self.0.term
    }
}
