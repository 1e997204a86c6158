//! A report as it was read: its text, its blocks (prose, headline, furniture) and what is known about it.

mod article;
mod characters;
mod cues;
mod dateline;
mod dates;
mod decode;
mod draft;
mod flow;
mod formats;
mod furniture;
mod hyphens;
mod imprint;
mod jsonl;
mod layout;
mod lines;
mod metadata;
mod mojibake;
mod nesting;
mod objects;
mod open;
mod packed;
mod page;
mod parts;
mod read;
mod steps;
mod stream;
mod wide;

pub use read::{Options, Reports, Skipped, read, read_bytes};
pub use steps::Steps;

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
    /// The text is not the input but was taken out of it (HTML): who reads an analysis needs it to use the offsets.
    pub extracted: bool,
    /// In text order, not overlapping; together they hold every non-blank character.
    pub blocks: Vec<Block>,
    /// What reading repaired or gave up.
    pub notes: Vec<Note>,
}

impl Document {
    /// Lays the text out in blocks; `source` and `published` are taken from it where they are `None` and it tells them.
    ///
    /// ```
    /// use wiregraph::document::{BlockKind, Document};
    /// let text = "Envoys meet in Heihe\n\nHEIHE, June 15, 2022 (Reuters) - Two envoys met\non Wednesday.\n";
    /// let report = Document::new("a1".into(), None, None, text.into(), Vec::new());
    /// let kinds: Vec<_> = report.blocks.iter().map(|block| block.kind).collect();
    /// assert_eq!(kinds, [BlockKind::Headline, BlockKind::Dateline, BlockKind::Prose]);
    /// assert_eq!(report.blocks[2].text, "Two envoys met on Wednesday.");
    /// assert_eq!(report.published.unwrap().to_string(), "2022-06-15");
    /// assert_eq!(report.source.as_deref(), Some("Reuters"));
    /// ```
    pub fn new(id: String, source: Option<String>, published: Option<Date>, text: String, notes: Vec<Note>) -> Self {
        let blocks = layout::blocks(&text);
        let source = source.or_else(|| metadata::source(&blocks));
        let published = published.or_else(|| metadata::published(&text, &blocks));
        let notes = notes.into_iter().chain(skipped(&text, &blocks)).collect();
        Self { id, source, published, text, extracted: false, blocks, notes }
    }
}

/// One note for each block that is not read, and one if none is.
fn skipped(text: &str, blocks: &[Block]) -> Vec<Note> {
    let furniture = blocks.iter().filter(|block| !block.kind.is_read());
    let mut notes: Vec<Note> = furniture
        .map(|block| Note {
            kind: "furniture",
            text: format!("{}: {}", block.kind.name(), start(&block.text)),
            span: block.span,
        })
        .collect();
    if notes.len() == blocks.len() {
        let reason = if blocks.is_empty() { "the text is empty" } else { "no running text, only page furniture" };
        notes.push(Note { kind: "no-prose", text: reason.into(), span: Span::new(0, text.len()) });
    }
    notes
}

/// What a note quotes.
fn start(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{} ...", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// A paragraph or a line of page furniture.
#[derive(Clone, Debug)]
pub struct Block {
    pub kind: BlockKind,
    /// Where the block lies in the document's text.
    pub span: Span,
    /// What the analyser reads: the block with line breaks and runs of blanks made one space, typographic forms made
    /// plain, misread bytes repaired, and without what takes no room on the page.
    pub text: String,
    /// The way from offsets in `text` to the document and back.
    pub steps: Steps,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
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
    /// Running text.
    pub fn is_prose(self) -> bool {
        self == Self::Prose
    }

    /// Running text and headlines: what yields edges.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Prose | Self::Headline)
    }

    /// Whether names found here are mentions.
    pub fn holds_names(self) -> bool {
        !matches!(self, Self::Url | Self::Markup)
    }

    /// As notes name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prose => "prose",
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Date => "date",
            Self::Caption => "caption",
            Self::Related => "related",
            Self::Url => "url",
            Self::Markup => "markup",
            Self::Label => "label",
        }
    }
}

impl Block {
    /// The span of the document's text behind a span of the block's text.
    pub fn in_document(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = if span.start < self.text.len() { self.steps.start(span.start) } else { self.span.end };
            return Span::new(at, at);
        }
        // A span that ends in a blank ends where the next word begins.
        if self.text.as_bytes()[span.end - 1] == b' ' && span.end < self.text.len() {
            return Span::new(self.steps.start(span.start), self.steps.start(span.end));
        }
        self.steps.place(span)
    }

    /// The span of the block's text behind a span of the document that lies in the block.
    pub fn in_text(&self, span: Span) -> Span {
        let start = self.steps.inside(span.start, self.text.len());
        Span::new(start, self.steps.inside(span.end, self.text.len()).max(start))
    }
}

/// Something skipped, repaired or given up, said plainly and placed where it can be (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub kind: &'static str,
    pub text: String,
    pub span: Span,
}
