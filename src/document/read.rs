//! Paths from the command line in; documents, one at a time, and what could not be read, out.

use super::draft::Draft;
use super::formats::{EXPECTED, about_folder, claims_reports, ending, other_format};
use super::open::{Drafts, drafts, memory};
use super::packed::Input;
use super::{Document, Known, Note};
use crate::error::{Error, Result, shown};
use crate::text::Span;
use encoding_rs::Encoding;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What the command line tells where neither the file nor the text does.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub published: Option<Date>,
    pub source: Option<String>,
    /// ISO 639 code of all reports; turns the recognition of languages off.
    pub language: Option<String>,
    /// What the bytes are in, whatever they look like; a byte-order mark still counts more.
    pub encoding: Option<&'static Encoding>,
}

/// A file that was passed over on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    pub path: PathBuf,
    pub reason: String,
}

/// Reads files, folders (recursively, sorted by name, hidden files left out) and `-`, standard input.
///
/// `.jsonl` and `.ndjson` hold a report a line, `.json` an object or a list of them, `.html` a page with an article; any
/// other file that is text holds one report. Each may be packed (`.gz`, `.zst`). Each item is a document or the failure of
/// one file or line; the rest goes on. Ids: the `id` of a JSON object, else `file:line`; else the path below the folder that
/// was named, or the file's name. An id that was given before gets `~2`, `~3` ... and a note. A text of more than 1 MiB
/// becomes several documents: `name`, `name#2`, `name#3` ...
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
        drafts: None,
        options: options.clone(),
        files: HashSet::new(),
        ids: HashMap::new(),
        skipped: Vec::new(),
        known: (None, None),
    }
}

/// Reads bytes as [`read`] reads a file of that name: the name's ending tells the form, or the bytes where it has none.
///
/// ```
/// use wiregraph::document::{Options, read_bytes};
/// let lines = b"{\"id\": \"a\", \"text\": \"Kyiv said no.\"}\n{broken\n";
/// let reports = read_bytes("wire.jsonl", lines, &Options::default());
/// assert_eq!(reports[0].as_ref().unwrap().id, "a");
/// assert!(reports[1].as_ref().unwrap_err().to_string().starts_with("wire.jsonl:2:"));
/// ```
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Vec<Result<Document>> {
    let mut reports = read(&[], options);
    let path = Path::new(name);
    let first = match other_format(path) {
        Some(reason) => Err(Error::Input { path: path.to_owned(), reason }),
        None => reports.begin(path, name.to_owned(), memory(bytes)),
    };
    first.transpose().into_iter().chain(reports).collect()
}

/// The reports behind the paths; after the last one, [`Reports::skipped`] tells what was passed over.
pub struct Reports {
    named: VecDeque<PathBuf>,
    folder: Option<Folder>,
    drafts: Option<Drafts>,
    options: Options,
    files: HashSet<PathBuf>,
    ids: HashMap<String, usize>,
    skipped: Vec<Skipped>,
    /// Outlet and day that the first part of a longer text told.
    known: (Option<String>, Option<Date>),
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
            let step = if self.drafts.is_some() {
                self.next_draft()
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
            return self.begin(Path::new("standard input"), "stdin".into(), Box::new(BufReader::new(std::io::stdin())));
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
        let reason = match entry.file_type().is_file() {
            true => other_format(entry.path()).or_else(|| about_folder(entry.path())),
            false => Some("no regular file".into()),
        };
        if let Some(reason) = reason {
            self.pass(entry.path(), reason);
            return Ok(None);
        }
        let id = relative(&folder.root, entry.path());
        match self.open(entry.path(), id) {
            // A file that does not claim to hold reports, and holds none.
            Err(Error::Input { reason, .. }) if !claims_reports(entry.path()) => {
                self.pass(entry.path(), reason);
                Ok(None)
            }
            Err(Error::Data { found, .. }) if ending(entry.path()).as_deref() == Some("json") => {
                self.pass(entry.path(), format!("holds no reports: {found}"));
                Ok(None)
            }
            step => {
                self.folder.iter_mut().for_each(|folder| folder.taken += 1);
                step
            }
        }
    }

    fn pass(&mut self, path: &Path, reason: String) {
        self.drafts = None;
        self.folder.iter_mut().for_each(|folder| folder.passed += 1);
        self.skip(path, reason);
    }

    fn walk_error(&mut self, error: walkdir::Error) -> Step {
        let path = error.path().map(Path::to_owned).unwrap_or_default();
        if let Some(above) = error.loop_ancestor() {
            let reason = format!("a link back to {}", shown(above));
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
        let reason = format!("the folder holds no reports{passed}; {EXPECTED}");
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
        self.begin(path, id, Box::new(BufReader::with_capacity(1 << 16, file)))
    }

    /// Takes up an input and gives its first report; the others follow.
    fn begin(&mut self, path: &Path, id: String, input: Input) -> Step {
        let mut drafts = drafts(path, id, input, ending(path).as_deref(), self.options.encoding)?;
        let nothing = || Error::Input { path: path.to_owned(), reason: "the file holds only blanks".into() };
        let first = drafts.next().ok_or_else(nothing)?;
        self.drafts = Some(drafts);
        Ok(Some(self.finish(first?)))
    }

    fn next_draft(&mut self) -> Step {
        let next = self.drafts.as_mut().and_then(Iterator::next);
        if next.is_none() {
            self.drafts = None;
        }
        Ok(next.transpose()?.map(|draft| self.finish(draft)))
    }

    fn finish(&mut self, mut draft: Draft) -> Document {
        if draft.part > 1 {
            draft.source = draft.source.or_else(|| self.known.0.clone());
            draft.published = draft.published.or(self.known.1);
        }
        let id = self.unique(draft.id, &mut draft.notes);
        let language = self.options.language.clone();
        let known = Known { source: draft.source, published: draft.published, language, file: draft.file };
        let mut document = Document::known(id, known, draft.text, draft.notes);
        if draft.part == 1 {
            self.known = (document.source.clone(), document.published);
        }
        document.extracted = draft.extracted;
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

/// The path below the folder that was named, with `/` between its parts on every system.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
