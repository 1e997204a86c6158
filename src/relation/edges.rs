//! A clause in, the edges between entities and the claims that it makes out.

use super::actor::{Actor, Actors};
use super::clause::Clause;
use super::predicate::Predicate;
use crate::analysis::{EntityType, MentionKind};
use crate::entity::Registry;
use crate::syntax::{Dep, Pos, Tag};

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

/// Collects what one sentence says.
pub struct Collector<'a> {
    pub actors: Actors<'a>,
    pub edges: Vec<Edge>,
    pub claims: Vec<Claim>,
    /// Event nouns that a light verb has used up.
    pub consumed: Vec<usize>,
}

impl Collector<'_> {
    pub fn clause(&mut self, clause: &Clause, registry: &mut Registry) {
        let located = self.actors.located;
        let base = Predicate::of_verb(located, self.actors.lexicon, clause.verb);
        let surface: Vec<Actor> = clause.subjects.iter().flat_map(|&s| self.actors.all(s, registry)).collect();
        for complement in clause.complement.filter(|_| !clause.passive).into_iter().flat_map(|c| located.conjuncts(c)) {
            self.copula(clause, complement, &surface, registry);
        }
        if clause.passive {
            self.passive(clause, &base, &surface, registry);
        } else {
            self.active(clause, &base, &surface, registry);
        }
    }

    fn active(&mut self, clause: &Clause, base: &Predicate, subjects: &[Actor], registry: &mut Registry) {
        let base = &self.with_idiom(clause, base);
        let mut joined = false;
        for &object in &clause.objects {
            joined |= self.object(clause, base, subjects, object, registry);
        }
        if let Some(asked) = self.demanded(clause) {
            let actors = self.actors.all(asked, registry);
            let mut predicate = base.clone();
            predicate.push("of".to_owned(), clause.verb);
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
            joined |= self.join(clause, base, subjects, &receivers, &[dative]);
        }
        joined |= self.obliques(clause, base, subjects, registry);
        self.joining(clause, base, registry);
        if !joined {
            self.reciprocal(clause, base, subjects);
        }
    }

    /// "take part": the noun belongs to the verb.
    fn with_idiom(&self, clause: &Clause, base: &Predicate) -> Predicate {
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
                self.through_noun(clause, base, &agents, subject, registry);
            }
        }
        let (doers, predicate) = if agents.is_empty() {
            (patients.to_vec(), base.passive(located, clause.verb))
        } else {
            (agents, base.clone())
        };
        self.obliques(clause, &predicate, &doers, registry);
        self.joining(clause, base, registry);
    }

    /// One edge per pair; whether there was any.
    fn join(&mut self, clause: &Clause, predicate: &Predicate, from: &[Actor], to: &[Actor], nouns: &[usize]) -> bool {
        // "Both put their forces on alert": each its own, no edge across.
        if from.len() >= 2 && to.len() >= 2 && from.iter().all(|f| to.iter().any(|t| t.entity == f.entity)) {
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

    fn object(
        &mut self,
        clause: &Clause,
        base: &Predicate,
        subjects: &[Actor],
        object: usize,
        registry: &mut Registry,
    ) -> bool {
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
                joined |= self.through_noun(clause, base, subjects, conjunct, registry);
                if !joined {
                    joined |= self.judged(clause, base, subjects, conjunct, registry);
                }
            } else if !self.causes(clause.verb) {
                joined |= self.join(clause, base, subjects, &actors, &[conjunct]);
            }
        }
        joined
    }

    /// "rejected a US offer", "protested against abuses by X": whose word or deed it was is the one who is answered.
    fn judged(
        &mut self,
        clause: &Clause,
        base: &Predicate,
        subjects: &[Actor],
        noun: usize,
        registry: &mut Registry,
    ) -> bool {
        let located = self.actors.located;
        if !self.actors.lexicon.evaluative.has(&located.token(clause.verb).lemma)
            || located.token(noun).pos == Pos::Pron
        {
            return false;
        }
        let by = located.sentence.children(noun).filter(|&c| matches!(located.token(c).lemma.as_str(), "by" | "from"));
        let mut owners: Vec<usize> = by.filter_map(|p| located.sentence.child(p, &[Dep::Pobj])).collect();
        if owners.is_empty() {
            let before = located.sentence.children(noun).filter(|&c| located.token(c).dep.is_premodifier() && c < noun);
            owners = before.collect();
        }
        let theirs: Vec<Actor> = owners.into_iter().flat_map(|o| self.actors.all(o, registry)).collect();
        let mut predicate = base.with(located, noun);
        predicate.push("of".to_owned(), noun);
        self.join(clause, &predicate, subjects, &theirs, &[noun])
    }

    /// "demanded that X leave": X is who it is demanded of.
    fn demanded(&self, clause: &Clause) -> Option<usize> {
        let located = self.actors.located;
        let control = &self.actors.lexicon.control;
        let complement = located.sentence.child(clause.verb, &[Dep::Ccomp])?;
        let bare = located.token(complement).tag == Tag::Vb
            && located.sentence.children(complement).all(|c| located.token(c).dep != Dep::Aux);
        let must = located
            .sentence
            .children(complement)
            .any(|c| matches!(located.token(c).text.to_lowercase().as_str(), "must" | "should"));
        let demands = control.requesting.has(&located.token(clause.verb).lemma) && (bare || must);
        located
            .sentence
            .child(complement, &[Dep::Nsubj, Dep::Nsubjpass])
            .filter(|_| demands && clause.objects.is_empty())
    }

    /// "allowed X to help": X, where the parser made it the infinitive's subject only.
    fn raised_object(&self, clause: &Clause) -> Option<usize> {
        let located = self.actors.located;
        let control = &self.actors.lexicon.control;
        let lemma = &located.token(clause.verb).lemma;
        let complement = located.sentence.child(clause.verb, &[Dep::Ccomp])?;
        let infinitive = located.sentence.children(complement).any(|c| located.token(c).tag == Tag::To);
        let tells = control.object.has(lemma) && !control.causative.has(lemma) && clause.objects.is_empty();
        located.sentence.child(complement, &[Dep::Nsubj, Dep::Nsubjpass]).filter(|_| infinitive && tells)
    }

    /// "owes Poland compensation": the parser takes the receiver for a part of the gift.
    fn swallowed_dative(&self, clause: &Clause) -> Option<usize> {
        let located = self.actors.located;
        let gives = self.actors.lexicon.ditransitive.has(&located.token(clause.verb).lemma);
        let gift = *clause.objects.first().filter(|_| gives && clause.datives.is_empty())?;
        let name = located.sentence.child(gift, &[Dep::Compound, Dep::Nmod])?;
        let first = located.token(name).pos == Pos::Propn && located.token(gift).pos == Pos::Noun;
        (first && !located.headed(name).is_empty() && located.headed(gift).is_empty()).then_some(name)
    }

    /// "led X to warn Y": the deed is X's own clause.
    fn causes(&self, verb: usize) -> bool {
        let located = self.actors.located;
        let causative = self.actors.lexicon.control.causative.has(&located.token(verb).lemma);
        causative && located.sentence.child(verb, &[Dep::Xcomp, Dep::Ccomp]).is_some()
    }

    /// "launched an invasion of X", "imposed sanctions on X": verb and noun are one predicate.
    fn through_noun(
        &mut self,
        clause: &Clause,
        base: &Predicate,
        subjects: &[Actor],
        noun: usize,
        registry: &mut Registry,
    ) -> bool {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let verb = located.token(clause.verb).lemma.to_lowercase();
        let lemma = located.token(noun).lemma.to_lowercase();
        let frame = lexicon.nouns.get(&lemma);
        if lexicon.idioms.has(&lemma) {
            return false;
        }
        let small_clause = located.sentence.child(clause.verb, &[Dep::Oprd, Dep::Acomp]).is_some();
        if subjects.is_empty() || small_clause || !lexicon.light.has(&verb) || located.token(noun).pos == Pos::Pron {
            return false;
        }
        if self.belongs_to_other(noun, subjects, registry) {
            return false;
        }
        let predicate = base.with(located, noun);
        let mut joined = false;
        let links = self.links(noun, if clause.passive { None } else { Some(clause.verb) });
        for (link, object) in links {
            let word = located.token(link).lemma.to_lowercase();
            let fits = match frame {
                Some(frame) => frame.patient.contains(&word) || word == "to",
                None => matches!(word.as_str(), "to" | "for" | "on" | "against" | "with" | "into" | "at" | "from"),
            };
            let mutual = word == "between";
            let targets = self.actors.all(object, registry);
            if fits && !mutual && !targets.is_empty() && self.reaches(&verb, link, &targets, registry) {
                joined |= self.join(clause, &predicate.with(located, link), subjects, &targets, &[noun]);
                self.consumed.push(noun);
            }
        }
        if let Some(frame) = frame.filter(|f| f.compound && !joined) {
            let before: Vec<usize> =
                located.sentence.children(noun).filter(|&c| located.token(c).dep == Dep::Compound).collect();
            let targets: Vec<Actor> = before.iter().flat_map(|&c| self.actors.all(c, registry)).collect();
            let link = frame.patient.first().cloned().unwrap_or_default();
            let mut predicate = predicate.clone();
            predicate.push(link, noun);
            if !targets.is_empty() {
                joined |= self.join(clause, &predicate, subjects, &targets, &[noun]);
                self.consumed.push(noun);
            }
        }
        if !joined && subjects.len() >= 2 && lexicon.reciprocal.nouns.has(&lemma) && !clause.passive {
            joined = self.mutual(clause, &predicate, subjects, &[noun]);
            self.consumed.push(noun);
        }
        joined
    }

    /// "reaffirmed China's support": the noun is another's deed.
    fn belongs_to_other(&self, noun: usize, subjects: &[Actor], registry: &mut Registry) -> bool {
        let located = self.actors.located;
        let owner = located.sentence.child(noun, &[Dep::Poss]);
        let owners = owner.map_or(Vec::new(), |o| self.actors.all(o, registry));
        !owners.is_empty() && owners.iter().all(|o| subjects.iter().all(|s| s.entity != o.entity))
    }

    /// Prepositions of a noun, and those that the parser gave to its verb after it.
    fn links(&self, noun: usize, verb: Option<usize>) -> Vec<(usize, usize)> {
        let located = self.actors.located;
        let after = |t: &usize| *t > noun;
        let prepositions = located
            .sentence
            .children(noun)
            .chain(verb.into_iter().flat_map(|v| located.sentence.children(v)).filter(after));
        prepositions
            .filter(|&p| matches!(located.token(p).dep, Dep::Prep | Dep::Dative) && located.token(p).pos == Pos::Adp)
            .filter_map(|p| Some((p, located.sentence.child(p, &[Dep::Pobj])?)))
            .collect()
    }

    fn obliques(&mut self, clause: &Clause, base: &Predicate, subjects: &[Actor], registry: &mut Registry) -> bool {
        let located = self.actors.located;
        let verb = located.token(clause.verb).lemma.to_lowercase();
        let mut joined = false;
        if self.actors.lexicon.joining.has(&verb) && !clause.passive {
            return false;
        }
        for &(link, object) in &clause.obliques {
            if self.claimed_by_noun(clause, link, registry) {
                continue;
            }
            let actors: Vec<Actor> =
                located.conjuncts(object).into_iter().flat_map(|o| self.actors.direct(o, registry)).collect();
            if actors.is_empty() {
                joined |= self.through_prepositional(clause, base, subjects, link, object, registry);
                if !joined && matches!(located.token(link).lemma.as_str(), "against" | "at" | "to") {
                    joined |= self.judged(clause, &base.with(located, link), subjects, object, registry);
                }
            } else if self.reaches(&verb, link, &actors, registry) {
                joined |= self.join(clause, &base.with(located, link), subjects, &actors, &[object]);
            }
        }
        joined
    }

    /// The object before it has used this preposition already, or its frame asks for it: "closed the border with X".
    fn claimed_by_noun(&self, clause: &Clause, link: usize, _: &Registry) -> bool {
        let located = self.actors.located;
        let used = self.edges.iter().any(|e| e.trigger == clause.verb && e.predicate.tokens().any(|t| t == link));
        let word = located.token(link).lemma.to_lowercase();
        used || clause.objects.iter().flat_map(|&o| located.conjuncts(o)).any(|o| {
            let frame = self.actors.lexicon.nouns.get(&located.token(o).lemma.to_lowercase());
            o < link && located.headed(o).is_empty() && frame.is_some_and(|f| f.patient.contains(&word))
        })
    }

    /// "took part in measures against X".
    fn through_prepositional(
        &mut self,
        clause: &Clause,
        base: &Predicate,
        subjects: &[Actor],
        link: usize,
        noun: usize,
        registry: &mut Registry,
    ) -> bool {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let verb = located.token(clause.verb).lemma.to_lowercase();
        let adjunct = lexicon.prepositions.adjunct.has(&located.token(link).lemma.to_lowercase());
        if subjects.is_empty() || adjunct || !lexicon.light_prepositional.has(&verb) {
            return false;
        }
        let Some(frame) = lexicon.nouns.get(&located.token(noun).lemma.to_lowercase()) else { return false };
        let predicate = base.with(located, link).with(located, noun);
        let mut joined = false;
        for (inner, object) in self.links(noun, None) {
            if frame.patient.contains(&located.token(inner).lemma.to_lowercase()) {
                let targets = self.actors.all(object, registry);
                joined |= self.join(clause, &predicate.with(located, inner), subjects, &targets, &[noun]);
                self.consumed.push(noun);
            }
        }
        if !joined && frame.mutual && subjects.len() >= 2 && !clause.passive {
            joined = self.mutual(clause, &predicate, subjects, &[noun]);
            self.consumed.push(noun);
        }
        joined
    }

    /// Whether a preposition joins its object to the verb: never "during", "in" only where the verb is, moves or acts there.
    fn reaches(&self, verb: &str, link: usize, objects: &[Actor], registry: &Registry) -> bool {
        let lexicon = self.actors.lexicon;
        let word = self.actors.located.token(link).text.to_lowercase();
        if lexicon.prepositions.adjunct.has(&word) {
            return false;
        }
        let event = objects.iter().all(|o| registry.entity(o.entity).entity_type == EntityType::Event);
        !lexicon.prepositions.place.has(&word) || event || lexicon.prepositions.place_verbs.has(verb)
    }

    /// "linking Blagoveshchensk with Heihe", "linking the two countries".
    fn joining(&mut self, clause: &Clause, base: &Predicate, registry: &mut Registry) {
        let located = self.actors.located;
        if !self.actors.lexicon.joining.has(&located.token(clause.verb).lemma) {
            return;
        }
        let patients = if clause.passive { &clause.subjects } else { &clause.objects };
        let first: Vec<Actor> = patients.iter().flat_map(|&o| self.actors.all(o, registry)).collect();
        // The parser may give "with Heihe" to the noun before it.
        let inside = clause.objects.iter().flat_map(|&o| self.links(o, None));
        let ends: Vec<(usize, usize)> = clause.obliques.iter().copied().chain(inside).collect();
        let ends = ends.into_iter().filter(|(p, _)| matches!(located.token(*p).lemma.as_str(), "with" | "to" | "and"));
        let second: Vec<(usize, Vec<Actor>)> = ends.map(|(p, o)| (p, self.actors.all(o, registry))).collect();
        for (link, others) in second.iter().filter(|(_, o)| !o.is_empty()) {
            if clause.passive {
                continue;
            }
            let from = self.edges.len();
            self.join(clause, &base.with(located, *link), &first, others, &[]);
            self.edges[from..].iter_mut().for_each(|e| e.symmetric = true);
            // What does the joining is a bridge, not an actor upon one end.
            let verb = clause.verb;
            self.edges.retain(|e| e.symmetric || e.trigger != verb);
        }
        if second.iter().all(|(_, o)| o.is_empty()) && first.len() >= 2 {
            self.mutual(clause, base, &first, &[]);
        }
    }

    fn reciprocal(&mut self, clause: &Clause, base: &Predicate, subjects: &[Actor]) {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let words: Vec<String> = base.tokens().map(|t| located.token(t).lemma.to_lowercase()).collect();
        let each_other = clause
            .objects
            .iter()
            .chain(clause.obliques.iter().map(|(_, o)| o))
            .any(|&o| located.token(o).lemma == "other" || located.token(o).lemma == "another");
        let closer = located
            .sentence
            .children(clause.verb)
            .find(|&c| matches!(located.token(c).text.to_lowercase().as_str(), "closer" | "together" | "apart"));
        if let Some(adverb) = closer
            .filter(|_| subjects.len() >= 2 && clause.complement.is_none() && located.token(clause.verb).lemma != "be")
        {
            self.mutual(clause, &base.with(located, adverb), subjects, &[]);
            return;
        }
        if subjects.len() >= 2 && (each_other || words.iter().any(|w| lexicon.reciprocal.verbs.has(w))) {
            self.mutual(clause, base, subjects, &[]);
        }
    }

    /// Every unordered pair of `members`, in surface order.
    fn mutual(&mut self, clause: &Clause, predicate: &Predicate, members: &[Actor], nouns: &[usize]) -> bool {
        for (i, a) in members.iter().enumerate() {
            let from = self.edges.len();
            self.join(clause, predicate, std::slice::from_ref(a), &members[i + 1..], nouns);
            self.edges[from..].iter_mut().for_each(|e| e.symmetric = true);
        }
        members.len() >= 2
    }

    fn is_named(&self, token: usize, registry: &Registry) -> bool {
        self.actors.located.headed(token).iter().any(|&m| registry.mentions[m].kind == MentionKind::Name)
    }

    /// "X is Y's largest trading partner", "X is dependent on Y", "X became a member of Y".
    fn copula(&mut self, clause: &Clause, complement: usize, subjects: &[Actor], registry: &mut Registry) {
        let located = self.actors.located;
        let word = located.token(complement);
        let noun = matches!(word.pos, Pos::Noun);
        if subjects.is_empty()
            || !(noun || word.pos == Pos::Adj || word.tag == Tag::Vbn)
            || self.is_named(complement, registry)
        {
            return;
        }
        let mut base = Predicate::of_verb(located, self.actors.lexicon, clause.verb);
        for c in located.sentence.children(complement).filter(|&c| c < complement) {
            let premodifier = located.token(c);
            let part = premodifier.dep == Dep::Compound || premodifier.tag == Tag::Jjs;
            if part && located.covering(c).is_none() {
                base.push(premodifier.text.to_lowercase(), c);
            }
        }
        base = base.with(located, complement);
        for c in located.sentence.children(complement).collect::<Vec<_>>() {
            let part = located.token(c);
            let owner = noun
                && part.dep.is_premodifier()
                && (part.dep == Dep::Poss || located.headed(c).iter().any(|&m| registry.mentions[m].demonym));
            if owner {
                let owners = self.actors.all(c, registry);
                let mut predicate = base.clone();
                predicate.push("of".to_owned(), complement);
                self.join(clause, &predicate, subjects, &owners, &[complement]);
            }
        }
        let links = self.links(complement, (!noun).then_some(clause.verb));
        for (link, object) in links {
            let owners = self.actors.all(object, registry);
            if self.reaches("be", link, &owners, registry) {
                self.join(clause, &base.with(located, link), subjects, &owners, &[complement]);
            }
            // "is a backer of Turkish accession".
            let deed = self.actors.lexicon.nouns.contains_key(&located.token(object).lemma.to_lowercase());
            if noun && owners.is_empty() && deed {
                let theirs: Vec<Actor> =
                    located.owners(object).into_iter().flat_map(|o| self.actors.all(o, registry)).collect();
                self.join(clause, &base.with(located, link).with(located, object), subjects, &theirs, &[complement]);
            }
        }
    }
}

/// Two different entities, or one that acts on itself through its parts.
pub fn differs(a: &Actor, b: &Actor) -> bool {
    a.entity != b.entity
}
