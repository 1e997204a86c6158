//! Packed, foreign, endless and damaged input in; its reports, or the place and reason of each fault, out.

use encoding_rs::Encoding;
use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::fs;
use std::io::Write;
use tempfile::tempdir;
use wiregraph::document::{Document, Options, read, read_bytes};

const REPORT: &str = "Two envoys crossed the river on Monday.\n\nThey returned on Tuesday with a letter.\n";

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes.as_ref()).unwrap();
    packed.finish().unwrap()
}

fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    compress_to_vec(bytes.as_ref(), CompressionLevel::Fastest)
}

/// Reports and failures, in their order among themselves.
fn told(name: &str, bytes: &[u8]) -> (Vec<Document>, Vec<String>) {
    told_in(name, bytes, None)
}

fn told_in(name: &str, bytes: &[u8], encoding: Option<&str>) -> (Vec<Document>, Vec<String>) {
    let encoding = encoding.map(|name| Encoding::for_label(name.as_bytes()).unwrap());
    let (mut documents, mut failures) = (Vec::new(), Vec::new());
    for item in read_bytes(name, bytes, &Options { encoding, ..Options::default() }) {
        match item {
            Ok(document) => documents.push(document),
            Err(error) => failures.push(error.to_string()),
        }
    }
    (documents, failures)
}

#[track_caller]
fn only(name: &str, bytes: &[u8]) -> Document {
    let (mut documents, failures) = told(name, bytes);
    assert!(failures.is_empty(), "{failures:?}");
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn lines(count: usize) -> String {
    (1..=count)
        .map(|n| format!("{{\"id\": \"r{n}\", \"text\": \"Envoy {n} crossed the river on Monday.\"}}\n"))
        .collect()
}

#[test]
fn packed_files_are_read_like_the_files_in_them() {
    for (name, bytes) in [
        ("a.txt.gz", gzip(REPORT)),
        ("a.txt.zst", zstd(REPORT)),
        ("a.TXT.GZ", gzip(REPORT)),
        // The bytes tell, not the name.
        ("a.txt", gzip(REPORT)),
        ("a.gz", zstd(REPORT)),
        ("pipe", gzip(REPORT)),
        ("a.txt.gz", REPORT.into()),
        // Several members or frames, one after the other.
        (
            "b.gz",
            [gzip("Two envoys crossed the river on Monday.\n\n"), gzip("They returned on Tuesday with a letter.\n")]
                .concat(),
        ),
        (
            "b.zst",
            [zstd("Two envoys crossed the river on Monday.\n\n"), zstd("They returned on Tuesday with a letter.\n")]
                .concat(),
        ),
        ("c.zst", [b"\x50\x2A\x4D\x18\x03\0\0\0abc".to_vec(), zstd(REPORT)].concat()),
    ] {
        let document = only(name, &bytes);
        assert_eq!((document.id.as_str(), document.text.as_str()), (name, REPORT));
    }
    for bytes in [gzip(lines(3)), zstd(lines(3))] {
        for name in ["w.jsonl.gz", "w.gz", "pipe"] {
            let ids: Vec<String> = told(name, &bytes).0.into_iter().map(|document| document.id).collect();
            assert_eq!(ids, ["r1", "r2", "r3"]);
        }
    }
}

#[test]
fn data_that_is_cut_off_gives_what_was_whole() {
    let long: String = (0..40_000)
        .map(|n| format!("{{\"id\": \"r{n}\", \"text\": \"Envoy {} left.\"}}\n", n * 7919 % 10007))
        .collect();
    for bytes in [gzip(&long), zstd(&long)] {
        let (documents, failures) = told("w.jsonl.gz", &bytes[..bytes.len() / 2]);
        assert!(documents.len() > 1000 && documents.len() < 39_000, "{}", documents.len());
        assert_eq!(failures.len(), 1, "{failures:?}");
        assert!(failures[0].starts_with("w.jsonl.gz: ") && failures[0].contains("cut off"), "{failures:?}");
        assert!(documents.iter().all(|document| document.text.ends_with("left.")));
    }
    let text: String = (0..9000).map(|n| format!("Envoy {} crossed the river.\n\n", n * 7919 % 10007)).collect();
    let packed = gzip(&text);
    let (documents, failures) = told("a.txt.gz", &packed[..packed.len() / 2]);
    assert_eq!((documents.len(), failures.len()), (1, 1));
    assert!(documents[0].text.ends_with("crossed the river.\n\n") && text.starts_with(&documents[0].text));
    assert_eq!(documents[0].notes[0].kind, "cut-off");
}

#[test]
fn damage_and_nesting_are_named() {
    let mut wrong = gzip(REPORT);
    let sum = wrong.len() - 8;
    wrong[sum] ^= 1;
    let (_, failures) = told("a.txt.gz", &wrong);
    assert!(failures[0].contains("gzip data is damaged"), "{failures:?}");
    let (_, failures) = told("a.txt.gz.gz", &gzip(gzip(REPORT)));
    assert!(failures[0].contains("gzip data inside gzip data; unpack it once"), "{failures:?}");
    let (_, failures) = told("a.tar.gz", &gzip("x"));
    assert!(failures[0].contains(".tar files are not read"), "{failures:?}");
    let (_, failures) = told("pipe", b"%PDF-1.7 ...");
    assert!(failures[0].contains("this is a PDF"), "{failures:?}");
    let (_, failures) = told("a.txt.gz", &[]);
    assert!(failures[0].contains("the file is empty"), "{failures:?}");
}

#[test]
fn a_bomb_is_stopped_with_the_limit_named() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let blanks = vec![b' '; 1 << 20];
    (0..120).for_each(|_| packed.write_all(&blanks).unwrap());
    for bytes in [packed.finish().unwrap(), zstd(vec![0; 70 << 20])] {
        let (documents, failures) = told("bomb.txt.gz", &bytes);
        assert!(documents.is_empty() && failures.len() <= 2, "{failures:?}");
        assert!(failures.iter().any(|failure| failure.contains("more than 1000 times its size")), "{failures:?}");
    }
}

const CYRILLIC: &str = "Министр иностранных дел прибыл в Благовещенск и встретился с послами двух стран.";
const CHINESE: &str = "兩國代表星期三在黑河會晤,討論大橋重新開放的問題。";
const SIMPLE: &str = "两国代表星期三在黑河会晤,讨论大桥重新开放的问题。双方同意继续谈判。";
const JAPANESE: &str = "両国の代表は水曜日に黒河で会談し、橋の再開について話し合いました。";
const KOREAN: &str = "두 나라 대표는 수요일에 헤이허에서 만나 다리 재개통을 논의했습니다.";
const FRENCH: &str = "Le ministre a été reçu à Genève où il a répété que la trêve était menacée.";
const POLISH: &str =
    "Minister spotkał się w Łodzi z posłami; żądał, by rozejm był przestrzegany, a więźniowie zwolnieni.";

#[test]
fn encodings_are_recognised_and_named() {
    for (name, text) in [
        ("windows-1251", CYRILLIC),
        ("koi8-r", CYRILLIC),
        ("iso-8859-5", CYRILLIC),
        ("gbk", SIMPLE),
        ("gb18030", SIMPLE),
        ("big5", CHINESE),
        ("shift_jis", JAPANESE),
        ("euc-jp", JAPANESE),
        ("euc-kr", KOREAN),
        ("windows-1252", FRENCH),
        ("iso-8859-2", POLISH),
        ("windows-1250", POLISH),
    ] {
        let encoding = Encoding::for_label(name.as_bytes()).unwrap();
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy, "{name}");
        let document = only("a.txt", &bytes);
        assert_eq!(document.text, text, "{name}: {:?}", document.notes);
        assert_eq!(document.notes[0].kind, "encoding", "{name}");
        // Asked for, it is read whatever it looks like.
        assert_eq!(told_in("a.txt", &bytes, Some(name)).0[0].text, text);
    }
}

#[test]
fn a_few_foreign_words_in_english_are_enough() {
    for (name, word) in [
        ("windows-1251", "«Известия»"),
        ("windows-1251", "«Первый канал» и «Россия»"),
        ("windows-1252", "the “naïve” café Élysée"),
        ("gbk", "人民日报"),
        ("euc-kr", "조선일보"),
    ] {
        let text = format!("The envoy told {word} on Monday that the bridge would open. Nothing else was said there.");
        let (bytes, _, _) = Encoding::for_label(name.as_bytes()).unwrap().encode(&text);
        let document = only("a.txt", &bytes);
        assert_eq!(document.text, text, "{name}: {:?}", document.notes);
    }
}

#[test]
fn wide_text_is_read_with_and_without_its_mark() {
    let wide = |text: &str, turn: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(turn).collect::<Vec<u8>>();
    for text in [REPORT, CYRILLIC, &format!("{CYRILLIC} {KOREAN}\n")] {
        for marked in [String::new(), "\u{FEFF}".into()] {
            for turn in [u16::to_le_bytes, u16::to_be_bytes] {
                let document = only("a.txt", &wide(&format!("{marked}{text}"), turn));
                assert_eq!(document.text, text);
                assert!(document.notes[0].text.starts_with("read as UTF-16"), "{:?}", document.notes);
            }
        }
    }
    let (documents, failures) = told("w.jsonl", &wide(&format!("\u{FEFF}{}", lines(3)), u16::to_le_bytes));
    assert_eq!((documents.len(), failures.len()), (3, 0));
}

#[test]
fn lines_in_several_encodings_are_each_read() {
    let line = |name: &str, text: &str| {
        let line = format!("{{\"text\": \"{text}\"}}\n");
        Encoding::for_label(name.as_bytes()).unwrap().encode(&line).0.into_owned()
    };
    let all = [line("utf-8", KOREAN), line("windows-1251", CYRILLIC), line("gbk", SIMPLE), line("utf-8", CYRILLIC)];
    let texts: Vec<String> = told("w.jsonl", &all.concat()).0.into_iter().map(|document| document.text).collect();
    assert_eq!(texts, [KOREAN, CYRILLIC, SIMPLE, CYRILLIC]);
}

#[test]
fn json_is_read_in_every_layout() {
    let one = r#"{"id": "x", "text": "Envoys met on Monday."}"#;
    assert_eq!(only("a.json", one.as_bytes()).id, "x");
    assert_eq!(only("a.json", b"{\n \"text\":\n  \"Envoys met {on} \\\"Monday\\\".\"\n}").id, "a.json");
    let list = "[\n  {\"text\": \"Envoys met.\"},\n  {\"id\": \"b\", \"text\": [1]},\n  7, {\"id\": \"c\", \"text\": \"They left.\"}\n]";
    let (documents, failures) = told("a.json", list.as_bytes());
    let ids: Vec<_> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["a.json:1", "c"]);
    assert!(failures[0].starts_with("a.json:3:3: \"text\" is a list"), "{failures:?}");
    assert!(failures[1].starts_with("a.json:4:3: JSON, but a number"), "{failures:?}");
    let (documents, failures) = told("a.json", b"[{\"text\": \"Envoys met.\"}, {\"text\": \"cut");
    assert_eq!(documents.len(), 1);
    assert!(failures[0].starts_with("a.json:1:") && failures[0].contains("broken JSON (EOF"), "{failures:?}");
    // JSON lines under another name.
    assert_eq!(told("a.json", lines(2).as_bytes()).0.len(), 2);
}

#[test]
fn long_texts_become_parts_cut_between_paragraphs() {
    let paragraph = "Two envoys crossed the river and talked until the evening fell.\n\n";
    let text = format!("LONDON, June 15, 2022 (Reuters) - {}", paragraph.repeat(40_000));
    let (documents, failures) = told("book.txt", text.as_bytes());
    assert!(failures.is_empty());
    assert_eq!(documents.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["book.txt", "book.txt#2", "book.txt#3"]);
    assert_eq!(documents.iter().map(|d| d.text.as_str()).collect::<String>(), text);
    for document in &documents {
        assert!(document.text.len() <= 1 << 20 && document.text.ends_with("\n\n"));
        assert_eq!(document.notes[0].kind, "part");
        assert_eq!(document.source.as_deref(), Some("Reuters"));
        assert_eq!(document.published.unwrap().to_string(), "2022-06-15");
    }
    let line =
        format!("{{\"id\": \"l\", \"source\": \"Desk\", \"text\": {}}}\n", serde_json::to_string(&text).unwrap());
    let (documents, failures) = told("w.jsonl", line.as_bytes());
    assert_eq!((documents.len(), failures.len(), documents[2].id.as_str()), (3, 0, "l#3"));
    assert_eq!(documents[2].source.as_deref(), Some("Desk"));
}

#[test]
fn a_stretch_without_blanks_is_left_out_and_placed() {
    let text = format!("{REPORT}{} {REPORT}", "x".repeat(5 << 20));
    let (documents, failures) = told("a.txt", text.as_bytes());
    assert_eq!(
        documents.iter().map(|document| document.text.trim()).collect::<Vec<_>>(),
        [REPORT.trim(), REPORT.trim()]
    );
    let place = format!("bytes {} to {}: ", REPORT.len(), REPORT.len() + (5 << 20));
    assert!(failures.len() == 1 && failures[0].contains(&place), "{failures:?}");
    // Without line ends, but with blanks, it is text.
    let (documents, failures) = told("a.txt", "Envoys met again. ".repeat(200_000).as_bytes());
    assert_eq!((documents.len(), failures.len()), (4, 0));
}

#[test]
fn long_lines_are_refused_and_the_next_ones_read() {
    let long = format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", "Envoys met. ".repeat(1_500_000));
    for bytes in [format!("{}{long}{}", lines(1), lines(2)), format!("[{},{long},{}]", lines(1), lines(1))] {
        let name = if bytes.starts_with('[') { "w.json" } else { "w.jsonl" };
        let (documents, failures) = told(name, bytes.as_bytes());
        assert!(documents.len() >= 2 && documents[1].id == "r1~2", "{:?}", documents[1].id);
        assert!(failures.len() == 1 && failures[0].contains(":2: ") && failures[0].contains("16 MiB"), "{failures:?}");
    }
}

#[test]
fn nul_characters_are_noted() {
    let document = only("a.txt", b"Two envoys\0 crossed the river\0 on Monday.\n");
    assert_eq!(document.notes[0].text, "NUL characters: 2, the first in line 1");
    assert!(document.blocks.iter().all(|block| !block.text.contains('\0')));
    let (documents, failures) = told("a.txt", &vec![0; 3 << 20]);
    assert!(documents.is_empty() && failures.len() == 1, "{failures:?}");
}

#[test]
fn a_folder_gives_its_reports_and_tells_what_it_passed_over() {
    let folder = tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("README.md", b"# Reports\n\nHere lie the reports of last year.\n");
    write("LICENSE", b"Permission is granted to everybody.\n");
    write("clipping.md", REPORT.as_bytes());
    write("package.json", b"{\n  \"name\": \"desk\"\n}\n");
    write("wire.json", b"[{\"text\": \"Envoys met.\"}]");
    write("cut.gz", &gzip(REPORT)[..20]);
    write("noise.gz", &gzip((0..5000u32).map(|n| (n * n % 251) as u8).collect::<Vec<u8>>()));
    let mut reports = read(&[folder.path().to_owned()], &Options::default());
    let items: Vec<_> = reports.by_ref().collect();
    let ids: Vec<_> = items.iter().flatten().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["clipping.md", "wire.json:1"]);
    let failures: Vec<_> = items.iter().filter_map(|item| item.as_ref().err()).map(ToString::to_string).collect();
    assert!(failures.len() == 1 && failures[0].contains("cut.gz"), "{failures:?}");
    let passed: Vec<_> =
        reports.skipped().iter().map(|file| file.path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(passed, ["LICENSE", "README.md", "noise.gz", "package.json"]);
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_locked_files_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("good.txt"), REPORT).unwrap();
    fs::write(at("locked.txt"), REPORT).unwrap();
    fs::set_permissions(at("locked.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    // Who may read everything is stopped by no lock.
    let unstoppable = fs::File::open(at("locked.txt")).is_ok();
    let mut reports = read(&[folder.path().to_owned(), "/dev/null".into()], &Options::default());
    let items: Vec<_> = reports.by_ref().collect();
    let failures: Vec<_> = items.iter().filter_map(|item| item.as_ref().err()).map(ToString::to_string).collect();
    assert_eq!(failures.len(), if unstoppable { 1 } else { 2 }, "{failures:?}");
    assert!(failures.last().unwrap().starts_with("/dev/null: the file is empty"), "{failures:?}");
    assert!(unstoppable || failures[0].contains("locked.txt: Permission denied"), "{failures:?}");
    assert_eq!(reports.skipped()[0].reason, "no regular file");
    // Named, a pipe is read.
    let fifo = at("pipe");
    let writer = std::thread::spawn(move || fs::write(fifo, gzip(lines(2))).unwrap());
    let named: Vec<_> = read(&[at("pipe")], &Options::default()).map(|item| item.unwrap().id).collect();
    writer.join().unwrap();
    assert_eq!(named, ["r1", "r2"]);
}
