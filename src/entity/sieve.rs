//! What settles a reference: each description and pronoun carries the sieve that found whom it means.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sieve {
    /// "himself": the subject of its own clause.
    Reflexive,
    /// "the Russian president", "his Ukrainian counterpart": who held the office that day.
    Office,
    /// "the two leaders", "both countries", "the pair".
    Pair,
    /// "the commission" after "the European Commission".
    Head,
    /// "the company", "the minister": the only one whom the report has called so.
    Called,
    /// "the island", "the government": the only one of its kind that was named lately.
    Described,
    /// "he", "she".
    Person,
    /// "it".
    Thing,
    /// "they".
    Group,
}

impl Sieve {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reflexive => "reflexive",
            Self::Office => "office",
            Self::Pair => "pair",
            Self::Head => "head",
            Self::Called => "called",
            Self::Described => "described",
            Self::Person => "person",
            Self::Thing => "thing",
            Self::Group => "group",
        }
    }
}
