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
mod ruler;
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

pub use spelling::undoubled;
pub use token::{Dep, Placed, Pos, Sentence, Tag, Token};

use crate::error::Result;
use crate::text::Span;
use model::Model;
use parser::Arc;
use ruler::{Facts, Outcome};
use tokenizer::Cache;
use workspace::{Tokens, Workspace};

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
    /// For labels such as "relcl||dobj": the label itself and that of the head that the arc was lifted from.
    lifted: Vec<Option<(u16, u16)>>,
    labels: Vec<Box<str>>,
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

    fn new(model: Model) -> Self {
        let (labels, lifted) = split_labels(model.parser.labels());
        Self { model, lifted, labels, idle: Mutex::default() }
    }

    /// Sentences of each text, spans in bytes of that text. White space is no token of a sentence.
    /// Deterministic; odd text gives odd trees, never a failure.
    pub fn parse(&self, texts: &[&str]) -> Vec<Vec<Sentence>> {
        let mut results: Vec<Vec<Sentence>> = texts.iter().map(|_| Vec::new()).collect();
        self.with_workspace(|workspace| {
            let mut batch: Vec<Job> = Vec::new();
            let mut size = 0;
            for (text, content) in texts.iter().enumerate() {
                for tokens in parts(workspace.tokenize(&self.model, content)) {
                    size += tokens.pieces.len();
                    batch.push(Job { text, tokens });
                }
                if size >= BATCH || text + 1 == texts.len() {
                    self.parse_batch(texts, &batch, workspace, &mut results);
                    workspace.tidy();
                    batch.clear();
                    size = 0;
                }
            }
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
        let width = self.model.tok2vec.width();
        for (job, start) in batch.iter().zip(starts) {
            let length = job.tokens.pieces.len();
            let vectors = &workspace.rows[start * width..][..length * width];
            let tags = self.model.tagger.tag(vectors, length, &mut workspace.scores);
            let mut arcs = self.model.parser.parse(vectors, length, &mut workspace.parse);
            let lexeme = |number: &u32| &workspace.lexemes[*number as usize];
            let spaces: Vec<bool> = job.tokens.lexemes.iter().map(|number| lexeme(number).is_space).collect();
            let sentences = tree::finish(&mut arcs, &spaces, &self.lifted);
            let facts: Vec<Facts> = (0..length)
                .map(|token| Facts {
                    lexeme: lexeme(&job.tokens.lexemes[token]),
                    tag: &self.model.tagger.labels()[tags[token]],
                    dep: &self.labels[usize::from(arcs[token].label)],
                })
                .collect();
            let outcomes = self.model.ruler.apply(&facts);
            let tokens: Vec<Token> = (0..length)
                .map(|at| {
                    self.token(texts[job.text], &job.tokens, at, &facts[at], &outcomes[at], &mut workspace.lemmas)
                })
                .collect();
            results[job.text].extend(sentences_of(tokens, &arcs, &spaces, &sentences));
        }
    }

    /// A token whose head is yet to be set.
    fn token(
        &self,
        text: &str,
        tokens: &Tokens,
        at: usize,
        facts: &Facts,
        outcome: &Outcome,
        lemmas: &mut rustc_hash::FxHashMap<(u32, Pos, bool), Box<str>>,
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

/// Labels without what marks a lifted arc, and the two halves of those that have it.
fn split_labels(parsed: &[Box<str>]) -> (Vec<Box<str>>, Vec<Option<(u16, u16)>>) {
    let mut labels = parsed.to_vec();
    let mut number = |label: &str| {
        let known = labels.iter().position(|other| **other == *label);
        known.unwrap_or_else(|| {
            labels.push(label.into());
            labels.len() - 1
        }) as u16
    };
    let mut halves = |label: &str| label.split_once("||").map(|(label, head)| (number(label), number(head)));
    let mut lifted: Vec<_> = parsed.iter().map(|label| halves(label)).collect();
    lifted.resize(labels.len(), None);
    (labels, lifted)
}

/// Cuts a very long text, behind the last full stop of a part where there is one.
fn parts(mut tokens: Tokens) -> Vec<Tokens> {
    let mut parts = Vec::new();
    while tokens.pieces.len() > PART {
        let end = (PART / 2..PART).rev().find(|at| {
            tokens.pieces[at - 1].part.length == 1 && tokens.pieces[*at].start > tokens.pieces[at - 1].end()
        });
        let end = end.unwrap_or(PART);
        let rest = Tokens { pieces: tokens.pieces.split_off(end), lexemes: tokens.lexemes.split_off(end) };
        parts.push(std::mem::replace(&mut tokens, rest));
    }
    parts.push(tokens);
    parts
}

/// Tokens gathered into sentences, white space left out.
fn sentences_of(tokens: Vec<Token>, arcs: &[Arc], spaces: &[bool], starts: &[usize]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut tokens = tokens.into_iter();
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(arcs.len());
        let range = *start..end;
        let members: Vec<Token> = tokens.by_ref().take(range.len()).collect();
        let heads = heads(arcs, spaces, range.clone());
        let mut kept: Vec<Token> =
            range.clone().zip(members).filter(|(at, _)| !spaces[*at]).map(|(_, token)| token).collect();
        for (at, (token, head)) in kept.iter_mut().zip(heads).enumerate() {
            token.head = head;
            if head == at {
                token.dep = Dep::Root;
            }
        }
        if let (Some(first), Some(last)) = (kept.first(), kept.last()) {
            sentences.push(Sentence { span: first.span.cover(last.span), tokens: kept });
        }
    }
    sentences
}

/// Heads of the tokens of one sentence that are no space, counted among these.
fn heads(arcs: &[Arc], spaces: &[bool], range: std::ops::Range<usize>) -> Vec<usize> {
    let kept: Vec<usize> = range.clone().filter(|at| !spaces[*at]).collect();
    let climbed = |token: usize| {
        let mut head = arcs[token].head;
        for _ in range.clone() {
            if !range.contains(&head) || !spaces[head] {
                break;
            }
            head = arcs[head].head;
        }
        kept.binary_search(&head).ok()
    };
    let heads: Vec<Option<usize>> = kept.iter().map(|token| climbed(*token)).collect();
    // Below white space that is a root, the first dependent becomes the root of the others.
    let is_root = |(at, head): (usize, &Option<usize>)| *head == Some(at) || head.is_none();
    let root = heads.iter().enumerate().position(is_root).unwrap_or(0);
    heads.into_iter().map(|head| head.unwrap_or(root)).collect()
}
