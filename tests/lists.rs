//! Lists of one's own: what `lint` finds in them, how they lie over the shipped ones, and the commands around both.

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use wiregraph::gazetteer::Gazetteer;
use wiregraph::gazetteer::lint::{Finding, lint};

const HEADER: &str = "id\ttype\tname\tcountry\tsector\tgender\tstands_for\taliases\troles\n";

/// Findings of a list below the usual header, as `line:column level rule: found -> suggestion`.
fn findings(rows: &[&str]) -> Vec<String> {
    told(&lint(&[("mine.tsv", &format!("{HEADER}{}\n", rows.join("\n")))], shipped()))
}

fn shipped() -> &'static Gazetteer {
    static SHIPPED: OnceLock<Gazetteer> = OnceLock::new();
    SHIPPED.get_or_init(|| Gazetteer::embedded().unwrap())
}

fn told(findings: &[Finding]) -> Vec<String> {
    let tell = |f: &Finding| {
        let meant = f.suggestion.as_ref().map_or_else(String::new, |words| format!(" -> {words}"));
        format!("{}:{} {} {}: {}{meant}", f.line, f.column, f.level.as_str(), f.rule, f.found)
    };
    findings.iter().map(tell).collect()
}

#[test]
fn the_shipped_lists_have_no_errors() {
    let mut command = Command::cargo_bin("wiregraph").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["gazetteer", "lint", "--errors", "--format", "tsv"]);
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(0), "{}{err}", out.lines().take(20).collect::<Vec<_>>().join("\n"));
    assert!(err.starts_with("0 errors, "), "{err}");
}

#[test]
fn a_sound_list_has_no_findings() {
    let rows = [
        "org:acme\tORG\tAcme Holdings\tFRA\tBUS\t\t\tAcme|short|context; ACME|acronym\t",
        "person:ada-quill\tPERSON\tAda Quill\tFRA\tGOV\tf\t\tQuill|surname|context\tforeign minister of state:FRA 1801-05-07..1803-01 @factbook; adviser of org:acme; spokesperson of org:mfa:RUS 2003?..2004?",
        "place:quillton\tPLACE\tQuillton\tIGO\t\t\tstate:FRA\tReading|name|ambiguous; Quilltonian|demonym\t",
    ];
    assert_eq!(findings(&rows), [""; 0]);
}

#[test]
fn ids_and_codes_that_are_not_there_are_told_with_what_was_meant() {
    let rows = [
        "org:one\tOGR\tOne Quill\tFR\tGVO\t\t\t\t",
        "org:one\tORG\tTwo Quill\tFRX\t\tx\t\t\t",
        "org two\tORG\tThree Quill\t\t\tm\tstate:FRE\t\t",
        "\tORG\t\t\t\t\t\t\t",
        "state:FRA\tPLACE\tFrance again\tFRA\t\t\t\t\t\textra",
    ];
    assert_eq!(
        findings(&rows),
        [
            "2:9 error type: type \"OGR\" -> ORG",
            "2:23 error country: country \"FR\" -> FRA",
            "2:26 error sector: sector \"GVO\" -> GOV",
            "3:1 error duplicate: id \"org:one\", which mine.tsv:2 has",
            "3:23 error country: country \"FRX\"",
            "3:28 error gender: gender \"x\"",
            "4:1 error id: id \"org two\"",
            "4:27 warning gender: a gender for a ORG",
            "4:29 error points-nowhere: stands_for \"state:FRE\" -> state:FRA",
            "5:1 error id: no id",
            "5:6 error name: no name",
            "6:39 error columns: 10 columns",
        ]
    );
}

#[test]
fn headers_are_looked_at_first() {
    let headers = |text: &str| told(&lint(&[("mine.tsv", text)], shipped()));
    assert_eq!(
        headers("id\ttype\tnaem\tname\tname\n"),
        ["1:9 error header: column \"naem\" -> name", "1:19 error header: a second column \"name\"",]
    );
    assert_eq!(headers("id\tname\n"), ["1:1 error header: no column \"type\""]);
    assert_eq!(headers("# nothing\n\n"), [""; 0]);
    let sources = "id\ttitle\tedition\nbook\tA book\t2030-01-01\nbook\tAnother\t2030-01-01\n";
    assert_eq!(headers(sources), ["3:1 error duplicate: id \"book\", which line 2 has"]);
}

#[test]
fn offices_and_their_dates_are_checked() {
    let role = |role: &str| findings(&[&format!("person:a\tPERSON\tAda Quill\tFRA\tGOV\tf\t\t\t{role}")]);
    assert_eq!(
        role("forein minister of state:FRA"),
        ["2:39 error title: title \"forein minister\" -> foreign minister"]
    );
    assert_eq!(
        role("president of state:FRE 1801?..1802?"),
        ["2:52 error points-nowhere: an office of \"state:FRE\" -> state:FRA"]
    );
    assert_eq!(
        role("president of state:FRA 1803?..1801?"),
        ["2:62 error date-order: \"1803?..1801?\" ends before it begins -> 1801?..1803?"]
    );
    assert_eq!(role("president of state:FRA 1801-13.."), ["2:62 error date: dates \"1801-13..\""]);
    assert_eq!(
        role("president of state:FRA 1801..1802?"),
        ["2:62 warning unchecked: \"president of state:FRA 1801..1802?\" names no source"]
    );
    assert_eq!(role("president of state:FRA 1801..1802? @factbok"), ["2:75 error source: source @factbok -> factbook"]);
    assert_eq!(
        role("adviser of state:FRA 2090-01-01..? @factbook")
            .iter()
            .filter(|told| told.contains("checked against what ends"))
            .count(),
        1
    );
    assert_eq!(role("president in Paris"), ["2:39 error role: role \"president in Paris\""]);
}

#[test]
fn two_holders_of_one_office_are_a_warning() {
    let list = |first: &str, second: &str, title: &str| {
        let row = |id: &str, name: &str, dates: &str| {
            format!("person:{id}\tPERSON\t{name}\tFRA\tGOV\tf\t\t\t{title} of org:acme {dates}")
        };
        let rows = [
            "org:acme\tORG\tAcme Holdings\tFRA\t\t\t\t\t".to_owned(),
            row("ada", "Ada Quill", first),
            row("bert", "Bert Quill", second),
        ];
        findings(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let overlap = list("2001-01-01?..2005-01-01?", "2004-01-01?..2008-01-01?", "chief executive");
    assert_eq!(overlap, ["4:43 warning overlap: chief executive of org:acme while person:ada is (mine.tsv:3)"]);
    assert_eq!(list("2001?..?", "2004?..2008?", "chief executive").len(), 1, "an open end");
    assert_eq!(list("2001?..2004?", "2004?..2008?", "chief executive"), [""; 0], "within the precision of the dates");
    assert_eq!(list("2001-01-01?..2004-01-20?", "2004-01-01?..2008?", "chief executive"), [""; 0], "a handover");
    assert_eq!(list("2001?..?", "2004?..2008?", "spokesperson"), [""; 0], "several at a time");
}

#[test]
fn names_that_mean_too_much_are_told() {
    let rows = [
        "org:one\tORG\tQuill Bank\tFRA\t\t\t\tReading; Zorva|nmae; QB|acronym|contxt; Quill, Ada; Quill Bank\t",
        "org:two\tORG\tQuill Group\tFRA\t\t\t\tQuill Bank; QG; QG|acronym\t",
    ];
    assert_eq!(
        findings(&rows),
        [
            "2:31 warning common-word: \"Reading\", an everyday English word -> Reading|name|ambiguous, or |context",
            "2:46 error alias: alias kind \"nmae\" -> name",
            "2:63 error alias: alias flag \"contxt\" -> context",
            "2:71 error alias: a comma in \"Quill, Ada\"",
            "3:32 warning clash: \"Quill Bank\", which org:one has without a flag (mine.tsv:2) -> Quill Bank|name|ambiguous, or |context",
            "3:48 warning duplicate: \"QG\" a second time",
        ]
    );
    // People and priors settle who is meant.
    let weighed = "id\ttype\tname\tpopulation\nplace:a\tPLACE\tQuillton\t500\nplace:b\tPLACE\tQuillton\t70\n";
    assert_eq!(told(&lint(&[("mine.tsv", weighed)], shipped())), [""; 0]);
}

#[test]
fn letters_that_nobody_sees_are_named() {
    let rows = [
        "org:one\tORG\tQuill\u{200b} Bank\tFRA\t\t\t\tQuill\u{a0}Group\t",
        "org:two\tORG\tQuill \u{202e}House\tFRA\t\t\t\tМoscow Quill; Πaris; Москва Quill\t",
        "org:three\tORG\t Quill Post\tFRA\t\t\t\tQuill  Mail\t",
    ];
    assert_eq!(
        findings(&rows),
        [
            "2:18 error characters: a zero-width blank (U+200B) -> nothing there",
            "2:37 error characters: a hard blank (U+00A0) -> a plain blank",
            "3:19 error characters: a mark of direction (U+202E) -> nothing there",
            "3:33 error characters: \"Мoscow\" with Cyrillic \"М\" among Latin letters -> Moscow",
            "3:47 error characters: \"Πaris\" with Greek \"Π\" among Latin letters",
            "4:15 warning blanks: blanks around \"Quill Post\" -> Quill Post",
            "4:34 warning blanks: two blanks in a row -> Quill Mail",
        ]
    );
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("wiregraph").unwrap();
        let output = command.current_dir(self.0.path()).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

#[test]
fn lint_is_a_command_with_an_exit_code() {
    let place = Place::new();
    place.file("lists/good.tsv", &format!("{HEADER}org:acme\tORG\tAcme Holdings\tFRA\t\t\t\t\t\n"));
    let (code, out, err) = place.run(&["gazetteer", "lint", "lists"]);
    assert_eq!((code, out.lines().count(), err.as_str()), (0, 1, "0 errors, 0 warnings\n"), "{out}");
    place.file("lists/bad.tsv", &format!("{HEADER}org:acme2\tOGR\tReading\tFRA\t\t\t\t\t\n"));
    let (code, out, err) = place.run(&["gazetteer", "lint", "lists", "--format", "jsonl"]);
    assert_eq!((code, err.as_str()), (1, "1 errors, 1 warnings: 1 common-word, 1 type\n"));
    let first: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(
        (first["file"].as_str(), first["line"].as_u64(), first["suggestion"].as_str()),
        (Some("lists/bad.tsv"), Some(2), Some("ORG"))
    );
    let (_, out, _) = place.run(&["gazetteer", "lint", "lists", "--errors"]);
    assert!(out.contains("lists/bad.tsv:2:11\terror\ttype\t") && !out.contains("common-word"), "{out}");
    place.file("bytes.tsv", "");
    fs::write(place.0.path().join("bytes.tsv"), b"id\ttype\tname\norg:x\tORG\tBr\xffken\n").unwrap();
    let (code, _, err) = place.run(&["gazetteer", "lint", "bytes.tsv"]);
    assert_eq!(code, 2);
    assert!(err.contains("bytes.tsv:2:13: byte 0xFF; expected UTF-8"), "{err}");
}

#[test]
fn import_is_a_command_with_an_exit_code() {
    let place = Place::new();
    place.file("mine.csv", "Label,Kind\nQuill Bank,company\n,company\n");
    let (code, out, err) = place.run(&["gazetteer", "import", "--format", "table", "mine.csv", "-o", "mine.tsv"]);
    assert_eq!((code, out.as_str()), (3, ""), "{err}");
    assert!(err.contains("failed: mine.csv:3:1: no name; expected a name in every row"), "{err}");
    assert!(err.contains("mine.tsv: 1 entities, 1 aliases from 2 lines"), "{err}");
    assert!(fs::read_to_string(place.0.path().join("mine.tsv")).unwrap().contains("mine:quill-bank\tORG\tQuill Bank"));
    let (code, _, err) =
        place.run(&["gazetteer", "import", "--format", "table", "mine.csv", "--map", "name=Lable", "-o", "mine.tsv"]);
    assert_eq!(code, 2);
    assert!(err.contains("(did you mean Label?); its columns are: Label, Kind"), "{err}");
    assert!(
        fs::read_to_string(place.0.path().join("mine.tsv")).unwrap().contains("Quill Bank"),
        "the list of before stays"
    );
    let (code, _, err) =
        place.run(&["gazetteer", "import", "--format", "geonames", "--country", "Atlantis", "mine.csv"]);
    assert_eq!(code, 2, "{err}");
    let (code, out, _) = place.run(&["gazetteer", "lint", "mine.tsv"]);
    assert_eq!(code, 0, "{out}");
}

const REPORT: &str = "The Quillmark Combine praised France on Monday. Norvenia criticised the Quillmark Combine.";

/// The names of a report with their ids, as the program reads it with these options.
fn mentions(place: &Place, options: &[&str]) -> (Vec<String>, String) {
    place.file("report.txt", REPORT);
    let (code, out, err) = place.run(&[&["extract", "report.txt"], options].concat());
    assert_eq!(code, 0, "{err}");
    let analysis: serde_json::Value = serde_json::from_str(&out).unwrap();
    let mention =
        |m: &serde_json::Value| format!("{} {}", m["text"].as_str().unwrap(), m["entity_id"].as_str().unwrap());
    (analysis["mentions"].as_array().unwrap().iter().map(mention).collect(), err)
}

#[test]
fn lists_of_ones_own_lie_over_the_shipped_ones() {
    let place = Place::new();
    let (before, _) = mentions(&place, &[]);
    assert!(!before.contains(&"Quillmark Combine org:quillmark".to_owned()), "{before:?}");
    place.file(
        "a.tsv",
        "id\ttype\tname\taliases\norg:quillmark\tORG\tQuillmark Combine\t\nstate:NRV\tPLACE\tNorvenia\t\n",
    );
    let (found, err) = mentions(&place, &["--gazetteer", "a.tsv"]);
    assert!(found.contains(&"Quillmark Combine org:quillmark".to_owned()), "{found:?}");
    assert!(
        found.contains(&"Norvenia state:NRV".to_owned()) && found.contains(&"France state:FRA".to_owned()),
        "{found:?}"
    );
    assert_eq!(err, "");
    // A later list wins by id, and says so.
    place.file("b/one.tsv", "id\ttype\tname\naaa:quill\tORG\tFrance\norg:quillmark\tPLACE\tQuillmark Combine\n");
    let (_, err) = mentions(&place, &["--gazetteer", "a.tsv", "--gazetteer", "b"]);
    assert!(err.contains("note: 1 rows take the place of rows of one id in earlier lists"), "{err}");
    assert!(err.contains("note: 1 change the type: org:quillmark was ORG and is PLACE"), "{err}");
    assert!(
        err.contains("share a name that neither flags as ambiguous: \"France\" is state:FRA and aaa:quill"),
        "{err}"
    );
    let (alone, _) = mentions(&place, &["--gazetteer", "a.tsv", "--no-shipped-gazetteer"]);
    assert!(
        alone.contains(&"Norvenia state:NRV".to_owned()) && !alone.iter().any(|name| name == "France state:FRA"),
        "{alone:?}"
    );
}

#[test]
fn a_list_that_cannot_be_used_is_named() {
    let place = Place::new();
    place.file("report.txt", REPORT);
    place.file("bad.tsv", "id\ttype\tname\norg:x\tOGR\tX\n");
    let refused = |options: &[&str], words: &str| {
        let (code, out, err) = place.run(&[&["extract", "report.txt"], options].concat());
        assert!([2, 3].contains(&code) && out.is_empty() && err.contains(words), "{code} {out} {err}");
    };
    refused(&["--gazetteer", "bad.tsv"], "bad.tsv:2:7: type \"OGR\"");
    refused(&["--gazetteer", "none.tsv"], "none.tsv: ");
    fs::create_dir(place.0.path().join("empty")).unwrap();
    refused(&["--gazetteer", "empty"], "empty: no list in the folder");
    refused(&["--no-shipped-gazetteer"], "--gazetteer");
}

#[test]
fn other_lists_make_a_database_read_its_reports_again() {
    let place = Place::new();
    place.file("in/report.txt", REPORT);
    let list = "id\ttype\tname\norg:quillmark\tORG\tQuillmark Combine\n";
    place.file("a.tsv", list);
    let build = |options: &[&str]| {
        let (code, out, err) = place.run(&[&["build", "in"], options].concat());
        assert_eq!(code, 0, "{err}");
        out.lines().nth(1).unwrap().split_once("   ").unwrap().1.trim().to_owned()
    };
    assert!(build(&[]).ends_with("1 new, 0 changed, 0 unchanged"));
    assert!(build(&["--gazetteer", "a.tsv"]).ends_with("0 new, 1 changed, 0 unchanged"));
    assert!(build(&["--gazetteer", "a.tsv"]).ends_with("0 new, 0 changed, 1 unchanged"));
    // Its content counts, not its name.
    place.file("b.tsv", list);
    assert!(build(&["--gazetteer", "b.tsv"]).ends_with("0 new, 0 changed, 1 unchanged"));
    place.file("b.tsv", &list.replace("Combine", "Union"));
    assert!(build(&["--gazetteer", "b.tsv"]).ends_with("0 new, 1 changed, 0 unchanged"));
}

#[test]
fn a_compiled_table_is_a_list_too() {
    let place = Place::new();
    let list = "id\ttype\tname\taliases\norg:quillmark\tORG\tQuillmark Combine\t\n";
    place.file("a.tsv", list);
    let many: String = (0..45_000).map(|n| format!("org:n{n}\tORG\tZorva Works {n}\t\n")).collect();
    place.file("b.tsv", &format!("# many\nid\ttype\tname\taliases\n{many}"));
    let (code, _, err) = place.run(&["gazetteer", "compile", "a.tsv", "b.tsv", "-o", "names.table"]);
    assert_eq!(code, 0, "{err}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| place.0.path().join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode("names.table"), mode("a.tsv"), "as readable as any other file");
    }
    assert!(err.starts_with("names.table: 45001 entities, 45001 aliases, "), "{err}");
    let (found, err) = mentions(&place, &["--gazetteer", "names.table"]);
    assert!(found.contains(&"Quillmark Combine org:quillmark".to_owned()), "{found:?} {err}");
    // Faults are placed in the file, however far down they stand.
    place.file("b.tsv", &format!("# many\nid\ttype\tname\taliases\n{many}org:odd\tOGR\tOdd\t\n"));
    let (code, _, err) = place.run(&["gazetteer", "compile", "b.tsv", "-o", "names.table"]);
    assert_eq!(code, 2);
    assert!(err.contains("b.tsv:45003:9: type \"OGR\""), "{err}");
    let (code, _, err) = place.run(&["gazetteer", "compile", "a.tsv", "a.tsv", "-o", "names.table"]);
    assert_eq!(code, 2, "{err}");
}
