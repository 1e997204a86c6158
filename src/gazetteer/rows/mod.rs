//! Readable lists of names in, plain rows out, every fault placed at file:line:column.
//!
//! `build.rs` reads the shipped lists with these same files, so they use nothing of the rest of the library but `EntityType`.

use crate::analysis::EntityType;

mod cells;
mod entity;
mod generic;
mod sources;
mod term;
mod tsv;

pub use entity::{AliasKind, AliasRow, EntityRow, Gender, MemberRow, RoleRow};
pub use generic::GenericRow;
pub use sources::SourceRow;
pub use term::{Bound, Term};

/// The columns that a list of entities may have, in any order; `id`, `type` and `name` must be there.
pub const COLUMNS: [&str; 18] = [
    "id",
    "type",
    "name",
    "country",
    "sector",
    "gender",
    "stands_for",
    "wikidata",
    "geonames",
    "admin",
    "lat",
    "lon",
    "population",
    "prior",
    "members",
    "valid",
    "aliases",
    "roles",
];

/// Something in a list that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `file:line:column`, the column in characters from 1.
    pub place: String,
    pub found: String,
    pub expected: String,
}

/// What a list of names holds.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub entities: Vec<EntityRow>,
    pub generic: Vec<GenericRow>,
    pub sources: Vec<SourceRow>,
}

impl Rows {
    /// Adds the rows of one file. Its header tells what it lists: entities, institutions that every state has (`slug`), or the
    /// sources that dates are checked against (`edition`).
    ///
    /// # Errors
    /// The first fault of the file.
    pub fn read(&mut self, file: &str, text: &str) -> Result<(), Fault> {
        let Some(list) = tsv::List::read(file, text)? else { return Ok(()) };
        if list.has("slug") {
            self.generic.extend(generic::rows(&list)?);
        } else if list.has("edition") {
            self.sources.extend(sources::rows(&list)?);
        } else {
            self.entities.extend(entity::rows(&list)?);
        }
        Ok(())
    }
}
