//! The lines of a text in; which are rows of a table or points of a list that say no sentence, out.

use super::BlockKind::{List, Table};
use super::flow::is_blank;
use super::lines::{self, Line};

/// So many rows make a table; of bare names and figures, so many.
const ROWS: usize = 2;
const FIGURES: usize = 3;
/// A cell is not longer (words), nor a row of names and figures.
const CELL: usize = 8;
const ROW: usize = 10;
/// A point of so many words is read as a sentence even without its stop.
const POINT: usize = 6;

/// Marks rows of tables and points of lists among the lines that nothing else explains.
pub(super) fn mark(text: &str, lines: &mut [Line]) {
    let free = |line: &Line| !line.page && (line.kind.is_none() || line.kind == Some(super::BlockKind::Label));
    let row: Vec<bool> = lines.iter().map(|line| free(line) && is_row(line.span.of(text))).collect();
    let figures: Vec<bool> = lines.iter().map(|line| free(line) && is_figures(line.span.of(text))).collect();
    let rule: Vec<bool> = lines.iter().map(|line| free(line) && is_rule(line.span.of(text))).collect();
    let mut at = 0;
    while at < lines.len() {
        let rows = run(at, &row, &rule);
        let counts = run(at, &figures, &rule).max(run_of_both(at, &row, &figures));
        let length = if rows >= ROWS {
            rows.max(counts)
        } else if counts >= FIGURES {
            counts
        } else {
            0
        };
        if length > 0 {
            let start = at - usize::from(at > 0 && is_heading_of(text, lines, at));
            lines[start..at + length].iter_mut().for_each(|line| line.kind = Some(Table));
        }
        at += length.max(1);
    }
    points(text, lines);
}

/// How many lines from `at` on are such rows; rules between and below them count along.
fn run(at: usize, rows: &[bool], rules: &[bool]) -> usize {
    if !rows[at] {
        return 0;
    }
    let end = (at..rows.len()).find(|&line| !rows[line] && !rules[line]).unwrap_or(rows.len());
    end - at
}

fn run_of_both(at: usize, rows: &[bool], figures: &[bool]) -> usize {
    (at..rows.len()).take_while(|&line| rows[line] || figures[line]).count()
}

/// A row of column heads right above the first row: cells without figures.
fn is_heading_of(text: &str, lines: &[Line], at: usize) -> bool {
    let above = &lines[at - 1];
    !lines[at].apart
        && above.kind.is_none()
        && cells(above.span.of(text)).count() > 1
        && !lines::ends_sentence(above.span.of(text))
}

/// Cells parted by tabs, bars or runs of blanks, none of them a sentence.
fn is_row(line: &str) -> bool {
    let count = cells(line).count();
    let short = |cell: &str| {
        cell.split_whitespace().nth(CELL).is_none()
            && !(lines::ends_sentence(cell) && cell.split_whitespace().nth(3).is_some())
    };
    count >= 2 && cells(line).all(short)
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    let barred = line.matches('|').count() >= 2 || line.starts_with('|');
    let part = move |text: &'_ str| -> Option<(usize, usize)> {
        if barred {
            return text.find('|').map(|at| (at, at + 1));
        }
        let mut blanks: Option<(usize, usize, bool)> = None;
        for (at, c) in text.char_indices() {
            match (&mut blanks, is_blank(c)) {
                (None, true) => blanks = Some((at, 1, c == '\t')),
                (Some((_, count, tab)), true) => (*count, *tab) = (*count + 1, *tab || c == '\t'),
                (Some((from, count, tab)), false) if *count >= 3 || *tab => return Some((*from, at)),
                (_, false) => blanks = None,
            }
        }
        None
    };
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest?;
        let (cell, next) = match part(text) {
            Some((end, start)) => (&text[..end], Some(&text[start..])),
            None => (text, None),
        };
        rest = next;
        Some(cell.trim_matches(is_blank))
    })
    .filter(|cell| !cell.is_empty())
}

/// "Brent crude 103.20 +1.2%", "Spartak 2 Zenit 1": few words, figures among them, no sentence.
fn is_figures(line: &str) -> bool {
    let words = line.split_whitespace().take(ROW + 1).count();
    let figures = line.split_whitespace().filter(|word| is_figure(word)).count();
    let opened = line.split_whitespace().next().is_some_and(is_figure);
    let listed = lines::item(line) > 0;
    let stop = lines::ends_sentence(line) || line.ends_with([',', ';', ':']) || lines::is_open(line);
    let small = line.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    (2..=ROW).contains(&words)
        && !stop
        && !listed
        && small * 2 <= words
        && (figures >= 2
            || figures == 1
                && !opened
                && line.split_whitespace().next_back().is_some_and(is_figure)
                && words <= 5
                && !is_year(line))
}

/// A number, price, share or score.
fn is_figure(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| "+-−–$€£¥%(),.:".contains(c));
    let inside = |c: char| c.is_ascii_digit() || ".,:-–/%".contains(c);
    bare.starts_with(|c: char| c.is_ascii_digit()) && bare.chars().all(inside)
}

fn is_year(line: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or_default();
    last.len() == 4 && (last.starts_with("19") || last.starts_with("20"))
}

/// Dashes, bars and crosses alone.
fn is_rule(line: &str) -> bool {
    line.chars().count() >= 3
        && line.chars().all(|c| "-=_+|─━│┼:. *".contains(c))
        && line.contains(['-', '=', '_', '─', '━', '|'])
}

/// Points of a list that are names or catchwords; whole sentences stay prose.
fn points(text: &str, lines: &mut [Line]) {
    let item: Vec<bool> =
        lines.iter().map(|line| line.kind.is_none() && !line.page && lines::item(line.span.of(text)) > 0).collect();
    for at in 0..lines.len() {
        let beside = at > 0 && item[at - 1] || item.get(at + 1).copied().unwrap_or(false);
        let words = lines[at].span.of(text);
        let point = &words[lines::item(words)..];
        let few = point.split_whitespace().nth(POINT - 1).is_none();
        let goes_on =
            lines.get(at + 1).is_some_and(|next| !next.apart && !item[at + 1] && next.indent > lines[at].indent);
        if item[at] && beside && few && !goes_on && !lines::ends_sentence(point) {
            lines[at].kind = Some(List);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    fn kinds(text: &str) -> Vec<Option<BlockKind>> {
        let mut lines = lines::lines(text);
        mark(text, &mut lines);
        lines.iter().map(|line| line.kind).collect()
    }

    #[test]
    fn tables_are_told_by_columns_and_figures() {
        for text in [
            "Country\tCapital\nNorland\tHeihe\nSudovia\tGeneva",
            "| Club | Points |\n|------|--------|\n| Spartak | 12 |\n| Zenit | 9 |",
            "Norland      12     4\nSudovia       3    11",
            "Brent crude 103.20 +1.2%\nGold 1,840.10 -0.4%\nWheat 10.30 +2.0%",
            "Spartak 2 Zenit 1\nRotor 0 Dynamo 0\nTorpedo 3 Ural 2",
            "Name        Office              Since\nJane Doe    Minister of War     2019\nJohn Roe    Envoy               2021",
        ] {
            assert!(kinds(text).iter().all(|kind| *kind == Some(Table)), "{text}: {:?}", kinds(text));
        }
    }

    #[test]
    fn points_that_are_no_sentences_are_a_list() {
        let list = Some(List);
        assert_eq!(kinds("The parties:\n- Norland\n- Sudovia\n- the River League"), [None, list, list, list]);
        assert_eq!(kinds("• Norland signed the truce.\n• Sudovia refused to sign it."), [None, None]);
        assert_eq!(kinds("1. Bridge\n2. Harbour"), [list, list]);
        assert_eq!(kinds("- Norland will sign the truce on Monday\n- Sudovia to follow in the spring"), [None, None]);
    }

    #[test]
    fn prose_with_dashes_and_figures_stays() {
        for text in [
            "- We shall go, the minister said.",
            "12 soldiers were killed on Monday.\n15 more were hurt.\n20 are missing.",
            "The price rose to 103.20 from 98.10 on Monday.\nGold fell to 1,840.10.\nWheat stood at 10.30.",
            "Norland   and Sudovia   signed a truce.",
            "2022 was a dark year for the ministry and\n2023 was darker still.",
            "Talks in Geneva in 2019\nTalks in Heihe in 2020\nTalks in Kyiv in 2021",
            "Either | or, the minister said of the treaty.",
        ] {
            assert!(kinds(text).iter().all(|kind| kind.is_none()), "{text}: {:?}", kinds(text));
        }
    }
}
