//! Pronouns, "the two leaders" and "the Russian president" become mentions of what they refer to: precision first.
//!
//! Deterministic sieves after Raghunathan et al. (2010), cut down to what news needs: offices on the document's date,
//! plural nominals, third-person pronouns with gender, number, binding within the clause, and recency.

use super::history::{Antecedent, Group, History};
use super::located::Located;
use super::nominals::nominal_span;
use super::registry::{EntityIx, Mention, Registry};
use super::sieve::Sieve;
use super::subject::{is_verb, surface};
use crate::analysis::{EntityType, MentionKind};
use crate::gazetteer::{Gazetteer, Gender};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Placed, Pos, Sentence, Tag};
use jiff::civil::Date;

/// How far back a pronoun looks, in sentences.
pub(super) const REACH: usize = 3;

pub(super) struct Resolver<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) lexicon: &'a Lexicon,
    pub(super) published: Option<Date>,
    pub(super) history: History,
    /// Mentions that were there before any reference was resolved, in text order.
    named: usize,
}

/// Adds mentions for the references in `sentences` that can be resolved; the rest stay unsaid.
pub fn resolve_references(
    registry: &mut Registry,
    sentences: &[Placed],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    published: Option<Date>,
) {
    let named = registry.mentions.len();
    let mut resolver = Resolver { gazetteer, lexicon, published, history: History::default(), named };
    for (number, Placed { sentence, .. }) in sentences.iter().enumerate() {
        resolver.sentence(number, sentence, registry);
    }
    if registry.mentions.len() > named {
        registry.sort();
    }
}

impl Resolver<'_> {
    fn sentence(&mut self, number: usize, sentence: &Sentence, registry: &mut Registry) {
        let mut located = Located::new(sentence, &registry.mentions[..self.named]);
        for token in 0..sentence.tokens.len() {
            if located.covering(token).is_none() {
                self.reference(number, token, &mut located, registry);
            }
            self.remember(number, token, &located, registry);
            if self.is_stranger(token, &located) {
                self.history.add_stranger(number, token);
            }
        }
    }

    fn remember(&mut self, number: usize, token: usize, located: &Located, registry: &Registry) {
        for &m in located.headed(token) {
            let mention = &registry.mentions[m];
            // "the US president", "a UN report": words before a noun are no topic.
            if matches!(located.token(token).dep, Dep::Amod | Dep::Compound | Dep::Nmod) {
                continue;
            }
            let rank = rank(located, token);
            self.history.add(Antecedent { entity: mention.entity, sentence: number, token, rank }, registry);
        }
        self.remember_acting(number, token, located, registry);
        for owner in self.spoken_for(token, located) {
            if let Some(entity) = located.entity(owner, registry) {
                let rank = rank(located, token);
                self.history.add(Antecedent { entity, sentence: number, token, rank }, registry);
            }
        }
        let members = distinct(
            located
                .conjuncts(token)
                .iter()
                .flat_map(|&t| located.headed(t).iter().map(|&m| registry.mentions[m].entity).collect::<Vec<_>>()),
        );
        if members.len() >= 2 && located.token(token).dep != Dep::Conj {
            self.history.add_group(Group { members, sentence: number });
        }
    }

    /// "the Sudanese government", "Prime Minister Tony Blair": what "the government" and "the prime minister" mean later.
    fn remember_acting(&mut self, number: usize, token: usize, located: &Located, registry: &Registry) {
        let word = located.token(token);
        let noun = word.text.to_lowercase();
        if let Some(&mention) = located.headed(token).first() {
            let entity = registry.mentions[mention].entity;
            if registry.entity(entity).entity_type == EntityType::Person {
                title_before(located, self.lexicon, token, mention)
                    .into_iter()
                    .for_each(|title| self.history.add_title(title, entity));
            }
        } else if word.pos == Pos::Noun && self.lexicon.stand_in.contains_key(&noun) {
            for owner in located.owners(token) {
                let Some(entity) = located.entity(owner, registry) else { continue };
                let seat =
                    located.token(owner).dep == Dep::Pobj && located.token(located.token(owner).head).lemma == "in";
                let behind = seat.then(|| registry.state_behind(entity)).flatten();
                self.history.add_acting(noun.clone(), behind.unwrap_or(entity), number);
            }
        }
    }

    /// Tokens that name whose government or army `token` is: "the US government" is the United States to a later "it".
    fn spoken_for(&self, token: usize, located: &Located) -> Vec<usize> {
        let word = located.token(token);
        let body = word.tag == Tag::Nn && self.lexicon.bodies.has(&word.lemma.to_lowercase());
        let plain = body && located.covering(token).is_none() && word.dep.is_subject();
        if plain { located.owners(token) } else { Vec::new() }
    }

    fn reference(&self, number: usize, token: usize, located: &mut Located, registry: &mut Registry) {
        let word = located.token(token);
        let (sieve, found) = match word.text.to_lowercase().as_str() {
            "himself" | "herself" | "itself" | "themselves" => {
                (Sieve::Reflexive, self.reflexive(token, located, registry))
            }
            "he" | "him" | "his" => (Sieve::Person, self.person(Gender::Male, number, token, located, registry)),
            "she" | "her" | "hers" => (Sieve::Person, self.person(Gender::Female, number, token, located, registry)),
            "it" | "its" => (Sieve::Thing, self.thing(number, token, located, registry)),
            "they" | "them" | "their" => (Sieve::Group, self.plural(number, token, located, registry)),
            _ if matches!(word.pos, Pos::Noun | Pos::Num | Pos::Pron | Pos::Propn) => {
                self.nominal(number, token, located, registry)
            }
            _ => return,
        };
        let noun = matches!(word.pos, Pos::Noun | Pos::Num | Pos::Propn);
        let kind = if noun { MentionKind::Nominal } else { MentionKind::Pronoun };
        let span = if kind == MentionKind::Nominal { nominal_span(located, token) } else { word.span };
        if found.is_empty() && kind == MentionKind::Pronoun {
            let rivals = self.rivals(number, token, located, registry);
            if rivals.len() > 1 {
                registry.leave_unsettled(span, rivals);
            }
        }
        for entity in found {
            located.place(registry.mentions.len(), span);
            registry.mentions.push(Mention { kind, sieve: Some(sieve), ..Mention::name(span, entity) });
        }
    }

    /// Bound by the subject of its own clause.
    fn reflexive(&self, token: usize, located: &Located, registry: &Registry) -> Vec<EntityIx> {
        let verb = located.token(token).head;
        let subject = surface(located, self.lexicon, verb);
        subject.into_iter().filter_map(|s| located.entity(s, registry)).take(1).collect()
    }

    /// "a man", "the teenager", "a spokesman for X" as a subject: the next "he" is theirs before anybody's.
    fn is_stranger(&self, token: usize, located: &Located) -> bool {
        let word = located.token(token);
        let apposed =
            || located.sentence.child(token, &[Dep::Appos]).is_some_and(|a| located.token(a).pos == Pos::Propn);
        word.tag == Tag::Nn
            && word.dep.is_subject()
            && located.covering(token).is_none()
            && self.lexicon.person_nouns.has(&word.lemma.to_lowercase())
            && !apposed()
    }

    /// The best antecedent that `fits`; nothing where the pronoun's own clause forbids it.
    fn best(
        &self,
        number: usize,
        token: usize,
        located: &Located,
        registry: &Registry,
        fits: impl Fn(EntityIx) -> bool,
    ) -> Option<&Antecedent> {
        let possessive = located.token(token).dep == Dep::Poss;
        let score = |a: &Antecedent| {
            let same = a.sentence == number;
            let distance = (number - a.sentence) as i32;
            let commands = if same { self.command(located, a.token, token) } else { 0 };
            i32::from(a.rank) * 2 - distance * 3 + commands
        };
        self.history
            .near(number, REACH)
            .iter()
            .filter(|a| fits(a.entity))
            // Across sentences only what the earlier one was about.
            .filter(|a| {
                a.sentence == number || a.rank >= 3 || registry.entity(a.entity).entity_type == EntityType::Person
            })
            .filter(|a| a.sentence < number || possessive || !self.co_arguments(located, a.token, token))
            .enumerate()
            // Later ones win where scores are equal.
            .max_by_key(|(i, a)| (score(a), *i))
            .map(|(_, a)| a)
            .filter(|a| {
                let governs = a.sentence == number && self.command(located, a.token, token) > 0;
                governs || !names_below(located, token, a.entity, registry)
            })
    }

    /// How closely `antecedent` is the subject, shared or controlled, of a clause that `token` lies in.
    fn command(&self, located: &Located, antecedent: usize, token: usize) -> i32 {
        let (mut at, mut closeness) = (token, 6);
        while located.token(at).head != at {
            at = located.token(at).head;
            if is_verb(located, at) {
                if surface(located, self.lexicon, at).contains(&antecedent) {
                    return closeness;
                }
                closeness = 4;
            }
        }
        0
    }

    /// Arguments of one verb do not refer to each other, the controlled subject among them.
    pub(super) fn co_arguments(&self, located: &Located, a: usize, b: usize) -> bool {
        let verb = |t: usize| {
            let head = located.token(t).head;
            if located.token(head).pos == Pos::Adp { located.token(head).head } else { head }
        };
        let of_b = verb(b);
        verb(a) == of_b || is_verb(located, of_b) && surface(located, self.lexicon, of_b).contains(&a)
    }

    fn person(
        &self,
        gender: Gender,
        number: usize,
        token: usize,
        located: &Located,
        registry: &Registry,
    ) -> Vec<EntityIx> {
        let fits = |e: EntityIx| {
            let entity = registry.entity(e);
            entity.entity_type == EntityType::Person && entity.gender.is_none_or(|g| g == gender)
        };
        if let Some(asked) = self.asked_about(token, located) {
            let asked = located.entity(asked, registry).filter(|e| fits(*e));
            return asked.into_iter().collect();
        }
        let object = matches!(located.token(token).dep, Dep::Dobj | Dep::Pobj | Dep::Dative);
        if object && self.rivals(number, token, located, registry).len() > 1 {
            return Vec::new();
        }
        self.best(number, token, located, registry, fits)
            .filter(|a| !self.history.has_stranger((a.sentence, a.token), (number, token)))
            .into_iter()
            .map(|a| a.entity)
            .collect()
    }

    /// Whom a personal pronoun could mean: everybody of this sentence and the one before whom number and gender allow.
    fn rivals(&self, number: usize, token: usize, located: &Located, registry: &Registry) -> Vec<EntityIx> {
        let gender = match located.token(token).text.to_lowercase().as_str() {
            "he" | "him" => Some(Gender::Male),
            "she" | "her" => Some(Gender::Female),
            "they" | "them" => None,
            _ => return Vec::new(),
        };
        let fits = |e: EntityIx| {
            let entity = registry.entity(e);
            let person = entity.entity_type == EntityType::Person;
            match gender {
                Some(gender) => person && entity.gender.is_none_or(|g| g == gender),
                None => !person && entity.entity_type != EntityType::Event && acts(e, registry),
            }
        };
        let near = self.history.near(number, 1).iter().filter(|a| fits(a.entity));
        distinct(near.filter(|a| a.sentence < number || !self.co_arguments(located, a.token, token)).map(|a| a.entity))
    }

    /// "asked X whether he would come": X is asked about himself.
    fn asked_about(&self, token: usize, located: &Located) -> Option<usize> {
        let word = located.token(token);
        let asks = located.token(word.head).head;
        let question = |c: usize| matches!(located.token(c).text.as_str(), "whether" | "if");
        let about = word.dep == Dep::Nsubj
            && located.token(word.head).dep == Dep::Ccomp
            && located.token(asks).lemma == "ask"
            && located.sentence.children(word.head).any(question);
        located.sentence.child(asks, &[Dep::Dobj, Dep::Dative]).filter(|_| about)
    }

    fn thing(&self, number: usize, token: usize, located: &Located, registry: &Registry) -> Vec<EntityIx> {
        if is_pleonastic(located, token) {
            return Vec::new();
        }
        // As an object "it" may take up any thing or deed of the sentences before; within its own the actors are few.
        let word = located.token(token);
        // "It was carried out by X": a deed.
        if word.dep == Dep::Nsubjpass && self.lexicon.happening.has(&located.token(word.head).lemma) {
            return Vec::new();
        }
        if word.dep == Dep::Dobj && self.lexicon.hollow.has(&located.token(word.head).lemma) {
            return Vec::new();
        }
        let object = !word.dep.is_subject() && word.dep != Dep::Poss;
        let fits = |e: EntityIx| {
            let entity = registry.entity(e);
            match entity.entity_type {
                EntityType::Place | EntityType::Org | EntityType::Facility => acts(e, registry),
                _ => false,
            }
        };
        let here = |e: EntityIx| !object || self.history.near(number, 0).iter().any(|a| a.entity == e && a.rank >= 2);
        self.best(number, token, located, registry, |e| fits(e) && here(e)).map(|a| a.entity).into_iter().collect()
    }

    fn plural(&self, number: usize, token: usize, located: &Located, registry: &Registry) -> Vec<EntityIx> {
        let fits = |e: EntityIx| PLURAL_NAMES.contains(&registry.entity(e).name.as_str());
        match self.history.groups_near(number, 1).last() {
            Some(group) if uniform(&group.members, registry) && group.members.iter().all(|m| acts(*m, registry)) => {
                group.members.clone()
            }
            _ => self.best(number, token, located, registry, fits).map(|a| a.entity).into_iter().collect(),
        }
    }
}

/// Names that "they" can take up.
const PLURAL_NAMES: &[&str] = &["West", "Europe", "Taliban"];

pub(super) fn distinct(entities: impl Iterator<Item = EntityIx>) -> Vec<EntityIx> {
    let mut seen = Vec::new();
    for entity in entities {
        if !seen.contains(&entity) {
            seen.push(entity);
        }
    }
    seen
}

/// Towns and rivers do nothing that "they" could take up; states and seats of power do.
fn acts(entity: EntityIx, registry: &Registry) -> bool {
    let entity = registry.entity(entity);
    entity.entity_type != EntityType::Place || entity.id.starts_with("state:") || entity.stands_for.is_some()
}

fn uniform(members: &[EntityIx], registry: &Registry) -> bool {
    members.windows(2).all(|w| registry.entity(w[0]).entity_type == registry.entity(w[1]).entity_type)
}

/// The words before a person's name that are its title: "prime minister", "minister", also in "Minister for Trade X Y".
fn title_before(located: &Located, lexicon: &Lexicon, token: usize, mention: usize) -> Option<String> {
    const REACHES: usize = 6;
    let first = (0..=token).find(|&t| located.covering(t) == Some(mention))?;
    let word = |t: usize| located.token(t).text.to_lowercase();
    let part = |t: &usize| {
        let token = located.token(*t);
        matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj) || matches!(word(*t).as_str(), "for" | "of" | "and")
    };
    let mut before = (first.saturating_sub(REACHES)..first).rev().take_while(part);
    let title = before.find(|&t| lexicon.titles.has(&word(t)) && word(t) != "prime")?;
    let of_other = (title + 1..first).any(|t| located.covering(t).is_some_and(|m| m != mention));
    let prime = title > 0 && word(title - 1) == "prime";
    let noun = word(title);
    (!of_other).then(|| if prime { format!("prime {noun}") } else { noun })
}

/// "He warned that attacking Campbell was a mistake": whoever a subject governs by name later on is somebody else.
fn names_below(located: &Located, subject: usize, entity: EntityIx, registry: &Registry) -> bool {
    if !located.token(subject).dep.is_subject() {
        return false;
    }
    let verb = located.token(subject).head;
    let below = |mut at: usize| {
        while at != verb {
            let word = located.token(at);
            let beside = word.dep == Dep::Conj && word.head == verb;
            if word.head == at || beside {
                return false;
            }
            at = word.head;
        }
        true
    };
    let named = |t: &usize| {
        let mut mentions = located.headed(*t).iter().map(|&m| &registry.mentions[m]);
        mentions.any(|m| m.entity == entity && m.kind == MentionKind::Name)
    };
    (subject + 1..located.tokens().len()).filter(named).any(below)
}

fn rank(located: &Located, token: usize) -> u8 {
    let word = located.token(token);
    let base = match word.dep {
        Dep::Nsubj | Dep::Nsubjpass => 3,
        Dep::Dobj | Dep::Dative | Dep::Agent => 2,
        Dep::Conj | Dep::Appos => return rank(located, word.head),
        _ => 1,
    };
    base + u8::from(base == 3 && located.token(word.head).dep == Dep::Root)
}

/// "It was agreed that", "it is clear that", "it was the second call": no referent.
fn is_pleonastic(located: &Located, token: usize) -> bool {
    let word = located.token(token);
    if word.dep == Dep::Expl {
        return true;
    }
    let verb = located.token(word.head);
    if !matches!(word.dep, Dep::Nsubj | Dep::Nsubjpass) {
        return false;
    }
    let complement = located.sentence.child(word.head, &[Dep::Ccomp, Dep::Csubj, Dep::Csubjpass]).is_some();
    let copula = verb.lemma == "be"
        && located.sentence.child(word.head, &[Dep::Attr, Dep::Acomp, Dep::Advmod]).is_some_and(|c| {
            located.token(c).dep == Dep::Attr
                || located.sentence.child(word.head, &[Dep::Xcomp, Dep::Ccomp, Dep::Advcl]).is_some()
        });
    copula
        || complement
            && (word.dep == Dep::Nsubjpass || verb.lemma == "be" || verb.lemma == "seem" || verb.lemma == "appear")
}
