//! A file of grades in; how far each outlet can be relied on, by whichever of its names, out. Grades are the user's opinion: no
//! database holds them.

use super::Session;
use super::config::here;
use crate::error::{Error, Result, place_in, shown};
use crate::graph::Store;
use clap::ValueEnum;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reliability of a source on the Admiralty scale, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[value(rename_all = "UPPER")]
pub enum Grade {
    /// Completely reliable: no doubt of its trustworthiness
    A,
    /// Usually reliable: little doubt, mostly right so far
    B,
    /// Fairly reliable: some doubt, right more often than not
    C,
    /// Not usually reliable: much doubt, seldom right so far
    D,
    /// Unreliable: known to be wrong
    E,
    /// Its reliability cannot be judged: looked at, and not known enough
    F,
}

/// One outlet: its grade and every spelling of its name, the one to show first.
#[derive(Clone, Debug)]
pub struct Outlet {
    pub name: String,
    pub grade: Grade,
    also: Vec<String>,
    /// File, line and column.
    place: String,
}

#[derive(Clone, Debug, Default)]
pub struct Grades {
    outlets: Vec<Outlet>,
    /// Spellings in small letters.
    by_name: BTreeMap<String, usize>,
}

const FILES: [&str; 2] = ["wiregraph.toml", "sources.toml"];
const TABLE: &str = "sources";
const ENTRY: &str = "a line such as: \"AFP\" = \"A\", or \"AFP\" = { grade = \"A\", also = [\"Agence France-Presse\"] }; \
                     a name with a dot or a blank stands in quotes";

impl Grades {
    /// The grades that hold here: those of `--sources`, else of the nearest folder upward that has any.
    ///
    /// # Errors
    /// [`Error::Data`] with file, line and column for what is no grade or stands twice.
    pub fn of(session: &Session) -> Result<Self> {
        match &session.sources {
            Some(path) => Self::parse(path, &text(path)?),
            None => Self::nearest(),
        }
    }

    pub fn nearest() -> Result<Self> {
        for folder in here()?.ancestors() {
            let mut found: Vec<(PathBuf, Self)> = Vec::new();
            for path in FILES.map(|file| folder.join(file)).into_iter().filter(|path| path.is_file()) {
                let text = text(&path)?;
                let grades = Self::parse(&path, &text)?;
                if !grades.is_empty() || path.ends_with(FILES[1]) {
                    found.push((path, grades));
                }
            }
            match found.len() {
                0 => {}
                1 => return Ok(found.remove(0).1),
                _ => {
                    return Err(Error::Data {
                        place: shown(&found[0].0),
                        found: format!("grades here and in {}", shown(&found[1].0)),
                        expected: "them in one of the two, so that none is overlooked".into(),
                    });
                }
            }
        }
        Ok(Self::default())
    }

    fn parse(path: &Path, text: &str) -> Result<Self> {
        let source = Source { path, text };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            source.error(at, error.message().to_owned(), ENTRY)
        })?;
        let mut grades = Self::default();
        for (name, value) in table.into_inner() {
            match value.get_ref() {
                // In wiregraph.toml it may be the setting of --sources.
                _ if *name.get_ref() != TABLE => {}
                DeValue::Table(outlets) => {
                    for (name, value) in outlets.iter() {
                        grades.add(source.outlet(name, value)?, &source, name.span().start)?;
                    }
                }
                _ if path.ends_with(FILES[0]) => {}
                _ => return Err(source.error(value.span().start, "no table".into(), ENTRY)),
            }
        }
        Ok(grades)
    }

    fn add(&mut self, outlet: Outlet, source: &Source, at: usize) -> Result<()> {
        for name in outlet.spellings() {
            if let Some(&other) = self.by_name.get(&folded(name)) {
                let found = format!("\"{name}\" is graded already, at {}", self.outlets[other].place);
                return Err(source.error(at, found, "each name once, whatever the case of its letters"));
            }
        }
        for name in outlet.spellings() {
            self.by_name.insert(folded(name), self.outlets.len());
        }
        self.outlets.push(outlet);
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.outlets.is_empty()
    }

    /// The outlet that a name means, if it is graded.
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        self.by_name.get(&folded(name)).map(|&at| &self.outlets[at])
    }

    /// The grade of a report's source.
    pub fn grade(&self, source: Option<&str>) -> Option<Grade> {
        source.and_then(|source| self.outlet(source)).map(|outlet| outlet.grade)
    }

    /// What no report is of: the outlet's name, its place, and the source of a report that it is like.
    pub fn unused<'a>(&'a self, sources: &'a [String]) -> Vec<(&'a Outlet, Option<&'a str>)> {
        let used = |outlet: &Outlet| {
            sources.iter().any(|source| self.outlet(source).is_some_and(|own| own.name == outlet.name))
        };
        self.outlets
            .iter()
            .filter(|outlet| !used(outlet))
            .map(|outlet| (outlet, alike(sources, &outlet.name)))
            .collect()
    }
}

impl Outlet {
    fn spellings(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.also)
    }

    pub fn place(&self) -> &str {
        &self.place
    }
}

/// A file of grades, for messages that say where.
struct Source<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Source<'_> {
    fn outlet(&self, name: &Spanned<toml::de::DeString>, value: &Spanned<DeValue>) -> Result<Outlet> {
        let (mut also, place) = (Vec::new(), self.place(name.span().start));
        let name = name.get_ref().trim().to_owned();
        let grade = match value.get_ref() {
            DeValue::Table(parts) => {
                let mut grade = None;
                for (key, part) in parts.iter() {
                    match (&**key.get_ref(), part.get_ref()) {
                        ("grade", _) => grade = Some(self.grade(part)?),
                        ("also", DeValue::Array(names)) => {
                            for name in names.iter() {
                                also.push(self.word(name, "a name in quotes")?.trim().to_owned());
                            }
                        }
                        ("also", _) => {
                            return Err(self.error(
                                part.span().start,
                                "no list".into(),
                                "also = [\"another spelling\"]",
                            ));
                        }
                        (other, _) => return Err(self.error(key.span().start, format!("\"{other}\""), ENTRY)),
                    }
                }
                grade.ok_or_else(|| self.error(value.span().start, format!("no grade for \"{name}\""), ENTRY))?
            }
            _ => self.grade(value)?,
        };
        Ok(Outlet { name, grade, also, place })
    }

    fn grade(&self, value: &Spanned<DeValue>) -> Result<Grade> {
        let expected = "A, B, C, D, E or F (`wiregraph sources --help` tells what they mean)";
        let word = self.word(value, expected)?;
        let found = || format!("\"{word}\" is no grade");
        Grade::from_str(word.trim(), true).map_err(|_| self.error(value.span().start, found(), expected))
    }

    fn word<'b>(&self, value: &'b Spanned<DeValue>, expected: &str) -> Result<&'b str> {
        match value.get_ref() {
            DeValue::String(word) => Ok(word),
            _ => Err(self.error(value.span().start, self.text[value.span()].to_owned(), expected)),
        }
    }

    fn place(&self, at: usize) -> String {
        place_in(&shown(self.path), self.text, at)
    }

    fn error(&self, at: usize, found: String, expected: &str) -> Error {
        Error::Data { place: self.place(at), found, expected: expected.into() }
    }
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_path_buf(), source })
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

const LIKENESS: f64 = 0.7;

/// The one of the names that is most like another, if any is.
pub fn alike<'a>(names: &'a [String], wanted: &str) -> Option<&'a str> {
    let wanted = folded(wanted);
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&folded(name), &wanted);
    let best = names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) >= LIKENESS).then_some(best)
}

/// The distinct sources that reports name.
pub fn sources(store: &Store) -> Result<Vec<String>> {
    let mut query =
        store.connection().prepare("SELECT DISTINCT source FROM document WHERE source IS NOT NULL ORDER BY source")?;
    let names = query.query_map([], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades(text: &str) -> Result<Grades> {
        Grades::parse(Path::new("sources.toml"), text)
    }

    #[test]
    fn an_outlet_is_found_by_each_of_its_names_in_any_case() {
        let text = "[sources]\nTASS = \"d\"\n\"AFP\" = { grade = \"B\", also = [\"Agence France-Presse\"] }\n";
        let grades = grades(text).unwrap();
        assert_eq!(grades.grade(Some("agence france-presse")), Some(Grade::B));
        assert_eq!(grades.outlet("afp").unwrap().name, "AFP");
        assert_eq!(grades.grade(Some("Tass")), Some(Grade::D));
        assert_eq!(grades.grade(None), None);
        assert!(Grade::A < Grade::F);
    }

    #[test]
    fn a_slip_is_named_with_its_place() {
        for (line, words) in [
            ("AFP = \"G\"", ":2:7: \"G\" is no grade; expected A, B, C, D, E or F"),
            ("AFP = 1", ":2:7: 1; expected A, B"),
            ("reuters.com = \"A\"", ":2:9: \"com\"; expected a line such as"),
            ("AFP = { also = [\"x\"] }", ":2:7: no grade for \"AFP\""),
            ("AFP = { grade = \"A\", also = \"x\" }", ":2:29: no list"),
            (
                "AFP = \"A\"\nTASS = { grade = \"B\", also = [\"afp\"] }",
                ":3:1: \"afp\" is graded already, at sources.toml:2:1",
            ),
            ("AFP = ", "sources.toml:2:"),
        ] {
            let error = grades(&format!("[sources]\n{line}\n")).unwrap_err();
            assert!(error.to_string().contains(words), "{line}: {error}");
            assert_eq!(error.exit_code(), 2);
        }
    }
}
