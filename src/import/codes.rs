//! The small tables in `rules/lists/` in; codes, types and offices as the gazetteer writes them out.

use crate::analysis::EntityType;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const FEATURES: &str = include_str!("../../rules/lists/geonames-features.tsv");
const TYPES: &str = include_str!("../../rules/lists/wikidata-types.tsv");
const POSITIONS: &str = include_str!("../../rules/lists/wikidata-positions.tsv");
const WORDS: &str = include_str!("../../rules/lists/type-words.tsv");
const HEADINGS: &str = include_str!("../../rules/lists/headings.tsv");

/// Rows below the header, comments left out; the cells that a row has, then empty ones.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.skip(1).map(|line| {
        let mut cells = [""; N];
        cells.iter_mut().zip(line.split('\t')).for_each(|(cell, text)| *cell = text.trim());
        cells
    })
}

/// What kind of entity a GeoNames feature is: by class and code, else by class.
pub(super) fn feature(class: &str, code: &str) -> Option<EntityType> {
    static KNOWN: LazyLock<FxHashMap<&str, EntityType>> = LazyLock::new(|| {
        let typed = |[feature, kind]: [&'static str; 2]| entity_type(kind).map(|kind| (feature, kind));
        rows::<2>(FEATURES).filter_map(typed).collect()
    });
    let mut key = [0; 16];
    let whole = join(&mut key, class, code)?;
    KNOWN.get(whole).or_else(|| KNOWN.get(class)).copied()
}

/// `class.code` without an allocation; `None` where no code is so long.
fn join<'a>(buffer: &'a mut [u8; 16], class: &str, code: &str) -> Option<&'a str> {
    let length = class.len() + 1 + code.len();
    let whole = buffer.get_mut(..length)?;
    whole[..class.len()].copy_from_slice(class.as_bytes());
    whole[class.len()] = b'.';
    whole[class.len() + 1..].copy_from_slice(code.as_bytes());
    std::str::from_utf8(whole).ok()
}

/// What an item of a Wikidata class is, with its sector; of several classes the one that stands first in the table.
pub(super) fn kind_of_item<'a>(classes: impl Iterator<Item = &'a str>) -> Option<(EntityType, &'static str)> {
    type Kinds = FxHashMap<&'static str, (usize, EntityType, &'static str)>;
    static KNOWN: LazyLock<Kinds> = LazyLock::new(|| {
        let typed = |(at, [item, kind, sector]): (usize, [&'static str; 3])| {
            entity_type(kind).map(|kind| (item, (at, kind, sector)))
        };
        rows::<3>(TYPES).enumerate().filter_map(typed).collect()
    });
    let best = classes.filter_map(|class| KNOWN.get(class)).min_by_key(|(at, ..)| *at);
    best.map(|&(_, kind, sector)| (kind, sector))
}

/// An office that a Wikidata item stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    pub title: &'static str,
    /// Id of the body or state; empty where the statement itself must tell.
    pub of: &'static str,
}

pub(super) fn position(item: &str) -> Option<Position> {
    static KNOWN: LazyLock<FxHashMap<&str, Position>> =
        LazyLock::new(|| rows::<3>(POSITIONS).map(|[item, title, of]| (item, Position { title, of })).collect());
    KNOWN.get(item).copied()
}

/// The column of ours that a heading of somebody else's table means.
pub(super) fn heading(written: &str) -> Option<&'static str> {
    static KNOWN: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let all = rows::<2>(HEADINGS);
        all.flat_map(|[column, words]| words.split("; ").chain([column]).map(move |word| (word, column))).collect()
    });
    let plain: String = written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    KNOWN.get(plain.as_str()).copied()
}

/// What kind of thing a word of somebody else's table tells.
pub(super) fn type_of_word(word: &str) -> Option<EntityType> {
    static KNOWN: LazyLock<FxHashMap<&str, EntityType>> = LazyLock::new(|| {
        let all = rows::<2>(WORDS).filter_map(|[kind, words]| entity_type(kind).map(|kind| (kind, words)));
        all.flat_map(|(kind, words)| words.split("; ").map(move |word| (word, kind))).collect()
    });
    KNOWN.get(word.to_lowercase().as_str()).copied()
}

/// Our own word for a type, in whatever letter case.
pub fn entity_type(word: &str) -> Option<EntityType> {
    EntityType::parse(&word.to_ascii_uppercase())
}
