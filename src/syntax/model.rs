//! A pipeline's files in, its components out; every failure names file and reason.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::lemmas::Lemmas;
use super::lexicon::Norms;
use super::msgpack::decode;
use super::ner::Recogniser;
use super::parser::{Moves, Parser};
use super::ruler::Ruler;
use super::tagger::{self, Tagger};
use super::tok2vec::Tok2Vec;
use super::tokenizer::Tokenizer;
use super::weights::Weights;
use crate::error::{Error, Result};

/// Everything that a pipeline's files hold.
pub struct Model {
    pub tokenizer: Tokenizer,
    pub norms: Norms,
    pub tok2vec: Tok2Vec,
    pub tagger: Tagger,
    pub parser: Parser,
    pub ruler: Ruler,
    pub lemmas: Lemmas,
    /// With the network below it, which is its own.
    pub recogniser: Option<(Tok2Vec, Recogniser)>,
    pub english: bool,
}

/// Where a pipeline's files come from.
enum Files {
    Embedded,
    Folder(PathBuf),
}

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        /// The files of the pipeline compiled into the program, by name.
        const EMBEDDED: &[(&str, &[u8])] = &[
            $(($name, include_bytes!(concat!("../../models/en_core_web_sm-3.8.0/", $name)))),+
        ];
    };
}

embedded! {
    "config.cfg", "tokenizer", "tok2vec/model", "tagger/model", "tagger/cfg", "parser/model", "parser/moves",
    "ner/model", "ner/moves", "attribute_ruler/patterns", "lemmatizer/lookups/lookups.bin", "vocab/lookups.bin",
}

impl Model {
    pub fn embedded() -> Result<Self> {
        Self::read(&Files::Embedded)
    }

    /// From a pipeline's folder, or from the package folder around it.
    pub fn load(folder: &Path) -> Result<Self> {
        Self::read(&Files::Folder(pipeline_folder(folder)))
    }

    pub fn digest(folder: &Path) -> Result<String> {
        let files = Files::Folder(pipeline_folder(folder));
        let mut hash = Sha256::new();
        for (name, _) in EMBEDDED {
            let bytes = files.bytes(name)?;
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn read(files: &Files) -> Result<Self> {
        let language = files.open("config.cfg", check)?;
        let tok2vec = files.tok2vec("tok2vec/model")?;
        let width = tok2vec.width();
        let tags = files.open("tagger/cfg", tagger::labels)?;
        let moves = files.open("parser/moves", Moves::new)?;
        Ok(Self {
            english: language == "en",
            tokenizer: files.open("tokenizer", |bytes| Tokenizer::new(&decode(bytes)?))?,
            norms: files.open("vocab/lookups.bin", |bytes| Ok(Norms::new(&decode(bytes)?)))?,
            tagger: files.open("tagger/model", |bytes| Tagger::new(&Weights::new(bytes)?, tags, width))?,
            parser: files.open("parser/model", |bytes| Parser::new(&Weights::new(bytes)?, moves, width))?,
            ruler: files.open("attribute_ruler/patterns", Ruler::new)?,
            lemmas: files.open("lemmatizer/lookups/lookups.bin", Lemmas::new)?,
            recogniser: files.has("ner/model").then(|| files.recogniser()).transpose()?,
            tok2vec,
        })
    }
}

impl Files {
    fn bytes(&self, name: &str) -> Result<Cow<'static, [u8]>> {
        match self {
            Files::Embedded => {
                let file = EMBEDDED.iter().find(|(known, _)| *known == name);
                file.map(|(_, bytes)| Cow::Borrowed(*bytes)).ok_or_else(|| self.error(name, "not embedded".into()))
            }
            Files::Folder(folder) => {
                let read = std::fs::read(folder.join(name));
                read.map(Cow::Owned).map_err(|error| self.error(name, format!("cannot be read: {error}")))
            }
        }
    }

    fn open<T>(&self, name: &str, read: impl FnOnce(&[u8]) -> Result<T, String>) -> Result<T> {
        read(&self.bytes(name)?).map_err(|reason| self.error(name, reason))
    }

    fn tok2vec(&self, name: &str) -> Result<Tok2Vec> {
        let network = match self.bytes(name)? {
            Cow::Borrowed(bytes) => Weights::new(bytes).and_then(|weights| Tok2Vec::new(&weights, Cow::Borrowed)),
            Cow::Owned(bytes) => {
                Weights::new(&bytes).and_then(|weights| Tok2Vec::new(&weights, |data| Cow::Owned(data.to_vec())))
            }
        };
        network.map_err(|reason| self.error(name, reason))
    }

    fn has(&self, name: &str) -> bool {
        match self {
            Files::Embedded => true,
            Files::Folder(folder) => folder.join(name).exists(),
        }
    }

    fn recogniser(&self) -> Result<(Tok2Vec, Recogniser)> {
        let tok2vec = self.tok2vec("ner/model")?;
        let (moves, width) = (self.bytes("ner/moves")?, tok2vec.width());
        let recogniser = self.open("ner/model", |bytes| Recogniser::new(&Weights::new(bytes)?, &moves, width))?;
        Ok((tok2vec, recogniser))
    }

    fn error(&self, name: &str, reason: String) -> Error {
        let place = match self {
            Files::Embedded => format!("(embedded) {name}"),
            Files::Folder(folder) => folder.join(name).display().to_string(),
        };
        Error::Model { place, reason }
    }
}

/// pip installs `en_core_web_sm/en_core_web_sm-3.8.0/config.cfg`: either folder is fine.
fn pipeline_folder(folder: &Path) -> PathBuf {
    if folder.join("config.cfg").is_file() {
        return folder.to_owned();
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut inner: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.join("config.cfg").is_file()).collect();
    inner.sort();
    inner.pop().unwrap_or_else(|| folder.to_owned())
}

/// What the code below implements; another architecture would load and talk nonsense.
#[rustfmt::skip]
const EXPECTED: &[(&str, &str, &[&str])] = &[
    ("components.tok2vec.model", "@architectures", &["spacy.Tok2Vec.v2", "spacy.Tok2Vec.v1"]),
    ("components.tok2vec.model.embed", "@architectures", &["spacy.MultiHashEmbed.v2", "spacy.MultiHashEmbed.v1"]),
    ("components.tok2vec.model.embed", "include_static_vectors", &["false"]),
    ("components.tok2vec.model.encode", "@architectures", &["spacy.MaxoutWindowEncoder.v2", "spacy.MaxoutWindowEncoder.v1"]),
    ("components.tagger.model", "@architectures", &["spacy.Tagger.v2", "spacy.Tagger.v1"]),
    ("components.tagger.model.tok2vec", "@architectures", &["spacy.Tok2VecListener.v1"]),
    ("components.parser.model", "@architectures", &["spacy.TransitionBasedParser.v2", "spacy.TransitionBasedParser.v1"]),
    ("components.parser.model", "state_type", &["parser"]),
    ("components.parser.model", "use_upper", &["true"]),
    ("components.parser.model.tok2vec", "@architectures", &["spacy.Tok2VecListener.v1"]),
    ("components.lemmatizer", "mode", &["rule"]),
];

/// Checks the architecture that `config.cfg` tells, and returns the language.
fn check(config: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(config).map_err(|_| "not UTF-8")?;
    let config = settings(text);
    for (section, key, supported) in EXPECTED {
        let found = config.get(&(*section, *key)).copied().unwrap_or("nothing");
        if !supported.contains(&found) {
            return Err(format!("[{section}] {key} is {found}; supported: {}", supported.join(", ")));
        }
    }
    Ok(config.get(&("nlp", "lang")).copied().unwrap_or("").to_owned())
}

/// Values by section and key, without their quotes.
fn settings(text: &str) -> BTreeMap<(&str, &str), &str> {
    let mut section = "";
    let mut settings = BTreeMap::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
        } else if let Some((key, value)) = line.split_once('=') {
            settings.insert((section, key.trim()), value.trim().trim_matches('"'));
        }
    }
    settings
}
