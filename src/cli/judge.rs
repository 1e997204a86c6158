//! Decisions of a person in; entries of the log, and the graph as it follows from them, out.

use super::names;
use super::output::say;
use super::phrase::{arrow, short};
use super::wait::WaitArgs;
use super::{Session, log};
use crate::error::{Error, Result};
use crate::graph::{EdgeKey, Judgement, Store, Verdict};
use clap::Args;
use jiff::Timestamp;

#[derive(Clone, Debug, Args)]
struct Because {
    /// The reason, for the log
    #[arg(long, value_name = "REASON")]
    because: Option<String>,
    #[command(flatten)]
    wait: WaitArgs,
}

/// Decide that two entities are one; `undo` takes it back
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph merge \"Guðni Jóhannesson\" Jóhannesson --because \"one president\"")]
pub struct Merge {
    /// The one that stays (id, name or alias)
    entity: String,
    /// The one whose place it takes
    merged: String,
    #[command(flatten)]
    because: Because,
}

/// Decide that an entity is somebody else in some reports, or that what was merged into it is itself again
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wiregraph split \"Nordhavn Shipping\" --in merger-review.txt --named \"Nordhavn Ferries\"\n  wiregraph split \"Guðni Jóhannesson\"     # takes all merges into it apart"
)]
pub struct Split {
    /// Id, name or alias
    entity: String,
    /// Reports in which it is somebody else
    #[arg(long = "in", value_name = "REPORT", num_args = 1..)]
    documents: Vec<String>,
    /// The other one's name
    #[arg(long, value_name = "NAME", requires = "documents")]
    named: Option<String>,
    #[command(flatten)]
    because: Because,
}

/// Decide that two entities are never to be merged
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph distinct \"Nordhavn Shipping\" \"Castellan Lines\"")]
pub struct Distinct {
    /// Id, name or alias
    a: String,
    /// Id, name or alias
    b: String,
    #[command(flatten)]
    because: Because,
}

/// Decide by which name an entity is shown
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph rename \"Recep Tayyip Erdogan\" \"Recep Tayyip Erdoğan\"")]
pub struct Rename {
    /// Id, name or alias
    entity: String,
    /// Its new name
    name: String,
    #[command(flatten)]
    because: Because,
}

/// Decide that an edge is right
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph confirm 1a1b3076")]
pub struct Confirm {
    /// The edge's id or its first digits
    edge: String,
    #[command(flatten)]
    because: Because,
}

/// Decide that an edge is wrong: answers leave it out unless --rejected asks for it
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph reject 0443fac6 --because \"the court is no neighbour\"")]
pub struct Reject {
    /// The edge's id or its first digits
    edge: String,
    #[command(flatten)]
    because: Because,
}

impl Merge {
    pub fn run(self, session: &Session) -> Result<u8> {
        let (store, [a, b]) = two(session, &self.entity, &self.merged)?;
        if store.are_distinct(&a, &b)? {
            return Err(Error::Usage(format!(
                "a judgement keeps {a} and {b} apart; `wiregraph log` gives its number, `wiregraph undo NUMBER` takes it back"
            )));
        }
        judge(session, store, Verdict::Merge { entity: a, merged: b }, self.because)
    }
}

impl Split {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let entity = names::find(&store, &self.entity)?.id;
        let mut documents = Vec::new();
        for name in &self.documents {
            documents.push(names::document(&store, name)?.1);
        }
        documents.sort();
        documents.dedup();
        let (found, otherwise) = match documents.is_empty() {
            true => (merged_into(&store, &entity)?, "nothing was merged into it; --in names reports"),
            false => (mentions(&store, &entity, &documents)?, "none of these reports mentions it"),
        };
        if found == 0 {
            return Err(Error::NotFound(format!("{entity} cannot be split: {otherwise}")));
        }
        judge(session, store, Verdict::Split { entity, documents, name: self.named }, self.because)
    }
}

impl Distinct {
    pub fn run(self, session: &Session) -> Result<u8> {
        let (store, [entity, other]) = two(session, &self.a, &self.b)?;
        judge(session, store, Verdict::Distinct { entity, other }, self.because)
    }
}

impl Rename {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let entity = names::find(&store, &self.entity)?.id;
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Error::Usage("the new name is empty".into()));
        }
        judge(session, store, Verdict::Rename { entity, name }, self.because)
    }
}

impl Confirm {
    pub fn run(self, session: &Session) -> Result<u8> {
        judge_edge(session, &self.edge, |edge| Verdict::Confirm { edge }, self.because)
    }
}

impl Reject {
    pub fn run(self, session: &Session) -> Result<u8> {
        judge_edge(session, &self.edge, |edge| Verdict::Reject { edge }, self.because)
    }
}

/// `edge`: its id or the first digits of that.
fn judge_edge(session: &Session, edge: &str, verdict: fn(EdgeKey) -> Verdict, because: Because) -> Result<u8> {
    let store = session.store()?;
    let edge = names::edge(&store, edge)?;
    say(format!("edge {}: {}", short(&edge.id), arrow(&edge)));
    let key = store.edge_key(edge.row())?;
    judge(session, store, verdict(key), because)
}

fn merged_into(store: &Store, entity: &str) -> Result<i64> {
    let sql = "SELECT count(*) FROM entity WHERE same_as = ?";
    Ok(store.connection().query_row(sql, [entity], |row| row.get(0))?)
}

fn mentions(store: &Store, entity: &str, documents: &[String]) -> Result<i64> {
    let sql = "SELECT count(*) FROM mention m JOIN document d ON d.id = m.document
               WHERE m.entity = ? AND d.name IN (SELECT value FROM json_each(?))";
    Ok(store.connection().query_row(sql, (entity, serde_json::json!(documents).to_string()), |row| row.get(0))?)
}

fn two(session: &Session, a: &str, b: &str) -> Result<(Store, [String; 2])> {
    let store = session.store()?;
    let (one, other) = (names::find(&store, a)?, names::find(&store, b)?);
    if one == other {
        return Err(Error::Usage(format!("both names mean {} ({}); expected two entities", one.name, one.id)));
    }
    Ok((store, [one.id, other.id]))
}

/// Writes a verdict to the log, derives the graph anew and tells the entry's number.
fn judge(session: &Session, reader: Store, verdict: Verdict, because: Because) -> Result<u8> {
    drop(reader);
    let made = format!("{:.0}", Timestamp::now());
    let judgement = Judgement { number: 0, verdict, because: because.because, made, undone: false };
    let mut store = session.writer(because.wait)?;
    let number = store.judge(&[judgement])?;
    store.finish()?;
    if let Some(number) = number {
        say(format!("judgement {number}: {}", log::told(&session.store()?, number)?));
        say(format!("`wiregraph undo {number}` takes it back"));
    }
    Ok(0)
}
