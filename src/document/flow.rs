//! A span of a document in; its words with one space between them, and the way back to the document, out.

use crate::text::Span;

/// Blank for a reader: white space of any script, and control characters.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Takes no room on the page: soft hyphens, zero-width spaces, direction marks. (Joiners stay: scripts need them.)
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
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

/// The words of a trimmed span, and the pairs (offset in them, offset in the document) where the two part.
///
/// A run of blanks becomes one space. A line that ends in a hyphen inside a word is joined without one
/// ("self-\ndefence" is "self-defence"): wrapping breaks at hyphens that are there.
pub(crate) fn flow(text: &str, span: Span) -> (String, Vec<(usize, usize)>) {
    let mut flow = Flow { out: String::with_capacity(span.len()), steps: vec![(0, span.start)], next: span.start };
    let mut gap: Option<(usize, bool)> = None;
    for (i, c) in span.of(text).char_indices() {
        let at = span.start + i;
        if is_blank(c) {
            let (start, broken) = gap.unwrap_or((at, false));
            gap = Some((start, broken || is_line_end(c)));
        } else if !is_invisible(c) {
            if let Some((start, broken)) = gap.take()
                && !(broken && c.is_alphanumeric() && flow.ends_in_hyphen())
            {
                flow.push(' ', start);
            }
            flow.push(c, at);
        }
    }
    (flow.out, flow.steps)
}

struct Flow {
    out: String,
    steps: Vec<(usize, usize)>,
    /// Where the document goes on if it runs in step.
    next: usize,
}

impl Flow {
    fn push(&mut self, c: char, at: usize) {
        if at != self.next {
            self.steps.push((self.out.len(), at));
        }
        self.out.push(c);
        self.next = at + c.len_utf8();
    }

    fn ends_in_hyphen(&self) -> bool {
        let mut back = self.out.chars().rev();
        back.next() == Some('-') && back.next().is_some_and(char::is_alphanumeric)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        flow(text, trimmed(text, Span::new(0, text.len()))).0
    }

    #[test]
    fn blanks_become_one_space() {
        assert_eq!(words("  Xi\u{A0}\r\n\t Jin\u{200B}ping \n"), "Xi Jinping");
        assert_eq!(words("\u{FEFF} \u{200B}\n"), "");
    }

    #[test]
    fn a_word_broken_at_its_hyphen_is_whole() {
        assert_eq!(words("in self-\ndefence, he said -\nand left"), "in self-defence, he said - and left");
    }

    #[test]
    fn steps_lead_back() {
        let text = "é  b\u{A0}c";
        assert_eq!(flow(text, Span::new(0, text.len())).1, [(0, 0), (3, 4), (5, 7)]);
    }
}
