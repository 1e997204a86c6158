//! A text in; its lines, and which of them are one paragraph broken by wrapping, out.

use super::cues::{OPEN_ENDS, SENTENCE_WORDS};
use super::flow::{is_blank, is_line_end, trimmed};
use super::{BlockKind, furniture, mail, pages};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Without blanks at its ends.
    pub span: Span,
    /// Whether a blank line, a page break or the text's start lies before it.
    pub apart: bool,
    /// Blanks before its first character.
    pub indent: usize,
    /// Where the line begins: what lies between that and `span` is blanks and the marks of quoted mail.
    pub start: usize,
    /// A page number, or a head that every page repeats.
    pub page: bool,
    /// The furniture it is by its own look.
    pub kind: Option<BlockKind>,
}

pub(super) fn lines(text: &str) -> Vec<Line> {
    let quotes = mail::quotes(text);
    let mut lines: Vec<Line> = Vec::new();
    let mut apart = true;
    for span in spans(text) {
        let marks = if quotes { mail::marks(span.of(text)) } else { 0 };
        let inner = trimmed(text, Span::new(span.start + marks, span.end));
        if inner.is_empty() {
            apart = true;
            continue;
        }
        let indent = text[span.start + marks..inner.start].chars().filter(|c| is_blank(*c)).count();
        let kind = furniture::kind(inner.of(text));
        lines.push(Line { span: inner, apart, indent, start: span.start, page: false, kind });
        apart = text[inner.end..].starts_with('\u{C}');
    }
    if let Some(at) = mail::signature(text, &lines) {
        lines[at..].iter_mut().for_each(|line| line.kind = Some(BlockKind::Label));
    }
    let breaks: Vec<usize> = text.match_indices('\u{C}').map(|(at, _)| at).collect();
    pages::mark(text, &breaks, &mut lines);
    lines
}

/// What the text's blocks leave out between the lines: marks of quoted mail.
pub(super) fn holes(lines: &[Line]) -> Vec<Span> {
    lines
        .iter()
        .filter(|line| line.start < line.span.start)
        .map(|line| Span::new(line.start, line.span.start))
        .collect()
}

/// Between line ends; "\r\n" is one, a form feed or paragraph separator counts twice.
fn spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    let mut ends = text.char_indices().filter(|(_, c)| is_line_end(*c)).peekable();
    let mut extra = None;
    let mut done = false;
    std::iter::from_fn(move || {
        if let Some(span) = extra.take() {
            return Some(span);
        }
        if done {
            return None;
        }
        let Some((at, c)) = ends.next() else {
            done = true;
            return Some(Span::new(start, text.len()));
        };
        let span = Span::new(start, at);
        start = at + c.len_utf8();
        if c == '\r' && ends.next_if(|(next, c)| *next == at + 1 && *c == '\n').is_some() {
            start += 1;
        }
        if matches!(c, '\u{C}' | '\u{2029}') {
            extra = Some(Span::new(start, start));
        }
        Some(span)
    })
}

/// How a text breaks its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A line is a paragraph.
    Lines,
    /// Lines are broken at about this many characters.
    Wrapped(usize),
}

/// Wider lines come from no wrapping.
const WIDEST: usize = 140;

/// Told by the lines that another one follows without a gap: wrapped ones are about equally long
/// and end in mid-sentence.
pub(super) fn style(text: &str, lines: &[Line]) -> Style {
    let width = lines.iter().filter(|line| line.kind.is_none()).map(|line| chars(text, line.span)).max().unwrap_or(0);
    let pairs: Vec<_> = plain_pairs(lines).collect();
    let full = pairs.iter().filter(|(a, b)| is_full(text, a, b, width)).count();
    let ended = pairs.iter().filter(|(a, _)| ends_sentence(a.span.of(text))).count();
    let torn = pairs
        .iter()
        .filter(|(a, b)| is_torn(a.span.of(text), b.span.of(text)) || goes_on(a.span.of(text), b.span.of(text)))
        .count();
    let wrapped = width <= WIDEST && full * 10 >= pairs.len() * 6 && torn > 0 && torn * 10 >= (pairs.len() - ended) * 4;
    if wrapped || width <= WIDEST && are_two_lines(text, lines) { Style::Wrapped(width) } else { Style::Lines }
}

/// A line of running text is not shorter where a paragraph has only two, nor longer.
const TWO: std::ops::RangeInclusive<usize> = 45..=100;

/// Paragraphs of one or two lines, most of the latter one sentence's: the break may stand before a name.
fn are_two_lines(text: &str, lines: &[Line]) -> bool {
    let more = lines.windows(3).any(|three| !three[1].apart && !three[2].apart);
    let pairs: Vec<_> = plain_pairs(lines).collect();
    let broken = pairs.iter().filter(|(a, b)| is_broken_in_two(a.span.of(text), b.span.of(text))).count();
    !more && broken > 0 && broken * 2 >= pairs.len()
}

/// Whether a line without a stop, with the small words of a sentence, goes on in the next, which ends with one.
fn is_broken_in_two(a: &str, b: &str) -> bool {
    let long = |line: &str| line.chars().count();
    (goes_on(a, b) || starts_small(b) && !ends_sentence(a)) && long(b) * 10 <= long(a) * 12 && ends_sentence(b)
}

/// Whether a break before a capital may lie in mid-sentence.
fn goes_on(a: &str, b: &str) -> bool {
    let small = a.split_whitespace().filter(|word| SENTENCE_WORDS.contains(word)).count();
    let first = b.split(is_blank).next().unwrap_or_default().to_lowercase();
    let opens = OPEN_ENDS.contains(&first.as_str()) || SENTENCE_WORDS.contains(&first.as_str());
    !ends_sentence(a) && !a.ends_with([':', ';']) && TWO.contains(&a.chars().count()) && small >= 2 && !opens
}

fn plain_pairs(lines: &[Line]) -> impl Iterator<Item = (&Line, &Line)> {
    lines.windows(2).map(|pair| (&pair[0], &pair[1])).filter(|(a, b)| !b.apart && a.kind.is_none() && b.kind.is_none())
}

/// Whether the next line's first word would hardly have had room.
fn is_full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let word = next.span.of(text).split(is_blank).next().unwrap_or_default();
    (chars(text, line.span) + 1 + word.chars().count()) * 100 >= width * 85
}

fn chars(text: &str, span: Span) -> usize {
    span.of(text).chars().count()
}

/// Whether the next line goes on in the paragraph of this one.
pub(super) fn runs_on(text: &str, style: Style, line: &Line, next: &Line) -> bool {
    let (a, b) = (line.span.of(text), next.span.of(text));
    if is_item(b) && (ends_sentence(a) || a.ends_with(':')) {
        return false;
    }
    if next.apart {
        return is_torn(a, b);
    }
    match style {
        Style::Lines => is_torn(a, b),
        Style::Wrapped(_) if next.indent >= line.indent + 2 && ends_sentence(a) => false,
        Style::Wrapped(width) if ends_sentence(a) => is_full(text, line, next, width),
        Style::Wrapped(width) => is_full(text, line, next, width) || is_torn(a, b),
    }
}

/// Whether the break between two lines lies inside a sentence.
pub(super) fn is_torn(before: &str, after: &str) -> bool {
    if ends_sentence(before) || before.ends_with([':', ';']) {
        return false;
    }
    starts_small(after) || (is_open(before) && !is_item(after))
}

/// Begins with a word in small letters ("iPhone" and "al-Qaeda" are none).
pub(super) fn starts_small(text: &str) -> bool {
    let first = text.split(is_blank).next().unwrap_or_default();
    first.starts_with(char::is_alphabetic) && !first.contains(char::is_uppercase)
}

/// Ends in a comma, a dash or a word that needs another one.
pub(super) fn is_open(text: &str) -> bool {
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // A month or a name.
    if matches!(last, "May" | "Will") {
        return text.ends_with([',', '-', '–', '—']);
    }
    text.ends_with([',', '-', '–', '—']) || OPEN_ENDS.contains(&last.to_lowercase().as_str())
}

/// Ends in a full stop, question or exclamation mark, closing quotes and brackets set aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text
        .trim_end_matches(|c: char| is_blank(c) || matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '*'));
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '።'])
}

/// A point of a list.
pub(super) fn is_item(text: &str) -> bool {
    item(text) > 0
}

static ITEM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[•▪●‣◦∙■□◆►▶➤·]\s*|[*–—-]\s+|\(?\d{1,2}\)\s+|\d{1,2}\.\s+)").expect("bullet"));

/// Bytes of the bullet or number before a point of a list, with the blanks after it; 0 where there is none.
pub(super) fn item(text: &str) -> usize {
    let bytes = ITEM.find(text).map_or(0, |found| found.end());
    if bytes < text.len() { bytes } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        lines(text).iter().map(|line| line.span.of(text)).collect()
    }

    #[test]
    fn every_line_end_counts_once() {
        assert_eq!(words("one\r\ntwo\rthree\u{2028}four\n\n five "), ["one", "two", "three", "four", "five"]);
        let apart: Vec<_> = lines("one\r\ntwo\u{C}three\r\n\r\nfour").iter().map(|line| line.apart).collect();
        assert_eq!(apart, [true, false, true, true]);
    }

    #[test]
    fn wrapping_is_told_by_line_ends() {
        let wrapped = "The ministry said on Monday that two\nenvoys had crossed the river and that\na third was held.";
        assert_eq!(style(wrapped, &lines(wrapped)), Style::Wrapped(37));
        let single = "The ministry spoke on Monday.\nTwo envoys crossed the river.\nA third was held there.";
        assert_eq!(style(single, &lines(single)), Style::Lines);
        for (text, wrapped) in [
            (
                "The ministry said on Monday that the envoys had met President Vladimir\nPutin in the harbour town.",
                true,
            ),
            (
                "Envoys agree on bridge, and the ministry says it was the last of its kind\nThe ministry spoke of it on Monday.",
                false,
            ),
            ("Envoys Agree to Reopen River Bridge After Nine Years of Quarrels in May\nGeneva saw two of them.", false),
            ("The ministry said it had met the envoys in the harbour town of Heihe.\nGeneva saw two of them.", false),
            ("The envoy of the river state\nJane Doe spoke.", false),
        ] {
            assert_eq!(style(text, &lines(text)) != Style::Lines, wrapped, "{text}");
        }
    }

    #[test]
    fn torn_sentences() {
        assert!(is_torn("since the invasion of", "Ukraine in February."));
        assert!(is_torn("the two sides met in Geneva", "and agreed."));
        assert!(!is_torn("Leaders meet over bid", "Two envoys crossed the river."));
        assert!(!is_torn("The talks failed.", "iPhones were sold."));
    }
}
