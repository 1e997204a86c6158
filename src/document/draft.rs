//! What a reader makes of one report, before it is laid out.

use super::Note;
use jiff::civil::Date;

/// A report's text and what is told about it from outside the text.
#[derive(Debug)]
pub(super) struct Draft {
    pub id: String,
    /// The name of its own file, with its folders; a line of a file has none.
    pub file: Option<String>,
    pub source: Option<String>,
    pub published: Option<Date>,
    pub text: String,
    pub notes: Vec<Note>,
    /// 1, or the number of this part of a longer text.
    pub part: usize,
    /// The text is not the input, but was taken out of it.
    pub extracted: bool,
}

impl Draft {
    pub fn new(id: String, text: String) -> Self {
        Self {
            file: Some(id.clone()),
            id,
            source: None,
            published: None,
            text,
            notes: Vec::new(),
            part: 1,
            extracted: false,
        }
    }
}
