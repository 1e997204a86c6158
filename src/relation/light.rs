//! A verb and the noun it leans on in, edges to whom the noun reaches out: "imposed sanctions on X", "rejected X's offer".

use super::actor::Actor;
use super::clause::Clause;
use super::edges::{Collector, Deed};
use crate::entity::Registry;
use crate::syntax::{Dep, Pos, Tag};

impl Collector<'_> {
    /// "launched an invasion of X", "imposed sanctions on X": verb and noun are one predicate.
    pub(super) fn through_noun(&mut self, deed: Deed, noun: usize, registry: &mut Registry) -> bool {
        let Deed { clause, predicate: base, doers: subjects } = deed;
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
        let predicate = match self.told(noun) {
            Some(word) => base.with(located, word).with(located, noun),
            None => base.with(located, noun),
        };
        let mut joined = false;
        let links = self.links(noun, if clause.passive { None } else { Some(clause.verb) });
        for (link, object) in links {
            let word = located.token(link).lemma.to_lowercase();
            let fits = match frame {
                Some(frame) => frame.patient.contains(&word) || word == "to" || word == "from" && takes(&verb),
                None => matches!(word.as_str(), "to" | "for" | "on" | "against" | "with" | "into" | "at" | "from"),
            };
            let mutual = word == "between";
            // "a stake in X": the noun asks for "in", wherever the verb is done.
            let within = word == "in" && frame.is_some_and(|f| f.patient.len() == 1);
            let targets = self.actors.all(object, registry);
            if self.is_anothers(clause, noun, link) {
                continue;
            }
            if word == "of" && targets.is_empty() {
                let counted = lexicon.partitives.has(&lemma);
                let outer = if counted { base } else { &predicate };
                joined |= self.through_inner(Deed { predicate: outer, ..deed }, object, registry);
            }
            if fits && !mutual && !targets.is_empty() && (within || self.reaches(&verb, link, &targets, registry)) {
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

    /// "announced a suspension of links with X": the inner noun reaches out.
    fn through_inner(&mut self, deed: Deed, noun: usize, registry: &mut Registry) -> bool {
        let Deed { clause, predicate, doers: subjects } = deed;
        let located = self.actors.located;
        let Some(frame) = self.actors.lexicon.nouns.get(&located.token(noun).lemma.to_lowercase()) else {
            return false;
        };
        // "a series of attacks": what is counted is done.
        let predicate = predicate.with(located, noun);
        let mut joined = false;
        for (link, object) in self.links(noun, None) {
            if frame.patient.contains(&located.token(link).lemma.to_lowercase()) {
                let targets = self.actors.all(object, registry);
                joined |= self.join(clause, &predicate.with(located, link), subjects, &targets, &[noun]);
                self.consumed.push(noun);
            }
        }
        joined
    }

    /// "levelled the score after the loss to X": a preposition that the parser gave to the verb belongs to the noun before
    /// it, where that is a circumstance's; a day in between changes nothing.
    pub(super) fn is_anothers(&self, clause: &Clause, noun: usize, link: usize) -> bool {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let lent = located.token(link).head == clause.verb && link > noun;
        let wanted = located.token(link).lemma.to_lowercase();
        if lexicon.nouns.get(&located.token(noun).lemma.to_lowercase()).is_some_and(|f| f.patient.contains(&wanted)) {
            return false;
        }
        let circumstance = |t: usize| {
            let word = located.token(t);
            let link = located.token(word.head).text.to_lowercase();
            let beside = word.dep == Dep::Pobj
                && (lexicon.prepositions.adjunct.has(&link) || matches!(link.as_str(), "in" | "at"));
            beside && !lexicon.no_names.has(&word.text.to_lowercase()) && word.pos != Pos::Num
        };
        lent && (noun + 1..link).any(circumstance)
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
        deed: Deed,
        link: usize,
        noun: usize,
        registry: &mut Registry,
    ) -> bool {
        let Deed { clause, predicate: base, doers: subjects } = deed;
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

    /// "rejected a US offer", "protested against abuses by X", "shelled a village in X": whose word, deed or thing it is.
    pub(super) fn judged(&mut self, deed: Deed, noun: usize, registry: &mut Registry) -> bool {
        let Deed { clause, predicate: base, doers: subjects } = deed;
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let (verb, thing) = (&located.token(clause.verb).lemma, located.token(noun).lemma.to_lowercase());
        if located.token(noun).pos == Pos::Pron || subjects.is_empty() {
            return false;
        }
        let links: &[&str] = match () {
            () if lexicon.harming.has(verb) && lexicon.targets.has(&thing) => {
                &["of", "in", "near", "at", "from", "outside", "for"]
            }
            // "the arrest of X" is no deed of X's, "the plan of X" is; "the poets of X" are nobody's word.
            () if lexicon.evaluative.has(verb) && lexicon.works.has(&thing) => &["by", "from", "of"],
            () if lexicon.evaluative.has(verb) || lexicon.awaiting.has(verb) => &["by", "from"],
            () => return false,
        };
        let asked = lexicon.awaiting.has(verb) && !lexicon.evaluative.has(verb);
        self.owners_of(noun, links, !asked, registry).into_iter().fold(false, |joined, (link, theirs)| {
            let mut predicate = base.with(located, noun);
            predicate.push(link, noun);
            self.join(clause, &predicate, subjects, &theirs, &[noun]) || joined
        })
    }

    /// Whose a noun is: by one of the links, else by what stands before it; each with the word that joins them.
    pub(super) fn owners_of(
        &self,
        noun: usize,
        links: &[&str],
        before: bool,
        registry: &mut Registry,
    ) -> Vec<(String, Vec<Actor>)> {
        let located = self.actors.located;
        let mut found = Vec::new();
        for link in located.sentence.children(noun).filter(|&c| c > noun) {
            let word = located.token(link).lemma.to_lowercase();
            let object = located.sentence.child(link, &[Dep::Pobj]).filter(|_| links.contains(&word.as_str()));
            let theirs = object.map_or(Vec::new(), |o| self.actors.all(o, registry));
            if !theirs.is_empty() {
                let joint = if word == "by" || word == "from" && before { "of".to_owned() } else { word };
                found.push((joint, theirs));
            }
        }
        if found.is_empty() && before {
            let premodifiers =
                located.sentence.children(noun).filter(|&c| located.token(c).dep.is_premodifier() && c < noun);
            let theirs: Vec<Actor> = premodifiers.flat_map(|c| self.actors.all(c, registry)).collect();
            found.push(("of".to_owned(), theirs));
        }
        found
    }

    /// "repeated its demand that X leave": X is who it is demanded of.
    pub(super) fn asked_by_noun(&mut self, deed: Deed, noun: usize, registry: &mut Registry) -> bool {
        let Deed { clause, predicate: base, doers: subjects } = deed;
        let located = self.actors.located;
        let asks = self.actors.lexicon.asking_nouns.has(&located.token(noun).lemma.to_lowercase());
        let bare = |c: &usize| {
            let that = |m: usize| located.token(m).dep == Dep::Mark && located.token(m).text == "that";
            matches!(located.token(*c).tag, Tag::Vb | Tag::Vbp) && located.sentence.children(*c).any(that)
        };
        let content = located.sentence.child(noun, &[Dep::Acl, Dep::Ccomp, Dep::Relcl]).filter(|c| asks && bare(c));
        let Some(asked) = content.and_then(|c| located.sentence.child(c, &[Dep::Nsubj])) else { return false };
        let targets = self.actors.all(asked, registry);
        let mut predicate = base.with(located, noun);
        predicate.push("of".to_owned(), noun);
        self.join(clause, &predicate, subjects, &targets, &[noun])
    }
}

/// "received a letter from X".
fn takes(verb: &str) -> bool {
    matches!(verb, "receive" | "get" | "win" | "take" | "obtain" | "buy" | "import" | "accept")
}
