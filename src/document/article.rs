//! The tree of an article in; its paragraphs, and what was left out between them, out.

use super::start;
use dom_query::{Document as Tree, NodeRef};

/// Paragraphs in order; what was left out, with the number of the paragraph before which it stood.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub paragraphs: Vec<String>,
    /// Paragraph, kind of note, what it was.
    pub left_out: Vec<(usize, &'static str, String)>,
    /// The paragraph under way.
    line: String,
}

/// Elements that no reader sees, or that are no part of what is told.
const SILENT: [&str; 16] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button", "form", "nav", "select",
    "textarea", "audio", "video", "head",
];

/// Elements that stay in the line.
const INLINE: [&str; 36] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img",
];

/// With so many words and a stop at its end, an item of a list is a sentence.
const SENTENCE: usize = 6;
/// A cell of so many words holds text: the table only places it on the page.
const PASSAGE: usize = 25;

pub(super) fn article(tree: &Tree) -> Article {
    let mut article = Article::default();
    article.children(&tree.root());
    article.end();
    article
}

impl Article {
    fn children(&mut self, node: &NodeRef) {
        node.children_it(false).for_each(|child| self.node(&child));
    }

    fn node(&mut self, node: &NodeRef) {
        if node.is_text() {
            return self.words(&node.text());
        }
        let Some(name) = node.node_name() else { return };
        match &*name {
            "br" => self.line.push('\n'),
            "table" if !holds_passages(node) => self.leave_out(node, "table", "td, th", "cells"),
            "ul" | "ol" | "dl" if !holds_sentences(node) => self.leave_out(node, "list", "li, dt, dd", "items"),
            "figcaption" | "caption" => {
                let text = squeezed(&node.text());
                self.note("furniture", format!("caption: {}", start(&text)), text.is_empty());
            }
            name if SILENT.contains(&name) => {}
            name if INLINE.contains(&name) => self.children(node),
            _ => {
                self.end();
                self.children(node);
                self.end();
            }
        }
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
    }

    /// Ends the paragraph; two breaks in it are an end as well.
    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        let lines: Vec<&str> = line.split('\n').map(str::trim).collect();
        let paragraphs = lines.split(|line| line.is_empty()).map(|lines| lines.join("\n"));
        self.paragraphs.extend(paragraphs.filter(|paragraph| !paragraph.is_empty()));
    }

    fn leave_out(&mut self, node: &NodeRef, kind: &'static str, parts: &str, of: &str) {
        let parts: Vec<String> = texts(node, parts);
        self.note(kind, format!("{} {of} left out: {}", parts.len(), start(&parts.join(" · "))), parts.is_empty());
    }

    fn note(&mut self, kind: &'static str, what: String, nothing: bool) {
        self.end();
        if !nothing {
            self.left_out.push((self.paragraphs.len(), kind, what));
        }
    }
}

fn holds_passages(table: &NodeRef) -> bool {
    texts(table, "td, th").iter().any(|cell| cell.split(' ').count() >= PASSAGE)
}

/// Whether most of the items are sentences.
fn holds_sentences(list: &NodeRef) -> bool {
    let items = texts(list, "li, dt, dd");
    let is_sentence = |item: &&String| {
        let end = item.trim_end_matches(['"', '”', '’', ')', '\'']);
        item.split(' ').count() >= SENTENCE && end.ends_with(['.', '!', '?'])
    };
    items.iter().filter(is_sentence).count() * 2 > items.len()
}

fn texts(node: &NodeRef, parts: &str) -> Vec<String> {
    let parts = dom_query::Selection::from(*node).select(parts);
    parts.nodes().iter().map(|part| squeezed(&part.text())).filter(|text| !text.is_empty()).collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
