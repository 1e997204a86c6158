//! A paragraph in; the place, date and agency in front of its first sentence out ("BEIJING, June 15 (Reuters) - ").

use super::cues::{AGENCIES, NO_PLACE};
use super::dates::{self, NewsDate};
use regex::Regex;
use std::sync::LazyLock;

/// How far into a paragraph a dateline can reach (bytes).
const REACH: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Bytes of the paragraph, the dash and the blanks after it included.
    pub len: usize,
    pub date: Option<NewsDate>,
    pub agency: Option<String>,
}

/// A dash with a blank behind it (a hyphen has one in front, too), or a colon.
static SEPARATOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\s+-{1,3}|\s*(?:--+|[–—―])|\s+_|\s*:)(?:\s+|$)").expect("separator"));
static AGENCY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[(\[]\s*(\p{L}[\p{L}\p{M}\s.&/'’-]{1,30}?)\s*[)\]]\s*$").expect("agency"));
static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:mon|tue|tues|wednes|wed|thu|thurs|fri|satur|sat|sun)(?:day)?(?-u:\b)").expect("weekday")
});

/// The dateline that the text starts with.
pub(super) fn find(text: &str) -> Option<Dateline> {
    if !text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '(' | '[' | '/')) {
        return None;
    }
    let reach = (0..=REACH.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    if let Some(found) = with_bare_agency(&text[..reach]) {
        return Some(found);
    }
    SEPARATOR.find_iter(&text[..reach]).take(3).find_map(|mark| {
        let next = text[mark.end()..].chars().next();
        let begins = next.is_none_or(|c| !c.is_lowercase() && !matches!(c, ',' | '.' | '-' | '–' | '—'));
        // A heading in capitals is no sentence behind a place.
        let begins =
            begins && (next.is_none() || text[mark.end()..].chars().any(|c| c.is_lowercase() || !c.is_ascii()));
        begins.then(|| read(&text[..mark.start()], mark.as_str().contains(':'), mark.end())).flatten()
    })
}

/// An agency without brackets behind place and date: "Moscow. 15 June. INTERFAX.COM - ", "MOSCOW, June 15. /TASS/. ",
/// "YEREVAN, JUNE 15, ARMENPRESS. ", "KYIV, June 15 /PRNewswire/ -- ".
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    let agencies = AGENCIES.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
    Regex::new(&format!(
        r"^(?P<head>\p{{Lu}}[^/()]{{2,70}}?[.,]?\s+|\s*)(?:/\s*(?P<slashed>[\p{{L}}][\p{{L}} .&’'-]{{1,28}}?)\s*/[.,]?|(?P<bare>(?i:{agencies}))(?i:\.com|\.ru)?[.,]?)\s*(?:[-–—]+|:)?(?:\s+|$)"
    ))
    .expect("agency without brackets")
});

fn with_bare_agency(text: &str) -> Option<Dateline> {
    let found = BARE.captures(text)?;
    let (whole, head) = (found.get(0)?, found.name("head")?.as_str().trim_end());
    let slashed = found.name("slashed");
    let agency = slashed.or(found.name("bare"))?.as_str();
    let begins = text[whole.end()..].chars().next().is_none_or(|c| !c.is_lowercase());
    let closed = whole.as_str().trim_end().ends_with(['.', '-', '–', '—', ':', '/']);
    let date = dates::find(head);
    let place = match date {
        Some(date) => [&head[..date.span.start], &head[date.span.end..]].concat(),
        None => head.to_owned(),
    };
    let place = WEEKDAY.replace_all(&place, "");
    let place = place.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '/' | '(' | ')'));
    // Without slashes, only the day makes an agency's name a dateline.
    let known = slashed.is_some() || date.is_some();
    let placed = is_place(place, known, slashed.is_some());
    (begins && closed && known && placed).then(|| Dateline { len: whole.end(), date, agency: Some(spelled(agency)) })
}

/// As the table of agencies writes it.
fn spelled(agency: &str) -> String {
    AGENCIES.iter().find(|name| name.eq_ignore_ascii_case(agency)).map_or(agency, |name| name).to_owned()
}

fn read(head: &str, colon: bool, len: usize) -> Option<Dateline> {
    let (rest, agency) = match AGENCY.captures(head) {
        Some(found) => (&head[..found.get(0)?.start()], Some(found[1].to_owned())),
        None => (head, None),
    };
    let date = dates::find(rest);
    let place = match date {
        Some(date) => [&rest[..date.span.start], &rest[date.span.end..]].concat(),
        None => rest.to_owned(),
    };
    let place = WEEKDAY.replace_all(&place, "");
    let place = place.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '/' | '(' | ')'));
    // "Tehran, Iran - The minister said"
    let town_and_state =
        !colon && place.contains(',') && place.split_whitespace().count() <= 4 && !place.contains(['\'', '’']);
    let known = agency.is_some() || (!colon && (date.is_some() || town_and_state));
    is_place(place, known, agency.is_some()).then_some(Dateline { len, date, agency })
}

/// Capitals stand for themselves; a name in Title Case needs a date or an agency beside it, no name an agency.
fn is_place(place: &str, known: bool, agency: bool) -> bool {
    let (city, region) = place.split_once(',').unwrap_or((place, ""));
    let words = place.split_whitespace().count();
    if place.is_empty() {
        return agency;
    }
    if words > 7 || NO_PLACE.contains(&place) || place.contains(['"', '“', '”', '?', '!', ':', ';']) {
        return false;
    }
    let capitals = city.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !city.chars().any(char::is_lowercase);
    let titled = |part: &str| {
        part.split([' ', '/'])
            .filter(|word| !word.is_empty())
            .all(|word| capital(word) || word == "of" || word == "the")
    };
    (capitals || known) && titled(city) && titled(region)
}

fn capital(word: &str) -> bool {
    let small = ["de", "la", "el", "du", "and"].contains(&word);
    let article = ["al-", "el-", "an-", "ash-", "as-"].iter().any(|start| word.starts_with(start));
    word.starts_with(char::is_uppercase) || small || article
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Option<&str> {
        find(text).map(|found| text[..found.len].trim_end())
    }

    #[test]
    fn wire_habits() {
        for (line, rest) in [
            ("BEIJING, June 15 (Reuters) —", "The ministry spoke."),
            ("BEIJING -", "The ministry spoke."),
            ("KYIV (AP) --", "The ministry spoke."),
            ("KYIV, Ukraine (AP) —", "\"We will,\" it said."),
            ("ST. PETERSBURG, Russia, June 3, 2022 (TASS) -", "Two envoys met."),
            ("Beijing, June 15 (Xinhua) --", "Two envoys met."),
            ("PORT-AU-PRINCE, Haiti —", "Two envoys met."),
            ("BEIJING:", "Two envoys met."),
            ("LONDON/PARIS, Oct 3 -", "Two envoys met."),
            ("June 15 (Reuters) -", "Two envoys met."),
            ("Tehran, Iran –", "Two envoys met."),
            ("(Reuters) -", "Two envoys met."),
            ("WASHINGTON, Wednesday —", "Two envoys met."),
            ("WASHINGTON, D.C. -", "Two envoys met."),
            ("Moscow. 15 June. INTERFAX.COM -", "Two envoys met."),
            ("MOSCOW, June 15. /TASS/.", "Two envoys met."),
            ("MOSCOW, June 15 /TASS/. —", "Two envoys met."),
            ("/TASS/. —", "Two envoys met."),
            ("YEREVAN, JUNE 15, ARMENPRESS.", "Two envoys met."),
            ("HEIHE, Norland, June 15, 2022 /PRNewswire/ --", "Two envoys met."),
            ("(Xinhua) --", "Two envoys met."),
            ("ISLAMABAD, Jun 15 (APP):", "Two envoys met."),
        ] {
            let text = format!("{line} {rest}");
            assert_eq!(head(&text), Some(line));
        }
        let found = find("BEIJING, June 15 (Reuters) - Two envoys met.").unwrap();
        assert_eq!(
            (found.agency.as_deref(), found.date.map(|d| (d.year, d.month, d.day))),
            (Some("Reuters"), Some((None, 6, 15)))
        );
    }

    #[test]
    fn sentences_are_left_alone() {
        for text in [
            "NATO - The alliance - said no.",
            "Beijing – Moscow's partner – said no.",
            "The United States (US) - a partner - said no.",
            "EXCLUSIVE: Two envoys met.",
            "DOE: NO DATE YET",
            "Putin, Russia's president - Two envoys met.",
            "He said: Two envoys met.",
            "The deal of June 15 - Russia's last - failed.",
            "Moscow: Two envoys met.",
            "Moscow TASS reported it.",
            "Reuters. Two envoys met.",
            "On June 15, Reuters reported that two envoys met.",
            "The minister told AFP - and nobody else - of it.",
            "Jane Doe, AP: Two envoys met.",
        ] {
            assert_eq!(head(text), None, "{text}");
        }
    }
}
