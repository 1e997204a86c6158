//! Where and when: sentences by place, words by code points, and dates that sort as text.

use super::key::Key;
use crate::analysis::Analysis;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A document's sentences with their ids, to find the one that holds a place.
pub(super) struct Places {
    pub document: i64,
    pub sentences: Vec<([usize; 2], i64)>,
}

impl Places {
    pub fn of(document: i64, analysis: &Analysis) -> Self {
        let mut sentences = analysis.sentences.clone();
        sentences.sort_unstable();
        sentences.dedup();
        let id = |sentence| Key::of("sentence").number(document).span(sentence).id();
        Self { document, sentences: sentences.into_iter().map(|sentence| (sentence, id(sentence))).collect() }
    }

    pub fn sentence_at(&self, offset: usize) -> Option<i64> {
        let after = self.sentences.partition_point(|([start, _], _)| *start <= offset);
        let ([_, end], id) = *self.sentences.get(after.checked_sub(1)?)?;
        (offset < end).then_some(id)
    }
}

/// Slices by code points of ascending starts, in one walk over the text.
pub(super) struct Slices<'a> {
    text: &'a str,
    /// A place reached: code points, bytes.
    at: (usize, usize),
}

impl<'a> Slices<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, at: (0, 0) }
    }

    pub fn slice(&mut self, start: usize, end: usize) -> &'a str {
        let (points, bytes) = self.at;
        let from = bytes + after(&self.text[bytes..], start.saturating_sub(points));
        self.at = (start.max(points), from);
        &self.text[from..from + after(&self.text[from..], end.saturating_sub(start))]
    }
}

/// Bytes of the first `points` code points.
fn after(text: &str, points: usize) -> usize {
    text.char_indices().nth(points).map_or(text.len(), |(at, _)| at)
}

/// The first day of a resolved time, as far as it tells; else the day of publication. Weeks (2022-W24) become their Monday,
/// so that dates sort as text.
pub(super) fn date_of(time: Option<&str>, published: Option<Date>) -> Option<String> {
    let start =
        time.and_then(|time| time.split('/').next()).filter(|start| start.starts_with(|c: char| c.is_ascii_digit()));
    match start {
        Some(start) => Some(monday(start).map_or_else(|| start.chars().take(10).collect(), |day| day.to_string())),
        None => published.map(|day| day.to_string()),
    }
}

fn monday(week: &str) -> Option<Date> {
    let (year, week) = week.split_once("-W")?;
    let date = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
    Some(date.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_sort_as_text() {
        let published = "2022-06-16".parse().ok();
        assert_eq!(date_of(Some("2022-W24"), published).as_deref(), Some("2022-06-13"));
        assert_eq!(date_of(Some("2022-06-01/2022-06-10"), published).as_deref(), Some("2022-06-01"));
        assert_eq!(date_of(Some("2021"), published).as_deref(), Some("2021"));
        assert_eq!(date_of(None, published).as_deref(), Some("2022-06-16"));
    }

    #[test]
    fn slices_count_code_points() {
        let mut slices = Slices::of("“Xi” — Heihe. Ω");
        assert_eq!(slices.slice(7, 12), "Heihe");
        assert_eq!(slices.slice(14, 99), "Ω");
    }
}
