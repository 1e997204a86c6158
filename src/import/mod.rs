//! Lists of names as others publish them in (GeoNames, Wikidata, any table); rows of the gazetteer's own format out.
//!
//! Everything is read as a stream. What is wrong with a line is told at file:line:column, and the rest is kept.

mod cells;
mod codes;
mod columns;
mod compile;
mod geonames;
mod item;
mod known;
mod layers;
mod lines;
mod names;
mod offices;
mod record;
mod row;
mod sort;
mod table;
mod wikidata;

pub use codes::entity_type;
pub use compile::compile;
pub use known::Known;
pub use layers::{Conflicts, Layers, digest};
pub use row::{Flag, Name, Row, Sheet, Written};

use crate::analysis::EntityType;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// ISO 3166 alpha-3 for a code of two or three letters, a Wikidata item or an English name.
///
/// ```
/// assert_eq!(wiregraph::import::country("fr"), Some("FRA"));
/// assert_eq!(wiregraph::import::country("Q884"), Some("KOR"));
/// assert_eq!(wiregraph::import::country("Atlantis"), None);
/// ```
pub fn country(written: &str) -> Option<&'static str> {
    crate::gazetteer::countries().of(written)
}

/// The whole text of a list, unpacked.
///
/// # Errors
/// It cannot be read, or is no UTF-8, at file:line:column.
pub fn text(path: &Path) -> Result<String> {
    let mut text = String::new();
    let mut lines = lines::Lines::open(path)?;
    while let Some(line) = lines.next() {
        text.push_str(line?);
        text.push('\n');
    }
    Ok(text)
}

/// Whether the header of a file is that of a list: entities, bodies that every state has, or sources.
///
/// # Errors
/// It cannot be read.
pub fn is_list(path: &Path) -> Result<bool> {
    let mut lines = lines::Lines::open(path)?;
    while let Some(line) = lines.next() {
        let line = line?;
        if !line.trim().is_empty() && !line.starts_with('#') {
            let columns: Vec<&str> = line.trim_start_matches('\u{feff}').split('\t').map(str::trim).collect();
            let has = |needed: &[&str]| needed.iter().all(|column| columns.contains(column));
            return Ok(has(&["id", "type"]) || has(&["slug"]) || has(&["id", "edition"]));
        }
    }
    Ok(false)
}

/// Whose format a list is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `allCountries.txt` and its parts, with or without `alternateNamesV2.txt`.
    Geonames,
    /// Items of a JSON dump, one a line.
    Wikidata,
    /// A table with a header, or JSON lines.
    Table,
}

/// What is to be imported, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names in these languages (ISO 639 codes as the source writes them), beside those without a language.
    pub languages: Vec<String>,
    /// Places with fewer people are left out; where the source tells no number it is 0.
    pub min_population: u64,
    /// GeoNames feature classes (`P`) or class and code (`P.PPLC`); empty: all.
    pub features: Vec<String>,
    /// ISO 3166 alpha-2 or alpha-3 codes; empty: all.
    pub countries: Vec<String>,
    /// Keeps entities that a list has already.
    pub keep_listed: bool,
    /// Id of the source (a row of `sources.tsv`) that dates count as checked against; without one they are unchecked.
    pub checked: Option<String>,
    /// Columns of ours and what a table calls them.
    pub map: Vec<(String, String)>,
    /// Between the columns of a table; without it, the header tells.
    pub separator: Option<char>,
    /// Between the names in one cell; without it, semicolons or bars.
    pub list_separator: Option<String>,
    /// What rows of a table are that do not tell.
    pub entity_type: Option<EntityType>,
}

impl Options {
    fn wants_language(&self, code: &str) -> bool {
        self.languages.iter().any(|language| language == code)
    }

    fn wants_country(&self, iso3: &str) -> bool {
        self.countries.is_empty() || self.countries.iter().any(|country| country == iso3)
    }

    fn wants_feature(&self, class: &str, code: &str) -> bool {
        let matches = |feature: &String| match feature.split_once('.') {
            Some((wanted, of)) => wanted == class && of == code,
            None => feature == class,
        };
        self.features.is_empty() || self.features.iter().any(matches)
    }
}

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines, items or records that were read.
    pub read: u64,
    pub written: Written,
    /// Lines that could not be read.
    pub faults: u64,
    /// What was left out on purpose, by reason.
    pub left_out: BTreeMap<String, u64>,
    /// Wikidata classes that no table has, and how many items are of them.
    pub classes: BTreeMap<String, u64>,
    /// Offices of Wikidata that became no role, and how often.
    pub positions: BTreeMap<String, u64>,
}

/// Where importers put what they read.
pub struct Desk<'a> {
    options: &'a Options,
    known: &'a Known,
    sheet: Sheet<'a>,
    told: &'a mut dyn FnMut(Event),
    summary: Summary,
}

/// What an import tells while it runs.
#[derive(Debug)]
pub enum Event {
    /// So many lines were read since the last time.
    Read(u64),
    /// A line that is not read, or a file that ends early.
    Fault(Error),
}

/// Lines between two words about progress.
const STRIDE: u64 = 4096;

impl<'a> Desk<'a> {
    pub fn new(options: &'a Options, known: &'a Known, sheet: Sheet<'a>, told: &'a mut dyn FnMut(Event)) -> Self {
        Self { options, known, sheet, told, summary: Summary::default() }
    }

    /// Reads the files and writes their rows.
    ///
    /// # Errors
    /// Files that do not go together, a disk that is full. What is wrong with a file or line is an [`Event`].
    pub fn import(mut self, form: Form, files: &[PathBuf]) -> Result<Summary> {
        match form {
            Form::Geonames => geonames::import(&mut self, files)?,
            Form::Wikidata => wikidata::import(&mut self, files)?,
            Form::Table => table::import(&mut self, files)?,
        }
        (self.told)(Event::Read(self.summary.read % STRIDE));
        self.summary.written = self.sheet.written();
        Ok(self.summary)
    }

    fn read_one(&mut self) {
        self.summary.read += 1;
        if self.summary.read.is_multiple_of(STRIDE) {
            (self.told)(Event::Read(STRIDE));
        }
    }

    /// The lines of a file; none, and the fault told, where it cannot be read.
    fn open(&mut self, file: &Path) -> Option<lines::Lines> {
        lines::Lines::open(file).map_err(|error| self.fault(error)).ok()
    }

    fn fault(&mut self, error: Error) {
        self.summary.faults += 1;
        (self.told)(Event::Fault(error));
    }

    fn leave_out(&mut self, reason: &str) {
        match self.summary.left_out.get_mut(reason) {
            Some(count) => *count += 1,
            None => drop(self.summary.left_out.insert(reason.to_owned(), 1)),
        }
    }

    fn put(&mut self, row: &Row) -> Result<()> {
        if !self.sheet.put(row)? {
            self.leave_out("without a name");
        }
        Ok(())
    }
}
