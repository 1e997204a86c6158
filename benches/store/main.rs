//! Synthetic reports in; rows a second of the store beside a bare loop over the same rows, as a ratio, out.
//!
//!     cargo bench --bench store -- [--sentences 1000000] [--rounds 3] [--folder FOLDER] [--least 0.9]
//!
//! Both end with the same file but for the order of pages: tables, indexes, full text, derived numbers. The store gets analyses
//! and does all that it does for a build: ids, checks, origins, the rewriting in order of keys. The loop gets rows that are ready,
//! ids and origins included, read from the store's own file, so that it has nothing to do but to insert them and to run
//! the SQL that a person would write after it. Making the input is on neither clock. Rates and ratio are of the time that the
//! processor gave to the thread, which other programs on the machine hardly change.

mod bare;
#[path = "../synthetic/mod.rs"]
#[allow(dead_code)]
mod synthetic;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use synthetic::World;
use wiregraph::graph::Store;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Text in a batch, as `build` has it.
const BATCH: usize = 2 << 20;
const SENTENCES_A_REPORT: usize = 20;

struct Options {
    sentences: usize,
    rounds: usize,
    folder: PathBuf,
    least: f64,
}

fn main() -> Result<()> {
    let options = options()?;
    let world = World { entities: options.sentences / 8, sentences: SENTENCES_A_REPORT, seed: 6 };
    let folder = options.folder.join(format!("wiregraph-bench-store-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let outcome = rounds(&options, world, &folder);
    std::fs::remove_dir_all(&folder)?;
    let ratio = outcome?;
    println!("the store is {:.0} % of the faster loop (median of {} rounds)", ratio * 100.0, options.rounds);
    if ratio < options.least {
        return Err(format!("expected at least {:.0} %", options.least * 100.0).into());
    }
    Ok(())
}

fn rounds(options: &Options, world: World, folder: &Path) -> Result<f64> {
    let mut ratios = Vec::new();
    for round in 1..=options.rounds {
        let (path, rows) = (folder.join("ours.db"), folder.join("bare.db"));
        let reports = options.sentences / SENTENCES_A_REPORT;
        forget_peak();
        let ours = ours(world, reports, &path)?;
        let count = bare::rows(&path)?;
        tell(round, "wiregraph", count, ours, peak());
        let mut best = f64::INFINITY;
        for settings in &bare::SETTINGS {
            forget_peak();
            let spent = bare::load(&path, &rows, world, reports, settings)?;
            tell(round, settings.name, count, spent, peak());
            best = best.min(spent.busy.as_secs_f64());
            bare::compare(&path, &rows)?;
            std::fs::remove_file(&rows)?;
        }
        ratios.push(best / ours.busy.as_secs_f64());
        std::fs::remove_file(&path)?;
    }
    ratios.sort_by(f64::total_cmp);
    Ok(ratios[ratios.len() / 2])
}

/// The time that the store takes.
fn ours(world: World, reports: usize, path: &Path) -> Result<Spent> {
    let mut spent = Spent::default();
    let mut store = Store::create(path, "bench")?;
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for n in 0..reports {
        let report = world.report(n);
        bytes += report.0.text.len();
        batch.push(report);
        if bytes >= BATCH || n + 1 == reports {
            spent.on(|| Ok(store.write(&batch)?))?;
            batch.clear();
            bytes = 0;
        }
    }
    let writing = spent;
    spent.on(|| Ok(store.finish()?))?;
    println!(
        "   writing {:.2} s, deriving and putting in order {:.2} s of the processor's time",
        writing.busy.as_secs_f64(),
        (spent.busy - writing.busy).as_secs_f64()
    );
    Ok(spent)
}

/// Time by the clock, and what the processor gave of it to this thread: others do not count.
#[derive(Clone, Copy, Default)]
pub struct Spent {
    clock: Duration,
    busy: Duration,
}

impl Spent {
    pub fn on<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let (start, before) = (Instant::now(), busy());
        let done = work()?;
        self.clock += start.elapsed();
        self.busy += busy() - before;
        Ok(done)
    }
}

/// Linux alone tells it; elsewhere the clock has to do.
fn busy() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn tell(round: usize, name: &str, rows: i64, spent: Spent, peak: u64) {
    let (clock, busy) = (spent.clock.as_secs_f64(), spent.busy.as_secs_f64());
    println!(
        "{round}  {name:34} {busy:7.2} s busy ({clock:7.2} by the clock)  {:8.0} rows/s  {peak:5} MB",
        rows as f64 / busy
    );
}

/// Lets the kernel count the peak of resident memory anew.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Megabytes, since then.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn options() -> Result<Options> {
    let mut options = Options { sentences: 1_000_000, rounds: 3, folder: std::env::temp_dir(), least: 0.0 };
    // Cargo adds `--bench`.
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} expects a value"))?;
        match word.as_str() {
            "--sentences" => options.sentences = value.parse()?,
            "--rounds" => options.rounds = value.parse()?,
            "--folder" => options.folder = value.into(),
            "--least" => options.least = value.parse()?,
            _ => return Err(format!("{word}: unknown; see the head of benches/store/main.rs").into()),
        }
    }
    Ok(options)
}
