//! A file with a report a line in; its reports one by one, however long the file, out.

use super::decode::{Decoder, repairs};
use super::draft::Draft;
use super::jsonl::{self, Broken};
use super::packed::Input;
use super::{Note, read};
use crate::error::{Error, Result};
use crate::text::Span;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// Bytes of a line, a JSON object or a page; a longer one is refused, so that no input can fill the memory.
pub(super) const LONGEST: usize = 16 << 20;

/// A file with a report a line, read as it is asked for.
pub(super) struct Lines {
    path: PathBuf,
    id: String,
    input: Input,
    decoder: Decoder,
    number: usize,
    /// Lines that were no text.
    noise: usize,
    /// Nothing more can be read.
    done: bool,
}

/// So many lines that are no text, or the first one, and the file is given up: a torn line costs itself alone.
const NOISE: usize = 10;

impl Lines {
    pub fn new(path: PathBuf, id: String, input: Input, decoder: Decoder) -> Self {
        Self { path, id, input, decoder, number: 0, noise: 0, done: false }
    }

    /// The bytes of the next line; `None` at the end.
    fn line(&mut self) -> Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        self.number += 1;
        let mut read = self.input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut bytes);
        let long = bytes.len() > LONGEST;
        if long && !bytes.ends_with(b"\n") && read.is_ok() {
            read = self.input.skip_until(b'\n');
        }
        self.done = read.is_err();
        read.map_err(|error| read::io(&self.path, error))?;
        if long {
            return Err(Error::Input { path: place(&self.path, self.number), reason: too_long("line") });
        }
        Ok((!bytes.is_empty()).then_some(bytes))
    }

    fn report(&mut self, bytes: Vec<u8>) -> Result<Draft> {
        let id = format!("{}:{}", self.id, self.number);
        let (line, assumed) = self.decoder.text(bytes).map_err(|reason| self.no_text(reason))?;
        report(line.trim_end(), id, assumed).map_err(|broken| broken.at(&self.path, self.number, 1))
    }
}

impl Lines {
    fn no_text(&mut self, mut reason: String) -> Error {
        self.noise += 1;
        self.done = self.number == 1 || self.noise == NOISE;
        if self.done {
            reason.push_str("; the lines after it are not read");
        }
        Error::Input { path: place(&self.path, self.number), reason }
    }
}

impl Iterator for Lines {
    type Item = Result<Draft>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.line() {
                Ok(None) => self.done = true,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => return Some(self.report(line)),
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

/// The draft of one JSON object; `id` is for one that has none.
pub(super) fn report(json: &str, id: String, assumed: Option<Note>) -> Result<Draft, Broken> {
    let record = jsonl::record(json)?;
    let unused = record.unused.into_iter().map(|text| Note { kind: "metadata", text, span: Span::new(0, 0) });
    let notes = assumed.into_iter().chain(repairs(&record.text)).chain(unused).collect();
    let (source, published) = (record.source, record.published);
    Ok(Draft { file: None, source, published, notes, ..Draft::new(record.id.unwrap_or(id), record.text) })
}

pub(super) fn place(path: &Path, line: usize) -> PathBuf {
    PathBuf::from(format!("{}:{line}", path.display()))
}

pub(super) fn too_long(what: &str) -> String {
    format!("the {what} is longer than {} MiB; split it, or save its text as .txt, which has no limit", LONGEST >> 20)
}
