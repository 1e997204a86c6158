//! Sightings of a document in, one entity each out: full names first, then surnames, initials, short forms and acronyms.

use super::super::registry::EntityIx;
use super::sighting::{Facts, FoundBy, Sighting};
use crate::analysis::EntityType;
use crate::gazetteer::Gender;
use crate::lexicon::Lexicon;
use rustc_hash::FxHashMap;

/// All that a document says under one name, or under parts of it.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// The longest form, in the words of its first sighting.
    pub words: Vec<String>,
    pub entity_type: EntityType,
    pub facts: Facts,
    /// Letters that the document gives it: "Sunrise Water Board (SWB)".
    pub acronym: Option<String>,
    /// Whether two people bear its surname, so that the surname alone tells nothing.
    pub is_shared: bool,
    /// "Typhoon Haiyan": its last word alone names it, too.
    pub is_storm: bool,
    evidence: FoundBy,
}

/// Who is meant by a sighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Index into the bearers.
    Bearer(usize),
    /// A person on the lists whom the document names in full.
    Listed(EntityIx),
}

pub struct Merged {
    pub bearers: Vec<Bearer>,
    pub of_sighting: Vec<Meant>,
}

/// Surnames, in small letters, of listed people whom the document names in full.
pub type ListedPeople = Vec<(String, EntityIx)>;

/// `sightings` in text order; `acronyms`: letters in brackets behind a sighting, by its index.
pub fn merge(
    sightings: &[Sighting],
    acronyms: &FxHashMap<usize, String>,
    listed: &ListedPeople,
    lexicon: &Lexicon,
) -> Merged {
    let mut merger = Merger {
        lexicon,
        listed,
        bearers: Vec::new(),
        by_name: FxHashMap::default(),
        by_part: FxHashMap::default(),
        singles: FxHashMap::default(),
    };
    let mut of_sighting: Vec<Option<Meant>> = vec![None; sightings.len()];
    // Longest names first: what is shorter can then be a part of one.
    let mut order: Vec<usize> = (0..sightings.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(sightings[i].words.len()), i));
    for i in order.into_iter().filter(|&i| sightings[i].is_full()) {
        let bearer = merger.full(&sightings[i]);
        if let Some(letters) = acronyms.get(&i) {
            merger.bearers[bearer].acronym = Some(letters.clone());
            merger.by_part.entry(letters.to_lowercase()).or_default().push(bearer);
        }
        of_sighting[i] = Some(Meant::Bearer(bearer));
    }
    merger.mark_shared_surnames();
    for (i, sighting) in sightings.iter().enumerate().filter(|(_, s)| !s.is_full()) {
        of_sighting[i] = Some(merger.single(sighting));
    }
    Merged { bearers: merger.bearers, of_sighting: of_sighting.into_iter().flatten().collect() }
}

/// Bearers that share a part of their name are compared pair by pair; beyond this many they stay apart.
const COMPARED: usize = 64;

struct Merger<'a> {
    lexicon: &'a Lexicon,
    listed: &'a ListedPeople,
    bearers: Vec<Bearer>,
    /// Whole names in small letters.
    by_name: FxHashMap<String, usize>,
    /// First and last words, surnames and first letters, in small letters.
    by_part: FxHashMap<String, Vec<usize>>,
    singles: FxHashMap<(String, Option<Gender>), usize>,
}

impl Merger<'_> {
    fn new_bearer(&mut self, sighting: &Sighting) -> usize {
        self.bearers.push(Bearer {
            words: sighting.words.clone(),
            entity_type: sighting.entity_type,
            facts: sighting.facts.clone(),
            acronym: None,
            is_shared: false,
            is_storm: sighting.words.iter().any(|w| self.lexicon.storms.has(&w.to_lowercase())),
            evidence: sighting.found_by,
        });
        let new = self.bearers.len() - 1;
        self.by_name.entry(fold(&sighting.words)).or_insert(new);
        let ends = [sighting.words.first().cloned(), sighting.words.last().cloned()].into_iter().flatten();
        let parts = ends.chain(surname(&self.bearers[new])).chain(Some(initials(&sighting.words)));
        for part in parts {
            self.by_part.entry(part.to_lowercase()).or_default().push(new);
        }
        new
    }

    /// Bearers with which a name of these words shares its first or last.
    fn near(&self, words: &[String]) -> Vec<usize> {
        let ends = [words.first(), words.last()].into_iter().flatten();
        // In order of the bearers, each at most once for first word, last word, surname and letters.
        let first = |of_part: &'_ Vec<usize>| of_part.iter().copied().take(4 * COMPARED).collect::<Vec<_>>();
        let mut near: Vec<usize> = ends.filter_map(|w| self.by_part.get(&w.to_lowercase())).flat_map(first).collect();
        near.sort_unstable();
        near.dedup();
        near.truncate(COMPARED);
        near
    }

    /// The strongest evidence says what it is; among equals, the first.
    fn add(&mut self, bearer: usize, sighting: &Sighting) {
        let known = &mut self.bearers[bearer];
        if sighting.found_by < known.evidence {
            known.entity_type = sighting.entity_type;
            known.evidence = sighting.found_by;
        }
        let initial = |words: &[String]| words[0].trim_end_matches('.').chars().count() == 1;
        if sighting.is_full() && initial(&known.words) && !initial(&sighting.words) {
            known.words.clone_from(&sighting.words);
        }
        known.facts.join(&sighting.facts);
    }

    fn full(&mut self, sighting: &Sighting) -> usize {
        let exact = self.by_name.get(&fold(&sighting.words)).copied();
        let same = self.near(&sighting.words).into_iter().filter(|&b| {
            let bearer = &self.bearers[b];
            let person = bearer.entity_type == EntityType::Person && sighting.entity_type == EntityType::Person;
            let ending = bearer.entity_type == EntityType::Person
                && sighting.found_by >= FoundBy::GivenName
                && bearer.words.ends_with(&sighting.words);
            ending || person && agrees(&bearer.words, &sighting.words) || self.is_short_form(sighting, bearer)
        });
        let same: Vec<usize> = same.collect();
        match (exact, &same[..]) {
            (Some(one), _) | (None, &[one]) => {
                self.add(one, sighting);
                one
            }
            _ => self.new_bearer(sighting),
        }
    }

    /// "Acme" or "Acme Steel" after "Acme Steel Holdings".
    fn is_short_form(&self, sighting: &Sighting, bearer: &Bearer) -> bool {
        let body = bearer.entity_type == EntityType::Org && sighting.entity_type != EntityType::Place;
        let count = sighting.words.len();
        let plain = |w: &String| {
            let word = w.trim_end_matches('.').to_lowercase();
            self.lexicon.body_heads.contains_key(&word)
        };
        let telling = |w: &String| !plain(w) && !self.lexicon.body_modifiers.has(&w.to_lowercase());
        body && count < bearer.words.len()
            && bearer.words.starts_with(&sighting.words)
            && bearer.words[count..].iter().all(plain)
            && sighting.words.iter().any(telling)
    }

    fn mark_shared_surnames(&mut self) {
        let mut bearers: FxHashMap<String, usize> = FxHashMap::default();
        for surname in self.bearers.iter().filter_map(surname) {
            *bearers.entry(surname).or_default() += 1;
        }
        for bearer in &mut self.bearers {
            bearer.is_shared = surname(bearer).is_some_and(|s| bearers.get(&s).is_some_and(|&n| n > 1));
        }
    }

    /// One word: a surname, a short form, an acronym, or a name of its own.
    fn single(&mut self, sighting: &Sighting) -> Meant {
        let known = self.acronym_of(sighting).or_else(|| self.body_of(sighting)).or_else(|| self.person_of(sighting));
        let known = known.or_else(|| self.storm_of(sighting));
        if let Some(person) = self.listed_person(sighting).filter(|_| known.is_none()) {
            return Meant::Listed(person);
        }
        let bearer = known.unwrap_or_else(|| {
            let key = (fold(&sighting.words), sighting.facts.gender);
            match self.singles.get(&key) {
                Some(&bearer) => bearer,
                None => {
                    let bearer = self.new_bearer(sighting);
                    if self.is_shared_surname(sighting) {
                        self.bearers[bearer].entity_type = EntityType::Person;
                    }
                    self.singles.insert(key, bearer);
                    bearer
                }
            }
        });
        self.add(bearer, sighting);
        Meant::Bearer(bearer)
    }

    /// One of two people of that surname, and nothing tells which.
    fn is_shared_surname(&self, sighting: &Sighting) -> bool {
        let word = sighting.words[0].to_lowercase();
        !sighting.locative
            && self
                .near(&sighting.words)
                .into_iter()
                .map(|b| &self.bearers[b])
                .any(|b| b.is_shared && surname(b).as_ref() == Some(&word))
    }

    /// The only listed person of that surname in the document, where no unlisted one has it too.
    fn listed_person(&self, sighting: &Sighting) -> Option<EntityIx> {
        let word = sighting.words[0].to_lowercase();
        let person =
            sighting.entity_type == EntityType::Person || !sighting.locative && sighting.found_by >= FoundBy::GivenName;
        let near = self.near(&sighting.words);
        let rival = near.iter().any(|&b| surname(&self.bearers[b]).as_ref() == Some(&word));
        let mut same = self.listed.iter().filter(|(surname, _)| person && !rival && *surname == word).map(|(_, e)| *e);
        let one = same.next()?;
        same.all(|other| other == one).then_some(one)
    }

    fn acronym_of(&self, sighting: &Sighting) -> Option<usize> {
        let letters = &sighting.words[0];
        let capitals = letters.len() >= 2 && letters.chars().all(|c| c.is_ascii_uppercase());
        let near = self.near(&sighting.words);
        let given = near.iter().copied().find(|&b| self.bearers[b].acronym.as_ref() == Some(letters));
        given.or_else(|| {
            let mut spelt = near.into_iter().filter(|&b| initials(&self.bearers[b].words) == *letters);
            let one = spelt.next().filter(|_| capitals && letters.len() >= 3)?;
            spelt.next().is_none().then_some(one)
        })
    }

    fn body_of(&self, sighting: &Sighting) -> Option<usize> {
        let mut bodies =
            self.near(&sighting.words).into_iter().filter(|&b| self.is_short_form(sighting, &self.bearers[b]));
        let one = bodies.next()?;
        bodies.next().is_none().then_some(one)
    }

    /// "Haiyan" after "Typhoon Haiyan".
    fn storm_of(&self, sighting: &Sighting) -> Option<usize> {
        self.near(&sighting.words).into_iter().find(|&b| storm_name(&self.bearers[b]) == sighting.words.last())
    }

    /// The one person of that surname, else of that first name, whom title and gender allow. A place of the name is no person.
    fn person_of(&self, sighting: &Sighting) -> Option<usize> {
        let person = sighting.entity_type == EntityType::Person;
        if !person && (sighting.locative || sighting.found_by < FoundBy::Recogniser) {
            return None;
        }
        let word = sighting.words[0].to_lowercase();
        let near = self.near(&sighting.words);
        let people = || {
            let people = near.iter().copied();
            people.filter(|&b| self.bearers[b].entity_type == EntityType::Person && self.bearers[b].words.len() >= 2)
        };
        let last = people().filter(|&b| surname(&self.bearers[b]).as_ref() == Some(&word));
        let first = people().filter(|&b| self.bearers[b].words[0].to_lowercase() == word && word.chars().count() > 1);
        let by_surname: Vec<usize> = last.collect();
        let named = if by_surname.is_empty() { first.collect() } else { by_surname };
        let allowed: Vec<usize> = named.into_iter().filter(|&b| self.allows(b, sighting)).collect();
        let called: Vec<usize> = allowed.iter().copied().filter(|&b| self.shares_title(b, sighting)).collect();
        match (&allowed[..], &called[..]) {
            (&[one], _) | (_, &[one]) => Some(one),
            _ => None,
        }
    }

    fn allows(&self, bearer: usize, sighting: &Sighting) -> bool {
        let (known, here) = (&self.bearers[bearer].facts, &sighting.facts);
        known.gender.is_none_or(|g| here.gender.is_none_or(|h| g == h))
            && known.country.as_ref().is_none_or(|c| here.country.as_ref().is_none_or(|h| c == h))
    }

    fn shares_title(&self, bearer: usize, sighting: &Sighting) -> bool {
        sighting.facts.called.iter().any(|t| self.bearers[bearer].facts.called.contains(t))
    }
}

fn fold(words: &[String]) -> String {
    words.join(" ").to_lowercase()
}

/// The last word of a storm's name.
pub fn storm_name(bearer: &Bearer) -> Option<&String> {
    let named = bearer.entity_type == EntityType::Event && bearer.words.len() >= 2 && bearer.is_storm;
    bearer.words.last().filter(|_| named)
}

fn surname(bearer: &Bearer) -> Option<String> {
    let person = bearer.entity_type == EntityType::Person && bearer.words.len() >= 2;
    let last =
        bearer.words.iter().rev().find(|w| !matches!(w.as_str(), "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV"))?;
    person.then(|| last.to_lowercase())
}

/// One surname and first names that do not contradict each other: "J. Smith", "John A. Smith", "John Smith".
fn agrees(a: &[String], b: &[String]) -> bool {
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    let initial = |w: &str| w.trim_end_matches('.').chars().count() == 1;
    let same_first = match (&a[0], &b[0]) {
        (x, y) if initial(x) || initial(y) => x.chars().next() == y.chars().next(),
        (x, y) => x.to_lowercase() == y.to_lowercase(),
    };
    let middles = |w: &[String]| w[1..w.len() - 1].iter().all(|m| initial(m));
    last_a.to_lowercase() == last_b.to_lowercase()
        && same_first
        && (middles(a) || middles(b) || a.len() == b.len() && a[1..] == b[1..])
}

/// "SWB" for "Sunrise Water Board".
pub fn initials(words: &[String]) -> String {
    let capital = |w: &&String| w.chars().next().is_some_and(char::is_uppercase);
    if words.len() < 3 {
        return String::new();
    }
    words.iter().filter(capital).filter_map(|w| w.chars().next()).collect()
}
