//! Offsets in a block's text in, offsets in the document out, and back.

use crate::text::Span;

/// Where a block's text stands in the document, piece by piece: most run byte for byte, some stand for other bytes as a
/// whole ("fi" for the ligature "ﬁ"), and between two pieces the document may hold what the text leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(Vec<Step>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    inside: usize,
    outside: usize,
    /// Bytes of the document that the piece stands for as a whole; 0 where it runs byte for byte.
    whole: usize,
}

impl Steps {
    /// A text that stands in the document as it is, from byte `start`.
    ///
    /// ```
    /// use wiregraph::document::Steps;
    /// use wiregraph::text::Span;
    /// assert_eq!(Steps::straight(7).place(Span::new(1, 3)), Span::new(8, 10));
    /// ```
    pub fn straight(start: usize) -> Self {
        Self(vec![Step { inside: 0, outside: start, whole: 0 }])
    }

    /// From `inside` on, the text runs byte for byte with the document from `outside` on.
    pub(super) fn run(&mut self, inside: usize, outside: usize) {
        let goes_on =
            self.0.last().is_some_and(|last| last.whole == 0 && last.outside + (inside - last.inside) == outside);
        if !goes_on {
            self.0.push(Step { inside, outside, whole: 0 });
        }
    }

    /// The piece from `inside` on stands for `whole` bytes of the document from `outside` on.
    pub(super) fn replace(&mut self, inside: usize, outside: usize, whole: usize) {
        self.0.push(Step { inside, outside, whole });
    }

    /// The bytes of the document behind a span of the text that is not empty; pieces are never cut.
    pub fn place(&self, span: Span) -> Span {
        Span::new(self.start(span.start), self.end(span.end))
    }

    /// Where the document holds what the text holds at `at`.
    pub fn start(&self, at: usize) -> usize {
        let step = self.step(at);
        if step.whole > 0 { step.outside } else { step.outside + (at - step.inside) }
    }

    /// Where the document ends what the text holds before `at`, which is not 0.
    pub fn end(&self, at: usize) -> usize {
        let step = self.step(at - 1);
        step.outside + if step.whole > 0 { step.whole } else { at - step.inside }
    }

    /// Where the text holds what the document holds at `at` (the next piece, if it leaves that out); never behind the
    /// text's own length `len`.
    pub fn inside(&self, at: usize, len: usize) -> usize {
        let next = self.0.partition_point(|step| step.outside <= at);
        let Some(last) = next.checked_sub(1).map(|last| self.0[last]) else { return 0 };
        let end = self.0.get(next).map_or(len, |step| step.inside);
        match (last.whole, at - last.outside) {
            (0, ahead) => (last.inside + ahead).min(end),
            (_, 0) => last.inside,
            _ => end,
        }
    }

    fn step(&self, at: usize) -> Step {
        let after = self.0.partition_point(|step| step.inside <= at);
        self.0[after.saturating_sub(1)]
    }
}
