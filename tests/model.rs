//! Damaged and foreign model folders in, one clear message each out, never a panic.

use std::fs;
use std::path::{Path, PathBuf};

use wiregraph::Error;
use wiregraph::syntax::Pipeline;

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/en_core_web_sm-3.8.0");

/// A copy of the model.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(MODEL).into_iter().map(Result::unwrap) {
        let target = folder.path().join(entry.path().strip_prefix(MODEL).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target).unwrap(),
            false => fs::copy(entry.path(), target).map(drop).unwrap(),
        }
    }
    folder
}

/// A copy in whose `config.cfg` all of `from` is `to`.
fn configured(changes: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = copy();
    let path = folder.path().join("config.cfg");
    let mut text = fs::read_to_string(&path).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    fs::write(path, text).unwrap();
    folder
}

#[track_caller]
fn message(folder: &Path) -> String {
    match Pipeline::load(folder) {
        Err(Error::Model { place, reason }) => format!("{place}: {reason}"),
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("no error"),
    }
}

#[track_caller]
fn says(folder: &Path, parts: &[&str]) {
    let message = message(folder);
    assert!(!message.contains('\n'), "more than one line: {message}");
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in {message:?}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let files = ["config.cfg", "tokenizer", "tok2vec/model", "tagger/cfg", "parser/moves", "ner/model", "ner/moves"];
    for file in files.into_iter().chain(["vocab/lookups.bin", "lemmatizer/lookups/lookups.bin"]) {
        let folder = copy();
        fs::remove_file(folder.path().join(file)).unwrap();
        let name: PathBuf = file.into();
        says(folder.path(), &[name.to_str().unwrap()]);
    }
}

#[test]
fn a_pipeline_without_a_recogniser_finds_no_names() {
    let text = "Angela Merkel met Emmanuel Macron in Paris.";
    let folder = copy();
    assert_eq!(Pipeline::load(folder.path()).unwrap().recognise(&[(text, &[])])[0].len(), 3);
    fs::remove_dir_all(folder.path().join("ner")).unwrap();
    let pipeline = Pipeline::load(folder.path()).unwrap();
    assert!(pipeline.recognise(&[(text, &[])])[0].is_empty());
    assert_eq!(pipeline.parse(&[text])[0].len(), 1);
}

#[test]
fn a_transformer_is_not_supported() {
    let folder = configured(&[
        ("pipeline = [\"tok2vec\"", "pipeline = [\"transformer\""),
        ("[components.tok2vec]\nfactory = \"tok2vec\"", "[components.transformer]\nfactory = \"transformer\""),
    ]);
    says(folder.path(), &["config.cfg", "\"transformer\"", "supported: tok2vec, tagger", "install a small (sm)"]);
}

#[test]
fn other_components_and_architectures_are_named() {
    let cases: [(&str, &str, &[&str]); 7] = [
        ("factory = \"ner\"", "factory = \"spancat\"", &["\"ner\" is made by spancat"]),
        ("factory = \"tagger\"", "factory = \"parser\"", &["both made by parser"]),
        ("\"@tokenizers\":\"spacy.Tokenizer.v1\"", "\"@tokenizers\":\"spacy.ja.JapaneseTokenizer\"", &["Japanese"]),
        ("use_upper = true", "use_upper = false", &["[components.parser.model] use_upper is false; supported: true"]),
        ("MultiHashEmbed.v2", "CharacterEmbed.v2", &["[components.tok2vec.model.embed]", "CharacterEmbed"]),
        ("lang = \"en\"", "lang = \"es\"", &["[components.lemmatizer]", "\"es\"", "not supported"]),
        ("mode = \"rule\"", "mode = \"pos_lookup\"", &["mode is pos_lookup; supported: rule, lookup"]),
    ];
    for (from, to, parts) in cases {
        says(configured(&[(from, to)]).path(), parts);
    }
}

#[test]
fn listeners_must_listen_to_the_shared_network() {
    let folder = configured(&[("upstream = \"tok2vec\"", "upstream = \"parser\"")]);
    says(folder.path(), &["[components.tagger.model.tok2vec] upstream is parser; supported: *, tok2vec"]);
    let network = "[components.tok2vec.model]\n@architectures = \"spacy.Tok2Vec.v2\"";
    let itself = "[components.tok2vec.model]\n@architectures = \"spacy.Tok2VecListener.v1\"\nupstream = \"tok2vec\"";
    let folder = configured(&[(network, itself)]);
    says(folder.path(), &["[components.tok2vec.model] @architectures is spacy.Tok2VecListener.v1"]);
}

#[test]
fn a_pipeline_of_spacy_2_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("meta.json"), "{\"spacy_version\": \">=2.2.2\"}").unwrap();
    says(folder.path(), &["config.cfg", "spaCy 2", "expected one of spaCy 3"]);
}

#[test]
fn layers_of_other_shapes_are_named() {
    let swap = |from: &str, to: &str| {
        let folder = copy();
        fs::copy(folder.path().join(from), folder.path().join(to)).unwrap();
        folder
    };
    says(swap("parser/model", "ner/model").path(), &["ner/model"]);
    says(swap("parser/moves", "ner/moves").path(), &["ner/model", "expected"]);
    says(swap("ner/moves", "parser/moves").path(), &["parser/moves", "moves of kind \"5\""]);
    says(swap("tagger/model", "parser/model").path(), &["parser/model", "linear layers, expected 2"]);
    says(swap("tokenizer", "attribute_ruler/patterns").path(), &["attribute_ruler/patterns"]);
}

#[test]
fn static_vectors_must_be_there_and_fit() {
    let asked = ("include_static_vectors = false", "include_static_vectors = true");
    says(configured(&[asked]).path(), &["vocab/key2row", "cannot be read"]);
    let folder = configured(&[asked]);
    fs::write(folder.path().join("vocab/key2row"), [0x80]).unwrap();
    fs::write(folder.path().join("vocab/vectors"), b"\x93NUMPY\x01\x00\x04\x00{}  ").unwrap();
    says(folder.path(), &["vocab/vectors", "expected a NumPy array of 32-bit floats"]);
}

#[test]
fn cut_off_weights_and_moves_never_panic() {
    let folder = copy();
    for name in ["ner/model", "ner/moves", "tok2vec/model", "config.cfg"] {
        let path = folder.path().join(name);
        let bytes = fs::read(&path).unwrap();
        for part in 0..8 {
            fs::write(&path, &bytes[..bytes.len() * part / 8]).unwrap();
            assert!(Pipeline::load(folder.path()).is_err() || name == "config.cfg", "{name}, {part} eighths");
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(Pipeline::load(folder.path()).is_ok());
}
