//! Institutions that every state has ("Foreign Ministry"): a pattern per kind, filled with the state found beside it.

use super::entry::Alias;
use super::tsv;
use crate::analysis::EntityType;
use crate::error::Result;

#[derive(Clone, Debug, PartialEq)]
pub struct GenericBody {
    pub slug: String,
    /// Canonical name with `{state}` in it.
    pub name: String,
    pub entity_type: EntityType,
    pub sector: Option<String>,
    pub aliases: Vec<Alias>,
}

impl GenericBody {
    pub fn named(&self, state: &str) -> String {
        self.name.replace("{state}", state)
    }
}

const COLUMNS: &str = "slug\tname\ttype\tsector\taliases";

pub(super) fn parse(file: &str, text: &str) -> Result<Vec<GenericBody>> {
    tsv::rows(file, text, COLUMNS)?
        .iter()
        .map(|row| {
            Ok(GenericBody {
                slug: row.fields[0].trim().to_owned(),
                name: row.fields[1].trim().to_owned(),
                entity_type: tsv::entity_type(row.fields[2])
                    .ok_or_else(|| row.fault(format!("type {:?}", row.fields[2]), "an entity type"))?,
                sector: Some(row.fields[3].trim().to_owned()).filter(|s| !s.is_empty()),
                aliases: tsv::list(row.fields[4]).map(|a| tsv::alias(row, a)).collect::<Result<_>>()?,
            })
        })
        .collect()
}
