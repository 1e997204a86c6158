//! The database file: opened, checked and closed here; analyses go in through `write`, answers come out as SQL rows.

use super::contract::make_tables;
use super::judgement::Judgement;
use super::standing::Standing;
use super::{derive, entities, judged, migrate, write};
use crate::analysis::Analysis;
use crate::error::{Error, Result};
use crate::{Document, graph::key};
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const APPLICATION_ID: i64 = 0x7767_7270;
const VERSION: i64 = 2;
const OUTDATED: &str = "made by an earlier version of this program; `wiregraph migrate` brings it to today's format";
const SQLITE_HEADER: &[u8] = b"SQLite format 3\0";

/// An open database. Writers call [`Store::write`] any number of times, then [`Store::finish`]; what is dropped before that
/// keeps the batches written, and the next `finish` completes it.
pub struct Store {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    revision: String,
    pub(super) unfinished: Unfinished,
    known: entities::Written,
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
    /// A file that is not ours ([`Error::Database`]) or is damaged ([`Error::Integrity`]); neither is touched.
    pub fn create(path: &Path, revision: &str) -> Result<Self> {
        Self::create_inner(path, revision).map_err(|error| error.in_database(path))
    }

    fn create_inner(path: &Path, revision: &str) -> Result<Self> {
        let fresh = fs::metadata(path).map_or(true, |file| file.len() == 0);
        if !fresh {
            check_header(path)?;
        }
        let mut connection = Connection::open(path)?;
        let unfinished = fresh || {
            let format = identity(&connection, path)?;
            check_pages(&connection, path)?;
            if format < VERSION {
                connection.close().map_err(|(_, error)| error)?;
                migrate::migrate(path, format, make_tables)?;
                connection = Connection::open(path)?;
            }
            is_in_wal_mode(path)?
        };
        configure_writer(&connection)?;
        if fresh {
            make_tables(&connection)?;
        }
        let unfinished = if unfinished { Unfinished::Documents } else { Unfinished::Nothing };
        Ok(Self {
            connection,
            path: path.to_path_buf(),
            revision: revision.to_owned(),
            unfinished,
            known: Default::default(),
        })
    }

    /// Opens an existing database for writing.
    pub fn open(path: &Path, revision: &str) -> Result<Self> {
        require(path)?;
        Self::create(path, revision)
    }

    /// Opens an existing database that nothing will be written to.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        require(path)?;
        let open = || -> Result<Connection> {
            check_header(path)?;
            let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            if identity(&connection, path)? < VERSION {
                return Err(Error::Database { path: path.to_path_buf(), reason: OUTDATED.into() });
            }
            connection.execute_batch("PRAGMA cache_size = -65536; PRAGMA query_only = ON;")?;
            Ok(connection)
        };
        let connection = open().map_err(|error| error.in_database(path))?;
        Ok(Self {
            connection,
            path: path.to_path_buf(),
            revision: String::new(),
            unfinished: Unfinished::Nothing,
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
        let transaction = self.connection.transaction()?;
        for name in fresh.keys() {
            match write::remove(&transaction, name)? {
                true => done.replaced += 1,
                false => done.added += 1,
            }
        }
        let rows: Vec<_> = fresh.into_values().collect();
        write::insert(&transaction, &rows, &mut self.known)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Before the first change: only now, for the switch itself changes the file.
    fn changes(&mut self, what: Unfinished) -> Result<()> {
        self.unfinished = self.unfinished.max(what);
        Ok(self.connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 20000;",
        )?)
    }

    pub(super) fn log_changes(&mut self) -> Result<()> {
        self.changes(Unfinished::Log)
    }

    /// Takes documents (names) out, with all that is known from them alone, and with the judgements that speak of nothing any
    /// more or name them; gives those. After [`Store::finish`] the file holds no byte of them.
    pub fn forget(&mut self, documents: &[String]) -> Result<Vec<Judgement>> {
        self.changes(Unfinished::Documents)?;
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
            if self.fingerprint_of(&document.id)?.as_deref() == Some(&*fingerprint) {
                continue;
            }
            let smaller = fresh.get(&*document.id).is_none_or(|row| fingerprint < row.fingerprint);
            if smaller {
                fresh.insert(&document.id, write::Row { document, analysis, fingerprint });
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

fn configure_writer(connection: &Connection) -> Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(2))?;
    // 16 MB of pages: an index in the making takes as much again, and so does the copy that VACUUM writes.
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;",
    )?;
    Ok(())
}

fn require(path: &Path) -> Result<()> {
    match path.is_file() {
        true => Ok(()),
        false => Err(Error::Database {
            path: path.to_path_buf(),
            reason: "no such file; make it with `wiregraph build FOLDER`, or name another with --db".into(),
        }),
    }
}

/// The first bytes tell whether SQLite should be asked at all: its own message would not say what the file is.
fn check_header(path: &Path) -> Result<()> {
    use std::io::Read;
    let io = |source| Error::Io { path: path.to_path_buf(), source };
    let mut header = Vec::new();
    fs::File::open(path).and_then(|file| file.take(16).read_to_end(&mut header)).map_err(io)?;
    if header == SQLITE_HEADER {
        return Ok(());
    }
    let reason = "not an SQLite file; expected a database made by `wiregraph build`".into();
    Err(Error::Database { path: path.to_path_buf(), reason })
}

/// The format of a database of ours, which may be an earlier one.
fn identity(connection: &Connection, path: &Path) -> Result<i64> {
    let pragma = |name: &str| -> Result<i64> { Ok(connection.pragma_query_value(None, name, |row| row.get(0))?) };
    let refuse = |reason: String| Error::Database { path: path.to_path_buf(), reason };
    if pragma("application_id")? != APPLICATION_ID {
        return Err(refuse("an SQLite database of another program; expected one made by `wiregraph build`".into()));
    }
    match pragma("user_version")? {
        format @ migrate::OLDEST..=VERSION => Ok(format),
        newer => Err(refuse(format!(
            "format {newer}, and this program reads format {VERSION}; use the version that made it"
        ))),
    }
}

fn check_pages(connection: &Connection, path: &Path) -> Result<()> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    match verdict.as_str() {
        "ok" => Ok(()),
        _ => Err(Error::Integrity { path: path.to_path_buf(), reason: verdict.replace('\n', " ") }),
    }
}

/// A finished file is in rollback mode; one in WAL mode was left by a run that did not end.
fn is_in_wal_mode(path: &Path) -> Result<bool> {
    let bytes = fs::File::open(path).and_then(|file| {
        use std::io::Read;
        let mut header = [0; 20];
        (&file).read_exact(&mut header).map(|()| header)
    });
    bytes.map(|header| header[18] == 2).map_err(|source| Error::Io { path: path.to_path_buf(), source })
}
