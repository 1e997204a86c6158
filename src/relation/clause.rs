//! A parsed sentence in, its clauses out: each verb with the tokens that fill its slots, in surface terms.

use crate::entity::Located;
use crate::entity::subject::{is_passive, is_verb, surface};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Pos, Tag};

/// A verb and the head tokens of its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub verb: usize,
    pub passive: bool,
    /// Surface subject: the patient, where the clause is passive.
    pub subjects: Vec<usize>,
    /// Of "by", in the passive.
    pub agents: Vec<usize>,
    pub objects: Vec<usize>,
    pub datives: Vec<usize>,
    /// Preposition and its object.
    pub obliques: Vec<(usize, usize)>,
    /// Predicate noun or adjective of a copula.
    pub complement: Option<usize>,
}

pub fn clauses(located: &Located, lexicon: &Lexicon) -> Vec<Clause> {
    (0..located.tokens().len())
        .filter(|&t| is_predicate(located, t))
        .map(|verb| clause(located, lexicon, verb))
        .collect()
}

fn is_predicate(located: &Located, token: usize) -> bool {
    let word = located.token(token);
    let verbal = matches!(word.pos, Pos::Verb | Pos::Aux);
    verbal
        && !matches!(word.dep, Dep::Aux | Dep::Auxpass | Dep::Amod | Dep::Compound | Dep::Prep | Dep::Case)
        && located.covering(token).is_none()
}

fn clause(located: &Located, lexicon: &Lexicon, verb: usize) -> Clause {
    let passive = is_passive(located, verb);
    let slot = |dep: Dep| located.sentence.children(verb).filter(move |&c| located.token(c).dep == dep);
    let nominal = |c: &usize| located.token(*c).pos != Pos::Adp;
    let mut clause = Clause {
        verb,
        passive,
        subjects: surface(located, lexicon, verb),
        agents: slot(Dep::Agent)
            .chain(slot(Dep::Prep).filter(|&p| passive && located.token(p).lemma == "by"))
            .filter_map(|p| located.sentence.child(p, &[Dep::Pobj]))
            .collect(),
        objects: objects(located, verb),
        datives: slot(Dep::Dative).filter(nominal).collect(),
        obliques: obliques(located, lexicon, verb),
        complement: located.sentence.child(verb, &[Dep::Attr, Dep::Acomp, Dep::Oprd]),
    };
    clause.fill_gap(located);
    // "..., which was denied by X", "..., which X denied": the relative takes up the whole statement.
    let denies = lexicon.control.denial.has(&located.token(verb).lemma);
    let relative = |t: &usize| located.token(*t).tag == Tag::Wdt;
    if denies && passive && clause.subjects.iter().any(relative) {
        clause.subjects.clear();
    }
    if denies && located.token(verb).dep == Dep::Relcl && !clause.subjects.iter().any(relative) {
        clause.objects.clear();
    }
    clause
}

fn objects(located: &Located, verb: usize) -> Vec<usize> {
    let own: Vec<usize> = located.sentence.children(verb).filter(|&c| located.token(c).dep == Dep::Dobj).collect();
    if !own.is_empty() {
        return own;
    }
    // "condemned and sanctioned Russia": the first verb shares the second one's object.
    let bare = located.sentence.children(verb).all(|c| {
        !matches!(located.token(c).dep, Dep::Ccomp | Dep::Xcomp | Dep::Prep | Dep::Attr | Dep::Acomp | Dep::Dative)
    });
    let next = located.sentence.children(verb).find(|&c| {
        located.token(c).dep == Dep::Conj
            && is_verb(located, c)
            && c <= verb + 4
            && located.sentence.child(c, &[Dep::Nsubj]).is_none()
    });
    match next.filter(|_| bare) {
        Some(next) => objects(located, next),
        None => Vec::new(),
    }
}

fn obliques(located: &Located, lexicon: &Lexicon, verb: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for c in located.sentence.children(verb) {
        let word = located.token(c);
        if lexicon.prepositions.adjunct.has(&word.text.to_lowercase()) {
            continue;
        }
        let link = word.dep == Dep::Prep || word.dep == Dep::Dative && word.pos == Pos::Adp;
        if link && !after_a_statement(located, verb, c) {
            for p in located.conjuncts(c) {
                prepositional(located, p, &mut found);
            }
        }
        // "turned away from X".
        if word.dep == Dep::Advmod {
            prepositional(located, c, &mut found);
        }
    }
    found
}

/// "proves that he will act against X": behind a clause of its own the preposition is that clause's.
fn after_a_statement(located: &Located, verb: usize, preposition: usize) -> bool {
    located.sentence.child(verb, &[Dep::Ccomp]).is_some_and(|c| c > verb && c < preposition)
}

/// The object of a preposition, also through a second one ("out of X").
fn prepositional(located: &Located, preposition: usize, found: &mut Vec<(usize, usize)>) {
    for c in located.sentence.children(preposition) {
        match located.token(c).dep {
            Dep::Pobj => found.push((preposition, c)),
            Dep::Prep => prepositional(located, c, found),
            _ => {}
        }
    }
}

impl Clause {
    /// In a relative clause without a pronoun of its own, the noun before it is what is missing.
    fn fill_gap(&mut self, located: &Located) {
        let word = located.token(self.verb);
        if word.dep != Dep::Relcl {
            return;
        }
        let noun = word.head;
        let relative = |t: usize| matches!(located.token(t).tag, Tag::Wdt | Tag::Wp | Tag::Wrb);
        let subtree_has =
            located.sentence.children(self.verb).any(|c| relative(c) || located.sentence.children(c).any(relative));
        // "whose son Bill died": the noun before owns something in the clause.
        let whose = (noun + 1..self.verb).any(|t| located.token(t).text.eq_ignore_ascii_case("whose"));
        let that = located
            .sentence
            .children(self.verb)
            .any(|c| located.token(c).text == "that" && located.token(c).dep == Dep::Mark);
        let stranded = located
            .sentence
            .children(self.verb)
            .find(|&c| located.token(c).dep == Dep::Prep && located.sentence.children(c).next().is_none());
        if let Some(preposition) = stranded {
            self.obliques.push((preposition, noun));
        } else if !subtree_has
            && !that
            && !whose
            && self.objects.is_empty()
            && !self.passive
            && self.complement.is_none()
            && !self.subjects.is_empty()
            && located.sentence.child(self.verb, &[Dep::Xcomp, Dep::Ccomp]).is_none()
        {
            self.objects.push(noun);
        }
    }
}
