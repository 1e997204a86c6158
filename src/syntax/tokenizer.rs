//! Text in, tokens of distinct lexemes out: spaCy's tokeniser, step by step.
//!
//! Text is cut where space begins or ends; a single space only separates. A piece that is an exception ("don't") is
//! replaced by its parts. Else prefixes and suffixes come off, one of each a round, until an exception is left or
//! nothing comes off; what is left is an exception, an address, or is cut at its infixes. At last, exceptions that
//! were taken apart because they hold an affix themselves (":)", "a.m.") are put together again.

use rustc_hash::FxHashMap;

use super::chars;
use super::hash::string_id;
use super::msgpack::Value;
use super::pattern::Pattern;

/// One token of a piece: its length in bytes, and the norm that an exception gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    pub length: usize,
    pub norm: Option<u64>,
}

/// A token in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub start: usize,
    pub part: Part,
    /// A space follows that belongs to no token.
    pub spaced: bool,
}

impl Piece {
    pub fn end(&self) -> usize {
        self.start + self.part.length
    }
}

pub struct Tokenizer {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    whole: Option<Pattern>,
    address: Option<Pattern>,
    exceptions: FxHashMap<Box<str>, Box<[Part]>>,
    /// Exceptions that hold an affix, by their first token when cut up without exceptions.
    rejoined: Rejoined,
}

/// Numbers of ORTH and NORM in the exceptions of a tokeniser file.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// Longer runs without a space are no words; pieces of this many bytes keep the work linear.
const RUN: usize = 2000;

/// Sequences of token forms, by their first one.
type Rejoined = FxHashMap<Box<str>, Vec<Box<[Box<str>]>>>;

/// The pieces of runs of text, as met so far.
pub type Cache = FxHashMap<Box<str>, Box<[Part]>>;

impl Tokenizer {
    /// From the decoded file `tokenizer` of a pipeline; the message says what is wrong in it.
    pub fn new(file: &Value) -> Result<Self, String> {
        let pattern = |name: &str| match file.get(name) {
            None | Some(Value::Nil) => Ok(None),
            Some(value) => {
                let source = value.text().ok_or_else(|| format!("{name} is no text"))?;
                Pattern::new(source).map(Some).map_err(|reason| format!("{name}: {reason}"))
            }
        };
        let mut tokenizer = Self {
            prefix: pattern("prefix_search")?,
            suffix: pattern("suffix_search")?,
            infix: pattern("infix_finditer")?,
            whole: pattern("token_match")?,
            address: pattern("url_match")?,
            exceptions: exceptions(file)?,
            rejoined: Rejoined::default(),
        };
        let fast = !matches!(file.get("faster_heuristics"), Some(Value::Bool(false)));
        tokenizer.rejoined = tokenizer.rejoined_exceptions(fast);
        Ok(tokenizer)
    }

    fn rejoined_exceptions(&self, only_with_affix: bool) -> Rejoined {
        let mut rejoined = Rejoined::default();
        for text in self.exceptions.keys() {
            let found = |pattern: &Option<Pattern>| pattern.as_ref().is_some_and(|p| p.find(text).is_some());
            let affix = || found(&self.prefix) || found(&self.suffix) || found(&self.infix) || text.contains(' ');
            if only_with_affix && !affix() {
                continue;
            }
            let pieces = self.pieces(text, false, &mut Cache::default());
            let orths: Box<[Box<str>]> = pieces.iter().map(|p| text[p.start..p.end()].into()).collect();
            if let Some(head) = orths.first() {
                rejoined.entry(head.clone()).or_default().push(orths);
            }
        }
        rejoined
    }

    /// All tokens of `text`, those of white space included.
    pub fn tokenize(&self, text: &str, cache: &mut Cache) -> Vec<Piece> {
        let pieces = self.pieces(text, true, cache);
        self.rejoin(text, pieces)
    }

    /// Before exceptions are put together again.
    fn pieces(&self, text: &str, exceptions: bool, cache: &mut Cache) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let Some(mut space) = text.chars().next().map(chars::is_space) else { return pieces };
        let mut start = 0;
        for (at, c) in text.char_indices() {
            let long = at - start >= RUN;
            if chars::is_space(c) == space && !long {
                continue;
            }
            if start < at {
                self.run(text, start..at, exceptions, cache, &mut pieces);
            }
            let separator = c == ' ' && !long;
            if separator && let Some(last) = pieces.last_mut() {
                last.spaced = true;
            }
            start = if separator { at + 1 } else { at };
            space = chars::is_space(c);
        }
        if start < text.len() {
            self.run(text, start..text.len(), exceptions, cache, &mut pieces);
        }
        pieces
    }

    /// One run of either space or other characters.
    fn run(
        &self,
        text: &str,
        range: std::ops::Range<usize>,
        exceptions: bool,
        cache: &mut Cache,
        pieces: &mut Vec<Piece>,
    ) {
        let mut start = range.start;
        let run = &text[range];
        let mut push = |parts: &[Part]| {
            for part in parts {
                pieces.push(Piece { start, part: *part, spaced: false });
                start += part.length;
            }
        };
        if let Some(parts) = cache.get(run) {
            return push(parts);
        }
        let parts = match self.exceptions.get(run).filter(|_| exceptions) {
            Some(parts) => parts.to_vec(),
            None => self.split(run, exceptions),
        };
        push(&parts);
        cache.insert(run.into(), parts.into());
    }

    fn is_exception(&self, text: &str, exceptions: bool) -> bool {
        exceptions && self.exceptions.contains_key(text)
    }

    fn length(pattern: &Option<Pattern>, text: &str) -> usize {
        pattern.as_ref().and_then(|p| p.find(text)).map_or(0, |(start, end)| end - start)
    }

    fn matches(pattern: &Option<Pattern>, text: &str) -> bool {
        pattern.as_ref().is_some_and(|p| p.match_at(text, 0).is_some())
    }

    fn split(&self, run: &str, exceptions: bool) -> Vec<Part> {
        let plain = |length| Part { length, norm: None };
        let mut core = run;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut last = 0;
        while !core.is_empty() && core.len() != last {
            if Self::matches(&self.whole, core) || self.is_exception(core, exceptions) {
                break;
            }
            last = core.len();
            let prefix = Self::length(&self.prefix, core);
            let rest = &core[prefix..];
            if prefix > 0 && !rest.is_empty() && self.is_exception(rest, exceptions) {
                before.push(plain(prefix));
                core = rest;
                break;
            }
            let suffix = Self::length(&self.suffix, rest);
            let rest = &core[..core.len() - suffix];
            if suffix > 0 && !rest.is_empty() && self.is_exception(rest, exceptions) {
                after.push(plain(suffix));
                core = rest;
                break;
            }
            // The suffix was looked for behind the prefix, so both always fit.
            core = &core[prefix..core.len() - suffix];
            before.extend((prefix > 0).then(|| plain(prefix)));
            after.extend((suffix > 0).then(|| plain(suffix)));
        }
        if !core.is_empty() {
            self.core(core, exceptions, &mut before);
        }
        before.extend(after.into_iter().rev());
        before
    }

    /// What is left between the affixes.
    fn core(&self, core: &str, exceptions: bool, parts: &mut Vec<Part>) {
        let plain = |length| Part { length, norm: None };
        if let Some(exception) = self.exceptions.get(core).filter(|_| exceptions) {
            return parts.extend(exception);
        }
        if Self::matches(&self.whole, core) || Self::matches(&self.address, core) {
            return parts.push(plain(core.len()));
        }
        let mut at = 0;
        for (start, end) in self.infix.iter().flat_map(|infix| infix.find_all(core)) {
            // An infix at the very start cuts nothing off; an empty one only cuts.
            if start > 0 {
                parts.extend((start > at).then(|| plain(start - at)));
                parts.extend((end > start).then(|| plain(end - start)));
                at = end;
            }
        }
        parts.extend((at < core.len()).then(|| plain(core.len() - at)));
    }

    /// Replaces sequences of tokens that are an exception, the longest and then the leftmost first.
    fn rejoin(&self, text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut found = self.rejoinable(text, &pieces);
        if found.is_empty() {
            return pieces;
        }
        found.sort_by_key(|(start, end)| (std::cmp::Reverse(end - start), *start));
        let mut taken = vec![false; pieces.len()];
        let mut chosen: Vec<Option<usize>> = vec![None; pieces.len()];
        for (start, end) in found {
            if !taken[start] && !taken[end - 1] {
                chosen[start] = Some(end);
            }
            taken[start..end].fill(true);
        }
        let mut joined = Vec::with_capacity(pieces.len());
        let mut at = 0;
        while at < pieces.len() {
            let end = chosen[at].unwrap_or(at + 1);
            let range = pieces[at].start..pieces[end - 1].end();
            match self.exceptions.get(&text[range]).filter(|_| chosen[at].is_some()) {
                Some(parts) => joined.extend(placed(parts, pieces[at].start, pieces[end - 1].spaced)),
                None => joined.extend_from_slice(&pieces[at..end]),
            }
            at = end;
        }
        joined
    }

    /// Ranges of tokens whose forms are those of an exception that was taken apart.
    fn rejoinable(&self, text: &str, pieces: &[Piece]) -> Vec<(usize, usize)> {
        let orth = |piece: &Piece| &text[piece.start..piece.end()];
        let mut found = Vec::new();
        for (start, piece) in pieces.iter().enumerate() {
            for orths in self.rejoined.get(orth(piece)).into_iter().flatten() {
                let window = pieces.get(start..start + orths.len());
                if window.is_some_and(|window| window.iter().zip(orths).all(|(piece, form)| orth(piece) == &**form)) {
                    found.push((start, start + orths.len()));
                }
            }
        }
        found
    }
}

fn placed(parts: &[Part], mut start: usize, spaced: bool) -> impl Iterator<Item = Piece> + '_ {
    parts.iter().enumerate().map(move |(i, part)| {
        let piece = Piece { start, part: *part, spaced: spaced && i + 1 == parts.len() };
        start += part.length;
        piece
    })
}

fn exceptions(file: &Value) -> Result<FxHashMap<Box<str>, Box<[Part]>>, String> {
    let entries = file.get("exceptions").ok_or("no exceptions")?.map();
    entries.iter().map(|(text, tokens)| exception(text, tokens)).collect()
}

fn attribute<'a>(token: &Value<'a>, number: u64) -> Option<&'a str> {
    let entry = token.map().iter().find(|(key, _)| key.number() == Some(number));
    entry.and_then(|(_, value)| value.text())
}

fn exception(text: &Value, tokens: &Value) -> Result<(Box<str>, Box<[Part]>), String> {
    let text = text.text().ok_or("an exception that is no text")?;
    let mut at = 0;
    let mut parts = Vec::new();
    for token in tokens.list() {
        let orth = attribute(token, ORTH).filter(|orth| !orth.is_empty() && text[at..].starts_with(orth));
        let length = orth.ok_or_else(|| format!("exception {text:?} is not made of its parts"))?.len();
        parts.push(Part { length, norm: attribute(token, NORM).map(string_id) });
        at += length;
    }
    if at != text.len() || parts.is_empty() {
        return Err(format!("exception {text:?} is not made of its parts"));
    }
    Ok((text.into(), parts.into()))
}
