//! The lists that are checked and those behind them in; what ids, titles, sources and codes there are out.

use super::sheet::Sheet;
use crate::gazetteer::{Gazetteer, countries};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// PLOVER's sectors, as gazetteer/README.md lists them.
pub(super) const SECTORS: [&str; 19] = [
    "GOV", "MIL", "REB", "OPP", "PTY", "LEG", "JUD", "COP", "SPY", "MED", "BUS", "CVL", "IGO", "NGO", "UAF", "CRM",
    "REL", "EDU", "LAB",
];

/// What stands for a country where there is none.
pub(super) const STATELESS: [&str; 3] = ["IGO", "NGO", "MNC"];

/// Everything that a cell may point to: in the lists themselves, and in those behind them.
pub(super) struct World<'a> {
    behind: &'a Gazetteer,
    /// Ids of entities, with the file and line of the first row of each.
    ids: FxHashMap<&'a str, (&'a str, usize)>,
    slugs: Vec<&'a str>,
    /// Titles, and whether one person at a time holds them.
    titles: FxHashMap<&'a str, bool>,
    /// Sources, and the last day that each knows of.
    sources: FxHashMap<&'a str, Option<Date>>,
}

impl<'a> World<'a> {
    pub fn new(behind: &'a Gazetteer) -> Self {
        let (ids, titles, sources) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        Self { behind, ids, slugs: Vec::new(), titles, sources }
    }

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

    /// Where the lists have an id first.
    pub fn first(&self, id: &str) -> Option<(&'a str, usize)> {
        self.ids.get(id).copied()
    }

    pub fn has(&self, id: &str) -> bool {
        self.ids.contains_key(id) || self.behind.by_id(id).is_some()
    }

    /// Whether an office can be of it: an entity, or an institution that a state has (`org:mfa:RUS`).
    pub fn has_body(&self, id: &str) -> bool {
        let institution = || {
            let (slug, state) = id.strip_prefix("org:")?.split_once(':')?;
            Some(is_country(state) && (self.slugs.contains(&slug) || self.behind.is_institution(id)))
        };
        self.has(id) || institution().unwrap_or(false)
    }

    /// The id that is most like it.
    pub fn like_id(&self, id: &str) -> Option<&str> {
        let all = self.ids.keys().copied().chain(self.behind.entries().map(|entry| entry.id()));
        // Nobody mistakes the first letters of the namespace and of the name at once.
        let namespace = id.split(':').next().unwrap_or_default();
        like(id, all.filter(|other| other.split(':').next() == Some(namespace)))
    }

    pub fn has_title(&self, title: &str) -> bool {
        self.titles.contains_key(title)
    }

    pub fn like_title(&self, title: &str) -> Option<&str> {
        like(title, self.titles.keys().copied())
    }

    pub fn has_source(&self, id: &str) -> bool {
        self.sources.contains_key(id) || self.behind.source(id).is_some()
    }

    pub fn like_source(&self, id: &str) -> Option<&str> {
        like(id, self.sources.keys().copied().chain(self.behind.sources().map(|source| source.id())))
    }

    /// The last day that a source knows of.
    pub fn edition(&self, id: &str) -> Option<Date> {
        let behind = || self.behind.source(id).and_then(|source| source.edition());
        self.sources.get(id).copied().flatten().or_else(behind)
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
    let shared = |word: &str| word.chars().zip(written.chars()).take_while(|(a, b)| a == b).count();
    // Of equally like words the one that begins alike, then the first in the alphabet: their order decides nothing.
    let rank = |word: &'w str| (likeness(word), shared(word), std::cmp::Reverse(word));
    let best = words.map(rank).max_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    best.filter(|(likeness, ..)| *likeness >= LIKENESS).map(|(.., std::cmp::Reverse(word))| word)
}
