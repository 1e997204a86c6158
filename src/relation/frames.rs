//! Rule files in, typed relations out: a frame is the plain clause that a reader would say aloud.

use super::edges::Edge;
use super::extract::Attitude;
use crate::analysis::{Modality, Polarity};
use crate::entity::{Located, Registry};
use crate::error::{Error, Result};
use crate::lexicon::fault;
use serde::Deserialize;

/// What a rule makes of an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Rule id: file stem and relation.
    pub rule: String,
    pub relation: String,
    /// PLOVER class.
    pub event: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<toml::Spanned<RuleRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    relation: String,
    event: Option<String>,
    frames: Vec<toml::Spanned<String>>,
    examples: Vec<String>,
    polarity: Option<Polarity>,
    #[serde(default)]
    modality: Vec<Modality>,
}

/// A rule in the form that matching needs.
struct Rule {
    typed: Typed,
    frames: Vec<Frame>,
    polarity: Option<Polarity>,
    modality: Vec<Modality>,
    /// With the place of the rule, for the tests that execute them.
    examples: Vec<Example>,
}

/// An executed example: a sentence and the edge it must give.
#[derive(Clone, Debug)]
pub struct Example {
    pub place: String,
    pub text: String,
}

/// The words between the two ends, each a set of alternatives.
struct Frame {
    /// Nouns that the third slot ({via:bridge/road}) asks for.
    mutual: bool,
    words: Vec<Word>,
}

enum Word {
    Any(Vec<String>),
    /// `...`: any number of words.
    Gap,
}

pub struct Rules(Vec<Rule>);

/// Rules compiled into the program, the more particular files first.
const SHIPPED: &[(&str, &str)] = &[
    ("rules/conflict.toml", include_str!("../../rules/conflict.toml")),
    ("rules/diplomacy.toml", include_str!("../../rules/diplomacy.toml")),
    ("rules/world.toml", include_str!("../../rules/world.toml")),
];

impl Rules {
    pub fn embedded() -> Result<Self> {
        let mut rules = Vec::new();
        for (file, text) in SHIPPED {
            rules.extend(parse(file, text)?);
        }
        Ok(Self(rules))
    }

    pub fn examples(&self) -> impl Iterator<Item = &Example> {
        self.0.iter().flat_map(|r| &r.examples)
    }

    /// The first rule whose frame says what the edge says.
    pub(super) fn classify(&self, edge: &Edge, attitude: &Attitude, _: &Located, _: &Registry) -> Option<Typed> {
        let words: Vec<&str> = edge.predicate.words().collect();
        let fits = |rule: &&Rule| {
            rule.polarity.is_none_or(|p| p == attitude.polarity)
                && (rule.modality.is_empty() || rule.modality.contains(&attitude.modality))
                && rule.frames.iter().any(|f| f.matches(&words, edge.symmetric))
        };
        self.0.iter().find(fits).map(|r| r.typed.clone())
    }
}

impl Frame {
    fn matches(&self, words: &[&str], symmetric: bool) -> bool {
        (!self.mutual || symmetric) && matches(&self.words, words)
    }
}

fn matches(pattern: &[Word], words: &[&str]) -> bool {
    match (pattern.first(), words.first()) {
        (None, None) => true,
        (Some(Word::Gap), _) => matches(&pattern[1..], words) || !words.is_empty() && matches(pattern, &words[1..]),
        (Some(Word::Any(any)), Some(word)) => any.iter().any(|a| a == word) && matches(&pattern[1..], &words[1..]),
        _ => false,
    }
}

fn parse(file: &str, text: &str) -> Result<Vec<Rule>> {
    let parsed: File = toml::from_str(text).map_err(|e| fault(file, text, &e))?;
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml");
    parsed.rule.into_iter().map(|row| rule(file, text, stem, row)).collect()
}

fn rule(file: &str, text: &str, stem: &str, row: toml::Spanned<RuleRow>) -> Result<Rule> {
    let place = place(file, text, row.span().start);
    let row = row.into_inner();
    if row.examples.is_empty() {
        return Err(Error::Data {
            place,
            found: "no examples".into(),
            expected: "at least one executed example".into(),
        });
    }
    let frames = row
        .frames
        .iter()
        .map(|f| {
            frame(f.get_ref()).map_err(|expected| Error::Data {
                place: self::place(file, text, f.span().start),
                found: format!("frame {:?}", f.get_ref()),
                expected,
            })
        })
        .collect::<Result<_>>()?;
    let examples = row.examples.into_iter().map(|text| Example { place: place.clone(), text }).collect();
    let typed = Typed { rule: format!("{stem}/{}", row.relation), relation: row.relation, event: row.event };
    Ok(Rule { typed, frames, polarity: row.polarity, modality: row.modality, examples })
}

fn place(file: &str, text: &str, at: usize) -> String {
    let line = text[..at.min(text.len())].matches('\n').count() + 1;
    format!("{file}:{line}")
}

/// `{subject} assure/reassure {object} [of/about {topic}]`: the words between the ends; what is in brackets may follow.
fn frame(text: &str) -> std::result::Result<Frame, String> {
    let bare = text.split('[').next().unwrap_or_default();
    let mutual = bare.contains("{a}");
    let mut words = Vec::new();
    for word in bare.split_whitespace() {
        match word.trim_end_matches("'s") {
            slot if slot.starts_with('{') => {
                if !slot.ends_with('}') {
                    return Err("a slot such as {subject} or {object}".to_owned());
                }
            }
            "and" if mutual && words.is_empty() => {}
            "..." => words.push(Word::Gap),
            word => words.push(Word::Any(word.split('/').map(str::to_owned).collect())),
        }
    }
    match (bare.contains("{subject}") && bare.contains("{object}"), mutual && bare.contains("{b}")) {
        (false, false) => Err("{subject} and {object}, or {a} and {b}".to_owned()),
        _ if words.is_empty() => Err("a verb between the slots".to_owned()),
        _ => Ok(Frame { mutual, words }),
    }
}
