//! Verbs over other verbs in, whom they speak to out: "allowed X to help", "demanded that X leave", "owes X compensation".

use super::clause::Clause;
use super::edges::Collector;
use crate::syntax::{Dep, Pos, Tag};

impl Collector<'_> {
    /// "led X to warn Y": the deed is X's own clause.
    pub(super) fn causes(&self, verb: usize) -> bool {
        let located = self.actors.located;
        let causative = self.actors.lexicon.control.causative.has(&located.token(verb).lemma);
        causative && located.sentence.child(verb, &[Dep::Xcomp, Dep::Ccomp]).is_some()
    }

    /// "owes Poland compensation": the parser takes the receiver for a part of the gift.
    pub(super) fn swallowed_dative(&self, clause: &Clause) -> Option<usize> {
        let located = self.actors.located;
        let gives = self.actors.lexicon.ditransitive.has(&located.token(clause.verb).lemma);
        let gift = *clause.objects.first().filter(|_| gives && clause.datives.is_empty())?;
        let name = located.sentence.child(gift, &[Dep::Compound, Dep::Nmod])?;
        let first = located.token(name).pos == Pos::Propn && located.token(gift).pos == Pos::Noun;
        (first && !located.headed(name).is_empty() && located.headed(gift).is_empty()).then_some(name)
    }

    /// "allowed X to help", "prevented X joining": X, where the parser made it the infinitive's subject only.
    pub(super) fn raised_object(&self, clause: &Clause) -> Option<usize> {
        let located = self.actors.located;
        let control = &self.actors.lexicon.control;
        let lemma = &located.token(clause.verb).lemma;
        let complement = located.sentence.child(clause.verb, &[Dep::Ccomp])?;
        let stopped = control.blocking.has(lemma) && located.token(complement).tag == Tag::Vbg;
        let infinitive = located.sentence.is_infinitive(complement) || stopped;
        let tells = control.object.has(lemma) && !control.causative.has(lemma) && clause.objects.is_empty();
        located.sentence.child(complement, &[Dep::Nsubj, Dep::Nsubjpass]).filter(|_| infinitive && tells)
    }

    /// "demanded that X leave", "said X must leave": X, and what joins it to the verb. Who is to suffer the deed ("that X be
    /// tried") is asked nothing.
    pub(super) fn demanded(&self, clause: &Clause) -> Option<(usize, &'static str)> {
        let located = self.actors.located;
        let control = &self.actors.lexicon.control;
        let lemma = &located.token(clause.verb).lemma;
        let complement = located.sentence.child(clause.verb, &[Dep::Ccomp])?;
        let bare = located.token(complement).tag == Tag::Vb
            && located.sentence.children(complement).all(|c| located.token(c).dep != Dep::Aux);
        let has = |words: &[&str]| {
            let word = |c: usize| words.contains(&located.token(c).text.to_lowercase().as_str());
            located.sentence.children(complement).any(word)
        };
        let demands = control.requesting.has(lemma) && (bare || has(&["must", "should"]));
        let tells = self.actors.lexicon.quoting.has(lemma) && has(&["must"]) && !has(&["not", "n't", "have"]);
        let joint = if demands { "of" } else { "must" };
        let asked = located.sentence.child(complement, &[Dep::Nsubj]);
        asked.filter(|_| (demands || tells) && clause.objects.is_empty()).map(|asked| (asked, joint))
    }
}
