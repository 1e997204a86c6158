//! `rules/lists/countries.tsv` in; the ISO 3166 alpha-3 code behind whatever a source calls a country out.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const COUNTRIES: &str = include_str!("../../rules/lists/countries.tsv");

/// Rows below the header: alpha-3, alpha-2, Wikidata items, order of names, English name.
fn rows() -> impl Iterator<Item = [&'static str; 5]> {
    let lines = COUNTRIES.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| {
        let mut cells = [""; 5];
        cells.iter_mut().zip(line.split('\t')).for_each(|(cell, text)| *cell = text.trim());
        cells
    })
}

/// Countries by whatever a source calls them.
pub(crate) struct Countries {
    by_iso2: FxHashMap<&'static str, &'static str>,
    by_item: FxHashMap<&'static str, &'static str>,
    /// In small letters; ISO 3166 alpha-3 codes too.
    by_name: FxHashMap<String, &'static str>,
    surname_first: Vec<&'static str>,
}

static KNOWN_COUNTRIES: LazyLock<Countries> = LazyLock::new(Countries::read);

pub(crate) fn countries() -> &'static Countries {
    &KNOWN_COUNTRIES
}

impl Countries {
    fn read() -> Self {
        let (mut by_iso2, mut by_item, mut by_name) =
            (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        let mut surname_first = Vec::new();
        for [iso3, iso2, items, order, name] in rows() {
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
