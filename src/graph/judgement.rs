//! What a person decided in, as data: entries of the log that travel as lines of JSON.

use super::Store;
use crate::error::{Error, Result};
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// A decision. Entities are ids; an edge is its whole key, so that it is found again after its ends were merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "lowercase", deny_unknown_fields)]
pub enum Verdict {
    /// What is said of `merged` is said of `entity`.
    Merge {
        entity: String,
        merged: String,
    },
    /// In these reports (names) it is somebody else. Without reports: whatever was merged into it is itself again.
    Split {
        entity: String,
        documents: Vec<String>,
        name: Option<String>,
    },
    /// They are never to be merged.
    Distinct {
        entity: String,
        other: String,
    },
    Rename {
        entity: String,
        name: String,
    },
    Confirm {
        edge: EdgeKey,
    },
    Reject {
        edge: EdgeKey,
    },
}

/// What makes an edge the edge that it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeKey {
    pub subject: String,
    pub predicate: String,
    pub typed: bool,
    pub class: Option<String>,
    pub object: String,
    pub polarity: String,
    pub symmetric: bool,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    #[serde(default)]
    pub number: i64,
    #[serde(flatten)]
    pub verdict: Verdict,
    #[serde(default)]
    pub because: Option<String>,
    /// UTC, as ISO text.
    #[serde(default)]
    pub made: String,
    #[serde(default)]
    pub undone: bool,
}

impl Verdict {
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Distinct { .. } => "distinct",
            Self::Rename { .. } => "rename",
            Self::Confirm { .. } => "confirm",
            Self::Reject { .. } => "reject",
        }
    }
}

impl Store {
    /// The log, the oldest decision first.
    pub fn judgements(&self) -> Result<Vec<Judgement>> {
        let mut query =
            self.connection.prepare("SELECT number, verdict, because, made, undone FROM judgement ORDER BY number")?;
        let mut rows = query.query([])?;
        let mut log = Vec::new();
        while let Some(row) = rows.next()? {
            let (number, verdict): (i64, String) = (row.get(0)?, row.get(1)?);
            let verdict = serde_json::from_str(&verdict).map_err(|error| Error::Integrity {
                path: self.path().to_path_buf(),
                reason: format!("judgement {number}: {error}"),
            })?;
            log.push(Judgement { number, verdict, because: row.get(2)?, made: row.get(3)?, undone: row.get(4)? });
        }
        Ok(log)
    }

    /// Adds decisions to the end of the log; they take effect in [`Store::finish`]. What the log holds already, by verdict,
    /// time and reason, is left out. Gives the number of the last one added.
    pub fn judge(&mut self, judgements: &[Judgement]) -> Result<Option<i64>> {
        let held = self.judgements()?;
        let same =
            |a: &Judgement, b: &Judgement| (&a.verdict, &a.made, &a.because) == (&b.verdict, &b.made, &b.because);
        let (mut number, mut last) = (held.last().map_or(0, |held| held.number), None);
        for new in judgements.iter().filter(|new| !held.iter().any(|held| same(held, new))) {
            number += 1;
            last = Some(number);
            let verdict = serde_json::to_string(&new.verdict).map_err(std::io::Error::from)?;
            self.log_changes()?;
            self.connection.execute(
                "INSERT INTO judgement (number, verb, verdict, because, made, undone) VALUES (?, ?, ?, ?, ?, ?)",
                params![number, new.verdict.verb(), verdict, new.because, new.made, new.undone],
            )?;
        }
        Ok(last)
    }

    /// Takes a decision back, or in again; whether there was one of this number to change.
    pub fn set_undone(&mut self, number: i64, undone: bool) -> Result<bool> {
        self.log_changes()?;
        let sql = "UPDATE judgement SET undone = ?2 WHERE number = ?1 AND undone <> ?2";
        Ok(self.connection.execute(sql, params![number, undone])? > 0)
    }

    /// The key of an edge, by the key of its row.
    pub fn edge_key(&self, row: i64) -> Result<EdgeKey> {
        let sql = "SELECT subject, predicate, typed, class, object, polarity, symmetric FROM relation WHERE id = ?";
        Ok(self.connection.query_row(sql, [row], |row| {
            Ok(EdgeKey {
                subject: row.get(0)?,
                predicate: row.get(1)?,
                typed: row.get(2)?,
                class: row.get(3)?,
                object: row.get(4)?,
                polarity: row.get(5)?,
                symmetric: row.get(6)?,
            })
        })?)
    }
}

impl EdgeKey {
    /// The key of its row, with its ends in order if it is symmetric.
    pub(super) fn row(&self) -> i64 {
        super::key::relation_id(
            (&self.subject, &self.object),
            (&self.predicate, self.typed),
            self.class.as_deref(),
            &self.polarity,
            self.symmetric,
        )
    }
}
