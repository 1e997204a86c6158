//! A network in, a DOT file and, with Graphviz, a picture of it out; messages say what was left out and why.

use super::output::say;
use super::{stop, whole};
use crate::error::{Error, Result, shown};
use crate::export::dot::{self, Look};
use crate::export::graphviz::{self, Drawn};
use crate::graph::{Filter, Network, Store};
use clap::{Args, ValueEnum};
use std::fs;
use std::path::Path;
use std::time::Duration;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// By size: dot for small graphs, sfdp for others
    #[default]
    Auto,
    Dot,
    Sfdp,
    Neato,
    Fdp,
    Circo,
    Twopi,
}

#[derive(Clone, Copy, Debug, Args)]
pub struct DrawArgs {
    /// Graphviz program that lays the picture out
    #[arg(long, value_enum, default_value_t)]
    pub engine: Engine,
    /// At most so many lines, the best supported ones
    #[arg(long, value_name = "N", default_value_t = 250)]
    pub limit: usize,
    /// Seconds that the layout may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub timeout: u64,
}

impl Default for DrawArgs {
    fn default() -> Self {
        Self { engine: Engine::Auto, limit: 250, timeout: 30 }
    }
}

/// Edges in `graph.dot`, which is made in memory; a picture of so many says nothing anyway.
const DRAWN: usize = 20_000;

/// Draws the whole graph into a folder: `graph.dot` holds all edges, up to a number that fits memory; `graph.svg` is drawn
/// where Graphviz is.
pub fn whole(store: &Store, folder: &Path) -> Result<()> {
    let network = Network::load(store, &Filter { best: Some(DRAWN), ..Filter::everything() })?;
    let edges = usize::try_from(store.counts()?.edges).unwrap_or(usize::MAX);
    if edges > DRAWN {
        let left_out = edges - DRAWN;
        say(format!(
            "graph.dot: the {DRAWN} best supported edges are in it, {left_out} are left out (export -f json has all)"
        ));
    }
    let (dot_file, picture) = (folder.join("graph.dot"), folder.join("graph.svg"));
    let drawn = whole::beside(&picture.with_extension("dot"));
    write_file(&drawn, &limited(&network, DrawArgs::default()))?;
    let outcome = draw(&network, &drawn, &picture, DrawArgs::default());
    let _ = fs::remove_file(&drawn);
    if !outcome? && fs::remove_file(&picture).is_ok() {
        say(format!("{} showed an earlier state and is gone", shown(&picture)));
    }
    // Last, for its age tells whether all was drawn.
    let (text, _) = dot::write(&network, Look { legend: true, limit: None });
    write_file(&dot_file, &text)
}

/// Whether what lies beside a database is missing or was drawn before the last change, such as a judgement.
pub fn is_outdated(database: &Path) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    written(&database.with_file_name("graph.dot")) < written(database)
}

/// Draws what lies beside a database again, where `build` has drawn it, so that it shows nothing that is gone.
pub fn again(database: &Path) -> Result<()> {
    match database.parent() {
        Some(folder) if folder.join("graph.dot").exists() => whole(&Store::open_read_only(database)?, folder),
        _ => Ok(()),
    }
}

/// Writes the DOT beside the picture and draws it. `Ok(false)`: there is no picture, and a message has said why.
pub fn picture(network: &Network, picture: &Path, args: DrawArgs) -> Result<bool> {
    let dot_file = picture.with_extension("dot");
    write_file(&dot_file, &limited(network, args))?;
    draw(network, &dot_file, picture, args)
}

/// The best supported lines of a network, as DOT.
fn limited(network: &Network, args: DrawArgs) -> String {
    let (text, left_out) = dot::write(network, Look { legend: true, limit: Some(args.limit) });
    if left_out > 0 {
        let drawn = args.limit;
        say(format!(
            "picture: the {drawn} best supported lines are drawn, {left_out} are left out (--limit, --min-origins, --around)"
        ));
    }
    text
}

fn draw(network: &Network, dot_file: &Path, picture: &Path, args: DrawArgs) -> Result<bool> {
    let lines = dot::lines(network).min(args.limit);
    let chosen = match args.engine {
        Engine::Auto => graphviz::engine(network.graph().node_count(), lines).to_owned(),
        named => named.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default(),
    };
    let limit = Duration::from_secs(args.timeout);
    let new = whole::beside(picture);
    let draw = |engine| graphviz::draw(engine, dot_file, (&new, picture), limit, stop::asked);
    let mut drawn = draw(&chosen);
    if matches!(drawn, Ok(Drawn::TooSlow)) && args.engine == Engine::Auto && chosen != "sfdp" {
        drawn = draw("sfdp");
    }
    if !matches!(drawn, Ok(Drawn::Done)) {
        let _ = fs::remove_file(&new);
    }
    let dot_file = picture.with_extension("dot");
    match drawn? {
        Drawn::Done => return whole::put(&new, picture).map(|()| true),
        Drawn::Stopped => return Err(Error::Interrupted(format!("interrupted: {} is not drawn", shown(picture)))),
        Drawn::Missing => say(format!(
            "no picture: {chosen} of Graphviz is not installed (apt install graphviz, brew install graphviz, or graphviz.org); \
             the graph is in {}, and `dot -Tsvg {0} -o {}` draws it",
            shown(&dot_file),
            shown(picture)
        )),
        Drawn::TooSlow => say(format!(
            "no picture: {chosen} was stopped after {} s; draw less (--around, --min-origins, --limit) or allow more (--timeout); \
             the graph is in {}",
            args.timeout,
            shown(&dot_file)
        )),
    }
    Ok(false)
}

pub fn write_file(path: &Path, text: &str) -> Result<()> {
    whole::write(path, |out| Ok(out.write_all(text.as_bytes())?))
}
