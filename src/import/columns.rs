//! The headings of somebody's table in, with what the user says of them; which of its columns is which of ours out.

use super::codes;
use crate::error::{Error, Result, shown};
use crate::gazetteer::COLUMNS;
use std::path::Path;

/// For each column of ours, in the order of [`COLUMNS`], the column of theirs.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    ours: Vec<Option<usize>>,
}

/// What is like enough to be meant.
const LIKENESS: f64 = 0.6;

impl Columns {
    /// `map`: pairs of our column and theirs, which count before any guess by the heading.
    ///
    /// # Errors
    /// A pair with a column that is not there, or no column for the name: with the columns found.
    pub fn find(file: &Path, headings: &[String], map: &[(String, String)]) -> Result<Self> {
        let mut ours = vec![None; COLUMNS.len()];
        for (our, their) in map {
            let at = COLUMNS.iter().position(|column| column == our).ok_or_else(|| no_column_of_ours(our))?;
            let their = headings.iter().position(|heading| heading == their);
            ours[at] = Some(their.ok_or_else(|| not_there(file, headings, map, our))?);
        }
        for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
            let Some(ours) = codes::heading(heading).and_then(place).map(|place| &mut ours[place]) else { continue };
            ours.get_or_insert(at);
        }
        let columns = Self { ours };
        match columns.of("name") {
            Some(_) => Ok(columns),
            None => Err(not_there(file, headings, map, "name")),
        }
    }

    /// Which column of theirs is this one of ours.
    pub fn of(&self, column: &str) -> Option<usize> {
        place(column).and_then(|place| self.ours.get(place).copied().flatten())
    }
}

fn place(column: &str) -> Option<usize> {
    COLUMNS.iter().position(|ours| *ours == column)
}

fn no_column_of_ours(written: &str) -> Error {
    let meant = like(written, COLUMNS.iter().copied());
    Error::Usage(format!("--map: {written:?} is no column of a list; expected one of {}{meant}", COLUMNS.join(" ")))
}

fn not_there(file: &Path, headings: &[String], map: &[(String, String)], ours: &str) -> Error {
    let wanted = map.iter().find(|(our, _)| our == ours).map_or(ours, |(_, their)| their);
    let meant = like(wanted, headings.iter().map(String::as_str));
    let found = headings.join(", ");
    let file = shown(file);
    Error::Usage(match map.iter().any(|(our, _)| our == ours) {
        true => format!("{file}: no column {wanted:?}{meant}; its columns are: {found}"),
        false => {
            format!("{file}: no column looks like a {ours}; say which with --map {ours}=...; its columns are: {found}")
        }
    })
}

/// ", did you mean X?" where something is like it.
fn like<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> String {
    let likeness = |word: &str| strsim::normalized_damerau_levenshtein(&word.to_lowercase(), &written.to_lowercase());
    let best = words.map(|word| (likeness(word), word)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= LIKENESS)
        .map_or_else(String::new, |(_, word)| format!(" (did you mean {word}?)"))
}
