//! Reports in; the database, its DOT and its picture out, with a summary of what was read, kept and skipped.

use super::draw;
use super::input::ReadArgs;
use super::output::{self, BOLD, say};
use super::parallel::{JobArgs, Ordered};
use super::phrase::counted;
use super::progress::Progress;
use super::stop;
use super::wait::WaitArgs;
use crate::Analyser;
use crate::analysis::Analysis;
use crate::document::{Document, Skipped};
use crate::error::{Error, Result, shown};
use crate::graph::{Store, Written};
use clap::Args;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread::{self, Scope};

/// Read reports into the graph: new ones are added, changed ones replace their own evidence
#[derive(Args)]
#[command(after_help = READ)]
pub struct Build {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder for graph.db, graph.dot and graph.svg
    #[arg(short, long, value_name = "FOLDER", default_value = "out")]
    out: PathBuf,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    jobs: JobArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

const READ: &str = "\
Reads:  .txt and other plain text, a report a file    .html, the article of a page
        .jsonl, an object a line: {\"id\", \"text\", \"published\", \"source\"}; .json, an object or a list of them
        each as it is or packed (.gz, .zst), in any common encoding; a text over 1 MiB becomes several documents

Example:
  wiregraph build samples -o out";

/// Documents to a transaction, and bytes of their texts: whichever is reached first.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 2 << 20;

#[derive(Default)]
struct Tally {
    written: Written,
    failed: Vec<Error>,
    skipped: Vec<Skipped>,
    /// Kinds of notes that analyses left, and how many.
    notes: BTreeMap<String, usize>,
    /// Analysed and not yet stored.
    batch: Vec<Analysed>,
    batch_bytes: usize,
}

type Analysed = (Document, Analysis);

impl Build {
    pub fn run(self) -> Result<u8> {
        fs::create_dir_all(&self.out).map_err(|source| Error::Write { path: self.out.clone(), source })?;
        let path = self.out.join("graph.db");
        self.listen()?;
        let revision = self.read.revision()?;
        let mut store = self.wait.writer(&path, |patience| Store::create_patiently(&path, &revision, patience))?;
        store.stop_when(stop::asked)?;
        let filled = self.fill(&mut store);
        let kept = store.is_resumed();
        let tally = match filled {
            Ok(tally) if stop::asked() => return Err(interrupted(&path, tally.written, kept)),
            filled => filled.map_err(|error| error.in_database(&path))?,
        };
        store.finish().map_err(|error| if stop::asked() { interrupted(&path, tally.written, kept) } else { error })?;
        let store = Store::open_read_only(&path)?;
        let changed = tally.written.added + tally.written.replaced > 0;
        if changed || draw::is_outdated(&path) {
            draw::whole(&store, &self.out)?;
        }
        for error in &tally.failed {
            say(format!("failed: {error}"));
        }
        summary(&store, &tally)?;
        Ok(if tally.failed.is_empty() { 0 } else { 3 })
    }

    /// Standard input may never say another word, and reading it cannot be called off: then an end is an end at once.
    fn listen(&self) -> Result<()> {
        match self.paths.iter().any(|path| path.as_os_str() == "-") {
            true => Ok(()),
            false => Ok(stop::listen()?),
        }
    }

    fn fill(&self, store: &mut Store) -> Result<Tally> {
        let mut tally = Tally::default();
        let progress = Progress::new("documents", true);
        let mut reports = self.read.reports(&self.paths);
        // Made when it is first needed: nothing new, nothing to load.
        let analyser = OnceCell::new();
        thread::scope(|scope| {
            let mut analyses = None;
            for report in &mut reports {
                if stop::asked() {
                    break;
                }
                progress.step();
                match report {
                    Ok(document) if store.holds(&document)? => tally.written.unchanged += 1,
                    Ok(document) => {
                        let analyses = self.analyses(&mut analyses, scope, &analyser)?;
                        while let Some(analysis) = analyses.take_before(&document) {
                            tally.take(analysis, store)?;
                        }
                        analyses.give(document);
                    }
                    Err(error) => tally.failed.push(error),
                }
            }
            while !stop::asked()
                && let Some(analysis) = analyses.as_mut().and_then(Ordered::take)
            {
                tally.take(analysis, store)?;
            }
            if stop::asked() {
                progress.aside(|| say("stopping; Ctrl-C again ends at once"));
                while let Some(analysis) = analyses.as_mut().and_then(Ordered::take_ready) {
                    tally.take(analysis, store)?;
                }
                drop(analyses);
                return tally.flush(store);
            }
            tally.flush(store)
        })?;
        progress.end();
        tally.skipped = reports.skipped().to_vec();
        Ok(tally)
    }

    fn analyses<'a, 'scope>(
        &self,
        started: &'a mut Option<Ordered<Analysed>>,
        scope: &'scope Scope<'scope, '_>,
        analyser: &'scope OnceCell<Analyser>,
    ) -> Result<&'a mut Ordered<Analysed>> {
        if let Some(started) = started {
            return Ok(started);
        }
        let loaded = self.read.analyser()?;
        let analyser: &Analyser = analyser.get_or_init(|| loaded);
        let work = move |document: Document| {
            let analysis = analyser.analyze(&document);
            (document, analysis)
        };
        Ok(started.insert(Ordered::start(scope, self.jobs.count(), work)?))
    }
}

impl Tally {
    fn take(&mut self, analysed: Result<Analysed>, store: &mut Store) -> Result<()> {
        match analysed {
            Ok((document, analysis)) => {
                for note in &analysis.notes {
                    *self.notes.entry(note.kind.clone()).or_default() += 1;
                }
                self.batch_bytes += document.text.len();
                self.batch.push((document, analysis));
            }
            Err(error) => self.failed.push(error),
        }
        match self.batch.len() >= BATCH || self.batch_bytes >= BATCH_BYTES {
            true => self.flush(store),
            false => Ok(()),
        }
    }

    fn flush(&mut self, store: &mut Store) -> Result<()> {
        let written = store.write(&self.batch)?;
        self.written.added += written.added;
        self.written.replaced += written.replaced;
        self.written.unchanged += written.unchanged;
        self.batch.clear();
        self.batch_bytes = 0;
        Ok(())
    }
}

/// What is kept, and how to go on.
fn interrupted(path: &Path, written: Written, kept: bool) -> Error {
    let (database, draft) = (shown(path), shown(&Store::draft_of(path)));
    let kept = match (written.added + written.replaced, kept) {
        (0, false) => "nothing new was kept".to_owned(),
        (0, true) => format!("what earlier runs read is kept in {draft}"),
        (read, _) => format!("what {} gave is kept in {draft}", counted(read as i64, "report")),
    };
    let state = if path.is_file() { "is as it was" } else { "is not there yet" };
    Error::Interrupted(format!("interrupted: {kept}; {database} {state}. The same command again goes on from here"))
}

fn summary(store: &Store, tally: &Tally) -> Result<()> {
    let (counts, written) = (store.counts()?, tally.written);
    let mut out = output::stdout();
    writeln!(out, "{BOLD}{}{BOLD:#}", store.path().display())?;
    let changes = format!("{} new, {} changed, {} unchanged", written.added, written.replaced, written.unchanged);
    writeln!(out, "  {:<11}{:>8}   {changes}", "documents", counts.documents)?;
    let rows = [
        ("origins", counts.origins, "independent texts"),
        ("sentences", counts.sentences, ""),
        ("mentions", counts.mentions, ""),
        ("entities", counts.entities, ""),
        ("edges", counts.edges, ""),
        ("evidence", counts.evidence, ""),
        ("claims", counts.claims, ""),
    ];
    for (name, count, meaning) in rows {
        writeln!(out, "{}", format!("  {name:<11}{count:>8}   {meaning}").trim_end())?;
    }
    if !tally.skipped.is_empty() {
        writeln!(out, "  {:<11}{:>8}   {}", "skipped", tally.skipped.len(), reasons(&tally.skipped))?;
    }
    if !tally.failed.is_empty() {
        writeln!(out, "  {:<11}{:>8}   inputs; the reasons are above", "failed", tally.failed.len())?;
    }
    for (kind, count) in &tally.notes {
        writeln!(out, "  {kind:<11}{count:>8}   {}", meaning(kind))?;
    }
    Ok(out.flush()?)
}

/// What a kind of note tells; `extract` shows each where it stands.
fn meaning(kind: &str) -> &'static str {
    match kind {
        "furniture" => "bylines, captions, links ...: kept out of the edges",
        "no-prose" => "reports without running text",
        "duplicate" => "reports whose id was given before",
        "metadata" => "what could not be used of fields and pages, days and outlets that disagree",
        "author" => "authors that pages name",
        "encoding" => "other encodings than UTF-8, damaged characters",
        "part" => "parts of texts too long for one document",
        "cut-off" => "texts whose end is missing",
        "table" | "list" => "rows and points that are no sentences: kept out of the edges",
        "language" => "reports or paragraphs in another language: names, no edges",
        "mojibake" => "text misread by an earlier program: repaired, or not read",
        "endless" => "sentences too long to be one: not read for edges",
        "attachment" => "what a preposition goes with is open: no edge",
        "many" => "deeds that more than four share: no edges",
        "question" => "asked, not stated: no edge",
        "reference" => "a pronoun that could mean several: no edge",
        "sharing" => "each on its own or each to the other: no edge",
        "speaker" => "sentences of somebody's words, nobody knows whose",
        _ => "passages repaired or given up",
    }
}

/// "3 empty (a.txt, ...), 1 another format (b.doc)"
fn reasons(skipped: &[Skipped]) -> String {
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for Skipped { path, reason } in skipped {
        by_reason.entry(reason).or_default().push(shown(path));
    }
    let told = by_reason.into_iter().map(|(reason, paths)| {
        let more = if paths.len() > 3 { ", ..." } else { "" };
        format!("{} {reason} ({}{more})", paths.len(), paths.iter().take(3).cloned().collect::<Vec<_>>().join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}
