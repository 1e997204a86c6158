//! The analyser: raw text in, sentences with syntax out.

mod token;

pub use token::{Dep, Pos, Sentence, Tag, Token};

use crate::error::Result;

/// A trained pipeline: tokeniser, tok2vec, tagger, parser, attribute ruler, lemmatiser.
pub struct Pipeline {}

impl Pipeline {
    /// The pipeline compiled into the program.
    pub fn embedded() -> Result<Self> {
        Ok(Self {})
    }

    /// A spaCy pipeline's folder, of the architecture that the embedded one has.
    pub fn load(_folder: &std::path::Path) -> Result<Self> {
        Ok(Self {})
    }

    /// Sentences of each text, spans in bytes of that text. Deterministic; odd text gives odd trees, never a failure.
    pub fn parse(&self, texts: &[&str]) -> Vec<Vec<Sentence>> {
        texts.iter().map(|_| Vec::new()).collect()
    }
}
