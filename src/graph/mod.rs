//! The evidence graph: analyses in; an SQLite file, its origins and a petgraph network out.

mod adjacency;
mod derive;
mod edges;
mod entities;
mod key;
mod network;
mod origins;
mod place;
mod store;
mod write;

pub use adjacency::Adjacency;
pub use edges::{Direction, Edge, Filter};
pub use key::fingerprint;
pub use network::{Degree, Hop, Network, Node};
pub use origins::Overlap;
pub use store::{Counts, SCHEMA, Store, Written};
pub(crate) use write::label;
