//! GeoNames' `allCountries.txt` (or a part of it) in, with `alternateNamesV2.txt` where it is given; places out.

use super::codes;
use super::lines::Lines;
use super::names::{self, Given};
use super::row::{Name, Row};
use super::sort::{Sorted, Sorter};
use super::{Desk, Options};
use crate::error::{Error, Result};
use crate::gazetteer::{AliasKind, countries};
use rustc_hash::FxHashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Columns of a line about a place.
const WIDTH: usize = 19;

/// Names of first-level regions by country and code (`RU`, `05`).
type Regions = FxHashMap<(String, String), String>;

pub(super) fn import(desk: &mut Desk, files: &[PathBuf]) -> Result<()> {
    let mut places = Vec::new();
    let mut names = Vec::new();
    for file in files {
        match has_names(file) {
            Ok(true) => names.push(file.as_path()),
            Ok(false) => places.push(file.as_path()),
            Err(error) => desk.fault(error),
        }
    }
    if let ([], [names, ..]) = (&places[..], &names[..]) {
        let names = names.display();
        return Err(Error::Usage(format!("{names} has names only: give the places (allCountries.txt) beside it")));
    }
    let regions = regions(&places);
    match names.is_empty() {
        true => plain(desk, &places, &regions),
        false => joined(desk, &places, &names, &regions),
    }
}

/// Whether the first line that can be read tells a name; standard input is a list of places.
fn has_names(file: &Path) -> Result<bool> {
    if file == Path::new("-") {
        return Ok(false);
    }
    let mut lines = Lines::open(file)?;
    Ok(lines.next().and_then(Result::ok).is_some_and(names::is_name))
}

/// A first pass that looks at regions only. What is wrong with a file or line, the second pass tells.
fn regions(files: &[&Path]) -> Regions {
    let mut regions = Regions::default();
    for file in files.iter().filter(|file| **file != Path::new("-")) {
        let Ok(mut lines) = Lines::open(file) else { continue };
        while let Some(line) = lines.next() {
            let Some(line) = line.ok().filter(|line| line.contains("\tADM1\t")) else { continue };
            if let Some(place) = Place::parse(line).filter(|place| place.code == "ADM1") {
                regions.insert((place.country.to_owned(), place.admin1.to_owned()), place.ascii_name().to_owned());
            }
        }
    }
    regions
}

/// Places with the names in their own lines, in the order of the files.
fn plain(desk: &mut Desk, files: &[&Path], regions: &Regions) -> Result<()> {
    each_place(desk, files, |desk, place, _| {
        let row = place.row(desk, regions, place.own_names());
        desk.put(&row)
    })
}

/// Places with the names that the other file gives, in order of number: both sides are sorted, then read side by side.
fn joined(desk: &mut Desk, places: &[&Path], names: &[&Path], regions: &Regions) -> Result<()> {
    let mut given = Sorter::new();
    for file in names {
        names::collect(desk, file, &mut given)?;
    }
    let mut sorter = Sorter::new();
    each_place(desk, places, |_, place, line| sorter.push(place.number, &[line.as_bytes()]).map_err(on_disk))?;
    let mut given = given.finish().map_err(on_disk)?;
    let mut sorted = sorter.finish().map_err(on_disk)?;
    let mut last = None;
    while let Some((number, line)) = sorted.next().map_err(on_disk)? {
        let Some(place) = std::str::from_utf8(&line).ok().and_then(Place::parse) else { continue };
        if last.replace(number) == Some(number) {
            desk.leave_out("a second line of one number");
            continue;
        }
        let names = of_place(&mut given, number)?;
        let mut row = place.row(desk, regions, Vec::new());
        names::apply(names, &mut row);
        desk.put(&row)?;
    }
    Ok(())
}

/// The names of one place; those of places that are not wanted are passed over.
fn of_place(given: &mut Sorted, number: u64) -> Result<Vec<Given>> {
    let mut names = Vec::new();
    while given.peek().is_some_and(|next| next <= number) {
        let Some((of, record)) = given.next().map_err(on_disk)? else { break };
        names.extend((of == number).then(|| Given::read(&record)).flatten());
    }
    Ok(names)
}

fn on_disk(source: io::Error) -> Error {
    Error::Io { path: std::env::temp_dir(), source }
}

/// Calls `take` with each place that is wanted, and its line.
fn each_place(
    desk: &mut Desk,
    files: &[&Path],
    mut take: impl FnMut(&mut Desk, &Place, &str) -> Result<()>,
) -> Result<()> {
    for file in files {
        let Some(mut lines) = desk.open(file) else { continue };
        while let Some(line) = lines.next() {
            desk.read_one();
            let taken = match line {
                Err(error) => Err(error),
                Ok(line) if line.is_empty() || line.starts_with('#') => continue,
                Ok(line) => match Place::parse(line).map(|place| (place.fault(), place)) {
                    None => {
                        let found = format!("{} columns", line.split('\t').count());
                        Err(lines.fault(0, found, "the 19 columns of allCountries.txt, separated by tabs"))
                    }
                    Some((Some((byte, found, expected)), _)) => Err(lines.fault(byte, found, expected)),
                    Some((None, place)) => match place.unwanted(desk) {
                        Some(reason) => {
                            desk.leave_out(reason);
                            continue;
                        }
                        None => Ok(take(desk, &place, line)?),
                    },
                },
            };
            if let Err(error) = taken {
                desk.fault(error);
            }
        }
    }
    Ok(())
}

/// A line of `allCountries.txt`.
struct Place<'a> {
    line: &'a str,
    id: &'a str,
    number: u64,
    name: &'a str,
    ascii: &'a str,
    others: &'a str,
    lat: &'a str,
    lon: &'a str,
    class: &'a str,
    code: &'a str,
    country: &'a str,
    admin1: &'a str,
    population: &'a str,
}

impl<'a> Place<'a> {
    /// `None` where the columns are not the format's.
    fn parse(line: &'a str) -> Option<Self> {
        let mut cells = [""; WIDTH];
        let mut parts = line.split('\t');
        for cell in &mut cells {
            *cell = parts.next()?;
        }
        if parts.next().is_some() {
            return None;
        }
        let [id, name, ascii, others, lat, lon, class, code, country, _, admin1, _, _, _, population, ..] = cells;
        let number = id.parse().unwrap_or(0);
        Some(Self { line, id, number, name, ascii, others, lat, lon, class, code, country, admin1, population })
    }

    /// Where a cell cannot be right (byte of the line), what stands there, and what should.
    fn fault(&self) -> Option<(usize, String, &'static str)> {
        let at = |cell: &str| cell.as_ptr() as usize - self.line.as_ptr() as usize;
        let degrees = |cell: &str, most: f64| cell.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
        if self.number == 0 {
            Some((0, format!("the number {:?}", self.id), "a GeoNames number"))
        } else if !degrees(self.lat, 90.0) {
            Some((at(self.lat), format!("the latitude {:?}", self.lat), "degrees from -90 to 90"))
        } else if !degrees(self.lon, 180.0) {
            Some((at(self.lon), format!("the longitude {:?}", self.lon), "degrees from -180 to 180"))
        } else if !self.population.is_empty() && self.population.parse::<u64>().is_err() {
            Some((at(self.population), format!("the population {:?}", self.population), "a whole number or nothing"))
        } else {
            None
        }
    }

    fn people(&self) -> u64 {
        self.population.parse().unwrap_or(0)
    }

    /// Why the place stays out.
    fn unwanted(&self, desk: &Desk) -> Option<&'static str> {
        let Options { min_population, keep_listed, .. } = desk.options;
        let iso3 = countries().of_iso2(self.country).unwrap_or_default();
        if codes::feature(self.class, self.code).is_none() {
            Some("of no known feature class")
        } else if !desk.options.wants_feature(self.class, self.code) {
            Some("other features")
        } else if !desk.options.wants_country(iso3) {
            Some("other countries")
        } else if self.people() < *min_population {
            Some("with fewer people")
        } else if !keep_listed && self.is_listed(desk, iso3) {
            Some("in the lists already")
        } else {
            None
        }
    }

    /// By number; states by their code, as the lists know them.
    fn is_listed(&self, desk: &Desk, iso3: &str) -> bool {
        let state = self.code.starts_with("PCL") && self.code != "PCLH" && desk.known.has(&format!("state:{iso3}"));
        state || desk.known.place(self.id).is_some()
    }

    fn ascii_name(&self) -> &'a str {
        if self.name.is_empty() { self.ascii } else { self.name }
    }

    /// The names in the line itself, which tell no language: those in Latin letters.
    fn own_names(&self) -> Vec<Name> {
        let listed = self.others.split(',').filter(|name| names::is_latin(name));
        [self.ascii].into_iter().chain(listed).filter(|name| !name.is_empty()).map(untold).collect()
    }

    fn row(&self, desk: &Desk, regions: &Regions, aliases: Vec<Name>) -> Row {
        let iso3 = countries().of_iso2(self.country).unwrap_or_default();
        let state = format!("state:{iso3}");
        let region = || regions.get(&(self.country.to_owned(), self.admin1.to_owned())).cloned();
        let lies_in = if self.code == "ADM1" || self.admin1.is_empty() { None } else { region() };
        Row {
            id: format!("geo:{}", self.number),
            entity_type: codes::feature(self.class, self.code),
            name: self.ascii_name().to_owned(),
            country: iso3.to_owned(),
            // A capital can speak for its state.
            stands_for: if self.code == "PPLC" && desk.known.has(&state) { state } else { String::new() },
            geonames: self.number.to_string(),
            admin: lies_in.unwrap_or_default(),
            place: Some((self.lat.to_owned(), self.lon.to_owned())),
            population: self.people(),
            aliases,
            ..Row::default()
        }
    }
}

/// Codes of airports and ports stand among the names.
fn untold(name: &str) -> Name {
    let code = name.len() <= 4 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    match code {
        true => Name::in_context(name, AliasKind::Acronym),
        false => Name::new(name, AliasKind::Name),
    }
}
