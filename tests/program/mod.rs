//! The program in a folder of its own, with or without a database of invented reports.

#![allow(dead_code)]

use crate::store_reports::{build, reports};
use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

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
        let mut command = Command::cargo_bin("wiregraph").unwrap();
        let output = command.current_dir(self.0.path()).env_remove("NO_COLOR").args(arguments).output().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Answer {
    #[track_caller]
    pub fn found(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    #[track_caller]
    pub fn refused(self, code: i32, words: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(words), "{words:?} is missing from {:?}", self.err);
        assert!(self.out.is_empty(), "{self:?}");
    }
}
