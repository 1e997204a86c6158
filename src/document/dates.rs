//! News text in, the calendar dates written in it out ("June 15, 2022", "15 Jun 2022", "2022-06-15", "20220615").
//!
//! A numeric date that could be read two ways (03/04/2022) is left alone.

use crate::text::Span;
use jiff::civil::Date;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A date as a report writes it; the year may be missing ("June 15").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NewsDate {
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
    pub span: Span,
}

impl NewsDate {
    pub fn full(self) -> Option<Date> {
        self.year.and_then(|year| Date::new(year, self.month, self.day).ok())
    }

    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

pub(crate) const MONTH: &str = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static WRITTEN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        format!(r"(?i)\b(?P<m>{MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s*,\s*|\s+)(?P<y>(?:19|20)\d\d)\b"),
        format!(
            r"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m>{MONTH})\b\.?[\s,-]+(?P<y>(?:19|20)\d\d)\b"
        ),
        r"\b(?P<y>(?:19|20)\d\d)([-/.])(?P<m>\d\d)([-/.])(?P<d>\d\d)(?:\b|T)".into(),
        r"\b(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)\b".into(),
        r"\b(?P<a>\d{1,2})([./-])(?P<b>\d{1,2})([./-])(?P<y>(?:19|20)\d\d)\b".into(),
        format!(r"(?i)\b(?P<m>{MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b"),
        format!(r"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m>{MONTH})\b"),
    ]
    .iter()
    // ASCII word boundaries: the Unicode ones cost the fast matcher on every curly quote.
    .map(|pattern| Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("date pattern"))
    .collect()
});

/// The first date in the text; one with a year before one without.
pub(crate) fn find(text: &str) -> Option<NewsDate> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    WRITTEN.iter().find_map(|pattern| pattern.captures_iter(text).find_map(|found| read(&found)))
}

/// Every date with a year, pattern by pattern.
pub(crate) fn full_dates(text: &str) -> impl Iterator<Item = Date> + '_ {
    WRITTEN.iter().flat_map(move |pattern| pattern.captures_iter(text).filter_map(|found| read(&found)?.full()))
}

fn read(found: &Captures) -> Option<NewsDate> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let (month, day) = match (number("a"), number("b")) {
        (Some(a), Some(b)) => unambiguous(a, b)?,
        _ => (found.name("m").and_then(|m| month(m.as_str()))?, number("d")? as i8),
    };
    let whole = found.get(0)?;
    let date = NewsDate { year: number("y"), month, day, span: Span::new(whole.start(), whole.end()) };
    // A leap year stands in where none is written: 29 February is a date.
    date.in_year(date.year.unwrap_or(2000)).map(|_| date)
}

/// Month and day, where only one reading is a date.
fn unambiguous(a: i16, b: i16) -> Option<(i8, i8)> {
    match (a, b) {
        _ if a == b => Some((a as i8, b as i8)),
        (13.., ..=12) => Some((b as i8, a as i8)),
        (..=12, 13..) => Some((a as i8, b as i8)),
        _ => None,
    }
}

fn month(name: &str) -> Option<i8> {
    if let Ok(number) = name.parse() {
        return Some(number);
    }
    let name = name.to_ascii_lowercase();
    MONTHS.iter().position(|m| name.starts_with(m)).map(|i| i as i8 + 1)
}

static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)(?-u:\b)").expect("date in figures")
});

/// The two readings of the first date in figures that has two: month first, day first.
pub(crate) fn two_ways(text: &str) -> Option<[Date; 2]> {
    FIGURES.captures_iter(text).find_map(|found| {
        let [a, b] = [found[1].parse().ok()?, found[2].parse().ok()?];
        let year = found[3].parse().ok()?;
        let ways = [Date::new(year, a, b).ok()?, Date::new(year, b, a).ok()?];
        (a != b).then_some(ways)
    })
}

/// Whether the text writes the day first in figures, where its other dates leave no doubt.
pub(crate) fn day_first(text: &str) -> Option<bool> {
    let mut orders = FIGURES.captures_iter(text).filter_map(|found| {
        let [a, b]: [i8; 2] = [found[1].parse().ok()?, found[2].parse().ok()?];
        matches!((a, b), (13..=31, ..=12) | (..=12, 13..=31)).then_some(a > 12)
    });
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

static REST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b(?: first | last | published | updated? | posted | modified | created | released | issued | dated? | on | at | of | the
        | (?: mon | tues? | wed(?:nes)? | thu(?:rs?)? | fri | sat(?:ur)? | sun ) (?:day)?
        | t?\d{1,2} [:.h] \d\d (?: [:.] \d\d )? (?: \.\d+ )? z? | \d{0,2} \s* [ap] \.? m | gmt | utc | [cew]es?t | [a-z]{1,3}[sd]t | et | pt | msk
        | hrs? | hours | local | time | \d\d:?\d\d | \d+ \s* min(?:ute)?s? | read )\b",
    )
    .expect("rest of a date line")
});

/// The date that a line consists of, beside weekday, time of day, zone and words such as "Updated".
pub(crate) fn date_line(line: &str) -> Option<NewsDate> {
    if line.len() > 120 {
        return None;
    }
    let date = find(line)?;
    let rest = [&line[..date.span.start], " ", &line[date.span.end..]].concat();
    // "2022-06-15T14:03:00Z" and a second date ("updated ...") leave crumbs of their own.
    let rest = match find(&rest) {
        Some(second) => [&rest[..second.span.start], " ", &rest[second.span.end..]].concat(),
        None => rest,
    };
    let left = REST.replace_all(&rest, " ");
    (!left.contains(char::is_alphanumeric)).then_some(date)
}

/// Small words in the names of places, papers and desks.
const SMALL: [&str; 14] =
    ["of", "the", "and", "de", "da", "del", "am", "la", "el", "al", "sur", "desk", "bureau", "newsroom"];

/// A line of a place, paper or desk and a date with a year: "The Hague, 19 September 2025", "Paris | 21 October 2024".
pub(crate) fn is_placed(line: &str) -> bool {
    let Some(date) = find(line).filter(|date| date.year.is_some() && line.len() <= 120) else { return false };
    let (before, after) = (line[..date.span.start].trim_end(), &line[date.span.end..]);
    let Some(place) = before.strip_suffix([',', '|', '–', '—', '·', '•', '/', '-']) else { return false };
    let place = REST.replace_all(place, " ");
    let words: Vec<&str> = place.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named = |word: &&str| word.starts_with(char::is_uppercase) || SMALL.contains(word);
    let starts_with_name = place.trim_start().starts_with(char::is_uppercase);
    (1..=5).contains(&words.len())
        && starts_with_name
        && words.iter().all(named)
        && !REST.replace_all(after, " ").contains(char::is_alphanumeric)
}

static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)[/-](?P<y>(?:19|20)\d\d)(?:[/-]?(?P<m>\d\d)[/-]?(?P<d>\d\d)|/(?P<w>{MONTH})/(?P<e>\d\d?))(?:[/._-]|$)"
    ))
    .expect("date in a path")
});

/// The date in an address's path: ".../2022/06/15/...", ".../2022/jun/15/...", "...-20220615".
pub(crate) fn in_url(url: &str) -> Option<Date> {
    let found = PATH.captures(url)?;
    let text = |name: &str| found.name(name).map(|m| m.as_str());
    let month = month(text("m").or(text("w"))?)?;
    Date::new(text("y")?.parse().ok()?, month, text("d").or(text("e"))?.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reads_what_newspapers_write() {
        for text in [
            "June 15, 2022",
            "15 Jun 2022 14:03 GMT",
            "Wednesday, 15 June 2022",
            "2022-06-15",
            "2022-06-15T14:03:00Z",
            "20220615",
            "Updated: Jun. 15, 2022 at 9:05 a.m. EDT",
            "Published June 15th, 2022",
            "the 15th of June, 2022",
            "15.06.2022",
            "06/15/2022",
            "Last updated on Wed 15 Jun 2022 18.03 BST",
            "15-Jun-2022",
            "June 15, 2022 4 min read",
        ] {
            let found = date_line(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.full(), Some(date(2022, 6, 15)), "{text}");
        }
    }

    #[test]
    fn leaves_what_is_no_date() {
        for text in
            ["03/04/2022", "June 31, 2022", "2022", "1,449 tanks", "June 15, 2022 was a dark day", "20221315", ""]
        {
            assert_eq!(date_line(text), None, "{text}");
        }
        assert_eq!(date_line("June 15").and_then(NewsDate::full), None);
    }

    #[test]
    fn a_place_and_a_date_are_a_line_of_their_own() {
        for text in [
            "The Hague, 19 September 2025",
            "Paris | 21 October 2024",
            "Brussels, 24 June 2024, 15:12 CET",
            "Copenhagen / Marseille, 14 February 2024, 07:00 CET",
            "Financial desk, 8 July 2024",
            "The Amur Courier — Monday, 4 March 2024",
        ] {
            assert!(is_placed(text), "{text}");
        }
        for text in [
            "Russia invaded Ukraine on Thursday, February 24, 2022",
            "who met in Heihe, 4 March 2024",
            "Heihe, March 4",
            "The Hague, 19 September 2025, and after",
            "4 March 2024",
        ] {
            assert!(!is_placed(text), "{text}");
        }
    }

    #[test]
    fn dates_in_addresses() {
        assert_eq!(in_url("https://a.example/2022/06/15/a-call-a78010"), Some(date(2022, 6, 15)));
        assert_eq!(in_url("https://a.example/world/2022/jun/15/a-call"), Some(date(2022, 6, 15)));
        assert_eq!(in_url("https://a.example/a-call-2022-06-15"), Some(date(2022, 6, 15)));
        assert_eq!(in_url("https://a.example/a-call-202206159"), None);
    }
}
