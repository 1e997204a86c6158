//! Rows of names in, one table out: position independent, checksummed, to be embedded or mapped into memory.
//!
//! `build.rs` compiles the shipped lists with these same files, so they use nothing of the rest of the library.

pub mod layout;
mod names;
pub mod phrase;
mod records;
mod strings;

use super::rows::{EntityRow, Fault, GenericRow, SourceRow};
use layout::Section;
use names::Names;
use rustc_hash::{FxHashMap, FxHashSet};
use strings::Strings;

/// A table that is being filled, row by row.
pub struct Compiler {
    strings: Strings,
    entities: Vec<u8>,
    roles: Vec<u8>,
    members: Vec<u8>,
    generic: Vec<u8>,
    sources: Vec<u8>,
    /// Ids of the sources, to be pointed to by roles.
    source_ids: FxHashSet<String>,
    holders: Vec<(u64, u32, u32)>,
    by_id: Vec<(u64, u32)>,
    by_name: Vec<(u64, u32)>,
    /// By their hashes.
    first_words: FxHashMap<u64, Bearers>,
    names: Names,
}

/// How many people and how many others begin their names with a word.
#[derive(Default)]
struct Bearers {
    /// The word, where a person bears it.
    word: Option<Box<str>>,
    people: u32,
    others: u32,
}

/// More than a table can hold.
#[derive(Debug)]
pub struct TooLarge(pub &'static str);

impl From<TooLarge> for Fault {
    fn from(TooLarge(what): TooLarge) -> Self {
        let expected = "fewer names in one table; lists may be layered";
        Fault { place: "gazetteer".to_owned(), found: format!("more than 4 G {what}"), expected: expected.to_owned() }
    }
}

impl Default for Compiler {
    fn default() -> Self {
        Self {
            strings: Strings::new(),
            entities: Vec::new(),
            roles: Vec::new(),
            members: Vec::new(),
            generic: Vec::new(),
            sources: Vec::new(),
            source_ids: FxHashSet::default(),
            holders: Vec::new(),
            by_id: Vec::new(),
            by_name: Vec::new(),
            first_words: FxHashMap::default(),
            names: Names::default(),
        }
    }
}

impl Compiler {
    /// Names of states, with or before which a longer name is two names: "US State Department".
    pub fn beside<'a>(&mut self, states: impl Iterator<Item = &'a str>) {
        self.names.states.extend(states.map(str::to_owned));
    }

    /// How many entities it has.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// # Errors
    /// More names than a table can hold.
    pub fn add(&mut self, row: &EntityRow) -> Result<(), Fault> {
        let number = u32::try_from(self.len()).map_err(|_| TooLarge("entities"))?;
        self.by_id.push((phrase::text_hash(&row.id), number));
        self.by_name.push((phrase::text_hash(&row.name), number));
        for (which, role) in row.roles.iter().enumerate() {
            self.holders.push((phrase::office_hash(&role.title, &role.of), number, which as u32));
        }
        let is_person = row.entity_type == crate::analysis::EntityType::Person;
        self.names.add(number, row)?;
        self.bear(&row.name, is_person);
        self.record(row).map_err(Fault::from)
    }

    /// The first word of a name of several words, if a person bears it; any first word else.
    fn bear(&mut self, name: &str, is_person: bool) {
        let (first, more) = name.split_once(' ').map_or((name, false), |(first, _)| (first, true));
        if is_person && !more {
            return;
        }
        let bearers = self.first_words.entry(phrase::text_hash(first)).or_default();
        if is_person {
            bearers.people += 1;
            bearers.word.get_or_insert_with(|| first.into());
        } else {
            bearers.others += 1;
        }
    }

    /// # Errors
    /// More names than a table can hold.
    pub fn add_generic(&mut self, row: &GenericRow) -> Result<(), Fault> {
        let number = (self.generic.len() / Section::Generic.record()) as u32;
        self.names.add_generic(number, row)?;
        self.generic_record(row).map_err(Fault::from)
    }

    /// # Errors
    /// More text than a table can hold.
    pub fn add_source(&mut self, row: &SourceRow) -> Result<(), Fault> {
        self.source_ids.insert(row.id.clone());
        self.source_record(row).map_err(Fault::from)
    }

    /// The bytes of the table.
    ///
    /// # Errors
    /// More names than a table can hold.
    pub fn finish(mut self) -> Result<Vec<u8>, Fault> {
        self.distinct_ids()?;
        let given_names = self.given_names()?;
        let matched = self.names.compile(&mut self.strings)?;
        self.holders.sort_unstable();
        let by_id = index(self.by_id)?;
        let by_name = index(self.by_name)?;
        let sections = vec![
            self.strings.bytes,
            self.entities,
            matched.aliases,
            self.roles,
            self.members,
            self.generic,
            self.sources,
            matched.slots,
            matched.bloom,
            matched.small,
            by_id,
            by_name,
            holders(&self.holders),
            given_names,
        ];
        Ok(layout::assemble(&sections))
    }

    /// One row for each id.
    fn distinct_ids(&mut self) -> Result<(), Fault> {
        self.by_id.sort_unstable();
        let Some(pair) = self.by_id.windows(2).find(|pair| pair[0].0 == pair[1].0) else { return Ok(()) };
        let place = format!("gazetteer row {}", self.id(pair[1].1));
        Err(Fault { place, found: "a second row of this id".to_owned(), expected: "one row per id".to_owned() })
    }

    /// First names of people, in order: words that more people than others begin with.
    fn given_names(&mut self) -> Result<Vec<u8>, TooLarge> {
        let given = |bearers: Bearers| bearers.word.filter(|_| bearers.people > bearers.others);
        let mut words: Vec<Box<str>> = self.first_words.drain().filter_map(|(_, bearers)| given(bearers)).collect();
        words.retain(|word| word.chars().nth(2).is_some());
        words.sort_unstable();
        let places = words.iter().map(|word| self.strings.add(word)).collect::<Result<Vec<u32>, _>>()?;
        Ok(places.into_iter().flat_map(u32::to_le_bytes).collect())
    }
}

fn holders(holders: &[(u64, u32, u32)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(holders.len() * Section::Holders.record());
    for (hash, person, role) in holders {
        bytes.extend(hash.to_le_bytes());
        bytes.extend(person.to_le_bytes());
        bytes.extend(role.to_le_bytes());
    }
    bytes
}

/// Slots of row numbers from 1 on, 0 for none, each at its hash or behind it. Of rows with one hash the first is kept.
fn index(mut rows: Vec<(u64, u32)>) -> Result<Vec<u8>, TooLarge> {
    rows.sort_unstable();
    rows.dedup_by_key(|row| row.0);
    let hashes: Vec<u64> = rows.iter().map(|row| row.0).collect();
    let (places, slots) = places(&hashes)?;
    let mut bytes = vec![0; slots * 4];
    for (place, (_, row)) in places.into_iter().zip(rows) {
        bytes[place * 4..][..4].copy_from_slice(&(row + 1).to_le_bytes());
    }
    Ok(bytes)
}

/// For each of the sorted hashes its slot, and how many slots there are. A hash lies in its own slot or less than
/// [`layout::PROBES`] behind it. Sorted hashes fill the slots in order, so that they are written from front to back.
fn places(sorted: &[u64]) -> Result<(Vec<usize>, usize), TooLarge> {
    // A few slots more where chance has crowded them; no list that was not made for it needs many.
    for spare in [4, 10, 40, 160] {
        let slots = sorted.len() + sorted.len() * spare / 10 + 1;
        let mut next = 0;
        let places = sorted.iter().map(|hash| {
            let home = phrase::slot(*hash, slots);
            let place = home.max(next);
            next = place + 1;
            (place - home < layout::PROBES).then_some(place)
        });
        if let Some(places) = places.collect::<Option<Vec<usize>>>() {
            return Ok((places, slots + layout::PROBES));
        }
    }
    Err(TooLarge("names that look alike"))
}
