//! Deverbal nouns in, edges between their agents and patients out: "Russia's invasion of Ukraine", "talks between A and B".

use super::actor::Actor;
use super::edges::{Collector, Edge, differs};
use super::mutual::MOST_MEMBERS;
use super::predicate::Predicate;
use crate::analysis::EntityType;
use crate::entity::Registry;
use crate::entity::subject::{is_verb, surface};
use crate::lexicon::NounFrame;
use crate::syntax::{Dep, Pos};

impl Collector<'_> {
    pub fn noun(&mut self, noun: usize, registry: &mut Registry) {
        let located = self.actors.located;
        let word = located.token(noun);
        if word.pos != Pos::Noun && word.pos != Pos::Propn || located.covering(noun).is_some() {
            return;
        }
        let Some(frame) = self.actors.lexicon.nouns.get(&word.lemma.to_lowercase()).cloned() else { return };
        let (mut agents, before) = self.premodifiers(noun, &frame, registry);
        let links = self.noun_links(noun, &frame);
        let mut patients: Vec<(Option<usize>, Vec<Actor>)> = Vec::new();
        for (link, object) in links {
            let lemma = located.token(link).lemma.to_lowercase();
            let mut actors = self.actors.all(object, registry);
            if actors.is_empty() && self.actors.lexicon.judging_nouns.has(&word.lemma.to_lowercase()) {
                // "protests against abuses by X".
                let owners = self.owners_of(object, &["by", "from"], true, registry);
                actors = owners.into_iter().flat_map(|(_, theirs)| theirs).collect();
            }
            match lemma.as_str() {
                "between" if frame.mutual => return self.mutual_noun(noun, Some(link), &actors),
                "by" | "from" if agents.is_empty() && !frame.patient.contains(&lemma) => agents = actors,
                "of" if agents.is_empty() && !frame.patient.contains(&lemma) => agents = actors,
                _ if frame.patient.contains(&lemma) && !actors.is_empty() => patients.push((Some(link), actors)),
                _ => {}
            }
        }
        if !before.is_empty() {
            patients.push((None, before));
        }
        if patients.is_empty() && frame.mutual && agents.len() >= 2 {
            return self.mutual_noun(noun, None, &agents);
        }
        let judges = self.actors.lexicon.judging_nouns.has(&word.lemma.to_lowercase());
        if agents.is_empty() && (frame.mutual || judges) && !patients.is_empty() {
            agents = self.participants(noun, registry);
        }
        if agents.is_empty() && patients.is_empty() && self.actors.lexicon.meetings.has(&word.lemma.to_lowercase()) {
            let gathered = self.gathered(noun, registry);
            return self.mutual_noun(noun, None, &gathered);
        }
        self.noun_edges(noun, &frame, &agents, &patients);
    }

    /// Possessors and nationalities are agents; a bare name before "invasion" is its patient.
    fn premodifiers(&self, noun: usize, frame: &NounFrame, registry: &mut Registry) -> (Vec<Actor>, Vec<Actor>) {
        let located = self.actors.located;
        let (mut agents, mut patients) = (Vec::new(), Vec::new());
        for c in located.sentence.children(noun).filter(|&c| located.token(c).dep.is_premodifier()).collect::<Vec<_>>()
        {
            let name = located.headed(c).first().map(|&m| registry.mentions[m].clone());
            let bare = name.as_ref().is_some_and(|m| !m.demonym) && located.token(c).dep != Dep::Poss;
            let lemma = located.token(noun).lemma.to_lowercase();
            if self.actors.lexicon.venued.has(&lemma) && located.token(c).dep != Dep::Poss
                || bare && self.told(noun).is_some()
            {
                continue;
            }
            let actors: Vec<Actor> = self
                .actors
                .all(c, registry)
                .into_iter()
                // "its World Cup campaign": when and where, nobody's deed.
                .filter(|a| registry.entity(a.entity).entity_type != EntityType::Event)
                .collect();
            if bare && (frame.compound || frame.patient.iter().any(|p| p == "in")) && !frame.mutual {
                patients.extend(actors);
            } else {
                agents.extend(actors);
            }
        }
        if agents.is_empty() {
            agents = self.shared_agents(noun, registry);
        }
        (agents, patients)
    }

    /// "Western sanctions and arms sales", "backing from X or help", "X's war of aggression": what the first noun has goes for both.
    fn shared_agents(&self, noun: usize, registry: &mut Registry) -> Vec<Actor> {
        let located = self.actors.located;
        let word = located.token(noun);
        let first = match word.dep {
            Dep::Conj => word.head,
            Dep::Pobj if located.token(word.head).lemma == "of" => located.token(word.head).head,
            _ => return Vec::new(),
        };
        let event = word.dep == Dep::Conj || self.actors.lexicon.nouns.contains_key(&located.token(first).lemma);
        if located.token(first).pos != Pos::Noun || !event {
            return Vec::new();
        }
        let before = located.sentence.children(first).filter(|&c| c < first && located.token(c).dep.is_premodifier());
        let by = located.sentence.children(first).filter(|&c| matches!(located.token(c).lemma.as_str(), "by" | "from"));
        let sources = before.chain(by.filter_map(|p| located.sentence.child(p, &[Dep::Pobj])));
        sources.collect::<Vec<_>>().into_iter().flat_map(|c| self.actors.all(c, registry)).collect()
    }

    /// Prepositions of the noun, and those after it that its frame asks for though the parser gave them to its verb.
    fn noun_links(&self, noun: usize, frame: &NounFrame) -> Vec<(usize, usize)> {
        let located = self.actors.located;
        let own = located.sentence.children(noun).filter(|&p| matches!(located.token(p).dep, Dep::Prep | Dep::Agent));
        let mut top = noun;
        while located.token(top).dep == Dep::Conj {
            top = located.token(top).head;
        }
        let verb =
            Some(located.token(top).head).filter(|&v| located.token(top).dep == Dep::Dobj && is_verb(located, v));
        let lent = verb.into_iter().flat_map(|v| located.sentence.children(v)).filter(|&p| {
            let word = located.token(p);
            p > noun
                && matches!(word.dep, Dep::Prep | Dep::Dative)
                && frame.patient.contains(&word.lemma.to_lowercase())
        });
        let prepositions: Vec<usize> = own.chain(lent).collect();
        prepositions.into_iter().filter_map(|p| Some((p, located.sentence.child(p, &[Dep::Pobj])?))).collect()
    }

    /// In "came for talks with X" and "said during a call with X" the verb's subject takes part.
    fn participants(&self, noun: usize, registry: &mut Registry) -> Vec<Actor> {
        let located = self.actors.located;
        let word = located.token(noun);
        if word.dep != Dep::Pobj || self.consumed.contains(&noun) {
            return Vec::new();
        }
        let link = word.head;
        let verb = located.token(link).head;
        let joins = matches!(
            located.token(link).lemma.to_lowercase().as_str(),
            "for" | "in" | "during" | "after" | "at" | "following"
        );
        if !joins || !is_verb(located, verb) {
            return Vec::new();
        }
        let subjects = surface(located, self.actors.lexicon, verb);
        subjects.into_iter().flat_map(|s| self.actors.all(s, registry)).collect()
    }

    /// "A and B arrived in Geneva for talks": with each other, where nobody else is named.
    fn gathered(&self, noun: usize, registry: &mut Registry) -> Vec<Actor> {
        let located = self.actors.located;
        let for_it = located.token(located.token(noun).head).text.eq_ignore_ascii_case("for");
        let joined = located.sentence.children(noun).any(|c| matches!(located.token(c).dep, Dep::Prep | Dep::Poss));
        if for_it && !joined { self.participants(noun, registry) } else { Vec::new() }
    }

    fn noun_edges(
        &mut self,
        noun: usize,
        frame: &NounFrame,
        agents: &[Actor],
        patients: &[(Option<usize>, Vec<Actor>)],
    ) {
        let located = self.actors.located;
        for (link, actors) in patients {
            let mut predicate = self.deed(noun);
            match link {
                Some(link) => predicate = predicate.with(located, *link),
                None => predicate.push(frame.patient.first().cloned().unwrap_or_default(), noun),
            }
            for agent in agents {
                for patient in actors.iter().filter(|p| differs(agent, p)) {
                    self.push_noun(noun, predicate.clone(), agent, patient, false);
                }
            }
        }
    }

    /// The word before a deverbal noun that makes another deed of it: "legal" of an action.
    pub(super) fn told(&self, noun: usize) -> Option<usize> {
        let located = self.actors.located;
        let telling = |c: &usize| self.actors.lexicon.telling.has(&located.token(*c).lemma.to_lowercase());
        located.sentence.children(noun).find(|c| *c < noun && telling(c))
    }

    fn deed(&self, noun: usize) -> Predicate {
        let located = self.actors.located;
        match self.told(noun) {
            Some(word) => Predicate::of_noun(located, word).with(located, noun),
            None => Predicate::of_noun(located, noun),
        }
    }

    fn mutual_noun(&mut self, noun: usize, link: Option<usize>, members: &[Actor]) {
        let located = self.actors.located;
        if members.len() > MOST_MEMBERS {
            self.crowd(noun);
            return;
        }
        let mut predicate = self.deed(noun);
        if let Some(link) = link {
            predicate = predicate.with(located, link);
        }
        for (i, a) in members.iter().enumerate() {
            for b in members[i + 1..].iter().filter(|b| differs(a, b)) {
                self.push_noun(noun, predicate.clone(), a, b, true);
            }
        }
    }

    fn push_noun(&mut self, noun: usize, predicate: Predicate, subject: &Actor, object: &Actor, symmetric: bool) {
        // "launched his invasion of X" is one deed.
        let pair = |e: &Edge| (e.subject.entity, e.object.entity);
        let (one, other) = ((subject.entity, object.entity), (object.entity, subject.entity));
        if self
            .edges
            .iter()
            .any(|e| (pair(e) == one || e.symmetric && pair(e) == other) && e.predicate.tokens().any(|t| t == noun))
        {
            return;
        }
        self.edges.push(Edge {
            subject: subject.clone(),
            object: object.clone(),
            predicate,
            symmetric,
            trigger: noun,
            nouns: vec![noun],
        });
    }
}
