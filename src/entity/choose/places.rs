//! A name that may be a place in, what speaks for each place out: containment, position in the sentence, region, country, distance.

use super::evidence::Evidence;
use super::explain::{Reason, Score};
use super::guards::Guards;
use super::hits::Hit;
use crate::analysis::EntityType;
use crate::gazetteer::{Candidate, Entry, EntryId};

/// Kilometres within which one place of a document speaks for another.
const NEAR: f32 = 200.0;

/// Points. A name's own weight is a hundred for each power of ten of its people.
mod points {
    pub(super) const WITHIN: i32 = 3000;
    pub(super) const SENSE: i32 = 1500;
    pub(super) const PLACE: i32 = 600;
    pub(super) const REGION: i32 = 200;
    pub(super) const NEAR: i32 = 200;
    pub(super) const COUNTRY: f32 = 200.0;
    pub(super) const STATE: i32 = 900;
    pub(super) const CAPITAL: i32 = 250;
    pub(super) const KEPT_BY_HAND: i32 = 100;
    pub(super) const UNKNOWN: i32 = 400;
}

/// A place that may be meant.
pub(super) struct Place<'e, 'a> {
    pub(super) guards: Guards<'a>,
    pub(super) evidence: &'e Evidence<'a>,
}

impl Place<'_, '_> {
    /// What speaks for the place; `within`: the text says where the name lies, and this is the one that lies there.
    pub(super) fn score(&self, hit: &Hit, id: EntryId, within: Option<EntryId>) -> Score {
        let entry = self.guards.gazetteer.entry(id);
        let mut score = Score::default();
        score.add(Reason::Prior, prominence(entry));
        score.add(Reason::Within, points::WITHIN * i32::from(within == Some(id)));
        score.add(Reason::Sense, points::SENSE * i32::from(self.evidence.sense(hit.words()) == Some(id)));
        score.add(Reason::Region, points::REGION * i32::from(self.is_of_region(entry)));
        let near = entry.position().is_some_and(|at| !entry.is_state() && self.evidence.is_near(hit.words(), at, NEAR));
        score.add(Reason::Near, points::NEAR * i32::from(near));
        let share = entry.country().map_or(0.0, |country| self.evidence.share(country));
        score.add(Reason::Country, (points::COUNTRY * share) as i32);
        score.add(Reason::Place, points::PLACE * i32::from(self.is_place_position(hit)));
        score
    }

    /// The document names its region, or it is the region of other places of the document.
    fn is_of_region(&self, entry: Entry) -> bool {
        let Some(country) = entry.country().filter(|_| !entry.is_state()) else { return false };
        let lies_in = entry.admin().is_some_and(|region| self.evidence.has_region(country, region));
        lies_in || entry.aliases().any(|a| self.evidence.has_region(country, a.text()))
    }

    /// Whether a name that is also a word, or hardly known, is a place here: it lies somewhere, or stands where places stand.
    pub(super) fn is_shown(&self, hit: &Hit, id: EntryId, within: Option<EntryId>) -> bool {
        let entry = self.guards.gazetteer.entry(id);
        let calendar = self.guards.lexicon.headlines.calendar.has(&hit.words().to_lowercase());
        if within == Some(id) || !calendar && self.evidence.sense(hit.words()) == Some(id) {
            return true;
        }
        let proper = hit.parsed.is_none_or(|p| p.is_proper() && !p.is_premodifier());
        let at_home = entry.country().is_some_and(|country| self.evidence.is_voted(country));
        let known = at_home && !hit.opening || self.is_of_region(entry);
        proper && !calendar && !hit.is_possessive() && (self.is_place_position(hit) || known && hit.parsed.is_some())
    }

    /// "in X", "the city of X", "from Y to X": a place, whatever else has the name.
    pub(super) fn is_place_position(&self, hit: &Hit) -> bool {
        let lexicon = self.guards.lexicon;
        let lower = |word: &str| word.to_lowercase();
        let mut words = hit.left().split_whitespace().rev();
        let Some(last) = words.next().map(lower).filter(|_| hit.left().ends_with(' ')) else { return false };
        let second = words.next().map(lower).unwrap_or_default();
        let kind = |word: &str| lexicon.kinds_beside.get(word).is_some_and(|kind| kind == "PLACE");
        lexicon.locative.has(&last) || last == "of" && kind(&second) || hit.after.as_ref().is_some_and(|a| kind(a.word))
    }
}

/// How well known a place is, 0 to about 1000.
fn prominence(entry: Entry) -> i32 {
    if let Some(prior) = entry.prior() {
        return i32::from(prior);
    }
    if entry.is_state() {
        return points::STATE;
    }
    let people = entry.population().filter(|people| *people > 0);
    let size = people.map_or(points::UNKNOWN, |people| (100.0 * (people as f32).log10()) as i32);
    let capital = points::CAPITAL * i32::from(entry.stands_for().is_some());
    size + capital + points::KEPT_BY_HAND * i32::from(!entry.id().starts_with("geo:"))
}

/// For each match the place that the text itself puts somewhere: "Tripoli, Lebanon", "Ukraine's Odesa", "Savannah, Georgia".
pub(super) fn within<'a>(hits: &[Hit<'a>], guards: Guards<'a>) -> Vec<Option<EntryId>> {
    let mut sure = vec![None; hits.len()];
    for i in 1..hits.len() {
        let (first, second) = (&hits[i - 1], &hits[i]);
        let Some(between) = first.up_to(second) else { continue };
        let found = match between {
            ", " | " in " | " (" | " - " => lies_in(first, second, guards),
            "'s " | "’s " | " " => lies_in(second, first, guards).map(|(inner, outer)| (outer, inner)),
            _ if is_kind_of(between, guards) => lies_in(second, first, guards).map(|(inner, outer)| (outer, inner)),
            _ => None,
        };
        if let Some((one, two)) = found {
            sure[i - 1] = sure[i - 1].or(Some(one));
            sure[i] = sure[i].or(Some(two));
        }
    }
    sure
}

/// " city of ", " port city of ", "'s second city, ".
fn is_kind_of(between: &str, guards: Guards) -> bool {
    let Some(words) = between.strip_suffix(" of ") else { return false };
    let small = words.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-' | b'\''));
    let kind = words.rsplit(' ').next().and_then(|word| guards.lexicon.kinds_beside.get(word));
    small && words.len() < 40 && kind.is_some_and(|kind| kind == "PLACE")
}

/// The first pair of meanings of which one lies in the other.
fn lies_in(inner: &Hit, outer: &Hit, guards: Guards) -> Option<(EntryId, EntryId)> {
    let places = |hit: &Hit| -> Vec<EntryId> {
        let ids = hit.candidates.iter().filter_map(|candidate| match *candidate {
            Candidate::Entity { entry, .. } => Some(entry),
            Candidate::Generic { .. } => None,
        });
        ids.filter(|id| guards.gazetteer.entry(*id).entity_type() == EntityType::Place).collect()
    };
    let outer = places(outer);
    let pairs = places(inner).into_iter().flat_map(|i| outer.iter().map(move |o| (i, *o)));
    pairs.into_iter().find(|(i, o)| i != o && contains(guards.gazetteer.entry(*o), guards.gazetteer.entry(*i)))
}

/// Whether a state or first-level region holds a place.
fn contains(outer: Entry, inner: Entry) -> bool {
    let one_country = inner.country().is_some() && inner.country() == outer.country() && !inner.is_state();
    let region = || inner.admin().is_some_and(|region| outer.aliases().any(|a| a.text() == region));
    one_country && (outer.is_state() || region())
}

/// Kilometres between two points of the earth, latitude and longitude in degrees.
pub(super) fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    const EARTH: f32 = 6371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (down, along) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let chord = down.sin().powi(2) + lat_a.cos() * lat_b.cos() * along.sin().powi(2);
    2.0 * EARTH * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_map() {
        let (beirut, tripoli, perth) = ((33.89, 35.50), (34.44, 35.84), (-31.95, 115.86));
        assert!((60.0..75.0).contains(&distance(beirut, tripoli)));
        assert!((9_800.0..10_400.0).contains(&distance(beirut, perth)));
    }
}
