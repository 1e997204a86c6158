//! A name of a table and the words of a text in, how well their spelling agrees out.

use super::compile::layout::{flag, letters_at, number};
use super::matcher::Bearer;
use crate::text::Span;

/// Names that lie one after the other in a table.
#[derive(Clone)]
pub(super) struct Names<'a> {
    strings: &'a [u8],
    at: usize,
    left: u32,
}

/// A name with what it stands for.
pub(super) struct Name<'a> {
    letters: &'a [u8],
    folded: bool,
    strings: &'a [u8],
    /// Where its bearers lie, and how many there are.
    bearers: usize,
    count: u64,
}

/// How well the spelling agrees, and where the name ends in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Agreement {
    case: Case,
    pub end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    Folded,
    /// All capitals of it.
    Capitals,
    Same,
}

impl<'a> Names<'a> {
    pub(super) fn new(strings: &'a [u8], place: u32, count: u32) -> Self {
        Self { strings, at: place as usize, left: count }
    }
}

impl<'a> Iterator for Names<'a> {
    type Item = Name<'a>;

    #[inline]
    fn next(&mut self) -> Option<Name<'a>> {
        self.left = self.left.checked_sub(1)?;
        let (letters, at) = letters_at(self.strings, self.at);
        let folded = self.strings.get(at)? & flag::FOLDED != 0;
        let (count, bearers) = number(self.strings, at + 1);
        // Only where more names follow must their place be known.
        if self.left > 0 {
            self.at = bearers;
            for _ in 0..count.saturating_mul(2) {
                let behind = number(self.strings, self.at).1;
                if behind == self.at {
                    return None;
                }
                self.at = behind;
            }
        }
        Some(Name { letters, folded, strings: self.strings, bearers, count })
    }
}

impl<'a> Name<'a> {
    /// In the order of the lists; the layer is for the caller to tell.
    pub(super) fn bearers(&self) -> impl Iterator<Item = Bearer> + use<'a> {
        let (strings, mut at, mut left) = (self.strings, self.bearers, self.count);
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let (candidate, alias_at) = number(strings, at);
            let (alias, behind) = number(strings, alias_at);
            (at, left) = (behind, if behind == at { 0 } else { left });
            (behind > alias_at).then_some(Bearer {
                layer: 0,
                row: (candidate / 2) as usize,
                generic: candidate % 2 == 1,
                alias: alias as usize,
            })
        })
    }
}

/// `None`: another name. A name that ends in a dot needs it in the text.
#[inline]
pub(super) fn agreement(name: &Name, text: &str, words: Span) -> Option<Agreement> {
    let dotted = name.letters.last() == Some(&b'.');
    if dotted && text.as_bytes().get(words.end) != Some(&b'.') {
        return None;
    }
    let end = words.end + usize::from(dotted);
    let written = text.get(words.start..end)?;
    let case = if written.as_bytes() == name.letters { Some(Case::Same) } else { case_of(name, written) };
    case.map(|case| Agreement { case, end })
}

/// Letters and digits are compared, not what stands between them: the hash has told that.
fn case_of(name: &Name, written: &str) -> Option<Case> {
    let text = str::from_utf8(name.letters).ok()?;
    let (mut same, mut capitals) = (true, true);
    let mut theirs = letters(written);
    for ours in letters(text) {
        let other = theirs.next()?;
        same &= ours == other;
        capitals &= other == ours || ours.to_uppercase().eq(std::iter::once(other));
        if !same && !ours.to_lowercase().eq(other.to_lowercase()) {
            return None;
        }
    }
    if theirs.next().is_some() {
        return None;
    }
    match (same, capitals && text.chars().nth(3).is_some(), name.folded) {
        (true, _, _) => Some(Case::Same),
        (_, true, _) => Some(Case::Capitals),
        (_, _, true) => Some(Case::Folded),
        _ => None,
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}
