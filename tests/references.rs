//! `tests/references/*.txt`: texts with their pronouns and nominals marked, and whom each means; the head of the file tells
//! how. Prints precision and recall, which must not fall.

mod support;

use std::collections::BTreeSet;
use std::fs;
use support::{analyser, document};
use wiregraph::analysis::MentionKind;

/// A marked stretch: code points, whom it means, whether it is known not to be found.
struct Mark {
    span: [usize; 2],
    means: BTreeSet<String>,
    gap: bool,
}

#[derive(Default)]
struct Tally {
    marked: usize,
    found: usize,
    right: usize,
    wrong: usize,
}

#[test]
fn references_mean_what_they_are_marked_with() {
    let (mut tally, mut faults) = (Tally::default(), Vec::new());
    for (place, marked) in texts() {
        let (text, marks) = unmarked(&marked, &place);
        check(&place, &text, &marks, &mut tally, &mut faults);
    }
    let precision = tally.right as f64 / (tally.right + tally.wrong).max(1) as f64;
    let recall = tally.found as f64 / tally.marked.max(1) as f64;
    println!("precision {precision:.3} ({} of {}), recall {recall:.3}", tally.right, tally.right + tally.wrong);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tally.marked >= 25 && precision > 0.95 && recall > 0.9, "precision {precision:.3}, recall {recall:.3}");
}

fn check(place: &str, text: &str, marks: &[Mark], tally: &mut Tally, faults: &mut Vec<String>) {
    let analysis = analyser().analyze(&document(text, Some("2022-06-15")));
    let mut found: Vec<([usize; 2], BTreeSet<String>)> = Vec::new();
    for mention in analysis.mentions.iter().filter(|m| m.kind != MentionKind::Name) {
        let span = [mention.start, mention.end];
        match found.iter_mut().find(|(s, _)| *s == span) {
            Some((_, means)) => drop(means.insert(mention.entity.clone())),
            None => found.push((span, BTreeSet::from([mention.entity.clone()]))),
        }
    }
    for mark in marks.iter().filter(|m| !m.means.is_empty()) {
        let hit = found.iter().any(|(span, means)| *span == mark.span && *means == mark.means);
        tally.marked += 1;
        tally.found += usize::from(hit);
        if hit == mark.gap {
            faults.push(format!("{place}: {:?} {}", mark.means, if hit { "is found now" } else { "is not found" }));
        }
    }
    for (span, means) in found {
        let right = marks.iter().any(|m| m.span == span && m.means == means);
        tally.right += usize::from(right);
        tally.wrong += usize::from(!right);
        if !right {
            let words: String = text.chars().skip(span[0]).take(span[1] - span[0]).collect();
            faults.push(format!("{place}: {words:?} must not mean {means:?}"));
        }
    }
}

/// Paragraphs of all files with their places.
fn texts() -> Vec<(String, String)> {
    let folder = format!("{}/tests/references", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let paragraphs = |file: std::path::PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        lines.map(|(n, line)| (format!("{name}:{}", n + 1), line.to_owned())).collect::<Vec<_>>()
    };
    files.into_iter().flat_map(paragraphs).collect()
}

fn unmarked(marked: &str, place: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, behind) = after.split_once(']').unwrap_or_else(|| panic!("{place}: no ] after [{after}"));
        let gap = inside.contains(" ~ ");
        let (words, means) = inside.split_once(if gap { " ~ " } else { " = " }).expect("[words = Entity]");
        let start = text.chars().count();
        text.push_str(words);
        let names = means.split(" + ").filter(|n| *n != "?").map(str::to_owned).collect();
        marks.push(Mark { span: [start, text.chars().count()], means: names, gap });
        rest = behind;
    }
    text.push_str(rest);
    (text, marks)
}
