//! Quotation marks in a block's sentences in, quoted stretches out; a quotation may run over sentences.

use crate::text::Span;

/// Quotations shorter than this are scare quotes and titles, nobody's speech.
const SPEECH_WORDS: usize = 4;

/// Quoted stretches of `text[within]` (bytes of the document), marks excluded; an unclosed one runs to the end. A mark that
/// opens inside an open quotation begins its next paragraph. Single marks count where no double ones are open.
pub fn quotations(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    let block = within.of(text);
    for (i, c) in block.char_indices() {
        let at = within.start + i;
        let single = matches!(c, '\'' | '‘' | '’');
        let mark = if single { single_mark(block, i, c) } else { mark(block, i, c) };
        let Some(mark) = mark else { continue };
        match open {
            // An apostrophe or a quotation within the quotation.
            Some((_, within_single)) if single != within_single => continue,
            None if single && mark == Mark::Closes => continue,
            Some((start, _)) => found.push(Span::new(start, at)),
            None => {}
        }
        open = (mark == Mark::Opens).then_some((at + c.len_utf8(), single));
    }
    // A single mark that nothing closes is an apostrophe.
    if let Some((start, false)) = open {
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

#[derive(Clone, Copy, PartialEq)]
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

/// What a single mark at byte `at` of `block` does: it opens before a word, and closes behind a stop or before one; behind
/// a plain word it is an apostrophe.
fn single_mark(block: &str, at: usize, c: char) -> Option<Mark> {
    let before = block[..at].chars().next_back();
    let after = block[at + c.len_utf8()..].chars().next();
    let apart = before.is_none_or(|b| b.is_whitespace() || "([—–".contains(b));
    let stop = |beside: Option<char>| beside.is_some_and(|b| ".,;:?!)…".contains(b));
    match () {
        () if c != '’' && apart && after.is_some_and(char::is_alphabetic) => Some(Mark::Opens),
        () if c != '‘' && !after.is_some_and(char::is_alphanumeric) && (stop(before) || stop(after)) => {
            Some(Mark::Closes)
        }
        () => None,
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
    fn single_marks_quote_and_apostrophes_do_not() {
        assert_eq!(
            quoted("'We won't give the leaders' land away,' he said, 'not in a hundred years from now'."),
            ["We won't give the leaders' land away,", "not in a hundred years from now"]
        );
        assert_eq!(quoted("The ‘so-called peace of the brave’, she said."), ["so-called peace of the brave"]);
        assert_eq!(
            quoted("He said \"it's 'our land and nobody else's', as ever\" twice."),
            ["it's 'our land and nobody else's', as ever"]
        );
        assert_eq!(
            quoted("The workers' party and the farmers' union met in the 'Nam years and in '68 again."),
            [""; 0]
        );
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
