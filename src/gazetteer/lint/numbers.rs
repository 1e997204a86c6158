//! Cells with figures and dates in; those that are none, or out of bounds or order, out.

use super::Desk;
use super::sheet::{Line, Sheet};
use crate::gazetteer::Term;

pub(super) fn check(desk: &mut Desk, sheet: &Sheet) {
    for &line in &sheet.lines {
        number(desk, sheet, line, "lat", -90.0, 90.0);
        number(desk, sheet, line, "lon", -180.0, 180.0);
        number(desk, sheet, line, "population", 0.0, 20e9);
        number(desk, sheet, line, "prior", 0.0, 1000.0);
        half(desk, sheet, line);
        let valid = sheet.cell(line, "valid").trim();
        if !valid.is_empty() {
            term(desk, line, valid);
        }
        for member in sheet.items(line, "members") {
            if let Some((_, dates)) = member.split_once(char::is_whitespace) {
                term(desk, line, dates.trim());
            }
        }
    }
}

fn number(desk: &mut Desk, sheet: &Sheet, line: Line, column: &str, least: f64, most: f64) {
    let cell = sheet.cell(line, column).trim();
    if !cell.is_empty() && !cell.parse::<f64>().is_ok_and(|number| (least..=most).contains(&number)) {
        let expected = format!("a number from {least} to {most}, or nothing");
        desk.error("number", line, cell, format!("{column} {cell:?}"), &expected);
    }
}

/// A latitude without a longitude is no place.
fn half(desk: &mut Desk, sheet: &Sheet, line: Line) {
    let (lat, lon) = (sheet.cell(line, "lat").trim(), sheet.cell(line, "lon").trim());
    if lat.is_empty() != lon.is_empty() {
        let given = if lat.is_empty() { lon } else { lat };
        desk.warning("number", line, given, "half a position", "lat and lon, or neither");
    }
}

/// Reads `START..END`; what is none, or ends before it begins, is told.
pub(super) fn term(desk: &mut Desk, line: Line, dates: &str) -> Option<Term> {
    let Some(term) = Term::parse(dates) else {
        let expected = "START..END, each a year, month, day or nothing, with ? where it is not checked";
        desk.error("date", line, dates, format!("dates {dates:?}"), expected);
        return None;
    };
    let backward = term.start.day.zip(term.end.day).is_some_and(|(start, end)| start > end);
    if backward {
        let turned = dates.split_once("..").map(|(start, end)| format!("{end}..{start}"));
        desk.error("date-order", line, dates, format!("{dates:?} ends before it begins"), "an earlier start")
            .suggest(turned);
    }
    (!backward).then_some(term)
}
