//! `tests/names/discovery.txt`: a short text, and every name in it that no list has: `=> TYPE words = entity`, or `=> nothing`.
//! `!> ...` is found and wrong: a known fault that is to be removed the day it is mended.

mod support;

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use support::{analyser, document};
use wiregraph::Analysis;
use wiregraph::analysis::{EntityType, MentionKind};
use wiregraph::gazetteer::Gazetteer;

struct Case {
    line: usize,
    text: String,
    wanted: Vec<String>,
}

#[test]
fn every_text_gives_its_unlisted_names_and_no_other() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/names");
    let text = fs::read_to_string(folder.join("discovery.txt")).unwrap();
    let cases = cases(&text);
    assert!(cases.len() >= 70, "only {} cases were read", cases.len());
    let faults: Vec<String> = cases.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} of {} fail:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

fn fault(case: &Case) -> Option<String> {
    let found = found(&analyser().analyze(&document(&case.text, None)));
    let lines: Vec<String> = found.iter().map(|f| format!("=> {f}")).collect();
    (found != case.wanted).then(|| format!("line {}:\n{}\n{}", case.line, case.text, lines.join("\n")))
}

/// Unlisted names in text order.
fn found(analysis: &Analysis) -> Vec<String> {
    let names = analysis.mentions.iter().filter(|m| m.discovered && m.kind == MentionKind::Name);
    names.map(|m| format!("{} {} = {}", label(m.entity_type), m.text, m.entity)).collect()
}

fn label(entity_type: EntityType) -> String {
    format!("{entity_type:?}").to_uppercase()
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block: Option<Case> = None;
    for (number, line) in text.lines().chain([""]).enumerate().filter(|(_, l)| !l.starts_with('#')) {
        if line.is_empty() {
            cases.extend(block.take());
            continue;
        }
        let case = block.get_or_insert(Case { line: number + 1, text: String::new(), wanted: Vec::new() });
        match line.strip_prefix("=> ") {
            Some("nothing") => {}
            Some(name) => case.wanted.push(name.to_owned()),
            None if line.starts_with("!> ") => case.wanted.push(line[3..].to_owned()),
            None => case.text = format!("{} {line}", case.text).trim().to_owned(),
        }
    }
    cases
}

fn ids(text: &str) -> Vec<(String, String)> {
    let analysis = analyser().analyze(&document(text, None));
    let names = analysis.mentions.iter().filter(|m| m.discovered && m.kind == MentionKind::Name);
    names.map(|m| (m.text.clone(), m.entity_id.clone())).collect()
}

#[test]
fn two_documents_never_share_a_person_on_a_surname() {
    let (one, other) = (ids("Mr Brandtov thanked Norway."), ids("Yesterday Mr Brandtov thanked Peru."));
    assert_eq!((&*one[0].0, &*other[0].0), ("Brandtov", "Brandtov"));
    assert_ne!(one[0].1, other[0].1);
    assert_eq!(one, ids("Mr Brandtov thanked Norway."), "the same text gives the same id");
}

#[test]
fn a_full_name_is_shared_unless_two_countries_claim_it() {
    let plain = |text: &str| ids(text)[0].1.clone();
    let unknown = plain("Mr Oleg Brandtov thanked Norway.");
    assert_eq!(unknown, plain("Yesterday spokesman Oleg Brandtov thanked Peru."));
    let (gambian, chilean) =
        (plain("Gambian minister Oleg Brandtov thanked Norway."), plain("Chilean minister Oleg Brandtov left."));
    assert_ne!(gambian, chilean);
}

#[test]
fn a_body_known_by_common_words_stays_within_its_document() {
    let one = ids("The Gambian officials wrote to the Ministry of Works and Water. The minister left.");
    let other = ids("In Chile the Ministry of Works and Water was closed yesterday by decree.");
    assert!(!one.is_empty() && !other.is_empty());
    assert_ne!(one[0].1, other[0].1);
}

#[test]
fn descriptions_reach_unlisted_people_and_bodies() {
    let edges = |text: &str| {
        let analysis = analyser().analyze(&document(text, None));
        analysis.relations.iter().map(|r| format!("{} {} {}", r.subject, r.predicate, r.object)).collect::<Vec<_>>()
    };
    assert_eq!(
        edges("Karume Steel Holdings sued Norway. The company thanked Sweden."),
        ["Karume Steel Holdings sue Norway", "Karume Steel Holdings thank Sweden"]
    );
    assert_eq!(edges("Mrs Ida Storm met Mr Olaf Winter in Oslo. She thanked Sweden.")[1..], ["Ida Storm thank Sweden"]);
}

#[test]
fn every_title_of_a_role_is_on_the_list_of_titles() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("gazetteer");
    let read = |file: PathBuf| fs::read_to_string(file).unwrap();
    let listed = read(folder.join("titles.tsv"));
    let titles: Vec<&str> = listed.lines().filter_map(|l| l.split('\t').next()).collect();
    let people = read(folder.join("people.tsv"));
    let rows = people.lines().filter(|l| l.starts_with("person:"));
    let roles = rows.filter_map(|l| l.split('\t').nth(9)).flat_map(|roles| roles.split("; "));
    let unknown: Vec<&str> =
        roles.filter_map(|r| r.rsplit_once(" of ")).map(|(title, _)| title).filter(|t| !titles.contains(t)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

fn wiregraph(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("wiregraph").unwrap().current_dir(folder).args(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn suggestions_are_rows_that_the_gazetteer_reads() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    fs::write(reports.join("one.txt"), "Spokesman Igor Brandt thanked Norway. Brandt left Oslo early in the day.\n")
        .unwrap();
    fs::write(reports.join("two.txt"), "Norway thanked Mr Igor Brandt. Karume Steel Holdings sued Norway.\n").unwrap();
    assert_eq!(wiregraph(folder.path(), &["build", "reports"]).0, 0);
    let (code, rows) = wiregraph(folder.path(), &["gazetteer", "suggest"]);
    assert_eq!(code, 0);
    assert!(rows.contains("# 2 documents, 3 mentions; found by repeat, title"), "{rows}");
    let gazetteer = Gazetteer::parse(&[("suggested.tsv", &rows)]).unwrap();
    let found = gazetteer.find("Igor Brandt works for Karume Steel Holdings");
    assert_eq!(found.len(), 2, "{rows}");
    let (_, frequent) = wiregraph(folder.path(), &["gazetteer", "suggest", "--min", "2"]);
    assert!(frequent.contains("Igor Brandt") && !frequent.contains("Karume"));
    assert_eq!(wiregraph(folder.path(), &["gazetteer", "suggest", "--min", "9"]), (1, String::new()));
}
