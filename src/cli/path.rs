//! Two entities in, the shortest and best supported way between them out.

use super::filter::FilterArgs;
use super::output::{Format, OutputArgs, Rows};
use super::phrase::{direction, phrase, short};
use super::{Session, names};
use crate::error::{Error, Result};
use crate::graph::{Direction, Filter, Network, label};
use clap::Args;
use petgraph::graph::NodeIndex;
use serde_json::json;

/// What links two entities: the fewest steps, the best supported among them
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph path \"Xi Jinping\" Heihe --since 2022")]
pub struct Path {
    /// Id, name or alias
    a: String,
    /// Id, name or alias
    b: String,
    /// Only from doer to done-to
    #[arg(long)]
    directed: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const COLUMNS: [&str; 11] =
    ["step", "from", "direction", "predicate", "to", "polarity", "status", "documents", "origins", "claimants", "id"];
/// What fits on a terminal: direction, predicate and polarity as one, and enough of the id for `why`.
const SHOWN: [&str; 8] = ["step", "from", "edge", "to", "status", "origins", "claimants", "why"];

impl Path {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let (a, b) = (names::find(&store, &self.a)?, names::find(&store, &self.b)?);
        if a == b {
            return Err(Error::Usage(format!("both names mean {} ({}); expected two entities", a.name, a.id)));
        }
        let network = Network::load(&store, &self.filter.filter(Filter::default()))?;
        let Some(path) = network.path(&a.id, &b.id, self.directed) else {
            let how = if self.directed { "follow --directed edges" } else { "meet these conditions" };
            return Err(Error::NotFound(format!("nothing links {} and {} by edges that {how}", a.name, b.name)));
        };
        let mut rows = Rows::new([&COLUMNS[..], &["edge", "why"]].concat());
        for (step, ends) in path.windows(2).enumerate() {
            self.push_step(&network, &mut rows, step + 1, ends[0], ends[1]);
        }
        if self.output.format() == Format::Table {
            rows.only(&SHOWN);
        } else {
            rows.only(&COLUMNS);
        }
        rows.print(self.output.format())?;
        Ok(0)
    }

    /// Every edge between two neighbours on the way.
    fn push_step(&self, network: &Network, rows: &mut Rows, step: usize, from: NodeIndex, to: NodeIndex) {
        let graph = network.graph();
        for edge in network.between(from, to).into_iter().map(|edge| &graph[edge]) {
            let direction = direction(edge, &graph[from].id);
            if self.directed && direction == Direction::In {
                continue;
            }
            rows.push(vec![
                json!(step),
                json!(graph[from].name),
                json!(direction),
                json!(edge.predicate),
                json!(graph[to].name),
                json!(label(edge.polarity)),
                json!(edge.status()),
                json!(edge.documents),
                json!(edge.origins),
                json!(edge.claimants),
                json!(edge.id),
                json!(phrase(edge, direction)),
                json!(short(&edge.id)),
            ]);
        }
    }
}
