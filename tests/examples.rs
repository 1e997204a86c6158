//! The examples under each command's help run as they stand, over the samples.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");

fn shell(place: &Path, line: &str) -> Output {
    let program = assert_cmd::cargo::cargo_bin("wiregraph");
    let mut path = vec![PathBuf::from(program.parent().unwrap())];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    let path = std::env::join_paths(path).unwrap();
    Command::new("sh").args(["-c", line]).current_dir(place).env("PATH", path).env("HOME", place).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The files that the examples speak of.
fn prepare(place: &Path) {
    fs::create_dir(place.join("samples")).unwrap();
    for sample in fs::read_dir(SAMPLES).unwrap().map(|entry| entry.unwrap().path()) {
        fs::copy(&sample, place.join("samples").join(sample.file_name().unwrap())).unwrap();
    }
    fs::write(place.join("report.txt"), "Xi met Putin on Wednesday.").unwrap();
    assert!(shell(place, "wiregraph build samples").status.success());
    for copy in ["yesterday.db", "old.db"] {
        fs::copy(place.join("out/graph.db"), place.join(copy)).unwrap();
    }
    fs::write(place.join("judgements.jsonl"), "").unwrap();
    for folder in [".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"] {
        fs::create_dir_all(place.join(folder)).unwrap();
    }
}

#[test]
fn every_example_of_the_help_runs() {
    let place = tempfile::tempdir().unwrap();
    prepare(place.path());
    let help = text(&shell(place.path(), "wiregraph --help").stdout);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let mut commands: Vec<&str> =
        commands.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next()).collect();
    commands.retain(|command| !["help", "gazetteer"].contains(command));
    assert!(commands.len() > 30, "{commands:?}");
    // What changes the database comes last.
    let changes = ["merge", "split", "distinct", "rename", "confirm", "reject", "log", "undo", "forget"];
    commands.sort_by_key(|command| changes.iter().position(|change| change == command).map_or(0, |at| at + 1));
    let mut examples = 0;
    for command in commands {
        let help = text(&shell(place.path(), &format!("wiregraph {command} --help")).stdout);
        let lines =
            help.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| line.starts_with("wiregraph "));
        for line in lines {
            examples += 1;
            let output = shell(place.path(), line);
            // `diff` ends with 1 where something differs.
            let expected = if command == "diff" { 0..=1 } else { 0..=0 };
            let code = output.status.code().unwrap();
            assert!(expected.contains(&code), "{line}\nends with {code}: {}", text(&output.stderr));
        }
    }
    assert!(examples > 30, "only {examples} examples");
}
