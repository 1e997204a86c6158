//! One batch of analyses in, rows out, inside the caller's transaction.

use super::entities;
use super::key::{Key, document_id, relation_id, text_hash};
use super::place::{Places, Slices, date_of};
use crate::Document;
use crate::analysis::{Analysis, ClaimRecord, RelationRecord};
use crate::error::Result;
use rusqlite::{OptionalExtension, Transaction, named_params, params};
use serde::Serialize;

/// A document that is to be written.
pub(super) struct Row<'a> {
    pub document: &'a Document,
    pub analysis: &'a Analysis,
    pub fingerprint: String,
}

/// Takes a document's rows out; says whether there were any. Edges and entities that this leaves bare go in `remove_orphans`.
pub(super) fn remove(transaction: &Transaction, name: &str) -> Result<bool> {
    let id = document_id(name);
    let known = transaction.query_row("SELECT 1 FROM document WHERE id = ?", [id], |_| Ok(())).optional()?;
    if known.is_none() {
        return Ok(false);
    }
    for table in ["claim", "evidence", "mention", "sentence"] {
        transaction.prepare_cached(&format!("DELETE FROM {table} WHERE document = ?"))?.execute([id])?;
    }
    // What it leads as an origin is derived again at the end of the run; until then its reprints lead themselves.
    transaction
        .execute("INSERT OR IGNORE INTO origin SELECT id, name FROM document WHERE origin = ? AND id <> ?", [id, id])?;
    transaction.execute("UPDATE document SET origin = id WHERE origin = ? AND id <> ?", [id, id])?;
    transaction.execute("DELETE FROM document WHERE id = ?", [id])?;
    transaction.execute("DELETE FROM origin WHERE id = ?", [id])?;
    Ok(true)
}

pub(super) fn insert(transaction: &Transaction, rows: &[Row], known: &mut entities::Written) -> Result<()> {
    for row in rows {
        insert_document(transaction, row)?;
        let places = Places::of(document_id(&row.document.id), row.analysis);
        insert_sentences(transaction, row, &places)?;
        entities::insert(transaction, row.analysis, known)?;
        insert_mentions(transaction, row.analysis, &places)?;
        for relation in &row.analysis.relations {
            insert_relation(transaction, row, relation, &places)?;
        }
        for claim in &row.analysis.claims {
            insert_claim(transaction, claim, &places)?;
        }
    }
    Ok(())
}

fn insert_document(transaction: &Transaction, row: &Row) -> Result<()> {
    let Row { document, analysis, fingerprint } = row;
    let id = document_id(&document.id);
    let sha256 = match analysis.text_sha256.as_str() {
        "" => text_hash(&document.text),
        given => given.to_owned(),
    };
    transaction
        .prepare_cached(
            "INSERT INTO document (id, name, source, published, language, text, text_sha256, fingerprint, origin)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1)",
        )?
        .execute(params![
            id,
            document.id,
            document.source,
            document.published.map(|day| day.to_string()),
            analysis.language,
            document.text,
            sha256,
            fingerprint
        ])?;
    transaction
        .prepare_cached("INSERT INTO origin (id, claimant) VALUES (?, ?)")?
        .execute(params![id, document.source.as_ref().unwrap_or(&document.id)])?;
    Ok(())
}

fn insert_sentences(transaction: &Transaction, row: &Row, places: &Places) -> Result<()> {
    let mut insert = transaction
        .prepare_cached("INSERT INTO sentence (id, document, start, \"end\", text) VALUES (?, ?, ?, ?, ?)")?;
    let mut characters = Slices::of(&row.document.text);
    for &sentence in &places.sentences {
        let [start, end] = sentence;
        let text = characters.slice(start, end);
        insert.execute(params![places.id(sentence), places.document, start as i64, end as i64, text])?;
    }
    Ok(())
}

fn insert_mentions(transaction: &Transaction, analysis: &Analysis, places: &Places) -> Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO mention (document, start, \"end\", entity, as_read, sentence, kind, text, stands_for, found_by)
         VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for mention in &analysis.mentions {
        insert.execute(params![
            places.document,
            mention.start as i64,
            mention.end as i64,
            mention.entity_id,
            places.sentence_at(mention.start),
            label(mention.kind),
            mention.text,
            mention.stands_for,
            mention.found_by
        ])?;
    }
    Ok(())
}

/// One end of an edge, as its evidence has it.
struct End<'a> {
    id: &'a str,
    span: [usize; 2],
    text: &'a str,
    head: &'a Option<String>,
    code: &'a Option<String>,
    sector: &'a Option<String>,
}

/// Subject and object of the edge: as they stand, or in order of id where the relation is symmetric.
fn ends(relation: &RelationRecord) -> (End<'_>, End<'_>) {
    let r = relation;
    let subject = End {
        id: &r.subject_id,
        span: r.subject_span,
        text: &r.subject_text,
        head: &r.subject_head,
        code: &r.subject_code,
        sector: &r.subject_sector,
    };
    let object = End {
        id: &r.object_id,
        span: r.object_span,
        text: &r.object_text,
        head: &r.object_head,
        code: &r.object_code,
        sector: &r.object_sector,
    };
    match r.symmetric && (object.id, object.span) < (subject.id, subject.span) {
        true => (object, subject),
        false => (subject, object),
    }
}

fn insert_relation(transaction: &Transaction, row: &Row, relation: &RelationRecord, places: &Places) -> Result<()> {
    let (subject, object) = ends(relation);
    let edge = insert_edge(transaction, relation, subject.id, object.id)?;
    let r = relation;
    let id = Key::of("evidence")
        .number(edge)
        .number(places.document)
        .span([r.trigger_start, r.trigger_end])
        .span(subject.span)
        .span(object.span)
        .id();
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO evidence VALUES (:id, :relation, :document, :sentence, :start, :end, :trigger_start,
             :trigger_end, :subject_start, :subject_end, :subject_text, :subject_head, :subject_code, :subject_sector,
             :object_start, :object_end, :object_text, :object_head, :object_code, :object_sector, :predicate,
             :predicate_text, :modality, :status, :speaker, :via, :time, :time_text, :date, :rule, :trust, NULL, NULL, NULL)",
        )?
        .execute(named_params! {
            ":id": id, ":relation": edge, ":document": places.document, ":sentence": places.sentence_at(r.trigger_start),
            ":start": r.evidence_start as i64, ":end": r.evidence_end as i64,
            ":trigger_start": r.trigger_start as i64, ":trigger_end": r.trigger_end as i64,
            ":subject_start": subject.span[0] as i64, ":subject_end": subject.span[1] as i64,
            ":subject_text": subject.text, ":subject_head": subject.head, ":subject_code": subject.code,
            ":subject_sector": subject.sector,
            ":object_start": object.span[0] as i64, ":object_end": object.span[1] as i64,
            ":object_text": object.text, ":object_head": object.head, ":object_code": object.code,
            ":object_sector": object.sector,
            ":predicate": r.predicate, ":predicate_text": r.predicate_text, ":modality": label(r.modality),
            ":status": label(r.status), ":speaker": r.attributed_to, ":via": r.via, ":time": r.time,
            ":time_text": r.time_text, ":date": date_of(r.time.as_deref(), row.document.published), ":rule": r.rule,
            ":trust": r.trust.rank(),
        })?;
    Ok(())
}

fn insert_edge(transaction: &Transaction, relation: &RelationRecord, subject: &str, object: &str) -> Result<i64> {
    let predicate = relation.relation.as_ref().unwrap_or(&relation.predicate);
    let polarity = label(relation.polarity);
    let id = relation_id(
        (subject, object),
        (predicate, relation.relation.is_some()),
        relation.event.as_deref(),
        &polarity,
        relation.symmetric,
    );
    transaction
        .prepare_cached(
            "INSERT INTO relation (id, subject, predicate, typed, class, object, polarity, symmetric)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            id,
            subject,
            predicate,
            relation.relation.is_some(),
            relation.event,
            object,
            polarity,
            relation.symmetric
        ])?;
    Ok(id)
}

fn insert_claim(transaction: &Transaction, claim: &ClaimRecord, places: &Places) -> Result<()> {
    let c = claim;
    let id = Key::of("claim")
        .number(places.document)
        .text(&c.subject)
        .text(&c.predicate)
        .span([c.trigger_start, c.trigger_end])
        .span(c.subject_span)
        .span(c.object_span)
        .id();
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO claim VALUES (:id, :document, :sentence, :start, :end, :trigger_start, :trigger_end,
             nullif(:subject, ''), :subject_name, :subject_start, :subject_end, :subject_text, :predicate, :predicate_text,
             :object_start, :object_end, :object_text, :polarity, :modality, :status, :speaker, :via, NULL)",
        )?
        .execute(named_params! {
            ":id": id, ":document": places.document, ":sentence": places.sentence_at(c.trigger_start),
            ":start": c.evidence_start as i64, ":end": c.evidence_end as i64,
            ":trigger_start": c.trigger_start as i64, ":trigger_end": c.trigger_end as i64,
            ":subject": c.subject_id, ":subject_name": c.subject,
            ":subject_start": c.subject_span[0] as i64, ":subject_end": c.subject_span[1] as i64,
            ":subject_text": c.subject_text, ":predicate": c.predicate, ":predicate_text": c.predicate_text,
            ":object_start": c.object_span[0] as i64, ":object_end": c.object_span[1] as i64,
            ":object_text": c.object_text, ":polarity": label(c.polarity), ":modality": label(c.modality),
            ":status": label(c.status), ":speaker": c.attributed_to, ":via": c.via,
        })?;
    Ok(())
}

/// The contract's word for a value, so that store and JSON cannot drift apart.
pub(crate) fn label<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
