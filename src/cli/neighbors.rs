//! An entity in, its edges out, the best supported first; with `--depth`, theirs too, as a tree on a terminal.

use super::filter::FilterArgs;
use super::output::{self, Format, OutputArgs, Rows, say};
use super::phrase::{direction, phrase, short};
use super::sort::SortArgs;
use super::tree::Tree;
use super::{Session, names};
use crate::error::Result;
use crate::graph::{Direction, Filter, Hop, Network};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io::Write;

/// What an entity does, and what is done to it
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph neighbors Russia --direction out --since 2022-06 --min-origins 2")]
pub struct Neighbors {
    /// Id, name or alias
    name: String,
    /// Steps away from it
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    depth: u8,
    /// Only what it does (out) or what is done to it (in); mutual edges are both
    #[arg(long, value_enum, default_value = "both")]
    direction: DirectionArg,
    /// At most so many edges
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DirectionArg {
    In,
    Out,
    Both,
}

const COLUMNS: [&str; 18] = [
    "steps",
    "entity",
    "direction",
    "predicate",
    "class",
    "neighbor",
    "polarity",
    "documents",
    "origins",
    "claimants",
    "status",
    "asserted",
    "attributed",
    "hypothetical",
    "first",
    "last",
    "trust",
    "id",
];
/// What fits on a terminal: direction, predicate and polarity as one, and enough of the id for `why`.
const SHOWN: [&str; 9] = ["edge", "neighbor", "status", "documents", "origins", "claimants", "trust", "last", "why"];

impl Neighbors {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let entity = names::find(&store, &self.name)?;
        let filter = self.filter.filter(session, &store, Filter::default())?;
        let depth = usize::from(self.depth);
        let direction = match self.direction {
            DirectionArg::In => Direction::In,
            DirectionArg::Out => Direction::Out,
            DirectionArg::Both => Direction::Both,
        };
        let limit = self.limit.unwrap_or(usize::MAX);
        // In another order the first ones are known only when all are.
        let enough = if self.sort.is_given() { usize::MAX } else { limit };
        let network = Network::around_first(&store, &filter, &entity.id, depth, direction, enough)?;
        let mut hops = network.neighbours(&entity.id, depth, direction);
        if self.sort.is_given() {
            let edge = |hop: &Hop| &network.graph()[hop.edge];
            hops.sort_by(|a, b| a.steps.cmp(&b.steps).then_with(|| self.sort.compare(edge(a), edge(b))));
        }
        hops.truncate(limit);
        if hops.is_empty() {
            say(format!(
                "{} has no edges under these conditions; --status all also shows hypothetical ones",
                entity.name
            ));
        }
        match (self.output.format(), network.place(&entity.id)) {
            (Format::Table, Some(root)) if depth > 1 && !hops.is_empty() => {
                let mut out = output::stdout();
                Tree::new(&network, root, &hops).write(&mut out, root)?;
                Ok(out.flush().map(|()| 0)?)
            }
            (format, _) => table(&network, &hops, format),
        }
    }
}

fn table(network: &Network, hops: &[Hop], format: Format) -> Result<u8> {
    let mut rows = Rows::new([&COLUMNS[..], &["edge", "why"]].concat());
    for &hop in hops {
        rows.push(row(network, hop));
    }
    match format {
        Format::Table => rows.only(&SHOWN),
        _ => rows.only(&COLUMNS),
    }
    rows.print(format)
}

fn row(network: &Network, hop: Hop) -> Vec<Value> {
    let edge = &network.graph()[hop.edge];
    let (from, to) = (&network.graph()[hop.from], &network.graph()[hop.to]);
    let direction = direction(edge, &from.id);
    vec![
        json!(hop.steps),
        json!(from.name),
        json!(direction),
        json!(edge.predicate),
        json!(edge.class),
        json!(to.name),
        json!(edge.polarity),
        json!(edge.documents),
        json!(edge.origins),
        json!(edge.claimants),
        json!(edge.status()),
        json!(edge.asserted),
        json!(edge.attributed),
        json!(edge.hypothetical),
        json!(edge.first),
        json!(edge.last),
        json!(edge.trust),
        json!(edge.id),
        json!(phrase(edge, direction)),
        json!(short(&edge.id)),
    ]
}
