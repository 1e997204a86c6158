//! Descriptions in, who they mean out: "the two leaders", "the Russian president", "the commission".

use super::coreference::{REACH, Resolver, distinct};
use super::history::Prominence;
use super::located::Located;
use super::registry::{EntityIx, Registry};
use super::sieve::Sieve;
use crate::analysis::EntityType;
use crate::gazetteer::{EntryId, Held, Role};
use crate::syntax::{Dep, Pos, Tag};
use crate::text::Span;

impl Resolver<'_> {
    pub(super) fn nominal(
        &self,
        number: usize,
        token: usize,
        located: &Located,
        registry: &mut Registry,
    ) -> (Sieve, Vec<EntityIx>) {
        const NONE: (Sieve, Vec<EntityIx>) = (Sieve::Described, Vec::new());
        let named = |a: usize| !located.headed(a).is_empty() || located.token(a).pos == Pos::Propn;
        if located.sentence.child(token, &[Dep::Appos]).is_some_and(named) {
            return NONE;
        }
        if located.token(token).dep == Dep::Attr {
            return NONE;
        }
        let lemma = located.token(token).lemma.to_lowercase();
        let definite = located.sentence.children(token).any(|c| {
            matches!(located.token(c).text.to_lowercase().as_str(), "the" | "both" | "two" | "these" | "those")
        });
        match lemma.as_str() {
            "leader" | "president" | "minister" if definite && is_plural(located, token) => {
                (Sieve::Pair, self.two_people())
            }
            noun if definite && counts_two(located, token) && self.lexicon.nominals.pairs.has(noun) => {
                (Sieve::Pair, self.two_states(number, registry))
            }
            "duo" if definite => match self.two_people() {
                none if none.is_empty() => (Sieve::Pair, self.last_pair(number)),
                people => (Sieve::Pair, people),
            },
            "pair" if definite => (Sieve::Pair, self.last_pair(number)),
            _ => {
                let office = self.office(token, located, registry).map(|e| (Sieve::Office, e));
                let found = office.or_else(|| self.head_match(number, token, located, registry));
                let described = || Some((Sieve::Described, self.described(number, token, located, registry)?));
                found.or_else(described).map_or(NONE, |(sieve, entity)| (sieve, vec![entity]))
            }
        }
    }

    /// "the commission" after "the European Commission": a bare definite noun that a name ends in or begins with.
    pub(super) fn head_match(
        &self,
        number: usize,
        token: usize,
        located: &Located,
        registry: &Registry,
    ) -> Option<(Sieve, EntityIx)> {
        let bare = located
            .sentence
            .children(token)
            .filter(|&c| c < token)
            .all(|c| located.token(c).text.eq_ignore_ascii_case("the"));
        let the = token.checked_sub(1).is_some_and(|t| located.token(t).text.eq_ignore_ascii_case("the"));
        // "the airline industry" speaks of no airline.
        let whole = located.token(token).dep != Dep::Compound;
        if !bare || !the || !whole || !matches!(located.token(token).tag, Tag::Nn | Tag::Nnp) {
            return None;
        }
        let noun = located.token(token).text.to_lowercase();
        let named = |e: EntityIx| {
            let entity = registry.entity(e);
            let kind = matches!(entity.entity_type, EntityType::Org | EntityType::Event | EntityType::Facility);
            kind && is_head(&entity.name, &noun)
        };
        let bloc = self.lexicon.blocs.has(&noun);
        let international = |e: EntityIx| bloc && registry.entity(e).country.as_deref() == Some("IGO");
        let called = |reach: usize| {
            let recent = self.history.near(number, reach).iter().rev().map(|a| a.entity);
            distinct(recent.filter(|e| named(*e) || international(*e)))
        };
        let lately = called(REACH);
        match if lately.is_empty() { called(4 * REACH) } else { lately }[..] {
            [] => self.called(&noun, number, registry).map(|e| (Sieve::Called, e)),
            [one] => Some((Sieve::Head, one)),
            // Two commissions: which one is meant stays open.
            _ => None,
        }
    }

    /// "the company", "the minister": the only company named lately, or the only one whom the document has called so.
    fn called(&self, noun: &str, number: usize, registry: &Registry) -> Option<EntityIx> {
        let company = self.lexicon.company_nouns.has(noun);
        let fits = |e: &EntityIx| {
            let entity = registry.entity(*e);
            let business = company && entity.entity_type == EntityType::Org && entity.sector.as_deref() == Some("BUS");
            business || self.is_calling(noun) && entity.called.iter().any(|c| c == noun)
        };
        let recent = self.history.near(number, REACH).iter().map(|a| a.entity);
        match distinct(recent.filter(fits))[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Nouns that say what somebody or something is, not what was said of it ("the fact").
    fn is_calling(&self, noun: &str) -> bool {
        let lexicon = self.lexicon;
        let lists = [
            &lexicon.person_nouns,
            &lexicon.titles,
            &lexicon.company_nouns,
            &lexicon.collectives,
            &lexicon.kinds,
            &lexicon.type_nouns,
        ];
        lists.iter().any(|list| list.has(noun)) || lexicon.body_heads.contains_key(noun)
    }

    /// The two people that the report has been about, else the last two.
    fn two_people(&self) -> Vec<EntityIx> {
        let pair = self.history.people.pair();
        if pair.is_empty() { self.history.people.last_two() } else { pair }
    }

    /// The two states that the report has been about, seats of power and leaders counted as theirs; none where a third is as prominent.
    pub(super) fn two_states(&self, number: usize, registry: &mut Registry) -> Vec<EntityIx> {
        let recent = self.history.near(number, 6 * REACH).iter();
        Prominence::of(recent.filter_map(|a| self.state_of(a.entity, registry))).pair()
    }

    pub(super) fn state_of(&self, entity: EntityIx, registry: &mut Registry) -> Option<EntityIx> {
        let e = registry.entity(entity);
        if e.id.starts_with("state:") {
            return Some(entity);
        }
        let id = match (&e.stands_for, e.entity_type) {
            (Some((id, _)), _) => id.clone(),
            (None, EntityType::Person) => format!("state:{}", e.country.as_deref()?),
            _ => return None,
        };
        let entry = self.gazetteer.by_id(&id)?;
        Some(registry.listed(self.gazetteer, entry))
    }

    pub(super) fn last_pair(&self, number: usize) -> Vec<EntityIx> {
        let group = self.history.groups_near(number, 2).iter().rev().find(|g| g.members.len() == 2);
        group.map(|g| g.members.clone()).unwrap_or_default()
    }

    /// "The Russian president", "his Ukrainian counterpart": the holder on the document's date.
    pub(super) fn office(&self, token: usize, located: &Located, registry: &mut Registry) -> Option<EntityIx> {
        let title = self.title(token, located)?;
        let other = |c: usize| {
            let text = located.token(c).text.to_lowercase();
            matches!(
                text.as_str(),
                "a" | "an"
                    | "another"
                    | "any"
                    | "no"
                    | "former"
                    | "new"
                    | "next"
                    | "future"
                    | "then"
                    | "late"
                    | "every"
            )
        };
        // "British Prime Minister Rishi Sunak": the name says who.
        let next = (token + 1 < located.tokens().len()).then(|| located.covering(token + 1)).flatten();
        let before_name =
            next.is_some_and(|m| registry.entity(registry.mentions[m].entity).entity_type == EntityType::Person);
        if before_name || located.sentence.children(token).any(other) {
            return None;
        }
        let (owner, at) = located.owner(token, registry)?;
        if registry.entity(owner).entity_type != EntityType::Place {
            return None;
        }
        let owned = matches!(located.token(at).dep, Dep::Poss | Dep::Amod | Dep::Compound | Dep::Nmod);
        let of_state = registry.entity(owner).entry.filter(|_| owned || title.0 != "leader")?;
        let holder = self.holder(&title.1, of_state)?;
        Some(registry.listed(self.gazetteer, holder))
    }

    /// The noun and the offices that it can mean.
    pub(super) fn title(&self, token: usize, located: &Located) -> Option<(String, Vec<&'static str>)> {
        let word = located.token(token);
        if word.text.to_lowercase() != word.lemma.to_lowercase() {
            return None;
        }
        let compound = located.sentence.children(token).find(|&c| {
            located.token(c).dep == Dep::Compound || located.token(c).dep == Dep::Amod && located.covering(c).is_none()
        });
        let before = compound.map(|c| located.token(c).lemma.to_lowercase());
        let titles = match (before.as_deref(), word.lemma.to_lowercase().as_str()) {
            (_, "president") => vec!["president"],
            (Some("prime"), "minister") => vec!["prime minister"],
            (_, "premier") => vec!["prime minister"],
            (Some("foreign"), "minister") => vec!["foreign minister"],
            (Some("defence" | "defense"), "minister") => vec!["defence minister"],
            (_, "chancellor") => vec!["chancellor"],
            (_, "king") => vec!["king"],
            (_, "queen") => vec!["queen"],
            (_, "leader" | "counterpart") => vec!["president", "supreme leader", "chancellor", "prime minister"],
            _ => return None,
        };
        Some((word.lemma.to_lowercase(), titles))
    }

    /// A holder whom the document has named, else the only one on its date, if checked dates say so.
    pub(super) fn holder(&self, titles: &[&str], body: EntryId) -> Option<EntryId> {
        let how = |role: &Role| self.published.map_or(Held::Perhaps, |day| self.gazetteer.held(*role, day));
        let held = |title: &str| {
            let holders = self.gazetteer.holders(title, body).map(move |(person, role)| (person, how(&role)));
            holders.filter(|(_, how)| *how != Held::No)
        };
        let mut known = titles.iter().flat_map(|t| held(t)).filter(|(person, _)| self.history.has_named(*person));
        known.next().map(|(person, _)| person).or_else(|| {
            let [title] = titles else { return None };
            let mut on_date = held(title);
            let (only, how) = on_date.next()?;
            (how == Held::Surely && on_date.all(|(person, _)| person == only)).then_some(only)
        })
    }
}

/// Whether a name says that it is a `noun`: its last word, or the one before "of" or "for".
pub(super) fn is_head(name: &str, noun: &str) -> bool {
    let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
    let before = words.iter().position(|w| matches!(w.as_str(), "of" | "for" | "on")).and_then(|of| of.checked_sub(1));
    words.last().is_some_and(|w| w == noun) || before.is_some_and(|i| words[i] == noun)
}

fn is_plural(located: &Located, token: usize) -> bool {
    matches!(located.token(token).tag, Tag::Nns | Tag::Nnps)
}

fn counts_two(located: &Located, token: usize) -> bool {
    is_plural(located, token)
        && located
            .sentence
            .children(token)
            .any(|c| matches!(located.token(c).text.to_lowercase().as_str(), "two" | "both"))
}

/// From the determiner to the head noun.
pub(super) fn nominal_span(located: &Located, token: usize) -> Span {
    let first = located
        .sentence
        .children(token)
        .filter(|&c| c < token)
        .filter(|&c| {
            matches!(
                located.token(c).dep,
                Dep::Det | Dep::Poss | Dep::Amod | Dep::Nummod | Dep::Compound | Dep::Nmod | Dep::Predet
            )
        })
        .min()
        .unwrap_or(token);
    located.token(first).span.cover(located.token(token).span)
}
