//! Words in, the sentences that hold them all out, best match first.

use super::Session;
use super::output::{self, DIM, Format, OutputArgs, Rows, TRIGGER, say};
use crate::error::{Error, Result};
use clap::Args;
use serde_json::json;
use std::io::Write;

/// Sentences that hold these words
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph search bridge river")]
pub struct Search {
    #[arg(required = true, value_name = "TEXT")]
    words: Vec<String>,
    /// At most so many sentences
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

/// Around a match, in what SQLite hands back: characters that no report holds.
const MARKS: [char; 2] = ['\u{E000}', '\u{E001}'];

const SENTENCES: &str = "
SELECT d.name, d.source, d.published, highlight(sentence_text, 0, ?2, ?3)
FROM sentence_text JOIN sentence s ON s.id = sentence_text.rowid JOIN document d ON d.id = s.document
WHERE sentence_text MATCH ?1 ORDER BY rank, d.name, s.start LIMIT ?4";

impl Search {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let wanted = self.wanted();
        if wanted.is_empty() {
            return Err(Error::Usage("nothing to search for; expected words that stand in a sentence".into()));
        }
        let mut query = store.connection().prepare(SENTENCES)?;
        let [open, close] = MARKS.map(String::from);
        let found = query.query_map((&wanted, open, close, self.limit as i64), |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, Option<String>>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, String>(3)?,
            ))
        })?;
        let mut rows = Rows::new(["document", "source", "published", "text"]);
        let mut out = output::stdout();
        for sentence in found {
            let (document, source, published, text) = sentence?;
            let text = output::tame(&text);
            if self.output.format() == Format::Table {
                writeln!(
                    out,
                    "{}",
                    text.replace(MARKS[0], &TRIGGER.render().to_string())
                        .replace(MARKS[1], &TRIGGER.render_reset().to_string())
                )?;
                let place = [Some(document.clone()), source.clone(), published.clone()];
                writeln!(out, "  {DIM}{}{DIM:#}", place.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
            }
            rows.push(vec![json!(document), json!(source), json!(published), json!(text.replace(MARKS, ""))]);
        }
        out.flush()?;
        if rows.is_empty() {
            say("no sentence holds all of these words");
        }
        match self.output.format() {
            Format::Table => Ok(u8::from(rows.is_empty())),
            format => rows.print(format),
        }
    }

    /// Every word as it stands: quoted, so that no sign in it is taken for FTS5's query language.
    fn wanted(&self) -> String {
        let words = self.words.iter().flat_map(|words| words.split_whitespace());
        let words = words.filter(|word| word.chars().any(char::is_alphanumeric));
        words.map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect::<Vec<_>>().join(" ")
    }
}
