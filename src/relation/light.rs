//! A verb and the noun it leans on in, edges to whom the noun reaches out: "imposed sanctions on X", "rejected X's offer".

use super::actor::Actor;
use super::clause::Clause;
use super::edges::Collector;
use super::predicate::Predicate;
use crate::entity::Registry;
use crate::syntax::{Dep, Pos};

impl Collector<'_> {
    /// "launched an invasion of X", "imposed sanctions on X": verb and noun are one predicate.
    pub(super) fn through_noun(
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
                Some(frame) => frame.patient.contains(&word) || word == "to" || word == "from" && takes(&verb),
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
    pub(super) fn belongs_to_other(&self, noun: usize, subjects: &[Actor], registry: &mut Registry) -> bool {
        let located = self.actors.located;
        let owner = located.sentence.child(noun, &[Dep::Poss]);
        let owners = owner.map_or(Vec::new(), |o| self.actors.all(o, registry));
        !owners.is_empty() && owners.iter().all(|o| subjects.iter().all(|s| s.entity != o.entity))
    }

    /// Prepositions of a noun, and those that the parser gave to its verb after it.
    pub(super) fn links(&self, noun: usize, verb: Option<usize>) -> Vec<(usize, usize)> {
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

    /// "took part in measures against X".
    pub(super) fn through_prepositional(
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

    /// "rejected a US offer", "protested against abuses by X": whose word or deed it was is the one who is answered.
    pub(super) fn judged(
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
}

/// "received a letter from X".
fn takes(verb: &str) -> bool {
    matches!(verb, "receive" | "get" | "win" | "take" | "obtain" | "buy" | "import" | "accept")
}
