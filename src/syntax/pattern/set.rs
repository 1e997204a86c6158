//! Ranges of code points in, membership of a character out.

/// A set of characters as sorted ranges, with a bit map for ASCII.
#[derive(Clone, Debug)]
pub struct Set {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
    /// All word characters too: Python's `\w`, whose ranges are too many to list.
    words: bool,
    /// A character is in it if its lower or upper case is.
    folded: bool,
    negated: bool,
}

impl Set {
    /// From inclusive ranges in any order.
    pub fn of(ranges: &[(u32, u32)]) -> Self {
        Self::with(ranges, false)
    }

    /// From inclusive ranges, and with all word characters if `words`.
    pub fn with(ranges: &[(u32, u32)], words: bool) -> Self {
        let mut ranges = ranges.to_vec();
        ranges.sort_unstable();
        ranges.dedup_by(|next, last| {
            let joins = next.0 <= last.1.saturating_add(1);
            if joins {
                last.1 = last.1.max(next.1);
            }
            joins
        });
        let mut set = Self { ascii: 0, ranges, words, folded: false, negated: false };
        set.ascii = set.bits();
        set
    }

    /// All other characters.
    pub fn negated(mut self) -> Self {
        self.negated = !self.negated;
        self.ascii = self.bits();
        self
    }

    /// The same in either case.
    pub fn folded(mut self) -> Self {
        self.folded = true;
        self.ascii = self.bits();
        self
    }

    /// A set that holds all of `sets`, and more only in another case.
    pub fn union(sets: &[Set]) -> Self {
        let ranges: Vec<(u32, u32)> = sets.iter().flat_map(Set::ranges).collect();
        let set = Self::with(&ranges, sets.iter().any(|set| set.words));
        if sets.iter().any(|set| set.folded) { set.folded() } else { set }
    }

    /// The set as ranges, but for the word characters.
    pub fn ranges(&self) -> Vec<(u32, u32)> {
        if !self.negated {
            return self.ranges.clone();
        }
        let starts = std::iter::once(0).chain(self.ranges.iter().map(|(_, end)| end + 1));
        let ends = self.ranges.iter().map(|(start, _)| i64::from(*start) - 1).chain([0x10_ffff]);
        let gaps = starts.zip(ends).filter(|(start, end)| i64::from(*start) <= *end);
        gaps.map(|(start, end)| (start, end as u32)).collect()
    }

    pub fn contains(&self, c: char) -> bool {
        let code = c as u32;
        if code < 128 { self.ascii >> code & 1 == 1 } else { self.holds(code) }
    }

    pub fn has_words(&self) -> bool {
        self.words
    }

    /// No character beyond ASCII is in it.
    pub fn is_ascii(&self) -> bool {
        !self.negated && !self.words && !self.folded && self.ranges.last().is_none_or(|(_, end)| *end < 128)
    }

    fn holds(&self, code: u32) -> bool {
        let cases = || {
            let c = char::from_u32(code).filter(|_| self.folded)?;
            Some(c.to_lowercase().chain(c.to_uppercase()).any(|c| self.lists(c as u32)))
        };
        (self.lists(code) || cases().unwrap_or(false)) != self.negated
    }

    fn lists(&self, code: u32) -> bool {
        let after = self.ranges.partition_point(|(start, _)| *start <= code);
        let listed = after > 0 && code <= self.ranges[after - 1].1;
        let word = || self.words && char::from_u32(code).is_some_and(|c| c == '_' || c.is_alphanumeric());
        listed || word()
    }

    fn bits(&self) -> u128 {
        (0..128).filter(|code| self.holds(*code)).fold(0, |bits, code| bits | 1 << code)
    }
}
