//! The whole graph in a format for other programs out, the same bytes for the same content.

use super::filter::FilterArgs;
use super::{Session, output, whole};
use crate::error::Result;
use crate::export::{dot, records};
use crate::graph::{Filter, Network, Store};
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::PathBuf;

/// Write the graph as DOT, JSON or JSON lines, sorted: the same content gives the same bytes
///
/// Without conditions all of it is written. Under conditions: the edges that meet them with their counts, the evidence that counts, and
/// the entities and reports of both.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wiregraph export -f jsonl -o graph.jsonl\n  wiregraph export -f dot --min-trust construed --min-origins 2 -o sure.dot"
)]
pub struct Export {
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Into,
    /// File to write, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    filter: FilterArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Into {
    /// For Graphviz and other drawing programs
    Dot,
    /// One object with documents, entities, edges, evidence and claims
    Json,
    /// The same, one record a line
    Jsonl,
}

impl Export {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let filter = self.filter.filter(session, &store, Filter::everything())?;
        let Some(path) = &self.output else {
            let mut out = output::stdout();
            self.write(&store, &filter, &mut out)?;
            return Ok(out.flush().map(|()| 0)?);
        };
        whole::write(path, |out| self.write(&store, &filter, out)).map(|()| 0)
    }

    fn write(&self, store: &Store, filter: &Filter, out: &mut dyn Write) -> Result<()> {
        match self.format {
            Into::Json => records::write_json(store, filter, out),
            Into::Jsonl => records::write_jsonl(store, filter, out),
            Into::Dot => {
                let network = Network::load(store, filter)?;
                Ok(out.write_all(dot::write(&network, dot::Look::default()).0.as_bytes())?)
            }
        }
    }
}
