//! A pipeline's `config.cfg` in, the components that are to be read out; what this program lacks is named.

use std::collections::BTreeMap;

/// Sections of a configuration: values by key, without their quotes.
pub struct Config<'c> {
    sections: BTreeMap<&'c str, BTreeMap<&'c str, &'c str>>,
}

/// Which folders hold what.
pub struct Components {
    pub language: String,
    pub tok2vec: String,
    pub tagger: Option<String>,
    pub morphologizer: Option<String>,
    pub parser: String,
    pub ruler: Option<String>,
    pub lemmatiser: Option<(String, Lemmatising)>,
    /// The flag: the recogniser has a network of its own.
    pub recogniser: Option<(String, bool)>,
    pub static_vectors: bool,
}

/// How lemmas are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lemmatising {
    Rules,
    French,
    Lookup,
    Trees,
}

type Checked<T> = Result<T, String>;

const FACTORIES: [&str; 8] =
    ["tok2vec", "tagger", "morphologizer", "parser", "ner", "attribute_ruler", "lemmatizer", "trainable_lemmatizer"];

/// Languages for which spaCy has a lemmatiser of its own that this program has not.
const OWN_LEMMATISER: [&str; 11] = ["ca", "el", "es", "ga", "ht", "it", "mk", "nl", "pl", "ru", "uk"];

const TOK2VEC: [&str; 2] = ["spacy.Tok2Vec.v2", "spacy.Tok2Vec.v1"];
const LISTENER: &str = "spacy.Tok2VecListener.v1";
const ANOTHER: &str = "install a small (sm) or middle-sized (md) pipeline of spaCy 3 instead";

impl<'c> Config<'c> {
    pub fn new(text: &'c str) -> Self {
        let mut section = "";
        let mut sections: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
            } else if let Some((key, value)) = line.split_once('=') {
                let value = value.trim().trim_matches('"');
                sections.entry(section).or_default().insert(key.trim(), value);
            }
        }
        Self { sections }
    }

    fn get(&self, section: &str, key: &str) -> &'c str {
        self.sections.get(section).and_then(|values| values.get(key)).copied().unwrap_or("nothing")
    }

    fn expect(&self, section: &str, key: &str, supported: &[&str]) -> Checked<()> {
        let found = self.get(section, key);
        if supported.contains(&found) {
            return Ok(());
        }
        Err(format!("[{section}] {key} is {found}; supported: {}; {ANOTHER}", supported.join(", ")))
    }

    /// Names in a list such as `["tok2vec","tagger"]`.
    fn names(&self, key: &str) -> Checked<Vec<String>> {
        let list = self.get("nlp", key);
        serde_json::from_str(list).map_err(|_| format!("[nlp] {key} is {list}; expected a list of names"))
    }

    /// The components of the pipeline that are switched on, each checked.
    pub fn components(&self) -> Checked<Components> {
        self.tokenizer()?;
        let disabled = self.names("disabled").unwrap_or_default();
        let mut by_factory: BTreeMap<&str, String> = BTreeMap::new();
        for name in self.names("pipeline")?.into_iter().filter(|name| !disabled.contains(name)) {
            let factory = self.get(&format!("components.{name}"), "factory");
            if !FACTORIES.contains(&factory) {
                let supported = FACTORIES.join(", ");
                let found = format!("component {name:?} is made by {factory}; supported: {supported}");
                return Err(format!("{found}; take it out of [nlp] pipeline if nothing listens to it, or {ANOTHER}"));
            }
            if let Some(other) = by_factory.insert(factory, name.clone()) {
                return Err(format!("components {other:?} and {name:?} are both made by {factory}; expected one"));
            }
        }
        let required = |factory: &str| {
            by_factory.get(factory).cloned().ok_or_else(|| format!("no component made by {factory}; {ANOTHER}"))
        };
        let tok2vec = required("tok2vec")?;
        let of = |factory: &str| by_factory.get(factory).cloned();
        let components = Components {
            language: self.get("nlp", "lang").to_owned(),
            parser: required("parser")?,
            tagger: of("tagger"),
            morphologizer: of("morphologizer"),
            ruler: of("attribute_ruler"),
            lemmatiser: self.lemmatiser(of("lemmatizer"), of("trainable_lemmatizer"))?,
            recogniser: of("ner").map(|name| (self.listens(&name), name)).map(|(listens, name)| (name, !listens)),
            static_vectors: self.network(&tok2vec)?,
            tok2vec,
        };
        self.check(&components)?;
        Ok(components)
    }

    fn tokenizer(&self) -> Checked<()> {
        const SUPPORTED: &str = "spacy.Tokenizer.v1";
        let found = [self.get("nlp", "tokenizer"), self.get("nlp.tokenizer", "@tokenizers")];
        match found.iter().find(|found| **found != "nothing" && !found.contains(SUPPORTED)) {
            Some(found) => Err(format!("[nlp] tokenizer is {found}; supported: {SUPPORTED}; {ANOTHER}")),
            None => Ok(()),
        }
    }

    fn listens(&self, name: &str) -> bool {
        self.get(&format!("components.{name}.model.tok2vec"), "@architectures") == LISTENER
    }

    /// Checks the network of a component, and tells whether it reads static vectors.
    fn network(&self, name: &str) -> Checked<bool> {
        // The component tok2vec is the network, others have one below their own model.
        let factory = self.get(&format!("components.{name}"), "factory");
        let place = format!("components.{name}.model{}", if factory == "tok2vec" { "" } else { ".tok2vec" });
        self.expect(&place, "@architectures", &TOK2VEC)?;
        let embed = format!("{place}.embed");
        self.expect(&embed, "@architectures", &["spacy.MultiHashEmbed.v2", "spacy.MultiHashEmbed.v1"])?;
        self.expect(&embed, "include_static_vectors", &["false", "true"])?;
        let encoders = ["spacy.MaxoutWindowEncoder.v2", "spacy.MaxoutWindowEncoder.v1"];
        self.expect(&format!("{place}.encode"), "@architectures", &encoders)?;
        Ok(self.get(&embed, "include_static_vectors") == "true")
    }

    fn check(&self, components: &Components) -> Checked<()> {
        if components.tagger.is_none() && components.morphologizer.is_none() {
            return Err(format!("neither a tagger nor a morphologizer; {ANOTHER}"));
        }
        let trees = components.lemmatiser.iter().filter(|(_, kind)| *kind == Lemmatising::Trees).map(|(name, _)| name);
        for name in components.tagger.iter().chain(&components.morphologizer).chain(trees) {
            self.expect(
                &format!("components.{name}.model"),
                "@architectures",
                &["spacy.Tagger.v2", "spacy.Tagger.v1"],
            )?;
            self.listener(name, &components.tok2vec)?;
        }
        self.transitions(&components.parser, "parser")?;
        self.listener(&components.parser, &components.tok2vec)?;
        match &components.recogniser {
            None => Ok(()),
            Some((name, own)) => {
                self.transitions(name, "ner")?;
                if *own { self.network(name).map(drop) } else { self.listener(name, &components.tok2vec) }
            }
        }
    }

    fn transitions(&self, name: &str, state: &str) -> Checked<()> {
        let section = format!("components.{name}.model");
        let known = ["spacy.TransitionBasedParser.v2", "spacy.TransitionBasedParser.v1"];
        self.expect(&section, "@architectures", &known)?;
        self.expect(&section, "state_type", &[state])?;
        self.expect(&section, "use_upper", &["true"])
    }

    /// The component must listen to the shared network, and to no other.
    fn listener(&self, name: &str, tok2vec: &str) -> Checked<()> {
        let section = format!("components.{name}.model.tok2vec");
        self.expect(&section, "@architectures", &[LISTENER])?;
        self.expect(&section, "upstream", &["*", tok2vec])
    }

    fn lemmatiser(&self, ruled: Option<String>, trained: Option<String>) -> Checked<Option<(String, Lemmatising)>> {
        if let Some(name) = trained {
            self.expect(&format!("components.{name}"), "top_k", &["1"])?;
            return Ok(Some((name, Lemmatising::Trees)));
        }
        let Some(name) = ruled else { return Ok(None) };
        let language = self.get("nlp", "lang");
        let section = format!("components.{name}");
        if OWN_LEMMATISER.contains(&language) {
            let what = "has rules of its own in spaCy, which are not supported";
            let instead = format!("take {name:?} out of [nlp] pipeline to do without lemmas");
            return Err(format!("[{section}]: the lemmatizer of language {language:?} {what}; {instead}"));
        }
        self.expect(&section, "mode", &["rule", "lookup"])?;
        let kind = match (self.get(&section, "mode"), language) {
            ("lookup", _) => Lemmatising::Lookup,
            (_, "fr") => Lemmatising::French,
            _ => Lemmatising::Rules,
        };
        Ok(Some((name, kind)))
    }
}
