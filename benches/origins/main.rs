//! Generated reports with planted copies in; how many of the copies share an origin, by how much they share, and what that took, out.
//!
//!     cargo bench --bench origins -- [--documents 100000] [--folder FOLDER] [--least 0.99]
//!
//! One report in four takes from another (`wire.rs`): word for word, with some words edited, with its sentences in another order,
//! or with a passage amid words of its own; others only share a quotation, or the lines that their outlet puts below
//! everything. What each of them shares with its original (five-word sequences of the shorter text that the other has) is
//! counted here, exactly, by code of its own. From 0.6 on two texts are one origin by definition; below, they are not.
//! `--least` fails where recall from there on, or precision, is lower.

#[path = "../synthetic/mod.rs"]
#[allow(dead_code)]
mod synthetic;
mod wire;

use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant;
use wire::{Kind, Wire};
use wiregraph::Document;
use wiregraph::analysis::Analysis;
use wiregraph::graph::Store;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const BATCH: usize = 500;
/// The part of the shorter text from which two are one origin.
const COPY: f64 = 0.6;

fn main() -> Result<()> {
    let (mut documents, mut folder, mut least) = (100_000, std::env::temp_dir(), 0.0);
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} expects a value"))?;
        match word.as_str() {
            "--documents" => documents = value.parse()?,
            "--folder" => folder = PathBuf::from(value),
            "--least" => least = value.parse()?,
            _ => return Err(format!("{word}: unknown; see the head of benches/origins/main.rs").into()),
        }
    }
    let path = folder.join(format!("wiregraph-bench-origins-{}.db", std::process::id()));
    let outcome = measure(documents, &path);
    let _ = std::fs::remove_file(&path);
    let (recall, precision) = outcome?;
    match recall >= least && precision >= least {
        true => Ok(()),
        false => Err(format!("recall {recall:.4}, precision {precision:.4}; expected {least} of each").into()),
    }
}

fn measure(documents: usize, path: &Path) -> Result<(f64, f64)> {
    let bytes = write(documents, path)?;
    time(path)?;
    let origins = Origins::read(path, documents)?;
    let taken: Vec<Taken> = (0..documents).filter_map(Taken::of).collect();
    println!(
        "{documents} reports, {} MB of text, {} taken from another, {} origins",
        bytes >> 20,
        taken.len(),
        origins.count()
    );
    let recall = by_band(&taken, &origins);
    let precision = precision(&taken, &origins);
    Ok((recall, precision))
}

/// The bytes of text.
fn write(documents: usize, path: &Path) -> Result<usize> {
    let (mut store, mut bytes) = (Store::create(path, "bench")?, 0);
    let numbers: Vec<usize> = (0..documents).collect();
    for batch in numbers.chunks(BATCH) {
        let batch: Vec<_> = batch.iter().map(|&n| stored(n)).collect();
        bytes += batch.iter().map(|(document, _)| document.text.len()).sum::<usize>();
        store.write(&batch)?;
    }
    store.finish()?;
    Ok(bytes)
}

fn stored(n: usize) -> (Document, Analysis) {
    let (mut text, mut sentences) = (String::new(), Vec::new());
    for sentence in Wire::report(n).sentences {
        let start = text.len();
        text += &sentence;
        sentences.push([start, text.len()]);
        text.push(' ');
    }
    let (id, source) = (format!("{n:07}"), format!("Outlet {}", Wire::outlet(n)));
    let document = Document {
        id: id.clone(),
        source: Some(source.clone()),
        published: None,
        language: "en".into(),
        text,
        extracted: false,
        blocks: Vec::new(),
        notes: Vec::new(),
    };
    (document, Analysis { id, source: Some(source), language: "en".into(), sentences, ..Analysis::default() })
}

/// How long the derivation takes by itself, and how much memory.
fn time(path: &Path) -> Result<()> {
    let store = Store::open_read_only(path)?;
    let before = megabytes("VmRSS:");
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (start, busy) = (Instant::now(), busy());
    store.compare_all()?;
    let (clock, busy) = (start.elapsed().as_secs_f64(), self::busy() - busy);
    println!(
        "origins found in {busy:.1} s of the processor's time ({clock:.1} s by the clock), {} MB above the {before} MB before",
        megabytes("VmHWM:") - before
    );
    Ok(())
}

/// Seconds that the processor gave to this thread; Linux alone tells.
fn busy() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|told| told.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn megabytes(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// For each report the origin that the database has.
struct Origins {
    of: Vec<i64>,
    members: HashMap<i64, Vec<usize>>,
}

impl Origins {
    fn read(path: &Path, documents: usize) -> Result<Self> {
        let connection = Connection::open(path)?;
        let mut query = connection.prepare("SELECT name, origin FROM document")?;
        let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let (mut of, mut members) = (vec![0; documents], HashMap::<i64, Vec<usize>>::new());
        for row in rows {
            let (name, origin) = row?;
            let n: usize = name.parse()?;
            of[n] = origin;
            members.entry(origin).or_default().push(n);
        }
        Ok(Self { of, members })
    }

    fn count(&self) -> usize {
        self.members.len()
    }
}

/// A report that takes from another, and how much of the shorter one both have.
struct Taken {
    report: usize,
    original: usize,
    kind: Kind,
    containment: f64,
}

impl Taken {
    fn of(report: usize) -> Option<Self> {
        let taken = Wire::report(report);
        let original = taken.original?;
        let containment = containment(&sequences(report), &sequences(original));
        Some(Self { report, original, kind: taken.kind, containment })
    }
}

/// Five words in a row, in small letters without marks.
fn sequences(report: usize) -> HashSet<String> {
    let text = Wire::report(report).sentences.join(" ").to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(5).map(|five| five.join(" ")).collect()
}

fn containment(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    a.intersection(b).count() as f64 / a.len().min(b.len()).max(1) as f64
}

/// Prints how many pairs of each band share an origin; gives recall from `COPY` on.
fn by_band(taken: &[Taken], origins: &Origins) -> f64 {
    let mut bands: BTreeMap<(usize, Kind), (usize, usize)> = BTreeMap::new();
    for pair in taken {
        let band = ((pair.containment * 10.0 + 1e-9) as usize).min(9);
        let entry = bands.entry((band, pair.kind)).or_default();
        entry.0 += usize::from(origins.of[pair.report] == origins.of[pair.original]);
        entry.1 += 1;
    }
    for band in 0..10 {
        let kinds: Vec<_> = bands.range((band, Kind::Own)..=(band, Kind::Quoting)).collect();
        let (joined, all) = kinds.iter().fold((0, 0), |sum, (_, entry)| (sum.0 + entry.0, sum.1 + entry.1));
        let told: Vec<String> =
            kinds.iter().map(|((_, kind), entry)| format!("{kind:?} {}/{}", entry.0, entry.1)).collect();
        let rate = joined as f64 / all.max(1) as f64;
        println!(
            "shared .{band} to {}.{}: {joined:6} of {all:6} one origin ({rate:.4}): {}",
            (band + 1) / 10,
            (band + 1) % 10,
            told.join(", ")
        );
    }
    let copies = || taken.iter().filter(|pair| pair.containment >= COPY);
    let found = copies().filter(|pair| origins.of[pair.report] == origins.of[pair.original]).count();
    let recall = found as f64 / copies().count().max(1) as f64;
    println!("recall from {COPY} on: {recall:.4} ({found} of {})", copies().count());
    recall
}

/// Of the reports that share an origin with others, the part that share so much with one of them that they should.
fn precision(taken: &[Taken], origins: &Origins) -> f64 {
    let sound: HashSet<usize> = taken
        .iter()
        .filter(|pair| pair.containment >= COPY && origins.of[pair.report] == origins.of[pair.original])
        .flat_map(|pair| [pair.report, pair.original])
        .collect();
    let (mut right, mut wrong) = (0, 0);
    for members in origins.members.values().filter(|members| members.len() > 1) {
        for member in members {
            // Two excerpts of one story may be copies of each other alone.
            let is_right = sound.contains(member) || {
                let own = sequences(*member);
                members.iter().any(|other| other != member && containment(&own, &sequences(*other)) >= COPY)
            };
            right += usize::from(is_right);
            wrong += usize::from(!is_right);
        }
    }
    let precision = right as f64 / (right + wrong).max(1) as f64;
    println!("precision: {precision:.4} ({right} of {} reports that share an origin)", right + wrong);
    precision
}
