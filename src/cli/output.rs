//! Rows in; a table, JSON, CSV, TSV or Markdown on standard output out. Colours where the terminal wants them.

use crate::error::Result;
use crate::export::{json, records::Tagged};
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use comfy_table::presets::{ASCII_MARKDOWN, UTF8_FULL_CONDENSED};
use comfy_table::{Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement};
use serde_json::Value;
use std::io::{self, BufWriter, IsTerminal, Write};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
    Tsv,
    Md,
}

#[derive(Clone, Debug, Args)]
pub struct OutputArgs {
    /// How rows are written; by default a table on a terminal and TSV when piped
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
}

impl OutputArgs {
    pub fn format(&self) -> Format {
        self.format.unwrap_or(if io::stdout().is_terminal() { Format::Table } else { Format::Tsv })
    }
}

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const TRIGGER: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
/// The ends of an edge in a sentence.
pub const SUBJECT: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
pub const OBJECT: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
/// What is denied or negated.
pub const DENIED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const ERROR: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

/// Standard output; colour codes written to it vanish where they are not wanted.
pub fn stdout() -> BufWriter<AutoStream<io::Stdout>> {
    BufWriter::new(AutoStream::auto(io::stdout()))
}

/// Characters in a line of the terminal that standard output goes to; `None` where it goes elsewhere.
pub fn width() -> Option<usize> {
    comfy_table::Table::new().width().map(usize::from)
}

pub fn has_colour() -> bool {
    AutoStream::choice(&io::stdout()) != ColorChoice::Never
}

/// A message for the person at the terminal; nothing depends on it, so a closed standard error is no failure.
pub fn say(message: impl AsRef<str>) {
    let _ = writeln!(anstream::stderr(), "{}", harmless(message.as_ref()));
}

/// A message that the program ends with.
pub fn fail(message: &str) {
    let _ = writeln!(anstream::stderr(), "{ERROR}error:{ERROR:#} {}", harmless(message));
}

/// Messages quote file names and input: control characters in them must not reach the terminal.
fn harmless(message: &str) -> String {
    message.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}")
}

/// An answer: named columns, rows of JSON values.
pub struct Rows {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Rows {
    pub fn new<S: Into<String>>(columns: impl IntoIterator<Item = S>) -> Self {
        Self { columns: columns.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    pub fn push(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }

    /// Keeps these columns, for readers with less room than programs have.
    pub fn only(&mut self, columns: &[&str]) {
        let kept: Vec<usize> =
            columns.iter().filter_map(|name| self.columns.iter().position(|own| own == name)).collect();
        self.columns = kept.iter().map(|&at| self.columns[at].clone()).collect();
        for row in &mut self.rows {
            *row = kept.iter().map(|&at| row[at].take()).collect();
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes everything; exit code 0, or 1 where there is nothing.
    pub fn print(self, format: Format) -> Result<u8> {
        let mut out = stdout();
        match format {
            Format::Table => self.write_table(&mut out, UTF8_FULL_CONDENSED)?,
            Format::Md => self.write_markdown(&mut out)?,
            Format::Json => self.write_json(&mut out)?,
            Format::Jsonl => self.write_jsonl(&mut out)?,
            Format::Csv => self.write_separated(&mut out, b',')?,
            Format::Tsv => self.write_separated(&mut out, b'\t')?,
        }
        out.flush()?;
        Ok(u8::from(self.is_empty()))
    }

    fn write_table(&self, out: &mut dyn Write, style: comfy_table::TableStyle) -> Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        let mut table = comfy_table::Table::new();
        table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
        let heading = |name: &String| match has_colour() {
            true => Cell::new(name).add_attribute(Attribute::Bold),
            false => Cell::new(name),
        };
        table.set_header(self.columns.iter().map(heading));
        for row in &self.rows {
            table.add_row(row.iter().map(cell));
        }
        match table.width().map(usize::from) {
            Some(width) if width < self.columns.len() * (NARROWEST + 3) => return self.write_records(out),
            Some(width) => settle(&mut table, width),
            None => {}
        }
        Ok(writeln!(out, "{table}")?)
    }

    /// A line for each value: for rows too wide for the terminal.
    fn write_records(&self, out: &mut dyn Write) -> Result<()> {
        let widest = self.columns.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        for row in &self.rows {
            for (name, value) in self.columns.iter().zip(row).filter(|(_, value)| !value.is_null()) {
                writeln!(out, "{BOLD}{name:>widest$}{BOLD:#}  {}", tame(&plain(value)))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn write_markdown(&self, out: &mut dyn Write) -> Result<()> {
        let mut table = comfy_table::Table::new();
        table.load_style(ASCII_MARKDOWN).set_header(&self.columns);
        for row in &self.rows {
            table.add_row(row.iter().map(|value| tame(&plain(value)).replace('|', "\\|")));
        }
        Ok(writeln!(out, "{table}")?)
    }

    fn write_json(&self, out: &mut dyn Write) -> Result<()> {
        let mut before = "[";
        for row in &self.rows {
            out.write_all(before.as_bytes())?;
            self.write_record(out, row)?;
            before = ",\n ";
        }
        Ok(out.write_all(if self.is_empty() { b"[]\n" } else { b"]\n" })?)
    }

    fn write_jsonl(&self, out: &mut dyn Write) -> Result<()> {
        for row in &self.rows {
            self.write_record(out, row)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn write_record(&self, out: &mut dyn Write, row: &[Value]) -> Result<()> {
        let record: Vec<_> = self.columns.iter().cloned().zip(row.iter().cloned()).collect();
        Ok(json::write(out, &Tagged { kind: None, record: &record })?)
    }

    fn write_separated(&self, out: &mut dyn Write, delimiter: u8) -> Result<()> {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        writer.write_record(&self.columns).map_err(io::Error::from)?;
        let on_terminal = io::stdout().is_terminal();
        for row in &self.rows {
            let cells = row.iter().map(plain).map(|cell| if on_terminal { tame(&cell) } else { cell });
            writer.write_record(cells).map_err(io::Error::from)?;
        }
        Ok(writer.flush()?)
    }
}

/// Characters that a column needs to be readable.
const NARROWEST: usize = 8;

/// Gives the narrow columns the width of their content while the others keep room; those share what is left.
fn settle(table: &mut comfy_table::Table, width: usize) {
    let widths = table.column_max_content_widths();
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|&at| widths[at]);
    let mut room = width.saturating_sub(1 + 3 * widths.len());
    for (settled, at) in order.iter().enumerate() {
        let needed = usize::from(widths[*at]);
        if needed + (widths.len() - settled - 1) * NARROWEST > room {
            break;
        }
        room -= needed;
        if let Some(column) = table.column_mut(*at) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
}

fn cell(value: &Value) -> Cell {
    let alignment = if value.is_number() { CellAlignment::Right } else { CellAlignment::Left };
    Cell::new(tame(&plain(value))).set_alignment(alignment)
}

/// Text for a terminal: runs of line ends, blanks and control characters become one blank, so that a paragraph reads as one
/// and no report can steer the terminal.
pub fn tame(text: &str) -> String {
    let mut tamed = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() || c.is_whitespace() {
            true if tamed.ends_with(' ') => {}
            true => tamed.push(' '),
            false => tamed.push(c),
        }
    }
    tamed
}

/// A value as a person reads it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
