//! A word with part of speech and morphology in, its dictionary form out: spaCy's rule lemmatiser, and its look-up.

use rustc_hash::{FxHashMap, FxHashSet};

use super::chars;
use super::french::French;
use super::hash::{murmur64, string_id};
use super::lexicon::Lexeme;
use super::msgpack::Value;
use super::token::Pos;

/// What is known of the words of one part of speech.
#[derive(Debug, Default)]
pub struct Table {
    /// Hashes of the dictionary forms: a set of 90,000 strings would take longer to build than all the rest.
    index: FxHashSet<u64>,
    pub exceptions: FxHashMap<Box<str>, Vec<Box<str>>>,
    /// Endings and what replaces them.
    rules: Vec<(Box<str>, Box<str>)>,
}

/// The way to a lemma, where no network is asked.
#[derive(Debug)]
pub enum Lemmas {
    /// spaCy's common rules. English knows from the morphology when a form is the lemma already.
    Rules {
        by_pos: FxHashMap<u64, Table>,
        english: bool,
    },
    French(French),
    Lookup(Lookup),
    /// The pipeline has no tables: the form in lower case.
    Form,
}

/// Lemmas by form.
#[derive(Debug)]
pub struct Lookup(FxHashMap<u64, Box<str>>);

impl Lookup {
    pub fn new(file: &Value) -> Result<Self, String> {
        let table = file.get("lemma_lookup").ok_or("no table lemma_lookup")?;
        let lemma = |value: &Value| value.text().or_else(|| value.list().first()?.text()).map(Box::from);
        Ok(Self(table.map().iter().filter_map(|(form, value)| Some((form.number()?, lemma(value)?))).collect()))
    }

    pub fn lemma<'l>(&'l self, form: &'l str) -> &'l str {
        self.0.get(&string_id(form)).map_or(form, |lemma| lemma)
    }
}

/// The tables of words, exceptions and endings, by the number of the part of speech; those of endings must be there.
pub fn tables(file: &Value) -> Result<FxHashMap<u64, Table>, String> {
    let mut by_pos: FxHashMap<u64, Table> = FxHashMap::default();
    let entries = |name: &str| file.get(name).map_or(&[][..], Value::map);
    if entries("lemma_rules").is_empty() {
        return Err("no table lemma_rules".into());
    }
    let number = |pos: &Value| pos.number().ok_or("a table whose part of speech is no number");
    for (pos, words) in entries("lemma_index") {
        let index = &mut by_pos.entry(number(pos)?).or_default().index;
        index.reserve(words.items().size_hint().0);
        index.extend(words.items().filter_map(|word| Some(murmur64(word.text()?.as_bytes(), 0))));
    }
    for (pos, exceptions) in entries("lemma_exc") {
        let entries = exceptions.map().iter().filter_map(|(form, lemmas)| Some((form.text()?.into(), texts(lemmas))));
        by_pos.entry(number(pos)?).or_default().exceptions = entries.collect();
    }
    for (pos, rules) in entries("lemma_rules") {
        let pair = |rule: &Value| match &texts(rule)[..] {
            [old, new] => Some((old.clone(), new.clone())),
            _ => None,
        };
        by_pos.entry(number(pos)?).or_default().rules = rules.list().iter().filter_map(pair).collect();
    }
    Ok(by_pos)
}

impl Lemmas {
    /// Whether the form is the lemma by its morphology alone.
    pub fn is_base(&self, pos: Pos, morph: &str) -> bool {
        matches!(self, Self::Rules { english: true, .. }) && is_base(pos, morph)
    }

    /// The dictionary form of `lower` (in small letters) as a word of `pos`; `None` where the tables do not know it as one.
    pub fn known(&self, lower: &str, pos: Pos) -> Option<String> {
        match self {
            Self::Rules { by_pos, .. } => by_pos.get(&string_id(&pos.as_str().to_lowercase()))?.known(lower),
            _ => None,
        }
    }

    /// `base`: see [`Lemmas::is_base`].
    pub fn lemma(&self, word: &Lexeme, pos: Pos, base: bool) -> String {
        match self {
            Self::Rules { by_pos, .. } => ruled(by_pos, word, pos, base),
            Self::French(french) => french.lemma(word, pos),
            Self::Lookup(lookup) => lookup.lemma(&word.orth).to_owned(),
            Self::Form => word.lower.to_string(),
        }
    }
}

fn ruled(by_pos: &FxHashMap<u64, Table>, word: &Lexeme, pos: Pos, base: bool) -> String {
    if base || pos == Pos::Space {
        return word.lower.to_string();
    }
    match by_pos.get(&string_id(&pos.as_str().to_lowercase())) {
        Some(table) => table.lemma(word),
        None if pos == Pos::Propn => word.orth.to_string(),
        None => word.lower.to_string(),
    }
}

fn texts(list: &Value) -> Vec<Box<str>> {
    list.list().iter().filter_map(|item| item.text().map(Box::from)).collect()
}

impl Table {
    fn known(&self, lower: &str) -> Option<String> {
        if let Some(form) = self.exceptions.get(lower).and_then(|forms| forms.last()) {
            return Some(form.to_string());
        }
        let whole = || self.knows(lower).then(|| lower.to_owned());
        self.forms(lower).find(|form| form.len() > 1 && form != lower && self.knows(form)).or_else(whole)
    }

    pub fn knows(&self, form: &str) -> bool {
        self.index.contains(&murmur64(form.as_bytes(), 0))
    }

    /// The word with each of its endings replaced that the rules name.
    pub fn forms<'t>(&'t self, lower: &'t str) -> impl Iterator<Item = String> + 't {
        let form = |(old, new): &(Box<str>, Box<str>)| Some([lower.strip_suffix(&**old)?, new].concat());
        self.rules.iter().filter_map(form).filter(|form| !form.is_empty())
    }

    fn lemma(&self, word: &Lexeme) -> String {
        let lower = &*word.lower;
        // Exceptions go to the front one by one, so that the last new one wins.
        let exceptions = self.exceptions.get(lower).map_or(&[][..], Vec::as_slice);
        let forms: Vec<String> = self.forms(lower).collect();
        let known = |form: &&String| self.knows(form);
        let odd = |form: &&String| !form.chars().all(chars::is_alpha);
        let best = forms.iter().rev().find(known).or_else(|| forms.iter().find(odd));
        let accepted = |form: &str| forms.iter().any(|f| f == form && (known(&f) || odd(&f)));
        let exception = exceptions.iter().rev().find(|form| !accepted(form));
        match (exception, best.or(forms.first())) {
            (Some(form), _) => form.to_string(),
            (None, Some(form)) => form.clone(),
            (None, None) => word.orth.to_string(),
        }
    }
}

/// Whether morphological features ("Number=Sing|Person=3") mark a form that is its own lemma.
fn is_base(pos: Pos, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let present =
        || feature("VerbForm") == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none();
    (pos == Pos::Noun && feature("Number") == Some("Sing"))
        || (pos == Pos::Verb && present())
        || matches!(feature("VerbForm"), Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}
