//! A database in; the levels at which its edges were read, what each means, what was measured of it and how many there are out.

use super::Session;
use super::output::{Format, OutputArgs, Rows, say};
use crate::analysis::Trust as Level;
use crate::error::{Error, Result};
use clap::Args;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

/// How surely edges were read: the levels, what each means, what was measured of it, how many there are
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wiregraph trust\n  wiregraph neighbors Russia --min-trust construed     # only what was read that surely"
)]
pub struct Trust {
    #[command(flatten)]
    output: OutputArgs,
}

const MEASURED: (&str, &str) = ("rules/trust.toml", include_str!("../../rules/trust.toml"));

/// What a measurement on development data found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    date: String,
    data: String,
    /// By which the figures are got again.
    command: String,
    level: BTreeMap<String, Found>,
}

/// Of so many edges so many were right.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    right: u32,
    judged: u32,
}

impl Trust {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let measured = measured()?;
        let mut count = store.connection().prepare(
            "SELECT (SELECT count(*) FROM relation WHERE trust = ?1), (SELECT count(*) FROM evidence WHERE trust = ?1)",
        )?;
        let mut rows = Rows::new(["level", "meaning", "right", "judged", "precision", "edges", "evidence"]);
        for level in Level::ALL {
            let found = measured.level.get(level.as_str()).copied().unwrap_or(Found { right: 0, judged: 0 });
            let (edges, evidence): (i64, i64) =
                count.query_row([level.rank()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.push(vec![
                json!(level.as_str()),
                json!(level.meaning()),
                json!(found.right),
                json!(found.judged),
                json!(found.precision()),
                json!(edges),
                json!(evidence),
            ]);
        }
        if self.output.format() == Format::Table {
            rows.only(&["level", "meaning", "precision", "judged", "edges", "evidence"]);
            say(format!("precision: measured {} on {}\n  {}", measured.date, measured.data, measured.command));
        }
        rows.print(self.output.format())
    }
}

impl Found {
    /// To two digits, as the number of judged edges bears; none where nothing was judged.
    fn precision(self) -> Option<f64> {
        (self.judged > 0).then(|| (100.0 * f64::from(self.right) / f64::from(self.judged)).round() / 100.0)
    }
}

fn measured() -> Result<Measured> {
    let (place, text) = MEASURED;
    toml::from_str(text).map_err(|error| Error::Data {
        place: place.to_owned(),
        found: error.message().to_owned(),
        expected: "date, data, command and a table for each level".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_was_measured_and_a_better_one_is_more_often_right() {
        let measured = measured().unwrap();
        assert_eq!(measured.level.len(), Level::ALL.len());
        let precision = Level::ALL.map(|level| measured.level[level.as_str()].precision().unwrap());
        assert!(precision.is_sorted_by(|better, worse| better > worse), "{precision:?}");
    }
}
