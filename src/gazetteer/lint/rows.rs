//! The header and the plain cells of a list in; what is unknown, missing or there twice out.

use super::Desk;
use super::sheet::{Line, Sheet};
use super::world::{SECTORS, STATELESS, World, is_country, like};
use crate::analysis::EntityType;
use crate::gazetteer::{COLUMNS, countries};
use rustc_hash::FxHashMap;

/// Whether the file lists entities (others are only looked at for ids that are there twice).
pub(super) fn check<'a>(desk: &mut Desk, sheet: &Sheet<'a>, world: &World<'a>) -> bool {
    let key = ["slug", "title", "word"].into_iter().find(|column| sheet.header.first() == Some(column));
    if key.is_some() || sheet.has("edition") {
        twice(desk, sheet, key.unwrap_or("id"));
        return false;
    }
    if !header(desk, sheet) {
        return false;
    }
    for &line in &sheet.lines {
        width(desk, sheet, line);
        blanks(desk, sheet, line);
        id(desk, sheet, line, world);
        codes(desk, sheet, line);
        points(desk, sheet, line, world);
    }
    true
}

fn twice(desk: &mut Desk, sheet: &Sheet, column: &str) {
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    for line in &sheet.lines {
        let cell = sheet.cell(*line, column);
        // A word may be a given name and a surname as well.
        let known = (column != "word").then(|| seen.insert(cell, line.number)).flatten();
        if let Some(first) = known {
            let found = format!("{column} {cell:?}, which line {first} has");
            desk.error("duplicate", *line, cell, found, "each once");
        }
    }
}

fn header(desk: &mut Desk, sheet: &Sheet) -> bool {
    let line = sheet.header_line;
    for (at, column) in sheet.header.iter().enumerate() {
        if !COLUMNS.contains(column) {
            let expected = format!("columns among {}", COLUMNS.join(" "));
            let meant = like(column, COLUMNS.into_iter());
            desk.error("header", line, column, format!("column {column:?}"), &expected).suggest(meant);
        } else if sheet.header[..at].contains(column) {
            desk.error("header", line, column, format!("a second column {column:?}"), "each column once");
        }
    }
    for needed in ["id", "type", "name"].into_iter().filter(|needed| !sheet.has(needed)) {
        desk.error("header", line, line.text, format!("no column {needed:?}"), "the columns id, type and name");
    }
    ["id", "type", "name"].iter().all(|needed| sheet.has(needed))
}

fn width(desk: &mut Desk, sheet: &Sheet, line: Line) {
    if let Some(extra) = line.text.split('\t').nth(sheet.header.len()) {
        let found = format!("{} columns", line.text.split('\t').count());
        desk.error("columns", line, extra, found, &format!("{}, as the header has", sheet.header.len()));
    }
}

fn blanks(desk: &mut Desk, sheet: &Sheet, line: Line) {
    for cell in line.text.split('\t').take(sheet.header.len()) {
        if cell.trim() != cell && !cell.trim().is_empty() {
            let found = format!("blanks around {:?}", cell.trim());
            desk.warning("blanks", line, cell, found, "none").suggest(Some(cell.trim()));
        } else if cell.contains("  ") {
            desk.warning("blanks", line, cell, "two blanks in a row", "one").suggest(Some(cell.replace("  ", " ")));
        }
    }
}

fn id<'a>(desk: &mut Desk, sheet: &Sheet<'a>, line: Line<'a>, world: &World<'a>) {
    let cell = sheet.cell(line, "id").trim();
    let sound = cell.is_ascii() && cell.contains(':') && !cell.contains(|c: char| c.is_whitespace() || c == ';');
    if cell.is_empty() {
        desk.error("id", line, line.text, "no id", "a stable name such as org:acme");
    } else if !sound {
        desk.error(
            "id",
            line,
            cell,
            format!("id {cell:?}"),
            "ASCII letters with a colon and no blanks, such as org:acme",
        );
    }
    if let Some((file, number)) = world.first(cell).filter(|first| *first != (sheet.file, line.number)) {
        let found = format!("id {cell:?}, which {file}:{number} has");
        desk.error("duplicate", line, cell, found, "one row for each id");
    }
    if sheet.cell(line, "name").trim().is_empty() {
        desk.error("name", line, sheet.cell(line, "name"), "no name", "the canonical name");
    }
}

fn codes(desk: &mut Desk, sheet: &Sheet, line: Line) {
    let cell = |column: &str| sheet.cell(line, column).trim();
    let (kind, country, sector, gender) = (cell("type"), cell("country"), cell("sector"), cell("gender"));
    if EntityType::parse(kind).is_none() {
        let types = EntityType::ALL.map(EntityType::as_str);
        let meant = like(kind, types.into_iter());
        desk.error("type", line, kind, format!("type {kind:?}"), &types.join(", ")).suggest(meant);
    }
    if !country.is_empty() && !is_country(country) && !STATELESS.contains(&country) {
        let expected = "an ISO 3166 alpha-3 code, IGO, NGO or MNC";
        desk.error("country", line, country, format!("country {country:?}"), expected).suggest(countries().of(country));
    }
    if !sector.is_empty() && !SECTORS.contains(&sector) {
        let meant = like(sector, SECTORS.into_iter());
        desk.error("sector", line, sector, format!("sector {sector:?}"), &SECTORS.join(" ")).suggest(meant);
    }
    if !["", "m", "f"].contains(&gender) {
        desk.error("gender", line, gender, format!("gender {gender:?}"), "m, f or nothing");
    } else if !gender.is_empty() && kind != "PERSON" {
        desk.warning("gender", line, gender, format!("a gender for a {kind}"), "genders for people only");
    }
}

/// `stands_for` and members name what there is.
fn points<'a>(desk: &mut Desk, sheet: &Sheet<'a>, line: Line<'a>, world: &World<'a>) {
    let state = sheet.cell(line, "stands_for").trim();
    if !state.is_empty() && !world.has(state) {
        let meant = world.like_id(state);
        desk.error("points-nowhere", line, state, format!("stands_for {state:?}"), "the id of a row").suggest(meant);
    }
    for member in sheet.items(line, "members") {
        let of = member.split_whitespace().next().unwrap_or_default();
        if !is_country(of) && !world.has(of) {
            let meant = countries().of(of).or_else(|| world.like_id(of));
            let expected = "an ISO 3166 alpha-3 code or the id of a row";
            desk.error("points-nowhere", line, member, format!("the member {of:?}"), expected).suggest(meant);
        }
    }
}
