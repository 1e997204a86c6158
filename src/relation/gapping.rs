//! "Russia backs A, and China B" in, both halves out: who does the same to whom where the second verb is left out.

use super::actor::Actor;
use super::clause::Clause;
use super::edges::Collector;
use super::predicate::Predicate;
use crate::analysis::{EntityType, MentionKind};
use crate::entity::{Mention, Registry};
use crate::syntax::Pos;

/// How far behind its verb the first object may stand.
const REACH: usize = 6;

/// Mentions, by number: the first half's object, the second half's two ends; and the preposition of both, if any.
struct Gap {
    first: usize,
    subject: usize,
    object: usize,
    link: Option<usize>,
}

impl Collector<'_> {
    /// Joins both halves of a clause whose verb is said once; whether it is such a clause.
    ///
    /// The parser knows no such clause, so the order of the words decides: object, "and", name, name, and nothing else;
    /// the halves match in what kind of thing their ends are.
    pub(super) fn gapped(
        &mut self,
        clause: &Clause,
        base: &Predicate,
        subjects: &[Actor],
        registry: &Registry,
    ) -> bool {
        let gap = (clause.verb + 1..clause.verb + REACH).find_map(|at| self.gap(at, clause, subjects, registry));
        let Some(gap) = gap else { return false };
        let predicate = gap.link.map_or_else(|| base.clone(), |link| base.with(self.actors.located, link));
        let actor = |mention: usize| {
            let Mention { entity, span, .. } = registry.mentions[mention];
            vec![Actor { entity, span, head: None, sector: None, token: clause.verb, mention }]
        };
        self.join(clause, &predicate, subjects, &actor(gap.first), &[]);
        self.join(clause, &predicate, &actor(gap.subject), &actor(gap.object), &[])
    }

    /// The gap whose first object begins at token `at`.
    fn gap(&self, at: usize, clause: &Clause, subjects: &[Actor], registry: &Registry) -> Option<Gap> {
        let located = self.actors.located;
        let first = self.name_at(at)?;
        let link = at.checked_sub(1).filter(|&l| located.token(l).pos == Pos::Adp && l > clause.verb);
        let near = link.unwrap_or(at) == clause.verb + 1;
        let mut next = self.after(first);
        let comma = located.tokens().get(next)?.text == ",";
        next += usize::from(comma);
        let and = located.tokens().get(next)?.text.eq_ignore_ascii_case("and");
        let subject = self.name_at(next + 1)?;
        next = self.after(subject);
        if let Some(link) = link {
            let same = located.tokens().get(next)?.lemma == located.token(link).lemma;
            next += usize::from(same);
            if !same {
                return None;
            }
        }
        let object = self.name_at(next)?;
        let end = located.tokens().get(self.after(object)).is_none_or(|t| t.pos == Pos::Punct);
        let of = |m: usize| registry.entity(registry.mentions[m].entity);
        let kinds = |m: usize| of(m).entity_type;
        let alike = subjects.len() == 1
            && registry.entity(subjects[0].entity).entity_type == kinds(subject)
            && kinds(first) == kinds(object);
        let doer = kinds(subject) == EntityType::Person || of(subject).id.starts_with("state:") || comma;
        let plain = [first, subject, object].iter().all(|&m| {
            let mention = &registry.mentions[m];
            mention.kind == MentionKind::Name && !mention.demonym
        });
        (near && and && end && alike && doer && plain).then_some(Gap { first, subject, object, link })
    }

    /// The mention that begins at a token, an article aside.
    fn name_at(&self, token: usize) -> Option<usize> {
        let located = self.actors.located;
        let article = located.tokens().get(token)?.pos == Pos::Det;
        let first = if article { token + 1 } else { token };
        let mention = located.tokens().get(first).and_then(|_| located.covering(first))?;
        (located.covering(first - 1) != Some(mention)).then_some(mention)
    }

    /// The token after a mention's last.
    fn after(&self, mention: usize) -> usize {
        let located = self.actors.located;
        (0..located.tokens().len()).rfind(|&t| located.covering(t) == Some(mention)).map_or(0, |last| last + 1)
    }
}
