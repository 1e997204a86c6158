//! Lists of others in; a list of our own format, with a word on what was read, kept and left out, out.

use crate::analysis::EntityType;
use crate::cli::output::{self, say};
use crate::cli::progress::Progress;
use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, is_everyday_word};
use crate::import::{Desk, Event, Form, Known, Options, Sheet, Summary};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::io::{BufWriter, IsTerminal, Write, stdout};
use std::path::{Path, PathBuf};

/// Faults that are shown one by one; of more the number is told.
const SHOWN: u64 = 50;
/// Unknown classes and offices that are shown.
const MOST: usize = 10;

/// Turn lists of others into a list of names: GeoNames, Wikidata, or any table
#[derive(Args)]
#[command(after_help = READ)]
pub struct Import {
    /// Files, as they are or packed (.gz, .zst), or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Whose format it is
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Format,
    /// Where the list goes; without it, to standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Languages of names beside English, as the source writes them (fr, de, uk ...)
    #[arg(long, value_name = "CODE,...", value_delimiter = ',')]
    language: Vec<String>,
    /// Leave places with fewer people out; where nothing is told, it is 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_population: u64,
    /// Only these GeoNames classes (P, A) or class and code (P.PPLC)
    #[arg(long, value_name = "CLASS,...", value_delimiter = ',')]
    feature: Vec<String>,
    /// Only these countries: ISO 3166 codes or English names
    #[arg(long, value_name = "CODE,...", value_delimiter = ',')]
    country: Vec<String>,
    /// Also what the lists have already (by Wikidata or GeoNames number)
    #[arg(long)]
    keep_listed: bool,
    /// Dates of offices count as checked against this source (an id of sources.tsv); without it, as unchecked
    #[arg(long, value_name = "SOURCE")]
    checked: Option<String>,
    /// Columns of a table: OURS=THEIRS for those whose heading does not tell
    #[arg(long, value_name = "OURS=THEIRS,...", value_delimiter = ',', value_parser = pair)]
    map: Vec<(String, String)>,
    /// What stands between the columns of a table (tab for a tabulator); without it, the header tells
    #[arg(long, value_name = "CHAR", value_parser = separator)]
    separator: Option<char>,
    /// What stands between the names in one cell; without it, a semicolon or bar
    #[arg(long, value_name = "TEXT")]
    list_separator: Option<String>,
    /// What rows of a table are that do not tell
    #[arg(long = "type", value_name = "TYPE", value_parser = entity_type)]
    entity_type: Option<EntityType>,
}

const READ: &str = "\
Reads:  geonames   allCountries.txt, a country's file or cities500.txt; with alternateNamesV2.txt beside it, the names that
                   it marks as English, without a language, or of --language, with what it tells of each
        wikidata   an item a line, as in latest-all.json.gz or as JSON lines
        table      .tsv or .csv with a header, .jsonl with an object a line: columns are found by their headings, or told by --map

Rows are written in the gazetteer's own format, to be read over, corrected, and named by --gazetteer. Memory is bounded: 64 MiB
for places and 64 MiB for names while they are joined, the rest of both on disk (TMPDIR).

Example:
  wiregraph gazetteer import --format geonames allCountries.txt alternateNamesV2.txt --min-population 5000 -o places.tsv";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Geonames,
    Wikidata,
    Table,
}

impl Import {
    pub fn run(self) -> Result<u8> {
        let form = match self.format {
            Format::Geonames => Form::Geonames,
            Format::Wikidata => Form::Wikidata,
            Format::Table => Form::Table,
        };
        let options = self.options()?;
        let known = known(&Gazetteer::embedded()?);
        let summary = match &self.out {
            Some(path) => self.write_file(path, form, &options, &known)?,
            None => {
                let mut out = output::stdout();
                let summary = self.write(form, &options, &known, &mut out)?;
                out.flush()?;
                summary
            }
        };
        self.tell(&summary);
        Ok(if summary.faults > 0 { 3 } else { u8::from(summary.written.rows == 0) })
    }

    /// A file of that name is replaced when the whole list is written.
    fn write_file(&self, path: &Path, form: Form, options: &Options, known: &Known) -> Result<Summary> {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        let mut file = BufWriter::with_capacity(1 << 18, super::replacement(path).map_err(failed)?);
        let summary = self.write(form, options, known, &mut file)?;
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.persist(path).map_err(|error| failed(error.error))?;
        Ok(summary)
    }

    fn options(&self) -> Result<Options> {
        let country = |name: &String| {
            let unknown =
                || format!("no country is called {name:?}; expected a code such as FR or FRA, or an English name");
            crate::import::country(name).map(str::to_owned).ok_or_else(|| Error::Usage(unknown()))
        };
        Ok(Options {
            languages: self.language.clone(),
            min_population: self.min_population,
            features: self.feature.clone(),
            countries: self.country.iter().map(country).collect::<Result<_>>()?,
            keep_listed: self.keep_listed,
            checked: self.checked.clone(),
            map: self.map.clone(),
            separator: self.separator,
            list_separator: self.list_separator.clone(),
            entity_type: self.entity_type,
        })
    }

    fn write(&self, form: Form, options: &Options, known: &Known, out: &mut dyn Write) -> Result<Summary> {
        let progress = Progress::new("lines", self.out.is_some() || !stdout().is_terminal());
        let mut shown = 0;
        let mut told = |event: Event| match event {
            Event::Read(lines) => progress.steps(lines),
            Event::Fault(error) => {
                shown += 1;
                if shown <= SHOWN {
                    progress.aside(|| say(format!("failed: {error}")));
                }
            }
        };

        let summary =
            Desk::new(options, known, Sheet::new(out, &is_everyday_word), &mut told).import(form, &self.files);
        progress.end();
        summary
    }

    fn tell(&self, summary: &Summary) {
        if summary.faults > SHOWN {
            say(format!("failed: {} more lines", summary.faults - SHOWN));
        }
        let (written, to) = (summary.written, self.out.as_deref().map_or_else(String::new, shown));
        say(format!("{to}{} entities, {} aliases from {} lines", written.rows, written.aliases, summary.read));
        for (reason, count) in &summary.left_out {
            say(format!("left out: {count} {reason}"));
        }
        let rest = "rows of rules/lists/wikidata-types.tsv would say what they are";
        most("classes", &summary.classes, rest);
        most(
            "offices",
            &summary.positions,
            "they stand in comment lines; rows of wikidata-positions.tsv would make them roles",
        );
        if written.unusable > 0 {
            say(format!(
                "left out: {} aliases with a comma, semicolon or bar, without a letter, or too long",
                written.unusable
            ));
        }
        if written.common > 0 {
            say(format!("flagged as ambiguous: {} aliases that are everyday English words", written.common));
        }
    }
}

/// "classes met most: Q4167836 (120), ..."
fn most(what: &str, counted: &BTreeMap<String, u64>, advice: &str) {
    let mut counted: Vec<(&String, &u64)> = counted.iter().collect();
    counted.sort_by_key(|(item, count)| (std::cmp::Reverse(**count), item.as_str()));
    if !counted.is_empty() {
        let shown: Vec<String> = counted.iter().take(MOST).map(|(item, count)| format!("{item} ({count})")).collect();
        let more = if counted.len() > MOST { format!(" and {} more", counted.len() - MOST) } else { String::new() };
        say(format!("unknown {what}: {}{more}; {advice}", shown.join(", ")));
    }
}

/// Entities that the lists have.
fn known(lists: &Gazetteer) -> Known {
    let mut known = Known::default();
    lists.entries().for_each(|entry| known.add(entry.id(), entry.wikidata(), entry.geonames()));
    known
}

fn pair(text: &str) -> std::result::Result<(String, String), String> {
    let pair = text.split_once('=').map(|(ours, theirs)| (ours.trim().to_owned(), theirs.trim().to_owned()));
    pair.ok_or_else(|| "expected a column of a list, =, and what the table calls it: name=Label".to_owned())
}

fn separator(text: &str) -> std::result::Result<char, String> {
    let mut letters = text.chars();
    match (text, letters.next(), letters.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(one), None) if one != '"' => Ok(one),
        _ => Err("expected one character, or tab".to_owned()),
    }
}

fn entity_type(text: &str) -> std::result::Result<EntityType, String> {
    crate::import::entity_type(text).ok_or_else(|| "expected PERSON, PLACE, ORG, FACILITY, EVENT or OTHER".to_owned())
}

fn shown(path: &Path) -> String {
    format!("{}: ", crate::error::shown(path))
}
