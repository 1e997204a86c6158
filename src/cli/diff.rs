//! Two databases, or one at two dates, in; the edges that came, went or changed their support out.

use super::Session;
use super::filter::date;
use super::output::{Format, OutputArgs, Rows, say};
use super::phrase::{counted, phrase, short};
use crate::error::{Error, Result};
use crate::graph::{Direction, Edge, Filter, Store};
use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What changed between two databases, or between two dates in one; ends with 1 where something did
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wiregraph diff yesterday.db out/graph.db\n  wiregraph diff --since 2025-01\n  wiregraph diff --between 2023 2024"
)]
pub struct Diff {
    /// The older database
    #[arg(value_name = "OLD.db", requires = "new", conflicts_with_all = ["since", "between"])]
    old: Option<PathBuf>,
    /// The newer one
    #[arg(value_name = "NEW.db")]
    new: Option<PathBuf>,
    /// What evidence from this day, month or year on changes (evidence without a date is left out)
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "between")]
    since: Option<String>,
    /// The graph up to the first date against that up to the second, both included
    #[arg(long, value_names = ["DATE", "DATE"], num_args = 2, value_parser = date)]
    between: Option<Vec<String>>,
    #[command(flatten)]
    output: OutputArgs,
}

const COLUMNS: [&str; 14] = [
    "change",
    "subject",
    "predicate",
    "class",
    "object",
    "polarity",
    "documents_before",
    "documents",
    "origins_before",
    "origins",
    "claimants_before",
    "claimants",
    "status",
    "id",
];
const SHOWN: [&str; 7] = ["change", "subject", "edge", "object", "origins", "claimants", "why"];

/// What has no date is on neither side.
const LAST_DAY: &str = "9999";

type Edges = BTreeMap<String, Edge>;

impl Diff {
    pub fn run(self, session: &Session) -> Result<u8> {
        let (before, after) = self.sides(session)?;
        let mut rows = Rows::new([&COLUMNS[..], &["edge", "why"]].concat());
        let mut changes: Vec<_> = after
            .values()
            .filter_map(|edge| change(before.get(&edge.id), Some(edge)))
            .chain(
                before
                    .values()
                    .filter(|edge| !after.contains_key(&edge.id))
                    .filter_map(|edge| change(Some(edge), None)),
            )
            .collect();
        changes.sort_by(|a, b| {
            (a.0, &a.1.subject, &a.1.predicate, &a.1.id).cmp(&(b.0, &b.1.subject, &b.1.predicate, &b.1.id))
        });
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        for (what, edge) in &changes {
            *counts.entry(what).or_default() += 1;
            rows.push(row(
                what,
                edge,
                before.get(&edge.id),
                after.get(&edge.id),
                self.output.format() == Format::Table,
            ));
        }
        match changes.len() {
            0 => say(format!("no edge differs ({} on both sides)", counted(after.len() as i64, "edge"))),
            _ => say(counts.iter().map(|(what, count)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")),
        }
        match self.output.format() {
            Format::Table => rows.only(&SHOWN),
            _ => rows.only(&COLUMNS),
        }
        rows.print(self.output.format())?;
        Ok(u8::from(!changes.is_empty()))
    }

    /// The edges before and after, by id.
    fn sides(&self, session: &Session) -> Result<(Edges, Edges)> {
        if let (Some(old), Some(new)) = (&self.old, &self.new) {
            let load = |path: &PathBuf| {
                let store = Store::open_read_only(path)?;
                edges(&store, None).map_err(|error| error.in_database(path))
            };
            return Ok((load(old)?, load(new)?));
        }
        let store = session.store()?;
        match (&self.since, &self.between) {
            (Some(since), _) => Ok((edges(&store, Some(day_before(since)))?, edges(&store, Some(LAST_DAY.into()))?)),
            (_, Some(dates)) => Ok((edges(&store, Some(dates[0].clone()))?, edges(&store, Some(dates[1].clone()))?)),
            _ => Err(Error::Usage("expected two databases, --since DATE or --between DATE DATE".into())),
        }
    }
}

fn edges(store: &Store, until: Option<String>) -> Result<Edges> {
    let edges = store.edges(&Filter { until, rejected: true, ..Filter::everything() })?;
    Ok(edges.into_iter().map(|edge| (edge.id.clone(), edge)).collect())
}

/// The last day before a year, a month or a day.
fn day_before(date: &str) -> String {
    let first = format!("{date}{}", ["-01-01", "-01", ""][(date.len().saturating_sub(4) / 3).min(2)]);
    let before = first.parse::<Date>().ok().and_then(|day| day.checked_sub(1.day()).ok());
    before.map_or_else(|| date.to_owned(), |day| day.to_string())
}

/// What became of an edge, and how it is now (or was, if it is gone); `None` if nothing.
fn change<'a>(before: Option<&'a Edge>, after: Option<&'a Edge>) -> Option<(&'static str, &'a Edge)> {
    let evidence =
        |edge: &Edge| (edge.documents, edge.origins, edge.claimants, edge.asserted, edge.attributed, edge.hypothetical);
    let total = |edge: &Edge| edge.asserted + edge.attributed + edge.hypothetical;
    match (before, after) {
        (None, Some(edge)) => Some(("new", edge)),
        (Some(edge), None) => Some(("gone", edge)),
        (Some(old), Some(new)) if evidence(old) == evidence(new) => None,
        (Some(old), Some(new)) if total(new) < total(old) => Some(("weaker", new)),
        (Some(_), Some(new)) => Some(("changed", new)),
        (None, None) => None,
    }
}

fn row(
    what: &str,
    edge: &Edge,
    before: Option<&Edge>,
    after: Option<&Edge>,
    for_a_person: bool,
) -> Vec<serde_json::Value> {
    let both = |count: fn(&Edge) -> i64| (before.map_or(0, count), after.map_or(0, count));
    let (documents, origins, claimants) = (both(|e| e.documents), both(|e| e.origins), both(|e| e.claimants));
    let now = |(before, after): (i64, i64)| match for_a_person && before != after {
        true => json!(format!("{before} → {after}")),
        false => json!(after),
    };
    let way = if edge.symmetric { Direction::Both } else { Direction::Out };
    vec![
        json!(what),
        json!(edge.subject),
        json!(edge.predicate),
        json!(edge.class),
        json!(edge.object),
        json!(edge.polarity),
        json!(documents.0),
        now(documents),
        json!(origins.0),
        now(origins),
        json!(claimants.0),
        now(claimants),
        json!(edge.status()),
        json!(edge.id),
        json!(phrase(edge, way)),
        json!(short(&edge.id)),
    ]
}
