//! Bytes in; text and what had to be repaired, or the reason why it is no text, out.

use super::Note;
use crate::text::Span;
use encoding_rs::{UTF_16BE, UTF_16LE};

/// More damage than this share of the characters, and the bytes are taken for no text.
const DAMAGE: usize = 10;

/// UTF-8 (a byte-order mark is taken off), or UTF-16 with its mark. Damaged bytes become U+FFFD, with a note.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<(String, Vec<Note>), String> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return utf16(&bytes);
    }
    let bytes = without_mark(bytes);
    let text =
        String::from_utf8(bytes).unwrap_or_else(|damaged| String::from_utf8_lossy(damaged.as_bytes()).into_owned());
    let notes = repairs(&text);
    if is_binary(&text) {
        return Err(binary(&text));
    }
    Ok((text, notes))
}

fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    bytes
}

fn utf16(bytes: &[u8]) -> Result<(String, Vec<Note>), String> {
    let encoding = if bytes[0] == 0xFF { UTF_16LE } else { UTF_16BE };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    if is_binary(&text) {
        return Err(binary(&text));
    }
    let mut notes =
        vec![Note { kind: "encoding", text: format!("read as {}", encoding.name()), span: Span::new(0, 0) }];
    notes.extend(repairs(&text));
    Ok((text.into_owned(), notes))
}

/// One note for all damaged places, at the first of them.
pub(crate) fn repairs(text: &str) -> Vec<Note> {
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

pub(super) fn is_binary(text: &str) -> bool {
    odd(text) * DAMAGE > text.chars().count()
}

fn odd(text: &str) -> usize {
    text.chars().filter(|&c| c == '\u{FFFD}' || (c.is_control() && !super::flow::is_line_end(c) && c != '\t')).count()
}

pub(super) fn binary(text: &str) -> String {
    let odd = odd(text);
    let all = text.chars().count();
    format!(
        "not UTF-8 text ({odd} of {all} characters cannot be read); if it is text of another encoding, convert it: iconv -f ENCODING -t UTF-8"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(decode(b"\xEF\xBB\xBFKyiv".to_vec()), Ok(("Kyiv".into(), vec![])));
        let (text, notes) = decode(b"\xFF\xFEK\0y\0".to_vec()).unwrap();
        assert_eq!((text.as_str(), notes[0].text.as_str()), ("Ky", "read as UTF-16LE"));
    }

    #[test]
    fn damage_is_counted_and_placed() {
        let (text, notes) =
            decode(b"Minister met envoys.\nA caf\xE9 in Heihe \xFF opened, and more was said.".to_vec()).unwrap();
        assert_eq!(text.matches('\u{FFFD}').count(), 2);
        assert_eq!(notes[0].text, "damaged characters (U+FFFD): 2, the first in line 2");
        assert_eq!(notes[0].span.of(&text), "\u{FFFD}");
    }

    #[test]
    fn binary_is_refused() {
        assert!(decode((0..=255).cycle().take(4000).collect()).unwrap_err().starts_with("not UTF-8 text"));
    }
}
