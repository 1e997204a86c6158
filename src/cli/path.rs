//! Two entities in, the shortest and best supported ways between them out.

use super::filter::FilterArgs;
use super::output::{Format, OutputArgs, Rows};
use super::phrase::{direction, phrase, short};
use super::sort::SortArgs;
use super::{Session, names};
use crate::error::{Error, Result};
use crate::graph::{Direction, Edge, Filter, Route, Store};
use clap::Args;
use serde_json::json;

/// What links two entities: the fewest steps, the best supported among them
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wiregraph path \"Xi Jinping\" Heihe --since 2022\n  wiregraph path \"Xi Jinping\" \"Mark Rutte\" --ways 3 --avoid Russia --max-length 4"
)]
pub struct Path {
    /// Id, name or alias
    a: String,
    /// Id, name or alias
    b: String,
    /// Only from doer to done-to
    #[arg(long)]
    directed: bool,
    /// So many ways, the shortest first
    #[arg(long, value_name = "K", default_value_t = 1)]
    ways: usize,
    /// No more steps than these
    #[arg(long, value_name = "N", default_value_t = 12)]
    max_length: usize,
    /// Not through this entity; may be given again
    #[arg(long, value_name = "NAME")]
    avoid: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const COLUMNS: [&str; 13] = [
    "way",
    "step",
    "from",
    "direction",
    "predicate",
    "to",
    "polarity",
    "status",
    "documents",
    "origins",
    "claimants",
    "trust",
    "id",
];
/// What fits on a terminal: direction, predicate and polarity as one, and enough of the id for `why`.
const SHOWN: [&str; 9] = ["step", "from", "edge", "to", "status", "origins", "claimants", "trust", "why"];

impl Path {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let (a, b) = (names::find(&store, &self.a)?, names::find(&store, &self.b)?);
        if a == b {
            return Err(Error::Usage(format!("both names mean {} ({}); expected two entities", a.name, a.id)));
        }
        let filter = self.filter.filter(session, &store, Filter::default())?;
        let ways = store.ways(&filter, &a.id, &b.id, &self.route(&store)?)?;
        if ways.is_empty() {
            let how = if self.directed { "follow --directed edges" } else { "meet these conditions" };
            return Err(Error::NotFound(format!("nothing links {} and {} by edges that {how}", a.name, b.name)));
        }
        let mut rows = Rows::new([&COLUMNS[..], &["edge", "why"]].concat());
        for (way, nodes) in ways.iter().enumerate() {
            for (step, ends) in nodes.windows(2).enumerate() {
                let mut edges = store.edges_between(&filter, &ends[0], &ends[1])?;
                self.sort.sort(&mut edges);
                self.push_step(&mut rows, (way + 1, step + 1), &ends[0], &edges);
            }
        }
        match self.output.format() {
            Format::Table if ways.len() > 1 => rows.only(&[&["way"], &SHOWN[..]].concat()),
            Format::Table => rows.only(&SHOWN),
            _ => rows.only(&COLUMNS),
        }
        rows.print(self.output.format())
    }

    fn route(&self, store: &Store) -> Result<Route> {
        let avoid = self.avoid.iter().map(|name| Ok(names::find(store, name)?.id)).collect::<Result<_>>()?;
        Ok(Route { count: self.ways, longest: self.max_length, directed: self.directed, avoid })
    }

    /// Every edge between two neighbours on the way, the first one's id given.
    fn push_step(&self, rows: &mut Rows, (way, step): (usize, usize), from: &str, edges: &[Edge]) {
        for edge in edges {
            let direction = direction(edge, from);
            if self.directed && direction == Direction::In {
                continue;
            }
            let ends = match edge.subject_id == from {
                true => (&edge.subject, &edge.object),
                false => (&edge.object, &edge.subject),
            };
            rows.push(vec![
                json!(way),
                json!(step),
                json!(ends.0),
                json!(direction),
                json!(edge.predicate),
                json!(ends.1),
                json!(edge.polarity),
                json!(edge.status()),
                json!(edge.documents),
                json!(edge.origins),
                json!(edge.claimants),
                json!(edge.trust),
                json!(edge.id),
                json!(phrase(edge, direction)),
                json!(short(&edge.id)),
            ]);
        }
    }
}
