//! Somebody's table of names in (tab- or comma-separated with a header, or JSON lines), rows of a list out.

use super::Desk;
use super::cells::{self, Cell, Torn};
use super::columns::Columns;
use super::lines::{Lines, fault};
use super::record::{Record, Slugs};
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// A quoted cell that has not ended after so many lines or bytes is a stray quotation mark.
const LONGEST_RECORD: (usize, usize) = (200, 1 << 20);

pub(super) fn import(desk: &mut Desk, files: &[PathBuf]) -> Result<()> {
    let mut slugs = Slugs::default();
    for file in files {
        let Some(lines) = desk.open(file) else { continue };
        Table { file, lines, pending: None }.read(desk, &mut slugs)?;
    }
    Ok(())
}

struct Table<'a> {
    file: &'a Path,
    lines: Lines,
    /// Lines that were read in search of a closing quotation mark.
    pending: Option<std::collections::VecDeque<(u64, String)>>,
}

impl Table<'_> {
    fn read(&mut self, desk: &mut Desk, slugs: &mut Slugs) -> Result<()> {
        let Some((number, header)) = self.first(desk) else { return Ok(()) };
        if header.starts_with(['{', '[']) {
            return self.objects(desk, slugs, number, header);
        }
        let separator = desk.options.separator.unwrap_or_else(|| cells::separator(&header));
        let headings = cells::split(&header, separator).unwrap_or_default().into_iter().map(|cell| cell.text);
        let headings: Vec<String> = headings.collect();
        let columns = Columns::find(self.file, &headings, &desk.options.map)?;
        while let Some(record) = self.record(separator) {
            desk.read_one();
            match record {
                Err(error) => desk.fault(error),
                Ok((_, cells)) if cells.iter().all(|cell| cell.text.is_empty()) => {}
                Ok((number, cells)) if cells.len() > headings.len() => {
                    let at = cells[headings.len()].at;
                    let expected = format!("{}, as the header has", headings.len());
                    desk.fault(fault(self.file, number, at + 1, format!("{} columns", cells.len()), &expected));
                }
                Ok((number, cells)) => self.take(desk, slugs, number, &columns, &cells)?,
            }
        }
        Ok(())
    }

    /// The first line that is no comment and not blank.
    fn first(&mut self, desk: &mut Desk) -> Option<(u64, String)> {
        loop {
            match self.line()? {
                Ok((number, line)) if !line.trim().is_empty() && !line.starts_with('#') => return Some((number, line)),
                Ok(_) => {}
                Err(error) => desk.fault(error),
            }
        }
    }

    fn line(&mut self) -> Option<Result<(u64, String)>> {
        if let Some(pending) = &mut self.pending {
            match pending.pop_front() {
                Some(line) => return Some(Ok(line)),
                None => self.pending = None,
            }
        }
        let line = self.lines.next()?.map(str::to_owned);
        Some(line.map(|line| (self.lines.number(), line)))
    }

    /// The cells of the next record, which may take several lines, and the line that it begins in.
    fn record(&mut self, separator: char) -> Option<Result<(u64, Vec<Cell>)>> {
        let (number, first) = match self.line()? {
            Ok(line) if separator == '\t' && line.1.starts_with('#') => (line.0, String::new()),
            Ok(line) => line,
            Err(error) => return Some(Err(error)),
        };
        if let Ok(cells) = cells::split(&first, separator) {
            return Some(Ok((number, cells)));
        }
        let mut whole = first;
        let mut taken = std::collections::VecDeque::new();
        while taken.len() < LONGEST_RECORD.0 && whole.len() < LONGEST_RECORD.1 {
            let Some(Ok((at, line))) = self.line() else { break };
            whole.push('\n');
            whole.push_str(&line);
            taken.push_back((at, line));
            match cells::split(&whole, separator) {
                Ok(cells) => return Some(Ok((number, cells))),
                Err(Torn::Open) => {}
                Err(Torn::Stray) => break,
            }
        }
        // The lines after the stray mark are read again, as records of their own.
        taken.extend(self.pending.take().into_iter().flatten());
        self.pending = Some(taken);
        Some(Err(fault(self.file, number, 1, "a quotation mark that nothing closes", "a closing one in the same cell")))
    }

    fn take(&self, desk: &mut Desk, slugs: &mut Slugs, number: u64, columns: &Columns, cells: &[Cell]) -> Result<()> {
        let cell = |column: &str| columns.of(column).and_then(|at| cells.get(at));
        let list = |column: &str| cell(column).map(|cell| vec![cell.text.clone()]).unwrap_or_default();
        let mut record = Record::new(|column| list(column));
        let result = record.row(desk, slugs, self.file);
        for (column, found, expected) in record.faults {
            let at = cell(column).map_or(0, |cell| cell.at);
            desk.fault(fault(self.file, number, at + 1, found, &expected));
        }
        result.map_or(Ok(()), |row| desk.put(&row))
    }
}

impl Table<'_> {
    /// JSON lines: the first line was read, to see that it is no header.
    fn objects(&mut self, desk: &mut Desk, slugs: &mut Slugs, number: u64, first: String) -> Result<()> {
        let mut next = Some(Ok((number, first)));
        while let Some(line) = next.take().or_else(|| self.line()) {
            desk.read_one();
            match line {
                Err(error) => desk.fault(error),
                Ok((_, line)) if line.trim().is_empty() => {}
                Ok((number, line)) => match object(&line) {
                    Ok(object) => self.take_object(desk, slugs, number, &object)?,
                    Err(error) => {
                        let found = error.to_string();
                        let found = found.split(" at line ").next().unwrap_or_default();
                        desk.fault(fault(self.file, number, error.column().max(1), found, "a JSON object in the line"));
                    }
                },
            }
        }
        Ok(())
    }

    fn take_object(&self, desk: &mut Desk, slugs: &mut Slugs, number: u64, object: &Object) -> Result<()> {
        let headings: Vec<String> = object.keys().cloned().collect();
        // An object may lack what others have; only its name must be there.
        let map: Vec<_> = desk.options.map.iter().filter(|(_, their)| object.contains_key(their)).cloned().collect();
        let columns = match Columns::find(self.file, &headings, &map) {
            Ok(columns) => columns,
            Err(Error::Usage(reason)) if desk.summary.read > 1 => {
                desk.fault(fault(self.file, number, 1, "an object without a name", &reason));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let value = |column: &str| columns.of(column).and_then(|at| object.get(&headings[at]));
        let mut record = Record::new(|column| value(column).map(texts).unwrap_or_default());
        let result = record.row(desk, slugs, self.file);
        for (_, found, expected) in record.faults {
            desk.fault(fault(self.file, number, 1, found, &expected));
        }
        result.map_or(Ok(()), |row| desk.put(&row))
    }
}

type Object = serde_json::Map<String, serde_json::Value>;

/// Lists of objects on lines of their own are lines with a comma at the end.
fn object(line: &str) -> serde_json::Result<Object> {
    serde_json::from_str(line.trim().trim_start_matches('[').trim_end_matches([']', ',']))
}

/// A value, or those of a list.
fn texts(value: &serde_json::Value) -> Vec<String> {
    use serde_json::Value;
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Object(_) => Vec::new(),
    }
}
