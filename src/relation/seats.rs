//! Capitals and seats of power in their sentences in, the mentions that speak for a state out.
//!
//! Moscow accuses, is accused, decides and is talked to as Russia; in Moscow, to Moscow and over Moscow's roofs it is a town.

use crate::analysis::{EntityType, MentionKind};
use crate::entity::{Located, Registry};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Placed, Pos};
use crate::text::Span;
use rustc_hash::FxHashSet;

/// Marks the mentions that act; `ends`: spans of what relations and claims were found to be of.
pub(super) fn mark(sentences: &[Placed], registry: &mut Registry, lexicon: &Lexicon, ends: &FxHashSet<Span>) {
    let mut acting = Vec::new();
    for Placed { sentence, .. } in sentences {
        let located = Located::new(sentence, &registry.mentions);
        let position = Position { located: &located, registry, lexicon, ends };
        for token in 0..sentence.tokens.len() {
            acting.extend(located.headed(token).iter().copied().filter(|&m| position.acts(m, token)));
        }
    }
    for mention in acting {
        registry.mentions[mention].actor = true;
    }
}

/// How deep coordination is followed.
const DEPTH: usize = 8;

struct Position<'a> {
    located: &'a Located<'a>,
    registry: &'a Registry,
    lexicon: &'a Lexicon,
    ends: &'a FxHashSet<Span>,
}

impl Position<'_> {
    fn acts(&self, mention: usize, token: usize) -> bool {
        let m = &self.registry.mentions[mention];
        let entity = self.registry.entity(m.entity);
        if entity.stands_for.is_none() || m.demonym {
            return false;
        }
        let end = self.ends.contains(&m.span);
        if m.kind != MentionKind::Name {
            return end;
        }
        self.is_actor(token, end, entity.entity_type != EntityType::Place, DEPTH)
    }

    /// `end`: a relation or claim is of it; `seat`: a house of power, which does nothing but act.
    fn is_actor(&self, token: usize, end: bool, seat: bool, depth: usize) -> bool {
        let word = self.located.token(token);
        let governor = self.located.token(word.head);
        let lemma = governor.lemma.to_lowercase();
        match word.dep {
            Dep::Conj | Dep::Appos if depth > 0 => self.is_actor(word.head, end, seat, depth - 1),
            Dep::Nsubj => self.is_agent(word.head, end || seat),
            Dep::Agent | Dep::Dative => true,
            Dep::Nsubjpass | Dep::Dobj => {
                !self.lexicon.on_places.has(&lemma) && (end || self.is_said_of_actors(&lemma))
            }
            Dep::Poss => self.is_doing(&lemma) || self.lexicon.stand_in.contains_key(&lemma),
            Dep::Compound | Dep::Nmod => {
                seat && (self.lexicon.speech_nouns.has(&lemma) || self.lexicon.stand_in.contains_key(&lemma))
            }
            Dep::Pobj => self.is_party(word.head, end),
            _ => end && !matches!(word.dep, Dep::Amod),
        }
    }

    /// The subject of what only people do; "was calm" and "has two airports" are a town's.
    fn is_agent(&self, verb: usize, end: bool) -> bool {
        let lemma = self.located.token(verb).lemma.to_lowercase();
        if self.located.token(verb).pos == Pos::Aux
            || matches!(lemma.as_str(), "be" | "have" | "remain" | "lie" | "become")
        {
            // "was willing to", "is concerned that".
            let quality = self.located.sentence.child(verb, &[Dep::Acomp]);
            return quality.is_some_and(|q| self.located.sentence.child(q, &[Dep::Xcomp, Dep::Ccomp]).is_some());
        }
        end || self.is_said_of_actors(&lemma)
    }

    fn is_said_of_actors(&self, verb: &str) -> bool {
        let lexicon = self.lexicon;
        let control = &lexicon.control;
        let lists = [&lexicon.reporting, &lexicon.quoting, &lexicon.wishing, &lexicon.voicing, &lexicon.evaluative];
        lists.iter().any(|l| l.has(verb))
            || [&control.accusing, &control.denial, &control.requested, &control.requesting].iter().any(|l| l.has(verb))
    }

    /// What a government does or says, as a noun.
    fn is_doing(&self, noun: &str) -> bool {
        let lexicon = self.lexicon;
        lexicon.nouns.contains_key(noun)
            || lexicon.speech_nouns.has(noun)
            || lexicon.doings.has(noun)
            || lexicon.reciprocal.nouns.has(noun)
    }

    /// "talks with X", "backing from X", "according to X"; neither "in X" nor "flew to X".
    fn is_party(&self, preposition: usize, end: bool) -> bool {
        let link = self.located.token(preposition);
        let word = link.lemma.to_lowercase();
        let governor = self.located.token(link.head);
        let lemma = governor.lemma.to_lowercase();
        let place = self.lexicon.locative.has(&word) || self.lexicon.prepositions.place.has(&word);
        if place && word != "by" {
            return false;
        }
        let travels = self.lexicon.journeys.has(&lemma) || self.lexicon.on_places.has(&lemma);
        match word.as_str() {
            "to" if governor.text.eq_ignore_ascii_case("according") => true,
            "by" | "with" | "against" => governor.pos != Pos::Noun || self.is_doing(&lemma),
            "to" | "from" | "for" | "toward" | "towards" => !travels && (end || self.is_doing(&lemma)),
            "of" | "between" | "on" => self.is_doing(&lemma) || end && !travels,
            _ => end && !travels,
        }
    }
}
