//! What documents know of their entities in, one row per entity out, the same whatever the order of the documents.

use crate::analysis::{Analysis, EntityRecord, EntityType};
use crate::error::Result;
use rusqlite::{OptionalExtension, Transaction, params};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Hashes of the records written, so that the same gazetteer entry is not written for every document that uses it. To write a
/// record again changes nothing, so it does not matter which ones are forgotten.
#[derive(Default)]
pub(super) struct Written(FxHashSet<u128>);

/// Some 10 MB; beyond, the memory starts anew.
const REMEMBERED: usize = 250_000;

impl Written {
    fn is_new(&mut self, entity: &EntityRecord) -> bool {
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        self.0.insert(hash(entity))
    }
}

/// Wide enough never to be that of two records.
fn hash(entity: &EntityRecord) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, entity).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

pub(super) fn insert(transaction: &Transaction, analysis: &Analysis, written: &mut Written) -> Result<()> {
    for entity in &analysis.entities {
        if !written.is_new(entity) {
            continue;
        }
        keep_best(transaction, &entity.id, Record::of(entity))?;
        for (text, kind) in &entity.aliases {
            insert_alias(transaction, &entity.id, text, kind)?;
        }
        for role in &entity.roles {
            insert_alias(transaction, &entity.id, role, "role")?;
        }
    }
    insert_unlisted(transaction, analysis)
}

/// An analysis made elsewhere may lack its list of entities; what it points to is an entity all the same.
fn insert_unlisted(transaction: &Transaction, analysis: &Analysis) -> Result<()> {
    let mut listed: BTreeSet<&str> = analysis.entities.iter().map(|entity| &*entity.id).collect();
    let mentions = analysis.mentions.iter().map(|m| (&m.entity_id, &m.entity, m.entity_type, m.discovered));
    let relations = analysis.relations.iter().flat_map(|r| [(&r.subject_id, &r.subject), (&r.object_id, &r.object)]);
    let claims = analysis.claims.iter().map(|claim| (&claim.subject_id, &claim.subject));
    let unseen = relations.chain(claims).map(|(id, name)| (id, name, EntityType::Other, true));
    for (id, name, entity_type, discovered) in mentions.chain(unseen) {
        if !id.is_empty() && listed.insert(id) {
            keep_best(transaction, id, Record::named(name, entity_type, discovered))?;
        }
    }
    Ok(())
}

/// What is known of an entity. The order is that of preference: listed before discovered, typed before OTHER, known before
/// unknown, then the alphabet. The smallest record stays, so the order of arrival cannot show.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Record {
    discovered: bool,
    untyped: bool,
    stateless: bool,
    unlinked: bool,
    name: String,
    entity_type: String,
    country: Option<String>,
    sector: Option<String>,
    stands_for: Option<String>,
    wikidata: Option<String>,
}

impl Record {
    fn of(entity: &EntityRecord) -> Self {
        Self {
            stateless: entity.country.is_none(),
            unlinked: entity.wikidata.is_none(),
            country: entity.country.clone(),
            sector: entity.sector.clone(),
            stands_for: entity.stands_for.clone(),
            wikidata: entity.wikidata.clone(),
            ..Self::named(&entity.name, entity.entity_type, entity.discovered)
        }
    }

    fn named(name: &str, entity_type: EntityType, discovered: bool) -> Self {
        Self {
            discovered,
            untyped: entity_type == EntityType::Other,
            stateless: true,
            unlinked: true,
            name: name.to_owned(),
            entity_type: entity_type.as_str().to_owned(),
            country: None,
            sector: None,
            stands_for: None,
            wikidata: None,
        }
    }

    fn read(row: &rusqlite::Row) -> rusqlite::Result<Self> {
        let (entity_type, country, wikidata): (String, Option<String>, Option<String>) =
            (row.get("type")?, row.get("country")?, row.get("wikidata")?);
        Ok(Self {
            discovered: row.get("discovered")?,
            untyped: entity_type == "OTHER",
            stateless: country.is_none(),
            unlinked: wikidata.is_none(),
            name: row.get("name")?,
            entity_type,
            country,
            sector: row.get("sector")?,
            stands_for: row.get("stands_for")?,
            wikidata,
        })
    }
}

fn keep_best(transaction: &Transaction, id: &str, record: Record) -> Result<()> {
    let known = transaction
        .prepare_cached(
            "SELECT coalesce(name_as_read, name) AS name, type, country, sector, discovered, stands_for, wikidata FROM entity WHERE id = ?",
        )?
        .query_row([id], Record::read)
        .optional()?;
    if known.is_none_or(|known| record < known) {
        put(transaction, id, &record)?;
    }
    insert_alias(transaction, id, &record.name, "name")
}

fn put(transaction: &Transaction, id: &str, record: &Record) -> Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO entity (id, name, type, country, sector, discovered, stands_for, wikidata)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET (name, type, country, sector, discovered, stands_for, wikidata) =
             (excluded.name, excluded.type, excluded.country, excluded.sector, excluded.discovered, excluded.stands_for,
              excluded.wikidata), name_as_read = NULL",
        )?
        .execute(params![
            id,
            record.name,
            record.entity_type,
            record.country,
            record.sector,
            record.discovered,
            record.stands_for,
            record.wikidata
        ])?;
    Ok(())
}

fn insert_alias(transaction: &Transaction, entity: &str, text: &str, kind: &str) -> Result<()> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO alias (entity, text, kind, folded) VALUES (?, ?, ?, ?)")?
        .execute(params![entity, text, kind, text.to_lowercase()])?;
    Ok(())
}
