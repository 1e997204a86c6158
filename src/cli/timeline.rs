//! An entity, or two, in; what happened, when, and according to whom out, in order of date.

use super::filter::FilterArgs;
use super::output::{Format, OutputArgs, Rows, say};
use super::phrase::short;
use super::sort::SortArgs;
use super::{Session, names};
use crate::error::Result;
use crate::export::records;
use crate::graph::{Edge, Filter, PASSES, named};
use clap::Args;
use serde_json::json;

/// What an entity did and underwent, in order of date; with two, what passed between them
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph timeline Russia China --since 2024 --until 2025-03")]
pub struct Timeline {
    /// Id, name or alias
    name: String,
    /// Only what passed between the two
    b: Option<String>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// `:edges`: keys of relations in the order in which they come, where an order was asked for.
fn events() -> String {
    format!(
        "SELECT t.date, t.claimant, t.subject, t.predicate, t.class, t.object, t.polarity, t.status, t.speaker, t.via, t.document,
                t.source, t.text, t.trust, printf('%016x', t.relation) AS id
         FROM json_each(:edges) e JOIN timeline t ON t.relation = e.value JOIN evidence v ON v.id = t.evidence
         WHERE {PASSES}
         ORDER BY CASE WHEN :sorted THEN e.key END, t.date IS NULL, t.date, t.subject, t.predicate, t.object, t.polarity,
                  t.document, t.evidence"
    )
}

/// What fits on a terminal.
const SHOWN: [&str; 7] = ["date", "event", "status", "according to", "trust", "document", "why"];

impl Timeline {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let entity = names::find(&store, &self.name)?;
        let filter = self.filter.filter(session, &store, Filter::default())?;
        let mut edges = match &self.b {
            Some(b) => super::evidence::between(&store, &filter, &entity.id, &names::find(&store, b)?.id)?,
            None => store.edges_around(&filter, &[entity.id])?,
        };
        self.sort.sort(&mut edges);
        let ids: Vec<i64> = edges.iter().map(Edge::row).collect();
        let mut query = store.connection().prepare(&events())?;
        let columns = records::columns(&query);
        let mut rows = Rows::new(columns.iter().cloned().chain(["event", "according to", "why"].map(String::from)));
        let mut values = filter.of_evidence();
        values.extend([(":edges", json!(ids).to_string().into()), (":sorted", self.sort.is_given().into())]);
        let mut events = query.query(&*named(&values))?;
        while let Some(event) = events.next()? {
            let mut row = (0..columns.len())
                .map(|at| Ok(records::value(event.get_ref(at)?)))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let not = if event.get::<_, String>("polarity")? == "-" { "not " } else { "" };
            let (subject, predicate, object): (String, String, String) =
                (event.get("subject")?, event.get("predicate")?, event.get("object")?);
            row.push(json!(format!("{subject} → {not}{predicate} → {object}")));
            row.push(json!(event.get::<_, String>("claimant")?));
            row.push(json!(short(&event.get::<_, String>("id")?)));
            rows.push(row);
        }
        if rows.is_empty() {
            say(format!("nothing is dated of {} under these conditions", entity.name));
        }
        match self.output.format() {
            Format::Table => rows.only(&SHOWN),
            _ => rows.only(&columns.iter().map(String::as_str).collect::<Vec<_>>()),
        }
        rows.print(self.output.format())
    }
}
