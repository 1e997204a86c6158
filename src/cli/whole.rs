//! A place and what writes to it in; a file that is there whole or not at all out.

use crate::error::{Error, Result};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file beside its place and moves it there. What is no file (a pipe, /dev/null) is written to as it is.
pub fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    make_folder(path)?;
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return fill(path, content);
    }
    let new = beside(path);
    fill(&new, content).and_then(|()| put(&new, path)).map_err(|error| {
        let _ = fs::remove_file(&new);
        error.named(path)
    })
}

/// Where a file is put together before it has its name.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".new");
    name.into()
}

/// Gives a file that is whole the name that it is to have; a link keeps leading where it led.
pub fn put(new: &Path, path: &Path) -> Result<()> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    fs::rename(new, place).map_err(|source| Error::Write { path: path.into(), source })
}

pub fn make_folder(path: &Path) -> Result<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => fs::create_dir_all(folder).map_err(|source| Error::Write { path: folder.into(), source }),
        None => Ok(()),
    }
}

fn fill(path: &Path, content: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let io = |source| Error::Write { path: path.into(), source };
    let mut out = BufWriter::new(File::create(path).map_err(io)?);
    content(&mut out).map_err(|error| error.named(path))?;
    out.flush().map_err(io)
}
