//! The engine's cue words: `rules/lexicon.toml`, `nouns.toml`, `nominals.toml`, `headlines.toml` and the plain lists of
//! `gazetteer/` in, sets of words out.

use crate::error::{Error, Result, place_in};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::cmp::Ordering;

/// A list of lemmas, written as words between blanks.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "String")]
pub struct Words(FxHashSet<String>);

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self(text.split_whitespace().map(str::to_owned).collect())
    }
}

impl Words {
    pub fn has(&self, lemma: &str) -> bool {
        self.0.contains(lemma)
    }
}

/// A list of words compiled in, one a line in the order of their bytes below a head of `#` lines; searched as it stands, so
/// that long lists cost nothing at the start.
#[derive(Debug, Default)]
pub struct Lines(&'static str);

impl Lines {
    fn of(text: &'static str) -> Self {
        let head: usize = text.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
        Self(&text[head..])
    }

    pub fn has(&self, word: &str) -> bool {
        let mut rest = self.0.as_bytes();
        while !rest.is_empty() {
            let middle = rest.len() / 2;
            let start = rest[..middle].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            let end = rest[start..].iter().position(|&byte| byte == b'\n').map_or(rest.len(), |length| start + length);
            match word.as_bytes().cmp(&rest[start..end]) {
                Ordering::Equal => return true,
                Ordering::Less => rest = &rest[..start],
                Ordering::Greater => rest = rest.get(end + 1..).unwrap_or_default(),
            }
        }
        false
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    pub reporting: Words,
    pub quoting: Words,
    pub wishing: Words,
    pub voicing: Words,
    pub speech_nouns: Words,
    pub titles: Words,
    pub person_nouns: Words,
    pub walks: Words,
    pub storms: Words,
    pub ships: Words,
    pub storm_kinds: Words,
    pub clubs: Words,
    pub doings: Words,
    pub honours: Words,
    pub regional: Words,
    pub journeys: Words,
    pub on_places: Words,
    pub of_places: Words,
    pub collectives: Words,
    pub hearsay: Words,
    pub partitives: Words,
    pub kinds: Words,
    pub idioms: Words,
    /// Preposition and noun, a hyphen between.
    pub phrases: Words,
    pub results: Words,
    pub conditions: Words,
    pub harming: Words,
    pub targets: Words,
    pub awaiting: Words,
    pub works: Words,
    pub happening: Words,
    pub bodies: Words,
    pub acting: Words,
    pub judging_nouns: Words,
    pub asking_nouns: Words,
    pub meetings: Words,
    pub evaluative: Words,
    pub ditransitive: Words,
    pub hollow: Words,
    pub venued: Words,
    pub telling: Words,
    pub naming: Words,
    pub quantifiers: Words,
    pub type_nouns: Words,
    pub blocs: Words,
    pub body_modifiers: Words,
    pub state_organs: Words,
    pub body_prepositions: Words,
    pub name_particles: Words,
    pub locative: Words,
    pub no_names: Words,
    pub partisans: Words,
    pub male: Words,
    pub female: Words,
    pub company_nouns: Words,
    pub done_to_people: Words,
    /// Words that end a body's name, or begin it before "of", to the body's sector.
    #[serde(deserialize_with = "by_sector")]
    pub body_heads: FxHashMap<String, String>,
    /// Words that end another name, to its kind.
    #[serde(deserialize_with = "by_sector")]
    pub name_heads: FxHashMap<String, String>,
    /// Words that begin a name, to its kind.
    #[serde(deserialize_with = "by_sector")]
    pub name_starts: FxHashMap<String, String>,
    /// Nouns in small letters beside a name, to its kind.
    #[serde(deserialize_with = "by_sector")]
    pub kinds_beside: FxHashMap<String, String>,
    /// Offices, to the sector they give their holder.
    #[serde(deserialize_with = "by_sector")]
    pub offices: FxHashMap<String, String>,
    /// PLOVER sector to the nouns that act for a state or body.
    #[serde(deserialize_with = "by_sector")]
    pub stand_in: FxHashMap<String, String>,
    /// PLOVER sector to the nouns that are actors of their own.
    #[serde(deserialize_with = "by_sector")]
    pub derived: FxHashMap<String, String>,
    pub control: Control,
    pub light: Words,
    pub light_prepositional: Words,
    pub joining: Words,
    pub reciprocal: Reciprocal,
    pub prepositions: Prepositions,
    /// First names of people that are no common words, as they are written.
    #[serde(skip)]
    pub first_names: Lines,
    /// The commoner words of English.
    #[serde(skip)]
    pub plain_words: Lines,
    #[serde(skip)]
    pub headlines: Headlines,
    #[serde(skip)]
    pub nouns: FxHashMap<String, NounFrame>,
    #[serde(skip)]
    pub nominals: Nominals,
}

/// What definite nouns may take up: `rules/nominals.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nominals {
    pub states: Words,
    pub pairs: Words,
    pub towns: Words,
    /// Words in the names of places that are no towns.
    pub no_towns: Words,
    /// Modifiers that tell nothing apart.
    pub plain: Words,
    /// Nouns to the ISO codes of the states that can be called so.
    pub kinds: FxHashMap<String, Words>,
    /// Adjectives likewise.
    pub regions: FxHashMap<String, Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    pub asserted: Words,
    pub intended: Words,
    pub willing: Words,
    pub ranks: Words,
    pub calls: Words,
    pub astray: Words,
    pub pending: Words,
    pub negative: Words,
    pub refusal: Words,
    pub negative_adjectives: Words,
    pub denial: Words,
    pub object: Words,
    pub causative: Words,
    pub requested: Words,
    pub blocking: Words,
    pub requesting: Words,
    pub charging: Words,
    pub accusing: Words,
}

/// Cue words of headlines and of text in capitals: `rules/headlines.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headlines {
    pub small: Words,
    pub function: Words,
    pub calendar: Words,
    pub unsure_months: Words,
    pub before_months: Words,
    pub acronyms: Words,
    pub pronouns_before: Words,
    pub kickers: Words,
    pub comment: Words,
    pub sources: Words,
    pub saying: Words,
    pub clausal: Words,
    pub going: Words,
    pub naming: Words,
    pub participle_after: Words,
    pub finite: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reciprocal {
    pub verbs: Words,
    pub nouns: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prepositions {
    pub adjunct: Words,
    pub topic: Words,
    pub place: Words,
    pub place_verbs: Words,
}

/// What a deverbal noun takes.
#[derive(Clone, Debug, Default)]
pub struct NounFrame {
    pub patient: Vec<String>,
    pub compound: bool,
    pub mutual: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounFile {
    noun: Vec<NounRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounRow {
    lemmas: String,
    patient: String,
    #[serde(default)]
    compound: bool,
    #[serde(default)]
    mutual: bool,
}

/// Turns `SECTOR = "noun noun"` round to noun -> sector.
fn by_sector<'de, D: serde::Deserializer<'de>>(d: D) -> std::result::Result<FxHashMap<String, String>, D::Error> {
    let table = std::collections::BTreeMap::<String, String>::deserialize(d)?;
    let nouns = table
        .iter()
        .flat_map(|(sector, words)| words.split_whitespace().map(move |noun| (noun.to_owned(), sector.clone())));
    Ok(nouns.collect())
}

impl Lexicon {
    /// The cue words compiled into the program.
    pub fn embedded() -> Result<Self> {
        let lexicon = include_str!("../rules/lexicon.toml");
        let nouns = include_str!("../rules/nouns.toml");
        let headlines = include_str!("../rules/headlines.toml");
        let nominals = include_str!("../rules/nominals.toml");
        let mut parsed = Self::parse(lexicon, nouns, headlines, nominals)?;
        parsed.first_names = Lines::of(include_str!("../gazetteer/first-names.txt"));
        parsed.plain_words = Lines::of(include_str!("../gazetteer/plain-words.txt"));
        Ok(parsed)
    }

    fn parse(lexicon: &str, nouns: &str, headlines: &str, nominals: &str) -> Result<Self> {
        let mut parsed: Self = toml::from_str(lexicon).map_err(|e| fault("rules/lexicon.toml", lexicon, &e))?;
        let rows: NounFile = toml::from_str(nouns).map_err(|e| fault("rules/nouns.toml", nouns, &e))?;
        parsed.headlines = toml::from_str(headlines).map_err(|e| fault("rules/headlines.toml", headlines, &e))?;
        parsed.nominals = toml::from_str(nominals).map_err(|e| fault("rules/nominals.toml", nominals, &e))?;
        for row in &rows.noun {
            let patient = row.patient.split_whitespace().map(str::to_owned).collect();
            let frame = NounFrame { patient, compound: row.compound, mutual: row.mutual };
            parsed.nouns.extend(row.lemmas.split_whitespace().map(|l| (l.to_owned(), frame.clone())));
        }
        Ok(parsed)
    }
}

/// A TOML error with its file, line and column.
pub(crate) fn fault(file: &str, text: &str, error: &toml::de::Error) -> Error {
    Error::Data {
        place: place_in(file, text, error.span().map_or(0, |span| span.start)),
        found: error.message().to_owned(),
        expected: "a table as the comments of the file describe it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list out of order would lose words without a word.
    #[test]
    fn every_word_of_the_long_lists_is_found() {
        let lexicon = Lexicon::embedded().unwrap();
        for list in [&lexicon.first_names, &lexicon.plain_words] {
            assert!(list.0.lines().count() > 20_000 && list.0.lines().all(|word| list.has(word)));
            assert!(!list.has("") && !list.has("#") && !list.has("aardvarkk") && !list.has("\u{10ffff}"));
        }
    }
}
