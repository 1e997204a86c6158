//! A thinc model file in, its layers with checked shapes out.

use super::matrix::{Affine, Norm};
use super::msgpack::{Value, decode};

/// The decoded file `model` of one component.
pub struct Weights<'a> {
    file: Value<'a>,
}

/// One layer of a model, by its place in the model's walk.
pub struct Layer<'w, 'a> {
    weights: &'w Weights<'a>,
    at: usize,
}

impl<'a> Weights<'a> {
    pub fn new(bytes: &'a [u8]) -> Result<Self, String> {
        let file = decode(bytes)?;
        if ["nodes", "attrs", "params"].iter().any(|part| file.get(part).is_none()) {
            return Err("no thinc model: nodes, attrs or params are missing".into());
        }
        Ok(Self { file })
    }

    /// Layers called `name`, in order.
    pub fn layers<'w>(&'w self, name: &str) -> Vec<Layer<'w, 'a>> {
        let nodes = self.file.get("nodes").map_or(&[][..], Value::list);
        let named = |node: &Value| node.get("name").and_then(|found| found.text()) == Some(name);
        let places = nodes.iter().enumerate().filter(|(_, node)| named(node));
        places.map(|(at, _)| Layer { weights: self, at }).collect()
    }

    /// The only layer called `name`.
    pub fn layer<'w>(&'w self, name: &str) -> Result<Layer<'w, 'a>, String> {
        let mut layers = self.layers(name);
        if layers.len() != 1 {
            return Err(format!("{} layers {name:?}; expected one", layers.len()));
        }
        Ok(layers.remove(0))
    }
}

/// Numbers with their shape.
pub struct Array {
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// A maxout layer's numbers, all outputs of the first piece first.
pub struct Maxout {
    pub inputs: usize,
    pub pieces: usize,
    weights: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Maxout {
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    pub fn affine(&self) -> Affine {
        Affine::new(&self.weights, &self.bias, self.inputs, &(0..self.outputs()).collect::<Vec<_>>())
    }

    /// The same layer without bias as `windows` layers side by side, each of its share of the inputs.
    pub fn split(&self, windows: usize) -> Affine {
        let inputs = self.inputs / windows;
        let part =
            |window: usize| self.weights.chunks_exact(self.inputs).map(move |row| &row[window * inputs..][..inputs]);
        let weights: Vec<f32> = (0..windows).flat_map(part).flatten().copied().collect();
        Affine::new(&weights, &[], inputs, &(0..windows * self.outputs()).collect::<Vec<_>>())
    }
}

/// The number at each place of little-endian data.
pub fn numbers(data: &[u8]) -> impl Iterator<Item = f32> + '_ {
    data.chunks_exact(4).map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

impl<'a> Layer<'_, 'a> {
    fn part(&self, part: &str) -> Option<&Value<'a>> {
        self.weights.file.get(part)?.list().get(self.at)
    }

    /// An attribute of the layer: a number.
    pub fn attribute(&self, name: &str) -> Result<u64, String> {
        let value = self.attribute_value(name, &|value| value.number());
        value.ok_or_else(|| format!("layer {}: no attribute {name:?}", self.at))
    }

    /// An attribute of the layer: a list of names.
    pub fn names(&self, name: &str) -> Result<Vec<String>, String> {
        let all = |value: &Value| value.list().iter().map(|item| item.text().map(str::to_owned)).collect();
        self.attribute_value(name, &all).ok_or_else(|| format!("layer {}: no attribute {name:?}", self.at))
    }

    /// Attributes are values packed once more.
    fn attribute_value<T>(&self, name: &str, read: &dyn Fn(&Value) -> Option<T>) -> Option<T> {
        match self.part("attrs")?.get(name)? {
            Value::Bytes(packed) => read(&decode(packed).ok()?),
            value => read(value),
        }
    }

    /// A parameter of the layer; its number of dimensions must be `dimensions`.
    pub fn array(&self, name: &str, dimensions: usize) -> Result<Array, String> {
        let (shape, data) = self.data(name, dimensions)?;
        Ok(Array { shape, values: numbers(data).collect() })
    }

    /// Shape and little-endian data of a parameter.
    pub fn data(&self, name: &str, dimensions: usize) -> Result<(Vec<usize>, &'a [u8]), String> {
        let wrong = |what: &str| format!("layer {}, parameter {name:?}: {what}", self.at);
        let value = self.part("params").and_then(|params| params.get(name)).ok_or_else(|| wrong("missing"))?;
        let data = value.get("data").and_then(Value::bytes).ok_or_else(|| wrong("no data"))?;
        if value.get("type").and_then(Value::text) != Some("<f4") {
            return Err(wrong("not of 32-bit floats"));
        }
        let shape: Option<Vec<usize>> = match value.get("shape") {
            Some(shape) => shape.list().iter().map(|size| usize::try_from(size.number()?).ok()).collect(),
            None => None,
        };
        let shape = shape.ok_or_else(|| wrong("no shape"))?;
        let size = shape.iter().try_fold(4usize, |size, next| size.checked_mul(*next));
        if shape.len() != dimensions || size != Some(data.len()) || data.is_empty() {
            return Err(wrong(&format!("shape {shape:?} with {} bytes, expected {dimensions} dimensions", data.len())));
        }
        Ok((shape, data))
    }

    fn vector(&self, name: &str, length: usize) -> Result<Vec<f32>, String> {
        let array = self.array(name, 1)?;
        if array.shape[0] != length {
            return Err(format!("layer {}: {} numbers {name:?}, expected {length}", self.at, array.shape[0]));
        }
        Ok(array.values)
    }

    /// A linear layer.
    pub fn linear(&self) -> Result<Affine, String> {
        let weights = self.array("W", 2)?;
        let (outputs, inputs) = (weights.shape[0], weights.shape[1]);
        let bias = self.vector("b", outputs)?;
        Ok(Affine::new(&weights.values, &bias, inputs, &(0..outputs).collect::<Vec<_>>()))
    }

    /// A linear layer without bias.
    pub fn map(&self) -> Result<Affine, String> {
        let weights = self.array("W", 2)?;
        let (outputs, inputs) = (weights.shape[0], weights.shape[1]);
        Ok(Affine::new(&weights.values, &[], inputs, &(0..outputs).collect::<Vec<_>>()))
    }

    /// A maxout layer; piece by piece, so that the maximum is one of whole vectors.
    pub fn maxout(&self) -> Result<Maxout, String> {
        let weights = self.array("W", 3)?;
        let (outputs, pieces, inputs) = (weights.shape[0], weights.shape[1], weights.shape[2]);
        let bias = self.array("b", 2)?;
        if bias.shape != [outputs, pieces] {
            return Err(format!("layer {}: bias of shape {:?}, expected {outputs}, {pieces}", self.at, bias.shape));
        }
        let order = piecewise(1, outputs, pieces);
        let bias = order.iter().map(|at| bias.values[*at]).collect();
        let weights = order.iter().flat_map(|at| &weights.values[at * inputs..][..inputs]).copied().collect();
        Ok(Maxout { inputs, pieces, weights, bias })
    }

    pub fn norm(&self, width: usize) -> Result<Norm, String> {
        Ok(Norm { scale: self.vector("G", width)?, shift: self.vector("b", width)? })
    }
}

/// Places of (group, output, piece) in the order (group, piece, output).
pub fn piecewise(groups: usize, outputs: usize, pieces: usize) -> Vec<usize> {
    let place = |group, piece, output| (group * outputs + output) * pieces + piece;
    let pieces_of = |group| (0..pieces).flat_map(move |piece| (0..outputs).map(move |o| place(group, piece, o)));
    (0..groups).flat_map(pieces_of).collect()
}
