//! The matcher beside a simple one: at each word of a random text every name of a random list is tried, letter by letter.
//!
//! `WIREGRAPH_ORACLE_TEXTS` sets how many texts are tried; each has some thirty words, and each list some fifteen names.

use regex::Regex;
use wiregraph::analysis::EntityType;
use wiregraph::gazetteer::{AliasRow, Candidate, EntityRow, Gazetteer, Rows, Table};

/// Blanks with at most one line break, perhaps behind a dot.
const SPACE: &str = r"^\.?(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)$";

const TEXTS: usize = 20_000;
const TEXTS_FOR_A_LIST: usize = 40;

/// Words that look alike, in many letter cases; the last ones are part of what tests cut words and letters.
const WORDS: [&str; 44] = [
    "Xi",
    "xi",
    "XI",
    "New",
    "new",
    "NEW",
    "York",
    "york",
    "YORK",
    "U",
    "S",
    "us",
    "US",
    "Al",
    "al",
    "Qaeda",
    "qaeda",
    "École",
    "école",
    "ÉCOLE",
    "e\u{301}cole",
    "St",
    "ST",
    "Jean",
    "JEAN",
    "Paul",
    "d",
    "Arc",
    "s",
    "北京",
    "9",
    "11",
    "iPhone",
    "IPHONE",
    "straße",
    "STRASSE",
    "İzmir",
    "Kelvin",
    "\u{212a}elvin",
    "internationalisation",
    "Internationalisation",
    "naïveté",
    "ʼAmr",
    "\u{301}",
];

/// What stands between words, the commonest first.
const GAPS: [&str; 26] = [
    " ", " ", " ", " ", "-", "'", "’", ".", ". ", "\n", " \n ", "\n\n", ", ", " (", "–", "\u{a0}", "\u{2011}", "\r\n",
    "  ", ".\n", ".  ", " .", "‘", "...", "/", "",
];

/// Small numbers that look random.
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % count
    }

    fn phrase(&mut self, words: usize, gaps: usize) -> String {
        let mut text = WORDS[self.below(WORDS.len())].to_owned();
        for _ in 1..words {
            text += GAPS[self.below(gaps)];
            text += WORDS[self.below(WORDS.len())];
        }
        text
    }
}

/// A word with what stands before it.
#[derive(Debug)]
struct Word {
    start: usize,
    end: usize,
    gap: String,
    folded: String,
}

struct Name {
    text: String,
    folded: bool,
    words: Vec<Word>,
}

struct Oracle {
    space: Regex,
    names: Vec<Name>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
struct Fit {
    words: usize,
    /// 3 the same spelling, 2 all capitals of it, 1 in another letter case.
    case: u8,
    end: usize,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let mark = ('\u{300}'..='\u{36f}').contains(&c);
        let inside = c.is_alphanumeric() || open && mark;
        if inside && !open {
            words.push(Word { start: at, end: at, gap: text[last..at].to_owned(), folded: String::new() });
        }
        if inside {
            let word = words.last_mut().unwrap();
            word.end = at + c.len_utf8();
            word.folded.extend(c.to_lowercase());
            last = word.end;
        }
        open = inside;
    }
    words
}

impl Oracle {
    /// What a gap is to a name: "_" blanks or a hyphen, "'" an apostrophe, "." a dot behind one letter; `None`: it ends every name.
    fn gap(&self, gap: &str, before: &str) -> Option<char> {
        let letters = before.chars().count();
        match gap {
            "'" | "’" | "‘" => Some('\''),
            "." if letters == 1 => Some('.'),
            "-" | "\u{2010}" | "\u{2011}" => Some('_'),
            _ if gap.starts_with('.') && letters > 2 => None,
            _ => self.space.is_match(gap).then_some('_'),
        }
    }

    fn fit(&self, name: &Name, text: &str, found: &[Word]) -> Option<Fit> {
        if name.words.is_empty() || found.len() < name.words.len() {
            return None;
        }
        let found = &found[..name.words.len()];
        for (i, (ours, theirs)) in name.words.iter().zip(found).enumerate() {
            if ours.folded != theirs.folded {
                return None;
            }
            let gap = |words: &[Word], text: &str| self.gap(&words[i].gap, &text[words[i - 1].start..words[i - 1].end]);
            if i > 0 && (gap(&name.words, &name.text).is_none() || gap(&name.words, &name.text) != gap(found, text)) {
                return None;
            }
        }
        let mut end = found.last()?.end;
        if name.text.ends_with('.') {
            if !text[end..].starts_with('.') {
                return None;
            }
            end += 1;
        }
        let letters = |text: &str, words: &[Word]| -> Vec<char> {
            words.iter().flat_map(|w| text[w.start..w.end].chars().collect::<Vec<_>>()).collect()
        };
        let (ours, theirs) = (letters(&name.text, &name.words), letters(text, found));
        let capital = |(a, b): (&char, &char)| a == b || a.to_uppercase().collect::<String>() == b.to_string();
        let long = name.text.chars().count() >= 4 && ours.len() == theirs.len();
        let case = match () {
            _ if ours == theirs => 3,
            _ if long && ours.iter().zip(&theirs).all(capital) => 2,
            _ if name.folded && ours.len() == theirs.len() => 1,
            _ => return None,
        };
        Some(Fit { words: found.len(), case, end })
    }

    /// Start, end and the names, by number.
    fn find(&self, text: &str) -> Vec<(usize, usize, Vec<usize>)> {
        let all = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < all.len() {
            let fits: Vec<Option<Fit>> = self.names.iter().map(|name| self.fit(name, text, &all[at..])).collect();
            let Some(best) = fits.iter().flatten().max().copied() else {
                at += 1;
                continue;
            };
            let names = (0..fits.len()).filter(|&n| fits[n] == Some(best)).collect();
            found.push((all[at].start, best.end, names));
            at += best.words;
        }
        found
    }
}

fn list(chance: &mut Chance) -> Vec<Name> {
    let count = 3 + chance.below(24);
    let name = |chance: &mut Chance| {
        let length = 1 + chance.below(4);
        let mut text = chance.phrase(length, 9);
        if chance.below(6) == 0 {
            text.push('.');
        }
        Name { words: words(&text), folded: chance.below(3) == 0, text }
    };
    (0..count).map(|_| name(chance)).collect()
}

fn gazetteer(names: &[Name]) -> Gazetteer {
    let row = |(number, name): (usize, &Name)| EntityRow {
        aliases: vec![AliasRow { folded: name.folded, ..AliasRow::plain(&name.text) }],
        ..EntityRow::named(&format!("x:{number}"), EntityType::Other, &name.text)
    };
    let rows = Rows { entities: names.iter().enumerate().map(row).collect(), ..Rows::default() };
    Gazetteer::layered(&[Table::from_bytes("random", Table::compile(&rows).unwrap()).unwrap()]).unwrap()
}

#[test]
fn the_matcher_finds_what_trying_every_name_at_every_word_finds() {
    let texts = std::env::var("WIREGRAPH_ORACLE_TEXTS").map_or(TEXTS, |texts| texts.parse().unwrap());
    let space = Regex::new(SPACE).unwrap();
    let (mut chance, mut oracle) = (Chance(texts as u64), Oracle { space, names: Vec::new() });
    let mut found = 0;
    for _ in 0..texts / TEXTS_FOR_A_LIST {
        oracle.names = list(&mut chance);
        let gazetteer = gazetteer(&oracle.names);
        for _ in 0..TEXTS_FOR_A_LIST {
            let length = 1 + chance.below(60);
            let text = chance.phrase(length, GAPS.len());
            let ours: Vec<(usize, usize, Vec<usize>)> =
                gazetteer.find(&text).into_iter().map(|f| (f.span.start, f.span.end, numbers(&f.candidates))).collect();
            let names: Vec<&str> = oracle.names.iter().map(|name| name.text.as_str()).collect();
            assert_eq!(ours, oracle.find(&text), "{text:?}\n{names:?}");
            found += ours.len();
        }
    }
    println!("{texts} texts, {found} names found in them");
    assert!(found > texts, "{found}");
}

#[test]
fn a_long_text_gives_the_same_names() {
    let space = Regex::new(SPACE).unwrap();
    let mut chance = Chance(11);
    let oracle = Oracle { space, names: list(&mut chance) };
    let gazetteer = gazetteer(&oracle.names);
    // With a comma now and then, and for long stretches without one.
    let text = (0..40)
        .map(|part| chance.phrase(400, if part % 4 == 3 { GAPS.len() } else { 12 }))
        .collect::<Vec<_>>()
        .join(" ");
    let ours: Vec<(usize, usize, Vec<usize>)> =
        gazetteer.find(&text).into_iter().map(|f| (f.span.start, f.span.end, numbers(&f.candidates))).collect();
    assert!(text.len() > 90_000 && ours.len() > 1_000, "{} {}", text.len(), ours.len());
    assert!(ours == oracle.find(&text));
}

fn numbers(candidates: &[Candidate]) -> Vec<usize> {
    let number = |candidate: &Candidate| match candidate {
        Candidate::Entity { entry, .. } => entry.0 as usize,
        Candidate::Generic { body } => *body,
    };
    candidates.iter().map(number).collect()
}
