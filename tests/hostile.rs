//! The program itself against bad input and hostile text: what is said, what is kept, the exit code, time and memory.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const GOOD: &str = "Russia condemned China on Monday.\n";

/// Far more than any of these inputs needs, on a slow and busy machine too.
const PATIENCE: Duration = Duration::from_secs(120);

struct Place(tempfile::TempDir);

#[derive(Debug)]
struct Answer {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    /// A folder that holds one good report.
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("in/good.txt", GOOD);
        place
    }

    fn path(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.0.path().join(name.as_ref())
    }

    fn write(&self, name: impl AsRef<OsStr>, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("wiregraph"));
        command.current_dir(self.0.path()).args(arguments).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Answer {
        finish(self.command(arguments))
    }

    /// `extract in`: the good report is always kept.
    #[track_caller]
    fn extract(&self) -> Answer {
        let answer = self.run(&["extract", "in"]);
        assert!(answer.ids().contains(&"good.txt".to_owned()), "{answer:?}");
        answer
    }

    /// `extract -` of one text.
    #[track_caller]
    fn piped(&self, text: &[u8]) -> Answer {
        self.write("piped", text);
        let mut command = self.command(&["extract", "-"]);
        finish_within(command.stdin(fs::File::open(self.path("piped")).unwrap()), PATIENCE)
    }

    /// A shell's command line with `$WIREGRAPH` in it.
    #[cfg(unix)]
    fn shell(&self, line: &str) -> Answer {
        let mut command = Command::new("sh");
        command.args(["-c", line]).env("WIREGRAPH", assert_cmd::cargo::cargo_bin("wiregraph"));
        finish(command.current_dir(self.0.path()).stdin(Stdio::null()))
    }
}

fn finish(mut command: impl std::borrow::BorrowMut<Command>) -> Answer {
    finish_within(command.borrow_mut(), PATIENCE)
}

#[track_caller]
fn finish_within(command: &mut Command, patience: Duration) -> Answer {
    let begin = Instant::now();
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(begin.elapsed() < patience, "{command:?} took {:?}", begin.elapsed());
    let text = |bytes| String::from_utf8(bytes).expect("answers are UTF-8");
    let answer = Answer { code: status.code(), out: text(stdout), err: text(stderr) };
    assert!(!answer.err.contains("panicked") && !answer.err.contains("fault of this program"), "{answer:?}");
    answer
}

impl Answer {
    /// Each line as JSON, whose spans must lie in its own text.
    fn reports(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    fn ids(&self) -> Vec<String> {
        self.reports().iter().map(|report| report["id"].as_str().unwrap().to_owned()).collect()
    }

    fn notes(&self) -> String {
        self.reports().iter().map(|report| report["notes"].to_string()).collect()
    }

    #[track_caller]
    fn says(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is missing from {:?}", self.err);
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstandard(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn lines(count: usize) -> String {
    (0..count)
        .map(|n| format!("{{\"id\": \"r{n}\", \"text\": \"Report {n} of the desk: all was quiet.\"}}\n"))
        .collect()
}

#[test]
fn packed_files_that_are_cut_off_keep_what_came_before() {
    let place = Place::new();
    for (name, packed) in
        [("cut.jsonl.gz", gzip(lines(3000).as_bytes())), ("cut.jsonl.zst", zstandard(&lines(3000).into_bytes()))]
    {
        place.write(format!("in/{name}"), &packed[..packed.len() * 3 / 4]);
        let answer = place.extract();
        answer.says(3, &[name, "cut off", "unpacked bytes"]);
        assert!(answer.ids().contains(&"r0".to_owned()), "{name}");
        fs::remove_file(place.path(format!("in/{name}"))).unwrap();
    }
    for packed in [&gzip(b"x")[..5], &gzip(GOOD.as_bytes())[..14], b"\x28\xb5\x2f\xfd", b"\x1f\x8b\x08\xff\xff\xff"] {
        place.write("in/bad.txt.gz", packed);
        place.extract().says(3, &["bad.txt.gz"]);
    }
    let mut flipped = gzip(lines(50).as_bytes());
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x55;
    place.write("in/bad.txt.gz", flipped);
    place.extract().says(3, &["bad.txt.gz", "gzip"]);
}

#[test]
fn bombs_are_stopped() {
    let place = Place::new();
    place.write("in/bomb.jsonl.gz", gzip(&vec![b'\n'; 80 << 20]));
    place.extract().says(3, &["bomb.jsonl.gz", "1000 times its size", "unpack the file"]);
    place.write("in/bomb.jsonl.gz", gzip(&gzip(GOOD.as_bytes())));
    place.extract().says(3, &["bomb.jsonl.gz", "gzip data inside gzip data"]);
}

#[test]
fn nul_bytes_and_broken_utf8_are_noted_and_noise_is_refused() {
    let place = Place::new();
    place.write(
        "in/nul.txt",
        "Russia con\0demned China on Monday, and Iran said no to talks with the envoys of Norland.\n",
    );
    place.write(
        "in/utf8.txt",
        b"Envoys of Russia met in \xe2\x80\x9ca caf\xc3\xa9\xe2\x80\x9d in Ge\xffneva on Monday, said \xc3\xa9lus.\n",
    );
    let answer = place.extract();
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(
        answer.notes().contains("NUL characters: 1") && answer.notes().contains("damaged characters"),
        "{answer:?}"
    );
    place.write("in/noise.txt", (0..4000u32).map(|n| (n * n % 251) as u8).collect::<Vec<_>>());
    place.write("in/nuls.txt", [0; 5000]);
    place.extract().says(3, &["noise.txt", "nuls.txt", "no text"]);
}

#[test]
fn lines_and_words_without_end_are_read_in_little_memory() {
    let place = Place::new();
    for text in
        ["x".repeat(5 << 20), " ".repeat(5 << 20), "-".repeat(2 << 20), "é".repeat(1 << 20), "1,".repeat(1 << 20)]
    {
        let answer = place.piped(format!("{GOOD}\n{text}").as_bytes());
        assert!(answer.code == Some(0) || answer.err.contains("standard input: bytes"), "{answer:?}");
        assert!(answer.out.contains("condemn"), "the report before it is kept");
    }
}

/// A process that may take up 2 GB of addresses; threads and the allocator reserve more than they use.
#[cfg(target_os = "linux")]
#[test]
fn a_long_line_does_not_fill_the_memory() {
    let place = Place::new();
    let line =
        "ulimit -v 2000000; yes x | tr -d '\\n' | head -c 150000000 | $WIREGRAPH extract - >out.jsonl; echo code $?";
    let answer = place.shell(line);
    assert!(["code 0\n", "code 3\n"].contains(&&*answer.out), "{answer:?}");
}

#[test]
fn json_that_is_too_deep_too_large_or_torn_is_named_by_line_and_column() {
    let place = Place::new();
    let deep = format!("{{\"id\": \"deep\", \"text\": \"a\", \"x\": {}", "[".repeat(200_000));
    let wire = [
        r#"{"id": "first", "text": "Russia met China."}"#,
        r#"{"id": "lone", "text": "a \ud800 b"}"#,
        &deep,
        r#"{"id": "number", "text": "a", "n": 1e999999}"#,
        r#"{"id": "twice", "text": "Old.", "text": "New words here."}"#,
        r#"{"id": 123456789012345678901234567890, "text": "A large number."}"#,
        r#"{"id": "type", "text": 7}"#,
        r#"{"id": "tail", "text": "a"} {"#,
        "\u{0}\u{0}",
        r#"{"id": "last", "text": "Russia met Iran."}"#,
    ];
    place.write("in/wire.jsonl", wire.join("\n"));
    let answer = place.extract();
    let broken = [
        "wire.jsonl:2:",
        "wire.jsonl:3:",
        "wire.jsonl:4:",
        "wire.jsonl:7:",
        "wire.jsonl:8:",
        "wire.jsonl:9:",
        "expected",
    ];
    answer.says(3, &broken);
    let ids = answer.ids();
    assert_eq!(ids.len(), 5, "{ids:?}");
    assert!(["first", "twice", "last"].iter().all(|id| ids.iter().any(|found| found == id)), "{ids:?}");
}

#[test]
fn pages_nested_without_end_do_not_overflow() {
    let place = Place::new();
    for tag in ["div", "b", "table", "blockquote", "p", "svg", "a"] {
        let page = format!("<html><body>{}<p>{GOOD}</p>", format!("<{tag}>").repeat(100_000));
        place.write(format!("in/{tag}.html"), page);
    }
    let answer = place.extract();
    assert!(matches!(answer.code, Some(0 | 3)), "{answer:?}");
    for tag in ["div", "blockquote"] {
        assert!(
            answer.err.contains(&format!("{tag}.html")) || answer.ids().contains(&format!("{tag}.html")),
            "{answer:?}"
        );
    }
}

/// Shapes that trip up what reads sentences, each beside a plain one that must survive it.
#[test]
fn hostile_text_is_normal_input() {
    let place = Place::new();
    let names = ["Russia", "China", "Iran", "Ukraine", "France"];
    let many = (0..5000).map(|n| names[n % 5]).collect::<Vec<_>>().join(", ");
    let shapes = [
        ("names", format!("Envoys of {many} and Chad met.")),
        ("brackets", "(".repeat(10_000)),
        ("quotes", "“\"'‘".repeat(2500)),
        ("word", "Brobdingnag".repeat(1000)),
        ("tower", format!("e{}", "\u{301}".repeat(10_000))),
        ("bidi", "\u{202e}Russia\u{202c} \u{2066}met\u{2069} \u{200f}China\u{200e}. ".repeat(200)),
        ("scripts", "Владимир Путин met 习近平 and فلاديمير in ΑΘΗΝΑ, थाईलैंड. ".repeat(50)),
        ("width", "\u{200b}\u{200d}\u{feff}\u{ad}".repeat(2000)),
        ("pronouns", "He told him that she saw it. ".repeat(1000)),
        ("said", format!("{}China attacked India.", "Putin said that ".repeat(1000))),
        ("hyphens", format!("Russia{}", "-China".repeat(5000))),
        ("emoji", "👩‍👩‍👧🇷🇺".repeat(1000)),
        ("paragraphs", "Russia won.\n\n".repeat(2000)),
    ];
    for (name, shape) in &shapes {
        place.write(format!("in/{name}.txt"), format!("{shape}\n\n{GOOD}"));
    }
    let answer = place.extract();
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let reports = answer.reports();
    assert_eq!(reports.len(), shapes.len() + 1);
    for report in &reports {
        let told = report["relations"].as_array().unwrap().iter().any(|r| r["predicate"] == "condemn");
        assert!(told, "the plain sentence is lost in {}", report["id"]);
        grounded(&place, report);
    }
}

/// Every mention is literally in the file.
fn grounded(place: &Place, report: &serde_json::Value) {
    let text = fs::read_to_string(place.path("in").join(report["id"].as_str().unwrap())).unwrap();
    let points: Vec<char> = text.chars().collect();
    for mention in report["mentions"].as_array().unwrap() {
        let at = |end: &str| usize::try_from(mention[end].as_u64().unwrap()).unwrap();
        assert_eq!(points[at("start")..at("end")].iter().collect::<String>(), mention["text"].as_str().unwrap());
    }
}

/// What steers a terminal: escape, bell, the eight-bit control sequence introducer.
const STEERS: [char; 3] = ['\u{1b}', '\u{7}', '\u{9b}'];

#[test]
fn no_text_and_no_message_steers_the_terminal() {
    let place = Place::new();
    let hostile = "Russia \u{1b}[2J\u{1b}]0;owned\u{7} condemned \u{9b}2J China on Monday.\n";
    place.write("in/escape.txt", hostile);
    place.write("in/escape.jsonl", format!("{{\"id\": \"\\u001b[2J\\u009b\", \"text\": \"Russia met Iran.\", \"published\": \"\\u001b[2J\"}}\n{{\"\u{1b}[2J\n{hostile}"));
    place.write("page.html", "<p>x");
    for arguments in [
        &["extract", "in", "none\u{1b}[2J.txt"][..],
        &["build", "in", "none\u{1b}[2J.txt"],
        &["stats", "--db", "\u{9b}2J.db"],
    ] {
        let answer = place.run(&[arguments, &["--color", "always"]].concat());
        let bare = answer.out.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
        let err = answer.err.replace("\u{1b}[1m", "").replace("\u{1b}[31m", "").replace("\u{1b}[0m", "");
        assert!(!bare.contains(STEERS) && !err.contains(STEERS), "{arguments:?}: {answer:?}");
        assert!(answer.err.contains("2J"), "{answer:?}");
    }
}

#[test]
fn control_characters_keep_their_place_in_the_output() {
    let place = Place::new();
    let answer = place.piped("Envoys \u{9b}2J of Russia\u{1b}[0m met \u{7f}Iran on Monday.\n".as_bytes());
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let report = &answer.reports()[0];
    let russia = report["mentions"].as_array().unwrap().iter().find(|m| m["text"] == "Russia").unwrap().clone();
    assert_eq!((russia["start"].as_u64(), russia["end"].as_u64()), (Some(14), Some(20)));
}

#[cfg(unix)]
#[test]
fn odd_names_and_kinds_of_files() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.write("in/two\nlines.txt", GOOD);
    place.write(Path::new("in").join(OsStr::from_bytes(b"bad\xff.txt")), GOOD);
    place.write(Path::new("in").join(OsStr::from_bytes(b"bad\xfe.txt")), GOOD);
    place.write("in/-rf.txt", GOOD);
    place.write("in/empty.txt", "");
    fs::create_dir(place.path("in/folder.txt")).unwrap();
    symlink("../in", place.path("in/loop")).unwrap();
    symlink("itself", place.path("in/itself")).unwrap();
    assert!(Command::new("mkfifo").arg(place.path("in/pipe.txt")).status().unwrap().success());
    let answer = place.extract();
    answer.says(3, &["empty.txt: the file is empty", "itself", "loop: a link back", "pipe.txt: no regular file"]);
    let mut ids = answer.ids();
    ids.sort();
    assert_eq!(ids, ["-rf.txt", "bad\u{fffd}.txt", "bad\u{fffd}.txt~2", "good.txt", "two\nlines.txt"]);
    place.run(&["extract", "in/empty.txt", "in/folder.txt"]).says(3, &["empty.txt", "folder.txt", "no reports"]);
}

#[cfg(unix)]
#[test]
fn closed_and_full_outputs() {
    let place = Place::new();
    place.write("many.jsonl", lines(300));
    place.shell("$WIREGRAPH extract - <&-").says(3, &["standard input"]);
    assert_eq!(place.shell("$WIREGRAPH extract many.jsonl 2>err | head -c 10; cat err >&2").err, "");
    let full = place.shell("$WIREGRAPH extract many.jsonl >/dev/full");
    if Path::new("/dev/full").exists() {
        full.says(2, &["output: ", "space"]);
    }
    assert_eq!(place.shell("$WIREGRAPH extract in/good.txt missing 2>&-").code, Some(3));
    place.run(&["build", "in", "-o", "in/good.txt"]).says(2, &["in/good.txt"]);
    place.run(&["build", "in", "-o", "in/good.txt/below"]).says(2, &["in/good.txt/below"]);
    assert_eq!(fs::read_to_string(place.path("in/good.txt")).unwrap(), GOOD);
}

/// A file that may not grow stands for a disk that is full.
#[cfg(unix)]
#[test]
fn a_full_disk_is_named_and_the_next_run_finishes() {
    let place = Place::new();
    place.write("many.jsonl", lines(400));
    let answer = place.shell("trap '' XFSZ; ulimit -f 60; $WIREGRAPH build many.jsonl -o out");
    assert!(matches!(answer.code, Some(2..=4)), "{answer:?}");
    assert!(answer.err.contains("graph.db") && answer.err.contains("full"), "{answer:?}");
    place.run(&["build", "many.jsonl", "-o", "out"]).says(0, &[]);
    place.run(&["build", "many.jsonl", "-o", "fresh"]).says(0, &[]);
    assert!(fs::read(place.path("out/graph.db")).unwrap() == fs::read(place.path("fresh/graph.db")).unwrap());
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_is_finished_by_the_next() {
    let place = Place::new();
    place.write("many.jsonl", lines(6000));
    let mut child = place.command(&["build", "many.jsonl", "-o", "out"]).stdout(Stdio::null()).spawn().unwrap();
    let begin = Instant::now();
    while !place.path("out/graph.db").exists() && begin.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(1));
    }
    // TERM, as INT is ignored by whatever a shell started in the background.
    let interrupt = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    assert!(!child.wait().unwrap().success());
    place.run(&["build", "many.jsonl", "-o", "out"]).says(0, &[]);
    place.run(&["build", "many.jsonl", "-o", "fresh"]).says(0, &[]);
    assert!(fs::read(place.path("out/graph.db")).unwrap() == fs::read(place.path("fresh/graph.db")).unwrap());
}

#[test]
fn damaged_models_are_refused_by_name() {
    let place = Place::new();
    place.write("model/config.cfg", "[nlp]\nlang = \"en\"\n");
    place.run(&["extract", "in", "--model", "model"]).says(4, &["model/config.cfg", "expected"]);
    place.run(&["extract", "in", "--model", "nowhere"]).says(4, &["nowhere", "config.cfg"]);
}
