//! A stored report in, what reading it again leaves open in one of its sentences out, in words for its reader.
//!
//! Nothing of this is stored: the analysis is the same each time, so it can be asked again. A report that was read with lists,
//! rules or a model of the user's own is read here with those of the program.

use crate::error::Result;
use crate::graph::Store;
use crate::{Analyser, Analysis, Detail, Document};
use std::collections::BTreeMap;

/// How many clauses of a sentence are shown.
const MOST_CLAUSES: usize = 3;

/// Kinds of notes that tell why an edge was not made, with what leads their words in.
const TELLING: &[(&str, &str)] = &[
    ("attachment", "left open: "),
    ("many", "left out: "),
    ("question", "left out: "),
    ("reference", "left open: "),
    ("sharing", "left open: "),
    ("speaker", "left open: "),
];

/// Reports read again, each once.
#[derive(Default)]
pub struct Rereading {
    analyser: Option<Analyser>,
    read: BTreeMap<i64, Analysis>,
}

impl Rereading {
    /// What is left open in the sentence from `start` to `end` (code points), then how its clauses with one of `words` are read.
    pub fn of(&mut self, store: &Store, document: i64, sentence: [usize; 2], words: &[String]) -> Result<Vec<String>> {
        let analysis = self.analysis(store, document)?;
        let mut told = Vec::new();
        for note in analysis.notes.iter().filter(|n| sentence[0] <= n.start && n.end <= sentence[1]) {
            let lead = TELLING.iter().find(|(kind, _)| *kind == note.kind);
            told.extend(lead.map(|(_, lead)| format!("{lead}{}", note.text)));
        }
        let names = |text: &str| words.iter().any(|w| text.contains(w.as_str()));
        let clauses = analysis.tuples.iter().flatten().filter(|t| t.sentence == sentence);
        let mut read: Vec<String> = clauses
            .filter(|t| names(&t.subject_text) || names(&t.object_text))
            .map(|t| format!("read as: {} ─ {} ─ {}", t.subject_text, t.predicate_text, t.object_text))
            .collect();
        read.dedup();
        read.truncate(MOST_CLAUSES);
        told.append(&mut read);
        Ok(told)
    }

    fn analysis(&mut self, store: &Store, document: i64) -> Result<&Analysis> {
        if !self.read.contains_key(&document) {
            let stored = stored(store, document)?;
            let analyser = match self.analyser.take() {
                Some(analyser) => analyser,
                None => Analyser::embedded()?,
            };
            let detail = Detail { open: true, ..Detail::default() };
            self.read.insert(document, analyser.analyze_in_detail(&stored, detail));
            self.analyser = Some(analyser);
        }
        Ok(&self.read[&document])
    }
}

fn stored(store: &Store, document: i64) -> Result<Document> {
    let sql = "SELECT name, source, published, text FROM document WHERE id = ?1";
    let row = store.connection().query_row(sql, [document], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?, row.get(3)?))
    })?;
    let (name, source, published, text) = row;
    Ok(Document::new(name, source, published.and_then(|day| day.parse().ok()), text, Vec::new()))
}
