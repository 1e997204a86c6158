//! Lexemes in, a vector per token out that knows its neighbours: hash embeddings and convolutions.

use std::borrow::Cow;
use std::sync::Arc;

use super::hash;
use super::lexicon::Lexeme;
use super::matrix::{Affine, BLOCK, Norm, add};
use super::vectors::Vectors;
use super::weights::{Maxout, Weights, numbers};

/// What a table is indexed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

#[derive(Debug)]
struct Table {
    attribute: Attribute,
    seed: u32,
    rows: u32,
    /// As the file has them: the embedded ones are never copied.
    values: Cow<'static, [u8]>,
}

#[derive(Debug)]
struct Layer {
    affine: Affine,
    pieces: usize,
    norm: Norm,
}

/// The network below tagger and parser.
#[derive(Debug)]
pub struct Tok2Vec {
    width: usize,
    tables: Vec<Table>,
    fixed: Option<Fixed>,
    mix: Layer,
    first: First,
    convolutions: Vec<Layer>,
}

/// What static vectors contribute.
#[derive(Debug)]
struct Fixed {
    vectors: Arc<Vectors>,
    map: Affine,
}

/// The first convolution: what a lexeme contributes as left neighbour, as itself and as right neighbour never changes.
#[derive(Debug)]
struct First {
    shares: Affine,
    bias: Vec<f32>,
    pieces: usize,
    norm: Norm,
}

/// Vectors of lexemes without their neighbours, and their contributions to the first convolution, one row each.
#[derive(Debug, Default)]
pub struct Embedded {
    vectors: Vec<f32>,
    shares: Vec<f32>,
}

impl Embedded {
    /// Keeps the memory for the next rows.
    pub fn clear(&mut self) {
        self.vectors.clear();
        self.shares.clear();
    }
}

impl Tok2Vec {
    /// `keep` decides how the embedding tables live on: borrowed from the program or copied.
    /// A network that asks for static vectors needs them given.
    pub fn new<'a>(
        weights: &Weights<'a>,
        vectors: Option<&Arc<Vectors>>,
        keep: fn(&'a [u8]) -> Cow<'static, [u8]>,
    ) -> Result<Self, String> {
        let columns = weights.layer("extract_features")?.names("columns")?;
        let tables = tables(weights, &columns, keep)?;
        let width = tables.first().map_or(0, |table| table.width());
        let fixed = fixed(weights, vectors, width)?;
        let (maxouts, norms) = (weights.layers("maxout"), weights.layers("layernorm"));
        if maxouts.len() != norms.len() || maxouts.len() < 2 {
            return Err(format!("{} maxout and {} layernorm layers", maxouts.len(), norms.len()));
        }
        let (mut layers, mut first) = (Vec::new(), None);
        for (at, (maxout, norm)) in maxouts.iter().zip(&norms).enumerate() {
            let embeddings = tables.len() + usize::from(fixed.is_some());
            let inputs = if at == 0 { embeddings * width } else { 3 * width };
            let (maxout, norm) = (maxout.maxout()?, norm.norm(width)?);
            check(&maxout, inputs, width)?;
            if at == 1 {
                first = Some(First { shares: maxout.split(3), bias: maxout.bias, pieces: maxout.pieces, norm });
            } else {
                layers.push(Layer { affine: maxout.affine(), pieces: maxout.pieces, norm });
            }
        }
        if weights.layers("expand_window").iter().any(|window| window.attribute("window_size") != Ok(1)) {
            return Err("a convolution whose window is not 1".into());
        }
        let mix = layers.remove(0);
        let first = first.ok_or("no convolution")?;
        Ok(Self { width, tables, fixed, mix, first, convolutions: layers })
    }

    /// Numbers per token.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Which of a lexeme's two vectors is meant; a network that does not see spaces has one.
    pub fn variant(&self, spaced: bool) -> usize {
        usize::from(spaced && self.tables.iter().any(|table| table.attribute == Attribute::Spacy))
    }

    /// Rows of zeros that keep one text from another, and that stand at both ends.
    pub fn padding(&self) -> usize {
        1 + self.convolutions.len()
    }

    /// Adds a row for each lexeme. The flag: a space follows.
    pub fn embed(&self, lexemes: &[(&Lexeme, bool)], embedded: &mut Embedded) {
        let (start, width) = (embedded.vectors.len(), self.width);
        self.mix(lexemes, &mut embedded.vectors);
        let outputs = self.first.shares.outputs();
        embedded.shares.resize(embedded.vectors.len() / width * outputs, 0.0);
        let target = &mut embedded.shares[start / width * outputs..];
        self.first.shares.apply(&embedded.vectors[start..], width, lexemes.len(), target);
    }

    fn mix(&self, lexemes: &[(&Lexeme, bool)], output: &mut Vec<f32>) {
        let inputs = self.mix.affine.inputs();
        let mut embedded = vec![0f32; BLOCK * inputs];
        let mut sums = vec![0f32; BLOCK * self.mix.affine.outputs()];
        for block in lexemes.chunks(BLOCK) {
            for ((lexeme, spaced), row) in block.iter().zip(embedded.chunks_exact_mut(inputs)) {
                self.look_up(lexeme, *spaced, row);
            }
            let start = output.len();
            output.resize(start + block.len() * self.width, 0.0);
            let sums = &mut sums[..block.len() * self.mix.affine.outputs()];
            self.mix.affine.apply(&embedded, inputs, block.len(), sums);
            self.mix.norm.activate(sums, self.mix.pieces, &mut output[start..], false);
        }
    }

    fn convolve_first(&self, tokens: &[Option<u32>], embedded: &Embedded, rows: &mut Vec<f32>) {
        let (width, outputs) = (self.width, self.first.bias.len());
        rows.clear();
        rows.resize(tokens.len() * width, 0.0);
        let mut sums = vec![0f32; BLOCK * outputs];
        let windows: Vec<&[Option<u32>]> = tokens.windows(3).collect();
        for (windows, rows) in windows.chunks(BLOCK).zip(rows[width..].chunks_mut(BLOCK * width)) {
            for ((window, row), sums) in windows.iter().zip(rows.chunks_mut(width)).zip(sums.chunks_mut(outputs)) {
                sums.copy_from_slice(&self.first.bias);
                for (place, token) in window.iter().enumerate() {
                    if let Some(token) = token {
                        add(sums, &embedded.shares[(*token as usize * 3 + place) * outputs..][..outputs]);
                    }
                }
                if let Some(token) = window[1] {
                    row.copy_from_slice(&embedded.vectors[token as usize * width..][..width]);
                }
            }
            let sums = &sums[..windows.len() * outputs];
            self.first.norm.activate(sums, self.first.pieces, &mut rows[..windows.len() * width], true);
        }
    }

    fn look_up(&self, lexeme: &Lexeme, spaced: bool, row: &mut [f32]) {
        row.fill(0.0);
        if let Some(fixed) = &self.fixed
            && let Some(vector) = fixed.vectors.of(&lexeme.orth)
        {
            fixed.map.apply(vector, vector.len(), 1, &mut row[self.tables.len() * self.width..]);
        }
        for (table, target) in self.tables.iter().zip(row.chunks_exact_mut(self.width)) {
            let key = match table.attribute {
                Attribute::Norm => lexeme.norm,
                Attribute::Prefix => lexeme.prefix,
                Attribute::Suffix => lexeme.suffix,
                Attribute::Shape => lexeme.shape,
                Attribute::Spacy => u64::from(spaced),
                Attribute::IsSpace => u64::from(lexeme.is_space),
            };
            for hash in hash::rows(key, table.seed) {
                let at = (hash % table.rows) as usize * self.width * 4;
                for (sum, value) in target.iter_mut().zip(numbers(&table.values[at..])) {
                    *sum += value;
                }
            }
        }
    }

    /// Vectors in `rows` for `tokens`: rows of `embedded`, or none for padding. The first and the last token must be
    /// padding, and stay zeros. Padding between texts is zeros at first, but is computed like all others from layer
    /// to layer: so the network was trained.
    pub fn convolve(&self, tokens: &[Option<u32>], embedded: &Embedded, rows: &mut Vec<f32>, spare: &mut Vec<f32>) {
        let width = self.width;
        let count = tokens.len() - 2;
        self.convolve_first(tokens, embedded, rows);
        let mut sums = Vec::new();
        for layer in &self.convolutions {
            let outputs = layer.affine.outputs();
            sums.resize(BLOCK * outputs, 0.0);
            spare.clear();
            spare.extend_from_slice(rows);
            for block in (0..count).step_by(BLOCK) {
                let size = BLOCK.min(count - block);
                // A row and its two neighbours are one stretch of memory: no window needs to be copied.
                layer.affine.apply(&rows[block * width..], width, size, &mut sums[..size * outputs]);
                let target = &mut spare[(block + 1) * width..][..size * width];
                layer.norm.activate(&sums[..size * outputs], layer.pieces, target, true);
            }
            std::mem::swap(rows, spare);
        }
    }
}

impl Table {
    fn width(&self) -> usize {
        self.values.len() / 4 / self.rows as usize
    }
}

/// The layer that fits static vectors to the others, where the network has one.
fn fixed(weights: &Weights, vectors: Option<&Arc<Vectors>>, width: usize) -> Result<Option<Fixed>, String> {
    let layers = weights.layers("static_vectors");
    let Some(layer) = layers.first() else { return Ok(None) };
    let vectors = vectors.ok_or("a network with static vectors, which config.cfg does not tell of")?;
    let map = layer.map()?;
    let (found, expected) = ((map.inputs(), map.outputs()), (vectors.width(), width));
    if found != expected {
        return Err(format!("static vectors: a layer of {found:?} numbers in and out, expected {expected:?}"));
    }
    Ok(Some(Fixed { vectors: Arc::clone(vectors), map }))
}

fn tables<'a>(
    weights: &Weights<'a>,
    columns: &[String],
    keep: fn(&'a [u8]) -> Cow<'static, [u8]>,
) -> Result<Vec<Table>, String> {
    let layers = weights.layers("hashembed");
    if layers.is_empty() {
        return Err("no hash embeddings".into());
    }
    let mut tables: Vec<Table> = Vec::new();
    for layer in layers {
        let column = columns.get(layer.attribute("column")? as usize).map_or("", String::as_str);
        let attribute = match column {
            "NORM" => Attribute::Norm,
            "PREFIX" => Attribute::Prefix,
            "SUFFIX" => Attribute::Suffix,
            "SHAPE" => Attribute::Shape,
            "SPACY" => Attribute::Spacy,
            "IS_SPACE" => Attribute::IsSpace,
            other => return Err(format!("an embedding of {other:?}, which is not supported")),
        };
        let (shape, data) = layer.data("E", 2)?;
        let seed = u32::try_from(layer.attribute("seed")?).map_err(|_| "a seed beyond 32 bits")?;
        let rows = u32::try_from(shape[0]).map_err(|_| "too many rows")?;
        if tables.first().is_some_and(|first| first.width() != shape[1]) {
            return Err("embeddings of different widths".into());
        }
        tables.push(Table { attribute, seed, rows, values: keep(data) });
    }
    Ok(tables)
}

fn check(maxout: &Maxout, inputs: usize, width: usize) -> Result<(), String> {
    if maxout.inputs != inputs || maxout.outputs() != width * maxout.pieces {
        let found = (maxout.inputs, maxout.outputs() / maxout.pieces);
        return Err(format!("a maxout layer of {found:?} numbers in and out, expected {:?}", (inputs, width)));
    }
    Ok(())
}
