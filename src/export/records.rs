//! A database in, its canonical dump out: every fact as JSON, sorted by content, the same bytes whatever the history.

use super::json;
use crate::error::Result;
use crate::graph::Store;
use rusqlite::types::ValueRef;
use rusqlite::{Row, Statement};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Number, Value};
use std::io::Write;

/// Kind of record, and the query that gives it: columns become fields.
const RECORDS: [(&str, &str); 6] = [
    (
        "document",
        "SELECT d.name AS id, d.source, d.published, d.language, d.text_sha256, o.name AS origin
         FROM document d JOIN document o ON o.id = d.origin ORDER BY d.name",
    ),
    (
        "entity",
        "SELECT e.id, e.name, e.type, e.country, e.sector, e.discovered, e.stands_for, e.wikidata, e.same_as,
                (SELECT json_group_array(json_array(a.text, a.kind) ORDER BY a.kind, a.text)
                 FROM alias a WHERE a.entity = e.id) AS \"aliases:json\",
                (SELECT count(*) FROM mention WHERE entity = e.id) AS mentions
         FROM entity e ORDER BY e.id",
    ),
    (
        "edge",
        "SELECT printf('%016x', id) AS id, subject_id, subject, predicate, class, object_id, object, polarity, symmetric,
                documents, origins, claimants, asserted, attributed, hypothetical, first, last, judgement
         FROM edge ORDER BY subject_id, object_id, predicate, polarity, edge.id",
    ),
    (
        "evidence",
        "SELECT printf('%016x', v.relation) AS edge, d.name AS document, v.start, v.\"end\", v.trigger_start, v.trigger_end,
                v.subject_start, v.subject_end, v.subject_text, v.subject_head, v.subject_code, v.subject_sector,
                v.object_start, v.object_end, v.object_text, v.object_head, v.object_code, v.object_sector,
                v.predicate, v.predicate_text, v.modality, v.status, v.speaker, v.via, v.time, v.time_text, v.date, v.rule,
                substr(d.text, v.start + 1, v.\"end\" - v.start) AS text
         FROM evidence v JOIN document d ON d.id = v.document ORDER BY d.name, v.trigger_start, v.id",
    ),
    (
        "claim",
        "SELECT d.name AS document, c.subject AS subject_id, c.subject_name AS subject, c.predicate, c.predicate_text,
                c.object_text, c.polarity, c.modality, c.status, c.speaker, c.via, c.start, c.\"end\", c.trigger_start,
                c.trigger_end, c.subject_start, c.subject_end, c.object_start, c.object_end
         FROM claim c JOIN document d ON d.id = c.document ORDER BY d.name, c.trigger_start, c.id",
    ),
    (
        "judgement",
        "SELECT verdict AS \"verdict:json\", because, made FROM judgement WHERE NOT undone ORDER BY number",
    ),
];

/// One record a line, each with its `kind`.
pub fn write_jsonl(store: &Store, out: &mut dyn Write) -> Result<()> {
    for (kind, sql) in RECORDS {
        each(store, sql, |record| {
            json::write(&mut *out, &Tagged { kind: Some(kind), record })?;
            Ok(out.write_all(b"\n")?)
        })?;
    }
    Ok(())
}

/// One object with a list for each kind: `document`, `entity`, `edge`, `evidence`, `claim`, `judgement`.
pub fn write_json(store: &Store, out: &mut dyn Write) -> Result<()> {
    let mut before = "{";
    for (kind, sql) in RECORDS {
        write!(out, "{before}\"{kind}\":[")?;
        let mut comma = "\n";
        each(store, sql, |record| {
            out.write_all(comma.as_bytes())?;
            comma = ",\n";
            Ok(json::write(&mut *out, &Tagged { kind: None, record })?)
        })?;
        out.write_all(b"]")?;
        before = ",\n";
    }
    Ok(out.write_all(b"}\n")?)
}

fn each(store: &Store, sql: &str, mut write: impl FnMut(&[(String, Value)]) -> Result<()>) -> Result<()> {
    let mut query = store.connection().prepare(sql)?;
    let columns = columns(&query);
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        write(&read(row, &columns)?)?;
    }
    Ok(())
}

/// Names of a query's columns, in order.
pub fn columns(query: &Statement) -> Vec<String> {
    query.column_names().map(str::to_owned).collect()
}

fn read(row: &Row, columns: &[String]) -> Result<Vec<(String, Value)>> {
    let mut record = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let value = value(row.get_ref(at)?);
        record.push(match column.strip_suffix(":json") {
            Some(name) => (
                name.to_owned(),
                value.as_str().and_then(|json| serde_json::from_str(json).ok()).unwrap_or(Value::Null),
            ),
            None => (column.clone(), value),
        });
    }
    Ok(record)
}

/// A value of SQLite as one of JSON; bytes become hexadecimal digits.
pub fn value(value: ValueRef) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
    }
}

/// A record whose fields keep the order of the columns.
pub struct Tagged<'a> {
    pub kind: Option<&'a str>,
    pub record: &'a [(String, Value)],
}

impl Serialize for Tagged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(kind) = self.kind {
            map.serialize_entry("kind", kind)?;
        }
        for (name, value) in self.record {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
