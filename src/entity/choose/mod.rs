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
mod map;
mod people;
mod places;
mod votes;

pub(super) use acronyms::{acronyms, bracketed_letters};
pub use explain::{Choice, Reason, Score};

use super::registry::{EntityIx, Mention, Registry};
use crate::analysis::EntityType;
use crate::document::Document;
use crate::gazetteer::{Alias, AliasKind, Candidate, EntryId, Gazetteer};
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
    let within = places::within(&hits, guards);
    let evidence = |chosen: &[Option<EntryId>]| Evidence::of(&hits, &within, chosen, guards, document.published);
    // What has one meaning settles some of the rest, and that settles more.
    let first = Chooser { guards, document, evidence: &evidence(&[]) }.choices(&hits, &within);
    let places: Vec<Option<EntryId>> = first.iter().map(|c| c.as_ref().and_then(|c| c.best())).collect();
    let chooser = Chooser { guards, document, evidence: &evidence(&places) };
    let mut registry = Registry::default();
    let second = chooser.choices(&hits, &within).into_iter().zip(&hits);
    let chosen: Vec<Option<Chosen>> = second
        .map(|(choice, hit)| {
            let choice = choice?;
            let best = choice.best()?;
            let entity = registry.listed(gazetteer, best);
            let demonym = is_demonym(hit, best, gazetteer);
            registry.mentions.push(Mention { demonym, choice: Some(choice), ..mention(document, hit, entity) });
            Some(Chosen { entity })
        })
        .collect();
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

fn is_demonym(hit: &Hit, best: EntryId, gazetteer: &Gazetteer) -> bool {
    hit.candidates.iter().any(|candidate| match *candidate {
        Candidate::Entity { entry, alias } => {
            entry == best && gazetteer.entry(entry).alias(alias).kind() == AliasKind::Demonym
        }
        Candidate::Generic { .. } => false,
    })
}

/// Halves of votes that do not yet make a document one about other countries.
const FEW: u32 = 2;

/// Points by which the better of two hardly known places of one name must lead where nothing but their size tells them apart.
const LEAD: i32 = 40;

impl Chooser<'_, '_> {
    fn choices(&self, hits: &[Hit], within: &[Option<EntryId>]) -> Vec<Option<Box<Choice>>> {
        let next = hits.iter().skip(1).map(Some).chain([None]);
        hits.iter().zip(within).zip(next).map(|((hit, within), next)| self.choose(hit, *within, next)).collect()
    }

    /// The best of the meanings that the words around and the document allow.
    fn choose(&self, hit: &Hit, within: Option<EntryId>, next: Option<&Hit>) -> Option<Box<Choice>> {
        let elsewhere = within.is_none() && places::lies_elsewhere(hit, next, self.guards);
        let mut candidates: Vec<(EntryId, Score)> = hit
            .candidates
            .iter()
            .filter_map(|candidate| match *candidate {
                Candidate::Entity { entry, alias } if self.is_possible(hit, entry, alias, within) => {
                    Some((entry, self.score(hit, entry, within)))
                }
                _ => None,
            })
            .filter(|(entry, _)| !elsewhere || !self.is_minor(*entry))
            .collect();
        // A kind beside the name may lead to a place that the name alone does not: "region of Amur".
        if let Some(other) = within.filter(|w| candidates.iter().all(|(entry, _)| entry != w)) {
            candidates.push((other, self.score(hit, other, within)));
        }
        let choice = Choice::among(candidates)?;
        (!self.is_even(&choice)).then_some(choice)
    }

    /// Two towns of one name and about one size, and nothing that tells which.
    fn is_even(&self, choice: &Choice) -> bool {
        let [(first, best), (second, other), ..] = &choice.candidates[..] else { return false };
        let minor = self.is_minor(*first) && self.is_minor(*second);
        minor && choice.rule == Reason::Prior && best.total() - other.total() < LEAD
    }

    /// A town that no hand put on the lists.
    fn is_minor(&self, id: EntryId) -> bool {
        places::is_minor(self.guards.gazetteer.entry(id))
    }

    fn is_possible(&self, hit: &Hit, id: EntryId, alias: usize, within: Option<EntryId>) -> bool {
        let entry = self.guards.gazetteer.entry(id);
        let alias = entry.alias(alias);
        if !self.guards.allow(hit, alias, entry.entity_type()) {
            return false;
        }
        match entry.entity_type() {
            EntityType::Person => self.person().is_possible(hit, id, alias),
            EntityType::Place if alias.kind() != AliasKind::Demonym => self.may_be_place(hit, id, alias, within),
            _ if alias.is_ambiguous() && self.is_foreign(hit, id) => false,
            _ => !alias.needs_context() || self.evidence.is_named(id) || self.guards.title(hit).is_some(),
        }
    }

    /// A body of one state, where the document is about others alone: "the Liberal Party" in a report on Australia.
    fn is_foreign(&self, hit: &Hit, id: EntryId) -> bool {
        let votes = self.evidence.votes();
        let country = self.guards.gazetteer.entry(id).country().filter(|c| !matches!(*c, "IGO" | "NGO" | "MNC"));
        country.is_some_and(|c| votes.others(c, hit.words()) == 0 && votes.all_others(hit.words()) > FEW)
    }

    fn may_be_place(&self, hit: &Hit, id: EntryId, alias: Alias, within: Option<EntryId>) -> bool {
        let place = self.place();
        if within == Some(id) {
            return true;
        }
        let minor = self.is_minor(id);
        let flagged = alias.needs_context() || alias.is_ambiguous();
        let state = self.guards.gazetteer.entry(id).is_state();
        if minor && !place.is_in_reach(hit, id) {
            return false;
        }
        if self.evidence.is_bearer(hit.words()) && (flagged || !state) || flagged && self.speaks(hit, id) {
            return place.stands_as_place(hit);
        }
        if alias.needs_context() || minor && self.guards.begins_with_title(alias) {
            return !minor && self.evidence.is_named(id) || place.is_shown(hit, id, within);
        }
        !(flagged && minor) || place.has_evidence(hit, id, within)
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
