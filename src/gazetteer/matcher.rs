//! Text in, leftmost-longest names out: the hashes of its words are looked up in the tables' beginnings of names.
//!
//! Boundaries hold by construction: a name can only begin and end where a word does. Between two words of a name stand
//! blanks, a hyphen, an apostrophe or a dot, never a comma or bracket.

use super::blocks::Scan;
use super::compile::layout::{GOES_ON, PROBES, Section, u32_at, u64_at};
use super::compile::phrase::{self, Gap, SMALL_WORDS};
use super::spelling::{Agreement, Name, Names, agreement};
use super::table::Table;
use super::words::Words;
use crate::text::Span;

/// Looks for the names of several tables at once.
pub(super) struct Matcher<'a> {
    layers: Vec<Layer<'a>>,
    /// A bit for the key of each word that may begin a name in small letters; empty where there is none.
    small: &'a [u8],
}

/// What a name stands for, as its table has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bearer {
    pub layer: usize,
    /// An institution that every state has, no entity.
    pub generic: bool,
    pub row: usize,
    pub alias: usize,
}

struct Layer<'a> {
    slots: &'a [u8],
    /// Slots that are the own ones of some hash.
    own: usize,
    bloom: &'a [u8],
    bloom_words: usize,
    strings: &'a [u8],
}

/// A word that may belong to a name, and the hash of the words up to it.
#[derive(Clone, Copy)]
struct Start {
    start: usize,
    end: usize,
    hash: u64,
}

/// What lies in a slot: where the names are that end here, how many, and whether longer ones go on.
#[derive(Clone, Copy)]
struct Slot {
    names: u32,
    count: u32,
    goes_on: bool,
}

/// The longest name from some word on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Longest {
    /// Where its last word ends.
    words_end: usize,
    spelling: Agreement,
}

/// Blocks of 64 bytes of which the first words are looked up together, so that memory is waited for once.
const TOGETHER: usize = 32;

/// Bytes that are read at once, or some more: what is known of their words stays near the processor.
const PIECE: usize = 1 << 15;

/// Parts of a text and where they begin, cut at signs that no name bridges.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..).filter(|rest| !rest.is_empty())?;
        let behind = rest.as_bytes().get(PIECE..).unwrap_or_default();
        let cut = behind.iter().position(|byte| b",;:!?()\"".contains(byte)).map_or(rest.len(), |at| PIECE + at);
        let piece = (from, rest.get(..cut)?);
        from += cut;
        Some(piece)
    })
}

/// Which of the words of all tables may begin a name in small letters.
pub(super) fn small_words(tables: &[Table]) -> Vec<u8> {
    let mut all = Vec::new();
    for small in tables.iter().map(|table| table.section(Section::Small)).filter(|small| !small.is_empty()) {
        all.resize(SMALL_WORDS * 8, 0);
        all.iter_mut().zip(small).for_each(|(bits, more)| *bits |= more);
    }
    all
}

impl<'a> Matcher<'a> {
    /// `small` as [`small_words`] gives it for the tables.
    pub(super) fn new(tables: &'a [Table], small: &'a [u8]) -> Self {
        Self { layers: tables.iter().map(Layer::new).collect(), small }
    }

    /// Tells `visit` of each name: its place, and the bearers of the name, those of later layers first.
    /// Bearers that are not `live` do not count.
    pub(super) fn each(&self, text: &str, live: impl Fn(Bearer) -> bool, mut visit: impl FnMut(Span, &[Bearer])) {
        let (scan, mut words) = (Scan::best(), Words::default());
        let (mut starts, mut bearers) = (Vec::new(), Vec::new());
        for (offset, text) in pieces(text) {
            words.read(text, scan);
            let mut from = 0;
            for block in (0..words.blocks()).step_by(TOGETHER) {
                starts.clear();
                for block in block..words.blocks().min(block + TOGETHER) {
                    self.starts(text, &words, block, &mut starts);
                }
                self.fetch(&starts);
                for start in &starts {
                    if start.start < from {
                        continue;
                    }
                    bearers.clear();
                    if let Some(found) = self.longest(text, &words, start, &live, &mut bearers) {
                        from = found.words_end;
                        visit(Span::new(offset + start.start, offset + found.spelling.end), &bearers);
                    }
                }
            }
        }
    }

    /// Words of the block that begin a name of some table, or perhaps do.
    #[inline]
    fn starts(&self, text: &str, words: &Words, block: usize, starts: &mut Vec<Start>) {
        let (large, small) = words.starts(block);
        let mut left = large | self.small_starts(text.as_bytes(), words, block, small);
        while left != 0 {
            let start = block * 64 + left.trailing_zeros() as usize;
            left &= left - 1;
            let end = words.end(start);
            let hash = hash_at(text, start, end);
            if self.layers.iter().any(|layer| layer.may_begin(hash)) {
                starts.push(Start { start, end, hash });
            }
        }
    }

    /// Of the words in small letters those that may begin a name.
    #[inline]
    fn small_starts(&self, text: &[u8], words: &Words, block: usize, small: u64) -> u64 {
        let (mut left, mut kept) = (if self.small.is_empty() { 0 } else { small }, 0);
        while left != 0 {
            let bit = left & left.wrapping_neg();
            left ^= bit;
            let start = block * 64 + bit.trailing_zeros() as usize;
            if self.may_be_small(text, start, words.end(start)) {
                kept |= bit;
            }
        }
        kept
    }

    #[inline]
    fn may_be_small(&self, text: &[u8], start: usize, end: usize) -> bool {
        let Some(letters) = first_letters(text, start, end) else { return true };
        let bit = phrase::small_bit(letters);
        (self.small[bit / 8] >> (bit % 8)) & 1 == 1
    }

    /// Asks for the slots of all starts before the first is looked at.
    fn fetch(&self, starts: &[Start]) {
        let slots = |layer: &Layer| starts.iter().fold(0, |all, s| all ^ u64_at(layer.slots, layer.home(s.hash)));
        std::hint::black_box(self.layers.iter().map(slots).fold(0, |all, slot| all ^ slot));
    }

    fn longest(
        &self,
        text: &str,
        words: &Words,
        start: &Start,
        live: &impl Fn(Bearer) -> bool,
        bearers: &mut Vec<Bearer>,
    ) -> Option<Longest> {
        let mut longest: Option<Longest> = None;
        for (number, layer) in self.layers.iter().enumerate().rev() {
            let live = |bearer: Bearer| live(Bearer { layer: number, ..bearer });
            let top = number + 1 == self.layers.len();
            let counts = |name: &Name| top || name.bearers().any(live);
            let Some((found, slot)) = layer.longest(text, words, start, counts) else { continue };
            if longest.is_none_or(|before| found > before) {
                bearers.clear();
                longest = Some(found);
            }
            if longest == Some(found) {
                let names = Names::new(layer.strings, slot.names, slot.count);
                let span = Span::new(start.start, found.words_end);
                // A name alone is known to agree.
                let spelt = names.filter(|name| slot.count == 1 || agreement(name, text, span) == Some(found.spelling));
                let all = spelt.flat_map(|name| name.bearers());
                let from = bearers.len();
                bearers.extend(all.map(|bearer| Bearer { layer: number, ..bearer }).filter(|b| top || live(*b)));
                // In the order of the lists, whatever the letter case that each asks for.
                if bearers.len() > from + 1 {
                    bearers[from..].sort_unstable();
                }
            }
        }
        longest
    }
}

impl<'a> Layer<'a> {
    fn new(table: &'a Table) -> Self {
        let (slots, bloom) = (table.section(Section::Slots), table.section(Section::Bloom));
        let own = (slots.len() / 16).saturating_sub(PROBES);
        Self { slots, own, bloom, bloom_words: bloom.len() / 8, strings: table.section(Section::Strings) }
    }

    /// Whether a name may begin with the word.
    #[inline]
    fn may_begin(&self, hash: u64) -> bool {
        let bits = phrase::bloom_bits(hash);
        u64_at(self.bloom, 8 * phrase::bloom_word(hash, self.bloom_words)) & bits == bits
    }

    /// Where the first slot to look into begins.
    #[inline]
    fn home(&self, hash: u64) -> usize {
        16 * phrase::slot(hash, self.own)
    }

    #[inline]
    fn slot(&self, hash: u64) -> Option<Slot> {
        let home = self.home(hash);
        for at in (home..home + 16 * PROBES).step_by(16) {
            let found = u64_at(self.slots, at);
            if found == hash {
                let count = u32_at(self.slots, at + 12);
                let names = u32_at(self.slots, at + 8);
                return Some(Slot { names, count: count & !GOES_ON, goes_on: count & GOES_ON != 0 });
            }
            // Sorted hashes fill the slots in order: what is larger lies behind.
            if found == 0 || found > hash {
                return None;
            }
        }
        None
    }

    fn longest(
        &self,
        text: &str,
        words: &Words,
        first: &Start,
        counts: impl Fn(&Name) -> bool,
    ) -> Option<(Longest, Slot)> {
        let mut longest = None;
        let mut last = *first;
        while let Some(slot) = self.slot(last.hash) {
            if slot.count > 0 {
                let names = Names::new(self.strings, slot.names, slot.count);
                let alive = names.filter(&counts);
                let best = alive.filter_map(|name| agreement(&name, text, Span::new(first.start, last.end))).max();
                longest = best.map(|spelling| (Longest { words_end: last.end, spelling }, slot)).or(longest);
            }
            if !slot.goes_on {
                break;
            }
            let Some(next) = step(text, words, &last) else { break };
            last = next;
        }
        longest
    }
}

/// One word on; `None` where no name goes on.
#[inline]
fn step(text: &str, words: &Words, last: &Start) -> Option<Start> {
    let start = words.next(last.end)?;
    let gap = gap_at(text, last.start, last.end, start)?;
    let end = words.end(start);
    Some(Start { start, end, hash: phrase::extend(last.hash, gap, hash_at(text, start, end)) })
}

/// The first eight letters of a word, zeros behind its end; `None` where one of them is beyond ASCII, or the text ends.
#[inline]
fn first_letters(text: &[u8], start: usize, end: usize) -> Option<u64> {
    let eight = text.get(start..)?.first_chunk()?;
    let letters = u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * (end - start).clamp(1, 8)));
    (letters & 0x8080_8080_8080_8080 == 0).then_some(letters)
}

#[inline]
fn hash_at(text: &str, start: usize, end: usize) -> u64 {
    match first_letters(text.as_bytes(), start, end) {
        Some(letters) if end - start <= 8 => phrase::add_eight(phrase::seed(end - start), letters).max(1),
        _ => hash_long(text.get(start..end).unwrap_or_default()),
    }
}

fn hash_long(word: &str) -> u64 {
    if word.is_ascii() { phrase::hash(word) } else { phrase::hash_any(word) }
}

/// What lies between the word from `start` to `end` and the one that begins at `next`.
#[inline]
fn gap_at(text: &str, start: usize, end: usize, next: usize) -> Option<Gap> {
    if next == end + 1 && text.as_bytes()[end] == b' ' {
        return Some(Gap::Space);
    }
    phrase::gap(text.get(end..next)?, text.get(start..end)?)
}
