//! Generated reports with planted copies in; how many of the copies share an origin, by how much they share, and what that took, out.
//!
//!     cargo bench --bench origins -- [--documents 100000] [--folder FOLDER] [--least 0.99]
//!
//! One report in four is planted: word for word, with some words edited, with its sentences in another order, or with a part of
//! another report's text amid words of its own; others only share a quotation, or the lines that their outlet puts below everything. Each planted
//! pair's containment (five-word sequences of the shorter text that the other has) is counted here, exactly, by code of its
//! own. From 0.6 on two texts are one origin by definition. `--least` fails where recall from there on, or precision, is lower.

mod wire;
#[path = "../synthetic/mod.rs"]
#[allow(dead_code)]
mod synthetic;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant;
use wire::{Kind, Report, Wire};
use wiregraph::Document;
use wiregraph::analysis::Analysis;
use wiregraph::graph::Store;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const BATCH: usize = 500;
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
    if recall < least || precision < least {
        return Err(format!("recall {recall:.4}, precision {precision:.4}; expected {least} of each").into());
    }
    Ok(())
}

fn measure(documents: usize, path: &Path) -> Result<(f64, f64)> {
    let wire = Wire::new(documents);
    let bytes = write(&wire, documents, path, |_| true)?;
    let origins = origins(path)?;
    let planted: Vec<Planted> = (0..documents).filter_map(|n| Planted::of(&wire, n)).collect();
    println!("{documents} reports, {} MB of text, {} planted, {} origins", bytes >> 20, planted.len(), distinct(&origins));
    let recall = by_band(&planted, &origins);
    by_kind(&planted, &origins);
    Ok((recall, precision(&wire, &origins)))
}

/// Stores the chosen reports and finishes; tells what that took. The bytes of text.
fn write(wire: &Wire, documents: usize, path: &Path, chosen: impl Fn(usize) -> bool) -> Result<usize> {
    let (mut store, mut bytes) = (Store::create(path, "bench")?, 0);
    let numbers: Vec<usize> = (0..documents).filter(|n| chosen(*n)).collect();
    for batch in numbers.chunks(BATCH) {
        let batch: Vec<_> = batch.iter().map(|&n| stored(n, wire.report(n))).collect();
        bytes += batch.iter().map(|(document, _)| document.text.len()).sum::<usize>();
        store.write(&batch)?;
    }
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let start = Instant::now();
    let spent = store.derive_origins()?;
    println!("origins derived in {spent:.1} s; peak of the process {} MB", peak());
    store.finish()?;
    println!("the whole end of the run took {:.1} s", start.elapsed().as_secs_f64());
    Ok(bytes)
}
