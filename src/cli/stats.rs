//! The database in figures: rows, evidence by status, the graph's shape, its most linked entities and commonest predicates.

use super::Session;
use super::output::{OutputArgs, Rows};
use crate::analysis::Trust;
use crate::error::Result;
use crate::graph::{Filter, Network, Store};
use clap::Args;
use serde_json::json;

/// The graph in figures
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph stats --format json")]
pub struct Stats {
    /// Names in each list
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

impl Stats {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let mut rows = Rows::new(["figure", "name", "value"]);
        self.count(&store, &mut rows)?;
        let network = Network::load(&store, &Filter::default())?;
        rows.push(vec![json!("network"), json!("entities with edges"), json!(network.graph().node_count())]);
        rows.push(vec![json!("network"), json!("edges not hypothetical"), json!(network.graph().edge_count())]);
        rows.push(vec![json!("network"), json!("separate parts"), json!(network.components())]);
        for degree in network.degrees().into_iter().take(self.limit) {
            rows.push(vec![json!("most linked"), json!(degree.node.name), json!(degree.total())]);
        }
        let commonest = "SELECT predicate, count(*) FROM evidence GROUP BY 1 ORDER BY 2 DESC, 1";
        self.list(&store, &mut rows, "predicate", commonest)?;
        rows.print(self.output.format())
    }

    fn count(&self, store: &Store, rows: &mut Rows) -> Result<()> {
        let counts = store.counts()?;
        let tables = [
            ("documents", counts.documents),
            ("origins", counts.origins),
            ("sentences", counts.sentences),
            ("mentions", counts.mentions),
            ("entities", counts.entities),
            ("edges", counts.edges),
            ("evidence", counts.evidence),
            ("claims", counts.claims),
        ];
        for (name, count) in tables {
            rows.push(vec![json!("rows"), json!(name), json!(count)]);
        }
        self.list(store, rows, "evidence", "SELECT status, count(*) FROM evidence GROUP BY 1 ORDER BY 1")?;
        for level in Trust::ALL {
            let count = "SELECT count(*) FROM evidence WHERE trust = ?";
            let count: i64 = store.connection().query_row(count, [level.rank()], |row| row.get(0))?;
            rows.push(vec![json!("evidence by trust"), json!(level.as_str()), json!(count)]);
        }
        self.list(store, rows, "polarity", "SELECT polarity, count(*) FROM relation GROUP BY 1 ORDER BY 1")?;
        self.list(store, rows, "entity type", "SELECT type, count(*) FROM entity GROUP BY 1 ORDER BY 2 DESC, 1")
    }

    fn list(&self, store: &Store, rows: &mut Rows, figure: &str, sql: &str) -> Result<()> {
        let mut query = store.connection().prepare(sql)?;
        let counted = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        for pair in counted.take(self.limit) {
            let (name, count) = pair?;
            rows.push(vec![json!(figure), json!(name), json!(count)]);
        }
        Ok(())
    }
}
