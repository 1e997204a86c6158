//! Who and what has a name: lists as text or compiled in, names in a text and the entities behind them out.
//!
//! A [`Table`] is one list, compiled: embedded in the program, mapped from a file, or made from text on the way. A [`Gazetteer`]
//! is tables in layers: names of all of them are found; of two rows with one id the later layer's counts.

mod blocks;
mod compile;
mod countries;
mod entry;
mod everyday;
mod generic;
pub mod lint;
mod matcher;
mod open;
mod rows;
mod spelling;
mod table;
mod words;

pub use compile::Compiler;
pub(crate) use countries::countries;
pub use entry::{Alias, Entry, EntryId, Held, Member, Role};
pub use everyday::is_everyday_word;
pub use generic::{GenericBody, Source};
pub use rows::{
    AliasKind, AliasRow, Bound, COLUMNS, EntityRow, Fault, Gender, GenericRow, MemberRow, RoleRow, Rows, SourceRow,
    Term,
};
pub use table::Table;

use crate::error::{Error, Result};
use crate::text::Span;
use compile::layout::Section;
use jiff::civil::Date;
use matcher::{Bearer, Matcher};

/// What a matched name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// An entity, through one of its aliases (index into its list; the canonical name comes first).
    Entity { entry: EntryId, alias: usize },
    /// An institution that every state has; the state must be found beside it.
    Generic { body: usize },
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the text.
    pub span: Span,
    /// Everything it can stand for, later layers first, within one in the order of its list; never empty.
    pub candidates: Vec<Candidate>,
}

/// Lists of names, one above the other.
pub struct Gazetteer {
    tables: Vec<Table>,
    /// For each table the number of entities, and of institutions, in those below it.
    bases: Vec<(usize, usize)>,
    /// First words in small letters, of all tables.
    small: Vec<u8>,
}

impl Gazetteer {
    /// The lists compiled into the program.
    pub fn embedded() -> Result<Self> {
        Self::layered(&[Table::embedded()?])
    }

    /// Lists of one's own, in order: (name of the file, its text). Their headers tell what they list.
    ///
    /// ```
    /// use wiregraph::gazetteer::Gazetteer;
    /// let list = "id\ttype\tname\taliases\norg:acme\tORG\tAcme\tAcme Holdings\n";
    /// let gazetteer = Gazetteer::parse(&[("mine.tsv", list)])?;
    /// assert_eq!(gazetteer.find("shares of Acme Holdings fell").len(), 1);
    /// # Ok::<(), wiregraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first line that cannot be read, two rows of one id, or a role, its source or `stands_for` that points nowhere.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self> {
        let gazetteer = Self::layered(&[Table::parse(files)?])?;
        gazetteer.check()?;
        Ok(gazetteer)
    }

    /// Tables one above the other, the lowest first. Names of all of them are found; of two rows with one id the later layer's
    /// counts, and the names of the earlier row are names no more.
    ///
    /// ```
    /// use wiregraph::gazetteer::{Gazetteer, Table};
    /// let mine = Table::parse(&[("mine.tsv", "id\ttype\tname\norg:acme\tORG\tAcme\n")])?;
    /// let gazetteer = Gazetteer::layered(&[Table::embedded()?, mine])?;
    /// assert_eq!(gazetteer.find("Acme left Norway").len(), 2);
    /// # Ok::<(), wiregraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// More entities than can be numbered.
    pub fn layered(tables: &[Table]) -> Result<Self> {
        let (mut entities, mut generic) = (0, 0);
        let mut bases = Vec::new();
        for table in tables {
            bases.push((entities, generic));
            entities += table.len();
            generic += table.count(Section::Generic);
        }
        if u32::try_from(entities).is_err() {
            let found = format!("{entities} entities");
            return Err(Error::Data {
                place: "gazetteer".to_owned(),
                found,
                expected: "at most 4,294,967,295".to_owned(),
            });
        }
        Ok(Self { tables: tables.to_vec(), bases, small: matcher::small_words(tables) })
    }

    /// The tables, the lowest first.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Every office, seat of power and checked date names something that is there.
    ///
    /// # Errors
    /// A role, its source or `stands_for` that points nowhere.
    pub fn check(&self) -> Result<()> {
        (0..self.tables.len()).try_for_each(|layer| self.check_layer(layer))
    }

    /// The same for the rows of one table.
    ///
    /// # Errors
    /// As [`Gazetteer::check`].
    pub fn check_layer(&self, layer: usize) -> Result<()> {
        self.live_rows(layer).try_for_each(|entry| self.check_entry(entry))
    }

    /// All entities, those of lower layers first.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.tables.len()).flat_map(|layer| self.live_rows(layer))
    }

    fn check_entry(&self, entry: Entry) -> Result<()> {
        let dangling = |found: String, expected: &str| {
            let place = format!("gazetteer row {}", entry.id());
            Err(Error::Data { place, found, expected: expected.to_owned() })
        };
        if let Some(state) = entry.stands_for().filter(|state| self.by_id(state).is_none()) {
            return dangling(format!("stands_for {state}"), "the id of a row");
        }
        for role in entry.roles() {
            if self.by_id(role.of()).is_none() && !self.is_institution(role.of()) {
                return dangling(format!("role {:?}", role.text()), "the id of a row after \"of\"");
            }
            if let Some(source) = role.sources().find(|source| self.source(source).is_none()) {
                return dangling(format!("the source @{source}"), "the id of a row of sources.tsv");
            }
        }
        Ok(())
    }

    /// `org:mfa:RUS`: an institution that every state has, of one of them.
    pub fn is_institution(&self, id: &str) -> bool {
        let slug = id.strip_prefix("org:").and_then(|rest| rest.split_once(':')).map(|(slug, _)| slug);
        let count = |table: &Table| table.count(Section::Generic);
        let mut slugs =
            self.tables.iter().flat_map(|table| (0..count(table)).map(move |row| GenericBody { table, row }));
        slug.is_some_and(|slug| slugs.any(|body| body.slug() == slug))
    }

    fn live_rows(&self, layer: usize) -> impl Iterator<Item = Entry<'_>> {
        let table = &self.tables[layer];
        (0..table.len()).filter(move |row| self.is_live(layer, *row)).map(move |row| Entry { table, row })
    }

    /// Whether no later layer has a row of the same id.
    fn is_live(&self, layer: usize, row: usize) -> bool {
        let above = &self.tables[layer + 1..];
        above.is_empty() || {
            let id = self.tables[layer].row(row).id();
            above.iter().all(|table| table.by_id(id).is_none())
        }
    }

    fn id(&self, layer: usize, row: usize) -> EntryId {
        EntryId((self.bases[layer].0 + row) as u32)
    }

    /// The entry of this canonical name; of several that of the latest layer, and there the first.
    pub fn by_name(&self, name: &str) -> Option<EntryId> {
        let layers = self.tables.iter().enumerate().rev();
        let mut named = layers.filter_map(|(layer, table)| Some((layer, table.by_name(name)?)));
        named.find(|(layer, row)| self.is_live(*layer, *row)).map(|(layer, row)| self.id(layer, row))
    }

    /// Whether a person of the lists has this first name.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.tables.iter().any(|table| table.is_given_name(word))
    }

    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        let number = id.0 as usize;
        let layer = self.bases.partition_point(|base| base.0 <= number).saturating_sub(1);
        Entry { table: &self.tables[layer], row: number - self.bases[layer].0 }
    }

    pub fn generic(&self, body: usize) -> GenericBody<'_> {
        let layer = self.bases.partition_point(|base| base.1 <= body).saturating_sub(1);
        GenericBody { table: &self.tables[layer], row: body - self.bases[layer].1 }
    }

    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        let mut layers = self.tables.iter().enumerate().rev();
        layers.find_map(|(layer, table)| table.by_id(id).map(|row| self.id(layer, row)))
    }

    /// People who have held `title` of `body`, each with that office.
    pub fn holders<'a>(
        &'a self,
        title: &str,
        body: EntryId,
    ) -> impl Iterator<Item = (EntryId, Role<'a>)> + Clone + use<'a> {
        let (title, of) = (title.to_owned(), self.entry(body).id());
        let held = self.tables.iter().enumerate().flat_map({
            let title = title.clone();
            move |(layer, table)| table.holders(&title, of).map(move |(row, role)| (layer, row, role))
        });
        held.filter(|(layer, row, _)| self.is_live(*layer, *row))
            .map(|(layer, row, role)| (self.id(layer, row), self.tables[layer].row(row).role(role)))
            .filter(move |(_, role)| role.title() == title && role.of() == of)
    }

    /// The state entry with this ISO 3166 alpha-3 code.
    pub fn state(&self, iso3: &str) -> Option<EntryId> {
        self.by_id(&format!("state:{iso3}"))
    }

    /// Works that names and dates were checked against, later layers first.
    pub fn sources(&self) -> impl Iterator<Item = Source<'_>> {
        let count = |table: &Table| table.count(Section::Sources);
        self.tables.iter().rev().flat_map(move |table| (0..count(table)).map(move |row| Source { table, row }))
    }

    pub fn source(&self, id: &str) -> Option<Source<'_>> {
        self.sources().find(|source| source.id() == id)
    }

    /// Whether the office was held on `day`. An open end is checked as far as the latest edition of its sources; so is an
    /// unchecked one after that edition, which knew of none.
    pub fn held(&self, role: Role, day: Date) -> Held {
        let Some(term) = role.term().filter(|_| role.covers(day)) else { return Held::No };
        let edition = role.sources().filter_map(|id| self.source(id)?.edition()).max();
        let open = term.end.day.is_none() && term.end.checked || !term.end.checked && edition < term.end.day;
        let sure = if open { edition.is_some_and(|last| day <= last) } else { term.surely_lasted_to(day) };
        if sure && term.surely_began_by(day) { Held::Surely } else { Held::Perhaps }
    }

    /// Leftmost-longest names in `text`, each with everything it can stand for.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        self.each(text, |span, candidates| found.push(Found { span, candidates: candidates.to_vec() }));
        found
    }

    /// The same without a copy of each: tells `visit` of the names in the order of the text.
    pub fn each(&self, text: &str, mut visit: impl FnMut(Span, &[Candidate])) {
        let matcher = Matcher::new(&self.tables, &self.small);
        let mut candidates = Vec::new();
        matcher.each(
            text,
            |bearer| bearer.generic || self.is_live(bearer.layer, bearer.row),
            |span, bearers| {
                candidates.clear();
                candidates.extend(bearers.iter().map(|bearer| self.candidate(*bearer)));
                visit(span, &candidates);
            },
        );
    }

    fn candidate(&self, bearer: Bearer) -> Candidate {
        let base = self.bases[bearer.layer];
        match bearer.generic {
            false => Candidate::Entity { entry: EntryId((base.0 + bearer.row) as u32), alias: bearer.alias },
            true => Candidate::Generic { body: base.1 + bearer.row },
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Data { place: fault.place, found: fault.found, expected: fault.expected }
    }
}
