//! One line of `generic.tsv` in, an institution that every state has out.

use super::cells;
use super::entity::AliasRow;
use super::tsv::List;
use super::{EntityType, Fault};

/// "Foreign Ministry": a pattern, to be filled with the state found beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct GenericRow {
    pub slug: String,
    /// Canonical name with `{state}` in it.
    pub name: String,
    pub entity_type: EntityType,
    pub sector: Option<String>,
    pub aliases: Vec<AliasRow>,
}

pub(super) fn rows(list: &List) -> Result<Vec<GenericRow>, Fault> {
    list.demand(&["slug", "name", "type", "sector", "aliases"], &["slug", "name", "type", "aliases"])?;
    let row = |line: &super::tsv::Line| {
        Ok(GenericRow {
            slug: line.required("slug")?,
            name: line.required("name")?,
            entity_type: cells::entity_type(line)?,
            sector: line.optional("sector"),
            aliases: line.list("aliases").map(|alias| cells::alias(line, alias)).collect::<Result<_, _>>()?,
        })
    };
    list.lines().map(|line| row(&line?)).collect()
}
