//! Matches of the gazetteer in, one entity per mention out, each with the reason for it.
//!
//! `hits` finds names and the words beside them, `guards` tells what those words forbid, `evidence` what the whole document is
//! about; `places` and `people` weigh the meanings that are left, `institutions` and `acronyms` add what names lend each other.

mod acronyms;
mod evidence;
mod explain;
mod guards;
mod hits;
mod institutions;
mod people;
mod places;

pub(super) use acronyms::{acronyms, bracketed_letters};
pub use explain::{Choice, Reason, Score};

use super::registry::{EntityIx, Mention, Registry};
use crate::analysis::EntityType;
use crate::document::Document;
use crate::gazetteer::{AliasKind, Candidate, EntryId, Gazetteer};
use crate::lexicon::Lexicon;
use crate::syntax::{Placed, Pos};
use evidence::Evidence;
use guards::Guards;
use hits::Hit;
use people::Person;
use places::Place;

/// What a match was taken for.
struct Chosen {
    entity: EntityIx,
    /// A nationality word.
    demonym: bool,
    choice: Option<Box<Choice>>,
}

struct Chooser<'e, 'a> {
    guards: Guards<'a>,
    document: &'a Document,
    evidence: &'e Evidence<'a>,
}

/// Every named mention of the document, in text order, with its entity.
pub fn names(document: &Document, sentences: &[Placed], gazetteer: &Gazetteer, lexicon: &Lexicon) -> Registry {
    let guards = Guards { gazetteer, lexicon };
    let hits = hits::hits(document, sentences, gazetteer, |hit| stands(hit, guards));
    let evidence = Evidence::of(&hits, guards);
    let within = places::within(&hits, guards);
    let chooser = Chooser { guards, document, evidence: &evidence };
    let mut registry = Registry::default();
    let mut chosen: Vec<Option<Chosen>> =
        hits.iter().zip(within).map(|(hit, within)| chooser.choose(hit, within, &mut registry)).collect();
    for (hit, chosen) in hits.iter().zip(&mut chosen) {
        if let Some(Chosen { entity, demonym, choice }) = chosen {
            let choice = choice.take();
            registry.mentions.push(Mention { demonym: *demonym, choice, ..mention(document, hit, *entity) });
        }
    }
    chooser.institutions(&hits, &chosen, &mut registry);
    chooser.shared_heads(&hits, &chosen, &mut registry);
    acronyms(document, &mut registry);
    registry.sort();
    registry
}

fn mention(document: &Document, hit: &Hit, entity: EntityIx) -> Mention {
    Mention::name(document.blocks[hit.block].in_document(hit.span), entity)
}

/// Whether the words around a match allow any meaning.
fn stands(hit: &Hit, guards: Guards) -> bool {
    hit.candidates.iter().any(|candidate| match *candidate {
        Candidate::Entity { entry, alias } => {
            let entry = guards.gazetteer.entry(entry);
            guards.allow(hit, entry.alias(alias), entry.entity_type())
        }
        Candidate::Generic { .. } => true,
    })
}

impl Chooser<'_, '_> {
    /// The best of the meanings that the words around and the document allow.
    fn choose(&self, hit: &Hit, within: Option<EntryId>, registry: &mut Registry) -> Option<Chosen> {
        let candidates: Vec<(EntryId, Score)> = hit
            .candidates
            .iter()
            .filter_map(|candidate| match *candidate {
                Candidate::Entity { entry, alias } if self.is_possible(hit, entry, alias, within) => {
                    Some((entry, self.score(hit, entry, within)))
                }
                _ => None,
            })
            .collect();
        let choice = Choice::among(candidates)?;
        let best = choice.candidates[0].0;
        Some(Chosen {
            entity: registry.listed(self.guards.gazetteer, best),
            demonym: self.is_demonym(hit, best),
            choice: Some(choice),
        })
    }

    fn is_demonym(&self, hit: &Hit, best: EntryId) -> bool {
        let entry = self.guards.gazetteer.entry(best);
        hit.candidates.iter().any(|candidate| match *candidate {
            Candidate::Entity { entry: e, alias } => e == best && entry.alias(alias).kind() == AliasKind::Demonym,
            Candidate::Generic { .. } => false,
        })
    }

    fn is_possible(&self, hit: &Hit, id: EntryId, alias: usize, within: Option<EntryId>) -> bool {
        let entry = self.guards.gazetteer.entry(id);
        let alias = entry.alias(alias);
        if !self.guards.allow(hit, alias, entry.entity_type()) {
            return false;
        }
        match entry.entity_type() {
            EntityType::Person => self.person().is_possible(hit, id, alias),
            EntityType::Place if alias.kind() != AliasKind::Demonym => {
                let flagged = alias.needs_context() || alias.is_ambiguous();
                if flagged && within != Some(id) && (self.evidence.is_bearer(hit.words()) || self.speaks(hit, id)) {
                    return self.place().is_place_position(hit);
                }
                !alias.needs_context() || self.evidence.is_named(id) || self.place().is_shown(hit, id, within)
            }
            _ => !alias.needs_context() || self.evidence.is_named(id) || self.guards.title(hit).is_some(),
        }
    }

    /// A town that speaks is more likely a person of its name; capitals and states do speak.
    fn speaks(&self, hit: &Hit, id: EntryId) -> bool {
        let entry = self.guards.gazetteer.entry(id);
        let town = !entry.is_state() && entry.stands_for().is_none();
        let verb = hit.parsed.and_then(|p| p.verb());
        town && verb.is_some_and(|v| v.pos == Pos::Verb && self.guards.lexicon.quoting.has(&v.lemma.to_lowercase()))
    }

    fn score(&self, hit: &Hit, id: EntryId, within: Option<EntryId>) -> Score {
        match self.guards.gazetteer.entry(id).entity_type() {
            EntityType::Place => self.place().score(hit, id, within),
            _ => self.person().score(hit, id),
        }
    }

    fn place(&self) -> Place<'_, '_> {
        Place { guards: self.guards, evidence: self.evidence }
    }

    fn person(&self) -> Person<'_, '_> {
        Person { guards: self.guards, evidence: self.evidence, published: self.document.published }
    }
}
