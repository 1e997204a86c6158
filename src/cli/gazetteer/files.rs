//! Paths of lists, or folders of them, in; their texts out.

use crate::error::{Error, Result};
use std::fs;
use std::path::{Path, PathBuf};

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
            let text = crate::import::text(&file)?;
            lists.push(ListFile { name: file.display().to_string(), text });
        }
    }
    Ok(lists)
}

/// The path itself, or the `.tsv` files (packed or not) of a folder.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(failed)?;
    let mut files =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    files.retain(|file| is_list(file));
    files.sort();
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
