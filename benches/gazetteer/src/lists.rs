//! A number in, so many different names out: people, places and bodies made of syllables, sharing words as real ones do.
//!
//! The same names for the same number on any machine; a shorter list is the beginning of a longer one.

use rustc_hash::FxHashSet;

/// Small numbers that look random.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((u128::from(self.0 >> 32) * count as u128) >> 32) as usize
    }

    /// Below `count`, the small ones far more often, as words of names are.
    pub fn common(&mut self, count: usize) -> usize {
        let part = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((count as f64 + 1.0).powf(part) as usize - 1).min(count - 1)
    }
}

const ONSETS: [&str; 32] = [
    "b", "br", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kh", "kr", "l", "m", "n", "p", "pr", "r", "s", "sh", "st",
    "t", "th", "tr", "v", "vl", "w", "y", "z", "zh", "",
];
const VOWELS: [&str; 11] = ["a", "e", "i", "o", "u", "a", "e", "o", "ai", "ou", "ia"];
const CODAS: [&str; 16] = ["", "", "", "n", "r", "l", "s", "m", "k", "t", "v", "ng", "rd", "nd", "ch", "sk"];
const ENDINGS: [&str; 24] = [
    "ov", "ova", "enko", "ez", "son", "sen", "ian", "shvili", "ullah", "oğlu", "ski", "ska", "burg", "ville", "grad", "stan",
    "abad", "pur", "ton", "ford", "ia", "a", "o", "i",
];
const BEFORE_PLACES: [&str; 16] = [
    "New", "North", "South", "East", "West", "Upper", "Lower", "Saint", "San", "Santa", "Mount", "Lake", "Port", "Fort", "Al",
    "Great",
];
const AFTER_PLACES: [&str; 12] =
    ["City", "River", "Valley", "Island", "Bay", "Hills", "Springs", "Heights", "County", "Province", "District", "Park"];
const HEADS: [&str; 20] = [
    "Bank", "University", "Institute", "Ministry", "Party", "Union", "Council", "Agency", "Committee", "Group", "Company",
    "Holdings", "Airlines", "Court", "Front", "Army", "Foundation", "Association", "Club", "News",
];
const KINDS: [&str; 16] = [
    "National", "International", "Central", "Royal", "Federal", "United", "First", "People's", "Democratic", "Free",
    "State", "General", "Social", "Liberal", "Islamic", "Christian",
];
const FIELDS: [&str; 16] = [
    "Development", "Health", "Finance", "Justice", "Energy", "Trade", "Science", "Technology", "Agriculture", "Security",
    "Human Rights", "Education", "Medicine", "Labour", "Statistics", "Commerce",
];

const GIVEN: usize = 4_000;
const SURNAMES: usize = 400_000;
const PLACES: usize = 700_000;

/// A capitalised word; the same for the same number.
fn word(kind: usize, number: usize) -> String {
    let mut chance = Chance((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (kind as u64) << 56);
    chance.below(2);
    let mut word = String::new();
    for _ in 0..1 + chance.below(2) + usize::from(number > 500) {
        word += ONSETS[chance.below(ONSETS.len())];
        word += VOWELS[chance.below(VOWELS.len())];
        word += CODAS[chance.below(CODAS.len())];
    }
    if kind > 0 && chance.below(2) == 0 {
        word += ENDINGS[chance.below(ENDINGS.len())];
    }
    let first = word.chars().next().map_or(0, char::len_utf8);
    word[..first].to_uppercase() + &word[first..]
}

fn place(chance: &mut Chance) -> String {
    let own = word(2, chance.common(PLACES));
    match chance.below(10) {
        0 | 1 => format!("{} {own}", BEFORE_PLACES[chance.common(BEFORE_PLACES.len())]),
        2 | 3 => format!("{own} {}", AFTER_PLACES[chance.below(AFTER_PLACES.len())]),
        4 => format!("{own} {}", word(2, chance.common(PLACES))),
        5 => format!("{own}-{}", word(2, chance.common(PLACES))),
        _ => own,
    }
}

fn person(chance: &mut Chance) -> String {
    let (given, surname) = (word(0, chance.common(GIVEN)), word(1, chance.common(SURNAMES)));
    match chance.below(10) {
        0 => format!("{given} {}. {surname}", (b'A' + chance.below(26) as u8) as char),
        1 => format!("{given} {} {surname}", word(0, chance.common(GIVEN))),
        2 => format!("{given} {surname}-{}", word(1, chance.common(SURNAMES))),
        3 => format!("{given} al-{surname}"),
        _ => format!("{given} {surname}"),
    }
}

fn body(chance: &mut Chance) -> String {
    let (head, kind) = (HEADS[chance.below(HEADS.len())], KINDS[chance.below(KINDS.len())]);
    let field = FIELDS[chance.below(FIELDS.len())];
    match chance.below(6) {
        0 => format!("{kind} {head} of {}", place(chance)),
        1 => format!("{} {kind} {head}", place(chance)),
        2 => format!("{} {field} {head}", word(1, chance.common(SURNAMES))),
        3 => format!("{} {head} for {field}", place(chance)),
        4 => format!("{head} of {field} of {}", place(chance)),
        _ => format!("{} and {} {head}", word(1, chance.common(SURNAMES)), word(1, chance.common(SURNAMES))),
    }
}

/// `count` different names.
pub fn names(count: usize) -> Vec<String> {
    let mut chance = Chance(2026);
    let mut seen = FxHashSet::default();
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let name = match chance.below(20) {
            0..=7 => person(&mut chance),
            8..=14 => place(&mut chance),
            _ => body(&mut chance),
        };
        if name.chars().count() >= 3 && seen.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}
