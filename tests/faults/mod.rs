//! A disk that fails on demand: the program run with `disk.c` between itself and the system.

#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/disk.c");

/// The compiled `disk.c`. A C compiler is here: SQLite was built with it.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, library) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("disk.so");
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
        let built = Command::new(compiler)
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(&library)
            .args([SOURCE, "-ldl"])
            .status();
        assert!(built.unwrap().success());
        (folder, library)
    });
    library
}

/// The program in a folder, on a disk with this fault (see `disk.c`). Graphviz is out of reach: it would fail, too.
pub fn run(place: &Path, arguments: &[&str], fault: &str) -> Output {
    command(place, arguments).env("DISK_FAULT", fault).output().unwrap()
}

/// The number of calls that change files in an unbroken run.
pub fn calls(place: &Path, arguments: &[&str]) -> (usize, Output) {
    let told = tempfile::NamedTempFile::new().unwrap();
    let output = command(place, arguments).env("DISK_FAULT", "count").env("DISK_CALLS", told.path()).output().unwrap();
    (fs::read_to_string(told.path()).unwrap().parse().unwrap(), output)
}

fn command(place: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wiregraph"));
    command.current_dir(place).args(arguments).env("LD_PRELOAD", library()).env("PATH", "");
    command
}

/// A copy of a folder with what lies in it and below.
pub fn copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    copy_into(from, to.path());
    to
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let place = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            fs::create_dir(&place).unwrap();
            copy_into(&entry, &place);
        } else {
            fs::copy(&entry, &place).unwrap();
        }
    }
}

/// Names of the files in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
