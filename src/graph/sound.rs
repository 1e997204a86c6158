//! The path of a file in; a connection to a sound database of ours out, or what is wrong with the file and what to do about it.

use super::{draft, migrate};
use crate::error::{Error, Result};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::io::Read;
use std::path::Path;

const APPLICATION_ID: i64 = 0x7767_7270;
pub(super) const VERSION: i64 = 2;
const OUTDATED: &str = "made by an earlier version of this program; `wiregraph migrate` brings it to today's format";
const EMPTY: &str = "an empty file; expected a database made by `wiregraph build`";
const SQLITE_HEADER: &[u8] = b"SQLite format 3\0";

/// A database of today's format, for reading.
pub(super) fn todays(path: &Path) -> Result<Connection> {
    check_header(path)?;
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    if identity(&connection, path)? < VERSION {
        return Err(Error::Database { path: path.to_path_buf(), reason: OUTDATED.into() });
    }
    connection.execute_batch("PRAGMA cache_size = -65536; PRAGMA query_only = ON;")?;
    Ok(connection)
}

/// Whether what an earlier run left can be gone on with.
pub(super) fn is_sound(draft: &Path) -> bool {
    draft.is_file() && open_for_reading(draft).is_ok_and(|(_, format)| format == VERSION)
}

/// A database of ours with whole pages, and its format.
pub(super) fn open_for_reading(path: &Path) -> Result<(Connection, i64)> {
    check_header(path)?;
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let format = identity(&connection, path)?;
    check_pages(&connection, path)?;
    Ok((connection, format))
}

pub(super) fn check_permission(path: &Path) -> Result<()> {
    match fs::metadata(path).is_ok_and(|file| file.permissions().readonly()) {
        false => Ok(()),
        true => {
            let reason = "is read-only; allow writing to it (chmod u+w), or write to a copy".into();
            Err(Error::Database { path: path.to_path_buf(), reason })
        }
    }
}

pub(super) fn require(path: &Path) -> Result<()> {
    let reason = match fs::metadata(path) {
        Ok(file) if file.is_dir() => "is a folder; name the file in it (graph.db)",
        Ok(file) if file.is_file() && file.len() == 0 => EMPTY,
        Ok(_) => return Ok(()),
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Error::Database { path: path.to_path_buf(), reason: error.to_string() });
        }
        Err(_) if draft::place(path).is_file() => {
            "not finished yet: a run that was cut short, or goes on, lies beside it; `wiregraph build` with the same reports ends it"
        }
        Err(_) => "no such file; make it with `wiregraph build FOLDER`, or name another with --db",
    };
    Err(Error::Database { path: path.to_path_buf(), reason: reason.into() })
}

/// The first bytes tell whether SQLite should be asked at all: its own message would not say what the file is.
pub(super) fn check_header(path: &Path) -> Result<()> {
    let io = |source| Error::Io { path: path.to_path_buf(), source };
    let mut header = Vec::new();
    fs::File::open(path).and_then(|file| file.take(16).read_to_end(&mut header)).map_err(io)?;
    let reason = if header == SQLITE_HEADER {
        return Ok(());
    } else if header.is_empty() {
        EMPTY
    } else {
        "not an SQLite file; expected a database made by `wiregraph build`"
    };
    Err(Error::Database { path: path.to_path_buf(), reason: reason.into() })
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
pub(super) fn is_in_wal_mode(path: &Path) -> Result<bool> {
    let bytes = fs::File::open(path).and_then(|file| {
        let mut header = [0; 20];
        (&file).read_exact(&mut header).map(|()| header)
    });
    bytes.map(|header| header[18] == 2).map_err(|source| Error::Io { path: path.to_path_buf(), source })
}
