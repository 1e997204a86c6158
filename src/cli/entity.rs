//! A name in; what the database knows of the entity out: names, offices, counts, claims.

use super::filter::date;
use super::output::{self, BOLD, Format, OutputArgs, Rows};
use super::passage::Passage;
use super::phrase::dim;
use super::{Session, names};
use crate::error::Result;
use crate::graph::Store;
use clap::Args;
use serde_json::json;
use std::io::Write;

/// What is known of an entity: type, names, offices, where it occurs, what it claims
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph entity Moscow\n  wiregraph entity Lavrov --on 2014-06")]
pub struct Entity {
    /// Id, name or alias
    name: String,
    /// Only the offices held on this day, or at some time of this month or year
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

const FACTS: &str = "
WITH one AS (SELECT * FROM entity WHERE id = ?1)
SELECT field, value FROM (
    SELECT 1 AS place, 'id' AS field, id AS value FROM one
    UNION ALL SELECT 2, 'name', name FROM one
    UNION ALL SELECT 3, 'type', type FROM one
    UNION ALL SELECT 4, 'country', country FROM one
    UNION ALL SELECT 5, 'sector', sector FROM one
    UNION ALL SELECT 6, 'stands for', coalesce((SELECT name FROM entity s WHERE s.id = one.stands_for), stands_for) FROM one
    UNION ALL SELECT 7, 'wikidata', wikidata FROM one
    UNION ALL SELECT 8, 'discovered', 'in the text; no gazetteer lists it' FROM one WHERE discovered
    UNION ALL SELECT 9, kind, text FROM alias, one WHERE NOT (kind IN ('name', 'judged') AND text = one.name)
              AND entity IN (SELECT id FROM entity WHERE ?1 IN (id, same_as))
    UNION ALL SELECT 9, 'merged', id FROM entity WHERE same_as = ?1
    UNION ALL SELECT 10, 'mentions', count(*) FROM mention WHERE entity = ?1
    UNION ALL SELECT 11, 'documents', count(DISTINCT document) FROM mention WHERE entity = ?1
    UNION ALL SELECT 12, 'origins', count(DISTINCT d.origin) FROM mention m JOIN document d ON d.id = m.document
              WHERE m.entity = ?1
    UNION ALL SELECT 13, 'edges out', count(*) FROM neighbor WHERE entity_id = ?1 AND direction = 'out'
    UNION ALL SELECT 14, 'edges in', count(*) FROM neighbor WHERE entity_id = ?1 AND direction = 'in'
    UNION ALL SELECT 15, 'edges mutual', count(*) FROM neighbor WHERE entity_id = ?1 AND direction = 'both'
    UNION ALL SELECT 16, 'says', count(*) FROM evidence v JOIN one ON v.speaker = one.name HAVING count(*) > 0
    UNION ALL SELECT 17, 'claim (' || status || ')', iif(polarity = '-', 'not ', '') || predicate || ': ' || object_text
              FROM claim WHERE subject = ?1
) WHERE value IS NOT NULL ORDER BY place, field, value";

impl Entity {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let entity = names::find(&store, &self.name)?;
        let mut facts = facts(&store, &entity.id)?;
        if let Some(on) = &self.on {
            facts.retain(|(field, value)| field != "role" || holds(value, on));
        }
        if self.output.format() == Format::Table {
            return show(&entity.name, &facts);
        }
        let mut rows = Rows::new(["field", "value"]);
        for (field, value) in facts {
            rows.push(vec![json!(field), value.parse::<i64>().map_or(json!(value), |number| json!(number))]);
        }
        rows.print(self.output.format())
    }
}

fn facts(store: &Store, entity: &str) -> Result<Vec<(String, String)>> {
    let mut query = store.connection().prepare(FACTS)?;
    let facts = query.query_map([entity], |row| {
        let value = match row.get_ref(1)? {
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            _ => row.get(1)?,
        };
        Ok((row.get(0)?, value))
    })?;
    Ok(facts.collect::<rusqlite::Result<_>>()?)
}

/// Whether an office is held on a date: "foreign minister of Russia 2004-03-09.." on "2014-06". Without dates it may be.
fn holds(role: &str, on: &str) -> bool {
    let Some((start, end)) = role.split_whitespace().rev().find_map(|word| word.split_once("..")) else { return true };
    let (start, end) = (start.trim_end_matches('?'), end.trim_end_matches('?'));
    // Of two dates the less exact one decides how far they are compared.
    let cut = |a: &str, b: &str| -> (String, String) {
        let length = a.len().min(b.len());
        (a[..length].to_owned(), b[..length].to_owned())
    };
    let (from, then) = cut(start, on);
    let (to, now) = cut(end, on);
    from <= then && (end.is_empty() || now <= to)
}

/// For a person: a line for each kind of fact, names and the like side by side.
fn show(name: &str, facts: &[(String, String)]) -> Result<u8> {
    let mut out = output::stdout();
    writeln!(out, "{BOLD}{}{BOLD:#}", output::tame(name))?;
    for group in facts.chunk_by(|a, b| a.0 == b.0) {
        let (field, values): (&str, Vec<String>) =
            (&group[0].0, group.iter().map(|(_, value)| output::tame(value)).collect());
        let side_by_side = !field.starts_with("claim") && field != "role";
        let lines = if side_by_side { vec![values.join(", ")] } else { values };
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { field } else { "" };
            let label = format!("  {}  ", dim(format!("{label:>20}")));
            Passage::new(line.as_str()).write_behind(&mut out, &label, 24)?;
        }
    }
    out.flush()?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn offices_are_held_between_their_dates() {
        let minister = "foreign minister of Norland 2004-03-09..2011";
        assert!(holds(minister, "2004-03-09") && holds(minister, "2004") && holds(minister, "2011-12-31"));
        assert!(!holds(minister, "2004-03-08") && !holds(minister, "2012"));
        assert!(holds("president of Norland 2012?.. @factbook", "2030-01-01"));
        assert!(holds("chair of the River League", "1990"));
    }
}
