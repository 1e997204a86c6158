//! Clauses in, open triples of their words out, entity or not.

use super::clause::Clause;
use crate::entity::Located;
use crate::syntax::{Dep, Pos, Tag};
use crate::text::Span;

/// Words of a subject, a predicate and an object as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tuple {
    pub subject: String,
    pub predicate: String,
    pub object: String,
}

/// One tuple per subject conjunct and object conjunct; an intransitive clause gives one with an empty object.
pub fn tuples(located: &Located, clause: &Clause, written: &str) -> Vec<Tuple> {
    let mut found = Vec::new();
    // The copula that a headline leaves out says nothing by itself.
    if located.token(clause.verb).span.is_empty() {
        return found;
    }
    let verb = verb_group(located, clause);
    for subject in clause.subjects.iter().flat_map(|&s| located.conjuncts(s)) {
        let subject = phrase(located, subject, written);
        let mut push = |extra: Option<usize>, object: String| {
            let predicate = words(located, verb.iter().copied().chain(extra), written);
            found.push(Tuple { subject: subject.clone(), predicate, object });
        };
        let objects = clause.objects.iter().chain(&clause.datives).chain(clause.complement.iter());
        let before = found_len(&objects.clone().count(), clause);
        for object in objects.flat_map(|&o| located.conjuncts(o)) {
            push(None, phrase(located, object, written));
        }
        for (link, object) in clause.obliques.iter().chain(clause.agents_as_obliques(located).iter()) {
            for object in located.conjuncts(*object) {
                push(Some(*link), phrase(located, object, written));
            }
        }
        if before == 0 {
            push(None, String::new());
        }
    }
    found
}

/// How many object slots the clause fills.
fn found_len(objects: &usize, clause: &Clause) -> usize {
    objects + clause.obliques.len() + clause.agents.len()
}

impl Clause {
    fn agents_as_obliques(&self, located: &Located) -> Vec<(usize, usize)> {
        self.agents.iter().map(|&a| (located.token(a).head, a)).collect()
    }
}

/// The verb with auxiliaries, negation, particle and the verbs that control it.
fn verb_group(located: &Located, clause: &Clause) -> Vec<usize> {
    let mut group = Vec::new();
    let mut at = clause.verb;
    loop {
        group.push(at);
        group.extend(
            located
                .sentence
                .children(at)
                .filter(|&c| matches!(located.token(c).dep, Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Prt)),
        );
        let shared = located.sentence.child(at, &[Dep::Nsubj, Dep::Nsubjpass]).is_none();
        let word = located.token(at);
        if word.dep == Dep::Xcomp && shared && located.sentence.child(word.head, &[Dep::Dobj]).is_none() {
            at = word.head;
        } else {
            break;
        }
    }
    group
}

fn words(located: &Located, tokens: impl Iterator<Item = usize>, written: &str) -> String {
    let mut tokens: Vec<usize> = tokens.collect();
    tokens.sort_unstable();
    tokens.dedup();
    let mut text = String::new();
    let mut last: Option<Span> = None;
    for t in tokens {
        let word = located.token(t);
        // "did" + "n't": no blank where the text has none.
        if word.span.is_empty() || last == Some(word.span) {
            continue;
        }
        if last.is_some_and(|l| l.end != word.span.start) {
            text.push(' ');
        }
        text.push_str(word.written(written));
        last = Some(word.span);
    }
    text
}

/// The noun phrase of `head` without relative clauses, appositions, conjuncts and brackets.
fn phrase(located: &Located, head: usize, written: &str) -> String {
    let mut tokens = Vec::new();
    subtree(located, head, &mut tokens);
    tokens.sort_unstable();
    let mark = |t: &usize| located.token(*t).pos == Pos::Punct && located.token(*t).tag != Tag::Hyph;
    while tokens.first().is_some_and(mark) {
        tokens.remove(0);
    }
    while tokens.last().is_some_and(mark) {
        tokens.pop();
    }
    words(located, tokens.into_iter(), written)
}

fn subtree(located: &Located, head: usize, tokens: &mut Vec<usize>) {
    let mut stack = vec![head];
    while let Some(at) = stack.pop() {
        tokens.push(at);
        stack.extend(located.sentence.children(at).filter(|&c| {
            let dep = located.token(c).dep;
            !matches!(dep, Dep::Relcl | Dep::Appos | Dep::Conj | Dep::Cc | Dep::Preconj | Dep::Acl | Dep::Parataxis)
        }));
    }
}
