//! "X is Y's largest trading partner" in, an edge by the predicate noun or adjective out.

use super::actor::Actor;
use super::clause::Clause;
use super::edges::Collector;
use super::predicate::Predicate;
use crate::analysis::MentionKind;
use crate::entity::Registry;
use crate::syntax::{Dep, Pos, Tag};

impl Collector<'_> {
    /// "X is Y's largest trading partner", "X is dependent on Y", "X became a member of Y".
    pub(super) fn copula(&mut self, clause: &Clause, complement: usize, subjects: &[Actor], registry: &mut Registry) {
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

    pub(super) fn is_named(&self, token: usize, registry: &Registry) -> bool {
        self.actors.located.headed(token).iter().any(|&m| registry.mentions[m].kind == MentionKind::Name)
    }
}
