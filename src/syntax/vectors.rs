//! A word form in, its published static vector out.

use rustc_hash::FxHashMap;

use super::hash::string_id;
use super::msgpack::{Value, decode};
use super::weights::numbers;

/// The table of a pipeline's static vectors.
#[derive(Debug)]
pub struct Vectors {
    width: usize,
    values: Vec<f32>,
    /// By string number.
    rows: FxHashMap<u64, u32>,
}

impl Vectors {
    /// From `vocab/vectors` (a NumPy array), `vocab/key2row` and the settings in `vocab/vectors.cfg`, if any.
    pub fn new(array: &[u8], keys: &[u8], settings: Option<&[u8]>) -> Result<Self, String> {
        let settings = settings.map(String::from_utf8_lossy).unwrap_or_default();
        if settings.contains("floret") {
            return Err("vocab/vectors.cfg: vectors in the mode floret, supported: default".into());
        }
        let (width, values) = table(array)?;
        let count = values.len() / width.max(1);
        let keys = decode(keys).map_err(|reason| format!("vocab/key2row: {reason}"))?;
        let row = |(key, row): &(Value, Value)| Some((key.number()?, u32::try_from(row.number()?).ok()?));
        let rows: FxHashMap<u64, u32> = keys.map().iter().filter_map(row).collect();
        if rows.values().any(|row| *row as usize >= count) {
            return Err(format!("vocab/key2row: a row beyond the last one, {count}"));
        }
        Ok(Self { width, values, rows })
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// The vector of a form, if it has one.
    pub fn of(&self, orth: &str) -> Option<&[f32]> {
        let row = *self.rows.get(&string_id(orth))? as usize;
        Some(&self.values[row * self.width..][..self.width])
    }
}

/// Width and numbers of a two-dimensional NumPy array of 32-bit floats.
fn table(array: &[u8]) -> Result<(usize, Vec<f32>), String> {
    let wrong = |what: &str| format!("vocab/vectors: {what}; expected a NumPy array of 32-bit floats, row by row");
    let rest = array.strip_prefix(b"\x93NUMPY").ok_or_else(|| wrong("no NumPy array"))?;
    let (length, rest) = match rest {
        [1, _, low, high, rest @ ..] => (usize::from(u16::from_le_bytes([*low, *high])), rest),
        _ => return Err(wrong("another version of the format")),
    };
    let (header, data) = rest.split_at_checked(length).ok_or_else(|| wrong("cut off"))?;
    let header = String::from_utf8_lossy(header).replace(' ', "");
    if !header.contains("'descr':'<f4'") || !header.contains("'fortran_order':False") {
        return Err(wrong(header.trim()));
    }
    let shape = header.split_once("'shape':(").and_then(|(_, rest)| rest.split_once(')')).map(|(shape, _)| shape);
    let shape: Option<Vec<usize>> = shape.map(|shape| shape.split(',').filter_map(|size| size.parse().ok()).collect());
    match shape.as_deref() {
        Some([rows, width]) if rows.checked_mul(*width).and_then(|size| size.checked_mul(4)) == Some(data.len()) => {
            Ok((*width, numbers(data).collect()))
        }
        _ => Err(wrong(header.trim())),
    }
}
