//! A report's text and blocks in; when and by whom it was published, as far as they say so, out.

use super::cues::AGENCIES;
use super::{Block, BlockKind, dateline, dates};
use jiff::civil::Date;

/// Dates further down head the parts of a chronicle, not the report.
const TOP: usize = 10;

/// The date: of a date line at the top, else of the dateline, else of the report's own address.
pub(super) fn published(text: &str, blocks: &[Block]) -> Option<Date> {
    date_line(blocks).or_else(|| dateline_date(text, blocks)).or_else(|| own_urls(blocks).find_map(dates::in_url))
}

/// The outlet: an agency in the byline, else in the dateline, else the host of the report's own address.
pub(super) fn source(blocks: &[Block]) -> Option<String> {
    byline_agency(blocks)
        .or_else(|| dateline_agency(blocks))
        .or_else(|| named_source(blocks))
        .or_else(|| own_urls(blocks).find_map(host))
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

/// "BEIJING, June 15": the year is that of the other dates, if they agree.
fn dateline_date(text: &str, blocks: &[Block]) -> Option<Date> {
    let date = of_kind(blocks, BlockKind::Dateline).find_map(|block| dateline::find(&block.text)?.date)?;
    date.full().or_else(|| date.in_year(year(text, blocks)?))
}

fn year(text: &str, blocks: &[Block]) -> Option<i16> {
    if let Some(date) = own_urls(blocks).find_map(dates::in_url) {
        return Some(date.year());
    }
    let mut years = dates::full_dates(text).map(Date::year);
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
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

fn host(url: &str) -> Option<String> {
    let address = &url[url.find("://").map(|at| at + 3).or(url.find("www."))?..];
    let host = address.split(['/', '?', '#', ':', '>', ')', ']']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}
