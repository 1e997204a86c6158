//! Long names with letters in brackets in, the places where those letters stand alone out: "Shanghai Cooperation Organisation (SCO)".

use super::explain::{Choice, Reason};
use crate::document::Document;
use crate::entity::registry::{EntityIx, Mention, Registry};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// Adds mentions: the letters name the same entity wherever the document has them.
pub(in crate::entity) fn acronyms(document: &Document, registry: &mut Registry) {
    let taken: FxHashSet<usize> = registry.mentions.iter().map(|m| m.span.start).collect();
    let mut learned: FxHashMap<&str, EntityIx> = FxHashMap::default();
    for mention in registry.mentions.iter().filter(|m| !m.demonym) {
        if let Some(letters) = bracketed_letters(&document.text[mention.span.end..]) {
            learned.entry(letters).or_insert(mention.entity);
        }
    }
    for block in document.blocks.iter().filter(|b| b.kind.holds_names()) {
        for (letters, entity) in
            capitals(&document.text, block.span).filter_map(|s| Some((s, *learned.get(s.of(&document.text))?)))
        {
            if !taken.contains(&letters.start) {
                let choice = Some(Choice::only(Reason::Letters));
                registry.mentions.push(Mention { choice, ..Mention::name(letters, entity) });
            }
        }
    }
}

/// The capital letters in brackets that open `tail`: " (SCO) met" gives "SCO".
pub(in crate::entity) fn bracketed_letters(tail: &str) -> Option<&str> {
    let inside = tail.strip_prefix(" (").or_else(|| tail.strip_prefix(" ["))?;
    let end = inside.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(inside.len());
    ((2..=8).contains(&end) && inside[end..].starts_with([')', ']'])).then_some(&inside[..end])
}

/// Words of capital letters alone.
fn capitals(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start;
    std::iter::from_fn(move || {
        while at < span.end {
            let rest = &text[at..span.end];
            let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = Span::new(at, at + len);
            at = word.end + rest[len..].chars().next().map_or(0, char::len_utf8);
            if len >= 2 && word.of(text).bytes().all(|b| b.is_ascii_uppercase()) {
                return Some(word);
            }
        }
        None
    })
}
