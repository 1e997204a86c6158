//! A file with a report a line in; its lines one by one, however long the file, out.

use super::decode;
use super::jsonl::Broken;
use super::read::{LONGEST, io, too_long};
use crate::error::{Error, Result};
use std::io::{BufRead, Read};
use std::path::PathBuf;

/// A file with a report a line, read as it is asked for.
pub(super) struct Lines {
    pub path: PathBuf,
    pub id: String,
    pub input: Box<dyn BufRead>,
    pub number: usize,
    pub reports: usize,
    /// Nothing more can be read.
    pub done: bool,
}

impl Lines {
    /// The bytes of the next line; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if self.done {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(LONGEST + 1).read_until(b'\n', &mut bytes);
        self.done = read.is_err();
        read.map_err(|e| io(&self.path, e))?;
        self.number += 1;
        if bytes.len() as u64 > LONGEST {
            self.input.skip_until(b'\n').map_err(|e| io(&self.path, e))?;
            let path = PathBuf::from(format!("{}:{}", self.path.display(), self.number));
            return Err(Error::Input { path, reason: too_long("line") });
        }
        if self.number == 1 {
            self.take_mark(&mut bytes)?;
        }
        self.refuse_binary(&bytes)?;
        Ok((!bytes.is_empty()).then_some(bytes))
    }

    /// One message for a file that is no text, not one a line.
    fn refuse_binary(&mut self, line: &[u8]) -> Result<()> {
        let std::borrow::Cow::Owned(damaged) = String::from_utf8_lossy(line) else { return Ok(()) };
        if !decode::is_binary(&damaged) {
            return Ok(());
        }
        self.done = true;
        let path = PathBuf::from(format!("{}:{}", self.path.display(), self.number));
        Err(Error::Input { path, reason: decode::binary(&damaged) })
    }

    fn take_mark(&mut self, bytes: &mut Vec<u8>) -> Result<()> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            self.done = true;
            let reason = "UTF-16; JSON lines are UTF-8: convert the file with iconv -f UTF-16 -t UTF-8".into();
            return Err(Error::Input { path: self.path.clone(), reason });
        }
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        Ok(())
    }

    pub fn broken(&self, broken: Broken) -> Error {
        let place = format!("{}:{}:{}", self.path.display(), self.number, broken.column);
        Error::Data { place, found: broken.found, expected: broken.expected.into() }
    }
}
