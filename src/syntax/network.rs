//! The tokens that a state looks at in, a score for each action out: the network of a transition system.

use super::matrix::{Affine, maxout_bias};
use super::state::NONE;
use super::weights::{Weights, piecewise};

/// The layers between token vectors and actions.
#[derive(Debug)]
pub struct Network {
    reduce: Affine,
    /// For each of the state's tokens (`features`) its share of the hidden layer, computed once per token.
    lower: Affine,
    features: usize,
    hidden: usize,
    pieces: usize,
    bias: Vec<f32>,
    /// Stands for the shares of a missing token.
    missing: Vec<f32>,
    upper: Affine,
}

/// Memory of the scores of one text, reused.
#[derive(Debug, Default)]
pub struct Activations {
    reduced: Vec<f32>,
    shares: Vec<f32>,
    sums: Vec<f32>,
    best: Vec<f32>,
    pub scores: Vec<f32>,
}

impl Network {
    /// From the file `model` of the component. `widths`: numbers per token vector, and actions; `features`: how many
    /// tokens a state of this kind may look at.
    pub fn new(weights: &Weights, widths: (usize, usize), supported: [usize; 2]) -> Result<Self, String> {
        let linears = weights.layers("linear");
        let [upper, reduce] = &linears[..] else {
            return Err(format!("{} linear layers, expected 2 (a network with an upper layer)", linears.len()));
        };
        let lower = weights.layer("precomputable_affine")?;
        let array = lower.array("W", 4)?;
        let [features, hidden, pieces, inputs] = array.shape[..] else { return Err("no lower layer".into()) };
        let (bias, missing) = (lower.array("b", 2)?, lower.array("pad", 4)?);
        if bias.shape != [hidden, pieces] || missing.shape != [1, features, hidden, pieces] {
            return Err("lower layer: bias or padding of another shape than its weights".into());
        }
        if !supported.contains(&features) || pieces < 2 {
            let [fewer, more] = supported;
            return Err(format!(
                "{features} state features of {pieces} pieces; supported are {fewer} or {more} of 2 or more"
            ));
        }
        let order = piecewise(features, hidden, pieces);
        let reordered = |values: &[f32], order: &[usize]| order.iter().map(|at| values[*at]).collect();
        let network = Self {
            reduce: reduce.linear()?,
            lower: Affine::new(&array.values, &[], inputs, &order),
            features,
            hidden,
            pieces,
            bias: reordered(&bias.values, &piecewise(1, hidden, pieces)),
            missing: reordered(&missing.values, &order),
            upper: upper.linear()?,
        };
        network.check(widths, inputs)?;
        Ok(network)
    }

    fn check(&self, (width, actions): (usize, usize), inputs: usize) -> Result<(), String> {
        let shapes = (self.reduce.inputs(), self.reduce.outputs(), self.upper.inputs(), self.upper.outputs());
        let expected = (width, inputs, self.hidden, actions);
        if shapes == expected { Ok(()) } else { Err(format!("layers of {shapes:?} numbers, expected {expected:?}")) }
    }

    /// How many tokens [`Network::score`] is to be given.
    pub fn features(&self) -> usize {
        self.features
    }

    /// Computes what one text's states have in common; `vectors` holds its `length` token vectors.
    pub fn prepare(&self, vectors: &[f32], length: usize, memory: &mut Activations) {
        memory.reduced.resize(length * self.reduce.outputs(), 0.0);
        memory.shares.resize(length * self.lower.outputs(), 0.0);
        self.reduce.apply(vectors, self.reduce.inputs(), length, &mut memory.reduced);
        self.lower.apply(&memory.reduced, self.lower.inputs(), length, &mut memory.shares);
        memory.sums.resize(self.hidden * self.pieces, 0.0);
        memory.best.resize(self.hidden, 0.0);
        memory.scores.resize(self.upper.outputs(), 0.0);
    }

    /// Fills `scores` for a state that looks at `tokens` of the prepared text.
    pub fn score(&self, tokens: &[i32], memory: &mut Activations) {
        let (size, row) = (self.hidden * self.pieces, self.lower.outputs());
        let Activations { shares, sums, best, scores, .. } = memory;
        let share = |(feature, token): (usize, &i32)| match *token {
            NONE => &self.missing[feature * size..][..size],
            token => &shares[token as usize * row + feature * size..][..size],
        };
        maxout_bias(tokens.iter().enumerate().map(share), &self.bias, sums, best);
        self.upper.apply(best, self.hidden, 1, scores);
    }
}
