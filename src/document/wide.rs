//! The bytes of an input in; without their mark, and as UTF-8 if they were UTF-16, out.

use super::packed::{Input, peek_line};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, BufReader, Read};

/// Bytes from which UTF-16 without a mark is recognised.
const HEAD: u64 = 1024;
/// Bytes turned at a time.
const CHUNK: usize = 1 << 14;

/// The input with what its first bytes say: UTF-8 if it has that mark, UTF-16 if it has one, is asked for or recognised.
pub(super) fn narrow(input: Input, asked: Option<&'static Encoding>) -> io::Result<(Input, Option<&'static Encoding>)> {
    let (head, mut input) = peek_line(input, HEAD)?;
    let marked = Encoding::for_bom(&head);
    if let Some((_, length)) = marked {
        // It lies in the head, so that one step takes it off.
        input.consume(length);
    }
    let told = marked.map(|(encoding, _)| encoding);
    let found = told.or(asked).or_else(|| unmarked(&head));
    let Some(encoding) = found.filter(|&encoding| encoding == UTF_16LE || encoding == UTF_16BE) else {
        return Ok((input, told.filter(|&encoding| encoding == UTF_8)));
    };
    let decoder = encoding.new_decoder_without_bom_handling();
    let narrowed = Narrowed { input, decoder, ready: Vec::new(), given: 0, ended: false };
    Ok((Box::new(BufReader::new(narrowed)), Some(encoding)))
}

/// Of spaces, stops and ASCII letters one byte is zero, always on the same side; on the other side hardly any is.
fn unmarked(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let enough = head.len().div_ceil(40).max(2);
    match (zeros(0), zeros(1)) {
        (few, many) if many >= enough && few * 4 <= many => Some(UTF_16LE),
        (many, few) if many >= enough && few * 4 <= many => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-16 read as UTF-8.
struct Narrowed {
    input: Input,
    decoder: Decoder,
    ready: Vec<u8>,
    /// How much of what is ready was given out.
    given: usize,
    ended: bool,
}

impl Read for Narrowed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let count = buffer.len().min(self.ready.len() - self.given);
        buffer[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

impl Narrowed {
    fn refill(&mut self) -> io::Result<()> {
        let bytes = self.input.fill_buf()?;
        let bytes = &bytes[..bytes.len().min(CHUNK)];
        self.ended = bytes.is_empty();
        self.ready.resize(3 * CHUNK + 16, 0);
        let (_, read, written, _) = self.decoder.decode_to_utf8(bytes, &mut self.ready, self.ended);
        self.input.consume(read);
        self.ready.truncate(written);
        self.given = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read(bytes: Vec<u8>) -> (String, Option<&'static Encoding>) {
        let (mut input, encoding) = narrow(Box::new(Cursor::new(bytes)), None).unwrap();
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        (text, encoding)
    }

    #[test]
    fn marks_are_taken_off_and_wide_text_is_narrowed() {
        assert_eq!(read(b"\xEF\xBB\xBFKyiv".to_vec()), ("Kyiv".into(), Some(UTF_8)));
        assert_eq!(read(b"\xFF\xFEK\0y\0".to_vec()), ("Ky".into(), Some(UTF_16LE)));
        assert_eq!(read(b"\xFE\xFF\0K\0y".to_vec()), ("Ky".into(), Some(UTF_16BE)));
        assert_eq!(read(b"Kyiv\n".to_vec()), ("Kyiv\n".into(), None));
    }

    #[test]
    fn wide_text_needs_no_mark() {
        let text = "Две делегации встретились в Хэйхэ. ".repeat(3000);
        let bytes = |turn: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(turn).collect::<Vec<u8>>();
        assert_eq!(read(bytes(u16::to_le_bytes)), (text.clone(), Some(UTF_16LE)));
        assert_eq!(read(bytes(u16::to_be_bytes)), (text.clone(), Some(UTF_16BE)));
    }
}
