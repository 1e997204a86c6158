//! The options that say which lists of names are used, shared by all that analyses; a gazetteer and its digest out.

use super::gazetteer::files;
use super::output::say;
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::import::{self, Conflicts, Layers};
use clap::Args;
use std::path::PathBuf;

/// Conflicts of a kind that are shown one by one.
const SHOWN: usize = 3;

#[derive(Clone, Debug, Default, Args)]
pub struct ListArgs {
    /// A list of names of your own (.tsv, a folder of them, or compiled) over the shipped ones; may be given again, later ones win
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Leave the shipped lists out
    #[arg(long, requires = "gazetteer")]
    no_shipped_gazetteer: bool,
}

impl ListArgs {
    /// The lists that were asked for; what disagrees among them is told.
    pub fn gazetteer(&self) -> Result<Gazetteer> {
        if self.gazetteer.is_empty() {
            return Gazetteer::embedded();
        }
        let mut layers = Layers::new(!self.no_shipped_gazetteer)?;
        for file in self.files()? {
            layers.add(&file)?;
        }
        notes(layers.conflicts()).iter().for_each(say);
        layers.gazetteer()
    }

    /// A hash of the content of the user's lists; `None` where there are only the shipped ones.
    pub fn digest(&self) -> Result<Option<String>> {
        match self.gazetteer.is_empty() {
            true => Ok(None),
            false => import::digest(&self.files()?, !self.no_shipped_gazetteer).map(Some),
        }
    }

    fn files(&self) -> Result<Vec<PathBuf>> {
        let files: Result<Vec<Vec<PathBuf>>> = self.gazetteer.iter().map(|path| files::files(path)).collect();
        Ok(files?.concat())
    }
}

fn notes(conflicts: &Conflicts) -> Vec<String> {
    let Conflicts { replaced, retyped, shared } = conflicts;
    let mut notes = Vec::new();
    if *replaced > 0 {
        notes.push(format!("note: {replaced} rows take the place of rows of one id in earlier lists"));
    }
    let types = |(id, earlier, later): &(String, &str, &str)| format!("{id} was {earlier} and is {later}");
    notes.extend(listed(retyped.len(), "change the type", retyped.iter().map(types)));
    let names = |(name, earlier, later): &(String, String, String)| format!("{name:?} is {earlier} and {later}");
    notes.extend(listed(shared.len(), "share a name that neither flags as ambiguous", shared.iter().map(names)));
    notes
}

fn listed(count: usize, what: &str, told: impl Iterator<Item = String>) -> Option<String> {
    let first: Vec<String> = told.take(SHOWN).collect();
    let more = if count > SHOWN { ", ..." } else { "" };
    (count > 0).then(|| format!("note: {count} {what}: {}{more}", first.join(", ")))
}
