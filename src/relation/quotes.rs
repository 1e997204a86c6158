//! Quotation marks in a block's sentences in, quoted stretches out; a quotation may run over sentences.

use crate::text::Span;

/// Quotations shorter than this are scare quotes and titles, nobody's speech.
const SPEECH_WORDS: usize = 4;

/// Quoted stretches of `text[within]` (bytes of the document), marks excluded; an unclosed one runs to the end. A mark that
/// opens inside an open quotation begins its next paragraph.
pub fn quotations(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let block = within.of(text);
    for (i, c) in block.char_indices() {
        let at = within.start + i;
        let Some(mark) = mark(block, i, c) else { continue };
        if let Some(start) = open.take() {
            found.push(Span::new(start, at));
        }
        if mark == Mark::Opens {
            open = Some(at + c.len_utf8());
        }
    }
    if let Some(start) = open {
        found.push(Span::new(start, within.end));
    }
    found.retain(|s| s.of(text).split_whitespace().count() >= SPEECH_WORDS);
    found
}

/// Quoted stretches of a headline (bytes of the document), down to a single word, in marks of any kind.
pub fn quoted_words(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut before = ' ';
    for (i, c) in within.of(text).char_indices() {
        let at = within.start + i;
        let next = text[at + c.len_utf8()..within.end].chars().next();
        let quote = matches!(c, '"' | '“' | '”' | '„' | '\'' | '‘' | '’');
        // Not the apostrophe of "Russia's" or of "leaders' summit".
        let opens = quote && !before.is_alphanumeric() && next.is_some_and(|n| !n.is_whitespace());
        let closes = quote && open.is_some() && !next.is_some_and(char::is_alphanumeric);
        match open {
            None if opens => open = Some(at + c.len_utf8()),
            Some(start) if closes => {
                found.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
        before = c;
    }
    found
}

#[derive(PartialEq)]
enum Mark {
    Opens,
    Closes,
}

/// What the character at byte `at` of `block` does; a straight mark looks to the side that its words stand on.
fn mark(block: &str, at: usize, c: char) -> Option<Mark> {
    let apart = |beside: Option<char>| beside.is_none_or(|b| b.is_whitespace() || "([—–-".contains(b));
    match c {
        '“' | '„' => Some(Mark::Opens),
        '”' => Some(Mark::Closes),
        '"' => {
            let before = apart(block[..at].chars().next_back());
            let after = block[at + 1..].chars().next().is_none_or(char::is_whitespace);
            Some(if before && !after { Mark::Opens } else { Mark::Closes })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text, Span::new(0, text.len())).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn speech_is_kept_and_scare_quotes_are_not() {
        assert_eq!(quoted("He said \"we will not give in\" to the \"friends\"."), ["we will not give in"]);
    }

    #[test]
    fn a_headline_quotes_words() {
        let text = "Russia 'shelled' hospital, Ukraine's \"worst day\" in leaders' war";
        let words = quoted_words(text, Span::new(0, text.len()));
        assert_eq!(words.into_iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["shelled", "worst day"]);
    }

    #[test]
    fn a_mark_that_opens_again_goes_on() {
        let text = "\"We are here. \"We stay.\" The rest, he said, is \"a very long and empty story\".";
        assert_eq!(quoted(text), ["a very long and empty story"]);
        assert_eq!(
            quoted("He said: \"We are here for you. \"We stay as long as you like.\" Nobody answered him at all."),
            ["We are here for you. ", "We stay as long as you like."]
        );
    }

    #[test]
    fn an_unclosed_quotation_runs_on() {
        assert_eq!(quoted("“We are here to stay."), ["We are here to stay."]);
    }
}
