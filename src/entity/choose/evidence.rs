//! All names of a document in, what it is about out: who is named beyond doubt, which countries and regions, where on the map.

use super::guards::Guards;
use super::hits::Hit;
use super::map::Map;
use super::votes::Votes;
use super::{people, places};
use crate::analysis::EntityType;
use crate::gazetteer::{AliasKind, Candidate, EntryId};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

/// What the names of the document that are settled say about those that are not.
#[derive(Default)]
pub(super) struct Evidence<'a> {
    /// Entries that the document names beyond doubt.
    anchored: FxHashSet<EntryId>,
    votes: Votes<'a>,
    /// First-level regions in which places of the document lie, or that it names, with the words that said so.
    regions: FxHashMap<(&'a str, &'a str), Said<'a>>,
    map: Map<'a>,
    /// Words that are a person's or a storm's name in this document: "Washington" after "Denzel Washington".
    bearers: FxHashSet<&'a str>,
    /// Surnames that somebody bears whom no list has: "Truss" after "Warren Truss".
    unlisted: FxHashSet<&'a str>,
    /// What the same words, in small letters, mean where the text leaves no doubt.
    senses: FxHashMap<String, EntryId>,
    counted: FxHashSet<(&'a str, EntryId)>,
}

/// One name that said something, and whether others said it too.
struct Said<'a> {
    words: &'a str,
    others: bool,
}

impl<'a> Evidence<'a> {
    /// `sure`: what the text itself puts somewhere; `chosen`: what an earlier reading took the matches for, if there was one.
    pub(super) fn of(
        hits: &[Hit<'a>],
        sure: &[Option<EntryId>],
        chosen: &[Option<EntryId>],
        guards: Guards<'a>,
        published: Option<Date>,
    ) -> Self {
        let mut evidence = Self::default();
        for (i, (hit, sure)) in hits.iter().zip(sure).enumerate() {
            let certain = sure.or_else(|| certain(hit, guards, published));
            evidence.anchored.extend(certain);
            if let Some(entry) = chosen.get(i).copied().flatten().or(certain) {
                evidence.count(hit, entry, guards);
            } else if guards.is_person(hit, true) || guards.is_storm(hit) {
                evidence.bearers.insert(hit.words());
            }
            if guards.has_first_name(hit) {
                evidence.unlisted.insert(hit.words());
            }
            if let Some(entry) = sure {
                evidence.senses.entry(hit.words().to_lowercase()).or_insert(*entry);
            }
        }
        evidence
    }

    fn count(&mut self, hit: &Hit<'a>, id: EntryId, guards: Guards<'a>) {
        let (entry, words) = (guards.gazetteer.entry(id), hit.words());
        if !self.counted.insert((words, id)) {
            return;
        }
        let Some(country) = entry.country() else { return };
        self.votes.add(country, words, if entry.is_state() { 1 } else { 2 });
        if entry.entity_type() == EntityType::Place && !entry.is_state() {
            for region in entry.admin().into_iter().chain([entry.name()]) {
                let said = self.regions.entry((country, region)).or_insert(Said { words, others: false });
                said.others |= said.words != words;
            }
            self.map.extend(entry.position().filter(|_| entry.admin().is_some()).map(|at| (words, at)));
        }
    }

    pub(super) fn is_named(&self, entry: EntryId) -> bool {
        self.anchored.contains(&entry)
    }

    pub(super) fn votes(&self) -> &Votes<'a> {
        &self.votes
    }

    /// Whether other names than `words` speak of the region.
    pub(super) fn has_region(&self, words: &str, country: &str, region: &str) -> bool {
        self.regions.get(&(country, region)).is_some_and(|said| said.others || said.words != words)
    }

    /// Whether another place of the document lies within `km`, which are at most [`Map::REACH`].
    pub(super) fn is_near(&self, words: &str, at: (f32, f32), km: f32) -> bool {
        self.map.is_near(words, at, km)
    }

    /// The document gives these words to a person or a storm.
    pub(super) fn is_bearer(&self, words: &str) -> bool {
        self.bearers.contains(words)
    }

    /// Somebody whom no list has bears the surname in this document.
    pub(super) fn is_unlisted(&self, surname: &str) -> bool {
        self.unlisted.contains(surname)
    }

    pub(super) fn sense(&self, words: &str) -> Option<EntryId> {
        if self.senses.is_empty() { None } else { self.senses.get(&words.to_lowercase()).copied() }
    }
}

/// The only meaning without a flag, where the words around allow it.
fn certain(hit: &Hit, guards: Guards, published: Option<Date>) -> Option<EntryId> {
    let mut plain = hit.candidates.iter().filter_map(|candidate| match *candidate {
        Candidate::Entity { entry, alias } => {
            let e = guards.gazetteer.entry(entry);
            let a = e.alias(alias);
            let early = a.kind() == AliasKind::Surname && !people::is_of_the_time(e, published);
            // Of a hardly known place the rest of the document must tell that it can be meant.
            let sure = !a.needs_context() && !a.is_ambiguous() && !early && !places::is_minor(e);
            (sure && guards.allow(hit, a, e.entity_type())).then_some((entry, a.kind()))
        }
        Candidate::Generic { .. } => None,
    });
    let (one, kind) = plain.next()?;
    let rivals = plain.next().is_some() || kind == AliasKind::Surname && hit.candidates.len() > 1;
    (!rivals).then_some(one)
}
