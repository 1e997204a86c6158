//! Names in, an engine that finds them in a text out: ours and its peers, all of them keeping to the boundaries of words.

use aho_corasick::{AhoCorasick, MatchKind};
use daachorse::DoubleArrayAhoCorasick;
use flashtext2::case_sensitive::KeywordProcessor;
use fst::Set;
use wiregraph::analysis::EntityType;
use wiregraph::gazetteer::{EntityRow, Gazetteer, Table};

pub trait Engine {
    /// How many leftmost-longest names that begin and end where words do are in the text.
    fn count(&self, text: &str) -> usize;
}

pub fn build(engine: &str, names: &[String]) -> Box<dyn Engine> {
    match engine {
        "wiregraph" => Box::new(Ours(Gazetteer::layered(&[table(names)]).expect("one table"))),
        "aho-corasick" => {
            let built = AhoCorasick::builder().match_kind(MatchKind::Standard).build(names);
            Box::new(Aho(built.expect("an automaton")))
        }
        "daachorse" => Box::new(Daachorse(DoubleArrayAhoCorasick::new(names).expect("an automaton"))),
        "fst" => {
            let mut sorted: Vec<&String> = names.iter().collect();
            sorted.sort_unstable();
            Box::new(Fst(Set::from_iter(sorted).expect("a set")))
        }
        "flashtext2" => {
            let mut processor = KeywordProcessor::new();
            processor.add_keywords_from_iter(names.iter());
            Box::new(Flashtext(processor))
        }
        other => panic!("no engine {other}"),
    }
}

/// A table with one entity for each name.
pub fn compile(names: &[String]) -> Vec<u8> {
    let mut compiler = Table::compiler().expect("the shipped gazetteer");
    for (number, name) in names.iter().enumerate() {
        compiler.add(&EntityRow::named(&format!("other:{number}"), EntityType::Other, name)).expect("room");
    }
    compiler.finish().expect("a table")
}

fn table(names: &[String]) -> Table {
    Table::from_bytes("names", compile(names)).expect("a table")
}

/// Finds boundaries and letter case, hyphens, initials and line breaks by itself, and every bearer of each name.
struct Ours(Gazetteer);

impl Engine for Ours {
    fn count(&self, text: &str) -> usize {
        let mut count = 0;
        self.0.each(text, |_, _| count += 1);
        count
    }
}

/// Finds all matches, also overlapping ones: those that cut words are taken out, then the leftmost-longest kept. (Its own
/// leftmost-longest search loses names that a longer match hides which cuts a word.)
struct Aho(AhoCorasick);

impl Engine for Aho {
    fn count(&self, text: &str) -> usize {
        pieces(text).map(|piece| whole(piece, self.0.find_overlapping_iter(piece).map(|m| (m.start(), m.end())))).sum()
    }
}

/// As [`Aho`].
struct Daachorse(DoubleArrayAhoCorasick<u32>);

impl Engine for Daachorse {
    fn count(&self, text: &str) -> usize {
        pieces(text).map(|piece| whole(piece, self.0.find_overlapping_iter(piece).map(|m| (m.start(), m.end())))).sum()
    }
}

/// Walked from the beginning of each word; the last name that ends where a word does counts.
struct Fst(Set<Vec<u8>>);

impl Engine for Fst {
    fn count(&self, text: &str) -> usize {
        let (fst, bytes) = (self.0.as_fst(), text.as_bytes());
        let (mut count, mut at) = (0, 0);
        while at < bytes.len() {
            if !is_word(bytes[at]) || at > 0 && is_word(bytes[at - 1]) {
                at += 1;
                continue;
            }
            let (mut node, mut end) = (fst.root(), at);
            for (behind, byte) in bytes[at..].iter().enumerate().map(|(i, b)| (at + i + 1, *b)) {
                let Some(next) = node.find_input(byte) else { break };
                node = fst.node(node.transition_addr(next));
                if node.is_final() && is_boundary(bytes, behind) {
                    end = behind;
                }
            }
            count += usize::from(end > at);
            at = end.max(at + 1);
        }
        count
    }
}

/// Cuts the text into words by itself.
struct Flashtext(KeywordProcessor);

impl Engine for Flashtext {
    fn count(&self, text: &str) -> usize {
        self.0.extract_keywords_with_span(text).count()
    }
}

/// Some 64 KB at a time, so that the list of matches stays near.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.as_bytes().iter().skip(65_536).position(|b| *b == b'\n').map_or(rest.len(), |at| 65_537 + at);
        let piece;
        (piece, rest) = rest.split_at(end);
        (!piece.is_empty()).then_some(piece)
    })
}

/// Of all matches those of whole words, leftmost first, the longest of them.
fn whole(text: &str, matches: impl Iterator<Item = (usize, usize)>) -> usize {
    let bytes = text.as_bytes();
    let mut whole: Vec<(usize, usize)> =
        matches.filter(|&(start, end)| is_boundary(bytes, start) && is_boundary(bytes, end)).collect();
    whole.sort_by_key(|&(start, end)| (start, std::cmp::Reverse(end)));
    let mut behind = 0;
    whole.iter().filter(|(start, end)| *start >= behind && { behind = *end; true }).count()
}

fn is_boundary(text: &[u8], at: usize) -> bool {
    at == 0 || at == text.len() || !is_word(text[at - 1]) || !is_word(text[at])
}

/// Letters beyond ASCII and curly quotes are told apart by their first byte, which does for this text.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 && byte != 0xE2
}
