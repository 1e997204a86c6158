//! MessagePack bytes in, a borrowed value tree out.

/// A decoded value; strings and binary data point into the input.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Nil,
    Bool(bool),
    Int(i64),
    /// Integers beyond `i64`: hashes.
    Large(u64),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    List(Vec<Value<'a>>),
    /// A list of very many items, checked but still packed: see [`Value::items`].
    Packed {
        items: usize,
        bytes: &'a [u8],
    },
    Map(Vec<(Value<'a>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The entry of a map whose key is `name`, as text or as bytes.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        let matches = |key: &Value| match key {
            Value::Text(text) => *text == name,
            Value::Bytes(bytes) => *bytes == name.as_bytes(),
            _ => false,
        };
        self.map().iter().find(|(key, _)| matches(key)).map(|(_, value)| value)
    }

    /// Entries of a map; of anything else, none.
    pub fn map(&self) -> &[(Value<'a>, Value<'a>)] {
        if let Value::Map(entries) = self { entries } else { &[] }
    }

    /// Items of a list of any length, one after the other; of anything else, none.
    pub fn items(&self) -> impl Iterator<Item = Value<'a>> + '_ {
        let (packed, count) = if let Value::Packed { items, bytes } = self { (*bytes, *items) } else { (&[][..], 0) };
        let mut reader = Reader { bytes: packed, at: 0 };
        let unpacked = (0..count).map(move |_| reader.value(0).unwrap_or(Value::Nil));
        self.list().iter().cloned().chain(unpacked)
    }

    /// Items of a list of some thousands at most; of anything else, none.
    pub fn list(&self) -> &[Value<'a>] {
        if let Value::List(items) = self { items } else { &[] }
    }

    pub fn text(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A non-negative integer of any width.
    pub fn number(&self) -> Option<u64> {
        match self {
            Value::Int(value) => u64::try_from(*value).ok(),
            Value::Large(value) => Some(*value),
            _ => None,
        }
    }
}

/// Decodes exactly one value. The message says at which byte decoding stopped, and why.
pub fn decode(bytes: &[u8]) -> Result<Value<'_>, String> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(0).map_err(|reason| format!("{reason} at byte {}", reader.at))?;
    if reader.at != bytes.len() {
        return Err(format!("{} bytes after the end of the data", bytes.len() - reader.at));
    }
    Ok(value)
}

/// Deeper nesting is no pipeline file, and would exhaust the stack.
const DEPTH: usize = 32;

/// Longer lists stay packed: a word list would take longer to unpack than the rest of a pipeline to load.
const LONG: usize = 3000;

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value<'a>, String> {
        if depth > DEPTH {
            return Err("nesting too deep".into());
        }
        let kind = self.byte()?;
        Ok(match kind {
            0x00..=0x7f => Value::Int(i64::from(kind)),
            0xe0..=0xff => Value::Int(i64::from(kind as i8)),
            0x80..=0x8f => self.map(usize::from(kind & 15), depth)?,
            0x90..=0x9f => self.list(usize::from(kind & 15), depth)?,
            0xa0..=0xbf => self.string(usize::from(kind & 31))?,
            0xc0 => Value::Nil,
            0xc2 | 0xc3 => Value::Bool(kind == 0xc3),
            0xc4..=0xc6 => {
                let length = self.unsigned(1 << (kind - 0xc4))?;
                Value::Bytes(self.take(length as usize)?)
            }
            0xca => Value::Float(f64::from(f32::from_bits(self.unsigned(4)? as u32))),
            0xcb => Value::Float(f64::from_bits(self.unsigned(8)?)),
            0xcc..=0xcf => {
                let value = self.unsigned(1 << (kind - 0xcc))?;
                i64::try_from(value).map_or(Value::Large(value), Value::Int)
            }
            0xd0..=0xd3 => {
                let bits = 64 - (8 << (kind - 0xd0));
                Value::Int((self.unsigned(1 << (kind - 0xd0))? << bits) as i64 >> bits)
            }
            0xd9..=0xdb => {
                let length = self.unsigned(1 << (kind - 0xd9))?;
                self.string(length as usize)?
            }
            0xdc | 0xdd => {
                let length = self.unsigned(2 << (kind - 0xdc))?;
                self.list(length as usize, depth)?
            }
            0xde | 0xdf => {
                let length = self.unsigned(2 << (kind - 0xde))?;
                self.map(length as usize, depth)?
            }
            _ => return Err(format!("unknown type byte {kind:#04x}")),
        })
    }

    fn byte(&mut self) -> Result<u8, String> {
        let byte = *self.bytes.get(self.at).ok_or("unexpected end")?;
        self.at += 1;
        Ok(byte)
    }

    /// Passes one value by; short texts, which word lists are made of, without a look inside.
    fn skip(&mut self, depth: usize) -> Result<(), String> {
        match self.bytes.get(self.at) {
            Some(kind @ 0xa0..=0xbf) => self.take(1 + usize::from(kind & 31)).map(drop),
            _ => self.value(depth).map(drop),
        }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let rest = &self.bytes[self.at..];
        let taken = rest.get(..length).ok_or_else(|| format!("{length} bytes announced, {} left", rest.len()))?;
        self.at += length;
        Ok(taken)
    }

    fn unsigned(&mut self, width: usize) -> Result<u64, String> {
        Ok(self.take(width)?.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    fn string(&mut self, length: usize) -> Result<Value<'a>, String> {
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map(Value::Text).map_err(|_| "text that is not UTF-8".into())
    }

    /// Every item takes a byte at least: a header that announces more lies, and must not get memory.
    fn room(&self, items: usize) -> Result<usize, String> {
        let left = self.bytes.len() - self.at;
        if items > left { Err(format!("{items} items announced, {left} bytes left")) } else { Ok(items) }
    }

    fn list(&mut self, length: usize, depth: usize) -> Result<Value<'a>, String> {
        if self.room(length)? > LONG {
            let start = self.at;
            for _ in 0..length {
                self.skip(depth + 1)?;
            }
            return Ok(Value::Packed { items: length, bytes: &self.bytes[start..self.at] });
        }
        let mut items = Vec::with_capacity(length);
        for _ in 0..length {
            items.push(self.value(depth + 1)?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, length: usize, depth: usize) -> Result<Value<'a>, String> {
        let mut entries = Vec::with_capacity(self.room(length)?.min(1 << 16));
        for _ in 0..length {
            entries.push((self.value(depth + 1)?, self.value(depth + 1)?));
        }
        Ok(Value::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_each_kind() {
        let bytes = b"\x83\xa1a\x01\xa1b\x92\xc3\xc0\xa1c\xd1\xff\xfe";
        let value = decode(bytes).unwrap();
        assert_eq!(value.get("a"), Some(&Value::Int(1)));
        assert_eq!(value.get("b").unwrap().list(), [Value::Bool(true), Value::Nil]);
        assert_eq!(value.get("c"), Some(&Value::Int(-2)));
    }

    #[test]
    fn lying_headers_are_errors_not_allocations() {
        assert!(decode(b"\xdd\xff\xff\xff\xff").unwrap_err().contains("announced"));
        assert!(decode(b"\xc6\xff\xff\xff\xff\x00").unwrap_err().contains("announced"));
        assert!(decode(&[0x91; 100_000]).unwrap_err().contains("deep"));
        assert!(decode(b"").is_err());
    }
}
