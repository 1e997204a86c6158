//! How a compiled table lies in its file: a header, a directory, sections of fixed records; all numbers little endian.
//!
//! ```text
//! 0   8  magic             24  8  checksum of all bytes from BODY on
//! 8   4  version           32  8  checksum of header and directory, taken as zero here
//! 12  4  number of sections 40    directory: offset and length of each section, 8 bytes each
//! 16  8  length of the file
//! ```
//! Sections begin at multiples of 64. Nothing points outside the file by address, so it may lie anywhere in memory.

use super::phrase::mixed;

pub const MAGIC: [u8; 8] = *b"wiregaz\n";
/// Raised whenever a table of before would be read wrongly.
pub const VERSION: u32 = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Texts: length as a varint, then the letters. Names that the matcher knows go on with what they stand for.
    Strings,
    Entities,
    Aliases,
    Roles,
    Members,
    Generic,
    Sources,
    /// Beginnings of names, by hash.
    Slots,
    /// Which words begin a name.
    Bloom,
    /// Which words in small letters do.
    Small,
    /// Rows of entities, by the hash of their id.
    ById,
    /// Rows of entities, by the hash of their name.
    ByName,
    /// Holders of offices, in order of the hash of title and body.
    Holders,
    /// First names of people, in order.
    GivenNames,
}

impl Section {
    pub const ALL: [Self; 14] = [
        Self::Strings,
        Self::Entities,
        Self::Aliases,
        Self::Roles,
        Self::Members,
        Self::Generic,
        Self::Sources,
        Self::Slots,
        Self::Bloom,
        Self::Small,
        Self::ById,
        Self::ByName,
        Self::Holders,
        Self::GivenNames,
    ];

    /// Bytes of one record.
    pub fn record(self) -> usize {
        match self {
            Self::Strings => 1,
            Self::Entities => entity::SIZE,
            Self::Aliases => 8,
            Self::Roles => 24,
            Self::Members => 12,
            Self::Generic => 16,
            Self::Sources => 24,
            Self::Slots | Self::Holders => 16,
            Self::Bloom | Self::Small => 8,
            Self::ById | Self::ByName | Self::GivenNames => 4,
        }
    }
}

/// Where the fields of an entity lie in its record.
pub mod entity {
    pub const ID: usize = 0;
    pub const COUNTRY: usize = 4;
    pub const SECTOR: usize = 8;
    pub const STANDS_FOR: usize = 12;
    pub const WIKIDATA: usize = 16;
    pub const GEONAMES: usize = 20;
    pub const ADMIN: usize = 24;
    /// Not a number: unknown.
    pub const LATITUDE: usize = 28;
    pub const LONGITUDE: usize = 32;
    /// All bits set: unknown.
    pub const POPULATION: usize = 36;
    /// All bits set: unknown.
    pub const PRIOR: usize = 44;
    pub const TYPE: usize = 46;
    /// 0 unknown, 1 male, 2 female.
    pub const GENDER: usize = 47;
    /// The first row behind the entity's own; they begin where those of the entity before end.
    pub const ALIASES: usize = 48;
    pub const ROLES: usize = 52;
    pub const MEMBERS: usize = 56;
    pub const VALID: usize = 60;
    pub const SIZE: usize = 68;
}

/// Bits of an alias.
pub mod flag {
    pub const FOLDED: u8 = 1;
    pub const CONTEXT: u8 = 2;
    pub const ARTICLE: u8 = 4;
    pub const AMBIGUOUS: u8 = 8;
}

/// A slot's last word: this bit says that longer names go on, the rest how many names end here.
pub const GOES_ON: u32 = 1 << 31;
/// A hash lies in its own slot or less than this many behind it; so many slots stand behind the last that is any hash's own.
pub const PROBES: usize = 512;
/// The start of a term that is not told.
pub const NO_TERM: u32 = u32::MAX;

pub const DIRECTORY: usize = 40;
pub const BODY: usize = (DIRECTORY + 16 * Section::ALL.len()).next_multiple_of(64);

/// The file of these sections, in order of [`Section::ALL`].
pub fn assemble(sections: &[Vec<u8>]) -> Vec<u8> {
    let mut file = vec![0; BODY];
    for (number, section) in sections.iter().enumerate() {
        file.resize(file.len().next_multiple_of(64), 0);
        let (offset, length) = (file.len() as u64, section.len() as u64);
        file[DIRECTORY + 16 * number..][..8].copy_from_slice(&offset.to_le_bytes());
        file[DIRECTORY + 16 * number + 8..][..8].copy_from_slice(&length.to_le_bytes());
        file.extend_from_slice(section);
    }
    file[..8].copy_from_slice(&MAGIC);
    file[8..12].copy_from_slice(&VERSION.to_le_bytes());
    file[12..16].copy_from_slice(&(sections.len() as u32).to_le_bytes());
    let length = file.len() as u64;
    file[16..24].copy_from_slice(&length.to_le_bytes());
    let body = checksum(&file[BODY..]);
    file[24..32].copy_from_slice(&body.to_le_bytes());
    let head = checksum(&file[..BODY]);
    file[32..40].copy_from_slice(&head.to_le_bytes());
    file
}

/// Tells damage, not malice.
pub fn checksum(bytes: &[u8]) -> u64 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let sum = eights.iter().chain([&last]).fold(0, |sum, eight| mixed(sum ^ u64::from_le_bytes(*eight)).rotate_left(5));
    sum ^ bytes.len() as u64
}

/// Four bytes at a place; 0 beyond the end.
#[inline]
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_le_bytes(*four))
}

/// Eight bytes at a place; 0 beyond the end.
#[inline]
pub fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |eight| u64::from_le_bytes(*eight))
}

/// A number of seven bits a byte, and the place behind it; 0 beyond the end.
#[inline]
pub fn number(bytes: &[u8], at: usize) -> (u64, usize) {
    let (mut number, mut at) = (0, at);
    for shift in (0..63).step_by(7) {
        let Some(byte) = bytes.get(at) else { break };
        number |= u64::from(byte & 0x7F) << shift;
        at += 1;
        if byte & 0x80 == 0 {
            break;
        }
    }
    (number, at)
}

/// The letters behind their number, and the place behind them; none where none lie there.
#[inline]
pub fn letters_at(strings: &[u8], place: usize) -> (&[u8], usize) {
    let (length, start) = number(strings, place);
    let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
    let letters = end.and_then(|end| strings.get(start..end)).unwrap_or_default();
    (letters, start + letters.len())
}

/// The text at a place.
pub fn text(strings: &[u8], place: u32) -> &str {
    str::from_utf8(letters_at(strings, place as usize).0).unwrap_or_default()
}
