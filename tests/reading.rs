//! Files, folders, JSON lines and bytes of every kind in; documents with true offsets, or a reason, out.

use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::tempdir;
use wiregraph::document::{BlockKind, Document, Options, Reports, read};
use wiregraph::text::Span;

const REPORT: &str = "Two envoys crossed the river on Monday.";

fn all(paths: &[&Path]) -> (Vec<Document>, Vec<String>, Reports) {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
    let mut reports = read(&paths, &Options::default());
    let (mut documents, mut failures) = (Vec::new(), Vec::new());
    for item in &mut reports {
        match item {
            Ok(document) => documents.push(document),
            Err(error) => failures.push(error.to_string()),
        }
    }
    (documents, failures, reports)
}

fn ids(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.id.as_str()).collect()
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path
}

#[test]
fn a_folder_is_read_in_order_and_keeps_its_paths_to_itself() {
    let folder = tempdir().unwrap();
    for name in ["b.txt", "a/z.txt", "a/notes", ".hidden.txt", ".git/x.txt", "c.jsonl"] {
        let content = if name.ends_with("jsonl") { format!("{{\"text\": \"{REPORT}\"}}\n") } else { REPORT.into() };
        write(folder.path(), name, content);
    }
    write(folder.path(), "d.pdf", "%PDF");
    write(folder.path(), "image", [0u8, 159, 146, 150, 0, 0, 1, 2]);
    let (documents, failures, reports) = all(&[folder.path()]);
    assert_eq!(ids(&documents), ["a/notes", "a/z.txt", "b.txt", "c.jsonl:1"]);
    assert!(failures.is_empty(), "{failures:?}");
    let skipped: Vec<_> = reports.skipped().iter().map(|s| s.path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(skipped, ["d.pdf", "image"]);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
    let folder = tempdir().unwrap();
    let empty = write(folder.path(), "empty.txt", "");
    let blank = write(folder.path(), "blank.txt", " \n\n");
    let binary = write(folder.path(), "binary.txt", (0..=255u8).cycle().take(3000).collect::<Vec<_>>());
    let good = write(folder.path(), "good.txt", REPORT);
    let book = write(folder.path(), "book.pdf", "%PDF-1.7");
    let none = folder.path().join("none");
    fs::create_dir(&none).unwrap();
    write(&none, "x.png", "");
    let missing = folder.path().join("missing.txt");
    let (documents, failures, _) = all(&[&empty, &blank, &binary, &missing, &book, &none, &good]);
    assert_eq!(ids(&documents), ["good.txt"]);
    let expected = [
        "the file is empty",
        "only blanks",
        "no text: ",
        "No such file",
        ".pdf files are not read",
        "no reports, 1 of another format",
    ];
    assert_eq!(failures.len(), expected.len());
    for (failure, (reason, name)) in failures.iter().zip(expected.iter().zip([
        "empty.txt",
        "blank.txt",
        "binary.txt",
        "missing.txt",
        "book.pdf",
        "none",
    ])) {
        assert!(failure.contains(reason) && failure.contains(name), "{failure}");
    }
}

#[test]
fn json_lines_keep_what_is_whole() {
    let folder = tempdir().unwrap();
    let lines = [
        r#"{"id": "a", "text": "Two envoys met on Monday.", "published": "2022-06-15", "source": "The Wire", "tags": [1]}"#,
        r#"{"id": "b", "text": "cut off"#,
        "",
        r#"["no", "object"]"#,
        r#"{"id": "c"}"#,
        r#"{"text": "  Leading blanks stay."}"#,
        r#"{"id": "a", "text": "The same id again."}"#,
        r#"{"id": "e", "text": ""}"#,
    ];
    let path = write(folder.path(), "wire.jsonl", format!("\u{FEFF}{}", lines.join("\r\n")));
    let (documents, failures, _) = all(&[&path]);
    assert_eq!(ids(&documents), ["a", "wire.jsonl:6", "a~2", "e"]);
    assert_eq!(documents[0].published.unwrap().to_string(), "2022-06-15");
    assert_eq!(documents[0].source.as_deref(), Some("The Wire"));
    assert_eq!(documents[1].text, "  Leading blanks stay.");
    assert_eq!(documents[2].notes[0].kind, "duplicate");
    assert_eq!(documents[3].notes[0].kind, "no-prose");
    let places: Vec<_> = failures.iter().map(|failure| failure.split("wire.jsonl:").nth(1).unwrap()).collect();
    assert!(places[0].starts_with("2:28: broken JSON"), "{}", places[0]);
    assert!(places[1].starts_with("4:1: JSON, but a list; expected a JSON object"), "{}", places[1]);
    assert!(places[2].starts_with("5:1: an object without \"text\""), "{}", places[2]);
}

#[test]
fn damaged_bytes_are_counted_and_the_report_kept() {
    let folder = tempdir().unwrap();
    let report = b"Envoys from K\xC3\xB6ln met in a caf\xFF in Geneva on Monday.";
    let text = write(folder.path(), "a.txt", report);
    let line = write(folder.path(), "b.jsonl", [&b"{\"text\": \""[..], report, b"\"}\n"].concat());
    let (documents, failures, _) = all(&[&text, &line]);
    assert!(failures.is_empty());
    for document in &documents {
        assert!(document.text.contains("caf\u{FFFD} in"));
        assert_eq!(document.notes[0].kind, "encoding");
        assert_eq!(document.notes[0].span.of(&document.text), "\u{FFFD}");
    }
}

#[test]
fn lines_that_are_no_text_are_refused_once() {
    let folder = tempdir().unwrap();
    let noise: Vec<u8> = (0..4000u32).map(|i| (i * i % 251) as u8).collect();
    let binary = write(folder.path(), "a.jsonl", noise);
    let (documents, failures, _) = all(&[&binary]);
    assert!(documents.is_empty());
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert!(failures[0].contains("no text: "));
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = tempdir().unwrap();
    let path = write(folder.path(), "a.txt", REPORT);
    let (documents, _, reports) = all(&[folder.path(), &path]);
    assert_eq!((documents.len(), reports.skipped().len()), (1, 1));
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_end() {
    let folder = tempdir().unwrap();
    write(folder.path(), "a.txt", REPORT);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("dead.txt")).unwrap();
    let (documents, failures, reports) = all(&[folder.path()]);
    assert_eq!((documents.len(), failures.len(), reports.skipped().len()), (1, 1, 1), "{failures:?}");
}

#[test]
fn options_fill_what_nothing_else_tells() {
    let folder = tempdir().unwrap();
    let plain = write(folder.path(), "a.txt", REPORT);
    let dated =
        write(folder.path(), "b.txt", "Envoys meet\nBy AFP\nJune 15, 2022\n\nTwo envoys crossed the river on Monday.");
    let options = Options { published: "2020-01-02".parse().ok(), source: Some("desk".into()), ..Options::default() };
    let told: Vec<_> = read(&[plain, dated], &options)
        .map(|item| item.map(|d| (d.source.unwrap(), d.published.unwrap().to_string())).unwrap())
        .collect();
    assert_eq!(told, [("desk".into(), "2020-01-02".into()), ("AFP".into(), "2022-06-15".into())]);
}

/// What no block need hold and what a block's text may leave out: white space, control characters, characters without
/// width; lone combining marks and joiners; hyphens at line ends, marks of quoted mail, bullets and footnote marks.
fn is_void(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || "\u{AD}\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{202A}\u{202E}\u{2060}\u{FEFF}->•".contains(c)
}

/// The bullet or number before a point of a list.
fn is_mark(c: char) -> bool {
    c.is_ascii_digit() || "•·*–—.()".contains(c)
}

fn check(text: &str) {
    let document = Document::new("x".into(), None, None, text.into(), Vec::new());
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end && !block.span.is_empty(), "blocks overlap in {text:?}");
        assert!(
            text[end..block.span.start].chars().all(|c| is_void(c) || is_mark(c)),
            "a gap holds {:?}",
            &text[end..block.span.start]
        );
        end = block.span.end;
        let mut last = Span::new(block.span.start, block.span.start);
        for (at, c) in block.text.char_indices() {
            let span = block.in_document(Span::new(at, at + c.len_utf8()));
            let behind = span.of(text);
            // A blank may stand for page numbers, too, in mid-sentence.
            let same = behind == c.to_string() || (c == ' ' && behind.starts_with(is_void));
            let plain = !behind.is_ascii() || ["``", "''", "`"].contains(&behind);
            assert!(same || plain, "{c:?} is {behind:?} in {text:?}");
            assert!(
                span == last || span.start >= last.end,
                "{c:?} is {behind:?}, before what comes before it in {text:?}"
            );
            assert!(block.span.contains(span));
            let whole = block.in_text(span);
            assert!(
                whole.contains(Span::new(at, at + c.len_utf8())) || c == ' ',
                "{c:?} is not found again in {text:?}"
            );
            last = span;
        }
        assert!(!block.text.contains("  ") && block.text.trim() == block.text);
    }
    assert!(text[end..].chars().all(is_void));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_text_is_laid_out_with_true_offsets(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_page_is_laid_out_with_true_offsets(parts in prop::collection::vec(prop::sample::select(PARTS), 0..30)) {
        check(&parts.concat());
    }
}

const PARTS: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{A0}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{C}",
    "\0",
    "\u{FFFD}",
    "é",
    "Kyiv",
    "said ",
    "of",
    "-",
    "— ",
    ".",
    "\"",
    "“",
    "”",
    "BEIJING, June 15 (Reuters) - ",
    "By AFP",
    "June 15, 2022",
    "https://a.example/x",
    "Read more:",
    "<script>",
    "</script>",
    "<b>",
    "Â",
    "習近平",
    "IMAGE: ",
    "Two envoys crossed the river on Monday.",
    "the two sides had agreed to meet in",
    "'No limits' relationship",
    "(",
    ")",
    "🇺🇦",
    "e\u{301}",
    ": ",
    "5",
    "REUTERS/Jane",
    "ﬁ",
    "govern-",
    "\u{AD}",
    "\u{200D}",
    "‑",
    "„",
    "«",
    "``",
    "''",
    "â€™",
    "Ã¢â‚¬â„¢",
    "Ð\u{9F}ÑƒÑ‚Ð¸Ð½",
    "ＮＡＴＯ",
    "> ",
    "-- \n",
    "• ",
    "- ",
    "| 3 | 4 |",
    "\t12\t",
    "- 3 -",
    "\u{C}",
    "[12]",
    "Путин встретился с Си Цзиньпином во вторник.",
];

#[test]
fn the_kinds_are_told_apart_whatever_the_line_ends() {
    let text = "Two Envoys Meet in Geneva\n\nBy Jane Doe\n15 Jun 2022 14:03 GMT\n\nGENEVA (AP) -- Two envoys met on\nWednesday.\n\nRead more: Talks";
    for end in ["\n", "\r\n", "\r"] {
        let document = Document::new("x".into(), None, None, text.replace('\n', end), Vec::new());
        let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
        use BlockKind::*;
        assert_eq!(kinds, [Headline, Byline, Date, Dateline, Prose, Related]);
        assert_eq!(document.blocks[4].text, "Two envoys met on Wednesday.");
    }
}
