//! Token vectors in, labels out: tags, or parts of speech with features.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::matrix::Affine;
use super::symbols;
use super::weights::Weights;

/// What a tagger may say of a token; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    pub tag: Box<str>,
    pub pos: Box<str>,
    pub morph: Box<str>,
}

/// A classifier of tokens.
#[derive(Debug)]
pub struct Tagger {
    scores: Affine,
}

impl Tagger {
    /// From the file `model` of the component and the number of its labels; `width`: numbers per token vector.
    pub fn new(weights: &Weights, labels: usize, width: usize) -> Result<Self, String> {
        let scores = weights.layer("softmax")?.linear()?;
        let (found, expected) = ((scores.inputs(), scores.outputs()), (width, labels));
        if found != expected || labels == 0 {
            return Err(format!("a layer of {found:?} numbers in and out, expected {expected:?}"));
        }
        Ok(Self { scores })
    }

    /// Index of the best label of each row; of equal ones the first.
    pub fn tag(&self, vectors: &[f32], length: usize, scores: &mut Vec<f32>) -> Vec<usize> {
        scores.clear();
        scores.resize(length * self.scores.outputs(), 0.0);
        self.scores.apply(vectors, self.scores.inputs(), length, scores);
        scores.chunks_exact(self.scores.outputs()).map(best).collect()
    }
}

/// The tags that the file `cfg` of a tagger lists.
pub fn tags(cfg: &[u8]) -> Result<Vec<Label>, String> {
    let cfg: serde_json::Value = serde_json::from_slice(cfg).map_err(|error| error.to_string())?;
    let listed = cfg.get("labels").and_then(|labels| labels.as_array()).ok_or("no labels")?;
    let tag = |label: &serde_json::Value| Some(Label { tag: label.as_str()?.into(), ..Label::default() });
    let labels: Option<Vec<Label>> = listed.iter().map(tag).collect();
    labels.ok_or_else(|| "a label that is no text".into())
}

/// The parts of speech with features that the file `cfg` of a morphologizer lists.
pub fn features(cfg: &[u8]) -> Result<Vec<Label>, String> {
    #[derive(Deserialize)]
    struct Cfg {
        labels_morph: InOrder,
        labels_pos: BTreeMap<String, u64>,
    }
    let cfg: Cfg = serde_json::from_slice(cfg).map_err(|error| error.to_string())?;
    let pos = |label: &str| cfg.labels_pos.get(label).and_then(|number| symbols::name(*number)).unwrap_or("");
    let label = |(label, morph): &(String, String)| Label {
        tag: "".into(),
        pos: pos(label).into(),
        morph: morph.as_str().into(),
    };
    Ok(cfg.labels_morph.0.iter().map(label).collect())
}

/// The entries of a JSON object as the file has them: their order numbers the network's outputs.
struct InOrder(Vec<(String, String)>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = InOrder;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(InOrder(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best })
}
