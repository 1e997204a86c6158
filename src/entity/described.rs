//! "The island", "the government", "the northern Chinese city", "the prime minister" in, the one of that kind that was named
//! lately out; nothing where two could be meant.

use super::coreference::{REACH, Resolver, distinct};
use super::located::Located;
use super::nominals::is_head;
use super::registry::{EntityIx, Registry};
use crate::analysis::EntityType;
use crate::gazetteer::EntryId;
use crate::syntax::{Dep, Tag};

/// How far back a description reaches that few can answer to, in sentences.
const FAR: usize = 4 * REACH;

/// What stands between "the" and the noun.
struct Description {
    noun: String,
    /// Adjectives that fit some states only.
    regions: Vec<String>,
    /// Code of the state whose nationality is named.
    country: Option<String>,
    prime: bool,
}

impl Resolver<'_> {
    pub(super) fn described(
        &self,
        number: usize,
        token: usize,
        located: &Located,
        registry: &mut Registry,
    ) -> Option<EntityIx> {
        let description = self.description(token, located, registry)?;
        let nominals = &self.lexicon.nominals;
        let noun = description.noun.as_str();
        match () {
            () if nominals.states.has(noun) => self.state(&description, number, token, located, registry),
            () if nominals.towns.has(noun) => self.town(&description, number, token, located, registry),
            () if self.lexicon.titles.has(noun) => self.titled(&description, number, registry),
            () if description.country.is_some() => self.body(&description, number, registry),
            () if description.prime || !description.regions.is_empty() => None,
            () if self.lexicon.acting.has(noun) => self.history.acting(noun, number, 2 * REACH),
            () => None,
        }
    }

    /// A definite noun in the singular with nothing that would tell it apart from what was named.
    fn description(&self, token: usize, located: &Located, registry: &Registry) -> Option<Description> {
        let word = located.token(token);
        let noun = word.text.to_lowercase();
        let mut found = Description { noun, regions: Vec::new(), country: None, prime: false };
        let (mut definite, nominals) = (false, &self.lexicon.nominals);
        for c in located.sentence.children(token) {
            let modifier = located.token(c);
            let text = modifier.text.to_lowercase();
            match modifier.dep {
                // "the country that", "the city of X", "the army in X" are described by themselves.
                Dep::Relcl | Dep::Appos | Dep::Acl | Dep::Prep if c > token => return None,
                _ if c > token => {}
                Dep::Det if text == "the" => definite = true,
                _ if nominals.regions.contains_key(&text) => found.regions.push(text),
                _ if located.covering(c).is_some() => {
                    let owner = located.entity(c, registry).map(|e| registry.entity(e))?;
                    definite |= modifier.dep == Dep::Poss;
                    found.country = Some(owner.country.clone().filter(|_| owner.id.starts_with("state:"))?);
                }
                _ if text == "prime" => found.prime = true,
                _ if nominals.plain.has(&text) => {}
                _ => return None,
            }
        }
        let single = matches!(word.tag, Tag::Nn | Tag::Nnp);
        (definite && single && located.covering(token).is_none()).then_some(found)
    }

    /// The only state of the kind that was named lately: in this sentence, else in the one before, and so on.
    fn state(
        &self,
        description: &Description,
        number: usize,
        token: usize,
        located: &Located,
        registry: &Registry,
    ) -> Option<EntityIx> {
        let nominals = &self.lexicon.nominals;
        let kinds = nominals.kinds.get(&description.noun);
        let lists: Vec<_> = description.regions.iter().filter_map(|r| nominals.regions.get(r)).chain(kinds).collect();
        if description.country.is_some() {
            return None;
        }
        let fits = |e: EntityIx| {
            let entity = registry.entity(e);
            let code = entity.country.as_deref().unwrap_or_default();
            entity.id.starts_with("state:") && lists.iter().all(|codes| codes.has(code))
        };
        let reach = if lists.is_empty() { 2 } else { FAR };
        self.nearest(number, token, located, reach, fits)
    }

    fn town(
        &self,
        description: &Description,
        number: usize,
        token: usize,
        located: &Located,
        registry: &Registry,
    ) -> Option<EntityIx> {
        if !description.regions.is_empty() {
            return None;
        }
        let fits = |e: EntityIx| {
            let entity = registry.entity(e);
            let town = entity.entity_type == EntityType::Place && !entity.id.starts_with("state:");
            let capital = description.noun != "capital" || entity.stands_for.is_some();
            let here = description.country.is_none() || entity.country == description.country;
            town && capital && here && self.may_be_town(&entity.name)
        };
        self.nearest(number, token, located, REACH, fits)
    }

    /// A place whose name does not say that it is something else.
    fn may_be_town(&self, name: &str) -> bool {
        !name.split(' ').any(|word| self.lexicon.nominals.no_towns.has(&word.to_lowercase()))
    }

    /// Of what fits, the only one in the nearest sentence that has any; never a fellow argument of the noun's own verb.
    fn nearest(
        &self,
        number: usize,
        token: usize,
        located: &Located,
        reach: usize,
        fits: impl Fn(EntityIx) -> bool,
    ) -> Option<EntityIx> {
        for back in 0..=reach {
            let here = self.history.near(number, back).iter().filter(|a| a.sentence + back == number && fits(a.entity));
            let free = here.filter(|a| back > 0 || !self.co_arguments(located, a.token, token));
            match distinct(free.map(|a| a.entity))[..] {
                [] => {}
                [one] => return Some(one),
                _ => return None,
            }
        }
        None
    }

    /// "the prime minister", "Taiwan's minister": the only person named lately who has the title or held the office that day.
    fn titled(&self, description: &Description, number: usize, registry: &Registry) -> Option<EntityIx> {
        let title = if description.prime { format!("prime {}", description.noun) } else { description.noun.clone() };
        let of_theirs =
            |e: &&EntityIx| description.country.is_none() || registry.entity(**e).country == description.country;
        let in_office = |entry: &EntryId| {
            let mut held = self.gazetteer.entry(*entry).roles();
            held.any(|r| r.title() == title && self.published.is_none_or(|day| r.covers(day)))
        };
        let called = |e: &EntityIx| {
            let entity = registry.entity(*e);
            entity.called.contains(&title) || entity.entry.as_ref().is_some_and(in_office)
        };
        let bears = |e: &EntityIx| called(e) || self.history.titled(&title).contains(e);
        let lately = self.history.near(number, REACH).iter().map(|a| a.entity);
        let all = distinct(lately.filter(bears));
        match all.iter().filter(of_theirs).collect::<Vec<_>>()[..] {
            [one] if description.regions.is_empty() => Some(*one),
            _ => None,
        }
    }

    /// "the Libyan commission": the only body of that country with the word in its name.
    fn body(&self, description: &Description, number: usize, registry: &Registry) -> Option<EntityIx> {
        let company = self.lexicon.company_nouns.has(&description.noun);
        let fits = |e: &EntityIx| {
            let entity = registry.entity(*e);
            let named = is_head(&entity.name, &description.noun);
            let kind = named
                || company && entity.sector.as_deref() == Some("BUS")
                || entity.called.contains(&description.noun);
            entity.entity_type == EntityType::Org && entity.country == description.country && kind
        };
        match distinct(self.history.near(number, FAR).iter().map(|a| a.entity).filter(fits))[..] {
            [one] if description.regions.is_empty() => Some(one),
            _ => None,
        }
    }
}
