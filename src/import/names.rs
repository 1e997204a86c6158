//! GeoNames' `alternateNamesV2.txt` in; the names of a place with what is known of each out.

use super::Desk;
use super::row::{Name, Row};
use super::sort::Sorter;
use crate::error::{Error, Result};
use crate::gazetteer::AliasKind;
use std::path::Path;

/// A name of a place as the file tells it.
#[derive(Debug)]
pub(super) struct Given {
    sort: Sort,
    english: bool,
    preferred: bool,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Name,
    Short,
    Colloquial,
    Historic,
    Abbreviation,
    /// Its item in Wikidata.
    Item,
}

const SORTS: [Sort; 6] = [Sort::Name, Sort::Short, Sort::Colloquial, Sort::Historic, Sort::Abbreviation, Sort::Item];

impl Given {
    /// What [`collect`] wrote.
    pub fn read(record: &[u8]) -> Option<Self> {
        let (&[sort, english, preferred], text) = record.split_first_chunk::<3>()?;
        let text = String::from_utf8(text.to_vec()).ok()?;
        Some(Self { sort: *SORTS.get(usize::from(sort))?, english: english == 1, preferred: preferred == 1, text })
    }
}

/// Puts the wanted names of the file into the sorter, by the number of their place.
pub(super) fn collect(desk: &mut Desk, file: &Path, sorter: &mut Sorter) -> Result<()> {
    let Some(mut lines) = desk.open(file) else { return Ok(()) };
    while let Some(line) = lines.next() {
        desk.read_one();
        let taken = match line {
            Err(error) => Err(error),
            Ok(line) if line.is_empty() || line.starts_with('#') => continue,
            Ok(line) => match parse(line) {
                None => {
                    let found = format!("{} columns", line.split('\t').count());
                    Err(lines.fault(0, found, "4 to 10 columns of alternateNamesV2.txt, with numbers in the first two"))
                }
                Some(name) => Ok(put(desk, sorter, &name)?),
            },
        };
        if let Err(error) = taken {
            desk.fault(error);
        }
    }
    Ok(())
}

/// Whether a line is one of this file.
pub(super) fn is_name(line: &str) -> bool {
    parse(line).is_some()
}

struct Line<'a> {
    place: u64,
    language: &'a str,
    text: &'a str,
    preferred: bool,
    short: bool,
    colloquial: bool,
    /// Marked so, or in use up to a day.
    historic: bool,
}

fn parse(line: &str) -> Option<Line<'_>> {
    let mut cells = [""; 10];
    let mut parts = line.split('\t');
    let mut given = 0;
    for (cell, part) in cells.iter_mut().zip(&mut parts) {
        *cell = part;
        given += 1;
    }
    let [number, place, language, text, preferred, short, colloquial, historic, _, until] = cells;
    let sound = given >= 4 && parts.next().is_none() && number.parse::<u64>().is_ok();
    let place = place.parse().ok().filter(|_| sound)?;
    let historic = historic == "1" || !until.is_empty();
    Some(Line {
        place,
        language,
        text,
        preferred: preferred == "1",
        short: short == "1",
        colloquial: colloquial == "1",
        historic,
    })
}

fn put(desk: &mut Desk, sorter: &mut Sorter, name: &Line) -> Result<()> {
    let sort = match name.language {
        "wkdt" => Sort::Item,
        "abbr" => Sort::Abbreviation,
        "" | "en" => sort(name),
        code if desk.options.wants_language(code) => sort(name),
        _ => {
            desk.leave_out("names in other languages, links and codes");
            return Ok(());
        }
    };
    if name.language.is_empty() && !is_latin(name.text) {
        desk.leave_out("names in other scripts that tell no language");
        return Ok(());
    }
    let flags = [sort as u8, u8::from(name.language == "en"), u8::from(name.preferred)];
    let on_disk = |source| Error::Io { path: std::env::temp_dir(), source };
    sorter.push(name.place, &[&flags, name.text.as_bytes()]).map_err(on_disk)
}

fn sort(name: &Line) -> Sort {
    match () {
        () if name.historic => Sort::Historic,
        () if name.colloquial => Sort::Colloquial,
        () if name.short => Sort::Short,
        () => Sort::Name,
    }
}

/// Gives the row its names: the preferred English one is what English reports write, so it is the canonical one.
pub(super) fn apply(names: Vec<Given>, row: &mut Row) {
    let preferred = names.iter().find(|name| name.sort == Sort::Name && name.english && name.preferred);
    if let Some(preferred) = preferred {
        let local = std::mem::replace(&mut row.name, preferred.text.clone());
        row.aliases.push(Name::new(local, AliasKind::Name));
    }
    for name in names {
        row.aliases.push(match name.sort {
            Sort::Item => {
                row.wikidata = name.text;
                continue;
            }
            Sort::Name => Name::new(name.text, AliasKind::Name),
            Sort::Short => Name::new(name.text, AliasKind::Short),
            // "The Big Smoke": nobody's name by itself.
            Sort::Colloquial => Name::in_context(name.text, AliasKind::Short),
            Sort::Historic => Name::new(name.text, AliasKind::Former),
            Sort::Abbreviation => Name::in_context(name.text, AliasKind::Acronym),
        });
    }
}

/// Whether English reports could write it: no letter beyond the Latin ones.
pub(super) fn is_latin(name: &str) -> bool {
    name.chars().all(|c| {
        !c.is_alphabetic() || (c as u32) < 0x250 || matches!(c, '\u{1e00}'..='\u{1eff}' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ')
    })
}
