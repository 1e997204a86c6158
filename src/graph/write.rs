//! One batch of analyses in, rows out, inside the caller's transaction.

use super::entities;
use super::key::{Key, document_id, relation_id, text_hash};
use super::place::{Places, Slices, date_of};
use crate::Document;
use crate::analysis::{Analysis, ClaimRecord, MentionRecord, RelationRecord};
use crate::error::Result;
use rusqlite::{CachedStatement, OptionalExtension, Transaction, params};
use rustc_hash::FxHashSet;

/// A document that is to be written.
pub(super) struct Row<'a> {
    pub document: &'a Document,
    pub analysis: &'a Analysis,
    pub fingerprint: String,
    /// Whether another document of this name is stored.
    pub replaces: bool,
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

/// What was written before, so that it is not written for every document that tells it again.
#[derive(Default)]
pub(super) struct Known {
    entities: entities::Written,
    /// Edges among the staged rows.
    edges: FxHashSet<i64>,
}

/// Edges remembered, some 10 MB of them; beyond, the memory starts anew.
const REMEMBERED: usize = 500_000;

/// Where rows go: their tables, or the stage of a first load.
pub(super) struct Inserts<'a> {
    transaction: &'a Transaction<'a>,
    known: &'a mut Known,
    staged: bool,
    sentence: CachedStatement<'a>,
    mention: CachedStatement<'a>,
    relation: CachedStatement<'a>,
    evidence: CachedStatement<'a>,
    claim: CachedStatement<'a>,
}

impl<'a> Inserts<'a> {
    pub fn prepared(transaction: &'a Transaction, staged: bool, known: &'a mut Known) -> Result<Self> {
        let prefix = if staged { "staged_" } else { "" };
        // A stage has no keys that could be in the way.
        let otherwise = if staged { "" } else { "ON CONFLICT DO NOTHING" };
        let prepare = |into: &str, columns: usize| {
            let values = vec!["?"; columns].join(", ");
            transaction.prepare_cached(&format!("INSERT INTO {prefix}{into} VALUES ({values}) {otherwise}"))
        };
        Ok(Self {
            sentence: prepare("sentence (id, document, start, \"end\", text)", 5)?,
            mention: prepare(
                "mention (document, start, \"end\", entity, as_read, sentence, kind, text, stands_for, found_by)",
                10,
            )?,
            relation: prepare("relation (id, subject, predicate, typed, class, object, polarity, symmetric)", 8)?,
            evidence: prepare(
                "evidence (id, relation, document, sentence, start, \"end\", trigger_start, trigger_end, subject_start,
                 subject_end, subject_text, subject_head, subject_code, subject_sector, object_start, object_end, object_text,
                 object_head, object_code, object_sector, predicate, predicate_text, modality, status, speaker, via, time,
                 time_text, date, rule, trust)",
                31,
            )?,
            claim: prepare(
                "claim (id, document, sentence, start, \"end\", trigger_start, trigger_end, subject, subject_name,
                 subject_start, subject_end, subject_text, predicate, predicate_text, object_start, object_end, object_text,
                 polarity, modality, status, speaker, via)",
                22,
            )?,
            transaction,
            known,
            staged,
        })
    }

    pub fn insert(&mut self, row: &Row) -> Result<()> {
        insert_document(self.transaction, row)?;
        let places = Places::of(document_id(&row.document.id), row.analysis);
        self.sentences(row, &places)?;
        entities::insert(self.transaction, row.analysis, &mut self.known.entities)?;
        for mention in &row.analysis.mentions {
            self.mention(mention, &places)?;
        }
        for relation in &row.analysis.relations {
            self.relation(row, relation, &places)?;
        }
        for claim in &row.analysis.claims {
            self.claim(claim, &places)?;
        }
        Ok(())
    }

    fn sentences(&mut self, row: &Row, places: &Places) -> Result<()> {
        let mut characters = Slices::of(&row.document.text);
        for &(sentence, id) in &places.sentences {
            let [start, end] = sentence;
            let text = characters.slice(start, end);
            self.sentence.execute(params![id, places.document, start as i64, end as i64, text])?;
        }
        Ok(())
    }

    fn mention(&mut self, mention: &MentionRecord, places: &Places) -> Result<()> {
        self.mention.execute(params![
            places.document,
            mention.start as i64,
            mention.end as i64,
            mention.entity_id,
            mention.entity_id,
            places.sentence_at(mention.start),
            mention.kind.as_str(),
            mention.text,
            mention.stands_for,
            mention.found_by
        ])?;
        Ok(())
    }

    fn relation(&mut self, row: &Row, relation: &RelationRecord, places: &Places) -> Result<()> {
        let (subject, object) = ends(relation);
        let edge = self.edge(relation, subject.id, object.id)?;
        let r = relation;
        let id = Key::of("evidence")
            .number(edge)
            .number(places.document)
            .span([r.trigger_start, r.trigger_end])
            .span(subject.span)
            .span(object.span)
            .id();
        self.evidence.execute(params![
            id,
            edge,
            places.document,
            places.sentence_at(r.trigger_start),
            r.evidence_start as i64,
            r.evidence_end as i64,
            r.trigger_start as i64,
            r.trigger_end as i64,
            subject.span[0] as i64,
            subject.span[1] as i64,
            subject.text,
            subject.head,
            subject.code,
            subject.sector,
            object.span[0] as i64,
            object.span[1] as i64,
            object.text,
            object.head,
            object.code,
            object.sector,
            r.predicate,
            r.predicate_text,
            r.modality.as_str(),
            r.status.as_str(),
            r.attributed_to,
            r.via,
            r.time,
            r.time_text,
            date_of(r.time.as_deref(), row.document.published),
            r.rule,
            r.trust.rank(),
        ])?;
        Ok(())
    }

    /// The id of the edge that a relation tells of.
    fn edge(&mut self, relation: &RelationRecord, subject: &str, object: &str) -> Result<i64> {
        let predicate = relation.relation.as_ref().unwrap_or(&relation.predicate);
        let (typed, polarity, symmetric) =
            (relation.relation.is_some(), relation.polarity.as_str(), relation.symmetric);
        let class = relation.event.as_deref();
        let id = relation_id((subject, object), (predicate, typed), class, polarity, symmetric);
        if self.is_new(id) {
            self.relation.execute(params![id, subject, predicate, typed, class, object, polarity, symmetric])?;
        }
        Ok(id)
    }

    /// Whether an edge must be written, which costs less than finding out by its table. Only a stage keeps all of its rows.
    fn is_new(&mut self, edge: i64) -> bool {
        if self.known.edges.len() >= REMEMBERED {
            self.known.edges.clear();
        }
        !self.staged || self.known.edges.insert(edge)
    }

    fn claim(&mut self, claim: &ClaimRecord, places: &Places) -> Result<()> {
        let c = claim;
        let id = Key::of("claim")
            .number(places.document)
            .text(&c.subject)
            .text(&c.predicate)
            .span([c.trigger_start, c.trigger_end])
            .span(c.subject_span)
            .span(c.object_span)
            .id();
        self.claim.execute(params![
            id,
            places.document,
            places.sentence_at(c.trigger_start),
            c.evidence_start as i64,
            c.evidence_end as i64,
            c.trigger_start as i64,
            c.trigger_end as i64,
            Some(&c.subject_id).filter(|id| !id.is_empty()),
            c.subject,
            c.subject_span[0] as i64,
            c.subject_span[1] as i64,
            c.subject_text,
            c.predicate,
            c.predicate_text,
            c.object_span[0] as i64,
            c.object_span[1] as i64,
            c.object_text,
            c.polarity.as_str(),
            c.modality.as_str(),
            c.status.as_str(),
            c.attributed_to,
            c.via,
        ])?;
        Ok(())
    }
}

fn insert_document(transaction: &Transaction, row: &Row) -> Result<()> {
    let Row { document, analysis, fingerprint, .. } = row;
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
