//! A value in; its JSON out, with every control character escaped: no output steers a terminal.

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// As serde_json writes it, but for U+007F to U+009F, which JSON leaves as they are and terminals may obey.
///
/// ```
/// let mut out = Vec::new();
/// wiregraph::export::json::write(&mut out, &"Kyiv \u{1b}[2J\u{9b}2J é").unwrap();
/// assert_eq!(out, "\"Kyiv \\u001b[2J\\u009b2J é\"".as_bytes());
/// ```
pub fn write(out: impl Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Escaping))?)
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(|c: char| ('\u{7f}'..='\u{9f}').contains(&c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            let Some(c) = rest[at..].chars().next() else { break };
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}
