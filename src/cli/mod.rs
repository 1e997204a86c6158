//! The command line: one file for each subcommand, over the same store and views.

mod build;
mod draw;
mod entity;
mod evidence;
mod export;
mod extract;
mod filter;
mod gazetteer;
mod input;
mod lists;
mod names;
mod neighbors;
mod output;
mod parallel;
mod path;
mod progress;
mod render;
mod search;
mod sql;
mod stats;

use crate::error::Result;
use crate::graph::Store;
use clap::{ColorChoice, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reports in, an evidence graph out: who did what to whom, every edge leading back to its words.
#[derive(Parser)]
#[command(
    name = "wiregraph",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "\
Start with:  wiregraph build samples
             wiregraph neighbors Russia

Exit codes:  0 found   1 nothing found   2 usage, ambiguous name, or a file that is not ours
             3 some inputs failed (the rest is kept)   4 damaged database or model"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    session: Session,
}

/// What every command shares.
#[derive(clap::Args)]
pub struct Session {
    /// The database
    #[arg(long, global = true, value_name = "FILE", default_value = "out/graph.db")]
    db: PathBuf,
    /// Colours; NO_COLOR is heeded
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

impl Session {
    fn store(&self) -> Result<Store> {
        Store::open_read_only(&self.db)
    }
}

#[derive(Subcommand)]
enum Command {
    Build(build::Build),
    Extract(extract::Extract),
    Neighbors(neighbors::Neighbors),
    Path(path::Path),
    Entity(entity::Entity),
    Evidence(evidence::Evidence),
    Search(search::Search),
    Gazetteer(gazetteer::Gazetteer),
    Stats(stats::Stats),
    Sql(sql::Sql),
    Export(export::Export),
    Render(render::Render),
}

/// Runs the program on its arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match cli.session.color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    match run(cli.command, &cli.session).map_err(|error| error.in_database(&cli.session.db)) {
        Ok(code) => ExitCode::from(code),
        // Who asked has heard enough (`| head`).
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            output::fail(&error.to_string());
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(command: Command, session: &Session) -> Result<u8> {
    match command {
        Command::Build(command) => command.run(),
        Command::Extract(command) => command.run(),
        Command::Neighbors(command) => command.run(session),
        Command::Path(command) => command.run(session),
        Command::Entity(command) => command.run(session),
        Command::Evidence(command) => command.run(session),
        Command::Search(command) => command.run(session),
        Command::Gazetteer(command) => command.run(session),
        Command::Stats(command) => command.run(session),
        Command::Sql(command) => command.run(session),
        Command::Export(command) => command.run(session),
        Command::Render(command) => command.run(session),
    }
}
