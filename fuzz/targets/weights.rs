//! A pipeline's folder with one file replaced by any bytes: an error that names the file, or a pipeline that works.
//!
//! The first byte tells which file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::sync::OnceLock;
use wiregraph::Error;
use wiregraph::syntax::Pipeline;

macro_rules! model {
    ($($name:literal),+ $(,)?) => {
        const MODEL: &[(&str, &[u8])] = &[$(($name, include_bytes!(concat!("../model/", $name)))),+];
    };
}

model! {
    "config.cfg", "tokenizer", "tok2vec/model", "tagger/model", "tagger/cfg", "parser/model", "parser/moves",
    "ner/model", "ner/moves", "attribute_ruler/patterns", "lemmatizer/lookups/lookups.bin", "vocab/lookups.bin",
}

fuzz_target!(|bytes: &[u8]| {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(whole).path();
    let Some((which, bytes)) = bytes.split_first() else { return };
    let (name, content) = MODEL[usize::from(*which) % MODEL.len()];
    std::fs::write(folder.join(name), bytes).expect("the file is written");
    works(folder);
    std::fs::write(folder.join(name), content).expect("the file is written");
});

/// The folder with all files as they should be.
fn whole() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the model");
    for (name, content) in MODEL {
        let path = folder.path().join(name);
        path.parent().map(std::fs::create_dir_all).expect("a folder around").expect("the folder is made");
        std::fs::write(path, content).expect("the file is written");
    }
    assert!(Pipeline::load(folder.path()).is_ok());
    folder
}

fn works(folder: &Path) {
    let text =
        "Norland (not :) Sudovia) didn't grey 5km at 3 a.m. He saw http://a.bc/d, U.S. men.\u{a0} They're 10-20%...";
    match Pipeline::load(folder) {
        Err(failure) => assert!(matches!(failure, Error::Model { .. }), "{failure}"),
        Ok(pipeline) => {
            for sentence in pipeline.parse(&[text, "", "Ы"]).into_iter().flatten() {
                assert!(sentence.tokens.iter().all(|token| token.head < sentence.tokens.len()));
            }
        }
    }
}
