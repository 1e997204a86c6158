//! `tests/cases/*.txt`: a sentence, the edges that must come out, and nothing else.
//!
//! `=> edge` must come out, `=> nothing` where none may. `?> edge` is a known gap: it fails the day it works, to be promoted.
//! `!> edge` is known to come out wrongly: it fails the day it no longer does, to be removed.
//! `kind: headline` (of a file or a case) has the text read as a headline; `body:` is the report's sentence below it.
//! An edge is `A -predicate/alternative-> B (not; possible; said by: C; via: D; time: 2022-06-15)`, mutual `A <-meet-> B`.

mod support;

use std::fs;
use std::path::PathBuf;
use support::{Expected, analyser, document, headline, render};

struct Case {
    file: String,
    line: usize,
    published: Option<String>,
    headline: bool,
    text: String,
    body: String,
    wanted: Vec<Expected>,
    gaps: Vec<Expected>,
    wrong: Vec<Expected>,
}

#[test]
fn every_case_gives_its_edges_and_nothing_else() {
    let (mut cases, mut failures, mut gaps) = (0, Vec::new(), 0);
    for case in all_cases() {
        cases += 1;
        gaps += case.gaps.len();
        failures.extend(check(&case));
    }
    assert!(cases > 300, "only {cases} cases were read");
    println!("{cases} cases, {gaps} known gaps");
    assert!(failures.is_empty(), "{} of {cases} cases fail:\n{}", failures.len(), failures.join("\n"));
}

fn check(case: &Case) -> Option<String> {
    let published = case.published.as_deref();
    let report =
        if case.headline { headline(&case.text, &case.body, published) } else { document(&case.text, published) };
    let analysis = analyser().analyze(&report);
    let mut faults = Vec::new();
    let mut left: Vec<_> = analysis.relations.iter().collect();
    for wanted in &case.wanted {
        match left.iter().position(|r| wanted.matches(r)) {
            Some(at) => drop(left.remove(at)),
            None => faults.push(format!("  missing  => {}", wanted.written)),
        }
    }
    for gap in &case.gaps {
        if let Some(at) = left.iter().position(|r| gap.matches(r)) {
            left.remove(at);
            faults.push(format!("  works now, promote it  ?> {}", gap.written));
        }
    }
    for wrong in &case.wrong {
        match left.iter().position(|r| wrong.matches(r)) {
            Some(at) => drop(left.remove(at)),
            None => faults.push(format!("  no longer wrong, remove it  !> {}", wrong.written)),
        }
    }
    faults.extend(left.iter().map(|r| format!("  extra    {}", render(r))));
    (!faults.is_empty()).then(|| format!("{}:{}: {}\n{}", case.file, case.line, case.text, faults.join("\n")))
}

fn all_cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(read).collect()
}

fn read(path: &PathBuf) -> Vec<Case> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap();
    let (mut cases, mut common): (Vec<Case>, Common) = (Vec::new(), Common::default());
    let mut block: Vec<(usize, &str)> = Vec::new();
    for (number, line) in text.lines().chain([""]).enumerate() {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        if !line.is_empty() {
            block.push((number + 1, line));
        } else if !block.is_empty() {
            match case(&name, &block, &common) {
                Ok(case) => cases.push(case),
                Err(set) => common = set,
            }
            block.clear();
        }
    }
    cases
}

/// What a block without a text sets for the cases after it.
#[derive(Clone, Default)]
struct Common {
    published: Option<String>,
    headline: bool,
}

/// A block of lines as a case; `Err` with what the block sets for the rest of the file.
fn case(file: &str, block: &[(usize, &str)], common: &Common) -> Result<Case, Common> {
    let (line, _) = block[0];
    let mut case = Case {
        file: file.to_owned(),
        line,
        published: common.published.clone(),
        headline: common.headline,
        text: String::new(),
        body: String::new(),
        wanted: vec![],
        gaps: vec![],
        wrong: vec![],
    };
    for (number, line) in block {
        let place = || format!("{file}:{number}");
        if let Some(date) = line.strip_prefix("published:") {
            case.published = Some(date.trim().to_owned());
        } else if let Some(kind) = line.strip_prefix("kind:") {
            assert_eq!(kind.trim(), "headline", "{}: unknown kind", place());
            case.headline = true;
        } else if let Some(body) = line.strip_prefix("body:") {
            case.body = body.trim().to_owned();
        } else if let Some(edge) = line.strip_prefix("=>") {
            case.wanted.extend((edge.trim() != "nothing").then(|| Expected::parse(edge, &place())));
        } else if let Some(edge) = line.strip_prefix("?>") {
            case.gaps.push(Expected::parse(edge, &place()));
        } else if let Some(edge) = line.strip_prefix("!>") {
            case.wrong.push(Expected::parse(edge, &place()));
        } else {
            case.text = if case.text.is_empty() { (*line).to_owned() } else { format!("{} {line}", case.text) };
        }
    }
    let set = Common { published: case.published.clone(), headline: case.headline };
    if case.text.is_empty() { Err(set) } else { Ok(case) }
}
