//! A word with part of speech and morphology in, its dictionary form out: spaCy's rule lemmatiser.

use rustc_hash::{FxHashMap, FxHashSet};

use super::chars;
use super::hash::{murmur64, string_id};
use super::lexicon::Lexeme;
use super::msgpack::{Value, decode};
use super::token::Pos;

/// What is known of the words of one part of speech.
#[derive(Debug, Default)]
struct Table {
    /// Hashes of the dictionary forms: a set of 90,000 strings would take longer to build than all the rest.
    index: FxHashSet<u64>,
    exceptions: FxHashMap<Box<str>, Vec<Box<str>>>,
    /// Endings and what replaces them.
    rules: Vec<(Box<str>, Box<str>)>,
}

#[derive(Debug, Default)]
pub struct Lemmas {
    by_pos: FxHashMap<u64, Table>,
}

impl Lemmas {
    /// From the file `lemmatizer/lookups/lookups.bin`.
    pub fn new(file: &[u8]) -> Result<Self, String> {
        let file = decode(file)?;
        let mut lemmas = Self::default();
        let tables = |name: &str| file.get(name).map_or(&[][..], Value::map);
        if tables("lemma_rules").is_empty() {
            return Err("no table lemma_rules".into());
        }
        for (pos, words) in tables("lemma_index") {
            let index = &mut lemmas.table(pos)?.index;
            index.reserve(words.items().size_hint().0);
            index.extend(words.items().filter_map(|word| Some(murmur64(word.text()?.as_bytes(), 0))));
        }
        for (pos, exceptions) in tables("lemma_exc") {
            let entries =
                exceptions.map().iter().filter_map(|(form, lemmas)| Some((form.text()?.into(), texts(lemmas))));
            lemmas.table(pos)?.exceptions = entries.collect();
        }
        for (pos, rules) in tables("lemma_rules") {
            let pair = |rule: &Value| match &texts(rule)[..] {
                [old, new] => Some((old.clone(), new.clone())),
                _ => None,
            };
            lemmas.table(pos)?.rules = rules.list().iter().filter_map(pair).collect();
        }
        Ok(lemmas)
    }

    /// The dictionary form of `lower` (in small letters) as a word of `pos`; `None` where the tables do not know it as one.
    pub fn known(&self, lower: &str, pos: Pos) -> Option<String> {
        self.by_pos.get(&string_id(&pos.as_str().to_lowercase()))?.known(lower)
    }

    fn table(&mut self, pos: &Value) -> Result<&mut Table, String> {
        let pos = pos.number().ok_or("a table whose part of speech is no number")?;
        Ok(self.by_pos.entry(pos).or_default())
    }

    /// `base`: the morphology says that the form is the dictionary form already, see [`is_base`].
    pub fn lemma(&self, word: &Lexeme, pos: Pos, base: bool) -> String {
        if base || pos == Pos::Space {
            return word.lower.to_string();
        }
        match self.by_pos.get(&string_id(&pos.as_str().to_lowercase())) {
            Some(table) => table.lemma(word),
            None if pos == Pos::Propn => word.orth.to_string(),
            None => word.lower.to_string(),
        }
    }
}

fn texts(list: &Value) -> Vec<Box<str>> {
    list.list().iter().filter_map(|item| item.text().map(Box::from)).collect()
}

impl Table {
    fn known(&self, lower: &str) -> Option<String> {
        let listed = |form: &str| self.index.contains(&murmur64(form.as_bytes(), 0));
        if let Some(form) = self.exceptions.get(lower).and_then(|forms| forms.last()) {
            return Some(form.to_string());
        }
        let stem = |(old, new): &(Box<str>, Box<str>)| Some([lower.strip_suffix(&**old)?, new].concat());
        let whole = || listed(lower).then(|| lower.to_owned());
        self.rules.iter().filter_map(stem).find(|form| form.len() > 1 && form != lower && listed(form)).or_else(whole)
    }

    fn lemma(&self, word: &Lexeme) -> String {
        let lower = &*word.lower;
        // Exceptions go to the front one by one, so that the last new one wins.
        let exceptions = self.exceptions.get(lower).map_or(&[][..], Vec::as_slice);
        let forms = || self.rules.iter().filter_map(|(old, new)| Some([lower.strip_suffix(&**old)?, new].concat()));
        let forms: Vec<String> = forms().filter(|form| !form.is_empty()).collect();
        let known = |form: &&String| self.index.contains(&murmur64(form.as_bytes(), 0));
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
pub fn is_base(pos: Pos, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let present =
        || feature("VerbForm") == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none();
    (pos == Pos::Noun && feature("Number") == Some("Sing"))
        || (pos == Pos::Verb && present())
        || matches!(feature("VerbForm"), Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}
