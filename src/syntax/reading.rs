//! Labels of taggers, parser and rules in, what is known of one token out, in the pipeline's own words.

use super::ruler::Outcome;
use super::tagger::Label;
use super::token::{Dep, Pos, Tag, Token};
use super::tokenizer::Piece;
use crate::text::Span;

/// What was read of a token; empty where the pipeline says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'p> {
    pub tag: &'p str,
    pub pos: &'p str,
    pub morph: &'p str,
    pub dep: &'p str,
}

impl<'p> Reading<'p> {
    /// A label overrides what it tells of.
    pub fn label(&mut self, label: &'p Label) {
        if !label.tag.is_empty() {
            self.tag = &label.tag;
        } else {
            (self.pos, self.morph) = (&label.pos, &label.morph);
        }
    }

    /// As does a rule.
    pub fn take(&mut self, outcome: &Outcome<'p>) {
        self.tag = outcome.tag.unwrap_or(self.tag);
        self.pos = outcome.pos.unwrap_or(self.pos);
        self.dep = outcome.dep.unwrap_or(self.dep);
        self.morph = match outcome.morph {
            Some("_") => "",
            morph => morph.unwrap_or(self.morph),
        };
    }

    /// The token of `text`, its head yet to be set.
    pub fn token(&self, text: &str, piece: &Piece, lemma: String) -> Token {
        let span = Span::new(piece.start, piece.end());
        let (tag, pos, dep) = (Tag::parse(self.tag), Pos::parse(self.pos), Dep::parse(self.dep));
        Token { span, text: span.of(text).to_owned(), lemma, tag, pos, dep, head: 0 }
    }
}
