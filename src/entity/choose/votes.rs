//! Names of a document in, how much of it is about each country out; a name never votes for itself.

use rustc_hash::FxHashMap;

/// Halves of votes: a town or person counts two, a state's own name or adjective one. Each name votes once for a meaning.
#[derive(Default)]
pub(super) struct Votes<'a> {
    by_country: FxHashMap<&'a str, u32>,
    own: FxHashMap<(&'a str, &'a str), u32>,
    own_all: FxHashMap<&'a str, u32>,
    all: u32,
}

impl<'a> Votes<'a> {
    pub(super) fn add(&mut self, country: &'a str, words: &'a str, halves: u32) {
        *self.by_country.entry(country).or_default() += halves;
        *self.own.entry((country, words)).or_default() += halves;
        *self.own_all.entry(words).or_default() += halves;
        self.all += halves;
    }

    pub(super) fn has(&self, country: &str) -> bool {
        self.by_country.contains_key(country)
    }

    /// Whole votes for a country.
    pub(super) fn of(&self, country: &str) -> u32 {
        self.by_country.get(country).map_or(0, |halves| halves.div_ceil(2))
    }

    /// Halves that other names than `words` give a country.
    pub(super) fn others(&self, country: &str, words: &str) -> u32 {
        let own = self.own.get(&(country, words)).copied().unwrap_or(0);
        self.by_country.get(country).copied().unwrap_or(0) - own
    }

    /// Halves that other names than `words` give, whatever the country.
    pub(super) fn all_others(&self, words: &str) -> u32 {
        self.all - self.own_all.get(words).copied().unwrap_or(0)
    }

    /// 0 to 1: the country's share of what other names than `words` say; less where that is one word in passing.
    pub(super) fn share(&self, country: &str, words: &str) -> f32 {
        let halves = self.others(country, words) as f32;
        halves / self.all_others(words).max(1) as f32 * (halves / 2.0).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_does_not_vote_for_itself() {
        let mut votes = Votes::default();
        votes.add("ESP", "Valencia", 2);
        votes.add("VEN", "Caracas", 2);
        votes.add("VEN", "Venezuela", 1);
        assert_eq!(votes.share("VEN", "Valencia"), 1.0);
        assert_eq!(votes.share("ESP", "Valencia"), 0.0);
        assert_eq!((votes.of("VEN"), votes.others("ESP", "Caracas")), (2, 2));
    }
}
