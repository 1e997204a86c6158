//! A French word with its part of speech in, its dictionary form out: spaCy's rules for French.

use rustc_hash::FxHashMap;

use super::chars;
use super::hash::string_id;
use super::lemmas::{Lookup, Table, tables};
use super::lexicon::Lexeme;
use super::msgpack::Value;
use super::token::Pos;

/// Tables of dictionary forms, exceptions and endings by part of speech, and one of all forms.
#[derive(Debug)]
pub struct French {
    by_pos: FxHashMap<u64, Table>,
    lookup: Lookup,
}

impl French {
    /// From the decoded file `lemmatizer/lookups/lookups.bin`.
    pub fn new(file: &Value) -> Result<Self, String> {
        Ok(Self { by_pos: tables(file)?, lookup: Lookup::new(file)? })
    }

    pub fn lemma(&self, word: &Lexeme, pos: Pos) -> String {
        if pos == Pos::Space {
            return word.lower.to_string();
        }
        if matches!(pos, Pos::Num | Pos::Propn | Pos::Sym | Pos::X | Pos::Intj | Pos::Part) {
            return self.lookup.lemma(&word.orth).to_owned();
        }
        let lower = &*word.lower;
        let empty = Table::default();
        let table = self.by_pos.get(&string_id(&pos.as_str().to_lowercase())).unwrap_or(&empty);
        if table.knows(lower) {
            return lower.to_owned();
        }
        if let Some(exception) = table.exceptions.get(lower).and_then(|forms| forms.first()) {
            return exception.to_string();
        }
        let forms: Vec<String> = table.forms(lower).collect();
        let sure = |form: &&String| table.knows(form) || !form.chars().all(chars::is_alpha);
        let best = forms.iter().find(sure).or(forms.first());
        best.cloned().unwrap_or_else(|| self.lookup.lemma(lower).to_owned())
    }
}
