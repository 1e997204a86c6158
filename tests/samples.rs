//! The real program over the real samples, from reports to answers, and over input that is none.

mod program;
mod store_reports;

use program::{Answer, run_in};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/en_core_web_sm-3.8.0");

fn run(place: &Path, arguments: &[&str]) -> Answer {
    run_in(place, arguments, "")
}

/// A folder with the samples' finished database, made once for all tests that only ask.
fn built() -> &'static Path {
    static BUILT: OnceLock<tempfile::TempDir> = OnceLock::new();
    BUILT
        .get_or_init(|| {
            let place = tempfile::tempdir().unwrap();
            run(place.path(), &["build", SAMPLES]).found();
            place
        })
        .path()
}

fn ask(arguments: &[&str]) -> Answer {
    run(built(), arguments)
}

#[test]
fn two_builds_give_the_same_bytes_and_a_third_run_changes_none() {
    let place = tempfile::tempdir().unwrap();
    let told = run(place.path(), &["build", SAMPLES, "-o", "again"]).found();
    for words in ["24 new, 0 changed, 0 unchanged", "origins", "22   independent texts", "kept out of the edges"] {
        assert!(told.contains(words), "{words:?} is missing from {told}");
    }
    let again = place.path().join("again");
    for file in ["graph.db", "graph.dot"] {
        assert!(fs::read(built().join("out").join(file)).unwrap() == fs::read(again.join(file)).unwrap(), "{file}");
    }
    let before = fs::read(again.join("graph.db")).unwrap();
    assert!(run(place.path(), &["build", SAMPLES, "-o", "again"]).found().contains("0 new, 0 changed, 24 unchanged"));
    assert!(fs::read(again.join("graph.db")).unwrap() == before);
}

#[test]
fn extract_follows_the_contract_and_repeats_itself() {
    let out = ask(&["extract", SAMPLES, "--open"]).found();
    assert_eq!(out, ask(&["extract", SAMPLES, "--open"]).found());
    // What stands before each `":`; the part after the last one is a value.
    let keys = |record: &str| -> Vec<String> {
        let mut parts: Vec<&str> = record.split("\":").collect();
        parts.pop();
        parts.iter().filter_map(|part| part.rsplit_once('"')).map(|(_, key)| key.to_owned()).collect()
    };
    let line = out.lines().find(|line| line.contains("xi-putin-call.txt")).unwrap();
    let head = line.split("\"mentions\"").next().unwrap();
    assert_eq!(
        keys(&format!("{head}\"mentions\":")),
        ["id", "source", "published", "text_sha256", "language", "mentions"]
    );
    let first =
        |list: &str| line.split(&format!("\"{list}\":[{{")).nth(1).unwrap().split('}').next().unwrap().to_owned();
    assert_eq!(
        keys(&first("mentions")).join(" "),
        "start end text kind entity entity_id type country stands_for discovered"
    );
    let end = |side: &str| {
        ["", "_id", "_code", "_sector", "_head", "_span", "_text"].map(|part| format!("{side}{part}")).join(" ")
    };
    let relation = format!(
        "{} predicate relation event {} predicate_text symmetric polarity modality status attributed_to via time time_text \
         evidence_start evidence_end trigger_start trigger_end rule",
        end("subject"),
        end("object")
    );
    assert_eq!(keys(&first("relations")).join(" "), relation);
    assert_eq!(
        keys(&first("claims")).join(" "),
        "subject subject_span subject_text predicate predicate_text object_text object_span polarity modality status \
         attributed_to via evidence_start evidence_end trigger_start trigger_end"
    );
    assert_eq!(keys(&first("notes")).join(" "), "kind text start end");
    assert_eq!(keys(&first("tuples")).join(" "), "subject_text predicate_text object_text sentence");
    assert!(!ask(&["extract", SAMPLES]).found().contains("\"tuples\""));
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let extracted = |jobs| run(folder.path(), &["extract", SAMPLES, "--jobs", jobs]).found();
    let one = extracted("1");
    assert!(one.lines().count() > 20 && extracted("2") == one && extracted("5") == one);
    run(folder.path(), &["build", SAMPLES, "-o", "many", "--jobs", "5"]).found();
    run(folder.path(), &["build", SAMPLES, "-o", "one", "--jobs", "1"]).found();
    let bytes = |name: &str| fs::read(folder.path().join(name).join("graph.db")).unwrap();
    assert!(bytes("many") == bytes("one"));
    run(folder.path(), &["extract", SAMPLES, "--jobs", "0"]).ends(2, &["--jobs"]);
}

#[test]
fn extract_reads_standard_input_and_what_it_is_told() {
    let line =
        run_in(built(), &["extract", "--published", "2022-06-15", "--source", "Post"], "Xi met Putin on Wednesday.")
            .found();
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&record["source"], &record["published"]), (&"Post".into(), &"2022-06-15".into()));
    let line = run_in(built(), &["extract", "-"], "{\"id\":\"j1\",\"text\":\"All was quiet.\",\"more\":1}\n").found();
    assert!(line.starts_with("{\"id\":\"j1\""), "{line}");
}

#[test]
fn questions_about_the_samples_are_answered() {
    let neighbours = ask(&["neighbors", "Blagoveshchensk"]).found();
    assert!(neighbours.lines().any(|row| row.contains("\tlinked\t") && row.contains("\tHeihe\t")), "{neighbours}");
    let evidence = ask(&["evidence", "Heihe", "Blagoveshchensk", "--format", "table"]).found();
    assert!(evidence.contains("bridge linking Heihe with Blagoveshchensk"), "{evidence}");
    assert!(evidence.contains("3 documents, 1 origin"), "two reprints are no witnesses of their own: {evidence}");
    assert!(ask(&["path", "Xi Jinping", "Mark Rutte"]).found().lines().count() > 2);
    assert!(ask(&["entity", "Putin"]).found().contains("person:vladimir-putin"));
    assert!(ask(&["search", "bridge"]).found().contains("bridge"));
    assert!(ask(&["sql", "SELECT count(*) FROM edge WHERE polarity = '-'"]).found().lines().nth(1).unwrap() != "0");
    assert!(ask(&["stats"]).found().contains("rows\tdocuments\t24"));
    for format in ["dot", "json", "jsonl"] {
        assert!(ask(&["export", "-f", format]).found().contains("Heihe"), "{format}");
    }
}

#[test]
fn what_is_not_there_is_said() {
    ask(&["neighbors", "Blagoveschensk"]).ends(1, &["did you mean Blagoveshchensk?"]);
    ask(&["sql", "DELETE FROM document"]).ends(2, &["read-only"]);
    ask(&["build", "no-such-folder", "-o", "elsewhere"]).ends(3, &["no-such-folder"]);
}

#[test]
fn bad_files_are_named_and_the_good_ones_kept() {
    let place = tempfile::tempdir().unwrap();
    let reports = place.path().join("in");
    fs::create_dir(&reports).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(reports.join(name), bytes).unwrap();
    write("good.txt", b"Russia condemned China on Monday.");
    write("empty.txt", b"");
    write("binary.txt", &(0..=255).cycle().take(5000).collect::<Vec<u8>>());
    write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    write("damaged.txt", b"Xi Jinping thanked Vladimir \xff\xfe Putin for the tea.");
    write("lines.jsonl", b"{\"id\":\"x1\",\"text\":\"France sued Brazil.\"}\n{broken\n[1]\n{\"id\":\"x2\",\"text\":\"Japan warned India.\"}\n");
    let told = run(place.path(), &["build", "in", "missing.txt"])
        .ends(3, &["empty.txt", "binary.txt", "missing.txt", "lines.jsonl", "2", "3"]);
    assert!(told.out.contains("4 new") && told.out.contains("skipped") && told.out.contains("picture.png"), "{told:?}");
    let names = run(place.path(), &["sql", "SELECT name FROM document ORDER BY 1"]).found();
    assert_eq!(names, "name\ndamaged.txt\ngood.txt\nx1\nx2\n");
    assert!(!told.err.contains(&place.path().display().to_string()), "paths stay as they were named");
}

#[test]
fn databases_and_models_that_cannot_be_used_are_named() {
    let place = tempfile::tempdir().unwrap();
    let file = |name: &str| place.path().join(name);
    fs::create_dir(file("out")).unwrap();
    fs::write(file("out/graph.db"), "my notes").unwrap();
    run(place.path(), &["build", SAMPLES]).ends(2, &["graph.db", "not an SQLite file"]);
    run(place.path(), &["neighbors", "Russia"]).ends(2, &["not an SQLite file"]);
    assert_eq!(fs::read(file("out/graph.db")).unwrap(), b"my notes");
    let mut bytes = fs::read(built().join("out/graph.db")).unwrap();
    bytes[4096..].fill(7);
    fs::write(file("out/graph.db"), bytes).unwrap();
    run(place.path(), &["build", SAMPLES]).ends(4, &["graph.db", "damaged"]);
    copy(Path::new(MODEL), &file("model"));
    fs::write(file("report.txt"), "Russia condemned China.").unwrap();
    let own = run(place.path(), &["extract", "report.txt", "--model", "model"]).found();
    assert_eq!(own, run(place.path(), &["extract", "report.txt"]).found(), "the same weights from a folder");
    let weights = fs::read(file("model/parser/model")).unwrap();
    fs::write(file("model/parser/model"), &weights[..weights.len() / 2]).unwrap();
    run(place.path(), &["extract", "report.txt", "--model", "model"]).ends(4, &["parser/model"]);
    run(place.path(), &["extract", "report.txt", "--model", "none"]).ends(4, &["none/config.cfg"]);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target: PathBuf = to.join(entry.file_name().unwrap());
        match entry.is_dir() {
            true => copy(&entry, &target),
            false => drop(fs::copy(&entry, &target).unwrap()),
        }
    }
}

#[test]
fn another_model_is_another_analyser() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("report.txt"), "Russia condemned China.").unwrap();
    assert!(run(place.path(), &["build", "report.txt"]).found().contains("1 new"));
    let told = run(place.path(), &["build", "report.txt", "--model", MODEL]).found();
    assert!(told.contains("1 changed"), "{told}");
    assert!(run(place.path(), &["build", "report.txt", "--model", MODEL]).found().contains("1 unchanged"));
}
