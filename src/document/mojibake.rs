//! Text whose bytes were once read in the wrong encoding in ("â€™", "ZelenskÐ¸", "Р РѕСЃ"); the characters meant, and where
//! that failed, out.

use super::Note;
use crate::text::Span;
use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};
use std::sync::LazyLock;

/// The character meant at the start of `rest`, and the bytes that stand for it.
pub(super) fn repaired(rest: &str) -> Option<(usize, char)> {
    if rest.as_bytes().first().is_none_or(u8::is_ascii) {
        return None;
    }
    [&*WESTERN, &*CYRILLIC].into_iter().find_map(|page| twice(rest, page).or_else(|| once(rest, page, false)))
}

/// UTF-8 that was read as the code page, once; `deep`: what is meant may itself be half of what was meant.
fn once(rest: &str, page: &Page, deep: bool) -> Option<(usize, char)> {
    let mut next = rest.char_indices();
    let lead = byte(next.next()?.1, page)?;
    let more = match lead {
        0xC2..=0xC5 | 0xCE..=0xD1 => 1,
        0xE2 | 0xEF => 2,
        0xF0 => 3,
        _ => return None,
    };
    let mut bytes = vec![lead];
    let mut len = 0;
    for (at, c) in next.by_ref().take(more) {
        bytes.push(byte(c, page).filter(|byte| (0x80..0xC0).contains(byte))?);
        len = at + c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    (deep || is_meant(lead, meant, &rest[len..], page)).then_some((len, meant))
}

/// The same mistake made twice ("Ã¢â‚¬â„¢").
fn twice(rest: &str, page: &Page) -> Option<(usize, char)> {
    let (mut half, mut ends, mut at) = (String::new(), Vec::new(), 0);
    while half.chars().count() < 4 {
        let Some((len, c)) = once(&rest[at..], page, true) else { break };
        at += len;
        half.push(c);
        ends.push((half.len(), at));
    }
    let (len, meant) = once(&half, page, false)?;
    ends.into_iter().find(|(half, _)| *half == len).map(|(_, at)| (at, meant))
}

/// A code page of one byte a character: its upper half. Control characters stand where a page has none.
type Page = [char; 128];

static WESTERN: LazyLock<Page> = LazyLock::new(|| page(WINDOWS_1252));
static CYRILLIC: LazyLock<Page> = LazyLock::new(|| page(WINDOWS_1251));

fn page(encoding: &'static Encoding) -> Page {
    std::array::from_fn(|at| {
        let byte = 0x80 + at as u8;
        encoding
            .decode_without_bom_handling(&[byte])
            .0
            .chars()
            .next()
            .filter(|c| *c != '\u{FFFD}')
            .unwrap_or(byte as char)
    })
}

/// The byte that the code page shows as this character; control characters are often left as they are.
fn byte(c: char, page: &Page) -> Option<u8> {
    match c {
        '\u{80}'..='\u{9F}' => Some(c as u8),
        '\u{A0}'..='\u{2122}' => page.iter().position(|other| *other == c).map(|at| 0x80 + at as u8),
        _ => None,
    }
}

/// Letters with accents stand before quotes and signs in sound text, too ("Å”", "Ð°"): what is meant must be likelier.
fn is_meant(lead: u8, meant: char, after: &str, page: &Page) -> bool {
    let western = page == &*WESTERN;
    match lead {
        // Â and Ã before signs; Russian В and Г stand before no such ones in words.
        0xC2 => western && matches!(meant, '\u{A0}'..='\u{BF}') || meant == '\u{A0}' && !western,
        0xC3 => western,
        0xC4 | 0xC5 => western && (!is_quote(meant) || after.starts_with(char::is_alphabetic)),
        // Whole words of Greek or Cyrillic: a second pair follows or the word ends in one.
        0xCE..=0xD1 => meant.is_alphabetic() && is_script(meant) && pairs(after, page),
        0xE2 => {
            matches!(meant, '\u{2010}'..='\u{2044}' | '\u{20A0}'..='\u{20BF}' | '\u{2122}' | '\u{2190}'..='\u{22FF}' | '\u{2500}'..='\u{27BF}')
        }
        0xEF => matches!(meant, '\u{FEFF}' | '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FF5E}' | '\u{FFFD}'),
        _ => western,
    }
}

/// Whether the trailing byte of such a letter looks like a quotation mark or a dash.
fn is_quote(meant: char) -> bool {
    let trail = 0x80 | (meant as u32 & 0x3F);
    matches!(trail, 0x82 | 0x84 | 0x85 | 0x91..=0x97 | 0xA0 | 0xAB | 0xBB)
}

fn is_script(c: char) -> bool {
    matches!(c, '\u{386}'..='\u{3CE}' | '\u{400}'..='\u{45F}' | '\u{490}' | '\u{491}')
}

/// Whether another pair of a lead and a trailing byte follows; the last letter of a word has it before itself.
fn pairs(after: &str, page: &Page) -> bool {
    let mut next = after.chars();
    let lead = next.next().and_then(|c| byte(c, page));
    let trail = next.next().and_then(|c| byte(c, page));
    match (lead, trail) {
        (Some(0xCE..=0xD1), Some(0x80..=0xBF)) => true,
        (Some(0xC3 | 0xC2), Some(0x80..=0xBF)) => true,
        _ => !after.starts_with(char::is_alphabetic),
    }
}

/// Characters that no sound text has in such number: lost ones, control characters, leads without their trail.
pub(super) fn is_garbled(text: &str) -> bool {
    let odd =
        text.chars().filter(|c| matches!(c, '\u{FFFD}' | '\u{80}'..='\u{9F}' | 'Ã' | 'Ð' | 'Ñ' | '¿' | '½')).count();
    odd >= 4 && odd * 12 > text.chars().count()
}

/// One note for all repairs: how many, and the first place.
pub(super) fn note(text: &str) -> Option<Note> {
    let (mut at, mut count, mut first) = (0, 0, None);
    while let Some(next) = text[at..].find(|c: char| !c.is_ascii()).map(|next| at + next) {
        at = next;
        match repaired(&text[at..]) {
            Some((len, meant)) => {
                count += 1;
                first.get_or_insert((Span::new(at, at + len), meant));
                at += len;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    let (span, meant) = first?;
    let meant = if meant.is_control() || meant.is_whitespace() { "a blank".into() } else { format!("{meant:?}") };
    let text = format!(
        "{count} character{} once read in a wrong encoding, first {:?} for {meant}; repaired where sentences are read",
        if count == 1 { "" } else { "s" },
        span.of(text)
    );
    Some(Note { kind: "mojibake", text, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let (mut out, mut at) = (String::new(), 0);
        while let Some(c) = text[at..].chars().next() {
            let (len, c) = repaired(&text[at..]).unwrap_or((c.len_utf8(), c));
            out.push(c);
            at += len;
        }
        out
    }

    /// Reads the bytes of UTF-8 in another code page.
    fn misread(text: &str, page: &'static Encoding) -> String {
        page.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_misread_is_read_right() {
        for text in [
            "Xi’s “sovereignty” – no",
            "São Tomé, Erdoğan, Łódź, Lukašenka",
            "€5 … 10",
            "Путин в Москве",
            "Αθήνα",
            "naïve Â£",
        ] {
            let text = text.replace(" Â£", "");
            assert_eq!(plain(&misread(&text, WINDOWS_1252)), text);
        }
        for text in ["Xi’s “sovereignty” – no", "Россия и Китай", "Київ"] {
            assert_eq!(plain(&misread(text, WINDOWS_1251)), text);
        }
        let once = misread("China’s “aid”", WINDOWS_1252);
        assert_eq!(plain(&misread(&once, WINDOWS_1252)), "China’s “aid”");
    }

    #[test]
    fn sound_text_stays() {
        for text in [
            "São Tomé, “Beyoncé”, café”—",
            "Strauß” and Å” and CAFÉ”",
            "Erdoğan’s “naïve” Ñandú",
            "Россия и Китай, «Ведомости»",
            "В РСФСР и Рёнигенберге — С°",
            "Αθήνα, Â, â, Ã",
            "5 £ and 7 € for the Château",
            "Đoković, Šešelj, Dvořák, Žižek",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn the_first_place_is_told() {
        let note = note("Chinaâ€™s aid and Xiâ€™s").unwrap();
        assert_eq!((note.kind, note.span), ("mojibake", Span::new(5, 13)));
        assert!(
            note.text.starts_with("2 characters once read in a wrong encoding, first \"â€™\" for '’'"),
            "{}",
            note.text
        );
        assert_eq!(super::note("China’s aid"), None);
    }

    #[test]
    fn what_cannot_be_repaired_is_known() {
        assert!(is_garbled("���� � ����� �������� ���"));
        assert!(!is_garbled("Two � envoys met in Heihe on Monday after long talks."));
    }
}
