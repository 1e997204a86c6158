//! What an importer found out about an entity in; a clean line of the gazetteer's own format out.

use crate::analysis::EntityType;
use crate::error::Result;
use crate::gazetteer::{AliasKind, COLUMNS};
use std::fmt::Write as _;
use std::io::Write;
use unicode_normalization::UnicodeNormalization;

/// Characters of a name; a longer one is a description.
const LONGEST_NAME: usize = 160;

/// An entity on its way into a list. Empty cells are unknown.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub id: String,
    pub entity_type: Option<EntityType>,
    pub name: String,
    pub country: String,
    pub sector: String,
    pub gender: &'static str,
    pub stands_for: String,
    pub wikidata: String,
    pub geonames: String,
    pub admin: String,
    /// Latitude and longitude, as the source writes them.
    pub place: Option<(String, String)>,
    pub population: u64,
    /// 0 to 1000; 0 is unknown.
    pub prior: u32,
    pub members: String,
    pub valid: String,
    pub aliases: Vec<Name>,
    pub roles: Vec<String>,
    /// What the source tells and no column holds: comment lines above the row.
    pub notes: Vec<String>,
}

/// An alias on its way into a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub kind: AliasKind,
    pub flag: Flag,
}

/// Why a name does not count by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flag {
    #[default]
    None,
    /// Counts only beside a fuller name.
    Context,
    /// An everyday English word as well.
    Ambiguous,
}

impl Name {
    pub fn new(text: impl Into<String>, kind: AliasKind) -> Self {
        Self { text: text.into(), kind, flag: Flag::None }
    }

    /// Counts only beside a fuller name.
    pub fn in_context(text: impl Into<String>, kind: AliasKind) -> Self {
        Self { text: text.into(), kind, flag: Flag::Context }
    }
}

/// What was written, and what was not, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    /// With the canonical names.
    pub aliases: u64,
    /// Aliases with commas, semicolons or bars, without a letter, or too long: no list can hold them.
    pub unusable: u64,
    /// Names that are everyday English words, flagged as ambiguous.
    pub common: u64,
}

/// Writes the header, then rows.
pub struct Sheet<'a> {
    out: &'a mut dyn Write,
    is_common: &'a dyn Fn(&str) -> bool,
    written: Written,
    line: String,
    cell: String,
}

impl<'a> Sheet<'a> {
    /// `is_common` tells everyday English words, by their small letters.
    pub fn new(out: &'a mut dyn Write, is_common: &'a dyn Fn(&str) -> bool) -> Self {
        Self { out, is_common, written: Written::default(), line: String::new(), cell: String::new() }
    }

    pub fn written(&self) -> Written {
        self.written
    }

    /// Writes the row; `false` where it has no usable name.
    pub fn put(&mut self, row: &Row) -> Result<bool> {
        let name = clean(&row.name);
        let Some(entity_type) = row.entity_type.filter(|_| name.chars().any(char::is_alphanumeric)) else {
            return Ok(false);
        };
        self.aliases(row, &name);
        self.line.clear();
        if self.written.rows == 0 {
            let _ = writeln!(self.line, "{}", COLUMNS.join("\t"));
        }
        for note in &row.notes {
            let _ = writeln!(self.line, "# {}", clean(note));
        }
        let (lat, lon) = row.place.as_ref().map_or(("", ""), |(lat, lon)| (lat, lon));
        let _ = write!(
            self.line,
            "{}\t{}\t{name}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{lat}\t{lon}\t{}\t{}\t{}\t{}\t{}\t",
            clean(&row.id),
            entity_type.as_str(),
            clean(&row.country),
            clean(&row.sector),
            row.gender,
            clean(&row.stands_for),
            clean(&row.wikidata),
            clean(&row.geonames),
            clean(&row.admin),
            figure(row.population),
            figure(u64::from(row.prior)),
            clean(&row.members),
            clean(&row.valid),
            self.cell,
        );
        for (at, role) in row.roles.iter().enumerate() {
            self.line.push_str(if at == 0 { "" } else { "; " });
            self.line.push_str(&clean(role));
        }
        self.line.push('\n');
        self.out.write_all(self.line.as_bytes())?;
        self.written.rows += 1;
        Ok(true)
    }

    /// Puts the aliases of the row into the cell, each text once. A canonical name is flagged by repeating it.
    fn aliases(&mut self, row: &Row, name: &str) {
        self.cell.clear();
        match self.is_common(name) {
            true => self.alias(name, AliasKind::Name, Flag::Ambiguous),
            false => self.written.aliases += 1,
        }
        let cleaned: Vec<(String, &Name)> = row.aliases.iter().map(|alias| (clean(&alias.text), alias)).collect();
        for (at, (text, alias)) in cleaned.iter().enumerate() {
            if text == name || cleaned[..at].iter().any(|(earlier, _)| earlier == text) {
                continue;
            }
            match is_usable(text) {
                true if self.is_common(text) && alias.flag == Flag::None => {
                    self.alias(text, alias.kind, Flag::Ambiguous)
                }
                true => self.alias(text, alias.kind, alias.flag),
                false => self.written.unusable += 1,
            }
        }
    }

    fn alias(&mut self, text: &str, kind: AliasKind, flag: Flag) {
        self.written.aliases += 1;
        self.written.common += u64::from(flag == Flag::Ambiguous);
        self.cell.push_str(if self.cell.is_empty() { "" } else { "; " });
        self.cell.push_str(text);
        if kind != AliasKind::Name || flag != Flag::None {
            self.cell.push('|');
            self.cell.push_str(kind.as_str());
        }
        self.cell.push_str(match flag {
            Flag::None => "",
            Flag::Context => "|context",
            Flag::Ambiguous => "|ambiguous",
        });
    }

    fn is_common(&self, text: &str) -> bool {
        !text.contains(' ') && (self.is_common)(&text.to_lowercase())
    }
}

fn figure(number: u64) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

fn is_usable(text: &str) -> bool {
    let length = text.chars().count();
    length <= LONGEST_NAME && !text.contains([';', '|', ',']) && text.chars().any(char::is_alphanumeric)
}

/// One line in single blanks, without the characters that nobody sees.
fn clean(text: &str) -> String {
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) && !text.contains("  ") {
        return text.trim().to_owned();
    }
    let seen = text.nfc().filter(|c| !is_invisible(*c)).map(|c| if c.is_control() { ' ' } else { c });
    seen.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Zero-width and direction marks, soft hyphens, byte-order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
