//! What a person calls an entity in, the entity out, merged ones as what they stand for; or who could be meant. The same for edges and documents.

use super::phrase::arrow;
use crate::error::{Error, Result};
use crate::graph::{Edge, Store};
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

/// The edge whose id begins with these digits.
///
/// # Errors
/// [`Error::Usage`] where several do or where these are no digits, [`Error::NotFound`] where none does.
pub fn edge(store: &Store, wanted: &str) -> Result<Edge> {
    let wanted = wanted.trim();
    if wanted.is_empty() || wanted.len() > 16 || !wanted.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Error::Usage(format!(
            "\"{wanted}\" is no id of an edge; expected its first digits, as `neighbors` and `evidence` print them"
        )));
    }
    let mut found = store.edges_by_id(&wanted.to_lowercase())?;
    match found.len() {
        0 => Err(Error::NotFound(format!("no edge has an id that begins with {wanted}"))),
        1 => Ok(found.remove(0)),
        several => {
            let mut message = format!("{several} edges have an id that begins with {wanted}; give more digits:");
            for edge in found.iter().take(SHOWN) {
                message += &format!("\n  {}  {}", edge.id, arrow(edge));
            }
            Err(Error::Usage(message))
        }
    }
}

/// The document of this name: its row id and whole name; the end of its name is enough where it is the only one.
///
/// # Errors
/// As for entities.
pub fn document(store: &Store, wanted: &str) -> Result<(i64, String)> {
    let wanted = wanted.trim();
    let mut query = store.connection().prepare(
        "SELECT id, name FROM document WHERE name = ?1
         UNION ALL SELECT id, name FROM document
         WHERE substr(name, -length(?1) - 1) = '/' || ?1 AND NOT EXISTS (SELECT 1 FROM document WHERE name = ?1) ORDER BY name",
    )?;
    let mut found: Vec<(i64, String)> =
        query.query_map([wanted], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Error::NotFound(no_document(store, wanted)?)),
        several => {
            let names: Vec<&str> = found.iter().take(SHOWN).map(|(_, name)| name.as_str()).collect();
            Err(Error::Usage(format!("\"{wanted}\" could be any of {several} reports: {}", names.join(", "))))
        }
    }
}

fn no_document(store: &Store, wanted: &str) -> Result<String> {
    let mut query = store.connection().prepare("SELECT name FROM document ORDER BY name")?;
    let names: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let alike = |name: &String| strsim::normalized_damerau_levenshtein(name, wanted);
    let best = names.iter().filter(|name| alike(name) >= LIKENESS).max_by(|a, b| alike(a).total_cmp(&alike(b)));
    Ok(match best {
        Some(name) => format!("no report is called \"{wanted}\"; did you mean {name}?"),
        None => format!("no report is called \"{wanted}\"; `wiregraph origins --all` lists them"),
    })
}

fn select(store: &Store, condition: &str, wanted: &str) -> Result<Vec<Named>> {
    let sql = format!(
        "SELECT id, name, type, (SELECT count(*) FROM mention m WHERE m.entity = entity.id) AS mentions
         FROM entity WHERE id IN (SELECT coalesce(same_as, id) FROM entity WHERE {condition} AND ?2 IS NOT NULL)
         ORDER BY mentions DESC, id"
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
        "SELECT a.folded, e.name FROM alias a JOIN entity r ON r.id = a.entity JOIN entity e ON e.id = coalesce(r.same_as, r.id)
         WHERE a.kind <> 'role' ORDER BY a.folded, e.name",
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
