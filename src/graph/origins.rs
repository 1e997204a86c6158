//! Documents in, origins out: reprints and long excerpts of one text are one origin, so that five outlets with one wire
//! story count once.

use crate::error::Result;
use rusqlite::{Transaction, params};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Words in a row that make a shingle.
const WORDS: usize = 5;
/// Share of the shorter text's shingles that the other must hold. Containment, not Jaccard: an excerpt is a copy too.
const CONTAINED: f64 = 0.6;

struct Text {
    id: i64,
    shingles: Vec<u64>,
}

/// Derives the origin of every document from the prose of all of them.
pub(super) fn derive(transaction: &Transaction) -> Result<()> {
    let texts = read_texts(transaction)?;
    let lead = groups(&texts.iter().map(|text| &text.shingles[..]).collect::<Vec<_>>());
    // Texts come in order of publication and name: the first of a group leads it.
    transaction.execute_batch("PRAGMA defer_foreign_keys = ON; DELETE FROM origin;")?;
    let mut insert =
        transaction.prepare("INSERT INTO origin SELECT ?, coalesce(source, name) FROM document WHERE id = ?")?;
    let mut update = transaction.prepare("UPDATE document SET origin = ?1 WHERE id = ?2 AND origin <> ?1")?;
    for (at, text) in texts.iter().enumerate() {
        if lead[at] == at {
            insert.execute([text.id, claimant(transaction, &texts, &lead, at)?])?;
        }
        update.execute(params![texts[lead[at]].id, text.id])?;
    }
    Ok(())
}

/// The first document of a group that names its outlet, else the first of all.
fn claimant(transaction: &Transaction, texts: &[Text], lead: &[usize], at: usize) -> Result<i64> {
    let mut has_outlet = transaction.prepare_cached("SELECT source IS NOT NULL FROM document WHERE id = ?")?;
    for (member, _) in lead.iter().enumerate().skip(at).filter(|(_, leader)| **leader == at) {
        if has_outlet.query_row([texts[member].id], |row| row.get(0))? {
            return Ok(texts[member].id);
        }
    }
    Ok(texts[at].id)
}

fn read_texts(transaction: &Transaction) -> Result<Vec<Text>> {
    let mut documents =
        transaction.prepare("SELECT id, text FROM document ORDER BY published IS NULL, published, name")?;
    let mut sentences = transaction.prepare("SELECT text FROM sentence WHERE document = ? ORDER BY start")?;
    let mut texts = Vec::new();
    let mut rows = documents.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        // Sentences leave out the page's furniture, which unrelated reports of one outlet share.
        let prose = sentences.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?.join(" ");
        let shingles =
            if prose.is_empty() { shingles(row.get_ref(1)?.as_str().unwrap_or_default()) } else { shingles(&prose) };
        texts.push(Text { id, shingles });
    }
    Ok(texts)
}

/// Hashes of the runs of five words, sorted, once each. A shorter text is one shingle as a whole; one without words has none.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut hashes: Vec<u64> = match words.len() {
        0 => Vec::new(),
        1..WORDS => vec![hash(&words)],
        _ => words.windows(WORDS).map(hash).collect(),
    };
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// FNV-1a: written out, because the hash must be the same on every machine and in every release.
fn hash(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// For each text the first text of its group. Groups grow through verified pairs only.
fn groups(texts: &[&[u64]]) -> Vec<usize> {
    let mut lead: Vec<usize> = (0..texts.len()).collect();
    for ((a, b), shared) in shared_shingles(texts) {
        let shorter = texts[a].len().min(texts[b].len());
        if shared as f64 >= CONTAINED * shorter as f64 {
            let (a, b) = (root(&lead, a), root(&lead, b));
            lead[a.max(b)] = a.min(b);
        }
    }
    (0..texts.len()).map(|text| root(&lead, text)).collect()
}

fn root(lead: &[usize], mut at: usize) -> usize {
    while lead[at] != at {
        at = lead[at];
    }
    at
}

/// How many shingles each pair of texts shares, for the pairs that share any.
fn shared_shingles(texts: &[&[u64]]) -> BTreeMap<(usize, usize), usize> {
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut shared = BTreeMap::new();
    for (text, shingles) in texts.iter().enumerate() {
        for shingle in *shingles {
            let earlier = holders.entry(*shingle).or_default();
            for &other in earlier.iter() {
                *shared.entry((other, text)).or_insert(0) += 1;
            }
            earlier.push(text);
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The two ministers opened the new road bridge over the river on Friday and praised the engineers \
                         who had built it in four years despite floods, frost and a long dispute over tolls.";

    fn grouped(texts: &[&str]) -> Vec<usize> {
        let shingled: Vec<_> = texts.iter().map(|text| shingles(text)).collect();
        groups(&shingled.iter().map(|shingles| &shingles[..]).collect::<Vec<_>>())
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
}
