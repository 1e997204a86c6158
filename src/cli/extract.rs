//! Reports in, one line of JSON for each out: the analysis without any database.

use super::input::ReadArgs;
use super::output::{self, say};
use super::parallel::{JobArgs, Ordered};
use super::progress::Progress;
use crate::document::{Document, Reports};
use crate::error::{Error, Result, shown};
use crate::export::json;
use crate::{Analyser, Detail};
use clap::Args;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::thread;

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
    /// Each listed name also tells why it was taken for its entity (the rule that decided, what every meaning scored), each edge how
    /// surely and by which steps it was read
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    jobs: JobArgs,
}

impl Extract {
    pub fn run(self) -> Result<u8> {
        let analyser = self.read.analyser()?;
        let mut reports = self.read.reports(&self.paths);
        let failed = self.print(&analyser, &mut reports)?;
        for file in reports.skipped() {
            say(format!("skipped: {}: {}", shown(&file.path), file.reason));
        }
        Ok(if failed { 3 } else { 0 })
    }

    /// Prints a line for each report; whether any failed.
    fn print(&self, analyser: &Analyser, reports: &mut Reports) -> Result<bool> {
        // On a terminal the lines themselves tell how far it is.
        let progress = Progress::new("documents", !io::stdout().is_terminal());
        let mut out = output::stdout();
        let mut failed = false;
        let mut put = |line: Result<Vec<u8>>| -> Result<()> {
            match line {
                Ok(line) => out.write_all(&line)?,
                Err(error @ Error::Output(_)) => return Err(error),
                Err(error) => {
                    failed = true;
                    progress.aside(|| say(format!("failed: {error}")));
                }
            }
            Ok(())
        };
        thread::scope(|scope| {
            let mut lines = Ordered::start(scope, self.jobs.count(), |document| self.line(analyser, &document))?;
            for report in reports {
                progress.step();
                match report {
                    Ok(document) => {
                        while let Some(line) = lines.take_before(&document) {
                            put(line.and_then(|line| line))?;
                        }
                        lines.give(document);
                    }
                    Err(error) => put(Err(error))?,
                }
            }
            while let Some(line) = lines.take() {
                put(line.and_then(|line| line))?;
            }
            Ok::<(), Error>(())
        })?;
        progress.end();
        out.flush()?;
        Ok(failed)
    }

    fn line(&self, analyser: &Analyser, document: &Document) -> Result<Vec<u8>> {
        let analysis = analyser.analyze_in_detail(document, Detail { open: self.open, explain: self.explain });
        let mut line = Vec::new();
        json::write(&mut line, &analysis)?;
        line.push(b'\n');
        Ok(line)
    }
}
