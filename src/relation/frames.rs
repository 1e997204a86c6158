//! Rule files in, typed relations out: a frame is the plain clause that a reader would say aloud.

use super::edges::Edge;
use super::extract::Attitude;
use super::promise::Promises;
use super::wording::{Frame, WordLists};
use crate::analysis::{Modality, Polarity};
use crate::entity::{Located, Registry};
use crate::error::{Error, Result, place_in};
use crate::lexicon::fault;
use crate::syntax::Pos;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

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
    /// Lists that frames name as `<list>`.
    #[serde(default)]
    words: WordLists,
    #[serde(default)]
    rule: Vec<Spanned<RuleRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    relation: String,
    event: Option<Spanned<String>>,
    frames: Vec<Spanned<String>>,
    examples: Vec<Spanned<String>>,
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

/// What the class of a deed becomes where the deed was not done. Absent: no event at all.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Undone {
    #[serde(rename = "not")]
    negated: Option<String>,
    /// Where the doer refused, or says that it will not.
    refused: Option<String>,
    intended: Option<String>,
    requested: Option<String>,
}

type Classes = BTreeMap<String, Undone>;

pub struct Rules {
    rules: Vec<Rule>,
    classes: Classes,
    /// Key word of a frame to the rule and the frame, in order.
    index: FxHashMap<String, Vec<(usize, usize)>>,
}

const CLASSES: (&str, &str) = ("rules/classes.toml", include_str!("../../rules/classes.toml"));
/// Rules compiled into the program, the more particular files first.
const SHIPPED: &[(&str, &str)] = &[
    ("rules/speech.toml", include_str!("../../rules/speech.toml")),
    ("rules/conflict.toml", include_str!("../../rules/conflict.toml")),
    ("rules/diplomacy.toml", include_str!("../../rules/diplomacy.toml")),
    ("rules/world.toml", include_str!("../../rules/world.toml")),
];

impl Rules {
    pub fn embedded() -> Result<Self> {
        Self::load(CLASSES, SHIPPED)
    }

    /// File names, for the messages, and texts.
    fn load(classes: (&str, &str), files: &[(&str, &str)]) -> Result<Self> {
        let classes: Classes = toml::from_str(classes.1).map_err(|e| fault(classes.0, classes.1, &e))?;
        let mut rules = Vec::new();
        for (file, text) in files {
            rules.extend(Source { file, text, classes: &classes }.rules()?);
        }
        let mut index: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        for (r, rule) in rules.iter().enumerate() {
            for (f, frame) in rule.frames.iter().enumerate() {
                frame.keys().iter().for_each(|key| index.entry(key.clone()).or_default().push((r, f)));
            }
        }
        Ok(Self { rules, classes, index })
    }

    /// With packs of the user's own before the shipped rules: file names, for the messages, and texts. Where both fit, theirs count.
    pub fn with_packs(packs: &[(String, String)]) -> Result<Self> {
        let own = packs.iter().map(|(file, text)| (file.as_str(), text.as_str()));
        let all: Vec<(&str, &str)> = own.chain(SHIPPED.iter().copied()).collect();
        Self::load(CLASSES, &all)
    }

    /// All that is wrong with the files, in order: what does not parse, frames said twice, lists that no frame names.
    pub fn faults(packs: &[(String, String)]) -> Result<Vec<Error>> {
        let classes: Classes = toml::from_str(CLASSES.1).map_err(|e| fault(CLASSES.0, CLASSES.1, &e))?;
        let mut seen = BTreeMap::new();
        let faults = packs.iter().flat_map(|(file, text)| Source { file, text, classes: &classes }.faults(&mut seen));
        Ok(faults.collect())
    }

    /// The shipped files, as [`Rules::faults`] takes them.
    pub fn shipped() -> Vec<(String, String)> {
        SHIPPED.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect()
    }

    /// Id, class and number of frames of each rule, in the order in which they are tried.
    pub fn listed(&self) -> impl Iterator<Item = (&str, Option<&str>, usize)> {
        self.rules.iter().map(|r| (r.typed.rule.as_str(), r.typed.event.as_deref(), r.frames.len()))
    }

    pub fn examples(&self) -> impl Iterator<Item = &Example> {
        self.rules.iter().flat_map(|r| &r.examples)
    }

    /// The first rule whose frame says what the edge says.
    pub(super) fn classify(
        &self,
        edge: &Edge,
        attitude: &Attitude,
        located: &Located,
        registry: &Registry,
    ) -> Option<Typed> {
        let words: Vec<&str> = edge.predicate.words().collect();
        let tokens: Vec<usize> = edge.predicate.tokens().collect();
        let cores = cores(&words, &tokens);
        let mut candidates: Vec<(usize, usize)> =
            words.iter().filter_map(|w| self.index.get(*w)).flatten().copied().collect();
        candidates.sort_unstable();
        let fits = |&&(rule, frame): &&(usize, usize)| {
            let rule = &self.rules[rule];
            rule.admits(attitude) && cores.iter().any(|core| rule.frames[frame].matches(core, edge, located, registry))
        };
        let (rule, _) = candidates.iter().find(fits)?;
        Some(self.rules[*rule].typed(edge, attitude, located, &self.classes))
    }
}

/// The whole predicate, and what follows each verb that controls it: "agree to expand", "expand".
fn cores<'w>(words: &'w [&'w str], tokens: &[usize]) -> Vec<&'w [&'w str]> {
    // A controlling "to" is counted to its verb, a preposition has a token of its own.
    let controls = |&i: &usize| words[i] == "to" && tokens[..i].contains(&tokens[i]);
    let after = (1..words.len()).filter(controls).map(|i| &words[i + 1..]);
    std::iter::once(words).chain(after).collect()
}

impl Rule {
    fn admits(&self, attitude: &Attitude) -> bool {
        self.polarity.is_none_or(|p| p == attitude.polarity)
            && (self.modality.is_empty() || self.modality.contains(&attitude.modality))
    }

    /// A rule that asks for a polarity or modality means its class as it stands; else the stance decides.
    fn typed(&self, edge: &Edge, attitude: &Attitude, located: &Located, classes: &Classes) -> Typed {
        let mut typed = self.typed.clone();
        if self.polarity.is_none() && self.modality.is_empty() {
            typed.event = typed.event.and_then(|class| {
                let modality = mood(edge, attitude, located)?;
                classes[&class].under(attitude, modality, class.clone())
            });
        }
        typed
    }
}

/// What the doer says of itself that it would or may do, it means to do. In "called for talks with B" the subject asks; in
/// "asked A to talk to B" A is asked, and the edge from A to B is no request of A's.
fn mood(edge: &Edge, attitude: &Attitude, located: &Located) -> Option<Modality> {
    let asks = || located.token(edge.trigger).pos == Pos::Noun && !edge.symmetric;
    match attitude.modality {
        Modality::Possible | Modality::Conditional if attitude.speaker == Some(edge.subject.entity) => {
            Some(Modality::Intended)
        }
        Modality::Requested if !asks() => None,
        // To be ready for a deed is to intend it, whoever says so.
        Modality::Asserted if attitude.willing => Some(Modality::Intended),
        modality => Some(modality),
    }
}

impl Undone {
    /// A demand is a demand whether it asks for the deed or against it; then a denial counts before the mood.
    fn under(&self, attitude: &Attitude, modality: Modality, done: String) -> Option<String> {
        match (modality, attitude.polarity) {
            (Modality::Requested, _) => self.requested.clone(),
            (_, Polarity::Negative) if attitude.refused => self.refused.clone().or_else(|| self.negated.clone()),
            (_, Polarity::Negative) => self.negated.clone(),
            (Modality::Asserted, _) => Some(done),
            (Modality::Intended, _) => self.intended.clone(),
            (Modality::Possible | Modality::Conditional, _) => None,
        }
    }
}

/// One rule file.
struct Source<'a> {
    file: &'a str,
    text: &'a str,
    classes: &'a Classes,
}

impl Source<'_> {
    fn rules(&self) -> Result<Vec<Rule>> {
        let parsed: File = toml::from_str(self.text).map_err(|e| fault(self.file, self.text, &e))?;
        parsed.rule.into_iter().map(|row| self.rule(row, &parsed.words)).collect()
    }

    fn rule(&self, row: Spanned<RuleRow>, lists: &WordLists) -> Result<Rule> {
        let at = row.span().start;
        let row = row.into_inner();
        self.complete(at, &row)?;
        let event = row.event.map(|e| self.class(&e)).transpose()?;
        let frames = row.frames.iter().map(|f| self.frame(f, lists)).collect::<Result<_>>()?;
        let examples = row.examples.iter().map(|e| self.example(e)).collect::<Result<_>>()?;
        let stem = self.file.rsplit('/').next().unwrap_or(self.file).trim_end_matches(".toml");
        let typed = Typed { rule: format!("{stem}/{}", row.relation), relation: row.relation, event };
        Ok(Rule { typed, frames, polarity: row.polarity, modality: row.modality, examples })
    }

    /// `seen`: frames met before, with their places.
    fn faults(&self, seen: &mut BTreeMap<String, String>) -> Vec<Error> {
        let parsed: File = match toml::from_str(self.text) {
            Ok(parsed) => parsed,
            Err(error) => return vec![fault(self.file, self.text, &error)],
        };
        let mut faults = Vec::new();
        for row in parsed.rule {
            let (at, row) = (row.span().start, row.into_inner());
            let mut note = |result: Result<()>| faults.extend(result.err());
            note(self.complete(at, &row));
            note(row.event.as_ref().map_or(Ok(()), |e| self.class(e).map(drop)));
            row.examples.iter().for_each(|e| note(self.example(e).map(drop)));
            for frame in &row.frames {
                note(self.frame(frame, &parsed.words).map(drop));
                note(self.once(frame, row.polarity, &row.modality, seen));
            }
        }
        faults.extend(self.idle(&parsed.words));
        faults
    }

    /// The same frame under the same stance is never reached a second time.
    fn once(
        &self,
        frame: &Spanned<String>,
        polarity: Option<Polarity>,
        modality: &[Modality],
        seen: &mut BTreeMap<String, String>,
    ) -> Result<()> {
        let place = self.place(frame.span().start);
        let key = format!("{polarity:?} {modality:?} {}", frame.get_ref());
        match seen.insert(key, place) {
            Some(first) => Err(self.error(
                frame.span().start,
                format!("frame {:?}, which stands at {first} already", frame.get_ref()),
                "each frame once: take one of them out".into(),
            )),
            None => Ok(()),
        }
    }

    /// Lists that no frame names.
    fn idle(&self, lists: &WordLists) -> Vec<Error> {
        let unnamed = lists.keys().filter(|name| !self.text.contains(&format!("<{name}>")));
        let place = |name: &String| self.text.find(&format!("\n{name} ")).map_or(0, |at| at + 1);
        let message = |name: &String| {
            self.error(
                place(name),
                format!("list {name:?}, which no frame names"),
                format!("<{name}> in a frame, or no list"),
            )
        };
        unnamed.map(message).collect()
    }

    fn complete(&self, at: usize, row: &RuleRow) -> Result<()> {
        if row.frames.is_empty() {
            return Err(self.error(
                at,
                "no frames".into(),
                "at least one, such as \"{subject} attack {object}\"".into(),
            ));
        }
        if row.examples.is_empty() {
            return Err(self.error(
                at,
                "no examples".into(),
                "at least one executed example, \"sentence => edge\"".into(),
            ));
        }
        Ok(())
    }

    fn class(&self, event: &Spanned<String>) -> Result<String> {
        if self.classes.contains_key(event.get_ref()) {
            return Ok(event.get_ref().clone());
        }
        let known: Vec<&str> = self.classes.keys().map(String::as_str).collect();
        Err(self.error(
            event.span().start,
            format!("event {:?}", event.get_ref()),
            format!("one of {}", known.join(" ")),
        ))
    }

    fn frame(&self, frame: &Spanned<String>, lists: &WordLists) -> Result<Frame> {
        let found = || format!("frame {:?}", frame.get_ref());
        Frame::parse(frame.get_ref(), lists).map_err(|expected| self.error(frame.span().start, found(), expected))
    }

    fn example(&self, example: &Spanned<String>) -> Result<Example> {
        let (text, place) = (example.get_ref(), self.place(example.span().start));
        match Promises::parse(text) {
            Ok(_) => Ok(Example { place, text: text.clone() }),
            Err(expected) => Err(self.error(example.span().start, format!("example {text:?}"), expected)),
        }
    }

    fn place(&self, at: usize) -> String {
        place_in(self.file, self.text, at)
    }

    fn error(&self, at: usize, found: String, expected: String) -> Error {
        Error::Data { place: self.place(at), found, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(rules: &str) -> String {
        let classes = ("classes.toml", "[ASSAULT]\n[CONSULT]\nintended = \"AGREE\"\n");
        Rules::load(classes, &[("own.toml", rules)]).err().map(|e| e.to_string()).unwrap_or_default()
    }

    fn rule(event: &str, frame: &str, examples: &str) -> String {
        message(&format!(
            "[[rule]]\nrelation = \"r\"\nevent = \"{event}\"\nframes = [\n  \"{frame}\"]\nexamples = [{examples}]\n"
        ))
    }

    #[test]
    fn faults_name_file_line_and_column() {
        let sound = "{subject} hit {object}";
        assert_eq!(rule("ASSAULT", sound, "'A hit B. => A -r-> B'"), "");
        assert_eq!(
            rule("HUG", sound, "'A. => A -r-> B'"),
            "own.toml:3:9: event \"HUG\"; expected one of ASSAULT CONSULT"
        );
        assert_eq!(
            rule("ASSAULT", "{who} hit {object}", "'A. => A -r-> B'"),
            "own.toml:5:3: frame \"{who} hit {object}\"; expected one of the slots subject, object, a, b, via, topic, not \"who\""
        );
        assert!(
            rule("ASSAULT", "", "'A. => A -r-> B'")
                .starts_with("own.toml:5:3: frame \"\"; expected {subject} and {object}")
        );
        assert!(rule("ASSAULT", sound, "").starts_with("own.toml:1:1: no examples; expected"));
        assert!(rule("ASSAULT", sound, "'A hit B.'").starts_with("own.toml:6:13: example \"A hit B.\"; expected"));
        assert!(
            message("[[rule]]\nrelation = \"r\"\nframes = []\nexamples = []\n").starts_with("own.toml:1:1: no frames")
        );
        assert!(message("[[rule]]\nrelation = 1\n").starts_with("own.toml:2:12: "));
    }
}
