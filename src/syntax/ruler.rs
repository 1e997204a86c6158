//! Words with tag and label in, part of speech, morphology and some lemmas out: spaCy's attribute ruler.

use rustc_hash::FxHashMap;

use super::lexicon::Lexeme;
use super::msgpack::{Value, decode};
use super::pattern::Pattern;
use super::reading::Reading;

/// What the rules look at, of one token.
#[derive(Clone, Copy)]
pub struct Facts<'t> {
    pub lexeme: &'t Lexeme,
    pub tag: &'t str,
    pub pos: &'t str,
    pub dep: &'t str,
}

impl<'t> Facts<'t> {
    pub fn new(lexeme: &'t Lexeme, reading: &Reading<'t>) -> Self {
        Self { lexeme, tag: reading.tag, pos: reading.pos, dep: reading.dep }
    }
}

/// What the rules set, of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome<'r> {
    pub tag: Option<&'r str>,
    pub pos: Option<&'r str>,
    pub dep: Option<&'r str>,
    pub lemma: Option<&'r str>,
    pub morph: Option<&'r str>,
}

/// A condition on one attribute.
#[derive(Debug)]
enum Test {
    In(Vec<Box<str>>),
    NotIn(Vec<Box<str>>),
    Like(Box<Pattern>),
}

/// Conditions on one token.
#[derive(Debug, Default)]
struct Condition {
    lower: Vec<Test>,
    orth: Vec<Test>,
    tag: Vec<Test>,
    pos: Vec<Test>,
    dep: Vec<Test>,
    is_space: Option<bool>,
}

#[derive(Debug)]
struct Rule {
    /// Sequences of tokens, any of which will do.
    patterns: Vec<Vec<Condition>>,
    /// Which token of the sequence is set; counts from its end if negative.
    index: i64,
    set: [Option<Box<str>>; 5],
}

/// All rules; of those that hold, later ones win.
#[derive(Debug, Default)]
pub struct Ruler {
    rules: Vec<Rule>,
    by_word: FxHashMap<Box<str>, Vec<u16>>,
    by_tag: FxHashMap<Box<str>, Vec<u16>>,
    other: Vec<u16>,
}

const SETTABLE: [&str; 5] = ["TAG", "POS", "DEP", "LEMMA", "MORPH"];

impl Ruler {
    /// From the file `attribute_ruler/patterns`.
    pub fn new(file: &[u8]) -> Result<Self, String> {
        let mut ruler = Self::default();
        let file = decode(file)?;
        if file.list().is_empty() {
            return Err("no list of rules".into());
        }
        for (at, entry) in file.list().iter().enumerate() {
            let number = u16::try_from(at).map_err(|_| "too many rules")?;
            let rule = rule(entry).map_err(|reason| format!("rule {at}: {reason}"))?;
            ruler.enter(&rule, number);
            ruler.rules.push(rule);
        }
        Ok(ruler)
    }

    /// Enters a rule where its first condition will be asked for: by word, else by tag, else always.
    fn enter(&mut self, rule: &Rule, number: u16) {
        for pattern in &rule.patterns {
            let listed = |tests: &[Test]| {
                tests.iter().find_map(|test| if let Test::In(l) = test { Some(l.clone()) } else { None })
            };
            let (index, keys) = match (listed(&pattern[0].lower), listed(&pattern[0].tag)) {
                (Some(words), _) => (&mut self.by_word, words),
                (None, Some(tags)) => (&mut self.by_tag, tags),
                (None, None) => {
                    self.other.push(number);
                    continue;
                }
            };
            for key in keys {
                index.entry(key).or_default().push(number);
            }
        }
    }

    /// Rules that ask for this lower-case word.
    pub fn for_word(&self, lower: &str) -> Box<[u16]> {
        self.by_word.get(lower).map_or_else(Box::default, |rules| rules.as_slice().into())
    }

    /// One outcome per token.
    pub fn apply(&self, tokens: &[Facts]) -> Vec<Outcome<'_>> {
        let mut matches: Vec<(u16, usize, usize)> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let by_tag = self.by_tag.get(token.tag).map_or(&[][..], Vec::as_slice);
            for number in token.lexeme.rules.iter().chain(by_tag).chain(&self.other) {
                for pattern in &self.rules[usize::from(*number)].patterns {
                    if holds(pattern, &tokens[at..]) {
                        matches.push((*number, at, pattern.len()));
                    }
                }
            }
        }
        matches.sort_unstable();
        let mut outcomes = vec![Outcome::default(); tokens.len()];
        for (number, at, length) in matches {
            let rule = &self.rules[usize::from(number)];
            let offset = if rule.index < 0 { rule.index + length as i64 } else { rule.index };
            outcomes[at + offset as usize].take(&rule.set);
        }
        outcomes
    }
}

impl<'r> Outcome<'r> {
    fn take(&mut self, set: &'r [Option<Box<str>>; 5]) {
        let fields = [&mut self.tag, &mut self.pos, &mut self.dep, &mut self.lemma, &mut self.morph];
        for (field, value) in fields.into_iter().zip(set) {
            *field = value.as_deref().or(*field);
        }
    }
}

fn holds(pattern: &[Condition], tokens: &[Facts]) -> bool {
    pattern.len() <= tokens.len() && pattern.iter().zip(tokens).all(|(condition, token)| condition.holds(token))
}

impl Condition {
    fn holds(&self, token: &Facts) -> bool {
        let all = |tests: &[Test], value: &str| tests.iter().all(|test| test.holds(value));
        self.is_space.is_none_or(|wanted| wanted == token.lexeme.is_space)
            && all(&self.tag, token.tag)
            && all(&self.pos, token.pos)
            && all(&self.lower, &token.lexeme.lower)
            && all(&self.dep, token.dep)
            && all(&self.orth, &token.lexeme.orth)
    }
}

impl Test {
    fn holds(&self, value: &str) -> bool {
        match self {
            Test::In(values) => values.iter().any(|wanted| **wanted == *value),
            Test::NotIn(values) => values.iter().all(|unwanted| **unwanted != *value),
            Test::Like(pattern) => pattern.find(value).is_some(),
        }
    }
}

fn rule(entry: &Value) -> Result<Rule, String> {
    let sequences = entry.get("patterns").map_or(&[][..], Value::list);
    let patterns: Result<Vec<Vec<Condition>>, String> =
        sequences.iter().map(|sequence| sequence.list().iter().map(condition).collect()).collect();
    let patterns = patterns?;
    let index = match entry.get("index") {
        Some(Value::Int(index)) => *index,
        _ => 0,
    };
    let shortest = patterns.iter().map(Vec::len).min().unwrap_or(0) as i64;
    if index >= shortest || index < -shortest {
        return Err(format!("token {index} of a pattern of {shortest}"));
    }
    let attributes = entry.get("attrs").ok_or("no attributes to set")?;
    let known = |key: &Value| key.text().is_some_and(|key| SETTABLE.contains(&key));
    if !attributes.map().iter().all(|(key, _)| known(key)) {
        return Err(format!("sets other attributes than {}", SETTABLE.join(", ")));
    }
    let set = SETTABLE.map(|name| attributes.get(name).and_then(Value::text).map(Box::from));
    Ok(Rule { patterns, index, set })
}

fn condition(token: &Value) -> Result<Condition, String> {
    let mut condition = Condition::default();
    for (key, value) in token.map() {
        match key.text() {
            Some("LOWER") => condition.lower = tests(value)?,
            Some("ORTH" | "TEXT") => condition.orth = tests(value)?,
            Some("TAG") => condition.tag = tests(value)?,
            Some("POS") => condition.pos = tests(value)?,
            Some("DEP") => condition.dep = tests(value)?,
            Some("IS_SPACE") => match value {
                Value::Bool(wanted) => condition.is_space = Some(*wanted),
                _ => return Err("IS_SPACE is neither true nor false".into()),
            },
            other => return Err(format!("a condition on {other:?}, which is not supported")),
        }
    }
    Ok(condition)
}

fn tests(value: &Value) -> Result<Vec<Test>, String> {
    let texts = |value: &Value| -> Option<Vec<Box<str>>> {
        value.list().iter().map(|item| item.text().map(Box::from)).collect()
    };
    if let Some(text) = value.text() {
        return Ok(vec![Test::In(vec![text.into()])]);
    }
    let test = |(kind, value): &(Value, Value)| match (kind.text(), value) {
        (Some("IN"), value) => texts(value).map(Test::In).ok_or_else(|| "IN without words".to_owned()),
        (Some("NOT_IN"), value) => texts(value).map(Test::NotIn).ok_or_else(|| "NOT_IN without words".to_owned()),
        (Some("REGEX"), Value::Text(source)) => Ok(Test::Like(Box::new(Pattern::new(source)?))),
        (kind, _) => Err(format!("a test {kind:?}, which is not supported")),
    };
    value.map().iter().map(test).collect()
}
