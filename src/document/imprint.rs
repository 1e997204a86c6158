//! The tree of a page in; title, outlet and day as its metadata tell them, out. What is not told stays unknown.

use super::{Note, dates};
use crate::text::Span;
use dom_query::Document as Tree;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// What a page says about its article.
#[derive(Debug, Default)]
pub(super) struct Imprint {
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<Date>,
    /// The author, and what could not be used.
    pub notes: Vec<Note>,
}

/// `name` or `property` of a `<meta>`, first come first served.
const TITLE: [&str; 4] = ["og:title", "dc.title", "dcterms.title", "twitter:title"];
const OUTLET: [&str; 4] = ["og:site_name", "dc.publisher", "dcterms.publisher", "application-name"];
const AUTHOR: [&str; 6] = ["author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl"];
const PUBLISHED: [&str; 13] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "sailthru.date",
    "date",
];

/// Metadata of the whole page, of the article it declares, and of the times that it marks.
pub(super) fn imprint(tree: &Tree) -> Imprint {
    let (metas, declared) = (metas(tree), declared(tree).unwrap_or_default());
    let meta = |names: &[&str]| names.iter().find_map(|name| find(&metas, name));
    let mut notes = Vec::new();
    let title = named(declared.get("headline")).or_else(|| meta(&TITLE));
    let outlet = meta(&OUTLET).or_else(|| named(declared.get("publisher")));
    let author = named(declared.get("author")).or_else(|| meta(&AUTHOR)).filter(|name| !name.contains("://"));
    notes.extend(author.map(|name| note("author", name)));
    let told = [meta(&PUBLISHED[..1]), named(declared.get("datePublished")), meta(&PUBLISHED[1..])];
    let published = told.iter().flatten().find_map(|written| day(written)).or_else(|| marked(tree));
    if let (None, Some(written)) = (published, told.iter().flatten().next()) {
        notes.push(note("metadata", format!("the page's day of publication is no date: {written:?}")));
    }
    Imprint { title, outlet, published, notes }
}

fn note(kind: &'static str, text: String) -> Note {
    Note { kind, text, span: Span::new(0, 0) }
}

/// The day as it is written, whatever the offset from Greenwich beside it: the outlet's own.
fn day(written: &str) -> Option<Date> {
    dates::find(written).and_then(|date| date.full())
}

fn metas(tree: &Tree) -> Vec<(String, String)> {
    let metas = tree.select("meta[content]");
    let named = metas.nodes().iter().filter_map(|meta| {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| meta.attr(key))?;
        Some((name.trim().to_ascii_lowercase().replace("dc:", "dc."), meta.attr("content")?.trim().to_owned()))
    });
    named.filter(|(_, content)| !content.is_empty()).collect()
}

fn find(metas: &[(String, String)], name: &str) -> Option<String> {
    metas.iter().find(|(found, _)| found == name).map(|(_, content)| content.clone())
}

/// The day that the page marks as that of publication, or the only one it marks.
fn marked(tree: &Tree) -> Option<Date> {
    let days = |select: &str| -> Vec<Date> {
        let marks = tree.select(select);
        let written = marks.nodes().iter().filter_map(|mark| mark.attr("datetime").or_else(|| mark.attr("content")));
        written.filter_map(|written| day(&written)).collect()
    };
    if let Some(first) = days("[itemprop=datePublished], time[pubdate]").first() {
        return Some(*first);
    }
    let all = days("time[datetime]");
    let first = all.first()?;
    all.iter().all(|day| day == first).then_some(*first)
}

/// The article that JSON-LD declares: alone, in a list or in a graph.
fn declared(tree: &Tree) -> Option<Map<String, Value>> {
    let scripts = tree.select(r#"script[type="application/ld+json"]"#);
    scripts.nodes().iter().find_map(|script| {
        let text = script.text();
        let json = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        among(serde_json::from_str(json).ok()?)
    })
}

fn among(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Array(values) => values.into_iter().find_map(among),
        Value::Object(fields) if is_article(fields.get("@type")) => Some(fields),
        Value::Object(mut fields) => fields.remove("@graph").or_else(|| fields.remove("mainEntity")).and_then(among),
        _ => None,
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(kind)) => ["Article", "Posting", "Report"].iter().any(|end| kind.ends_with(end)),
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| is_article(Some(kind))),
        _ => false,
    }
}

/// A string, the `name` of an object, or those of a list.
fn named(value: Option<&Value>) -> Option<String> {
    let name = match value? {
        Value::String(name) => name.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Object(fields) => {
            return fields.get("name").filter(|name| name.is_string()).and_then(|n| named(Some(n)));
        }
        Value::Array(values) => values.iter().filter_map(|value| named(Some(value))).collect::<Vec<_>>().join(", "),
        _ => return None,
    };
    (!name.is_empty()).then_some(name)
}
