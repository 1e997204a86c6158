//! Row keys in, stable ids out: what a row is decides its id, never when it arrived.

use crate::Document;
use sha2::{Digest, Sha256};

/// Collects the parts of a row's key; each part carries its length, so that ("ab", "c") is not ("a", "bc").
pub(crate) struct Key(Sha256);

impl Key {
    pub fn of(kind: &str) -> Self {
        Self(Sha256::new()).text(kind)
    }

    pub fn text(mut self, part: &str) -> Self {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    pub fn number(mut self, part: i64) -> Self {
        self.0.update(part.to_le_bytes());
        self
    }

    pub fn span(self, [start, end]: [usize; 2]) -> Self {
        self.number(start as i64).number(end as i64)
    }

    /// 63 bits: a positive SQLite integer. A million rows collide with a chance of 1 in 18 million.
    pub fn id(self) -> i64 {
        let hash: [u8; 32] = self.0.finalize().into();
        let [a, b, c, d, e, f, g, h, ..] = hash;
        i64::from_be_bytes([a, b, c, d, e, f, g, h]) & i64::MAX
    }

    pub fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Of everything a document's analysis depends on: its text, what is known about it, and the analyser's `revision`.
pub fn fingerprint(document: &Document, revision: &str) -> String {
    let published = document.published.map(|day| day.to_string()).unwrap_or_default();
    Key::of("fingerprint")
        .text(revision)
        .text(&document.text)
        .text(document.source.as_deref().unwrap_or_default())
        .text(&published)
        .text(&document.language)
        .hex()
}

/// Of an edge's row: subject and object, predicate and whether it is a typed relation, class, polarity, symmetry.
pub(crate) fn relation_id(
    (subject, object): (&str, &str),
    (predicate, typed): (&str, bool),
    class: Option<&str>,
    polarity: &str,
    symmetric: bool,
) -> i64 {
    Key::of("relation")
        .text(subject)
        .text(predicate)
        .number(typed.into())
        .text(class.unwrap_or_default())
        .text(object)
        .text(polarity)
        .number(symmetric.into())
        .id()
}

/// SHA-256 of a document's text, in hexadecimal digits.
pub(crate) fn text_hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn document_id(name: &str) -> i64 {
    Key::of("document").text(name).id()
}
