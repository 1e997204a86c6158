//! A file in, as it is or packed; its lines one by one, numbered and in bounded memory, out.

use crate::document::{Input, plain};
use crate::error::{Error, Result, shown};
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// Bytes of a line; a longer one is refused, so that no file can fill the memory.
const LONGEST: usize = 16 << 20;

/// The lines of a file. What is wrong with one line costs that line; what is wrong with the file ends it.
pub(super) struct Lines {
    path: PathBuf,
    input: Input,
    buffer: Vec<u8>,
    number: u64,
    done: bool,
}

impl Lines {
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { path: path.to_owned(), input: plain(path)?, buffer: Vec::new(), number: 0, done: false })
    }

    /// The number of the line that was given last; the first is 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line without its end, or what is wrong with it; `None` after the last.
    pub fn next(&mut self) -> Option<Result<&str>> {
        if self.done {
            return None;
        }
        self.buffer.clear();
        self.number += 1;
        match self.read() {
            Err(error) => {
                self.done = true;
                return Some(Err(Error::Io { path: self.path.clone(), source: error }));
            }
            Ok(_) if self.buffer.is_empty() => {
                self.done = true;
                return None;
            }
            Ok(true) => return Some(Err(self.too_long())),
            Ok(false) => {}
        }
        let end = self.buffer.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
        Some(match std::str::from_utf8(&self.buffer[..end]) {
            Ok(line) => Ok(line),
            Err(error) => Err(no_text(&self.path, self.number, &self.buffer, error.valid_up_to())),
        })
    }

    /// Whether the line was too long.
    fn read(&mut self) -> std::io::Result<bool> {
        self.input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut self.buffer)?;
        let long = self.buffer.len() > LONGEST;
        if long && !self.buffer.ends_with(b"\n") {
            self.input.skip_until(b'\n')?;
        }
        Ok(long)
    }

    fn too_long(&self) -> Error {
        let found = format!("a line of more than {} MiB", LONGEST >> 20);
        fault(&self.path, self.number, 1, found, "a shorter line")
    }

    /// A fault in the line that was given last, at a byte of it.
    pub fn fault(&self, byte: usize, found: impl Into<String>, expected: &str) -> Error {
        let before = self.buffer.get(..byte).unwrap_or(&self.buffer);
        fault(&self.path, self.number, String::from_utf8_lossy(before).chars().count() + 1, found, expected)
    }
}

fn no_text(path: &Path, line: u64, bytes: &[u8], at: usize) -> Error {
    let column = String::from_utf8_lossy(&bytes[..at]).chars().count() + 1;
    fault(path, line, column, format!("byte 0x{:02X}", bytes[at]), "UTF-8")
}

/// A fault at file:line:column; columns count code points from 1.
pub(super) fn fault(path: &Path, line: u64, column: usize, found: impl Into<String>, expected: &str) -> Error {
    let place = format!("{}:{line}:{column}", shown(path));
    Error::Data { place, found: found.into(), expected: expected.to_owned() }
}
