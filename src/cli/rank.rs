//! The graph in, its entities by weight out: how many edges they have, and how much leads to them.

use super::Session;
use super::filter::FilterArgs;
use super::output::{Format, OutputArgs, Rows, say};
use crate::error::Result;
use crate::graph::{Degrees, Filter, Links};
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
        let store = session.store()?;
        let links = Links::load(&store, &self.filter.filter(session, &store, Filter::default())?)?;
        let (degrees, rank) = (links.degrees(), links.directed().page_rank());
        let total = |Degrees { outgoing, incoming, mutual }: Degrees| outgoing + incoming + mutual;
        let mut order: Vec<usize> = (0..degrees.len()).collect();
        order.sort_by(|&a, &b| {
            let by_degree = total(degrees[b]).cmp(&total(degrees[a]));
            let by_rank = rank[b].total_cmp(&rank[a]);
            let (first, second) = if self.by == By::Degree { (by_degree, by_rank) } else { (by_rank, by_degree) };
            first.then(second).then(a.cmp(&b))
        });
        let mut rows = Rows::new(["rank", "name", "type", "edges", "out", "in", "mutual", "pagerank", "id"]);
        let mut named = store.connection().prepare("SELECT name, type FROM entity WHERE id = ?")?;
        for (at, &node) in order.iter().take(self.limit).enumerate() {
            let id = &links.ids()[node];
            let (name, entity_type): (String, String) = named.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.push(vec![
                json!(at + 1),
                json!(name),
                json!(entity_type),
                json!(total(degrees[node])),
                json!(degrees[node].outgoing),
                json!(degrees[node].incoming),
                json!(degrees[node].mutual),
                json!((rank[node] * 1e6).round() / 1e6),
                json!(id),
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
