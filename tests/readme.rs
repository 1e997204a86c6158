//! The session that README.md shows, typed again: every command ends well and prints what stands there.
//!
//! When answers change on purpose: `README_UPDATE=1 cargo test --test readme` writes the new ones.

mod program;
mod store_reports;

use program::{commands, run_in};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
#[test]
fn the_session_in_the_readme_is_true() {
    let file = Path::new(ROOT).join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let place = tempfile::tempdir().unwrap();
    prepare(place.path());
    let again = typed_again(&readme, place.path());
    if std::env::var_os("README_UPDATE").is_some() {
        fs::write(&file, again).unwrap();
    } else {
        for (number, (shown, true_line)) in readme.lines().zip(again.lines()).enumerate() {
            assert_eq!(shown, true_line, "README.md:{}: see README_UPDATE above", number + 1);
        }
        assert_eq!(readme, again);
    }
}

/// What a reader has after cloning: the samples, and a folder for answers.
fn prepare(place: &Path) {
    fs::create_dir(place.join("samples")).unwrap();
    for sample in fs::read_dir(Path::new(ROOT).join("samples")).unwrap().map(|entry| entry.unwrap().path()) {
        fs::copy(&sample, place.join("samples").join(sample.file_name().unwrap())).unwrap();
    }
}

/// The text with the answers in its `console` blocks as they are now.
fn typed_again(readme: &str, place: &Path) -> String {
    let mut again = String::new();
    let mut lines = readme.lines().peekable();
    let (mut session, mut commands) = (false, 0);
    while let Some(line) = lines.next() {
        again += &format!("{line}\n");
        session = if line.starts_with("```") { line == "```console" } else { session };
        let Some(command) = line.strip_prefix("$ ").filter(|_| session) else { continue };
        commands += 1;
        while lines.next_if(|next| !next.starts_with("$ ") && !next.starts_with("```")).is_some() {}
        let answer = answer(command, place);
        again += answer.trim_end();
        if !answer.trim_end().is_empty() {
            again.push('\n');
        }
        if lines.peek().is_some_and(|next| next.starts_with("$ ")) {
            again.push('\n');
        }
    }
    assert!(commands >= 10, "only {commands} commands were found");
    again
}

/// Commands whose answer is a table on a terminal: they have the option.
fn tables() -> &'static BTreeSet<String> {
    static TABLES: OnceLock<BTreeSet<String>> = OnceLock::new();
    let has_tables =
        |command: &String| run_in(Path::new("."), &[command, "--help"], "").found().contains("--format <FORMAT>");
    let is_question = |command: &String| !["export", "gazetteer", "rules"].contains(&&**command);
    TABLES.get_or_init(|| commands().into_iter().filter(is_question).filter(has_tables).collect())
}

/// Standard output as a terminal would have it.
fn answer(command: &str, place: &Path) -> String {
    let program = assert_cmd::cargo::cargo_bin("wiregraph");
    let mut path = vec![PathBuf::from(program.parent().unwrap())];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    let mut words = command.split_whitespace().skip(1);
    let wants_table = words.next().is_some_and(|word| tables().contains(word)) && !command.contains("--format");
    let typed = match command.split_once(" | ") {
        Some((first, rest)) if wants_table => format!("{first} --format table | {rest}"),
        None if wants_table => format!("{command} --format table"),
        _ => command.to_owned(),
    };
    let output = Command::new("sh")
        .args(["-c", &typed])
        .current_dir(place)
        .env("PATH", std::env::join_paths(path).unwrap())
        .output()
        .unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
