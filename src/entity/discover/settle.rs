//! Sightings of one sentence by grammar and by network in, one reading out; the listed names that a longer name displaces.

use super::phrase::Phrases;
use super::sighting::{FoundBy, Sighting};
use crate::analysis::EntityType;

impl Phrases<'_> {
    /// Where two sightings overlap, the longer one is the name if its own words say what it is, else the network's bounds hold;
    /// the kind is the stronger evidence's. Sightings come back in text order and do not overlap.
    pub fn settled(&self, grammar: Vec<Sighting>, network: Vec<Sighting>) -> Vec<Sighting> {
        let mut kept: Vec<Sighting> = Vec::new();
        for sighting in grammar {
            let rival = network.iter().find(|n| n.overlaps(&sighting));
            kept.extend(match rival {
                Some(rival) => self.agreed(&sighting, rival),
                None => Some(sighting),
            });
        }
        for sighting in network {
            if !kept.iter().any(|k| k.overlaps(&sighting)) && self.is_sure(&sighting) {
                kept.push(sighting);
            }
        }
        kept.sort_by_key(|s| s.first);
        let mut end = None;
        kept.retain(|s| {
            let free = end.is_none_or(|e| s.first > e);
            end = if free { Some(s.last) } else { end };
            free
        });
        kept
    }

    fn agreed(&self, grammar: &Sighting, network: &Sighting) -> Option<Sighting> {
        let longer =
            network.first <= grammar.first && network.last >= grammar.last && network.span.len() > grammar.span.len();
        // "General Motors": what looked like a title is part of a body's name.
        let body = grammar.found_by == FoundBy::Title
            && network.entity_type == EntityType::Org
            && network.first < grammar.first;
        let bounds = match grammar.found_by {
            _ if body => network,
            FoundBy::NameHead if longer && network.entity_type == grammar.entity_type => network,
            FoundBy::NameHead => grammar,
            _ if longer => network,
            _ => grammar,
        };
        let stronger = if body || network.found_by < grammar.found_by { network } else { grammar };
        let mut one = self.sighting(bounds.first, bounds.last, stronger.entity_type, stronger.found_by);
        one.facts.join(&grammar.facts);
        one.facts.join(&network.facts);
        Some(one)
    }

    /// A lone capital at the head of a sentence says nothing; one inside it, or several words, do.
    fn is_sure(&self, sighting: &Sighting) -> bool {
        let opening =
            sighting.first == 0 || sighting.first == 1 && !self.token(0).text.chars().any(char::is_alphanumeric);
        sighting.is_full() || !opening || sighting.found_by != FoundBy::Recogniser || self.looks_foreign(sighting)
    }

    /// To the tagger it is a name, and it is its own lemma: no word of the language.
    fn looks_foreign(&self, sighting: &Sighting) -> bool {
        self.is_proper(sighting.first) && !self.is_title(sighting.first)
    }

    /// Listed names (indices of mentions) that lie inside a longer unlisted one.
    pub fn displaced(&self, sightings: &[Sighting]) -> Vec<usize> {
        let covered = sightings.iter().flat_map(|s| s.first..=s.last).filter_map(|t| self.located.covering(t));
        let mut all: Vec<usize> = covered.collect();
        all.dedup();
        all
    }
}
