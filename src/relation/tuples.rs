//! Sentences with mentions in, open triples of the words of their clauses out, entity or not.

use super::clause::{Clause, clauses};
use crate::entity::Located;
use crate::entity::Registry;
use crate::entity::subject::is_verb;
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Placed, Pos, Tag};
use crate::text::Span;

/// Words of a subject, a predicate and an object as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tuple {
    pub subject: String,
    pub predicate: String,
    pub object: String,
}

/// The tuples of each sentence, in text order. `written` is the document's text as it stands.
pub fn tuples(written: &str, sentences: &[Placed], registry: &Registry, lexicon: &Lexicon) -> Vec<(Tuple, Span)> {
    let mut found = Vec::new();
    for Placed { sentence, .. } in sentences {
        let located = Located::new(sentence, &registry.mentions);
        for clause in clauses(&located, lexicon) {
            found.extend(of_clause(&located, &clause, written).into_iter().map(|tuple| (tuple, sentence.span)));
        }
    }
    found.sort_by_key(|(_, sentence)| *sentence);
    found
}

/// One tuple per subject conjunct and object conjunct; an intransitive clause gives one with an empty object.
fn of_clause(located: &Located, clause: &Clause, written: &str) -> Vec<Tuple> {
    // The copula that a headline leaves out says nothing by itself.
    if located.token(clause.verb).span.is_empty() {
        return Vec::new();
    }
    let reader = Reader { located, clause, written };
    let (verb, slots) = (words(located, verb_group(located, clause.verb).into_iter(), written), reader.slots());
    let mut found = Vec::new();
    for subject in reader.subjects() {
        let tuple = |predicate: String, object: String| Tuple { subject: subject.clone(), predicate, object };
        if slots.is_empty() && !reader.goes_on() {
            found.push(tuple(verb.clone(), String::new()));
        }
        found.extend(slots.iter().map(|slot| tuple(format!("{verb}{}", slot.link), slot.words.clone())));
    }
    found
}

/// What fills a place of the clause, and the words that link it to the verb (with a blank before them).
struct Slot {
    link: String,
    words: String,
}

struct Reader<'a> {
    located: &'a Located<'a>,
    clause: &'a Clause,
    written: &'a str,
}

impl Reader<'_> {
    fn children(&self, of: usize, deps: &'static [Dep]) -> impl Iterator<Item = usize> {
        self.located.sentence.children(of).filter(|&c| deps.contains(&self.located.token(c).dep))
    }

    fn subjects(&self) -> Vec<String> {
        let there = |t: &usize| self.located.token(*t).text.eq_ignore_ascii_case("there");
        let existential = self.children(self.clause.verb, &[Dep::Expl]).filter(there);
        let subjects = self.clause.subjects.iter().flat_map(|&s| self.located.conjuncts(s));
        subjects.chain(existential).map(|s| self.phrase(s)).collect()
    }

    /// "agreed to leave", "is likely to leave": all is said by what follows.
    fn goes_on(&self) -> bool {
        let controls = |t: usize| self.children(t, &[Dep::Xcomp]).any(|c| is_verb(self.located, c));
        controls(self.clause.verb) || self.children(self.clause.verb, &[Dep::Acomp]).any(controls)
    }

    fn slots(&self) -> Vec<Slot> {
        let clause = self.clause;
        let mut slots = Vec::new();
        for object in clause.objects.iter().chain(&clause.datives).flat_map(|&o| self.located.conjuncts(o)) {
            slots.push(Slot { link: String::new(), words: self.phrase(object) });
        }
        let complement = clause.complement.filter(|_| !self.goes_on());
        complement.iter().for_each(|&complement| self.complement(complement, &mut slots));
        for measure in self.children(clause.verb, &[Dep::Npadvmod]) {
            slots.push(Slot { link: String::new(), words: self.phrase(measure) });
        }
        for statement in self.children(clause.verb, &[Dep::Ccomp]) {
            slots.push(Slot { link: String::new(), words: self.whole(statement) });
        }
        // "According to X", "including X": participles in all but name, which say nothing of the deed.
        let participle = |t: &usize| self.located.token(*t).tag == Tag::Vbg;
        let links = self.children(clause.verb, &[Dep::Prep, Dep::Agent, Dep::Dative, Dep::Advmod]);
        for link in links.filter(|link| !participle(link)) {
            self.prepositional(&[], link, &mut slots);
        }
        slots
    }

    /// "is a doctor", "is married to a lawyer".
    fn complement(&self, first: usize, slots: &mut Vec<Slot>) {
        for complement in self.located.conjuncts(first) {
            let known = slots.len();
            if self.located.token(complement).dep == Dep::Acomp {
                let adjective = self.tokens(complement, |dep| dep == Dep::Prep || is_aside(dep));
                for preposition in self.children(complement, &[Dep::Prep]) {
                    self.prepositional(&adjective, preposition, slots);
                }
            }
            if slots.len() == known {
                slots.push(Slot { link: String::new(), words: self.phrase(complement) });
            }
        }
    }

    /// The objects of a preposition, also through a second one ("out of X", "away from X"); where it stands alone, the noun
    /// before the relative clause is its object.
    fn prepositional(&self, before: &[usize], link: usize, slots: &mut Vec<Slot>) {
        for preposition in self.located.conjuncts(link) {
            let links: Vec<usize> = before.iter().copied().chain([preposition]).collect();
            let own = self.children(preposition, &[Dep::Pobj]);
            let stranded = self
                .clause
                .obliques
                .iter()
                .filter(|(p, noun)| *p == preposition && self.located.token(*noun).head != preposition);
            let link = format!(" {}", words(self.located, links.iter().copied(), self.written));
            for object in own.chain(stranded.map(|(_, noun)| *noun)).flat_map(|o| self.located.conjuncts(o)) {
                slots.push(Slot { link: link.clone(), words: self.phrase(object) });
            }
            for deed in self.children(preposition, &[Dep::Pcomp]) {
                slots.push(Slot { link: link.clone(), words: self.whole(deed) });
            }
            for next in self.children(preposition, &[Dep::Prep]) {
                self.prepositional(&links, next, slots);
            }
        }
    }

    /// The noun phrase of `head` without relative clauses, appositions, conjuncts and brackets.
    fn phrase(&self, head: usize) -> String {
        let tokens = self.tokens(self.antecedent(head), is_aside);
        words(self.located, self.trimmed(&tokens).iter().copied(), self.written)
    }

    /// A clause with all that is in it.
    fn whole(&self, verb: usize) -> String {
        let tokens = self.tokens(verb, |_| false);
        words(self.located, self.trimmed(&tokens).iter().copied(), self.written)
    }

    /// What a relative pronoun stands for; any other word itself.
    fn antecedent(&self, token: usize) -> usize {
        if !matches!(self.located.token(token).tag, Tag::Wdt | Tag::Wp) {
            return token;
        }
        let mut above = std::iter::successors(Some(token), |&t| {
            let head = self.located.token(t).head;
            (head != t).then_some(head)
        });
        above.find(|&t| self.located.token(t).dep == Dep::Relcl).map_or(token, |t| self.located.token(t).head)
    }

    /// The words below `head` in text order, without those that hang on it by what is `left_out`.
    fn tokens(&self, head: usize, left_out: impl Fn(Dep) -> bool) -> Vec<usize> {
        let (mut tokens, mut stack) = (Vec::new(), vec![head]);
        while let Some(at) = stack.pop() {
            tokens.push(at);
            stack.extend(self.located.sentence.children(at).filter(|&c| !left_out(self.located.token(c).dep)));
        }
        tokens.sort_unstable();
        tokens
    }

    fn trimmed<'t>(&self, mut tokens: &'t [usize]) -> &'t [usize] {
        let mark = |t: usize| self.located.token(t).pos == Pos::Punct && self.located.token(t).tag != Tag::Hyph;
        while let [first, rest @ ..] = tokens
            && mark(*first)
        {
            tokens = rest;
        }
        while let [rest @ .., last] = tokens
            && mark(*last)
        {
            tokens = rest;
        }
        tokens
    }
}

fn is_aside(dep: Dep) -> bool {
    matches!(dep, Dep::Relcl | Dep::Appos | Dep::Conj | Dep::Cc | Dep::Preconj | Dep::Acl | Dep::Parataxis)
}

/// The verb with auxiliaries, negation, particle and the verbs that control it.
fn verb_group(located: &Located, verb: usize) -> Vec<usize> {
    let mut group = Vec::new();
    let mut at = verb;
    loop {
        group.push(at);
        let own = located.sentence.children(at);
        group.extend(own.filter(|&c| matches!(located.token(c).dep, Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Prt)));
        // "agreed to stop fighting and to leave": the second one is controlled as the first is.
        let first = first_conjunct(located, at);
        let shared = [at, first].iter().all(|&v| located.sentence.child(v, &[Dep::Nsubj, Dep::Nsubjpass]).is_none());
        let word = located.token(first);
        let governed = word.dep == Dep::Xcomp && shared || word.dep == Dep::Acomp;
        if !governed || located.sentence.child(word.head, &[Dep::Dobj]).is_some() {
            return group;
        }
        at = word.head;
    }
}

fn first_conjunct(located: &Located, mut verb: usize) -> usize {
    while located.token(verb).dep == Dep::Conj && is_verb(located, located.token(verb).head) {
        verb = located.token(verb).head;
    }
    verb
}

/// The words as they stand, in text order.
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
