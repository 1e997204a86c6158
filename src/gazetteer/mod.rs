//! Who and what has a name: readable TSV rows in, a matcher over text and the entities behind its matches out.

mod entry;
mod generic;
mod matcher;
mod tsv;

pub use entry::{Alias, AliasKind, Entry, EntryId, Gender, Role};
pub use generic::GenericBody;
pub use matcher::{Found, Matcher};
pub use tsv::COLUMNS;

use crate::analysis::EntityType;
use crate::error::Result;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a matched name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// An entity, through one of its aliases (index into its list; the canonical name comes first).
    Entity { entry: EntryId, alias: usize },
    /// An institution that every state has; the state must be found beside it.
    Generic { body: usize },
}

pub struct Gazetteer {
    entries: Vec<Entry>,
    generic: Vec<GenericBody>,
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
];

const SHIPPED_GENERIC: (&str, &str) = ("gazetteer/generic.tsv", include_str!("../../gazetteer/generic.tsv"));

impl Gazetteer {
    /// The lists compiled into the program.
    pub fn embedded() -> Result<Self> {
        Self::parse(SHIPPED, SHIPPED_GENERIC)
    }

    /// Lists of one's own: (name of the file, its text), in order of layering, and the institutions that every state has.
    ///
    /// # Errors
    /// A row that does not read, at file:line; two rows of one id; a role or `stands_for` that points nowhere.
    ///
    /// ```
    /// use wiregraph::gazetteer::Gazetteer;
    /// let header = "id\ttype\tname\tcountry\tsector\tgender\tstands_for\twikidata\taliases\troles";
    /// let list = format!("{header}\norg:acme\tORG\tAcme Holdings\tUSA\tBUS\t\t\t\tAcme|short\t\n");
    /// let gazetteer = Gazetteer::parse(&[("mine.tsv", &list)], ("none.tsv", "")).unwrap();
    /// assert_eq!(gazetteer.find("shares of Acme fell").len(), 1);
    /// ```
    pub fn parse(files: &[(&str, &str)], generic: (&str, &str)) -> Result<Self> {
        let mut entries = Vec::new();
        for (file, text) in files {
            entries.extend(tsv::entries(file, text)?);
        }
        Self::new(entries, generic::parse(generic.0, generic.1)?)
    }

    /// # Errors
    /// Two rows of one id, or a role or `stands_for` that points nowhere.
    pub fn new(entries: Vec<Entry>, generic: Vec<GenericBody>) -> Result<Self> {
        let by_id = tsv::index(&entries)?;
        let slugs: Vec<&str> = generic.iter().map(|g| g.slug.as_str()).collect();
        let holders = tsv::holders(&entries, &by_id, &slugs)?;
        // Of two rows with one name the first counts, so the later is entered first.
        let by_name = entries.iter().enumerate().rev().map(|(i, e)| (e.name.clone(), EntryId(i as u32))).collect();
        let (matcher, payload) = compile(&entries, &generic);
        let given_names = given_names(&entries);
        Ok(Self { entries, generic, by_id, by_name, holders, given_names, matcher, payload })
    }

    /// The entry of this canonical name.
    pub fn by_name(&self, name: &str) -> Option<EntryId> {
        self.by_name.get(name).copied()
    }

    /// Whether a person of the list has this first name.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    pub fn generic(&self, body: usize) -> &GenericBody {
        &self.generic[body]
    }

    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        self.by_id.get(id).copied()
    }

    /// People who have held `title` of `body`, with the index of the role in their list.
    pub fn holders(&self, title: &str, body: EntryId) -> &[(EntryId, usize)] {
        self.holders.get(&(title.to_owned(), body)).map_or(&[], Vec::as_slice)
    }

    /// The state entry with this ISO 3166 alpha-3 code.
    pub fn state(&self, iso3: &str) -> Option<EntryId> {
        self.by_id(&format!("state:{iso3}"))
    }

    /// Leftmost-longest names in `text` (spans in bytes), each with everything it can stand for.
    pub fn find<'a>(&'a self, text: &str) -> Vec<(Found, &'a [Candidate])> {
        self.matcher.find(text).into_iter().map(|found| (found, &self.payload[found.payload.range()])).collect()
    }
}

/// First words of people's names, where a place or body does not begin with the same word.
fn given_names(entries: &[Entry]) -> FxHashSet<String> {
    let first = |e: &Entry| e.name.split_once(' ').map(|(first, _)| first.to_owned());
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
    fn new(entries: &'a [Entry], generic: &'a [GenericBody]) -> Self {
        let states = entries.iter().filter(|e| e.id.starts_with("state:"));
        Self {
            states: states.flat_map(|e| e.aliases.iter().map(|a| a.text.as_str())).collect(),
            generic: generic.iter().flat_map(|g| g.aliases.iter().map(|a| a.text.as_str())).collect(),
        }
    }

    /// Whether the text would swallow a state's name or a common noun beside a shorter alias of the same entry.
    fn splits(&self, text: &str, entry: &Entry) -> bool {
        let own = |t: &str| entry.aliases.iter().any(|a| a.text == t);
        let gaps = || text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..]));
        gaps().any(|(before, after)| {
            let state_first = self.states.contains(before) && (own(after) || self.generic.contains(after));
            let noun_last = own(before) && after.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
            state_first || noun_last
        })
    }
}

fn compile(entries: &[Entry], generic: &[GenericBody]) -> (Matcher, Vec<Candidate>) {
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
