//! `rules lint | test | stats` and `--rules`: a pack of the user's own is checked, tried before the shipped rules, and part of
//! what a database remembers about its documents.

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;

struct Place(tempfile::TempDir);

impl Place {
    /// A folder with a pack `own/praise.toml` and a report `report.txt`.
    fn with(pack: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::create_dir(place.file("own")).unwrap();
        fs::write(place.file("own/praise.toml"), pack).unwrap();
        fs::write(place.file("report.txt"), "Norway praised Greece on Monday. Greece visited Norway.\n").unwrap();
        place
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("wiregraph").unwrap();
        let output = command.current_dir(self.0.path()).env_remove("NO_COLOR").args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

const SOUND: &str = r#"
[words]
laud = "praise laud"

[[rule]]
relation = "sings of"
event = "SUPPORT"
frames = ["{subject} <laud> {object}"]
examples = ["Norway praised Greece. => Norway -sings of-> Greece"]
"#;

const FAULTY: &str = r#"
[words]
idle = "a b"

[[rule]]
relation = "sings of"
event = "SUPORT"
frames = ["{subject} praise {objct}", "{subject} laud {object}", "{subject} laud {object}"]
examples = ["Norway lauded Greece."]
"#;

#[test]
fn lint_names_every_fault_with_its_place_and_the_fix() {
    let place = Place::with(FAULTY);
    let (code, out, err) = place.run(&["rules", "lint", "own"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    for fault in [
        "own/praise.toml:7:9: event \"SUPORT\"; expected one of ACCUSE",
        "own/praise.toml:8:11: frame \"{subject} praise {objct}\"; expected one of the slots subject, object",
        "own/praise.toml:8:66: frame \"{subject} laud {object}\", which stands at own/praise.toml:8:39 already",
        "own/praise.toml:9:13: example \"Norway lauded Greece.\"; expected \"sentence => edge\"",
        "own/praise.toml:3:1: list \"idle\", which no frame names; expected <idle> in a frame",
    ] {
        assert!(err.contains(fault), "{fault} is missing from {err}");
    }
    let (code, _, err) = place.run(&["extract", "report.txt", "--rules", "own"]);
    assert_eq!(code, 2, "{err}");
}

#[test]
fn the_shipped_rules_are_sound() {
    let place = Place::with(SOUND);
    assert_eq!(place.run(&["rules", "lint"]).0, 0);
    assert_eq!(place.run(&["rules", "lint", "own"]).0, 0);
    let (code, _, err) = place.run(&["rules", "lint", "nowhere"]);
    assert!(code == 3 && err.contains("nowhere"), "{err}");
}

#[test]
fn examples_are_run_and_broken_ones_shown() {
    let place = Place::with(SOUND);
    let (code, _, err) = place.run(&["rules", "test", "own"]);
    // The shipped promise that Norway "praises" Greece is the pack's to break.
    assert!(code == 1 && err.contains(" 1 broken"), "{err}");
    assert!(err.contains("expected  Norway -praises-> Greece") && err.contains("[sings of]"), "{err}");
    assert!(!err.contains("own/praise.toml"), "{err}");
}

#[test]
fn a_pack_of_ones_own_comes_first_and_is_remembered() {
    let place = Place::with(SOUND);
    let (_, plain, _) = place.run(&["extract", "report.txt"]);
    let (_, own, _) = place.run(&["extract", "report.txt", "--rules", "own"]);
    assert!(plain.contains("\"rule\":\"diplomacy/praises\"") && plain.contains("diplomacy/visits"), "{plain}");
    assert!(own.contains("\"rule\":\"praise/sings of\"") && own.contains("diplomacy/visits"), "{own}");
    let build = |rules: &[&str]| {
        let (code, out, err) = place.run(&[&["build", "report.txt"], rules].concat());
        assert_eq!(code, 0, "{err}");
        let sql = "SELECT rule FROM evidence ORDER BY rule";
        let (_, stored, _) = place.run(&["sql", sql, "--format", "tsv"]);
        (format!("{out}{err}"), stored)
    };
    assert!(build(&[]).1.contains("diplomacy/praises"));
    // The same report under other rules is read again, and not a third time.
    assert!(build(&["--rules", "own"]).1.contains("praise/sings of"));
    let (code, stats, err) = place.run(&["rules", "stats", "--rules", "own", "--format", "tsv"]);
    assert_eq!(code, 0, "{err}");
    assert!(stats.contains("praise/sings of\tSUPPORT\t1\t1\t1\tNorway praised Greece on Monday."), "{stats}");
    let (_, counted, _) = place.run(&["rules", "stats", "report.txt", "--format", "tsv"]);
    assert!(counted.contains("diplomacy/praises\tSUPPORT"), "{counted}");
}
