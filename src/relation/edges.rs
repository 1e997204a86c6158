//! A clause in, the edges between entities and the claims that it makes out.

use super::abstention::Abstention;
use super::actor::{Actor, Actors};
use super::clause::Clause;
use super::predicate::Predicate;
use crate::analysis::EntityType;
use crate::entity::Registry;
use crate::syntax::{Dep, Pos, Token};

/// A relation before its stance, speaker and time are read.
#[derive(Clone, Debug)]
pub struct Edge {
    pub subject: Actor,
    pub object: Actor,
    pub predicate: Predicate,
    pub symmetric: bool,
    /// Token that carries the deed, for the trigger and the stance.
    pub trigger: usize,
    /// Argument nouns whose "no" denies the clause.
    pub nouns: Vec<usize>,
}

/// A deed whose object is no entity.
#[derive(Clone, Debug)]
pub struct Claim {
    pub subject: Actor,
    pub predicate: Predicate,
    pub object: usize,
    pub trigger: usize,
    pub nouns: Vec<usize>,
}

/// A clause as its arguments are gone through: what is done so far, and by whom.
#[derive(Clone, Copy)]
pub(super) struct Deed<'c> {
    pub clause: &'c Clause,
    pub predicate: &'c Predicate,
    pub doers: &'c [Actor],
}

/// Collects what one sentence says.
pub struct Collector<'a> {
    pub actors: Actors<'a>,
    pub edges: Vec<Edge>,
    pub claims: Vec<Claim>,
    /// Event nouns that a light verb has used up.
    pub consumed: Vec<usize>,
    /// What it leaves open.
    pub open: Vec<Abstention>,
}

impl Collector<'_> {
    pub fn clause(&mut self, clause: &Clause, registry: &mut Registry) {
        let located = self.actors.located;
        let base = Predicate::of_verb(located, self.actors.lexicon, clause.verb);
        let base = self.with_phrase(clause, base);
        let surface: Vec<Actor> = clause.subjects.iter().flat_map(|&s| self.actors.all(s, registry)).collect();
        for complement in clause.complement.filter(|_| !clause.passive).into_iter().flat_map(|c| located.conjuncts(c)) {
            self.copula(clause, complement, &surface, registry);
        }
        if clause.passive {
            self.passive(clause, &base, &surface, registry);
        } else {
            self.active(clause, &base, &surface, registry);
        }
        self.unsettled(clause, registry);
    }

    fn active(&mut self, clause: &Clause, base: &Predicate, subjects: &[Actor], registry: &mut Registry) {
        let base = &self.with_idiom(clause, base);
        if self.gapped(clause, base, subjects, registry) {
            return;
        }
        let deed = Deed { clause, predicate: base, doers: subjects };
        let mut joined = false;
        for &object in &clause.objects {
            joined |= self.object(deed, object, registry);
        }
        if let Some((asked, word)) = self.demanded(clause) {
            let actors = self.actors.all(asked, registry);
            let mut predicate = base.clone();
            predicate.push(word.to_owned(), clause.verb);
            joined |= self.join(clause, &predicate, subjects, &actors, &[]);
        }
        if let Some(told) = self.raised_object(clause) {
            let actors = self.actors.all(told, registry);
            joined |= self.join(clause, base, subjects, &actors, &[told]);
        }
        if let Some(receiver) = self.swallowed_dative(clause) {
            let receivers = self.actors.all(receiver, registry);
            joined |= self.join(clause, base, subjects, &receivers, &[]);
        }
        for &dative in &clause.datives {
            let receivers = self.actors.all(dative, registry);
            let gifts = clause.objects.iter().copied().chain([dative]).collect::<Vec<_>>();
            joined |= self.join(clause, base, subjects, &receivers, &gifts);
        }
        joined |= self.obliques(deed, registry);
        self.joining(clause, base, registry);
        if !joined {
            self.reciprocal(clause, base, subjects);
        }
    }

    /// "held him to account", "left five dead": what completes the verb belongs to it.
    fn with_phrase(&self, clause: &Clause, base: Predicate) -> Predicate {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let fixed = |link: usize, noun: usize| {
            let phrase = format!("{}-{}", located.token(link).lemma, located.token(noun).lemma).to_lowercase();
            lexicon.phrases.has(&phrase)
                && located.headed(noun).is_empty()
                && located.sentence.children(noun).all(|c| located.covering(c).is_none())
        };
        if let Some((link, noun)) = clause.obliques.iter().find(|(l, n)| fixed(*l, *n)) {
            return base.with(located, *link).with(located, *noun);
        }
        // "to account": the parser takes the noun for an infinitive.
        let infinitive = located.sentence.child(clause.verb, &[Dep::Xcomp]);
        let to = infinitive.and_then(|i| Some((located.sentence.child(i, &[Dep::Aux])?, i)));
        if let Some((to, infinitive)) = to.filter(|(to, i)| fixed(*to, *i)) {
            return base.with(located, to).with(located, infinitive);
        }
        let result = located.sentence.child(clause.verb, &[Dep::Oprd, Dep::Acomp, Dep::Ccomp, Dep::Xcomp]);
        // "called the camp a scandal", "left the country open to attack".
        let name = located
            .sentence
            .child(clause.verb, &[Dep::Oprd])
            .filter(|&r| matches!(located.token(r).pos, Pos::Noun | Pos::Adj));
        if let Some(name) = name.filter(|_| lexicon.naming.has(&located.token(clause.verb).lemma)) {
            return base.with(located, name);
        }
        match result.filter(|&r| lexicon.results.has(&located.token(r).text.to_lowercase())) {
            Some(result) if located.token(clause.verb).lemma != "be" => base.with(located, result),
            _ => base,
        }
    }

    /// "take part": the noun belongs to the verb.
    pub(super) fn with_idiom(&self, clause: &Clause, base: &Predicate) -> Predicate {
        let located = self.actors.located;
        let idiom = clause
            .objects
            .iter()
            .find(|&&o| self.actors.lexicon.idioms.has(&located.token(o).lemma) && located.headed(o).is_empty());
        idiom.map_or_else(|| base.clone(), |&o| base.with(located, o))
    }

    /// The agent is the subject; without one, the patient is, where it goes on to someone or somewhere.
    fn passive(&mut self, clause: &Clause, base: &Predicate, patients: &[Actor], registry: &mut Registry) {
        let located = self.actors.located;
        let agents: Vec<Actor> = clause.agents.iter().flat_map(|&a| self.actors.all(a, registry)).collect();
        let nouns: Vec<usize> = clause.subjects.iter().chain(&clause.agents).copied().collect();
        self.join(clause, base, &agents, patients, &nouns);
        if patients.is_empty() {
            for &subject in &clause.subjects {
                let deed = Deed { clause, predicate: base, doers: &agents };
                if !self.through_noun(deed, subject, registry) {
                    self.judged(deed, subject, registry);
                }
            }
        }
        // "sanctions imposed by X on Y": the noun that was imposed belongs to the deed.
        let imposed =
            clause.subjects.iter().find(|_| patients.is_empty()).filter(|&&s| located.token(s).pos == Pos::Noun);
        let (doers, predicate) = if let (false, Some(&noun)) = (agents.is_empty(), imposed) {
            (agents, base.with(located, noun))
        } else if agents.is_empty() {
            (patients.to_vec(), base.passive(located, clause.verb))
        } else {
            (agents, base.clone())
        };
        self.obliques(Deed { clause, predicate: &predicate, doers: &doers }, registry);
        self.joining(clause, base, registry);
    }

    /// One edge per pair; whether there was any.
    pub(super) fn join(
        &mut self,
        clause: &Clause,
        predicate: &Predicate,
        from: &[Actor],
        to: &[Actor],
        nouns: &[usize],
    ) -> bool {
        // "Both put their forces on alert": each its own, no edge across.
        if from.len() >= 2 && to.len() >= 2 && from.iter().all(|f| to.iter().any(|t| t.entity == f.entity)) {
            self.each_or_other(clause.verb, from);
            return false;
        }
        let mut all_nouns: Vec<usize> = clause.subjects.iter().chain(nouns).copied().collect();
        all_nouns.dedup();
        for subject in from {
            for object in to.iter().filter(|o| differs(subject, o)) {
                self.edges.push(Edge {
                    subject: subject.clone(),
                    object: object.clone(),
                    predicate: predicate.clone(),
                    symmetric: false,
                    trigger: clause.verb,
                    nouns: all_nouns.clone(),
                });
            }
        }
        !from.is_empty() && !to.is_empty()
    }

    fn object(&mut self, deed: Deed, object: usize, registry: &mut Registry) -> bool {
        let Deed { clause, predicate: base, doers: subjects } = deed;
        let mut joined = false;
        for conjunct in self.actors.located.conjuncts(object) {
            let actors = self.actors.direct(conjunct, registry);
            if actors.is_empty() {
                for subject in subjects {
                    self.claims.push(Claim {
                        subject: subject.clone(),
                        predicate: base.clone(),
                        object: conjunct,
                        trigger: clause.verb,
                        nouns: vec![object],
                    });
                }
                joined |= self.through_noun(deed, conjunct, registry);
                joined |= !joined && self.asked_by_noun(deed, conjunct, registry);
                if !joined {
                    joined |= self.judged(deed, conjunct, registry);
                }
                if !joined {
                    self.astray(clause, subjects, conjunct, registry);
                }
            } else if !self.causes(clause.verb) {
                joined |= self.join(clause, base, subjects, &actors, &[conjunct]);
            }
        }
        joined
    }

    fn obliques(&mut self, deed: Deed, registry: &mut Registry) -> bool {
        let Deed { clause, predicate: base, doers: subjects } = deed;
        let located = self.actors.located;
        let verb = located.token(clause.verb).lemma.to_lowercase();
        let mut joined = false;
        if self.actors.lexicon.joining.has(&verb) && !clause.passive && !clause.objects.is_empty() {
            return false;
        }
        for &(link, object) in &clause.obliques {
            let elsewhere = self.is_absolute(clause, link, object)
                || self.is_origin(clause, link, registry)
                || self.is_beside_the_deed(clause, link);
            let others = clause.objects.iter().any(|&o| self.is_anothers(clause, o, link));
            if self.claimed_by_noun(clause, link) || elsewhere || others {
                let end = self.actors.all(object, registry).first().map(|a| registry.entity(a.entity).name.clone());
                if let (Some(end), Some(&noun)) =
                    (end.filter(|_| others && !subjects.is_empty()), clause.objects.first())
                {
                    self.either(clause.verb, noun, link, &end);
                }
                continue;
            }
            let actors: Vec<Actor> =
                located.conjuncts(object).into_iter().flat_map(|o| self.actors.direct(o, registry)).collect();
            if actors.is_empty() {
                joined |= self.through_prepositional(deed, link, object, registry);
                if !joined && matches!(located.token(link).lemma.as_str(), "against" | "at" | "to") {
                    joined |= self.judged(Deed { predicate: &base.with(located, link), ..deed }, object, registry);
                }
            } else if self.reaches(&verb, link, &actors, registry) && !self.is_destination(clause, &actors, registry) {
                let done = self.join(clause, &base.with(located, link), subjects, &actors, &[object]);
                // "A and B met in Geneva": where it was leaves open with whom.
                joined |= done && !self.actors.lexicon.prepositions.place.has(&located.token(link).lemma);
            }
        }
        joined
    }

    /// "invited him to Kyiv": where the other is to go, not whom the deed is done to.
    fn is_destination(&self, clause: &Clause, actors: &[Actor], registry: &Registry) -> bool {
        let control = &self.actors.lexicon.control;
        let tells = control.object.has(&self.actors.located.token(clause.verb).lemma) && !clause.objects.is_empty();
        tells && actors.iter().all(|a| registry.entity(a.entity).entity_type == EntityType::Place)
    }

    /// "will be there, with the UN expected to follow": a circumstance, not whom the deed is done with.
    fn is_absolute(&self, clause: &Clause, link: usize, object: usize) -> bool {
        let located = self.actors.located;
        let apart = link > 0 && located.token(link - 1).text == ",";
        let copula = located.token(clause.verb).lemma == "be";
        let participle = located.sentence.child(object, &[Dep::Acl]).is_some_and(|a| a > object);
        // "with X close by", "with Y in the lead".
        let state = apart
            && copula
            && located.tokens().get(object + 1).is_some_and(|t| matches!(t.pos, Pos::Adj | Pos::Adv | Pos::Adp));
        // "lost 2.5 %, with its rival down 3 %".
        let level = |t: &Token| matches!(t.text.as_str(), "down" | "up" | "at" | "on" | "ahead" | "behind" | "off");
        let figure = located.tokens().get(object + 1).is_some_and(level)
            && located.tokens().get(object + 2).is_some_and(|t| t.pos == Pos::Num || t.text == "$");
        located.token(link).lemma == "with" && (participle && (apart || copula) || state || figure)
    }

    /// "attacked X over Y", "X, for the Tories, said", "moved it by Y": said about the deed, nobody's end of it.
    fn is_beside_the_deed(&self, clause: &Clause, link: usize) -> bool {
        let located = self.actors.located;
        let word = located.token(link).text.to_lowercase();
        let claimed = clause.objects.iter().any(|&o| {
            let frame = self.actors.lexicon.nouns.get(&located.token(o).lemma.to_lowercase());
            frame.is_some_and(|f| f.patient.contains(&word))
        });
        let behind = !clause.passive && clause.objects.iter().any(|&o| o < link) && !claimed;
        let topic = self.actors.lexicon.prepositions.topic.has(&word) || word == "by";
        behind && topic || word == "for" && link < clause.verb && !clause.passive
    }

    /// "faced by Smith from Leeds": where someone is from.
    fn is_origin(&self, clause: &Clause, link: usize, registry: &Registry) -> bool {
        let located = self.actors.located;
        let before = link.checked_sub(1).filter(|_| located.token(link).lemma == "from");
        before.filter(|b| clause.agents.contains(b)).is_some_and(|b| {
            let person = |m: &usize| registry.entity(registry.mentions[*m].entity).entity_type == EntityType::Person;
            located.headed(b).iter().any(person)
        })
    }

    /// The object before it has used this preposition already, or its frame asks for it: "closed the border with X".
    fn claimed_by_noun(&self, clause: &Clause, link: usize) -> bool {
        let located = self.actors.located;
        let used = self.edges.iter().any(|e| e.trigger == clause.verb && e.predicate.tokens().any(|t| t == link));
        let word = located.token(link).lemma.to_lowercase();
        used || clause.objects.iter().flat_map(|&o| located.conjuncts(o)).any(|o| {
            let frame = self.actors.lexicon.nouns.get(&located.token(o).lemma.to_lowercase());
            o < link && located.headed(o).is_empty() && frame.is_some_and(|f| f.patient.contains(&word))
        })
    }

    /// Whether a preposition joins its object to the verb: never "during", "in" only where the verb is, moves or acts there.
    pub(super) fn reaches(&self, verb: &str, link: usize, objects: &[Actor], registry: &Registry) -> bool {
        let lexicon = self.actors.lexicon;
        let word = self.actors.located.token(link).text.to_lowercase();
        if lexicon.prepositions.adjunct.has(&word) {
            return false;
        }
        let event = objects.iter().all(|o| registry.entity(o.entity).entity_type == EntityType::Event);
        !lexicon.prepositions.place.has(&word) || event || lexicon.prepositions.place_verbs.has(verb)
    }
}

/// Two different entities, or one that acts on itself through its parts.
pub fn differs(a: &Actor, b: &Actor) -> bool {
    a.entity != b.entity
}
