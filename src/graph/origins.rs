//! Documents in, origins out: reprints and long excerpts of one text are one origin, so that five outlets with one wire
//! story count once.

use super::shingles::{self, shared};
use crate::error::Result;
use rusqlite::{Connection, Transaction, params};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Share of the shorter text's shingles that the other must hold. Containment, not Jaccard: an excerpt is a copy too.
pub(super) const CONTAINED: f64 = 0.6;
/// Shingles held in memory, 24 bytes each while they are put in order. Of a larger collection a part is held, by which pairs
/// are found whose texts are then compared in full.
const HELD: usize = 3 << 20;
/// Of each text so many are held at least, so that a short one is found in a long one.
const LEAST: usize = 16;
/// Bytes of text to a shingle, about.
const SPACING: usize = 6;
/// Of the texts that hold a shingle so many are compared with others, the first ones: a thousand reprints of one story
/// need no half a million comparisons, and what half of all reports say tells nothing.
pub(super) const HOLDERS: usize = 64;
/// Share of a text's held shingles from which a pair is worth comparing in full: by chance, 16 of a text that is a copy give
/// less once in a thousand times.
const PROMISING: f64 = 0.25;
/// Shingles of texts compared in full that are kept for the next comparison.
const KEPT: usize = 1 << 20;

/// One document as the order of publication and name has it.
struct Text {
    id: i64,
    has_outlet: bool,
    /// How many of its shingles are held.
    size: u32,
}

/// The shingles that are held, with the texts that hold them.
struct Index {
    texts: Vec<Text>,
    /// Numbers of the texts by id, sorted.
    places: Vec<(i64, u32)>,
    holders: Holders,
    sample: Sample,
}

/// Shingles are held by their highest bits: those in front of a mark tell the bucket, 32 after it are kept beside the text.
struct Holders {
    /// Of bucket `b` from `starts[b]` to `starts[b + 1]` in `held`.
    starts: Vec<u32>,
    /// In a bucket sorted by shingle, then text.
    held: Vec<(u32, u32)>,
    bits: u32,
}

impl Holders {
    fn new(mut pairs: Vec<(u64, u32)>) -> Self {
        pairs.sort_unstable();
        let bits = pairs.len().max(8).ilog2() - 2;
        let mut starts = vec![0u32; (1 << bits) + 1];
        for (shingle, _) in &pairs {
            starts[(shingle >> (64 - bits)) as usize + 1] += 1;
        }
        for bucket in 0..1 << bits {
            starts[bucket + 1] += starts[bucket];
        }
        let held = pairs.into_iter().map(|(shingle, text)| (rest(shingle, bits), text)).collect();
        Self { starts, held, bits }
    }

    /// The first texts that hold a shingle.
    fn of(&self, shingle: u64) -> impl Iterator<Item = u32> {
        let bucket = (shingle >> (64 - self.bits)) as usize;
        let held = &self.held[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        let own = rest(shingle, self.bits);
        let from = held.partition_point(|(held, _)| *held < own);
        held[from..].iter().take_while(move |(held, _)| *held == own).map(|(_, text)| *text).take(HOLDERS)
    }
}

fn rest(shingle: u64, bits: u32) -> u32 {
    (shingle << bits >> 32) as u32
}

/// The smallest shingles of a text: those below a limit, and never fewer than `LEAST`.
#[derive(Clone, Copy)]
struct Sample {
    limit: u64,
}

impl Sample {
    /// For a collection of so many bytes.
    fn fitting(bytes: usize) -> Self {
        Self::one_in((bytes / SPACING).div_ceil(HELD).max(1) as u64)
    }

    fn one_in(of: u64) -> Self {
        Self { limit: u64::MAX / of }
    }

    fn is_all(self) -> bool {
        self.limit == u64::MAX
    }

    /// Of sorted shingles.
    fn take(self, shingles: &[u64]) -> &[u64] {
        let below = shingles.partition_point(|shingle| *shingle <= self.limit);
        &shingles[..below.max(LEAST).min(shingles.len())]
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
        let text = |row: &rusqlite::Row| Ok(Text { id: row.get(0)?, has_outlet: row.get(1)?, size: 0 });
        let mut texts: Vec<Text> = documents.query_map([], text)?.collect::<rusqlite::Result<_>>()?;
        let mut places: Vec<(i64, u32)> = texts.iter().zip(0..).map(|(text, place)| (text.id, place)).collect();
        places.sort_unstable();
        let mut pairs = Vec::new();
        let mut order = places.iter();
        shingles::each(connection, |_, shingles| {
            let Some(&(_, place)) = order.next() else { return Ok(()) };
            let held = sample.take(&shingles);
            texts[place as usize].size = held.len() as u32;
            pairs.extend(held.iter().map(|shingle| (*shingle, place)));
            Ok(())
        })?;
        Ok(Self { texts, places, holders: Holders::new(pairs), sample })
    }

    /// For each text the first text of its group. Groups grow through verified pairs only.
    fn groups(&self, connection: &Connection) -> Result<Vec<usize>> {
        let mut lead: Vec<usize> = (0..self.texts.len()).collect();
        let mut compared = Compared::default();
        let mut order = self.places.iter();
        shingles::each(connection, |_, shingles| {
            let Some(&(_, text)) = order.next() else { return Ok(()) };
            for (other, share) in self.shares(text, &shingles) {
                let (a, b) = (root(&lead, other as usize), root(&lead, text as usize));
                if a != b && self.is_copy(connection, &shingles, (other, share), &mut compared)? {
                    lead[a.max(b)] = a.min(b);
                }
            }
            Ok(())
        })?;
        Ok((0..lead.len()).map(|text| root(&lead, text)).collect())
    }

    /// Texts that share shingles with one, with the part of the shorter one's shingles, or in a sample of their own, that this is.
    fn shares(&self, text: u32, shingles: &[u64]) -> Vec<(u32, f64)> {
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for shingle in shingles {
            for other in self.holders.of(*shingle).filter(|other| *other != text) {
                *shared.entry(other).or_default() += 1;
            }
        }
        let own = if self.sample.is_all() { self.texts[text as usize].size } else { u32::MAX };
        let of = |other: u32| own.min(self.texts[other as usize].size);
        let mut shares: Vec<(u32, f64)> =
            shared.into_iter().map(|(other, count)| (other, f64::from(count) / f64::from(of(other)))).collect();
        shares.sort_unstable_by_key(|(other, _)| *other);
        shares
    }

    fn is_copy(
        &self,
        connection: &Connection,
        shingles: &[u64],
        (other, share): (u32, f64),
        compared: &mut Compared,
    ) -> Result<bool> {
        // Shingles that very many hold were not counted for all: a smaller share may be too small.
        let is_sure = self.sample.is_all() && share >= CONTAINED;
        if is_sure || share < PROMISING {
            return Ok(is_sure);
        }
        let others = compared.shingles(connection, self.texts[other as usize].id)?;
        Ok(shared(shingles, &others) as f64 >= CONTAINED * shingles.len().min(others.len()) as f64)
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

/// Shingles of texts that were compared with another: those that many have to be compared with are the same few.
#[derive(Default)]
struct Compared {
    texts: FxHashMap<i64, Rc<[u64]>>,
    held: usize,
}

impl Compared {
    fn shingles(&mut self, connection: &Connection, document: i64) -> Result<Rc<[u64]>> {
        if let Some(known) = self.texts.get(&document) {
            return Ok(known.clone());
        }
        let shingles: Rc<[u64]> = shingles::of(connection, document)?.into();
        if self.held + shingles.len() > KEPT {
            *self = Self::default();
        }
        self.held += shingles.len();
        self.texts.insert(document, shingles.clone());
        Ok(shingles)
    }
}

fn root(lead: &[usize], mut at: usize) -> usize {
    while lead[at] != at {
        at = lead[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The two ministers opened the new road bridge over the river on Friday and praised the engineers \
                         who had built it in four years despite floods, frost and a long dispute over tolls.";

    fn grouped(texts: &[&str]) -> Vec<usize> {
        sampled(texts, Sample::one_in(1))
    }

    fn sampled(texts: &[&str], sample: Sample) -> Vec<usize> {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE document (id INTEGER PRIMARY KEY, source, name, published, text TEXT);
                 CREATE TABLE sentence (document, start, \"end\");",
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
        assert!(Sample::fitting(HELD * SPACING).is_all());
        assert_eq!(Sample::fitting(HELD * SPACING * 5).limit, u64::MAX / 5);
        let words = |story: usize| (0..400).map(move |at| format!("w{}", (at * at * 31 + story * 977 + at) % 9973));
        let story = |story| words(story).collect::<Vec<_>>().join(" ");
        let [one, two] = [story(1), story(2)];
        let half = format!("{} {}", &one[..one.len() / 2], &two[..two.len() / 2]);
        assert_eq!(sampled(&[&one, &two, &one, &two, &half], Sample::one_in(8)), [0, 1, 0, 1, 4]);
    }

    #[test]
    fn many_reprints_are_one_origin() {
        assert_eq!(grouped(&[STORY; 3 * HOLDERS]), vec![0; 3 * HOLDERS]);
    }

    /// The short text's few shingles decide, whichever of the two is looked at first.
    #[test]
    fn a_short_excerpt_is_found_in_a_sample() {
        let long = (0..4000).map(|at| format!("w{}", at * 7919 % 9973)).collect::<Vec<_>>().join(" ");
        let excerpt = long.split(' ').skip(1000).take(30).collect::<Vec<_>>().join(" ");
        assert_eq!(sampled(&[&long, &excerpt, STORY], Sample::one_in(1000)), [0, 0, 2]);
        assert_eq!(sampled(&[&excerpt, STORY, &long], Sample::one_in(1000)), [0, 1, 0]);
    }
}
