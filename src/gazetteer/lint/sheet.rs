//! The text of a list in; its header and lines, each cell with where it stands, out. Nothing is refused.

/// A file of tab-separated lines.
pub(super) struct Sheet<'a> {
    pub file: &'a str,
    pub header: Vec<&'a str>,
    pub header_line: Line<'a>,
    pub lines: Vec<Line<'a>>,
    /// Comments and blank lines: read for their characters only.
    pub others: Vec<Line<'a>>,
}

/// A line with its number, from 1.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub number: usize,
    pub text: &'a str,
}

impl<'a> Sheet<'a> {
    /// `None` where the file has no header.
    pub fn read(file: &'a str, text: &'a str) -> Option<Self> {
        let lines = text.lines().enumerate().map(|(at, text)| Line { number: at + 1, text });
        let (mut data, others): (Vec<Line>, Vec<Line>) =
            lines.partition(|line| !line.text.trim().is_empty() && !line.text.starts_with('#'));
        if data.is_empty() {
            return None;
        }
        let header_line = data.remove(0);
        let header = header_line.text.trim_start_matches('\u{feff}').trim_end().split('\t').map(str::trim).collect();
        Some(Self { file, header, header_line, lines: data, others })
    }

    pub fn has(&self, column: &str) -> bool {
        self.header.contains(&column)
    }

    /// What stands in a column, blanks around it included; the line's end where nothing does.
    pub fn cell(&self, line: Line<'a>, column: &str) -> &'a str {
        let at = self.header.iter().position(|name| *name == column);
        at.and_then(|at| line.text.split('\t').nth(at)).unwrap_or(&line.text[line.text.len()..])
    }

    /// The items of a list in a cell, blanks around them taken off.
    pub fn items(&self, line: Line<'a>, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cell(line, column).split(';').map(str::trim).filter(|item| !item.is_empty())
    }
}

impl Line<'_> {
    /// The column of a part of the line, in characters from 1.
    pub fn column(&self, part: &str) -> usize {
        let byte = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        self.text.get(..byte).map_or(1, |before| before.chars().count() + 1)
    }
}
