//! The small tables in `gazetteer/import/` in; codes, types and offices as the gazetteer writes them out.

use crate::analysis::EntityType;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const COUNTRIES: &str = include_str!("../../gazetteer/import/countries.tsv");
const FEATURES: &str = include_str!("../../gazetteer/import/geonames-features.tsv");
const TYPES: &str = include_str!("../../gazetteer/import/wikidata-types.tsv");
const POSITIONS: &str = include_str!("../../gazetteer/import/wikidata-positions.tsv");
const HEADINGS: &str = include_str!("../../gazetteer/import/headings.tsv");

/// Rows below the header, comments left out; the cells that a row has, then empty ones.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.skip(1).map(|line| {
        let mut cells = [""; N];
        cells.iter_mut().zip(line.split('\t')).for_each(|(cell, text)| *cell = text.trim());
        cells
    })
}

/// Countries by whatever a source calls them.
pub(super) struct Countries {
    by_iso2: FxHashMap<&'static str, &'static str>,
    by_item: FxHashMap<&'static str, &'static str>,
    /// In small letters; ISO 3166 alpha-3 codes too.
    by_name: FxHashMap<String, &'static str>,
    surname_first: Vec<&'static str>,
}

static KNOWN_COUNTRIES: LazyLock<Countries> = LazyLock::new(Countries::read);

pub(super) fn countries() -> &'static Countries {
    &KNOWN_COUNTRIES
}

impl Countries {
    fn read() -> Self {
        let (mut by_iso2, mut by_item, mut by_name) =
            (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        let mut surname_first = Vec::new();
        for [iso3, iso2, items, order, name] in rows::<5>(COUNTRIES) {
            by_iso2.insert(iso2, iso3);
            by_item.extend(items.split_whitespace().map(|item| (item, iso3)));
            by_name.extend([(name.to_lowercase(), iso3), (iso3.to_lowercase(), iso3)]);
            surname_first.extend((order == "surname-first").then_some(iso3));
        }
        by_iso2.remove("");
        Self { by_iso2, by_item, by_name, surname_first }
    }

    /// ISO 3166 alpha-3 for alpha-2.
    pub fn of_iso2(&self, code: &str) -> Option<&'static str> {
        self.by_iso2.get(code).copied()
    }

    /// ISO 3166 alpha-3 for a Wikidata item.
    pub fn of_item(&self, item: &str) -> Option<&'static str> {
        self.by_item.get(item).copied()
    }

    /// ISO 3166 alpha-3 for a code of two or three letters, an item or an English name.
    pub fn of(&self, written: &str) -> Option<&'static str> {
        let folded = written.to_lowercase();
        self.by_name
            .get(&folded)
            .copied()
            .or_else(|| self.of_iso2(&written.to_uppercase()))
            .or_else(|| self.of_item(written))
    }

    /// Whether people of the country bear their surname before their given name.
    pub fn surname_first(&self, iso3: &str) -> bool {
        self.surname_first.contains(&iso3)
    }
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

/// Our own word for a type, in whatever letter case.
pub(super) fn entity_type(word: &str) -> Option<EntityType> {
    Some(match word.to_ascii_uppercase().as_str() {
        "PERSON" => EntityType::Person,
        "PLACE" => EntityType::Place,
        "ORG" => EntityType::Org,
        "FACILITY" => EntityType::Facility,
        "EVENT" => EntityType::Event,
        "OTHER" => EntityType::Other,
        _ => return None,
    })
}
