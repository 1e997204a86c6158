//! A text of any length in; parts of bounded length, cut where a paragraph ends if they can be, out.

use super::decode::{Decoder, repairs};
use super::draft::Draft;
use super::packed::Input;
use super::{Note, read};
use crate::error::{Error, Result};
use crate::text::Span;
use std::io::{self, Read};
use std::path::PathBuf;

/// The longest text (bytes) that is one document.
pub(super) const PART: usize = 1 << 20;

/// A text as it is read: its parts, each a draft; the first has the name of the whole, the others `#2`, `#3` ...
pub(super) struct Parts {
    pub path: PathBuf,
    pub id: String,
    input: Input,
    decoder: Decoder,
    /// Bytes read and not given out yet, and where they begin.
    held: Vec<u8>,
    at: u64,
    /// Parts given out.
    given: usize,
    ended: bool,
    /// Why reading broke off, told after what came before it.
    broken: Option<io::Error>,
    /// What is known of the whole, told with the first part.
    notes: Vec<Note>,
}

impl Parts {
    pub fn new(path: PathBuf, id: String, input: Input, decoder: Decoder, notes: Vec<Note>) -> Self {
        let (held, at, given, ended, broken) = (Vec::new(), 0, 0, false, None);
        Self { path, id, input, decoder, held, at, given, ended, broken, notes }
    }

    fn fill(&mut self) {
        let room = (PART + 1 - self.held.len()) as u64;
        let read = self.input.by_ref().take(room).read_to_end(&mut self.held);
        self.ended = !matches!(read, Ok(count) if count as u64 == room);
        if let Err(error) = read {
            self.held.truncate(last_paragraph(&self.held));
            self.broken = Some(error);
        }
    }

    fn part(&mut self, length: usize) -> Result<Draft> {
        let bytes: Vec<u8> = self.held.drain(..length).collect();
        let from = self.at;
        self.at += length as u64;
        let (text, assumed) = self.decoder.text(bytes).map_err(|reason| self.no_text(from, reason))?;
        self.given += 1;
        let mut notes = std::mem::take(&mut self.notes);
        if self.given > 1 || !self.ended {
            notes.push(part_note(self.given, from, self.at));
        }
        if self.ended && self.broken.is_some() {
            notes.push(note("cut-off", "the input broke off: an unfinished paragraph at its end is left out".into()));
        }
        notes.extend(assumed.into_iter().chain(repairs(&text)));
        Ok(Draft { part: self.given, notes, ..Draft::new(part_id(&self.id, self.given), text) })
    }

    /// What follows text and is none ends the reading: it would be refused a part at a time.
    fn no_text(&mut self, from: u64, reason: String) -> Error {
        (self.ended, self.held) = (true, Vec::new());
        let place = if from == 0 { String::new() } else { format!("from byte {from} on: ") };
        Error::Input { path: self.path.clone(), reason: format!("{place}{reason}") }
    }

    /// Passes over bytes up to the next blank.
    fn skip(&mut self) -> Error {
        let from = self.at;
        loop {
            let blank = self.held.iter().position(u8::is_ascii_whitespace);
            let count = blank.unwrap_or(self.held.len());
            self.at += count as u64;
            self.held.drain(..count);
            if blank.is_some() || self.ended {
                break;
            }
            self.fill();
        }
        let reason =
            format!("bytes {from} to {}: no blank in more than {PART} bytes: no text; the rest is kept", self.at);
        Error::Input { path: self.path.clone(), reason }
    }
}

impl Iterator for Parts {
    type Item = Result<Draft>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if !self.ended {
                self.fill();
            }
            let length = match self.held.len() {
                0 => return self.broken.take().map(|error| Err(read::io(&self.path, error))),
                all if all <= PART => all,
                _ => match cut(&self.held[..PART]) {
                    Some(length) => length,
                    None => return Some(Err(self.skip())),
                },
            };
            if !self.held[..length].trim_ascii().is_empty() {
                return Some(self.part(length));
            }
            self.held.drain(..length);
            self.at += length as u64;
        }
    }
}

/// A draft whose text is too long becomes several; what is no text is an error between them.
pub(super) fn split(path: PathBuf, draft: Draft) -> Vec<Result<Draft>> {
    if draft.text.len() <= PART {
        return vec![Ok(draft)];
    }
    let Draft { id, text, notes, .. } = &draft;
    let bytes: Input = Box::new(io::Cursor::new(text.clone().into_bytes()));
    let parts = Parts::new(path, id.clone(), bytes, Decoder::new(None, None), notes.clone());
    let known = |mut part: Draft| {
        // A place further down the whole text is none in its first part.
        let end = part.text.len();
        part.notes.iter_mut().filter(|note| note.span.end > end).for_each(|note| note.span = Span::new(0, 0));
        let (file, source) = (draft.file.clone(), draft.source.clone());
        Draft { file, source, published: draft.published, extracted: draft.extracted, ..part }
    };
    parts.map(|part| part.map(known)).collect()
}

fn part_id(id: &str, number: usize) -> String {
    if number == 1 { id.to_owned() } else { format!("{id}#{number}") }
}

fn part_note(number: usize, from: u64, to: u64) -> Note {
    note("part", format!("part {number} of a longer text: bytes {from} to {to}"))
}

fn note(kind: &'static str, text: String) -> Note {
    Note { kind, text, span: Span::new(0, 0) }
}

/// Where to cut: after the last blank line of the second half, else its last line, else its last blank, else anywhere before.
fn cut(bytes: &[u8]) -> Option<usize> {
    let late = |at: &usize| *at > bytes.len() / 2;
    let line = |bytes: &[u8]| bytes.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1);
    let blank = |bytes: &[u8]| bytes.iter().rposition(u8::is_ascii_whitespace).map(|at| at + 1);
    let paragraph = Some(last_paragraph(bytes)).filter(late);
    paragraph.or_else(|| line(bytes).filter(late)).or_else(|| blank(bytes))
}

/// The end of the last blank line; 0 if there is none.
fn last_paragraph(bytes: &[u8]) -> usize {
    let mut end = bytes.len();
    while let Some(at) = bytes[..end].iter().rposition(|&byte| byte == b'\n') {
        let before = bytes[..at].trim_ascii_end();
        if bytes[before.len()..at].contains(&b'\n') {
            return at + 1;
        }
        end = at;
    }
    0
}
