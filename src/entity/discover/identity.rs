//! A bearer of an unlisted name in, the entity that stands for it in every document out.
//!
//! An id is made of what the text says, so that the same input gives the same bytes:
//! - a person's full name, a body's or a thing's distinctive name: the name, and the country where the text tells it. Two
//!   documents share the entity; people of one name and two countries stay apart;
//! - a surname or single name of a person, a body named by common words alone ("Central Committee"): the name within its
//!   document. No two people are ever one for a surname.

use super::super::registry::Entity;
use super::merge::Bearer;
use crate::analysis::EntityType;
use crate::lexicon::Lexicon;

/// `scope` marks the document: letters and digits that no other text has.
pub fn entity(bearer: &Bearer, lexicon: &Lexicon, scope: &str) -> Entity {
    let name = bearer.words.join(" ");
    let mut id = format!("discovered:{}/{}", namespace(bearer.entity_type), slug(&name));
    match (&bearer.facts.country, is_distinctive(bearer, lexicon)) {
        (Some(country), true) => id = format!("{id}/{country}"),
        (None, true) => {}
        (Some(country), false) if bearer.entity_type != EntityType::Person => id = format!("{id}/{country}"),
        (_, false) => id = format!("{id}/{scope}"),
    }
    Entity {
        id,
        name,
        entity_type: bearer.entity_type,
        country: bearer.facts.country.clone(),
        sector: bearer.facts.sector.clone(),
        stands_for: None,
        gender: bearer.facts.gender,
        called: bearer.facts.called.clone(),
        discovered: true,
        entry: None,
    }
}

/// Whether the name alone tells who is meant.
fn is_distinctive(bearer: &Bearer, lexicon: &Lexicon) -> bool {
    let plain = |w: &String| {
        let word = w.trim_end_matches('.').to_lowercase();
        lexicon.body_modifiers.has(&word) || lexicon.body_heads.contains_key(&word) || lexicon.state_organs.has(&word)
    };
    let organ = bearer.words.iter().any(|w| lexicon.state_organs.has(&w.to_lowercase()));
    match bearer.entity_type {
        EntityType::Person => bearer.words.len() >= 2,
        EntityType::Org => !organ && !bearer.words.iter().all(plain),
        _ => true,
    }
}

fn namespace(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Person => "person",
        EntityType::Place => "place",
        EntityType::Org => "org",
        EntityType::Facility => "facility",
        EntityType::Event => "event",
        EntityType::Other => "other",
    }
}

/// Letters and digits in small letters, one hyphen for all between.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
