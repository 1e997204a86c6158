//! Who and what has a name: readable TSV rows in, a matcher over text and the entities behind its matches out.

mod entry;
mod generic;
mod matcher;
mod rows;

pub use entry::{Alias, Entry, EntryId, Held, Member, Role};
pub use generic::GenericBody;
pub use rows::{AliasKind, Bound, COLUMNS, EntityRow, Fault, Gender, GenericRow, RoleRow, Rows, SourceRow, Term};

use crate::analysis::EntityType;
use crate::error::{Error, Result};
use crate::text::Span;
use jiff::civil::Date;
use matcher::Matcher;
use rustc_hash::{FxHashMap, FxHashSet};

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
    /// Everything it can stand for, in the order of the lists; never empty.
    pub candidates: Vec<Candidate>,
}

pub struct Gazetteer {
    rows: Rows,
    by_id: FxHashMap<String, EntryId>,
    by_name: FxHashMap<String, EntryId>,
    holders: FxHashMap<(String, EntryId), Vec<(EntryId, usize)>>,
    given_names: FxHashSet<String>,
    matcher: Matcher,
    payload: Vec<Candidate>,
}

/// The shipped files, in order of layering.
const SHIPPED: &[(&str, &str)] = &[
    ("gazetteer/states.tsv", include_str!("../../gazetteer/states.tsv")),
    ("gazetteer/regions.tsv", include_str!("../../gazetteer/regions.tsv")),
    ("gazetteer/cities.tsv", include_str!("../../gazetteer/cities.tsv")),
    ("gazetteer/seats.tsv", include_str!("../../gazetteer/seats.tsv")),
    ("gazetteer/people.tsv", include_str!("../../gazetteer/people.tsv")),
    ("gazetteer/organisations.tsv", include_str!("../../gazetteer/organisations.tsv")),
    ("gazetteer/state-bodies.tsv", include_str!("../../gazetteer/state-bodies.tsv")),
    ("gazetteer/media.tsv", include_str!("../../gazetteer/media.tsv")),
    ("gazetteer/events.tsv", include_str!("../../gazetteer/events.tsv")),
    ("gazetteer/other.tsv", include_str!("../../gazetteer/other.tsv")),
    ("gazetteer/generic.tsv", include_str!("../../gazetteer/generic.tsv")),
    ("gazetteer/sources.tsv", include_str!("../../gazetteer/sources.tsv")),
];

impl Gazetteer {
    /// The lists compiled into the program.
    pub fn embedded() -> Result<Self> {
        Self::parse(SHIPPED)
    }

    /// Lists of one's own, in order of layering: (name of the file, its text). Their headers tell what they list.
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
        let mut rows = Rows::default();
        for (file, text) in files {
            rows.read(file, text)?;
        }
        Self::new(rows)
    }

    /// # Errors
    /// Two rows of one id, or a role, its source or `stands_for` that points nowhere.
    pub fn new(rows: Rows) -> Result<Self> {
        let by_id = index(&rows.entities)?;
        let slugs: Vec<&str> = rows.generic.iter().map(|g| g.slug.as_str()).collect();
        sources(&rows)?;
        let holders = holders(&rows.entities, &by_id, &slugs)?;
        // Of two rows with one name the first counts, so the later is entered first.
        let by_name =
            rows.entities.iter().enumerate().rev().map(|(i, e)| (e.name.clone(), EntryId(i as u32))).collect();
        let (matcher, payload) = compile(&rows.entities, &rows.generic);
        let given_names = given_names(&rows.entities);
        Ok(Self { rows, by_id, by_name, holders, given_names, matcher, payload })
    }

    /// The entry of this canonical name.
    pub fn by_name(&self, name: &str) -> Option<EntryId> {
        self.by_name.get(name).copied()
    }

    /// Whether a person of the list has this first name.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        Entry(&self.rows.entities[id.0 as usize])
    }

    pub fn generic(&self, body: usize) -> GenericBody<'_> {
        GenericBody(&self.rows.generic[body])
    }

    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        self.by_id.get(id).copied()
    }

    /// People who have held `title` of `body`, each with that office.
    pub fn holders<'a>(
        &'a self,
        title: &str,
        body: EntryId,
    ) -> impl Iterator<Item = (EntryId, Role<'a>)> + Clone + use<'a> {
        let held = self.holders.get(&(title.to_owned(), body)).map_or(&[][..], Vec::as_slice);
        held.iter().map(|&(person, role)| (person, Role(&self.rows.entities[person.0 as usize].roles[role])))
    }

    /// The state entry with this ISO 3166 alpha-3 code.
    pub fn state(&self, iso3: &str) -> Option<EntryId> {
        self.by_id(&format!("state:{iso3}"))
    }

    /// A work that dates were checked against, by its id.
    pub fn source(&self, id: &str) -> Option<&SourceRow> {
        self.rows.sources.iter().find(|source| source.id == id)
    }

    /// Whether the office was held on `day`. An open end is checked as far as the latest edition of its sources.
    pub fn held(&self, role: Role, day: Date) -> Held {
        let Some(term) = role.term().filter(|_| role.covers(day)) else { return Held::No };
        let edition = role.sources().filter_map(|id| self.source(id)).map(|source| source.edition).max();
        let known = term.end.day.or(edition).is_some_and(|last| day <= last);
        let checked = term.start.checked && term.start.day.is_some() && term.end.checked;
        if checked && known { Held::Surely } else { Held::Perhaps }
    }

    /// Leftmost-longest names in `text`, each with everything it can stand for.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let found = self.matcher.find(text).into_iter();
        found.map(|f| Found { span: f.span, candidates: self.payload[f.payload.range()].to_vec() }).collect()
    }
}

fn index(entries: &[EntityRow]) -> Result<FxHashMap<String, EntryId>> {
    let mut by_id = FxHashMap::default();
    for (number, entry) in entries.iter().enumerate() {
        if by_id.insert(entry.id.clone(), EntryId(number as u32)).is_some() {
            return Err(dangling(&entry.id, "a second row of this id", "one row per id"));
        }
    }
    Ok(by_id)
}

/// A date that was checked names what it was checked against.
fn sources(rows: &Rows) -> Result<()> {
    for entry in &rows.entities {
        for source in entry.roles.iter().flat_map(|role| &role.sources) {
            if !rows.sources.iter().any(|known| known.id == *source) {
                return Err(dangling(&entry.id, &format!("the source @{source}"), "the id of a row of sources.tsv"));
            }
        }
    }
    Ok(())
}

type Holders = FxHashMap<(String, EntryId), Vec<(EntryId, usize)>>;

/// Who held which office, looked up by title and body.
/// An office may also be of a state's own institution (`org:mfa:RUS`); `generic` holds their slugs.
fn holders(entries: &[EntityRow], by_id: &FxHashMap<String, EntryId>, generic: &[&str]) -> Result<Holders> {
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

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Data { place: fault.place, found: fault.found, expected: fault.expected }
    }
}

/// First words of people's names, where a place or body does not begin with the same word.
fn given_names(entries: &[EntityRow]) -> FxHashSet<String> {
    let first = |e: &EntityRow| e.name.split_once(' ').map(|(first, _)| first.to_owned());
    let people = entries.iter().filter(|e| e.entity_type == EntityType::Person).filter_map(first);
    let others: FxHashSet<String> = entries
        .iter()
        .filter(|e| e.entity_type != EntityType::Person)
        .filter_map(|e| e.name.split(' ').next().map(str::to_owned))
        .collect();
    people.filter(|n| n.chars().count() >= 3 && !others.contains(n)).collect()
}

/// Mentions are flat: "US State Department" is two names, "Yonhap news agency" a name and a common noun.
struct Flat<'a> {
    /// Names and nationality words of states.
    states: FxHashSet<&'a str>,
    /// Names of institutions that every state has.
    generic: FxHashSet<&'a str>,
}

impl<'a> Flat<'a> {
    fn new(entries: &'a [EntityRow], generic: &'a [GenericRow]) -> Self {
        let states = entries.iter().filter(|e| e.id.starts_with("state:"));
        Self {
            states: states.flat_map(|e| e.aliases.iter().map(|a| a.text.as_str())).collect(),
            generic: generic.iter().flat_map(|g| g.aliases.iter().map(|a| a.text.as_str())).collect(),
        }
    }

    /// Whether the text would swallow a state's name or a common noun beside a shorter alias of the same entry.
    fn splits(&self, text: &str, entry: &EntityRow) -> bool {
        let own = |t: &str| entry.aliases.iter().any(|a| a.text == t);
        let gaps = || text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..]));
        gaps().any(|(before, after)| {
            let state_first = self.states.contains(before) && (own(after) || self.generic.contains(after));
            let noun_last = own(before) && after.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
            state_first || noun_last
        })
    }
}

fn compile(entries: &[EntityRow], generic: &[GenericRow]) -> (Matcher, Vec<Candidate>) {
    let flat = Flat::new(entries, generic);
    let mut rows: Vec<(&str, bool, Candidate)> = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        for (alias, a) in entry.aliases.iter().enumerate().filter(|(_, a)| !flat.splits(&a.text, entry)) {
            let candidate = Candidate::Entity { entry: EntryId(number as u32), alias };
            rows.push((&a.text, a.folded, candidate));
        }
    }
    for (body, g) in generic.iter().enumerate() {
        rows.extend(g.aliases.iter().map(|a| (a.text.as_str(), a.folded, Candidate::Generic { body })));
    }
    Matcher::compile(rows)
}
