//! Pattern source in, a tree of nodes out.

use super::super::chars;
use super::{Node, Set};

type Parsed<T> = Result<T, String>;

/// The alternatives of a whole pattern.
pub fn branches(source: &str) -> Parsed<Vec<Vec<Node>>> {
    let folded = source.strip_prefix("(?iu)").or_else(|| source.strip_prefix("(?i)"));
    let plain = source.strip_prefix("(?u)").unwrap_or(source);
    let mut parser = Parser { chars: folded.unwrap_or(plain).chars().collect(), at: 0, folded: folded.is_some() };
    let branches = parser.branches(0)?;
    if parser.at < parser.chars.len() { Err(parser.wrong("an unmatched )")) } else { Ok(branches) }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    /// Upper and lower case are one.
    folded: bool,
}

/// One escape or plain character of a class: a single character or a named set.
enum Item {
    One(char),
    Many(Set),
}

impl Parser {
    fn wrong(&self, what: &str) -> String {
        format!("pattern: {what} at character {}", self.at)
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn bump(&mut self) -> Parsed<char> {
        let c = self.peek().ok_or_else(|| self.wrong("unexpected end"))?;
        self.at += 1;
        Ok(c)
    }

    fn take(&mut self, prefix: &str) -> bool {
        let found = prefix.chars().enumerate().all(|(i, c)| self.chars.get(self.at + i) == Some(&c));
        if found {
            self.at += prefix.chars().count();
        }
        found
    }

    fn branches(&mut self, depth: usize) -> Parsed<Vec<Vec<Node>>> {
        if depth > 20 {
            return Err(self.wrong("nesting too deep"));
        }
        let mut branches = vec![Vec::new()];
        while let Some(c) = self.peek() {
            match c {
                ')' => break,
                '|' => {
                    self.at += 1;
                    branches.push(Vec::new());
                }
                _ => {
                    let node = self.node(depth)?;
                    let node = self.repeated(node)?;
                    branches.last_mut().expect("never empty").push(node);
                }
            }
        }
        Ok(branches)
    }

    fn node(&mut self, depth: usize) -> Parsed<Node> {
        Ok(match self.bump()? {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Set(Set::of(&[(10, 10)]).negated()),
            '[' => {
                let class = self.class()?;
                self.set(class)
            }
            '(' => self.group(depth)?,
            '\\' => match self.escape()? {
                Item::One(c) => self.character(c),
                Item::Many(set) => self.set(set),
            },
            '*' | '+' | '?' => return Err(self.wrong("nothing to repeat")),
            c => self.character(c),
        })
    }

    fn character(&self, c: char) -> Node {
        if self.folded && c.is_alphabetic() { self.set(Set::of(&[(c as u32, c as u32)])) } else { Node::Char(c) }
    }

    fn set(&self, set: Set) -> Node {
        Node::Set(if self.folded { set.folded() } else { set })
    }

    fn group(&mut self, depth: usize) -> Parsed<Node> {
        const KINDS: [&str; 5] = ["?:", "?=", "?!", "?<=", "?<!"];
        let kind = KINDS.into_iter().find(|kind| self.take(kind)).unwrap_or("");
        if kind.is_empty() && self.peek() == Some('?') {
            return Err(self.wrong("an unsupported kind of group"));
        }
        let body = self.branches(depth + 1)?;
        if !self.take(")") {
            return Err(self.wrong("a group without its )"));
        }
        let wanted = kind.ends_with('=');
        Ok(match kind {
            "?=" | "?!" => Node::Ahead { body, wanted },
            "?<=" | "?<!" => Node::Behind { width: self.width(&body)?, body, wanted },
            _ => Node::Group(body),
        })
    }

    fn width(&self, body: &[Vec<Node>]) -> Parsed<usize> {
        let mut widths = Vec::new();
        for branch in body {
            let mut width = 0;
            for node in branch {
                width += match node {
                    Node::Char(_) | Node::Set(_) => 1,
                    Node::Group(inner) => self.width(inner)?,
                    Node::Repeat { .. } => return Err(self.wrong("a look-behind of no fixed width")),
                    _ => 0,
                };
            }
            widths.push(width);
        }
        if widths.iter().any(|width| *width != widths[0]) {
            return Err(self.wrong("a look-behind of several widths"));
        }
        Ok(widths[0])
    }

    fn repeated(&mut self, node: Node) -> Parsed<Node> {
        let (min, max) = match self.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => self.bounds()?,
            _ => return Ok(node),
        };
        self.at += 1;
        if self.peek() == Some('?') {
            return Err(self.wrong("an unsupported lazy repeat"));
        }
        Ok(Node::Repeat { body: vec![node], min, max })
    }

    /// `{2}`, `{2,}` or `{2,63}`; leaves the closing brace to the caller.
    fn bounds(&mut self) -> Parsed<(usize, usize)> {
        let length = self.chars[self.at..].iter().position(|c| *c == '}');
        let close = self.at + length.ok_or_else(|| self.wrong("a { without its }"))?;
        let inner: String = self.chars[self.at + 1..close].iter().collect();
        let (min, max) = inner.split_once(',').unwrap_or((&inner, &inner));
        let bounds = (min.parse(), if max.is_empty() { Ok(usize::MAX) } else { max.parse() });
        let (Ok(min), Ok(max)) = bounds else { return Err(self.wrong("a repeat without numbers")) };
        self.at = close;
        Ok((min, max))
    }

    fn class(&mut self) -> Parsed<Set> {
        let negated = self.take("^");
        let (mut ranges, mut words) = (Vec::new(), false);
        let mut first = true;
        while first || self.peek() != Some(']') {
            first = false;
            match self.item()? {
                Item::Many(set) => {
                    ranges.extend(set.ranges());
                    words |= set.has_words();
                }
                Item::One(start) => ranges.push((start as u32, self.range_end(start)? as u32)),
            }
        }
        self.at += 1;
        let set = Set::with(&ranges, words);
        Ok(if negated { set.negated() } else { set })
    }

    /// After `start`, the end of its range; `start` itself if none follows.
    fn range_end(&mut self, start: char) -> Parsed<char> {
        let follows = self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|c| *c != ']');
        if !follows {
            return Ok(start);
        }
        self.at += 1;
        match self.item()? {
            Item::One(end) if end >= start => Ok(end),
            _ => Err(self.wrong("a range without an end")),
        }
    }

    fn item(&mut self) -> Parsed<Item> {
        match self.bump()? {
            '\\' => self.escape(),
            c => Ok(Item::One(c)),
        }
    }

    fn escape(&mut self) -> Parsed<Item> {
        let c = self.bump()?;
        Ok(match c {
            'd' => Item::Many(Set::of(&chars::decimals())),
            's' => Item::Many(Set::of(&chars::SPACES)),
            'S' => Item::Many(Set::of(&chars::SPACES).negated()),
            'w' => Item::Many(Set::with(&[], true)),
            'u' => Item::One(self.code(4)?),
            'U' => Item::One(self.code(8)?),
            'n' => Item::One('\n'),
            't' => Item::One('\t'),
            'r' => Item::One('\r'),
            c if c.is_ascii_alphanumeric() => return Err(self.wrong("an unsupported escape")),
            c => Item::One(c),
        })
    }

    fn code(&mut self, digits: usize) -> Parsed<char> {
        let hex: String = self.chars.iter().skip(self.at).take(digits).collect();
        let code = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
        let code = code.ok_or_else(|| self.wrong("an escape that is no character"))?;
        self.at += digits;
        Ok(code)
    }
}
