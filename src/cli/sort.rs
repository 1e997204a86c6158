//! The option that says in which order edges are listed, shared by every command that lists them.

use crate::graph::{Edge, Order};
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

    pub fn compare(self, a: &Edge, b: &Edge) -> Ordering {
        self.order().compare(a, b)
    }

    pub fn sort(self, edges: &mut [Edge]) {
        edges.sort_by(|a, b| self.compare(a, b));
    }

    fn order(self) -> Order {
        match self.sort {
            None | Some(Key::Support) => Order::Support,
            Some(Key::Documents) => Order::Documents,
            Some(Key::Origins) => Order::Origins,
            Some(Key::Claimants) => Order::Claimants,
            Some(Key::Asserted) => Order::Asserted,
            Some(Key::Trust) => Order::Trust,
            Some(Key::Date) => Order::Date,
            Some(Key::Name) => Order::Name,
        }
    }
}
