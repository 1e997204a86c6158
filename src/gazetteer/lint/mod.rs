//! Lists of names in; what is wrong or doubtful in them, with its place and what to do about it, out.
//!
//! A list is read line by line whatever is wrong with it, so one run tells everything.

mod characters;
mod names;
mod numbers;
mod offices;
mod rows;
mod sheet;
mod world;

use self::names::Names;
use self::offices::Offices;
use self::sheet::{Line, Sheet};
use self::world::World;
use super::Gazetteer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The list cannot be read, or says what cannot be.
    Error,
    /// It can be read, and is probably not what was meant.
    Warning,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something in a list that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    pub level: Level,
    /// What kind of finding it is: `type`, `clash`, `characters` ...
    pub rule: &'static str,
    pub found: String,
    pub expected: String,
    /// What to write instead, where it can be told.
    pub suggestion: Option<String>,
}

/// Titles that one person at a time holds.
const EXCLUSIVE: (&str, &str) =
    ("rules/lists/exclusive-titles.tsv", include_str!("../../../rules/lists/exclusive-titles.tsv"));
const TITLES: (&str, &str) = ("gazetteer/titles.tsv", include_str!("../../../gazetteer/titles.tsv"));

/// What is wrong with `files` (name, text), in order of place. They may name ids and sources of the lists `behind` them.
///
/// ```
/// use wiregraph::gazetteer::{Gazetteer, lint::lint};
/// let list = "id\ttype\tname\tcountry\norg:acme\tOGR\tAcme\tFRA\n";
/// let findings = lint(&[("mine.tsv", list)], &Gazetteer::embedded()?);
/// assert_eq!((findings[0].line, findings[0].column), (2, 10));
/// assert_eq!(findings[0].suggestion.as_deref(), Some("ORG"));
/// # Ok::<(), wiregraph::Error>(())
/// ```
pub fn lint(files: &[(&str, &str)], behind: &Gazetteer) -> Vec<Finding> {
    let sheets = read(files);
    let tables = read(&[TITLES, EXCLUSIVE]);
    let mut world = World::new(behind);
    sheets.iter().chain(&tables).for_each(|sheet| world.add(sheet));
    let mut desk = Desk { file: "", findings: Vec::new() };
    let (mut names, mut offices) = (Names::default(), Offices::default());
    for sheet in &sheets {
        desk.file = sheet.file;
        characters::check(&mut desk, sheet);
        if rows::check(&mut desk, sheet, &world) {
            numbers::check(&mut desk, sheet);
            names.check(&mut desk, sheet);
            offices.check(&mut desk, sheet, &world);
        }
    }
    names.clashes(&mut desk);
    offices.overlaps(&mut desk, &world);
    desk.findings.sort_by(|a, b| (&a.file, a.line, a.column, a.rule).cmp(&(&b.file, b.line, b.column, b.rule)));
    desk.findings
}

fn read<'a>(files: &[(&'a str, &'a str)]) -> Vec<Sheet<'a>> {
    files.iter().filter_map(|(file, text)| Sheet::read(file, text)).collect()
}

/// Where checks put what they find.
struct Desk<'a> {
    file: &'a str,
    findings: Vec<Finding>,
}

impl Desk<'_> {
    /// `at`: the part of the line that is meant.
    fn find(
        &mut self,
        level: Level,
        rule: &'static str,
        line: Line,
        at: &str,
        found: impl Into<String>,
        expected: &str,
    ) -> &mut Finding {
        self.findings.push(Finding {
            file: self.file.to_owned(),
            line: line.number,
            column: line.column(at),
            level,
            rule,
            found: found.into(),
            expected: expected.to_owned(),
            suggestion: None,
        });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    fn error(
        &mut self,
        rule: &'static str,
        line: Line,
        at: &str,
        found: impl Into<String>,
        expected: &str,
    ) -> &mut Finding {
        self.find(Level::Error, rule, line, at, found, expected)
    }

    fn warning(
        &mut self,
        rule: &'static str,
        line: Line,
        at: &str,
        found: impl Into<String>,
        expected: &str,
    ) -> &mut Finding {
        self.find(Level::Warning, rule, line, at, found, expected)
    }
}

impl Finding {
    fn suggest(&mut self, words: Option<impl Into<String>>) {
        self.suggestion = words.map(Into::into);
    }
}
