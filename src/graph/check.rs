//! A database in; whatever in it does not agree with itself out: words, hashes, keys, counts, origins.

use super::contract::expected_schema;
use super::faults::BY_QUERY;
use super::key::{Key, document_id, relation_id, text_hash};
use super::standing::Standing;
use super::{Store, derive, judged, origins};
use crate::error::Result;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;

/// What one check looked at and found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub name: &'static str,
    /// Rows looked at.
    pub rows: i64,
    /// One line each: where, what was found, what was expected.
    pub faults: Vec<String>,
}

impl Store {
    /// Verifies everything that the database says of itself, in a connection of its own.
    ///
    /// # Errors
    /// Those of reading; what does not agree is no error but a fault of a [`Checked`].
    pub fn check(&self) -> Result<Vec<Checked>> {
        let connection = Connection::open_with_flags(self.path(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.execute_batch("PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;")?;
        let mut all = Vec::new();
        for (name, rows, faults) in BY_QUERY.into_iter().rev() {
            all.push(Checked { name, rows: number(&connection, rows)?, faults: lines(&connection, faults)? });
        }
        all.push(schema(&connection)?);
        all.push(hashes(&connection)?);
        all.push(keys(&connection)?);
        all.push(spelling(&connection)?);
        all.push(triggers(&connection)?);
        all.push(counts(&connection)?);
        all.push(derived_origins(&connection)?);
        all.push(full_text(&connection)?);
        all.push(self.standing(&connection)?);
        Ok(all)
    }

    /// Every row stands for what the log gives.
    fn standing(&self, connection: &Connection) -> Result<Checked> {
        let log = self.judgements()?;
        let standing = judged::standing(connection, &log)?;
        let mut faults = Vec::new();
        let mut query = connection.prepare(
            "SELECT as_read, d.name, entity, 'mention at ' || start FROM mention m JOIN document d ON d.id = m.document
             UNION ALL SELECT coalesce(subject_as_read, subject), d.name, subject, 'claim at ' || start
             FROM claim c JOIN document d ON d.id = c.document WHERE subject IS NOT NULL
             UNION ALL SELECT coalesce(v.subject_as_read, r.subject), d.name, r.subject, 'edge at ' || v.start
             FROM evidence v JOIN relation r ON r.id = v.relation JOIN document d ON d.id = v.document
             UNION ALL SELECT coalesce(v.object_as_read, r.object), d.name, r.object, 'edge at ' || v.start
             FROM evidence v JOIN relation r ON r.id = v.relation JOIN document d ON d.id = v.document",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (read, document, found, what): (String, String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let expected = standing.entity(&read, &document);
            if found != expected {
                faults.push(format!("{document}: the {what} stands for {found}, the log gives {expected}"));
            }
        }
        faults.extend(judged_edges(connection, &standing)?);
        Ok(Checked { name: "judgements", rows: log.len() as i64, faults })
    }
}

fn judged_edges(connection: &Connection, standing: &Standing) -> Result<Vec<String>> {
    let expected: BTreeMap<i64, &str> = standing.edges().collect();
    let mut query = connection.prepare("SELECT id, judgement FROM relation")?;
    let mut rows = query.query([])?;
    let mut faults = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, found): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
        if found.as_deref() != expected.get(&id).copied() {
            faults.push(format!(
                "edge {id:016x} is {}, the log gives another verdict",
                found.as_deref().unwrap_or("not judged")
            ));
        }
    }
    Ok(faults)
}

fn number(connection: &Connection, sql: &str) -> Result<i64> {
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

fn lines(connection: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut query = connection.prepare(sql)?;
    let rows = query.query_map([], |row| Ok(row.get::<_, Option<String>>(0)?.unwrap_or_default()))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Tables, views and indexes are those of the contract.
fn schema(connection: &Connection) -> Result<Checked> {
    let (ours, expected) = (objects(connection)?, objects(&expected_schema()?)?);
    let missing = expected
        .iter()
        .filter(|object| !ours.contains(object))
        .map(|(name, _)| format!("{name} is missing or another"));
    let strange = ours.iter().filter(|(name, _)| !expected.iter().any(|(own, _)| own == name));
    let strange = strange.map(|(name, _)| format!("{name} is no part of the contract"));
    Ok(Checked { name: "schema", rows: ours.len() as i64, faults: missing.chain(strange).collect() })
}

fn objects(connection: &Connection) -> Result<Vec<(String, Option<String>)>> {
    let mut query = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")?;
    Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

fn hashes(connection: &Connection) -> Result<Checked> {
    let mut checked = Checked { name: "hashes of texts", rows: 0, faults: Vec::new() };
    let mut query = connection.prepare("SELECT name, text, text_sha256 FROM document ORDER BY name")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        checked.rows += 1;
        let (name, text, stored): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let found = text_hash(&text);
        if found != stored {
            checked.faults.push(format!("{name}: the text's SHA-256 is {found}, stored is {stored}"));
        }
    }
    Ok(checked)
}

/// Ids that come from content: documents, sentences, edges.
fn keys(connection: &Connection) -> Result<Checked> {
    let mut checked = Checked { name: "ids", rows: 0, faults: Vec::new() };
    let mut compare = |what: String, id: i64, expected: i64| {
        checked.rows += 1;
        if id != expected {
            checked.faults.push(format!("{what} has id {id:016x}, its content gives {expected:016x}"));
        }
    };
    let mut documents = connection.prepare("SELECT id, name FROM document ORDER BY name")?;
    let mut rows = documents.query([])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(1)?;
        compare(name.clone(), row.get(0)?, document_id(&name));
    }
    let mut sentences = connection.prepare("SELECT id, document, start, \"end\" FROM sentence ORDER BY id")?;
    let mut rows = sentences.query([])?;
    while let Some(row) = rows.next()? {
        let (document, start, end): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let expected = Key::of("sentence").number(document).number(start).number(end).id();
        compare(format!("sentence at {start}"), row.get(0)?, expected);
    }
    let mut relations = connection.prepare(
        "SELECT id, subject, predicate, typed, class, object, polarity, symmetric FROM relation ORDER BY id",
    )?;
    let mut rows = relations.query([])?;
    while let Some(row) = rows.next()? {
        let (subject, predicate, object): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(5)?);
        let (class, polarity): (Option<String>, String) = (row.get(4)?, row.get(6)?);
        let expected =
            relation_id((&subject, &object), (&predicate, row.get(3)?), class.as_deref(), &polarity, row.get(7)?);
        compare(format!("edge {subject} {predicate} {object}"), row.get(0)?, expected);
    }
    Ok(checked)
}

fn spelling(connection: &Connection) -> Result<Checked> {
    let mut checked = Checked { name: "look-up of names", rows: 0, faults: Vec::new() };
    let mut query = connection.prepare("SELECT entity, text, folded FROM alias")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        checked.rows += 1;
        let (entity, text, folded): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if text.to_lowercase() != folded {
            checked.faults.push(format!("{entity}: “{text}” is looked up as “{folded}”"));
        }
    }
    Ok(checked)
}

/// The words of each predicate stand in its clause, in their order.
fn triggers(connection: &Connection) -> Result<Checked> {
    let mut checked = Checked { name: "words of predicates", rows: 0, faults: Vec::new() };
    let mut query = connection.prepare(
        "SELECT d.name, x.start, x.predicate_text, substr(d.text, x.start + 1, x.\"end\" - x.start)
         FROM (SELECT document, start, \"end\", predicate_text FROM evidence
               UNION ALL SELECT document, start, \"end\", predicate_text FROM claim) x JOIN document d ON d.id = x.document",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        checked.rows += 1;
        let (name, start, words, clause): (String, i64, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        if !stand_in_order(&words, &clause) {
            checked.faults.push(format!("{name} at {start}: “{words}” does not stand in “{clause}”"));
        }
    }
    Ok(checked)
}

fn stand_in_order(words: &str, text: &str) -> bool {
    let mut rest = text;
    words.split_whitespace().all(|word| match rest.find(word) {
        Some(at) => {
            rest = &rest[at + word.len()..];
            true
        }
        None => false,
    })
}

fn counts(connection: &Connection) -> Result<Checked> {
    let faults = lines(connection, &derive::wrong_counts())?;
    Ok(Checked { name: "counts of edges", rows: number(connection, "SELECT count(*) FROM relation")?, faults })
}

fn derived_origins(connection: &Connection) -> Result<Checked> {
    let mut faults = Vec::new();
    let expected = origins::derived(connection)?;
    let mut stored = connection.prepare(
        "SELECT d.name, d.origin, coalesce(g.claimant, ''), (SELECT coalesce(source, name) FROM document WHERE id = ?2)
         FROM document d LEFT JOIN origin g ON g.id = d.origin WHERE d.id = ?1",
    )?;
    for (document, origin, claimant) in &expected {
        let (name, found, says, should): (String, i64, String, Option<String>) =
            stored.query_row([document, claimant], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        if found != *origin {
            faults.push(format!("{name}: its origin is {found:016x}, the texts give {origin:016x}"));
        } else if should.as_deref() != Some(&says) {
            faults.push(format!(
                "{name}: “{says}” answers for its origin, the texts give “{}”",
                should.unwrap_or_default()
            ));
        }
    }
    Ok(Checked { name: "origins", rows: expected.len() as i64, faults })
}

/// The full-text index against one made anew: the terms with their numbers of sentences and places.
fn full_text(connection: &Connection) -> Result<Checked> {
    connection.execute_batch(
        "CREATE VIRTUAL TABLE temp.anew USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 2');
         INSERT INTO temp.anew (rowid, text) SELECT id, text FROM sentence;
         CREATE VIRTUAL TABLE temp.found USING fts5vocab (main, sentence_text, row);
         CREATE VIRTUAL TABLE temp.expected USING fts5vocab (temp, anew, row);",
    )?;
    let faults = lines(
        connection,
        "SELECT 'the index has “' || term || '” in ' || doc || ' sentences, the sentences do not'
         FROM (SELECT term, doc, cnt FROM temp.found EXCEPT SELECT term, doc, cnt FROM temp.expected)
         UNION ALL
         SELECT 'the index lacks “' || term || '”, which is in ' || doc || ' sentences'
         FROM (SELECT term, doc, cnt FROM temp.expected EXCEPT SELECT term, doc, cnt FROM temp.found)
         WHERE term NOT IN (SELECT term FROM temp.found)
         UNION ALL
         SELECT 'the index speaks of sentence ' || id || ', which is not there' FROM sentence_text_docsize
         WHERE id NOT IN (SELECT id FROM sentence)",
    )?;
    Ok(Checked { name: "full text", rows: number(connection, "SELECT count(*) FROM temp.expected")?, faults })
}
