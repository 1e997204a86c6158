//! A database in; everything in it that does not agree with itself out, with exit code 4.

use super::Session;
use super::output::{self, BOLD, DENIED, Format, OutputArgs, Rows};
use super::phrase::dim;
use crate::error::Result;
use crate::graph::Checked;
use clap::Args;
use serde_json::{Value, json};
use std::io::Write;

/// Verify the database against itself: words, hashes, ids, keys, counts, origins, judgements, full text
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph check     # ends with 4 where something is off")]
pub struct Check {
    /// At most so many faults of a kind
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

impl Check {
    pub fn run(self, session: &Session) -> Result<u8> {
        let checked = session.store()?.check()?;
        match self.output.format() {
            Format::Table => self.show(&checked)?,
            format => {
                self.rows(&checked).print(format)?;
            }
        }
        Ok(if checked.iter().any(|check| !check.faults.is_empty()) { 4 } else { 0 })
    }

    fn show(&self, checked: &[Checked]) -> Result<()> {
        let mut out = output::stdout();
        for check in checked {
            let mark = if check.faults.is_empty() { dim("✓") } else { format!("{DENIED}✗{DENIED:#}") };
            let faults = match check.faults.len() {
                0 => String::new(),
                faults => format!("   {BOLD}{DENIED}{faults} off{DENIED:#}{BOLD:#}"),
            };
            writeln!(out, "{mark} {:<24}{:>10}{faults}", check.name, check.rows)?;
            for fault in check.faults.iter().take(self.limit) {
                writeln!(out, "    {}", output::tame(fault))?;
            }
            if check.faults.len() > self.limit {
                writeln!(out, "    {}", dim(format!("{} more: --limit", check.faults.len() - self.limit)))?;
            }
        }
        Ok(out.flush()?)
    }

    /// A row for each check, and for each fault.
    fn rows(&self, checked: &[Checked]) -> Rows {
        let mut rows = Rows::new(["check", "rows", "faults", "fault"]);
        for check in checked {
            let faults = check.faults.iter().take(self.limit).map(|fault| json!(fault));
            let faults: Vec<Value> = if check.faults.is_empty() { vec![Value::Null] } else { faults.collect() };
            for fault in faults {
                rows.push(vec![json!(check.name), json!(check.rows), json!(check.faults.len()), fault]);
            }
        }
        rows
    }
}
