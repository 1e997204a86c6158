//! A filter in, the edges that pass it out, each with the counts of the evidence that passed.

use super::{Store, label};
use crate::analysis::{EntityType, Polarity, Status};
use crate::error::Result;
use rusqlite::{Row, named_params};
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

/// Which evidence counts. `default()` is every asserted or attributed piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// A predicate, a typed relation or a PLOVER class, in any case.
    pub relation: Option<String>,
    /// A PLOVER class, in any case.
    pub class: Option<String>,
    pub polarity: Option<Polarity>,
    /// ISO dates, months or years, both inclusive.
    pub since: Option<String>,
    pub until: Option<String>,
    pub min_origins: i64,
    pub min_claimants: i64,
    pub statuses: Vec<Status>,
    /// Also edges that a judgement rejected.
    pub rejected: bool,
    /// No more than so many edges, the best supported ones.
    pub best: Option<usize>,
}

impl Default for Filter {
    fn default() -> Self {
        let statuses = vec![Status::Asserted, Status::Attributed];
        Self {
            relation: None,
            class: None,
            polarity: None,
            since: None,
            until: None,
            min_origins: 0,
            min_claimants: 0,
            statuses,
            rejected: false,
            best: None,
        }
    }
}

impl Filter {
    /// Hypothetical evidence too, as pictures and exports show it.
    pub fn everything() -> Self {
        Self { statuses: vec![Status::Asserted, Status::Attributed, Status::Hypothetical], ..Self::default() }
    }
}

const EDGES: &str = "
SELECT printf('%016x', r.id) AS id, r.subject AS subject_id, s.name AS subject, s.type AS subject_type, r.predicate, r.class,
       r.object AS object_id, o.name AS object, o.type AS object_type, r.polarity, r.symmetric,
       count(DISTINCT v.document) FILTER (WHERE v.status <> 'hypothetical') AS documents,
       count(DISTINCT d.origin) FILTER (WHERE v.status <> 'hypothetical') AS origins,
       count(DISTINCT coalesce(v.speaker, g.claimant)) FILTER (WHERE v.status <> 'hypothetical') AS claimants,
       count(*) FILTER (WHERE v.status = 'asserted') AS asserted,
       count(*) FILTER (WHERE v.status = 'attributed') AS attributed,
       count(*) FILTER (WHERE v.status = 'hypothetical') AS hypothetical,
       min(v.date) AS first, max(v.date) AS last,
       r.judgement
FROM relation r JOIN evidence v ON v.relation = r.id JOIN document d ON d.id = v.document JOIN origin g ON g.id = d.origin
     JOIN entity s ON s.id = r.subject JOIN entity o ON o.id = r.object
WHERE v.status IN (SELECT value FROM json_each(:statuses))
  AND (:relation IS NULL OR lower(r.predicate) = :relation OR lower(r.class) = :relation OR lower(v.predicate) = :relation)
  AND (:class IS NULL OR lower(r.class) = :class) AND (:polarity IS NULL OR r.polarity = :polarity)
  AND (:rejected OR r.judgement IS NOT 'rejected')
  AND (:since IS NULL OR v.date >= :since OR substr(:since, 1, length(v.date)) = v.date)
  AND (:until IS NULL OR v.date <= :until || '~')
";
/// Forms of one condition, because SQLite would not use an index for `:around IS NULL OR ...`.
const EVERYWHERE: &str = "
  AND :around IS NULL
";
const AROUND: &str = "
  AND r.id IN (SELECT id FROM relation WHERE subject IN (SELECT value FROM json_each(:around))
         UNION SELECT id FROM relation WHERE object IN (SELECT value FROM json_each(:around)))
";
const NAMED: &str = "
  AND r.id IN (SELECT value FROM json_each(:around))
";
const ORDER: &str = "
GROUP BY r.id HAVING count(DISTINCT d.origin) FILTER (WHERE v.status <> 'hypothetical') >= :min_origins
  AND count(DISTINCT coalesce(v.speaker, g.claimant)) FILTER (WHERE v.status <> 'hypothetical') >= :min_claimants
ORDER BY origins DESC, documents DESC, claimants DESC, asserted + attributed + hypothetical DESC,
         s.name, r.predicate, o.name, r.polarity, r.id
LIMIT :best
";

impl Store {
    /// The edges that pass, the best supported first.
    pub fn edges(&self, filter: &Filter) -> Result<Vec<Edge>> {
        self.select_edges(filter, EVERYWHERE, None)
    }

    /// Those of them that have one of the `entities` (ids) at an end.
    pub fn edges_around(&self, filter: &Filter, entities: &[String]) -> Result<Vec<Edge>> {
        self.select_edges(filter, AROUND, Some(json!(entities)))
    }

    /// Edges whose id, in hexadecimal digits, begins with these, with all of their evidence.
    pub fn edges_by_id(&self, digits: &str) -> Result<Vec<Edge>> {
        let bound = |fill: &str| i64::from_str_radix(&format!("{digits}{}", fill.repeat(16 - digits.len())), 16).ok();
        let sound = (1..=16).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let Some((low, high)) = sound.then(|| bound("0").zip(bound("f"))).flatten() else { return Ok(Vec::new()) };
        let mut query = self.connection.prepare_cached("SELECT id FROM relation WHERE id BETWEEN ? AND ? LIMIT 100")?;
        let ids: Vec<i64> = query.query_map([low, high], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        self.select_edges(&Filter { rejected: true, ..Filter::everything() }, NAMED, Some(json!(ids)))
    }

    fn select_edges(&self, filter: &Filter, near: &str, around: Option<serde_json::Value>) -> Result<Vec<Edge>> {
        let mut query = self.connection.prepare_cached(&[EDGES, near, ORDER].concat())?;
        let edges = query.query_map(
            named_params! {
                ":statuses": json!(filter.statuses).to_string(),
                ":relation": filter.relation.as_ref().map(|relation| relation.to_lowercase()),
                ":class": filter.class.as_ref().map(|class| class.to_lowercase()),
                ":polarity": filter.polarity.map(label),
                ":rejected": filter.rejected,
                ":since": filter.since,
                ":until": filter.until,
                ":around": around.map(|ids| ids.to_string()),
                ":min_origins": filter.min_origins,
                ":min_claimants": filter.min_claimants,
                // A negative limit is none.
                ":best": filter.best.map_or(-1, |best| i64::try_from(best).unwrap_or(i64::MAX)),
            },
            read_edge,
        )?;
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
        judgement: row.get("judgement")?,
    })
}

/// Reads a value by the word that the contract has for it.
pub(crate) fn word<T: DeserializeOwned>(row: &Row, column: &str) -> rusqlite::Result<T> {
    let at = row.as_ref().column_index(column)?;
    let text: String = row.get(at)?;
    let reader: StrDeserializer<serde::de::value::Error> = text.as_str().into_deserializer();
    T::deserialize(reader)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error)))
}
