//! Two edges and what counts first in; which of them comes first out, always the same.

use super::Edge;
use std::cmp::Ordering;

/// What edges are ordered by. Where it leaves two even, support, names and id decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Most origins, then documents, claimants and pieces of evidence.
    #[default]
    Support,
    Documents,
    Origins,
    Claimants,
    /// Most evidence that reports state themselves.
    Asserted,
    /// Best level first.
    Trust,
    /// Latest first.
    Date,
    /// Subject, predicate and object.
    Name,
}

impl Order {
    pub fn compare(self, a: &Edge, b: &Edge) -> Ordering {
        let most = |count: fn(&Edge) -> i64| count(b).cmp(&count(a));
        let first = match self {
            Self::Support | Self::Name => Ordering::Equal,
            Self::Documents => most(|edge| edge.documents),
            Self::Origins => most(|edge| edge.origins),
            Self::Claimants => most(|edge| edge.claimants),
            Self::Asserted => most(|edge| edge.asserted),
            Self::Trust => b.trust.cmp(&a.trust),
            Self::Date => b.last.cmp(&a.last),
        };
        let by_name = || names(a).cmp(&names(b));
        match self {
            Self::Name => by_name().then_with(|| a.id.cmp(&b.id)),
            _ => first.then_with(|| support(b).cmp(&support(a))).then_with(by_name).then_with(|| a.id.cmp(&b.id)),
        }
    }
}

fn support(edge: &Edge) -> (i64, i64, i64, i64) {
    (edge.origins, edge.documents, edge.claimants, edge.asserted + edge.attributed + edge.hypothetical)
}

fn names(edge: &Edge) -> (&str, &str, &str, bool) {
    (&edge.subject, &edge.predicate, &edge.object, edge.is_negative())
}
