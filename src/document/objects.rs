//! JSON objects in a list or one after the other in; their reports, one at a time, out.

use super::decode::Decoder;
use super::draft::Draft;
use super::packed::Input;
use super::read;
use super::stream::{LONGEST, place, report, too_long};
use crate::error::{Error, Result};
use std::io::{self, BufRead};
use std::path::PathBuf;

/// A file of JSON objects, of which one is held at a time.
pub(super) struct Objects {
    path: PathBuf,
    id: String,
    input: Input,
    decoder: Decoder,
    /// Line and column (bytes) of the next byte, from 1.
    line: usize,
    column: usize,
    /// Whether the file is a list.
    listed: bool,
    number: usize,
    done: bool,
}

/// Where in a value the scan is.
#[derive(Default)]
struct Scan {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Scan {
    /// Whether the value ends with this byte.
    fn closes(&mut self, byte: u8) -> bool {
        match (self.quoted, byte) {
            (true, _) if self.escaped => self.escaped = false,
            (true, b'\\') => self.escaped = true,
            (_, b'"') => self.quoted = !self.quoted,
            (false, b'{' | b'[') => self.depth += 1,
            (false, b'}' | b']') => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.depth == 0 && !self.quoted
    }
}

impl Objects {
    pub fn new(path: PathBuf, id: String, input: Input, decoder: Decoder) -> Self {
        Self { path, id, input, decoder, line: 1, column: 1, listed: false, number: 0, done: false }
    }

    /// The next byte, left where it is.
    fn ahead(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    fn take(&mut self, byte: u8) {
        self.input.consume(1);
        (self.line, self.column) = if byte == b'\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
    }

    /// The bytes of the next value, cut where they are too many; `None` at the end.
    fn value(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(first) = self.begin()? else { return Ok(None) };
        let (mut value, mut scan) = (Vec::new(), Scan::default());
        let simple = !matches!(first, b'{' | b'"');
        while let Some(byte) = self.ahead()? {
            if simple && (byte.is_ascii_whitespace() || b",]".contains(&byte)) {
                break;
            }
            self.take(byte);
            if value.len() <= LONGEST {
                value.push(byte);
            }
            if scan.closes(byte) && !simple {
                break;
            }
        }
        Ok(Some(value))
    }

    /// Passes over what stands between values.
    fn begin(&mut self) -> io::Result<Option<u8>> {
        while let Some(byte) = self.ahead()? {
            match byte {
                b'[' => self.listed = true,
                b',' | b']' => {}
                _ if byte.is_ascii_whitespace() => {}
                _ => return Ok(Some(byte)),
            }
            self.take(byte);
        }
        Ok(None)
    }

    fn report(&mut self, value: Vec<u8>, (line, column): (usize, usize)) -> Result<Draft> {
        self.number += 1;
        let refused = |reason| Error::Input { path: place(&self.path, line), reason };
        if value.len() > LONGEST {
            return Err(refused(too_long("JSON object")));
        }
        let (json, assumed) = self.decoder.text(value).map_err(|reason| {
            self.done = true;
            refused(reason)
        })?;
        let alone = !self.listed && self.number == 1;
        let id = if alone { self.id.clone() } else { format!("{}:{}", self.id, self.number) };
        report(&json, id, assumed).map_err(|broken| broken.at(&self.path, line, column))
    }
}

impl Iterator for Objects {
    type Item = Result<Draft>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let begun = self.begin().map(|_| (self.line, self.column));
        match begun.and_then(|place| Ok(self.value()?.map(|value| (place, value)))) {
            Ok(found) => found.map(|(place, value)| self.report(value, place)),
            Err(error) => {
                self.done = true;
                Some(Err(read::io(&self.path, error)))
            }
        }
    }
}
