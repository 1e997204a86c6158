//! A name in, the words it is made of and a hash for each of its beginnings out.
//!
//! Names in the lists and names in texts go through the same hashes, whatever their letter case.

/// What may stand between two words of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Blanks or a hyphen.
    Space,
    Apostrophe,
    /// The dot after an initial: `U.S`.
    Dot,
}

/// A word of a name, and what stands before it.
pub struct Word<'a> {
    pub text: &'a str,
    /// `None`: the first word, or nothing that a name may bridge.
    pub gap: Option<Gap>,
}

/// The words of a short text, one after the other.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let (mut at, mut end) = (0, 0);
    while let Some(from) = text[at..].find(char::is_alphanumeric) {
        let start = at + from;
        let rest = &text[start..];
        let len = rest.find(|c: char| !c.is_alphanumeric() && !is_mark(c)).unwrap_or(rest.len());
        let gap = words.last().and_then(|before| gap(&text[end..start], before.text));
        words.push(Word { text: &rest[..len], gap });
        end = start + len;
        at = end;
    }
    words
}

/// Combining marks belong to the letter before them.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// What lies between two words, `before` the first of them.
pub fn gap(between: &str, before: &str) -> Option<Gap> {
    match between {
        " " | "-" | "\u{2010}" | "\u{2011}" => Some(Gap::Space),
        "'" | "’" | "‘" => Some(Gap::Apostrophe),
        "." if is_at_most(before, 1) => Some(Gap::Dot),
        _ => {
            // Behind an initial or an abbreviation such as "St." a dot may stand before the blank.
            let blank = between.strip_prefix('.').filter(|_| is_at_most(before, 2)).unwrap_or(between);
            is_blank(blank).then_some(Gap::Space)
        }
    }
}

fn is_at_most(word: &str, letters: usize) -> bool {
    word.chars().nth(letters).is_none()
}

/// Blanks and at most one line break.
fn is_blank(between: &str) -> bool {
    let mut breaks = 0;
    let blank = |c: char| {
        breaks += usize::from(c == '\n');
        c.is_whitespace() && breaks <= 1
    };
    !between.is_empty() && between.chars().all(blank)
}

/// Whether a word may begin a name by its looks: it does not begin with a small ASCII letter.
pub fn is_capital(word: &str) -> bool {
    !word.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The hash of one word, the same in any letter case; never 0.
pub fn hash(word: &str) -> u64 {
    if word.is_ascii() {
        return hash_bytes(word.as_bytes(), SMALL);
    }
    let folded = folded(word);
    hash_bytes(folded.as_bytes(), if folded.is_ascii() { SMALL } else { 0 })
}

/// As [`hash`] for a word of any letters, without asking for memory where the word is not very long.
pub fn hash_any(word: &str) -> u64 {
    let mut buffer = [0; 96];
    let mut len = 0;
    for letter in word.chars().flat_map(char::to_lowercase) {
        let Some(room) = buffer.get_mut(len..len + 4) else { return hash(word) };
        len += letter.encode_utf8(room).len();
    }
    let folded = &buffer[..len];
    hash_bytes(folded, if folded.is_ascii() { SMALL } else { 0 })
}

/// In small letters.
pub fn folded(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).collect()
}

/// Puts a capital ASCII letter into small ones; digits and small letters stay.
pub const SMALL: u64 = 0x2020_2020_2020_2020;
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// `small`: what puts ASCII into small letters, and nothing else may change.
fn hash_bytes(bytes: &[u8], small: u64) -> u64 {
    let mut hash = seed(bytes.len());
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        hash = mixed(hash ^ (u64::from_le_bytes(*eight) | small));
    }
    if !rest.is_empty() {
        let mut eight = [0; 8];
        eight[..rest.len()].copy_from_slice(rest);
        hash = mixed(hash ^ (u64::from_le_bytes(eight) | small));
    }
    hash.max(1)
}

/// The hash of no letters yet, of a word of `len` bytes.
#[inline]
pub fn seed(len: usize) -> u64 {
    SEED ^ len as u64
}

/// Adds eight ASCII letters of a word, the last ones filled up with zeros.
#[inline]
pub fn add_eight(hash: u64, letters: u64) -> u64 {
    mixed(hash ^ (letters | SMALL))
}

/// The hash of a beginning that is longer by one word; never 0.
#[inline]
pub fn extend(prefix: u64, gap: Gap, word: u64) -> u64 {
    let gap = match gap {
        Gap::Space => 0x2545_F491_4F6C_DD1D,
        Gap::Apostrophe => 0xA076_1D64_78BD_642F,
        Gap::Dot => 0x8EBC_6AF0_9C88_C6E3,
    };
    (mixed(prefix ^ gap) ^ word).max(1)
}

#[inline]
pub fn mixed(value: u64) -> u64 {
    let product = u128::from(value) * 0xD6E8_FEB8_6659_FD93_u128;
    (product as u64) ^ (product >> 64) as u64
}

/// Eight letters that tell most words in small letters apart: the first of a word, those beyond ASCII and what follows cut off.
pub fn key(folded: &str) -> u64 {
    let ascii = folded.bytes().take(8).take_while(u8::is_ascii);
    let mut eight = [0; 8];
    for (to, letter) in eight.iter_mut().zip(ascii) {
        *to = letter;
    }
    u64::from_le_bytes(eight)
}

/// The hash of a text as it stands; never 0.
pub fn text_hash(text: &str) -> u64 {
    let mut hash = seed(text.len());
    for chunk in text.as_bytes().chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash = mixed(hash ^ u64::from_le_bytes(eight)).rotate_left(1);
    }
    hash.max(1)
}

/// The hash of an office: a title and the body that it is of.
pub fn office_hash(title: &str, of: &str) -> u64 {
    mixed(text_hash(title) ^ text_hash(of).rotate_left(32))
}

/// The first slot to look into for a hash.
#[inline]
pub fn slot(hash: u64, slots: usize) -> usize {
    ((u128::from(hash) * slots as u128) >> 64) as usize
}

/// Which of the bloom filter's words, a power of two of them, tells of a first word.
#[inline]
pub fn bloom_word(hash: u64, words: usize) -> usize {
    (hash >> 12) as usize & (words - 1)
}

/// Which of its bits are set for the word.
#[inline]
pub fn bloom_bits(hash: u64) -> u64 {
    (1 << (hash & 63)) | (1 << ((hash >> 6) & 63))
}

/// Length of the filter of words in small letters, in words of 64 bits.
pub const SMALL_WORDS: usize = 1024;

/// Which of its bits tells of a word's [`key`].
#[inline]
pub fn small_bit(key: u64) -> usize {
    (mixed(key | SMALL) >> 48) as usize
}
