//! What a person asks of the graph, answered on invented reports: why, why not, when, who denies it, what is a copy.

mod program;
mod store_reports;

use program::Place;
use std::fs;
use store_reports::{Report, build, hypothetical, reports};

/// The id of the edge that a query on `edge` finds.
fn edge(place: &Place, condition: &str) -> String {
    let sql = format!("SELECT printf('%016x', id) AS id FROM edge WHERE {condition}");
    place.run(&["sql", &sql]).found().lines().nth(1).unwrap().to_owned()
}

#[test]
fn why_leads_from_an_edge_to_words_rule_and_speaker() {
    let place = Place::new();
    let id = edge(&place, "subject = 'Norland' AND predicate = 'prais' AND polarity = '-'");
    let told = place.run(&["why", &id[..6], "--format", "table"]).found();
    for words in [
        "Norland ── not prais ──► Sudovia",
        &id,
        "Ada Quill denied that Norland had praised Sudovia at all.",
        "c/dispute.txt (Evening Post), published 2031-05-04",
        "“Norland” → Norland (a listed name)",
        "no rule types it",
        "attributed: it stands in what somebody said",
        "Ada Quill → in Evening Post",
        "2031-05-04, the day of publication",
    ] {
        assert!(told.contains(words), "{words:?} is missing from {told}");
    }
    let coloured = place.run(&["why", &id, "--format", "table", "--color", "always"]).found();
    assert!(coloured.contains("\u{1b}[33mpraised\u{1b}[0m"), "{coloured:?}");
    let rows = place.run(&["why", &edge(&place, "predicate = 'prais' AND documents = 3"), "--format", "jsonl"]).found();
    let row: serde_json::Value = serde_json::from_str(rows.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&row["document"], &row["origin"]), (&"a/reprint.txt".into(), &"b/bridge.txt".into()));
    assert_eq!(row["claimant"], "Harbour Wire");
}

#[test]
fn an_id_may_be_cut_short_while_it_is_one() {
    let place = Place::new();
    let all = place.run(&["sql", "SELECT substr(printf('%016x', id), 1, 1) AS d FROM edge"]).found();
    let mut digits: Vec<&str> = all.lines().skip(1).collect();
    digits.sort_unstable();
    let twice = digits.windows(2).find(|pair| pair[0] == pair[1]).unwrap()[0];
    place.run(&["why", twice]).refused(2, "give more digits");
    let unused = "0123456789".chars().find(|d| !digits.contains(&d.to_string().as_str())).unwrap().to_string();
    place.run(&["why", &unused]).refused(1, "no edge has an id that begins with");
    for odd in ["xyz", "", "12345678901234567"] {
        place.run(&["why", odd]).refused(2, "no id of an edge");
    }
}

#[test]
fn why_not_names_what_stopped_each_sentence() {
    let place = Place::empty();
    fs::create_dir(place.file("out")).unwrap();
    let apart = Report::new("apart", "Ada Quill visited Tarn Crossing. Bert Quill visited Sudovia.")
        .says("Ada Quill", "visited", "Tarn Crossing", |_| {})
        .says("Bert Quill", "visited", "Sudovia", |_| {});
    let maybe = Report::new("maybe", "Norland may warn Sudovia.").says("Norland", "warn", "Sudovia", hypothetical);
    let others = Report::new("others", "Norland warned the River League as Ada Quill visited Sudovia.")
        .says("Norland", "warned", "River League", |_| {})
        .says("Ada Quill", "visited", "Sudovia", |_| {});
    let inside = Report::new("inside", "Norland mocked the tolls of Sudovia on Ada Quill.")
        .says("Sudovia", "on", "Ada Quill", |_| {})
        .claims("Norland", "mocked", "the tolls of Sudovia on Ada Quill");
    build(&place.file("out/graph.db"), &[apart, maybe, others, inside]);
    let reasons = place.ask("why-not Norland Sudovia --format jsonl");
    let reasons: Vec<(String, String)> = reasons
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            (row["document"].as_str().unwrap().into(), row["reason"].as_str().unwrap().into())
        })
        .collect();
    let expected = [("inside", "inside-claim"), ("maybe", "hypothetical"), ("others", "other-ends")];
    assert_eq!(reasons, expected.map(|(document, reason)| (document.to_owned(), reason.to_owned())));
    let told = place.run(&["why-not", "Norland", "Sudovia", "--format", "table"]).found();
    for words in ["hypothetical only", "Norland ── warned ──► River League", "3 sentences with both: 1 hypothetical"]
    {
        assert!(told.contains(words), "{words:?} is missing from {told}");
    }
    place.run(&["why-not", "Ada Quill", "Bert Quill"]).refused(1, "1 report mentions both, in different sentences");
    place.run(&["why-not", "Tarn Crossing", "River League"]).refused(1, "no report does");
    place.run(&["why-not", "Norland", "norlandic"]).refused(2, "both names mean Norland");
}

#[test]
fn a_timeline_is_in_order_of_date() {
    let place = Place::new();
    let dates = |question: &str| -> Vec<String> {
        place.ask(question).lines().skip(1).map(|row| row.split('\t').next().unwrap().to_owned()).collect()
    };
    let all = dates("timeline Norland");
    assert_eq!(all, ["2031-05-02", "2031-05-02", "2031-05-03", "2031-05-03", "2031-05-04", "2031-05-04", "2031-06-01"]);
    assert_eq!(dates("timeline Norland Sudovia --since 2031-06"), ["2031-06-01"]);
    assert_eq!(dates("timeline Norland --polarity -"), ["2031-05-04"]);
    assert!(place.ask("timeline Norland --format table").contains("Norland → not prais → Sudovia"));
    assert_eq!(place.run(&["timeline", "Norland", "Tarn Crossing"]).code, 1);
}

#[test]
fn disputes_show_both_sides() {
    let place = Place::new();
    let row = place.ask("disputes --format tsv");
    assert!(row.contains("Norland\tprais\tSudovia\tHarbour Wire; River League\tAda Quill\t3\t1"), "{row}");
    let told = place.ask("disputes Sudovia --format table");
    for words in ["asserted by: Harbour Wire, River League", "denied by: Ada Quill", "1 dispute"] {
        assert!(told.contains(words), "{words:?} is missing from {told}");
    }
    assert_eq!(place.run(&["disputes", "Tarn Crossing"]).code, 1);
}

#[test]
fn origins_explain_themselves() {
    let place = Place::new();
    let told = place.ask("origins --format table");
    for words in
        ["Harbour Wire  answers for 2 reports of one text", "100 % of the shorter one's", "shared with b/bridge.txt"]
    {
        assert!(told.contains(words), "{words:?} is missing from {told}");
    }
    assert!(!told.contains("e/visit.txt"));
    assert_eq!(place.ask("origins --all --format jsonl").lines().count(), 5);
    let one = place.ask("origins reprint.txt --format jsonl");
    assert!(
        one.lines().count() == 2 && one.contains("\"share\":1.0") && one.contains("the ferrymen of both banks"),
        "{one}"
    );
    place.run(&["origins", "bridge.tx"]).refused(1, "no report is called");
    place.run(&["origins", "b/bridgee.txt"]).refused(1, "did you mean b/bridge.txt?");
}

#[test]
fn rank_counts_edges_and_walks() {
    let place = Place::new();
    let first = |question: &str| place.ask(question).lines().nth(1).unwrap().to_owned();
    assert!(first("rank").starts_with("1\tSudovia\tPLACE\t5\t1\t3\t1\t"), "{}", first("rank"));
    assert!(first("rank --by pagerank").starts_with("1\tSudovia"));
    let sum: f64 =
        place.ask("rank").lines().skip(1).map(|row| row.split('\t').nth(7).unwrap().parse::<f64>().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-4, "{sum}");
}

#[test]
fn a_tree_shows_each_entity_once_below_its_nearest() {
    let place = Place::new();
    let tree = place.run(&["neighbors", "Bert Quill", "--depth", "2", "--format", "table"]).found();
    let lines: Vec<&str> = tree.lines().collect();
    assert_eq!(lines[0], "Bert Quill");
    assert!(lines[1].starts_with("└── Sudovia  → visit"), "{tree}");
    assert!(lines[2].starts_with("    └── Norland  ← prais, ↔ open"), "{tree}");
}

#[test]
fn classes_polarity_and_claimants_filter() {
    let place = Place::new();
    let count = |question: &str| place.run(&question.split(' ').collect::<Vec<_>>()).out.lines().skip(1).count();
    assert_eq!(count("neighbors Norland --polarity -"), 1);
    assert_eq!(count("neighbors Norland --min-claimants 2"), 1);
    assert_eq!(count("neighbors Norland --class CONSULT"), 0);
    place.run(&["neighbors", "Norland", "--polarity", "?"]).refused(2, "expected + or -");
}

#[test]
fn diff_compares_files_and_dates() {
    let place = Place::new();
    let fewer: Vec<Report> = reports().into_iter().filter(|report| report.document.id != "d/maybe.txt").collect();
    build(&place.file("old.db"), &fewer);
    let answer = place.run(&["diff", "old.db", "out/graph.db"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("1 changed, 1 new"), "{answer:?}");
    assert!(answer.out.contains("changed\tNorland\tprais\t\tSudovia\t+\t2\t3\t1\t2\t1\t2"), "{}", answer.out);
    assert!(answer.out.contains("new\tRiver League\tpunish"), "{}", answer.out);
    let back = place.run(&["diff", "out/graph.db", "old.db"]);
    assert!(back.err.contains("1 gone, 1 weaker"), "{back:?}");
    assert_eq!(place.run(&["diff", "old.db", "old.db"]).code, 0);
    assert!(place.run(&["diff", "--since", "2031-06"]).err.contains("1 changed, 1 new"));
    assert!(place.run(&["diff", "--between", "2031-05-03", "2031-05-04"]).err.contains("2 new"));
    place.run(&["diff"]).refused(2, "expected two databases");
    place.run(&["diff", "old.db"]).refused(2, "NEW.db");
}

#[test]
fn the_schema_is_told_whole_and_in_parts() {
    let place = Place::empty();
    assert!(place.ask("schema").starts_with("-- The database's contract"));
    let view = place.ask("schema Dispute");
    assert!(
        view.starts_with("CREATE VIEW dispute") && view.contains("-- Both sides") && !view.contains("CREATE TABLE")
    );
    assert!(place.ask("schema sentence_text").contains("fts5"));
    place.run(&["schema", "edges"]).refused(1, "it has document, origin, sentence");
}
