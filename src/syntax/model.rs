//! A pipeline's files in, its components out; every failure names file and reason.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::config::{Components, Config, Lemmatising};
use super::french::French;
use super::lemmas::{self, Lemmas, Lookup};
use super::lexicon::Norms;
use super::msgpack::decode;
use super::ner::{self, Recogniser};
use super::parser::{Moves, Parser};
use super::reading::Reading;
use super::ruler::Ruler;
use super::tagger::{self, Label, Tagger};
use super::tok2vec::Tok2Vec;
use super::tokenizer::Tokenizer;
use super::trees::{self, Edits};
use super::vectors::Vectors;
use super::weights::Weights;
use crate::error::{Error, Result, shown};

/// Everything that a pipeline's files hold.
pub struct Model {
    pub tokenizer: Tokenizer,
    pub norms: Norms,
    pub tok2vec: Tok2Vec,
    /// Tagger, morphologizer, or both, with their labels.
    pub taggers: Vec<(Tagger, Vec<Label>)>,
    pub parser: Parser,
    pub ruler: Ruler,
    pub lemmas: Lemmas,
    /// A trained lemmatiser stands in for `lemmas`.
    pub edits: Option<Edits>,
    pub recogniser: Option<Names>,
}

/// The recogniser, with the network below it if it is its own.
pub struct Names {
    pub tok2vec: Option<Tok2Vec>,
    pub recogniser: Recogniser,
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
        let components = files.components()?;
        let mut hash = Sha256::new();
        for name in ["config.cfg".to_owned()].into_iter().chain(names(&components)) {
            let bytes = files.bytes(&name)?;
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn read(files: &Files) -> Result<Self> {
        let components = files.components()?;
        let vectors = if components.static_vectors { Some(Arc::new(files.vectors()?)) } else { None };
        let tok2vec = files.tok2vec(&model(&components.tok2vec), vectors.as_ref())?;
        let width = tok2vec.width();
        let tagger = |(name, labels): (&String, Labels)| files.tagger(name, labels, width);
        let kinds = [(&components.tagger, tagger::tags as Labels), (&components.morphologizer, tagger::features)];
        let taggers = kinds.into_iter().filter_map(|(name, labels)| Some((name.as_ref()?, labels)));
        let (lemmas, edits) = files.lemmatiser(&components, width)?;
        let parser = &components.parser;
        let moves = files.open(&format!("{parser}/moves"), Moves::new)?;
        Ok(Self {
            tokenizer: files.open("tokenizer", |bytes| Tokenizer::new(&decode(bytes)?))?,
            norms: files.open("vocab/lookups.bin", |bytes| Ok(Norms::new(&decode(bytes)?)))?,
            taggers: taggers.map(tagger).collect::<Result<_>>()?,
            parser: files.open(&model(parser), |bytes| Parser::new(&Weights::new(bytes)?, moves, width))?,
            ruler: match &components.ruler {
                Some(name) => files.open(&format!("{name}/patterns"), Ruler::new)?,
                None => Ruler::default(),
            },
            recogniser: files.recogniser(&components, vectors.as_ref(), width)?,
            lemmas,
            edits,
            tok2vec,
        })
    }
}

impl Model {
    /// What the taggers say of each token.
    pub fn readings(&self, vectors: &[f32], length: usize, scores: &mut Vec<f32>) -> Vec<Reading<'_>> {
        let mut readings = vec![Reading::default(); length];
        for (tagger, labels) in &self.taggers {
            let chosen = tagger.tag(vectors, length, scores);
            readings.iter_mut().zip(chosen).for_each(|(reading, label)| reading.label(&labels[label]));
        }
        readings
    }
}

/// Reads the labels from the file `cfg` of a component.
type Labels = fn(&[u8]) -> Result<Vec<Label>, String>;

fn model(component: &str) -> String {
    format!("{component}/model")
}

/// The files of the components, but for `config.cfg`.
fn names(components: &Components) -> Vec<String> {
    let mut names = vec!["tokenizer".to_owned(), "vocab/lookups.bin".to_owned(), model(&components.tok2vec)];
    let transitions = components.recogniser.iter().map(|(name, _)| name).chain([&components.parser]);
    names.extend(transitions.flat_map(|name| [model(name), format!("{name}/moves")]));
    let taggers = components.tagger.iter().chain(&components.morphologizer);
    names.extend(taggers.flat_map(|name| [model(name), format!("{name}/cfg")]));
    names.extend(components.ruler.iter().map(|name| format!("{name}/patterns")));
    match &components.lemmatiser {
        Some((name, Lemmatising::Trees)) => {
            names.extend(["model", "cfg", "trees"].map(|file| format!("{name}/{file}")));
            names.push("vocab/strings.json".into());
        }
        Some((name, _)) => names.push(format!("{name}/lookups/lookups.bin")),
        None => {}
    }
    if components.static_vectors {
        names.extend(["vocab/vectors".into(), "vocab/key2row".into()]);
    }
    names
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

    /// The components that `config.cfg` tells of; a recogniser may be told of and not be there.
    fn components(&self) -> Result<Components> {
        if let Files::Folder(folder) = self
            && !folder.join("config.cfg").exists()
            && folder.join("meta.json").exists()
        {
            let found = "is missing beside meta.json: this is a pipeline of spaCy 2";
            return Err(self.error("config.cfg", format!("{found}; expected one of spaCy 3")));
        }
        let mut components = self.open("config.cfg", |bytes| {
            let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
            Config::new(text).components()
        })?;
        components.recogniser = components.recogniser.filter(|(name, _)| self.has(name));
        Ok(components)
    }

    /// Whether there is such a folder.
    fn has(&self, component: &str) -> bool {
        match self {
            Files::Embedded => true,
            Files::Folder(folder) => folder.join(component).exists(),
        }
    }

    fn tok2vec(&self, name: &str, vectors: Option<&Arc<Vectors>>) -> Result<Tok2Vec> {
        let network = match self.bytes(name)? {
            Cow::Borrowed(bytes) => {
                Weights::new(bytes).and_then(|weights| Tok2Vec::new(&weights, vectors, Cow::Borrowed))
            }
            Cow::Owned(bytes) => {
                let keep = |data: &[u8]| Cow::Owned(data.to_vec());
                Weights::new(&bytes).and_then(|weights| Tok2Vec::new(&weights, vectors, keep))
            }
        };
        network.map_err(|reason| self.error(name, reason))
    }

    fn vectors(&self) -> Result<Vectors> {
        let (keys, settings) = (self.bytes("vocab/key2row")?, self.bytes("vocab/vectors.cfg").ok());
        self.open("vocab/vectors", |array| Vectors::new(array, &keys, settings.as_deref()))
    }

    fn tagger(&self, name: &str, labels: Labels, width: usize) -> Result<(Tagger, Vec<Label>)> {
        let labels = self.open(&format!("{name}/cfg"), labels)?;
        let tagger = self.open(&model(name), |bytes| Tagger::new(&Weights::new(bytes)?, labels.len(), width))?;
        Ok((tagger, labels))
    }

    fn lemmatiser(&self, components: &Components, width: usize) -> Result<(Lemmas, Option<Edits>)> {
        let Some((name, kind)) = &components.lemmatiser else { return Ok((Lemmas::Form, None)) };
        if *kind == Lemmatising::Trees {
            let labels = self.open(&format!("{name}/cfg"), trees::labels)?;
            let tagger = self.open(&model(name), |bytes| Tagger::new(&Weights::new(bytes)?, labels.len(), width))?;
            let strings = self.bytes("vocab/strings.json")?;
            let edits = self.open(&format!("{name}/trees"), |bytes| Edits::new(tagger, labels, bytes, &strings))?;
            return Ok((Lemmas::Form, Some(edits)));
        }
        let english = components.language == "en";
        let lemmas = self.open(&format!("{name}/lookups/lookups.bin"), |bytes| {
            let file = decode(bytes)?;
            Ok(match kind {
                Lemmatising::French => Lemmas::French(French::new(&file)?),
                Lemmatising::Lookup => Lemmas::Lookup(Lookup::new(&file)?),
                Lemmatising::Rules | Lemmatising::Trees => Lemmas::Rules { by_pos: lemmas::tables(&file)?, english },
            })
        })?;
        Ok((lemmas, None))
    }

    /// `shared`: numbers per vector of the network that a recogniser without its own listens to.
    fn recogniser(
        &self,
        components: &Components,
        vectors: Option<&Arc<Vectors>>,
        shared: usize,
    ) -> Result<Option<Names>> {
        let Some((name, own)) = &components.recogniser else { return Ok(None) };
        let file = model(name);
        let tok2vec = own.then(|| self.tok2vec(&file, vectors)).transpose()?;
        let width = tok2vec.as_ref().map_or(shared, Tok2Vec::width);
        let moves = self.open(&format!("{name}/moves"), ner::Moves::new)?;
        let recogniser = self.open(&file, |bytes| Recogniser::new(&Weights::new(bytes)?, moves, width))?;
        Ok(Some(Names { tok2vec, recogniser }))
    }

    fn error(&self, name: &str, reason: String) -> Error {
        let place = match self {
            Files::Embedded => format!("(embedded) {name}"),
            Files::Folder(folder) => shown(&folder.join(name)),
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
