//! One row of the gazetteer: an entity with its names, offices and codes.

use crate::analysis::EntityType;
use jiff::civil::Date;

/// Index of an entry in its gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
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
    /// The canonical name first.
    pub aliases: Vec<Alias>,
    pub roles: Vec<Role>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Male,
    Female,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
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
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "name" => Self::Name,
            "short" => Self::Short,
            "acronym" => Self::Acronym,
            "demonym" => Self::Demonym,
            "metonym" => Self::Metonym,
            "former" => Self::Former,
            "surname" => Self::Surname,
            _ => return None,
        })
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

/// An office: title, the body or state it is of, and when it was held (days; open where not known).
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    pub title: String,
    pub of: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
    /// As the row writes it, dates included.
    pub text: String,
    /// Whether the row gives any date.
    pub dated: bool,
}

impl Role {
    /// Whether the office was held on `day`.
    pub fn covers(&self, day: Date) -> bool {
        self.dated && self.start.is_none_or(|s| s <= day) && self.end.is_none_or(|e| day <= e)
    }
}
