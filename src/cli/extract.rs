//! Reports in, one line of JSON for each out: the analysis without any database.

use super::input::{self, Known};
use super::output::{self, say};
use crate::Analyser;
use crate::error::Result;
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;

/// Analyse reports and print them as JSON lines, in the order of the input; nothing is stored
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph extract report.txt --published 2022-06-15")]
pub struct Extract {
    /// Files, folders, or - for standard input
    #[arg(default_value = "-", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also every clause as text, entity or not
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    known: Known,
}

impl Extract {
    pub fn run(self) -> Result<u8> {
        let analyser = Analyser::embedded()?;
        let mut out = output::stdout();
        let mut failed = 0;
        for document in input::documents(&self.paths, &self.known).documents {
            match document {
                Ok(document) => {
                    let mut analysis = analyser.analyze(&document);
                    analysis.tuples = analysis.tuples.filter(|_| self.open);
                    serde_json::to_writer(&mut out, &analysis).map_err(io::Error::from)?;
                    out.write_all(b"\n")?;
                }
                Err(error) => {
                    failed = 3;
                    say(format!("failed: {error}"));
                }
            }
        }
        out.flush()?;
        Ok(failed)
    }
}
