//! Documents in, origins out: reprints and long excerpts of one text are one origin, so that five outlets with one wire
//! story count once.

use crate::error::Result;
use rusqlite::{Connection, Transaction, params};
use rustc_hash::FxHashMap;

/// Words in a row that make a shingle.
pub(super) const WORDS: usize = 5;
/// Share of the shorter text's shingles that the other must hold. Containment, not Jaccard: an excerpt is a copy too.
pub(super) const CONTAINED: f64 = 0.6;
/// Shingles held in memory, 16 bytes each. In a larger collection one in 2, 4, 8 ... is looked at to find the pairs, and
/// their texts are compared in full.
const HELD: usize = 3 << 20;
/// Bytes of text to a shingle, about.
const SPACING: usize = 6;
/// Of the texts that hold a shingle so many are compared with later ones, the first ones: a thousand reprints of one story
/// need no half a million comparisons, and what half of all reports say tells nothing.
pub(super) const HOLDERS: usize = 64;
/// Share of the looked-at shingles from which a pair is worth comparing in full.
const PROMISING: f64 = 0.4;

/// One document as the order of publication and name has it.
struct Text {
    id: i64,
    has_outlet: bool,
    /// How many of its shingles are looked at.
    size: u32,
}

/// The shingles that are looked at, with the texts that hold them.
struct Index {
    texts: Vec<Text>,
    /// Sorted.
    holders: Vec<(u64, u32)>,
    sample: Sample,
}

/// One in `of` shingles, chosen by its hash.
#[derive(Clone, Copy)]
struct Sample {
    of: u64,
}

impl Sample {
    /// For a collection of so many bytes.
    fn fitting(bytes: usize) -> Self {
        Self { of: (bytes / SPACING).div_ceil(HELD).next_power_of_two() as u64 }
    }

    fn is_all(self) -> bool {
        self.of == 1
    }

    fn take(self, mut shingles: Vec<u64>) -> Vec<u64> {
        // The hash's upper half is the better mixed one.
        shingles.retain(|shingle| (shingle >> 32) & (self.of - 1) == 0);
        shingles
    }
}

/// Derives the origin of every document from the prose of all of them.
pub(super) fn derive(transaction: &Transaction) -> Result<()> {
    let index = Index::whole(transaction)?;
    let lead = index.groups(transaction)?;
    let claimant = index.claimants(&lead);
    // Texts come in order of publication and name: the first of a group leads it.
    transaction.execute_batch("PRAGMA defer_foreign_keys = ON; DELETE FROM origin;")?;
    let mut insert =
        transaction.prepare("INSERT INTO origin SELECT ?, coalesce(source, name) FROM document WHERE id = ?")?;
    let mut update = transaction.prepare("UPDATE document SET origin = ?1 WHERE id = ?2 AND origin <> ?1")?;
    for (at, text) in index.texts.iter().enumerate() {
        if lead[at] == at {
            insert.execute([text.id, index.texts[claimant[at]].id])?;
        }
        update.execute(params![index.texts[lead[at]].id, text.id])?;
    }
    Ok(())
}

/// What the derivation gives for each document (row ids): document, leader of its origin, the document whose outlet answers
/// for that.
pub(super) fn derived(connection: &Connection) -> Result<Vec<(i64, i64, i64)>> {
    let index = Index::whole(connection)?;
    let lead = index.groups(connection)?;
    let claimant = index.claimants(&lead);
    let id = |at: usize| index.texts[at].id;
    Ok((0..lead.len()).map(|at| (id(at), id(lead[at]), id(claimant[lead[at]]))).collect())
}

impl Index {
    /// Of all documents, sampled if they are many.
    fn whole(connection: &Connection) -> Result<Self> {
        let bytes: i64 =
            connection.query_row("SELECT coalesce(sum(octet_length(text)), 0) FROM document", [], |r| r.get(0))?;
        Self::read(connection, Sample::fitting(usize::try_from(bytes).unwrap_or(usize::MAX)))
    }

    fn read(connection: &Connection, sample: Sample) -> Result<Self> {
        let mut documents = connection
            .prepare("SELECT id, source IS NOT NULL FROM document ORDER BY published IS NULL, published, name")?;
        let mut index = Self { texts: Vec::new(), holders: Vec::new(), sample };
        let mut rows = documents.query([])?;
        while let Some(row) = rows.next()? {
            let (id, text) = (row.get(0)?, index.texts.len() as u32);
            let shingles = sample.take(shingles_of(connection, id)?);
            index.texts.push(Text { id, has_outlet: row.get(1)?, size: shingles.len() as u32 });
            index.holders.extend(shingles.into_iter().map(|shingle| (shingle, text)));
        }
        index.holders.sort_unstable();
        Ok(index)
    }

    /// For each text the first text of its group. Groups grow through verified pairs only.
    fn groups(&self, connection: &Connection) -> Result<Vec<usize>> {
        let mut lead: Vec<usize> = (0..self.texts.len()).collect();
        for text in 0..self.texts.len() {
            let shingles = shingles_of(connection, self.texts[text].id)?;
            for (other, share) in self.shares(text, &self.sample.take(shingles.clone())) {
                let (a, b) = (root(&lead, other), root(&lead, text));
                if a != b && self.is_copy(connection, &shingles, other, share)? {
                    lead[a.max(b)] = a.min(b);
                }
            }
        }
        Ok((0..lead.len()).map(|text| root(&lead, text)).collect())
    }

    /// Earlier texts that share shingles with a text, with the part that they share of the shorter one's.
    fn shares(&self, text: usize, shingles: &[u64]) -> Vec<(usize, f64)> {
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for shingle in shingles {
            let from = self.holders.partition_point(|(held, _)| held < shingle);
            let holders = self.holders[from..].iter().take(HOLDERS);
            for (_, other) in holders.take_while(|(held, other)| held == shingle && (*other as usize) < text) {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let shorter = |other: u32| self.texts[other as usize].size.min(self.texts[text].size);
        let share = |(other, count): (u32, u32)| (other as usize, f64::from(count) / f64::from(shorter(other)));
        let mut shares: Vec<(usize, f64)> = shared.into_iter().map(share).collect();
        shares.sort_unstable_by_key(|(other, _)| *other);
        shares
    }

    fn is_copy(&self, connection: &Connection, shingles: &[u64], other: usize, share: f64) -> Result<bool> {
        if self.sample.is_all() || share < PROMISING {
            return Ok(share >= CONTAINED);
        }
        let others = shingles_of(connection, self.texts[other].id)?;
        let shared = shingles.iter().filter(|shingle| others.binary_search(shingle).is_ok()).count();
        Ok(shared as f64 >= CONTAINED * shingles.len().min(others.len()) as f64)
    }

    /// For each group, at its first text: the first one that names its outlet, else the first of all.
    fn claimants(&self, lead: &[usize]) -> Vec<usize> {
        let mut claimant: Vec<usize> = (0..lead.len()).collect();
        for (at, leader) in lead.iter().enumerate() {
            if self.texts[at].has_outlet && !self.texts[claimant[*leader]].has_outlet {
                claimant[*leader] = at;
            }
        }
        claimant
    }
}

fn root(lead: &[usize], mut at: usize) -> usize {
    while lead[at] != at {
        at = lead[at];
    }
    at
}

/// Shingles of a document's sentences, which leave out the page's furniture: unrelated reports of one outlet share that.
fn shingles_of(connection: &Connection, document: i64) -> Result<Vec<u64>> {
    Ok(shingles(&prose_of(connection, document)?))
}

pub(super) fn prose_of(connection: &Connection, document: i64) -> Result<String> {
    let mut sentences = connection.prepare_cached("SELECT text FROM sentence WHERE document = ? ORDER BY start")?;
    let prose =
        sentences.query_map([document], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?.join(" ");
    if !prose.is_empty() {
        return Ok(prose);
    }
    let mut whole = connection.prepare_cached("SELECT text FROM document WHERE id = ?")?;
    Ok(whole.query_row([document], |row| row.get(0))?)
}

/// Hashes of the runs of five words, sorted, once each. A shorter text is one shingle as a whole; one without words has none.
pub(super) fn shingles(text: &str) -> Vec<u64> {
    let (_, words) = words(text);
    let mut hashes: Vec<u64> = match words.len() {
        0 => Vec::new(),
        1..WORDS => vec![hash(&words)],
        _ => words.windows(WORDS).map(hash).collect(),
    };
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Words in small letters, with their places in bytes.
pub(super) fn words(text: &str) -> (Vec<(usize, usize)>, Vec<String>) {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| ((start(word), start(word) + word.len()), word.to_lowercase()))
        .unzip()
}

/// FNV-1a: written out, because the hash must be the same on every machine and in every release.
fn hash(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The two ministers opened the new road bridge over the river on Friday and praised the engineers \
                         who had built it in four years despite floods, frost and a long dispute over tolls.";

    fn grouped(texts: &[&str]) -> Vec<usize> {
        sampled(texts, Sample { of: 1 })
    }

    fn sampled(texts: &[&str], sample: Sample) -> Vec<usize> {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE document (id INTEGER PRIMARY KEY, source, name, published, text TEXT);
                 CREATE TABLE sentence (document, start, text TEXT);",
            )
            .unwrap();
        for (id, text) in texts.iter().enumerate() {
            let row = params![id as i64, format!("{id:4}"), text];
            connection.execute("INSERT INTO document VALUES (?1, NULL, ?2, NULL, ?3)", row).unwrap();
        }
        Index::read(&connection, sample).unwrap().groups(&connection).unwrap()
    }

    #[test]
    fn a_reprint_and_an_excerpt_share_an_origin() {
        let longer = format!(
            "{STORY} Trade across the border had doubled in a decade, and lorries queued for days. Nobody \
                              expects the ferries to survive; their owners asked for help and were told to wait for spring."
        );
        let edited = STORY.replace("on Friday", "on Saturday").to_uppercase();
        assert_eq!(grouped(&[&longer, STORY, &edited]), [0, 0, 0]);
    }

    #[test]
    fn a_shared_quotation_does_not_join_two_reports() {
        let quote = "\"We shall build it together,\" the minister said.";
        let one = format!("{STORY} {quote}");
        let two = format!(
            "{quote} Farmers on the northern bank were less sure, and held a march of their own through the town."
        );
        assert_eq!(grouped(&[&one, &two]), [0, 1]);
    }

    #[test]
    fn texts_without_words_stay_apart() {
        assert_eq!(grouped(&["", "...", "yes", "yes"]), [0, 1, 2, 2]);
    }

    #[test]
    fn a_large_collection_is_sampled_and_compared_in_full() {
        assert_eq!(Sample::fitting(HELD * SPACING).of, 1);
        assert_eq!(Sample::fitting(HELD * SPACING * 5).of, 8);
        let words = |story: usize| (0..400).map(move |at| format!("w{}", (at * at * 31 + story * 977 + at) % 9973));
        let story = |story| words(story).collect::<Vec<_>>().join(" ");
        let [one, two] = [story(1), story(2)];
        let half = format!("{} {}", &one[..one.len() / 2], &two[..two.len() / 2]);
        assert_eq!(sampled(&[&one, &two, &one, &two, &half], Sample { of: 8 }), [0, 1, 0, 1, 4]);
    }

    #[test]
    fn many_reprints_are_one_origin() {
        assert_eq!(grouped(&[STORY; 3 * HOLDERS]), vec![0; 3 * HOLDERS]);
    }
}
