//! Time expressions of a sentence in, ISO dates out, read by news convention against the day of publication.

use crate::analysis::Modality;
use crate::syntax::DAYS;
use crate::text::Span;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// An expression and what it means: a day, ISO week, month or year, or an interval of days (`2022-01-01/2022-06-16`).
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
const COUNTS: &str = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,3}";

type Reading = fn(&Captures, Option<Date>) -> Option<String>;

const PARTS: &str = "start|beginning|middle|end|early|mid|late";

/// Earlier patterns win where two overlap.
static PATTERNS: LazyLock<Vec<(Regex, Reading)>> = LazyLock::new(|| {
    let row = |pattern: String, reading: Reading| (Regex::new(&pattern).expect("a fixed pattern"), reading);
    vec![
        row(
            format!(
                r"(?i)\b(?:from|between) ({MONTHS}) (\d{{1,2}}) (?:to|and|until|through) (?:({MONTHS}) )?(\d{{1,2}})\b"
            ),
            days_between,
        ),
        row(format!(r"(?i)\b({MONTHS}) (\d{{1,2}})\s?[-–]\s?(\d{{1,2}})\b"), |c, p| {
            Some(format!("{}/{}", near_day(&c[1], &c[2], p?)?, near_day(&c[1], &c[3], p?)?))
        }),
        row(
            r"(?i)\b(?:from|between) (1[89]\d\d|20\d\d) (?:to|and|until|through) (1[89]\d\d|20\d\d)\b".to_owned(),
            |c, _| (c[1] < c[2]).then(|| format!("{}/{}", &c[1], &c[2])),
        ),
        row(r"(?i)\bsince the (?:start|beginning) of (?:the|this) (week|month|year)\b".to_owned(), |c, p| {
            since(&c[1], p?)
        }),
        row(format!(r"(?i)\b(?:on )?the eve of ({MONTHS}) (\d{{1,2}})\b"), |c, p| {
            let day: Date = near_day(&c[1], &c[2], p?)?.parse().ok()?;
            Some(day.yesterday().ok()?.to_string())
        }),
        row(r"(?i)\bthe (previous|following|next) day\b".to_owned(), |_, _| None),
        row(
            format!(
                r"(?i)\b(?:in|over|during|for) the (?:past|last|previous) (?:({COUNTS}|few|several) )?(day|week|month|year)s?\b"
            ),
            |c, p| past(c.get(1).map(|m| m.as_str()), &c[2], p?),
        ),
        row(format!(r"(?i)\bat the ({PARTS}) of (?:the|this|last|next)? ?(week|month|year)\b"), |c, p| {
            part_of(&c[0], &c[1], &c[2], p?)
        }),
        row(r"(?i)\b(early|mid|late|earlier|later) (this|last|next) (week|month|year)\b".to_owned(), |c, p| {
            relative_period(&c[2], &c[3], p?)
        }),
        row(r"(?i)\b(?:in|during|since) the (1[89]\d0|20\d0)s\b".to_owned(), |c, _| {
            let first: i16 = c[1].parse().ok()?;
            Some(format!("{first}/{}", first + 9))
        }),
        row(r"(?i)\bin the (spring|summer|autumn|fall) of (1[89]\d\d|20\d\d)\b".to_owned(), |c, _| {
            season(&c[1], c[2].parse().ok()?)
        }),
        row(r"(?i)\b(?:the )?day (before yesterday|after tomorrow)\b".to_owned(), |c, p| {
            let step = if c[1].to_lowercase().starts_with("before") { -2 } else { 2 };
            period("day", step, p?)
        }),
        row(r"(?i)\bthe (night before last|other day)\b".to_owned(), |c, p| {
            if c[1].to_lowercase().starts_with("night") { period("day", -2, p?) } else { None }
        }),
        row(r"(?i)\b(last|this) (night|morning|afternoon|evening|weekend)\b".to_owned(), |c, p| {
            time_of_day(&c[1], &c[2], p?)
        }),
        row(format!(r"\b({MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b"), |c, _| day(&c[1], &c[2], year(&c[3])?)),
        row(format!(r"\b(\d{{1,2}})(?:st|nd|rd|th)? ({MONTHS}),? (\d{{4}})\b"), |c, _| day(&c[2], &c[1], year(&c[3])?)),
        row(r"\b(\d{4})-(\d{2})-(\d{2})\b".to_owned(), |c, _| Some(c[0].to_owned())),
        row(format!(r"\b({MONTHS}),? (\d{{4}})\b"), |c, _| Some(format!("{:04}-{:02}", year(&c[2])?, month(&c[1])?))),
        row(format!(r"\b({MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)?\b"), |c, p| near_day(&c[1], &c[2], p?)),
        row(format!(r"\b(\d{{1,2}})(?:st|nd|rd|th)? ({MONTHS})(?:\b|$)"), |c, p| near_day(&c[2], &c[1], p?)),
        row(format!(r"\b(?:in|since|until|early|late|mid|last|this) ({MONTHS})(?:\b|$)"), |c, p| near_month(&c[1], p?)),
        row(format!(r"\b(last |next |this )?({})\b", DAYS.join("|")), |c, p| {
            weekday(c.get(1).map(|m| m.as_str()), &c[2], p?)
        }),
        row(r"(?i)\b(today|yesterday|tomorrow|tonight)\b".to_owned(), |c, p| relative_day(&c[1], p?)),
        row(r"(?i)\b(last|this|next|earlier this|later this) (week|month|year)\b".to_owned(), |c, p| {
            relative_period(&c[1], &c[2], p?)
        }),
        row(
            format!(r"(?i)\b(?:in|within) ({COUNTS}) (day|week|month|year)s?(?:'|’)? (?:time|from now)\b"),
            |c, p| period(&c[2], counted(&c[1])?, p?),
        ),
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
    let wanted = Weekday::from_monday_zero_offset(DAYS.iter().position(|n| *n == name)? as i8).ok()?;
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
    period(unit, -counted(count)?, published)
}

fn counted(count: &str) -> Option<i64> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let count = count.to_lowercase();
    match count.as_str() {
        "a" | "an" => Some(1),
        word => match WORDS.iter().position(|w| *w == word) {
            Some(i) => Some(i as i64 + 1),
            None => word.parse().ok(),
        },
    }
}

/// "from May 3 to 5", "between May 30 and June 2".
fn days_between(c: &Captures, published: Option<Date>) -> Option<String> {
    let (first, published) = (near_day(&c[1], &c[2], published?)?, published?);
    let last = near_day(c.get(3).map_or(&c[1], |m| m.as_str()), &c[4], published)?;
    (first < last).then(|| format!("{first}/{last}"))
}

/// From the first day of the running week (a Monday), month or year to the day of publication.
fn since(unit: &str, published: Date) -> Option<String> {
    let first = match unit.to_lowercase().as_str() {
        "week" => published.checked_sub(i64::from(published.weekday().to_monday_zero_offset()).days()).ok()?,
        "month" => published.first_of_month(),
        _ => published.first_of_year(),
    };
    Some(format!("{first}/{published}"))
}

/// "in the past three weeks"; "the past few days" has a beginning that nobody knows.
fn past(count: Option<&str>, unit: &str, published: Date) -> Option<String> {
    let number = counted(count.unwrap_or("one"))?;
    let first = match unit.to_lowercase().as_str() {
        "day" => published.checked_sub(number.days()),
        "week" => published.checked_sub(number.weeks()),
        "month" => published.checked_sub(number.months()),
        _ => published.checked_sub(number.years()),
    };
    Some(format!("{}/{published}", first.ok()?))
}

/// "at the end of last month": of the month the last third, of the year the last month, of the week its last day.
fn part_of(words: &str, part: &str, unit: &str, published: Date) -> Option<String> {
    let words = words.to_lowercase();
    let step = if words.contains(" last ") { -1 } else { i64::from(words.contains(" next ")) };
    let late = matches!(part.to_lowercase().as_str(), "end" | "late");
    let early = matches!(part.to_lowercase().as_str(), "start" | "beginning" | "early");
    match unit.to_lowercase().as_str() {
        "year" if late => Some(format!("{}-12", period("year", step, published)?)),
        "year" if early => Some(format!("{}-01", period("year", step, published)?)),
        other => period(other, step, published),
    }
}

/// Meteorological seasons of the north.
fn season(name: &str, year: i16) -> Option<String> {
    let (first, last) = match name.to_lowercase().as_str() {
        "spring" => (3, 5),
        "summer" => (6, 8),
        _ => (9, 11),
    };
    Some(format!("{year:04}-{first:02}/{year:04}-{last:02}"))
}

/// A weekend is its Saturday and Sunday: "last weekend" the latest that has passed, "this weekend" the one at hand.
fn time_of_day(which: &str, part: &str, published: Date) -> Option<String> {
    let last = which.eq_ignore_ascii_case("last");
    match part.to_lowercase().as_str() {
        "weekend" => {
            let into_week = i64::from(published.weekday().to_monday_zero_offset());
            let monday = published.checked_sub(into_week.days()).ok()?;
            let saturday = monday.checked_add(if last { -2 } else { 5 }.days()).ok()?;
            Some(format!("{saturday}/{}", saturday.tomorrow().ok()?))
        }
        "night" if last => period("day", -1, published),
        _ if last => None,
        _ => Some(published.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/time/expressions.txt`: `published YYYY-MM-DD`, then `words => ISO`, or `words => nothing`.
    #[test]
    fn expressions_by_news_convention() {
        let table = include_str!("../../tests/time/expressions.txt");
        let (mut published, mut faults, mut count) = (None, Vec::new(), 0);
        for line in table.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some(day) = line.strip_prefix("published ") {
                published = day.parse::<Date>().ok();
                continue;
            }
            let (text, wanted) = line.split_once(" => ").expect("words => ISO");
            let found = expressions(text, Span::new(0, text.len()), published);
            let iso: Vec<&str> = found.iter().map(|f| f.iso.as_str()).collect();
            let wanted: Vec<&str> = wanted.split(' ').filter(|w| *w != "nothing").collect();
            count += 1;
            if iso != wanted {
                faults.push(format!("{text}: {iso:?}, not {wanted:?}"));
            }
        }
        assert!(count > 60, "only {count} expressions were read");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn nothing_is_invented_without_a_date() {
        assert_eq!(expressions("last week", Span::new(0, 9), None), []);
        assert_eq!(expressions("since the start of the year", Span::new(0, 27), None), []);
    }
}
