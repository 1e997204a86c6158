//! Names found in a document in, their other places out: the same words, surname or letters where no list and no evidence has them.

use super::super::located::Located;
use super::super::registry::{EntityIx, Mention, Registry};
use super::merge::{Bearer, initials, storm_name};
use super::phrase::Phrases;
use super::sighting::FoundBy;
use crate::analysis::EntityType;
use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::syntax::Placed;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// Adds mentions; bearer number `i` is `entities[i]`. A whole name displaces the listed names inside it.
pub fn repeat(
    registry: &mut Registry,
    document: &Document,
    sentences: &[Placed],
    bearers: &[Bearer],
    entities: &[EntityIx],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) {
    whole_names(registry, document, bearers, entities);
    let known = known(bearers);
    let mut found: Vec<(Span, usize)> = Vec::new();
    for Placed { sentence, .. } in sentences {
        let located = Located::new(sentence, &registry.mentions);
        let phrases = Phrases { located: &located, registry, lexicon, gazetteer };
        for (first, last) in phrases.runs() {
            if let Some(&bearer) = known.get(&phrases.words(first, last).join(" ")) {
                found.push((located.token(first).span.cover(located.token(last).span), bearer));
            }
        }
    }
    for block in document.blocks.iter().filter(|b| b.kind.holds_names() && !b.kind.is_prose()) {
        let words = words(&document.text, block.span).filter(|w| !is_taken(&registry.mentions, *w));
        found.extend(words.filter_map(|w| Some((w, *known.get(w.of(&document.text))?))));
    }
    add(registry, found, entities);
}

fn add(registry: &mut Registry, found: Vec<(Span, usize)>, entities: &[EntityIx]) {
    for (span, bearer) in found {
        registry.mentions.push(Mention { found_by: Some(FoundBy::Repeat), ..Mention::name(span, entities[bearer]) });
    }
    registry.sort();
}

/// Whole names, surnames that one person of the document bears, and the first letters of long names.
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
        if let Some(name) = storm_name(bearer) {
            known.entry(name.clone()).or_insert(b);
        }
        let letters = initials(&bearer.words);
        if bearer.entity_type == EntityType::Org && letters.len() >= 3 {
            known.entry(letters).or_insert(b);
        }
    }
    known
}

/// Names of several words, letter by letter: each word of the text is looked up as the first word of a name.
fn whole_names(registry: &mut Registry, document: &Document, bearers: &[Bearer], entities: &[EntityIx]) {
    let names: Vec<String> = bearers.iter().map(|b| b.words.join(" ")).collect();
    let mut by_first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (b, name) in names.iter().enumerate().filter(|(b, _)| bearers[*b].words.len() >= 2) {
        let end = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
        by_first.entry(&name[..end]).or_default().push(b);
    }
    let (mut found, mut displaced): (Vec<(Span, usize)>, Vec<usize>) = (Vec::new(), Vec::new());
    for block in document.blocks.iter().filter(|b| b.kind.holds_names()) {
        for word in words(&document.text, block.span) {
            let begins = |b: &&usize| starts_with_name(&document.text[word.start..block.span.end], &names[**b]);
            let longest = by_first.get(word.of(&document.text)).and_then(|bearers| {
                bearers.iter().filter(begins).max_by_key(|b| (names[**b].len(), std::cmp::Reverse(**b)))
            });
            let Some(&bearer) = longest else { continue };
            let span = Span::new(word.start, word.start + names[bearer].len());
            let overlapping: Vec<usize> = overlapping(&registry.mentions, span).collect();
            let inside = |&m: &usize| {
                let mention = &registry.mentions[m];
                mention.found_by.is_none() && span.contains(mention.span) && mention.span != span
            };
            let free = found.last().is_none_or(|(f, _)| f.end <= span.start);
            if free && overlapping.iter().all(inside) {
                displaced.extend(overlapping);
                found.push((span, bearer));
            }
        }
    }
    registry.remove(&displaced);
    add(registry, found, entities);
}

fn starts_with_name(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
}

/// `mentions` in text order; a name is at most some hundred bytes long, so a few before the place are enough.
fn overlapping(mentions: &[Mention], span: Span) -> impl Iterator<Item = usize> + '_ {
    let near = mentions.partition_point(|m| m.span.start < span.start).saturating_sub(4);
    let from = mentions[near..].iter().enumerate().map(move |(i, m)| (near + i, m));
    from.take_while(move |(_, m)| m.span.start < span.end).filter(move |(_, m)| m.span.overlaps(span)).map(|(i, _)| i)
}

fn is_taken(mentions: &[Mention], span: Span) -> bool {
    overlapping(mentions, span).next().is_some()
}

/// Words of letters and digits.
fn words(text: &str, block: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = block.start;
    let pieces = block.of(text).split_inclusive(|c: char| !c.is_alphanumeric());
    let spans = pieces.map(move |piece| {
        let start = at;
        at += piece.len();
        Span::new(start, start + piece.trim_end_matches(|c: char| !c.is_alphanumeric()).len())
    });
    spans.filter(|span| !span.is_empty())
}
