//! One line of a list of entities in, the entity with its names, offices and codes out.

use super::cells;
use super::term::Term;
use super::tsv::{Line, List};
use super::{COLUMNS, EntityType, Fault};

/// An entity as a list writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    pub id: String,
    pub entity_type: EntityType,
    pub name: String,
    /// ISO 3166 alpha-3, or IGO / NGO / MNC.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    pub gender: Option<Gender>,
    /// Id of the state that this seat of power can speak for.
    pub stands_for: Option<String>,
    pub wikidata: Option<String>,
    pub geonames: Option<String>,
    /// Name of the first-level region that a place lies in.
    pub admin: Option<String>,
    /// Degrees, north positive.
    pub latitude: Option<f32>,
    /// Degrees, east positive.
    pub longitude: Option<f32>,
    /// People.
    pub population: Option<u64>,
    /// 0 to 1000: how likely the name alone means this entity.
    pub prior: Option<u16>,
    pub members: Vec<MemberRow>,
    /// When the entity existed.
    pub valid: Option<Term>,
    /// The canonical name first.
    pub aliases: Vec<AliasRow>,
    pub roles: Vec<RoleRow>,
}

impl EntityRow {
    /// An entity of which nothing but its name is known.
    pub fn named(id: &str, entity_type: EntityType, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            entity_type,
            name: name.to_owned(),
            country: None,
            sector: None,
            gender: None,
            stands_for: None,
            wikidata: None,
            geonames: None,
            admin: None,
            latitude: None,
            longitude: None,
            population: None,
            prior: None,
            members: Vec::new(),
            valid: None,
            aliases: vec![AliasRow::plain(name)],
            roles: Vec::new(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Male,
    Female,
}

/// A name of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct AliasRow {
    pub text: String,
    pub kind: AliasKind,
    /// Letter case does not matter.
    pub folded: bool,
    /// Counts only where the document gives the full name, or a title stands before it.
    pub context: bool,
    /// Needs "the" before it ("the West").
    pub article: bool,
    /// The same letters name something else as often (Georgia, Jordan).
    pub ambiguous: bool,
}

impl AliasRow {
    /// A name in this very spelling, without flags.
    pub fn plain(text: &str) -> Self {
        let text = text.to_owned();
        Self { text, kind: AliasKind::Name, folded: false, context: false, article: false, ambiguous: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AliasKind {
    Name,
    Short,
    Acronym,
    Demonym,
    Metonym,
    Former,
    Surname,
}

impl AliasKind {
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Short, Self::Acronym, Self::Demonym, Self::Metonym, Self::Former, Self::Surname];

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Short => "short",
            Self::Acronym => "acronym",
            Self::Demonym => "demonym",
            Self::Metonym => "metonym",
            Self::Former => "former",
            Self::Surname => "surname",
        }
    }
}

/// An office: title, the body or state it is of, and when it was held.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleRow {
    pub title: String,
    /// Id of the body or state.
    pub of: String,
    /// `None`: it was held, but the dates are not told.
    pub term: Option<Term>,
    /// Ids of the sources that the checked dates were checked against.
    pub sources: Vec<String>,
    /// As the list writes it, dates included and sources not.
    pub text: String,
}

/// A state (by its ISO code) or an entity (by its id) that belongs to a body, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberRow {
    pub id: String,
    pub term: Option<Term>,
}

pub(super) fn rows(list: &List) -> Result<Vec<EntityRow>, Fault> {
    list.demand(&COLUMNS, &["id", "type", "name"])?;
    list.lines().map(|line| entity(&line?)).collect()
}

fn entity(line: &Line) -> Result<EntityRow, Fault> {
    let name = line.required("name")?;
    Ok(EntityRow {
        id: line.required("id")?,
        entity_type: cells::entity_type(line)?,
        country: line.optional("country"),
        sector: line.optional("sector"),
        gender: cells::gender(line)?,
        stands_for: line.optional("stands_for"),
        wikidata: line.optional("wikidata"),
        geonames: line.optional("geonames"),
        admin: line.optional("admin"),
        latitude: cells::number(line, "lat", -90.0, 90.0)?,
        longitude: cells::number(line, "lon", -180.0, 180.0)?,
        population: cells::number(line, "population", 0, 20_000_000_000)?,
        prior: cells::number(line, "prior", 0, 1000)?,
        members: line.list("members").map(|member| cells::member(line, member)).collect::<Result<_, _>>()?,
        valid: cells::term(line, line.cell("valid"))?,
        aliases: aliases(line, &name)?,
        roles: line.list("roles").map(|role| cells::role(line, role)).collect::<Result<_, _>>()?,
        name,
    })
}

/// The canonical name first. A row that repeats its own name gives that name's flags.
fn aliases(line: &Line, name: &str) -> Result<Vec<AliasRow>, Fault> {
    let mut aliases: Vec<AliasRow> =
        line.list("aliases").map(|alias| cells::alias(line, alias)).collect::<Result<_, _>>()?;
    match aliases.iter().position(|alias| alias.text == name) {
        Some(at) => aliases.swap(0, at),
        None => aliases.insert(0, AliasRow::plain(name)),
    }
    Ok(aliases)
}
