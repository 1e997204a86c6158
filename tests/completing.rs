//! What shells are offered at the cursor: commands, options, and what the database knows by name.

mod program;
mod store_reports;

use program::{Answer, Place};
use std::process::Command;

/// What the program answers to a shell whose last word is the one at the cursor.
fn offered(place: &Place, shell: &str, words: &[&str]) -> String {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wiregraph"));
    command.current_dir(place.path()).env("WIREGRAPH_COMPLETE", shell).env("_CLAP_IFS", "\n");
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string()).args(["--", "wiregraph"]).args(words);
    Answer::from(command.output().unwrap()).found()
}

fn fish(place: &Place, words: &[&str]) -> Vec<String> {
    offered(place, "fish", words).lines().map(str::to_owned).collect()
}

#[test]
fn names_of_entities_complete_by_every_name_in_any_case() {
    let place = Place::new();
    assert_eq!(fish(&place, &["neighbors", "nor"]), ["Norland\tNorland, place"]);
    assert_eq!(fish(&place, &["neighbors", "Kingd"]), ["Kingdom of Norland\tNorland, place"]);
    assert_eq!(fish(&place, &["path", "Norland", "tarn"]), ["Tarn Crossing\tTarn Crossing, facility"]);
    assert_eq!(fish(&place, &["merge", "Ada Quill", "Quil"]).len(), 2, "both bear the name");
    assert!(fish(&place, &["entity", ""]).len() >= 6, "the most mentioned ones");
    assert!(fish(&place, &["neighbors", "Zz"]).is_empty());
    assert!(fish(&place, &["rename", "Norland", "Sud"]).is_empty(), "a new name is nobody's");
    place.run(&["rename", "Norland", "North Land"]).found();
    assert_eq!(fish(&place, &["neighbors", "nort"]), ["North Land\tNorth Land, place"]);
}

#[test]
fn edges_relations_reports_sources_and_judgements_complete() {
    let place = Place::new();
    let rows = place.ask("neighbors Norland --format tsv");
    let id = rows.lines().nth(1).unwrap().rsplit('\t').next().unwrap();
    assert_eq!(fish(&place, &["why", &id[..3]]), [format!("{}\tNorland ── prais ──► Sudovia", &id[..8])]);
    assert_eq!(fish(&place, &["confirm", &id[..10]])[0].split('\t').next(), Some(id));
    assert_eq!(fish(&place, &["neighbors", "Norland", "--relation", "pr"]), ["prais\t3 edges"]);
    assert!(fish(&place, &["forget", "a/"])[0].starts_with("a/"));
    assert_eq!(fish(&place, &["origins", "bridge"])[0].split('\t').next(), Some("b/bridge.txt"));
    std::fs::write(place.file("sources.toml"), "[sources]\n\"evening post\" = \"C\"\n").unwrap();
    assert_eq!(fish(&place, &["sources", "even"]), ["Evening Post\tgrade C"]);
    place.run(&["distinct", "Norland", "Sudovia"]).found();
    assert_eq!(fish(&place, &["undo", ""])[0], "1\tNorland (norland) is not Sudovia (sudovia)");
    assert_eq!(
        fish(&place, &["neighbors", "Norland", "--min-gr"]),
        [
            "--min-grade\tOnly evidence of sources that are graded so, or better (`wiregraph sources` tells what A to F mean)"
        ]
    );
}

#[test]
fn the_database_is_the_one_that_the_line_means() {
    let place = Place::new();
    std::fs::rename(place.file("out/graph.db"), place.file("news.db")).unwrap();
    assert!(fish(&place, &["neighbors", "nor"]).is_empty());
    for line in [&["--db", "news.db", "neighbors", "nor"][..], &["neighbors", "--db=news.db", "nor"]] {
        assert_eq!(fish(&place, line), ["Norland\tNorland, place"], "{line:?}");
    }
    std::fs::write(place.file("wiregraph.toml"), "db = \"news.db\"").unwrap();
    assert_eq!(fish(&place, &["neighbors", "nor"]).len(), 1);
    std::fs::write(place.file("wiregraph.toml"), "db = ").unwrap();
    assert!(
        fish(&place, &["neigh"]).iter().any(|line| line.starts_with("neighbors\t")),
        "a slip in the file is no obstacle"
    );
}

#[test]
fn every_shell_is_offered_the_same() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(offered(&place, shell, &["why"]).contains("why-not"), "{shell}");
        assert!(offered(&place, shell, &["entity", "tarn"]).contains("Tarn Crossing"), "{shell}");
        let script = place.run(&["completions", shell]).found();
        assert!(script.contains("WIREGRAPH_COMPLETE") && script.contains("wiregraph"), "{shell}: {script}");
    }
}

/// As bash does it: the script is read, and its function asked for the words at the cursor.
#[test]
fn bash_completes_names_with_blanks() {
    let place = Place::new();
    let asked = |words: &str, current: &str| {
        let script = format!(
            "shopt -s nullglob; eval \"$(wiregraph completions bash)\"; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
             _wiregraph wiregraph {current:?} ''; printf '<%s>' \"${{COMPREPLY[@]}}\"; complete -p wiregraph"
        );
        let program = assert_cmd::cargo::cargo_bin("wiregraph");
        let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-c", &script]).current_dir(place.path()).env("PATH", path);
        match bash.output() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            output => Some(Answer::from(output.unwrap()).found()),
        }
    };
    // Where there is no bash, nobody completes with it.
    let Some(names) = asked("wiregraph neighbors tarn", "tarn") else { return };
    assert!(names.starts_with("<Tarn Crossing>complete "), "{names}");
    assert!(names.contains("-o filenames") && names.contains("_wiregraph wiregraph"), "{names}");
    assert!(asked("wiregraph neighbors Norland --relation = pr", "pr").unwrap().starts_with("<prais>complete "));
    assert!(asked("wiregraph why", "why").unwrap().starts_with("<why><why-not>"));
    assert!(asked("wiregraph path RL king", "king").unwrap().starts_with("<Kingdom of Norland>"));
    assert!(asked("wiregraph entity --db = nowhere.db nor", "nor").unwrap().starts_with("<>complete "));
}
