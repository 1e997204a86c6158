//! The bytes behind a name in; the drafts of the reports they hold, read as they are asked for, out.

use super::decode::Decoder;
use super::draft::Draft;
use super::formats::{Form, form, kind_of_content, other_content};
use super::objects::Objects;
use super::packed::{Input, peek, peek_line, unpack};
use super::page::page;
use super::parts::{Parts, split};
use super::read;
use super::stream::Lines;
use super::wide::narrow;
use crate::error::{Error, Result};
use encoding_rs::Encoding;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

pub(super) type Drafts = Box<dyn Iterator<Item = Result<Draft>> + Send>;

/// Bytes in which the first line tells the form; and those that a page's first lines take.
const FIRST: u64 = 64 << 10;
const OPENING: u64 = 4 << 10;
/// Bytes read at a time from files of many lines.
const CHUNK: usize = 256 << 10;

/// `ending` decides where it can; the first bytes tell packing and encoding, and the form where no ending does.
pub(super) fn drafts(
    path: &Path,
    id: String,
    input: Input,
    ending: Option<&str>,
    asked: Option<&'static Encoding>,
) -> Result<Drafts> {
    let refused = |reason: String| Error::Input { path: path.to_owned(), reason };
    let failed = |error: io::Error| read::io(path, error);
    let input = unpack(input).map_err(failed)?.map_err(refused)?;
    let (head, input) = peek_line(input, OPENING).map_err(failed)?;
    if let Some(reason) = other_content(&head) {
        return Err(refused(reason));
    }
    let (input, told) = narrow(input, asked).map_err(failed)?;
    let (head, input) = opening(input).map_err(failed)?;
    if head.is_empty() {
        return Err(refused("the file is empty".into()));
    }
    let decoder = Decoder::new(asked, told);
    let owned = path.to_owned();
    let long = move |item: Result<Draft>| match item {
        Ok(draft) => split(owned.clone(), draft),
        Err(error) => vec![Err(error)],
    };
    let path = path.to_owned();
    Ok(match form(ending, &head) {
        Form::Text => Box::new(Parts::new(path, id, input, decoder, Vec::new())),
        Form::Lines => Box::new(Lines::new(path, id, input, decoder).flat_map(long)),
        Form::Objects => Box::new(Objects::new(path, id, input, decoder).flat_map(long)),
        Form::Html => Box::new(std::iter::once_with(move || page(&path, id, input, decoder)).flat_map(long)),
    })
}

/// The first line; of what may be a page, more.
fn opening(input: Input) -> io::Result<(Vec<u8>, Input)> {
    let (head, input) = peek_line(input, FIRST)?;
    if head.trim_ascii_start().starts_with(b"<") { peek(input, OPENING) } else { Ok((head, input)) }
}

/// The lines behind a path or `-`, unpacked and without a mark, for readers of other things than reports.
pub(crate) fn plain(path: &Path) -> Result<Input> {
    let failed = |error: io::Error| read::io(path, error);
    let input: Input = match path.to_str() {
        Some("-") => Box::new(BufReader::new(io::stdin())),
        _ => Box::new(BufReader::with_capacity(CHUNK, File::open(path).map_err(failed)?)),
    };
    let refused = |reason: String| Error::Input { path: path.to_owned(), reason };
    let input = unpack(input).map_err(failed)?.map_err(refused)?;
    let (head, input) = peek_line(input, OPENING).map_err(failed)?;
    if let Some(kind) = kind_of_content(&head) {
        return Err(refused(format!("this is {kind}; expected lines of text, as they are or packed (.gz, .zst)")));
    }
    let (input, _) = narrow(input, None).map_err(failed)?;
    // One buffer more, so that a line costs no walk through the layers below.
    Ok(Box::new(BufReader::with_capacity(CHUNK, input)))
}

/// Bytes in memory as an input.
pub(super) fn memory(bytes: &[u8]) -> Input {
    Box::new(Cursor::new(bytes.to_vec()))
}

/// Everything, or `None` if it is longer than the limit.
pub(super) fn whole(input: Input, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}
