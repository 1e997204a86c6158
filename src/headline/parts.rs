//! A headline's words in; its statements, each with whoever it names as their source, out.
//!
//! Labels such as "UPDATE 2-" and an outlet behind a bar belong to neither.

use super::words::third_person;
use crate::lexicon::Headlines;
use crate::syntax::{Pipeline, Pos};
use crate::text::Span;

/// A statement and who says so, both in bytes of the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub statement: Span,
    pub source: Option<Span>,
}

/// Labels are looked for so far (bytes), and so many.
const LABEL: usize = 40;
const LABELS: usize = 3;
/// Prepositions that nouns take as readily as verbs.
pub(super) const NOUN_LINKS: [&str; 10] = ["by", "of", "on", "over", "in", "with", "from", "against", "for", "between"];

/// Words of an outlet or a source at most.
const OUTLET: usize = 6;
const SOURCE: usize = 6;
/// Of a source behind a dash or a colon at the end.
const CLOSING: usize = 4;

pub(super) fn parts(text: &str, pipeline: &Pipeline, cues: &Headlines) -> Vec<Part> {
    let splitter = Splitter { text, pipeline, cues };
    let (start, comment) = splitter.labels();
    let rest = splitter.trim(Span::new(start, splitter.end(start)));
    let mut parts: Vec<Part> = splitter.statements(rest).into_iter().flat_map(|s| splitter.sourced(s)).collect();
    for part in parts.iter_mut().filter(|p| p.source.is_none()) {
        part.source = comment;
    }
    parts
}

struct Splitter<'a> {
    text: &'a str,
    pipeline: &'a Pipeline,
    cues: &'a Headlines,
}

impl Splitter<'_> {
    fn of(&self, span: Span) -> &str {
        span.of(self.text)
    }

    fn trim(&self, span: Span) -> Span {
        let inner = self.of(span);
        let start = span.end - inner.trim_start().len();
        Span::new(start, start.max(span.start + inner.trim_end().len()))
    }

    fn words(&self, span: Span) -> Vec<Span> {
        self.pipeline
            .tokens(self.of(span))
            .iter()
            .map(|t| Span::new(t.start + span.start, t.end + span.start))
            .filter(|t| self.of(*t).contains(char::is_alphanumeric))
            .collect()
    }

    /// Where the headline begins behind its labels, and the label that calls it an opinion.
    fn labels(&self) -> (usize, Option<Span>) {
        let (mut start, mut comment) = (0, None);
        for _ in 0..LABELS {
            let rest = &self.text[start..];
            let Some((at, mark)) =
                rest.char_indices().find(|(_, c)| ":|-–—".contains(*c)).filter(|(at, _)| *at <= LABEL)
            else {
                break;
            };
            let label = Span::new(start, start + rest[..at].trim_end().len());
            let words: Vec<String> = self.of(label).split_whitespace().map(str::to_lowercase).collect();
            let counted = words.last().is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()));
            let name = words[..words.len() - usize::from(counted && words.len() > 1)].join("_");
            if self.cues.comment.has(&name) {
                comment = Some(label);
            } else if !self.cues.kickers.has(&name) {
                break;
            }
            let after = rest[at + mark.len_utf8()..].trim_start_matches([' ', '-']);
            start = self.text.len() - after.len();
        }
        (start, comment)
    }

    /// Without an outlet behind the last bar.
    fn end(&self, start: usize) -> usize {
        let bar = self.text[start..].rfind(" | ").map(|at| start + at);
        bar.filter(|at| self.text[*at..].split_whitespace().count() <= OUTLET + 1).unwrap_or(self.text.len())
    }

    /// "Quake kills 20; Greece sends aid".
    fn statements(&self, span: Span) -> Vec<Span> {
        let mut found = Vec::new();
        let mut start = span.start;
        for (at, _) in self.of(span).match_indices("; ") {
            found.push(self.trim(Span::new(start, span.start + at)));
            start = span.start + at + 2;
        }
        found.push(self.trim(Span::new(start, span.end)));
        found.retain(|s| !s.is_empty());
        found
    }

    fn sourced(&self, span: Span) -> Vec<Part> {
        if let Some((left, right)) = self.cut(span, &[": "], false) {
            let (before, after) = (self.words(left).len(), self.words(right).len());
            return match () {
                () if after <= CLOSING && before > after && !self.has_verb(right) => self.said(left, right),
                () if before <= SOURCE => self.said(right, left),
                () => [left, right].into_iter().flat_map(|s| self.tagged(s)).collect(),
            };
        }
        if let Some((left, right)) = self.cut(span, &[" - ", " – ", " — ", " -- "], true) {
            let (before, after) = (self.words(left).len(), self.words(right).len());
            return match () {
                () if after <= CLOSING && before > after && !self.has_verb(right) => self.said(left, right),
                () if before <= 2 && after > before && !self.has_verb(left) => self.said(right, left),
                () => [left, right].into_iter().flat_map(|s| self.tagged(s)).collect(),
            };
        }
        self.tagged(span)
    }

    fn said(&self, statement: Span, source: Span) -> Vec<Part> {
        vec![Part { statement, source: Some(source) }]
    }

    /// At the first (or last) of `marks`, outside of quotations.
    fn cut(&self, span: Span, marks: &[&str], last: bool) -> Option<(Span, Span)> {
        let text = self.of(span);
        let open = |at: usize| text[..at].chars().filter(|c| matches!(c, '"' | '“' | '”')).count() % 2 == 1;
        let places = marks.iter().flat_map(|m| text.match_indices(m)).filter(|(at, _)| !open(*at));
        let (at, mark) = if last { places.max() } else { places.min() }?;
        let left = self.trim(Span::new(span.start, span.start + at));
        let right = self.trim(Span::new(span.start + at + mark.len(), span.end));
        (!left.is_empty() && !right.is_empty()).then_some((left, right))
    }

    /// "..., Kremlin says", "..., says Kremlin", "..., minister tells agency".
    fn tagged(&self, span: Span) -> Vec<Part> {
        let plain = |span| self.clauses(span).into_iter().map(|statement| Part { statement, source: None }).collect();
        let whole: Vec<Part> = plain(span);
        let Some(comma) = self.of(span).rfind(", ").map(|at| span.start + at) else { return whole };
        let statement = self.trim(Span::new(span.start, comma));
        let words = self.words(Span::new(comma + 1, span.end));
        let Some(source) = self.speaker(&words).filter(|_| self.words(statement).len() >= 3) else { return whole };
        let said = self.clauses(statement).into_iter();
        said.map(|statement| Part { statement, source: Some(source) }).collect()
    }

    /// "Russia invades Ukraine as China warns Taiwan": two clauses, each with a subject and a verb of its own.
    fn clauses(&self, span: Span) -> Vec<Span> {
        let words = self.words(span);
        let word = |at: usize| words.get(at).map_or("", |w| self.of(*w));
        let link = (2..words.len()).find(|&at| {
            let linked = matches!(word(at).to_lowercase().as_str(), "as" | "after" | "while")
                && !matches!(word(at - 1), "well" | "such" | "soon");
            let verb = (at + 2..at + 6).find(|&v| third_person(self.pipeline, word(v)).is_some());
            linked
                && (1..at).any(|v| third_person(self.pipeline, word(v)).is_some())
                && verb.is_some_and(|v| !NOUN_LINKS.contains(&word(v + 1)))
        });
        match link {
            Some(at) => {
                vec![self.trim(Span::new(span.start, words[at].start)), self.trim(Span::new(words[at].end, span.end))]
            }
            None => vec![span],
        }
    }

    /// The words beside a lone verb of saying.
    fn speaker(&self, words: &[Span]) -> Option<Span> {
        if !(2..=SOURCE + 1).contains(&words.len()) {
            return None;
        }
        let says = |w: &Span| {
            let form = self.of(*w);
            let lemma = self.pipeline.dictionary_form(form, Pos::Verb);
            form.starts_with(char::is_lowercase) && lemma.is_some_and(|l| self.cues.saying.has(&l) && l != form)
        };
        let verb = words.iter().position(says)?;
        let tells = verb + 2 == words.len() && verb > 0;
        let named = match verb {
            0 => &words[1..],
            _ if verb + 1 == words.len() || tells => &words[..verb],
            _ => return None,
        };
        let span = named.first()?.cover(*named.last()?);
        (!self.has_verb(span)).then_some(span)
    }

    /// Whether a helping verb, or a small word that can only be a verb, is there.
    fn has_verb(&self, span: Span) -> bool {
        self.words(span).iter().any(|w| {
            let form = self.of(*w);
            let only = |pos: Pos| self.pipeline.dictionary_form(form, pos).is_some();
            self.cues.finite.has(&form.to_lowercase())
                || form.starts_with(char::is_lowercase) && only(Pos::Verb) && !only(Pos::Noun) && !only(Pos::Adj)
        })
    }
}
