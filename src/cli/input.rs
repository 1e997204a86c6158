//! Paths in, documents out, and what could not be read.

use crate::document::{Block, BlockKind, Document};
use crate::error::{Error, Result};
use crate::text::Span;
use clap::Args;
use jiff::civil::Date;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What the files themselves do not tell.
#[derive(Clone, Debug, Default, Args)]
pub struct Known {
    /// Day of publication where a report does not tell it
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    /// Outlet where a report does not tell it
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
}

/// What was found below the paths that a person named.
pub struct Input {
    /// In order; a failure stands where its document would.
    pub documents: Vec<Result<Document>>,
    /// Files passed over, and why.
    pub skipped: Vec<(PathBuf, String)>,
}

pub fn documents(paths: &[PathBuf], known: &Known) -> Input {
    let found = paths.iter().flat_map(|path| files(path));
    let documents = found.flat_map(|file| file.map_or_else(|error| vec![Err(error)], |file| read(&file, known)));
    Input { documents: documents.collect(), skipped: Vec::new() }
}

struct File {
    path: PathBuf,
    id: String,
}

fn files(path: &Path) -> Vec<Result<File>> {
    if path == Path::new("-") {
        return vec![Ok(File { path: path.into(), id: "-".into() })];
    }
    if !path.is_dir() {
        let id = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return vec![Ok(File { path: path.into(), id })];
    }
    let below = WalkDir::new(path).sort_by_file_name().into_iter().filter_map(|entry| match entry {
        Ok(entry) if entry.file_type().is_file() => {
            let id = entry.path().strip_prefix(path).unwrap_or(entry.path()).to_string_lossy().into_owned();
            Some(Ok(File { path: entry.into_path(), id }))
        }
        Ok(_) => None,
        Err(error) => Some(Err(Error::Input { path: path.into(), reason: error.to_string() })),
    });
    below.collect()
}

fn read(file: &File, known: &Known) -> Vec<Result<Document>> {
    let mut bytes = Vec::new();
    let done = match file.id.as_str() {
        "-" => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
        _ => fs::read(&file.path).map(|read| bytes = read),
    };
    if let Err(source) = done {
        return vec![Err(Error::Io { path: file.path.clone(), source })];
    }
    match String::from_utf8(bytes) {
        Ok(text) if file.path.extension().is_some_and(|extension| extension == "jsonl") => lines(file, &text, known),
        Ok(text) if !text.trim().is_empty() => vec![Ok(document(file.id.clone(), text, known))],
        Ok(_) => vec![Err(Error::Input { path: file.path.clone(), reason: "empty".into() })],
        Err(_) => vec![Err(Error::Input { path: file.path.clone(), reason: "not UTF-8 text".into() })],
    }
}

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    text: String,
    published: Option<String>,
    source: Option<String>,
}

fn lines(file: &File, text: &str, known: &Known) -> Vec<Result<Document>> {
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(number, line)| match serde_json::from_str::<Line>(line) {
            Ok(line) => {
                let own = Known {
                    published: line.published.and_then(|day| day.parse().ok()).or(known.published),
                    source: line.source.or(known.source.clone()),
                };
                Ok(document(line.id, line.text, &own))
            }
            Err(error) => {
                Err(Error::Input { path: file.path.clone(), reason: format!("line {}: {error}", number + 1) })
            }
        })
        .collect()
}

fn document(id: String, text: String, known: &Known) -> Document {
    let span = Span::new(0, text.len());
    let block = Block { kind: BlockKind::Prose, span, text: text.clone(), steps: vec![(0, 0)] };
    Document {
        id,
        source: known.source.clone(),
        published: known.published,
        text,
        blocks: vec![block],
        notes: Vec::new(),
    }
}
