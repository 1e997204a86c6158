//! A predicate's token in, the chain of its speakers out, innermost first.

use super::actor::Actors;
use crate::analysis::EntityType;
use crate::entity::subject::{is_passive, is_verb, surface};
use crate::entity::{EntityIx, Registry};
use crate::syntax::{Dep, Pos};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// Someone whose words these are; `None` where the text does not say who.
pub type Speaker = Option<EntityIx>;

/// What is known about speech before the sentence at hand.
#[derive(Default)]
pub struct Discourse {
    /// The last speaker that was an entity.
    pub last: Speaker,
    /// The last speaker of a quotation, with the block it stood in.
    pub quoted: Option<(Speaker, usize)>,
    /// Speakers of the quotations that have a verb of speech beside them.
    pub quotations: FxHashMap<Span, Speaker>,
}

pub struct Attributor<'a> {
    pub actors: Actors<'a>,
    /// Quoted stretches that reach into the sentence.
    pub quotations: &'a [Span],
    /// The block quotes somebody, here or elsewhere.
    pub quotes: bool,
    pub discourse: &'a Discourse,
    pub block: usize,
}

impl Attributor<'_> {
    /// Speakers of the clause headed by `token`, innermost first; empty where the report itself speaks.
    pub fn chain(&self, token: usize, registry: &mut Registry) -> Vec<Speaker> {
        let located = self.actors.located;
        let mut speakers = Vec::new();
        let mut passed = vec![token];
        let mut at = token;
        loop {
            self.sources_of(at, &mut speakers, registry);
            let head = located.token(at).head;
            if head == at {
                break;
            }
            if let Some(speaker) = self.spoken_under(at, head, &mut speakers, registry) {
                speakers.push(speaker);
            }
            passed.push(head);
            at = head;
        }
        if speakers.is_empty()
            && let Some(speaker) = self.closing_source(registry)
        {
            speakers.push(speaker);
        }
        if speakers.is_empty()
            && let Some(speaker) = self.of_quotation(token, &passed, registry)
        {
            speakers.push(speaker);
        }
        speakers
    }

    /// "..., according to X." at the end goes for the whole sentence, whatever it hangs on.
    fn closing_source(&self, registry: &mut Registry) -> Option<Speaker> {
        let located = self.actors.located;
        let according =
            (0..located.tokens().len()).rfind(|&t| located.token(t).text.eq_ignore_ascii_case("according"))?;
        let comma = according.checked_sub(1).is_some_and(|t| located.token(t).text == ",");
        let later =
            (according..located.tokens().len()).any(|t| is_verb(located, t) && located.token(t).dep != Dep::Prep);
        let object = self.source_object(according).filter(|_| comma && !later)?;
        Some(self.speaker(object, registry))
    }

    /// X in "according to X".
    fn source_object(&self, according: usize) -> Option<usize> {
        let located = self.actors.located;
        let to = located.sentence.child(according, &[Dep::Prep])?;
        located.sentence.child(to, &[Dep::Pobj])
    }

    /// The speaker, where `head` is a verb of speech with `child` as what is said.
    fn spoken_under(
        &self,
        child: usize,
        head: usize,
        speakers: &mut Vec<Speaker>,
        registry: &mut Registry,
    ) -> Option<Speaker> {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        // "A did this; B said that": the stop between them parts what one tree has joined.
        let (from, to) = (child.min(head), child.max(head));
        if (from..to).any(|t| located.token(t).text == ";") {
            return None;
        }
        if self.is_voiced(child, head) {
            return Some(self.subject(head, registry));
        }
        if matches!(located.token(child).dep, Dep::Acl | Dep::Ccomp) && self.is_report(head, child) {
            let owner = located.sentence.child(head, &[Dep::Poss]);
            return Some(owner.and_then(|o| self.speaker(o, registry)));
        }
        let lemma = located.token(head).lemma.to_lowercase();
        let dep = located.token(child).dep;
        let control = &lexicon.control;
        if is_verb(located, head) && lexicon.reporting.has(&lemma) {
            let passive = is_passive(located, head);
            let complement = dep == Dep::Ccomp && !self.merely_controlled(child);
            // "is believed to have sold", "is said to be": someone's belief.
            let raised =
                dep == Dep::Xcomp && passive && !control.requested.has(&lemma) && !control.charging.has(&lemma);
            let denied = dep == Dep::Xcomp && control.denial.has(&lemma);
            if complement && let Some(cited) = self.cited(head, registry) {
                speakers.push(cited);
            }
            if complement || raised || denied {
                return Some(if passive { self.agent(head, registry) } else { self.subject(head, registry) });
            }
        }
        if dep == Dep::Prep || dep == Dep::Pcomp {
            return self.through_preposition(child, head, registry);
        }
        // "a statement saying": the acl itself is the speech verb; its subject is found above.
        None
    }

    /// X in "quoted X as saying", where what X said is the verb's own complement.
    fn cited(&self, verb: usize, registry: &mut Registry) -> Option<Speaker> {
        let located = self.actors.located;
        let as_saying = located
            .sentence
            .children(verb)
            .any(|c| located.token(c).lemma == "as" && located.sentence.child(c, &[Dep::Pcomp]).is_some());
        let object = located.sentence.child(verb, &[Dep::Dobj]).filter(|_| as_saying)?;
        Some(self.speaker(object, registry))
    }

    /// An infinitive under "agreed", "promised", "asked": a deed, not a report.
    fn merely_controlled(&self, child: usize) -> bool {
        let located = self.actors.located;
        let infinitive = located.sentence.is_infinitive(child);
        let own = located.sentence.children(child).any(|c| located.token(c).dep.is_subject());
        infinitive && !own
    }

    /// "reaffirmed X's support for Y", "assured Z of X's support": the deed is the speaker's word.
    fn is_voiced(&self, noun: usize, head: usize) -> bool {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let deed = located.token(noun).pos == Pos::Noun && lexicon.nouns.contains_key(&located.token(noun).lemma);
        let voices = |t: usize| is_verb(located, t) && lexicon.voicing.has(&located.token(t).lemma);
        match located.token(noun).dep {
            Dep::Dobj => deed && voices(head),
            _ => false,
        }
    }

    /// "reports that ...", "the claim that ...".
    fn is_report(&self, noun: usize, clause: usize) -> bool {
        let located = self.actors.located;
        let that = located
            .sentence
            .children(clause)
            .any(|c| located.token(c).dep == Dep::Mark && located.token(c).text == "that");
        that && located.token(noun).pos == Pos::Noun && self.actors.lexicon.speech_nouns.has(&located.token(noun).lemma)
    }

    /// "reported Xi as saying" passes on to Xi's own verb; "accused of supporting" is the accuser's word.
    fn through_preposition(&self, child: usize, head: usize, registry: &mut Registry) -> Option<Speaker> {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        if located.token(child).dep != Dep::Prep {
            return None;
        }
        if !is_verb(located, head) {
            return self.assured(child, head, registry);
        }
        let lemma = located.token(head).lemma.to_lowercase();
        let link = located.token(child).lemma.to_lowercase();
        let clause = located.sentence.child(child, &[Dep::Pcomp]).is_some();
        if link == "of" && !clause && matches!(lemma.as_str(), "assure" | "reassure") {
            return Some(self.subject(head, registry));
        }
        let cited = link == "as" && lexicon.reporting.has(&lemma);
        let charged = matches!(link.as_str(), "of" | "for") && lexicon.control.accusing.has(&lemma);
        if !clause || !(cited || charged) {
            return None;
        }
        Some(if is_passive(located, head) { self.agent(head, registry) } else { self.subject(head, registry) })
    }

    /// "assured Putin of China's support": the parser may hang "of" on Putin.
    fn assured(&self, link: usize, object: usize, registry: &mut Registry) -> Option<Speaker> {
        let located = self.actors.located;
        let verb = located.token(object).head;
        let assures = matches!(located.token(verb).lemma.as_str(), "assure" | "reassure");
        let of = located.token(link).lemma == "of" && located.token(object).dep == Dep::Dobj;
        (assures && of).then(|| self.subject(verb, registry))
    }

    fn subject(&self, verb: usize, registry: &mut Registry) -> Speaker {
        let located = self.actors.located;
        let subject = *surface(located, self.actors.lexicon, verb).first()?;
        self.speaker(subject, registry)
    }

    fn agent(&self, verb: usize, registry: &mut Registry) -> Speaker {
        let located = self.actors.located;
        let by = located.sentence.child(verb, &[Dep::Agent])?;
        self.speaker(located.sentence.child(by, &[Dep::Pobj])?, registry)
    }

    /// The entity that a noun phrase speaks for; "the official" is whoever spoke last.
    fn speaker(&self, token: usize, registry: &mut Registry) -> Speaker {
        let located = self.actors.located;
        let word = located.token(token);
        let pronoun = matches!(word.text.to_lowercase().as_str(), "he" | "she");
        let person = |e: EntityIx, r: &Registry| r.entity(e).entity_type == EntityType::Person;
        if let Some(last) = self.discourse.last.filter(|&l| pronoun && self.quotes && person(l, registry)) {
            return Some(last);
        }
        if let Some(actor) = self.actors.all(token, registry).first() {
            return Some(actor.entity);
        }
        // "Chinese customs data", "a Kremlin statement".
        if let Some(owner) = located.owners(token).last() {
            return located.entity(*owner, registry);
        }
        let definite = located.sentence.children(token).any(|c| located.token(c).text.eq_ignore_ascii_case("the"));
        let person = self.actors.lexicon.stand_in.contains_key(&word.lemma.to_lowercase());
        let again = definite && person && word.pos == Pos::Noun && !word.text.ends_with('s');
        self.discourse.last.filter(|_| again)
    }

    /// "According to X" beside the verb, or a verb of speech in brackets of commas: "China, X said, ...".
    fn sources_of(&self, token: usize, speakers: &mut Vec<Speaker>, registry: &mut Registry) {
        let located = self.actors.located;
        for c in located.sentence.children(token) {
            let word = located.token(c);
            if word.text.eq_ignore_ascii_case("according") {
                let object = self.source_object(c);
                speakers.push(object.and_then(|o| self.speaker(o, registry)));
            }
            if word.dep == Dep::Source
                && let Some(speaker) = self.headline_source(c, registry)
            {
                speakers.push(speaker);
            }
            if word.dep == Dep::Advmod && self.actors.lexicon.hearsay.has(&word.text.to_lowercase()) {
                speakers.push(None);
            }
            let aside = word.dep == Dep::Parataxis || word.dep == Dep::Ccomp && c > token && self.is_tag(c);
            if aside && self.actors.lexicon.quoting.has(&word.lemma.to_lowercase()) && is_verb(located, c) {
                speakers.push(self.subject(c, registry));
            }
        }
    }

    /// What stands before a headline's colon or behind its dash: who says so, or what it is about (`None`).
    ///
    /// A state before a colon may be either: then it is somebody's word, and nobody is named.
    fn headline_source(&self, token: usize, registry: &mut Registry) -> Option<Speaker> {
        let located = self.actors.located;
        let lexicon = self.actors.lexicon;
        let lemma = located.token(token).lemma.to_lowercase();
        if let Some(actor) = self.actors.all(token, registry).first() {
            let entity = registry.entity(actor.entity);
            let closing = token > located.token(token).head;
            let stands_in = closing || actor.head.is_some() || entity.stands_for.is_some();
            return match entity.entity_type {
                EntityType::Person | EntityType::Org => Some(Some(actor.entity)),
                _ if stands_in => Some(Some(actor.entity)),
                EntityType::Place if entity.id.starts_with("state:") => Some(None),
                _ => None,
            };
        }
        let speaks = lexicon.headlines.sources.has(&lemma) || lexicon.headlines.comment.has(&lemma);
        speaks.then(|| located.owners(token).last().and_then(|o| located.entity(*o, registry)))
    }

    /// "…, X said": subject and verb alone.
    fn is_tag(&self, verb: usize) -> bool {
        let located = self.actors.located;
        located.sentence.children(verb).all(|c| {
            matches!(located.token(c).dep, Dep::Nsubj | Dep::Punct | Dep::Npadvmod | Dep::Aux | Dep::Prep | Dep::Advmod)
        })
    }

    /// A predicate inside quotation marks belongs to whoever speaks the quotation.
    fn of_quotation(&self, token: usize, passed: &[usize], registry: &mut Registry) -> Option<Speaker> {
        let located = self.actors.located;
        let inside = |t: usize| self.quotations.iter().find(|q| q.contains(located.token(t).span)).copied();
        let quotation = inside(token)?;
        let mut verbs = (0..located.tokens().len()).filter(|&t| {
            !quotation.overlaps(located.token(t).span)
                && inside(t).is_none()
                && is_verb(located, t)
                && self.actors.lexicon.quoting.has(&located.token(t).lemma.to_lowercase())
        });
        let speaking = verbs.next_back().filter(|v| !passed.contains(v) || located.token(*v).dep == Dep::Root);
        match speaking {
            Some(verb) => Some(self.subject(verb, registry)),
            None => {
                // Its last word is quoted; the mark behind it may be the sentence's.
                let whole =
                    located.tokens().iter().rfind(|t| t.pos != Pos::Punct).is_some_and(|t| t.span.end <= quotation.end);
                if let Some(speaker) = self.discourse.quotations.get(&quotation) {
                    return Some(*speaker);
                }
                let recent = self.discourse.quoted.filter(|(_, block)| self.block - block <= 1);
                recent.filter(|_| whole).map(|(speaker, _)| speaker).or(Some(None))
            }
        }
    }

    /// The source that this sentence names: "according to X".
    pub fn source(&self, registry: &mut Registry) -> Option<Speaker> {
        let located = self.actors.located;
        let according =
            (0..located.tokens().len()).find(|&t| located.token(t).text.eq_ignore_ascii_case("according"))?;
        self.source_object(according).map(|o| self.speaker(o, registry))
    }

    /// The speaker of this sentence's quotation or report, for the sentences after it.
    pub fn spoken(&self, registry: &mut Registry) -> Option<Speaker> {
        let located = self.actors.located;
        let verb = (0..located.tokens().len()).rfind(|&t| {
            let word = located.token(t);
            is_verb(located, t)
                && self.actors.lexicon.quoting.has(&word.lemma.to_lowercase())
                && !self.quotations.iter().any(|q| q.contains(word.span))
                && located.sentence.child(t, &[Dep::Nsubj]).is_some()
        })?;
        Some(self.subject(verb, registry))
    }
}
