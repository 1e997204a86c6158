//! Paths of lists, or folders of them, in; their texts out.

use crate::error::{Error, Result};
use crate::import;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A list as it was read.
pub struct ListFile {
    pub name: String,
    pub text: String,
}

/// The lists behind the paths, those of a folder in order of name.
///
/// # Errors
/// A path that cannot be read, a folder without a list, bytes that are no UTF-8.
pub fn read(paths: &[PathBuf]) -> Result<Vec<ListFile>> {
    let mut lists = Vec::new();
    for path in paths {
        for file in files(path)? {
            let text = import::text(&file)?;
            lists.push(ListFile { name: file.display().to_string(), text });
        }
    }
    Ok(lists)
}

/// The path itself, or the lists (`.tsv`, packed or not) in a folder and below it, in order of name. Tables of other things that
/// lie among them are passed over.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|error| failed(error.into()))?;
        if entry.file_type().is_file() && is_list(entry.path()) && import::is_list(entry.path())? {
            files.push(entry.into_path());
        }
    }
    match files.is_empty() {
        true => {
            Err(Error::Usage(format!("{}: no list in the folder; expected files that end in .tsv", path.display())))
        }
        false => Ok(files),
    }
}

fn is_list(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    name.ends_with(".tsv")
}
