//! The lists that are checked and those behind them in; what ids, titles, sources and codes there are out.

use super::sheet::Sheet;
use crate::gazetteer::countries;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// PLOVER's sectors, as gazetteer/README.md lists them.
pub(super) const SECTORS: [&str; 19] = [
    "GOV", "MIL", "REB", "OPP", "PTY", "LEG", "JUD", "COP", "SPY", "MED", "BUS", "CVL", "IGO", "NGO", "UAF", "CRM",
    "REL", "EDU", "LAB",
];

/// What stands for a country where there is none.
pub(super) const STATELESS: [&str; 3] = ["IGO", "NGO", "MNC"];

/// Everything that a cell may point to.
#[derive(Default)]
pub(super) struct World<'a> {
    /// Ids of entities, with the file and line of the first row of each.
    pub ids: FxHashMap<&'a str, (&'a str, usize)>,
    pub slugs: Vec<&'a str>,
    /// Titles, and whether one person at a time holds them.
    pub titles: FxHashMap<&'a str, bool>,
    /// Sources, and the last day that each knows of.
    pub sources: FxHashMap<&'a str, Option<Date>>,
}

impl<'a> World<'a> {
    pub fn add(&mut self, sheet: &Sheet<'a>) {
        for line in &sheet.lines {
            let cell = |column: &str| sheet.cell(*line, column).trim();
            if sheet.has("slug") {
                self.slugs.push(cell("slug"));
            } else if sheet.has("edition") {
                self.sources.insert(cell("id"), cell("edition").parse().ok());
            } else if sheet.has("words") {
                self.titles.entry(cell("title")).or_insert(false);
            } else if sheet.has("exclusive_title") {
                self.titles.insert(cell("exclusive_title"), true);
            } else if sheet.has("id") {
                self.ids.entry(cell("id")).or_insert((sheet.file, line.number));
            }
        }
    }

    /// Whether an office can be of it: an entity, or an institution that a state has (`org:mfa:RUS`).
    pub fn has_body(&self, id: &str) -> bool {
        let institution = || {
            let (slug, state) = id.strip_prefix("org:")?.split_once(':')?;
            Some(self.slugs.contains(&slug) && is_country(state))
        };
        self.ids.contains_key(id) || institution().unwrap_or(false)
    }

    pub fn holds_one(&self, title: &str) -> bool {
        self.titles.get(title).copied().unwrap_or(false)
    }
}

/// Whether it is an ISO 3166 alpha-3 code.
pub(super) fn is_country(code: &str) -> bool {
    code.len() == 3 && countries().of(code) == Some(code)
}

/// The word that is most like it, where one is like enough to be meant.
pub(super) fn like<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    const LIKENESS: f64 = 0.6;
    let folded = written.to_lowercase();
    let likeness = |word: &str| strsim::normalized_damerau_levenshtein(&word.to_lowercase(), &folded);
    // Of equally like words the first in the alphabet, so that the answer does not depend on their order.
    let rank = |word: &'w str| (likeness(word), std::cmp::Reverse(word));
    let best = words.map(rank).max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    best.filter(|(likeness, _)| *likeness >= LIKENESS).map(|(_, std::cmp::Reverse(word))| word)
}
