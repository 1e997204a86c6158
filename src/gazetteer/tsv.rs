//! Gazetteer files: tab-separated rows in, entries out, every fault placed at file:line.

use super::entry::{Alias, AliasKind, Entry, EntryId, Gender, Role};
use crate::analysis::EntityType;
use crate::error::{Error, Result};
use jiff::civil::{Date, date};
use rustc_hash::FxHashMap;

pub const COLUMNS: &str = "id\ttype\tname\tcountry\tsector\tgender\tstands_for\twikidata\taliases\troles";

/// A data line with where it stands.
pub(super) struct Row<'a> {
    pub file: &'a str,
    pub line: usize,
    pub fields: Vec<&'a str>,
}

impl Row<'_> {
    pub fn fault(&self, found: impl Into<String>, expected: &str) -> Error {
        let place = format!("{}:{}", self.file, self.line);
        Error::Data { place, found: found.into(), expected: expected.to_owned() }
    }

    fn optional(&self, column: usize) -> Option<String> {
        Some(self.fields[column].trim()).filter(|f| !f.is_empty()).map(str::to_owned)
    }
}

/// Rows below the header, comments and blank lines left out.
pub(super) fn rows<'a>(file: &'a str, text: &'a str, header: &str) -> Result<Vec<Row<'a>>> {
    let width = header.split('\t').count();
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|(n, l)| Row { file, line: n + 1, fields: l.trim_end_matches('\r').split('\t').collect() });
    let Some(first) = lines.next() else { return Ok(Vec::new()) };
    if first.fields.join("\t").trim_end() != header {
        return Err(first.fault(first.fields.join("\t"), &format!("the header {header:?}")));
    }
    lines
        .map(|mut row| {
            if row.fields.len() > width {
                return Err(row.fault(format!("{} columns", row.fields.len()), &format!("{width}")));
            }
            row.fields.resize(width, "");
            Ok(row)
        })
        .collect()
}

pub(super) fn entries(file: &str, text: &str) -> Result<Vec<Entry>> {
    rows(file, text, COLUMNS)?.iter().map(entry).collect()
}

fn entry(row: &Row) -> Result<Entry> {
    let name = row.optional(2).ok_or_else(|| row.fault("no name", "a canonical name in column 3"))?;
    let mut aliases: Vec<Alias> = list(row.fields[8]).map(|a| alias(row, a)).collect::<Result<_>>()?;
    // A row that repeats its own name gives that name's flags.
    match aliases.iter().position(|a| a.text == name) {
        Some(at) => aliases.swap(0, at),
        None => aliases.insert(0, alias(row, &name)?),
    }
    Ok(Entry {
        id: row.optional(0).ok_or_else(|| row.fault("no id", "an id in column 1"))?,
        entity_type: entity_type(row.fields[1]).ok_or_else(|| {
            row.fault(format!("type {:?}", row.fields[1]), "PERSON, PLACE, ORG, FACILITY, EVENT or OTHER")
        })?,
        name,
        country: row.optional(3),
        sector: row.optional(4),
        gender: match row.fields[5].trim() {
            "m" => Some(Gender::Male),
            "f" => Some(Gender::Female),
            "" => None,
            other => return Err(row.fault(format!("gender {other:?}"), "m, f or nothing")),
        },
        stands_for: row.optional(6),
        wikidata: row.optional(7),
        aliases,
        roles: list(row.fields[9]).map(|r| role(row, r)).collect::<Result<_>>()?,
    })
}

pub(super) fn list(field: &str) -> impl Iterator<Item = &str> {
    field.split(';').map(str::trim).filter(|t| !t.is_empty())
}

pub(super) fn entity_type(word: &str) -> Option<EntityType> {
    Some(match word.trim() {
        "PERSON" => EntityType::Person,
        "PLACE" => EntityType::Place,
        "ORG" => EntityType::Org,
        "FACILITY" => EntityType::Facility,
        "EVENT" => EntityType::Event,
        "OTHER" => EntityType::Other,
        _ => return None,
    })
}

/// `text`, `text|kind` or `text|kind|flag,flag`.
pub(super) fn alias(row: &Row, written: &str) -> Result<Alias> {
    let mut parts = written.split('|').map(str::trim);
    let text = parts.next().unwrap_or_default().to_owned();
    let kind = match parts.next() {
        None | Some("") => AliasKind::Name,
        Some(word) => AliasKind::parse(word).ok_or_else(|| {
            row.fault(format!("alias kind {word:?}"), "name, short, acronym, demonym, metonym, former or surname")
        })?,
    };
    let mut alias = Alias { text, kind, folded: false, context: false, article: false, ambiguous: false };
    for flag in parts.flat_map(|p| p.split(',')).map(str::trim).filter(|f| !f.is_empty()) {
        match flag {
            "folded" => alias.folded = true,
            "context" => alias.context = true,
            "article" => alias.article = true,
            "ambiguous" => alias.ambiguous = true,
            _ => return Err(row.fault(format!("alias flag {flag:?}"), "folded, context, article or ambiguous")),
        }
    }
    Ok(alias)
}

/// `title of ID` with an optional `start..end`, each a year, year-month or day.
fn role(row: &Row, text: &str) -> Result<Role> {
    let fault = || row.fault(format!("role {text:?}"), "\"title of ID start..end\"");
    let (title, rest) = text.rsplit_once(" of ").ok_or_else(fault)?;
    let mut words = rest.split_whitespace();
    let of = words.next().ok_or_else(fault)?.to_owned();
    let (start, end) = match words.next() {
        None => (None, None),
        Some(dates) => {
            let (start, end) = dates.split_once("..").ok_or_else(fault)?;
            (bound(start, false).ok_or_else(fault)?, bound(end, true).ok_or_else(fault)?)
        }
    };
    let dated = start.is_some() || end.is_some();
    Ok(Role { title: title.trim().to_owned(), of, start, end, text: text.to_owned(), dated })
}

/// First or last day of a year, month or day; outer `None` where it is no date.
fn bound(text: &str, last: bool) -> Option<Option<Date>> {
    if text.is_empty() {
        return Some(None);
    }
    let mut parts = text.split('-').map(|p| p.parse::<i16>().ok());
    let year = parts.next()??;
    let month = parts.next().map(|m| m.ok_or(()));
    let day = parts.next().map(|d| d.ok_or(()));
    let whole = match (month, day) {
        (None, _) if last => Date::new(year, 12, 31),
        (None, _) => Date::new(year, 1, 1),
        (Some(Ok(m)), None) if last => Date::new(year, m as i8, 1).map(|d| d.last_of_month()),
        (Some(Ok(m)), None) => Date::new(year, m as i8, 1),
        (Some(Ok(m)), Some(Ok(d))) => Date::new(year, m as i8, d as i8),
        _ => return None,
    };
    whole.ok().filter(|d| *d > date(1, 1, 1)).map(Some)
}

pub(super) fn index(entries: &[Entry]) -> Result<FxHashMap<String, EntryId>> {
    let mut by_id = FxHashMap::default();
    for (number, entry) in entries.iter().enumerate() {
        if by_id.insert(entry.id.clone(), EntryId(number as u32)).is_some() {
            return Err(dangling(&entry.id, "a second row of this id", "one row per id"));
        }
    }
    Ok(by_id)
}

type Holders = FxHashMap<(String, EntryId), Vec<(EntryId, usize)>>;

/// Who held which office, looked up by title and body.
/// An office may also be of a state's own institution (`org:mfa:RUS`); `generic` holds their slugs.
pub(super) fn holders(entries: &[Entry], by_id: &FxHashMap<String, EntryId>, generic: &[&str]) -> Result<Holders> {
    let institution =
        |id: &str| id.strip_prefix("org:").and_then(|i| i.split_once(':')).is_some_and(|(s, _)| generic.contains(&s));
    let mut holders = Holders::default();
    for (number, entry) in entries.iter().enumerate() {
        if let Some(state) = &entry.stands_for
            && !by_id.contains_key(state)
        {
            return Err(dangling(&entry.id, &format!("stands_for {state}"), "the id of a row"));
        }
        for (which, role) in entry.roles.iter().enumerate() {
            match by_id.get(&role.of) {
                Some(of) => {
                    holders.entry((role.title.clone(), *of)).or_default().push((EntryId(number as u32), which));
                }
                None if institution(&role.of) => {}
                None => {
                    let found = format!("role {:?}", role.text);
                    return Err(dangling(&entry.id, &found, "the id of a row after \"of\""));
                }
            }
        }
    }
    Ok(holders)
}

fn dangling(id: &str, found: &str, expected: &str) -> Error {
    Error::Data { place: format!("gazetteer row {id}"), found: found.to_owned(), expected: expected.to_owned() }
}
