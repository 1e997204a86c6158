//! Names that borrow from the name beside them: an institution its state, the first of two names its head.

use super::explain::{Choice, Reason};
use super::hits::{Hit, char_at};
use super::{Chooser, Chosen, mention};
use crate::entity::registry::{Entity, EntityIx, Mention, Registry};
use crate::gazetteer::Candidate;
use crate::text::Span;
use rustc_hash::FxHashMap;

impl Chooser<'_, '_> {
    /// "North and South Korea": the first word borrows the rest of the second name.
    pub(super) fn shared_heads(&self, hits: &[Hit], chosen: &[Option<Chosen>], registry: &mut Registry) {
        for (hit, _) in hits.iter().zip(chosen).filter(|(_, c)| c.is_some()) {
            let Some((_, rest)) = hit.words().split_once(' ') else { continue };
            let Some(head) = hit.left().strip_suffix(" and ").or(hit.left().strip_suffix(" or ")) else { continue };
            let start = head.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| i + char_at(head, i));
            let borrowed = format!("{} {rest}", &head[start..]);
            let found = self.guards.gazetteer.find(&borrowed);
            let whole = found.iter().find(|f| f.span == Span::new(0, borrowed.len()));
            if let Some(Candidate::Entity { entry, .. }) = whole.map(|f| f.candidates[0]) {
                let span = self.document.blocks[hit.block].in_document(Span::new(start, head.len()));
                let entity = registry.listed(self.guards.gazetteer, entry);
                let choice = Some(Choice::only(Reason::Shared));
                registry.mentions.push(Mention { choice, ..Mention::name(span, entity) });
            }
        }
    }

    /// "Russian Security Council", "Ministry of Defence of Ukraine": the institution of the state beside it.
    pub(super) fn institutions(&self, hits: &[Hit], chosen: &[Option<Chosen>], registry: &mut Registry) {
        let mut last: FxHashMap<usize, EntityIx> = FxHashMap::default();
        for (i, hit) in hits.iter().enumerate().filter(|(i, _)| chosen[*i].is_none()) {
            let Some(body) = hit.candidates.iter().find_map(|c| match c {
                Candidate::Generic { body } => Some(*body),
                Candidate::Entity { .. } => None,
            }) else {
                continue;
            };
            let state = self.state_beside(hits, chosen, i, registry).map(|s| self.body_of(body, s, registry));
            if let Some(entity) = state.or_else(|| last.get(&body).copied()) {
                last.insert(body, entity);
                let choice = Some(Choice::only(Reason::Institution));
                registry.mentions.push(Mention { choice, ..mention(self.document, hit, entity) });
            }
        }
    }

    fn state_beside(&self, hits: &[Hit], chosen: &[Option<Chosen>], i: usize, registry: &Registry) -> Option<EntityIx> {
        let state = |j: usize| {
            let entity = chosen.get(j)?.as_ref()?.entity;
            registry.entity(entity).id.starts_with("state:").then_some(entity)
        };
        let beside = |first: usize, second: usize, joins: &[&str]| {
            let between = hits.get(first)?.up_to(hits.get(second)?)?;
            joins.contains(&between).then_some(())
        };
        let before = i.checked_sub(1).filter(|&j| beside(j, i, &[" ", "'s ", "’s ", "' ", "’ "]).is_some());
        let after = || Some(i + 1).filter(|&j| beside(i, j, &[" of ", " of the "]).is_some());
        before.and_then(state).or_else(|| after().and_then(state))
    }

    fn body_of(&self, body: usize, state: EntityIx, registry: &mut Registry) -> EntityIx {
        let generic = self.guards.gazetteer.generic(body);
        let owner = registry.entity(state);
        if let Some(listed) = self.guards.gazetteer.by_name(&generic.named(&owner.name)) {
            return registry.listed(self.guards.gazetteer, listed);
        }
        registry.intern(Entity {
            id: format!("org:{}:{}", generic.slug(), owner.id.trim_start_matches("state:")),
            name: generic.named(&owner.name),
            entity_type: generic.entity_type(),
            country: owner.country.clone(),
            sector: generic.sector().map(str::to_owned),
            stands_for: None,
            gender: None,
            called: Vec::new(),
            discovered: false,
            entry: None,
        })
    }
}
