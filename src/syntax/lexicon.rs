//! A word form in, the attributes that the network and the rules look at out.

use rustc_hash::FxHashMap;

use super::chars;
use super::hash::string_id;
use super::msgpack::Value;
use super::ruler::Ruler;

/// The norms of a pipeline: what a word form counts as for the network.
pub struct Norms {
    /// By string number, from `vocab/lookups.bin`.
    table: FxHashMap<u64, u64>,
}

impl Norms {
    /// `lookups`: the decoded `vocab/lookups.bin`; a pipeline without a table of norms is fine.
    pub fn new(lookups: &Value) -> Self {
        let entries = lookups.get("lexeme_norm").map_or(&[][..], Value::map);
        let pair = |(key, norm): &(Value, Value)| Some((key.number()?, string_id(norm.text()?)));
        Self { table: entries.iter().filter_map(pair).collect() }
    }

    fn of(&self, orth: &str) -> u64 {
        if let Some(norm) = self.table.get(&string_id(orth)) {
            return *norm;
        }
        match BASE.binary_search_by_key(&orth, |(form, _)| form) {
            Ok(at) => string_id(BASE[at].1),
            Err(_) => string_id(&orth.to_lowercase()),
        }
    }
}

/// Language-independent norms: spaCy's `lang/norm_exceptions.py`. In byte order.
#[rustfmt::skip]
const BASE: &[(&str, &str)] = &[
    ("''", "\""), ("'S", "'s"), ("'s", "'s"), ("--", "-"), ("---", "-"), ("A$", "$"), ("C$", "$"), ("E£", "$"),
    ("Mex$", "$"), ("US$", "$"), ("`", "'"), ("``", "\""), ("£", "$"), ("¥", "$"), ("«", "\""), ("´", "'"),
    ("´´", "\""), ("»", "\""), ("।", "."), ("৳", "$"), ("฿", "$"), ("–", "-"), ("—", "-"), ("——", "-"),
    ("‘", "'"), ("‘‘", "\""), ("’", "'"), ("’S", "'s"), ("’s", "'s"), ("’’", "\""), ("“", "\""), ("”", "\""),
    ("„", "\""), ("…", "..."), ("₣", "$"), ("₩", "$"), ("€", "$"), ("₹", "$"), ("₺", "$"), ("。", "."), ("！", "!"),
    ("，", ","), ("：", ":"), ("；", ";"), ("？", "?"),
];

/// A distinct word form, with the norm that its tokeniser exception gave it, if any.
#[derive(Debug)]
pub struct Lexeme {
    pub orth: Box<str>,
    pub lower: Box<str>,
    pub is_space: bool,
    /// Numbers of the strings NORM, PREFIX, SUFFIX and SHAPE.
    pub norm: u64,
    pub prefix: u64,
    pub suffix: u64,
    pub shape: u64,
    /// Attribute rules that ask for this very word, ascending.
    pub rules: Box<[u16]>,
}

impl Lexeme {
    /// `norm` overrides the norm of the form: tokeniser exceptions carry their own.
    pub fn new(orth: &str, norm: Option<u64>, norms: &Norms, ruler: &Ruler) -> Self {
        let lower = orth.to_lowercase();
        let prefix = orth.chars().next().map_or(0, char::len_utf8);
        let suffix = orth.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Self {
            norm: norm.unwrap_or_else(|| norms.of(orth)),
            prefix: string_id(&orth[..prefix]),
            suffix: string_id(&orth[suffix..]),
            shape: string_id(&shape(orth)),
            is_space: orth.chars().all(chars::is_space),
            rules: ruler.for_word(&lower),
            lower: lower.into(),
            orth: orth.into(),
        }
    }
}

/// "Xxxx" for words, "dddd" for numbers: runs longer than four are cut.
fn shape(orth: &str) -> String {
    const LONG: usize = 100;
    if orth.chars().nth(LONG - 1).is_some() {
        return "LONG".into();
    }
    let mut shape = String::with_capacity(orth.len());
    let (mut last, mut run) = (None, 0);
    for c in orth.chars() {
        let kind = match c {
            c if chars::is_alpha(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            c if chars::is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(kind) { run + 1 } else { 0 };
        last = Some(kind);
        if run < 4 {
            shape.push(kind);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes() {
        assert_eq!(shape("Blagoveshchensk"), "Xxxxx");
        assert_eq!(shape("$1,234.5"), "$d,ddd.d");
        assert_eq!(shape("U.S."), "X.X.");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }
}
