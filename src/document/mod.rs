//! A report as it was read: its text, its blocks (prose, headline, furniture) and what is known about it.

use crate::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One report. Offsets everywhere else index `text`.
#[derive(Clone, Debug)]
pub struct Document {
    /// The `id` of a JSONL line, else the path relative to the folder named by the user.
    pub id: String,
    /// The outlet, where it is known.
    pub source: Option<String>,
    pub published: Option<Date>,
    pub text: String,
    /// In text order, not overlapping; together they hold every non-blank character.
    pub blocks: Vec<Block>,
    /// What reading repaired or gave up.
    pub notes: Vec<Note>,
}

/// A paragraph or a line of page furniture.
#[derive(Clone, Debug)]
pub struct Block {
    pub kind: BlockKind,
    /// Where the block lies in the document's text.
    pub span: Span,
    /// The block with hard line breaks and runs of blanks made one space: what the analyser reads.
    pub text: String,
    /// Pairs (offset in `text`, offset in the document) where the two stop running in step; the first is (0, span.start).
    pub steps: Vec<(usize, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// Running text: the only kind that yields edges.
    Prose,
    Headline,
    Byline,
    Dateline,
    Date,
    Caption,
    /// "Related article: ...", "Read more: ...".
    Related,
    Url,
    /// Remnants of tags and scripts.
    Markup,
    /// Anything else that is no sentence ("Original url:", "Share this").
    Label,
}

impl BlockKind {
    /// Whether names found here are mentions.
    pub fn holds_names(self) -> bool {
        !matches!(self, Self::Url | Self::Markup)
    }
}

impl Block {
    /// The span of the document's text behind a span of the block's text.
    pub fn in_document(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.offset(span.start);
            return Span::new(at, at);
        }
        // The end is mapped through the last byte, so that a collapsed blank after it stays outside.
        Span::new(self.offset(span.start), self.offset(span.end - 1) + 1)
    }

    fn offset(&self, at: usize) -> usize {
        let step = self.steps.partition_point(|(inside, _)| *inside <= at) - 1;
        let (inside, outside) = self.steps[step];
        outside + (at - inside)
    }
}

/// Something skipped, repaired or given up, said plainly and placed where it can be (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub kind: &'static str,
    pub text: String,
    pub span: Span,
}
