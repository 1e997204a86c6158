//! The roles of people in; unknown titles, bodies and sources, dates nobody checked, and two holders at once out.

use super::Desk;
use super::numbers::term;
use super::sheet::{Line, Sheet};
use super::world::World;
use crate::gazetteer::Term;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Days that two holders may share: an appointment and its oath.
const HANDOVER: i32 = 31;

/// Terms by office.
#[derive(Default)]
pub(super) struct Offices<'a> {
    terms: FxHashMap<(&'a str, &'a str), Vec<Held<'a>>>,
}

struct Held<'a> {
    file: &'a str,
    line: Line<'a>,
    role: &'a str,
    holder: &'a str,
    /// The days on which the office was surely held, whatever the precision of the dates.
    from: Option<Date>,
    to: Option<Date>,
}

impl<'a> Offices<'a> {
    pub fn check(&mut self, desk: &mut Desk, sheet: &Sheet<'a>, world: &World<'a>) {
        for &line in &sheet.lines {
            for role in sheet.items(line, "roles") {
                self.role(desk, sheet, line, role, world);
            }
        }
    }

    fn role(&mut self, desk: &mut Desk, sheet: &Sheet<'a>, line: Line<'a>, role: &'a str, world: &World<'a>) {
        let (office, sources) = role.split_once('@').map_or((role, ""), |(office, sources)| (office, sources));
        let Some((title, rest)) = office.rsplit_once(" of ") else {
            desk.error("role", line, role, format!("role {role:?}"), "title of ID START..END @SOURCE");
            return;
        };
        let (of, dates) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        if !world.has_title(title) {
            let meant = world.like_title(title);
            desk.error("title", line, role, format!("title {title:?}"), "a title of titles.tsv").suggest(meant);
        }
        if !world.has_body(of) {
            let meant = world.like_id(of);
            desk.error("points-nowhere", line, of, format!("an office of {of:?}"), "the id of a row").suggest(meant);
        }
        if dates.trim().is_empty() {
            return;
        }
        let Some(term) = term(desk, line, dates.trim()) else { return };
        checked(desk, line, role, dates.trim(), sources, term, world);
        if world.holds_one(title) {
            let (from, to) = surely(dates.trim(), term);
            let holder = sheet.cell(line, "id").trim();
            self.terms.entry((title, of)).or_default().push(Held { file: sheet.file, line, role, holder, from, to });
        }
    }

    /// Offices that one person holds, held by two.
    pub fn overlaps(self, desk: &mut Desk<'a>, world: &World<'a>) {
        for ((title, of), mut terms) in self.terms {
            terms.sort_by_key(|held| (held.from, held.to));
            for pair in terms.windows(2) {
                let [earlier, later] = pair else { continue };
                let shared = earlier.from.is_some()
                    && later
                        .from
                        .zip(earlier.to.or(Some(Date::MAX)))
                        .is_some_and(|(from, to)| from.until(to).is_ok_and(|span| span.get_days() > HANDOVER));
                if shared && earlier.holder != later.holder && world.holds_one(title) {
                    desk.file = later.file;
                    let found = format!(
                        "{title} of {of} while {} is ({}:{})",
                        earlier.holder, earlier.file, earlier.line.number
                    );
                    desk.warning(
                        "overlap",
                        later.line,
                        later.role,
                        found,
                        "one holder at a time, or an end to the earlier term",
                    );
                }
            }
        }
    }
}

/// From the last day that a start may be to the first that an end may be.
fn surely(dates: &str, term: Term) -> (Option<Date>, Option<Date>) {
    let (start, end) = dates.split_once("..").unwrap_or((dates, ""));
    let turned = |text: &str, other: fn(Term) -> Option<Date>, swapped: String| {
        if text.trim_end_matches('?').is_empty() { None } else { Term::parse(&swapped).and_then(other) }
    };
    // The end of a start's year or month is what it would be as an end, and the other way round.
    let from = turned(start, |term| term.end.day, format!("..{start}"));
    let to = turned(end, |term| term.start.day, format!("{end}.."));
    (from.or(term.start.day), to.or(term.end.day))
}

/// A date without `?` is checked against a source, which knows of it.
fn checked(desk: &mut Desk, line: Line, role: &str, dates: &str, sources: &str, term: Term, world: &World) {
    let named: Vec<&str> = sources.split(['@', ' ']).filter(|source| !source.is_empty()).collect();
    for source in named.iter().filter(|source| !world.has_source(source)) {
        let meant = world.like_source(source);
        desk.error("source", line, source, format!("source @{source}"), "the id of a row of sources.tsv")
            .suggest(meant);
    }
    let is_checked = |bound: crate::gazetteer::Bound| bound.checked && bound.day.is_some();
    if named.is_empty() && (is_checked(term.start) || is_checked(term.end)) {
        let expected = "an @SOURCE behind checked dates, or ? behind each that is not";
        desk.warning("unchecked", line, dates, format!("{role:?} names no source"), expected);
    }
    let edition = named.iter().filter_map(|source| world.edition(source)).max();
    let latest =
        [term.start, term.end].into_iter().filter(|bound| is_checked(*bound)).filter_map(|bound| bound.day).max();
    if let Some((edition, latest)) = edition.zip(latest).filter(|(edition, latest)| latest > edition) {
        let found = format!("{latest}, checked against what ends on {edition}");
        desk.warning("source", line, dates, found, "? behind the date, or a later source");
    }
}
