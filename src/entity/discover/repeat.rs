//! Names found in a document in, their other places out: the same words, surname or letters where no list and no evidence has them.

use super::super::located::Located;
use super::super::registry::{EntityIx, Mention, Registry};
use super::merge::Bearer;
use super::phrase::Phrases;
use super::sighting::FoundBy;
use crate::analysis::EntityType;
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::syntax::Placed;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// Adds mentions; bearer number `i` is `entities[i]`.
pub fn repeat(
    registry: &mut Registry,
    document: &Document,
    sentences: &[Placed],
    bearers: &[Bearer],
    entities: &[EntityIx],
    lexicon: &Lexicon,
) {
    let known = known(bearers);
    let mut found: Vec<(Span, usize)> = Vec::new();
    for Placed { sentence, .. } in sentences {
        let located = Located::new(sentence, &registry.mentions);
        let phrases = Phrases { located: &located, registry, lexicon };
        for (first, last) in phrases.runs() {
            if let Some(&bearer) = known.get(&phrases.words(first, last).join(" ")) {
                found.push((located.token(first).span.cover(located.token(last).span), bearer));
            }
        }
    }
    let headings = document.blocks.iter().filter(|b| b.kind.holds_names() && !b.kind.is_prose());
    for block in headings {
        found.extend(whole_names(document, block.span, bearers, &registry.mentions));
    }
    for (span, bearer) in found {
        registry.mentions.push(Mention { found_by: Some(FoundBy::Repeat), ..Mention::name(span, entities[bearer]) });
    }
    registry.sort();
}

/// Whole names, and surnames that one person of the document bears.
fn known(bearers: &[Bearer]) -> FxHashMap<String, usize> {
    let mut known = FxHashMap::default();
    for (b, bearer) in bearers.iter().enumerate() {
        known.entry(bearer.words.join(" ")).or_insert(b);
    }
    for (b, bearer) in bearers.iter().enumerate() {
        let person = bearer.entity_type == EntityType::Person && bearer.words.len() >= 2 && !bearer.is_shared;
        if let Some(surname) = bearer.words.last().filter(|w| person && w.chars().count() >= 3) {
            known.entry(surname.clone()).or_insert(b);
        }
    }
    known
}

/// Names of several words, letter by letter, in a block that is not parsed.
fn whole_names(document: &Document, block: Span, bearers: &[Bearer], mentions: &[Mention]) -> Vec<(Span, usize)> {
    let text = block.of(&document.text);
    let mut found: Vec<(Span, usize)> = Vec::new();
    for (b, bearer) in bearers.iter().enumerate().filter(|(_, b)| b.words.len() >= 2) {
        let name = bearer.words.join(" ");
        for (at, _) in text.match_indices(&name) {
            let span = Span::new(block.start + at, block.start + at + name.len());
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let inside = letter(text[..at].chars().next_back()) || letter(text[at + name.len()..].chars().next());
            let from = mentions.partition_point(|m| m.span.end <= span.start);
            let taken = mentions[from..].iter().take(4).any(|m| m.span.overlaps(span))
                || found.iter().any(|(f, _)| f.overlaps(span));
            if !inside && !taken {
                found.push((span, b));
            }
        }
    }
    found
}
