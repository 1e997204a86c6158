//! Weights and rows of numbers in, layer outputs out.
//!
//! Every output is one chain of fused multiply-adds over its inputs, in order, whatever rows stand beside it and
//! whatever the processor's vector width: the same text gives the same bits alone or in a batch, on any machine.
//! A general matrix library promises neither.

mod lanes;

use lanes::{LANES, Lanes, Width, Work};

/// Rows per block: their outputs stay in the second-level cache until the activation has read them.
pub const BLOCK: usize = 96;

/// Panels that one row alone is multiplied with at once: enough sums in flight to hide how long each takes.
const ABREAST: usize = 4;

/// An affine map, its weights packed in panels of sixteen columns.
#[derive(Debug)]
pub struct Affine {
    inputs: usize,
    outputs: usize,
    /// `inputs` rows to a panel.
    panels: Vec<[f32; LANES]>,
    /// One to a panel.
    bias: Vec<[f32; LANES]>,
    width: Width,
}

impl Affine {
    /// `weights`: one row of `inputs` numbers per output; `order[i]` is the row that becomes output `i`. An empty
    /// `bias` is none.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize, order: &[usize]) -> Self {
        let outputs = order.len();
        let mut panels = vec![[0.0; LANES]; outputs.div_ceil(LANES) * inputs];
        let mut biases = vec![[0.0; LANES]; outputs.div_ceil(LANES)];
        for (at, row) in order.iter().enumerate() {
            let panel = &mut panels[at / LANES * inputs..][..inputs];
            for (input, weight) in panel.iter_mut().zip(&weights[row * inputs..]) {
                input[at % LANES] = *weight;
            }
            biases[at / LANES][at % LANES] = bias.get(*row).copied().unwrap_or(0.0);
        }
        Self { inputs, outputs, panels, bias: biases, width: Width::best() }
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Row `i` of the input is the `inputs` numbers from `i * stride`; rows may overlap. `output`: `rows * outputs`.
    pub fn apply(&self, input: &[f32], stride: usize, rows: usize, output: &mut [f32]) {
        self.width.run(Product { affine: self, input, stride, rows, output });
    }
}

struct Product<'a> {
    affine: &'a Affine,
    input: &'a [f32],
    stride: usize,
    rows: usize,
    output: &'a mut [f32],
}

impl Work for Product<'_> {
    #[inline(always)]
    fn with<L: Lanes, const ROWS: usize, const PANELS: usize>(mut self) {
        let whole = self.rows / ROWS * ROWS;
        for block in (0..whole).step_by(BLOCK) {
            let end = (block + BLOCK).min(whole);
            self.columns::<PANELS>(
                #[inline(always)]
                |product, panel, several| {
                    for row in (block..end).step_by(ROWS) {
                        if several {
                            product.tile::<L, ROWS, PANELS>(row, panel);
                        } else {
                            product.tile::<L, ROWS, 1>(row, panel);
                        }
                    }
                },
            );
        }
        for row in whole..self.rows {
            self.columns::<ABREAST>(
                #[inline(always)]
                |product, panel, several| {
                    if several {
                        product.tile::<L, 1, ABREAST>(row, panel);
                    } else {
                        product.tile::<L, 1, 1>(row, panel);
                    }
                },
            );
        }
    }
}

impl Product<'_> {
    /// Calls `tile` with all panels by number: `PANELS` at once where so many are left, else one.
    #[inline(always)]
    fn columns<const PANELS: usize>(&mut self, mut tile: impl FnMut(&mut Self, usize, bool)) {
        let panels = self.affine.bias.len();
        let together = panels / PANELS * PANELS;
        for panel in (0..together).step_by(PANELS) {
            tile(self, panel, true);
        }
        for panel in together..panels {
            tile(self, panel, false);
        }
    }

    /// `R` rows by `P` panels of columns. Each output is a chain over the inputs in their order, then the bias.
    #[inline(always)]
    fn tile<L: Lanes, const R: usize, const P: usize>(&mut self, first: usize, panel: usize) {
        let inputs = self.affine.inputs;
        let rows: [&[f32]; R] = std::array::from_fn(|row| &self.input[(first + row) * self.stride..][..inputs]);
        let panels: [&[[f32; LANES]]; P] =
            std::array::from_fn(|at| &self.affine.panels[(panel + at) * inputs..][..inputs]);
        let mut sums = [[L::all(0.0); P]; R];
        // Indices and not iterators: so the compiler unrolls the inner loops and keeps the sums in registers.
        #[allow(clippy::needless_range_loop)]
        for i in 0..inputs {
            let mut weights = [L::all(0.0); P];
            for at in 0..P {
                weights[at] = L::load(&panels[at][i]);
            }
            for row in 0..R {
                let value = L::all(rows[row][i]);
                for at in 0..P {
                    sums[row][at] = sums[row][at].add_product(value, weights[at]);
                }
            }
        }
        for (row, sums) in sums.into_iter().enumerate() {
            let line = &mut self.output[(first + row) * self.affine.outputs..][..self.affine.outputs];
            for (at, sum) in sums.into_iter().enumerate() {
                put(sum.add(L::load(&self.affine.bias[panel + at])), &mut line[(panel + at) * LANES..]);
            }
        }
    }
}

/// Writes the numbers for which `line` has room.
#[inline(always)]
fn put<L: Lanes>(lanes: L, line: &mut [f32]) {
    match line.first_chunk_mut() {
        Some(whole) => lanes.store(whole),
        None => {
            let mut rest = [0.0; LANES];
            lanes.store(&mut rest);
            let room = line.len();
            line.copy_from_slice(&rest[..room]);
        }
    }
}

/// Runs `work` compiled for the widest registers that this processor has.
#[inline(always)]
fn vectorised(work: impl FnOnce()) {
    struct Plain<F>(F);
    impl<F: FnOnce()> Work for Plain<F> {
        #[inline(always)]
        fn with<L: Lanes, const ROWS: usize, const PANELS: usize>(self) {
            (self.0)();
        }
    }
    Width::best().run(Plain(work));
}

/// The largest of `pieces` consecutive blocks, per position: `row` holds `pieces * output.len()` numbers.
#[inline(always)]
pub fn maxout(row: &[f32], output: &mut [f32]) {
    let (first, rest) = row.split_at(output.len());
    output.copy_from_slice(first);
    for piece in rest.chunks_exact(output.len()) {
        for (best, value) in output.iter_mut().zip(piece) {
            *best = if *value > *best { *value } else { *best };
        }
    }
}

/// Adds `values` to `sums`.
pub fn add(sums: &mut [f32], values: &[f32]) {
    vectorised(
        #[inline(always)]
        || sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value),
    );
}

/// `best` becomes the maxout of `bias` and the `parts` added up; `sums` is memory to add them in.
pub fn maxout_bias<'p>(parts: impl Iterator<Item = &'p [f32]>, bias: &'p [f32], sums: &mut [f32], best: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || {
            sums.fill(0.0);
            for part in parts.chain([bias]) {
                for (sum, value) in sums.iter_mut().zip(part) {
                    *sum += value;
                }
            }
            maxout(sums, best);
        },
    );
}

/// Layer normalisation with a learned scale and shift.
#[derive(Debug)]
pub struct Norm {
    pub scale: Vec<f32>,
    pub shift: Vec<f32>,
}

impl Norm {
    /// Maxout, then normalisation, of each row of `sums`; added to what `output` holds if `residual`.
    pub fn activate(&self, sums: &[f32], pieces: usize, output: &mut [f32], residual: bool) {
        vectorised(
            #[inline(always)]
            || {
                let width = self.scale.len();
                let mut best = vec![0.0; width];
                for (row, output) in sums.chunks_exact(width * pieces).zip(output.chunks_exact_mut(width)) {
                    maxout(row, &mut best);
                    self.normalise(&best, output, residual);
                }
            },
        );
    }

    #[inline(always)]
    fn normalise(&self, row: &[f32], output: &mut [f32], residual: bool) {
        let mean = sum(row, |value| value) / row.len() as f32;
        let variance = sum(row, |value| (value - mean) * (value - mean)) / row.len() as f32 + 1e-8;
        let factor = 1.0 / variance.sqrt();
        let keep = if residual { 1.0 } else { 0.0 };
        for (((output, value), scale), shift) in output.iter_mut().zip(row).zip(&self.scale).zip(&self.shift) {
            *output = *output * keep + ((value - mean) * factor * scale + shift);
        }
    }
}

/// A sum in eight lanes, added up in a fixed order.
#[inline(always)]
fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; 8];
    let chunks = row.chunks_exact(8);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += term(*value);
        }
    }
    lanes.iter().copied().chain(rest.iter().map(|value| term(*value))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_does_not_depend_on_the_rows_beside_it() {
        let value = |i: usize| ((i * 37 % 101) as f32 - 50.0) / 17.0;
        let weights: Vec<f32> = (0..20 * 33).map(value).collect();
        let input: Vec<f32> = (0..200 * 33).map(|i| value(i + 7)).collect();
        let order: Vec<usize> = (0..20).collect();
        let affine = Affine::new(&weights, &[0.5; 20], 33, &order);
        let mut together = vec![0.0; 200 * 20];
        affine.apply(&input, 33, 200, &mut together);
        for row in 0..200 {
            let mut alone = vec![0.0; 20];
            affine.apply(&input[row * 33..], 33, 1, &mut alone);
            assert_eq!(alone, together[row * 20..][..20]);
            let exact: f64 = (0..33).map(|i| f64::from(weights[33 + i]) * f64::from(input[row * 33 + i])).sum();
            assert!((f64::from(alone[1]) - exact - 0.5).abs() < 1e-4);
        }
    }

    #[test]
    fn every_width_of_registers_gives_the_same_bits() {
        let value = |i: usize| ((i * 37 % 101) as f32 - 50.0) / 17.0;
        for (inputs, outputs, rows) in [(96, 50, 40), (288, 288, 101), (64, 107, 1), (7, 3, 13), (64, 1024, 25)] {
            let weights: Vec<f32> = (0..outputs * inputs).map(value).collect();
            let bias: Vec<f32> = (0..outputs).map(|i| value(i + 3)).collect();
            let input: Vec<f32> = (0..rows * inputs).map(|i| value(i + 7)).collect();
            let mut affine = Affine::new(&weights, &bias, inputs, &(0..outputs).collect::<Vec<_>>());
            let product = |width: Width| {
                affine.width = width;
                let mut output = vec![0.0; rows * outputs];
                affine.apply(&input, inputs, rows, &mut output);
                output.into_iter().map(f32::to_bits).collect::<Vec<_>>()
            };
            let products: Vec<_> = Width::available().into_iter().map(product).collect();
            assert!(products.iter().all(|bits| *bits == products[0]), "{inputs} x {outputs}");
        }
    }

    #[test]
    fn maxout_takes_the_best_piece() {
        let mut best = [0.0; 2];
        maxout(&[1.0, 5.0, 3.0, 2.0], &mut best);
        assert_eq!(best, [3.0, 5.0]);
    }
}
