//! The command line: one file for each subcommand, over the same store and views.

mod build;
mod check;
mod complete;
mod completions;
mod config;
mod diff;
mod disputes;
mod draw;
mod entity;
mod evidence;
mod export;
mod extract;
mod filter;
mod forget;
mod gazetteer;
mod grades;
mod input;
mod judge;
mod lists;
mod log;
mod man;
mod migrate;
mod names;
mod neighbors;
mod origins;
mod output;
mod parallel;
mod passage;
mod path;
mod phrase;
mod progress;
mod rank;
mod render;
mod reread;
mod resolution;
mod rules;
mod schema;
mod search;
mod sort;
mod sources;
mod sql;
mod stats;
mod stop;
mod suggest_merges;
mod timeline;
mod tree;
mod trust;
mod wait;
mod whole;
mod why;
mod why_not;

use crate::error::{Error, Result};
use crate::graph::Store;
use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
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

Settings:    an option, else WIREGRAPH_DB, WIREGRAPH_FORMAT ..., else the nearest wiregraph.toml

Exit codes:  0 found   1 nothing found   2 usage, ambiguous name, or a file that is not ours
             3 some inputs failed (the rest is kept)   4 damaged database or model   130 interrupted"
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
    /// Grades of sources; without it, [sources] of wiregraph.toml, or sources.toml
    #[arg(long, global = true, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// Colours; NO_COLOR is heeded
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

impl Session {
    fn store(&self) -> Result<Store> {
        Store::open_read_only(&self.db)
    }

    /// For judgements, and for what takes reports out.
    fn writer(&self, wait: wait::WaitArgs) -> Result<Store> {
        let open = || wait.writer(&self.db, |patience| Store::open_patiently(&self.db, crate::REVISION, patience));
        let store = open()?;
        if !store.is_resumed() {
            return Ok(store);
        }
        output::say("a build that was cut short is ended first, with the reports that it has read");
        store.finish()?;
        open()
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
    Why(why::Why),
    WhyNot(why_not::WhyNot),
    Timeline(timeline::Timeline),
    Disputes(disputes::Disputes),
    Origins(origins::Origins),
    Sources(sources::Sources),
    Rank(rank::Rank),
    Diff(diff::Diff),
    Search(search::Search),
    Merge(judge::Merge),
    Split(judge::Split),
    Distinct(judge::Distinct),
    Rename(judge::Rename),
    Confirm(judge::Confirm),
    Reject(judge::Reject),
    SuggestMerges(suggest_merges::SuggestMerges),
    Log(log::Log),
    Undo(log::Undo),
    Forget(forget::Forget),
    Check(check::Check),
    Migrate(migrate::Migrate),
    Completions(completions::Completions),
    Man(man::Man),
    Gazetteer(gazetteer::Gazetteer),
    Rules(rules::Rules),
    Stats(stats::Stats),
    Trust(trust::Trust),
    Schema(schema::Schema),
    Sql(sql::Sql),
    Export(export::Export),
    Render(render::Render),
}

/// Runs the program on its arguments.
pub fn main() -> ExitCode {
    complete::answer();
    let definition = match config::with_defaults(Cli::command()) {
        Ok(definition) => definition,
        Err(error) => {
            output::fail(&error.to_string());
            return ExitCode::from(error.exit_code());
        }
    };
    let parsed = definition.try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
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
        Err(error @ Error::Interrupted(_)) => {
            output::say(error.to_string());
            ExitCode::from(error.exit_code())
        }
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
        Command::Why(command) => command.run(session),
        Command::WhyNot(command) => command.run(session),
        Command::Timeline(command) => command.run(session),
        Command::Disputes(command) => command.run(session),
        Command::Origins(command) => command.run(session),
        Command::Sources(command) => command.run(session),
        Command::Rank(command) => command.run(session),
        Command::Diff(command) => command.run(session),
        Command::Search(command) => command.run(session),
        Command::Merge(command) => command.run(session),
        Command::Split(command) => command.run(session),
        Command::Distinct(command) => command.run(session),
        Command::Rename(command) => command.run(session),
        Command::Confirm(command) => command.run(session),
        Command::Reject(command) => command.run(session),
        Command::SuggestMerges(command) => command.run(session),
        Command::Log(command) => command.run(session),
        Command::Undo(command) => command.run(session),
        Command::Forget(command) => command.run(session),
        Command::Check(command) => command.run(session),
        Command::Migrate(command) => command.run(session),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
        Command::Gazetteer(command) => command.run(session),
        Command::Rules(command) => command.run(session),
        Command::Stats(command) => command.run(session),
        Command::Trust(command) => command.run(session),
        Command::Schema(command) => command.run(),
        Command::Sql(command) => command.run(session),
        Command::Export(command) => command.run(session),
        Command::Render(command) => command.run(session),
    }
}
