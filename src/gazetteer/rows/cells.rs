//! A cell of a list in, the value that it stands for out.

use super::entity::{AliasKind, AliasRow, Gender, MemberRow, RoleRow};
use super::term::Term;
use super::tsv::Line;
use super::{EntityType, Fault};
use std::str::FromStr;

pub(super) fn entity_type(line: &Line) -> Result<EntityType, Fault> {
    let name = line.cell("type");
    EntityType::parse(name)
        .ok_or_else(|| line.fault(name, format!("type {name:?}"), "PERSON, PLACE, ORG, FACILITY, EVENT or OTHER"))
}

pub(super) fn gender(line: &Line) -> Result<Option<Gender>, Fault> {
    match line.cell("gender") {
        "m" => Ok(Some(Gender::Male)),
        "f" => Ok(Some(Gender::Female)),
        "" => Ok(None),
        other => Err(line.fault(other, format!("gender {other:?}"), "m, f or nothing")),
    }
}

/// A number within bounds, or nothing.
pub(super) fn number<N>(line: &Line, column: &str, least: N, most: N) -> Result<Option<N>, Fault>
where
    N: FromStr + PartialOrd + std::fmt::Display + Copy,
{
    let cell = line.cell(column);
    if cell.is_empty() {
        return Ok(None);
    }
    let number = cell.parse::<N>().ok().filter(|n| *n >= least && *n <= most);
    let fault =
        || line.fault(cell, format!("{column} {cell:?}"), &format!("a number from {least} to {most}, or nothing"));
    number.map(Some).ok_or_else(fault)
}

/// `text`, `text|kind` or `text|kind|flag,flag`.
pub(super) fn alias(line: &Line, written: &str) -> Result<AliasRow, Fault> {
    let mut parts = written.split('|').map(str::trim);
    let mut alias = AliasRow::plain(parts.next().unwrap_or_default());
    if let Some(word) = parts.next().filter(|word| !word.is_empty()) {
        alias.kind = AliasKind::parse(word).ok_or_else(|| {
            let expected = "name, short, acronym, demonym, metonym, former or surname";
            line.fault(word, format!("alias kind {word:?}"), expected)
        })?;
    }
    for flag in parts.flat_map(|part| part.split(',')).map(str::trim).filter(|flag| !flag.is_empty()) {
        match flag {
            "folded" => alias.folded = true,
            "context" => alias.context = true,
            "article" => alias.article = true,
            "ambiguous" => alias.ambiguous = true,
            _ => {
                return Err(line.fault(flag, format!("alias flag {flag:?}"), "folded, context, article or ambiguous"));
            }
        }
    }
    Ok(alias)
}

/// `title of ID`, then perhaps `START..END`, then perhaps the sources that the dates were checked against: ` @one @two`.
pub(super) fn role(line: &Line, written: &str) -> Result<RoleRow, Fault> {
    let fault = |at: &str| line.fault(at, format!("role {written:?}"), "\"title of ID START..END @SOURCE\"");
    let (shown, sources) =
        written.split_once('@').map_or((written, None), |(shown, rest)| (shown.trim_end(), Some(rest)));
    let (title, rest) = shown.rsplit_once(" of ").ok_or_else(|| fault(written))?;
    let (of, dates) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
    let term = match dates.trim() {
        "" => None,
        dates => Some(Term::parse(dates).ok_or_else(|| fault(dates))?),
    };
    let sources: Vec<String> = sources
        .map(|names| names.split(['@', ' ']).filter(|name| !name.is_empty()).map(str::to_owned).collect())
        .unwrap_or_default();
    // A row without a source is older than the marks: nobody says what its dates were checked against.
    let term = term.map(|term| if sources.is_empty() { term.unchecked() } else { term });
    Ok(RoleRow { title: title.trim().to_owned(), of: of.to_owned(), term, sources, text: shown.to_owned() })
}

/// `ID` or `ID START..END`.
pub(super) fn member(line: &Line, written: &str) -> Result<MemberRow, Fault> {
    let (id, dates) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
    Ok(MemberRow { id: id.to_owned(), term: term(line, dates)? })
}

/// `START..END` or nothing.
pub(super) fn term(line: &Line, written: &str) -> Result<Option<Term>, Fault> {
    match written.trim() {
        "" => Ok(None),
        dates => {
            let fault =
                || line.fault(dates, format!("dates {dates:?}"), "START..END, each a year, month, day or nothing");
            Term::parse(dates).map(Some).ok_or_else(fault)
        }
    }
}
