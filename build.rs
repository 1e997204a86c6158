//! The sources and data that an analysis depends on in; `WIREGRAPH_REVISION`, a hash of them all, out.
//!
//! Made while compiling, so that no run has to hash the model.

use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

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

fn main() {
    let mut hash = Sha256::new();
    for place in DEPENDS_ON {
        println!("cargo::rerun-if-changed={place}");
        add(&mut hash, Path::new(place));
    }
    println!("cargo::rerun-if-changed=build.rs");
    let revision: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=WIREGRAPH_REVISION={revision}");
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
