//! The words of a predicate: lemmas in the contract's order, and the tokens that they come from.

use crate::entity::Located;
use crate::entity::subject::is_passive;
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Pos};

/// At most five words, head verb or noun first unless a light or control verb leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predicate {
    /// Lemma and the token it comes from, in order.
    words: Vec<(String, usize)>,
}

const MOST_WORDS: usize = 5;

impl Predicate {
    /// The verb with its particle, led by the verbs that control it ("agree to expand").
    pub fn of_verb(located: &Located, lexicon: &Lexicon, verb: usize) -> Self {
        let mut predicate = Self::default();
        for governor in controllers(located, lexicon, verb) {
            predicate.push(located.token(governor).lemma.to_lowercase(), governor);
            predicate.particle(located, governor);
            predicate.push("to".to_owned(), governor);
        }
        predicate.push(located.token(verb).lemma.to_lowercase(), verb);
        predicate.particle(located, verb);
        predicate
    }

    pub fn of_noun(located: &Located, noun: usize) -> Self {
        Self { words: vec![(located.token(noun).lemma.to_lowercase(), noun)] }
    }

    fn particle(&mut self, located: &Located, verb: usize) {
        if let Some(particle) = located.sentence.child(verb, &[Dep::Prt]) {
            self.push(located.token(particle).text.to_lowercase(), particle);
        }
    }

    pub fn push(&mut self, word: String, token: usize) {
        self.words.push((word, token));
    }

    /// With one more token's lemma.
    pub fn with(&self, located: &Located, token: usize) -> Self {
        let mut longer = self.clone();
        let word = located.token(token);
        let lemma = if matches!(word.pos, Pos::Adp | Pos::Sconj | Pos::Adv) { &word.text } else { &word.lemma };
        longer.push(lemma.to_lowercase(), token);
        longer
    }

    /// With one more token's lemma, unless the token is in already.
    pub fn with_once(&self, located: &Located, token: usize) -> Self {
        if self.tokens().any(|t| t == token) { self.clone() } else { self.with(located, token) }
    }

    /// "be" and a participle, for a patient that stands as subject.
    pub fn passive(&self, located: &Located, verb: usize) -> Self {
        let mut words = vec![("be".to_owned(), verb), (located.token(verb).text.to_lowercase(), verb)];
        words.extend(self.words.iter().skip_while(|(_, t)| *t != verb).skip(1).cloned());
        Self { words }
    }

    /// Lemmas joined by blanks; of a longer chain the last words count.
    pub fn lemmas(&self) -> String {
        let mut words: Vec<&str> = self.words.iter().map(|(w, _)| w.as_str()).collect();
        if words.len() > MOST_WORDS {
            // The controllers lead; they give way first.
            words.drain(..words.len() - MOST_WORDS);
            if words[0] == "to" {
                words.remove(0);
            }
        }
        words.join(" ")
    }

    pub fn tokens(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().map(|(_, t)| *t)
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(w, _)| w.as_str())
    }

    /// The tokens' own words in text order, as they stand in `written`; a gap is closed by one blank.
    pub fn text(&self, located: &Located, written: &str) -> String {
        let mut tokens: Vec<usize> = self.words.iter().map(|(_, t)| *t).collect();
        tokens.sort_unstable();
        // A copula that a headline leaves out lies where its preposition does.
        tokens.dedup_by_key(|t| located.token(*t).span);
        let words = tokens.iter().map(|&t| located.token(t).written(written)).filter(|w| !w.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Governors of an infinitive that belong to its predicate, outermost first: not those that deny it.
pub fn controllers(located: &Located, lexicon: &Lexicon, verb: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut at = verb;
    while located.token(at).dep == Dep::Xcomp && chain.len() < 3 {
        let governor = located.token(at).head;
        let lemma = located.token(governor).lemma.to_lowercase();
        let infinitive = located.sentence.is_infinitive(at);
        // What another is to do is no part of what the first does: "wants to urge X to leave".
        let other = located.sentence.child(governor, &[Dep::Dobj, Dep::Dative]);
        if other.or_else(|| located.sentence.called_upon(governor)).is_some() {
            break;
        }
        let leads = lexicon.control.asserted.has(&lemma) || lexicon.control.intended.has(&lemma);
        if infinitive && leads && located.token(governor).pos == Pos::Verb && !is_passive(located, governor) {
            chain.insert(0, governor);
        }
        if !matches!(located.token(governor).pos, Pos::Verb | Pos::Aux | Pos::Adj) {
            break;
        }
        at = governor;
    }
    chain
}
