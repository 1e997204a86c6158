//! A database in, its canonical dump out: every fact as JSON, sorted by content, the same bytes whatever the history.

use super::json;
use crate::analysis::Trust;
use crate::error::Result;
use crate::graph::{Edge, Filter, PASSES, Store};
use rusqlite::types::ValueRef;
use rusqlite::{Row, Statement};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Number, Value};
use std::collections::BTreeMap;
use std::io::Write;

/// One kind of record: a query whose columns become fields; of `name:json` the value is JSON, of `name:level` a rank of trust.
struct Kind {
    name: &'static str,
    select: &'static str,
    /// Which records belong to the edges (`:edges`) and the evidence that pass a filter; without one the kind is left out there.
    condition: Option<&'static str>,
    order: &'static str,
}

const KINDS: [Kind; 6] = [
    Kind {
        name: "document",
        select: "SELECT d.name AS id, d.source, d.published, d.language, d.text_sha256, o.name AS origin
                 FROM document d JOIN document o ON o.id = d.origin",
        condition: Some("d.id IN (SELECT v.document FROM evidence v WHERE {passes})"),
        order: "d.name",
    },
    Kind {
        name: "entity",
        select: "SELECT e.id, e.name, e.type, e.country, e.sector, e.discovered, e.stands_for, e.wikidata, e.same_as,
                 (SELECT json_group_array(json_array(a.text, a.kind) ORDER BY a.kind, a.text)
                  FROM alias a WHERE a.entity = e.id) AS \"aliases:json\",
                 (SELECT count(*) FROM mention WHERE entity = e.id) AS mentions
                 FROM entity e",
        condition: Some(
            "e.id IN (SELECT subject FROM relation WHERE id IN (SELECT value FROM json_each(:edges))
                      UNION SELECT object FROM relation WHERE id IN (SELECT value FROM json_each(:edges)))",
        ),
        order: "e.id",
    },
    Kind {
        name: "edge",
        select: "SELECT printf('%016x', id) AS id, subject_id, subject, predicate, class, object_id, object, polarity, symmetric,
                 documents, origins, claimants, asserted, attributed, hypothetical, first, last, trust, judgement FROM edge",
        condition: Some("edge.id IN (SELECT value FROM json_each(:edges))"),
        order: "subject_id, object_id, predicate, polarity, edge.id",
    },
    Kind {
        name: "evidence",
        select: "SELECT printf('%016x', v.relation) AS edge, d.name AS document, v.start, v.\"end\", v.trigger_start,
                 v.trigger_end, v.subject_start, v.subject_end, v.subject_text, v.subject_head, v.subject_code, v.subject_sector,
                 v.object_start, v.object_end, v.object_text, v.object_head, v.object_code, v.object_sector,
                 v.predicate, v.predicate_text, v.modality, v.status, v.speaker, v.via, v.time, v.time_text, v.date, v.rule,
                 v.trust AS \"trust:level\",
                 substr(d.text, v.start + 1, v.\"end\" - v.start) AS text
                 FROM evidence v JOIN document d ON d.id = v.document",
        condition: Some("{passes}"),
        order: "d.name, v.trigger_start, v.id",
    },
    Kind {
        name: "claim",
        select: "SELECT d.name AS document, c.subject AS subject_id, c.subject_name AS subject, c.predicate, c.predicate_text,
                 c.object_text, c.polarity, c.modality, c.status, c.speaker, c.via, c.start, c.\"end\", c.trigger_start,
                 c.trigger_end, c.subject_start, c.subject_end, c.object_start, c.object_end
                 FROM claim c JOIN document d ON d.id = c.document",
        condition: None,
        order: "d.name, c.trigger_start, c.id",
    },
    Kind {
        name: "judgement",
        select: "SELECT verdict AS \"verdict:json\", because, made FROM judgement WHERE NOT undone",
        condition: None,
        order: "number",
    },
];

/// One record a line, each with its `kind`: everything, or what passes a filter other than [`Filter::everything`].
pub fn write_jsonl(store: &Store, filter: &Filter, out: &mut dyn Write) -> Result<()> {
    let passed = Passed::of(store, filter)?;
    for kind in &KINDS {
        each(store, kind, passed.as_ref(), |record| {
            json::write(&mut *out, &Tagged { kind: Some(kind.name), record })?;
            Ok(out.write_all(b"\n")?)
        })?;
    }
    Ok(())
}

/// One object with a list for each kind: `document`, `entity`, `edge`, `evidence`, `claim`, `judgement`.
pub fn write_json(store: &Store, filter: &Filter, out: &mut dyn Write) -> Result<()> {
    let passed = Passed::of(store, filter)?;
    let mut before = "{";
    for kind in &KINDS {
        write!(out, "{before}\"{}\":[", kind.name)?;
        let mut comma = "\n";
        each(store, kind, passed.as_ref(), |record| {
            out.write_all(comma.as_bytes())?;
            comma = ",\n";
            Ok(json::write(&mut *out, &Tagged { kind: None, record })?)
        })?;
        out.write_all(b"]")?;
        before = ",\n";
    }
    Ok(out.write_all(b"}\n")?)
}

/// The edges that pass a filter, by id, with the values that their records are selected by.
struct Passed {
    edges: BTreeMap<String, Edge>,
    values: Vec<(&'static str, rusqlite::types::Value)>,
}

impl Passed {
    fn of(store: &Store, filter: &Filter) -> Result<Option<Self>> {
        if *filter == Filter::everything() {
            return Ok(None);
        }
        let edges: BTreeMap<String, Edge> =
            store.edges(filter)?.into_iter().map(|edge| (edge.id.clone(), edge)).collect();
        let rows: Vec<i64> = edges.values().map(Edge::row).collect();
        let mut values = filter.of_evidence();
        values.push((":edges", serde_json::json!(rows).to_string().into()));
        Ok(Some(Self { edges, values }))
    }

    /// An edge's numbers are those of the evidence that passed.
    fn count(&self, record: &mut [(String, Value)]) {
        const COUNTED: [&str; 9] =
            ["documents", "origins", "claimants", "asserted", "attributed", "hypothetical", "first", "last", "trust"];
        let edge = record.iter().find(|(name, _)| name == "id").and_then(|(_, id)| self.edges.get(id.as_str()?));
        let counted = edge.and_then(|edge| serde_json::to_value(edge).ok()).unwrap_or_default();
        for (name, value) in record.iter_mut().filter(|(name, _)| COUNTED.contains(&name.as_str())) {
            *value = counted[name.as_str()].clone();
        }
    }
}

impl Kind {
    /// Its query; none where a filter leaves it out.
    fn query(&self, passed: Option<&Passed>) -> Option<String> {
        let condition = match passed {
            None => String::new(),
            Some(_) => {
                let passes = format!("v.relation IN (SELECT value FROM json_each(:edges)) AND {PASSES}");
                format!("WHERE {}", self.condition?.replace("{passes}", &passes))
            }
        };
        Some(format!("{} {condition} ORDER BY {}", self.select, self.order))
    }
}

fn each(
    store: &Store,
    kind: &Kind,
    passed: Option<&Passed>,
    mut write: impl FnMut(&[(String, Value)]) -> Result<()>,
) -> Result<()> {
    let Some(sql) = kind.query(passed) else { return Ok(()) };
    let mut query = store.connection().prepare(&sql)?;
    let columns = columns(&query);
    for (name, value) in passed.iter().flat_map(|passed| &passed.values) {
        if let Some(at) = query.parameter_index(name)? {
            query.raw_bind_parameter(at, value)?;
        }
    }
    let mut rows = query.raw_query();
    while let Some(row) = rows.next()? {
        let mut record = read(row, &columns)?;
        if let Some(passed) = passed.filter(|_| kind.name == "edge") {
            passed.count(&mut record);
        }
        write(&record)?;
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
        record.push(match column.split_once(':') {
            Some((name, "json")) => {
                let parsed = value.as_str().and_then(|json| serde_json::from_str(json).ok());
                (name.to_owned(), parsed.unwrap_or(Value::Null))
            }
            Some((name, "level")) => {
                let rank = value.as_u64().and_then(|rank| u8::try_from(rank).ok());
                (name.to_owned(), rank.and_then(Trust::of_rank).map_or(Value::Null, |level| level.as_str().into()))
            }
            _ => (column.clone(), value),
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
