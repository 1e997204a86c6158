//! A web page in; the draft of its article, with what the page tells about it, out.

use super::article::{Article, article};
use super::decode::{Decoder, repairs};
use super::draft::Draft;
use super::imprint::{Imprint, imprint};
use super::nesting;
use super::open::whole;
use super::packed::Input;
use super::stream::{LONGEST, too_long};
use super::{Note, read};
use crate::error::{Error, Result};
use crate::text::Span;
use dom_query::Document as Tree;
use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;
use regex::bytes::Regex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::LazyLock;

/// Bytes in which a page declares its encoding.
const DECLARATION: usize = 4 << 10;

pub(super) fn page(path: &Path, id: String, input: Input, mut decoder: Decoder) -> Result<Draft> {
    let refused = |reason: String| Error::Input { path: path.to_owned(), reason };
    let bytes = whole(input, LONGEST).map_err(|error| read::io(path, error))?;
    let bytes = bytes.ok_or_else(|| refused(too_long("page")))?;
    let told = declared(&bytes);
    let (html, assumed) = decoder.declared(bytes, told).map_err(refused)?;
    let draft = extracted(id, html).map_err(refused)?;
    let notes = assumed.into_iter().chain(repairs(&draft.text)).chain(draft.notes).collect();
    Ok(Draft { notes, ..draft })
}

/// What the page says that it is in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        let said = r#"(?i-u)(?:<meta[^>]*charset|<\?xml[^>]*encoding)\s*=\s*["']?\s*([\w.:-]+)"#;
        Regex::new(said).expect("a fixed pattern")
    });
    let said = SAID.captures(&bytes[..bytes.len().min(DECLARATION)])?;
    Encoding::for_label(said.get(1)?.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

fn extracted(id: String, html: String) -> Result<Draft, String> {
    if html.trim().is_empty() {
        return Err("the file holds only blanks".into());
    }
    nesting::check(&html)?;
    let tree = Tree::from(html);
    nesting::check_tree(&tree)?;
    let imprint = imprint(&tree);
    let (title, article) = extract(tree)?;
    Ok(compose(id, imprint, title, article))
}

/// The page's title and its article.
fn extract(tree: Tree) -> Result<(String, Article), String> {
    // JSON-LD is read by `imprint`, with a reader that holds against anything.
    let config = Config { disable_json_ld: true, ..Config::default() };
    let none = || "no article was found in the page: it holds no running text beside menus, links and lists".to_owned();
    // A slip of the library over a page made to break it must not take the other reports along.
    let found = catch_unwind(AssertUnwindSafe(|| {
        let found = Readability::with_document(tree, None, Some(config)).and_then(|mut page| page.parse()).ok()?;
        let article = article(&Tree::fragment(found.content));
        (!article.paragraphs.is_empty()).then_some((found.title, article))
    }));
    found.map_err(|_| "the page could not be taken apart; save its text as .txt".to_owned())?.ok_or_else(none)
}

/// Title and paragraphs with a blank line between them; notes stand where what they tell of was left out.
fn compose(id: String, imprint: Imprint, title: String, article: Article) -> Draft {
    let title = imprint.title.unwrap_or(title);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = String::new();
    if !title.is_empty() && !article.paragraphs.iter().take(3).any(|paragraph| same_words(paragraph, &title)) {
        text.push_str(&title);
    }
    let mut notes: Vec<Note> = imprint.notes;
    let mut left_out = article.left_out.into_iter().peekable();
    for (number, paragraph) in article.paragraphs.iter().enumerate() {
        while let Some((_, kind, what)) = left_out.next_if(|(before, ..)| *before <= number) {
            notes.push(Note { kind, text: what, span: Span::new(text.len(), text.len()) });
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(paragraph);
    }
    notes.extend(left_out.map(|(_, kind, what)| Note { kind, text: what, span: Span::new(text.len(), text.len()) }));
    Draft { source: imprint.outlet, published: imprint.published, notes, extracted: true, ..Draft::new(id, text) }
}

fn same_words(a: &str, b: &str) -> bool {
    let words =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    words(a) == words(b)
}
