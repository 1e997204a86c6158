//! Lists as text in; one compiled table, which opens at once whatever its size, out.

use super::files;
use crate::cli::output::say;
use crate::cli::progress::Progress;
use crate::error::{Error, Result};
use crate::gazetteer::Table;
use crate::import;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// Turn lists into one table that opens in an instant, whatever its size
#[derive(Args)]
#[command(after_help = "\
Lists are read in their order; an id may be in one row only. Look them over first: wiregraph gazetteer lint.

Example:
  wiregraph gazetteer compile places.tsv companies.tsv -o names.table
  wiregraph build reports --gazetteer names.table")]
pub struct Compile {
    /// Lists (.tsv, packed or not), or folders of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the table goes
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
}

impl Compile {
    pub fn run(self) -> Result<u8> {
        let lists: Result<Vec<Vec<PathBuf>>> = self.files.iter().map(|path| files::files(path)).collect();
        let progress = Progress::new("lines", true);
        let table = import::compile(&lists?.concat(), &mut |lines| progress.steps(lines));
        progress.end();
        let table = table?;
        self.write(&table)?;
        let size = table.len();
        let table = Table::from_bytes(&self.out.display().to_string(), table)?;
        let (entities, aliases) = (table.len(), table.aliases());
        say(format!("{}: {entities} entities, {aliases} aliases, {size} bytes", crate::error::shown(&self.out)));
        Ok(0)
    }

    /// A table of that name may be open elsewhere: it is replaced, not written to.
    fn write(&self, table: &[u8]) -> Result<()> {
        let failed = |source| Error::Io { path: self.out.clone(), source };
        let mut file = super::replacement(&self.out).map_err(failed)?;
        file.write_all(table).map_err(failed)?;
        file.persist(&self.out).map_err(|error| failed(error.error))?;
        Ok(())
    }
}
