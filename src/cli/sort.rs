//! The option that says in which order edges are listed in, that order out; shared by every command that lists them.

use crate::graph::Edge;
use clap::{Args, ValueEnum};
use std::cmp::Ordering;

#[derive(Clone, Copy, Debug, Args)]
pub struct SortArgs {
    /// What comes first; by default the best supported. What is even is in order of support, then of names
    #[arg(long, value_enum, value_name = "KEY")]
    sort: Option<Key>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Key {
    /// Independent texts, then documents, claimants, evidence
    Support,
    /// Most reports
    Documents,
    /// Most independent texts
    Origins,
    /// Most distinct speakers
    Claimants,
    /// Most evidence that reports state themselves
    Asserted,
    /// Most surely read
    Trust,
    /// Latest
    Date,
    /// By the names of subject, predicate and object
    Name,
}

impl SortArgs {
    /// Whether an order was asked for.
    pub fn is_given(self) -> bool {
        self.sort.is_some()
    }

    /// Where the key leaves two even, support, names and id decide: the order is always the same.
    pub fn compare(self, a: &Edge, b: &Edge) -> Ordering {
        let most = |count: fn(&Edge) -> i64| count(b).cmp(&count(a));
        let key = self.sort.unwrap_or(Key::Support);
        let first = match key {
            Key::Support | Key::Name => Ordering::Equal,
            Key::Documents => most(|edge| edge.documents),
            Key::Origins => most(|edge| edge.origins),
            Key::Claimants => most(|edge| edge.claimants),
            Key::Asserted => most(|edge| edge.asserted),
            Key::Trust => b.trust.cmp(&a.trust),
            Key::Date => b.last.cmp(&a.last),
        };
        let by_name = || names(a).cmp(&names(b));
        match key {
            Key::Name => by_name().then_with(|| a.id.cmp(&b.id)),
            _ => first.then_with(|| support(b).cmp(&support(a))).then_with(by_name).then_with(|| a.id.cmp(&b.id)),
        }
    }

    pub fn sort(self, edges: &mut [Edge]) {
        edges.sort_by(|a, b| self.compare(a, b));
    }
}

fn support(edge: &Edge) -> (i64, i64, i64, i64) {
    (edge.origins, edge.documents, edge.claimants, edge.asserted + edge.attributed + edge.hypothetical)
}

fn names(edge: &Edge) -> (&str, &str, &str, bool) {
    (&edge.subject, &edge.predicate, &edge.object, edge.is_negative())
}
