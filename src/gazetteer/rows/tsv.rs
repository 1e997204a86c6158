//! The text of a tab-separated file in, its data lines with named cells out.

use super::Fault;

/// A file whose first line that is no comment names the columns.
pub(super) struct List<'a> {
    file: &'a str,
    header: Vec<&'a str>,
    header_line: usize,
    lines: Vec<(usize, &'a str)>,
}

/// A data line.
pub(super) struct Line<'a> {
    list: &'a List<'a>,
    number: usize,
    text: &'a str,
    /// Byte at which the cell of each column of the header begins.
    cells: Vec<&'a str>,
}

impl<'a> List<'a> {
    /// Comments (`#`) and blank lines left out; `None` where nothing else is there.
    pub(super) fn read(file: &'a str, text: &'a str) -> Result<Option<Self>, Fault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((header_line, header)) = lines.next() else { return Ok(None) };
        let header: Vec<&str> = header.trim_end().split('\t').map(str::trim).collect();
        let list = Self { file, header, header_line, lines: lines.collect() };
        match (0..list.header.len()).find(|&at| list.header[..at].contains(&list.header[at])) {
            Some(at) => Err(list.header_fault(at, "a second column of this name", "each column once")),
            None => Ok(Some(list)),
        }
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.header.contains(&column)
    }

    /// # Errors
    /// A column of the header that is not among `known`, or one of `needed` that is not there.
    pub(super) fn demand(&self, known: &[&str], needed: &[&str]) -> Result<(), Fault> {
        if let Some(at) = self.header.iter().position(|column| !known.contains(column)) {
            let expected = format!("columns among {}", known.join(" "));
            return Err(self.header_fault(at, &format!("column {:?}", self.header[at]), &expected));
        }
        match needed.iter().find(|column| !self.has(column)) {
            Some(missing) => {
                let expected = format!("a header with the columns {}", needed.join(" "));
                Err(self.header_fault(0, &format!("no column {missing:?}"), &expected))
            }
            None => Ok(()),
        }
    }

    fn header_fault(&self, column: usize, found: &str, expected: &str) -> Fault {
        let before: usize = self.header[..column].iter().map(|name| name.chars().count() + 1).sum();
        let place = format!("{}:{}:{}", self.file, self.header_line, before + 1);
        Fault { place, found: found.to_owned(), expected: expected.to_owned() }
    }

    /// # Errors
    /// A line with more cells than the header has columns.
    pub(super) fn lines(&'a self) -> impl Iterator<Item = Result<Line<'a>, Fault>> {
        self.lines.iter().map(|&(number, text)| {
            let line = Line { list: self, number, text, cells: text.split('\t').collect() };
            match line.cells.get(self.header.len()) {
                Some(extra) => {
                    let expected = format!("{}, as the header has", self.header.len());
                    Err(line.fault(extra, format!("{} columns", line.cells.len()), &expected))
                }
                None => Ok(line),
            }
        })
    }
}

impl<'a> Line<'a> {
    /// What stands in a column; nothing where the file or the line does not have it.
    pub(super) fn cell(&self, column: &str) -> &'a str {
        let at = self.list.header.iter().position(|name| *name == column);
        at.and_then(|at| self.cells.get(at)).map_or(&self.text[self.text.len()..], |cell| cell.trim())
    }

    pub(super) fn optional(&self, column: &str) -> Option<String> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// # Errors
    /// The cell is empty.
    pub(super) fn required(&self, column: &str) -> Result<String, Fault> {
        self.optional(column).ok_or_else(|| {
            let at = self.cell(column);
            self.fault(at, format!("no {column}"), &format!("something in the column {column}"))
        })
    }

    /// A list inside a cell.
    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &'a str> {
        self.cell(column).split(';').map(str::trim).filter(|item| !item.is_empty())
    }

    /// `at`: the part of the line that is meant.
    pub(super) fn fault(&self, at: &str, found: impl Into<String>, expected: &str) -> Fault {
        let begin = (at.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let column = self.text.get(..begin).map_or(0, |before| before.chars().count());
        let place = format!("{}:{}:{}", self.list.file, self.number, column + 1);
        Fault { place, found: found.into(), expected: expected.to_owned() }
    }
}
