//! The analyser: raw text in, sentences with syntax out.
//!
//! An implementation of spaCy's small English pipeline: tokeniser, hash-embedding network, tagger, arc-eager parser,
//! attribute ruler, rule lemmatiser and name recogniser. It reads spaCy's own files, and gives what spaCy gives.

mod annotate;
mod chars;
mod config;
mod french;
mod hash;
mod lemmas;
mod lexicon;
mod matrix;
mod memory;
mod model;
mod moves;
mod msgpack;
mod ner;
mod network;
mod parser;
mod pattern;
mod reading;
mod recognise;
mod repair;
mod ruler;
mod sentences;
mod spelling;
mod state;
mod symbols;
mod tagger;
mod tok2vec;
mod token;
mod tokenizer;
mod tree;
mod trees;
mod vectors;
mod weights;
mod workspace;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

pub use annotate::Annotation;
pub use recognise::Recognised;
pub use repair::repaired;
pub use spelling::undoubled;
pub use token::{DAYS, Dep, NameLabel, Placed, Pos, Sentence, Tag, Token};

use crate::error::Result;
use crate::text::Span;
use lexicon::Lexeme;
use memory::Memory;
use model::Model;
use parser::Labels;
use reading::Reading;
use recognise::Named;
use ruler::Facts;
use tokenizer::{Cache, Piece};
use workspace::{LemmaCache, Tokens, Workspace};

/// A trained pipeline: tokeniser, tok2vec, tagger, parser, attribute ruler, lemmatiser.
///
/// ```
/// use wiregraph::syntax::{Dep, Pipeline};
/// let pipeline = Pipeline::embedded().unwrap();
/// let texts = pipeline.parse(&["Russia opened the bridge. China didn't."]);
/// let sentence = &texts[0][0];
/// assert_eq!(texts[0].len(), 2);
/// assert_eq!(sentence.tokens[1].lemma, "open");
/// assert_eq!(sentence.child(1, &[Dep::Dobj]), Some(3));
/// ```
pub struct Pipeline {
    model: Model,
    labels: Labels,
    /// Memory that calls leave to later ones; each call takes one, so that they never wait for each other.
    idle: Mutex<Vec<Workspace>>,
    /// Sentences of texts parsed before.
    met: Memory<Vec<Sentence>>,
    /// Names in texts looked at before.
    named: Memory<Named>,
}

/// Bytes of sentences that are remembered: some 100,000 words.
const REMEMBERED: usize = 24 << 20;

/// Bytes of names that are remembered with their texts: some 500,000 words.
const REMEMBERED_NAMES: usize = 4 << 20;

/// Tokens per matrix, about: enough to keep the weights busy, small enough for the cache.
const BATCH: usize = 1024;

/// A longer text is parsed in parts of this many tokens, so that memory stays bounded.
const PART: usize = 8192;

/// A stretch of one text that is parsed at once.
struct Job {
    text: usize,
    tokens: Tokens,
}

impl Pipeline {
    /// The pipeline compiled into the program.
    pub fn embedded() -> Result<Self> {
        Ok(Self::new(Model::embedded()?))
    }

    /// A spaCy pipeline's folder, of the architecture that the embedded one has.
    ///
    /// Fails with [`Error::Model`](crate::Error::Model) if a file is missing, damaged or of another architecture.
    pub fn load(folder: &Path) -> Result<Self> {
        Ok(Self::new(Model::load(folder)?))
    }

    /// SHA-256 over the files that [`Pipeline::load`] reads from `folder`, in hexadecimal digits.
    pub fn digest(folder: &Path) -> Result<String> {
        Model::digest(folder)
    }

    fn new(model: Model) -> Self {
        Self {
            labels: Labels::new(model.parser.labels()),
            model,
            idle: Mutex::default(),
            met: Memory::new(REMEMBERED),
            named: Memory::new(REMEMBERED_NAMES),
        }
    }

    /// Sentences of each text, spans in bytes of that text. White space is no token of a sentence.
    /// Deterministic; odd text gives odd trees, never a failure.
    pub fn parse(&self, texts: &[&str]) -> Vec<Vec<Sentence>> {
        let mut results: Vec<Vec<Sentence>> = texts.iter().map(|_| Vec::new()).collect();
        let contents = texts.iter().copied();
        self.in_batches(contents, |batch, workspace| self.parse_batch(texts, batch, workspace, &mut results));
        results
    }

    /// As [`Pipeline::parse`], but a text that was met before is not parsed again.
    ///
    /// ```
    /// use wiregraph::syntax::Pipeline;
    /// let pipeline = Pipeline::embedded().unwrap();
    /// let text = "Russia opened the bridge.";
    /// assert_eq!(pipeline.parse_once(&[text]), pipeline.parse_once(&[text]));
    /// ```
    pub fn parse_once(&self, texts: &[&str]) -> Vec<Arc<Vec<Sentence>>> {
        let mut known: Vec<Option<Arc<Vec<Sentence>>>> = texts.iter().map(|text| self.met.recall(text)).collect();
        let new: Vec<usize> = (0..texts.len()).filter(|at| known[*at].is_none()).collect();
        let parsed = self.parse(&new.iter().map(|at| texts[*at]).collect::<Vec<_>>());
        for (at, sentences) in new.into_iter().zip(parsed) {
            let sentences = Arc::new(sentences);
            self.met.keep(texts[at], Arc::clone(&sentences), sentences.iter().map(Sentence::size).sum());
            known[at] = Some(sentences);
        }
        known.into_iter().flatten().collect()
    }

    /// Places of the tokens of `text`, without white space.
    ///
    /// ```
    /// use wiregraph::syntax::Pipeline;
    /// let text = "Xi's U.S. visit";
    /// let pipeline = Pipeline::embedded().unwrap();
    /// let words: Vec<&str> = pipeline.tokens(text).iter().map(|token| token.of(text)).collect();
    /// assert_eq!(words, ["Xi", "'s", "U.S.", "visit"]);
    /// ```
    pub fn tokens(&self, text: &str) -> Vec<Span> {
        let pieces = self.model.tokenizer.tokenize(text, &mut Cache::default());
        let spans = pieces.iter().map(|piece| Span::new(piece.start, piece.end()));
        spans.filter(|span| !span.of(text).chars().all(chars::is_space)).collect()
    }

    /// The dictionary form of `word` as a word of `pos` (noun, verb, adjective or adverb), whatever its letter case;
    /// `None` where the pipeline's tables do not know it as one.
    ///
    /// ```
    /// use wiregraph::syntax::{Pipeline, Pos};
    /// let pipeline = Pipeline::embedded().unwrap();
    /// assert_eq!(pipeline.dictionary_form("VOWS", Pos::Verb).as_deref(), Some("vow"));
    /// assert_eq!(pipeline.dictionary_form("Heihe", Pos::Verb), None);
    /// ```
    pub fn dictionary_form(&self, word: &str, pos: Pos) -> Option<String> {
        self.model.lemmas.known(&word.to_lowercase(), pos)
    }

    /// Tokenises texts and hands them on in batches of about [`BATCH`] tokens.
    fn in_batches<'t>(&self, texts: impl Iterator<Item = &'t str>, mut work: impl FnMut(&[Job], &mut Workspace)) {
        self.with_workspace(|workspace| {
            let mut batch: Vec<Job> = Vec::new();
            let mut size = 0;
            for (text, content) in texts.enumerate() {
                for pieces in parts(workspace.tokenize(&self.model, content)) {
                    size += pieces.len();
                    batch.push(Job { text, tokens: workspace.tokens(&self.model, content, pieces) });
                    if size >= BATCH {
                        work(&batch, workspace);
                        workspace.tidy();
                        batch.clear();
                        size = 0;
                    }
                }
            }
            work(&batch, workspace);
        });
    }

    fn with_workspace<R>(&self, work: impl FnOnce(&mut Workspace) -> R) -> R {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut workspace = idle().pop().unwrap_or_default();
        let result = work(&mut workspace);
        // Here too: of short texts no batch is ever full.
        workspace.tidy();
        idle().push(workspace);
        result
    }

    fn parse_batch(&self, texts: &[&str], batch: &[Job], workspace: &mut Workspace, results: &mut [Vec<Sentence>]) {
        let starts = workspace.syntax.encode(&self.model.tok2vec, &workspace.lexemes, batch);
        for (job, start) in batch.iter().zip(starts) {
            results[job.text].extend(self.parse_job(texts[job.text], &job.tokens, start, workspace).0);
        }
    }

    /// Sentences of one stretch of `text`, whose vectors are the workspace's rows from `start`, and what was read of
    /// all its tokens, white space included.
    fn parse_job(
        &self,
        text: &str,
        tokens: &Tokens,
        start: usize,
        workspace: &mut Workspace,
    ) -> (Vec<Sentence>, Vec<Reading<'_>>) {
        let (length, width) = (tokens.pieces.len(), self.model.tok2vec.width());
        let vectors = &workspace.syntax.rows[start * width..][..length * width];
        let mut readings = self.model.readings(vectors, length, &mut workspace.scores);
        let mut arcs = self.model.parser.parse(vectors, length, &mut workspace.parse);
        let lexemes: Vec<&Lexeme> = tokens.lexemes.iter().map(|at| &workspace.lexemes[*at as usize]).collect();
        let spaces: Vec<bool> = lexemes.iter().map(|lexeme| lexeme.is_space).collect();
        let starts = tree::finish(&mut arcs, &spaces, &self.labels.lifted);
        for (reading, arc) in readings.iter_mut().zip(&arcs) {
            reading.dep = &self.labels.names[usize::from(arc.label)];
        }
        let facts: Vec<Facts> = (0..length).map(|at| Facts::new(lexemes[at], &readings[at])).collect();
        let outcomes = self.model.ruler.apply(&facts);
        readings.iter_mut().zip(&outcomes).for_each(|(reading, outcome)| reading.take(outcome));
        let edited = self.model.edits.as_ref().map(|edits| edits.lemmas(vectors, &lexemes, &mut workspace.scores));
        let lemmas = &mut workspace.lemmas;
        let token = |at: usize| {
            let lemma = match (outcomes[at].lemma, &edited) {
                (Some(lemma), _) => lemma.to_owned(),
                (None, Some(edited)) => edited[at].clone(),
                (None, None) => self.lemma(tokens.lexemes[at], lexemes[at], &readings[at], lemmas),
            };
            readings[at].token(text, &tokens.pieces[at], lemma)
        };
        let sentences = sentences::gather((0..length).map(token).collect(), &arcs, &spaces, &starts);
        (sentences, readings)
    }

    fn lemma(&self, number: u32, lexeme: &Lexeme, reading: &Reading, known: &mut LemmaCache) -> String {
        let pos = Pos::parse(reading.pos);
        let base = self.model.lemmas.is_base(pos, reading.morph);
        let lemma = || self.model.lemmas.lemma(lexeme, pos, base).into();
        known.entry((number, pos, base)).or_insert_with(lemma).to_string()
    }
}

/// Cuts a very long text, where there is one behind the last mark of a part (one byte, then space).
fn parts(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut parts = Vec::new();
    while pieces.len() > PART {
        let stops = |at: &usize| pieces[at - 1].part.length == 1 && pieces[*at].start > pieces[at - 1].end();
        let end = (PART / 2..PART).rev().find(stops).unwrap_or(PART);
        let rest = pieces.split_off(end);
        parts.push(std::mem::replace(&mut pieces, rest));
    }
    parts.push(pieces);
    parts
}
