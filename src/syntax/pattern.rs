//! A regular expression of a spaCy tokeniser in, its leftmost-first matches in short strings out.
//!
//! The published patterns look ahead and behind, which the `regex` crate leaves out on purpose. They are small
//! otherwise: literals, classes, groups, greedy repeats, anchors. So this is a plain backtracking matcher with
//! Python's order of alternatives, and a budget in place of the linear-time guarantee.

mod parse;
mod set;

pub use set::Set;

/// One element of a sequence.
#[derive(Debug)]
enum Node {
    Char(char),
    Set(Set),
    Start,
    End,
    Group(Vec<Vec<Node>>),
    Repeat {
        body: Vec<Node>,
        min: usize,
        max: usize,
    },
    Ahead {
        body: Vec<Vec<Node>>,
        wanted: bool,
    },
    /// Python allows only bodies of one width (in characters).
    Behind {
        body: Vec<Vec<Node>>,
        width: usize,
        wanted: bool,
    },
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    branches: Vec<Vec<Node>>,
    /// Characters that each branch can begin with, where that is known.
    starts: Vec<Option<Set>>,
    /// Which branches can match at an ASCII character, in order; most positions are dismissed by this alone.
    ascii: Vec<Vec<u16>>,
    /// Which branches can match at another character or at the end of the text.
    other: Vec<u16>,
    /// Every branch begins with `^`.
    anchored: bool,
}

/// Elements tried for one starting position before the text counts as no match: only hostile text gets there.
const BUDGET: usize = 50_000;
const DEPTH: usize = 400;

impl Pattern {
    /// The message says what was found and at which character of the pattern.
    pub fn new(source: &str) -> Result<Self, String> {
        let branches = parse::branches(source)?;
        let starts: Vec<Option<Set>> = branches.iter().map(|branch| first(branch)).collect();
        let which = |allowed: &dyn Fn(&Set) -> bool| -> Vec<u16> {
            let fits = |start: &Option<Set>| start.as_ref().is_none_or(allowed);
            starts.iter().enumerate().filter(|(_, start)| fits(start)).map(|(at, _)| at as u16).collect()
        };
        let ascii = (0..128u8).map(|byte| which(&|set| set.contains(char::from(byte)))).collect();
        let anchored = branches.iter().all(|branch| matches!(branch.first(), Some(Node::Start)));
        Ok(Self { other: which(&|set| !set.is_ascii()), ascii, anchored, starts, branches })
    }

    /// Leftmost match, in bytes.
    pub fn find(&self, text: &str) -> Option<(usize, usize)> {
        self.find_from(text, 0, true)
    }

    /// All matches that do not overlap, in order; as in Python, an empty one may stand right behind another, once.
    pub fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        let (mut from, mut empty) = (0, true);
        std::iter::from_fn(move || {
            let found = self.find_from(text, from, empty)?;
            (from, empty) = (found.1, found.0 < found.1);
            Some(found)
        })
    }

    /// `empty`: a match of nothing at byte `from` will do.
    fn find_from(&self, text: &str, from: usize, empty: bool) -> Option<(usize, usize)> {
        if self.anchored {
            return if from == 0 { self.end(text, 0, empty).map(|end| (0, end)) } else { None };
        }
        let positions = text[from..].char_indices().map(|(at, _)| from + at).chain([text.len()]);
        positions.into_iter().find_map(|start| self.end(text, start, empty || start > from).map(|end| (start, end)))
    }

    /// End of the match that begins at byte `start`.
    pub fn match_at(&self, text: &str, start: usize) -> Option<usize> {
        self.end(text, start, true)
    }

    fn end(&self, text: &str, start: usize, empty: bool) -> Option<usize> {
        let next = text[start..].chars().next();
        let candidates = match next {
            Some(c) if c.is_ascii() => &self.ascii[c as usize],
            _ => &self.other,
        };
        let mut search = Search { text, left: BUDGET };
        let possible = |set: &Option<Set>| set.as_ref().is_none_or(|set| next.is_some_and(|c| set.contains(c)));
        candidates.iter().map(|branch| usize::from(*branch)).find_map(|branch| {
            if !possible(&self.starts[branch]) {
                return None;
            }
            let mut end = None;
            search.sequence(&self.branches[branch], start, 0, &mut |_, at| {
                let enough = empty || at > start;
                end = enough.then_some(at);
                enough
            });
            end
        })
    }
}

/// Characters that a match of `nodes` can begin with; `None` if that is not settled by one character.
fn first(nodes: &[Node]) -> Option<Set> {
    let node = nodes.iter().find(|node| !matches!(node, Node::Start | Node::Ahead { .. } | Node::Behind { .. }))?;
    match node {
        Node::Char(c) => Some(Set::of(&[(*c as u32, *c as u32)])),
        Node::Set(set) => Some(set.clone()),
        Node::Group(branches) => {
            let sets: Option<Vec<Set>> = branches.iter().map(|branch| first(branch)).collect();
            Some(Set::union(&sets?))
        }
        Node::Repeat { body, min: 1.., .. } => first(body),
        _ => None,
    }
}

/// What follows an element: called with the position after it.
type Rest<'r> = &'r mut dyn FnMut(&mut Search<'_>, usize) -> bool;

struct Search<'t> {
    text: &'t str,
    left: usize,
}

impl Search<'_> {
    fn next(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Length of the character at `at` if `node` takes it.
    fn one(&self, node: &Node, at: usize) -> Option<usize> {
        let c = self.next(at)?;
        let taken = match node {
            Node::Char(wanted) => *wanted == c,
            Node::Set(set) => set.contains(c),
            _ => false,
        };
        taken.then(|| c.len_utf8())
    }

    fn sequence(&mut self, nodes: &[Node], at: usize, depth: usize, rest: Rest) -> bool {
        let Some((node, nodes)) = nodes.split_first() else { return rest(self, at) };
        if self.left == 0 || depth > DEPTH {
            return false;
        }
        self.left -= 1;
        match node {
            Node::Char(_) | Node::Set(_) => match self.one(node, at) {
                Some(length) => self.sequence(nodes, at + length, depth, rest),
                None => false,
            },
            Node::Start => at == 0 && self.sequence(nodes, at, depth, rest),
            Node::End => self.at_end(at) && self.sequence(nodes, at, depth, rest),
            Node::Ahead { body, wanted } => {
                self.any(body, at, depth) == *wanted && self.sequence(nodes, at, depth, rest)
            }
            Node::Behind { body, width, wanted } => {
                self.behind(body, *width, at, depth) == *wanted && self.sequence(nodes, at, depth, rest)
            }
            Node::Group(branches) => branches.iter().any(|branch| {
                self.sequence(branch, at, depth + 1, &mut |search, at| search.sequence(nodes, at, depth + 1, rest))
            }),
            Node::Repeat { body, min, max } => match &body[..] {
                [single @ (Node::Char(_) | Node::Set(_))] => self.singles(single, (*min, *max), nodes, at, depth, rest),
                _ => self.groups(body, (*min, *max), nodes, at, depth, rest),
            },
        }
    }

    /// `$` also stands before a final line feed.
    fn at_end(&self, at: usize) -> bool {
        matches!(&self.text[at..], "" | "\n")
    }

    fn any(&mut self, body: &[Vec<Node>], at: usize, depth: usize) -> bool {
        body.iter().any(|branch| self.sequence(branch, at, depth + 1, &mut |_, _| true))
    }

    fn behind(&mut self, body: &[Vec<Node>], width: usize, at: usize, depth: usize) -> bool {
        let Some((start, _)) = self.text[..at].char_indices().rev().take(width).last() else { return width == 0 };
        self.text[start..at].chars().count() == width
            && body.iter().any(|branch| self.sequence(branch, start, depth + 1, &mut |_, end| end == at))
    }

    /// A repeated character: run to the last one, then give back one by one; no recursion per character.
    fn singles(
        &mut self,
        node: &Node,
        (min, max): (usize, usize),
        nodes: &[Node],
        at: usize,
        depth: usize,
        rest: Rest,
    ) -> bool {
        let mut ends = vec![at];
        while ends.len() <= max {
            match self.one(node, ends[ends.len() - 1]) {
                Some(length) => ends.push(ends[ends.len() - 1] + length),
                None => break,
            }
        }
        self.left = self.left.saturating_sub(ends.len() / 8);
        ends.get(min..).unwrap_or(&[]).iter().rev().any(|end| self.sequence(nodes, *end, depth + 1, rest))
    }

    fn groups(
        &mut self,
        body: &[Node],
        (min, max): (usize, usize),
        nodes: &[Node],
        at: usize,
        depth: usize,
        rest: Rest,
    ) -> bool {
        let again = max > 0
            && self.sequence(body, at, depth + 1, &mut |search, end| {
                let bounds = (min.saturating_sub(1), max - 1);
                end > at && search.groups(body, bounds, nodes, end, depth + 2, rest)
            });
        again || (min == 0 && depth <= DEPTH && self.sequence(nodes, at, depth + 1, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn find(pattern: &str, text: &str) -> Option<(usize, usize)> {
        Pattern::new(pattern).unwrap().find(text)
    }

    #[test]
    fn alternatives_repeats_and_anchors_behave_as_in_python() {
        assert_eq!(find(r"a|ab", "cab"), Some((1, 2)));
        assert_eq!(find(r"\.\.+$", "so..."), Some((2, 5)));
        assert_eq!(find(r"^(?:a|ab)(?:c|bcd)$", "abcd"), Some((0, 4)));
        assert_eq!(find(r"x{2,3}", "xxxxx"), Some((0, 3)));
        assert_eq!(find(r"(?:ab)+c?", "zababab"), Some((1, 7)));
    }

    #[test]
    fn case_is_ignored_where_the_pattern_says_so() {
        assert_eq!(find(r"(?iu)(?:^[ée]tats[-–]uni[a-z]*$)|(?:^x$)", "États-Unis"), Some((0, 11)));
        assert_eq!(find(r"(?iu)^[^a]$", "A"), None);
        assert_eq!(find(r"(?u)^états$", "États"), None);
    }

    #[test]
    fn empty_matches_come_once() {
        let all = |pattern: &str, text: &str| Pattern::new(pattern).unwrap().find_all(text).collect::<Vec<_>>();
        assert_eq!(all(r"(?<=[a-z]')(?=[a-z])|-", "l'a-t'il"), [(2, 2), (3, 4), (6, 6)]);
        assert_eq!(all(r"x*", "axb"), [(0, 0), (1, 2), (2, 2), (3, 3)]);
    }

    #[test]
    fn looking_around() {
        assert_eq!(find(r"(?<=[0-9])(?:km|m)$", "5km"), Some((1, 3)));
        assert_eq!(find(r"(?<=[0-9])(?:km|m)$", "skm"), None);
        assert_eq!(find(r"(?<=[a-z])(?:-|--)(?=[a-z])", "a--b"), Some((1, 3)));
        assert_eq!(find(r"^\+(?![0-9])", "+7"), None);
        assert_eq!(find(r"(?<=°[FC])\.$", "20°C."), Some((5, 6)));
    }

    #[test]
    fn bad_patterns_are_named() {
        assert!(Pattern::new("(a").unwrap_err().contains("character 2"));
        assert!(Pattern::new("[a").is_err());
        assert!(Pattern::new("a{9").is_err());
    }

    #[test]
    fn hostile_text_ends_soon() {
        let pattern = Pattern::new(r"^(?:\S+(?::\S*)?@)?(?:(?:[a-z0-9]+\.)+)$").unwrap();
        assert_eq!(pattern.find(&"a:".repeat(1000)), None);
        assert_eq!(pattern.find(&"a.".repeat(100_000)), None);
    }
}
