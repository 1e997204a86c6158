//! Byte offsets in, `Span` and its code-point equivalent out.

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** in one document's text, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words this span stands for.
    ///
    /// ```
    /// use wiregraph::text::Span;
    /// assert_eq!(Span::new(3, 8).of("to Heihe."), "Heihe");
    /// ```
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Translates byte offsets of one text into code-point offsets, in constant time.
///
/// ```
/// use wiregraph::text::{CodePoints, Span};
/// let text = "“Xi” — Heihe";
/// let points = CodePoints::of(text);
/// let start = text.find("Heihe").unwrap();
/// assert_eq!(points.span(Span::new(start, text.len())), [7, 12]);
/// ```
pub struct CodePoints {
    /// Code points before each 64-byte chunk; empty for ASCII text.
    chunks: Vec<usize>,
    bytes: Vec<u8>,
}

const CHUNK: usize = 64;

impl CodePoints {
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { chunks: Vec::new(), bytes: Vec::new() };
        }
        let bytes = text.as_bytes().to_vec();
        let mut chunks = Vec::with_capacity(bytes.len() / CHUNK + 1);
        let mut seen = 0;
        for chunk in bytes.chunks(CHUNK) {
            chunks.push(seen);
            seen += starts(chunk);
        }
        chunks.push(seen);
        Self { chunks, bytes }
    }

    /// Code points before byte `offset`.
    pub fn at(&self, offset: usize) -> usize {
        if self.chunks.is_empty() {
            return offset;
        }
        let chunk = offset / CHUNK;
        self.chunks[chunk] + starts(&self.bytes[chunk * CHUNK..offset])
    }

    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.at(span.start), self.at(span.end)]
    }
}

fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count()
}
