//! Two entities in, the sentences that link them out, each with document, date, stance and speaker.

use super::filter::FilterArgs;
use super::output::{self, BOLD, DIM, Format, OutputArgs, Rows, TRIGGER, say};
use super::{Session, names};
use crate::error::Result;
use crate::graph::{Edge, Filter, Store, label};
use clap::Args;
use rusqlite::named_params;
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
    output: OutputArgs,
}

const COLUMNS: [&str; 14] = [
    "date",
    "subject",
    "predicate",
    "object",
    "polarity",
    "status",
    "modality",
    "speaker",
    "via",
    "document",
    "source",
    "trigger",
    "text",
    "id",
];

/// One sentence behind an edge; the trigger's place counts code points of `text`.
struct Passage {
    date: Option<String>,
    status: String,
    modality: String,
    speaker: Option<String>,
    via: Option<String>,
    document: String,
    source: Option<String>,
    text: String,
    trigger: (usize, usize),
}

const PASSAGES: &str = "
SELECT v.date, v.status, v.modality, v.speaker, v.via, d.name, d.source,
       coalesce(t.text, substr(d.text, v.start + 1, v.\"end\" - v.start)),
       v.trigger_start - coalesce(t.start, v.start), v.trigger_end - coalesce(t.start, v.start)
FROM evidence v JOIN document d ON d.id = v.document LEFT JOIN sentence t ON t.id = v.sentence
WHERE printf('%016x', v.relation) = :edge AND v.relation = :relation
  AND v.status IN (SELECT value FROM json_each(:statuses))
  AND (:since IS NULL OR v.date >= :since OR substr(:since, 1, length(v.date)) = v.date)
  AND (:until IS NULL OR v.date <= :until || '~')
ORDER BY v.date, d.name, v.trigger_start, v.id";

impl Evidence {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let (a, b) = (names::find(&store, &self.a)?, names::find(&store, &self.b)?);
        let filter = self.filter.filter(Filter::default());
        let edges = between(&store, &filter, &a.id, &b.id)?;
        let hidden =
            between(&store, &Filter { statuses: Filter::everything().statuses, ..filter.clone() }, &a.id, &b.id)?;
        let hidden = evidence(&hidden) - evidence(&edges);
        if hidden > 0 {
            say(format!("{hidden} more under other statuses: --status all"));
        } else if edges.is_empty() {
            say(format!("no sentence links {} and {} under these conditions", a.name, b.name));
        }
        match self.output.format() {
            Format::Table => show(&store, &filter, &edges),
            format => rows(&store, &filter, &edges)?.print(format),
        }
    }
}

fn between(store: &Store, filter: &Filter, a: &str, b: &str) -> Result<Vec<Edge>> {
    let mut edges = store.edges_around(filter, &[a.to_owned()])?;
    edges.retain(|edge| [(a, b), (b, a)].contains(&(&edge.subject_id, &edge.object_id)));
    Ok(edges)
}

fn evidence(edges: &[Edge]) -> i64 {
    edges.iter().map(|edge| edge.asserted + edge.attributed + edge.hypothetical).sum()
}

fn passages(store: &Store, filter: &Filter, edge: &Edge) -> Result<Vec<Passage>> {
    let relation = i64::from_str_radix(&edge.id, 16).unwrap_or_default();
    let mut query = store.connection().prepare_cached(PASSAGES)?;
    let rows = query.query_map(
        named_params! {
            ":edge": edge.id, ":relation": relation, ":statuses": json!(filter.statuses).to_string(),
            ":since": filter.since, ":until": filter.until,
        },
        |row| {
            Ok(Passage {
                date: row.get(0)?,
                status: row.get(1)?,
                modality: row.get(2)?,
                speaker: row.get(3)?,
                via: row.get(4)?,
                document: row.get(5)?,
                source: row.get(6)?,
                text: row.get(7)?,
                trigger: (row.get::<_, i64>(8)?.max(0) as usize, row.get::<_, i64>(9)?.max(0) as usize),
            })
        },
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Passage {
    /// The words before, of and after the trigger.
    fn parts(&self) -> [String; 3] {
        let (start, end) = self.trigger;
        let characters = || self.text.chars();
        let flat = |part: String| output::tame(&part);
        [
            flat(characters().take(start).collect()),
            flat(characters().skip(start).take(end.saturating_sub(start)).collect()),
            flat(characters().skip(end.max(start)).collect()),
        ]
    }
}

fn rows(store: &Store, filter: &Filter, edges: &[Edge]) -> Result<Rows> {
    let mut rows = Rows::new(COLUMNS);
    for edge in edges {
        for passage in passages(store, filter, edge)? {
            let trigger = passage.parts()[1].clone();
            let row: Vec<Value> = vec![
                json!(passage.date),
                json!(edge.subject),
                json!(edge.predicate),
                json!(edge.object),
                json!(label(edge.polarity)),
                json!(passage.status),
                json!(passage.modality),
                json!(passage.speaker),
                json!(passage.via),
                json!(passage.document),
                json!(passage.source),
                json!(trigger),
                json!(passage.parts().concat()),
                json!(edge.id),
            ];
            rows.push(row);
        }
    }
    Ok(rows)
}

/// For a person: edge by edge, the trigger set off in each sentence.
fn show(store: &Store, filter: &Filter, edges: &[Edge]) -> Result<u8> {
    let mut out = output::stdout();
    for edge in edges {
        let not = if edge.is_negative() { "not " } else { "" };
        let (tail, head) = if edge.symmetric { ("◄──", "──►") } else { ("──", "──►") };
        let Edge { subject, predicate, object, documents, origins, claimants, .. } = edge;
        writeln!(out, "{BOLD}{subject} {tail} {not}{predicate} {head} {object}{BOLD:#}")?;
        writeln!(out, "{DIM}documents {documents}, origins {origins}, claimants {claimants}{DIM:#}")?;
        for passage in passages(store, filter, edge)? {
            let [before, trigger, after] = passage.parts();
            writeln!(out, "  {before}{TRIGGER}{trigger}{TRIGGER:#}{after}")?;
            writeln!(out, "  {DIM}{}{DIM:#}", footer(&passage))?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(u8::from(edges.is_empty()))
}

fn footer(passage: &Passage) -> String {
    let place = match &passage.source {
        Some(source) => format!("{} ({source})", passage.document),
        None => passage.document.clone(),
    };
    let stance = match passage.modality.as_str() {
        "asserted" => passage.status.clone(),
        modality => format!("{}, {modality}", passage.status),
    };
    let said = passage.speaker.as_ref().map(|speaker| format!("said by {speaker}"));
    let via = passage.via.as_ref().map(|via| format!("via {via}"));
    [passage.date.clone(), Some(place), Some(stance), said, via].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
