//! The program in a folder of its own, with or without a database of invented reports.

#![allow(dead_code)]

use crate::store_reports::{build, reports};
use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

pub struct Place(tempfile::TempDir);

impl Place {
    /// A folder with a finished database in `out/graph.db`.
    pub fn new() -> Self {
        let place = Self::empty();
        fs::create_dir(place.file("out")).unwrap();
        build(&place.file("out/graph.db"), &reports());
        place
    }

    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Standard output of a command that must find something.
    #[track_caller]
    pub fn ask(&self, question: &str) -> String {
        self.run(&question.split_whitespace().collect::<Vec<_>>()).found()
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        run_in(self.path(), arguments, "")
    }
}

/// The program in a folder, with something on standard input.
pub fn run_in(folder: &Path, arguments: &[&str], input: &str) -> Answer {
    let mut command = Command::cargo_bin("wiregraph").unwrap();
    command.current_dir(folder).env_remove("NO_COLOR").args(arguments).write_stdin(input).output().unwrap().into()
}

/// The names of all commands, as the program itself lists them.
pub fn commands() -> Vec<String> {
    let help = run_in(Path::new("."), &["--help"], "").found();
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    // A name stands two blanks in; what goes on below it further.
    let names = listed.lines().filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    let names: Vec<String> = names.map(|line| line.split(' ').next().unwrap().to_owned()).collect();
    assert!(names.len() > 25, "{help}");
    names.into_iter().filter(|name| name != "help").collect()
}

#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// One that a signal ended has no code: -1.
impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Answer {
    #[track_caller]
    pub fn found(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// Ended with this code, and its messages have these words.
    #[track_caller]
    pub fn ends(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is missing from {:?}", self.err);
        }
        self
    }

    #[track_caller]
    pub fn refused(self, code: i32, words: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(words), "{words:?} is missing from {:?}", self.err);
        assert!(self.out.is_empty(), "{self:?}");
    }
}
