//! The program killed at its every change of a file: the database is the old one or the new one, never a third, and the next run
//! ends in the state of an unbroken one.
//!
//! Twelve kills for each piece of work, spread over all that it does to files; `WIREGRAPH_KILLS=200` makes it as many.

#![cfg(target_os = "linux")]

mod faults;
mod program;
mod store_reports;

use faults::{calls, copy, names};
use program::Place;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use store_reports::{Report, build};

const SIGKILL: i32 = 9;
const DATABASE: &str = "out/graph.db";

/// Files that a piece of work leaves: the database and what is drawn of it.
type State = Vec<Option<Vec<u8>>>;

fn state(place: &Path) -> State {
    ["out/graph.db", "out/graph.dot"].map(|name| fs::read(place.join(name)).ok()).into()
}

/// How often a piece of work is killed.
fn kills() -> usize {
    std::env::var("WIREGRAPH_KILLS").map_or(12, |number| number.parse().unwrap())
}

/// Kills `work` in a folder like `place` again and again, each time at a later moment, and runs `again` after it.
fn killed(place: &Path, work: &[&str], again: &[&str]) {
    let whole = copy(place);
    let (calls, unbroken) = calls(whole.path(), work);
    assert!(unbroken.status.success() && calls >= 12, "{calls} calls: {unbroken:?}");
    let (old, new) = (state(place), state(whole.path()));
    assert!(old[0] != new[0], "the work changes the database");
    let kills = kills().min(2 * calls);
    for kill in 0..kills {
        let at = 1 + kill * (calls - 1) / (kills - 1);
        let fault = format!("{}:{at}", if kill % 2 == 0 { "kill" } else { "torn" });
        let broken = copy(place);
        let outcome = faults::run(broken.path(), work, &fault);
        assert_eq!(outcome.status.signal(), Some(SIGKILL), "{fault} of {calls}: {outcome:?}");
        let left = fs::read(broken.path().join(DATABASE)).ok();
        assert!(left == old[0] || left == new[0], "{fault} of {calls}: {work:?} left a third state");
        let next = if left == new[0] { again } else { work };
        let outcome = faults::run(broken.path(), next, "");
        assert!(outcome.status.success(), "{fault} of {calls}: {next:?}: {outcome:?}");
        assert!(state(broken.path())[0] == new[0], "{fault} of {calls}: {next:?} ended in another state");
        let left_over: Vec<String> =
            names(&broken.path().join("out")).into_iter().filter(|name| name.starts_with("graph.db.")).collect();
        assert!(left_over.is_empty(), "{fault} of {calls}: {left_over:?}");
    }
    println!("{}: {kills} kills in {calls} calls", work[0]);
}

/// Reports of our own in `in/`, and nothing built.
fn reports() -> Place {
    let place = Place::empty();
    fs::create_dir(place.file("in")).unwrap();
    for (name, text) in [
        ("one.txt", "Russia condemned China on Monday. The two countries held talks in Geneva."),
        ("two.txt", "France sued Brazil. Xi Jinping met Vladimir Putin on 4 February 2022."),
        ("three.txt", "Japan warned India of sanctions, and India denied that it had attacked Pakistan."),
    ] {
        fs::write(place.file("in").join(name), text).unwrap();
    }
    place
}

#[test]
fn a_build_killed_at_any_moment() {
    let place = reports();
    let work = ["build", "in", "--jobs", "1"];
    killed(place.path(), &work, &work);
    place.run(&work).found();
    fs::remove_file(place.file("out/graph.svg")).ok();
    fs::write(place.file("in/two.txt"), "Xi Jinping met Vladimir Putin on 5 February 2022, and Brazil sued France.")
        .unwrap();
    fs::write(place.file("in/four.txt"), "Norway praised Sweden.").unwrap();
    killed(place.path(), &work, &work);
}

#[test]
fn judgements_and_forgetting_killed_at_any_moment() {
    let place = Place::new();
    build(
        &place.file(DATABASE),
        &[Report::new("quill.txt", "Ada Quill met Bert Quill.").says("Ada Quill", "met", "Bert Quill", |_| {})],
    );
    fs::write(
        place.file("judgements.jsonl"),
        "{\"verb\":\"merge\",\"entity\":\"quill\",\"merged\":\"quill-b\",\"made\":\"2031-07-01T00:00:00Z\"}\n\
         {\"verb\":\"rename\",\"entity\":\"norland\",\"name\":\"North Land\",\"made\":\"2031-07-02T00:00:00Z\"}\n",
    )
    .unwrap();
    killed(place.path(), &["log", "--load", "judgements.jsonl"], &["migrate"]);
    killed(place.path(), &["forget", "quill.txt"], &["migrate"]);
    place.run(&["log", "--load", "judgements.jsonl"]).found();
    killed(place.path(), &["undo"], &["migrate"]);
}

#[test]
fn bringing_an_earlier_format_forward_killed_at_any_moment() {
    let place = Place::empty();
    fs::create_dir(place.file("out")).unwrap();
    store_reports::build_format_1(&place.file(DATABASE));
    killed(place.path(), &["migrate"], &["migrate"]);
}
