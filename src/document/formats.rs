//! A path in; whether its ending promises reports, and in which form, out.

use std::path::Path;

/// Endings of files that hold reports one a line.
pub(super) const LINES: [&str; 2] = ["jsonl", "ndjson"];

/// Endings that are no plain text, or text that is no report.
#[rustfmt::skip]
const OTHER: [&str; 52] = [
    "7z", "avi", "bin", "bmp", "bz2", "css", "csv", "db", "doc", "docx", "dot", "epub", "exe", "gif", "gz", "htm",
    "html", "ico", "jpeg", "jpg", "js", "json", "mov", "mp3", "mp4", "odt", "ods", "parquet", "pdf", "png", "ppt",
    "pptx", "py", "rs", "rtf", "sh", "sql", "sqlite", "svg", "tar", "tif", "tiff", "toml", "tsv", "webp", "woff",
    "xls", "xlsx", "xml", "yaml", "yml", "zip",
];

pub(super) fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

/// Promises text: if it is none, that is a failure rather than another kind of file.
pub(super) fn claims_text(path: &Path) -> bool {
    ending(path).is_some_and(|ending| ending == "txt" || LINES.contains(&ending.as_str()))
}

/// Why a file of this name is not read.
pub(super) fn other_format(path: &Path) -> Option<String> {
    let ending = ending(path)?;
    OTHER.contains(&ending.as_str()).then(|| format!(".{ending} files are not read; expected .txt, .jsonl or .ndjson"))
}
