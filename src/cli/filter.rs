//! The options that choose evidence, shared by every command that follows edges.

use crate::analysis::{Polarity, Status, Trust};
use crate::graph::Filter;
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
    /// Which evidence counts; by default asserted and attributed
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATUS")]
    status: Vec<StatusArg>,
    /// Also edges that a judgement rejected
    #[arg(long)]
    rejected: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StatusArg {
    Asserted,
    Attributed,
    Hypothetical,
    All,
}

impl FilterArgs {
    /// The filter; `otherwise` where no status is named.
    pub fn filter(&self, otherwise: Filter) -> Filter {
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

fn polarity(text: &str) -> Result<Polarity, String> {
    match text {
        "+" => Ok(Polarity::Positive),
        "-" | "−" => Ok(Polarity::Negative),
        _ => Err("expected + or -".into()),
    }
}

/// A year, a month or a day.
pub(super) fn date(text: &str) -> Result<String, String> {
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
