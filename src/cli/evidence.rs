//! Two entities in, the sentences that link them out, each with document, date, stance and speaker.

use super::filter::FilterArgs;
use super::grades::{Grade, Grades};
use super::output::{self, Format, OBJECT, OutputArgs, Rows, SUBJECT, TRIGGER, say};
use super::passage::Passage;
use super::phrase::{dim, facts, heading};
use super::sort::SortArgs;
use super::{Session, names};
use crate::analysis::Trust;
use crate::error::Result;
use crate::graph::{Edge, Filter, PASSES, Store, level, named};
use clap::Args;
use rusqlite::Row;
use serde_json::{Value, json};
use std::io::Write;

/// The words behind the edges between two entities
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph evidence China Russia --relation support --status all")]
pub struct Evidence {
    /// Id, name or alias
    a: String,
    /// Id, name or alias
    b: String,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const COLUMNS: [&str; 16] = [
    "date",
    "subject",
    "predicate",
    "object",
    "polarity",
    "status",
    "modality",
    "speaker",
    "via",
    "trust",
    "document",
    "source",
    "grade",
    "trigger",
    "text",
    "id",
];

/// One sentence behind an edge; places in it count code points of `text`.
struct Quoted {
    date: Option<String>,
    status: String,
    modality: String,
    speaker: Option<String>,
    via: Option<String>,
    trust: Option<Trust>,
    document: String,
    source: Option<String>,
    grade: Option<Grade>,
    trigger: [i64; 2],
    text: Passage,
}

fn passages() -> String {
    format!(
        "SELECT v.date, v.status, v.modality, v.speaker, v.via, d.name, d.source,
                coalesce(t.text, substr(d.text, v.start + 1, v.\"end\" - v.start)), coalesce(t.start, v.start),
                v.trigger_start, v.trigger_end, v.subject_start, v.subject_end, v.object_start, v.object_end, v.trust
         FROM evidence v JOIN document d ON d.id = v.document LEFT JOIN sentence t ON t.id = v.sentence
         WHERE v.relation = :relation AND {PASSES}
         ORDER BY v.date, d.name, v.trigger_start, v.id"
    )
}

impl Evidence {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let (a, b) = (names::find(&store, &self.a)?, names::find(&store, &self.b)?);
        let filter = self.filter.filter(session, &store, Filter::default())?;
        let grades = Grades::of(session)?;
        let mut edges = store.edges_between(&filter, &a.id, &b.id)?;
        self.sort.sort(&mut edges);
        let hidden =
            store.edges_between(&Filter { statuses: Filter::everything().statuses, ..filter.clone() }, &a.id, &b.id)?;
        let hidden = evidence(&hidden) - evidence(&edges);
        if hidden > 0 {
            say(format!("{hidden} more under other statuses: --status all"));
        } else if edges.is_empty() {
            say(format!(
                "no sentence links {} and {} under these conditions; `wiregraph why-not` tells what stopped each",
                a.name, b.name
            ));
        }
        match self.output.format() {
            Format::Table => show(&store, &filter, &grades, &edges),
            format => rows(&store, &filter, &grades, &edges)?.print(format),
        }
    }
}

fn evidence(edges: &[Edge]) -> i64 {
    edges.iter().map(|edge| edge.asserted + edge.attributed + edge.hypothetical).sum()
}

fn quoted(store: &Store, filter: &Filter, grades: &Grades, edge: &Edge) -> Result<Vec<Quoted>> {
    let mut query = store.connection().prepare_cached(&passages())?;
    let mut values = filter.of_evidence();
    values.push((":relation", edge.row().into()));
    let rows = query.query_map(&*named(&values), |row| read(row, grades))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &Row, grades: &Grades) -> rusqlite::Result<Quoted> {
    let start: i64 = row.get(8)?;
    let place = |at: usize| -> rusqlite::Result<[i64; 2]> {
        Ok([row.get::<_, i64>(at)? - start, row.get::<_, i64>(at + 1)? - start])
    };
    let (trigger, subject, object) = (place(9)?, place(11)?, place(13)?);
    let text = Passage::new(row.get::<_, String>(7)?)
        .mark(trigger[0], trigger[1], TRIGGER)
        .mark(subject[0], subject[1], SUBJECT)
        .mark(object[0], object[1], OBJECT);
    let source: Option<String> = row.get(6)?;
    Ok(Quoted {
        date: row.get(0)?,
        status: row.get(1)?,
        modality: row.get(2)?,
        speaker: row.get(3)?,
        via: row.get(4)?,
        trust: level(row, 15)?,
        document: row.get(5)?,
        grade: grades.grade(source.as_deref()),
        source,
        trigger,
        text,
    })
}

fn rows(store: &Store, filter: &Filter, grades: &Grades, edges: &[Edge]) -> Result<Rows> {
    let mut rows = Rows::new(COLUMNS);
    for edge in edges {
        for quoted in quoted(store, filter, grades, edge)? {
            let row: Vec<Value> = vec![
                json!(quoted.date),
                json!(edge.subject),
                json!(edge.predicate),
                json!(edge.object),
                json!(edge.polarity),
                json!(quoted.status),
                json!(quoted.modality),
                json!(quoted.speaker),
                json!(quoted.via),
                json!(quoted.trust),
                json!(quoted.document),
                json!(quoted.source),
                json!(quoted.grade),
                json!(quoted.text.words(quoted.trigger[0], quoted.trigger[1])),
                json!(quoted.text.plain()),
                json!(edge.id),
            ];
            rows.push(row);
        }
    }
    Ok(rows)
}

/// For a person: edge by edge, trigger and ends set off in each sentence.
fn show(store: &Store, filter: &Filter, grades: &Grades, edges: &[Edge]) -> Result<u8> {
    let mut out = output::stdout();
    for edge in edges {
        writeln!(out, "{}\n{}", heading(edge), facts(edge))?;
        for quoted in quoted(store, filter, grades, edge)? {
            quoted.text.write(&mut out, 2)?;
            writeln!(out, "  {}", dim(footer(&quoted)))?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(u8::from(edges.is_empty()))
}

fn footer(quoted: &Quoted) -> String {
    let grade = quoted.grade.map(|grade| format!(", grade {grade:?}")).unwrap_or_default();
    let place = match &quoted.source {
        Some(source) => format!("{} ({source}{grade})", quoted.document),
        None => quoted.document.clone(),
    };
    let stance = match quoted.modality.as_str() {
        "asserted" => quoted.status.clone(),
        modality => format!("{}, {modality}", quoted.status),
    };
    let said = quoted.speaker.as_ref().map(|speaker| format!("said by {speaker}"));
    let via = quoted.via.as_ref().map(|via| format!("via {via}"));
    let trust = quoted.trust.map(|trust| trust.as_str().to_owned());
    [quoted.date.clone(), Some(place), Some(stance), said, via, trust]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}
