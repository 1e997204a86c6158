//! Reports in, one line of JSON for each out: the analysis without any database.

use super::input::ReadArgs;
use super::output::{self, say};
use super::progress::Progress;
use crate::error::Result;
use clap::Args;
use std::io::{self, IsTerminal, Write};
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
    read: ReadArgs,
}

impl Extract {
    pub fn run(self) -> Result<u8> {
        let analyser = self.read.analyser()?;
        let mut out = output::stdout();
        let mut failed = 0;
        // On a terminal the lines themselves tell how far it is.
        let progress = Progress::new(!io::stdout().is_terminal());
        let mut reports = self.read.reports(&self.paths);
        for report in &mut reports {
            progress.step();
            match report {
                Ok(document) => {
                    let mut analysis = analyser.analyze(&document);
                    analysis.tuples = analysis.tuples.filter(|_| self.open);
                    serde_json::to_writer(&mut out, &analysis).map_err(io::Error::from)?;
                    out.write_all(b"\n")?;
                }
                Err(error) => {
                    failed = 3;
                    progress.aside(|| say(format!("failed: {error}")));
                }
            }
        }
        progress.end();
        out.flush()?;
        for file in reports.skipped() {
            say(format!("skipped: {}: {}", file.path.display(), file.reason));
        }
        Ok(failed)
    }
}
