//! A database with rows written in; everything that follows from them derived, and the file in its final form, out.

use super::contract::after_load;
use super::store::Unfinished;
use super::{Store, derive, judged, origins};
use crate::error::{Error, Result};
use std::fs;
use std::path::PathBuf;

impl Store {
    /// Completes the run: orphans out, origins and counts derived, indexes and full text built, the file rewritten in order
    /// of its keys (so that its bytes depend on its content alone) and swapped in at once. Without changes no byte moves.
    pub fn finish(mut self) -> Result<PathBuf> {
        let path = self.path.clone();
        if self.unfinished == Unfinished::Nothing {
            return Ok(path);
        }
        self.derive().and_then(|()| self.rewrite()).map_err(|error| error.in_database(&path))?;
        Ok(path)
    }

    fn derive(&mut self) -> Result<()> {
        let log = self.judgements()?;
        let transaction = self.connection.transaction()?;
        transaction.execute_batch(after_load())?;
        if !log.is_empty() {
            judged::reset(&transaction)?;
        }
        derive::remove_orphans(&transaction)?;
        if self.unfinished == Unfinished::Documents {
            origins::derive(&transaction)?;
            derive::discovered_names(&transaction)?;
        }
        if !log.is_empty() {
            judged::apply(&transaction, &log)?;
        }
        derive::counts(&transaction)?;
        transaction.execute_batch(
            "INSERT INTO sentence_text (sentence_text) VALUES ('rebuild');
             INSERT INTO sentence_text (sentence_text) VALUES ('optimize');",
        )?;
        Ok(transaction.commit()?)
    }

    fn rewrite(self) -> Result<()> {
        let Some(draft) = self.draft else { return Ok(()) };
        let next = draft.next();
        let io = |source| Error::Write { path: next.clone(), source };
        if next.exists() {
            fs::remove_file(&next).map_err(io)?;
        }
        // The schema's change counter tells the file's history; the copy takes it over, so it is set to a constant.
        self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA schema_version = 1;")?;
        self.connection.execute("VACUUM INTO ?", [next.to_string_lossy()])?;
        self.connection.close().map_err(|(_, error)| error)?;
        draft.replace()
    }
}
