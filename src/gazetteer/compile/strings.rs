//! Texts in, one run of bytes and the places of the texts in it out.

use super::{TooLarge, layout};
use rustc_hash::FxHashMap;

/// Texts one after the other, each behind its length. Place 0 holds the empty text: nothing.
pub struct Strings {
    pub bytes: Vec<u8>,
    /// Places of texts that come again and again: codes, titles, regions.
    known: FxHashMap<String, u32>,
}

impl Strings {
    pub fn new() -> Self {
        Self { bytes: vec![0], known: FxHashMap::default() }
    }

    pub fn add(&mut self, text: &str) -> Result<u32, TooLarge> {
        if text.is_empty() {
            return Ok(0);
        }
        let place = self.place()?;
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
        Ok(place)
    }

    /// A text that other rows are likely to have, too.
    pub fn add_common(&mut self, text: &str) -> Result<u32, TooLarge> {
        if text.is_empty() {
            return Ok(0);
        }
        if let Some(place) = self.known.get(text) {
            return Ok(*place);
        }
        let place = self.add(text)?;
        self.known.insert(text.to_owned(), place);
        Ok(place)
    }

    /// A text that was added.
    pub fn read(&self, place: u32) -> &str {
        layout::text(&self.bytes, place)
    }

    /// Where the next text will lie.
    pub fn place(&self) -> Result<u32, TooLarge> {
        u32::try_from(self.bytes.len()).map_err(|_| TooLarge("bytes of text"))
    }

    /// Seven bits a byte, the lowest first; the high bit says that more follow.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}
