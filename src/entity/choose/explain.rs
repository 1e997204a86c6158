//! Why a name was taken for an entity: the rule that decided and what every candidate scored.

use crate::gazetteer::EntryId;

/// What speaks for a meaning; the one that spoke loudest for the chosen one is the rule that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The lists know one meaning that the words around allow.
    Only,
    /// The document names it beyond doubt: in full, or by a name that is nobody else's.
    Named,
    /// The title before it is one of its offices.
    Office,
    /// It held an office on the document's day.
    Day,
    /// "Tripoli, Lebanon", "Hyderabad in Pakistan", "the Belarusian city of Brest".
    Within,
    /// "in Nice", "the city of Reading", "from Oslo to Split".
    Place,
    /// The document names the region it lies in, or other places of that region.
    Region,
    /// Another place of the document lies near.
    Near,
    /// The document names its country, or more of what belongs there.
    Country,
    /// The same words mean it elsewhere in the document.
    Sense,
    /// It is the better known one.
    Prior,
    /// "X of STATE", "STATE's X": an institution that every state has.
    Institution,
    /// It shares the head of the name beside it: "North and South Korea".
    Shared,
    /// Letters that the document explains: "Shanghai Cooperation Organisation (SCO)".
    Letters,
}

impl Reason {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Only => "only-meaning",
            Self::Named => "named-in-full",
            Self::Office => "office",
            Self::Day => "in-office-on-the-day",
            Self::Within => "within",
            Self::Place => "place-position",
            Self::Region => "region",
            Self::Near => "near",
            Self::Country => "country",
            Self::Sense => "same-sense",
            Self::Prior => "better-known",
            Self::Institution => "institution",
            Self::Shared => "shared-head",
            Self::Letters => "letters",
        }
    }
}

/// What speaks for one candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score(Vec<(Reason, i32)>);

impl Score {
    pub(super) fn add(&mut self, reason: Reason, points: i32) {
        if points != 0 {
            self.0.push((reason, points));
        }
    }

    pub fn total(&self) -> i32 {
        self.0.iter().map(|(_, points)| points).sum()
    }

    /// What it is made of.
    pub fn parts(&self) -> &[(Reason, i32)] {
        &self.0
    }

    fn points(&self, reason: Reason) -> i32 {
        self.0.iter().filter(|(r, _)| *r == reason).map(|(_, points)| points).sum()
    }

    /// What speaks louder for it than for another, how well known they are aside; of equals the first.
    fn ahead_by(&self, other: &Self) -> Reason {
        let ahead = |reason: Reason| self.points(reason) - other.points(reason);
        let evidence = self.0.iter().map(|(reason, _)| *reason).filter(|r| *r != Reason::Prior && ahead(*r) > 0);
        evidence.rev().max_by_key(|reason| ahead(*reason)).unwrap_or(Reason::Prior)
    }
}

/// How one mention was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub rule: Reason,
    /// Best first; empty where there was nothing to weigh.
    pub candidates: Vec<(EntryId, Score)>,
}

impl Choice {
    pub(in crate::entity) fn only(rule: Reason) -> Box<Self> {
        Box::new(Self { rule, candidates: Vec::new() })
    }

    /// What the name was taken for, where there was something to weigh.
    pub fn best(&self) -> Option<EntryId> {
        self.candidates.first().map(|(entry, _)| *entry)
    }

    /// The best of `candidates`; of equals the earlier, as the lists give the better known first.
    pub(super) fn among(mut candidates: Vec<(EntryId, Score)>) -> Option<Box<Self>> {
        candidates.sort_by_key(|(_, score)| std::cmp::Reverse(score.total()));
        let rule = match &candidates[..] {
            [] => return None,
            [_] => Reason::Only,
            [(_, best), (_, second), ..] => best.ahead_by(second),
        };
        Some(Box::new(Self { rule, candidates }))
    }
}
