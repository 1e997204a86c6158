//! Dates as the lists write them (`2012-05-07..`, `2003?..2004-11?`) in, days and whether they were checked out.

use jiff::civil::{Date, date};

/// One end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Bound {
    /// The first or last day of what is written; `None` where the end is open.
    pub day: Option<Date>,
    /// Against a named source. `?` behind the date says that it was not.
    pub checked: bool,
}

/// From when to when something held, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Term {
    pub start: Bound,
    pub end: Bound,
}

impl Term {
    /// `START..END`: each a year, month or day, or nothing; EDTF's `?` behind what is not checked.
    pub fn parse(text: &str) -> Option<Self> {
        let (start, end) = text.split_once("..")?;
        Some(Self { start: bound(start, false)?, end: bound(end, true)? })
    }

    /// Whether it may have held on `day`: an open end holds on.
    pub fn covers(self, day: Date) -> bool {
        self.start.day.is_none_or(|start| start <= day) && self.end.day.is_none_or(|end| day <= end)
    }

    /// The same with nothing checked.
    pub fn unchecked(self) -> Self {
        let unchecked = |bound: Bound| Bound { checked: false, ..bound };
        Self { start: unchecked(self.start), end: unchecked(self.end) }
    }
}

fn bound(text: &str, last: bool) -> Option<Bound> {
    let (written, checked) = text.strip_suffix('?').map_or((text, true), |date| (date, false));
    let day = if written.is_empty() { None } else { Some(day(written, last)?) };
    Some(Bound { day, checked })
}

/// First or last day of a year, month or day.
fn day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-').map(|part| part.parse::<i16>().ok());
    let year = parts.next()??;
    let month = parts.next().map(|month| month.and_then(|m| i8::try_from(m).ok()).ok_or(()));
    let day = parts.next().map(|day| day.and_then(|d| i8::try_from(d).ok()).ok_or(()));
    if parts.next().is_some() {
        return None;
    }
    let whole = match (month, day) {
        (None, _) if last => Date::new(year, 12, 31),
        (None, _) => Date::new(year, 1, 1),
        (Some(Ok(m)), None) if last => Date::new(year, m, 1).map(Date::last_of_month),
        (Some(Ok(m)), None) => Date::new(year, m, 1),
        (Some(Ok(m)), Some(Ok(d))) => Date::new(year, m, d),
        _ => return None,
    };
    whole.ok().filter(|d| *d > date(1, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_mark_says_that_a_date_was_not_checked() {
        let term = Term::parse("2007-05..2010-11?").unwrap();
        assert_eq!(term.start, Bound { day: Some(date(2007, 5, 1)), checked: true });
        assert_eq!(term.end, Bound { day: Some(date(2010, 11, 30)), checked: false });
        let open = Term::parse("2003?..?").unwrap();
        assert_eq!((open.start.day, open.end.day), (Some(date(2003, 1, 1)), None));
        assert!(!open.start.checked && !open.end.checked && open.covers(date(2020, 1, 1)));
        assert!(Term::parse("2003..").unwrap().end.checked);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["2003", "2003-13..", "2003-02-30..", "2003-1-2-3..", "x..", "2003??..", "..2003-a", "300-400-500.."]
        {
            assert_eq!(Term::parse(text), None, "{text}");
        }
    }
}
