//! The graph, or what lies around one entity, as a picture.

use super::draw::{self, DrawArgs};
use super::filter::FilterArgs;
use super::output::say;
use super::{Session, names};
use crate::error::{Error, Result};
use crate::graph::{Direction, Filter, Network, Store};
use clap::Args;
use std::path::PathBuf;

/// Draw the graph as SVG, PNG or PDF through Graphviz
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph render --around \"Vladimir Putin\" --depth 2 -o putin.svg")]
pub struct Render {
    /// Picture to write; the DOT goes beside it
    #[arg(short, long, value_name = "FILE", default_value = "out/graph.svg", value_parser = picture)]
    output: PathBuf,
    /// Only what lies around this entity (id, name or alias)
    #[arg(long, value_name = "NAME")]
    around: Option<String>,
    /// Steps away from it
    #[arg(long, default_value_t = 1, value_name = "N", requires = "around", value_parser = clap::value_parser!(u8).range(1..))]
    depth: u8,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    draw: DrawArgs,
}

impl Render {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let network = self.network(session, &store)?;
        if network.graph().edge_count() == 0 {
            return Err(Error::NotFound("no edges to draw under these conditions".into()));
        }
        if draw::picture(&network, &self.output, self.draw)? {
            say(format!("{} drawn", self.output.display()));
        }
        Ok(0)
    }

    /// Pictures show hypothetical edges too: they are drawn as such.
    fn network(&self, session: &Session, store: &Store) -> Result<Network> {
        let filter = self.filter.filter(session, store, Filter::everything())?;
        let Some(name) = &self.around else { return Network::load(store, &filter) };
        let entity = names::find(store, name)?;
        Network::around(store, &filter, &entity.id, self.depth.into(), Direction::Both)
    }
}

fn picture(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg" | "png" | "pdf") => Ok(path),
        _ => Err("expected a name that ends in .svg, .png or .pdf".into()),
    }
}
