//! Capitalised words that no list has, in; provisional people, bodies and places out, with what gave each away.
//!
//! Grammar and network look at each sentence (`grammar`, `recognised`), one reading is settled on (`settle`), the readings of
//! the whole document are merged by name parts (`merge`), and what was found is found again wherever it stands (`repeat`).

mod demonym;
mod grammar;
mod identity;
mod merge;
mod phrase;
mod recognised;
mod repeat;
mod settle;
mod sighting;

pub use sighting::FoundBy;

use super::choose;
use super::located::Located;
use super::registry::{EntityIx, Mention, Registry};
use crate::analysis::EntityType;
use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::syntax::{Placed, Recognised};
use merge::{ListedPeople, Meant, Merged};
use phrase::Phrases;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use sighting::Sighting;

/// Adds mentions of unlisted names. `recognised`: what the network says, in bytes of the document.
pub fn discover(
    registry: &mut Registry,
    document: &Document,
    sentences: &[Placed],
    recognised: &[Recognised],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) {
    let (all, displaced) = sightings(registry, sentences, recognised, gazetteer, lexicon);
    registry.remove(&displaced);
    let (demonyms, sightings): (Vec<Sighting>, Vec<Sighting>) = all.into_iter().partition(|s| s.listed.is_some());
    for (span, place) in demonyms.iter().filter_map(|d| Some((d.span, d.listed?))) {
        let entity = registry.listed(gazetteer, place);
        registry.mentions.push(Mention { demonym: true, ..Mention::name(span, entity) });
    }
    let merged = merge::merge(&sightings, &acronyms(document, &sightings), &listed_people(registry), lexicon);
    let entities = intern(registry, document, &merged, lexicon);
    for (sighting, meant) in sightings.iter().zip(&merged.of_sighting) {
        let entity = match meant {
            Meant::Bearer(bearer) => entities[*bearer],
            Meant::Listed(person) => *person,
        };
        let found_by = Some(sighting.found_by);
        registry.mentions.push(Mention { found_by, ..Mention::name(sighting.span, entity) });
    }
    registry.sort();
    repeat::repeat(registry, document, sentences, &merged.bearers, &entities, gazetteer, lexicon);
    choose::acronyms(document, registry);
    registry.sort();
}

/// Whether a sentence has capitalised words that no list explains.
pub fn is_unexplained(registry: &Registry, placed: &Placed, gazetteer: &Gazetteer, lexicon: &Lexicon) -> bool {
    let located = Located::new(&placed.sentence, &registry.mentions);
    let phrases = Phrases { located: &located, registry, lexicon, gazetteer };
    phrases.runs().iter().any(|&(first, last)| (first..=last).any(|t| !phrases.is_title(t) && !phrases.is_no_name(t)))
}

/// In text order, with the listed mentions that longer names displace.
fn sightings(
    registry: &Registry,
    sentences: &[Placed],
    recognised: &[Recognised],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) -> (Vec<Sighting>, Vec<usize>) {
    let (mut sightings, mut displaced) = (Vec::new(), Vec::new());
    for Placed { sentence, .. } in sentences {
        let located = Located::new(sentence, &registry.mentions);
        let phrases = Phrases { located: &located, registry, lexicon, gazetteer };
        if phrases.is_headline() {
            continue;
        }
        let from = recognised.partition_point(|r| r.span.end <= sentence.span.start);
        let to = recognised.partition_point(|r| r.span.start < sentence.span.end);
        let found = phrases.settled(phrases.by_grammar(), phrases.by_network(&recognised[from..to.max(from)]));
        displaced.extend(phrases.displaced(&found));
        sightings.extend(found);
    }
    (sightings, displaced)
}

fn listed_people(registry: &Registry) -> ListedPeople {
    let people = registry.mentions.iter().map(|m| (m, registry.entity(m.entity)));
    let surname = |name: &str| name.rsplit_once(' ').map(|(_, last)| last.to_lowercase());
    let mut listed: ListedPeople = people
        .filter(|(_, e)| e.entity_type == EntityType::Person && e.entry.is_some())
        .filter_map(|(m, e)| Some((surname(&e.name)?, m.entity)))
        .collect();
    listed.sort();
    listed.dedup();
    listed
}

/// "Sunrise Water Board (SWB)": letters in brackets, by the sighting before them.
fn acronyms(document: &Document, sightings: &[Sighting]) -> FxHashMap<usize, String> {
    let behind = |s: &Sighting| choose::bracketed_letters(&document.text[s.span.end..]);
    sightings.iter().enumerate().filter_map(|(i, s)| Some((i, behind(s)?.to_owned()))).collect()
}

fn intern(registry: &mut Registry, document: &Document, merged: &Merged, lexicon: &Lexicon) -> Vec<EntityIx> {
    let digest = Sha256::digest(document.text.as_bytes());
    let scope: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    merged.bearers.iter().map(|b| registry.intern(identity::entity(b, lexicon, &scope))).collect()
}
