//! Text in, leftmost-longest names out: a table of hashed phrase prefixes, walked word by word.
//!
//! Boundaries hold by construction: a name can only begin and end where a word does. Between two words of a name stand
//! blanks, a hyphen, an apostrophe or a dot, never a comma or bracket.

use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A name in the text and the payload rows that it matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub span: Span,
    pub payload: Rows,
}

/// A range of payload rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    start: u32,
    end: u32,
}

impl Rows {
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Default)]
pub struct Matcher {
    /// Hash of a phrase prefix, to whether longer phrases go on from it and which names end there.
    prefixes: FxHashMap<u64, Prefix>,
    names: Vec<Name>,
    /// First words that may stand in small letters ("state department", "al-Qaeda").
    small_starts: FxHashSet<u64>,
}

#[derive(Default)]
struct Prefix {
    goes_on: bool,
    /// Names with these words, in whatever letter case.
    ends: Vec<u32>,
}

struct Name {
    text: String,
    folded: bool,
    payload: Rows,
}

/// A word of the text with the gap before it.
struct Word {
    span: Span,
    hash: u64,
    /// `None`: nothing that a name may bridge.
    gap: Option<Gap>,
    /// Begins with anything but a small ASCII letter.
    capital: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Blanks or a hyphen.
    Space,
    Apostrophe,
    Dot,
}

impl Matcher {
    /// Compiles rows of (text, whether case matters not, payload). The payload comes back sorted by name.
    pub fn compile<P: Copy>(mut rows: Vec<(&str, bool, P)>) -> (Self, Vec<P>) {
        rows.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let mut matcher = Self::default();
        let mut payload = Vec::with_capacity(rows.len());
        for group in rows.chunk_by(|a, b| a.0 == b.0 && a.1 == b.1) {
            let start = payload.len() as u32;
            payload.extend(group.iter().map(|r| r.2));
            matcher.insert(group[0].0, group[0].1, Rows { start, end: payload.len() as u32 });
        }
        (matcher, payload)
    }

    fn insert(&mut self, text: &str, folded: bool, payload: Rows) {
        let words = words(text);
        if let Some(first) = words.first().filter(|w| folded || !w.capital) {
            self.small_starts.insert(first.hash);
        }
        let mut hash = 0;
        for (i, word) in words.iter().enumerate() {
            hash = extend(hash, word, i == 0);
            let prefix = self.prefixes.entry(hash).or_default();
            if i + 1 == words.len() {
                prefix.ends.push(self.names.len() as u32);
            } else {
                prefix.goes_on = true;
            }
        }
        self.names.push(Name { text: text.to_owned(), folded, payload });
    }

    /// Leftmost-longest names; where several rows share the words, the exact spelling wins over the folded one.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.may_start(&words[at]).then(|| self.longest(text, &words, at)).flatten() {
                Some((hit, next)) => {
                    found.push(hit);
                    at = next;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Capitals, digits and letters outside ASCII may start a name; so may the few that are written small.
    fn may_start(&self, word: &Word) -> bool {
        word.capital || self.small_starts.contains(&word.hash)
    }

    fn longest(&self, text: &str, words: &[Word], first: usize) -> Option<(Hit, usize)> {
        let (mut best, mut hash) = (None, 0);
        for (i, word) in words.iter().enumerate().skip(first) {
            if i > first && word.gap.is_none() {
                break;
            }
            hash = extend(hash, word, i == first);
            let Some(prefix) = self.prefixes.get(&hash) else { break };
            let span = Span::new(words[first].span.start, word.span.end);
            if let Some(hit) = self.verify(text, span, &prefix.ends) {
                best = Some((hit, i + 1));
            }
            if !prefix.goes_on {
                break;
            }
        }
        best
    }

    fn verify(&self, text: &str, span: Span, ends: &[u32]) -> Option<Hit> {
        let mut best: Option<(u8, Hit)> = None;
        for name in ends.iter().map(|n| &self.names[*n as usize]) {
            let dotted = name.text.ends_with('.');
            if dotted && !text[span.end..].starts_with('.') {
                continue;
            }
            let span = Span::new(span.start, span.end + usize::from(dotted));
            let Some(rank) = agreement(name, span.of(text)) else { continue };
            if best.as_ref().is_none_or(|(r, f)| (rank, span.end) > (*r, f.span.end)) {
                best = Some((rank, Hit { span, payload: name.payload }));
            }
        }
        best.map(|(_, found)| found)
    }
}

/// How well the spelling agrees: 3 the same, 2 all capitals of it, 1 folded; `None`: another name.
fn agreement(name: &Name, written: &str) -> Option<u8> {
    let (mut same, mut capitals) = (true, true);
    let mut theirs = letters(written);
    for ours in letters(&name.text) {
        let other = theirs.next()?;
        same &= ours == other;
        capitals &= other == ours || ours.to_uppercase().eq(std::iter::once(other));
        if !same && !ours.to_lowercase().eq(other.to_lowercase()) {
            return None;
        }
    }
    if theirs.next().is_some() {
        return None;
    }
    match (same, capitals && name.text.chars().count() >= 4, name.folded) {
        (true, _, _) => Some(3),
        (_, true, _) => Some(2),
        (_, _, true) => Some(1),
        _ => None,
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}

fn extend(prefix: u64, word: &Word, first: bool) -> u64 {
    let gap = match word.gap {
        _ if first => 1,
        Some(Gap::Apostrophe) => 2,
        Some(Gap::Dot) => 3,
        Some(Gap::Space) | None => 4,
    };
    (prefix ^ gap).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23) ^ word.hash
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.next_if(|(_, c)| c.is_alphanumeric() || is_mark(*c)) {
            end = at + c.len_utf8();
        }
        let span = Span::new(start, end);
        let gap = words.last().and_then(|w| gap(&text[w.span.end..start], w.span.of(text)));
        words.push(Word { span, hash: hash(span.of(text)), gap, capital: !first.is_ascii_lowercase() });
    }
    words
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn gap(between: &str, before: &str) -> Option<Gap> {
    match between {
        "'" | "’" | "‘" | "ʼ" => Some(Gap::Apostrophe),
        "-" | "\u{2010}" | "\u{2011}" => Some(Gap::Space),
        "." if before.chars().count() == 1 => Some(Gap::Dot),
        // After an initial or an abbreviation such as "St." the dot may be followed by a blank.
        ". " if before.chars().count() <= 2 => Some(Gap::Space),
        _ if is_blank(between) => Some(Gap::Space),
        _ => None,
    }
}

/// Blanks and at most one line break.
fn is_blank(between: &str) -> bool {
    !between.is_empty() && between.chars().all(char::is_whitespace) && between.matches('\n').count() <= 1
}

fn hash(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut buffer = [0; 4];
    for c in word.chars().flat_map(char::to_lowercase) {
        for byte in c.encode_utf8(&mut buffer).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}
