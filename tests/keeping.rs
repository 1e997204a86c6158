//! Keeping a database: it verifies itself, forgets without a trace, and comes forward from earlier formats.

mod program;
mod store_reports;

use program::Place;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use store_reports::{Report, build, build_format_1, reports};

/// Where each kind of damage must show. Foreign keys are off: damage asks nobody.
const DAMAGE: [(&str, &str); 24] = [
    ("words of sentences", "UPDATE sentence SET text = text || '!' WHERE id = (SELECT min(id) FROM sentence)"),
    ("words of sentences", "UPDATE sentence SET \"end\" = \"end\" - 1 WHERE id = (SELECT max(id) FROM sentence)"),
    ("words of mentions", "UPDATE mention SET text = 'Nordland' WHERE text = 'Norland'"),
    ("words of edges' ends", "UPDATE evidence SET subject_start = subject_start + 1"),
    ("words of edges' ends", "UPDATE evidence SET object_text = 'somebody'"),
    ("words of claims", "UPDATE claim SET object_text = 'the old river bridge'"),
    ("words of predicates", "UPDATE evidence SET predicate_text = 'cursed' WHERE predicate_text = 'praised'"),
    ("places of triggers", "UPDATE evidence SET trigger_end = trigger_start"),
    ("places of sentences", "UPDATE mention SET sentence = (SELECT max(id) FROM sentence) WHERE sentence IS NOT NULL"),
    ("hashes of texts", "UPDATE document SET text = replace(text, 'praised', 'cheered')"),
    ("hashes of texts", "UPDATE document SET text_sha256 = 'ab' WHERE name = 'c/dispute.txt'"),
    ("ids", "UPDATE document SET name = 'f/other.txt' WHERE name = 'c/dispute.txt'"),
    ("ids", "UPDATE relation SET predicate = 'curse' WHERE predicate = 'prais' AND polarity = '-'"),
    ("counts of edges", "UPDATE relation SET origins = origins + 1 WHERE origins = 2"),
    ("counts of edges", "UPDATE relation SET trust = 1 WHERE predicate = 'prais'"),
    ("trust of evidence", "UPDATE mention SET kind = 'pronoun', found_by = 'person' WHERE text = 'Norland'"),
    ("counts of edges", "UPDATE relation SET last = NULL WHERE documents = 3"),
    ("origins", "UPDATE document SET origin = id"),
    ("origins", "UPDATE origin SET claimant = 'Nobody' WHERE claimant = 'Harbour Wire'"),
    ("edges have evidence", "DELETE FROM evidence WHERE status = 'hypothetical'"),
    ("foreign keys", "DELETE FROM entity WHERE id = 'league'"),
    ("look-up of names", "UPDATE alias SET folded = 'norland!' WHERE text = 'Norland'"),
    ("judgements", "UPDATE relation SET judgement = 'rejected' WHERE documents = 3"),
    ("schema", "DROP INDEX evidence_by_relation"),
];

#[test]
fn check_finds_each_kind_of_damage() {
    let place = Place::new();
    let sound = place.run(&["check", "--format", "table"]);
    assert!(sound.code == 0 && !sound.out.contains("off"), "{sound:?}");
    for (at, (name, damage)) in DAMAGE.into_iter().enumerate() {
        let copy = format!("{at}.db");
        fs::copy(place.file("out/graph.db"), place.file(&copy)).unwrap();
        Connection::open(place.file(&copy))
            .unwrap()
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; {damage};"))
            .unwrap();
        let answer = place.run(&["check", "--db", &copy, "--format", "tsv"]);
        assert_eq!(answer.code, 4, "{damage}: {answer:?}");
        let found = answer.out.lines().any(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            cells[0].trim_matches('"') == name && cells[2] != "0" && !cells[3].is_empty()
        });
        assert!(found, "{damage}: {name:?} is not among {}", answer.out);
    }
}

#[test]
fn check_finds_damage_of_the_full_text_and_of_the_log() {
    let place = Place::new();
    let other = |name: &str, damage: &str| {
        fs::copy(place.file("out/graph.db"), place.file("copy.db")).unwrap();
        Connection::open(place.file("copy.db")).unwrap().execute_batch(damage).unwrap();
        let answer = place.run(&["check", "--db", "copy.db", "--format", "table"]);
        assert!(answer.code == 4 && answer.out.contains(&format!("✗ {name}")), "{answer:?}");
    };
    other(
        "full text",
        "INSERT INTO sentence_text (sentence_text, rowid, text) SELECT 'delete', id, text FROM sentence LIMIT 1",
    );
    other("full text", "INSERT INTO sentence_text (rowid, text) VALUES (7, 'a sentence that nobody wrote')");
    place.run(&["merge", "Ada Quill", "Bert Quill"]).found();
    other("judgements", "UPDATE judgement SET undone = 1");
    other("judgements", "UPDATE mention SET entity = as_read");
}

/// Words that only one of the reports has.
const SECRET: &str =
    "Bert Quill told Ada Quill of the zyzzyva wharf. Ada Quill quite mistook Tarn Crossing for a xylocopa hotel.";

#[test]
fn forgetting_leaves_no_byte_and_reading_again_restores() {
    let place = Place::new();
    let path = place.file("out/graph.db");
    let before = fs::read(&path).unwrap();
    let secret = || {
        Report::new("secret/zugzwang.txt", SECRET)
            .from("Quixotic Quarterly", "2031-07-07")
            .says("Bert Quill", "told", "Ada Quill", |_| {})
            .claims("Ada Quill", "mistook", "a xylocopa hotel")
    };
    build(&path, &[secret()]);
    let with = fs::read(&path).unwrap();
    let words = ["zyzzyva", "xylocopa", "zugzwang", "Quixotic", "mistook"];
    assert!(words.iter().all(|word| holds(&path, word)));
    place.run(&["split", "Ada Quill", "--in", "zugzwang.txt", "--named", "Zoe Zyzzyva"]).found();
    fs::write(place.file("out/graph.dot"), "digraph {}").unwrap();
    let answer = place.run(&["forget", "zugzwang.txt"]);
    assert!(answer.code == 0 && answer.err.contains("judgement 1 goes with them"), "{answer:?}");
    for word in words.iter().chain(&["Zoe"]) {
        assert!(!holds(&path, word), "{word} is still in the file");
    }
    assert!(fs::read(&path).unwrap() == before, "as if it had never been read");
    assert!(fs::read_to_string(place.file("out/graph.dot")).unwrap().contains("norland"), "drawn again");
    assert_eq!(
        fs::read_dir(place.file("out"))
            .unwrap()
            .filter(|file| {
                let name = file.as_ref().unwrap().file_name();
                name.to_string_lossy().contains(".db-") || name.to_string_lossy().contains(".new")
            })
            .count(),
        0
    );
    build(&path, &[secret()]);
    assert!(fs::read(&path).unwrap() == with);
    place.run(&["forget", "nothing.txt"]).refused(1, "no report is called");
}

fn holds(path: &Path, word: &str) -> bool {
    fs::read(path).unwrap().windows(word.len()).any(|bytes| bytes.eq_ignore_ascii_case(word.as_bytes()))
}

#[test]
fn format_1_comes_forward() {
    let place = Place::new();
    let (today, old) = (place.file("out/graph.db"), place.file("old.db"));
    build_format_1(&old);
    fs::copy(&old, place.file("other.db")).unwrap();
    place.run(&["neighbors", "Norland", "--db", "old.db"]).refused(2, "wiregraph migrate");
    place.run(&["migrate", "--db", "old.db"]).found();
    let edges = "SELECT id, subject, predicate, object, polarity, documents, origins, claimants, asserted, attributed, hypothetical,
                 first, last, judgement FROM edge ORDER BY id";
    let asked = |db: &str, sql: &str| place.run(&["sql", sql, "--db", db]).found();
    assert_eq!(asked("old.db", edges), asked(today.to_str().unwrap(), edges), "the same edges as one built today");
    // How surely each was read only reading again can tell: an earlier file does not say it.
    assert!(asked("old.db", "SELECT count(trust) FROM edge").contains("\n0\n"));
    for db in ["old.db", "other.db"] {
        build(&place.file(db), &reports());
        assert!(fs::read(place.file(db)).unwrap() == fs::read(&today).unwrap(), "{db}: build brings it forward");
    }
}
