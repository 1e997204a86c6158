//! A report as it was read: its text, its blocks (prose, headline, furniture) and what is known about it.

mod address;
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
mod language;
mod layout;
mod lines;
mod mail;
mod metadata;
mod mojibake;
mod nesting;
mod objects;
mod open;
mod packed;
mod page;
mod pages;
mod parts;
mod read;
mod steps;
mod stream;
mod tables;
mod wide;

pub(crate) use open::plain;
pub(crate) use packed::Input;
pub use read::{Options, Reports, Skipped, read, read_bytes};
pub use steps::Steps;

use self::layout::Layout;
use self::metadata::Told;
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
    /// ISO 639 code: "en", unless the text is surely in another language or the user says so.
    pub language: String,
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
        let known = Known { source, published, ..Known::default() };
        Self::known(id, known, text, notes)
    }

    /// The same, where more is known from outside of the text.
    pub(super) fn known(id: String, known: Known, text: String, mut notes: Vec<Note>) -> Self {
        let Layout { mut blocks, pages } = layout::layout(&text);
        let told = Told { text: &text, blocks: &blocks, file: known.file.as_deref() };
        let source = known.source.or_else(|| told.source(&mut notes));
        let published = known.published.or_else(|| told.published(&mut notes));
        notes.extend(mojibake::note(&text));
        garbled(&mut blocks);
        let language = language::mark(&mut blocks, known.language.as_deref(), &mut notes);
        notes.extend(pages.into_iter().map(|span| Note {
            kind: "furniture",
            text: format!("page: {}", start(span.of(&text))),
            span,
        }));
        notes.extend(skipped(&text, &blocks));
        Self { id, source, published, language, text, extracted: false, blocks, notes }
    }
}

/// What is known about a report from outside of its text.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub source: Option<String>,
    pub published: Option<Date>,
    /// What the user says the report is in; turns recognition off.
    pub language: Option<String>,
    /// The name of the report's own file, with its folders.
    pub file: Option<String>,
}

/// Paragraphs beyond repair.
fn garbled(blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| block.kind.is_prose() && mojibake::is_garbled(&block.text)) {
        block.kind = BlockKind::Garbled;
    }
}

/// One note for each block that is not read, and one if none is.
fn skipped(text: &str, blocks: &[Block]) -> Vec<Note> {
    let mut notes: Vec<Note> = blocks.iter().filter_map(skip).collect();
    if !blocks.iter().any(|block| block.kind.is_read() || block.kind == BlockKind::Foreign) {
        let reason = if blocks.is_empty() { "the text is empty" } else { "no running text, only page furniture" };
        notes.push(Note { kind: "no-prose", text: reason.into(), span: Span::new(0, text.len()) });
    }
    notes
}

/// Why a block is not read for edges, if it is not; the notes on other languages stand already.
fn skip(block: &Block) -> Option<Note> {
    let kind = match block.kind {
        BlockKind::Prose | BlockKind::Headline | BlockKind::Foreign => return None,
        BlockKind::Table => "table",
        BlockKind::List => "list",
        BlockKind::Garbled => "mojibake",
        _ => "furniture",
    };
    let text = match block.kind {
        BlockKind::Garbled => format!("letters lost beyond repair, not read: {}", start(&block.text)),
        _ => format!("{}: {}", block.kind.name(), start(&block.text)),
    };
    Some(Note { kind, text, span: block.span })
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
    /// Rows of cells or figures.
    Table,
    /// Points of a list that are no sentences.
    List,
    /// Running text in another language than the analyser's.
    Foreign,
    /// Text whose bytes were read in a wrong encoding, beyond repair.
    Garbled,
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
        !matches!(self, Self::Url | Self::Markup | Self::Garbled)
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
            Self::Table => "table",
            Self::List => "list",
            Self::Foreign => "foreign",
            Self::Garbled => "garbled",
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
