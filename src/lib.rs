//! Reports in, an evidence graph out: who did what to whom, every edge leading back to its words.

pub mod analysis;
pub mod cli;
pub mod document;
pub mod error;
pub mod export;
pub mod graph;
pub mod syntax;
pub mod text;

pub use analysis::Analysis;
pub use document::Document;
pub use error::{Error, Result};

/// Everything that reading a document needs: the syntax pipeline, the gazetteer and the rules.
pub struct Analyser {
    #[allow(dead_code)]
    syntax: syntax::Pipeline,
}

impl Analyser {
    /// With the model, gazetteer and rules compiled into the program.
    pub fn embedded() -> Result<Self> {
        Ok(Self { syntax: syntax::Pipeline::embedded()? })
    }

    /// Pure: no I/O, no clock, no failure. Odd text gives an empty analysis or a note.
    pub fn analyze(&self, document: &Document) -> Analysis {
        Analysis { id: document.id.clone(), source: document.source.clone(), ..Analysis::default() }
    }
}
