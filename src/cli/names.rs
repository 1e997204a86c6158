//! What a person calls an entity in, the entity out; or who could be meant.

use crate::error::{Error, Result};
use crate::graph::Store;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    pub name: String,
    pub entity_type: String,
    pub mentions: i64,
}

/// Each step is tried if those before it find nothing: id, name, any alias, any alias in other letters.
const STEPS: [&str; 4] = [
    "id = ?1",
    "name = ?1",
    "id IN (SELECT entity FROM alias WHERE text = ?1 AND kind <> 'role')",
    "id IN (SELECT entity FROM alias WHERE folded = ?2)",
];

/// How many candidates or suggestions a message holds.
const SHOWN: usize = 8;
const LIKENESS: f64 = 0.75;

/// The one entity that `wanted` names.
///
/// # Errors
/// [`Error::Usage`] with the candidates where there are several, [`Error::NotFound`] with similar names where there is none.
pub fn find(store: &Store, wanted: &str) -> Result<Named> {
    let wanted = wanted.trim();
    for step in STEPS {
        let mut found = select(store, step, wanted)?;
        match found.len() {
            0 => {}
            1 => return Ok(found.remove(0)),
            _ => return Err(ambiguous(wanted, &found)),
        }
    }
    Err(unknown(wanted, &similar(store, wanted)?))
}

fn select(store: &Store, condition: &str, wanted: &str) -> Result<Vec<Named>> {
    let sql = format!(
        "SELECT id, name, type, (SELECT count(*) FROM mention m WHERE m.entity = entity.id) AS mentions
         FROM entity WHERE {condition} AND ?2 IS NOT NULL ORDER BY mentions DESC, id"
    );
    let mut query = store.connection().prepare(&sql)?;
    let rows = query.query_map([wanted, &wanted.to_lowercase()], |row| {
        Ok(Named { id: row.get(0)?, name: row.get(1)?, entity_type: row.get(2)?, mentions: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn ambiguous(wanted: &str, found: &[Named]) -> Error {
    let mut message = format!("\"{wanted}\" could be any of {}; ask by name or id:", found.len());
    for one in found.iter().take(SHOWN) {
        message += &format!("\n  {}  {}  {}, {} mentions", one.id, one.name, one.entity_type, one.mentions);
    }
    Error::Usage(message)
}

fn unknown(wanted: &str, similar: &[String]) -> Error {
    Error::NotFound(match similar {
        [] => format!("no entity is called \"{wanted}\"; `wiregraph stats` lists the most linked ones"),
        names => format!("no entity is called \"{wanted}\"; did you mean {}?", names.join(", ")),
    })
}

/// Canonical names of the entities with an alias like `wanted`, the most alike first.
fn similar(store: &Store, wanted: &str) -> Result<Vec<String>> {
    let folded = wanted.to_lowercase();
    let mut query = store.connection().prepare(
        "SELECT a.folded, e.name FROM alias a JOIN entity e ON e.id = a.entity WHERE a.kind <> 'role' ORDER BY a.folded, e.name",
    )?;
    let mut best: BTreeMap<String, f64> = BTreeMap::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (alias, name): (String, String) = (row.get(0)?, row.get(1)?);
        let likeness = likeness(&alias, &folded);
        if likeness >= LIKENESS {
            let known = best.entry(name).or_default();
            *known = known.max(likeness);
        }
    }
    let mut names: Vec<_> = best.into_iter().collect();
    names.sort_by(|a, b| b.1.total_cmp(&a.1));
    Ok(names.into_iter().take(3).map(|(name, _)| name).collect())
}

/// Of the whole names, or of the best word of the alias ("Putn" is like "Vladimir Putin").
fn likeness(alias: &str, wanted: &str) -> f64 {
    let whole = strsim::normalized_damerau_levenshtein(alias, wanted);
    alias
        .split_whitespace()
        .map(|word| strsim::normalized_damerau_levenshtein(word, wanted) * 0.99)
        .fold(whole, f64::max)
}
