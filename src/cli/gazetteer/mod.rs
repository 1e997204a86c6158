//! The lists of names: what to add to them, where to get more, and what is wrong with them.

mod compile;
pub mod files;
mod import;
mod lint;
mod suggest;

use super::Session;
use crate::error::Result;
use clap::{Args, Subcommand};
use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

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

/// A file that is to take the place of `path` when it is whole; who may read it is decided as for any new file.
fn replacement(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.permissions(std::fs::Permissions::from_mode(0o666));
    }
    file.tempfile_in(folder)
}
