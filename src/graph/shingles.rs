//! Texts in, hashes of their runs of five words out: what two texts are compared by.

use super::place::Slices;
use crate::error::Result;
use rusqlite::Connection;

/// Words in a row that make a shingle.
pub(super) const WORDS: usize = 5;

/// FNV-1a: written out, because the hash must be the same on every machine and in every release.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// Shingles of a text that is fed in pieces; a word ends where its piece does.
#[derive(Default)]
pub(super) struct Shingles {
    found: Vec<u64>,
    /// Hashes of the last words, the latest one last.
    last: [u64; WORDS],
    words: usize,
}

impl Shingles {
    pub fn feed(&mut self, text: &str) {
        let (bytes, mut at, mut word) = (text.as_bytes(), 0, None);
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                word = Some((word.unwrap_or(BASIS) ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME));
                at += 1;
            } else if byte.is_ascii() {
                self.end_word(word.take());
                at += 1;
            } else {
                at += self.wide(&text[at..], &mut word);
            }
        }
        self.end_word(word);
    }

    /// One character beyond ASCII; its length.
    fn wide(&mut self, text: &str, word: &mut Option<u64>) -> usize {
        let letter = text.chars().next().unwrap_or_default();
        if letter.is_alphanumeric() {
            for small in letter.to_lowercase() {
                let small = word.unwrap_or(BASIS) ^ u64::from(u32::from(small));
                *word = Some(small.wrapping_mul(PRIME));
            }
        } else {
            self.end_word(word.take());
        }
        letter.len_utf8()
    }

    fn end_word(&mut self, word: Option<u64>) {
        let Some(word) = word else { return };
        self.last.rotate_left(1);
        self.last[WORDS - 1] = word;
        self.words += 1;
        if self.words >= WORDS {
            self.found.push(run(&self.last));
        }
    }

    /// Sorted, once each. A text of fewer words is one shingle as a whole; one without words has none.
    pub fn sorted(mut self) -> Vec<u64> {
        if (1..WORDS).contains(&self.words) {
            self.found.push(run(&self.last[WORDS - self.words..]));
        }
        self.found.sort_unstable();
        self.found.dedup();
        self.found
    }
}

/// Of words in a row. All bits are mixed: texts are sampled by the order of these numbers.
fn run(words: &[u64]) -> u64 {
    let hash = words.iter().fold(BASIS, |hash, word| (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29));
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// Of one text.
#[cfg(test)]
pub(super) fn shingles(text: &str) -> Vec<u64> {
    let mut shingles = Shingles::default();
    shingles.feed(text);
    shingles.sorted()
}

/// How many shingles two texts share.
pub(super) fn shared(one: &[u64], other: &[u64]) -> usize {
    let (mut a, mut b, mut count) = (0, 0, 0);
    while a < one.len() && b < other.len() {
        let (x, y) = (one[a], other[b]);
        count += usize::from(x == y);
        a += usize::from(x <= y);
        b += usize::from(y <= x);
    }
    count
}

/// Words in small letters, with their places in bytes.
pub(super) fn words(text: &str) -> (Vec<(usize, usize)>, Vec<String>) {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| ((start(word), start(word) + word.len()), word.to_lowercase()))
        .unzip()
}

/// Sentences of a document, which leave out the page's furniture: unrelated reports of one outlet share that.
const SENTENCES: &str = "SELECT document, start, \"end\" FROM sentence";

/// Shingles of every document (row id), in order of id: text and sentences are read from the first to the last page.
pub(super) fn each(connection: &Connection, mut see: impl FnMut(i64, Vec<u64>) -> Result<()>) -> Result<()> {
    let mut spans = connection.prepare(&format!("{SENTENCES} ORDER BY document, start"))?;
    let mut spans = spans.query_map([], span)?;
    let mut texts = connection.prepare("SELECT id, text FROM document ORDER BY id")?;
    let mut texts = texts.query([])?;
    let mut next = spans.next().transpose()?;
    while let Some(row) = texts.next()? {
        let (id, text) = (row.get(0)?, row.get_ref(1)?.as_str().unwrap_or_default());
        let mut sentences = Vec::new();
        while let Some((document, start, end)) = next.filter(|(document, ..)| *document <= id) {
            if document == id {
                sentences.push((start, end));
            }
            next = spans.next().transpose()?;
        }
        see(id, of_prose(text, &sentences))?;
    }
    Ok(())
}

/// Of one document.
pub(super) fn of(connection: &Connection, document: i64) -> Result<Vec<u64>> {
    let (text, sentences) = parts(connection, document)?;
    Ok(of_prose(&text, &sentences))
}

/// A document's sentences, a blank between them; all of its text where it has none.
pub(super) fn prose_of(connection: &Connection, document: i64) -> Result<String> {
    let (text, sentences) = parts(connection, document)?;
    let mut slices = Slices::of(&text);
    let prose = sentences.iter().map(|&(start, end)| slices.slice(start, end)).collect::<Vec<_>>().join(" ");
    Ok(if prose.is_empty() { text } else { prose })
}

fn parts(connection: &Connection, document: i64) -> Result<(String, Vec<(usize, usize)>)> {
    let mut query = connection.prepare_cached("SELECT text FROM document WHERE id = ?")?;
    let text = query.query_row([document], |row| row.get(0))?;
    let mut query = connection.prepare_cached(&format!("{SENTENCES} WHERE document = ? ORDER BY start"))?;
    let spans = query.query_map([document], span)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok((text, spans.into_iter().map(|(_, start, end)| (start, end)).collect()))
}

fn span(row: &rusqlite::Row) -> rusqlite::Result<(i64, usize, usize)> {
    let place = |at| Ok::<_, rusqlite::Error>(row.get::<_, u32>(at)? as usize);
    Ok((row.get(0)?, place(1)?, place(2)?))
}

fn of_prose(text: &str, sentences: &[(usize, usize)]) -> Vec<u64> {
    let (mut slices, mut shingles) = (Slices::of(text), Shingles::default());
    for &(start, end) in sentences {
        shingles.feed(slices.slice(start, end));
    }
    if sentences.is_empty() {
        shingles.feed(text);
    }
    shingles.sorted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_marks_do_not_count() {
        let plain = shingles("the envoys of Åland met in Heihe again");
        assert_eq!(plain.len(), 4);
        assert_eq!(plain, shingles("The ENVOYS (of ÅLAND) \u{2014} met, in Heihe: again!"));
        assert_eq!(shared(&plain, &shingles("Envoys of Åland met in Heihe once")), 2);
        assert_ne!(shingles("one two three four five"), shingles("five four three two one"));
    }

    #[test]
    fn few_words_are_one_shingle() {
        assert_eq!(
            (shingles("").len(), shingles("...").len(), shingles("yes").len(), shingles("one two").len()),
            (0, 0, 1, 1)
        );
    }
}
