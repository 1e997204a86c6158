//! Lists of names in; what is wrong or doubtful in them out, each with its place and what to write instead.

use super::files::{self, ListFile};
use crate::cli::output::{Format, OutputArgs, Rows, say};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::lint::{Finding, Level, lint};
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Find what is wrong in lists: ids twice, clashing names, unknown codes, offices of nothing, letters that nobody sees
#[derive(Args)]
#[command(after_help = "\
Errors: a list cannot be read, or says what cannot be. Warnings: it can be read, and is probably not what was meant.
Ends with 1 if there is an error. Ids, titles and sources may be those of the shipped lists. A list is held in memory.

Example:
  wiregraph gazetteer lint mine.tsv --format table")]
pub struct Lint {
    /// Lists (.tsv, packed or not) or folders of them; without any, the folder gazetteer, where the shipped ones lie
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Errors only
    #[arg(long)]
    errors: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// The shipped lists, seen from the project's folder.
const SHIPPED: &str = "gazetteer";

impl Lint {
    pub fn run(self) -> Result<u8> {
        let lists: Vec<ListFile> = match self.files.is_empty() {
            true => files::read(&[SHIPPED.into()])?,
            false => files::read(&self.files)?,
        };
        let lists: Vec<(&str, &str)> = lists.iter().map(|list| (list.name.as_str(), list.text.as_str())).collect();
        let mut findings = lint(&lists, &Gazetteer::embedded()?);
        let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
        let warnings = findings.len() - errors;
        findings.retain(|finding| !self.errors || finding.level == Level::Error);
        let rules = tally(&findings);
        rows(&findings, self.output.format()).print(self.output.format())?;
        say(format!("{errors} errors, {warnings} warnings{rules}"));
        Ok(u8::from(errors > 0))
    }
}

/// ": 3 clash, 1 type"
fn tally(findings: &[Finding]) -> String {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    findings.iter().for_each(|finding| *rules.entry(finding.rule).or_default() += 1);
    let told: Vec<String> = rules.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
    if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) }
}

/// People get the place in one column, programs in three.
fn rows(findings: &[Finding], format: Format) -> Rows {
    let mut rows = Rows::new(["place", "file", "line", "column", "level", "rule", "found", "expected", "suggestion"]);
    for finding in findings {
        let place = format!("{}:{}:{}", finding.file, finding.line, finding.column);
        rows.push(vec![
            place.into(),
            finding.file.clone().into(),
            finding.line.into(),
            finding.column.into(),
            finding.level.as_str().into(),
            finding.rule.into(),
            finding.found.clone().into(),
            finding.expected.clone().into(),
            finding.suggestion.clone().into(),
        ]);
    }
    match format {
        Format::Table | Format::Md => rows.only(&["place", "level", "found", "expected", "suggestion"]),
        Format::Tsv | Format::Csv => rows.only(&["place", "level", "rule", "found", "expected", "suggestion"]),
        Format::Json | Format::Jsonl => {
            rows.only(&["file", "line", "column", "level", "rule", "found", "expected", "suggestion"])
        }
    }
    rows
}
