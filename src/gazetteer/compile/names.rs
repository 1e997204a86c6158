//! Aliases in, what the matcher looks up out: names in order of hash, slots for their beginnings, filters of first words.

use super::super::rows::{AliasRow, EntityRow, GenericRow};
use super::layout::{GOES_ON, flag};
use super::strings::Strings;
use super::{TooLarge, phrase, places};
use phrase::Word;
use rustc_hash::FxHashSet;

#[derive(Default)]
pub(super) struct Names {
    /// All aliases, one after the other.
    texts: String,
    aliases: Vec<Alias>,
    /// What each row's aliases are, in order.
    owners: Vec<Owner>,
    /// Names and nationality words of states.
    pub(super) states: FxHashSet<String>,
    /// Names of institutions that every state has.
    generic: FxHashSet<(String, Sector)>,
}

struct Alias {
    /// In `texts`; it ends where the next one starts.
    start: u32,
    kind: u8,
    flags: u8,
}

/// A row, and where its aliases end.
struct Owner {
    /// Twice the number of the row, and one more for an institution that every state has.
    candidate: u64,
    end: u32,
    sector: Sector,
}

/// The three letters of a PLOVER sector, or zeros.
type Sector = [u8; 3];

fn sector(letters: Option<&str>) -> Sector {
    letters.and_then(|letters| letters.as_bytes().try_into().ok()).unwrap_or_default()
}

/// An alias that the matcher is to find.
struct Name {
    hash: u64,
    alias: u32,
    candidate: u64,
    /// Which of the row's aliases it is.
    number: u32,
}

pub(super) struct Matched {
    pub aliases: Vec<u8>,
    pub slots: Vec<u8>,
    pub bloom: Vec<u8>,
    pub small: Vec<u8>,
}

/// Words that begin names, and every beginning that a longer name goes on from.
#[derive(Default)]
struct Beginnings {
    first: Vec<u64>,
    longer: Vec<u64>,
    /// Keys of first words that may stand in small letters.
    small: Vec<u64>,
}

impl Names {
    pub(super) fn add(&mut self, row: u32, entity: &EntityRow) -> Result<(), TooLarge> {
        if entity.id.starts_with("state:") {
            self.states.extend(entity.aliases.iter().map(|alias| alias.text.clone()));
        }
        self.own(2 * u64::from(row), &entity.aliases, sector(entity.sector.as_deref()))
    }

    pub(super) fn add_generic(&mut self, row: u32, body: &GenericRow) -> Result<(), TooLarge> {
        let sector = sector(body.sector.as_deref());
        self.generic.extend(body.aliases.iter().map(|alias| (alias.text.clone(), sector)));
        self.own(2 * u64::from(row) + 1, &body.aliases, sector)
    }

    fn own(&mut self, candidate: u64, aliases: &[AliasRow], sector: Sector) -> Result<(), TooLarge> {
        for alias in aliases {
            let start = u32::try_from(self.texts.len()).map_err(|_| TooLarge("bytes of text"))?;
            self.texts.push_str(&alias.text);
            self.aliases.push(Alias { start, kind: alias.kind as u8, flags: flags(alias) });
        }
        let end = self.aliases()?;
        self.owners.push(Owner { candidate, end, sector });
        Ok(())
    }

    /// How many there are.
    pub(super) fn aliases(&self) -> Result<u32, TooLarge> {
        u32::try_from(self.aliases.len()).map_err(|_| TooLarge("names"))
    }

    fn text(&self, alias: u32) -> &str {
        let end = self.aliases.get(alias as usize + 1).map_or(self.texts.len(), |next| next.start as usize);
        &self.texts[self.aliases[alias as usize].start as usize..end]
    }

    pub(super) fn compile(self, strings: &mut Strings) -> Result<Matched, TooLarge> {
        let (mut names, mut beginnings) = self.matched();
        let key = |name: &Name| (self.text(name.alias), self.aliases[name.alias as usize].flags & flag::FOLDED);
        names.sort_unstable_by_key(|name| (name.hash, name.alias));
        let mut texts = vec![0; self.aliases.len()];
        let mut ends = Vec::new();
        for group in names.chunk_by_mut(|a, b| a.hash == b.hash) {
            // Few names share their words, so that few texts have to be fetched.
            group.sort_by(|a, b| key(a).cmp(&key(b)));
            let place = strings.place()?;
            let mut count = 0;
            for name in group.chunk_by(|a, b| key(a) == key(b)) {
                self.write_name(name, strings, &mut texts)?;
                count += 1;
            }
            ends.push((group[0].hash, place, count));
        }
        drop(names);
        let slots = slots(&ends, &mut beginnings.longer)?;
        let aliases = self.alias_records(&texts, strings)?;
        Ok(Matched { aliases, slots, bloom: bloom(&mut beginnings.first), small: small(&beginnings.small) })
    }

    /// The names that may be found, with their beginnings.
    fn matched(&self) -> (Vec<Name>, Beginnings) {
        let mut names = Vec::with_capacity(self.aliases.len());
        let mut beginnings = Beginnings::default();
        let mut from = 0;
        for owner in &self.owners {
            for alias in from..owner.end {
                let text = self.text(alias);
                if owner.candidate % 2 == 0 && self.splits(text, from..owner.end, owner.sector) {
                    continue;
                }
                let folded = self.aliases[alias as usize].flags & flag::FOLDED != 0;
                if let Some(hash) = beginnings.add(&phrase::words(text), folded) {
                    names.push(Name { hash, alias, candidate: owner.candidate, number: alias - from });
                }
            }
            from = owner.end;
        }
        (names, beginnings)
    }

    /// Mentions are flat: "US State Department" is two names, "Yonhap news agency" a name and a common noun. So a text that
    /// would swallow a state's name or a common noun beside a shorter alias of the same row is not looked for.
    fn splits(&self, text: &str, siblings: std::ops::Range<u32>, sector: Sector) -> bool {
        let own = |t: &str| siblings.clone().any(|alias| self.text(alias) == t);
        let mut gaps = text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..]));
        gaps.any(|(before, after)| {
            // A party called "Indian National Congress" is no parliament of India.
            let organ = || self.generic.contains(&(after.to_owned(), sector));
            let state_first = || self.states.contains(before) && (own(after) || organ());
            let noun_last = || after.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') && own(before);
            state_first() || noun_last()
        })
    }

    /// The text, whether letter case matters, and the rows that it may stand for.
    fn write_name(&self, group: &[Name], strings: &mut Strings, texts: &mut [u32]) -> Result<(), TooLarge> {
        let place = strings.add(self.text(group[0].alias))?;
        strings.bytes.push(self.aliases[group[0].alias as usize].flags & flag::FOLDED);
        strings.number(group.len() as u64);
        for name in group {
            texts[name.alias as usize] = place;
            strings.number(name.candidate);
            strings.number(u64::from(name.number));
        }
        Ok(())
    }

    /// `texts`: places of those that the matcher has; the others are added.
    fn alias_records(&self, texts: &[u32], strings: &mut Strings) -> Result<Vec<u8>, TooLarge> {
        let mut records = Vec::with_capacity(self.aliases.len() * 8);
        for (number, alias) in self.aliases.iter().enumerate() {
            let text = match texts[number] {
                0 => strings.add(self.text(number as u32))?,
                place => place,
            };
            records.extend(text.to_le_bytes());
            records.extend([alias.kind, alias.flags, 0, 0]);
        }
        Ok(records)
    }
}

fn flags(alias: &AliasRow) -> u8 {
    let bits = [
        (alias.folded, flag::FOLDED),
        (alias.context, flag::CONTEXT),
        (alias.article, flag::ARTICLE),
        (alias.ambiguous, flag::AMBIGUOUS),
    ];
    bits.into_iter().filter(|(set, _)| *set).fold(0, |flags, (_, bit)| flags | bit)
}

impl Beginnings {
    /// The hash of the whole name; `None` where it has no words, or words with a comma or bracket between them.
    fn add(&mut self, words: &[Word], folded: bool) -> Option<u64> {
        let (first, rest) = words.split_first()?;
        let gaps: Option<Vec<phrase::Gap>> = rest.iter().map(|word| word.gap).collect();
        let mut hash = phrase::hash(first.text);
        self.first.push(hash);
        if folded || !phrase::is_capital(first.text) {
            self.small.push(phrase::key(&phrase::folded(first.text)));
        }
        for (word, gap) in rest.iter().zip(gaps?) {
            self.longer.push(hash);
            hash = phrase::extend(hash, gap, phrase::hash(word.text));
        }
        Some(hash)
    }
}

/// A slot for every beginning of a name: its hash, where the names lie that end there, how many, and whether longer ones go on.
fn slots(ends: &[(u64, u32, u32)], longer: &mut Vec<u64>) -> Result<Vec<u8>, TooLarge> {
    longer.sort_unstable();
    longer.dedup();
    let mut hashes: Vec<u64> = ends.iter().map(|end| end.0).chain(longer.iter().copied()).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let (places, count) = places(&hashes)?;
    let mut bytes = vec![0; count * 16];
    let (mut ends, mut longer) = (ends.iter().peekable(), longer.iter().peekable());
    for (place, hash) in places.into_iter().zip(hashes) {
        let (_, names, count) = ends.next_if(|end| end.0 == hash).copied().unwrap_or_default();
        let goes_on = if longer.next_if_eq(&&hash).is_some() { GOES_ON } else { 0 };
        let slot = &mut bytes[place * 16..][..16];
        slot[..8].copy_from_slice(&hash.to_le_bytes());
        slot[8..12].copy_from_slice(&names.to_le_bytes());
        slot[12..].copy_from_slice(&(count | goes_on).to_le_bytes());
    }
    Ok(bytes)
}

/// Two bits of one 64-bit word for each first word, sixteen to thirty-two bits of filter a word.
fn bloom(first: &mut Vec<u64>) -> Vec<u8> {
    first.sort_unstable();
    first.dedup();
    let mut words = vec![0_u64; (first.len() / 4 + 1).next_power_of_two()];
    for hash in first {
        let at = phrase::bloom_word(*hash, words.len());
        words[at] |= phrase::bloom_bits(*hash);
    }
    words.into_iter().flat_map(u64::to_le_bytes).collect()
}

/// 65,536 bits, one for the key of each word that may begin a name in small letters; nothing where there are none.
fn small(keys: &[u64]) -> Vec<u8> {
    if keys.is_empty() {
        return Vec::new();
    }
    let mut words = vec![0_u64; phrase::SMALL_WORDS];
    for key in keys {
        let bit = phrase::small_bit(*key);
        words[bit / 64] |= 1 << (bit % 64);
    }
    words.into_iter().flat_map(u64::to_le_bytes).collect()
}
