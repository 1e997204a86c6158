//! The analyser: raw text in, sentences with syntax out.
//!
//! An implementation of spaCy's small English pipeline: tokeniser, hash-embedding network, tagger, arc-eager parser,
//! attribute ruler and rule lemmatiser. It reads spaCy's own files, and gives what spaCy gives.

mod chars;
mod hash;
mod lemmas;
mod lexicon;
mod matrix;
mod model;
mod msgpack;
mod parser;
mod pattern;
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
mod weights;
mod workspace;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

pub use repair::repaired;
pub use spelling::undoubled;
pub use token::{Dep, Placed, Pos, Sentence, Tag, Token};

use crate::error::Result;
use crate::text::Span;
use lexicon::Lexeme;
use model::Model;
use parser::Labels;
use ruler::{Facts, Outcome};
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
}

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
        Self { labels: Labels::new(model.parser.labels()), model, idle: Mutex::default() }
    }

    /// Sentences of each text, spans in bytes of that text. White space is no token of a sentence.
    /// Deterministic; odd text gives odd trees, never a failure.
    pub fn parse(&self, texts: &[&str]) -> Vec<Vec<Sentence>> {
        let mut results: Vec<Vec<Sentence>> = texts.iter().map(|_| Vec::new()).collect();
        self.with_workspace(|workspace| {
            let mut batch: Vec<Job> = Vec::new();
            let mut size = 0;
            for (text, content) in texts.iter().enumerate() {
                for pieces in parts(workspace.tokenize(&self.model, content)) {
                    size += pieces.len();
                    batch.push(Job { text, tokens: workspace.tokens(&self.model, content, pieces) });
                    if size >= BATCH {
                        self.parse_batch(texts, &batch, workspace, &mut results);
                        workspace.tidy();
                        batch.clear();
                        size = 0;
                    }
                }
            }
            self.parse_batch(texts, &batch, workspace, &mut results);
        });
        results
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

    fn with_workspace<R>(&self, work: impl FnOnce(&mut Workspace) -> R) -> R {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut workspace = idle().pop().unwrap_or_default();
        let result = work(&mut workspace);
        idle().push(workspace);
        result
    }

    fn parse_batch(&self, texts: &[&str], batch: &[Job], workspace: &mut Workspace, results: &mut [Vec<Sentence>]) {
        let starts = workspace.encode(&self.model, batch);
        for (job, start) in batch.iter().zip(starts) {
            results[job.text].extend(self.parse_job(texts[job.text], &job.tokens, start, workspace));
        }
    }

    /// Sentences of one stretch of `text`, whose vectors are the workspace's rows from `start`.
    fn parse_job(&self, text: &str, tokens: &Tokens, start: usize, workspace: &mut Workspace) -> Vec<Sentence> {
        let (length, width) = (tokens.pieces.len(), self.model.tok2vec.width());
        let vectors = &workspace.rows[start * width..][..length * width];
        let tags = self.model.tagger.tag(vectors, length, &mut workspace.scores);
        let mut arcs = self.model.parser.parse(vectors, length, &mut workspace.parse);
        let lexemes: Vec<&Lexeme> = tokens.lexemes.iter().map(|at| &workspace.lexemes[*at as usize]).collect();
        let spaces: Vec<bool> = lexemes.iter().map(|lexeme| lexeme.is_space).collect();
        let starts = tree::finish(&mut arcs, &spaces, &self.labels.lifted);
        let facts = |token: usize| Facts {
            lexeme: lexemes[token],
            tag: &self.model.tagger.labels()[tags[token]],
            dep: &self.labels.names[usize::from(arcs[token].label)],
        };
        let facts: Vec<Facts> = (0..length).map(facts).collect();
        let outcomes = self.model.ruler.apply(&facts);
        let lemmas = &mut workspace.lemmas;
        let token = |at: usize| self.token(text, tokens, at, &facts[at], &outcomes[at], lemmas);
        sentences::gather((0..length).map(token).collect(), &arcs, &spaces, &starts)
    }

    /// A token whose head is yet to be set.
    fn token(
        &self,
        text: &str,
        tokens: &Tokens,
        at: usize,
        facts: &Facts,
        outcome: &Outcome,
        lemmas: &mut LemmaCache,
    ) -> Token {
        let piece = &tokens.pieces[at];
        let pos = Pos::parse(outcome.pos.unwrap_or(""));
        let base = self.model.english && lemmas::is_base(pos, outcome.morph.unwrap_or(""));
        let lemma = match outcome.lemma {
            Some(lemma) => lemma.to_owned(),
            None => {
                let key = (tokens.lexemes[at], pos, base);
                let lemma = || self.model.lemmas.lemma(facts.lexeme, pos, base).into();
                lemmas.entry(key).or_insert_with(lemma).to_string()
            }
        };
        let span = Span::new(piece.start, piece.end());
        let tag = Tag::parse(outcome.tag.unwrap_or(facts.tag));
        let dep = Dep::parse(outcome.dep.unwrap_or(facts.dep));
        Token { span, text: span.of(text).to_owned(), lemma, tag, pos, dep, head: 0 }
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
