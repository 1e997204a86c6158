//! An entity or nothing in; what is said and denied out, both sides side by side with their speakers.

use super::filter::FilterArgs;
use super::grades::{Grade, Grades};
use super::output::{self, BOLD, Format, OutputArgs, Rows, say};
use super::phrase::{counted, dim, short};
use super::sort::SortArgs;
use super::{Session, names};
use crate::error::Result;
use crate::graph::{Edge, Filter, PASSES, Store, named};
use clap::Args;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use rusqlite::named_params;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// What is asserted by some and denied by others, side by side
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph disputes --one-sided")]
pub struct Disputes {
    /// Only those with this entity at an end (id, name or alias)
    name: Option<String>,
    /// Also what is denied though no report here asserts it
    #[arg(long)]
    one_sided: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// A denial counts if somebody is quoted with it, or if somebody asserts the contrary.
const DISPUTES: &str = "
SELECT subject, predicate, object, relation_for, relation_against, subject_id, object_id FROM dispute
WHERE :entity IS NULL OR :entity IN (subject_id, object_id)
UNION ALL
SELECT e.subject, e.predicate, e.object, NULL, e.id, e.subject_id, e.object_id FROM edge e
WHERE :one_sided AND e.polarity = '-' AND e.attributed > 0 AND e.judgement IS NOT 'rejected' AND (:entity IS NULL OR :entity IN (e.subject_id, e.object_id))
  AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.relation_against = e.id)
ORDER BY 1, 2, 3, 4, 5";

fn voices_query() -> String {
    format!(
        "SELECT t.claimant, t.source, t.document, t.date, t.text FROM timeline t JOIN evidence v ON v.id = t.evidence
         WHERE t.relation = :relation AND t.status <> 'hypothetical' AND {PASSES} ORDER BY t.date, t.document, t.evidence"
    )
}

/// What one side says, and who.
struct Voice {
    claimant: String,
    document: String,
    grade: Option<Grade>,
    date: Option<String>,
    text: String,
}

struct Dispute {
    subject: String,
    predicate: String,
    object: String,
    sides: [Option<i64>; 2],
}

impl Disputes {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let entity = self.name.as_ref().map(|name| names::find(&store, name)).transpose()?;
        let grades = Grades::of(session)?;
        let filter = Filter { polarity: None, ..self.filter.filter(session, &store, Filter::default())? };
        let mut found = self.all(&store, entity.as_ref().map(|entity| &*entity.id))?;
        let edges = edges(&store, &filter, &found)?;
        // Both sides count, each by the evidence that passes.
        found.retain(|dispute| dispute.sides.iter().flatten().all(|side| edges.contains_key(side)));
        if self.sort.is_given() {
            let first = |dispute: &Dispute| dispute.sides.iter().flatten().find_map(|side| edges.get(side));
            found.sort_by(|a, b| {
                first(a).zip(first(b)).map_or(std::cmp::Ordering::Equal, |(a, b)| self.sort.compare(a, b))
            });
        }
        if found.is_empty() {
            let hint = if self.one_sided { "" } else { "; --one-sided also lists denials of what nobody here asserts" };
            say(format!("nothing is both said and denied{hint}"));
        }
        match self.output.format() {
            Format::Table => show(&store, &filter, &grades, &found),
            format => rows(&store, &filter, &grades, &found)?.print(format),
        }
    }

    fn all(&self, store: &Store, entity: Option<&str>) -> Result<Vec<Dispute>> {
        let mut query = store.connection().prepare(DISPUTES)?;
        let found = query.query_map(named_params! { ":entity": entity, ":one_sided": self.one_sided }, |row| {
            let sides = [row.get(3)?, row.get(4)?];
            Ok(Dispute { subject: row.get(0)?, predicate: row.get(1)?, object: row.get(2)?, sides })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

/// The edges of all sides that pass, by their keys.
fn edges(store: &Store, filter: &Filter, found: &[Dispute]) -> Result<BTreeMap<i64, Edge>> {
    let rows: Vec<i64> = found.iter().flat_map(|dispute| dispute.sides).flatten().collect();
    Ok(store.edges_of(filter, &rows)?.into_iter().map(|edge| (edge.row(), edge)).collect())
}

impl Dispute {
    fn voices(&self, store: &Store, filter: &Filter, grades: &Grades, side: usize) -> Result<Vec<Voice>> {
        let Some(relation) = self.sides[side] else { return Ok(Vec::new()) };
        let mut query = store.connection().prepare_cached(&voices_query())?;
        let mut values = filter.of_evidence();
        values.push((":relation", relation.into()));
        let voices = query.query_map(&*named(&values), |row| {
            let grade = grades.grade(row.get::<_, Option<String>>(1)?.as_deref());
            Ok(Voice { claimant: row.get(0)?, document: row.get(2)?, grade, date: row.get(3)?, text: row.get(4)? })
        })?;
        Ok(voices.collect::<rusqlite::Result<_>>()?)
    }

    fn id(&self, side: usize) -> Option<String> {
        self.sides[side].map(|id| format!("{id:016x}"))
    }
}

/// Distinct claimants, in order of date.
fn claimants(voices: &[Voice]) -> Vec<&str> {
    let mut claimants = Vec::new();
    for voice in voices {
        if !claimants.contains(&voice.claimant.as_str()) {
            claimants.push(&*voice.claimant);
        }
    }
    claimants
}

/// The best grade among the sources of a side.
fn best(voices: &[Voice]) -> Option<Grade> {
    voices.iter().filter_map(|voice| voice.grade).min()
}

fn rows(store: &Store, filter: &Filter, grades: &Grades, found: &[Dispute]) -> Result<Rows> {
    let mut rows = Rows::new([
        "subject",
        "predicate",
        "object",
        "asserted_by",
        "denied_by",
        "documents_for",
        "documents_against",
        "grade_for",
        "grade_against",
        "first_for",
        "first_against",
        "id_for",
        "id_against",
    ]);
    for dispute in found {
        let sides = [dispute.voices(store, filter, grades, 0)?, dispute.voices(store, filter, grades, 1)?];
        let first = |side: &[Voice]| -> Value { json!(side.first().and_then(|voice| voice.date.clone())) };
        let documents = |side: &[Voice]| -> Value {
            let mut names: Vec<&str> = side.iter().map(|voice| voice.document.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            json!(names.len())
        };
        rows.push(vec![
            json!(dispute.subject),
            json!(dispute.predicate),
            json!(dispute.object),
            json!(claimants(&sides[0]).join("; ")),
            json!(claimants(&sides[1]).join("; ")),
            documents(&sides[0]),
            documents(&sides[1]),
            json!(best(&sides[0])),
            json!(best(&sides[1])),
            first(&sides[0]),
            first(&sides[1]),
            json!(dispute.id(0)),
            json!(dispute.id(1)),
        ]);
    }
    Ok(rows)
}

fn show(store: &Store, filter: &Filter, grades: &Grades, found: &[Dispute]) -> Result<u8> {
    let mut out = output::stdout();
    for dispute in found {
        let Dispute { subject, predicate, object, .. } = dispute;
        writeln!(out, "{BOLD}{subject} ── {predicate} ──► {object}{BOLD:#}")?;
        let sides = [dispute.voices(store, filter, grades, 0)?, dispute.voices(store, filter, grades, 1)?];
        let mut table = Table::new();
        table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
        if output::width().is_none() {
            table.set_width(100);
        }
        table.set_header([head("asserted by", &sides[0]), head("denied by", &sides[1])]);
        for at in 0..sides[0].len().max(sides[1].len()) {
            table.add_row(sides.each_ref().map(|side| side.get(at).map(cell).unwrap_or_default()));
        }
        writeln!(out, "{table}")?;
        let ids = ["assertion", "denial"]
            .into_iter()
            .enumerate()
            .filter_map(|(side, name)| dispute.id(side).map(|id| format!("{name}: edge {}", short(&id))));
        writeln!(out, "{}\n", dim(ids.collect::<Vec<_>>().join(" · ")))?;
    }
    writeln!(out, "{}", dim(counted(found.len() as i64, "dispute")))?;
    out.flush()?;
    Ok(u8::from(found.is_empty()))
}

fn head(what: &str, side: &[Voice]) -> String {
    match claimants(side).as_slice() {
        [] => format!("{what}: nobody here"),
        names => format!("{what}: {}", output::tame(&names.join(", "))),
    }
}

fn cell(voice: &Voice) -> String {
    let grade = voice.grade.map(|grade| format!("grade {grade:?}"));
    let place = [voice.date.as_deref(), Some(&*voice.claimant), Some(&*voice.document), grade.as_deref()];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    output::tame(&format!("{} — {}", voice.text, place.join(", ")))
}
