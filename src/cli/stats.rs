//! The database in figures: rows, evidence by status, the graph's shape, its most linked entities and commonest predicates.

use super::Session;
use super::output::{OutputArgs, Rows};
use crate::analysis::Trust;
use crate::error::Result;
use crate::graph::{Filter, Links, Store};
use clap::Args;
use serde_json::json;
use std::cmp::Reverse;

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
        let links = Links::load(&store, &Filter::default())?;
        rows.push(vec![json!("network"), json!("entities with edges"), json!(links.ids().len())]);
        rows.push(vec![json!("network"), json!("edges not hypothetical"), json!(links.edge_count())]);
        rows.push(vec![json!("network"), json!("separate parts"), json!(links.components())]);
        for (name, edges) in self.most_linked(&store, &links)? {
            rows.push(vec![json!("most linked"), json!(name), json!(edges)]);
        }
        let commonest = "SELECT predicate, count(*) FROM evidence GROUP BY 1 ORDER BY 2 DESC, 1";
        self.list(&store, &mut rows, "predicate", commonest)?;
        rows.print(self.output.format())
    }

    /// Names with their number of edges; of equally many in order of name.
    fn most_linked(&self, store: &Store, links: &Links) -> Result<Vec<(String, u32)>> {
        let totals: Vec<u32> = links.degrees().iter().map(|all| all.outgoing + all.incoming + all.mutual).collect();
        let mut order: Vec<u32> = totals.clone();
        order.sort_unstable_by(|a, b| b.cmp(a));
        let Some(least) = order.get(self.limit.min(order.len()).wrapping_sub(1)) else { return Ok(Vec::new()) };
        let mut query = store.connection().prepare("SELECT name FROM entity WHERE id = ?")?;
        let mut named = Vec::new();
        for (id, total) in links.ids().iter().zip(totals).filter(|(_, total)| total >= least) {
            let name: String = query.query_row([id], |row| row.get(0))?;
            named.push((Reverse(total), name, id));
        }
        named.sort_unstable();
        Ok(named.into_iter().take(self.limit).map(|(Reverse(total), name, _)| (name, total)).collect())
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
