//! A stretch of text in; its words, each with the way it is written, out.

use crate::syntax::{Pipeline, Pos};
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// "PUTIN"; a single letter counts if it stands alone.
    Upper,
    /// "Putin".
    Capital,
    /// "putin".
    Small,
    /// "McCain", "F-16", "G7".
    Mixed,
}

/// A run of letters and digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub span: Span,
    pub case: Case,
    /// The hyphen or apostrophe that ties it to the word before.
    pub tied: Option<char>,
    /// It opens a sentence, a part of a headline or a quotation, so that its capital says nothing.
    pub opens: bool,
}

pub(super) fn words(text: &str, within: Span) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let rest = &text[at..within.end];
        let Some(start) = rest.find(char::is_alphanumeric) else { break };
        let rest = &rest[start..];
        let len = rest.find(|c: char| !c.is_alphanumeric() && !is_mark(c)).unwrap_or(rest.len());
        let span = Span::new(at + start, at + start + len);
        let between = &text[words.last().map_or(within.start, |w| w.span.end)..span.start];
        let first = words.is_empty();
        let mut marks = between.chars();
        let tied = marks.next().filter(|c| !first && "-'’‐‑".contains(*c) && marks.next().is_none());
        let opens = first || between.contains(['.', '!', '?', ':', ';', '"', '“', '”', '(', '|', '—', '–', '«']);
        // The dot of an initial or of "U.S." ends no sentence.
        let initial = between.starts_with('.') && words.last().is_some_and(|w| w.span.len() == 1);
        words.push(Word { span, case: case(span.of(text)), tied, opens: first || opens && !initial });
        at = span.end;
    }
    words
}

/// "vows": the lemma of a small word that can be a verb's third person.
pub(super) fn third_person(pipeline: &Pipeline, word: &str) -> Option<String> {
    let small = word.starts_with(char::is_lowercase) && word.ends_with('s');
    let lemma = small.then(|| pipeline.dictionary_form(word, Pos::Verb)).flatten();
    lemma.filter(|lemma| lemma != word)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let digits = word.chars().any(char::is_numeric);
    let Some(first) = letters.next() else { return Case::Mixed };
    let (mut small, mut large) = (0, 0);
    for c in letters {
        small += usize::from(c.is_lowercase());
        large += usize::from(c.is_uppercase());
    }
    match (first.is_uppercase(), small, large) {
        _ if digits => Case::Mixed,
        (false, _, 0) => Case::Small,
        (true, _, 0) if small > 0 => Case::Capital,
        (true, 0, _) => Case::Upper,
        _ => Case::Mixed,
    }
}

/// Sentences of a block, cut by their marks alone: enough to judge letter case.
pub(super) fn stretches(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut stopped = false;
    for (at, c) in text.char_indices() {
        if c == ' ' && stopped {
            found.push(Span::new(start, at));
            start = at + 1;
        }
        let closes = matches!(c, '"' | '”' | '’' | '\'' | ')') && stopped;
        // "U.S. " and "J. Doe": the dot after a single capital ends nothing.
        let initial = c == '.' && before.is_uppercase() && single(text, at);
        stopped = closes || matches!(c, '.' | '!' | '?') && !initial;
        before = c;
    }
    found.push(Span::new(start, text.len()));
    found.retain(|s| !s.is_empty());
    found
}

/// Whether one letter alone stands before the dot at `dot`.
fn single(text: &str, dot: usize) -> bool {
    let mut back = text[..dot].chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|c| !c.is_alphanumeric())
}
