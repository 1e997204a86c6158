//! Lists named by the user in; one gazetteer with theirs over the shipped ones, what disagrees among them, and a digest of their content out.

use super::text;
use crate::error::Result;
use crate::gazetteer::{EntityRow, Gazetteer, Rows, SHIPPED};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Lists over lists: a later row of an id takes the place of an earlier one, and names add what they can mean.
pub struct Layers {
    rows: Rows,
    /// Where each id stands.
    places: FxHashMap<String, usize>,
    /// The row that has a name without a flag: by the name, its id.
    claims: FxHashMap<String, String>,
    conflicts: Conflicts,
}

/// Where lists disagree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// Rows that took the place of a row of an earlier list.
    pub replaced: usize,
    /// Of these, those of another type: id, earlier type, later type.
    pub retyped: Vec<(String, &'static str, &'static str)>,
    /// Names that a later list gives to another entity, without a flag on either: name, earlier id, later id.
    pub shared: Vec<(String, String, String)>,
}

impl Layers {
    /// Over the shipped lists, or over nothing.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn new(with_shipped: bool) -> Result<Self> {
        let (places, claims) = (FxHashMap::default(), FxHashMap::default());
        let mut layers = Self { rows: Rows::default(), places, claims, conflicts: Conflicts::default() };
        if with_shipped {
            for (file, text) in SHIPPED {
                layers.rows.read(file, text)?;
            }
            let entities = std::mem::take(&mut layers.rows.entities);
            entities.into_iter().for_each(|row| layers.put(row));
            layers.conflicts = Conflicts::default();
        }
        Ok(layers)
    }

    /// Puts a list over those before.
    ///
    /// # Errors
    /// The file cannot be read, or the first line of it.
    pub fn add(&mut self, file: &Path) -> Result<()> {
        let text = text(file)?;
        let mut rows = Rows::default();
        rows.read(&file.display().to_string(), &text)?;
        self.rows.generic.retain(|old| !rows.generic.iter().any(|new| new.slug == old.slug));
        self.rows.generic.extend(rows.generic);
        self.rows.sources.retain(|old| !rows.sources.iter().any(|new| new.id == old.id));
        self.rows.sources.extend(rows.sources);
        rows.entities.into_iter().for_each(|row| self.put(row));
        Ok(())
    }

    fn put(&mut self, row: EntityRow) {
        for alias in row.aliases.iter().filter(|alias| !alias.context && !alias.ambiguous && !alias.article) {
            let earlier = self.claims.insert(alias.text.clone(), row.id.clone());
            if let Some(earlier) = earlier.filter(|earlier| *earlier != row.id) {
                self.conflicts.shared.push((alias.text.clone(), earlier, row.id.clone()));
            }
        }
        match self.places.get(&row.id) {
            Some(&at) => {
                let old = std::mem::replace(&mut self.rows.entities[at], row);
                let new = &self.rows.entities[at];
                self.conflicts.replaced += 1;
                if old.entity_type != new.entity_type {
                    let types = (old.entity_type.as_str(), new.entity_type.as_str());
                    self.conflicts.retyped.push((new.id.clone(), types.0, types.1));
                }
            }
            None => {
                self.places.insert(row.id.clone(), self.rows.entities.len());
                self.rows.entities.push(row);
            }
        }
    }

    pub fn conflicts(&self) -> &Conflicts {
        &self.conflicts
    }

    /// # Errors
    /// A role, its source or `stands_for` that points nowhere.
    pub fn gazetteer(self) -> Result<Gazetteer> {
        Gazetteer::new(self.rows)
    }
}

/// A hash of the content of lists, in their order.
///
/// # Errors
/// One of them cannot be read.
pub fn digest(files: &[PathBuf], with_shipped: bool) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update([u8::from(with_shipped)]);
    for file in files {
        let text = text(file)?;
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(&text);
    }
    Ok(hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}
