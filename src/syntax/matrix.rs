//! Weights and rows of numbers in, layer outputs out.
//!
//! Every output is one chain of fused multiply-adds over its inputs, in order, whatever rows stand beside it and
//! whatever the processor's vector width: the same text gives the same bits alone or in a batch, on any machine.
//! A general matrix library promises neither.

/// Columns per panel of packed weights: four vectors of eight.
const PANEL: usize = 16;
/// Rows per tile: with the panel's width, what fits the vector registers.
const TILE: usize = 6;
/// Rows per block: their outputs stay in the second-level cache until the activation has read them.
pub const BLOCK: usize = 96;

/// Runs `work` compiled for the widest vectors that this processor has.
#[inline(always)]
fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2,fma")]
        unsafe fn wide<R>(work: impl FnOnce() -> R) -> R {
            work()
        }
        if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
            // SAFETY: the features have just been detected.
            return unsafe { wide(work) };
        }
    }
    work()
}

/// An affine map, its weights packed in panels of columns.
#[derive(Debug)]
pub struct Affine {
    inputs: usize,
    outputs: usize,
    panels: Vec<f32>,
    /// Padded with zeros to whole panels.
    bias: Vec<f32>,
}

impl Affine {
    /// `weights`: one row of `inputs` numbers per output; `order[i]` is the row that becomes output `i`. An empty
    /// `bias` is none.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize, order: &[usize]) -> Self {
        let outputs = order.len();
        let mut panels = vec![0.0; outputs.div_ceil(PANEL) * PANEL * inputs];
        for (at, row) in order.iter().enumerate() {
            let panel = &mut panels[at / PANEL * PANEL * inputs..];
            for input in 0..inputs {
                panel[input * PANEL + at % PANEL] = weights[row * inputs + input];
            }
        }
        let mut bias: Vec<f32> = order.iter().map(|row| bias.get(*row).copied().unwrap_or(0.0)).collect();
        bias.resize(outputs.div_ceil(PANEL) * PANEL, 0.0);
        Self { inputs, outputs, panels, bias }
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Row `i` of the input is the `inputs` numbers from `i * stride`; rows may overlap. `output`: `rows * outputs`.
    pub fn apply(&self, input: &[f32], stride: usize, rows: usize, output: &mut [f32]) {
        vectorised(
            #[inline(always)]
            || self.product(input, stride, rows, output),
        );
    }

    #[inline(always)]
    fn product(&self, input: &[f32], stride: usize, rows: usize, output: &mut [f32]) {
        for block in (0..rows).step_by(BLOCK) {
            let end = (block + BLOCK).min(rows);
            for (at, panel) in self.panels.chunks_exact(PANEL * self.inputs).enumerate() {
                let mut row = block;
                while row + TILE <= end {
                    self.tile::<TILE>(&input[row * stride..], stride, panel, at, &mut output[row * self.outputs..]);
                    row += TILE;
                }
                while row < end {
                    self.tile::<1>(&input[row * stride..], stride, panel, at, &mut output[row * self.outputs..]);
                    row += 1;
                }
            }
        }
    }

    /// `R` rows by one panel of columns.
    #[inline(always)]
    fn tile<const R: usize>(&self, input: &[f32], stride: usize, panel: &[f32], at: usize, output: &mut [f32]) {
        let inputs = self.inputs;
        let rows: [&[f32]; R] = std::array::from_fn(|row| &input[row * stride..][..inputs]);
        let panel = &panel[..inputs * PANEL];
        let mut sums = [[0f32; PANEL]; R];
        // Indices and not iterators: so the compiler unrolls both inner loops and keeps the sums in registers.
        #[allow(clippy::needless_range_loop)]
        for i in 0..inputs {
            let weights: &[f32; PANEL] = panel[i * PANEL..][..PANEL].try_into().expect("a panel's width");
            for row in 0..R {
                let value = rows[row][i];
                for column in 0..PANEL {
                    sums[row][column] = value.mul_add(weights[column], sums[row][column]);
                }
            }
        }
        let first = at * PANEL;
        let width = PANEL.min(self.outputs - first);
        let bias: &[f32; PANEL] = self.bias[first..][..PANEL].try_into().expect("padded to whole panels");
        #[allow(clippy::needless_range_loop)]
        for row in 0..R {
            let line: [f32; PANEL] = std::array::from_fn(|column| sums[row][column] + bias[column]);
            output[row * self.outputs + first..][..width].copy_from_slice(&line[..width]);
        }
    }
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
    fn maxout_takes_the_best_piece() {
        let mut best = [0.0; 2];
        maxout(&[1.0, 5.0, 3.0, 2.0], &mut best);
        assert_eq!(best, [3.0, 5.0]);
    }
}
