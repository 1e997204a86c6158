//! Paths from the command line in; documents, one at a time, and what could not be read, out.

use super::decode::{decode, repairs};
use super::formats::{LINES, claims_text, ending, other_format};
use super::jsonl;
use super::stream::Lines;
use super::{Document, Known, Note};
use crate::error::{Error, Result};
use crate::text::Span;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What the command line tells where neither the file nor the text does.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub published: Option<Date>,
    pub source: Option<String>,
    /// ISO 639 code of all reports; turns the recognition of languages off.
    pub language: Option<String>,
}

/// Bytes of one report; a longer file or line is refused, so that no input can fill the memory.
pub(super) const LONGEST: u64 = 64 << 20;

/// A file that was passed over on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    pub path: PathBuf,
    pub reason: String,
}

/// Reads files, folders (recursively, sorted by name, hidden files left out) and `-`, standard input.
///
/// `.jsonl` and `.ndjson` hold a report a line; any other file that is text holds one. Each item is a document or the
/// failure of one file or line; the rest goes on. Ids: the `id` of a JSONL line, else `file:line`; else the path below
/// the folder that was named, or the file's name. An id that was given before gets `~2`, `~3` ... and a note.
///
/// ```
/// use wiregraph::document::{Options, read};
/// let mut reports = read(&["no/such/file.txt".into()], &Options::default());
/// let failure = reports.next().unwrap().unwrap_err();
/// assert!(failure.to_string().starts_with("no/such/file.txt: "));
/// assert!(reports.next().is_none());
/// ```
pub fn read(paths: &[PathBuf], options: &Options) -> Reports {
    Reports {
        named: paths.to_vec().into(),
        folder: None,
        lines: None,
        options: options.clone(),
        files: HashSet::new(),
        ids: HashMap::new(),
        skipped: Vec::new(),
    }
}

/// The reports behind the paths; after the last one, [`Reports::skipped`] tells what was passed over.
pub struct Reports {
    named: VecDeque<PathBuf>,
    folder: Option<Folder>,
    lines: Option<Lines>,
    options: Options,
    files: HashSet<PathBuf>,
    ids: HashMap<String, usize>,
    skipped: Vec<Skipped>,
}

struct Folder {
    root: PathBuf,
    walk: walkdir::IntoIter,
    /// Files taken up so far, and those passed over.
    taken: usize,
    passed: usize,
}

impl Reports {
    /// Files passed over so far: other formats, files named twice, links that lead back.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    fn skip(&mut self, path: &Path, reason: impl Into<String>) {
        self.skipped.push(Skipped { path: path.to_owned(), reason: reason.into() });
    }
}

impl Iterator for Reports {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let step = if self.lines.is_some() {
                self.next_line()
            } else if self.folder.is_some() {
                self.next_file()
            } else {
                let path = self.named.pop_front()?;
                self.open_named(path)
            };
            if let Some(item) = step.transpose() {
                return Some(item);
            }
        }
    }
}

/// A document, nothing yet (go on), or a failure.
type Step = Result<Option<Document>>;

impl Reports {
    fn open_named(&mut self, path: PathBuf) -> Step {
        if path == Path::new("-") {
            let input = Box::new(BufReader::new(std::io::stdin()));
            return self.sniff(Path::new("standard input"), "stdin".into(), input);
        }
        let kind = std::fs::metadata(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
        if kind.is_dir() {
            let walk = WalkDir::new(&path).follow_links(true).min_depth(1).sort_by_file_name().into_iter();
            self.folder = Some(Folder { root: path, walk, taken: 0, passed: 0 });
            return Ok(None);
        }
        if let Some(reason) = other_format(&path) {
            return Err(Error::Input { path, reason });
        }
        let name = path.file_name().filter(|_| kind.is_file());
        let id = name.map_or_else(|| "stdin".into(), |name| name.to_string_lossy().into_owned());
        self.open(&path, id)
    }

    fn next_file(&mut self) -> Step {
        let Some(folder) = &mut self.folder else { return Ok(None) };
        let Some(entry) = folder.walk.next() else { return self.close_folder() };
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return self.walk_error(error),
        };
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden && entry.file_type().is_dir() {
            folder.walk.skip_current_dir();
        }
        if hidden || entry.file_type().is_dir() {
            return Ok(None);
        }
        let reason =
            if entry.file_type().is_file() { other_format(entry.path()) } else { Some("no regular file".into()) };
        if let Some(reason) = reason {
            self.pass(entry.path(), reason);
            return Ok(None);
        }
        let id = relative(&folder.root, entry.path());
        match self.open(entry.path(), id) {
            // A file that does not claim to be a report, and is none.
            Err(Error::Input { path, reason }) if !claims_text(&path) => {
                self.pass(&path, reason);
                Ok(None)
            }
            step => {
                self.folder.iter_mut().for_each(|folder| folder.taken += 1);
                step
            }
        }
    }

    fn pass(&mut self, path: &Path, reason: String) {
        self.folder.iter_mut().for_each(|folder| folder.passed += 1);
        self.skip(path, reason);
    }

    fn walk_error(&mut self, error: walkdir::Error) -> Step {
        let path = error.path().map(Path::to_owned).unwrap_or_default();
        if let Some(above) = error.loop_ancestor() {
            let reason = format!("a link back to {}", above.display());
            self.skip(&path, reason);
            return Ok(None);
        }
        Err(Error::Io { path, source: error.into() })
    }

    fn close_folder(&mut self) -> Step {
        let Some(folder) = self.folder.take() else { return Ok(None) };
        if folder.taken > 0 {
            return Ok(None);
        }
        let passed = match folder.passed {
            0 => String::new(),
            n => format!(", {n} of another format"),
        };
        let reason = format!("the folder holds no reports{passed}; expected .txt, .jsonl or .ndjson files");
        Err(Error::Input { path: folder.root, reason })
    }

    fn open(&mut self, path: &Path, id: String) -> Step {
        if let Ok(real) = path.canonicalize()
            && path.is_file()
            && !self.files.insert(real)
        {
            self.skip(path, "the same file was named before");
            return Ok(None);
        }
        let file = File::open(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let input: Box<dyn BufRead> = Box::new(BufReader::with_capacity(1 << 16, file));
        match ending(path) {
            Some(ending) if LINES.contains(&ending.as_str()) => self.start_lines(path, id, input),
            Some(_) => self.whole(path, id, input),
            None if path.is_file() => self.whole(path, id, input),
            // A pipe has no ending to go by.
            None => self.sniff(path, id, input),
        }
    }

    /// JSONL if the first line that is not blank is a JSON object, else one report of text.
    fn sniff(&mut self, path: &Path, id: String, mut input: Box<dyn BufRead>) -> Step {
        let mut head = Vec::new();
        while head.trim_ascii().is_empty() {
            let before = head.len();
            input.by_ref().take(LONGEST).read_until(b'\n', &mut head).map_err(|e| io(path, e))?;
            if head.len() == before {
                break;
            }
        }
        let first = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii();
        let is_object = first.starts_with(b"{") && serde_json::from_slice::<serde_json::Map<_, _>>(first).is_ok();
        let input: Box<dyn BufRead> = Box::new(BufReader::new(std::io::Cursor::new(head).chain(input)));
        if is_object { self.start_lines(path, id, input) } else { self.whole(path, id, input) }
    }

    fn whole(&mut self, path: &Path, id: String, input: Box<dyn BufRead>) -> Step {
        let refuse = |reason: String| Error::Input { path: path.to_owned(), reason };
        let mut bytes = Vec::new();
        input.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|e| io(path, e))?;
        if bytes.len() as u64 > LONGEST {
            return Err(refuse(too_long("file")));
        }
        let (text, notes) = decode(bytes).map_err(refuse)?;
        if text.trim().is_empty() {
            return Err(refuse(
                if text.is_empty() { "the file is empty" } else { "the file holds only blanks" }.into(),
            ));
        }
        let known = Known { file: Some(id.clone()), ..Known::default() };
        Ok(Some(self.finish(id, known, text, notes)))
    }

    fn start_lines(&mut self, path: &Path, id: String, input: Box<dyn BufRead>) -> Step {
        self.lines = Some(Lines { path: path.to_owned(), id, input, number: 0, reports: 0, done: false });
        Ok(None)
    }

    fn next_line(&mut self) -> Step {
        let Some(lines) = &mut self.lines else { return Ok(None) };
        let bytes = match lines.next() {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let empty = lines.reports == 0;
                let path = std::mem::take(&mut lines.path);
                self.lines = None;
                return if empty { Err(Error::Input { path, reason: "the file is empty".into() }) } else { Ok(None) };
            }
            Err(error) => {
                lines.reports += 1;
                return Err(error);
            }
        };
        if bytes.trim_ascii().is_empty() {
            return Ok(None);
        }
        lines.reports += 1;
        let line = String::from_utf8_lossy(&bytes);
        let damaged = matches!(line, std::borrow::Cow::Owned(_));
        let record = jsonl::record(line.trim_end()).map_err(|broken| lines.broken(broken))?;
        let id = record.id.unwrap_or_else(|| format!("{}:{}", lines.id, lines.number));
        let mut notes = if damaged { repairs(&record.text) } else { Vec::new() };
        notes.extend(record.unused.into_iter().map(|text| Note { kind: "metadata", text, span: Span::new(0, 0) }));
        let known = Known { source: record.source, published: record.published, ..Known::default() };
        Ok(Some(self.finish(id, known, record.text, notes)))
    }

    fn finish(&mut self, id: String, known: Known, text: String, mut notes: Vec<Note>) -> Document {
        let id = self.unique(id, &mut notes);
        let known = Known { language: self.options.language.clone(), ..known };
        let mut document = Document::known(id, known, text, notes);
        document.source = document.source.or_else(|| self.options.source.clone());
        document.published = document.published.or(self.options.published);
        document
    }

    fn unique(&mut self, id: String, notes: &mut Vec<Note>) -> String {
        let times = self.ids.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times == 1 {
            return id;
        }
        let text = format!("the id {id:?} was given before: this report is the {}. of that name", *times);
        notes.push(Note { kind: "duplicate", text, span: Span::new(0, 0) });
        let other = format!("{id}~{times}");
        self.unique(other, &mut Vec::new())
    }
}

pub(super) fn io(path: &Path, source: std::io::Error) -> Error {
    Error::Io { path: path.to_owned(), source }
}

pub(super) fn too_long(what: &str) -> String {
    format!(
        "the {what} is longer than {} MB; a collection of reports is read from .jsonl, a report a line",
        LONGEST >> 20
    )
}

/// The path below the folder that was named, with `/` between its parts on every system.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
