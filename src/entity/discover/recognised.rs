//! What the network recognised in a sentence in, unlisted names of our types out: trimmed, split, checked against the lists.

use super::demonym;
use super::grammar::kind as kind_of_word;
use super::phrase::Phrases;
use super::sighting::{FoundBy, Sighting};
use crate::analysis::EntityType;
use crate::entity::is_sum;
use crate::syntax::{NameLabel, Pos, Recognised, Tag};

impl Phrases<'_> {
    /// Sightings for the spans (bytes of the document) that lie in this sentence.
    pub fn by_network(&self, recognised: &[Recognised]) -> Vec<Sighting> {
        let inside = recognised.iter().filter(|r| self.located.sentence.span.contains(r.span));
        inside.flat_map(|r| self.demonym(r).map_or_else(|| self.of_span(r), |d| vec![d])).collect()
    }

    /// "Californian", "Bavarians": the listed place whose people or thing it is.
    fn demonym(&self, recognised: &Recognised) -> Option<Sighting> {
        let token = (0..self.count()).find(|&t| self.token(t).span == recognised.span)?;
        let listed = demonym::place_of(&self.token(token).text, self.gazetteer)?;
        let free = recognised.label == NameLabel::Norp && self.listed(token).is_none();
        let sighting = || self.sighting(token, token, EntityType::Place, FoundBy::Recogniser);
        free.then(|| Sighting { listed: Some(listed), ..sighting() })
    }

    fn of_span(&self, recognised: &Recognised) -> Vec<Sighting> {
        let Some(kind) = self.kind_of_label(recognised) else { return Vec::new() };
        let covered: Vec<usize> = (0..self.count()).filter(|&t| self.token(t).span.overlaps(recognised.span)).collect();
        let (Some(&first), Some(&last)) = (covered.first(), covered.last()) else { return Vec::new() };
        if last + 1 < self.count() && is_sum(&self.token(last).text, &self.token(last + 1).text) {
            return Vec::new();
        }
        let body = (first..=last).any(|t| self.is_plain(t) || self.token(t).text == "&");
        let whole = kind == EntityType::Event || kind == EntityType::Org && body;
        let mut parts = if whole { vec![(first, last)] } else { self.conjuncts_of(first, last) };
        parts.retain(|&(f, l)| f <= l);
        parts.into_iter().filter_map(|(f, l)| self.one(f, l, kind)).collect()
    }

    /// PERSON, places, buildings, bodies, events; adherents of a party are the party, a people is OTHER, a creed is nothing.
    fn kind_of_label(&self, recognised: &Recognised) -> Option<EntityType> {
        Some(match recognised.label {
            NameLabel::Person => EntityType::Person,
            NameLabel::Gpe | NameLabel::Loc => EntityType::Place,
            NameLabel::Fac => EntityType::Facility,
            NameLabel::Org => EntityType::Org,
            NameLabel::Event => EntityType::Event,
            NameLabel::Norp => self.kind_of_group(recognised)?,
            _ => return None,
        })
    }

    fn kind_of_group(&self, recognised: &Recognised) -> Option<EntityType> {
        let last = (0..self.count()).rfind(|&t| self.token(t).span.overlaps(recognised.span))?;
        if self.is_no_name(last) {
            return None;
        }
        let party = self.lexicon.partisans.has(&self.lower(last));
        let plural = matches!(self.token(last).tag, Tag::Nnps | Tag::Nns);
        let people = plural || self.token(last).pos == Pos::Propn || self.token(last).pos == Pos::Adj;
        // "South American" is of a part of the world that a list may lack.
        let region =
            last > 0 && self.is_nationality(last) && self.lexicon.kinds_beside.contains_key(&self.lower(last - 1));
        if region {
            return Some(EntityType::Place);
        }
        if party { Some(EntityType::Org) } else { people.then_some(EntityType::Other) }
    }

    /// "Anna Berg and Lars Holm" are two.
    fn conjuncts_of(&self, first: usize, last: usize) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let mut start = first;
        for t in first..=last {
            if matches!(self.token(t).text.as_str(), "and" | "," | "or" | "/" | ";") {
                if t > start {
                    parts.push((start, t - 1));
                }
                start = t + 1;
            }
        }
        parts.push((start, last));
        parts
    }

    fn one(&self, first: usize, last: usize, kind: EntityType) -> Option<Sighting> {
        let (first, last) = self.trimmed(first, last)?;
        let last = if kind == EntityType::Person { self.before_of(first, last) } else { last };
        let (kind, first, last) = self.told_by_titles(kind, first, last);
        let kind = self.told_by_head(kind, first, last);
        let letters = first == last && self.token(first).text.chars().filter(|c| c.is_uppercase()).count() >= 2;
        let kind = if letters && self.is_loud(first) && kind == EntityType::Person { EntityType::Org } else { kind };
        let person = kind == EntityType::Person;
        let (first, titled) = if person { self.without_titles(first, last)? } else { (first, false) };
        let first = if kind == EntityType::Org { self.start_of_party(first, last) } else { first };
        let (first, last) = self.beside_listed(first, last, kind)?;
        let proper = (first..=last).any(|t| self.is_proper(t) || kind == EntityType::Other && self.is_capital(t));
        let nobody = (first..=last).all(|t| self.is_no_name(t) || self.is_title(t) || !self.is_capital(t));
        if !proper || nobody || !self.token(last).text.chars().any(char::is_alphanumeric) {
            return None;
        }
        if kind != EntityType::Person && self.is_common(first, last) {
            return None;
        }
        // What it is called tells more than the network's label; a body's head tells more still.
        let called = last > first && !self.is_plain(last) && self.is_called_a_person(first, last);
        if called && kind != EntityType::Event {
            return Some(self.sighting(first, last, EntityType::Person, FoundBy::Apposition));
        }
        let titled = titled || kind == EntityType::Person && !self.titles_before(first).is_empty();
        Some(self.sighting(first, last, kind, if titled { FoundBy::Title } else { FoundBy::Recogniser }))
    }

    /// "Ida Storm of Tolo": what follows is where the person is from.
    fn before_of(&self, first: usize, last: usize) -> usize {
        (first + 1..=last).find(|&t| self.token(t).text == "of").map_or(last, |of| of - 1)
    }

    /// "Small Business Minister Joe Hockey", "Dr Hollingworth" are people whatever the network calls them; "Tampa Captain" is Tampa.
    fn told_by_titles(&self, kind: EntityType, first: usize, mut last: usize) -> (EntityType, usize, usize) {
        while last > first && kind != EntityType::Person && self.is_title(last) && self.is_name_after(last) {
            last -= 1;
        }
        let title = (first..last).rev().find(|&t| self.is_title(t) && self.listed(t).is_none());
        match title {
            Some(t) if self.is_person_after(t, first, last, kind) => (EntityType::Person, t + 1, last),
            _ => (kind, first, last),
        }
    }

    fn is_name_after(&self, t: usize) -> bool {
        t + 1 < self.count() && self.adjoins(t + 1) && self.is_proper(t + 1)
    }

    /// After an office inside the span, or a form of address at its head, comes a person; "General Motors" is a body.
    fn is_person_after(&self, title: usize, first: usize, last: usize, kind: EntityType) -> bool {
        let address = self.lexicon.male.has(&self.lower(title))
            || self.lexicon.female.has(&self.lower(title))
            || self.lower(title) == "dr";
        let letters = (title + 1..=last).all(|t| {
            self.is_capital(t) && !self.is_plain(t) && self.listed(t).is_none()
                || self.lexicon.name_particles.has(&self.token(t).text)
        });
        let leads = kind == EntityType::Person || address || title > first;
        leads && letters && last - title <= 4
    }

    /// "Picton Road" is no person: the last word tells the kind.
    fn told_by_head(&self, kind: EntityType, first: usize, last: usize) -> EntityType {
        let head = self.lower(last);
        if first == last || kind == EntityType::Other {
            return kind;
        }
        let other = self.lexicon.name_heads.get(&head).and_then(|k| kind_of_word(k));
        other.or_else(|| self.lexicon.body_heads.contains_key(&head).then_some(EntityType::Org)).unwrap_or(kind)
    }

    /// Capital letters alone.
    fn is_loud(&self, t: usize) -> bool {
        self.token(t).text.chars().all(|c| c.is_uppercase() || c == '.')
    }

    /// "Free Democrats", where the network saw the second word alone.
    fn start_of_party(&self, first: usize, last: usize) -> usize {
        let party = first == last && self.lexicon.partisans.has(&self.lower(last));
        let leads =
            party && self.adjoins(first) && self.is_capital(first - 1) && self.listed(first - 1).is_none() && first > 1;
        if leads { first - 1 } else { first }
    }

    /// "Cabinet", "Supreme Council", "Digital" before "Minister": words that name no one by themselves.
    fn is_common(&self, first: usize, last: usize) -> bool {
        let plain = |t: usize| self.is_plain(t) || self.lexicon.state_organs.has(&self.lower(t));
        let next = last + 1;
        let office = next < self.count() && self.adjoins(next) && self.is_title(next) && self.is_capital(next);
        let cut = next < self.count() && self.adjoins(next) && self.is_proper(next) && self.listed(next).is_none();
        (first..=last).all(plain) || first == last && (office || cut)
    }

    /// Without article, quotation marks, possessive mark and words in small letters at either end.
    fn trimmed(&self, mut first: usize, mut last: usize) -> Option<(usize, usize)> {
        let particle = |t: usize| self.lexicon.name_particles.has(&self.token(t).text);
        let outside = |t: usize| {
            let word = &self.token(t).text;
            let the = matches!(word.to_lowercase().as_str(), "the" | "a" | "an" | "this" | "that");
            let tied = t > 0 && self.token(t - 1).span.end == self.token(t).span.start;
            let small = word.chars().all(|c| c.is_lowercase()) && !particle(t) && !tied;
            let digits = word.chars().all(|c| c.is_ascii_digit());
            the || small || self.token(t).tag == Tag::Pos || !digits && !word.chars().any(char::is_alphanumeric)
        };
        while first <= last && outside(first) {
            first += 1;
        }
        while last > first && (outside(last) || particle(last)) {
            last -= 1;
        }
        (first <= last && !outside(first) && last - first < 12).then_some((first, last))
    }

    fn without_titles(&self, mut first: usize, last: usize) -> Option<(usize, bool)> {
        let from = first;
        let title = |t: usize| self.is_title(t) || t == 0 && self.lexicon.person_nouns.has(&self.lower(t));
        let mark = |t: usize| self.token(t).text == "." || t > from && self.token(t).text == "-";
        while first < last && (title(first) || mark(first)) {
            first += 1;
        }
        (!self.is_title(first) || first == from && first < last).then_some((first, first > from))
    }

    /// What a list has already stays as it is, unless the span is a longer name with words that no list explains.
    fn beside_listed(&self, mut first: usize, mut last: usize, kind: EntityType) -> Option<(usize, usize)> {
        let listed = |t: usize| self.listed(t).is_some();
        let telling = |t: usize| {
            let word = self.token(t).pos != Pos::Punct && !self.is_title(t) && !self.is_no_name(t);
            !listed(t) && self.is_capital(t) && word
        };
        let region =
            kind == EntityType::Place && last == first + 1 && self.is_nationality(last) && self.is_capital(first);
        if region || (first..=last).all(|t| !listed(t)) {
            return Some((first, last));
        }
        // "Queensland Government" is Queensland's: its organ acts for it.
        let organ = self.lexicon.state_organs.has(&self.lower(last)) && !listed(last);
        let plain = || (first..=last).filter(|&t| telling(t)).all(|t| self.is_plain(t) || t == last);
        let of_state = self.lexicon.state_organs.has(&self.lower(first)) && (first + 1..=last).all(|t| !telling(t));
        if !(first..=last).any(telling) || of_state || organ && plain() {
            return None;
        }
        // A whole listed person or a nationality leads, and the name begins after it.
        while first <= last
            && listed(first)
            && (kind == EntityType::Person && self.is_nationality(first) || self.is_long(first))
        {
            first += 1;
        }
        while last > first && listed(last) && self.is_long(last) {
            last -= 1;
        }
        if kind == EntityType::Org && self.is_nationality(first) {
            first = self.after_nationality(first, last);
        }
        if kind == EntityType::Org && first == last && first > 0 && self.is_nationality(first - 1) {
            return None;
        }
        let body_of_its_own = |t: usize| self.is_same_body(t, first, last);
        if first > last || !(first..=last).any(telling) || (first..=last).any(body_of_its_own) {
            return None;
        }
        // A place's label over a listed place gives nothing new.
        (kind != EntityType::Place || !listed(last)).then_some((first, last))
    }

    /// Part of a listed name of several words.
    fn is_long(&self, t: usize) -> bool {
        let mention = self.listed(t);
        mention.is_some_and(|m| {
            (0..self.count()).filter(|&o| self.listed(o).is_some_and(|l| l.span == m.span)).count() > 1
        }) && mention.is_some_and(|m| self.registry.entity(m.entity).entity_type == EntityType::Person)
    }

    /// A listed body followed by no more than a common head: "Reuters News Agency" is Reuters.
    fn is_same_body(&self, t: usize, first: usize, last: usize) -> bool {
        let body = self.listed(t).is_some_and(|m| self.registry.entity(m.entity).entity_type == EntityType::Org);
        let plain = |o: usize| {
            let word = self.lower(o);
            self.lexicon.body_heads.contains_key(&word) || self.lexicon.body_modifiers.has(&word) || !self.is_capital(o)
        };
        body && t == first && (first..=last).filter(|&o| self.listed(o).is_none()).all(plain)
    }

    fn after_nationality(&self, first: usize, last: usize) -> usize {
        let organ = (first..=last).any(|t| self.lexicon.state_organs.has(&self.lower(t)));
        // "Western Intelligence" is no name; "British Airways" is.
        let plain = last == first + 1 && !self.is_plain(last);
        if organ && last > first || plain { first + 1 } else { first }
    }
}
