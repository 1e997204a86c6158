//! The lists of names: what to add to them, where to get more, and what is wrong with them.

mod compile;
pub mod files;
mod import;
mod lint;
mod suggest;

use super::Session;
use crate::error::Result;
use clap::{Args, Subcommand};

/// The lists of names
#[derive(Args)]
pub struct Gazetteer {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Suggest(suggest::Suggest),
    Import(import::Import),
    Compile(compile::Compile),
    Lint(lint::Lint),
}

impl Gazetteer {
    pub fn run(self, session: &Session) -> Result<u8> {
        match self.command {
            Command::Suggest(command) => command.run(session),
            Command::Import(command) => command.run(),
            Command::Compile(command) => command.run(),
            Command::Lint(command) => command.run(),
        }
    }
}
