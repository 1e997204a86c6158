//! A name and the first bytes behind it in; which kind of reports they hold, or why none, out.

use super::packed::PACKED;
use std::path::Path;

/// How the bytes of an input, once unpacked, become reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One report of running text, in parts if it is long.
    Text,
    /// One page: its article.
    Html,
    /// A JSON object a line.
    Lines,
    /// JSON objects one after the other or in a list, over as many lines as they like.
    Objects,
}

/// Endings of files that hold reports one a line.
const LINES: [&str; 2] = ["jsonl", "ndjson"];
const PAGES: [&str; 3] = ["html", "htm", "xhtml"];

/// Endings that are no plain text, or text that is no report.
#[rustfmt::skip]
const OTHER: [&str; 57] = [
    "7z", "avi", "bin", "bmp", "bz2", "css", "csv", "db", "db-wal", "doc", "docx", "dot", "epub", "exe", "gif", "ico", "jpeg",
    "jpg", "js", "lock", "mov", "mp3", "mp4", "new", "odt", "ods", "parquet", "pdf", "png", "ppt", "pptx", "py", "rar", "rs", "rtf",
    "sh", "sql", "sqlite", "svg", "tar", "tgz", "tif", "tiff", "toml", "tsv", "unfinished", "unfinished-shm", "unfinished-wal", "webp", "woff", "xls", "xlsx", "xml",
    "xz", "yaml", "yml", "zip",
];

/// What the first bytes of other formats look like.
const MAGIC: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (or DOCX, ODT, EPUB)"),
    (b"\xD0\xCF\x11\xE0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xFD7zXZ\0", "xz data"),
    (b"BZh", "bzip2 data"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"SQLite format 3\0", "a database"),
];

/// Files that tell about the folder they lie in.
const ABOUT: [&str; 8] =
    ["authors", "changelog", "contributing", "copying", "license", "notice", "readme", "third-party"];

pub(super) const EXPECTED: &str = "expected .txt, .html, .json, .jsonl or .ndjson, as they are or packed (.gz, .zst)";

/// The ending in small letters; that of a packed file is what stands before `.gz` or `.zst`.
pub(super) fn ending(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
    if PACKED.contains(&ending.as_str()) {
        path.file_stem().and_then(|stem| self::ending(Path::new(stem)))
    } else {
        Some(ending)
    }
}

/// Promises reports: if it holds none, that is a failure rather than another kind of file.
pub(super) fn claims_reports(path: &Path) -> bool {
    ending(path).is_some_and(|ending| ending == "txt" || [&LINES[..], &PAGES].concat().contains(&ending.as_str()))
}

/// Why a file of this name is not read.
pub(super) fn other_format(path: &Path) -> Option<String> {
    let ending = ending(path)?;
    OTHER.contains(&ending.as_str()).then(|| format!(".{ending} files are not read; {EXPECTED}"))
}

/// Why a file that lies in a folder of reports is taken for none by its name.
pub(super) fn about_folder(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy().to_ascii_lowercase();
    let plain = ending(path).is_none_or(|ending| ["md", "txt"].contains(&ending.as_str()));
    (plain && ABOUT.contains(&stem.as_str())).then(|| "tells about the folder; name the file itself to read it".into())
}

/// What bytes that begin so are, where they are no text.
pub(super) fn kind_of_content(head: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, kind)| *kind)
}

/// Why bytes that begin so are not read.
pub(super) fn other_content(head: &[u8]) -> Option<String> {
    let kind = kind_of_content(head)?;
    Some(format!("this is {kind}, which is not read; {EXPECTED}"))
}

/// By the ending; where it leaves that open, by how the bytes (UTF-8, unpacked) begin.
pub(super) fn form(ending: Option<&str>, head: &[u8]) -> Form {
    match ending {
        Some(ending) if LINES.contains(&ending) => Form::Lines,
        Some(ending) if PAGES.contains(&ending) => Form::Html,
        Some("json") => json(head).unwrap_or(Form::Objects),
        _ if is_page(head) => Form::Html,
        None => json(head).unwrap_or(Form::Text),
        Some(_) => Form::Text,
    }
}

/// A doctype or `<html>`, after comments and an XML declaration.
fn is_page(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = head.trim_start();
    while let Some((open, close)) = [("<!--", "-->"), ("<?xml", "?>")].iter().find(|(open, _)| rest.starts_with(open)) {
        let Some(end) = rest[open.len()..].find(close) else { return false };
        rest = rest[open.len() + end + close.len()..].trim_start();
    }
    rest.starts_with("<!doctype html") || ["<html>", "<html "].iter().any(|tag| rest.starts_with(tag))
}

/// Lines if the first one is an object by itself, else objects if it begins like one; `None` if it is no JSON.
fn json(head: &[u8]) -> Option<Form> {
    let head = head.trim_ascii_start();
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let whole_line = first.len() < head.len();
    match serde_json::from_slice::<serde_json::Map<_, _>>(first) {
        Ok(_) => return Some(Form::Lines),
        // A line that breaks off in mid-string is a broken line, or a long one.
        Err(error) if error.is_eof() && begins(first, b"{\"") && (!whole_line || in_string(&error)) => {
            return Some(Form::Lines);
        }
        Err(_) => {}
    }
    (begins(head, b"{\"") || begins(head, b"[{\"")).then_some(Form::Objects)
}

fn in_string(error: &serde_json::Error) -> bool {
    error.to_string().contains("parsing a string")
}

/// Whether the signs follow each other, with nothing but blanks between.
fn begins(mut head: &[u8], signs: &[u8]) -> bool {
    signs.iter().all(|sign| {
        head = head.trim_ascii_start();
        let found = head.first() == Some(sign);
        head = head.get(1..).unwrap_or_default();
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_look_through_packing() {
        assert_eq!(ending(Path::new("a/b.TXT.gz")).as_deref(), Some("txt"));
        assert_eq!(ending(Path::new("b.jsonl.zst")).as_deref(), Some("jsonl"));
        assert_eq!((ending(Path::new("dump.gz")), ending(Path::new("dump"))), (None, None));
        assert!(other_format(Path::new("all.tar.gz")).unwrap().starts_with(".tar files"));
    }

    #[test]
    fn what_no_ending_tells_the_bytes_tell() {
        let told = |head: &str| form(None, head.as_bytes());
        assert_eq!(told("<?xml version='1.0'?>\n<!-- saved -->\n<!DOCTYPE html><p>"), Form::Html);
        assert_eq!(told("{\"id\": 1, \"text\": \"a\"}\n{bad"), Form::Lines);
        assert_eq!(told("{\n  \"text\": \"a\"\n}"), Form::Objects);
        assert_eq!(told(" [\n {\"text\": \"a\"}]"), Form::Objects);
        assert_eq!(told("{\"text\": \"cut off\n{\"text\": \"b\"}\n"), Form::Lines);
        assert_eq!(told("[Editor's note] {\"x\"}"), Form::Text);
        assert_eq!(form(Some("txt"), b"{\"text\": 1}\n"), Form::Text);
    }
}
