//! One line of a report in; what kind of page furniture it is by its own look, if any, out.

use super::BlockKind::{self, Byline, Caption, Date, Label, Markup, Related, Url};
use super::cues::{AGENCIES, After, CUES};
use super::dates;
use super::lines::ends_sentence;
use regex::Regex;
use std::sync::LazyLock;

/// Longer lines are prose (or markup) whatever they begin with.
const LONGEST: usize = 600;

/// The kind of a trimmed line that is certainly no prose.
pub(super) fn kind(line: &str) -> Option<BlockKind> {
    if is_markup(line) {
        return Some(Markup);
    }
    if line.len() > LONGEST {
        return is_url(line).then_some(Url);
    }
    if is_url(line) {
        return Some(Url);
    }
    let plain = plain(line);
    if dates::date_line(line).is_some() || is_imprint(line, &plain) {
        return Some(Date);
    }
    if let Some(kind) = cue(&plain) {
        return Some(kind);
    }
    if is_byline(line) {
        return Some(Byline);
    }
    if dates::is_placed(line) {
        return Some(Date);
    }
    if is_credit(line) {
        return Some(Caption);
    }
    (is_glyphs(line) || is_reply(line)).then_some(Label)
}

/// "On Wed, 15 Jun 2022, Jane Doe wrote:" above quoted mail.
fn is_reply(line: &str) -> bool {
    line.starts_with("On ") && line.ends_with(" wrote:") && line.contains(|c: char| c.is_ascii_digit())
}

/// Lower case, straight quotes, without marks in front.
fn plain(line: &str) -> String {
    let start = line.trim_start_matches(|c: char| {
        matches!(c, '(' | '[' | '|' | '>' | '*' | '•' | '·' | '–' | '—' | '-' | '▶' | '►' | ' ')
    });
    start.to_lowercase().replace('’', "'")
}

fn cue(plain: &str) -> Option<BlockKind> {
    CUES.iter().find(|cue| cue.2.iter().any(|start| follows(plain, start, cue.1))).map(|cue| cue.0)
}

/// "Published in The Wire, June 15th, 2022".
fn is_imprint(line: &str, plain: &str) -> bool {
    let verb = ["published", "updated", "posted", "last updated", "last modified", "first published"];
    let short = line.split_whitespace().count() <= 12 && !ends_sentence(line);
    short
        && verb.iter().any(|verb| plain.starts_with(verb))
        && dates::find(line).is_some_and(|date| date.year.is_some())
}

/// "Watch for the talks to resume" is a sentence, "Watch: ..." is not: the table says what must follow.
fn follows(plain: &str, start: &str, after: After) -> bool {
    let Some(rest) = plain.strip_prefix(start) else { return false };
    let in_word = start.ends_with(char::is_alphabetic) && rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'');
    let rest = rest.trim_start();
    !in_word
        && match after {
            After::Any => true,
            After::Unended => !ends_sentence(rest) || rest.split_whitespace().nth(4).is_none(),
            After::Mark => rest.is_empty() || rest.starts_with([':', '|', '»', '>']),
            After::End => !rest.contains(char::is_alphanumeric),
        }
}

/// The kind that the cue at the start of a line gives, when nothing else follows it: a heading of its own list.
pub(super) fn is_bare_cue(line: &str) -> bool {
    let plain = plain(line);
    CUES.iter().filter(|cue| cue.0 == Related).any(|cue| cue.2.iter().any(|start| follows(&plain, start, After::End)))
}

static URL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^(?:[\w ]+:\s*)?[<(\[]?(?:https?://|www\.)\S+[>)\]]?$").expect("address"));

fn is_url(line: &str) -> bool {
    (line.contains("://") || line.contains("www.") || line.contains("WWW.")) && URL.is_match(line)
}

static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x) ^(?: </?[a-zA-Z!][^<>]*>?$ | <?!--.*-->$ | <(?:script|style|iframe|div|span|img|meta|link|figure|a|p|br|ul|li|h\d)\b.*>$
        | \{\{.*\}\}$ | \{%.*%\}$ | \[/?(?:caption|embed|gallery|video|audio|youtube|twitter)\b[^\]]*\]$
        | (?:&[a-z]+;|&\#\d+;|\s)+$ | (?:var|let|const)\s+[\w$]+\s*=.* | function\s*\w*\(.* | (?:window|document|dataLayer|googletag|jQuery|\$)[.(\[].*
        | gtag\(.* | @media\b.* | @import\b.* | \}[\s;,)\}]*$ | [.\#]?[\w-]+(?:[\s.,\#:>]+[\w-]+)*\s*\{[^}]*\}?$ | --+>$ | //\s*<!\[CDATA.* | \]\]>$ )"#,
    )
    .expect("markup")
});

fn is_markup(line: &str) -> bool {
    if !line.contains(['<', '>', '{', '}', '[', ']', '&', '=', '(', '@', ';']) {
        return false;
    }
    if line.len() <= 4 * LONGEST && MARKUP.is_match(line) {
        return true;
    }
    let code = line.chars().filter(|c| "{}();=<>[]_$#\\|&".contains(*c)).count();
    code >= 6 && code * 8 > line.chars().count() && !line.ends_with(['.', '!', '?', '"', '”'])
}

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"(?:\p{Lu}[\p{L}\p{M}.'’-]*|de|da|del|di|von|van|den|der|bin|ibn|bint|zu|al|el|ter|la|le|du|dos|and|&|with|in|for|of|the|at)";
    Regex::new(&format!(r"^(?:By|BY|by)\s*:?\s+(?:\p{{Lu}}[\p{{L}}\p{{M}}.'’-]*|the|the\s+\p{{Lu}}\w+)(?:[\s,/|]+{name})*\s*(?:[|,•·–—@-].*)?$")).expect("byline")
});

/// Capitalised words that follow "By" in a sentence rather than in a byline.
const NO_NAMES: [&str; 16] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
];

fn is_byline(line: &str) -> bool {
    let by = line.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("by"));
    let words = line.split_whitespace().count();
    let sentence = line.ends_with(['.', '!', '?', ',']) && !line.ends_with("Jr.") && !line.ends_with("Sr.");
    let name = line.split_whitespace().nth(1).unwrap_or_default().trim_matches(',');
    by && words <= 16 && !sentence && !NO_NAMES.contains(&name) && BYLINE.is_match(line) || is_agency_line(line)
}

fn is_agency_line(line: &str) -> bool {
    AGENCIES.contains(&line.trim_matches(|c: char| !c.is_alphanumeric()))
}

static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    let agencies = AGENCIES.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
    Regex::new(&format!(
        r"(?x) (?: [\[(] \s* (?i:photo|image|picture|file|credit|source|via|pool|handout)\b [^\])]* [\])] [.]? $
        | [\[(] (?: {agencies}|REUTERS ) \s* (?i:photo|images|file)? \s* [/|,] [^\])]+ [\])]? [.]? $
        | (?: [/|,©.\[(] | [.]\s | \s[-–—]\s ) \s* (?: {agencies}|REUTERS ) \s* (?: / [\w\s.'’/-]+ )? [\])]? $
        | (?-u:\b) (?: {agencies}|REUTERS ) / [\w\s.'’-]+ $
        | (?: (?i:via|from|by|courtesy\s+of) \s+ Getty\s+Images ) [\])]? [.]? $
        | (?: [.:|/] | ^ ) \s+ (?: www\.)? [a-z0-9-]+ (?: \.[a-z0-9-]+ )* \. [a-z]{{2,4}} $ )"
    ))
    .expect("credit")
});

/// A short line that ends in the name of whom its picture is from.
fn is_credit(line: &str) -> bool {
    let sentence = ends_sentence(line) && ![").", "].", ")", "]", "Images."].iter().any(|end| line.ends_with(end));
    !sentence && line.split_whitespace().nth(45).is_none() && CREDIT.is_match(line)
}

/// Hardly a letter (rules, page numbers, characters that lost their encoding), or nothing but a mail address.
fn is_glyphs(line: &str) -> bool {
    if line.contains('@') && !line.contains(char::is_whitespace) {
        return true;
    }
    let few = line.chars().filter(|c| c.is_alphabetic()).nth(2).is_none();
    few && line.chars().count() <= 60 && !line.chars().any(is_ideograph)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn all(expected: Option<BlockKind>, lines: &[&str]) {
        for line in lines {
            assert_eq!(kind(line), expected, "{line}");
        }
    }

    #[test]
    fn bylines() {
        all(
            Some(Byline),
            &[
                "By AFP",
                "By Jane Doe and John Roe",
                "Reporting by Jane Doe; Editing by John Roe",
                "By Jane Doe, Moscow Correspondent",
                "(Reporting by Jane Doe in Kyiv; editing by Ann Poe)",
                "Reuters",
                "— AFP",
                "BY JANE DOE | The Wire",
            ],
        );
        all(
            None,
            &[
                "By Friday Russia had withdrawn",
                "By the time talks ended, both had left.",
                "By Monday, the bridge was open.",
                "By crossing the river they broke the truce",
            ],
        );
    }

    #[test]
    fn captions() {
        all(
            Some(Caption),
            &[
                "IMAGE SOURCE: GETTY IMAGES",
                "Image by Jane Doe",
                "(Photo: Jane Doe/Wire)",
                "FILE PHOTO: The president waves to a crowd.",
                "The bridge over the river, Reuters/John Roe",
                "Chinese envoy Jane Doe. kremlin.ru",
                "Delegates arrive in Heihe. [Photo/Xinhua]",
                "Soldiers patrol the line on Monday. (AP Photo/Jane Doe)",
                "A ship leaves port | AFP",
            ],
        );
        all(
            None,
            &[
                "The ministry denied it, Reuters reported.",
                "The talks failed, according to AFP",
                "He spoke to the BBC.",
                "The site of the bank is at bank.example, he said.",
            ],
        );
    }

    #[test]
    fn related_and_labels() {
        all(
            Some(Related),
            &[
                "Related article: Talks Resume",
                "Read more:",
                "READ MORE: Talks Resume",
                "See also: talks",
                "ALSO READ | Talks Resume",
                "Watch: leaders meet",
            ],
        );
        all(
            Some(Label),
            &[
                "ADVERTISEMENT",
                "Advertisement - scroll to continue",
                "Sign up for our newsletter.",
                "© 2022 The Wire",
                "Copyright 2022 The Wire. All rights reserved.",
                "Â",
                "***",
                "- 30 -",
                "Original url:",
                "Share",
                "Tags: China, Russia",
                "ENDS",
            ],
        );
        all(
            None,
            &[
                "Watch for talks to resume on Friday.",
                "Home prices rose in May.",
                "Live fire was heard in the city.",
                "Share prices fell in Moscow on Monday.",
                "World leaders met in Geneva.",
                "Images by a satellite firm showed troops at the border.",
                "Copyright law changed.",
                "Advertisement spending fell.",
                "Read more carefully, the treaty allows it.",
            ],
        );
    }

    #[test]
    fn addresses_and_markup() {
        all(Some(Url), &["https://a.example/2022/06/15/x", "www.a.example", "Link: https://a.example/x"]);
        all(
            Some(Markup),
            &[
                "!-- Google tag (gtag.js) -->",
                "<script async src=\"x.js\"></script>",
                "{{ story.title }}",
                "window.dataLayer = window.dataLayer || [];",
                "gtag('config', 'G-1');",
                ".story { color: red; }",
                "</div>",
                "});",
                "&nbsp;",
                "[caption id=\"a1\"]",
            ],
        );
        all(None, &["See https://a.example/x for the text.", "The ministry (MFA) said [sic] it would act."]);
    }
}
