//! A text in, a bit for each of its bytes out: whether it lies in a word, and whether a word beginning there may begin a name.
//!
//! Blocks of 64 bytes are classed at once (`blocks`); letters beyond ASCII are then looked at one by one.

use super::blocks::{Classes, Scan};
use super::compile::phrase::is_mark;

/// Where the words of a text lie.
#[derive(Default)]
pub(super) struct Words {
    /// Bytes of words.
    inside: Vec<u64>,
    /// Bytes that are no small ASCII letter, if they lie in a word.
    large: Vec<u64>,
}

impl Words {
    /// Reads a text in place of the last one; `scan` is a way of classing bytes.
    pub(super) fn read(&mut self, text: &str, scan: Scan) {
        self.inside.clear();
        self.large.clear();
        let (words, mut beyond) = (self, Beyond::default());
        scan.blocks(text.as_bytes(), |base, classes| {
            let inside = if classes.beyond | beyond.spilt == 0 {
                beyond.last = classes.word >> 63;
                classes.word
            } else {
                beyond.letters(text, base, classes)
            };
            words.inside.push(inside);
            words.large.push(classes.large);
        });
    }

    /// How many blocks of 64 bytes there are.
    pub(super) fn blocks(&self) -> usize {
        self.inside.len()
    }

    /// In this block: where words begin that do not begin with a small ASCII letter, and where those that do.
    #[inline]
    pub(super) fn starts(&self, block: usize) -> (u64, u64) {
        let before = block.checked_sub(1).map_or(0, |before| self.inside[before] >> 63);
        let starts = self.inside[block] & !((self.inside[block] << 1) | before);
        (starts & self.large[block], starts & !self.large[block])
    }

    /// The end of the word that the byte lies in.
    #[inline]
    pub(super) fn end(&self, start: usize) -> usize {
        let (mut block, offset) = (start / 64, start % 64);
        let mut outside = !self.inside[block] >> offset;
        if outside << offset != 0 {
            return start + outside.trailing_zeros() as usize;
        }
        loop {
            block += 1;
            outside = self.inside.get(block).map_or(u64::MAX, |inside| !inside);
            if outside != 0 {
                return block * 64 + outside.trailing_zeros() as usize;
            }
        }
    }

    /// Where the next word begins, from a byte that lies in none.
    #[inline]
    pub(super) fn next(&self, end: usize) -> Option<usize> {
        let mut block = end / 64;
        let mut inside = self.inside.get(block)? & (u64::MAX << (end % 64));
        while inside == 0 {
            block += 1;
            inside = *self.inside.get(block)?;
        }
        Some(block * 64 + inside.trailing_zeros() as usize)
    }
}

/// Letters beyond ASCII, which may reach into the next block.
#[derive(Default)]
struct Beyond {
    /// Bytes of the next block that belong to a letter of the last one.
    spilt: u64,
    /// Whether the last byte of the last block lies in a word.
    last: u64,
}

impl Beyond {
    /// The bytes of the block that lie in words.
    fn letters(&mut self, text: &str, base: usize, classes: Classes) -> u64 {
        let mut inside = classes.word | self.spilt;
        self.spilt = 0;
        let mut left = classes.beyond;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left &= left - 1;
            // Within a letter there is no other.
            let Some(letter) = text.get(base + at..).and_then(|rest| rest.chars().next()) else { continue };
            let before = if at == 0 { self.last } else { (inside >> (at - 1)) & 1 };
            if letter.is_alphanumeric() || is_mark(letter) && before == 1 {
                let bytes = ((1_u128 << letter.len_utf8()) - 1) << at;
                inside |= bytes as u64;
                self.spilt |= (bytes >> 64) as u64;
            }
        }
        self.last = inside >> 63;
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::super::compile::phrase;
    use super::*;
    use proptest::prelude::*;

    /// As [`phrase::words`] reads it, letter by letter.
    fn expected(text: &str) -> Vec<(usize, usize)> {
        let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        phrase::words(text).iter().map(|word| (place(word.text), place(word.text) + word.text.len())).collect()
    }

    fn read(text: &str, scan: Scan) -> Words {
        let mut words = Words::default();
        words.read(text, scan);
        words
    }

    fn found(text: &str, scan: Scan) -> Vec<(usize, usize)> {
        let words = read(text, scan);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = words.next(at) {
            at = words.end(start);
            found.push((start, at));
        }
        found
    }

    proptest! {
        #[test]
        fn every_way_finds_the_words_that_reading_letter_by_letter_finds(
            text in r"([a-zA-Z0-9 ]|[éßИ中😀ʼ\u{300}’–.'\n\u{a0}-]|[a-z ]{9,90}){0,90}"
        ) {
            for scan in Scan::all() {
                prop_assert_eq!(found(&text, scan), expected(&text), "{:?}", scan);
            }
        }

        #[test]
        fn every_way_gives_the_same_bits(text in any::<String>().prop_map(|t| t.repeat(3))) {
            let plain = read(&text, Scan::Plain);
            for scan in Scan::all() {
                let other = read(&text, scan);
                prop_assert_eq!((&plain.inside, &plain.large), (&other.inside, &other.large));
            }
        }
    }
}
