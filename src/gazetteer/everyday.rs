//! `gazetteer/common-words.tsv` in; whether a name is an everyday English word out.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

const WORDS: &str = include_str!("../../gazetteer/common-words.tsv");

/// The rarest level (10 to 50) that is still everyday English.
const EVERYDAY: u32 = 40;

/// Whether `word`, in small letters, is in everyday use beside any name.
///
/// ```
/// use wiregraph::gazetteer::is_everyday_word;
/// assert!(is_everyday_word("reading") && !is_everyday_word("quetta"));
/// ```
pub fn is_everyday_word(word: &str) -> bool {
    static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| WORDS.lines().filter_map(everyday).collect());
    KNOWN.contains(word)
}

/// `word`, `word`, level.
fn everyday(line: &'static str) -> Option<&'static str> {
    let mut cells = line.split('\t');
    let (word, kind, level) = (cells.next()?, cells.next()?, cells.next()?);
    (kind == "word" && level.parse::<u32>().is_ok_and(|level| level <= EVERYDAY)).then_some(word)
}
