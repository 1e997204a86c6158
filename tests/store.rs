//! The store's promises, on invented reports: same content same bytes, nothing lost, nothing merged that differs.

mod store_reports;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use store_reports::{REVISION, Report, build, hypothetical, mutual, negative, reports, said_by};
use wiregraph::Error;
use wiregraph::export::{dot, records};
use wiregraph::graph::{Direction, Filter, Network, Store};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn dump(path: &Path) -> String {
    let mut out = Vec::new();
    records::write_jsonl(&Store::open_read_only(path).unwrap(), &Filter::everything(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn ask<T: rusqlite::types::FromSql>(path: &Path, sql: &str) -> Vec<T> {
    let store = Store::open_read_only(path).unwrap();
    let mut query = store.connection().prepare(sql).unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_second_run_moves_no_byte() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    let (bytes, written) = (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap());
    build(&path, &reports());
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written);
    assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1, "no journal is left behind");
}

#[test]
fn order_batches_and_history_leave_no_trace() {
    let folder = Folder::new();
    let (one, other, grown) = (folder.file("one.db"), folder.file("other.db"), folder.file("grown.db"));
    let mut reversed = reports();
    reversed.reverse();
    build(&one, &reports());
    build(&other, &reversed);
    build(&grown, &reversed[..2]);
    build(&grown, &reversed[2..]);
    assert!(fs::read(&one).unwrap() == fs::read(&other).unwrap(), "order of input");
    assert_eq!(dump(&one), dump(&grown));
    assert!(fs::read(&one).unwrap() == fs::read(&grown).unwrap(), "history");
}

#[test]
fn a_run_cut_short_is_finished_by_the_next() {
    let folder = Folder::new();
    let (whole, cut) = (folder.file("whole.db"), folder.file("cut.db"));
    build(&whole, &reports());
    let mut store = Store::create(&cut, REVISION).unwrap();
    let first: Vec<_> = reports().into_iter().take(3).map(Report::pair).collect();
    store.write(&first).unwrap();
    drop(store);
    build(&cut, &reports());
    assert!(fs::read(&whole).unwrap() == fs::read(&cut).unwrap());
}

#[test]
fn a_killed_run_keeps_its_batches_and_is_finished_by_the_next() {
    let folder = Folder::new();
    let (whole, running, killed) = (folder.file("whole.db"), folder.file("running.db"), folder.file("killed.db"));
    build(&whole, &reports());
    let mut store = Store::create(&running, REVISION).unwrap();
    let all: Vec<_> = reports().into_iter().map(Report::pair).collect();
    store.write(&all).unwrap();
    // What a killed process leaves: the draft, its journal and the note of what they go on from, never closed.
    for part in ["unfinished", "unfinished-wal"] {
        fs::copy(folder.file(&format!("running.db.{part}")), folder.file(&format!("killed.db.{part}"))).unwrap();
    }
    let note = fs::read_to_string(folder.file("running.db.lock")).unwrap();
    fs::write(folder.file("killed.db.lock"), note.replace("running.db", "killed.db")).unwrap();
    let reading = Store::open_read_only(&killed).err().unwrap().to_string();
    assert!(reading.contains("not finished yet"), "{reading}");
    let resumed = Store::create(&killed, REVISION).unwrap();
    assert!(resumed.is_resumed());
    assert_eq!(resumed.counts().unwrap().documents, 5);
    drop(resumed);
    build(&killed, &reports());
    assert!(fs::read(&whole).unwrap() == fs::read(&killed).unwrap());
}

#[test]
fn two_writers_do_not_meet() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    let mut first = Store::create(&path, REVISION).unwrap();
    first.write(&[reports().remove(0).pair()]).unwrap();
    let error = Store::create(&path, REVISION).err().unwrap();
    assert!(matches!(error, Error::Busy { .. }) && error.exit_code() == 2, "{error}");
    let waiting = thread::spawn({
        let path = path.clone();
        move || Store::create_patiently(&path, REVISION, Duration::from_secs(60)).unwrap().finish().unwrap()
    });
    first.write(&[reports().remove(1).pair()]).unwrap();
    first.finish().unwrap();
    waiting.join().unwrap();
    assert_eq!(Store::open_read_only(&path).unwrap().counts().unwrap().documents, 2);
    assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn readers_have_the_last_state_until_the_next_is_whole() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports()[..2]);
    let before = dump(&path);
    let reader = Store::open_read_only(&path).unwrap();
    let mut store = Store::create(&path, REVISION).unwrap();
    store.write(&[reports().remove(3).pair()]).unwrap();
    assert_eq!(dump(&path), before);
    store.finish().unwrap();
    assert_ne!(dump(&path), before);
    assert_eq!(reader.counts().unwrap().documents, 2, "who reads goes on reading what it began with");
}

#[test]
fn a_draft_of_another_state_is_not_gone_on_with() {
    let folder = Folder::new();
    let (path, other) = (folder.file("graph.db"), folder.file("other.db"));
    build(&path, &reports()[..2]);
    build(&other, &reports()[..1]);
    let mut store = Store::create(&path, REVISION).unwrap();
    store.write(&[reports().remove(3).pair()]).unwrap();
    drop(store);
    fs::copy(&other, &path).unwrap();
    let store = Store::create(&path, REVISION).unwrap();
    assert!(!store.is_resumed());
    store.finish().unwrap();
    assert!(fs::read(&path).unwrap() == fs::read(&other).unwrap());
}

#[test]
fn a_changed_document_replaces_its_own_evidence_only() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    let before = ask::<String>(&path, "SELECT text FROM timeline WHERE document <> 'e/visit.txt' ORDER BY 1, evidence");
    let changed = Report::new("e/visit.txt", "Bert Quill left Sudovia.").says("Bert Quill", "left", "Sudovia", |_| {});
    build(&path, &[changed]);
    assert_eq!(
        ask::<String>(&path, "SELECT text FROM timeline WHERE document <> 'e/visit.txt' ORDER BY 1, evidence"),
        before
    );
    assert_eq!(
        ask::<String>(&path, "SELECT text FROM timeline WHERE document = 'e/visit.txt'"),
        ["Bert Quill left Sudovia."]
    );
    assert_eq!(
        ask::<String>(&path, "SELECT id FROM entity WHERE id IN ('quill', 'tarn')"),
        [""; 0],
        "nothing speaks of them now"
    );
}

#[test]
fn another_analyser_reads_again() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    let batch: Vec<_> = reports().into_iter().map(Report::pair).collect();
    let mut store = Store::open(&path, "newer").unwrap();
    assert!(!store.holds(&batch[0].0).unwrap());
    assert_eq!(store.write(&batch).unwrap().replaced, batch.len());
}

#[test]
fn counts_tell_documents_origins_and_claimants_apart() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    let count = |sql: &str| {
        ask::<String>(
            &path,
            &format!(
                "SELECT documents || ' ' || origins || ' ' || claimants || ' ' || asserted || ' ' || attributed || ' ' || hypothetical FROM edge WHERE {sql}"
            ),
        )
    };
    // Two reprints are one origin whose claimant is its first outlet; the third document quotes someone.
    assert_eq!(count("subject = 'Norland' AND predicate = 'prais' AND polarity = '+'"), ["3 2 2 2 1 0"]);
    assert_eq!(count("subject = 'Norland' AND predicate = 'prais' AND polarity = '-'"), ["1 1 1 0 1 0"]);
    assert_eq!(count("subject = 'River League'"), ["0 0 0 0 0 1"]);
    assert_eq!(
        ask::<String>(
            &path,
            "SELECT claimant FROM origin o JOIN document d ON d.id = o.id WHERE d.name = 'b/bridge.txt'"
        ),
        ["Harbour Wire"]
    );
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM origin"), [4]);
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM dispute"), [1]);
}

#[test]
fn a_hypothesis_is_no_answer_unless_asked_for() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    let store = Store::open_read_only(&path).unwrap();
    assert!(store.edges(&Filter::default()).unwrap().iter().all(|edge| edge.subject != "River League"));
    assert!(store.edges(&Filter::everything()).unwrap().iter().any(|edge| edge.subject == "River League"));
}

#[test]
fn mutual_edges_are_one_whichever_side_is_named_first() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    let report = |id: &str, text: &str, a: &str, b: &str| Report::new(id, text).says(a, "met", b, mutual);
    build(
        &path,
        &[
            report("one", "Sudovia met Norland on Friday for the first time in a year.", "Sudovia", "Norland"),
            report("two", "Nobody was told why Norland met Sudovia in such haste.", "Norland", "Sudovia"),
        ],
    );
    assert_eq!(
        ask::<String>(&path, "SELECT subject_id || '>' || object_id || documents FROM edge"),
        ["norland>sudovia2"]
    );
    let subjects = "SELECT DISTINCT substr(d.text, subject_start + 1, subject_end - subject_start) FROM evidence v JOIN document d ON d.id = v.document";
    assert_eq!(ask::<String>(&path, subjects), ["Norland"], "the words change sides with the entity");
}

#[test]
fn a_denial_never_joins_the_assertion() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(
        &path,
        &[
            Report::new("yes", "Norland praised Sudovia.").says("Norland", "praised", "Sudovia", |_| {}),
            Report::new("no", "Norland never praised Sudovia.").says("Norland", "praised", "Sudovia", negative),
        ],
    );
    assert_eq!(ask::<String>(&path, "SELECT polarity || documents FROM edge ORDER BY 1"), ["+1", "-1"]);
}

#[test]
fn every_span_gives_its_words() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    for (table, start, end, text) in [
        ("mention", "start", "\"end\"", "text"),
        ("sentence", "start", "\"end\"", "text"),
        ("evidence", "trigger_start", "trigger_end", "predicate_text"),
        ("evidence", "subject_start", "subject_end", "subject_text"),
        ("evidence", "object_start", "object_end", "object_text"),
        ("claim", "object_start", "object_end", "object_text"),
    ] {
        let wrong = format!(
            "SELECT x.{text} FROM {table} x JOIN document d ON d.id = x.document
             WHERE substr(d.text, x.{start} + 1, x.{end} - x.{start}) <> x.{text}"
        );
        assert_eq!(ask::<String>(&path, &wrong), [""; 0], "{table}.{text}");
        assert!(ask::<i64>(&path, &format!("SELECT count(*) FROM {table}"))[0] > 0, "{table} is empty");
    }
}

#[test]
fn sentences_can_be_searched() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    let found = "SELECT count(*) FROM sentence_text WHERE sentence_text MATCH 'ferrymen'";
    assert_eq!(ask::<i64>(&path, found), [2]);
}

#[test]
fn files_that_are_not_ours_are_refused_and_left_alone() {
    let folder = Folder::new();
    let (text, other, newer) = (folder.file("notes.db"), folder.file("other.db"), folder.file("newer.db"));
    fs::write(&text, "my notes, many of them, and no database at all").unwrap();
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    build(&newer, &reports());
    rusqlite::Connection::open(&newer).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    for path in [&text, &other, &newer] {
        let before = fs::read(path).unwrap();
        for error in [Store::open_read_only(path).err().unwrap(), Store::create(path, REVISION).err().unwrap()] {
            assert!(matches!(error, Error::Database { .. }), "{error}");
            assert_eq!(error.exit_code(), 2);
            assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        }
        assert_eq!(fs::read(path).unwrap(), before);
    }
}

#[test]
fn damage_is_told_from_foreignness() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    let error = Store::create(&path, REVISION).err().unwrap();
    assert_eq!(error.exit_code(), 4, "{error}");
    let reading = Store::open_read_only(&path).and_then(|store| store.edges(&Filter::default())).err().unwrap();
    assert_eq!(reading.in_database(&path).exit_code(), 4);
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn an_analysis_without_its_entity_list_is_kept() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    let mut report =
        Report::new("one", "Norland praised Sudovia.").says("Norland", "praised", "Sudovia", said_by("Ada Quill"));
    report.analysis.entities.clear();
    report.analysis.sentences.clear();
    report.analysis.relations[0].object_id = "unheard-of".into();
    build(&path, &[report]);
    assert_eq!(
        ask::<String>(&path, "SELECT id || ' ' || type FROM entity ORDER BY id"),
        ["norland PLACE", "sudovia PLACE", "unheard-of OTHER"]
    );
    assert_eq!(ask::<String>(&path, "SELECT text FROM timeline"), ["Norland praised Sudovia"]);
}

#[test]
fn the_network_finds_neighbours_and_paths() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    build(&path, &reports());
    let store = Store::open_read_only(&path).unwrap();
    let network = Network::load(&store, &Filter::default()).unwrap();
    let names = |path: Option<Vec<petgraph::graph::NodeIndex>>| -> Vec<String> {
        path.into_iter().flatten().map(|node| network.graph()[node].name.clone()).collect()
    };
    assert_eq!(names(network.path("quill-b", "norland", false)), ["Bert Quill", "Sudovia", "Norland"]);
    assert_eq!(names(network.path("norland", "quill-b", true)), [""; 0]);
    assert_eq!(names(network.path("quill", "norland", false)), [""; 0], "nothing links the crossing with the states");
    assert_eq!(network.components(), 2);
    assert_eq!(network.degrees()[0].node.name, "Sudovia");
    let around = Network::around(&store, &Filter::default(), "quill-b", 2, Direction::Out).unwrap();
    let steps: Vec<_> = around.neighbours("quill-b", 2, Direction::Out).iter().map(|hop| hop.steps).collect();
    assert_eq!(steps, [1, 2, 2]);
    let alone = Network::around(&store, &Filter::default(), "league", 1, Direction::Both).unwrap();
    assert_eq!((alone.graph().node_count(), alone.graph().edge_count()), (1, 0));
}

#[test]
fn dot_quotes_ids_declares_nodes_first_and_draws_stances_apart() {
    let folder = Folder::new();
    let path = folder.file("graph.db");
    let mut all = reports();
    all.push(Report::new("f", "Brisk, “the Bold” might praise Norland.").says(
        "Brisk, “the Bold”",
        "praise",
        "Norland",
        hypothetical,
    ));
    build(&path, &all);
    let network = Network::load(&Store::open_read_only(&path).unwrap(), &Filter::everything()).unwrap();
    let (text, left_out) = dot::write(&network, dot::Look { legend: true, limit: None });
    assert_eq!(left_out, 0);
    assert!(text.contains("\"norland\" -> \"sudovia\" [label=\"prais\", style=solid"), "{text}");
    assert!(text.contains("label=\"not prais\"") && text.contains("arrowhead=tee"));
    assert!(text.contains("style=dotted") && text.contains("dir=both"));
    let nodes = text.lines().filter(|line| line.contains("shape=")).count();
    assert_eq!(nodes, network.graph().node_count());
    assert!(text.find("->").unwrap() > text.rfind("shape=").unwrap(), "nodes come before lines");
    let (short, left_out) = dot::write(&network, dot::Look { legend: false, limit: Some(1) });
    assert_eq!((short.matches("->").count(), left_out), (1, dot::lines(&network) - 1));
}
