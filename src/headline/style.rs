//! A stretch's words in; whether it is written as a sentence, in Title Case or in capitals, out.

use super::Reader;
use super::words::{Case, Word};
use crate::gazetteer::Candidate;
use crate::syntax::Pos;
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Capitals mean names.
    Sentence,
    Title,
    Capitals,
}

/// Words that must be in capitals: a heading may be short, a sentence among others not.
const CAPITALS: [usize; 2] = [4, 2];
/// Words that must be there for Title Case.
const TITLED: [usize; 2] = [5, 3];
/// To so long a heading one small word is forgiven; in running text it tells a sentence rich in names.
const LONG_TITLE: usize = 8;
/// Longer stretches are lists or no language.
const LONGEST: usize = 400;

impl Reader<'_> {
    /// `heading`: the stretch stands alone as a headline does.
    pub(super) fn style(&self, text: &str, within: Span, words: &[Word], heading: bool) -> Style {
        if words.len() > LONGEST {
            return Style::Sentence;
        }
        let heading = usize::from(heading);
        let of = |case: Case| words.iter().filter(move |w| w.case == case && w.span.len() > 1 && w.tied.is_none());
        let (upper, capital) = (of(Case::Upper).count(), of(Case::Capital).count());
        let small = of(Case::Small).count();
        if upper >= CAPITALS[heading] && upper >= 3 * (capital + small) {
            let common = |w: &&Word| self.is_grammar(w.span.of(text)) || self.is_common(w.span.of(text));
            return if self.unnamed(text, within, of(Case::Upper), common) { Style::Capitals } else { Style::Sentence };
        }
        let plain = of(Case::Small).filter(|w| !self.cues.small.has(w.span.of(text))).count();
        let all = upper + capital + plain;
        if all < TITLED[heading] || plain > heading * usize::from(all >= LONG_TITLE) {
            return Style::Sentence;
        }
        let common = |w: &&Word| !w.opens && self.is_no_noun(w.span.of(text));
        if self.unnamed(text, within, of(Case::Capital), common) { Style::Title } else { Style::Sentence }
    }

    /// Whether one of `words` is `common` while no list has it as a name and no title is meant.
    fn unnamed<'w>(
        &self,
        text: &str,
        within: Span,
        words: impl Iterator<Item = &'w Word>,
        common: impl Fn(&&Word) -> bool,
    ) -> bool {
        let mut doubtful = words.filter(common).filter(|w| !self.lexicon.titles.has(&w.span.of(text).to_lowercase()));
        let Some(first) = doubtful.next() else { return false };
        let named = self.gazetteer.find(within.of(text));
        let entity = |c: &[Candidate]| c.iter().any(|c| matches!(c, Candidate::Entity { .. }));
        let in_name = |w: &Word| {
            let at = Span::new(w.span.start - within.start, w.span.end - within.start);
            named.iter().any(|f| entity(&f.candidates) && f.span.contains(at))
        };
        std::iter::once(first).chain(doubtful).any(|w| !in_name(w))
    }

    /// A word of grammar.
    pub(super) fn is_grammar(&self, word: &str) -> bool {
        self.cues.function.has(&word.to_lowercase())
    }

    /// In the dictionary.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.is_no_noun(word) || self.pipeline.dictionary_form(word, Pos::Noun).is_some()
    }

    /// In the dictionary, or in grammar, as something that names seldom are.
    pub(super) fn is_no_noun(&self, word: &str) -> bool {
        self.is_grammar(word)
            || [Pos::Verb, Pos::Adj, Pos::Adv].iter().any(|pos| self.pipeline.dictionary_form(word, *pos).is_some())
    }
}
