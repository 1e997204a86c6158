//! A filter in, the edges that pass it out, each with the counts of the evidence that passed.

use super::Store;
use super::filter::{self, ENOUGH, Filter, MEETS};
use crate::analysis::{EntityType, Polarity, Status, Trust};
use crate::error::Result;
use rusqlite::{Row, RowIndex};
use serde::Serialize;
use serde::de::{DeserializeOwned, IntoDeserializer, value::StrDeserializer};
use serde_json::json;

/// Who does what to whom, and how well that is supported. The counts leave hypothetical evidence out, except its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// Sixteen hexadecimal digits, the same in every database.
    pub id: String,
    pub subject_id: String,
    pub subject: String,
    pub subject_type: EntityType,
    /// The typed relation, else the open predicate.
    pub predicate: String,
    /// PLOVER class.
    pub class: Option<String>,
    pub object_id: String,
    pub object: String,
    pub object_type: EntityType,
    pub polarity: Polarity,
    pub symmetric: bool,
    pub documents: i64,
    pub origins: i64,
    pub claimants: i64,
    pub asserted: i64,
    pub attributed: i64,
    pub hypothetical: i64,
    /// ISO dates of the evidence.
    pub first: Option<String>,
    pub last: Option<String>,
    /// How surely the best of it was read; none where a program of before wrote it.
    pub trust: Option<Trust>,
    /// What a person decided of it: confirmed, rejected.
    pub judgement: Option<String>,
}

impl Edge {
    /// The key of its row in `relation`.
    pub fn row(&self) -> i64 {
        i64::from_str_radix(&self.id, 16).unwrap_or_default()
    }

    /// The best status that any of its evidence has.
    pub fn status(&self) -> Status {
        match (self.asserted, self.attributed) {
            (1.., _) => Status::Asserted,
            (_, 1..) => Status::Attributed,
            _ => Status::Hypothetical,
        }
    }

    pub fn is_negative(&self) -> bool {
        self.polarity == Polarity::Negative
    }
}

/// From an end of an edge: away from it, towards it, or either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    In,
    Out,
    #[default]
    Both,
}

const COLUMNS: &str = "
    printf('%016x', r.id) AS id, r.subject AS subject_id, s.name AS subject, s.type AS subject_type, r.predicate, r.class,
    r.object AS object_id, o.name AS object, o.type AS object_type, r.polarity, r.symmetric, r.judgement";
const ENDS: &str = "JOIN entity s ON s.id = r.subject JOIN entity o ON o.id = r.object";

/// The edges, each with the counts of the evidence that passes; `{near}` says which are looked at.
fn edges_query(near: &str) -> String {
    format!(
        "{} ORDER BY origins DESC, documents DESC, claimants DESC, asserted + attributed + hypothetical DESC,
                  subject, predicate, object, polarity, id
         LIMIT :best",
        filter::counted(COLUMNS, ENDS, near)
    )
}

/// The same where the numbers that the database keeps are those of the evidence that passes: that is not read at all.
fn stored_query(near: &str) -> String {
    format!(
        "SELECT {COLUMNS}, r.documents, r.origins, r.claimants, r.asserted, r.attributed, 0 AS hypothetical, r.first, r.last, r.trust
         FROM relation r {ENDS}
         WHERE {near} AND r.documents > 0 AND {MEETS} AND {ENOUGH}
         ORDER BY r.origins DESC, r.documents DESC, r.claimants DESC, r.asserted + r.attributed DESC,
                  s.name, r.predicate, o.name, r.polarity, r.id
         LIMIT :best"
    )
}

/// Forms of one condition, because SQLite would not use an index for `:around IS NULL OR ...`.
const EVERYWHERE: &str = ":around IS NULL";
const AROUND: &str = "r.id IN (SELECT id FROM relation WHERE subject IN (SELECT value FROM json_each(:around))
                         UNION SELECT id FROM relation WHERE object IN (SELECT value FROM json_each(:around)))";
const BETWEEN: &str =
    "r.subject IN (SELECT value FROM json_each(:around)) AND r.object IN (SELECT value FROM json_each(:around))";
const NAMED: &str = "r.id IN (SELECT value FROM json_each(:around))";

impl Store {
    /// The edges that pass, the best supported first.
    pub fn edges(&self, filter: &Filter) -> Result<Vec<Edge>> {
        self.select_edges(filter, EVERYWHERE, None)
    }

    /// Those of them that have one of the `entities` (ids) at an end.
    pub fn edges_around(&self, filter: &Filter, entities: &[String]) -> Result<Vec<Edge>> {
        self.select_edges(filter, AROUND, Some(json!(entities)))
    }

    /// Those of them that link two entities (ids), in either direction.
    pub fn edges_between(&self, filter: &Filter, a: &str, b: &str) -> Result<Vec<Edge>> {
        let mut edges = self.select_edges(filter, BETWEEN, Some(json!([a, b])))?;
        edges.retain(|edge| [(a, b), (b, a)].contains(&(&edge.subject_id, &edge.object_id)));
        Ok(edges)
    }

    /// Edges whose id, in hexadecimal digits, begins with these, with all of their evidence.
    pub fn edges_by_id(&self, digits: &str) -> Result<Vec<Edge>> {
        let bound = |fill: &str| i64::from_str_radix(&format!("{digits}{}", fill.repeat(16 - digits.len())), 16).ok();
        let sound = (1..=16).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let Some((low, high)) = sound.then(|| bound("0").zip(bound("f"))).flatten() else { return Ok(Vec::new()) };
        let mut query = self.connection.prepare_cached("SELECT id FROM relation WHERE id BETWEEN ? AND ? LIMIT 100")?;
        let ids: Vec<i64> = query.query_map([low, high], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        self.edges_of(&Filter { rejected: true, ..Filter::everything() }, &ids)
    }

    /// Those of them with these keys in `relation`.
    pub fn edges_of(&self, filter: &Filter, rows: &[i64]) -> Result<Vec<Edge>> {
        self.select_edges(filter, NAMED, Some(json!(rows)))
    }

    fn select_edges(&self, filter: &Filter, near: &str, around: Option<serde_json::Value>) -> Result<Vec<Edge>> {
        let stored = filter.counts_as_stored();
        let sql = if stored { stored_query(near) } else { edges_query(near) };
        let mut query = self.connection.prepare_cached(&sql)?;
        // A negative limit is none.
        let best = filter.best.map_or(-1, |best| i64::try_from(best).unwrap_or(i64::MAX));
        let mut values = vec![(":around", around.map(|ids| ids.to_string()).into()), (":best", best.into())];
        values.extend(if stored { filter.of_stored() } else { filter.of_counted() });
        let edges = query.query_map(&*filter::named(&values), read_edge)?;
        Ok(edges.collect::<rusqlite::Result<_>>()?)
    }
}

fn read_edge(row: &Row) -> rusqlite::Result<Edge> {
    Ok(Edge {
        id: row.get("id")?,
        subject_id: row.get("subject_id")?,
        subject: row.get("subject")?,
        subject_type: word(row, "subject_type")?,
        predicate: row.get("predicate")?,
        class: row.get("class")?,
        object_id: row.get("object_id")?,
        object: row.get("object")?,
        object_type: word(row, "object_type")?,
        polarity: word(row, "polarity")?,
        symmetric: row.get("symmetric")?,
        documents: row.get("documents")?,
        origins: row.get("origins")?,
        claimants: row.get("claimants")?,
        asserted: row.get("asserted")?,
        attributed: row.get("attributed")?,
        hypothetical: row.get("hypothetical")?,
        first: row.get("first")?,
        last: row.get("last")?,
        trust: level(row, "trust")?,
        judgement: row.get("judgement")?,
    })
}

/// Reads how surely an edge or a piece of evidence was read.
pub(crate) fn level(row: &Row, column: impl RowIndex) -> rusqlite::Result<Option<Trust>> {
    Ok(row.get::<_, Option<u8>>(column)?.and_then(Trust::of_rank))
}

/// Reads a value by the word that the contract has for it.
pub(crate) fn word<T: DeserializeOwned>(row: &Row, column: &str) -> rusqlite::Result<T> {
    let at = row.as_ref().column_index(column)?;
    let text: String = row.get(at)?;
    let reader: StrDeserializer<serde::de::value::Error> = text.as_str().into_deserializer();
    T::deserialize(reader)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error)))
}
