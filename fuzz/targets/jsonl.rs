//! Any bytes as a file of JSON lines: every line that is not blank is a sound document or one failure.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use wiregraph::document::{Options, read};
use wiregraph_fuzz::sound_document;

fuzz_target!(|bytes: &[u8]| {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().expect("a folder for the file"));
    let path = folder.path().join("wire.jsonl");
    std::fs::write(&path, bytes).expect("the file is written");
    let mut reports = 0;
    for report in read(&[path], &Options::default()) {
        reports += 1;
        match report {
            Ok(document) => sound_document(&document),
            Err(failure) => assert_eq!(failure.exit_code() & !1, 2, "{failure}"),
        }
    }
    assert!(reports > 0, "something is said of every file");
});
