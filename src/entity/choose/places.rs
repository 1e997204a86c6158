//! A name that may be a place in, what speaks for each place out: containment, position in the sentence, region, country, distance.

use super::evidence::Evidence;
use super::explain::{Reason, Score};
use super::guards::Guards;
use super::hits::Hit;
use super::map::Map;
use crate::analysis::EntityType;
use crate::gazetteer::{Candidate, Entry, EntryId};
use crate::syntax::Dep;
use crate::text::Span;

/// People of a town that news elsewhere names without its country.
const LARGE: u64 = 500_000;
/// People of a town that its region alone does not bring to mind.
const SMALL: u64 = 20_000;

/// Points. A name's own weight is a hundred for each power of ten of its people.
mod points {
    pub(super) const WITHIN: i32 = 3000;
    pub(super) const SENSE: i32 = 1500;
    pub(super) const PLACE: i32 = 600;
    pub(super) const GOVERNED: i32 = 300;
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
        let small = entry.population().is_some_and(|people| people < SMALL);
        let mut score = Score::default();
        score.add(Reason::Prior, prominence(entry));
        score.add(Reason::Within, points::WITHIN * i32::from(within == Some(id)));
        score.add(Reason::Sense, points::SENSE * i32::from(self.evidence.sense(hit.words()) == Some(id)));
        let region = if small { points::REGION / 2 } else { points::REGION };
        score.add(Reason::Region, region * i32::from(self.is_of_region(hit, entry)));
        let near =
            entry.position().is_some_and(|at| !entry.is_state() && self.evidence.is_near(hit.words(), at, Map::REACH));
        score.add(Reason::Near, points::NEAR * i32::from(near));
        let share = entry.country().map_or(0.0, |country| self.evidence.votes().share(country, hit.words()));
        score.add(Reason::Country, (points::COUNTRY * share) as i32);
        score.add(Reason::Place, points::PLACE * i32::from(self.stands_as_place(hit)));
        score.add(Reason::Office, points::GOVERNED * i32::from(is_region(entry) && self.is_governed(hit)));
        score
    }

    /// "the governor of X".
    fn is_governed(&self, hit: &Hit) -> bool {
        let office = hit.left().strip_suffix(" of ").and_then(|l| l.rsplit(' ').next());
        office.is_some_and(|word| self.guards.lexicon.regional.has(&word.to_lowercase()))
    }

    /// The document names its region, or it is the region of other places of the document.
    fn is_of_region(&self, hit: &Hit, entry: Entry) -> bool {
        let Some(country) = entry.country().filter(|_| !entry.is_state()) else { return false };
        let has = |region: &str| self.evidence.has_region(hit.words(), country, region);
        entry.admin().is_some_and(has) || is_region(entry) && entry.aliases().any(|a| has(a.text()))
    }

    /// Whether a name that is also a word, or hardly known, is a place here: it lies somewhere, or stands where places stand.
    pub(super) fn is_shown(&self, hit: &Hit, id: EntryId, within: Option<EntryId>) -> bool {
        let entry = self.guards.gazetteer.entry(id);
        let headlines = &self.guards.lexicon.headlines;
        let word = hit.words().to_lowercase();
        let calendar = headlines.calendar.has(&word) || headlines.unsure_months.has(&word);
        if within == Some(id) || !calendar && self.evidence.sense(hit.words()) == Some(id) {
            return true;
        }
        let proper = hit.parsed.is_none_or(|p| p.is_proper() && !p.is_premodifier());
        let near = || entry.position().is_some_and(|at| self.evidence.is_near(hit.words(), at, Map::REACH));
        let known = hit.parsed.is_some() && (self.is_of_region(hit, entry) || near());
        let free = !calendar && !hit.is_possessive() && !self.guards.is_piece(hit);
        proper && free && (self.stands_as_place(hit) || known)
    }

    /// Whether a hardly known place, with or without other meanings, can be meant: its name is whole and a name's to the
    /// tagger, and the document is not about other parts of the world alone.
    pub(super) fn is_in_reach(&self, hit: &Hit, id: EntryId) -> bool {
        let entry = self.guards.gazetteer.entry(id);
        let votes = self.evidence.votes();
        let home = entry.country().map_or(0, |country| votes.others(country, hit.words()));
        let large = entry.population().is_some_and(|people| people >= LARGE);
        let adjective = hit.is_single() && self.guards.lexicon.no_names.has(&hit.words().to_lowercase());
        let proper = hit.parsed.is_none_or(|p| p.is_proper());
        proper
            && !adjective
            && !self.guards.is_piece(hit)
            && (home > 0 || large || votes.all_others(hit.words()) <= super::FEW)
    }

    /// Whether something beside its size speaks for a place that bears a name with other meanings.
    pub(super) fn has_evidence(&self, hit: &Hit, id: EntryId, within: Option<EntryId>) -> bool {
        let country = self.guards.gazetteer.entry(id).country();
        let at_home = country.is_some_and(|c| self.evidence.votes().others(c, hit.words()) > 0);
        within == Some(id) || at_home || !hit.opening || self.stands_as_place(hit)
    }

    /// "in X", "the city of X", "flew to X", "from Y to X": a place, whatever else has the name.
    pub(super) fn stands_as_place(&self, hit: &Hit) -> bool {
        let kind = |word: &str| is_kind(word, self.guards);
        let lexicon = self.guards.lexicon;
        let left = hit.left();
        let mut words = left.split(' ').rev().map(|w| w.trim_start_matches(['"', '“', '(']).to_lowercase());
        let (blank, last, second) = (words.next(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let locative = lexicon.locative.has(&last) || last == "of" && (kind(&second) || lexicon.of_places.has(&second));
        blank.is_some_and(|b| b.is_empty()) && (locative || is_end_of_journey(left) || self.is_journey(hit))
            || hit.after.as_ref().is_some_and(|a| kind(a.word))
    }

    /// "flew to X", "the road to X", "reached X".
    fn is_journey(&self, hit: &Hit) -> bool {
        let Some(parsed) = hit.parsed else { return false };
        let (lexicon, tokens) = (self.guards.lexicon, &parsed.sentence.tokens);
        let head = parsed.head();
        let governor = &tokens[head.head];
        match head.dep {
            Dep::Dobj => lexicon.on_places.has(&governor.lemma),
            Dep::Pobj => {
                let way = matches!(governor.lemma.as_str(), "to" | "from" | "for" | "via" | "through" | "off");
                way && lexicon.journeys.has(&tokens[governor.head].lemma.to_lowercase())
            }
            _ => false,
        }
    }
}

/// "from Y to ", "between Y and ".
fn is_end_of_journey(left: &str) -> bool {
    let name = |text: &str| text.len() < 40 && text.chars().next().is_some_and(char::is_uppercase);
    let ends = |link: &str, from: &str| {
        let before = left.strip_suffix(link).and_then(|l| l.rsplit_once(from));
        before.is_some_and(|(_, y)| name(y) && y.split(' ').count() < 4)
    };
    ends(" to ", "from ") || ends(" and ", "between ")
}

/// A place that no hand put on the lists.
pub(super) fn is_minor(entry: Entry) -> bool {
    entry.id().starts_with("geo:")
}

/// A noun that says that the name beside it is a place's.
fn is_kind(word: &str, guards: Guards) -> bool {
    guards.lexicon.kinds_beside.get(word).is_some_and(|kind| kind == "PLACE")
}

/// A first-level region, as far as the lists tell: of a country, and in no region itself.
fn is_region(entry: Entry) -> bool {
    !entry.is_state() && entry.country().is_some() && entry.admin().is_none() && entry.stands_for().is_none()
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
    size + capital + points::KEPT_BY_HAND * i32::from(!is_minor(entry))
}

/// The place of the kind that stands before the name: "region of Amur" is the Amur region, not the river.
fn of_kind(hit: &Hit, guards: Guards) -> Option<EntryId> {
    let kind = hit.left().strip_suffix(" of ")?.rsplit(' ').next().filter(|word| is_kind(word, guards))?;
    let mut initial = kind.chars();
    let capital: String = initial.next().into_iter().flat_map(char::to_uppercase).chain(initial).collect();
    // "west of Newcastle" is not Newcastle West.
    let compass = guards.lexicon.no_names.has(kind) || kind.contains('-') || matches!(kind, "edge" | "outskirts");
    if compass || !guards.lexicon.kinds.has(kind) {
        return None;
    }
    let whole = |name: String| {
        let found = guards.gazetteer.find(&name).into_iter().find(|f| f.span == Span::new(0, name.len()))?;
        found.candidates.into_iter().find_map(|candidate| match candidate {
            Candidate::Entity { entry, .. } => Some(entry),
            Candidate::Generic { .. } => None,
        })
    };
    let place = |id: &EntryId| guards.gazetteer.entry(*id).entity_type() == EntityType::Place;
    [kind, &capital].into_iter().find_map(|k| whole(format!("{} {k}", hit.words())).filter(place))
}

/// Whether a state or region stands behind the comma that holds no place of this name: "Hull, England" is not the one in Quebec.
pub(super) fn lies_elsewhere(hit: &Hit, next: Option<&Hit>, guards: Guards) -> bool {
    let Some(next) = next.filter(|next| hit.up_to(next) == Some(", ")) else { return false };
    let closed = next.right().chars().next().is_none_or(|c| ",.;)".contains(c));
    let outer = next.candidates.iter().any(|candidate| match *candidate {
        Candidate::Entity { entry, .. } => holds_places(guards.gazetteer.entry(entry)),
        Candidate::Generic { .. } => false,
    });
    closed && outer && lies_in(hit, next, guards).is_none()
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
    for (hit, sure) in hits.iter().zip(&mut sure).filter(|(_, sure)| sure.is_none()) {
        *sure = of_kind(hit, guards);
    }
    sure
}

/// " city of ", " port city of ", "'s second city, ".
fn is_kind_of(between: &str, guards: Guards) -> bool {
    let Some(words) = between.strip_suffix(" of ") else { return false };
    let small = words.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-' | b'\''));
    small && words.len() < 40 && words.rsplit(' ').next().is_some_and(|word| is_kind(word, guards))
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
    let outer: Vec<EntryId> =
        places(outer).into_iter().filter(|id| holds_places(guards.gazetteer.entry(*id))).collect();
    let pairs = places(inner).into_iter().flat_map(|i| outer.iter().map(move |o| (i, *o)));
    pairs.into_iter().find(|(i, o)| i != o && contains(guards.gazetteer.entry(*o), guards.gazetteer.entry(*i)))
}

fn holds_places(entry: Entry) -> bool {
    entry.is_state() || is_region(entry)
}

/// Whether a state or first-level region holds a place.
fn contains(outer: Entry, inner: Entry) -> bool {
    let one_country = inner.country().is_some() && inner.country() == outer.country() && !inner.is_state();
    let region = || inner.admin().is_some_and(|region| outer.aliases().any(|a| a.text() == region));
    one_country && (outer.is_state() || region())
}
