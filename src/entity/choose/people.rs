//! A name that may be a listed person's in, whether it can be theirs and what speaks for them out: title, office, day, country.

use super::evidence::Evidence;
use super::explain::{Reason, Score};
use super::guards::Guards;
use super::hits::Hit;
use crate::gazetteer::{Alias, AliasKind, Candidate, Entry, EntryId};
use jiff::ToSpan;
use jiff::civil::Date;

/// Years before an office in which a surname alone can already mean its later holder.
const BEFORE: i64 = 6;
/// Years after it.
const AFTER: i64 = 25;

/// A person who may be meant.
pub(super) struct Person<'e, 'a> {
    pub(super) guards: Guards<'a>,
    pub(super) evidence: &'e Evidence<'a>,
    pub(super) published: Option<Date>,
}

impl Person<'_, '_> {
    /// Whether the name can be theirs: a surname needs the full name, an office or the country in the document, and its day near
    /// an office of theirs.
    pub(super) fn is_possible(&self, hit: &Hit, id: EntryId, alias: Alias) -> bool {
        let entry = self.guards.gazetteer.entry(id);
        if self.evidence.is_named(id) {
            return self.agrees(hit, entry);
        }
        let surname = alias.kind() == AliasKind::Surname;
        // "a Muslim nation": whoever bears such a name needs the rest of it, or a title.
        if surname && self.guards.title(hit).is_none() && self.guards.lexicon.no_names.has(&hit.words().to_lowercase())
        {
            return false;
        }
        if surname
            && (!is_of_the_time(entry, self.published)
                || !self.agrees(hit, entry)
                || self.evidence.is_unlisted(hit.words()))
        {
            return false;
        }
        !alias.needs_context() || self.is_called(hit, entry) || self.is_at_home(hit, id, alias)
    }

    pub(super) fn score(&self, hit: &Hit, id: EntryId) -> Score {
        let entry = self.guards.gazetteer.entry(id);
        let mut score = Score::default();
        score.add(Reason::Prior, entry.prior().map_or(0, i32::from));
        score.add(Reason::Named, 1000 * i32::from(self.evidence.is_named(id)));
        score.add(Reason::Office, 300 * i32::from(self.has_title(hit, entry)));
        score.add(Reason::Day, 200 * i32::from(self.is_on_duty(entry)));
        let votes = entry.country().map_or(0, |country| self.evidence.votes().of(country).min(100));
        score.add(Reason::Country, votes as i32);
        score
    }

    /// A title before it, and nothing that speaks against: "President Bush", "Mr Putin".
    fn is_called(&self, hit: &Hit, entry: Entry) -> bool {
        let Some(title) = self.guards.title(hit) else { return false };
        let own = self.has_title(hit, entry);
        let home = entry.country().is_some_and(|country| self.evidence.votes().has(country));
        let lexicon = self.guards.lexicon;
        let address = lexicon.male.has(&title) || lexicon.female.has(&title);
        own || home || !address || self.is_on_duty(entry)
    }

    /// The title is one of their offices.
    fn has_title(&self, hit: &Hit, entry: Entry) -> bool {
        let Some(word) = hit.before.as_ref().map(|b| b.word) else { return false };
        entry.roles().any(|r| r.title().split(' ').any(|w| w.eq_ignore_ascii_case(word)))
    }

    /// Gender and walk of life: "Mr Harris" is not Kamala Harris, "Detective Brown" no minister, "Judge Lee" a judge.
    fn agrees(&self, hit: &Hit, entry: Entry) -> bool {
        let gender = self.guards.gender(hit).zip(entry.gender()).is_none_or(|(told, own)| told == own);
        let Some(title) = self.guards.title(hit) else { return gender };
        let sector = self.guards.lexicon.offices.get(&title).map(String::as_str);
        let apart = sector.filter(|s| matches!(*s, "JUD" | "REL" | "EDU" | "MED"));
        let own = apart.is_none_or(|s| entry.sector() == Some(s)) && !self.guards.lexicon.walks.has(&title);
        gender && (own || self.has_title(hit, entry))
    }

    fn is_on_duty(&self, entry: Entry) -> bool {
        self.published.is_some_and(|day| entry.roles().any(|r| r.covers(day)))
    }

    /// A surname without the full name, where the document names the person's state and no other of that name would do.
    fn is_at_home(&self, hit: &Hit, id: EntryId, alias: Alias) -> bool {
        let plausible = |id: EntryId| {
            let entry = self.guards.gazetteer.entry(id);
            let voted = entry.country().is_some_and(|c| self.evidence.votes().has(c));
            voted && self.published.is_none_or(|day| entry.roles().any(|r| r.covers(day)))
        };
        let people = hit.candidates.iter().filter(|candidate| match candidate {
            Candidate::Entity { entry, alias } => {
                let surname = self.guards.gazetteer.entry(*entry).alias(*alias).kind() == AliasKind::Surname;
                surname && plausible(*entry)
            }
            Candidate::Generic { .. } => false,
        });
        alias.kind() == AliasKind::Surname && !hit.opening && plausible(id) && people.count() == 1
    }
}

/// Some office of theirs, checked or not, is near the day; who has no dated office is of any time.
pub(super) fn is_of_the_time(entry: Entry, published: Option<Date>) -> bool {
    let Some(day) = published else { return true };
    let terms = || entry.roles().filter_map(|r| r.term()).filter(|t| t.start.day.is_some() || t.end.day.is_some());
    let near = terms().any(|term| {
        let from = term.start.day.or(term.end.day).and_then(|d| d.checked_sub(BEFORE.years()).ok());
        let to = term.end.day.and_then(|d| d.checked_add(AFTER.years()).ok());
        from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t)
    });
    near || terms().next().is_none()
}
