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

#[test]
fn what_finds_nothing_says_what_it_looked_for() {
    let place = Place::new();
    for empty in ["", " ", "\"", "--", "?!"] {
        place.run(&["search", "--", empty]).refused(2, "nothing to search for; expected words");
    }
    assert!(place.run(&["search", "zyzzyva"]).err.contains("no sentence holds all of these words"));
    place.run(&["undo"]).refused(1, "no judgement holds");
    place.run(&["undo", "7"]).refused(1, "there is no judgement 7");
    let told = place.run(&["neighbors", "Norland", "--relation", "praise"]);
    assert!(told.code == 1 && told.err.contains("no edge here is called \"praise\"; did you mean prais?"), "{told:?}");
    assert!(
        place
            .run(&["neighbors", "Norland", "--class", "AIDE"])
            .err
            .contains("--class: no edge here is called \"AIDE\"")
    );
    assert!(!place.run(&["neighbors", "Norland", "--relation", "PRAIS"]).err.contains("called"));
}

#[test]
fn odd_surroundings_are_no_obstacle() {
    let place = Place::new();
    let mut bare = Command::cargo_bin("wiregraph").unwrap();
    bare.current_dir(place.path()).env_clear().args(["neighbors", "Norland"]);
    assert!(bare.output().unwrap().status.success(), "no HOME, no PATH, no terminal");
    fs::write(place.file("here"), "a file").unwrap();
    place
        .run(&["build", "here", "-o", "here"])
        .refused(2, "here: not written: File exists (os error 17); expected a folder");
    place.run(&["man", "--into", "here"]).refused(2, "expected a folder");
    place.run(&["export", "-f", "json", "-o", "out"]).refused(2, "out: not written: Is a directory");
}

/// What a run puts beside the database lies among the reports if the folder of both is one.
#[test]
fn a_run_does_not_read_itself() {
    let place = Place::empty();
    fs::write(place.file("one.txt"), "Russia condemned China on Monday.").unwrap();
    fs::create_dir(place.file("out")).unwrap();
    for left in ["graph.db.lock", "graph.db.unfinished", "graph.db.unfinished-wal", "graph.svg.new", "graph.dot.new"] {
        fs::write(place.file("out").join(left), "Russia praised China on Tuesday.").unwrap();
    }
    assert!(place.run(&["build", "."]).found().contains("1 new"));
    assert_eq!(place.run(&["sql", "SELECT name FROM document"]).found(), "name\none.txt\n");
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    for command in program::commands() {
        let mut odd = Command::cargo_bin("wiregraph").unwrap();
        let odd = odd.current_dir(place.path()).arg(&command).arg(OsStr::from_bytes(b"\xff\xfe")).output().unwrap();
        assert!(matches!(odd.status.code(), Some(1..=3)), "{command}: {odd:?}");
        assert!(!odd.stderr.is_empty(), "{command}");
    }
}
