//! Places in a text: byte spans inside the program, code points at every boundary.

mod span;

pub use span::{CodePoints, Span};
