//! A page in; whether a parser can take it without endless time or depth, out.

use dom_query::{Document as Tree, NodeRef};
use std::collections::HashMap;

/// Browsers stop at 512 themselves.
const DEEPEST: usize = 512;
/// Elements of a page; each takes half a kilobyte once parsed.
const ELEMENTS: usize = 100_000;
/// Attributes of one tag: parsers compare each with all before it.
const ATTRIBUTES: usize = 1000;
/// Letters that are open over tags that follow: each tag may open them all again (`<b><p><b><p>` ...).
const REOPENED: usize = 2_000_000;

/// Tags without an inside, or whose end is seldom written because the next of their kind ends them.
const SHALLOW: [&str; 36] = [
    "a", "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr", "html", "img",
    "input", "li", "link", "meta", "nobr", "optgroup", "option", "p", "param", "path", "rp", "rt", "source", "tbody",
    "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

const LETTERS: [&str; 12] = ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];

/// What a look at the tags alone tells, without building anything.
pub(super) fn check(html: &str) -> Result<(), String> {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut letters, mut reopened, mut elements) = (0, 0, 0, 0);
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        let foreign = open.get("svg").or(open.get("math")).is_some_and(|&count| count > 0);
        let deep = if foreign { !tag.empty } else { !SHALLOW.contains(&tag.name.as_str()) };
        let letter = usize::from(LETTERS.contains(&tag.name.as_str()));
        let count = open.entry(tag.name).or_default();
        if tag.closing && *count > 0 {
            (*count, depth, letters) = (*count - 1, depth - 1, letters - letter);
        } else if !tag.closing {
            reopened += letters;
            elements += 1;
            if elements > ELEMENTS {
                return Err(format!("the page has more than {ELEMENTS} elements; save its text as .txt"));
            }
            if deep {
                (*count, depth, letters) = (*count + 1, depth + 1, letters + letter);
            }
        }
        // Only half as deep as it looks, if every other end is left out; the tree is measured again.
        if depth > 4 * DEEPEST || reopened > REOPENED || tag.attributes > ATTRIBUTES {
            return Err(too_deep(tag.start));
        }
        at = tag.end;
    }
    Ok(())
}

fn too_deep(at: usize) -> String {
    format!(
        "the page's tags are nested too deeply, or one has too many attributes, near byte {at} (limits: {DEEPEST} levels, \
         {ATTRIBUTES} attributes); save its text as .txt"
    )
}

/// The depth of what was parsed.
pub(super) fn check_tree(tree: &Tree) -> Result<(), String> {
    let mut open: Vec<(NodeRef, usize)> = vec![(tree.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEEPEST {
            return Err(format!("the page's tags are nested deeper than {DEEPEST} levels; save its text as .txt"));
        }
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    Ok(())
}

struct Tag {
    name: String,
    closing: bool,
    /// `<path/>`: has no inside, where such a thing is heeded.
    empty: bool,
    attributes: usize,
    start: usize,
    end: usize,
}

/// The first tag at or after a place; what comments, scripts and styles hold is none.
fn next_tag(html: &str, mut at: usize) -> Option<Tag> {
    let bytes = html.as_bytes();
    loop {
        let start = at + bytes[at..].iter().position(|&byte| byte == b'<')?;
        if html[start..].starts_with("<!--") {
            at = html[start + 4..].find("-->").map_or(bytes.len(), |end| start + 4 + end + 3);
            continue;
        }
        let closing = bytes.get(start + 1) == Some(&b'/');
        let from = start + 1 + usize::from(closing);
        if !bytes.get(from).is_some_and(u8::is_ascii_alphabetic) {
            at = start + 1;
            continue;
        }
        let length = bytes[from..].iter().position(|&b| b.is_ascii_whitespace() || b"/>".contains(&b));
        let name_end = length.map_or(bytes.len(), |length| from + length);
        let name = String::from_utf8_lossy(&bytes[from..name_end]).to_ascii_lowercase();
        let (attributes, mut end) = rest_of_tag(bytes, name_end);
        let empty = bytes[..end].ends_with(b"/>");
        if !closing && ["script", "style", "textarea", "title"].contains(&name.as_str()) {
            end = raw_end(bytes, end, &name);
        }
        return Some(Tag { name, closing, empty, attributes, start, end });
    }
}

/// How many attributes there are at most, and where the tag ends. A quote opens a value only after `=`.
fn rest_of_tag(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let (mut attributes, mut after_equals) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return (attributes, at + 1),
            b'"' | b'\'' if after_equals => {
                let end = bytes[at + 1..].iter().position(|&b| b == byte);
                at = end.map_or(bytes.len(), |end| at + 1 + end);
                attributes += 1;
            }
            b'=' => after_equals = true,
            b'/' => (attributes, after_equals) = (attributes + 1, false),
            _ if byte.is_ascii_whitespace() => attributes += usize::from(!after_equals),
            _ => after_equals = false,
        }
        at += 1;
    }
    (attributes, bytes.len())
}

/// Where the end tag of an element begins that holds no tags.
fn raw_end(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(open) = bytes[at..].windows(2).position(|pair| pair == b"</") {
        at += open + 2;
        if bytes[at..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return at - 2;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_usual_kind_pass() {
        let page = "<ul><li><b>Kyiv</b><li>Oslo<p>a<br><img src='a' alt=\"<div>\"></ul><!-- <div> -->".repeat(9000);
        assert_eq!(check(&page), Ok(()));
        assert_eq!(check(&"<script>if (a < b) '<div><div>'</script>".repeat(9000)), Ok(()));
    }

    #[test]
    fn depth_and_endless_work_are_refused() {
        assert!(check(&"<div>".repeat(100_000)).is_err());
        assert!(check(&"<svg><td>".repeat(100_000)).is_err());
        assert!(check(&"<b x><p>".repeat(100_000)).is_err());
        assert!(check(&"<div></b>".repeat(100_000)).is_err());
        assert!(check(&format!("<div {}>", "a ".repeat(100_000))).is_err());
    }
}
