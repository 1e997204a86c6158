//! What can go wrong outside the pure middle; every message names the place, what was found and what was expected.

use std::io;
use std::path::{Path, PathBuf};

/// `file:line:column` of a byte of its text, both counted from one, the column in characters.
pub(crate) fn place_in(file: &str, text: &str, at: usize) -> String {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("{file}:{line}:{column}")
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {reason}", shown(path))]
    Input { path: PathBuf, reason: String },
    #[error("{}: {source}", shown(path))]
    Io {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    /// A file of ours that could not be written; what was there before still is.
    #[error("{}: not written: {source}{}", shown(path), advice(source))]
    Write {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    /// A data file of the program or of the user: `place` is file:line:column where known.
    #[error("{place}: {found}; expected {expected}")]
    Data { place: String, found: String, expected: String },
    #[error("model {place}: {reason}")]
    Model { place: String, reason: String },
    /// A database that this program cannot use, or not now.
    #[error("database {}: {reason}", shown(path))]
    Database { path: PathBuf, reason: String },
    /// A database that another run of this program is writing to.
    #[error(
        "database {}: another run is writing to it; wait for it to end, or let this one wait with --wait SECONDS",
        shown(path)
    )]
    Busy { path: PathBuf },
    /// A database of ours whose content is damaged.
    #[error("database {}: damaged: {reason}; move it away and run `wiregraph build` again", shown(path))]
    Integrity { path: PathBuf, reason: String },
    /// From SQLite, before anyone has said which file it was: see [`Error::in_database`].
    #[error("SQL: {0}")]
    Sql(#[from] rusqlite::Error),
    /// Writing an answer out failed; a closed pipe is no failure of ours.
    #[error("output: {}{}", .0, advice(.0))]
    Output(#[from] io::Error),
    #[error("{0}")]
    Usage(String),
    /// The question was right and the answer is empty.
    #[error("{0}")]
    NotFound(String),
    /// The person at the terminal, or the system, asked the program to end.
    #[error("{0}")]
    Interrupted(String),
}

impl Error {
    /// What the program ends with: 1 nothing found, 2 usage or an unusable file, 3 an input failed, 4 damage,
    /// 130 interrupted.
    ///
    /// ```
    /// assert_eq!(wiregraph::Error::Usage("which Georgia?".into()).exit_code(), 2);
    /// ```
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NotFound(_) => 1,
            Self::Usage(_) | Self::Data { .. } | Self::Database { .. } | Self::Busy { .. } => 2,
            Self::Write { .. } | Self::Output(_) => 2,
            Self::Sql(error) if is_damage(error) => 4,
            Self::Sql(_) => 2,
            Self::Input { .. } | Self::Io { .. } => 3,
            Self::Model { .. } | Self::Integrity { .. } => 4,
            Self::Interrupted(_) => 130,
        }
    }

    /// Whether the reader of our output went away, which nobody needs to be told.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Names the file that an answer, or what stands for it until it is whole, could not be written to; other errors pass.
    pub fn named(self, path: &Path) -> Self {
        match self {
            Self::Output(source) | Self::Write { source, .. } => Self::Write { path: path.to_path_buf(), source },
            other => other,
        }
    }

    /// Names the file behind an error of SQLite; other errors pass.
    pub fn in_database(self, path: &Path) -> Self {
        let path = path.to_path_buf();
        match self {
            Self::Sql(error) if is_damage(&error) => Self::Integrity { path, reason: error.to_string() },
            Self::Sql(error) if is_busy(&error) => {
                Self::Database { path, reason: "in use by another program; wait for it to end, or close it".into() }
            }
            Self::Sql(error) if is_unwritten(&error) => {
                let advice = "the disk may be full or not to be written to: put that right and run the command again; \
                              what the last finished run left is as it was";
                Self::Database { path, reason: format!("{error}; {advice}") }
            }
            Self::Sql(error) => Self::Database { path, reason: error.to_string() },
            other => other,
        }
    }
}

/// What a person can do about a file that could not be written.
fn advice(error: &io::Error) -> &'static str {
    use io::ErrorKind::{
        AlreadyExists, FileTooLarge, NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    match error.kind() {
        StorageFull | QuotaExceeded | FileTooLarge => "; make room and run the command again",
        AlreadyExists | NotADirectory => "; expected a folder",
        PermissionDenied | ReadOnlyFilesystem => "; name a place that can be written to",
        _ => "",
    }
}

/// A path as messages show it: what would steer a terminal or turn the reading direction is written out.
///
/// ```
/// assert_eq!(wiregraph::error::shown("a\u{1b}[2J\n.txt".as_ref()), "a\\u{1b}[2J\\n.txt");
/// ```
pub fn shown(path: &Path) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let written = |c: char| if steers(c) { c.escape_default().to_string() } else { c.to_string() };
    path.to_string_lossy().chars().map(written).collect()
}

fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
        || matches!(error, rusqlite::Error::InvalidColumnType(..) | rusqlite::Error::Utf8Error(..))
}

fn is_unwritten(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DiskFull, ReadOnly, SystemIoFailure};
    matches!(error.sqlite_error_code(), Some(DiskFull | ReadOnly | SystemIoFailure))
}

fn is_busy(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
}
