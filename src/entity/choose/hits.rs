//! Blocks in, the listed names in them out, each with the words beside it and its place in the parse.

use crate::document::{Block, Document};
use crate::gazetteer::{AliasKind, Candidate, Gazetteer};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Placed, Pos, Sentence, Token};
use crate::text::Span;

/// A match in one block.
pub(super) struct Hit<'a> {
    pub(super) block: usize,
    /// Bytes of the block's text.
    pub(super) span: Span,
    /// Text of the block.
    pub(super) text: &'a str,
    pub(super) candidates: Vec<Candidate>,
    pub(super) before: Option<Beside<'a>>,
    pub(super) after: Option<Beside<'a>>,
    /// It opens a sentence, so its capital says nothing.
    pub(super) opening: bool,
    pub(super) parsed: Option<Parsed<'a>>,
}

/// The word next to a match, one blank away.
pub(super) struct Beside<'a> {
    pub(super) word: &'a str,
    /// It opens a sentence, so its capital says nothing.
    pub(super) opening: bool,
    /// It belongs to another match.
    pub(super) named: bool,
    /// All that it can stand for there is somebody's surname, or a name with other meanings.
    pub(super) weak: bool,
}

impl Beside<'_> {
    pub(super) fn is_capital(&self) -> bool {
        self.word.chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn lower(&self) -> String {
        self.word.to_lowercase()
    }

    /// A capitalised word that no list explains: the match may be part of a longer name.
    pub(super) fn is_unexplained(&self, lexicon: &Lexicon) -> bool {
        self.is_capital() && !self.opening && !self.named && !lexicon.titles.has(&self.lower())
    }
}

/// A match beside another.
#[derive(Clone, Copy)]
struct Next {
    span: Span,
    weak: bool,
}

/// Tokens `first..=last` of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Parsed<'a> {
    pub(super) sentence: &'a Sentence,
    pub(super) first: usize,
    pub(super) last: usize,
}

impl<'a> Parsed<'a> {
    /// The token whose head lies outside.
    pub(super) fn head(&self) -> &'a Token {
        let tokens = &self.sentence.tokens;
        let outside = |t: &usize| tokens[*t].head == *t || !(self.first..=self.last).contains(&tokens[*t].head);
        &tokens[(self.first..=self.last).rev().find(outside).unwrap_or(self.last)]
    }

    /// Some word of it is a name's to the tagger.
    pub(super) fn is_proper(&self) -> bool {
        (self.first..=self.last).any(|t| self.sentence.tokens[t].pos == Pos::Propn)
    }

    /// The noun that the words stand before and belong to: "Side" in "Side effects".
    pub(super) fn is_premodifier(&self) -> bool {
        let head = self.head();
        matches!(head.dep, Dep::Amod | Dep::Compound | Dep::Nmod) && head.head > self.last
    }

    /// Whose head the words are the subject of.
    pub(super) fn verb(&self) -> Option<&'a Token> {
        let head = self.head();
        head.dep.is_subject().then(|| &self.sentence.tokens[head.head])
    }

    pub(super) fn before(&self) -> Option<&'a Token> {
        self.first.checked_sub(1).map(|t| &self.sentence.tokens[t])
    }

    pub(super) fn after(&self) -> Option<&'a Token> {
        self.sentence.tokens.get(self.last + 1)
    }
}

impl<'a> Hit<'a> {
    fn new(
        number: usize,
        block: &'a Block,
        span: Span,
        candidates: Vec<Candidate>,
        around: (Option<Next>, Option<Next>),
    ) -> Self {
        Self {
            block: number,
            span,
            text: &block.text,
            candidates,
            before: word_before(&block.text, span, around.0),
            after: word_after(&block.text, span, around.1),
            opening: opens(&block.text[..span.start]),
            parsed: None,
        }
    }

    pub(super) fn words(&self) -> &'a str {
        self.span.of(self.text)
    }

    pub(super) fn left(&self) -> &'a str {
        &self.text[..self.span.start]
    }

    pub(super) fn right(&self) -> &'a str {
        &self.text[self.span.end..]
    }

    pub(super) fn is_single(&self) -> bool {
        !self.words().contains([' ', '-', '.'])
    }

    /// Of something: "Split's harbour".
    pub(super) fn is_possessive(&self) -> bool {
        let right = self.right();
        right.starts_with("'s") || right.starts_with("’s") || right.starts_with("' ") || right.starts_with("’ ")
    }

    /// The words between this match and a later one of the same block.
    pub(super) fn up_to(&self, later: &Hit<'a>) -> Option<&'a str> {
        let same = self.block == later.block && self.span.end <= later.span.start;
        same.then(|| &self.text[self.span.end..later.span.start])
    }
}

/// Names of all blocks, in order; `stands` tells whether the words around a match allow it at all. Where they do not, a name
/// inside it may stand: "Australian" in "The Australian cricket team".
pub(super) fn hits<'a>(
    document: &'a Document,
    sentences: &'a [Placed],
    gazetteer: &Gazetteer,
    stands: impl Fn(&Hit) -> bool,
) -> Vec<Hit<'a>> {
    let sentences = Sentences::new(sentences);
    let mut hits = Vec::new();
    for (number, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.holds_names()) {
        let found = gazetteer.find(&block.text);
        let all: Vec<Next> =
            found.iter().map(|f| Next { span: f.span, weak: is_weak(&f.candidates, gazetteer) }).collect();
        let mut end = 0;
        for (i, f) in found.into_iter().enumerate() {
            let around = (i.checked_sub(1).map(|p| all[p]), all.get(i + 1).copied());
            let mut hit = Hit::new(number, block, f.span, f.candidates, around);
            hit.parsed = sentences.parsed(block.in_document(hit.span));
            let hit = if stands(&hit) { hit } else { after_first_word(hit, block, gazetteer, &sentences) };
            // A name that begins inside another match may end behind it, and takes the place of what follows.
            if hit.span.start >= end {
                end = hit.span.end;
                hits.push(hit);
            }
        }
    }
    hits
}

/// Bytes in which a name that begins inside a match is looked for.
const LONGEST: usize = 80;

/// The name that begins with the second word of a match: "Northern Alliance" where a list has "The Northern".
fn after_first_word<'a>(outer: Hit<'a>, block: &'a Block, gazetteer: &Gazetteer, sentences: &Sentences<'a>) -> Hit<'a> {
    let Some((first, _)) = outer.words().split_once(' ') else { return outer };
    let from = outer.span.start + first.len() + 1;
    let end = block.text.len();
    let to = (from + LONGEST..end).find(|i| block.text.is_char_boundary(*i)).unwrap_or(end);
    let found = gazetteer.find(&block.text[from..to]).into_iter().next();
    let Some(inner) = found.filter(|f| f.span.start == 0) else { return outer };
    let mut hit = Hit::new(outer.block, block, Span::new(from, from + inner.span.end), inner.candidates, (None, None));
    hit.parsed = sentences.parsed(block.in_document(hit.span));
    hit
}

/// Sentences in order of the text.
struct Sentences<'a>(Vec<&'a Sentence>);

impl<'a> Sentences<'a> {
    fn new(sentences: &'a [Placed]) -> Self {
        let mut all: Vec<&Sentence> = sentences.iter().map(|placed| &placed.sentence).collect();
        all.sort_by_key(|s| s.span.start);
        Self(all)
    }

    /// The tokens that lie in a stretch of the document.
    fn parsed(&self, span: Span) -> Option<Parsed<'a>> {
        let sentence = self.0[..self.0.partition_point(|s| s.span.start <= span.start)].last()?;
        let tokens = &sentence.tokens;
        let first = tokens.partition_point(|t| t.span.end <= span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        (first < end).then(|| Parsed { sentence, first, last: end - 1 })
    }
}

fn is_weak(candidates: &[Candidate], gazetteer: &Gazetteer) -> bool {
    candidates.iter().all(|candidate| match *candidate {
        Candidate::Entity { entry, alias } => {
            let alias = gazetteer.entry(entry).alias(alias);
            alias.kind() == AliasKind::Surname || alias.is_ambiguous() || alias.needs_context()
        }
        Candidate::Generic { .. } => false,
    })
}

fn word_before(text: &str, span: Span, previous: Option<Next>) -> Option<Beside<'_>> {
    let head = text[..span.start].strip_suffix(' ')?;
    let start = head.rfind(|c: char| !c.is_alphanumeric() && c != '.').map_or(0, |i| i + char_at(head, i));
    let word = head[start..].trim_end_matches('.');
    let opening = opens(&head[..start]);
    let previous = previous.filter(|p| p.span.end > start);
    let (named, weak) = (previous.is_some(), previous.is_some_and(|p| p.weak && p.span.start == start));
    Some(Beside { word, opening, named, weak }).filter(|b| !b.word.is_empty())
}

fn word_after(text: &str, span: Span, next: Option<Next>) -> Option<Beside<'_>> {
    let tail = text[span.end..].strip_prefix(' ')?;
    let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let next = next.filter(|n| n.span.start == span.end + 1);
    let (named, weak) = (next.is_some(), next.is_some_and(|n| n.weak && n.span.end == span.end + 1 + end));
    Some(Beside { word: &tail[..end], opening: false, named, weak }).filter(|b| !b.word.is_empty())
}

/// Whether what comes next opens a sentence or a quotation.
fn opens(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|c| ".!?:;\"“”'‘’—(".contains(c))
}

pub(super) fn char_at(text: &str, index: usize) -> usize {
    text[index..].chars().next().map_or(0, char::len_utf8)
}
