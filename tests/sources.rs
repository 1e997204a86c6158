//! Outlets and the user's grades of them: listed, filtered by, shown; never in the database.

mod program;
mod store_reports;

use program::Place;
use std::fs;
use store_reports::{Report, build, negative};

/// Four outlets, one of them under two spellings, and one report that names none.
fn place() -> Place {
    let place = Place::empty();
    fs::create_dir(place.file("out")).unwrap();
    let story = "Norland praised Sudovia for the new bridge over the river at noon.";
    let denial = "Norland praised Sudovia never once in all those years, said the one who knew.";
    build(
        &place.file("out/graph.db"),
        &[
            Report::new("1.txt", story).from("Harbour Wire", "2031-05-01").says(
                "Norland",
                "praised",
                "Sudovia",
                |_| {},
            ),
            Report::new("2.txt", story).from("Evening Post", "2031-05-02").says(
                "Norland",
                "praised",
                "Sudovia",
                |_| {},
            ),
            Report::new("3.txt", denial).from("TASSO", "2031-05-03").says("Norland", "praised", "Sudovia", negative),
            Report::new("4.txt", "Sudovia met Norland in the old town hall.")
                .from("The Harbour Wire", "2031-06-01")
                .says("Sudovia", "met", "Norland", |_| {}),
            Report::new("5.txt", "Norland blamed Sudovia for everything.").says("Norland", "blamed", "Sudovia", |_| {}),
        ],
    );
    place
}

const GRADES: &str = "[sources]
\"harbour wire\" = { grade = \"A\", also = [\"The Harbour Wire\"] }
Tasso = \"d\"
";

fn graded() -> Place {
    let place = place();
    fs::write(place.file("sources.toml"), GRADES).unwrap();
    place
}

#[test]
fn each_outlet_is_listed_with_its_grade_and_what_it_brought() {
    let place = graded();
    let rows = place.ask("sources");
    let expected = [
        "source\tgrade\tdocuments\torigins\town\treprinted\tedges\tfirst\tlast\tspellings",
        "harbour wire\tA\t2\t2\t2\t0\t2\t2031-05-01\t2031-06-01\tHarbour Wire; The Harbour Wire",
        "Evening Post\tungraded\t1\t1\t0\t1\t1\t2031-05-02\t2031-05-02\tEvening Post",
        "Tasso\tD\t1\t1\t1\t0\t1\t2031-05-03\t2031-05-03\tTASSO",
        "(no outlet named)\tungraded\t1\t1\t1\t0\t1\t\t\t",
    ];
    assert_eq!(rows.lines().collect::<Vec<_>>(), expected);
    assert!(place.run(&["sources", "the harbour wire"]).found().lines().count() == 2);
    place.run(&["sources", "Evning Post"]).refused(1, "no report is of \"Evning Post\"; did you mean Evening Post?");
    let help = place.ask("sources --help");
    assert!(help.contains("A completely reliable") && help.contains("F cannot be judged"), "{help}");
}

#[test]
fn grades_are_opinions_and_move_no_byte() {
    let place = place();
    let before = fs::read(place.file("out/graph.db")).unwrap();
    assert!(place.run(&["sources"]).err.contains("no grades yet"));
    fs::write(place.file("sources.toml"), GRADES).unwrap();
    place.ask("sources");
    place.ask("neighbors Norland --min-grade A");
    assert!(fs::read(place.file("out/graph.db")).unwrap() == before);
}

#[test]
fn min_grade_counts_the_evidence_of_good_sources_alone() {
    let place = graded();
    let edges = |flags: &[&str]| {
        let rows = place.run(&[&["neighbors", "Norland", "--format", "tsv"], flags].concat());
        let mut edges: Vec<String> = rows
            .out
            .lines()
            .skip(1)
            .map(|row| row.split('\t').collect::<Vec<_>>())
            .map(|row| format!("{}{} {}", row[6], row[3], row[7]))
            .collect();
        edges.sort();
        edges
    };
    assert_eq!(edges(&[]), ["+blam 1", "+met 1", "+prais 2", "-prais 1"]);
    assert_eq!(edges(&["--min-grade", "A"]), ["+met 1", "+prais 1"]);
    assert_eq!(edges(&["--min-grade", "b"]), ["+met 1", "+prais 1"]);
    assert_eq!(edges(&["--min-grade", "E"]), ["+met 1", "+prais 1", "-prais 1"]);
    assert_eq!(edges(&["--min-grade", "A", "--ungraded"]), ["+blam 1", "+met 1", "+prais 2"]);
    let told = place.run(&["neighbors", "Norland", "--min-grade", "A"]).err;
    assert!(told.contains("1 source without a grade left out (Evening Post); --ungraded counts"), "{told}");
    for question in ["timeline Norland", "evidence Norland Sudovia", "export -f jsonl"] {
        let all = place.ask(question);
        assert!(
            all.contains("3.txt") && !place.ask(&format!("{question} --min-grade C")).contains("3.txt"),
            "{question}"
        );
    }
    assert!(place.ask("disputes").lines().count() == 2);
    assert_eq!(place.run(&["disputes", "--min-grade", "A"]).code, 1, "the denial stands in Tasso alone");
    place.run(&["path", "Norland", "Sudovia", "--min-grade", "A"]).found();
    place.run(&["rank", "--min-grade", "A"]).found();
    place.run(&["neighbors", "Norland", "--ungraded"]).refused(2, "--min-grade");
    place.run(&["neighbors", "Norland", "--min-grade", "G"]).refused(2, "invalid value 'G'");
    fs::remove_file(place.file("sources.toml")).unwrap();
    place.run(&["neighbors", "Norland", "--min-grade", "A"]).refused(2, "no source has any");
}

#[test]
fn grades_stand_beside_the_words() {
    let place = graded();
    let shown = place.ask("evidence Norland Sudovia --format table");
    assert!(shown.contains("1.txt (Harbour Wire, grade A)") && shown.contains("2.txt (Evening Post)"), "{shown}");
    let disputes = place.ask("disputes --format table");
    assert!(disputes.contains("grade A") && disputes.contains("grade D"), "{disputes}");
    assert!(place.ask("disputes --format jsonl").contains("\"grade_for\":\"A\",\"grade_against\":\"D\""));
    let id = place.ask("neighbors Norland --relation prais --polarity - --format tsv");
    let id = id.lines().nth(1).unwrap().rsplit('\t').next().unwrap();
    assert!(place.run(&["why", id, "--format", "table"]).found().contains("3.txt (TASSO, grade D)"));
    assert!(place.run(&["why", id, "--format", "jsonl"]).found().contains("\"grade\":\"D\""));
}

#[test]
fn grades_are_found_where_they_stand() {
    let place = place();
    let grade = |flags: &[&str]| {
        let rows = place.run(&[&["sources", "TASSO"], flags].concat()).found();
        rows.lines().nth(1).unwrap().split('\t').nth(1).unwrap().to_owned()
    };
    assert_eq!(grade(&[]), "ungraded");
    fs::write(place.file("mine.toml"), "[sources]\nTASSO = \"E\"\n").unwrap();
    assert_eq!(grade(&["--sources", "mine.toml"]), "E");
    fs::write(place.file("wiregraph.toml"), "format = \"tsv\"\nsources = \"mine.toml\"\n").unwrap();
    assert_eq!(grade(&[]), "E");
    fs::write(place.file("wiregraph.toml"), "format = \"tsv\"\n[sources]\nTASSO = \"B\"\n").unwrap();
    assert_eq!(grade(&[]), "B");
    fs::write(place.file("sources.toml"), GRADES).unwrap();
    place.run(&["sources"]).refused(2, "them in one of the two");
    fs::write(place.file("wiregraph.toml"), "format = \"tsv\"\n").unwrap();
    assert_eq!(grade(&[]), "D");
    place.run(&["sources", "--sources", "none.toml"]).refused(3, "none.toml: No such file");
}

#[test]
fn slips_in_the_file_are_named() {
    let place = place();
    fs::write(place.file("sources.toml"), "[sources]\n\"Evening Post\" = \"Z\"\n").unwrap();
    let place_and_words = "sources.toml:2:18: \"Z\" is no grade; expected A, B, C, D, E or F";
    for question in
        [&["sources"][..], &["evidence", "Norland", "Sudovia"], &["neighbors", "Norland", "--min-grade", "A"]]
    {
        place.run(question).refused(2, place_and_words);
    }
    fs::write(place.file("sources.toml"), "[sources]\nAFP = \"A\"\n\"Evenning Post\" = \"B\"\n").unwrap();
    let told = place.run(&["sources"]);
    assert!(told.code == 0 && told.err.contains("sources.toml:2:1: no report is of \"AFP\"\n"), "{told:?}");
    assert!(
        told.err.contains("sources.toml:3:1: no report is of \"Evenning Post\"; did you mean Evening Post?"),
        "{told:?}"
    );
}
