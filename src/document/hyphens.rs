//! The two halves of a word that a line break parts at a hyphen in; whether the hyphen belongs to the word out.

use super::cues::{HYPHEN_HEADS, OPEN_ENDS, WORD_ENDS};
use super::flow::{is_blank, is_line_end};
use std::collections::HashSet;

/// What the text itself tells of its words.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    /// In small letters; compounds with their hyphens.
    words: HashSet<String>,
    /// Whether the text was typeset with words broken at syllables.
    breaks_words: bool,
}

impl Hyphens {
    pub(super) fn of(text: &str) -> Self {
        let breaks: Vec<Break> = breaks(text).collect();
        if breaks.is_empty() {
            return Self::default();
        }
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{AD}');
        let mut words = HashSet::new();
        let mut from = 0;
        // Halves are no words that the text tells of.
        for (start, end) in breaks.iter().map(|b| (b.start, b.end)).chain([(text.len(), text.len())]) {
            let whole = text.get(from..start).unwrap_or_default().split(|c| !inside(c)).filter(|word| !word.is_empty());
            words.extend(whole.map(|word| word.replace('\u{AD}', "").to_lowercase()));
            from = end;
        }
        let mut hyphens = Self { words, breaks_words: false };
        hyphens.breaks_words = breaks.iter().any(|b| hyphens.told(b.head, b.tail) == Some(false));
        hyphens
    }

    /// Whether "head-\ntail" is "head-tail" rather than "headtail".
    pub(super) fn keeps(&self, head: &str, tail: &str) -> bool {
        self.told(head, tail).unwrap_or(!self.breaks_words)
    }

    fn told(&self, head: &str, tail: &str) -> Option<bool> {
        let capital = tail.starts_with(char::is_uppercase) && head.chars().any(char::is_lowercase);
        if capital || !head.ends_with(char::is_alphabetic) || !tail.starts_with(char::is_alphabetic) {
            return Some(true);
        }
        let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
        let last = head.rsplit('-').next().unwrap_or_default();
        let known = |word: &str| self.words.contains(word);
        if known(&format!("{head}-{tail}")) || HYPHEN_HEADS.contains(&last) {
            return Some(true);
        }
        if known(&format!("{last}{tail}")) {
            return Some(false);
        }
        let word = |word: &str| known(word) || OPEN_ENDS.contains(&word);
        if head.contains('-') || tail.contains('-') || word(last) && word(&tail) {
            return Some(true);
        }
        WORD_ENDS.contains(&tail.as_str()).then_some(false)
    }
}

/// Halves of a word on both sides of a line break, the hyphen left out, and the bytes from the first to the last of it.
struct Break<'a> {
    head: &'a str,
    tail: &'a str,
    start: usize,
    end: usize,
}

fn breaks(text: &str) -> impl Iterator<Item = Break<'_>> {
    text.match_indices(['-', '‐', '\u{AD}']).filter_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let next = rest.trim_start_matches(is_blank);
        // Looked at first: in a long chain of hyphens each would look back over the whole chain.
        if !rest[..rest.len() - next.len()].contains(is_line_end) {
            return None;
        }
        let (head, tail) = (head(&text[..at]), tail(next));
        let end = text.len() - next.len() + tail.len();
        (!head.is_empty() && !tail.is_empty()).then_some(Break { head, tail, start: at - head.len(), end })
    })
}

/// Characters of the longest word; a chain without end is looked at no further, at any of its breaks.
const LONGEST: usize = 100;

/// The word that a text ends in, with the hyphens inside it.
pub(super) fn head(text: &str) -> &str {
    let word = text.char_indices().rev().take(LONGEST).take_while(|(_, c)| in_word(*c));
    &text[word.last().map_or(text.len(), |(at, _)| at)..]
}

/// The word that a text begins with.
pub(super) fn tail(text: &str) -> &str {
    let word = text.char_indices().take(LONGEST).take_while(|(_, c)| in_word(*c));
    &text[..word.last().map_or(0, |(at, c)| at + c.len_utf8())]
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_that_wrapping_made_go() {
        for (text, head, tail, keeps) in [
            ("the govern-\nment and a government", "govern", "ment", false),
            ("the govern-\nment fell", "govern", "ment", false),
            ("an Anglo-\nIrish treaty", "Anglo", "Irish", true),
            ("in self-\ndefence", "self", "defence", true),
            ("a cease-\nfire and the cease-fire", "cease", "fire", true),
            ("a cease-\nfire and the ceasefire", "cease", "fire", false),
            ("the river-\nbank", "river", "bank", true),
            ("the minis-\nter and govern-\nment", "minis", "ter", false),
            ("the state-\nowned bank is owned by the state", "state", "owned", true),
            ("a Su-\n35 jet", "Su", "35", true),
            ("the GOVERN-\nMENT fell", "GOVERN", "MENT", false),
        ] {
            assert_eq!(Hyphens::of(text).keeps(head, tail), keeps, "{text}");
        }
    }
}
