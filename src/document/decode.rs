//! Bytes in; text and what had to be assumed or repaired, or the reason why it is no text, out.

use super::Note;
use crate::text::Span;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// More damage than one in so many characters, and the bytes are taken for no text.
const DAMAGE: usize = 10;
/// The same where the encoding is a guess: then any bytes can be read as something.
const GUESSED_DAMAGE: usize = 50;
/// So many bytes beyond ASCII tell their encoding by themselves; fewer are judged with what came before them.
const TELLING: usize = 32;

/// Reads the lines or parts of one file, which are in one encoding as a rule.
pub(super) struct Decoder {
    named: Option<Named>,
    seen: EncodingDetector,
}

/// An encoding that is known before anything is read, and the note that tells it.
struct Named {
    encoding: &'static Encoding,
    note: Option<Note>,
}

impl Decoder {
    /// `asked`: what the user says; `marked`: what a byte-order mark says, or UTF-16 that was turned into UTF-8 on the way.
    pub fn new(asked: Option<&'static Encoding>, marked: Option<&'static Encoding>) -> Self {
        let marked = marked.map(|encoding| Named { encoding: UTF_8, note: note(encoding, "by its first bytes") });
        let asked = || asked.map(|encoding| Named { encoding, note: note(encoding, "as asked") });
        Self { named: marked.or_else(asked), seen: detector() }
    }

    /// In the encoding that was named; else UTF-8 if it is that, damaged or not; else in the encoding that it looks like.
    /// The note tells of any encoding but UTF-8; the error, why the bytes are no text.
    pub fn text(&mut self, bytes: Vec<u8>) -> Result<(String, Option<Note>), String> {
        if let Some(named) = &self.named {
            return sound(decoded(named.encoding, &bytes), DAMAGE, named.note.clone());
        }
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return sound(text, DAMAGE, None),
            Err(error) => error.into_bytes(),
        };
        if is_utf8_damaged(&bytes) {
            return sound(String::from_utf8_lossy(&bytes).into_owned(), DAMAGE, None);
        }
        let encoding = self.guess(&bytes);
        sound(decoded(encoding, &bytes), GUESSED_DAMAGE, note(encoding, "a guess; --encoding names another"))
    }

    /// As [`Decoder::text`], where the text itself may say what it is in.
    pub fn declared(
        &mut self,
        bytes: Vec<u8>,
        told: Option<&'static Encoding>,
    ) -> Result<(String, Option<Note>), String> {
        match told {
            Some(encoding) if self.named.is_none() && encoding != UTF_8 && std::str::from_utf8(&bytes).is_err() => {
                sound(decoded(encoding, &bytes), DAMAGE, note(encoding, "as the page says"))
            }
            _ => self.text(bytes),
        }
    }

    fn guess(&mut self, bytes: &[u8]) -> &'static Encoding {
        self.seen.feed(bytes, false);
        let mut alone = detector();
        alone.feed(bytes, true);
        let telling = bytes.iter().filter(|byte| !byte.is_ascii()).take(TELLING).count() == TELLING;
        let detector = if telling { &alone } else { &self.seen };
        detector.guess(None, Utf8Detection::Deny)
    }
}

fn detector() -> EncodingDetector {
    EncodingDetector::new(Iso2022JpDetection::Deny)
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn note(encoding: &'static Encoding, why: &str) -> Option<Note> {
    let text = format!("read as {} ({why})", encoding.name());
    (encoding != UTF_8).then_some(Note { kind: "encoding", text, span: Span::new(0, 0) })
}

/// Damaged UTF-8 has more whole characters beyond ASCII than broken ones; other encodings have hardly any that are whole.
fn is_utf8_damaged(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken
}

fn sound(text: String, damage: usize, assumed: Option<Note>) -> Result<(String, Option<Note>), String> {
    if odd(&text) * damage > text.chars().count() { Err(binary(&text)) } else { Ok((text, assumed)) }
}

/// One note for all damaged places, at the first of them.
pub(super) fn repairs(text: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut report = |found: char, what: &str| {
        if let Some(at) = text.find(found) {
            let count = text.matches(found).count();
            let line = text[..at].matches('\n').count() + 1;
            let text = format!("{what}: {count}, the first in line {line}");
            notes.push(Note { kind: "encoding", text, span: Span::new(at, at + found.len_utf8()) });
        }
    };
    report('\u{FFFD}', "damaged characters (U+FFFD)");
    report('\0', "NUL characters");
    notes
}

fn odd(text: &str) -> usize {
    text.chars().filter(|&c| c == '\u{FFFD}' || (c.is_control() && !super::flow::is_line_end(c) && c != '\t')).count()
}

fn binary(text: &str) -> String {
    let (odd, all) = (odd(text), text.chars().count());
    format!(
        "no text: {odd} of {all} characters are damaged or control characters; if it is text, name its encoding: --encoding NAME"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: impl Into<Vec<u8>>) -> Result<(String, Option<Note>), String> {
        Decoder::new(None, None).text(bytes.into())
    }

    #[test]
    fn damage_is_counted_and_placed() {
        let (text, _) =
            decode(*b"Minister met envoys.\nA caf\xC3\xA9 in Heihe \xFF opened, and more was said.").unwrap();
        assert_eq!(text.matches('\u{FFFD}').count(), 1);
        let notes = repairs(&text);
        assert_eq!(notes[0].text, "damaged characters (U+FFFD): 1, the first in line 2");
        assert_eq!(notes[0].span.of(&text), "\u{FFFD}");
    }

    #[test]
    fn a_letter_beyond_ascii_is_read_and_noted() {
        let (text, note) = decode(*b"Envoys met in a caf\xE9 in Geneva.").unwrap();
        assert_eq!(text, "Envoys met in a café in Geneva.");
        assert!(note.unwrap().text.starts_with("read as windows-1252 (a guess"));
    }

    #[test]
    fn binary_is_refused() {
        assert!(decode((0..=255).cycle().take(4000).collect::<Vec<u8>>()).unwrap_err().starts_with("no text: "));
    }
}
