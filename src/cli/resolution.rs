//! Words of a report that mean an entity in; what made them mean it out, as far as the database tells.

use crate::error::Result;
use crate::graph::Store;
use rusqlite::OptionalExtension;

pub struct Resolution {
    words: String,
    pub reason: String,
}

/// The mention behind an argument, and whether its words are a name on the entity's list.
const MENTION: &str = "
SELECT m.start, m.text, m.kind, m.found_by, m.stands_for,
       nullif(m.as_read, m.entity),
       (SELECT group_concat(a.kind, ', ' ORDER BY a.kind) FROM alias a
        WHERE a.entity = m.as_read AND a.folded = lower(m.text) AND a.kind <> 'role')
FROM mention m WHERE m.document = ?1 AND m.entity = ?2 AND m.start < ?4 AND m.\"end\" > ?3
ORDER BY m.kind = 'name' DESC, m.start LIMIT 1";

/// The nearest name of the entity before a place, else the nearest after it.
const NAMED: &str = "
SELECT text, start < ?3, (SELECT count(*) FROM sentence s WHERE s.document = ?1 AND s.start > min(m.start, ?3)
                          AND s.start <= max(m.start, ?3))
FROM mention m WHERE document = ?1 AND entity = ?2 AND kind = 'name' AND start <> ?3
ORDER BY start < ?3 DESC, abs(start - ?3) LIMIT 1";

struct Mention {
    start: i64,
    text: String,
    kind: String,
    found_by: Option<String>,
    stands_for: Option<String>,
    /// The entity that the words were read as, where a judgement made another of it.
    as_read: Option<String>,
    alias: Option<String>,
}

/// `place`: code points of the document. `head`: the noun that stands in for the entity ("officials").
pub fn of(
    store: &Store,
    document: i64,
    [start, end]: [i64; 2],
    entity: &str,
    words: &str,
    head: Option<&str>,
) -> Result<Resolution> {
    let mut query = store.connection().prepare_cached(MENTION)?;
    let mention = query
        .query_row((document, entity, start, end), |row| {
            Ok(Mention {
                start: row.get(0)?,
                text: row.get(1)?,
                kind: row.get(2)?,
                found_by: row.get(3)?,
                stands_for: row.get(4)?,
                as_read: row.get(5)?,
                alias: row.get(6)?,
            })
        })
        .optional()?;
    let mut reasons = match &mention {
        None => vec!["no mention stands there".to_owned()],
        Some(mention) => mention.reasons(store, document, entity, words)?,
    };
    reasons.extend(head.map(|head| format!("the {head} stand in for it")));
    Ok(Resolution { words: words.to_owned(), reason: reasons.join("; ") })
}

impl Mention {
    fn reasons(&self, store: &Store, document: i64, entity: &str, words: &str) -> Result<Vec<String>> {
        let mut reasons = Vec::new();
        let text = if self.text == words { String::new() } else { format!("“{}” is ", self.text) };
        reasons.push(match (self.kind.as_str(), &self.found_by, &self.alias) {
            ("name", Some(found_by), _) => format!("{text}on no list; found by its {}", told(found_by)),
            ("name", None, Some(alias)) => format!("{text}a listed {}", listed(alias)),
            ("name", None, None) => format!("{text}a name"),
            (kind, sieve, _) => {
                let sieve =
                    sieve.as_deref().map(|sieve| format!(", settled by {}", settled(sieve))).unwrap_or_default();
                match self.antecedent(store, document, entity)? {
                    Some(antecedent) => format!("{text}a {}{sieve}; {antecedent}", described(kind)),
                    None => format!("{text}a {}{sieve}; the report does not name it", described(kind)),
                }
            }
        });
        reasons.extend(self.as_read.iter().map(|read| format!("read as {read}, which a judgement makes this")));
        reasons.extend(self.stands_for.iter().map(|state| format!("it speaks for {state} here")));
        Ok(reasons)
    }

    /// "named “Putin” in the same sentence"
    fn antecedent(&self, store: &Store, document: i64, entity: &str) -> Result<Option<String>> {
        let mut query = store.connection().prepare_cached(NAMED)?;
        let named = query
            .query_row((document, entity, self.start), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?, row.get::<_, i64>(2)?))
            })
            .optional()?;
        Ok(named.map(|(name, before, sentences)| {
            let which = if before { "earlier" } else { "later" };
            match sentences {
                0 => format!("named “{name}” in the same sentence"),
                1 => format!("named “{name}” one sentence {which}"),
                several => format!("named “{name}” {several} sentences {which}"),
            }
        }))
    }
}

impl Resolution {
    /// "“Xi” → Xi Jinping (a listed surname)"
    pub fn told(&self, entity: &str) -> String {
        format!("“{}” → {entity} ({})", self.words, self.reason)
    }
}

fn described(kind: &str) -> &str {
    match kind {
        "nominal" => "description",
        other => other,
    }
}

fn listed(kinds: &str) -> &str {
    match kinds.split(", ").find(|kind| *kind == "name").or(kinds.split(", ").next()) {
        Some("name") => "name",
        Some("short") => "short name",
        Some("former") => "former name",
        Some(kind) => kind,
        None => "name",
    }
}

/// The sieve that settled a description or pronoun, in words.
fn settled(sieve: &str) -> &str {
    match sieve {
        "reflexive" => "the subject of its clause",
        "office" => "who held the office that day",
        "pair" => "the two that the report is about",
        "head" => "a name with that word",
        "called" => "what the report calls it",
        "described" => "the only one of its kind named lately",
        "person" => "the likeliest person before it",
        "thing" => "the likeliest body before it",
        "group" => "the group named before it",
        other => other,
    }
}

/// What gave an unlisted name away, in words.
fn told(found_by: &str) -> &str {
    match found_by {
        "name-head" => "own words",
        "kind" => "kind, named beside it",
        "title" => "title",
        "apposition" => "apposition",
        "given-name" => "given name",
        "recogniser" => "look to the recogniser of names",
        "person-verb" => "verb, which takes people",
        "repeat" => "longer form elsewhere in the report",
        other => other,
    }
}
