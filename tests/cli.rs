//! The program itself, asked about a database of invented reports: answers, formats, messages and exit codes.

mod program;
mod store_reports;

use assert_cmd::Command;
use program::Place;
use std::fs;
use store_reports::{Report, build, reports};

#[test]
fn neighbors_prints_tsv_when_piped() {
    let place = Place::new();
    let out = place.run(&["neighbors", "Norland"]).found();
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0][..6], ["steps", "entity", "direction", "predicate", "class", "neighbor"]);
    assert_eq!(rows[1][1..10], ["Norland", "out", "prais", "", "Sudovia", "+", "3", "2", "2"]);
    assert!(rows.iter().any(|row| row[2] == "both" && row[3] == "open"));
    assert!(rows.iter().any(|row| row[2] == "in" && row[3] == "prais"));
    assert!(!out.contains("punish"), "hypothetical");
    assert!(!out.contains('\u{1b}'));
}

#[test]
fn neighbors_heeds_its_filters() {
    let place = Place::new();
    let predicates = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["neighbors", "norlandic", "--format", "jsonl"];
        all.extend(arguments);
        let rows = place.run(&all).out;
        let field = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["predicate"].as_str().unwrap().to_owned()
        };
        rows.lines().map(field).collect()
    };
    assert_eq!(predicates(&["--status", "hypothetical"]), ["punish"]);
    assert_eq!(predicates(&["--status", "all"]).len(), 5);
    assert_eq!(predicates(&["--min-origins", "2"]), ["prais"]);
    assert_eq!(predicates(&["--since", "2031-06"]), ["prais"]);
    assert_eq!(predicates(&["--until", "2031-05-02", "--direction", "in"]), ["open"]);
    assert_eq!(predicates(&["--relation", "OPEN"]), ["open"]);
    assert_eq!(predicates(&["--limit", "1"]).len(), 1);
    assert_eq!(predicates(&["--depth", "2"]).len(), 5);
    assert_eq!(place.run(&["neighbors", "RL"]).code, 1);
    place.run(&["neighbors", "Norland", "--since", "spring"]).refused(2, "expected 2022, 2022-06 or 2022-06-15");
}

#[test]
fn names_may_be_ids_aliases_or_other_letters() {
    let place = Place::new();
    for name in ["sudovia", "Sudovia", "SUDOVIAN", "Sudovian"] {
        assert!(place.run(&["entity", name]).found().contains("\tSudovia\n"), "{name}");
    }
    place.run(&["entity", "Quill"]).refused(2, "Bert Quill");
    place.run(&["entity", "Sudvia"]).refused(1, "did you mean Sudovia?");
    place.run(&["neighbors", "Zyx"]).refused(1, "no entity is called \"Zyx\"");
}

#[test]
fn every_format_holds_the_same_rows() {
    let place = Place::new();
    let ask = |format: &str| {
        place.run(&["sql", "SELECT name, 'a|b' AS odd FROM entity ORDER BY id LIMIT 2", "--format", format]).found()
    };
    assert_eq!(
        ask("tsv"),
        "name\todd\nTarn Crossing\ta|b\n".replace("Tarn Crossing\ta|b", "River League\ta|b\nNorland\ta|b")
    );
    assert_eq!(ask("csv"), "name,odd\nRiver League,a|b\nNorland,a|b\n");
    assert_eq!(ask("jsonl"), "{\"name\":\"River League\",\"odd\":\"a|b\"}\n{\"name\":\"Norland\",\"odd\":\"a|b\"}\n");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&ask("json")).unwrap()[1]["name"], "Norland");
    assert!(ask("md").contains("a\\|b"), "{}", ask("md"));
    assert!(ask("table").contains('┌'));
}

#[test]
fn sql_reads_and_never_writes() {
    let place = Place::new();
    let before = fs::read(place.file("out/graph.db")).unwrap();
    assert_eq!(place.run(&["sql", "WITH e AS (SELECT * FROM edge) SELECT count(*) AS n FROM e"]).found(), "n\n7\n");
    assert_eq!(place.run(&["sql", "SELECT 1 AS x WHERE 0"]).code, 1);
    assert!(place.run(&["sql", "PRAGMA table_info(document)"]).found().contains("fingerprint"));
    assert!(
        place
            .run(&["sql", "SELECT text FROM sentence_text WHERE sentence_text MATCH 'ferrymen'"])
            .found()
            .contains("Lorries")
    );
    for write in [
        "DELETE FROM document",
        "UPDATE entity SET name = 'x'",
        "INSERT INTO origin VALUES (1, 'x')",
        "DROP TABLE claim",
        "CREATE TEMP TABLE t (x)",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "PRAGMA journal_mode = WAL",
        "PRAGMA user_version = 7",
        "PRAGMA writable_schema = ON",
        "BEGIN IMMEDIATE",
        "REINDEX",
        "",
    ] {
        place.run(&["sql", write]).refused(2, "read-only");
    }
    let numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    let few = place.run(&["sql", numbers, "--limit", "3"]);
    assert_eq!((few.code, few.out.as_str()), (0, "i\n1\n2\n3\n"), "{few:?}");
    assert!(few.err.contains("the first 3 rows"));
    let endless = numbers.replace("SELECT i FROM n", "SELECT max(i) FROM n");
    place.run(&["sql", &endless, "--timeout", "1"]).refused(2, "stopped after 1 s");
    place.run(&["sql", "SELECT 1; SELECT 2"]).refused(2, "one statement");
    place.run(&["sql", "SELEC 1"]).refused(2, "syntax error");
    place.run(&["sql", "SELECT absent FROM edge"]).refused(2, "no such column");
    assert_eq!(fs::read(place.file("out/graph.db")).unwrap(), before);
    assert_eq!(fs::read_dir(place.file("out")).unwrap().count(), 1);
}

#[test]
fn path_and_evidence_lead_back_to_the_words() {
    let place = Place::new();
    let path = place.run(&["path", "Bert Quill", "Norland", "--format", "tsv"]).found();
    assert!(path.lines().nth(1).unwrap().starts_with("1\t1\tBert Quill\tout\tvisit\tSudovia"), "{path}");
    place.run(&["path", "Bert Quill", "Norland", "--avoid", "Sudovia"]).refused(1, "nothing links");
    place.run(&["path", "Bert Quill", "Norland", "--max-length", "1"]).refused(1, "nothing links");
    let ways = place.run(&["path", "Norland", "Sudovia", "--ways", "5", "--status", "all"]).found();
    assert!(ways.lines().skip(1).all(|row| row.starts_with("1\t1\t")), "parallel edges are one way: {ways}");
    place.run(&["path", "Norland", "Bert Quill", "--directed"]).refused(1, "nothing links Norland and Bert Quill");
    place.run(&["path", "Norland", "norlandic"]).refused(2, "both names mean Norland");
    let shown = place.run(&["evidence", "Sudovia", "Norland", "--format", "table"]).found();
    assert!(shown.contains("Ada Quill denied that Norland had praised Sudovia at all."), "{shown}");
    assert!(
        shown.contains("not prais") && shown.contains("said by Ada Quill") && shown.contains("Evening Post"),
        "{shown}"
    );
    let coloured = place.run(&["evidence", "Sudovia", "Norland", "--format", "table", "--color", "always"]).found();
    assert!(coloured.contains("\u{1b}[33mpraised\u{1b}[0m"), "{coloured:?}");
    let hidden = place.run(&["evidence", "River League", "Norland"]);
    assert_eq!(hidden.code, 1);
    assert!(hidden.err.contains("1 more under other statuses"));
    let rows = place.run(&["evidence", "River League", "Norland", "--status", "all"]).found();
    assert!(
        rows.contains("hypothetical\tpossible") && rows.contains("\tpunish\tThe River League may punish"),
        "{rows}"
    );
}

#[test]
fn search_takes_any_text_as_words() {
    let place = Place::new();
    assert!(place.run(&["search", "ferrymen", "banks"]).found().contains("b/bridge.txt"));
    for odd in ["NEAR(", "\"ferrymen", "tolls AND", "text:x", "ferry*"] {
        assert!([0, 1].contains(&place.run(&["search", odd]).code), "{odd}");
    }
    assert_eq!(place.run(&["search", "nowhere"]).code, 1);
}

#[test]
fn no_report_steers_the_terminal() {
    let place = Place::empty();
    fs::create_dir(place.file("out")).unwrap();
    let hostile = "Norland praised Sudovia \u{1b}[2J\u{1b}]0;owned\u{7} again.";
    build(&place.file("out/graph.db"), &[Report::new("one", hostile).says("Norland", "praised", "Sudovia", |_| {})]);
    for question in
        [&["evidence", "Norland", "Sudovia"][..], &["search", "praised"], &["sql", "SELECT text FROM sentence"]]
    {
        let asked = [question, &["--format", "table", "--color", "always"]].concat();
        let out = place.run(&asked).found();
        assert!(!out.contains("\u{1b}[2J") && !out.contains('\u{7}'), "{out:?}");
    }
}

#[test]
fn stats_count_rows_and_links() {
    let out = Place::new().run(&["stats"]).found();
    for row in ["rows\tdocuments\t5", "rows\torigins\t4", "evidence\thypothetical\t1", "network\tseparate parts\t2"] {
        assert!(out.contains(row), "{row:?} is missing from {out}");
    }
}

#[test]
fn exports_are_canonical() {
    let (one, other) = (Place::new(), Place::empty());
    fs::create_dir(other.file("out")).unwrap();
    let mut reversed = reports();
    reversed.reverse();
    build(&other.file("out/graph.db"), &reversed);
    for format in ["dot", "json", "jsonl"] {
        let text = one.run(&["export", "-f", format]).found();
        assert_eq!(text, other.run(&["export", "-f", format]).found(), "{format}");
        one.run(&["export", "-f", format, "-o", "graph.out"]).found();
        assert_eq!(text, fs::read_to_string(one.file("graph.out")).unwrap());
    }
    let json: serde_json::Value = serde_json::from_str(&one.run(&["export", "-f", "json"]).found()).unwrap();
    assert_eq!(json["edge"].as_array().unwrap().len(), 7);
    let first = json["evidence"][0]["text"].as_str().unwrap();
    assert!(!first.is_empty());
}

#[test]
fn render_writes_the_dot_whether_or_not_graphviz_is_there() {
    let place = Place::new();
    let answer = place.run(&["render", "--around", "Norland", "--depth", "1", "-o", "around.svg"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let dot = fs::read_to_string(place.file("around.dot")).unwrap();
    assert!(dot.contains("\"league\" -> \"norland\"") && !dot.contains("tarn"), "{dot}");
    let drawn = place.file("around.svg").exists();
    assert_eq!(drawn, answer.err.contains("drawn"), "{answer:?}");
    assert_eq!(!drawn, answer.err.contains("graphviz.org"), "{answer:?}");
    let mut command = Command::cargo_bin("wiregraph").unwrap();
    let without = command.current_dir(place.path()).env("PATH", "").args(["render", "-o", "all.png"]).output().unwrap();
    assert!(without.status.success());
    assert!(String::from_utf8_lossy(&without.stderr).contains("is not installed"));
    assert!(place.file("all.dot").exists() && !place.file("all.png").exists());
    place.run(&["render", "-o", "x.bmp"]).refused(2, "expected a name that ends in");
}

#[test]
fn build_keeps_the_good_and_names_the_bad() {
    let place = Place::empty();
    fs::create_dir(place.file("in")).unwrap();
    fs::write(place.file("in/good.txt"), "Norland praised Sudovia on Friday.").unwrap();
    fs::write(place.file("in/lines.jsonl"), "{\"id\":\"x1\",\"text\":\"All was quiet.\"}\n{broken\n").unwrap();
    let answer = place.run(&["build", "in", "missing.txt", "-o", "here"]);
    assert_eq!(answer.code, 3, "{answer:?}");
    assert!(answer.err.contains("missing.txt") && answer.err.contains("lines.jsonl"), "{answer:?}");
    assert!(answer.out.contains("2 new"), "{answer:?}");
    let names = place.run(&["sql", "SELECT name FROM document ORDER BY 1", "--db", "here/graph.db"]).found();
    assert_eq!(names, "name\ngood.txt\nx1\n");
    let before = fs::read(place.file("here/graph.db")).unwrap();
    assert!(place.run(&["build", "in", "-o", "here"]).out.contains("2 unchanged"));
    assert_eq!(fs::read(place.file("here/graph.db")).unwrap(), before);
    assert!(place.file("here/graph.dot").exists());
}

#[test]
fn extract_prints_one_object_a_document() {
    let place = Place::empty();
    fs::write(place.file("one.txt"), "Norland praised Sudovia on Friday.").unwrap();
    let line = place.run(&["extract", "one.txt"]).found();
    assert_eq!(line.lines().count(), 1);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap()["id"], "one.txt");
    let failed = place.run(&["extract", "one.txt", "two.txt"]);
    assert_eq!((failed.code, failed.out.lines().count()), (3, 1));
}

#[test]
fn databases_that_cannot_be_used_are_named() {
    let place = Place::new();
    place.run(&["stats", "--db", "none.db"]).refused(2, "none.db: no such file");
    fs::write(place.file("text.db"), "no database").unwrap();
    place.run(&["stats", "--db", "text.db"]).refused(2, "not an SQLite file");
    let mut bytes = fs::read(place.file("out/graph.db")).unwrap();
    bytes[4096..].fill(7);
    fs::write(place.file("out/graph.db"), bytes).unwrap();
    place.run(&["stats"]).refused(4, "damaged");
    fs::write(place.file("a.txt"), "Some words.").unwrap();
    place.run(&["build", "a.txt"]).refused(4, "damaged");
}

#[test]
fn help_and_version_are_there() {
    let place = Place::empty();
    assert_eq!(place.run(&["--version"]).found(), format!("wiregraph {}\n", env!("CARGO_PKG_VERSION")));
    for command in program::commands() {
        let help = place.run(&[&command, "--help"]).found();
        assert!(help.contains("Example") || help.contains("Commands:"), "{command}: {help}");
    }
    assert_eq!(place.run(&["nonsense"]).code, 2);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::Stdio;
    let place = Place::empty();
    fs::create_dir(place.file("out")).unwrap();
    let many: Vec<Report> =
        (0..400).map(|n| Report::new(&format!("{n}-{}", "x".repeat(400)), &format!("Report {n}."))).collect();
    build(&place.file("out/graph.db"), &many);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("wiregraph"))
        .current_dir(place.path())
        .args(["export", "-f", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}
