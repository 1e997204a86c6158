//! The log of judgements in; a list of them, or a file that carries them to another database, out.

use super::output::{Format, OutputArgs, Rows, say};
use super::phrase::counted;
use super::wait::WaitArgs;
use super::{Session, whole};
use crate::error::{Error, Result};
use crate::graph::{EdgeKey, Judgement, Store, Verdict};
use clap::Args;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// The judgements that were made; as a file they travel to another database, or to this one built anew
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wiregraph log\n  wiregraph log --save judgements.jsonl\n  wiregraph log --load judgements.jsonl"
)]
pub struct Log {
    /// Write all judgements to a file, one JSON object a line
    #[arg(long, value_name = "FILE", conflicts_with = "load")]
    save: Option<PathBuf>,
    /// Add the judgements of such a file; what is here already stays once
    #[arg(long, value_name = "FILE")]
    load: Option<PathBuf>,
    #[command(flatten)]
    wait: WaitArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Take a judgement back: the last one, or that of a number
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph undo 3")]
pub struct Undo {
    /// Number in `log`; without it, the last judgement that still holds
    number: Option<i64>,
    #[command(flatten)]
    wait: WaitArgs,
}

impl Log {
    pub fn run(self, session: &Session) -> Result<u8> {
        match (&self.save, &self.load) {
            (Some(path), _) => save(&session.store()?, path),
            (_, Some(path)) => load(session, path, self.wait),
            _ => self.list(&session.store()?),
        }
    }

    fn list(&self, store: &Store) -> Result<u8> {
        let mut rows = Rows::new(["number", "judgement", "because", "made", "state", "verb", "verdict"]);
        for judgement in store.judgements()? {
            rows.push(vec![
                json!(judgement.number),
                json!(words(store, &judgement.verdict)?),
                json!(judgement.because),
                json!(judgement.made),
                json!(if judgement.undone { "undone" } else { "holds" }),
                json!(judgement.verdict.verb()),
                serde_json::to_value(&judgement.verdict).map_err(std::io::Error::from)?,
            ]);
        }
        if rows.is_empty() {
            say("no judgements yet: merge, split, distinct, rename, confirm, reject");
        }
        if self.output.format() == Format::Table {
            rows.only(&["number", "judgement", "because", "made", "state"]);
        }
        rows.print(self.output.format())
    }
}

impl Undo {
    pub fn run(self, session: &Session) -> Result<u8> {
        let log = session.store()?.judgements()?;
        let wanted = match self.number {
            Some(number) => log.iter().find(|judgement| judgement.number == number),
            None => log.iter().rfind(|judgement| !judgement.undone),
        };
        let Some(judgement) = wanted else {
            return Err(Error::NotFound(match self.number {
                Some(number) => format!("there is no judgement {number}; `wiregraph log` lists them"),
                None => "no judgement holds, so there is nothing to take back".into(),
            }));
        };
        if judgement.undone {
            return Err(Error::NotFound(format!("judgement {} is undone already", judgement.number)));
        }
        let told = words(&session.store()?, &judgement.verdict)?;
        let mut store = session.writer(self.wait)?;
        store.set_undone(judgement.number, true)?;
        store.finish()?;
        say(format!("undone: judgement {}: {told}", judgement.number));
        Ok(0)
    }
}

fn save(store: &Store, path: &Path) -> Result<u8> {
    let mut text = String::new();
    for judgement in store.judgements()? {
        text += &serde_json::to_string(&judgement).map_err(std::io::Error::from)?;
        text.push('\n');
    }
    whole::write(path, |out| Ok(out.write_all(text.as_bytes())?))?;
    say(format!("{} saved to {}", counted(text.lines().count() as i64, "judgement"), path.display()));
    Ok(0)
}

fn load(session: &Session, path: &Path, wait: WaitArgs) -> Result<u8> {
    let text = fs::read_to_string(path).map_err(|source| Error::Io { path: path.into(), source })?;
    let mut judgements: Vec<Judgement> = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        judgements.push(serde_json::from_str(line).map_err(|error| Error::Data {
            place: format!("{}:{}", path.display(), number + 1),
            found: error.to_string(),
            expected: "a judgement as `log --save` writes them".into(),
        })?);
    }
    let mut store = session.writer(wait)?;
    let before = store.judgements()?.len();
    store.judge(&judgements)?;
    let added = store.judgements()?.len() - before;
    store.finish()?;
    say(format!("{added} of {} added; the others were here", counted(judgements.len() as i64, "judgement")));
    Ok(0)
}

/// An entry of the log in words.
pub fn told(store: &Store, number: i64) -> Result<String> {
    let log = store.judgements()?;
    log.iter()
        .find(|judgement| judgement.number == number)
        .map_or(Ok(String::new()), |found| words(store, &found.verdict))
}

/// A verdict in words.
pub fn words(store: &Store, verdict: &Verdict) -> Result<String> {
    let name = |id: &str| name(store, id);
    Ok(match verdict {
        Verdict::Merge { entity, merged } => format!("{} is {}", name(merged)?, name(entity)?),
        Verdict::Split { entity, documents, .. } if documents.is_empty() => {
            format!("what was merged into {} is itself again", name(entity)?)
        }
        Verdict::Split { entity, documents, name: named } => {
            let other = named.as_deref().unwrap_or("somebody else");
            format!("{} is {other} in {}", name(entity)?, documents.join(", "))
        }
        Verdict::Distinct { entity, other } => format!("{} is not {}", name(entity)?, name(other)?),
        Verdict::Rename { entity, name } => format!("{entity} is called {name}"),
        Verdict::Confirm { edge } => format!("right: {}", arrow(store, edge)?),
        Verdict::Reject { edge } => format!("wrong: {}", arrow(store, edge)?),
    })
}

/// The name as it was read, with the id.
fn name(store: &Store, id: &str) -> Result<String> {
    let sql = "SELECT coalesce(name_as_read, name) FROM entity WHERE id = ?";
    let mut query = store.connection().prepare_cached(sql)?;
    let mut rows = query.query([id])?;
    Ok(match rows.next()? {
        Some(row) => format!("{} ({id})", row.get::<_, String>(0)?),
        None => id.to_owned(),
    })
}

fn arrow(store: &Store, edge: &EdgeKey) -> Result<String> {
    let not = if edge.polarity == "-" { "not " } else { "" };
    Ok(format!("{} ── {not}{} ──► {}", name(store, &edge.subject)?, edge.predicate, name(store, &edge.object)?))
}
