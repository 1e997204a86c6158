//! The lists that are there already in; which entity of theirs a number of Wikidata or GeoNames means out.

use rustc_hash::FxHashMap;

/// Entities that need no import.
#[derive(Clone, Debug, Default)]
pub struct Known {
    by_wikidata: FxHashMap<String, String>,
    by_geonames: FxHashMap<String, String>,
    by_id: FxHashMap<String, ()>,
}

impl Known {
    /// Adds an entity of a list.
    pub fn add(&mut self, id: &str, wikidata: Option<&str>, geonames: Option<&str>) {
        self.by_id.insert(id.to_owned(), ());
        if let Some(item) = wikidata {
            self.by_wikidata.insert(item.to_owned(), id.to_owned());
        }
        if let Some(number) = geonames {
            self.by_geonames.insert(number.to_owned(), id.to_owned());
        }
    }

    /// Whether a list has this id.
    pub fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Id of the entity that is this Wikidata item.
    pub fn item(&self, item: &str) -> Option<&str> {
        self.by_wikidata.get(item).map(String::as_str)
    }

    /// Id of the entity with this number in GeoNames.
    pub fn place(&self, number: &str) -> Option<&str> {
        self.by_geonames.get(number).map(String::as_str)
    }
}
