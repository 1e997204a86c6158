//! An entity in, its edges out, the best supported first; with `--depth`, theirs too.

use super::filter::FilterArgs;
use super::output::{Format, OutputArgs, Rows, say};
use super::{Session, names};
use crate::error::Result;
use crate::graph::{Direction, Filter, Hop, Network, label};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

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
    output: OutputArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DirectionArg {
    In,
    Out,
    Both,
}

const COLUMNS: [&str; 17] = [
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
    "id",
];
/// What fits on a terminal.
const SHOWN: [&str; 9] =
    ["direction", "predicate", "neighbor", "polarity", "status", "documents", "origins", "claimants", "last"];

impl Neighbors {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let entity = names::find(&store, &self.name)?;
        let filter = self.filter.filter(Filter::default());
        let depth = usize::from(self.depth);
        let direction = match self.direction {
            DirectionArg::In => Direction::In,
            DirectionArg::Out => Direction::Out,
            DirectionArg::Both => Direction::Both,
        };
        let network = Network::around(&store, &filter, &entity.id, depth, direction)?;
        let mut rows = Rows::new(COLUMNS);
        for hop in network.neighbours(&entity.id, depth, direction) {
            rows.push(row(&network, hop));
        }
        if rows.is_empty() {
            say(format!(
                "{} has no edges under these conditions; --status all also shows hypothetical ones",
                entity.name
            ));
        }
        rows.truncate(self.limit.unwrap_or(usize::MAX));
        if self.output.format() == Format::Table {
            let walk = if depth > 1 { &["steps", "entity"][..] } else { &[] };
            rows.only(&[walk, &SHOWN].concat());
        }
        rows.print(self.output.format())
    }
}

fn row(network: &Network, hop: Hop) -> Vec<Value> {
    let edge = &network.graph()[hop.edge];
    let (from, to) = (&network.graph()[hop.from], &network.graph()[hop.to]);
    let direction = match (edge.symmetric, edge.subject_id == from.id) {
        (true, _) => Direction::Both,
        (false, true) => Direction::Out,
        (false, false) => Direction::In,
    };
    vec![
        json!(hop.steps),
        json!(from.name),
        json!(direction),
        json!(edge.predicate),
        json!(edge.class),
        json!(to.name),
        json!(label(edge.polarity)),
        json!(edge.documents),
        json!(edge.origins),
        json!(edge.claimants),
        json!(edge.status()),
        json!(edge.asserted),
        json!(edge.attributed),
        json!(edge.hypothetical),
        json!(edge.first),
        json!(edge.last),
        json!(edge.id),
    ]
}
