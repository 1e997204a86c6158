//! Reports in, an evidence graph out: who did what to whom, every edge leading back to its words.

pub mod analysis;
pub mod cli;
pub mod document;
pub mod entity;
pub mod error;
pub mod export;
pub mod gazetteer;
pub mod graph;
mod headline;
pub mod import;
pub mod lexicon;
mod record;
pub mod relation;
pub mod syntax;
pub mod text;

pub use analysis::Analysis;
pub use document::Document;
pub use error::{Error, Result};

use document::BlockKind;
use std::sync::Arc;
use syntax::{Placed, Recognised, Sentence};
use text::Span;

/// Names the model, gazetteer, rules and engine compiled in: what was analysed under another revision is analysed again.
pub const REVISION: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("WIREGRAPH_REVISION"));

/// Tokens of a sentence that is still read for edges. What is longer is a list or no language, and the steps that follow take
/// time with the cube of the length.
const LONGEST_SENTENCE: usize = 400;

/// What an analysis tells beside the contract.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// Every clause as text, entity or not.
    pub open: bool,
    /// Why each listed name was taken for its entity, and by which steps each edge was read.
    pub explain: bool,
}

/// Everything that reading a document needs: the syntax pipeline, the names, the cue words and the rules.
pub struct Analyser {
    syntax: syntax::Pipeline,
    gazetteer: gazetteer::Gazetteer,
    lexicon: lexicon::Lexicon,
    rules: relation::Rules,
}

impl Analyser {
    /// With the model, gazetteer and rules compiled into the program.
    pub fn embedded() -> Result<Self> {
        Self::with_syntax(syntax::Pipeline::embedded()?)
    }

    /// With another spaCy pipeline of the embedded one's architecture; gazetteer and rules are the embedded ones.
    pub fn with_syntax(syntax: syntax::Pipeline) -> Result<Self> {
        Self::with(syntax, gazetteer::Gazetteer::embedded()?)
    }

    /// With another pipeline and other lists of names; the rules are the embedded ones.
    pub fn with(syntax: syntax::Pipeline, gazetteer: gazetteer::Gazetteer) -> Result<Self> {
        Ok(Self { syntax, gazetteer, lexicon: lexicon::Lexicon::embedded()?, rules: relation::Rules::embedded()? })
    }

    /// With other rules, such as [`relation::Rules::with_packs`] makes.
    pub fn with_rules(self, rules: relation::Rules) -> Self {
        Self { rules, ..self }
    }

    pub fn rules(&self) -> &relation::Rules {
        &self.rules
    }

    /// Pure: no I/O, no clock, no failure. Odd text gives an empty analysis or a note.
    pub fn analyze(&self, document: &Document) -> Analysis {
        self.analyze_in_detail(document, Detail::default())
    }

    /// The same, with more than an edge needs.
    pub fn analyze_in_detail(&self, document: &Document, detail: Detail) -> Analysis {
        let reading = &*headline::reading(document, &self.syntax, &self.gazetteer, &self.lexicon);
        let (sentences, endless): (Vec<Placed>, Vec<Placed>) =
            self.sentences(reading).into_iter().partition(|placed| placed.sentence.tokens.len() <= LONGEST_SENTENCE);
        let mut registry = entity::names(reading, &sentences, &self.gazetteer, &self.lexicon);
        let recognised = self.recognised(reading, &sentences, &registry);
        entity::discover(&mut registry, reading, &sentences, &recognised, &self.gazetteer, &self.lexicon);
        let published = document.published;
        // A headline stands for itself: its pronouns do not reach into the text, nor the text's into it.
        for stretch in sentences.chunk_by(|a, b| !is_headline(reading, a) && !is_headline(reading, b)) {
            entity::resolve_references(&mut registry, stretch, &self.gazetteer, &self.lexicon, published);
        }
        let mut extraction =
            relation::extract(reading, &document.text, &sentences, &mut registry, &self.lexicon, &self.rules);
        if detail.open {
            extraction.tuples = Some(relation::tuples(&document.text, &sentences, &registry, &self.lexicon));
        }
        entity::stand_ins(&mut registry, &sentences, &self.lexicon);
        record::record(document, &sentences, &endless, &registry, &self.gazetteer, extraction, detail.explain)
    }

    /// What the network recognises where capitalised words are left that no list explains, in bytes of the document.
    fn recognised(&self, document: &Document, sentences: &[Placed], registry: &entity::Registry) -> Vec<Recognised> {
        let unexplained: Vec<&[Placed]> = sentences
            .chunk_by(|a, b| a.block == b.block)
            .filter(|block| block.iter().any(|s| entity::is_unexplained(registry, s, &self.gazetteer, &self.lexicon)))
            .collect();
        let starts: Vec<Vec<usize>> = unexplained
            .iter()
            .map(|block| block.iter().map(|s| document.blocks[s.block].in_text(s.sentence.span).start).collect())
            .collect();
        let texts: Vec<(&str, &[usize])> = unexplained
            .iter()
            .zip(&starts)
            .map(|(block, starts)| (document.blocks[block[0].block].text.as_str(), starts.as_slice()))
            .collect();
        let mut all = Vec::new();
        for (block, names) in unexplained.iter().zip(self.syntax.recognise_once(&texts)) {
            let place = |span: Span| document.blocks[block[0].block].in_document(span);
            all.extend(names.into_iter().map(|name| Recognised { span: place(name.span), ..name }));
        }
        all
    }

    /// Sentences of the running text, then those of the headlines, placed in the document.
    fn sentences(&self, document: &Document) -> Vec<Placed> {
        let blocks = |kind: BlockKind| (0..document.blocks.len()).filter(move |&b| document.blocks[b].kind == kind);
        let prose: Vec<usize> = blocks(BlockKind::Prose).collect();
        let texts: Vec<&str> = prose.iter().map(|&b| document.blocks[b].text.as_str()).collect();
        let parsed = prose.into_iter().zip(self.syntax.parse_once(&texts));
        let headlines = blocks(BlockKind::Headline)
            .map(|b| (b, Arc::new(headline::parse(&document.blocks[b], &self.syntax, &self.lexicon))));
        let mut placed = Vec::new();
        for (block, sentences) in parsed.chain(headlines) {
            let in_document = |span: Span| document.blocks[block].in_document(span);
            let place = |sentence: Sentence| {
                let sentence = syntax::repaired(sentence.map_spans(in_document));
                Placed { block, sentence }
            };
            // What nobody else remembers is not copied.
            let sentences = Arc::try_unwrap(sentences).unwrap_or_else(|shared| shared.to_vec());
            placed.extend(sentences.into_iter().map(place));
        }
        placed
    }
}

fn is_headline(document: &Document, placed: &Placed) -> bool {
    document.blocks[placed.block].kind == BlockKind::Headline
}
