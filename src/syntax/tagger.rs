//! Token vectors in, tags out.

use super::matrix::Affine;
use super::weights::Weights;

#[derive(Debug)]
pub struct Tagger {
    scores: Affine,
    labels: Vec<Box<str>>,
}

impl Tagger {
    /// From the file `model` of the component and its labels; `width`: numbers per token vector.
    pub fn new(weights: &Weights, labels: Vec<Box<str>>, width: usize) -> Result<Self, String> {
        let scores = weights.layer("softmax")?.linear()?;
        let (found, expected) = ((scores.inputs(), scores.outputs()), (width, labels.len()));
        if found != expected || labels.is_empty() {
            return Err(format!("a layer of {found:?} numbers in and out, expected {expected:?}"));
        }
        Ok(Self { scores, labels })
    }

    pub fn labels(&self) -> &[Box<str>] {
        &self.labels
    }

    /// Index of the best label of each row; of equal ones the first.
    pub fn tag(&self, vectors: &[f32], length: usize, scores: &mut Vec<f32>) -> Vec<usize> {
        scores.clear();
        scores.resize(length * self.labels.len(), 0.0);
        self.scores.apply(vectors, self.scores.inputs(), length, scores);
        scores.chunks_exact(self.labels.len()).map(best).collect()
    }
}

/// The labels that the file `cfg` of the component lists.
pub fn labels(cfg: &[u8]) -> Result<Vec<Box<str>>, String> {
    let cfg: serde_json::Value = serde_json::from_slice(cfg).map_err(|error| error.to_string())?;
    let listed = cfg.get("labels").and_then(|labels| labels.as_array()).ok_or("no labels")?;
    let labels: Option<Vec<Box<str>>> = listed.iter().map(|label| label.as_str().map(Box::from)).collect();
    labels.ok_or_else(|| "a label that is no text".into())
}

fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best })
}
