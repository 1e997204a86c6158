//! Shared deeds in, one mutual edge a pair out: "A and B met", "linking A with B".

use super::actor::Actor;
use super::clause::Clause;
use super::edges::Collector;
use super::predicate::Predicate;
use crate::entity::Registry;
use crate::syntax::Pos;

/// A shared deed of more members than this says little of any two of them: eight signatories would be 28 edges and bury
/// the deeds of two or three. It makes no edge, and a note of kind `many` keeps it findable.
pub(super) const MOST_MEMBERS: usize = 4;

impl Collector<'_> {
    /// "linking Blagoveshchensk with Heihe", "linking the two countries".
    pub(super) fn joining(&mut self, clause: &Clause, base: &Predicate, registry: &mut Registry) {
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
            self.edges.retain(|e| e.symmetric || e.trigger != verb || first.is_empty());
        }
        if second.iter().all(|(_, o)| o.is_empty()) && first.len() >= 2 {
            self.mutual(clause, base, &first, &[]);
        }
    }

    pub(super) fn reciprocal(&mut self, clause: &Clause, base: &Predicate, subjects: &[Actor]) {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let shared = lexicon.reciprocal.verbs.has(&located.token(clause.verb).lemma.to_lowercase());
        let thing = clause.objects.iter().find(|&&o| located.token(o).pos == Pos::Noun && located.headed(o).is_empty());
        let whole = thing.map_or_else(|| base.clone(), |&o| base.with_once(located, o));
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
        if subjects.len() >= 2 && (each_other || shared) {
            self.mutual(clause, if each_other { base } else { &whole }, subjects, &[]);
        }
    }

    /// Every unordered pair of `members`, in surface order; none of a crowd.
    pub(super) fn mutual(
        &mut self,
        clause: &Clause,
        predicate: &Predicate,
        members: &[Actor],
        nouns: &[usize],
    ) -> bool {
        if members.len() > MOST_MEMBERS {
            self.crowd(clause.verb);
            return true;
        }
        for (i, a) in members.iter().enumerate() {
            let from = self.edges.len();
            self.join(clause, predicate, std::slice::from_ref(a), &members[i + 1..], nouns);
            self.edges[from..].iter_mut().for_each(|e| e.symmetric = true);
        }
        members.len() >= 2
    }
}
