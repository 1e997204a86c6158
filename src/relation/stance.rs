//! A predicate's token in, its polarity and modality out.

use crate::analysis::{Modality, Polarity};
use crate::entity::Located;
use crate::entity::subject::{is_passive, is_verb};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Pos, Tag};

const DEPTH: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stance {
    pub polarity: Polarity,
    pub modality: Modality,
    /// Denied because the doer will not, not because it did not come to it.
    pub refused: bool,
}

pub struct StanceReader<'a> {
    pub located: &'a Located<'a>,
    pub lexicon: &'a Lexicon,
}

impl StanceReader<'_> {
    /// The stance of the clause headed by `predicate`; `nouns` are its argument heads, whose "no" denies the clause.
    pub fn of(&self, predicate: usize, nouns: &[usize]) -> Stance {
        let denied = self.denied(predicate, DEPTH) ^ nouns.iter().any(|&n| self.has_no(n));
        let polarity = if denied { Polarity::Negative } else { Polarity::Positive };
        Stance { polarity, modality: self.modality(predicate, DEPTH), refused: denied && self.refused(predicate) }
    }

    /// "refused to", "unwilling to", "will not", "would not".
    fn refused(&self, predicate: usize) -> bool {
        let mut at = predicate;
        for _ in 0..DEPTH {
            let will = self.children(at).any(|c| {
                matches!(self.located.token(c).text.to_lowercase().as_str(), "will" | "wo" | "would" | "'ll" | "’ll")
            });
            let word = self.located.token(at);
            let above = self.lemma(word.head);
            let control = &self.lexicon.control;
            let refuses =
                word.dep == Dep::Xcomp && (control.refusal.has(&above) || above == "unwilling" || above == "reluctant");
            if will || refuses {
                return true;
            }
            if !matches!(word.dep, Dep::Xcomp | Dep::Conj | Dep::Dobj) || word.head == at {
                return false;
            }
            at = word.head;
        }
        false
    }

    /// "is ready to", "are willing to".
    pub fn is_willing(&self, predicate: usize) -> bool {
        let word = self.located.token(predicate);
        word.dep == Dep::Xcomp
            && self.located.token(word.head).pos == Pos::Adj
            && self.lexicon.control.willing.has(&self.lemma(word.head))
    }

    fn lemma(&self, token: usize) -> String {
        self.located.token(token).lemma.to_lowercase()
    }

    fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.located.sentence.children(token)
    }

    /// "no country", "neither side", "none of".
    fn has_no(&self, noun: usize) -> bool {
        let negative = |t: usize| {
            matches!(self.located.token(t).text.to_lowercase().as_str(), "no" | "neither" | "none" | "nobody")
        };
        negative(noun)
            || self.children(noun).any(|c| {
                negative(c) && matches!(self.located.token(c).dep, Dep::Det | Dep::Preconj | Dep::Neg | Dep::Cc)
            })
    }

    fn denied(&self, token: usize, depth: usize) -> bool {
        if depth == 0 {
            return false;
        }
        let own = self.children(token).filter(|&c| self.is_negator(c)).count() % 2 == 1;
        own ^ self.denied_from_above(token, depth)
    }

    fn is_negator(&self, token: usize) -> bool {
        let word = self.located.token(token);
        let text = word.text.to_lowercase();
        match word.dep {
            Dep::Neg => true,
            Dep::Advmod => {
                matches!(text.as_str(), "never" | "hardly" | "barely" | "scarcely" | "nowhere")
                    || text == "longer"
                        && self.children(token).any(|c| self.located.token(c).text.eq_ignore_ascii_case("no"))
            }
            Dep::Preconj | Dep::Cc => text == "neither",
            _ => false,
        }
    }

    fn denied_from_above(&self, token: usize, depth: usize) -> bool {
        let word = self.located.token(token);
        let head = word.head;
        let lemma = self.lemma(head);
        let control = &self.lexicon.control;
        match word.dep {
            Dep::Xcomp if is_verb(self.located, head) => {
                let refused = control.negative.has(&lemma) || control.denial.has(&lemma);
                refused ^ self.is_yet_to(token, head) ^ self.denied(head, depth - 1)
            }
            Dep::Xcomp if self.located.token(head).pos == Pos::Adj => {
                let above = self.located.token(head).head;
                control.negative_adjectives.has(&lemma) ^ self.denied(above, depth - 1)
            }
            // "refused to let X join": what is not let is not done.
            Dep::Ccomp if matches!(lemma.as_str(), "let" | "make" | "have" | "help") => self.denied(head, depth - 1),
            Dep::Ccomp if word.tag == Tag::Vbg && self.has_subject(token) && control.blocking.has(&lemma) => {
                !self.denied(head, depth - 1)
            }
            Dep::Ccomp if is_verb(self.located, head) => control.denial.has(&lemma) && !self.denied(head, depth - 1),
            Dep::Pcomp => self.denied_by_preposition(head, depth),
            Dep::Acl | Dep::Advcl if word.tag == Tag::Vbg => self.stopped(token, depth),
            Dep::Conj if is_verb(self.located, head) => {
                let alternative = self.children(head).any(|c| {
                    self.located.token(c).dep == Dep::Cc && matches!(self.located.token(c).text.as_str(), "or" | "nor")
                });
                let bare = !self.children(token).any(|c| self.located.token(c).dep.is_subject());
                // What rules the first of two joined complements rules the second.
                let shared = matches!(self.located.token(head).dep, Dep::Xcomp | Dep::Pcomp);
                if alternative && bare {
                    self.denied(head, depth - 1)
                } else {
                    shared && bare && self.denied_from_above(head, depth - 1)
                }
            }
            _ => false,
        }
    }

    /// "without V-ing", "far from V-ing", "barred from V-ing".
    fn denied_by_preposition(&self, preposition: usize, depth: usize) -> bool {
        let link = self.lemma(preposition);
        let head = self.located.token(preposition).head;
        let blocked = link == "from" && self.lexicon.control.blocking.has(&self.lemma(head));
        let far = link == "from" && self.lemma(head) == "far";
        let above = self.located.token(preposition).head;
        let closer = link == "to"
            && matches!(self.lemma(above).as_str(), "close" | "near")
            && self.children(above).any(|c| self.located.token(c).text.eq_ignore_ascii_case("no"));
        link == "without" || far || closer || blocked && !self.denied(head, depth - 1)
    }

    fn has_subject(&self, verb: usize) -> bool {
        self.children(verb).any(|c| self.located.token(c).dep.is_subject())
    }

    /// "stopped X crossing the border": X did not cross.
    fn stopped(&self, token: usize, depth: usize) -> bool {
        let word = self.located.token(token);
        let verb = if word.dep == Dep::Acl { self.located.token(word.head).head } else { word.head };
        let object = self.located.sentence.child(verb, &[Dep::Dobj]).filter(|&o| o < token && token <= o + 2);
        let blocks = self.lexicon.control.blocking.has(&self.lemma(verb)) && is_verb(self.located, verb);
        blocks && object.is_some() && !self.denied(verb, depth - 1)
    }

    /// "has yet to", "is yet to".
    fn is_yet_to(&self, token: usize, governor: usize) -> bool {
        let yet = |t: usize| self.children(t).any(|c| self.located.token(c).text.eq_ignore_ascii_case("yet"));
        matches!(self.lemma(governor).as_str(), "have" | "be") && (yet(token) || yet(governor))
    }

    fn modality(&self, token: usize, depth: usize) -> Modality {
        if depth == 0 {
            return Modality::Asserted;
        }
        match self.own_modality(token) {
            Modality::Asserted => self.modality_from_above(token, depth),
            own => own,
        }
    }

    fn own_modality(&self, token: usize) -> Modality {
        let mut found = Modality::Asserted;
        for c in self.children(token) {
            let word = self.located.token(c);
            let text = word.text.to_lowercase();
            match (word.dep, text.as_str()) {
                (Dep::Mark, "if" | "unless" | "whether") => return Modality::Conditional,
                (Dep::Aux, "will" | "shall" | "'ll" | "’ll" | "wo" | "wo n't") => found = Modality::Intended,
                (Dep::Aux, "would" | "may" | "might" | "could" | "can" | "'d" | "ca") if word.tag == Tag::Md => {
                    found = Modality::Possible;
                }
                (Dep::Aux, "should" | "must" | "ought") => found = Modality::Requested,
                (Dep::Advmod, "possibly" | "perhaps" | "maybe" | "potentially") => found = Modality::Possible,
                _ => {}
            }
        }
        // "in case", "should X attack"; a noun with "any" is a case, not a fact.
        let any = self.located.token(token).pos == Pos::Noun
            && self.children(token).any(|c| self.located.token(c).text.eq_ignore_ascii_case("any"));
        if any { Modality::Conditional } else { found }
    }

    fn modality_from_above(&self, token: usize, depth: usize) -> Modality {
        let word = self.located.token(token);
        let head = word.head;
        if head == token {
            return Modality::Asserted;
        }
        match word.dep {
            Dep::Xcomp | Dep::Ccomp | Dep::Acl | Dep::Oprd => self.governed(token, head, depth),
            Dep::Relcl if self.located.sentence.is_infinitive(token) && !self.has_subject(token) => {
                self.governed(token, head, depth)
            }
            Dep::Pcomp => {
                let link = self.lemma(head);
                let above = self.located.token(head).head;
                let threatens = matches!(
                    link.as_str(),
                    "of" | "about" | "on" | "to" | "at" | "in" | "by" | "without" | "from" | "for"
                );
                if threatens && is_verb(self.located, above) {
                    self.modality(above, depth - 1)
                } else {
                    Modality::Asserted
                }
            }
            Dep::Conj => {
                let fresh = self.children(token).any(|c| self.located.token(c).dep.is_subject());
                if fresh && is_verb(self.located, token) { Modality::Asserted } else { self.modality(head, depth - 1) }
            }
            Dep::Advcl => {
                let linked = self.children(token).any(|c| self.located.token(c).dep == Dep::Mark);
                let purpose = self.located.sentence.is_infinitive(token);
                match (purpose, linked) {
                    (true, _) => match self.modality(head, depth - 1) {
                        Modality::Asserted => Modality::Intended,
                        above => above,
                    },
                    (_, true) => Modality::Asserted,
                    // "they are talking, we will go on": a sentence of its own.
                    _ if self.children(token).any(|c| self.located.token(c).dep.is_subject()) => Modality::Asserted,
                    _ => self.modality(head, depth - 1),
                }
            }
            Dep::Dobj | Dep::Pobj if !is_verb(self.located, token) => self.of_argument(token, head, depth),
            _ => Modality::Asserted,
        }
    }

    /// A deed named by a noun is no more certain than the light verb or the wish that carries it.
    fn of_argument(&self, token: usize, head: usize, depth: usize) -> Modality {
        let verb = if self.located.token(token).dep == Dep::Pobj { self.located.token(head).head } else { head };
        let lemma = self.lemma(verb);
        // "could sign it after a meeting": the meeting was held.
        let circumstance = verb != head && self.lexicon.prepositions.adjunct.has(&self.lemma(head));
        if !is_verb(self.located, verb) || circumstance {
            return Modality::Asserted;
        }
        if self.lexicon.control.intended.has(&lemma) {
            return Modality::Intended;
        }
        let asked = self.lexicon.control.requesting.has(&lemma) || lemma == "call" && self.lemma(head) == "for";
        if asked {
            return Modality::Requested;
        }
        if self.lexicon.light.has(&lemma) { self.modality(verb, depth - 1) } else { Modality::Asserted }
    }

    fn governed(&self, token: usize, head: usize, depth: usize) -> Modality {
        let lemma = self.lemma(head);
        let control = &self.lexicon.control;
        let above = self.modality(head, depth - 1);
        if self.located.token(token).dep == Dep::Ccomp && !self.located.sentence.is_infinitive(token) {
            return match () {
                () if control.requesting.has(&lemma) && self.is_subjunctive(token) => Modality::Requested,
                () if self.lexicon.wishing.has(&lemma) => Modality::Possible,
                () => Modality::Asserted,
            };
        }
        let infinitive = self.located.sentence.is_infinitive(token);
        if !infinitive {
            return above;
        }
        let has_object = self.located.sentence.child(head, &[Dep::Dobj, Dep::Dative]).is_some()
            || is_passive(self.located, head)
            || self.located.sentence.called_upon(head).is_some();
        match () {
            () if control.requested.has(&lemma) && (has_object || self.located.token(token).dep == Dep::Ccomp) => {
                Modality::Requested
            }
            () if control.intended.has(&lemma) => Modality::Intended,
            () if self.located.token(head).pos == Pos::Adj && control.pending.has(&lemma) => Modality::Intended,
            () if is_passive(self.located, head)
                && control.pending.has(&self.located.token(head).text.to_lowercase()) =>
            {
                Modality::Intended
            }
            // "is to visit".
            () if lemma == "be"
                && !self.is_yet_to(token, head)
                && self.located.sentence.child(head, &[Dep::Attr, Dep::Acomp]).is_none() =>
            {
                Modality::Intended
            }
            () if matches!(lemma.as_str(), "go" | "have") && self.located.token(head).tag != Tag::Vbd => {
                match lemma.as_str() {
                    "go" => Modality::Intended,
                    _ => above,
                }
            }
            () if control.calls.has(&lemma) && self.located.token(head).pos == Pos::Noun => Modality::Requested,
            // "a plan to invade", "the right to buy": a noun's infinitive is no deed.
            () if matches!(self.located.token(token).dep, Dep::Acl | Dep::Relcl) && !self.is_ranked(head) => {
                Modality::Intended
            }
            () => above,
        }
    }

    /// "the first country to recognise X" has done it.
    fn is_ranked(&self, noun: usize) -> bool {
        let ranks = |t: usize| self.lexicon.control.ranks.has(&self.located.token(t).text.to_lowercase());
        ranks(noun) || self.children(noun).any(ranks)
    }

    /// "demanded that Russia withdraw".
    fn is_subjunctive(&self, token: usize) -> bool {
        self.located.token(token).tag == Tag::Vb
    }
}
