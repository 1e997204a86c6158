//! One JSON object in, the fields of a report out.

use super::dates;
use crate::error::{Error, shown};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::path::Path;

/// `{"id", "text", "published"?, "source"?}`; other fields are ignored, of a repeated field the last counts.
#[derive(Debug, PartialEq)]
pub(crate) struct Record {
    pub id: Option<String>,
    pub text: String,
    pub published: Option<Date>,
    pub source: Option<String>,
    /// Fields that are there and could not be used.
    pub unused: Vec<String>,
}

/// Why JSON is no report: line and column (bytes) in it, from 1, what was found, what was expected.
#[derive(Debug, PartialEq)]
pub(crate) struct Broken {
    pub line: usize,
    pub column: usize,
    pub found: String,
    pub expected: &'static str,
}

impl Broken {
    /// As an error, where the JSON begins at a line and column of a file.
    pub fn at(self, path: &Path, line: usize, column: usize) -> Error {
        let column = if self.line == 1 { column + self.column - 1 } else { self.column };
        let place = format!("{}:{}:{}", shown(path), line + self.line - 1, column);
        Error::Data { place, found: self.found, expected: self.expected.into() }
    }
}

const REPORT: &str = r#"a JSON object, such as {"id": "a1", "text": "..."}"#;

pub(crate) fn record(line: &str) -> Result<Record, Broken> {
    let value = serde_json::from_str(line).map_err(|e| Broken {
        line: e.line().max(1),
        column: e.column().max(1),
        found: reason(&e),
        expected: REPORT,
    })?;
    let Value::Object(mut fields) = value else {
        return Err(Broken { line: 1, column: 1, found: format!("JSON, but {}", kind(&value)), expected: REPORT });
    };
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(other) => return Err(broken(format!("\"text\" is {}", kind(&other)))),
        None => return Err(broken("an object without \"text\"".into())),
    };
    let mut unused = Vec::new();
    let id = label(&mut fields, "id", &mut unused);
    let source = label(&mut fields, "source", &mut unused);
    let published = label(&mut fields, "published", &mut unused).and_then(|written| {
        let date = dates::find(&written).and_then(|date| date.full());
        if date.is_none() {
            unused.push(format!("\"published\" is no date: {written:?} (expected YYYY-MM-DD)"));
        }
        date
    });
    Ok(Record { id, text, published, source, unused })
}

fn broken(found: String) -> Broken {
    Broken { line: 1, column: 1, found, expected: "\"text\" with the report as a string" }
}

/// serde_json ends its messages with a line and column that our own place names better.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("broken JSON ({message})")
}

/// From here on fractional numbers skip whole ones.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A string or number; null and blank ones count as absent.
fn label(fields: &mut Map<String, Value>, name: &str, unused: &mut Vec<String>) -> Option<String> {
    match fields.remove(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) if number.as_f64().is_some_and(|n| n.abs() >= EXACT) && number.is_f64() => {
            unused.push(format!("\"{name}\" is a number too large to be kept whole (expected a string)"));
            None
        }
        Value::Number(number) => Some(number.to_string()),
        Value::Null => None,
        other => {
            unused.push(format!("\"{name}\" is {} (expected a string)", kind(&other)));
            None
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn fields() {
        let read =
            record(r#"{"id": 17, "text": "Kyiv said no.", "published": "2022-06-15T08:00:00Z", "lang": ["en"]}"#)
                .unwrap();
        assert_eq!((read.id.as_deref(), read.published, read.source), (Some("17"), Some(date(2022, 6, 15)), None));
        let odd = record(r#"{"text": "Kyiv said no.", "published": "soon", "source": {}}"#).unwrap();
        assert_eq!(odd.unused.len(), 2);
    }

    #[test]
    fn broken_lines_say_where_and_why() {
        assert_eq!(record(r#"{"id": "a", "text" "b"}"#).unwrap_err().column, 20);
        assert_eq!(record("[1]").unwrap_err().found, "JSON, but a list");
        assert_eq!(record(r#"{"id": "a"}"#).unwrap_err().found, "an object without \"text\"");
    }
}
