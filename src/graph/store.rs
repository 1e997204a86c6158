//! The database file: opened, checked and closed here; analyses go in through `write`, answers come out as SQL rows.

use super::contract::make_tables;
use super::draft::{self, Draft};
use super::judgement::Judgement;
use super::sound::{self, VERSION, is_in_wal_mode, open_for_reading, require};
use super::standing::Standing;
use super::{derive, judged, migrate, stage, write};
use crate::analysis::Analysis;
use crate::error::Result;
use crate::{Document, graph::key};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Steps of SQLite's machine between two questions whether to stop: some milliseconds.
const STEPS: std::ffi::c_int = 100_000;

/// An open database. Writers call [`Store::write`] any number of times, then [`Store::finish`]; what is dropped before that
/// keeps the batches written in a draft beside the database, and the next `finish` completes it. Until then readers see
/// what the last finished run left.
pub struct Store {
    /// To the database; from the first change on, to the draft.
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    revision: String,
    pub(super) unfinished: Unfinished,
    /// Of writers only.
    pub(super) draft: Option<Draft>,
    /// Whether the draft outlives a run that is cut short. Judgements and `forget` do not: they are done whole or not at all.
    kept: bool,
    stops: Option<fn() -> bool>,
    /// Whether rows wait in staged tables to be put in order.
    pub(super) staged: bool,
    known: write::Known,
}

/// What has happened since the last `finish`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unfinished {
    Nothing,
    /// The log of judgements has changed.
    Log,
    /// Documents were written or taken out, or an earlier run was cut short.
    Documents,
}

/// What one `write` did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub added: usize,
    pub replaced: usize,
    pub unchanged: usize,
}

/// Rows by table, for summaries and `stats`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    pub documents: i64,
    pub origins: i64,
    pub sentences: i64,
    pub mentions: i64,
    pub entities: i64,
    pub edges: i64,
    pub evidence: i64,
    pub claims: i64,
}

impl Store {
    /// Opens the database for writing, or makes it. `revision` names the analyser: documents analysed by another revision
    /// count as changed.
    ///
    /// # Errors
    /// A file that is not ours or not to be written ([`Error::Database`]), is damaged ([`Error::Integrity`]), or that another
    /// run writes to ([`Error::Busy`]); none is touched.
    pub fn create(path: &Path, revision: &str) -> Result<Self> {
        Self::create_patiently(path, revision, Duration::ZERO)
    }

    /// The same, and another run may take as long as `patience` to end.
    pub fn create_patiently(path: &Path, revision: &str, patience: Duration) -> Result<Self> {
        Self::create_inner(path, revision, patience).map_err(|error| error.in_database(path))
    }

    fn create_inner(path: &Path, revision: &str, patience: Duration) -> Result<Self> {
        let has_content = || fs::metadata(path).is_ok_and(|file| file.len() > 0);
        if has_content() {
            sound::check_header(path)?;
            sound::check_permission(path)?;
        }
        let mut draft = Draft::claim(path, patience)?;
        // Looked at again: the run that was waited for may have made it.
        let earlier = match has_content() {
            true => Some(open_for_reading(path)?),
            false => None,
        };
        let kept = draft.resume(sound::is_sound)?;
        let (connection, unfinished) = match earlier {
            _ if kept => (draft.open()?, Unfinished::Documents),
            Some((connection, VERSION)) if !is_in_wal_mode(path)? => (connection, Unfinished::Nothing),
            other => {
                let format = other.map(|(_, format)| format);
                draft.begin(|place| fill(place, path, format))?;
                (draft.open()?, Unfinished::Documents)
            }
        };
        let (path, revision) = (path.to_path_buf(), revision.to_owned());
        let known = write::Known::default();
        let staged = unfinished > Unfinished::Nothing && stage::is_open(&connection)?;
        let mut store =
            Self { connection, path, revision, unfinished, draft: Some(draft), kept, stops: None, staged, known };
        if unfinished > Unfinished::Nothing {
            store.configure_writer()?;
        }
        Ok(store)
    }

    /// Opens an existing database for writing, as [`Store::create_patiently`] does.
    pub fn open(path: &Path, revision: &str) -> Result<Self> {
        Self::open_patiently(path, revision, Duration::ZERO)
    }

    pub fn open_patiently(path: &Path, revision: &str, patience: Duration) -> Result<Self> {
        require(path)?;
        Self::create_patiently(path, revision, patience)
    }

    /// Asks now and then, while the database works, whether it should stop; then the call fails and the batches written are kept.
    pub fn stop_when(&mut self, asked: fn() -> bool) -> Result<()> {
        self.stops = Some(asked);
        Ok(self.connection.progress_handler(STEPS, self.stops)?)
    }

    /// Whether this goes on with what a run that was cut short has left.
    pub fn is_resumed(&self) -> bool {
        self.kept
    }

    /// Where the batches of a run that has not ended are kept.
    pub fn draft_of(path: &Path) -> PathBuf {
        draft::place(path)
    }

    /// Opens an existing database that nothing will be written to.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        require(path)?;
        let connection = sound::todays(path).map_err(|error| error.in_database(path))?;
        Ok(Self {
            connection,
            path: path.to_path_buf(),
            revision: String::new(),
            unfinished: Unfinished::Nothing,
            draft: None,
            kept: false,
            stops: None,
            staged: false,
            known: Default::default(),
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// For queries; the views of `schema.sql` are the interface.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// For hooks such as the authorizer of `sql`.
    pub fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Whether the database holds this document as it is, analysed by this revision: then there is nothing to do.
    pub fn holds(&self, document: &Document) -> Result<bool> {
        Ok(self.fingerprint_of(&document.id)?.as_deref() == Some(&*key::fingerprint(document, &self.revision)))
    }

    /// Stores a batch in one transaction: new documents are added, changed ones replace their own evidence, the rest stays.
    pub fn write(&mut self, batch: &[(Document, Analysis)]) -> Result<Written> {
        let fresh = self.stale(batch)?;
        let mut done = Written { unchanged: batch.len() - fresh.len(), ..Written::default() };
        if fresh.is_empty() {
            return Ok(done);
        }
        self.changes(Unfinished::Documents)?;
        if let Some(draft) = self.draft.as_mut().filter(|_| !self.kept) {
            draft.keep()?;
            self.kept = true;
        }
        done.replaced = fresh.values().filter(|row| row.replaces).count();
        done.added = fresh.len() - done.replaced;
        if done.replaced > 0 {
            self.unstage()?;
        }
        let transaction = self.connection.transaction()?;
        for row in fresh.values().filter(|row| row.replaces) {
            write::remove(&transaction, &row.document.id)?;
        }
        let mut inserts = write::Inserts::prepared(&transaction, self.staged, &mut self.known)?;
        fresh.values().try_for_each(|row| inserts.insert(row))?;
        drop(inserts);
        transaction.commit()?;
        Ok(done)
    }

    /// Puts the rows of a first load into their tables.
    pub(super) fn unstage(&mut self) -> Result<()> {
        if !self.staged {
            return Ok(());
        }
        // To ask for the parents of each row would take longer than to put it in; ours are there, and `check` looks.
        self.connection.execute_batch("PRAGMA foreign_keys = OFF")?;
        let transaction = self.connection.transaction()?;
        stage::close(&transaction)?;
        transaction.commit()?;
        self.staged = false;
        Ok(self.connection.execute_batch("PRAGMA foreign_keys = ON")?)
    }

    /// Before the first change: only now is the draft made, for most runs change nothing.
    fn changes(&mut self, what: Unfinished) -> Result<()> {
        if self.unfinished == Unfinished::Nothing
            && let Some(draft) = &mut self.draft
        {
            draft.copy()?;
            self.connection = draft.open()?;
            self.configure_writer()?;
        }
        self.unfinished = self.unfinished.max(what);
        Ok(())
    }

    fn configure_writer(&mut self) -> Result<()> {
        self.connection.busy_timeout(Duration::from_secs(2))?;
        // 16 MB of pages: an index in the making takes as much again, and so does the copy that VACUUM writes.
        self.connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;
             PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 20000;",
        )?;
        Ok(self.connection.progress_handler(STEPS, self.stops)?)
    }

    pub(super) fn log_changes(&mut self) -> Result<()> {
        self.changes(Unfinished::Log)?;
        self.unstage()
    }

    /// Takes documents (names) out, with all that is known from them alone, and with the judgements that speak of nothing any
    /// more or name them; gives those. After [`Store::finish`] the file holds no byte of them.
    pub fn forget(&mut self, documents: &[String]) -> Result<Vec<Judgement>> {
        self.changes(Unfinished::Documents)?;
        self.unstage()?;
        // Entities that go may come again.
        self.known = write::Known::default();
        let log = self.judgements()?;
        let transaction = self.connection.transaction()?;
        judged::reset(&transaction)?;
        for name in documents {
            write::remove(&transaction, name)?;
        }
        derive::remove_orphans(&transaction)?;
        let dropped = judged::forget(&transaction, log, documents)?;
        transaction.commit()?;
        Ok(dropped)
    }

    /// Whether a judgement keeps two entities (ids) apart.
    pub fn are_distinct(&self, a: &str, b: &str) -> Result<bool> {
        Ok(Standing::of(&self.judgements()?).are_distinct(a, b))
    }

    /// The documents of a batch that the database does not hold, by name, with their fingerprints. Of two with one name the
    /// one with the smaller fingerprint stays, whatever their order.
    fn stale<'a>(&self, batch: &'a [(Document, Analysis)]) -> Result<BTreeMap<&'a str, write::Row<'a>>> {
        let mut fresh: BTreeMap<&str, write::Row> = BTreeMap::new();
        for (document, analysis) in batch {
            let fingerprint = key::fingerprint(document, &self.revision);
            let known = self.fingerprint_of(&document.id)?;
            if known.as_ref() == Some(&fingerprint) {
                continue;
            }
            let smaller = fresh.get(&*document.id).is_none_or(|row| fingerprint < row.fingerprint);
            if smaller {
                let replaces = known.is_some();
                fresh.insert(&document.id, write::Row { document, analysis, fingerprint, replaces });
            }
        }
        Ok(fresh)
    }

    fn fingerprint_of(&self, name: &str) -> Result<Option<String>> {
        let mut query = self.connection.prepare_cached("SELECT fingerprint FROM document WHERE name = ?")?;
        let mut rows = query.query([name])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    pub fn counts(&self) -> Result<Counts> {
        let count = |table: &str| -> Result<i64> {
            Ok(self.connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?)
        };
        Ok(Counts {
            documents: count("document")?,
            origins: count("origin")?,
            sentences: count("sentence")?,
            mentions: count("mention")?,
            entities: count("entity")?,
            edges: count("relation")?,
            evidence: count("evidence")?,
            claims: count("claim")?,
        })
    }
}

/// Fills a new draft: today's tables, and the rows of a database of another format, or of one that an earlier version of this
/// program left in the middle of a run.
fn fill(draft: &Path, database: &Path, format: Option<i64>) -> Result<()> {
    let connection = Connection::open(draft)?;
    make_tables(&connection)?;
    match format {
        Some(format) => migrate::migrate(&connection, database, format)?,
        None => stage::begin(&connection)?,
    }
    connection.close().map_err(|(_, error)| error.into())
}
