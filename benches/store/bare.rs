//! A finished database in, its rows inserted by a plain loop into another out: what the store is measured against.

use super::synthetic::World;
use super::{Result, Spent};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashSet;
use std::path::Path;
use wiregraph::graph::SCHEMA;

/// How a loop's database is set up.
pub struct Settings {
    pub name: &'static str,
    pragmas: &'static str,
}

/// A write-ahead log so that a killed run can be taken up, as the store has it; and the fastest that SQLite offers, which can
/// lose the file.
pub const SETTINGS: [Settings; 2] = [
    Settings {
        name: "bare loop, WAL, 256 MB of pages",
        pragmas: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 20000;
                  PRAGMA cache_size = -262144;",
    },
    Settings {
        name: "bare loop, no journal, 256 MB",
        pragmas: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;",
    },
];

/// Tables with the columns that derivation fills in, which the loop inserts as nothing.
const TABLES: [&str; 9] =
    ["document", "origin", "sentence", "entity", "alias", "mention", "relation", "evidence", "claim"];
const REPORTS: usize = 500;

/// What a person would write: one pass over the evidence, in order of the edges.
const COUNTS: &str = "
UPDATE relation SET documents = n.documents, origins = n.origins, claimants = n.claimants, asserted = n.asserted,
    attributed = n.attributed, hypothetical = n.hypothetical, first = n.first, last = n.last,
    trust = n.trust
FROM (SELECT v.relation AS id,
        count(DISTINCT v.document) FILTER (WHERE v.status <> 'hypothetical') AS documents,
        count(DISTINCT d.origin) FILTER (WHERE v.status <> 'hypothetical') AS origins,
        count(DISTINCT coalesce(v.speaker, g.claimant)) FILTER (WHERE v.status <> 'hypothetical') AS claimants,
        count(*) FILTER (WHERE v.status = 'asserted') AS asserted,
        count(*) FILTER (WHERE v.status = 'attributed') AS attributed,
        count(*) FILTER (WHERE v.status = 'hypothetical') AS hypothetical,
        coalesce(min(v.date) FILTER (WHERE v.status <> 'hypothetical'), min(v.date)) AS first,
        coalesce(max(v.date) FILTER (WHERE v.status <> 'hypothetical'), max(v.date)) AS last,
        coalesce(max(v.trust) FILTER (WHERE v.status <> 'hypothetical'), max(v.trust)) AS trust
      FROM evidence v JOIN document d ON d.id = v.document JOIN origin g ON g.id = d.origin
      GROUP BY v.relation) AS n
WHERE n.id = relation.id;
INSERT INTO sentence_text (sentence_text) VALUES ('rebuild');
INSERT INTO sentence_text (sentence_text) VALUES ('optimize');";

/// Rows of all tables.
pub fn rows(path: &Path) -> Result<i64> {
    let connection = Connection::open(path)?;
    let count =
        |table: &str| connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0));
    Ok(TABLES.iter().map(|table| count(table)).sum::<rusqlite::Result<i64>>()?)
}

/// Inserts the rows of one database into another, report by report; the time that writing took.
pub fn load(from: &Path, to: &Path, world: World, reports: usize, settings: &Settings) -> Result<Spent> {
    let mut source = Source { connection: Connection::open(from)?, seen: HashSet::new() };
    let (tables, indexes) = SCHEMA.split_once("-- indexes (made").ok_or("schema.sql has no part for indexes")?;
    let indexes = indexes.split_once('\n').map_or("", |(_, rest)| rest);
    let mut spent = Spent::default();
    let target = spent.on(|| {
        let target = Connection::open(to)?;
        target.execute_batch(settings.pragmas)?;
        target.execute_batch(&format!("BEGIN; {tables}\n; COMMIT;"))?;
        Ok(target)
    })?;
    for table in ["entity", "alias"] {
        let rows = [(table, source.all(table)?)];
        spent.on(|| insert(&target, &rows))?;
    }
    for first in (0..reports).step_by(REPORTS) {
        let names: Vec<String> = (first..reports.min(first + REPORTS)).map(|n| world.report(n).0.id).collect();
        let rows = source.of_reports(&names)?;
        spent.on(|| insert(&target, &rows))?;
    }
    spent.on(|| {
        target.execute_batch(&format!("BEGIN; {indexes}; {COUNTS} COMMIT; PRAGMA wal_checkpoint(TRUNCATE);"))?;
        target.close().map_err(|(_, error)| error)?;
        Ok(std::fs::File::open(to)?.sync_all()?)
    })?;
    Ok(spent)
}

type Rows = Vec<Vec<Value>>;

/// One transaction.
fn insert(target: &Connection, tables: &[(&str, Rows)]) -> Result<()> {
    target.execute_batch("BEGIN")?;
    for (table, rows) in tables {
        let Some(first) = rows.first() else { continue };
        let marks = vec!["?"; first.len()].join(", ");
        let mut insert = target.prepare_cached(&format!("INSERT INTO {table} VALUES ({marks})"))?;
        for row in rows {
            insert.execute(params_from_iter(row))?;
        }
    }
    Ok(target.execute_batch("COMMIT")?)
}

struct Source {
    connection: Connection,
    /// Edges that were inserted with an earlier report.
    seen: HashSet<i64>,
}

impl Source {
    fn all(&self, table: &str) -> Result<Rows> {
        self.select(&format!("SELECT * FROM {table}"), "")
    }

    fn select(&self, sql: &str, argument: &str) -> Result<Rows> {
        let mut query = self.connection.prepare_cached(sql)?;
        let columns = query.column_count();
        let mut rows = if sql.contains('?') { query.query([argument])? } else { query.query([])? };
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push((0..columns).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?);
        }
        Ok(all)
    }

    /// Documents and what belongs to them, in the order in which they arrive.
    fn of_reports(&mut self, names: &[String]) -> Result<Vec<(&'static str, Rows)>> {
        let mut tables: Vec<(&'static str, Rows)> =
            ["document", "origin", "sentence", "mention", "relation", "evidence", "claim"]
                .map(|table| (table, Rows::new()))
                .into();
        for name in names {
            let of = |condition: &str, table: &str| self.select(&format!("SELECT {table}.* FROM {condition}"), name);
            tables[0].1.extend(of("document WHERE name = ?", "document")?);
            tables[1].1.extend(of("document JOIN origin ON origin.id = document.id WHERE name = ?", "origin")?);
            for (at, table) in [(2, "sentence"), (3, "mention"), (5, "evidence"), (6, "claim")] {
                let join = format!("document JOIN {table} ON {table}.document = document.id WHERE name = ?");
                tables[at].1.extend(of(&join, table)?);
            }
            let edges = of(
                "document JOIN evidence ON evidence.document = document.id JOIN relation ON relation.id = evidence.relation
                 WHERE name = ?",
                "relation",
            )?;
            for edge in edges {
                if matches!(edge[0], Value::Integer(id) if self.seen.insert(id)) {
                    tables[4].1.push(self.underived(edge)?);
                }
            }
        }
        Ok(tables)
    }

    /// The edge as it is before its evidence is counted.
    fn underived(&self, mut edge: Vec<Value>) -> Result<Vec<Value>> {
        let query = self.connection.prepare_cached("SELECT * FROM relation LIMIT 0")?;
        for (at, column) in query.column_names().enumerate() {
            match column {
                "documents" | "origins" | "claimants" | "asserted" | "attributed" | "hypothetical" => {
                    edge[at] = Value::Integer(0)
                }
                "first" | "last" | "trust" => edge[at] = Value::Null,
                _ => {}
            }
        }
        Ok(edge)
    }
}

/// Fails unless both databases hold the same rows and find the same texts.
pub fn compare(one: &Path, other: &Path) -> Result<()> {
    let (one, other) = (Connection::open(one)?, Connection::open(other)?);
    let ordered = |table: &str| match table {
        "mention" | "alias" => format!("SELECT * FROM {table}"),
        _ => format!("SELECT * FROM {table} ORDER BY id"),
    };
    for table in TABLES {
        let (mut a, mut b) = (one.prepare(&ordered(table))?, other.prepare(&ordered(table))?);
        let columns = a.column_count();
        let (mut a, mut b) = (a.query([])?, b.query([])?);
        loop {
            match (a.next()?, b.next()?) {
                (None, None) => break,
                (Some(a), Some(b)) if (0..columns).all(|at| a.get_ref(at).ok() == b.get_ref(at).ok()) => {}
                _ => return Err(format!("the two databases differ in {table}").into()),
            }
        }
    }
    let found = |connection: &Connection| -> Result<Vec<i64>> {
        let mut query =
            connection.prepare("SELECT rowid FROM sentence_text('ba OR denba') ORDER BY rowid LIMIT 1000")?;
        Ok(query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    match found(&one)? == found(&other)? {
        true => Ok(()),
        false => Err("the two databases find other texts".into()),
    }
}
