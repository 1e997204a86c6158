//! What follows from the rows: edges and entities that nothing speaks of any more go, and each edge gets its counts.

use super::filter::COUNTS;
use crate::error::Result;
use rusqlite::Transaction;

/// After documents were replaced: edges without evidence, then entities without any use, and their names.
pub(super) fn remove_orphans(transaction: &Transaction) -> Result<()> {
    transaction.execute_batch(
        "DELETE FROM relation WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE relation = relation.id);

         CREATE TEMP TABLE bare AS SELECT id FROM entity
         WHERE NOT EXISTS (SELECT 1 FROM mention WHERE entity = entity.id)
           AND NOT EXISTS (SELECT 1 FROM relation WHERE subject = entity.id)
           AND NOT EXISTS (SELECT 1 FROM relation WHERE object = entity.id)
           AND NOT EXISTS (SELECT 1 FROM claim WHERE subject = entity.id)
           AND NOT EXISTS (SELECT 1 FROM entity AS seat WHERE seat.stands_for = entity.id);
         DELETE FROM alias WHERE entity IN (SELECT id FROM bare);
         DELETE FROM entity WHERE id IN (SELECT id FROM bare);
         DROP TABLE bare;",
    )?;
    Ok(())
}

/// What the evidence of each edge comes to.
fn counted() -> String {
    format!(
        "SELECT v.relation AS id, {COUNTS}
         FROM evidence v JOIN document d ON d.id = v.document JOIN origin g ON g.id = d.origin GROUP BY v.relation"
    )
}

/// The numbers on each edge, in one pass over its evidence.
pub(super) fn counts(transaction: &Transaction) -> Result<()> {
    transaction.execute_batch(&format!(
        "UPDATE relation SET documents = n.documents, origins = n.origins, claimants = n.claimants,
             asserted = n.asserted, attributed = n.attributed, hypothetical = n.hypothetical, first = n.first, last = n.last,
             trust = n.trust
         FROM ({}) AS n WHERE n.id = relation.id;",
        counted()
    ))?;
    Ok(())
}

/// A query for the edges whose numbers are not those of their evidence, a line for each.
pub(super) fn wrong_counts() -> String {
    let told = |of: &str| {
        format!(
            "{of}.documents || '/' || {of}.origins || '/' || {of}.claimants || ', ' || {of}.asserted || '/' || {of}.attributed
             || '/' || {of}.hypothetical || ', ' || coalesce({of}.first, '') || '..' || coalesce({of}.last, '')
             || coalesce(', trust ' || {of}.trust, '')"
        )
    };
    let (stored, counted_now, counted) = (told("r"), told("n"), counted());
    format!(
        "SELECT printf('edge %016x', r.id) || ': stored ' || {stored} || ', the evidence gives ' || {counted_now}
         FROM relation r JOIN ({counted}) AS n ON n.id = r.id WHERE {stored} <> {counted_now}"
    )
}

/// The forms in which documents name an unlisted entity are its names; made anew, for documents come and go.
pub(super) fn discovered_names(transaction: &Transaction) -> Result<()> {
    transaction.execute_batch(
        "DELETE FROM alias WHERE kind = 'short' AND entity IN (SELECT id FROM entity WHERE discovered);",
    )?;
    let mut insert =
        transaction.prepare("INSERT OR IGNORE INTO alias (entity, text, kind, folded) VALUES (?1, ?2, 'short', ?3)")?;
    let mut forms = transaction.prepare(
        "SELECT DISTINCT e.id, m.text FROM entity e JOIN mention m ON m.entity = e.id
         WHERE e.discovered AND m.kind = 'name' AND m.text <> e.name ORDER BY e.id, m.text",
    )?;
    let mut rows = forms.query([])?;
    while let Some(row) = rows.next()? {
        let (entity, text): (String, String) = (row.get(0)?, row.get(1)?);
        insert.execute((&entity, &text, text.to_lowercase()))?;
    }
    Ok(())
}
