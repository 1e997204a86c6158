//! A report's text in; its blocks (prose, headlines, furniture) out.

use super::BlockKind::{self, Byline, Caption, Date, Headline, Label, List, Prose, Related, Table};
use super::cues::SMALL;
use super::flow::{flow, trimmed};
use super::hyphens::Hyphens;
use super::lines::{self, Line, Style};
use super::{Block, dateline, furniture, tables};
use crate::text::Span;

/// A headline is not longer (words).
const HEADLINE: usize = 25;
/// Nor a heading between paragraphs, unless it is in Title Case or capitals.
const HEADING: usize = 6;
/// With so many words and a full stop at its end, a paragraph is prose.
const SENTENCE: usize = 5;

/// Lines that belong together, and what they are.
#[derive(Clone, Copy, Debug)]
struct Unit {
    span: Span,
    kind: Option<BlockKind>,
    /// Whether a gap lies before it.
    apart: bool,
    /// A page number or the head of a page.
    page: bool,
}

/// What a text is laid out in.
pub(super) struct Layout {
    /// In text order; with the holes they hold every character that is neither blank nor the mark of a list.
    pub blocks: Vec<Block>,
    /// Page numbers and heads in mid-sentence, which the block around them leaves out.
    pub pages: Vec<Span>,
}

pub(super) fn layout(text: &str) -> Layout {
    let mut lines = lines::lines(text);
    close_scripts(text, &mut lines);
    tables::mark(text, &mut lines);
    let style = lines::style(text, &lines);
    let (mut units, pages) = across_pages(text, units(text, style, &lines));
    captions_above(text, &mut units);
    related_lists(text, &mut units);
    headlines(text, &mut units);
    let mut holes = lines::holes(&lines);
    holes.extend(&pages);
    holes.sort();
    let hyphens = Hyphens::of(text);
    let block = |(kind, span): (BlockKind, Span)| {
        let (text, steps) = flow(text, span, &holes, &hyphens);
        Block { kind, span, text, steps }
    };
    let blocks = units.into_iter().flat_map(|unit| split(text, unit)).map(block).collect();
    Layout { blocks, pages }
}

/// A sentence that a page's end tears goes on behind the number and the heads.
fn across_pages(text: &str, units: Vec<Unit>) -> (Vec<Unit>, Vec<Span>) {
    let mut whole: Vec<Unit> = Vec::new();
    let mut pages = Vec::new();
    for unit in units {
        let torn = unit.kind.is_none().then(|| before_page(text, &whole, unit)).flatten();
        match torn {
            Some(at) => {
                pages.extend(whole.drain(at + 1..).map(|unit| unit.span));
                whole[at].span.end = unit.span.end;
            }
            None => whole.push(unit),
        }
    }
    (whole, pages)
}

/// The paragraph whose last sentence goes on in the unit, with nothing but page furniture between the two.
fn before_page(text: &str, whole: &[Unit], unit: Unit) -> Option<usize> {
    let at =
        whole.iter().rposition(|unit| !unit.page).filter(|at| at + 1 < whole.len() && whole[*at].kind.is_none())?;
    let before = whole[at].span.of(text);
    (words(before) >= SENTENCE && lines::is_torn(before, unit.span.of(text))).then_some(at)
}

/// Everything from an opening script or style tag to its end is markup.
fn close_scripts(text: &str, lines: &mut [Line]) {
    for tag in ["script", "style"] {
        let mut from = 0;
        while let Some(open) =
            lines[from..].iter().position(|line| is_tag(line.span.of(text), "<", tag)).map(|at| from + at)
        {
            let Some(close) = lines[open..].iter().position(|line| line.span.of(text).contains(&format!("</{tag}")))
            else {
                break;
            };
            lines[open..=open + close].iter_mut().for_each(|line| line.kind = Some(BlockKind::Markup));
            from = open + close + 1;
        }
    }
}

fn is_tag(line: &str, open: &str, tag: &str) -> bool {
    line.strip_prefix(open).and_then(|rest| rest.get(..tag.len())).is_some_and(|name| name.eq_ignore_ascii_case(tag))
}

fn units(text: &str, style: Style, lines: &[Line]) -> Vec<Unit> {
    let all_lower = !text.chars().any(char::is_uppercase);
    let mut units: Vec<Unit> = Vec::new();
    let mut last: Option<&Line> = None;
    let mut plain = 0;
    for line in lines {
        let first = plain < 2;
        let joined = match (units.last_mut(), last) {
            (Some(unit), Some(before)) if joins(text, style, unit, (before, line), all_lower, first) => {
                unit.span.end = line.span.end;
                true
            }
            _ => false,
        };
        if !joined {
            plain += usize::from(line.kind.is_none());
            let kind = if line.page { Some(Label) } else { line.kind };
            units.push(Unit { span: line.span, kind, apart: line.apart, page: line.page });
        }
        last = Some(line);
    }
    units
}

/// Whether a line continues the unit before it.
fn joins(text: &str, style: Style, unit: &Unit, (before, line): (&Line, &Line), all_lower: bool, first: bool) -> bool {
    let (so_far, next) = (unit.span.of(text), line.span.of(text));
    let wrapped = matches!(style, Style::Wrapped(_));
    if unit.page || line.page {
        return false;
    }
    match (unit.kind, line.kind) {
        // A wrapped line that happens to look like furniture, in mid-sentence.
        (None, Some(Byline | Date | Caption | Related | Label)) => {
            wrapped && !line.apart && lines::is_open(so_far) && words(so_far) >= SENTENCE
        }
        (None, None) => {
            let title = words(so_far) <= HEADLINE
                && !lines::ends_sentence(so_far)
                && (is_titled(so_far) || begins_report(next));
            if line.apart || !wrapped {
                // Without capitals a small letter does not tell that a sentence goes on; after a title it does not either.
                let small = lines::starts_small(next) && !all_lower && !first;
                let open = lines::is_open(so_far) && words(so_far) >= SENTENCE;
                return (small || open) && !title && lines::runs_on(text, style, before, line);
            }
            let small = lines::starts_small(next) && !all_lower;
            let heads = title && (is_titled(so_far) && !is_titled(next) && !small || begins_report(next));
            !heads && lines::runs_on(text, style, before, line)
        }
        (Some(Related | Caption), None) => {
            wrapped && !line.apart && !lines::ends_sentence(so_far) && lines::runs_on(text, style, before, line)
        }
        (Some(BlockKind::Markup), Some(BlockKind::Markup)) => !line.apart,
        (Some(Table), Some(Table)) | (Some(List), Some(List)) => true,
        _ => false,
    }
}

fn begins_report(line: &str) -> bool {
    dateline::find(line).is_some()
}

/// A line right above a picture's credit is the picture's caption.
fn captions_above(text: &str, units: &mut [Unit]) {
    for at in 1..units.len() {
        let (credit, above) = (units[at], units[at - 1]);
        let short = words(credit.span.of(text)) <= 8 && words(above.span.of(text)) <= 30;
        // A paragraph stands apart from both its neighbours; a caption may stand apart from what is above it.
        if credit.kind == Some(Caption) && !credit.apart && above.kind.is_none() && short && at > 1 {
            units[at - 1].kind = Some(Caption);
        }
    }
}

/// Titles below a bare "Related articles" or "Read more:" are what it announces.
fn related_lists(text: &str, units: &mut [Unit]) {
    for at in 1..units.len() {
        let (unit, above) = (units[at], units[at - 1]);
        let announced = above.kind == Some(Related) && (furniture::is_bare_cue(above.span.of(text)) || !unit.apart);
        if announced
            && unit.kind.is_none()
            && !lines::ends_sentence(unit.span.of(text))
            && words(unit.span.of(text)) <= HEADLINE
        {
            units[at].kind = Some(Related);
        }
    }
}

fn headlines(text: &str, units: &mut [Unit]) {
    let plain: Vec<usize> = (0..units.len()).filter(|&at| units[at].kind.is_none()).collect();
    let sentences = plain.iter().filter(|&&at| is_sentence(units[at].span.of(text))).count();
    // In a text that hardly uses full stops, their lack says nothing.
    let stops = sentences * 2 >= plain.len().saturating_sub(1).max(1);
    let top = plain.iter().position(|&at| is_sentence(units[at].span.of(text))).unwrap_or(1);
    let title = plain.first().map(|&at| units[at].span);
    for (nth, &at) in plain.iter().enumerate() {
        let words = units[at].span.of(text);
        let is = match nth {
            _ if begins_report(words) || lines::is_item(words) => false,
            0 => is_first_headline(words, sentences == 0),
            _ if title.is_some_and(|title| same_words(title.of(text), words)) => units[plain[0]].kind == Some(Headline),
            _ if nth < top && stops => is_first_headline(words, false),
            _ => is_heading(words, stops),
        };
        units[at].kind = Some(if is { Headline } else { Prose });
    }
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn is_first_headline(line: &str, alone: bool) -> bool {
    let short = words(line) <= HEADLINE && !lines::ends_sentence(line) && !line.ends_with([',', ';', ':']);
    // Where nothing ends in a stop, the first line may be all that a text says, unless it is written as a title.
    short && (!alone || is_titled(line) || words(line) < SENTENCE)
}

fn is_heading(line: &str, stops: bool) -> bool {
    let count = words(line);
    if is_sentence(line) || line.ends_with([',', ';', ':']) || count > HEADLINE || lines::is_open(line) {
        return false;
    }
    let ended = lines::ends_sentence(line);
    let quoted = line.starts_with(['"', '“', '«']) && count > HEADING;
    !quoted && (is_titled(line) || (stops && !ended && count <= HEADING)) && (!ended || count < SENTENCE)
}

/// Ends like a sentence and is long enough for one.
fn is_sentence(line: &str) -> bool {
    lines::ends_sentence(line) && words(line) >= SENTENCE
}

/// Title Case or capitals.
fn is_titled(line: &str) -> bool {
    let mut large = 0;
    let mut all = 0;
    for word in line.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())) {
        if word.starts_with(char::is_alphabetic) && !SMALL.contains(&word.to_lowercase().as_str()) {
            all += 1;
            large += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    // One small word is forgiven to a long title.
    all >= 2 && (large == all || (all >= 8 && large + 1 == all))
}

/// Words, counted as far as any rule here asks.
fn words(line: &str) -> usize {
    line.split_whitespace().take(2 * HEADLINE).count()
}

/// A paragraph's dateline is a block of its own, so that the prose begins with its sentence.
fn split(text: &str, unit: Unit) -> Vec<(BlockKind, Span)> {
    let kind = unit.kind.unwrap_or(Prose);
    let bullet = if kind == Prose { lines::item(unit.span.of(text)) } else { 0 };
    let unit = Unit { span: Span::new(unit.span.start + bullet, unit.span.end), ..unit };
    let found = if kind == Prose { dateline::find(unit.span.of(text)) } else { None };
    let Some(found) = found else { return vec![(kind, unit.span)] };
    let middle = unit.span.start + found.len;
    let parts = [(BlockKind::Dateline, Span::new(unit.span.start, middle)), (Prose, Span::new(middle, unit.span.end))];
    parts.map(|(kind, span)| (kind, trimmed(text, span))).into_iter().filter(|(_, span)| !span.is_empty()).collect()
}
