//! Texts in, tokens with vectors out; remembers lexemes, their vectors and lemmas from text to text.
//!
//! What is remembered never changes an answer, only the time it takes.

use rustc_hash::FxHashMap;

use super::lexicon::Lexeme;
use super::model::Model;
use super::network::Activations;
use super::parser::Scratch;
use super::tok2vec::{Embedded, Tok2Vec};
use super::token::Pos;
use super::tokenizer::{Cache, Piece};

/// Lexemes remembered before the memory starts anew.
const LEXEMES: usize = 10_000;

/// Vectors remembered by each network before the memory starts anew. One takes 4 KB: 20 MB for a network and thread.
const VECTORS: u32 = 5_000;

/// Lemmas by lexeme, part of speech, and whether the form is the lemma.
pub type LemmaCache = FxHashMap<(u32, Pos, bool), Box<str>>;

/// The memory of one thread of work.
#[derive(Default)]
pub struct Workspace {
    pub lexemes: Vec<Lexeme>,
    by_form: FxHashMap<Box<str>, Vec<(Option<u64>, u32)>>,
    runs: Cache,
    pub lemmas: LemmaCache,
    /// For tagger and parser, and for the recogniser.
    pub syntax: Encoder,
    pub names: Encoder,
    pub scores: Vec<f32>,
    pub parse: Scratch,
    pub activations: Activations,
}

/// What one network makes of lexemes and texts.
#[derive(Default)]
pub struct Encoder {
    /// Row of each lexeme's vector, by its variant: without and with a space after it.
    slots: Vec<[Option<u32>; 2]>,
    embedded: Embedded,
    embedded_rows: u32,
    layout: Vec<Option<u32>>,
    pub rows: Vec<f32>,
    spare: Vec<f32>,
}

/// A tokenised text: pieces and their lexemes.
pub struct Tokens {
    pub pieces: Vec<Piece>,
    pub lexemes: Vec<u32>,
}

impl Workspace {
    /// To be called between batches and after the last: lexeme numbers of earlier ones may end here.
    pub fn tidy(&mut self) {
        let full = self.lexemes.len() > LEXEMES || self.runs.len() > LEXEMES;
        if full || self.syntax.embedded_rows > VECTORS || self.names.embedded_rows > VECTORS {
            // Emptied, not dropped: large stretches of memory that come and go leave holes that nothing fills.
            self.lexemes.clear();
            self.by_form.clear();
            self.runs.clear();
            self.lemmas.clear();
            self.syntax.forget();
            self.names.forget();
        }
    }

    pub fn tokenize(&mut self, model: &Model, text: &str) -> Vec<Piece> {
        model.tokenizer.tokenize(text, &mut self.runs)
    }

    /// The lexemes of some pieces of `text`.
    pub fn tokens(&mut self, model: &Model, text: &str, pieces: Vec<Piece>) -> Tokens {
        let lexemes = pieces.iter().map(|piece| self.lexeme(model, &text[piece.start..piece.end()], piece.part.norm));
        Tokens { lexemes: lexemes.collect(), pieces }
    }

    fn lexeme(&mut self, model: &Model, orth: &str, norm: Option<u64>) -> u32 {
        let known = self.by_form.get(orth).and_then(|forms| forms.iter().find(|(other, _)| *other == norm));
        if let Some((_, number)) = known {
            return *number;
        }
        let number = self.lexemes.len() as u32;
        self.lexemes.push(Lexeme::new(orth, norm, &model.norms, &model.ruler));
        self.by_form.entry(orth.into()).or_default().push((norm, number));
        number
    }
}

impl Encoder {
    /// Fills `rows` with the vectors of all tokens, and returns at which row each text begins.
    pub fn encode(&mut self, network: &Tok2Vec, lexemes: &[Lexeme], batch: &[super::Job]) -> Vec<usize> {
        self.embed(network, lexemes, batch);
        let padding = network.padding();
        self.layout.clear();
        self.layout.resize(1 + padding, None);
        let mut starts = Vec::with_capacity(batch.len());
        for text in batch.iter().map(|job| &job.tokens) {
            starts.push(self.layout.len());
            let slot = |(piece, lexeme): (&Piece, &u32)| self.slots[*lexeme as usize][network.variant(piece.spaced)];
            self.layout.extend(text.pieces.iter().zip(&text.lexemes).map(slot));
            if !text.pieces.is_empty() {
                self.layout.resize(self.layout.len() + padding, None);
            }
        }
        self.layout.push(None);
        network.convolve(&self.layout, &self.embedded, &mut self.rows, &mut self.spare);
        starts
    }

    fn forget(&mut self) {
        self.slots.clear();
        self.embedded.clear();
        self.embedded_rows = 0;
    }

    /// Makes sure that every lexeme of the batch has its vectors.
    fn embed(&mut self, network: &Tok2Vec, lexemes: &[Lexeme], batch: &[super::Job]) {
        self.slots.resize(lexemes.len(), [None; 2]);
        let mut new = Vec::new();
        for (piece, lexeme) in batch.iter().flat_map(|job| job.tokens.pieces.iter().zip(&job.tokens.lexemes)) {
            let slot = &mut self.slots[*lexeme as usize][network.variant(piece.spaced)];
            if slot.is_none() {
                *slot = Some(self.embedded_rows);
                self.embedded_rows += 1;
                new.push((&lexemes[*lexeme as usize], piece.spaced));
            }
        }
        network.embed(&new, &mut self.embedded);
    }
}
