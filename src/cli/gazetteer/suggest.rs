//! What reports name and no list has in; rows of the gazetteer's own format out, ready to be read over and pasted.

use crate::cli::{Session, output};
use crate::error::Result;
use crate::graph::Store;
use clap::Args;
use std::io::Write;

/// Names that reports use and no list has, the most frequent first, as rows to be read over and pasted into a list
#[derive(Args)]
#[command(after_help = "\
Each row follows comment lines that say how the name was found, how often, and one sentence with it.

Example:
  wiregraph gazetteer suggest --min 3 > suggested.tsv")]
pub struct Suggest {
    /// Only names that at least N documents use
    #[arg(long, value_name = "N", default_value_t = 1)]
    min: u32,
    /// At most N names
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
}

/// An unlisted entity with what the documents say of it. Entities of one name and type are one row: a person reading it decides.
struct Suggestion {
    name: String,
    entity_type: String,
    countries: Vec<String>,
    sectors: Vec<String>,
    documents: u32,
    mentions: u32,
    found_by: Vec<String>,
    forms: Vec<String>,
    sample: Option<String>,
}

/// The columns of the rows.
const COLUMNS: &str = "id\ttype\tname\tcountry\tsector\tgender\tstands_for\twikidata\taliases\troles";

/// "rebels (Sudan)" and surnames within one document are no rows for a list.
const SUGGESTIONS: &str = "
SELECT e.name, e.type, count(DISTINCT m.document) AS documents, count(*) AS mentions,
       group_concat(DISTINCT e.country), group_concat(DISTINCT e.sector), group_concat(DISTINCT m.found_by) FILTER (WHERE m.kind = 'name')
FROM entity e JOIN mention m ON m.entity = e.id
WHERE e.discovered AND e.id LIKE 'discovered:%' AND m.kind = 'name'
GROUP BY e.name, e.type HAVING documents >= ?1
ORDER BY documents DESC, mentions DESC, e.name, e.type LIMIT ?2";

const FORMS: &str = "
SELECT DISTINCT m.text FROM entity e JOIN mention m ON m.entity = e.id
WHERE e.name = ?1 AND e.type = ?2 AND e.discovered AND m.kind = 'name' AND m.text <> e.name ORDER BY m.text";

const SAMPLE: &str = "
SELECT s.text FROM entity e JOIN mention m ON m.entity = e.id JOIN sentence s ON s.id = m.sentence
WHERE e.name = ?1 AND e.type = ?2 AND e.discovered AND m.kind = 'name' ORDER BY m.document, m.start LIMIT 1";

impl Suggest {
    pub fn run(self, session: &Session) -> Result<u8> {
        let suggestions = self.suggestions(&session.store()?)?;
        if suggestions.is_empty() {
            output::say("no report names anything that the lists do not have");
            return Ok(1);
        }
        let mut out = output::stdout();
        writeln!(out, "{}", COLUMNS)?;
        for suggestion in &suggestions {
            suggestion.write(&mut out)?;
        }
        out.flush()?;
        Ok(0)
    }

    fn suggestions(&self, store: &Store) -> Result<Vec<Suggestion>> {
        let mut query = store.connection().prepare(SUGGESTIONS)?;
        let mut rows = query.query([self.min, self.limit])?;
        let mut suggestions = Vec::new();
        while let Some(row) = rows.next()? {
            let list = |column| row.get::<_, Option<String>>(column).map(|l| sorted(&l.unwrap_or_default()));
            let (name, entity_type): (String, String) = (row.get(0)?, row.get(1)?);
            suggestions.push(Suggestion {
                documents: row.get(2)?,
                mentions: row.get(3)?,
                countries: list(4)?,
                sectors: list(5)?,
                found_by: list(6)?,
                forms: texts(store, FORMS, &name, &entity_type)?,
                sample: texts(store, SAMPLE, &name, &entity_type)?.into_iter().next(),
                name,
                entity_type,
            });
        }
        Ok(suggestions)
    }
}

fn sorted(list: &str) -> Vec<String> {
    let mut words: Vec<String> = list.split(',').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.sort();
    words
}

fn texts(store: &Store, sql: &str, name: &str, entity_type: &str) -> Result<Vec<String>> {
    let mut query = store.connection().prepare_cached(sql)?;
    let rows = query.query_map([name, entity_type], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Suggestion {
    /// Comment lines, then the row. What two documents tell differently stays out of the row and in the comment.
    fn write(&self, out: &mut impl Write) -> Result<()> {
        let found_by = self.found_by.join(", ");
        writeln!(out, "# {} documents, {} mentions; found by {found_by}", self.documents, self.mentions)?;
        if self.countries.len() > 1 {
            writeln!(out, "# countries differ, perhaps several bearers: {}", self.countries.join(", "))?;
        }
        if let Some(sample) = &self.sample {
            writeln!(out, "# {}", cell(sample))?;
        }
        let only = |list: &[String]| if let [one] = list { one.clone() } else { String::new() };
        let forms: Vec<String> = self.forms.iter().filter_map(|form| self.alias(form)).collect();
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t\t\t\t{}\t",
            self.id(),
            self.entity_type,
            cell(&self.name),
            only(&self.countries),
            only(&self.sectors),
            forms.join("; ")
        )?;
        Ok(())
    }

    /// A form seen, with the kind it looks like. A list cell can hold no semicolon, an alias no bar.
    fn alias(&self, form: &str) -> Option<String> {
        let form = cell(form);
        let single = !form.contains(' ');
        let kind = match self.entity_type.as_str() {
            "PERSON" if single => "surname|context",
            _ if single && form.chars().all(char::is_uppercase) => "acronym",
            _ if single => "short|context",
            _ => "name",
        };
        (!form.contains([';', '|', ',']) && !form.is_empty() && form != self.name).then(|| format!("{form}|{kind}"))
    }

    fn id(&self) -> String {
        let words = self.name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
        format!("{}:{slug}", self.entity_type.to_lowercase())
    }
}

/// One line without tabs or control characters.
fn cell(text: &str) -> String {
    let blank = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(blank).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
