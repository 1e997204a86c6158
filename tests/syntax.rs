//! The analyser's files and odd texts in; the right bytes, errors with a place and a reason, or sentences out.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use wiregraph::Error;
use wiregraph::syntax::{Pipeline, Sentence};

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/en_core_web_sm-3.8.0");

#[test]
fn the_model_is_the_published_one() {
    let sums = std::fs::read_to_string(Path::new(MODEL).join("SHA256SUMS")).unwrap();
    assert!(sums.lines().count() >= 10);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let digest = Sha256::digest(std::fs::read(Path::new(MODEL).join(name)).unwrap());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, sum, "{name}");
    }
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

/// A copy of the model in which `change` has been done to the file `name`.
fn damaged(name: &str, change: impl FnOnce(&mut Vec<u8>)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in all_files(Path::new(MODEL)) {
        let copy = folder.path().join(file.strip_prefix(MODEL).unwrap());
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        std::fs::copy(file, copy).unwrap();
    }
    let path = folder.path().join(name);
    let mut bytes = std::fs::read(&path).unwrap();
    change(&mut bytes);
    std::fs::write(path, bytes).unwrap();
    folder
}

fn reason(folder: &Path) -> (String, String) {
    match Pipeline::load(folder) {
        Err(Error::Model { place, reason }) => (place, reason),
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("no error"),
    }
}

fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    bytes.splice(text..text + from.len(), to.bytes());
}

#[test]
fn a_folder_gives_what_the_embedded_files_give() {
    let texts = ["Xi Jinping told Putin that China won't condemn Russia's invasion (so far).", "No."];
    let folder = Pipeline::load(Path::new(MODEL)).unwrap();
    assert_eq!(folder.parse(&texts), Pipeline::embedded().unwrap().parse(&texts));
    assert!(Pipeline::load(Path::new(MODEL).parent().unwrap()).is_ok(), "the folder around it");
}

#[test]
fn missing_and_foreign_files_are_named() {
    let (place, text) = reason(Path::new("/nowhere/at/all"));
    assert!(place.ends_with("config.cfg") && text.contains("cannot be read"), "{place}: {text}");

    let folder = damaged("tagger/model", |_| {});
    std::fs::remove_file(folder.path().join("tagger/model")).unwrap();
    assert!(reason(folder.path()).0.ends_with("tagger/model"));

    let folder = damaged("config.cfg", |bytes| {
        let section = "[components.tok2vec.model.embed]\n@architectures = ";
        replace(
            bytes,
            &format!("{section}\"spacy.MultiHashEmbed.v2\""),
            &format!("{section}\"spacy.CharacterEmbed.v2\""),
        );
    });
    let (place, text) = reason(folder.path());
    assert!(place.ends_with("config.cfg") && text.contains("CharacterEmbed"), "{place}: {text}");

    for name in ["tok2vec/model", "tokenizer", "parser/moves", "attribute_ruler/patterns"] {
        let folder = damaged(name, |bytes| *bytes = b"\x89PNG\r\n\x1a\nnot a model".to_vec());
        assert!(reason(folder.path()).0.ends_with(name), "{name}");
    }
    let parser = std::fs::read(Path::new(MODEL).join("parser/model")).unwrap();
    let folder = damaged("tagger/model", |bytes| *bytes = parser);
    assert!(reason(folder.path()).1.contains("softmax"));
}

#[test]
fn other_shapes_are_named() {
    let folder = damaged("tagger/cfg", |bytes| replace(bytes, "\"$\",", ""));
    let (place, text) = reason(folder.path());
    assert!(place.ends_with("tagger/model") && text.contains("49"), "{place}: {text}");
    let folder = damaged("parser/moves", |bytes| replace(bytes, "\"oprd\":31", "\"oprd\":{}"));
    assert!(reason(folder.path()).0.ends_with("parser/moves"));
}

/// Every file cut at many places, and with single bytes changed: an error or a pipeline, but neither panic nor hang.
#[test]
fn truncated_and_flipped_files_never_panic() {
    let files: Vec<PathBuf> = all_files(Path::new(MODEL));
    let folder = damaged("config.cfg", |_| {});
    for file in files {
        let name = file.strip_prefix(MODEL).unwrap().to_str().unwrap().to_owned();
        if ["README.md", "SHA256SUMS", "LICENSE", "LICENSES_SOURCES", "meta.json"].contains(&name.as_str()) {
            continue;
        }
        let bytes = std::fs::read(&file).unwrap();
        let path = folder.path().join(&name);
        for cut in [0, 1, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            std::fs::write(&path, &bytes[..cut]).unwrap();
            let result = Pipeline::load(folder.path());
            assert!(result.is_err() || name == "config.cfg", "{name} cut at {cut}");
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 7 + 1).chain(0..12) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x55;
            std::fs::write(&path, flipped).unwrap();
            if let Ok(pipeline) = Pipeline::load(folder.path()) {
                pipeline.parse(&["Two leaders met (again)."]);
            }
        }
        std::fs::write(&path, &bytes).unwrap();
    }
}

fn sound(text: &str, sentences: &[Sentence]) {
    let mut end = 0;
    for sentence in sentences {
        assert!(!sentence.tokens.is_empty());
        for (at, token) in sentence.tokens.iter().enumerate() {
            assert!(token.span.start >= end && token.span.end > token.span.start);
            assert_eq!(token.span.of(text), token.text);
            assert!(sentence.span.contains(token.span));
            end = token.span.end;
            let mut head = at;
            let rooted = (0..=sentence.tokens.len()).any(|_| {
                let root = sentence.tokens[head].head == head;
                head = sentence.tokens[head].head;
                root
            });
            assert!(rooted, "a cycle of heads in {text:?}");
        }
    }
}

#[test]
fn hostile_texts_give_sentences() {
    let pipeline = Pipeline::embedded().unwrap();
    let texts = [
        String::new(),
        " ".into(),
        "\n\n\t \u{a0}".into(),
        "\0\u{1}\u{feff}\u{202e}x".into(),
        "(".repeat(20_000),
        "a".repeat(100_000),
        "a.".repeat(30_000),
        "http://a:b@".repeat(5_000),
        "no full stop ".repeat(2_500),
        "习近平普京会谈".repeat(2_000),
        "e\u{301}".repeat(5_000),
        "😀".repeat(3_000),
    ];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for (text, sentences) in texts.iter().zip(pipeline.parse(&texts)) {
        sound(text, &sentences);
    }
}

#[test]
fn a_text_is_analysed_alike_alone_in_a_batch_and_in_threads() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/parity-sentences.txt");
    let content = std::fs::read_to_string(file).unwrap();
    let texts: Vec<&str> = content.lines().step_by(3).collect();
    let pipeline = Pipeline::embedded().unwrap();
    let together = pipeline.parse(&texts);
    std::thread::scope(|scope| {
        for part in 0..2 {
            let (texts, together, pipeline) = (&texts, &together, &pipeline);
            scope.spawn(move || {
                for at in (part..texts.len()).step_by(2) {
                    assert_eq!(pipeline.parse(&[texts[at]])[0], together[at]);
                }
            });
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_text_gives_sound_sentences(texts in prop::collection::vec("\\PC{0,60}|[ -~\n]{0,80}", 1..4)) {
        static PIPELINE: std::sync::OnceLock<Pipeline> = std::sync::OnceLock::new();
        let pipeline = PIPELINE.get_or_init(|| Pipeline::embedded().unwrap());
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for (text, sentences) in texts.iter().zip(pipeline.parse(&texts)) {
            sound(text, &sentences);
            let words: Vec<_> = sentences.iter().flat_map(|s| s.tokens.iter().map(|t| t.span)).collect();
            prop_assert_eq!(words, pipeline.tokens(text));
        }
    }
}
