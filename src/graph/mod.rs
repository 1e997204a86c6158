//! The evidence graph: analyses in; an SQLite file, its origins and a petgraph network out.

mod adjacency;
mod check;
mod contract;
mod derive;
mod edges;
mod entities;
mod faults;
mod filter;
mod finish;
mod judged;
mod judgement;
mod key;
mod links;
mod migrate;
mod network;
mod order;
mod origins;
mod overlap;
mod place;
mod standing;
mod store;
mod write;

pub use adjacency::{Adjacency, Barred, Step, Ways};
pub use check::Checked;
pub use contract::SCHEMA;
pub use edges::{Direction, Edge};
pub use filter::Filter;
pub(crate) use filter::{PASSES, named};
pub use judgement::{EdgeKey, Judgement, Verdict};
pub use key::fingerprint;
pub use links::{Degrees, Links};
pub use network::{Degree, Hop, Network, Node};
pub use order::Order;
pub use overlap::Overlap;
pub use store::{Counts, Store, Written};
pub(crate) use write::label;
