//! The grades of outlets in; each outlet that reports came from, with its grade and what the graph owes it, out.

use super::Session;
use super::grades::{Grades, alike, sources};
use super::output::{Format, OutputArgs, Rows, say};
use super::phrase::counted;
use crate::error::{Error, Result};
use crate::graph::Store;
use clap::Args;
use rusqlite::named_params;
use serde_json::{Value, json};

/// The outlets that reports came from: how reliable they are by your grades, and what the graph owes them
#[derive(Args)]
#[command(after_help = SCALE)]
pub struct Sources {
    /// Only this outlet
    name: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

const SCALE: &str = "\
Grades:  A completely reliable   B usually reliable   C fairly reliable   D not usually reliable
         E unreliable   F cannot be judged: looked at, and not known enough (not the worst, but the last)

They are kept once for each outlet, in [sources] of wiregraph.toml or of sources.toml beside it, here or in a folder above, or in the
file that --sources names. They change no database: `--min-grade B` counts evidence of sources graded A or B alone.

  [sources]
  \"Harbour Wire\" = \"B\"
  \"AFP\" = { grade = \"A\", also = [\"Agence France-Presse\"] }     # several spellings, one outlet; case does not matter

Own:     origins (independent texts) that began with this outlet; reprinted: those that began with another

Example:
  wiregraph sources";

/// `:outlets` gives the outlet's name for each spelling.
const OUTLETS: &str = "
WITH outlet AS (SELECT key AS spelling, value AS name FROM json_each(:outlets)),
     report AS (SELECT d.id, d.origin, d.published, o.name AS outlet, d.source AS spelling
                FROM document d LEFT JOIN outlet o ON o.spelling = d.source),
     edges AS (SELECT r.outlet, count(DISTINCT v.relation) AS edges
               FROM evidence v JOIN report r ON r.id = v.document JOIN relation e ON e.id = v.relation
               WHERE v.status <> 'hypothetical' AND e.judgement IS NOT 'rejected' GROUP BY r.outlet)
SELECT r.outlet, count(*) AS documents, count(DISTINCT r.origin) AS origins,
       count(DISTINCT r.origin) FILTER (WHERE first.outlet IS r.outlet) AS own,
       count(DISTINCT r.origin) FILTER (WHERE first.outlet IS NOT r.outlet) AS reprinted,
       coalesce((SELECT e.edges FROM edges e WHERE e.outlet IS r.outlet), 0) AS edges,
       min(r.published) AS first, max(r.published) AS last, json_group_array(DISTINCT r.spelling) AS spellings
FROM report r JOIN report first ON first.id = r.origin
GROUP BY r.outlet ORDER BY r.outlet IS NULL, documents DESC, r.outlet";

const COLUMNS: [&str; 10] =
    ["source", "grade", "documents", "origins", "own", "reprinted", "edges", "first", "last", "spellings"];

impl Sources {
    pub fn run(self, session: &Session) -> Result<u8> {
        let (store, grades) = (session.store()?, Grades::of(session)?);
        let names = sources(&store)?;
        let wanted = self.name.as_deref().map(|name| outlet(&grades, &names, name)).transpose()?;
        for (outlet, like) in grades.unused(&names) {
            let meant = like.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
            say(format!("{}: no report is of \"{}\"{meant}", outlet.place(), outlet.name));
        }
        let rows = rows(&store, &grades, &names, wanted.as_deref())?;
        if rows.is_empty() {
            say("no reports yet; `wiregraph build` reads them");
        }
        self.print(rows, &grades)
    }

    fn print(self, mut rows: Rows, grades: &Grades) -> Result<u8> {
        let format = self.output.format();
        if format == Format::Table {
            rows.only(&["source", "grade", "documents", "origins", "own", "reprinted", "edges", "first", "last"]);
        }
        let code = rows.print(format)?;
        if grades.is_empty() {
            say("no grades yet: `wiregraph sources --help` tells where they stand and what they mean");
        }
        Ok(code)
    }
}

/// The outlet that a name means: a graded one by any of its spellings, else a source in any case.
fn outlet(grades: &Grades, sources: &[String], wanted: &str) -> Result<String> {
    let same = |name: &&String| name.to_lowercase() == wanted.trim().to_lowercase();
    let found = sources.iter().find(same).map(|name| name_of(grades, name));
    found.or_else(|| grades.outlet(wanted).map(|outlet| outlet.name.clone())).ok_or_else(|| {
        let meant = alike(sources, wanted).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        Error::NotFound(format!("no report is of \"{wanted}\"{meant}"))
    })
}

fn name_of(grades: &Grades, source: &str) -> String {
    grades.outlet(source).map_or(source, |outlet| &outlet.name).to_owned()
}

fn rows(store: &Store, grades: &Grades, sources: &[String], wanted: Option<&str>) -> Result<Rows> {
    let outlets: serde_json::Map<String, Value> =
        sources.iter().map(|source| (source.clone(), json!(name_of(grades, source)))).collect();
    let mut query = store.connection().prepare(OUTLETS)?;
    let mut found = query.query(named_params! { ":outlets": Value::Object(outlets).to_string() })?;
    let mut rows = Rows::new(COLUMNS);
    while let Some(row) = found.next()? {
        let outlet: Option<String> = row.get("outlet")?;
        if wanted.is_some() && outlet.as_deref() != wanted {
            continue;
        }
        let grade = match grades.grade(outlet.as_deref()) {
            Some(grade) => format!("{grade:?}"),
            None => "ungraded".into(),
        };
        let number = |column: &str| -> rusqlite::Result<Value> { Ok(json!(row.get::<_, i64>(column)?)) };
        let day = |column: &str| -> rusqlite::Result<Value> { Ok(json!(row.get::<_, Option<String>>(column)?)) };
        let spellings: Vec<Option<String>> =
            serde_json::from_str(&row.get::<_, String>("spellings")?).unwrap_or_default();
        let mut spellings: Vec<String> = spellings.into_iter().flatten().collect();
        spellings.sort();
        rows.push(vec![
            json!(outlet.unwrap_or_else(|| "(no outlet named)".into())),
            json!(grade),
            number("documents")?,
            number("origins")?,
            number("own")?,
            number("reprinted")?,
            number("edges")?,
            day("first")?,
            day("last")?,
            json!(spellings.join("; ")),
        ]);
    }
    Ok(rows)
}

/// The sources whose evidence counts under `--min-grade`, and a word on those that it leaves out for want of a grade.
pub fn at_least(store: &Store, session: &Session, grade: super::grades::Grade, ungraded: bool) -> Result<Vec<String>> {
    let grades = Grades::of(session)?;
    if grades.is_empty() {
        let advice =
            "--min-grade needs grades, and no source has any; `wiregraph sources --help` tells where they stand";
        return Err(Error::Usage(advice.into()));
    }
    let names = sources(store)?;
    let (graded, without): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| grades.grade(Some(name)).is_some());
    let mut passing: Vec<String> = graded.into_iter().filter(|name| grades.grade(Some(name)) <= Some(grade)).collect();
    match (ungraded, without.as_slice()) {
        (_, []) => {}
        (true, _) => passing.extend(without),
        (false, without) => {
            let shown = without.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let more = if without.len() > 3 { ", ..." } else { "" };
            let outlets = counted(without.len() as i64, "source");
            say(format!(
                "--min-grade: {outlets} without a grade left out ({shown}{more}); --ungraded counts them, too"
            ));
        }
    }
    Ok(passing)
}
