//! Rule files in; their faults, the outcome of their examples, or how often each rule fires out.

use super::Session;
use super::input::{ReadArgs, packs};
use super::output::{OutputArgs, Rows, say};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::relation::{Promises, Rules as Pack};
use crate::{Analyser, Analysis};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rules that type edges: the shipped ones, and a folder of your own
#[derive(Args)]
#[command(after_help = "\
A rule is a relation, an event class or none, frames and executed examples:

  [[rule]]
  relation = \"praises\"
  event    = \"SUPPORT\"
  frames   = [\"{subject} praise/hail ... {object}\"]
  examples = [\"Norway praised Greece. => Norway -praises-> Greece\"]

Words are lemmas, / parts alternatives, ... is any number of words, [in brackets] what may be missing, <list> a list
under [words]; {a} and {b} are the ends of a mutual edge; {object:PERSON} asks for a type.")]
pub struct Rules {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Lint(Lint),
    Test(Test),
    Stats(Stats),
}

impl Rules {
    pub fn run(self, session: &Session) -> Result<u8> {
        match self.command {
            Command::Lint(command) => command.run(),
            Command::Test(command) => command.run(),
            Command::Stats(command) => command.run(session),
        }
    }
}

/// Everything that is wrong with rule files, each with its file, line, column and what was expected
#[derive(Args)]
#[command(after_help = "Exit codes:  0 sound   2 faults\n\nExample:\n  wiregraph rules lint my-rules")]
struct Lint {
    /// A folder of .toml files; without it the shipped rules
    folder: Option<PathBuf>,
}

impl Lint {
    fn run(self) -> Result<u8> {
        let files = files(self.folder.as_deref())?;
        let faults = Pack::faults(&files)?;
        faults.iter().for_each(|fault| say(fault.to_string()));
        if faults.is_empty() {
            say(format!("{}: no fault", counted(files.len(), "file")));
        }
        Ok(if faults.is_empty() { 0 } else { 2 })
    }
}

/// Runs every example: its sentence must give the edges it promises, typed as promised
#[derive(Args)]
#[command(
    after_help = "Exit codes:  0 all kept   1 some broken   2 faults in a file\n\nExample:\n  wiregraph rules test my-rules"
)]
struct Test {
    /// A folder of .toml files, tried before the shipped rules; without it the shipped rules alone
    folder: Option<PathBuf>,
}

impl Test {
    fn run(self) -> Result<u8> {
        let own = self.folder.as_deref().map(packs).transpose()?.unwrap_or_default();
        let analyser = Analyser::embedded()?.with_rules(Pack::with_packs(&own)?);
        let (mut count, mut broken) = (0, 0);
        for example in analyser.rules().examples() {
            let fault = |expected| Error::Data {
                place: example.place.clone(),
                found: format!("example {:?}", example.text),
                expected,
            };
            let promises = Promises::parse(&example.text).map_err(fault)?;
            let analysis = analyser.analyze(&sentence(promises.sentence));
            let missing = promises.broken(&analysis);
            count += 1;
            broken += usize::from(!missing.is_empty());
            if !missing.is_empty() {
                say(format!(
                    "{}: {}\n  expected  {}\n  found     {}",
                    example.place,
                    promises.sentence,
                    missing.join("\n            "),
                    found(&analysis)
                ));
            }
        }
        say(format!("{}, {broken} broken", counted(count, "example")));
        Ok(u8::from(broken > 0))
    }
}

/// How often each rule fires, on how many documents, with an example: over a database, or over reports that are analysed now
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wiregraph rules stats --format table\n  wiregraph rules stats samples --rules my-rules"
)]
struct Stats {
    /// Reports; without them the database is asked
    paths: Vec<PathBuf>,
    /// Only rules that fired at least N times; 0 lists those that never did, too
    #[arg(long, value_name = "N", default_value_t = 1)]
    min: usize,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// What one rule did.
#[derive(Default)]
struct Fired {
    times: usize,
    documents: usize,
    example: String,
}

/// Stands in the list for edges that no rule has typed.
const UNTYPED: &str = "(no rule)";

impl Stats {
    fn run(self, session: &Session) -> Result<u8> {
        let analyser = self.read.analyser()?;
        let (fired, failed) = if self.paths.is_empty() { (stored(session)?, false) } else { self.analysed(&analyser)? };
        let mut rows = Rows::new(["rule", "event", "frames", "fired", "documents", "example"]);
        let mut listed: BTreeMap<&str, (Value, usize)> = BTreeMap::from([(UNTYPED, (Value::Null, 0))]);
        for (rule, event, frames) in analyser.rules().listed() {
            listed.entry(rule).or_insert((json!(event), 0)).1 += frames;
        }
        // What a pack did that is not at hand now.
        for rule in fired.keys() {
            listed.entry(rule).or_default();
        }
        let none = Fired::default();
        let mut all: Vec<_> =
            listed.into_iter().map(|(rule, about)| (rule, about, fired.get(rule).unwrap_or(&none))).collect();
        all.sort_by_key(|(rule, _, fired)| (std::cmp::Reverse(fired.times), *rule));
        for (rule, (event, frames), fired) in all.into_iter().filter(|(_, _, f)| f.times >= self.min) {
            let (times, documents, example) = (json!(fired.times), json!(fired.documents), json!(fired.example));
            rows.push(vec![json!(rule), event, json!(frames), times, documents, example]);
        }
        let code = rows.print(self.output.format())?;
        Ok(if failed { 3 } else { code })
    }

    /// Whether any report failed is told, too.
    fn analysed(&self, analyser: &Analyser) -> Result<(BTreeMap<String, Fired>, bool)> {
        let (mut all, mut failed) = (BTreeMap::new(), false);
        for report in self.read.reports(&self.paths) {
            match report {
                Ok(document) => count(&mut all, &analyser.analyze(&document), &document),
                Err(error) => {
                    failed = true;
                    say(format!("failed: {error}"));
                }
            }
        }
        Ok((all, failed))
    }
}

fn count(all: &mut BTreeMap<String, Fired>, analysis: &Analysis, document: &Document) {
    let mut here = BTreeMap::<&str, usize>::new();
    for relation in &analysis.relations {
        let rule = relation.rule.as_deref().unwrap_or(UNTYPED);
        let fired = all.entry(rule.to_owned()).or_default();
        fired.times += 1;
        if fired.example.is_empty() {
            let length = relation.evidence_end - relation.evidence_start;
            let words: String = document.text.chars().skip(relation.evidence_start).take(length).collect();
            fired.example = words.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        *here.entry(rule).or_default() += 1;
    }
    for rule in here.keys() {
        if let Some(fired) = all.get_mut(*rule) {
            fired.documents += 1;
        }
    }
}

fn stored(session: &Session) -> Result<BTreeMap<String, Fired>> {
    let store = session.store()?;
    let mut query = store.connection().prepare(
        "SELECT coalesce(rule, ?1), count(*), count(DISTINCT evidence.document), coalesce(min(sentence.text), '')
         FROM evidence LEFT JOIN sentence ON sentence.id = evidence.sentence GROUP BY 1 ORDER BY 1",
    )?;
    let number =
        |row: &rusqlite::Row, at: usize| Ok::<_, rusqlite::Error>(usize::try_from(row.get::<_, i64>(at)?).unwrap_or(0));
    let rows = query.query_map([UNTYPED], |row| {
        let fired = Fired { times: number(row, 1)?, documents: number(row, 2)?, example: row.get(3)? };
        Ok((row.get::<_, String>(0)?, fired))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn files(folder: Option<&Path>) -> Result<Vec<(String, String)>> {
    folder.map_or_else(|| Ok(Pack::shipped()), packs)
}

/// An example's day is fixed, so that its outcome is.
fn sentence(text: &str) -> Document {
    let published = jiff::civil::date(2022, 6, 15);
    Document::new("example".to_owned(), None, Some(published), text.to_owned(), Vec::new())
}

fn found(analysis: &Analysis) -> String {
    let edge = |r: &crate::analysis::RelationRecord| {
        format!("{} -{}-> {} [{}]", r.subject, r.predicate, r.object, r.relation.as_deref().unwrap_or("no rule"))
    };
    let edges: Vec<String> = analysis.relations.iter().map(edge).collect();
    if edges.is_empty() { "no edge".to_owned() } else { edges.join("\n            ") }
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
