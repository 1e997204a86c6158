//! The letters of a list in; those that nobody sees, and words of two alphabets, out.

use super::sheet::{Line, Sheet};
use super::{Desk, Level};

pub(super) fn check(desk: &mut Desk, sheet: &Sheet) {
    let lines = std::iter::once(&sheet.header_line).chain(&sheet.lines);
    for line in lines.filter(|line| !line.text.is_ascii()) {
        invisible(desk, *line, Level::Error);
        mixed(desk, *line);
    }
    for line in sheet.others.iter().filter(|line| !line.text.is_ascii()) {
        invisible(desk, *line, Level::Warning);
    }
    for line in sheet.lines.iter().filter(|line| line.text.contains(|c: char| c.is_ascii_control() && c != '\t')) {
        let at = line.text.find(|c: char| c.is_ascii_control() && c != '\t').unwrap_or_default();
        let found = format!("the control character {:?}", &line.text[at..=at]);
        desk.error("characters", *line, &line.text[at..], found, "letters, signs and blanks");
    }
}

/// What a character that nobody sees is called.
fn unseen(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "a hard blank",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width blank",
        '\u{200c}' | '\u{200d}' => "a joining mark",
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark of direction"
        }
        '\u{2060}'..='\u{2064}' | '\u{feff}' => "a zero-width mark",
        '\u{2000}'..='\u{200a}' | '\u{3000}' => "a blank of odd width",
        '\u{80}'..='\u{9f}' => "a control character",
        '\u{fffd}' => "a lost character",
        _ => return None,
    })
}

fn invisible(desk: &mut Desk, line: Line, level: Level) {
    for (at, c) in line.text.char_indices() {
        // A byte-order mark at the very beginning is read over.
        let Some(name) = unseen(c).filter(|_| (line.number, at, c) != (1, 0, '\u{feff}')) else { continue };
        let found = format!("{name} (U+{:04X})", c as u32);
        let advice = match c.is_whitespace() {
            true => "a plain blank",
            false => "nothing there",
        };
        desk.find(level, "characters", line, &line.text[at..], found, "characters that can be seen")
            .suggest(Some(advice));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
}

fn script(c: char) -> Option<Script> {
    Some(match c {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{370}'..='\u{3ff}' => Script::Greek,
        _ => return None,
    })
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn looks_like(c: char) -> Option<char> {
    const PAIRS: [(&str, &str); 2] =
        [("АВЕКМНОРСТХаеорсухіјѕІЈЅ", "ABEKMHOPCTXaeopcyxijsIJS"), ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα", "ABEZHIKMNOPTYXoa")];
    PAIRS.iter().find_map(|(other, latin)| other.chars().zip(latin.chars()).find(|(o, _)| *o == c).map(|(_, l)| l))
}

/// Words with letters of two alphabets, which no text will match.
fn mixed(desk: &mut Desk, line: Line) {
    for word in line.text.split(|c: char| !c.is_alphanumeric()) {
        let scripts = || word.chars().filter_map(script);
        let other = scripts().find(|script| *script != Script::Latin);
        let Some(other) = other.filter(|_| scripts().any(|script| script == Script::Latin)) else { continue };
        let name = if other == Script::Cyrillic { "Cyrillic" } else { "Greek" };
        let odd: String = word.chars().filter(|c| script(*c) == Some(other)).collect();
        let latin: Option<String> =
            word.chars().map(|c| if script(c) == Some(other) { looks_like(c) } else { Some(c) }).collect();
        let found = format!("{word:?} with {name} {odd:?} among Latin letters");
        desk.error("characters", line, word, found, "letters of one alphabet in a word").suggest(latin);
    }
}
