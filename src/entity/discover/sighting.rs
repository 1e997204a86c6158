//! One place where the text names something that no list has: what it is, and what gave it away.

use crate::analysis::EntityType;
use crate::gazetteer::{EntryId, Gender};
use crate::text::Span;

/// What gave an unlisted name away, the strongest first: where two disagree on the kind of thing, the earlier one is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoundBy {
    /// Its own words: "Sunrise Holdings", "University of X", "Lake X", "X Airport".
    NameHead,
    /// A noun beside it says its kind: "the town of X", "X province".
    Kind,
    /// A title or office before it: "Gen. X", "spokesman X".
    Title,
    /// An apposition says what it is: "X, a research fellow"; "the company's chief executive, X".
    Apposition,
    /// A person on the lists has its first name.
    GivenName,
    /// The network of the pipeline.
    Recogniser,
    /// It speaks, or has done to it what is done to people, and is made like a person's name.
    PersonVerb,
    /// A part or short form of a name found elsewhere in the document.
    Repeat,
}

impl FoundBy {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NameHead => "name-head",
            Self::Kind => "kind",
            Self::Title => "title",
            Self::Apposition => "apposition",
            Self::GivenName => "given-name",
            Self::Recogniser => "recogniser",
            Self::PersonVerb => "person-verb",
            Self::Repeat => "repeat",
        }
    }
}

/// An unlisted name in one sentence.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// Bytes of the document.
    pub span: Span,
    /// Tokens of its sentence, both ends in.
    pub first: usize,
    pub last: usize,
    /// The name's words as they stand, hyphenated ones whole.
    pub words: Vec<String>,
    pub entity_type: EntityType,
    pub found_by: FoundBy,
    pub facts: Facts,
    /// It stands where a place would: "in X".
    pub locative: bool,
    /// The listed place whose people or thing it is ("Californian").
    pub listed: Option<EntryId>,
}

/// What the words around a name say of its bearer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// ISO 3166 alpha-3, or IGO / NGO / MNC.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    pub gender: Option<Gender>,
    /// Title or noun in apposition, in small letters: "minister", "company".
    pub called: Vec<String>,
}

impl Facts {
    /// Takes over what it does not know itself.
    pub fn join(&mut self, other: &Self) {
        self.country = self.country.take().or_else(|| other.country.clone());
        self.sector = self.sector.take().or_else(|| other.sector.clone());
        self.gender = self.gender.or(other.gender);
        for noun in &other.called {
            if !self.called.contains(noun) {
                self.called.push(noun.clone());
            }
        }
    }
}

impl Sighting {
    /// Both cover some token.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// A whole name, not a surname or an initial with one.
    pub fn is_full(&self) -> bool {
        self.words.len() >= 2
    }
}
