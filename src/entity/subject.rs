//! A verb in, the tokens of its surface subject out: own, shared, relative or controlled.

use super::located::Located;
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Pos, Tag};

const DEPTH: usize = 8;

/// Head tokens of the surface subject of `verb` (the patient, where the verb is passive); empty where there is none.
pub fn surface(located: &Located, lexicon: &Lexicon, verb: usize) -> Vec<usize> {
    Subjects { located, lexicon }.of(verb, DEPTH)
}

/// Whether `verb` stands in the passive.
pub fn is_passive(located: &Located, verb: usize) -> bool {
    let word = located.token(verb);
    let marked = located.sentence.child(verb, &[Dep::Auxpass, Dep::Nsubjpass, Dep::Csubjpass]).is_some();
    if marked {
        return true;
    }
    let bare = word.tag == Tag::Vbn && located.sentence.child(verb, &[Dep::Aux, Dep::Nsubj]).is_none();
    match word.dep {
        Dep::Acl | Dep::Advcl => bare && located.sentence.child(verb, &[Dep::Dobj]).is_none(),
        Dep::Conj => bare && is_verb(located, word.head) && is_passive(located, word.head),
        _ => false,
    }
}

pub fn is_verb(located: &Located, token: usize) -> bool {
    matches!(located.token(token).pos, Pos::Verb | Pos::Aux)
}

struct Subjects<'a> {
    located: &'a Located<'a>,
    lexicon: &'a Lexicon,
}

impl Subjects<'_> {
    fn of(&self, verb: usize, depth: usize) -> Vec<usize> {
        let located = self.located;
        if depth == 0 {
            return Vec::new();
        }
        let own: Vec<usize> = located.sentence.children(verb).filter(|&c| located.token(c).dep.is_subject()).collect();
        // Two of them: "Poland as well as Lithuania warned".
        if !own.is_empty() {
            return own;
        }
        if located.sentence.child(verb, &[Dep::Expl, Dep::Csubj, Dep::Csubjpass]).is_some() {
            return Vec::new();
        }
        let word = located.token(verb);
        let head = word.head;
        if let Some(call) = self.call_for(verb) {
            return located.sentence.called_upon(call).into_iter().collect();
        }
        match word.dep {
            Dep::Conj if is_verb(located, head) => self.of(head, depth - 1),
            Dep::Advcl | Dep::Xcomp if self.by_agent(verb, head).is_some() => {
                self.by_agent(verb, head).into_iter().collect()
            }
            Dep::Xcomp | Dep::Ccomp
                if word.dep == Dep::Xcomp || self.located.sentence.is_infinitive(verb) || word.tag == Tag::Vbg =>
            {
                self.controlled(head, depth)
            }
            Dep::Advcl if is_verb(located, head) => match self.stopped(verb, head) {
                Some(object) => vec![object],
                None => self.of(head, depth - 1),
            },
            Dep::Pcomp => self.after_preposition(head, depth),
            Dep::Acl => self.of_noun_clause(verb, head, depth),
            Dep::Relcl if located.sentence.is_infinitive(verb) => self.of_noun(head, depth),
            _ => Vec::new(),
        }
    }

    /// "rejected a call to expel X": what is called for right behind the call, whatever it was made to depend on.
    fn call_for(&self, verb: usize) -> Option<usize> {
        let located = self.located;
        let noun = verb.checked_sub(2).filter(|_| located.token(verb - 1).tag == Tag::To)?;
        let calls = self.lexicon.control.calls.has(&located.token(noun).lemma.to_lowercase());
        (calls && located.token(noun).pos == Pos::Noun).then_some(noun)
    }

    /// "a plan used by X to rebuild Y": whoever did it did it to that end.
    fn by_agent(&self, verb: usize, governor: usize) -> Option<usize> {
        let located = self.located;
        let agent = located.sentence.child(governor, &[Dep::Agent])?;
        let free = !self.lexicon.control.object.has(&located.token(governor).lemma);
        located.sentence.child(agent, &[Dep::Pobj]).filter(|_| free && located.sentence.is_infinitive(verb))
    }

    /// "stopped X crossing the border": X.
    fn stopped(&self, verb: usize, governor: usize) -> Option<usize> {
        let located = self.located;
        let blocks = self.lexicon.control.blocking.has(&located.token(governor).lemma);
        let object = located.sentence.child(governor, &[Dep::Dobj])?;
        let bare = located.token(verb).tag == Tag::Vbg && object < verb && verb <= object + 2;
        (blocks && bare && !is_passive(located, governor)).then_some(object)
    }

    /// Object control where the governor has an object and is no promise; subject control otherwise.
    fn controlled(&self, governor: usize, depth: usize) -> Vec<usize> {
        let located = self.located;
        if located.token(governor).pos == Pos::Adj {
            return self.of(located.token(governor).head, depth - 1);
        }
        if !is_verb(located, governor) {
            return self.of_noun(governor, depth);
        }
        let lemma = located.token(governor).lemma.as_str();
        let by_object = self.lexicon.control.object.has(lemma);
        let object = located
            .sentence
            .child(governor, &[Dep::Dobj, Dep::Dative])
            .or_else(|| located.sentence.called_upon(governor));
        match object {
            Some(object) if by_object && !is_passive(located, governor) => vec![object],
            _ => self.of(governor, depth - 1),
        }
    }

    /// "accuse X of V-ing" (X), "after V-ing" (the verb's subject), "its role in V-ing" (the noun's owner).
    fn after_preposition(&self, preposition: usize, depth: usize) -> Vec<usize> {
        let located = self.located;
        let head = located.token(preposition).head;
        if !is_verb(located, head) {
            return if located.token(head).pos == Pos::Adj {
                self.of(located.token(head).head, depth - 1)
            } else {
                self.of_noun(head, depth)
            };
        }
        let object = located.sentence.child(head, &[Dep::Dobj]).filter(|_| !is_passive(located, head));
        let link = located.token(preposition).lemma.as_str();
        let lemma = located.token(head).lemma.as_str();
        let by_object = match link {
            "of" | "for" => self.lexicon.control.charging.has(lemma),
            "from" => self.lexicon.control.blocking.has(lemma),
            "into" => true,
            "as" => self.lexicon.reporting.has(lemma),
            _ => false,
        };
        match object {
            Some(object) if by_object => vec![object],
            _ => self.of(head, depth - 1),
        }
    }

    fn of_noun_clause(&self, verb: usize, noun: usize, depth: usize) -> Vec<usize> {
        let word = self.located.token(verb);
        // "issued a declaration demanding that": who issued it demands.
        let spoken =
            word.tag == Tag::Vbg && self.lexicon.speech_nouns.has(&self.located.token(noun).lemma.to_lowercase());
        if spoken || self.located.sentence.is_infinitive(verb) { self.of_noun(noun, depth) } else { vec![noun] }
    }

    /// Whoever the noun belongs to, else the subject of the verb that it is the object of.
    fn of_noun(&self, noun: usize, depth: usize) -> Vec<usize> {
        let located = self.located;
        let word = located.token(noun);
        if self.lexicon.control.calls.has(&word.lemma.to_lowercase()) {
            return located.sentence.called_upon(noun).into_iter().collect();
        }
        if let Some(owner) = located.sentence.child(noun, &[Dep::Poss]) {
            return vec![owner];
        }
        match word.dep {
            // "lent X the money to buy Y": X buys.
            Dep::Dobj if self.receiver(word.head).is_some() => self.receiver(word.head).into_iter().collect(),
            Dep::Dobj | Dep::Attr if is_verb(located, word.head) => self.of(word.head, depth - 1),
            _ => located.owners(noun).into_iter().take(1).collect(),
        }
    }
}

impl Subjects<'_> {
    /// Who is given what a verb gives; of a promise or an offer its maker may be the one who acts.
    fn receiver(&self, verb: usize) -> Option<usize> {
        let lemma = &self.located.token(verb).lemma;
        let gives = self.lexicon.ditransitive.has(lemma) && !self.lexicon.control.asserted.has(lemma);
        self.located.sentence.child(verb, &[Dep::Dative]).filter(|&d| gives && self.located.token(d).pos != Pos::Adp)
    }
}
