//! A sentence in, the unlisted names that its grammar gives away out: name heads, kinds, titles, appositions, speech.

use super::phrase::Phrases;
use super::sighting::{FoundBy, Sighting};
use crate::analysis::EntityType;
use crate::syntax::{Dep, Pos};

/// Tokens `first..=last`.
type Run = (usize, usize);

impl Phrases<'_> {
    /// Names by grammar; they do not overlap.
    pub fn by_grammar(&self) -> Vec<Sighting> {
        let mut found = self.with_heads();
        for run in self.runs() {
            let Some(sighting) = self.person_or_place(run) else { continue };
            if !found.iter().any(|f| f.overlaps(&sighting)) {
                found.push(sighting);
            }
        }
        found
    }

    /// Neighbouring proper nouns that no list covers, with what is tied to the last ("Kim Jong-un").
    pub fn runs(&self) -> Vec<Run> {
        let tied = |last: usize| {
            let ends = |t: usize| t < self.count() && self.token(t).span.start == self.token(t - 1).span.end;
            let word = |t: usize| self.token(t).text.chars().all(char::is_alphabetic) && self.listed(t).is_none();
            let hyphen = ends(last + 1) && self.token(last + 1).text == "-";
            if hyphen && ends(last + 2) && word(last + 2) { last + 2 } else { last }
        };
        self.proper_runs().into_iter().map(|(first, last)| (first, tied(last))).collect()
    }

    fn proper_runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for t in (0..self.count()).filter(|&t| self.is_proper(t) && self.listed(t).is_none()) {
            match runs.last_mut() {
                Some(run) if self.continues(run.1, t) => run.1 = t,
                _ => runs.push((t, t)),
            }
        }
        runs
    }

    /// `next` goes on with the name that ends in `last`: directly, over a hyphen, or over small words ("van der").
    fn continues(&self, last: usize, next: usize) -> bool {
        if next == last + 1 {
            return self.adjoins(next);
        }
        let between = last + 1..next;
        let hyphen = next == last + 2
            && self.token(last + 1).text == "-"
            && self.token(next).span.start == self.token(last).span.end + 1;
        let particle = |t| self.lexicon.name_particles.has(&self.token(t).text) && self.listed(t).is_none();
        hyphen || next - last <= 3 && between.clone().all(particle) && (last + 1..=next).all(|t| self.adjoins(t))
    }

    /// Names whose own words say their kind: "Sunrise Holdings", "University of X", "Lake X".
    fn with_heads(&self) -> Vec<Sighting> {
        let mut found: Vec<Sighting> = Vec::new();
        for t in 0..self.count() {
            if !self.is_capital(t) || self.listed(t).is_some() || found.iter().any(|f| t <= f.last) {
                continue;
            }
            let thing = self.body(t).or_else(|| self.headed_thing(t)).or_else(|| self.started_thing(t));
            let name = thing.or_else(|| self.club(t));
            let fresh = name.filter(|n| !found.iter().any(|f| f.overlaps(n)));
            found.extend(fresh);
        }
        found
    }

    /// The leftmost token of the capitalised words that lead up to `head`; a listed name of its own kind ends them.
    fn start_of_name(&self, head: usize) -> usize {
        let mut first = head;
        while first > 0 && self.adjoins(first) && self.may_lead(first - 1) {
            first -= 1;
        }
        while first < head && (self.is_title(first) && self.listed(first).is_none() || self.is_hyphen_token(first)) {
            first += 1;
        }
        first
    }

    fn is_hyphen_token(&self, t: usize) -> bool {
        matches!(self.token(t).text.as_str(), "-" | "&")
    }

    fn may_lead(&self, t: usize) -> bool {
        let person = self.listed(t).is_some_and(|m| self.registry.entity(m.entity).entity_type == EntityType::Person);
        let name = matches!(self.token(t).pos, Pos::Propn | Pos::Adj | Pos::Noun) || self.listed(t).is_some();
        let ampersand = t > 0 && self.is_hyphen_token(t) && self.is_capital(t - 1);
        !person && (self.is_capital(t) && name && !self.is_day(t) || ampersand)
    }

    fn is_day(&self, t: usize) -> bool {
        self.is_no_name(t) && self.listed(t).is_none() && t == 0
    }

    /// "Sunrise Technology Group", "University of Lilongwe", "German Institute for Polish Affairs".
    fn body(&self, head: usize) -> Option<Sighting> {
        let sector = self.lexicon.body_heads.get(&self.lower(head))?;
        let goes_on = head + 1 < self.count() && self.adjoins(head + 1) && self.is_capital(head + 1);
        // In "Bank Mandiri" and "Group Captain" the head is not the end.
        let last = if goes_on { return None } else { self.end_of_body(head) };
        let first = self.without_nationality(self.start_of_name(head), head, last);
        let telling = (first..=last).any(|t| t != head && self.is_capital(t) && !self.is_plain(t));
        let long = last > first;
        if !long || !telling && last == head && last - first < 1 {
            return None;
        }
        let mut sighting = self.sighting(first, last, EntityType::Org, FoundBy::NameHead);
        sighting.facts.sector = Some(sector.clone()).filter(|s| s != "-");
        Some(sighting)
    }

    /// A word that says nothing of which body it is.
    pub fn is_plain(&self, t: usize) -> bool {
        let word = self.lower(t);
        self.lexicon.body_modifiers.has(&word) || self.lexicon.body_heads.contains_key(&word)
    }

    /// The last token of "Institute for Polish Affairs", counted from its head.
    fn end_of_body(&self, head: usize) -> usize {
        let mut at = head + 1;
        let preposition = |t: usize| self.lexicon.body_prepositions.has(&self.token(t).text);
        if at >= self.count() || !preposition(at) || !self.adjoins(at) {
            return head;
        }
        at += 1;
        if at < self.count() && self.token(at).text == "the" {
            at += 1;
        }
        let from = at;
        while at < self.count()
            && self.is_capital(at)
            && self.adjoins(at)
            && self.token(at).pos != Pos::Pron
            && !self.is_no_name(at)
        {
            at += 1;
        }
        let organ = self.lexicon.state_organs.has(&self.lower(head));
        let nation = at == from + 1
            && self.listed(from).is_some_and(|m| self.registry.entity(m.entity).id.starts_with("state:"));
        if at == from || organ && nation { head } else { at - 1 }
    }

    /// Nationality and body are two names where the rest is a body's name by itself.
    fn without_nationality(&self, first: usize, head: usize, last: usize) -> usize {
        if first >= head || !self.is_nationality(first) {
            return first;
        }
        let rest = first + 1;
        let organ = self.lexicon.state_organs.has(&self.lower(head));
        let distinct = (rest..=last).any(|t| t != head && self.is_capital(t) && !self.is_plain(t)) && rest < head;
        if organ || distinct && last == head { rest } else { first }
    }

    /// "Karume Dam", "Tolo Province", "Winter Games".
    fn headed_thing(&self, head: usize) -> Option<Sighting> {
        let kind = kind(self.lexicon.name_heads.get(&self.lower(head))?)?;
        let first = self.start_of_name(head);
        if kind == EntityType::Event && first == head && self.end_of_body(head) > head {
            return Some(self.sighting(head, self.end_of_body(head), kind, FoundBy::NameHead));
        }
        let goes_on = head + 1 < self.count() && self.adjoins(head + 1) && self.is_proper(head + 1);
        let telling = (first..head).any(|t| !self.is_plain(t) && self.is_proper(t) && !self.is_no_name(t));
        let alone = first == head || goes_on || !telling || self.is_nationality(first) && first + 1 == head;
        (!alone).then(|| self.sighting(first, head, kind, FoundBy::NameHead))
    }

    /// "Lake Karume".
    fn started_thing(&self, start: usize) -> Option<Sighting> {
        let kind = kind(self.lexicon.name_starts.get(&self.lower(start))?)?;
        let (mut first, mut last) = (start, start);
        while last + 1 < self.count() && self.adjoins(last + 1) && self.is_proper(last + 1) {
            last += 1;
        }
        if kind == EntityType::Event {
            // "Hurricane Center" is no storm.
            last = last.min(start + 1);
            let head = self.is_plain(last) || self.lexicon.name_heads.contains_key(&self.lower(last));
            if head || self.is_title(last) || self.is_no_name(last) {
                return None;
            }
            let tropical = first > 0 && self.adjoins(first) && self.is_capital(first - 1);
            first -= usize::from(tropical && self.lexicon.storm_kinds.has(&self.lower(first - 1)));
        }
        (last > start).then(|| self.sighting(first, last, kind, FoundBy::NameHead))
    }

    /// "Real Madrid", "Spartak Moscow": the club of a listed town.
    fn club(&self, start: usize) -> Option<Sighting> {
        let town = start + 1;
        let listed = town < self.count()
            && self.adjoins(town)
            && self
                .listed(town)
                .is_some_and(|m| self.registry.entity(m.entity).entity_type == EntityType::Place && !m.demonym);
        (listed && self.lexicon.clubs.has(&self.lower(start)))
            .then(|| self.sighting(start, town, EntityType::Org, FoundBy::NameHead))
    }

    fn person_or_place(&self, run: Run) -> Option<Sighting> {
        let (mut first, last) = run;
        while first < last && (self.is_title(first) || self.token(first).pos == Pos::Punct) {
            first += 1;
        }
        if self.is_title(first) || (first..=last).all(|t| self.is_no_name(t) || self.is_plain(t)) {
            return None;
        }
        let (kind, found_by) = self.kind_of(first, last)?;
        Some(self.sighting(first, last, kind, found_by))
    }

    fn kind_of(&self, first: usize, last: usize) -> Option<(EntityType, FoundBy)> {
        if let Some(kind) = self.kind_beside(first, last) {
            return Some((kind, FoundBy::Kind));
        }
        if !self.titles_before(first).is_empty() && last - first < 6 {
            return Some((EntityType::Person, FoundBy::Title));
        }
        let parts = (2..=5).contains(&(last + 1 - first));
        let head = self.head(first, last);
        if parts && (self.is_called_a_person(first, last) || self.has_age(last)) {
            return Some((EntityType::Person, FoundBy::Apposition));
        }
        if parts && self.is_persons_name(first, last) {
            return Some((EntityType::Person, FoundBy::GivenName));
        }
        let word = self.token(head);
        let verb = self.token(word.head).lemma.to_lowercase();
        let speaks = word.dep == Dep::Nsubj && self.lexicon.quoting.has(&verb);
        let suffers = matches!(word.dep, Dep::Dobj | Dep::Nsubjpass) && self.lexicon.done_to_people.has(&verb);
        (parts && (speaks || suffers)).then_some((EntityType::Person, FoundBy::PersonVerb))
    }

    /// "X, a research fellow"; "the chief executive, X".
    pub fn is_called_a_person(&self, first: usize, last: usize) -> bool {
        let nouns = self.appositions(self.head(first, last)).into_iter().filter(|&t| t < first || t > last);
        let mut lemmas = nouns.map(|t| self.token(t).lemma.to_lowercase());
        lemmas.any(|n| self.lexicon.person_nouns.has(&n) || self.lexicon.titles.has(&n))
    }

    /// "X Y, 24, won": a number between commas is a person's age.
    fn has_age(&self, last: usize) -> bool {
        let text = |t: usize| (t < self.count()).then(|| self.token(t).text.as_str());
        let age = text(last + 2).is_some_and(|n| n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit()));
        age && text(last + 1) == Some(",") && matches!(text(last + 3), Some("," | "."))
    }

    /// "Olaf X", "Maria de X": a first name that the lists know, and nothing that ends a body's name.
    fn is_persons_name(&self, first: usize, last: usize) -> bool {
        let other =
            |t: usize| self.is_plain(t) || self.is_no_name(t) || self.lexicon.name_heads.contains_key(&self.lower(t));
        let letters = |t: usize| self.token(t).text.chars().any(char::is_lowercase);
        let word = &self.token(first).text;
        let plain = |t: usize| self.lexicon.plain_words.has(&self.lower(t));
        let first_name = self.lexicon.first_names.has(word) && !(first + 1..=last).any(plain);
        let given = self.gazetteer.is_given_name(word) || first_name;
        given && letters(last) && !(first..=last).any(other)
    }

    /// "the town of X", "X province", "the company X".
    fn kind_beside(&self, first: usize, last: usize) -> Option<EntityType> {
        let of_kind =
            |t: usize| self.lexicon.kinds_beside.get(&self.token(t).lemma.to_lowercase()).and_then(|k| kind(k));
        let small = |t: usize| self.token(t).text.chars().all(char::is_lowercase);
        let head = self.token(self.head(first, last));
        if head.dep == Dep::Pobj && self.token(head.head).lemma == "of" {
            let noun = self.token(head.head).head;
            let beside = self.token(head.head).span.end + 1 >= self.token(first).span.start && small(noun);
            if let Some(EntityType::Place) = of_kind(noun).filter(|_| beside) {
                return Some(EntityType::Place);
            }
        }
        let next = last + 1;
        let compound =
            next < self.count() && self.adjoins(next) && small(next) && head.dep == Dep::Compound && head.head == next;
        compound.then(|| of_kind(next)).flatten()
    }
}

/// The type that a list of words gives; people are found by their own evidence.
pub fn kind(name: &str) -> Option<EntityType> {
    EntityType::parse(name).filter(|kind| *kind != EntityType::Person)
}
