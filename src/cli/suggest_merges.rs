//! The entities in; pairs that may be one, each with the reason, out.

use super::Session;
use super::output::{Format, OutputArgs, Rows, say};
use crate::error::Result;
use crate::graph::Store;
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;

/// Pairs of entities that may be one, with reasons; nothing is merged
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph suggest-merges --limit 10")]
pub struct SuggestMerges {
    /// At most so many pairs
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

/// Entities that stand for themselves, with how often they are mentioned. A listed entity is the better one to keep.
const ENTITIES: &str = "
SELECT e.id, e.name, e.type, e.country, e.discovered, (SELECT count(*) FROM mention WHERE entity = e.id)
FROM entity e WHERE e.same_as IS NULL ORDER BY e.id";

/// Forms by which just two entities of a kind can be meant; surnames, demonyms and offices are shared by their nature.
const SHARED: &str = "
SELECT min(e.id), max(e.id), max(a.text) FROM alias a JOIN entity e ON e.id = coalesce((SELECT same_as FROM entity WHERE id = a.entity), a.entity)
WHERE a.kind NOT IN ('surname', 'demonym', 'role', 'metonym', 'former') AND length(a.text) > 1
GROUP BY a.folded HAVING count(DISTINCT e.id) = 2 ORDER BY 1, 2";

struct Candidate {
    id: String,
    name: String,
    entity_type: String,
    country: Option<String>,
    discovered: bool,
    mentions: i64,
}

/// The better reason first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    SameName,
    SharedForm(String),
    Acronym(String),
    LongerName,
}

impl SuggestMerges {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let all = candidates(&store)?;
        let mut pairs: BTreeMap<(usize, usize), Reason> = BTreeMap::new();
        let mut suggest = |a: usize, b: usize, reason: Reason| {
            if could_be_one(&all[a], &all[b]) {
                let known = pairs.entry((a.min(b), a.max(b))).or_insert_with(|| reason.clone());
                *known = reason.min(known.clone());
            }
        };
        by_name(&all, &mut suggest);
        by_form(&store, &all, &mut suggest)?;
        let mut found: Vec<_> = pairs.into_iter().collect();
        found.sort_by_key(|((a, b), reason)| (reason.clone(), -(all[*a].mentions + all[*b].mentions), *a, *b));
        let mut rows = Rows::new(["keep", "merge", "reason", "mentions", "keep_id", "merge_id"]);
        for ((a, b), reason) in found {
            let (keep, merge) = if rank(&all[a]) >= rank(&all[b]) { (&all[a], &all[b]) } else { (&all[b], &all[a]) };
            if rows.len() < self.limit && !store.are_distinct(&keep.id, &merge.id)? {
                rows.push(vec![
                    json!(keep.name),
                    json!(merge.name),
                    json!(reason.told()),
                    json!(format!("{} + {}", keep.mentions, merge.mentions)),
                    json!(keep.id),
                    json!(merge.id),
                ]);
            }
        }
        match rows.is_empty() {
            true => say("no two entities look like one"),
            false => say(
                "`wiregraph merge KEEP_ID MERGE_ID` joins a pair, `wiregraph distinct` keeps it from being suggested",
            ),
        }
        if self.output.format() == Format::Table {
            rows.only(&["reason", "keep_id", "merge_id", "mentions"]);
        }
        rows.print(self.output.format())
    }
}

fn candidates(store: &Store) -> Result<Vec<Candidate>> {
    let mut query = store.connection().prepare(ENTITIES)?;
    let rows = query.query_map([], |row| {
        Ok(Candidate {
            id: row.get(0)?,
            name: row.get(1)?,
            entity_type: row.get(2)?,
            country: row.get(3)?,
            discovered: row.get(4)?,
            mentions: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One kind of thing, and not of two states. Two entries of the lists are two on purpose.
fn could_be_one(a: &Candidate, b: &Candidate) -> bool {
    let states = a.country.as_ref().zip(b.country.as_ref());
    let kinds = a.entity_type == b.entity_type || [a, b].iter().any(|one| one.entity_type == "OTHER");
    kinds && states.is_none_or(|(a, b)| a == b) && (a.discovered || b.discovered)
}

fn rank(candidate: &Candidate) -> (bool, i64, std::cmp::Reverse<&str>) {
    (!candidate.discovered, candidate.mentions, std::cmp::Reverse(&candidate.id))
}

/// The same name, its first letters, or a name with more words before it.
fn by_name(all: &[Candidate], suggest: &mut impl FnMut(usize, usize, Reason)) {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut letters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut last: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in all.iter().enumerate() {
        names.entry(candidate.name.to_lowercase()).or_default().push(at);
        letters.entry(initials(&candidate.name)).or_default().push(at);
        if candidate.entity_type == "PERSON"
            && let Some(word) = candidate.name.split_whitespace().last()
        {
            last.entry(word.to_lowercase()).or_default().push(at);
        }
    }
    for (at, candidate) in all.iter().enumerate() {
        let others = |among: Option<&Vec<usize>>| {
            among.into_iter().flatten().copied().filter(|other| *other != at).collect::<Vec<_>>()
        };
        for other in others(names.get(&candidate.name.to_lowercase())) {
            suggest(at, other, Reason::SameName);
        }
        let is_acronym = candidate.name.chars().count() > 1 && candidate.name.chars().all(char::is_uppercase);
        for other in others(letters.get(&candidate.name)).into_iter().filter(|_| is_acronym) {
            suggest(at, other, Reason::Acronym(candidate.name.clone()));
        }
        let one_word = candidate.entity_type == "PERSON" && !candidate.name.contains(char::is_whitespace);
        let bearers = others(last.get(&candidate.name.to_lowercase()).filter(|_| one_word));
        if let [other] = bearers[..] {
            suggest(at, other, Reason::LongerName);
        }
    }
}

fn by_form(store: &Store, all: &[Candidate], suggest: &mut impl FnMut(usize, usize, Reason)) -> Result<()> {
    let place = |id: &str| all.binary_search_by(|candidate| candidate.id.as_str().cmp(id)).ok();
    let mut query = store.connection().prepare(SHARED)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (a, b, form): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let (Some(a), Some(b)) = (place(&a), place(&b)) {
            suggest(a, b, Reason::SharedForm(form));
        }
    }
    Ok(())
}

/// "World Food Programme" → "WFP"; small words count for nothing.
fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}

impl Reason {
    fn told(&self) -> String {
        match self {
            Self::SameName => "the same name".to_owned(),
            Self::SharedForm(form) => format!("only these two are called “{form}”"),
            Self::Acronym(letters) => format!("{letters} are the other's first letters"),
            Self::LongerName => "the only one whose name ends so".to_owned(),
        }
    }
}
