//! The next characters of a document in; what the analyser reads for them out: one spelling for what type and screens
//! write in several.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// What stands for some characters of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Themselves.
    Same,
    /// Other characters.
    As(String),
    /// Nothing: they take no room on the page.
    Nothing,
}

/// Reads the first character of `rest`, with the marks that stand on it: how many bytes, and what they stand for.
pub(super) fn read(before: &str, rest: &str) -> Option<(usize, Reading)> {
    let mark = footnote(before, rest);
    if mark > 0 {
        return Some((mark, Reading::Nothing));
    }
    let before = before.chars().next_back();
    let mut next = rest.chars();
    let c = next.next()?;
    let after = next.next();
    if c.is_ascii() && after.is_none_or(|a| a.is_ascii()) && !matches!(c, '`' | '\'') {
        return Some((1, Reading::Same));
    }
    if is_invisible(c) || is_joiner(c) && before.is_some_and(is_latin) {
        return Some((c.len_utf8(), Reading::Nothing));
    }
    if after.is_some_and(|a| canonical_combining_class(a) != 0) {
        return Some(composed(rest));
    }
    if let Some(pair) = rest.get(..2).filter(|pair| matches!(*pair, "``" | "''")) {
        return Some((2, Reading::As(if pair == "``" { "“" } else { "”" }.into())));
    }
    let reading = match spelled(c).or_else(|| quote(c, before, after)) {
        Some(text) if text.chars().ne([c]) => Reading::As(text),
        _ => Reading::Same,
    };
    Some((c.len_utf8(), reading))
}

/// Takes no room on the page: soft hyphens, zero-width spaces, direction marks. (Joiners stay where scripts need them.)
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Bytes of a footnote's mark behind a word or stop: "[12]", "¹²", "†". A square metre has none.
fn footnote(before: &str, rest: &str) -> usize {
    let Some(c) = rest.chars().next().filter(|c| matches!(c, '[' | '†' | '‡') || is_raised(*c)) else { return 0 };
    if !before.ends_with(|b: char| b.is_alphabetic() || ".,;:!?)\"”’»]".contains(b)) {
        return 0;
    }
    if c == '[' {
        let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
        let closed = (1..=3).contains(&digits) && rest[1 + digits..].starts_with(']');
        return if closed { digits + 2 } else { 0 };
    }
    let letters = before.chars().rev().take(3).take_while(|b| b.is_alphanumeric()).count();
    if matches!(letters, 1 | 2) {
        return 0;
    }
    rest.find(|c: char| !is_raised(c) && !matches!(c, '†' | '‡')).unwrap_or(rest.len())
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{250}'
}

/// A letter and the marks after it as one character, where there is one ("e" + acute).
fn composed(rest: &str) -> (usize, Reading) {
    let marks = rest.char_indices().skip(1).find(|(_, c)| canonical_combining_class(*c) == 0);
    let cluster = &rest[..marks.map_or(rest.len(), |(at, _)| at)];
    let whole: String = cluster.nfc().collect();
    (cluster.len(), if whole == cluster { Reading::Same } else { Reading::As(whole) })
}

/// Typographic forms that have a plain one.
fn spelled(c: char) -> Option<String> {
    let plain = match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '‐' | '‑' | '−' | '﹣' => "-",
        '‒' => "–",
        '―' | '﹘' => "—",
        'ʼ' | 'ʻ' => "’",
        '″' => "\"",
        '′' => "'",
        'Å' => "Å",
        // Full-width forms of the ASCII characters.
        '！'..='～' => return char::from_u32(c as u32 - 0xFEE0).map(String::from),
        _ => return None,
    };
    Some(plain.into())
}

/// Quotation marks of all habits as “ ” ‘ ’; which way they turn is told by what stands beside them.
fn quote(c: char, before: Option<char>, after: Option<char>) -> Option<String> {
    let (open, close, opens) = match c {
        '„' | '‟' | '«' | '“' | '〝' | '「' => ('“', '”', true),
        '»' | '”' | '〞' | '」' => ('“', '”', false),
        '‚' | '‛' | '‹' => ('‘', '’', true),
        '›' => ('‘', '’', false),
        '‘' => ('‘', '’', true),
        '´' | '`' if before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic) => {
            return Some("’".into());
        }
        _ => return None,
    };
    let starts = before.is_none_or(|b| b.is_whitespace() || "([{—–-\"'“‘".contains(b));
    let ends = after.is_none_or(|a| a.is_whitespace() || ")]}.,;:!?—–-\"'”’“".contains(a));
    let opens = if starts == ends { opens } else { starts };
    Some(if opens { open } else { close }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a whole text.
    fn plain(text: &str) -> String {
        let (mut out, mut at) = (String::new(), 0);
        while let Some((len, reading)) = read(&text[..at], &text[at..]) {
            match reading {
                Reading::Same => out.push_str(&text[at..at + len]),
                Reading::As(other) => out.push_str(&other),
                Reading::Nothing => {}
            }
            at += len;
        }
        out
    }

    #[test]
    fn one_spelling() {
        for (written, read) in [
            ("the oﬃce ﬁled a ﬂat oﬀer", "the office filed a flat offer"),
            ("Mon\u{AD}day\u{FEFF} in\u{200B}side", "Monday inside"),
            ("Zelenskyy\u{200C}", "Zelenskyy"),
            ("Anglo‑Irish, −5, 1990‒94", "Anglo-Irish, -5, 1990–94"),
            ("Cafe\u{301} Sa\u{303}o Tome\u{301}", "Café São Tomé"),
            ("ＮＡＴＯ！", "NATO!"),
            ("Qatarʼs D´Arcy", "Qatar’s D’Arcy"),
            ("5′ and 6″", "5' and 6\""),
            ("in Heihe.[12] The bridge,¹ he said,† fell", "in Heihe. The bridge, he said, fell"),
        ] {
            assert_eq!(plain(written), read, "{written}");
        }
    }

    #[test]
    fn quotation_marks_turn_as_they_stand() {
        for (written, read) in [
            ("„Wir gehen“, said he.", "“Wir gehen”, said he."),
            ("«We go», he said.", "“We go”, he said."),
            ("»We go«, he said.", "“We go”, he said."),
            ("« We go », he said.", "“ We go ”, he said."),
            ("‚We go‘, he said.", "‘We go’, he said."),
            ("“We go,” he said.", "“We go,” he said."),
            ("``We go,'' he said.", "“We go,” he said."),
            ("(«we») — «go».", "(“we”) — “go”."),
        ] {
            assert_eq!(plain(written), read, "{written}");
        }
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "It's 'fine'.",
            "5 o'clock",
            "Kyiv – no.",
            "习近平",
            "👩‍👩‍👧",
            "naïve café",
            "Ελλάδα",
            "x = `y`",
            "U.S.",
            "١٢",
            "5 km², CO²",
            "a[i] [sic]",
            "the x² of",
        ] {
            assert_eq!(plain(text), text);
        }
    }
}
