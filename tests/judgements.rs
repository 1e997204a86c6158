//! What a person decides: it holds, it survives, it travels, and taking it back leaves no trace.

mod program;
mod store_reports;

use program::Place;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use store_reports::{REVISION, Report, build, mutual, reports};
use wiregraph::export::records;
use wiregraph::graph::{Filter, Judgement, Store, Verdict};

fn dump(path: &Path) -> String {
    let mut out = Vec::new();
    records::write_jsonl(&Store::open_read_only(path).unwrap(), &Filter::everything(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn judge(path: &Path, verdict: Verdict) {
    let mut store = Store::open(path, REVISION).unwrap();
    let number = store.judgements().unwrap().len() as i64;
    let made = format!("2031-07-01T00:00:{:02}Z", number % 60);
    store.judge(&[Judgement { number: 0, verdict, because: None, made, undone: false }]).unwrap();
    store.finish().unwrap();
}

fn set_undone(path: &Path, number: i64, undone: bool) {
    let mut store = Store::open(path, REVISION).unwrap();
    assert!(store.set_undone(number, undone).unwrap());
    store.finish().unwrap();
}

const ENTITIES: [&str; 6] = ["norland", "sudovia", "quill", "quill-b", "tarn", "league"];
const DOCUMENTS: [&str; 5] = ["a/reprint.txt", "b/bridge.txt", "c/dispute.txt", "d/maybe.txt", "e/visit.txt"];

/// One of the decisions that these reports allow, by numbers.
fn verdict(path: &Path, (verb, a, b, mask): (u8, usize, usize, u8)) -> Verdict {
    let (entity, other) = (ENTITIES[a % 6].to_owned(), ENTITIES[b % 6].to_owned());
    let documents = || (0..5).filter(|bit| mask >> bit & 1 == 1).map(|bit| DOCUMENTS[bit].to_owned()).collect();
    let edge = || {
        let store = Store::open_read_only(path).unwrap();
        let edges = store.edges_by_id("").unwrap();
        assert!(edges.is_empty(), "no digits are no id");
        let all = store
            .edges(&wiregraph::graph::Filter { rejected: true, ..wiregraph::graph::Filter::everything() })
            .unwrap();
        store.edge_key(all[b % all.len()].row()).unwrap()
    };
    match verb % 6 {
        0 | 1 => Verdict::Merge { entity, merged: other },
        2 => Verdict::Split { entity, documents: documents(), name: (mask > 16).then(|| "The Other One".into()) },
        3 => Verdict::Rename { entity, name: format!("Name {b}") },
        4 => Verdict::Confirm { edge: edge() },
        _ => Verdict::Reject { edge: edge() },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_decision_can_be_taken_back_exactly(
        steps in prop::collection::vec((0u8..6, 0usize..6, 0usize..6, 0u8..32), 1..6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.db");
        build(&path, &reports());
        let mut dumps = vec![dump(&path)];
        for step in &steps {
            judge(&path, verdict(&path, *step));
            dumps.push(dump(&path));
        }
        let faults: Vec<_> = Store::open_read_only(&path).unwrap().check().unwrap().into_iter().flat_map(|c| c.faults).collect();
        prop_assert!(faults.is_empty(), "{faults:?}");
        // The same log over reports read in another order gives the same rows.
        let other = folder.path().join("other.db");
        let mut reversed = reports();
        reversed.reverse();
        build(&other, &reversed);
        let log = Store::open_read_only(&path).unwrap().judgements().unwrap();
        let mut store = Store::open(&other, REVISION).unwrap();
        store.judge(&log).unwrap();
        store.finish().unwrap();
        prop_assert!(fs::read(&path).unwrap() == fs::read(&other).unwrap());
        // One from the middle, there and back.
        let middle = steps.len() as i64 / 2 + 1;
        set_undone(&path, middle, true);
        set_undone(&path, middle, false);
        prop_assert_eq!(&dump(&path), dumps.last().unwrap());
        for number in (1..=steps.len()).rev() {
            set_undone(&path, number as i64, true);
            prop_assert_eq!(&dump(&path), &dumps[number - 1], "undo of {} in {:?}", number, steps);
        }
    }
}

#[test]
fn merged_entities_are_one_in_every_answer() {
    let place = Place::new();
    let answer = place.run(&["merge", "Ada Quill", "Bert Quill", "--because", "one person"]);
    assert!(
        answer.code == 0 && answer.err.contains("judgement 1: Bert Quill (quill-b) is Ada Quill (quill)"),
        "{answer:?}"
    );
    let entity = place.ask("entity Quill");
    assert!(entity.contains("merged\tquill-b") && entity.contains("name\tBert Quill"), "{entity}");
    assert_eq!(place.run(&["entity", "Bert Quill"]).found(), place.run(&["entity", "quill"]).found());
    let neighbours = place.run(&["neighbors", "Bert Quill"]).found();
    assert!(
        neighbours.contains("Ada Quill\tout\tvisit\t\tSudovia") && neighbours.contains("Tarn Crossing"),
        "{neighbours}"
    );
    let log = place.ask("log");
    assert!(log.contains("1\tBert Quill (quill-b) is Ada Quill (quill)\tone person\t20"), "{log}");
    assert!(place.ask("check").lines().count() > 10);
    assert!(place.run(&["undo"]).err.contains("undone: judgement 1"));
    place.run(&["entity", "Quill"]).refused(2, "Bert Quill");
    place.run(&["undo"]).refused(1, "no judgement holds");
    place.run(&["undo", "1"]).refused(1, "undone already");
    assert!(place.ask("log").contains("\tundone\t"));
}

#[test]
fn merged_speakers_are_one_claimant() {
    let place = Place::new();
    let claimants =
        || place.run(&["sql", "SELECT claimants FROM edge WHERE predicate = 'prais' AND documents = 3"]).found();
    assert_eq!(claimants(), "claimants\n2\n");
    place.run(&["rename", "River League", "Harbour Wire"]).found();
    assert_eq!(claimants(), "claimants\n1\n");
    place.run(&["undo"]).found();
    assert_eq!(claimants(), "claimants\n2\n");
}

#[test]
fn a_split_makes_somebody_else_of_them_in_some_reports() {
    let place = Place::new();
    place.run(&["split", "Sudovia", "--in", "e/visit.txt", "--named", "Sudovia City"]).found();
    let city = place.run(&["neighbors", "Sudovia City"]).found();
    assert!(city.lines().count() == 2 && city.contains("in\tvisit\t\tBert Quill"), "{city}");
    assert!(!place.ask("neighbors Sudovia").contains("Bert Quill"));
    let why = place.run(&["neighbors", "Sudovia City", "--format", "tsv"]).found();
    let id = why.lines().nth(1).unwrap().rsplit('\t').next().unwrap().to_owned();
    let told = place.run(&["why", &id, "--format", "table"]).found();
    assert!(told.contains("read as sudovia, which a judgement makes this"), "{told}");
    place.run(&["merge", "Sudovia", "Sudovia City"]).found();
    assert!(place.ask("neighbors Sudovia").contains("Bert Quill"));
    place.run(&["split", "Sudovia"]).found();
    assert!(!place.ask("neighbors Sudovia").contains("Bert Quill"));
    place.run(&["split", "Tarn Crossing"]).refused(1, "nothing was merged into it");
    place.run(&["split", "Tarn Crossing", "--in", "e/visit.txt", "c/dispute.txt"]).found();
    place.run(&["split", "River League", "--in", "e/visit.txt"]).refused(1, "none of these reports mentions it");
}

#[test]
fn rejected_edges_are_left_out_and_confirmed_ones_marked() {
    let place = Place::new();
    let id = |condition: &str| {
        let sql = format!("SELECT printf('%016x', id) AS id FROM edge WHERE {condition}");
        place.run(&["sql", &sql]).found().lines().nth(1).unwrap().to_owned()
    };
    let (denied, said) = (id("polarity = '-'"), id("predicate = 'prais' AND documents = 3"));
    place.run(&["reject", &denied[..8]]).found();
    place.run(&["confirm", &said]).found();
    assert_eq!(place.run(&["disputes"]).code, 1);
    assert!(
        !place.ask("neighbors Norland").contains(&denied)
            && place.ask("neighbors Norland --rejected").contains(&denied)
    );
    assert!(place.run(&["why", &said, "--format", "table"]).found().contains("confirmed by judgement"));
    assert!(place.run(&["why", &denied, "--format", "table"]).found().contains("rejected by judgement"));
    place.run(&["merge", "River League", "Norland"]).found();
    assert_eq!(place.run(&["disputes"]).code, 1, "a verdict follows its edge through merges");
    place.run(&["undo", "1"]).found();
    assert_eq!(place.run(&["disputes"]).code, 0);
}

#[test]
fn distinct_forbids_merging() {
    let place = Place::new();
    assert!(place.run(&["suggest-merges"]).code == 1, "two listed entities are two on purpose");
    place.run(&["distinct", "Ada Quill", "Bert Quill"]).found();
    place.run(&["merge", "Bert Quill", "Ada Quill"]).refused(2, "keeps quill-b and quill apart");
    place.run(&["merge", "Ada Quill", "quill"]).refused(2, "both names mean Ada Quill");
    place.run(&["merge", "Ada Quill", "Nobody"]).refused(1, "no entity is called");
}

#[test]
fn suggestions_have_reasons() {
    let place = Place::empty();
    fs::create_dir(place.file("out")).unwrap();
    let mut report =
        Report::new("one", "River League praised Norland. Ada Quill praised Sudovia. RL praised Tarn Crossing.")
            .says("River League", "praised", "Norland", |_| {})
            .says("Ada Quill", "praised", "Sudovia", |_| {})
            .says("RL", "praised", "Tarn Crossing", |_| {});
    // What a text without lists would give: the letters and the surname as entities of their own.
    let mut discovered = |at: usize, id: &str, name: &str| {
        let mut mention = report.analysis.mentions[at].clone();
        let mut entity = report.analysis.entities.iter().find(|entity| entity.id == mention.entity_id).unwrap().clone();
        (entity.id, entity.name, entity.discovered) = (id.into(), name.into(), true);
        (mention.entity_id, mention.entity, mention.discovered) = (id.into(), name.into(), true);
        entity.aliases.clear();
        report.analysis.entities.push(entity);
        report.analysis.mentions[at] = mention;
    };
    discovered(4, "discovered:org/rl", "RL");
    let mut quill = report.analysis.mentions[2].clone();
    (quill.start, quill.text) = (quill.start + 4, "Quill".into());
    (quill.entity_id, quill.entity, quill.discovered) = ("discovered:person/quill".into(), "Quill".into(), true);
    report.analysis.mentions.push(quill);
    build(&place.file("out/graph.db"), &[report]);
    let told = place.ask("suggest-merges");
    assert!(
        told.contains("River League\tRL\t") && told.contains("Ada Quill\tQuill\tthe only one whose name ends so"),
        "{told}"
    );
    place.run(&["distinct", "quill", "discovered:person/quill"]).found();
    place.run(&["merge", "league", "discovered:org/rl"]).found();
    assert_eq!(place.run(&["suggest-merges"]).code, 1);
}

#[test]
fn judgements_survive_reading_again_and_travel_as_a_file() {
    let place = Place::new();
    let path = place.file("out/graph.db");
    place.run(&["merge", "Ada Quill", "Bert Quill"]).found();
    place.run(&["rename", "Tarn Crossing", "Tarn Ford"]).found();
    place.run(&["rename", "Norland", "Nordland"]).found();
    place.run(&["undo"]).found();
    let judged = dump(&path);
    // A changed report, and the report as it was.
    let changed = Report::new("e/visit.txt", "Bert Quill left Sudovia.").says("Bert Quill", "left", "Sudovia", |_| {});
    build(&path, &[changed]);
    // Nobody speaks of the one that stays any more: who is left stands for them.
    assert!(place.ask("neighbors Quill").contains("Bert Quill\tout\tleft"));
    build(&path, &reports());
    assert_eq!(dump(&path), judged);
    // Another database.
    place.run(&["log", "--save", "judgements.jsonl"]).found();
    assert!(fs::read_to_string(place.file("judgements.jsonl")).unwrap().lines().count() == 3);
    build(&place.file("anew.db"), &reports());
    let loaded = place.run(&["log", "--load", "judgements.jsonl", "--db", "anew.db"]);
    assert!(loaded.err.contains("3 of 3 judgements added"), "{loaded:?}");
    assert_eq!(dump(&place.file("anew.db")), judged);
    assert!(place.run(&["log", "--load", "judgements.jsonl", "--db", "anew.db"]).err.contains("0 of 3"));
    fs::write(place.file("bad.jsonl"), "{\"verb\":\"melt\"}\n").unwrap();
    place.run(&["log", "--load", "bad.jsonl"]).refused(2, "bad.jsonl:1");
}

#[test]
fn a_judgement_cut_short_was_never_made() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, cut) = (folder.path().join("whole.db"), folder.path().join("cut.db"));
    let verdict = || Verdict::Merge { entity: "quill".into(), merged: "quill-b".into() };
    build(&whole, &reports());
    fs::copy(&whole, &cut).unwrap();
    judge(&whole, verdict());
    let mut store = Store::open(&cut, REVISION).unwrap();
    let made = "2031-07-01T00:00:00Z".into();
    store.judge(&[Judgement { number: 0, verdict: verdict(), because: None, made, undone: false }]).unwrap();
    let before = fs::read(&cut).unwrap();
    drop(store);
    Store::open(&cut, REVISION).unwrap().finish().unwrap();
    assert!(fs::read(&cut).unwrap() == before);
    judge(&cut, verdict());
    assert!(fs::read(&whole).unwrap() == fs::read(&cut).unwrap());
}

#[test]
fn mutual_edges_stay_in_order_through_merges() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph.db");
    build(&path, &[Report::new("one", "Norland met Sudovia.").says("Norland", "met", "Sudovia", mutual)]);
    let before = dump(&path);
    build(
        &path,
        &[Report::new("two", "Tarn Crossing praised the River League.").says(
            "Tarn Crossing",
            "praised",
            "River League",
            |_| {},
        )],
    );
    judge(&path, Verdict::Merge { entity: "tarn".into(), merged: "norland".into() });
    let edges = Store::open_read_only(&path).unwrap().edges_by_id("0").unwrap();
    assert!(edges.len() < 3);
    let faults: Vec<_> =
        Store::open_read_only(&path).unwrap().check().unwrap().into_iter().flat_map(|c| c.faults).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let subject = "SELECT subject || ' ' || substr(text, 1, 7) FROM timeline WHERE document = 'one'";
    let store = Store::open_read_only(&path).unwrap();
    let told: String = store.connection().query_row(subject, [], |row| row.get(0)).unwrap();
    assert_eq!(told, "Sudovia Norland", "the ends changed places with their words");
    drop(store);
    set_undone(&path, 1, true);
    let mut store = Store::open(&path, REVISION).unwrap();
    store.forget(&["two".into()]).unwrap();
    store.finish().unwrap();
    assert_eq!(dump(&path), before);
}

#[test]
fn the_next_build_draws_what_was_decided() {
    let place = Place::empty();
    fs::write(place.file("one.txt"), "Russia condemned China on Monday.").unwrap();
    place.run(&["build", "one.txt"]).found();
    let dot = || fs::read_to_string(place.file("out/graph.dot")).unwrap();
    assert!(dot().contains("->"));
    let id = place.ask("neighbors Russia --format tsv").lines().nth(1).unwrap().rsplit('\t').next().unwrap().to_owned();
    place.run(&["reject", &id]).found();
    place.run(&["build", "one.txt"]).found();
    assert!(!dot().contains("->"), "{}", dot());
}
