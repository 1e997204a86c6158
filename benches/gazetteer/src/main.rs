//! `lists FOLDER SIZE...` writes lists of names and a text; `run ENGINE NAMES TEXT` builds an engine, then scans once for each `go` on
//! standard input; `open NAMES` compiles a table to a file and opens it.

mod engines;
mod lists;
mod text;

use std::io::{BufRead, Write};
use std::time::Instant;
use std::{env, fs};
use wiregraph::gazetteer::{Gazetteer, Table};

/// Names of the text come from a list of so many, so that each list of more finds them all.
const IN_TEXT: usize = 100_000;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["lists", folder, megabytes, ref sizes @ ..] => lists(folder, megabytes, sizes),
        ["run", engine, names, text] => run(engine, names, text),
        ["open", names, table] => open(names, table),
        _ => panic!("lists FOLDER MEGABYTES SIZE... | run ENGINE NAMES TEXT | open NAMES TABLE"),
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn lists(folder: &str, megabytes: &str, sizes: &[&str]) {
    let sizes: Vec<usize> = sizes.iter().map(|size| size.parse().expect("a number")).collect();
    let names = lists::names(sizes.iter().copied().max().unwrap_or(0).max(IN_TEXT));
    for size in sizes {
        fs::write(format!("{folder}/names-{size}.txt"), names[..size].join("\n")).expect("written");
    }
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut model = read(&format!("{root}/tests/fixtures/parity-sentences.txt"));
    let mut samples: Vec<_> = fs::read_dir(format!("{root}/samples")).expect("samples").flatten().map(|e| e.path()).collect();
    samples.sort();
    for sample in samples.iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        model += &read(&sample.to_string_lossy());
    }
    let bytes = megabytes.parse::<usize>().expect("a number") << 20;
    fs::write(format!("{folder}/text.txt"), text::text(&model, &names[..IN_TEXT], bytes)).expect("written");
}

fn run(engine: &str, names: &str, text: &str) {
    let (names, text) = (read(names), read(text));
    let names: Vec<String> = names.lines().map(str::to_owned).collect();
    let before = memory("VmRSS");
    let begin = Instant::now();
    let engine = engines::build(engine, &names);
    println!("built {} {}", begin.elapsed().as_secs_f64(), names.len());
    for line in std::io::stdin().lock().lines() {
        if line.expect("a line") != "go" {
            break;
        }
        let begin = Instant::now();
        let found = engine.count(&text);
        println!("scan {} {found}", begin.elapsed().as_secs_f64());
        std::io::stdout().flush().expect("written");
    }
    println!("memory {} {}", memory("VmHWM") - before, memory("VmRSS") - before);
}

/// Megabytes of this process.
fn memory(field: &str) -> f64 {
    let status = read("/proc/self/status");
    let line = status.lines().find(|line| line.starts_with(field)).expect("the field");
    line.split_whitespace().nth(1).expect("a number").parse::<f64>().expect("a number") / 1024.0
}

fn open(names: &str, table: &str) {
    let names: Vec<String> = read(names).lines().map(str::to_owned).collect();
    let begin = Instant::now();
    let bytes = engines::compile(&names);
    let built = begin.elapsed().as_secs_f64();
    fs::write(table, &bytes).expect("written");
    let mut opened: Vec<f64> = (0..21).map(|_| timed(|| Table::open(table.as_ref()).expect("a table"))).collect();
    opened.sort_by(f64::total_cmp);
    let table = Table::open(table.as_ref()).expect("a table");
    let verified = timed(|| table.verify().expect("undamaged"));
    let gazetteer = Gazetteer::layered(&[Table::embedded().expect("shipped"), table]).expect("two tables");
    let first = timed(|| gazetteer.find("A line that names New York and Russia."));
    println!(
        "names {} bytes {} built {built:.3} s, {:.2} M names/s; opened {:.3} ms (median of 21, worst {:.3}); all bytes verified {:.0} ms; \
         first line {:.3} ms",
        names.len(),
        bytes.len(),
        names.len() as f64 / built / 1e6,
        opened[10] * 1e3,
        opened[20] * 1e3,
        verified * 1e3,
        first * 1e3
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let begin = Instant::now();
    std::hint::black_box(work());
    begin.elapsed().as_secs_f64()
}
