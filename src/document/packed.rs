//! Bytes that may be packed (gzip, Zstandard) in; the bytes inside, read as they are asked for, out.

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What is read from: a file, a pipe, bytes in memory, or the inside of a packed one.
pub(crate) type Input = Box<dyn BufRead + Send>;

/// Endings of packed files.
pub(super) const PACKED: [&str; 3] = ["gz", "zst", "zstd"];

/// News pack to a fifth or tenth, the same text over and over to a five hundredth; blanks and zeros to less than this.
const GROWTH: u64 = 1000;
/// So many unpacked bytes are harmless whatever they came from.
const HARMLESS: u64 = 64 << 20;
/// The longest look back that `zstd --long` and `--ultra` ask for; held in memory while unpacking.
const WINDOW: u64 = 128 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zstandard,
}

impl Packing {
    fn of(head: &[u8]) -> Option<Self> {
        let skippable = head.len() == 4 && head[0] & 0xF0 == 0x50 && head[1..] == [0x2A, 0x4D, 0x18];
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD] => Some(Self::Zstandard),
            _ if skippable => Some(Self::Zstandard),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstandard => "Zstandard",
        }
    }
}

/// The first bytes, as many as asked for or there are, and the whole again.
pub(super) fn peek(mut input: Input, bytes: u64) -> io::Result<(Vec<u8>, Input)> {
    let mut head = Vec::new();
    input.by_ref().take(bytes).read_to_end(&mut head)?;
    let whole = Cursor::new(head.clone()).chain(input);
    Ok((head, Box::new(whole)))
}

/// The first line that is not blank, as far as it lies in so many bytes, and the whole again: a pipe is not kept waiting.
pub(super) fn peek_line(mut input: Input, bytes: u64) -> io::Result<(Vec<u8>, Input)> {
    let mut head = Vec::new();
    loop {
        let (from, left) = (head.len(), bytes - head.len() as u64);
        if input.by_ref().take(left).read_until(b'\n', &mut head)? == 0 || !head[from..].trim_ascii().is_empty() {
            break;
        }
    }
    let whole = Cursor::new(head.clone()).chain(input);
    Ok((head, Box::new(whole)))
}

/// What is inside, if the bytes begin like a packed file; else the bytes as they are. The inner error is a refusal.
pub(super) fn unpack(input: Input) -> io::Result<Result<Input, String>> {
    let (head, input) = peek(input, 4)?;
    let Some(packing) = Packing::of(&head) else { return Ok(Ok(input)) };
    let taken = Arc::new(AtomicU64::new(0));
    let counted = BufReader::new(Counted { input, taken: Arc::clone(&taken) });
    let data: Box<dyn Read + Send> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(counted)),
        Packing::Zstandard => Box::new(Frames::new(counted)),
    };
    let (head, inside) = peek(Box::new(BufReader::new(Guarded { data, packing, taken, given: 0 })), 4)?;
    Ok(match Packing::of(&head) {
        Some(inner) => {
            Err(format!("{} data inside {} data; unpack it once and name the result", inner.name(), packing.name()))
        }
        None => Ok(inside),
    })
}

struct Counted {
    input: Input,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.taken.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}

/// Tells where unpacking failed, and stops data that grows beyond measure.
struct Guarded {
    data: Box<dyn Read + Send>,
    packing: Packing,
    taken: Arc<AtomicU64>,
    given: u64,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.data.read(buffer).map_err(|error| self.failed(&error))?;
        self.given += read as u64;
        let packed = self.taken.load(Relaxed);
        if self.given > HARMLESS && self.given / GROWTH > packed {
            return Err(io::Error::new(io::ErrorKind::InvalidData, self.too_much(packed)));
        }
        Ok(read)
    }
}

impl Guarded {
    fn failed(&self, error: &io::Error) -> io::Error {
        let fault = match error.kind() {
            io::ErrorKind::UnexpectedEof => "is cut off".to_owned(),
            _ => format!("is damaged or cut off ({error})"),
        };
        let (name, given) = (self.packing.name(), self.given);
        let message =
            format!("the {name} data {fault} after {given} unpacked bytes; what is whole before that is kept");
        io::Error::new(error.kind(), message)
    }

    fn too_much(&self, packed: u64) -> String {
        format!(
            "the {} data unpacks to more than {GROWTH} times its size ({packed} bytes gave {}), as no reports do; if they are \
             reports, unpack the file and name the result",
            self.packing.name(),
            self.given
        )
    }
}

/// A last block of no bytes, and room for a checksum that nobody compares.
const EMPTY_END: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// A Zstandard file is a row of frames; its crate reads one.
struct Frames {
    input: BufReader<Counted>,
    decoder: FrameDecoder,
    inside: bool,
    /// The input ended inside the frame.
    cut_off: bool,
}

impl Frames {
    fn new(input: BufReader<Counted>) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self { input, decoder, inside: false, cut_off: false }
    }

    /// Begins the next frame; frames of other programs' notes are skipped.
    fn begin(&mut self) -> io::Result<()> {
        match self.decoder.init(&mut self.input) {
            Ok(()) => self.inside = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                let length = u64::from(length);
                let skipped = io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
                if skipped < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        Ok(())
    }

    /// Unpacks the next block. Where the input ends inside a frame, an empty last block makes the decoder give out what it
    /// holds back for looking behind.
    fn block(&mut self) -> io::Result<()> {
        let one = || BlockDecodingStrategy::UptoBlocks(1);
        let Err(error) = self.decoder.decode_blocks(&mut self.input, one()) else { return Ok(()) };
        if !self.input.fill_buf()?.is_empty() {
            return Err(io::Error::other(error));
        }
        self.cut_off = true;
        self.decoder.decode_blocks(EMPTY_END, one()).map(|_| ()).map_err(io::Error::other)
    }

    /// Ends a frame whose last byte was given.
    fn end(&mut self) -> io::Result<()> {
        self.inside = false;
        if self.cut_off {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(io::Error::other("the checksum does not fit")),
            _ => Ok(()),
        }
    }
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.inside {
                if self.input.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.begin()?;
            } else if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            } else if self.decoder.is_finished() {
                self.end()?;
            } else {
                self.block()?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// Looking at the whole head again after each line took minutes for this.
    #[test]
    fn blank_lines_without_end_take_linear_time() {
        let blank = "\n".repeat(1 << 20);
        let begin = Instant::now();
        let (head, mut whole) = peek_line(Box::new(Cursor::new(blank.clone() + "Good.")), 2 << 20).unwrap();
        assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
        assert!(head.ends_with(b"\nGood."));
        let mut again = String::new();
        whole.read_to_string(&mut again).unwrap();
        assert_eq!(again, blank + "Good.");
    }
}
