//! A report's text, blocks and file name in; when and by whom it was published, as far as they say so, out.
//!
//! What says more comes first. The date: a date line or byline at the top, the dateline, the report's own address, the
//! name of its file. The outlet: the byline, the dateline, a line "Source: ...", the address, the name of the file. Where
//! a place further down says otherwise, a note tells it.

use super::cues::AGENCIES;
use super::{Block, BlockKind, Note, address, dateline, dates};
use crate::text::Span;
use jiff::civil::Date;

/// Dates further down head the parts of a chronicle, not the report.
const TOP: usize = 10;
/// Days between the deed and its print, or two time zones: no contradiction.
const NEAR: i32 = 2;

/// What tells of a report.
pub(super) struct Told<'a> {
    pub text: &'a str,
    pub blocks: &'a [Block],
    pub file: Option<&'a str>,
}

impl Told<'_> {
    pub(super) fn published(&self, notes: &mut Vec<Note>) -> Option<Date> {
        let address = || own_urls(self.blocks).find_map(address::date);
        let file = || self.file.and_then(address::file_date);
        let found = [
            ("the date line", date_line(self.blocks).or_else(|| self.settled())),
            ("the dateline", self.dateline_date()),
            ("its address", address()),
            ("the name of its file", file()),
        ];
        let far = |a: &Date, b: &Date| a.duration_until(*b).as_hours().abs() > i64::from(24 * NEAR);
        first("published", found, far, notes)
    }

    pub(super) fn source(&self, notes: &mut Vec<Note>) -> Option<String> {
        let differ = |a: &String, b: &String| !a.eq_ignore_ascii_case(b);
        let agency = [
            ("the byline", byline_agency(self.blocks)),
            ("the dateline", dateline_agency(self.blocks)),
            ("a line of its own", named_source(self.blocks)),
        ];
        // A paper that prints an agency's report contradicts nobody.
        let outlet = [
            ("its address", own_urls(self.blocks).find_map(address::outlet)),
            ("the name of its file", self.file.and_then(address::file_outlet)),
        ];
        first("source", agency, differ, notes).or_else(|| first("source", outlet, differ, notes))
    }

    /// "BEIJING, June 15": the year is that of the other dates, if they agree.
    fn dateline_date(&self) -> Option<Date> {
        let date = of_kind(self.blocks, BlockKind::Dateline).find_map(|block| dateline::find(&block.text)?.date)?;
        date.full().or_else(|| date.in_year(self.year()?))
    }

    fn year(&self) -> Option<i16> {
        let known = || own_urls(self.blocks).find_map(address::date).or_else(|| self.file.and_then(address::file_date));
        if let Some(date) = known() {
            return Some(date.year());
        }
        let mut years = dates::full_dates(self.text).chain(self.two_ways().into_iter().flatten()).map(Date::year);
        let first = years.next()?;
        years.all(|year| year == first).then_some(first)
    }

    /// The readings of a date at the top such as 03/04/2022.
    fn two_ways(&self) -> Option<[Date; 2]> {
        let lines = top(self.blocks).iter().filter(|block| {
            matches!(block.kind, BlockKind::Date | BlockKind::Byline | BlockKind::Label | BlockKind::Table)
        });
        lines.take(TOP).find_map(|block| dates::two_ways(&block.text))
    }

    /// Such a date, where another place decides: a date that is one of the readings, or other dates in figures that can
    /// be read in one order only.
    fn settled(&self) -> Option<Date> {
        let ways = self.two_ways()?;
        let dateline = of_kind(self.blocks, BlockKind::Dateline).find_map(|block| dateline::find(&block.text)?.date);
        let day = dateline.and_then(|date| date.full().or_else(|| date.in_year(ways[0].year())));
        let address = own_urls(self.blocks).find_map(address::date);
        let file = self.file.and_then(address::file_date);
        let others: Vec<Date> =
            [day, address, file].into_iter().flatten().chain(dates::full_dates(self.text)).collect();
        let mut meant = ways.into_iter().filter(|way| others.contains(way));
        match (meant.next(), meant.next()) {
            (Some(date), None) => Some(date),
            _ => dates::day_first(self.text).map(|day_first| ways[usize::from(day_first)]),
        }
    }
}

/// The first thing told; a note where a later place contradicts it.
fn first<T: std::fmt::Display, const N: usize>(
    field: &'static str,
    found: [(&str, Option<T>); N],
    differ: impl Fn(&T, &T) -> bool,
    notes: &mut Vec<Note>,
) -> Option<T> {
    let mut found = found.into_iter().filter_map(|(place, told)| Some((place, told?)));
    let (place, taken) = found.next()?;
    for (other, told) in found.filter(|(_, told)| differ(&taken, told)) {
        let text = format!("{field}: {place} says {taken}, {other} says {told}; the first is taken");
        notes.push(Note { kind: "metadata", text, span: Span::new(0, 0) });
    }
    Some(taken)
}

fn of_kind(blocks: &[Block], kind: BlockKind) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(move |block| block.kind == kind)
}

/// What stands before the first paragraph.
fn top(blocks: &[Block]) -> &[Block] {
    let prose = blocks.iter().position(|block| block.kind == BlockKind::Prose);
    &blocks[..prose.unwrap_or(blocks.len())]
}

fn date_line(blocks: &[Block]) -> Option<Date> {
    let near = &blocks[..blocks.len().min(TOP)];
    let full = |block: &Block| dates::find(&block.text).and_then(|date| date.full());
    let updated = |block: &&Block| {
        block.text.to_lowercase().contains("updated") || block.text.to_lowercase().contains("modified")
    };
    let lines: Vec<_> = of_kind(near, BlockKind::Date).collect();
    let first = lines.iter().filter(|block| !updated(block)).chain(&lines).find_map(|block| full(block));
    let beside =
        || top(blocks).iter().filter(|b| matches!(b.kind, BlockKind::Byline | BlockKind::Label)).find_map(full);
    let published =
        || of_kind(blocks, BlockKind::Date).filter(|b| b.text.to_lowercase().contains("publish")).find_map(full);
    first.or_else(beside).or_else(published)
}

fn byline_agency(blocks: &[Block]) -> Option<String> {
    of_kind(blocks, BlockKind::Byline).find_map(|block| {
        let names = block.text.strip_prefix("By ").or(block.text.strip_prefix("BY ")).unwrap_or(&block.text);
        names.split(['|', ',', '/', '–', '—', '(', ';']).map(trim).find_map(agency)
    })
}

fn dateline_agency(blocks: &[Block]) -> Option<String> {
    of_kind(blocks, BlockKind::Dateline).find_map(|block| dateline::find(&block.text)?.agency)
}

/// "Source: Reuters".
fn named_source(blocks: &[Block]) -> Option<String> {
    of_kind(blocks, BlockKind::Label).find_map(|block| {
        let (label, name) = block.text.split_once(':')?;
        label.trim().eq_ignore_ascii_case("source").then(|| agency(trim(name)))?
    })
}

/// The outlet of that name, as the table of agencies writes it.
fn agency(name: &str) -> Option<String> {
    AGENCIES.iter().find(|agency| agency.eq_ignore_ascii_case(name)).map(|agency| (*agency).to_owned())
}

fn trim(part: &str) -> &str {
    part.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Addresses that are the report's: above its first paragraph, or announced as such. Others lead to other reports.
fn own_urls(blocks: &[Block]) -> impl Iterator<Item = &str> {
    let first = top(blocks).len();
    blocks.iter().enumerate().filter_map(move |(at, block)| {
        let announced = at > 0 && is_announcement(&blocks[at - 1]) || names_origin(&block.text);
        let own = block.kind == BlockKind::Url && (at < first || announced);
        own.then_some(block.text.as_str())
    })
}

fn is_announcement(block: &Block) -> bool {
    block.kind == BlockKind::Label && (names_origin(&block.text) || block.text.ends_with(':'))
}

fn names_origin(text: &str) -> bool {
    let start = text.to_lowercase();
    ["original", "url:", "source", "link:"].iter().any(|cue| start.starts_with(cue))
}
