//! Ways out of the graph: one file for each.

pub mod dot;
pub mod graphviz;
pub mod json;
pub mod records;
