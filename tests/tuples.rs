//! `tests/tuples.txt`: a sentence and its open triples, all of them and no other.

mod support;

use support::{OPEN, analyser, document};

#[test]
fn every_sentence_gives_its_triples_and_no_other() {
    let text = include_str!("tuples.txt");
    let blocks = text.split("\n\n").filter(|block| !block.starts_with('#'));
    let (mut cases, mut faults) = (0, Vec::new());
    for block in blocks {
        let (sentence, wanted) = block.trim_end_matches('\n').split_once('\n').unwrap_or((block.trim_end(), ""));
        let analysis = analyser().analyze_in_detail(&document(sentence, None), OPEN);
        let triples = analysis.tuples.unwrap();
        let mut found: Vec<String> =
            triples.iter().map(|t| format!("{} | {} | {}", t.subject_text, t.predicate_text, t.object_text)).collect();
        let mut wanted: Vec<&str> = wanted.lines().collect();
        found.sort_unstable();
        wanted.sort_unstable();
        cases += 1;
        if found != wanted {
            faults.push(format!("{sentence}\n  wanted {wanted:#?}\n  found {found:#?}"));
        }
    }
    assert!(cases > 20, "only {cases} sentences were read");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
