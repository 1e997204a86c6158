//! A table's or view's name, or nothing, in; the commented contract of the database out.

use super::output;
use crate::error::{Error, Result};
use crate::graph::SCHEMA;
use clap::Args;
use std::io::Write;

/// What the database holds: its tables and views, with comments, for `sql`
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph schema edge")]
pub struct Schema {
    /// Only this table or view
    name: Option<String>,
}

impl Schema {
    pub fn run(self) -> Result<u8> {
        let mut out = output::stdout();
        match &self.name {
            None => out.write_all(SCHEMA.as_bytes())?,
            Some(name) => {
                let found = statements().find(|(own, _)| own.eq_ignore_ascii_case(name));
                let (_, text) = found.ok_or_else(|| unknown(name))?;
                writeln!(out, "{text}")?;
            }
        }
        Ok(out.flush().map(|()| 0)?)
    }
}

/// Tables and views with their names; each with the comment above it. In the contract an empty line ends each.
fn statements() -> impl Iterator<Item = (&'static str, &'static str)> {
    SCHEMA.split("\n\n").filter_map(|part| {
        let create = part.lines().find(|line| line.starts_with("CREATE ") && !line.starts_with("CREATE INDEX"))?;
        let words = create.split_whitespace().skip(1);
        let kinds = ["TABLE", "VIEW", "VIRTUAL", "IF", "NOT", "EXISTS"];
        let name = words.into_iter().find(|word| !kinds.contains(word))?;
        Some((name, part.trim()))
    })
}

fn unknown(name: &str) -> Error {
    let names: Vec<&str> = statements().map(|(name, _)| name).collect();
    Error::NotFound(format!("the database has no table or view {name}; it has {}", names.join(", ")))
}
