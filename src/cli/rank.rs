//! The graph in, its entities by weight out: how many edges they have, and how much leads to them.

use super::Session;
use super::filter::FilterArgs;
use super::output::{Format, OutputArgs, Rows, say};
use crate::error::Result;
use crate::graph::{Filter, Network};
use clap::{Args, ValueEnum};
use serde_json::json;

/// The most linked entities: by number of edges, or by PageRank
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph rank --by pagerank --class CONSULT --limit 5")]
pub struct Rank {
    /// What is counted
    #[arg(long, value_enum, default_value = "degree")]
    by: By,
    /// At most so many entities
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Edges
    Degree,
    /// How often a long walk along the edges, from doer to done-to, comes by
    Pagerank,
}

impl Rank {
    pub fn run(self, session: &Session) -> Result<u8> {
        let network = Network::load(&session.store()?, &self.filter.filter(Filter::default()))?;
        let rank = network.page_rank();
        let weight = |id: &str| network.place(id).map_or(0.0, |place| rank[place.index()]);
        let mut degrees = network.degrees();
        if self.by == By::Pagerank {
            degrees.sort_by(|a, b| weight(&b.node.id).total_cmp(&weight(&a.node.id)));
        }
        let mut rows = Rows::new(["rank", "name", "type", "edges", "out", "in", "mutual", "pagerank", "id"]);
        for (at, degree) in degrees.iter().take(self.limit).enumerate() {
            rows.push(vec![
                json!(at + 1),
                json!(degree.node.name),
                json!(degree.node.entity_type),
                json!(degree.total()),
                json!(degree.outgoing),
                json!(degree.incoming),
                json!(degree.mutual),
                json!((weight(&degree.node.id) * 1e6).round() / 1e6),
                json!(degree.node.id),
            ]);
        }
        if rows.is_empty() {
            say("no edges under these conditions");
        }
        if self.output.format() == Format::Table {
            rows.only(&["rank", "name", "type", "edges", "out", "in", "mutual", "pagerank"]);
        }
        rows.print(self.output.format())
    }
}
