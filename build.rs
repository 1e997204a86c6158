//! The sources and data that an analysis depends on in; `WIREGRAPH_REVISION`, a hash of them all, and the compiled lists of names out.
//!
//! Made while compiling, so that no run has to hash the model or to read the lists.

#[allow(dead_code)]
#[path = "src/analysis.rs"]
mod analysis;
#[allow(dead_code)]
#[path = "src/gazetteer/compile/mod.rs"]
mod compile;
#[allow(dead_code, unused_imports)]
#[path = "src/gazetteer/rows/mod.rs"]
mod rows;

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Whatever changes what the program makes of a report; the command line, the store and the exports do not.
const DEPENDS_ON: [&str; 14] = [
    "gazetteer",
    "models",
    "rules",
    "src/analysis.rs",
    "src/document",
    "src/entity",
    "src/gazetteer",
    "src/headline",
    "src/lexicon.rs",
    "src/lib.rs",
    "src/record.rs",
    "src/relation",
    "src/syntax",
    "src/text",
];

/// Lists in the order in which their rows count where two have one name; all others follow in the order of the alphabet.
const FIRST: [&str; 12] = [
    "states.tsv",
    "regions.tsv",
    "cities.tsv",
    "lands.tsv",
    "waters.tsv",
    "seats.tsv",
    "people.tsv",
    "organisations.tsv",
    "state-bodies.tsv",
    "media.tsv",
    "events.tsv",
    "other.tsv",
];

/// Folders whose lists are shipped.
const FOLDERS: [&str; 2] = ["gazetteer", "gazetteer/places"];

/// Files there that are no lists of entities.
const NO_LISTS: [&str; 2] = ["titles.tsv", "common-words.tsv"];

fn main() {
    let mut hash = Sha256::new();
    for place in DEPENDS_ON {
        println!("cargo::rerun-if-changed={place}");
        add(&mut hash, Path::new(place));
    }
    println!("cargo::rerun-if-changed=build.rs");
    let revision: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=WIREGRAPH_REVISION={revision}");
    let table = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("gazetteer.table");
    fs::write(&table, names()).unwrap_or_else(|error| panic!("{}: {error}", table.display()));
}

/// The shipped lists, compiled.
fn names() -> Vec<u8> {
    let mut rows = rows::Rows::default();
    let mut files: Vec<PathBuf> = FOLDERS.iter().flat_map(|folder| entries(Path::new(folder))).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "tsv") && !NO_LISTS.iter().any(|no| file.ends_with(no)));
    files.sort_by_key(|file| {
        (FIRST.iter().position(|first| file.ends_with(first)).unwrap_or(FIRST.len()), file.clone())
    });
    for file in &files {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        rows.read(&file.to_string_lossy(), &text).unwrap_or_else(|fault| refuse(&fault));
    }
    compiled(&rows).unwrap_or_else(|fault| refuse(&fault))
}

fn compiled(rows: &rows::Rows) -> Result<Vec<u8>, rows::Fault> {
    let mut compiler = compile::Compiler::default();
    rows.entities.iter().try_for_each(|row| compiler.add(row))?;
    rows.generic.iter().try_for_each(|row| compiler.add_generic(row))?;
    rows.sources.iter().try_for_each(|row| compiler.add_source(row))?;
    compiler.finish()
}

fn refuse(fault: &rows::Fault) -> ! {
    panic!("{}: {}; expected {}", fault.place, fault.found, fault.expected)
}

/// Files below `path` in order of name: their names, lengths and bytes.
fn add(hash: &mut Sha256, path: &Path) {
    if path.is_dir() {
        let mut below: Vec<PathBuf> = entries(path);
        below.sort();
        return below.iter().for_each(|path| add(hash, path));
    }
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    hash.update(path.to_string_lossy().replace('\\', "/"));
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(&bytes);
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect());
    listed.unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}
