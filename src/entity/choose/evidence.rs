//! All names of a document in, what it is about out: who is named beyond doubt, which countries and regions, where on the map.

use super::guards::Guards;
use super::hits::Hit;
use super::places;
use crate::analysis::EntityType;
use crate::gazetteer::{AliasKind, Candidate, EntryId};
use rustc_hash::{FxHashMap, FxHashSet};

/// What the names of the document that have one meaning say about those that have several.
#[derive(Default)]
pub(super) struct Evidence<'a> {
    /// Entries that the document names beyond doubt.
    anchored: FxHashSet<EntryId>,
    /// Halves of a vote by country: a town or person counts two, a state's own name or adjective one. Each name votes once.
    votes: FxHashMap<&'a str, u32>,
    all_votes: u32,
    /// First-level regions in which places of the document lie, or that it names.
    regions: FxHashSet<(&'a str, &'a str)>,
    /// Where the places of the document lie, by the words that name them.
    positions: Vec<(&'a str, (f32, f32))>,
    /// Words that are a person's or a storm's name in this document: "Washington" after "Denzel Washington".
    bearers: FxHashSet<&'a str>,
    /// What the same words mean where the text leaves no doubt.
    senses: FxHashMap<&'a str, EntryId>,
    voted: FxHashSet<(&'a str, EntryId)>,
}

impl<'a> Evidence<'a> {
    pub(super) fn of(hits: &[Hit<'a>], guards: Guards<'a>) -> Self {
        let mut evidence = Self::default();
        let within = places::within(hits, guards);
        for (hit, sure) in hits.iter().zip(&within) {
            if let Some(entry) = sure.or_else(|| certain(hit, guards)) {
                evidence.name(hit, entry, guards);
            } else if guards.is_person(hit) || guards.is_storm(hit) {
                evidence.bearers.insert(hit.words());
            }
            if let Some(entry) = sure {
                evidence.senses.entry(hit.words()).or_insert(*entry);
            }
        }
        evidence
    }

    fn name(&mut self, hit: &Hit<'a>, id: EntryId, guards: Guards<'a>) {
        let entry = guards.gazetteer.entry(id);
        self.anchored.insert(id);
        if !self.voted.insert((hit.words(), id)) {
            return;
        }
        if let Some(country) = entry.country() {
            let halves = if entry.is_state() { 1 } else { 2 };
            *self.votes.entry(country).or_default() += halves;
            self.all_votes += halves;
            if entry.entity_type() == EntityType::Place {
                self.regions.extend(entry.admin().map(|region| (country, region)));
                self.regions.extend((!entry.is_state()).then(|| (country, entry.name())));
            }
        }
        self.positions.extend(entry.position().filter(|_| !entry.is_state()).map(|at| (hit.words(), at)));
    }

    pub(super) fn is_named(&self, entry: EntryId) -> bool {
        self.anchored.contains(&entry)
    }

    pub(super) fn is_voted(&self, country: &str) -> bool {
        self.votes.contains_key(country)
    }

    /// Whole votes for a country.
    pub(super) fn votes(&self, country: &str) -> u32 {
        self.votes.get(country).map_or(0, |halves| halves.div_ceil(2))
    }

    /// 0 to 1: how much of the document is about a country; less than its share where it is named once in passing.
    pub(super) fn share(&self, country: &str) -> f32 {
        let halves = self.votes.get(country).copied().unwrap_or(0) as f32;
        halves / (self.all_votes.max(1) as f32) * (halves / 2.0).min(1.0)
    }

    pub(super) fn has_region(&self, country: &str, region: &str) -> bool {
        self.regions.contains(&(country, region))
    }

    /// Whether another place of the document lies within `km`.
    pub(super) fn is_near(&self, words: &str, at: (f32, f32), km: f32) -> bool {
        self.positions.iter().any(|(other, there)| *other != words && places::distance(at, *there) <= km)
    }

    /// The document gives these words to a person or a storm.
    pub(super) fn is_bearer(&self, words: &str) -> bool {
        self.bearers.contains(words)
    }

    pub(super) fn sense(&self, words: &str) -> Option<EntryId> {
        self.senses.get(words).copied()
    }
}

/// The only meaning without a flag, where the words around allow it.
fn certain(hit: &Hit, guards: Guards) -> Option<EntryId> {
    let mut plain = hit.candidates.iter().filter_map(|candidate| match *candidate {
        Candidate::Entity { entry, alias } => {
            let e = guards.gazetteer.entry(entry);
            let a = e.alias(alias);
            let sure = !a.needs_context() && !a.is_ambiguous();
            (sure && guards.allow(hit, a, e.entity_type())).then_some((entry, a.kind()))
        }
        Candidate::Generic { .. } => None,
    });
    let (one, kind) = plain.next()?;
    let rivals = plain.next().is_some() || kind == AliasKind::Surname && hit.candidates.len() > 1;
    (!rivals).then_some(one)
}
