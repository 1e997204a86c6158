//! Rows as they were read and the log in, rows as they were judged out; and the way back, exactly.

use super::judgement::{EdgeKey, Judgement, Verdict};
use super::standing::Standing;
use crate::error::Result;
use rusqlite::{Connection, Row, Transaction, params};

/// One piece of evidence with what decides its edge.
struct Piece {
    id: i64,
    edge: EdgeKey,
    /// Ends as they were read, where they are not the edge's.
    as_read: Option<(String, String)>,
    spans: [(i64, i64); 2],
    document: String,
}

const PIECES: &str = "
SELECT v.id, r.subject, r.predicate, r.typed, r.class, r.object, r.polarity, r.symmetric, v.subject_as_read, v.object_as_read,
       v.subject_start, v.subject_end, v.object_start, v.object_end, d.name
FROM relation r JOIN evidence v ON v.relation = r.id JOIN document d ON d.id = v.document
";

/// Everything as it was read.
pub(super) fn reset(transaction: &Transaction) -> Result<()> {
    for mut piece in pieces(transaction, "WHERE v.subject_as_read IS NOT NULL", &[])? {
        if let Some((subject, object)) = piece.as_read.take() {
            (piece.edge.subject, piece.edge.object) = (subject, object);
            put(transaction, piece)?;
        }
    }
    transaction.execute_batch(
        "DELETE FROM alias WHERE kind = 'judged';
         UPDATE entity SET name = name_as_read, name_as_read = NULL WHERE name_as_read IS NOT NULL;
         UPDATE entity SET same_as = NULL WHERE same_as IS NOT NULL;
         UPDATE relation SET judgement = NULL WHERE judgement IS NOT NULL;
         UPDATE evidence SET speaker = speaker_as_read, speaker_as_read = NULL WHERE speaker_as_read IS NOT NULL;
         UPDATE mention SET entity = as_read WHERE entity <> as_read;
         UPDATE claim SET subject = subject_as_read, subject_as_read = NULL WHERE subject_as_read IS NOT NULL;",
    )?;
    Ok(())
}

/// What the log comes to with the entities that are there.
pub(super) fn standing(connection: &Connection, log: &[Judgement]) -> Result<Standing> {
    let mut is_there = connection.prepare("SELECT EXISTS (SELECT 1 FROM entity WHERE id = ?)")?;
    Standing::of(log).settled(|id| Ok(is_there.query_row([id], |row| row.get(0))?))
}

/// Everything as the log has it, from what was read.
pub(super) fn apply(transaction: &Transaction, log: &[Judgement]) -> Result<()> {
    let standing = &standing(transaction, log)?;
    entities(transaction, standing)?;
    mentions_and_claims(transaction, standing)?;
    evidence(transaction, standing)?;
    names(transaction, standing)?;
    speakers(transaction)?;
    for (edge, verdict) in standing.edges() {
        transaction.execute("UPDATE relation SET judgement = ? WHERE id = ?", params![verdict, edge])?;
    }
    transaction.execute_batch(
        "DELETE FROM relation WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE relation = relation.id);",
    )?;
    Ok(())
}

/// Entities that only a split made, and those that stand for others.
fn entities(transaction: &Transaction, standing: &Standing) -> Result<()> {
    // An id of what is split off begins with that of the whole, so the whole comes first.
    for (id, whole) in &standing.made {
        transaction.execute(
            "INSERT OR IGNORE INTO entity (id, name, type, country, sector, discovered, stands_for)
             SELECT ?1, name, type, country, sector, discovered, stands_for FROM entity WHERE id = ?2",
            [id, whole],
        )?;
    }
    for (entity, root) in standing.merged() {
        transaction.execute("UPDATE entity SET same_as = ?2 WHERE id = ?1", [entity, root])?;
    }
    Ok(())
}

fn mentions_and_claims(transaction: &Transaction, standing: &Standing) -> Result<()> {
    for (read, root) in standing.merged() {
        transaction.execute("UPDATE mention SET entity = ?2 WHERE entity = ?1 AND as_read = ?1", [read, root])?;
        let claims =
            "UPDATE claim SET subject = ?2, subject_as_read = ?1 WHERE subject = ?1 AND subject_as_read IS NULL";
        transaction.execute(claims, [read, root])?;
    }
    for (read, document, now) in standing.apart() {
        let here = "document = (SELECT id FROM document WHERE name = ?3)";
        let mentions = format!("UPDATE mention SET entity = ?2 WHERE as_read = ?1 AND {here}");
        transaction.execute(&mentions, [read, now, document])?;
        let claims = format!(
            "UPDATE claim SET subject = ?2, subject_as_read = ?1 WHERE coalesce(subject_as_read, subject) = ?1 AND {here}"
        );
        transaction.execute(&claims, [read, now, document])?;
    }
    Ok(())
}

fn evidence(transaction: &Transaction, standing: &Standing) -> Result<()> {
    let touched = serde_json::json!(standing.touched()).to_string();
    let around = "WHERE r.id IN (SELECT id FROM relation WHERE subject IN (SELECT value FROM json_each(?1))
                           UNION SELECT id FROM relation WHERE object IN (SELECT value FROM json_each(?1)))";
    for mut piece in pieces(transaction, around, &[&touched])? {
        let read = (piece.edge.subject.clone(), piece.edge.object.clone());
        for end in [&mut piece.edge.subject, &mut piece.edge.object] {
            *end = standing.entity(end, &piece.document).to_owned();
        }
        if (&piece.edge.subject, &piece.edge.object) != (&read.0, &read.1) {
            piece.as_read = Some(read);
            put(transaction, piece)?;
        }
    }
    Ok(())
}

fn pieces(transaction: &Transaction, condition: &str, parameters: &[&dyn rusqlite::ToSql]) -> Result<Vec<Piece>> {
    let mut query = transaction.prepare(&[PIECES, condition].concat())?;
    Ok(query.query_map(parameters, read)?.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &Row) -> rusqlite::Result<Piece> {
    let edge = EdgeKey {
        subject: row.get(1)?,
        predicate: row.get(2)?,
        typed: row.get(3)?,
        class: row.get(4)?,
        object: row.get(5)?,
        polarity: row.get(6)?,
        symmetric: row.get(7)?,
    };
    let as_read = row.get::<_, Option<String>>(8)?.zip(row.get(9)?);
    let spans = [(row.get(10)?, row.get(11)?), (row.get(12)?, row.get(13)?)];
    Ok(Piece { id: row.get(0)?, edge, as_read, spans, document: row.get(14)? })
}

/// Moves a piece of evidence to its edge, which is made if need be; the ends of a mutual one are put in order again.
fn put(transaction: &Transaction, mut piece: Piece) -> Result<()> {
    let edge = &mut piece.edge;
    if edge.symmetric && (&edge.object, piece.spans[1]) < (&edge.subject, piece.spans[0]) {
        std::mem::swap(&mut edge.subject, &mut edge.object);
        piece.as_read = piece.as_read.map(|(subject, object)| (object, subject));
        transaction.execute(
            "UPDATE evidence SET subject_start = object_start, subject_end = object_end, subject_text = object_text,
                 subject_head = object_head, subject_code = object_code, subject_sector = object_sector,
                 object_start = subject_start, object_end = subject_end, object_text = subject_text,
                 object_head = subject_head, object_code = subject_code, object_sector = subject_sector WHERE id = ?",
            [piece.id],
        )?;
    }
    let row = edge.row();
    transaction
        .prepare_cached(
            "INSERT INTO relation (id, subject, predicate, typed, class, object, polarity, symmetric)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            row,
            edge.subject,
            edge.predicate,
            edge.typed,
            edge.class,
            edge.object,
            edge.polarity,
            edge.symmetric
        ])?;
    let (subject, object) = piece.as_read.unzip();
    transaction
        .prepare_cached("UPDATE evidence SET relation = ?, subject_as_read = ?, object_as_read = ? WHERE id = ?")?
        .execute(params![row, subject, object, piece.id])?;
    Ok(())
}

fn names(transaction: &Transaction, standing: &Standing) -> Result<()> {
    // What a split named in reports that are not here is nobody.
    for id in standing.made.keys() {
        transaction.execute(
            "DELETE FROM entity WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM mention WHERE entity = ?1)
             AND NOT EXISTS (SELECT 1 FROM relation WHERE ?1 IN (subject, object))
             AND NOT EXISTS (SELECT 1 FROM claim WHERE subject = ?1)
             AND same_as IS NULL AND NOT EXISTS (SELECT 1 FROM entity WHERE same_as = ?1)",
            [id],
        )?;
    }
    for (id, name) in &standing.names {
        let sql = "UPDATE entity SET name_as_read = name, name = ?2 WHERE id = ?1 AND name <> ?2";
        transaction.execute(sql, [id, name])?;
    }
    let mut judged = transaction.prepare(
        "SELECT id, name FROM entity WHERE NOT EXISTS (SELECT 1 FROM alias WHERE entity = entity.id AND text = entity.name)",
    )?;
    let mut alias = transaction.prepare("INSERT INTO alias (entity, text, kind, folded) VALUES (?, ?, 'judged', ?)")?;
    let unnamed: Vec<(String, String)> =
        judged.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (id, name) in unnamed {
        alias.execute([&id, &name, &name.to_lowercase()])?;
    }
    Ok(())
}

/// Speakers are names: one that only a judged entity bears becomes the name that it has now.
fn speakers(transaction: &Transaction) -> Result<()> {
    transaction.execute_batch(
        "CREATE TEMP TABLE renamed AS
         SELECT coalesce(e.name_as_read, e.name) AS old, coalesce(r.name, e.name) AS new
         FROM entity e LEFT JOIN entity r ON r.id = e.same_as
         WHERE (e.same_as IS NOT NULL OR e.name_as_read IS NOT NULL) AND instr(e.id, '~') = 0
           AND (SELECT count(*) FROM entity o WHERE coalesce(o.name_as_read, o.name) = coalesce(e.name_as_read, e.name)
                AND instr(o.id, '~') = 0) = 1;
         UPDATE evidence SET speaker_as_read = speaker, speaker = renamed.new FROM renamed
         WHERE evidence.speaker = renamed.old AND renamed.new <> renamed.old AND speaker_as_read IS NULL;
         DROP TABLE renamed;",
    )?;
    Ok(())
}

/// Decisions about what is not there any more, and about reports that are to be forgotten, leave the log, too.
pub(super) fn forget(transaction: &Transaction, log: Vec<Judgement>, documents: &[String]) -> Result<Vec<Judgement>> {
    let mut dropped = Vec::new();
    for judgement in log {
        if speaks_of_nothing(transaction, &judgement.verdict)? || names_one_of(&judgement.verdict, documents) {
            transaction.execute("DELETE FROM judgement WHERE number = ?", [judgement.number])?;
            dropped.push(judgement);
        }
    }
    Ok(dropped)
}

fn names_one_of(verdict: &Verdict, forgotten: &[String]) -> bool {
    matches!(verdict, Verdict::Split { documents, .. } if documents.iter().any(|name| forgotten.contains(name)))
}

fn speaks_of_nothing(transaction: &Transaction, verdict: &Verdict) -> Result<bool> {
    let ids = match verdict {
        Verdict::Merge { entity, merged } => vec![entity, merged],
        Verdict::Distinct { entity, other } => vec![entity, other],
        Verdict::Split { entity, .. } | Verdict::Rename { entity, .. } => vec![entity],
        Verdict::Confirm { edge } | Verdict::Reject { edge } => vec![&edge.subject, &edge.object],
    };
    let mut known = transaction.prepare_cached("SELECT EXISTS (SELECT 1 FROM entity WHERE id = ?)")?;
    for id in ids {
        let read = id.split('~').next().unwrap_or(id);
        if !known.query_row([read], |row| row.get::<_, bool>(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}
