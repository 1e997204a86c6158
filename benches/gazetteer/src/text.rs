//! Sentences of our own writing in, as much English like them as is wanted out, with names of a list in it.
//!
//! Words follow each other as they do in the sentences (each is one that has followed the one before). Of seven capitalised
//! words inside a sentence one gives way to a name of the list, the first ones of the list more often; one stays, and five
//! are left out: so one word in five begins with a capital letter or is a number, as in news (the Lee corpus: 19.3 %).

use crate::lists::Chance;
use rustc_hash::FxHashMap;

pub fn text(model: &str, names: &[String], bytes: usize) -> String {
    let sentences: Vec<Vec<&str>> = model
        .lines()
        .filter(|line| line.len() > 40)
        .map(|line| line.split_whitespace().collect())
        .collect();
    let mut after: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    let mut openings = Vec::new();
    for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
        openings.push(sentence[0]);
        for pair in sentence.windows(2) {
            after.entry(pair[0]).or_default().push(pair[1]);
        }
    }
    let mut chance = Chance(77);
    let mut text = String::with_capacity(bytes + 400);
    let mut last: Option<&str> = None;
    let mut written = 0;
    while text.len() < bytes {
        let next = last.and_then(|last| after.get(last)).filter(|_| written < 60);
        let choice = next.unwrap_or(&openings);
        let word = choice[chance.below(choice.len())];
        if next.is_none() && written > 0 {
            text.push_str(if chance.below(4) == 0 { "\n\n" } else { "\n" });
            written = 0;
        }
        last = Some(word);
        written += 1;
        let capital = word.starts_with(char::is_uppercase) && written > 1;
        match if capital { chance.below(7) } else { 1 } {
            0 => {
                text.push_str(&names[chance.common(names.len())]);
                text.push_str(word.trim_start_matches(|c: char| c.is_alphanumeric() || c == '-'));
            }
            1 => text.push_str(word),
            _ => continue,
        }
        text.push(' ');
    }
    text
}
