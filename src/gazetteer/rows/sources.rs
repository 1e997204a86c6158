//! One line of `sources.tsv` in, what dates and names were checked against out.

use super::Fault;
use super::tsv::List;
use jiff::civil::Date;

/// A work of reference.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow {
    pub id: String,
    pub title: String,
    /// Up to which day it knows the world.
    pub edition: Date,
    pub licence: String,
    /// Address or package.
    pub location: String,
    pub used_for: String,
}

const COLUMNS: [&str; 6] = ["id", "title", "edition", "licence", "url-or-package", "used_for"];

pub(super) fn rows(list: &List) -> Result<Vec<SourceRow>, Fault> {
    list.demand(&COLUMNS, &["id", "title", "edition"])?;
    let row = |line: &super::tsv::Line| {
        let edition = line.cell("edition");
        let fault = || line.fault(edition, format!("edition {edition:?}"), "a day, YYYY-MM-DD");
        Ok(SourceRow {
            id: line.required("id")?,
            title: line.required("title")?,
            edition: edition.parse().map_err(|_| fault())?,
            licence: line.cell("licence").to_owned(),
            location: line.cell("url-or-package").to_owned(),
            used_for: line.cell("used_for").to_owned(),
        })
    };
    list.lines().map(|line| row(&line?)).collect()
}
