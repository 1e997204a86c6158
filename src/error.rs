//! What can go wrong outside the pure middle; every message names the place, what was found and what was expected.

use std::path::PathBuf;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {reason}", path.display())]
    Input { path: PathBuf, reason: String },
    #[error("{}: {source}", path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// A data file of the program or of the user: `place` is file:line:column where known.
    #[error("{place}: {found}; expected {expected}")]
    Data { place: String, found: String, expected: String },
    #[error("model {place}: {reason}")]
    Model { place: String, reason: String },
    #[error("database {}: {reason}", path.display())]
    Database { path: PathBuf, reason: String },
    #[error("{0}")]
    Usage(String),
}
