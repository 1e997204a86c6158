//! A database's place in; the file beside it that a run writes to out: held by one writer at a time, kept if the run is cut short.
//!
//! The database itself stays as it is until a whole new one takes its place, so readers have the last finished state all along,
//! and a full disk or a kill costs nothing that was there. Beside `graph.db` lie during a run `graph.db.unfinished`, the draft,
//! and `graph.db.lock`, which says who holds it (by the system's lock on that file) and which state of the database the
//! draft goes on from.

use crate::error::{Error, Result};
use rusqlite::Connection;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, UNIX_EPOCH};

/// Endings of the files of a draft, its last one last, and of the state that is to take the database's place.
const DRAFT: [&str; 4] = ["unfinished-wal", "unfinished-shm", "unfinished-journal", "unfinished"];
const NEXT: [&str; 2] = ["new-journal", "new"];

/// Between two looks at whether another run has ended.
const LOOK: Duration = Duration::from_millis(50);

/// The right to write, and where to.
pub(super) struct Draft {
    /// The database, links followed.
    database: PathBuf,
    lock: File,
}

impl Draft {
    /// Claims the right to write to a database; where another run has it, waits as long as `patience`.
    ///
    /// # Errors
    /// [`Error::Busy`] if the other run did not end, [`Error::Database`] if the folder cannot be written to.
    pub fn claim(database: &Path, patience: Duration) -> Result<Self> {
        let database = fs::canonicalize(database).unwrap_or_else(|_| database.to_path_buf());
        let place = beside(&database, "lock");
        let begin = Instant::now();
        loop {
            let lock = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&place);
            let lock = lock.map_err(|error| unwritable(&database, &error))?;
            match lock.try_lock() {
                // The run that held it may have ended and taken the file away between the two calls.
                Ok(()) if is_at(&lock, &place) => return Ok(Self { database, lock }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if begin.elapsed() < patience => thread::sleep(LOOK),
                Err(TryLockError::WouldBlock) => return Err(Error::Busy { path: database }),
                // A file system without locks: SQLite's own have to do.
                Err(TryLockError::Error(_)) => return Ok(Self { database, lock }),
            }
        }
    }

    pub fn path(&self) -> PathBuf {
        place(&self.database)
    }

    /// Where the next state is put together before it takes the database's place.
    pub fn next(&self) -> PathBuf {
        beside(&self.database, "new")
    }

    /// Whether a run that was cut short has left its work here, on top of the database as it now is. Other work is taken away.
    pub fn resume(&mut self, is_sound: impl FnOnce(&Path) -> bool) -> Result<bool> {
        let mut text = String::new();
        let read = self.lock.rewind().and_then(|()| self.lock.read_to_string(&mut text));
        let resumed = read.is_ok() && text == ticket(&self.database) && is_sound(&self.path());
        if !resumed {
            self.clear()?;
        }
        Ok(resumed)
    }

    /// A draft that holds what `fill` puts in. It goes with the run, unless [`Draft::keep`] says otherwise.
    pub fn begin(&mut self, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        self.clear()?;
        let path = self.path();
        fill(&path)?;
        let io = |source| Error::Write { path: path.clone(), source };
        File::open(&path).and_then(|file| file.sync_all()).map_err(io)
    }

    /// The database as it is, for what changes little of it.
    pub fn copy(&mut self) -> Result<()> {
        let database = self.database.clone();
        self.begin(|draft| {
            let copied = File::open(&database).and_then(|mut from| io::copy(&mut from, &mut File::create(draft)?));
            copied.map(|_| ()).map_err(|source| Error::Write { path: draft.to_path_buf(), source })
        })
    }

    /// From now on the next run goes on with the draft if this one is cut short.
    pub fn keep(&mut self) -> Result<()> {
        let ticket = ticket(&self.database);
        let io = |source| Error::Write { path: beside(&self.database, "lock"), source };
        self.lock.set_len(0).and_then(|()| self.lock.rewind()).map_err(io)?;
        self.lock.write_all(ticket.as_bytes()).and_then(|()| self.lock.sync_all()).map_err(io)
    }

    pub fn open(&self) -> Result<Connection> {
        Ok(Connection::open(self.path())?)
    }

    /// Puts the next state in the database's place, at once, and ends the draft.
    pub fn replace(mut self) -> Result<()> {
        let (next, database) = (self.next(), self.database.clone());
        let io = |source| Error::Write { path: next.clone(), source };
        if let Ok(before) = fs::metadata(&database) {
            fs::set_permissions(&next, before.permissions()).map_err(io)?;
        }
        File::open(&next).and_then(|file| file.sync_all()).map_err(io)?;
        fs::rename(&next, &database).map_err(io)?;
        // So that the new name outlives a power cut; a file system that cannot do it has done what it can.
        let _ = database.parent().map(|folder| File::open(folder).and_then(|folder| folder.sync_all()));
        self.clear()
    }

    /// Takes what the draft holds away. The ticket goes first: without it nobody takes the rest for something.
    fn clear(&mut self) -> Result<()> {
        let io = |path: &Path, source| Error::Write { path: path.to_path_buf(), source };
        let lock = beside(&self.database, "lock");
        self.lock.set_len(0).and_then(|()| self.lock.rewind()).map_err(|source| io(&lock, source))?;
        for ending in DRAFT.into_iter().chain(NEXT) {
            let path = beside(&self.database, ending);
            match fs::remove_file(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(io(&path, source)),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Drop for Draft {
    /// Leaves nothing behind but what the next run can go on with.
    fn drop(&mut self) {
        for ending in NEXT {
            let _ = fs::remove_file(beside(&self.database, ending));
        }
        if self.lock.metadata().is_ok_and(|lock| lock.len() == 0) && self.clear().is_ok() {
            let _ = fs::remove_file(beside(&self.database, "lock"));
        }
    }
}

/// Where the draft of a database lies.
pub(super) fn place(database: &Path) -> PathBuf {
    beside(database, "unfinished")
}

/// `graph.db` and `lock`: `graph.db.lock`
fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(".");
    name.push(ending);
    name.into()
}

/// Names a state of the database: what is said of another does not hold.
fn ticket(database: &Path) -> String {
    let state = fs::metadata(database).ok().filter(|file| file.len() > 0).map(|file| {
        let written = file.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        format!("{} bytes, {} ns", file.len(), written.as_nanos())
    });
    let name = database.file_name().unwrap_or_default().to_string_lossy();
    format!(
        "{name}.unfinished is a run of wiregraph that has not ended; the next run goes on with it if {name} is still as it was: {}\n",
        state.as_deref().unwrap_or("not there yet")
    )
}

#[cfg(unix)]
fn is_at(file: &File, place: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |file: fs::Metadata| (file.dev(), file.ino());
    file.metadata().map(number).ok() == fs::metadata(place).map(number).ok()
}

/// Elsewhere an open file keeps its name.
#[cfg(not(unix))]
fn is_at(_: &File, place: &Path) -> bool {
    place.exists()
}

fn unwritable(database: &Path, error: &io::Error) -> Error {
    let reason = format!("cannot be written to: its folder gives no new file ({error}); name another with --db or -o");
    Error::Database { path: database.to_path_buf(), reason }
}
