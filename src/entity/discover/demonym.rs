//! A nationality word that no list has in, the listed place it is made from out: "Californian", "Parisians", "Sicilian".

use crate::analysis::EntityType;
use crate::gazetteer::{Entry, EntryId, Gazetteer};

/// Endings of such words, and what may stand in their place in the place's name.
const ENDINGS: &[(&str, &[&str])] = &[
    ("ian", &["", "ia", "y", "e", "a", "i"]),
    ("an", &["a", "", "e", "o"]),
    ("ese", &["", "a", "o", "e"]),
    ("ish", &["", "land"]),
    ("i", &["", "a"]),
    ("er", &[""]),
    ("n", &[""]),
];

/// Letters that must be left: "Iran" is not the word for "Ir".
const STEM: usize = 4;

/// People of a region that news has a word for.
const REGION: u64 = 500_000;

pub fn place_of(word: &str, gazetteer: &Gazetteer) -> Option<EntryId> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let bases = ENDINGS.iter().filter_map(|(ending, instead)| Some((singular.strip_suffix(ending)?, instead)));
    let names = bases.filter(|(stem, _)| stem.chars().count() >= STEM);
    names
        .flat_map(|(stem, instead)| instead.iter().map(move |end| format!("{stem}{end}")))
        .filter_map(|name| gazetteer.by_name(&name))
        .find(|&id| has_word_for_its_people(gazetteer.entry(id)))
}

/// Places kept by hand, and regions of some size: "Victorian" is of the Australian state, not of Victor in New York.
fn has_word_for_its_people(entry: Entry) -> bool {
    let region = || entry.admin().is_none() && entry.population().is_some_and(|people| people >= REGION);
    entry.entity_type() == EntityType::Place && (!entry.id().starts_with("geo:") || region())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_its_people_leads_to_the_place() {
        let gazetteer = Gazetteer::embedded().unwrap();
        let name = |word: &str| place_of(word, &gazetteer).map(|id| gazetteer.entry(id).name());
        assert_eq!(name("Californian"), Some("California"));
        assert_eq!(name("Parisians"), Some("Paris"));
        assert_eq!(name("Tutsi"), None);
        assert_eq!(name("Roman Catholic"), None);
    }
}
