//! A span of a document in; its words with one space between them, as the analyser reads them, and the way back to the
//! document, out.

use super::characters::{self, Reading, is_invisible};
use super::hyphens::{self, Hyphens};
use super::mojibake;
use super::steps::Steps;
use crate::text::Span;

/// Blank for a reader: white space of any script, and control characters.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

pub(crate) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The span without blanks and invisible characters at its ends; empty at its start if it holds nothing else.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let void = |c: char| is_blank(c) || is_invisible(c);
    let inner = span.of(text);
    let left = inner.trim_start_matches(void);
    if left.is_empty() {
        return Span::new(span.start, span.start);
    }
    let start = span.end - left.len();
    Span::new(start, start + left.trim_end_matches(void).len())
}

/// The words of a trimmed span, and the steps that lead back to the document.
///
/// A run of blanks becomes one space; `holes` (in text order: marks of quoted mail, running heads of pages) count as
/// blanks. A line that ends in a hyphen inside a word is joined to the next; the hyphen stays if it is the word's own.
pub(crate) fn flow(text: &str, span: Span, holes: &[Span], hyphens: &Hyphens) -> (String, Steps) {
    let mut flow = Flow { text, span, holes, hyphens, out: String::with_capacity(span.len()), steps: Steps::default() };
    let mut at = span.start;
    while at < span.end {
        let next = flow.skip_blanks(at);
        if next.at > at {
            flow.gap(at, next);
            at = next.at;
        } else {
            at += flow.character(at);
        }
    }
    flow.out.truncate(flow.out.trim_end_matches(' ').len());
    (flow.out, flow.steps)
}

struct Flow<'a> {
    text: &'a str,
    span: Span,
    holes: &'a [Span],
    hyphens: &'a Hyphens,
    out: String,
    steps: Steps,
}

/// Where blanks end, and whether they hold the end of a line.
#[derive(Clone, Copy)]
struct Gap {
    at: usize,
    broken: bool,
    /// Whether there is a blank among what takes no room.
    blank: bool,
}

impl Flow<'_> {
    fn skip_blanks(&self, from: usize) -> Gap {
        let mut gap = Gap { at: from, broken: false, blank: false };
        while gap.at < self.span.end {
            if let Some(hole) = self.hole(gap.at) {
                gap = Gap { at: hole.end.min(self.span.end), broken: true, blank: true };
                continue;
            }
            match self.text[gap.at..self.span.end].chars().next() {
                Some(c) if is_blank(c) => {
                    gap = Gap { at: gap.at + c.len_utf8(), broken: gap.broken || is_line_end(c), blank: true };
                }
                Some(c) if is_invisible(c) => gap.at += c.len_utf8(),
                _ => break,
            }
        }
        gap
    }

    fn hole(&self, at: usize) -> Option<Span> {
        let next = self.holes.partition_point(|hole| hole.start <= at);
        next.checked_sub(1).map(|last| self.holes[last]).filter(|hole| at < hole.end)
    }

    fn gap(&mut self, from: usize, gap: Gap) {
        let rest = &self.text[gap.at..self.span.end];
        let soft = self.text[from..].starts_with('\u{AD}') && gap.broken && rest.starts_with(char::is_lowercase);
        let hyphen = gap.broken && rest.starts_with(char::is_alphanumeric) && self.ends_in_hyphen();
        if gap.blank && !soft && !hyphen && !self.out.is_empty() && !self.out.ends_with(' ') && gap.at < self.span.end {
            let blank = self.text[from..gap.at].char_indices().find(|(_, c)| is_blank(*c));
            let start = from + blank.map_or(0, |(at, _)| at);
            self.steps.run(self.out.len(), start);
            self.out.push(' ');
        }
    }

    fn ends_in_hyphen(&self) -> bool {
        let mut back = self.out.chars().rev();
        back.next() == Some('-') && back.next().is_some_and(char::is_alphanumeric)
    }

    /// Reads the character at `at`; how many bytes that takes.
    fn character(&mut self, at: usize) -> usize {
        let rest = &self.text[at..self.span.end];
        if let Some((len, c)) = mojibake::repaired(rest) {
            self.replace(at, len, c.encode_utf8(&mut [0; 4]));
            return len;
        }
        let before = &self.text[self.span.start..at];
        let Some((len, reading)) = characters::read(before, rest) else { return rest.len() };
        if rest.starts_with(['-', '‐'])
            && let Some(next) = self.rest_of_word(at + len)
        {
            return next - at;
        }
        match reading {
            Reading::Same => {
                self.steps.run(self.out.len(), at);
                self.out.push_str(&rest[..len]);
            }
            Reading::As(plain) => self.replace(at, len, &plain),
            Reading::Nothing => {}
        }
        len
    }

    /// What is read for other characters; a blank joins the gap before it.
    fn replace(&mut self, at: usize, len: usize, plain: &str) {
        if plain.chars().all(is_blank) {
            if !self.out.is_empty() && !self.out.ends_with(' ') {
                self.steps.replace(self.out.len(), at, len);
                self.out.push(' ');
            }
        } else if !plain.chars().all(is_invisible) {
            self.steps.replace(self.out.len(), at, len);
            self.out.push_str(plain);
        }
    }

    /// The end of what is read so far, long enough for any word.
    fn last(&self) -> &str {
        let from = self.out.len().saturating_sub(100);
        let from = (from..=self.out.len()).find(|&at| self.out.is_char_boundary(at)).unwrap_or_default();
        &self.out[from..]
    }

    /// Where the word goes on whose hyphen, ending at `end`, was made by the line break behind it.
    fn rest_of_word(&self, end: usize) -> Option<usize> {
        let gap = self.skip_blanks(end);
        let rest = &self.text[gap.at..self.span.end];
        let word = self.out.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic);
        let broken = gap.broken && word && !self.hyphens.keeps(hyphens::head(self.last()), hyphens::tail(rest));
        broken.then_some(gap.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        flow(text, trimmed(text, Span::new(0, text.len())), &[], &Hyphens::of(text)).0
    }

    #[test]
    fn blanks_become_one_space() {
        assert_eq!(words("  Xi\u{A0}\r\n\t Jin\u{200B}ping \n"), "Xi Jinping");
        assert_eq!(words("\u{FEFF} \u{200B}\n"), "");
    }

    #[test]
    fn a_word_broken_at_its_hyphen_is_whole() {
        assert_eq!(words("in self-\ndefence, he said -\nand left"), "in self-defence, he said - and left");
        assert_eq!(words("the govern-\n  ment, a govern\u{AD}\nment"), "the government, a government");
    }

    #[test]
    fn steps_lead_back() {
        let text = "é  b\u{A0}ﬁc-\n\nment";
        let (words, steps) = flow(text, Span::new(0, text.len()), &[], &Hyphens::of(text));
        assert_eq!(words, "é b ficment");
        let back = |word: &str| {
            let at = words.find(word).unwrap();
            steps.place(Span::new(at, at + word.len())).of(text)
        };
        assert_eq!(["é", "b", "f", "i", "fic", "ment", "cm"].map(back), ["é", "b", "ﬁ", "ﬁ", "ﬁc", "ment", "c-\n\nm"]);
    }

    #[test]
    fn holes_are_blanks() {
        let text = "> two envoys\n> met";
        let (words, _) = flow(text, Span::new(2, text.len()), &[Span::new(13, 14)], &Hyphens::default());
        assert_eq!(words, "two envoys met");
    }
}
