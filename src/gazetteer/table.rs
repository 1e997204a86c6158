//! The bytes of a compiled table in, what lies in them out. A damaged table gives an error, or no name; never a panic.

use super::compile::layout::{self, BODY, DIRECTORY, Section, u32_at, u64_at};
use super::compile::{Compiler, phrase};
use super::entry::Entry;
use super::rows::{Bound, Rows, Term};
use crate::error::{Error, Result};
use std::ops::Range;
use std::sync::Arc;

/// One list of names, compiled. Cheap to clone.
#[derive(Clone)]
pub struct Table {
    /// What messages call it: the file, mostly.
    name: Arc<str>,
    bytes: Bytes,
    sections: [(usize, usize); Section::ALL.len()],
}

#[derive(Clone)]
pub(super) enum Bytes {
    Embedded(&'static [u8]),
    Owned(Arc<[u8]>),
    Mapped(Arc<memmap2::Mmap>),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Owned(bytes) => bytes,
            Self::Mapped(bytes) => bytes,
        }
    }
}

/// At the start of a cache line, as sections are within the table.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static SHIPPED: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.table")));

impl Table {
    /// The lists compiled into the program.
    ///
    /// # Errors
    /// None, unless the program itself is damaged.
    pub fn embedded() -> Result<Self> {
        Self::read("shipped gazetteer", Bytes::Embedded(&SHIPPED.0))
    }

    /// Lists as text, in order: (name of the file, its text). Their headers tell what they list.
    ///
    /// # Errors
    /// The first line that cannot be read, or two rows of one id.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self> {
        let mut rows = Rows::default();
        for (file, text) in files {
            rows.read(file, text)?;
        }
        let name = files.first().map_or("no list", |file| file.0);
        Self::from_bytes(name, Self::compile(&rows)?)
    }

    /// The bytes of a table of these rows, to be written to a file.
    ///
    /// # Errors
    /// Two rows of one id, or more names than a table can hold.
    pub fn compile(rows: &Rows) -> Result<Vec<u8>> {
        let mut compiler = Self::compiler()?;
        for row in &rows.entities {
            compiler.add(row)?;
        }
        for row in &rows.generic {
            compiler.add_generic(row)?;
        }
        for row in &rows.sources {
            compiler.add_source(row)?;
        }
        Ok(compiler.finish()?)
    }

    /// A table to be filled row by row, so that long lists need not be held as rows. It knows the names of states, with which
    /// a longer name is two names.
    ///
    /// # Errors
    /// None, unless the program itself is damaged.
    pub fn compiler() -> Result<Compiler> {
        let shipped = Self::embedded()?;
        let mut compiler = Compiler::default();
        for state in (0..shipped.len()).map(|row| shipped.row(row)).filter(|row| row.is_state()) {
            compiler.beside(state.aliases().map(|alias| alias.text()));
        }
        Ok(compiler)
    }

    /// A compiled table in memory; `name` is for messages.
    ///
    /// # Errors
    /// It is no table, one of another version, or cut short.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Self> {
        Self::read(name, Bytes::Owned(bytes.into()))
    }

    /// Reads header and directory only, however long the table is.
    pub(super) fn read(name: &str, bytes: Bytes) -> Result<Self> {
        let sections = sections(bytes.get()).map_err(|fault| unusable(name, fault))?;
        Ok(Self { name: name.into(), bytes, sections })
    }

    /// Whether the bytes are those of a compiled table rather than of a list as text.
    pub fn is_compiled(start: &[u8]) -> bool {
        start.starts_with(&layout::MAGIC)
    }

    /// Reads all of it, and compares the checksum that it was written with.
    ///
    /// # Errors
    /// The table was damaged since.
    pub fn verify(&self) -> Result<()> {
        let bytes = self.bytes.get();
        match layout::checksum(&bytes[BODY..]) == self.checksum() {
            true => Ok(()),
            false => Err(unusable(&self.name, "bytes that do not give its checksum".to_owned())),
        }
    }

    /// Tells tables apart: two with one checksum hold the same names.
    pub fn checksum(&self) -> u64 {
        u64_at(self.bytes.get(), 24)
    }

    /// What messages call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many entities it has.
    pub fn len(&self) -> usize {
        self.count(Section::Entities)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many names its entities have.
    pub fn aliases(&self) -> usize {
        self.count(Section::Aliases)
    }

    pub(super) fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.sections[section as usize];
        &self.bytes.get()[start..end]
    }

    pub(super) fn count(&self, section: Section) -> usize {
        self.section(section).len() / section.record()
    }

    pub(super) fn text(&self, place: u32) -> &str {
        layout::text(self.section(Section::Strings), place)
    }

    pub(super) fn row(&self, row: usize) -> Entry<'_> {
        Entry { table: self, row }
    }

    /// The row of this id.
    pub(super) fn by_id(&self, id: &str) -> Option<usize> {
        self.indexed(Section::ById, phrase::text_hash(id), |row| row.id() == id)
    }

    /// The first row of this canonical name.
    pub(super) fn by_name(&self, name: &str) -> Option<usize> {
        self.indexed(Section::ByName, phrase::text_hash(name), |row| row.name() == name)
    }

    fn indexed(&self, section: Section, hash: u64, is_it: impl Fn(Entry) -> bool) -> Option<usize> {
        let slots = self.section(section);
        let own = (slots.len() / 4).saturating_sub(layout::PROBES);
        let home = phrase::slot(hash, own);
        let rows = (home..home + layout::PROBES).map(|slot| u32_at(slots, slot * 4) as usize);
        rows.take_while(|row| *row > 0).map(|row| row - 1).find(|row| *row < self.len() && is_it(self.row(*row)))
    }

    /// Rows that held the office, and which of their roles it was.
    pub(super) fn holders<'a>(
        &'a self,
        title: &str,
        of: &str,
    ) -> impl Iterator<Item = (usize, usize)> + Clone + use<'a> {
        let holders = self.section(Section::Holders);
        let (hash, count) = (phrase::office_hash(title, of), self.count(Section::Holders));
        let from = first(0..count, |at| u64_at(holders, at * 16) >= hash);
        let held = (from..count).take_while(move |at| u64_at(holders, at * 16) == hash);
        held.map(move |at| (u32_at(holders, at * 16 + 8) as usize, u32_at(holders, at * 16 + 12) as usize))
            .filter(|(row, _)| *row < self.len())
    }

    pub(super) fn is_given_name(&self, word: &str) -> bool {
        let names = self.section(Section::GivenNames);
        let name = |at: usize| self.text(u32_at(names, at * 4));
        let count = self.count(Section::GivenNames);
        let at = first(0..count, |at| name(at) >= word);
        at < count && name(at) == word
    }

    /// A term of two dates, four bytes each, at a place.
    pub(super) fn term(&self, section: Section, at: usize) -> Option<Term> {
        let bytes = self.section(section);
        let start = u32_at(bytes, at);
        (start != layout::NO_TERM).then(|| Term { start: bound(start, false), end: bound(u32_at(bytes, at + 4), true) })
    }
}

/// The first of a range for which `is_behind` holds, as it does for all that follow; else its end.
fn first(range: Range<usize>, is_behind: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (range.start, range.end);
    while from < to {
        let middle = from.midpoint(to);
        if is_behind(middle) { to = middle } else { from = middle + 1 }
    }
    from
}

/// Bit 0: checked; then five bits of the day, four of the month, the year; 0 for what is not written. `last`: the end of a term.
pub(super) fn bound(code: u32, last: bool) -> Bound {
    let (year, month, day) = (code >> 10, (code >> 6) & 15, (code >> 1) & 31);
    Bound::written(i16::try_from(year).unwrap_or_default(), month as i8, day as i8, last, code & 1 == 1)
}

/// Start and end of each section, all of them inside the file and of whole records.
fn sections(bytes: &[u8]) -> Result<[(usize, usize); Section::ALL.len()], String> {
    if !Table::is_compiled(bytes) {
        return Err("a file that is no compiled gazetteer".to_owned());
    }
    let version = u32_at(bytes, 8);
    if version != layout::VERSION {
        return Err(format!("a table of version {version}"));
    }
    let length = u64_at(bytes, 16);
    if bytes.len() < BODY || length != bytes.len() as u64 {
        return Err(format!("{} of {length} bytes", bytes.len()));
    }
    let mut head = bytes[..BODY].to_vec();
    head[32..DIRECTORY].fill(0);
    if layout::checksum(&head) != u64_at(bytes, 32) {
        return Err("a damaged header".to_owned());
    }
    let mut sections = [(0, 0); Section::ALL.len()];
    for (section, bounds) in Section::ALL.into_iter().zip(&mut sections) {
        let at = DIRECTORY + 16 * section as usize;
        let (start, length) = (u64_at(bytes, at) as usize, u64_at(bytes, at + 8) as usize);
        let end = start.checked_add(length).filter(|end| *end <= bytes.len() && fits(section, length));
        *bounds = (start, end.ok_or_else(|| format!("a damaged section {section:?}"))?);
    }
    Ok(sections)
}

fn fits(section: Section, length: usize) -> bool {
    let count = length / section.record();
    length.is_multiple_of(section.record())
        && match section {
            Section::Bloom => count.is_power_of_two(),
            Section::Small => count == 0 || count == phrase::SMALL_WORDS,
            Section::Slots | Section::ById | Section::ByName => count > layout::PROBES,
            _ => true,
        }
}

fn unusable(name: &str, found: String) -> Error {
    let expected = format!("a gazetteer compiled by this version (format {}); compile it again", layout::VERSION);
    Error::Data { place: name.to_owned(), found, expected }
}
