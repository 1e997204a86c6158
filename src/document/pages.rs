//! The lines of a text set in pages in; which are page numbers and heads that every page repeats, out.

use super::lines::{Line, ends_sentence};
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A head is not longer (characters), and stands on so many pages.
const LONGEST: usize = 90;
const PAGES: usize = 3;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:\[?[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?\]?|page\s+\d+(?:\s*(?:/|of)\s*\d+)?|p\.\s*\d+|\d+\s*/\s*\d+)$")
        .expect("page number")
});

/// Marks the lines that belong to a page and not to the text; `breaks`: bytes of the form feeds.
pub(super) fn mark(text: &str, breaks: &[usize], lines: &mut [Line]) {
    let page = Page::of(text, breaks, lines);
    let page: Vec<bool> = (0..lines.len()).map(|at| page.holds(at)).collect();
    lines.iter_mut().zip(page).for_each(|(line, page)| line.page = page);
}

struct Page<'a> {
    text: &'a str,
    lines: &'a [Line],
    /// Whether the line is a page number, and whether a form feed lies before it.
    numbers: Vec<bool>,
    fed: Vec<bool>,
    /// Whether the text has pages at all.
    paged: bool,
    /// How often a line stands in the text.
    times: HashMap<String, usize>,
}

impl<'a> Page<'a> {
    fn of(text: &'a str, breaks: &[usize], lines: &'a [Line]) -> Self {
        let numbers: Vec<bool> = lines.iter().map(|line| NUMBER.is_match(line.span.of(text))).collect();
        let fed = |at: usize| {
            let from = at.checked_sub(1).map_or(0, |before| lines[before].span.end);
            let next = breaks.partition_point(|place| *place < from);
            breaks.get(next).is_some_and(|place| *place <= lines[at].span.start)
        };
        let fed: Vec<bool> = (0..lines.len()).map(fed).collect();
        let paged = fed.contains(&true) || numbers.iter().filter(|number| **number).count() >= PAGES;
        let mut times = HashMap::new();
        for line in lines {
            *times.entry(pattern(line.span.of(text))).or_default() += 1;
        }
        Self { text, lines, numbers, fed, paged, times }
    }

    fn holds(&self, at: usize) -> bool {
        self.paged && self.numbers[at] || self.is_head(at)
    }

    /// A short line at a page's edge that other pages have, too; with a number in it ("Page 3 of 9") anywhere; right
    /// behind the page break and a page number even once.
    fn is_head(&self, at: usize) -> bool {
        let line = self.lines[at].span.of(self.text);
        let times = self.times.get(&pattern(line)).copied().unwrap_or_default();
        let counted = line.contains(|c: char| c.is_ascii_digit()) && line.contains(char::is_alphabetic);
        let alone = self.lines[at].apart && self.lines.get(at + 1).is_none_or(|next| next.apart);
        looks_like_head(line)
            && (times >= PAGES && counted && self.lines[at].apart
                || times >= 2 && self.is_edge(at)
                || alone && self.fed[at] && at > 0 && self.numbers[at - 1])
    }

    /// Beside a page number or a form feed.
    fn is_edge(&self, at: usize) -> bool {
        let number = |at: usize| self.numbers.get(at).copied().unwrap_or(false);
        let fed = |at: usize| self.fed.get(at).copied().unwrap_or(false);
        number(at + 1) || fed(at) || fed(at + 1) || at > 0 && (number(at - 1) || fed(at - 1))
    }
}

/// A line with its numbers made alike.
fn pattern(line: &str) -> String {
    let mut last = ' ';
    let alike = line.chars().map(|c| if c.is_ascii_digit() { '#' } else { c });
    alike.filter(|c| !(std::mem::replace(&mut last, *c) == '#' && *c == '#')).collect()
}

fn looks_like_head(line: &str) -> bool {
    line.chars().count() <= LONGEST
        && !ends_sentence(line)
        && !line.starts_with(|c: char| c.is_lowercase() || "•-–*|\"“".contains(c))
}

#[cfg(test)]
mod tests {
    use crate::document::lines;

    fn pages(text: &str) -> Vec<&str> {
        lines::lines(text).iter().filter(|line| line.page).map(|line| line.span.of(text)).collect()
    }

    #[test]
    fn numbers_and_heads_belong_to_pages() {
        for (text, expected) in [
            ("One sentence.\n\n1\n\u{C}Two sentences.\n\n2\n", vec!["1", "2"]),
            ("River Review\nOne.\n- 1 -\n\u{C}River Review\nTwo.\n- 2 -", vec!["- 1 -", "River Review", "- 2 -"]),
            (
                "One.\n\nReview, page 1\n\nTwo.\n\nReview, page 2\n\nThree.\n\nReview, page 3",
                vec!["Review, page 1", "Review, page 2", "Review, page 3"],
            ),
            (
                "One.\nPage 1 of 3\nTwo.\nPage 2 of 3\nThree.\nPage 3 of 3",
                vec!["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"],
            ),
        ] {
            assert_eq!(pages(text), expected, "{text}");
        }
    }

    #[test]
    fn other_lines_do_not() {
        for text in [
            "Two envoys met.\n\n12\n\nThey parted.",
            "The bridge\nTwo envoys met.\nThe bridge\nThey parted.\nThe bridge",
            "Two envoys met.\u{C}Heihe\nThey parted.",
            "It was so.\nIt was so.\nIt was so.",
        ] {
            assert!(pages(text).is_empty(), "{text}");
        }
    }
}
