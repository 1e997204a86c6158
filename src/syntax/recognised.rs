//! What the entity recogniser says of a text: spans with labels.

use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Bytes of the text.
    pub span: Span,
    pub label: NameLabel,
}

/// OntoNotes labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameLabel {
    Person,
    Norp,
    Fac,
    Org,
    Gpe,
    Loc,
    Product,
    Event,
    WorkOfArt,
    Law,
    Language,
    Date,
    Time,
    Percent,
    Money,
    Quantity,
    Ordinal,
    Cardinal,
}
