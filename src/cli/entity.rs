//! A name in; what the database knows of the entity out: names, offices, counts, claims.

use super::output::{OutputArgs, Rows};
use super::{Session, names};
use crate::error::Result;
use crate::export::records;
use clap::Args;
use serde_json::{Value, json};

/// What is known of an entity: type, names, offices, where it occurs, what it claims
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph entity Moscow")]
pub struct Entity {
    /// Id, name or alias
    name: String,
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
    UNION ALL SELECT 9, kind, text FROM alias, one WHERE entity = one.id AND NOT (kind = 'name' AND text = one.name)
    UNION ALL SELECT 10, 'mentions', count(*) FROM mention WHERE entity = ?1
    UNION ALL SELECT 11, 'documents', count(DISTINCT document) FROM mention WHERE entity = ?1
    UNION ALL SELECT 12, 'edges out', count(*) FROM neighbor WHERE entity_id = ?1 AND direction = 'out'
    UNION ALL SELECT 13, 'edges in', count(*) FROM neighbor WHERE entity_id = ?1 AND direction = 'in'
    UNION ALL SELECT 14, 'edges mutual', count(*) FROM neighbor WHERE entity_id = ?1 AND direction = 'both'
    UNION ALL SELECT 15, 'claim (' || status || ')', iif(polarity = '-', 'not ', '') || predicate || ': ' || object_text
              FROM claim WHERE subject = ?1
) WHERE value IS NOT NULL ORDER BY place, field, value";

impl Entity {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let entity = names::find(&store, &self.name)?;
        let mut query = store.connection().prepare(FACTS)?;
        let mut facts = query.query([&entity.id])?;
        let mut rows = Rows::new(["field", "value"]);
        while let Some(fact) = facts.next()? {
            let value: Value = records::value(fact.get_ref(1)?);
            rows.push(vec![json!(fact.get::<_, String>(0)?), value]);
        }
        rows.print(self.output.format())
    }
}
