//! Writing beside others, to disks that are full or read-only, and until somebody says stop: what is there stays whole, and the
//! message says what to do.

#![cfg(target_os = "linux")]

mod faults;
mod program;
mod store_reports;

use faults::{calls, copy, names};
use program::{Answer, Place};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use store_reports::{REVISION, build_format_1, reports};
use wiregraph::graph::Store;

const DATABASE: &str = "out/graph.db";

/// Every command that writes to a database of the invented reports.
fn writers(place: &Place) -> Vec<Vec<&'static str>> {
    let edge =
        place.ask("neighbors Norland --format tsv").lines().nth(1).unwrap().rsplit('\t').next().unwrap().to_owned();
    fs::write(place.file("one.txt"), "Russia condemned China on Monday.").unwrap();
    fs::write(
        place.file("judgements.jsonl"),
        "{\"verb\":\"distinct\",\"entity\":\"quill\",\"other\":\"quill-b\",\"made\":\"2031-07-01T00:00:00Z\"}\n",
    )
    .unwrap();
    let edge: &'static str = edge.leak();
    vec![
        vec!["build", "one.txt"],
        vec!["merge", "Ada Quill", "Bert Quill"],
        vec!["split", "Norland", "--in", "bridge.txt"],
        vec!["distinct", "Norland", "Sudovia"],
        vec!["rename", "Norland", "North Land"],
        vec!["confirm", edge],
        vec!["reject", edge],
        vec!["log", "--load", "judgements.jsonl"],
        vec!["forget", "bridge.txt"],
    ]
}

#[test]
fn a_second_writer_waits_or_says_so_and_readers_read_on() {
    let place = Place::new();
    let writers = writers(&place);
    let asked = place.ask("neighbors Norland");
    let mut first = Store::create(&place.file(DATABASE), REVISION).unwrap();
    first.forget(&[reports().remove(4).document.id]).unwrap();
    for writer in &writers {
        let refused = place.run(&[&writer[..], &["--wait", "0"]].concat());
        assert_eq!(refused.code, 2, "{writer:?}: {refused:?}");
        assert!(refused.err.contains("another run is writing to it; wait for it to end"), "{writer:?}: {refused:?}");
    }
    assert_eq!(place.ask("neighbors Norland"), asked, "readers see the last finished state");
    place.run(&["check"]).found();
    let waiting = thread::spawn({
        let program = assert_cmd::cargo::cargo_bin("wiregraph");
        let folder = place.path().to_path_buf();
        move || {
            let mut command = Command::new(program);
            command.current_dir(folder).args(["rename", "Norland", "North Land", "--wait", "60"]).output().unwrap()
        }
    });
    thread::sleep(Duration::from_millis(300));
    assert!(!waiting.is_finished());
    first.finish().unwrap();
    let waited = Answer::from(waiting.join().unwrap());
    assert!(waited.code == 0 && waited.err.contains("waiting up to 60 s"), "{waited:?}");
    assert!(place.ask("stats").contains("rows\tdocuments\t4"), "both have written");
    assert!(place.ask("entity sudovia").contains("Sudovia") && place.ask("neighbors norland").contains("North Land"));
    assert_eq!(names(&place.file("out")), ["graph.db"]);
}

#[test]
fn a_full_disk_costs_nothing_that_was_there() {
    let place = Place::new();
    for work in writers(&place) {
        if work[0] == "log" {
            continue;
        }
        let whole = copy(place.path());
        let (calls, unbroken) = calls(whole.path(), &work);
        assert!(unbroken.status.success(), "{unbroken:?}");
        let old = fs::read(place.file(DATABASE)).unwrap();
        let (mut refused, tries) = (0, if work[0] == "build" { 12 } else { 4 });
        for at in (1..=calls).step_by(calls.div_ceil(tries)) {
            let full = copy(place.path());
            let told = Answer::from(faults::run(full.path(), &work, &format!("full:{at}")));
            let now = fs::read(full.path().join(DATABASE)).unwrap();
            if told.code != 0 {
                refused += 1;
                assert_eq!(told.code, 2, "{work:?} at {at}: {told:?}");
                assert!(told.err.contains("run the command again"), "{work:?} at {at}: {told:?}");
                assert!(now == old || told.err.contains("graph.dot"), "{work:?} at {at}: the old state is intact");
                let kept = names(&full.path().join("out"));
                assert!(!kept.iter().any(|name| name.ends_with(".new")), "{kept:?}");
            }
            Answer::from(faults::run(full.path(), if now == old { &work } else { &["migrate"] }, "")).found();
            Answer::from(faults::run(full.path(), &["check"], "")).found();
        }
        assert!(refused >= tries / 2, "{work:?}: {refused}");
    }
}

#[test]
fn answers_that_cannot_be_written_are_failures() {
    let place = Place::new();
    place.run(&["export", "-f", "jsonl", "-o", "/dev/full"]).refused(2, "/dev/full: not written: No space left");
    place.run(&["distinct", "Norland", "Sudovia"]).found();
    place.run(&["log", "--save", "/dev/full"]).refused(2, "/dev/full");
    for question in [&["export", "-f", "json"][..], &["neighbors", "Norland"], &["stats"], &["schema"], &["man"]] {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("wiregraph"));
        command.current_dir(place.path()).args(question).stdout(fs::File::create("/dev/full").unwrap());
        let told = Answer::from(command.output().unwrap());
        assert!(told.code == 2 && told.err.contains("No space left"), "{question:?}: {told:?}");
    }
    place.run(&["export", "-f", "json", "-o", "graph.json"]).found();
    let before = fs::read(place.file("graph.json")).unwrap();
    let told = Answer::from(faults::run(place.path(), &["export", "-f", "jsonl", "-o", "graph.json"], "full:2"));
    assert!(told.code == 2 && told.err.contains("graph.json: not written"), "{told:?}");
    assert!(fs::read(place.file("graph.json")).unwrap() == before && !place.file("graph.json.new").exists());
}

#[test]
fn read_only_files_and_disks_are_named_and_can_be_read() {
    let place = Place::new();
    let writers = writers(&place);
    let (database, before) = (place.file(DATABASE), fs::read(place.file(DATABASE)).unwrap());
    fs::set_permissions(&database, fs::Permissions::from_mode(0o444)).unwrap();
    for writer in &writers {
        place.run(writer).refused(2, "out/graph.db: is read-only; allow writing to it");
    }
    place.ask("neighbors Norland");
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
    for writer in &writers {
        let told = Answer::from(faults::run(place.path(), writer, "readonly"));
        assert!(told.code == 2 && told.err.contains("cannot be written to"), "{writer:?}: {told:?}");
        assert!(told.err.contains("graph.db") && told.err.contains("Read-only file system"), "{writer:?}: {told:?}");
    }
    for question in [&["neighbors", "Norland"][..], &["check"], &["export", "-f", "json"], &["sql", "SELECT 1"]] {
        Answer::from(faults::run(place.path(), question, "readonly")).found();
    }
    let told = Answer::from(faults::run(place.path(), &["build", "one.txt", "-o", "new/place"], "readonly"));
    assert!(told.code == 2 && told.err.contains("new/place"), "{told:?}");
    assert!(fs::read(&database).unwrap() == before);
    assert_eq!(names(&place.file("out")), ["graph.db"]);
}

#[test]
fn the_owner_and_links_are_kept() {
    let place = Place::new();
    let database = place.file(DATABASE);
    fs::set_permissions(&database, fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir(place.file("elsewhere")).unwrap();
    fs::rename(&database, place.file("elsewhere/news.db")).unwrap();
    std::os::unix::fs::symlink("../elsewhere/news.db", &database).unwrap();
    place.run(&["rename", "Norland", "North Land"]).found();
    assert!(database.is_symlink());
    assert_eq!(fs::metadata(&database).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(place.ask("neighbors norland").contains("North Land"));
}

/// One call of every command that opens a database.
fn every_command(place: &Place) -> Vec<Vec<&'static str>> {
    let mut commands = writers(place);
    commands.extend([
        vec!["neighbors", "Norland"],
        vec!["path", "Norland", "Sudovia"],
        vec!["entity", "Norland"],
        vec!["evidence", "Norland", "Sudovia"],
        vec!["why", "1a"],
        vec!["why-not", "Norland", "Sudovia"],
        vec!["timeline", "Norland"],
        vec!["disputes"],
        vec!["origins"],
        vec!["sources"],
        vec!["trust"],
        vec!["rank"],
        vec!["diff", DATABASE, DATABASE],
        vec!["search", "bridge"],
        vec!["suggest-merges"],
        vec!["log"],
        vec!["undo"],
        vec!["check"],
        vec!["stats"],
        vec!["sql", "SELECT 1"],
        vec!["export", "-f", "json"],
        vec!["render"],
    ]);
    commands
}

#[test]
fn what_is_no_database_is_named_by_every_command() {
    let place = Place::new();
    let commands = every_command(&place);
    let own = ["extract", "gazetteer", "rules", "completions", "man", "schema", "migrate"];
    for command in program::commands().iter().filter(|command| !own.contains(&&***command)) {
        assert!(commands.iter().any(|call| call[0] == command), "{command} is not tried");
    }
    let database = place.file(DATABASE);
    fs::remove_file(&database).unwrap();
    let refused = |what: &str, words: &str| {
        for command in commands.iter().filter(|command| what.is_empty() || command[0] != "build") {
            let told = place.run(command);
            // A build makes what is missing, and fills what is empty.
            if command[0] == "build" && told.code == 0 {
                fs::remove_dir_all(place.file("out")).unwrap();
                fs::create_dir(place.file("out")).unwrap();
                continue;
            }
            assert_eq!(told.code, 2, "{command:?}: {told:?}");
            assert!(told.err.contains(words) && told.out.is_empty(), "{command:?}: {told:?}");
        }
    };
    refused("nothing", "out/graph.db: no such file; make it with `wiregraph build FOLDER`");
    fs::write(&database, "").unwrap();
    refused("emptiness", "out/graph.db: an empty file; expected a database made by `wiregraph build`");
    fs::write(&database, "my notes").unwrap();
    refused("", "out/graph.db: not an SQLite file; expected a database made by `wiregraph build`");
    fs::remove_file(&database).unwrap();
    fs::create_dir(&database).unwrap();
    refused("a folder", "out/graph.db: is a folder; name the file in it");
    assert_eq!(names(&place.file("out")), ["graph.db"]);
}

#[test]
fn databases_of_other_times_are_refused_by_every_command() {
    let place = Place::new();
    let commands = every_command(&place);
    let newer = rusqlite::Connection::open(place.file(DATABASE)).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(newer);
    let before = fs::read(place.file(DATABASE)).unwrap();
    for command in commands.iter().chain([&vec!["migrate"]]) {
        place.run(command).refused(2, "format 99, and this program reads format 2; use the version that made it");
    }
    assert!(fs::read(place.file(DATABASE)).unwrap() == before);
    fs::remove_file(place.file(DATABASE)).unwrap();
    build_format_1(&place.file(DATABASE));
    let before = fs::read(place.file(DATABASE)).unwrap();
    // Those that begin with a question ask for it; the others bring it forward by themselves.
    let asking = |command: &&Vec<&str>| !["build", "diff"].contains(&command[0]) && command.get(1) != Some(&"--load");
    for command in commands.iter().filter(asking) {
        place.run(command).refused(2, "`wiregraph migrate` brings it to today's format");
    }
    assert!(fs::read(place.file(DATABASE)).unwrap() == before);
}

/// The program at work, to be interrupted.
fn started(place: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wiregraph"));
    command.current_dir(place).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap().success());
}

fn wait_for(what: &str, mut there: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !there() {
        assert!(begin.elapsed() < Duration::from_secs(120), "{what} did not come about");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Reports enough for some seconds.
fn many(place: &Place) {
    let line = |number| {
        format!(
            "{{\"id\":\"{number}\",\"text\":\"Russia condemned China on day {number}. France sued Brazil, and Japan warned India.\"}}\n"
        )
    };
    fs::write(place.file("many.jsonl"), (0..3000).map(line).collect::<String>()).unwrap();
}

#[test]
fn an_interrupted_build_says_what_is_kept_and_goes_on() {
    let place = Place::empty();
    many(&place);
    let ended = |arguments: &[&str], name: &str, after: u64| {
        let child = started(place.path(), arguments);
        let draft = place.file(arguments[3]).join("graph.db.unfinished");
        wait_for("the draft", || draft.exists());
        thread::sleep(Duration::from_millis(after));
        signal(&child, name);
        let told = Answer::from(child.wait_with_output().unwrap());
        assert!(told.code == 130 && told.out.is_empty(), "{told:?}");
        assert!(told.err.contains("interrupted:") && told.err.contains("The same command again goes on"), "{told:?}");
        assert!(told.err.contains("graph.db is not there yet"), "{told:?}");
        told.err
    };
    let work = ["build", "many.jsonl", "-o", "cut"];
    // How long it takes to begin depends on the machine.
    let began =
        (9..15).map(|power| ended(&work, "TERM", 1 << power)).find(|told| told.contains("reports gave is kept"));
    assert!(began.as_ref().is_some_and(|told| told.contains("cut/graph.db.unfinished")), "{began:?}");
    assert_eq!(names(&place.file("cut")), ["graph.db.lock", "graph.db.unfinished"]);
    ended(&work, "INT", 300);
    let resumed = place.run(&work).found();
    assert!(resumed.contains("3000") && !resumed.contains("3000 new"), "{resumed}");
    place.run(&["build", "many.jsonl", "-o", "whole"]).found();
    for file in ["graph.db", "graph.dot"] {
        assert!(fs::read(place.file("cut").join(file)).unwrap() == fs::read(place.file("whole").join(file)).unwrap());
    }
}

#[test]
fn an_interrupted_drawing_leaves_no_half_picture() {
    let place = Place::new();
    fs::write(place.file("one.txt"), "Russia condemned China on Monday.").unwrap();
    fs::write(place.file("out/graph.svg"), "<svg>the one before</svg>").unwrap();
    let tools = tempfile::tempdir().unwrap();
    for engine in ["dot", "sfdp"] {
        let script = tools.path().join(engine);
        // `-Tsvg -o FILE`: begins to draw, and takes its time.
        fs::write(&script, "#!/bin/sh\necho '<svg' >\"$3\"\nexec sleep 600\n").unwrap();
        fs::set_permissions(script, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", tools.path().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wiregraph"));
    command.current_dir(place.path()).args(["build", "one.txt"]).env("PATH", path);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_for("the picture", || place.file("out/graph.svg.new").exists());
    signal(&child, "INT");
    let told = Answer::from(child.wait_with_output().unwrap());
    assert!(told.code == 130 && told.err.contains("graph.svg is not drawn"), "{told:?}");
    assert_eq!(names(&place.file("out")), ["graph.db", "graph.svg"]);
    assert_eq!(fs::read_to_string(place.file("out/graph.svg")).unwrap(), "<svg>the one before</svg>");
}

#[test]
fn a_second_request_ends_the_program_at_once() {
    let place = Place::empty();
    assert!(Command::new("mkfifo").arg(place.file("silent.txt")).status().unwrap().success());
    let mut child = started(place.path(), &["build", "silent.txt"]);
    wait_for("the draft", || place.file("out/graph.db.unfinished").exists());
    signal(&child, "INT");
    thread::sleep(Duration::from_millis(200));
    assert!(child.try_wait().unwrap().is_none(), "it waits for a report");
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
}
