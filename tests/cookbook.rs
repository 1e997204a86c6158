//! Every query of docs/sql.md runs, read-only, over the samples, and finds something; in the plain sqlite3 shell, too.

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The queries, each with the line at which it begins.
fn queries() -> Vec<(usize, String)> {
    let text = fs::read_to_string(Path::new(ROOT).join("docs/sql.md")).unwrap();
    let (mut found, mut open): (Vec<(usize, String)>, bool) = (Vec::new(), false);
    for (number, line) in text.lines().enumerate() {
        match line {
            "```sql" => {
                open = true;
                found.push((number + 2, String::new()));
            }
            "```" => open = false,
            line if open => found.last_mut().unwrap().1 += &format!("{line}\n"),
            _ => {}
        }
    }
    found
}

#[test]
fn every_query_of_the_cookbook_finds_something() {
    let place = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let program = assert_cmd::cargo::cargo_bin("wiregraph");
        Command::new(program).current_dir(place.path()).args(arguments).output().unwrap()
    };
    assert!(run(&["build", &format!("{ROOT}/samples")]).status.success());
    let queries = queries();
    assert!(queries.len() >= 20, "only {} queries", queries.len());
    let shell = Command::new("sqlite3").arg("--version").output().is_ok_and(|output| output.status.success());
    for (line, query) in queries {
        let output = run(&["sql", &query, "--format", "csv"]);
        let (rows, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && rows.lines().count() > 1, "docs/sql.md:{line}: {error}\n{query}");
        if shell {
            let output = Command::new("sqlite3")
                .current_dir(place.path())
                .args(["-readonly", "-csv", "-header", "out/graph.db", &query])
                .output()
                .unwrap();
            assert!(output.status.success(), "docs/sql.md:{line}: {}", String::from_utf8_lossy(&output.stderr));
            let theirs = String::from_utf8_lossy(&output.stdout).replace('\r', "");
            assert_eq!(theirs.lines().count(), rows.lines().count(), "docs/sql.md:{line}");
        }
    }
}
