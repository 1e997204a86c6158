//! Lists as text in, read in pieces; the bytes of one compiled table out.

use super::lines::Lines;
use crate::error::{Error, Result};
use crate::gazetteer::{Compiler, Fault, Rows, Table};
use std::path::{Path, PathBuf};

/// Lines that are rows at a time: of the rest only the table itself is held.
const PIECE: usize = 20_000;

/// The bytes of a table of these lists, in their order; `progress` is told of lines.
///
/// # Errors
/// The first line that cannot be read, two rows of one id, or more names than a table can hold.
pub fn compile(files: &[PathBuf], progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>> {
    let mut compiler = Table::compiler()?;
    for file in files {
        let mut lines = Lines::open(file)?;
        let mut piece = Piece { file, header: None, text: String::new(), first: 0, lines: 0 };
        while let Some(line) = lines.next() {
            piece.push(line?);
            if piece.lines == PIECE {
                progress(PIECE as u64);
                piece.compile(&mut compiler)?;
            }
        }
        progress(piece.lines as u64);
        piece.compile(&mut compiler)?;
    }
    Ok(compiler.finish()?)
}

/// Some lines of a file under its header.
struct Piece<'a> {
    file: &'a Path,
    header: Option<String>,
    text: String,
    /// Lines before the piece, less the one that its header takes.
    first: usize,
    lines: usize,
}

impl Piece<'_> {
    fn push(&mut self, line: &str) {
        if self.header.is_none() && !line.trim().is_empty() && !line.starts_with('#') {
            self.header = Some(line.to_owned());
        }
        self.text.push_str(line);
        self.text.push('\n');
        self.lines += 1;
    }

    fn compile(&mut self, compiler: &mut Compiler) -> Result<()> {
        let mut rows = Rows::default();
        let name = self.file.display().to_string();
        rows.read(&name, &self.text).map_err(|fault| self.placed(fault))?;
        rows.entities.iter().try_for_each(|row| compiler.add(row))?;
        rows.generic.iter().try_for_each(|row| compiler.add_generic(row))?;
        rows.sources.iter().try_for_each(|row| compiler.add_source(row))?;
        self.first += self.lines - usize::from(self.header.is_some());
        self.text = self.header.as_ref().map(|header| format!("{header}\n")).unwrap_or_default();
        self.lines = usize::from(self.header.is_some());
        Ok(())
    }

    /// The fault with the line of the file instead of that of the piece.
    fn placed(&self, fault: Fault) -> Error {
        let mut parts = fault.place.rsplitn(3, ':');
        let (column, line) =
            (parts.next().unwrap_or_default(), parts.next().and_then(|line| line.parse::<usize>().ok()));
        let place = match (line, parts.next()) {
            (Some(line), Some(file)) => format!("{file}:{}:{column}", line + self.first),
            _ => fault.place.clone(),
        };
        Error::Data { place, found: fault.found, expected: fault.expected }
    }
}
