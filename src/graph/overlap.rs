//! Two documents in; what they have in common, as the derivation of origins counts it, out.

use super::Store;
use super::origins::{self, CONTAINED, HOLDERS};
use super::shingles::{self, WORDS, prose_of, words};
use crate::error::Result;
use rustc_hash::FxHashMap;

/// What two documents have in common, and how much of it makes one origin of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Sequences of five words that both have, and how many the shorter one has.
    pub shared: usize,
    pub of: usize,
    /// The longest passage that both have, in the words of the first.
    pub passage: String,
}

impl Overlap {
    /// The part of the shorter text that the other has, 0 to 1.
    pub fn share(&self) -> f64 {
        if self.of == 0 { 0.0 } else { self.shared as f64 / self.of as f64 }
    }

    /// Whether that makes one origin of them.
    pub fn is_copy(&self) -> bool {
        self.of > 0 && self.share() >= CONTAINED
    }
}

impl Store {
    /// Finds the origins anew: for each document the one that leads its origin (row ids). What is stored stays as it is.
    pub fn compare_all(&self) -> Result<Vec<(i64, i64)>> {
        let derived = origins::derived(&self.connection)?;
        Ok(derived.into_iter().map(|(document, lead, _)| (document, lead)).collect())
    }

    /// Compares two documents (row ids) as the derivation of origins does.
    pub fn overlap(&self, a: i64, b: i64) -> Result<Overlap> {
        let (one, other) = (prose_of(&self.connection, a)?, prose_of(&self.connection, b)?);
        let (ours, theirs) = (shingles::of(&self.connection, a)?, shingles::of(&self.connection, b)?);
        let shared = shingles::shared(&ours, &theirs);
        Ok(Overlap { shared, of: ours.len().min(theirs.len()), passage: longest_passage(&one, &other) })
    }
}

/// The longest run of words of one text that the other has, too.
fn longest_passage(one: &str, other: &str) -> String {
    let (ours, theirs) = (words(one), words(other));
    let mut places: FxHashMap<&[String], Vec<usize>> = FxHashMap::default();
    for (at, window) in theirs.1.windows(WORDS).enumerate() {
        places.entry(window).or_default().push(at);
    }
    let run = |from: usize, at: usize| ours.1[from..].iter().zip(&theirs.1[at..]).take_while(|(a, b)| a == b).count();
    let (mut best, mut from) = ((0, 0), 0);
    while from + WORDS <= ours.1.len() {
        let places = places.get(&ours.1[from..from + WORDS]).map(Vec::as_slice).unwrap_or_default();
        let length = places.iter().take(HOLDERS).map(|&at| run(from, at)).max().unwrap_or(0);
        if length > best.1 {
            best = (from, length);
        }
        from += length.max(1);
    }
    match best {
        (_, 0) => String::new(),
        (from, length) => one[ours.0[from].0..ours.0[from + length - 1].1].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The two ministers opened the new road bridge over the river on Friday and praised the engineers \
                         who had built it in four years despite floods, frost and a long dispute over tolls.";

    #[test]
    fn the_longest_passage_keeps_the_words_of_the_first() {
        let other = "Nobody praised the engineers who had built it, in four years. The TWO ministers opened the new road bridge";
        assert_eq!(longest_passage(STORY, other), "praised the engineers who had built it in four years");
        assert_eq!(longest_passage(STORY, "quite another story of other people and places"), "");
    }
}
