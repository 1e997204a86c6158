//! The options that choose evidence, shared by every command that follows edges.

use super::grades::{Grade, alike};
use super::output::say;
use super::{Session, sources};
use crate::analysis::{Polarity, Status, Trust};
use crate::error::Result;
use crate::graph::{Filter, Sources, Store};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

#[derive(Clone, Debug, Args)]
pub struct FilterArgs {
    /// Only this predicate, relation or event class ("call on", SANCTION)
    #[arg(long, value_name = "NAME")]
    relation: Option<String>,
    /// Only this PLOVER event class (SANCTION, CONSULT ...)
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    /// Only what is said (+), or what is denied or negated (-)
    #[arg(long, value_name = "+|-", value_parser = polarity, allow_hyphen_values = true)]
    polarity: Option<Polarity>,
    /// Only evidence from this day, month or year on
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<String>,
    /// Only evidence up to this day, month or year, itself included
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<String>,
    /// Only edges that so many reports carry
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_documents: i64,
    /// Only edges that so many independent texts carry
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_origins: i64,
    /// Only edges that so many distinct speakers stand for
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_claimants: i64,
    /// Only evidence that was read this surely, or better (`wiregraph trust` tells what was measured of each)
    #[arg(long, value_enum, value_name = "LEVEL")]
    min_trust: Option<Trust>,
    /// Only evidence of sources that are graded so, or better (`wiregraph sources` tells what A to F mean)
    #[arg(long, value_enum, ignore_case = true, value_name = "GRADE", hide_possible_values = true)]
    min_grade: Option<Grade>,
    /// With --min-grade: also evidence of sources without a grade, or without a name
    #[arg(long, requires = "min_grade")]
    ungraded: bool,
    /// Which evidence counts; by default asserted and attributed
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATUS")]
    status: Vec<StatusArg>,
    /// Also edges that a judgement rejected
    #[arg(long)]
    rejected: bool,
}

/// Whether `--relation` names anything, and what it could; the same for `--class`. The first ends where it finds something.
const RELATIONS: [&str; 2] = [
    "SELECT 1 FROM relation WHERE ?1 IN (lower(predicate), lower(class))
     UNION ALL SELECT 1 FROM evidence WHERE lower(predicate) = ?1 LIMIT 1",
    "SELECT predicate FROM relation UNION SELECT class FROM relation WHERE class IS NOT NULL",
];
const CLASSES: [&str; 2] = [
    "SELECT 1 FROM relation WHERE lower(class) = ?1 LIMIT 1",
    "SELECT DISTINCT class FROM relation WHERE class IS NOT NULL",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StatusArg {
    Asserted,
    Attributed,
    Hypothetical,
    All,
}

impl FilterArgs {
    /// The filter; `otherwise` where no status is named. What is graded is looked up in the database and in the user's file.
    pub fn filter(&self, session: &Session, store: &Store, otherwise: Filter) -> Result<Filter> {
        self.look_up(store)?;
        let grade = self.min_grade.map(|grade| sources::at_least(store, session, grade, self.ungraded));
        let sources = grade.transpose()?.map(|named| Sources { named, unnamed: self.ungraded });
        Ok(Filter { sources, ..self.conditions(otherwise) })
    }

    /// A relation or class that no edge has finds nothing, and a slip of the keyboard may be the reason.
    fn look_up(&self, store: &Store) -> Result<()> {
        for (option, name, [one, all]) in [("--relation", &self.relation, RELATIONS), ("--class", &self.class, CLASSES)]
        {
            let Some(name) = name else { continue };
            let mut query = store.connection().prepare(one)?;
            if query.exists([name.to_lowercase()])? {
                continue;
            }
            let mut query = store.connection().prepare(all)?;
            let names: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let meant = alike(&names, name).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
            say(format!("{option}: no edge here is called \"{name}\"{meant}"));
        }
        Ok(())
    }

    fn conditions(&self, otherwise: Filter) -> Filter {
        let statuses = match self.status.is_empty() {
            true => otherwise.statuses,
            false => self.status.iter().flat_map(|status| status.statuses()).collect(),
        };
        Filter {
            relation: self.relation.clone(),
            class: self.class.clone(),
            polarity: self.polarity,
            since: self.since.clone(),
            until: self.until.clone(),
            min_documents: self.min_documents,
            min_origins: self.min_origins,
            min_claimants: self.min_claimants,
            min_trust: self.min_trust,
            sources: None,
            statuses,
            rejected: self.rejected,
            best: None,
        }
    }
}

impl ValueEnum for Trust {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.meaning()))
    }
}

impl StatusArg {
    fn statuses(self) -> Vec<Status> {
        match self {
            Self::Asserted => vec![Status::Asserted],
            Self::Attributed => vec![Status::Attributed],
            Self::Hypothetical => vec![Status::Hypothetical],
            Self::All => Filter::everything().statuses,
        }
    }
}

fn polarity(text: &str) -> std::result::Result<Polarity, String> {
    match text {
        "+" => Ok(Polarity::Positive),
        "-" | "−" => Ok(Polarity::Negative),
        _ => Err("expected + or -".into()),
    }
}

/// A year, a month or a day.
pub(super) fn date(text: &str) -> std::result::Result<String, String> {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    match day.parse::<jiff::civil::Date>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("expected 2022, 2022-06 or 2022-06-15".into()),
    }
}
