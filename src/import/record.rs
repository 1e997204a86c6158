//! What the columns of a table say of one entity in; its row, and what could not be understood, out.

use super::Desk;
use super::codes;
use super::row::{Flag, Name, Row};
use crate::analysis::EntityType;
use crate::gazetteer::{AliasKind, countries};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Ids that were made of names, by their hash: two entities of one name get two ids. Grows by some 16 bytes a row.
#[derive(Default)]
pub(super) struct Slugs(FxHashMap<u64, u32>);

impl Slugs {
    fn make(&mut self, file: &Path, name: &str) -> String {
        let list = slug(&file.file_stem().unwrap_or_default().to_string_lossy());
        let list = list.split('-').next().filter(|stem| !stem.is_empty()).unwrap_or("list").to_owned();
        let id = format!("{list}:{}", slug(name));
        let mut hash = FxHasher::default();
        id.hash(&mut hash);
        let times = self.0.entry(hash.finish()).or_default();
        *times += 1;
        if *times == 1 { id } else { format!("{id}-{times}") }
    }
}

/// Small ASCII letters and digits with hyphens; what has none of them is told by its code points.
fn slug(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.is_empty() {
        true => text.chars().take(12).map(|c| format!("{:x}", c as u32)).collect::<Vec<_>>().join("-"),
        false => words.join("-"),
    }
}

/// The values of a record by column of ours.
pub(super) struct Record<V: Fn(&str) -> Vec<String>> {
    values: V,
    /// Column, what stands there, and what should.
    pub faults: Vec<(&'static str, String, String)>,
}

impl<V: Fn(&str) -> Vec<String>> Record<V> {
    pub fn new(values: V) -> Self {
        Self { values, faults: Vec::new() }
    }

    fn text(&self, column: &str) -> String {
        (self.values)(column).into_iter().next().unwrap_or_default()
    }

    fn fault(&mut self, column: &'static str, found: impl Into<String>, expected: impl Into<String>) {
        self.faults.push((column, found.into(), expected.into()));
    }

    /// The row; `None` where it is not wanted, or has no name or type.
    pub fn row(&mut self, desk: &mut Desk, slugs: &mut Slugs, file: &Path) -> Option<Row> {
        let name = self.text("name");
        if name.is_empty() {
            self.fault("name", "no name", "a name in every row");
            return None;
        }
        let entity_type = self.entity_type(desk)?;
        let country = self.country();
        let (wikidata, geonames) = (self.text("wikidata"), self.text("geonames"));
        let wikidata = wikidata.rsplit('/').next().unwrap_or_default().to_owned();
        if !desk.options.wants_country(&country) {
            desk.leave_out("of other countries");
            return None;
        }
        let population = self.population();
        if entity_type == EntityType::Place && population < desk.options.min_population {
            desk.leave_out("with fewer people");
            return None;
        }
        let listed = desk.known.item(&wikidata).or_else(|| desk.known.place(&geonames)).map(str::to_owned);
        if listed.is_some() && !desk.options.keep_listed {
            desk.leave_out("in the lists already");
            return None;
        }
        Some(Row {
            id: listed.unwrap_or_else(|| self.id(slugs, file, &name, &wikidata)),
            entity_type: Some(entity_type),
            country,
            sector: self.text("sector"),
            gender: self.gender(),
            stands_for: self.text("stands_for"),
            admin: self.text("admin"),
            place: self.place(),
            population,
            prior: self.prior(),
            members: (self.values)("members").join("; "),
            valid: self.text("valid"),
            aliases: self.aliases(desk),
            roles: (self.values)("roles"),
            wikidata,
            geonames,
            name,
            ..Row::default()
        })
    }

    fn entity_type(&mut self, desk: &Desk) -> Option<EntityType> {
        let written = self.text("type");
        let found = codes::entity_type(&written).or_else(|| codes::type_of_word(&written)).or(desk.options.entity_type);
        if found.is_none() {
            let found = if written.is_empty() { "no type".to_owned() } else { format!("the type {written:?}") };
            self.fault("type", found, "PERSON, PLACE, ORG, FACILITY, EVENT or OTHER, or --type for all rows");
        }
        found
    }

    fn id(&self, slugs: &mut Slugs, file: &Path, name: &str, wikidata: &str) -> String {
        let given = self.text("id");
        let sound = given.contains(':') && !given.contains(char::is_whitespace);
        match () {
            () if sound => given,
            () if !wikidata.is_empty() => format!("wikidata:{wikidata}"),
            () if !given.is_empty() => slugs.make(file, &given),
            () => slugs.make(file, name),
        }
    }

    fn country(&mut self) -> String {
        let written = self.text("country");
        let known =
            countries().of(&written).or_else(|| ["IGO", "NGO", "MNC"].into_iter().find(|code| *code == written));
        if known.is_none() && !written.is_empty() {
            let found = format!("the country {written:?}");
            self.fault("country", found, "an ISO 3166 code or an English name; the row is kept without it");
        }
        known.unwrap_or_default().to_owned()
    }

    fn gender(&mut self) -> &'static str {
        let written = self.text("gender").to_lowercase();
        match written.as_str() {
            "" => "",
            "m" | "male" | "man" => "m",
            "f" | "female" | "woman" => "f",
            _ => {
                let found = format!("the gender {written:?}");
                self.fault("gender", found, "m or f; the row is kept without it");
                ""
            }
        }
    }

    fn place(&mut self) -> Option<(String, String)> {
        let (lat, lon) = (self.text("lat"), self.text("lon"));
        let within = |cell: &str, most: f64| cell.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
        if lat.is_empty() && lon.is_empty() {
            return None;
        }
        if !within(&lat, 90.0) || !within(&lon, 180.0) {
            let found = format!("the place {lat:?}, {lon:?}");
            self.fault("lat", found, "degrees north and degrees east; the row is kept without it");
            return None;
        }
        Some((lat, lon))
    }

    fn population(&mut self) -> u64 {
        let written: String =
            self.text("population").chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '\'')).collect();
        let number = written.parse().ok();
        if number.is_none() && !written.is_empty() {
            let found = format!("the population {written:?}");
            self.fault("population", found, "a whole number; the row is kept without it");
        }
        number.unwrap_or(0)
    }

    /// 0 to 1000, or a share of 1.
    fn prior(&mut self) -> u32 {
        let written = self.text("prior");
        let number = written.parse::<f64>().ok().filter(|n| (0.0..=1000.0).contains(n));
        if number.is_none() && !written.is_empty() {
            let found = format!("the prior {written:?}");
            self.fault("prior", found, "a number from 0 to 1000; the row is kept without it");
        }
        let number = number.unwrap_or(0.0);
        (if written.contains('.') && number <= 1.0 { number * 1000.0 } else { number }).round() as u32
    }

    fn aliases(&self, desk: &Desk) -> Vec<Name> {
        let split = |cell: String| -> Vec<String> {
            match &desk.options.list_separator {
                Some(separator) => cell.split(separator.as_str()).map(str::to_owned).collect(),
                None if cell.contains(';') => cell.split(';').map(str::to_owned).collect(),
                None => vec![cell],
            }
        };
        let cells = (self.values)("aliases").into_iter().flat_map(split);
        cells.flat_map(|cell| alias(cell.trim())).filter(|name| !name.text.is_empty()).collect()
    }
}

/// `text|kind|flags` of our own lists, else one name for each bar.
fn alias(cell: &str) -> Vec<Name> {
    let mut parts = cell.split('|').map(str::trim);
    let text = parts.next().unwrap_or_default();
    match parts.next().map(AliasKind::parse) {
        Some(Some(kind)) => {
            let flags: Vec<&str> = parts.flat_map(|part| part.split(',')).map(str::trim).collect();
            let flag = match () {
                () if flags.contains(&"context") => Flag::Context,
                () if flags.contains(&"ambiguous") => Flag::Ambiguous,
                () => Flag::None,
            };
            vec![Name { text: text.to_owned(), kind, flag }]
        }
        _ => cell.split('|').map(|text| Name::new(text.trim(), AliasKind::Name)).collect(),
    }
}
