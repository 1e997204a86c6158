//! How the program behaves beside its answers: settings, completions, manual pages, slips of the keyboard, examples that hold.

mod program;
mod store_reports;

use assert_cmd::Command;
use program::Place;
use std::fs;

fn with(place: &Place, variables: &[(&str, &str)], arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("wiregraph").unwrap();
    command.current_dir(place.path()).args(arguments);
    command.envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let place = Place::new();
    fs::rename(place.file("out"), place.file("news")).unwrap();
    place.run(&["stats"]).refused(2, "no such file");
    fs::write(place.file("wiregraph.toml"), "db = \"news/graph.db\"\nformat = \"csv\"\n\n[rank]\nlimit = 1\n").unwrap();
    let rank = |variables: &[(&str, &str)], flags: &[&str]| with(&place, variables, &[&["rank"], flags].concat()).1;
    let from_file = rank(&[], &[]);
    assert!(from_file.lines().count() == 2 && from_file.contains("1,Sudovia"), "{from_file}");
    let from_environment = rank(&[("WIREGRAPH_FORMAT", "tsv"), ("WIREGRAPH_LIMIT", "2")], &[]);
    assert!(from_environment.lines().count() == 3 && from_environment.contains("1\tSudovia"), "{from_environment}");
    let from_flags = rank(&[("WIREGRAPH_FORMAT", "tsv")], &["--format", "jsonl", "--limit", "3"]);
    assert!(from_flags.lines().count() == 3 && from_flags.starts_with('{'), "{from_flags}");
    // From below, the file is found upward, and its paths count from it.
    fs::create_dir_all(place.file("a/b")).unwrap();
    let mut below = Command::cargo_bin("wiregraph").unwrap();
    assert!(below.current_dir(place.file("a/b")).args(["neighbors", "Norland"]).output().unwrap().status.success());
    place.run(&["stats", "--db", "elsewhere.db"]).refused(2, "elsewhere.db: no such file");
}

#[test]
fn a_wrong_setting_is_named() {
    let place = Place::new();
    for (text, words) in [
        ("formt = \"csv\"", "\"formt\" is no option here"),
        ("[rank]\nlimits = 3", "\"limits\" is no option here; expected one such as limit"),
        ("db = ", "wiregraph.toml"),
    ] {
        fs::write(place.file("wiregraph.toml"), text).unwrap();
        place.run(&["rank"]).refused(2, words);
    }
    fs::write(place.file("wiregraph.toml"), "format = \"xml\"").unwrap();
    place.run(&["rank"]).refused(2, "invalid value 'xml'");
}

#[test]
fn a_slip_of_the_keyboard_is_seen() {
    let place = Place::new();
    for (slip, meant) in [("neighbours", "neighbors"), ("timelime", "timeline"), ("whynot", "why-not")] {
        place.run(&[slip, "Norland"]).refused(2, &format!("'{meant}'"));
    }
    place.run(&["neighbors", "Norland", "--dept", "2"]).refused(2, "--depth");
}

#[test]
fn manual_pages_come_of_the_definition() {
    let place = Place::empty();
    let page = place.run(&["man"]).found();
    assert!(page.contains(".TH wiregraph") && page.contains("why\\-not"), "{page}");
    place.run(&["man", "--into", "man1"]).found();
    let page = fs::read_to_string(place.file("man1/wiregraph-neighbors.1")).unwrap();
    assert!(page.contains("min\\-claimants"), "{page}");
}
