//! The command line's definition in, manual pages out.

use super::{Cli, output};
use crate::error::{Error, Result};
use clap::{Args, CommandFactory};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// Print the manual page, or write that of every command into a folder
#[derive(Args)]
#[command(after_help = "Examples:\n  wiregraph man > wiregraph.1\n  wiregraph man --into man1")]
pub struct Man {
    /// Folder for wiregraph.1, wiregraph-build.1 ...
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

impl Man {
    pub fn run(self) -> Result<u8> {
        if let Some(folder) = self.into {
            let io = |source| Error::Write { path: folder.clone(), source };
            fs::create_dir_all(&folder).map_err(io)?;
            clap_mangen::generate_to(Cli::command(), &folder).map_err(io)?;
            return Ok(0);
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page)?;
        let mut out = output::stdout();
        out.write_all(&page)?;
        Ok(out.flush().map(|()| 0)?)
    }
}
