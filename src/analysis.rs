//! What one document says, as plain data: the `extract` contract. Offsets are code points, `end` exclusive.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    pub id: String,
    pub source: Option<String>,
    /// ISO date.
    pub published: Option<String>,
    pub text_sha256: String,
    pub language: String,
    /// Given only where the analysed text is not the input (HTML).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub mentions: Vec<MentionRecord>,
    pub relations: Vec<RelationRecord>,
    pub claims: Vec<ClaimRecord>,
    pub notes: Vec<NoteRecord>,
    /// With `--open`: every clause as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tuples: Option<Vec<TupleRecord>>,
    /// Not part of the contract: sentences [start, end) for the store.
    #[serde(skip)]
    pub sentences: Vec<[usize; 2]>,
    /// Not part of the contract: the entities that mentions and relations point to, in order of id.
    #[serde(skip)]
    pub entities: Vec<EntityRecord>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    Name,
    Nominal,
    Pronoun,
}

impl MentionKind {
    /// As the contract writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EntityType {
    Person,
    Place,
    Org,
    Facility,
    Event,
    Other,
}

impl EntityType {
    pub const ALL: [Self; 6] = [Self::Person, Self::Place, Self::Org, Self::Facility, Self::Event, Self::Other];

    /// The type of that name, written as [`EntityType::as_str`] does.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// As the lists and all answers write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Place => "PLACE",
            Self::Org => "ORG",
            Self::Facility => "FACILITY",
            Self::Event => "EVENT",
            Self::Other => "OTHER",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Polarity {
    #[serde(rename = "+")]
    Positive,
    #[serde(rename = "-")]
    Negative,
}

impl Polarity {
    /// As the contract writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "+",
            Self::Negative => "-",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    Asserted,
    Intended,
    Possible,
    Conditional,
    Requested,
}

impl Modality {
    /// As the contract writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Intended => "intended",
            Self::Possible => "possible",
            Self::Conditional => "conditional",
            Self::Requested => "requested",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Asserted,
    Attributed,
    Hypothetical,
}

impl Status {
    /// As the contract writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Attributed => "attributed",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// How surely the words of an edge were read, the least sure first; `rules/trust.toml` says what was measured of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    #[default]
    Tentative,
    Inferred,
    Resolved,
    Construed,
    Direct,
}

impl Trust {
    /// The best first.
    pub const ALL: [Self; 5] = [Self::Direct, Self::Construed, Self::Resolved, Self::Inferred, Self::Tentative];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tentative => "tentative",
            Self::Inferred => "inferred",
            Self::Resolved => "resolved",
            Self::Construed => "construed",
            Self::Direct => "direct",
        }
    }

    /// What edges of this level have in common.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Direct => "names that a list or the text itself explains, in the deed's own slots",
            Self::Construed => {
                "such names, joined to the deed by structure: coordination, relatives, control, nouns, possessors, stand-ins"
            }
            Self::Resolved => {
                "an end is a pronoun or description whose name stands in the same sentence, or an office that the lists settle"
            }
            Self::Inferred => {
                "an end is a name that only its look tells, or a description that reaches back; or a subject is understood from another clause"
            }
            Self::Tentative => "an end is a pronoun that reaches back beyond its sentence, or out of a quotation",
        }
    }

    /// 1 for the least sure, as the database has it.
    pub fn rank(self) -> u8 {
        self as u8 + 1
    }

    pub fn of_rank(rank: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|trust| trust.rank() == rank)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub kind: MentionKind,
    /// Canonical name.
    pub entity: String,
    pub entity_id: String,
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// Canonical name of the state a seat of power speaks for, in actor positions.
    pub stands_for: Option<String>,
    pub discovered: bool,
    /// Not part of the contract: what gave an unlisted name away ("title", "recogniser" ...), for the store.
    #[serde(skip)]
    pub found_by: Option<String>,
    /// Not part of the contract: why a listed name was taken for this entity, where the analyser was asked to explain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<ChoiceRecord>,
}

/// How a name was settled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceRecord {
    /// The rule that decided: "only-meaning", "within", "country" ...
    pub rule: String,
    /// Best first; empty where there was nothing to weigh.
    pub candidates: Vec<CandidateRecord>,
}

/// What spoke for one meaning of a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CandidateRecord {
    pub entity: String,
    pub entity_id: String,
    pub score: i32,
    /// Points by rule.
    pub points: Vec<(String, i32)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationRecord {
    pub subject: String,
    pub subject_id: String,
    /// ISO 3166 alpha-3 of the state the actor belongs to, or IGO / NGO / MNC.
    pub subject_code: Option<String>,
    /// PLOVER sector: GOV MIL REB OPP CVL ...
    pub subject_sector: Option<String>,
    /// The stand-in noun ("officials"), where one acts for the entity.
    pub subject_head: Option<String>,
    pub subject_span: [usize; 2],
    pub subject_text: String,
    pub predicate: String,
    /// Typed name, where a rule gives one.
    pub relation: Option<String>,
    /// PLOVER class.
    pub event: Option<String>,
    pub object: String,
    pub object_id: String,
    pub object_code: Option<String>,
    pub object_sector: Option<String>,
    pub object_head: Option<String>,
    pub object_span: [usize; 2],
    pub object_text: String,
    pub predicate_text: String,
    pub symmetric: bool,
    pub polarity: Polarity,
    pub modality: Modality,
    pub status: Status,
    /// The innermost speaker; null if nobody or an unnamed one.
    pub attributed_to: Option<String>,
    /// Who passed it on.
    pub via: Option<String>,
    /// ISO date, week, month, year or interval.
    pub time: Option<String>,
    pub time_text: Option<String>,
    pub evidence_start: usize,
    pub evidence_end: usize,
    pub trigger_start: usize,
    pub trigger_end: usize,
    pub rule: Option<String>,
    /// Not part of the contract: how surely the words were read, for the store.
    #[serde(skip)]
    pub trust: Trust,
    /// Not part of the contract: how the words were read, where the analyser was asked to explain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<ReadingRecord>,
}

/// By which steps an edge was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadingRecord {
    pub trust: Trust,
    /// "listed"; "unlisted:" and what gave the name away; or the sieve that settled a reference and how far it reached
    /// ("person:sentence").
    pub subject: String,
    pub object: String,
    /// What lies between the deed and its ends: "coordination", "relative" ...
    pub steps: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimRecord {
    pub subject: String,
    pub subject_span: [usize; 2],
    pub subject_text: String,
    pub predicate: String,
    pub predicate_text: String,
    pub object_text: String,
    pub object_span: [usize; 2],
    pub polarity: Polarity,
    pub modality: Modality,
    pub status: Status,
    pub attributed_to: Option<String>,
    pub via: Option<String>,
    pub evidence_start: usize,
    pub evidence_end: usize,
    pub trigger_start: usize,
    pub trigger_end: usize,
    /// Not part of the contract: the subject's entity id, for the store.
    #[serde(skip)]
    pub subject_id: String,
}

/// What was skipped or given up, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteRecord {
    pub kind: String,
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// A clause as text, entity or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TupleRecord {
    pub subject_text: String,
    pub predicate_text: String,
    pub object_text: String,
    pub sentence: [usize; 2],
}

/// An entity as a document uses it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntityRecord {
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    pub country: Option<String>,
    pub sector: Option<String>,
    pub discovered: bool,
    /// Id of the state a seat of power can stand for.
    pub stands_for: Option<String>,
    /// Every name the gazetteer or the document has for it, with its kind (name, short, acronym, demonym, metonym, former, surname).
    pub aliases: Vec<(String, String)>,
    /// Offices held, as the gazetteer writes them ("president of Russia 2012-05-07..").
    pub roles: Vec<String>,
    /// Wikidata id, where known.
    pub wikidata: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Databases are filled with `as_str`, answers with serde's words.
    #[test]
    fn store_and_answers_have_the_same_words() {
        #[track_caller]
        fn same(value: impl Serialize, stored: &str) {
            assert_eq!(serde_json::to_value(value).unwrap(), stored);
        }
        EntityType::ALL.into_iter().for_each(|kind| same(kind, kind.as_str()));
        Trust::ALL.into_iter().for_each(|trust| same(trust, trust.as_str()));
        [Polarity::Positive, Polarity::Negative].into_iter().for_each(|polarity| same(polarity, polarity.as_str()));
        use Modality::*;
        [Asserted, Intended, Possible, Conditional, Requested].into_iter().for_each(|m| same(m, m.as_str()));
        let statuses = [Status::Asserted, Status::Attributed, Status::Hypothetical];
        statuses.into_iter().for_each(|status| same(status, status.as_str()));
        let kinds = [MentionKind::Name, MentionKind::Nominal, MentionKind::Pronoun];
        kinds.into_iter().for_each(|kind| same(kind, kind.as_str()));
    }
}
