//! Dates as the lists write them (`2012-05-07..`, `2003?..2004-11?`) in, days and whether they were checked out.

use jiff::civil::{Date, date};

/// One end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Bound {
    /// The first or last day of what is written; `None` where the end is open.
    pub day: Option<Date>,
    /// The other end of what is written: with `2019..` it may have begun on any day up to 2019-12-31.
    pub sure: Option<Date>,
    /// Against a named source. `?` behind the date says that it was not.
    pub checked: bool,
}

/// From when to when something held, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Term {
    pub start: Bound,
    pub end: Bound,
}

impl Bound {
    /// A date that may lack its day, or month and day (then 0); the first or the last day of it counts. No such date: open.
    pub fn written(year: i16, month: i8, day: i8, last: bool, checked: bool) -> Self {
        Self { day: edge(year, month, day, last), sure: edge(year, month, day, !last), checked }
    }

    /// Year, month and day, as far as they were written; else 0.
    pub fn parts(self) -> Option<(i16, i8, i8)> {
        let (day, other) = (self.day?, self.sure?);
        let month = if day.month() == other.month() { day.month() } else { 0 };
        Some((day.year(), month, if day == other { day.day() } else { 0 }))
    }
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

    /// Whether a checked date says that it had begun by `day`, on whichever day of a written month or year that was.
    pub fn surely_began_by(self, day: Date) -> bool {
        self.start.checked && self.start.sure.is_some_and(|start| start <= day)
    }

    /// Whether a checked date says that it went on until `day`.
    pub fn surely_lasted_to(self, day: Date) -> bool {
        self.end.checked && self.end.sure.is_some_and(|end| day <= end)
    }

    /// The same with nothing checked.
    pub fn unchecked(self) -> Self {
        let unchecked = |bound: Bound| Bound { checked: false, ..bound };
        Self { start: unchecked(self.start), end: unchecked(self.end) }
    }
}

fn bound(text: &str, last: bool) -> Option<Bound> {
    let (written, checked) = text.strip_suffix('?').map_or((text, true), |date| (date, false));
    if written.is_empty() {
        return Some(Bound { day: None, sure: None, checked });
    }
    let mut parts = written.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let mut part = || parts.next().map_or(Some(0), |part| part.parse().ok().filter(|number: &i8| *number > 0));
    let (month, day) = (part()?, part()?);
    Some(Bound::written(year, month, day, last, checked)).filter(|bound| bound.day.is_some())
}

/// First or last day of a year, month (day 0) or day.
fn edge(year: i16, month: i8, day: i8, last: bool) -> Option<Date> {
    let whole = match (month, day) {
        (0, _) if last => Date::new(year, 12, 31),
        (0, _) => Date::new(year, 1, 1),
        (month, 0) if last => Date::new(year, month, 1).map(Date::last_of_month),
        (month, 0) => Date::new(year, month, 1),
        (month, day) => Date::new(year, month, day),
    };
    whole.ok().filter(|d| *d > date(1, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_mark_says_that_a_date_was_not_checked() {
        let term = Term::parse("2007-05..2010-11?").unwrap();
        assert_eq!(term.start, Bound { day: Some(date(2007, 5, 1)), sure: Some(date(2007, 5, 31)), checked: true });
        assert_eq!((term.end.day, term.end.checked), (Some(date(2010, 11, 30)), false));
        let open = Term::parse("2003?..?").unwrap();
        assert_eq!((open.start.day, open.end.day), (Some(date(2003, 1, 1)), None));
        assert!(!open.start.checked && !open.end.checked && open.covers(date(2020, 1, 1)));
        assert!(Term::parse("2003..").unwrap().end.checked);
    }

    #[test]
    fn a_year_is_sure_of_no_day_within_it() {
        let term = Term::parse("2019..2023-06-20").unwrap();
        assert!(term.covers(date(2019, 8, 1)) && !term.surely_began_by(date(2019, 8, 1)));
        assert!(term.surely_began_by(date(2020, 1, 1)) && term.surely_lasted_to(date(2023, 6, 20)));
        assert!(!Term::parse("2019..2023").unwrap().surely_lasted_to(date(2023, 1, 2)));
        assert!(!Term::parse("2019..2023?").unwrap().surely_lasted_to(date(2021, 1, 1)));
    }

    #[test]
    fn what_was_written_comes_back() {
        for text in ["2019..2023-06", "2019-01..2019-12-31", "2020-02-01..2020-12"] {
            let term = Term::parse(text).unwrap();
            for (bound, last) in [(term.start, false), (term.end, true)] {
                let (year, month, day) = bound.parts().unwrap();
                assert_eq!(Bound::written(year, month, day, last, true), bound, "{text}");
            }
        }
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
