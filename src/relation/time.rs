//! Time expressions of a sentence in, ISO dates out, read by news convention against the day of publication.

use crate::analysis::Modality;
use crate::text::Span;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// An expression and what it means: a day, ISO week, month or year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Bytes of the document.
    pub span: Span,
    pub iso: String,
    /// What a bare weekday means where the deed lies ahead.
    pub ahead: Option<String>,
}

impl TimeExpression {
    /// "will visit on Friday" looks forward.
    pub fn seen_from(mut self, modality: Modality) -> Self {
        if modality == Modality::Intended
            && let Some(ahead) = self.ahead.take()
        {
            self.iso = ahead;
        }
        self
    }
}

const MONTHS: &str = "January|February|March|April|May|June|July|August|September|October|November|December|\
                      Jan\\.?|Feb\\.?|Mar\\.?|Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?";
const DAYS: &str = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";
const COUNTS: &str = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,3}";

type Reading = fn(&Captures, Option<Date>) -> Option<String>;

/// Earlier patterns win where two overlap.
static PATTERNS: LazyLock<Vec<(Regex, Reading)>> = LazyLock::new(|| {
    let row = |pattern: String, reading: Reading| (Regex::new(&pattern).expect("a fixed pattern"), reading);
    vec![
        row(format!(r"\b({MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b"), |c, _| day(&c[1], &c[2], year(&c[3])?)),
        row(format!(r"\b(\d{{1,2}})(?:st|nd|rd|th)? ({MONTHS}),? (\d{{4}})\b"), |c, _| day(&c[2], &c[1], year(&c[3])?)),
        row(r"\b(\d{4})-(\d{2})-(\d{2})\b".to_owned(), |c, _| Some(c[0].to_owned())),
        row(format!(r"\b({MONTHS}),? (\d{{4}})\b"), |c, _| Some(format!("{:04}-{:02}", year(&c[2])?, month(&c[1])?))),
        row(format!(r"\b({MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)?\b"), |c, p| near_day(&c[1], &c[2], p?)),
        row(format!(r"\b(\d{{1,2}})(?:st|nd|rd|th)? ({MONTHS})(?:\b|$)"), |c, p| near_day(&c[2], &c[1], p?)),
        row(format!(r"\b(?:in|since|until|early|late|mid|last|this) ({MONTHS})(?:\b|$)"), |c, p| near_month(&c[1], p?)),
        row(format!(r"\b(last |next |this )?({DAYS})\b"), |c, p| weekday(c.get(1).map(|m| m.as_str()), &c[2], p?)),
        row(r"(?i)\b(today|yesterday|tomorrow|tonight)\b".to_owned(), |c, p| relative_day(&c[1], p?)),
        row(r"(?i)\b(last|this|next|earlier this|later this) (week|month|year)\b".to_owned(), |c, p| {
            relative_period(&c[1], &c[2], p?)
        }),
        row(format!(r"(?i)\b({COUNTS}) (day|week|month|year)s? (?:ago|earlier)\b"), |c, p| ago(&c[1], &c[2], p?)),
        row(r"\b(?:in|since|by|until|during|of) (1[89]\d\d|20\d\d)\b".to_owned(), |c, _| Some(c[1].to_owned())),
    ]
});

/// Time expressions in `text[within]` (bytes), in text order, not overlapping.
///
/// Relative ones need the day of publication; without it they are left out.
pub fn expressions(text: &str, within: Span, published: Option<Date>) -> Vec<TimeExpression> {
    let mut found: Vec<TimeExpression> = Vec::new();
    for (pattern, reading) in PATTERNS.iter() {
        for captures in pattern.captures_iter(within.of(text)) {
            let hit = captures.get(0).expect("group 0 always takes part");
            let span = Span::new(within.start + hit.start(), within.start + hit.end());
            if found.iter().any(|f| f.span.overlaps(span)) {
                continue;
            }
            if let Some(iso) = reading(&captures, published) {
                let ahead = published.and_then(|p| next_weekday(hit.as_str(), p));
                found.push(TimeExpression { span, iso, ahead });
            }
        }
    }
    found.sort_by_key(|f| f.span);
    found
}

fn year(digits: &str) -> Option<i16> {
    digits.parse().ok()
}

fn month(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_lowercase();
    NAMES.iter().position(|n| *n == start).map(|i| i as i8 + 1)
}

fn day(month_name: &str, digits: &str, year: i16) -> Option<String> {
    Some(Date::new(year, month(month_name)?, digits.parse().ok()?).ok()?.to_string())
}

/// Without a year the nearest such day counts that is at most two months ahead.
fn near_day(month_name: &str, digits: &str, published: Date) -> Option<String> {
    let (month, day) = (month(month_name)?, digits.parse().ok()?);
    let horizon = published.saturating_add(60.days());
    let this = Date::new(published.year(), month, day).ok()?;
    let next = Date::new(published.year() + 1, month, day).ok().filter(|d| *d <= horizon);
    let last = Date::new(published.year() - 1, month, day).ok()?;
    Some(next.unwrap_or(if this <= horizon { this } else { last }).to_string())
}

fn near_month(name: &str, published: Date) -> Option<String> {
    let month = month(name)?;
    let year = published.year() - i16::from(month > published.month());
    Some(format!("{year:04}-{month:02}"))
}

/// A bare weekday is the nearest past one, the day itself included.
fn weekday(which: Option<&str>, name: &str, published: Date) -> Option<String> {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let wanted = Weekday::from_monday_zero_offset(NAMES.iter().position(|n| *n == name)? as i8).ok()?;
    let back = i64::from(published.weekday().since(wanted));
    let date = match which {
        Some("next ") => published.saturating_add((7 - back).days()),
        Some("last ") if back == 0 => published.saturating_sub(7.days()),
        _ => published.saturating_sub(back.days()),
    };
    Some(date.to_string())
}

/// The coming day of that name, today included.
fn next_weekday(name: &str, published: Date) -> Option<String> {
    (0..7)
        .map(|ahead| published.saturating_add(ahead.days()))
        .find(|d| format!("{:?}", d.weekday()) == name)
        .map(|d| d.to_string())
}

fn relative_day(word: &str, published: Date) -> Option<String> {
    Some(match word.to_lowercase().as_str() {
        "yesterday" => published.yesterday().ok()?.to_string(),
        "tomorrow" => published.tomorrow().ok()?.to_string(),
        _ => published.to_string(),
    })
}

fn relative_period(which: &str, unit: &str, published: Date) -> Option<String> {
    let step = match which.to_lowercase().as_str() {
        "last" => -1,
        "next" => 1,
        _ => 0,
    };
    period(unit, step, published)
}

fn period(unit: &str, step: i64, published: Date) -> Option<String> {
    Some(match unit.to_lowercase().as_str() {
        "day" => published.checked_add(step.days()).ok()?.to_string(),
        "week" => {
            let week = published.checked_add(step.weeks()).ok()?.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        "month" => {
            let month = published.first_of_month().checked_add(step.months()).ok()?;
            format!("{:04}-{:02}", month.year(), month.month())
        }
        _ => format!("{:04}", i64::from(published.year()) + step),
    })
}

fn ago(count: &str, unit: &str, published: Date) -> Option<String> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let count = count.to_lowercase();
    let number = match count.as_str() {
        "a" | "an" => 1,
        word => match WORDS.iter().position(|w| *w == word) {
            Some(i) => i as i64 + 1,
            None => word.parse().ok()?,
        },
    };
    period(unit, -number, published)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn expressions_by_news_convention() {
        // Published on a Thursday.
        let published = date(2022, 6, 16);
        for (text, iso) in [
            ("on Wednesday", "2022-06-15"),
            ("Thursday", "2022-06-16"),
            ("last Thursday", "2022-06-09"),
            ("next Monday", "2022-06-20"),
            ("yesterday", "2022-06-15"),
            ("Feb. 24", "2022-02-24"),
            ("February 24, 2021", "2021-02-24"),
            ("24 December", "2021-12-24"),
            ("3 March 2020", "2020-03-03"),
            ("in 2021", "2021"),
            ("last week", "2022-W23"),
            ("earlier this month", "2022-06"),
            ("last year", "2021"),
            ("three years ago", "2019"),
            ("in early February", "2022-02"),
            ("May 2019", "2019-05"),
        ] {
            let found = expressions(text, Span::new(0, text.len()), Some(published));
            assert_eq!(found.iter().map(|f| f.iso.as_str()).collect::<Vec<_>>(), [iso], "{text}");
        }
    }

    #[test]
    fn nothing_is_invented_without_a_date() {
        assert_eq!(expressions("last week", Span::new(0, 9), None), []);
    }
}
