//! Lists named by the user in, as text or compiled; one gazetteer with theirs over the shipped ones, and what disagrees, out.

use super::text;
use crate::error::{Error, Result};
use crate::gazetteer::{Alias, Candidate, Entry, Gazetteer, Table};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Lists over lists: a later row of an id takes the place of an earlier one, and names add what they can mean.
pub struct Layers {
    tables: Vec<Table>,
    /// The layers that were read as text: what they say is checked, as nobody has checked it before.
    texts: Vec<usize>,
    conflicts: Conflicts,
}

/// Where a list that was read as text disagrees with those below it.
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
    /// None, unless the program itself is damaged.
    pub fn new(with_shipped: bool) -> Result<Self> {
        let tables = if with_shipped { vec![Table::embedded()?] } else { Vec::new() };
        Ok(Self { tables, texts: Vec::new(), conflicts: Conflicts::default() })
    }

    /// Puts a list over those before. A compiled one is mapped into memory and taken as it is.
    ///
    /// # Errors
    /// The file cannot be read, or the first line of it.
    pub fn add(&mut self, file: &Path) -> Result<()> {
        if is_compiled(file)? {
            self.tables.push(Table::open(file)?);
            return Ok(());
        }
        let table = Table::parse(&[(&file.display().to_string(), &text(file)?)])?;
        let below = Gazetteer::layered(&self.tables)?;
        Gazetteer::layered(std::slice::from_ref(&table))?
            .entries()
            .for_each(|entry| self.conflicts.compare(&below, entry));
        self.texts.push(self.tables.len());
        self.tables.push(table);
        Ok(())
    }

    pub fn conflicts(&self) -> &Conflicts {
        &self.conflicts
    }

    /// # Errors
    /// A role, its source or `stands_for` of a list that was read as text points nowhere.
    pub fn gazetteer(&self) -> Result<Gazetteer> {
        let gazetteer = Gazetteer::layered(&self.tables)?;
        self.texts.iter().try_for_each(|layer| gazetteer.check_layer(*layer))?;
        Ok(gazetteer)
    }
}

impl Conflicts {
    fn compare(&mut self, below: &Gazetteer, entry: Entry) {
        if let Some(earlier) = below.by_id(entry.id()).map(|id| below.entry(id)) {
            self.replaced += 1;
            let (was, is) = (earlier.entity_type(), entry.entity_type());
            if was != is {
                self.retyped.push((entry.id().to_owned(), was.as_str(), is.as_str()));
            }
        }
        for alias in entry.aliases().filter(|alias| stands_alone(*alias)) {
            let earlier = claimant(below, alias.text()).filter(|earlier| *earlier != entry.id());
            if let Some(earlier) = earlier {
                self.shared.push((alias.text().to_owned(), earlier.to_owned(), entry.id().to_owned()));
            }
        }
    }
}

/// The entity that a name means by itself.
fn claimant<'g>(lists: &'g Gazetteer, name: &str) -> Option<&'g str> {
    let found = lists.find(name).into_iter().filter(|found| found.span.of(name) == name);
    found.flat_map(|found| found.candidates).find_map(|candidate| match candidate {
        Candidate::Entity { entry, alias } => {
            let (entry, alias) = (lists.entry(entry), lists.entry(entry).alias(alias));
            (stands_alone(alias) && alias.text() == name).then(|| entry.id())
        }
        Candidate::Generic { .. } => None,
    })
}

fn stands_alone(alias: Alias) -> bool {
    !alias.needs_context() && !alias.is_ambiguous() && !alias.needs_article()
}

fn is_compiled(file: &Path) -> Result<bool> {
    let failed = |source| Error::Io { path: file.to_owned(), source };
    let mut start = Vec::new();
    File::open(file).and_then(|file| file.take(16).read_to_end(&mut start)).map_err(failed)?;
    Ok(Table::is_compiled(&start))
}

/// A hash of the content of lists, in their order; a compiled one tells its own.
///
/// # Errors
/// One of them cannot be read.
pub fn digest(files: &[PathBuf], with_shipped: bool) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update([u8::from(with_shipped)]);
    for file in files {
        if is_compiled(file)? {
            hash.update(Table::open(file)?.checksum().to_le_bytes());
        } else {
            let text = text(file)?;
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(&text);
        }
    }
    Ok(hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}
