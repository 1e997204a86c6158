//! The four promises of the flow: up only, pure middle, grounded, plain data out.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use support::samples;
use wiregraph::analysis::{Analysis, RelationRecord};
use wiregraph::graph::Store;

/// The rooms in the order of the flow; each uses only itself and those before it.
const ROOMS: [&str; 16] = [
    "error",
    "text",
    "analysis",
    "document",
    "syntax",
    "lexicon",
    "gazetteer",
    "headline",
    "entity",
    "relation",
    "record",
    "lib",
    "graph",
    "export",
    "import",
    "cli",
];

/// Between reading and storing: what is done here depends on the document and the compiled-in data alone.
const PURE: [&str; 9] =
    ["text", "analysis", "syntax", "lexicon", "gazetteer", "headline", "entity", "relation", "record"];

/// Loading a pipeline from a folder, or a list of names from a file, is no part of an analysis.
const LOADS: [&str; 2] = ["src/syntax/model.rs", "src/gazetteer/open.rs"];

/// Why an `.expect` between reading and storing cannot fail; another reason needs another line.
const CANNOT_FAIL: [&str; 7] = [
    "a constant pattern",
    "a fixed pattern",
    "a panel's width",
    "eight bytes",
    "group 0 always takes part",
    "never empty",
    "padded to whole panels",
];

struct Source {
    path: String,
    room: String,
    /// Without comments and unit tests.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(source(root, &path)),
            }
        }
    }
    assert!(found.len() > 80, "only {} sources were found", found.len());
    found
}

fn source(root: &Path, path: &Path) -> Source {
    let below: PathBuf = path.strip_prefix(root).unwrap().into();
    let room = below.components().nth(1).unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().map(|line| line.split("//").next().unwrap());
    Source { path: below.to_str().unwrap().replace('\\', "/"), room, code: lines.collect::<Vec<_>>().join("\n") }
}

fn rank(room: &str) -> usize {
    ROOMS.iter().position(|known| *known == room).unwrap_or_else(|| panic!("{room} has no place in the flow"))
}

/// The rooms that `crate::...` names in the code: `crate::graph::Store`, `crate::{Document, graph::key}`.
fn uses(code: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for after in code.split("crate::").skip(1) {
        let names = match after.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap(),
            None => after.split([';', '(', ' ', '\n', '{', '.', ',', ')', '>', '?', '&']).next().unwrap(),
        };
        let first = names.split(',').map(|name| name.trim().split("::").next().unwrap());
        rooms.extend(first.filter(|name| !name.is_empty()).map(|name| match name {
            "Document" => "document",
            "Error" | "Result" => "error",
            "Analysis" => "analysis",
            "Analyser" | "Detail" | "REVISION" => "lib",
            room => room,
        }));
    }
    rooms
}

#[test]
fn rooms_use_only_what_comes_before_them_in_the_flow() {
    let mut upward = Vec::new();
    for source in sources().iter().filter(|source| !["lib", "main"].contains(&&*source.room)) {
        let later = uses(&source.code).into_iter().filter(|room| rank(room) > rank(&source.room));
        upward.extend(later.map(|room| format!("{} uses {room}", source.path)));
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn no_room_is_reached_round_the_back() {
    for source in sources() {
        let depth = source.path.matches('/').count() - 1 - usize::from(source.path.ends_with("/mod.rs"));
        let out = "super::".repeat(depth + 1);
        assert!(!source.code.contains(&out) || source.room == "lib", "{} leaves its room by {out}", source.path);
    }
}

#[test]
fn nothing_between_reading_and_storing_does_io_tells_the_time_or_gives_up() {
    let forbidden = [
        "std::fs",
        "std::io",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::time",
        "SystemTime",
        "Instant::",
        "Zoned::now",
        "Timestamp::now",
        "println!",
        "eprintln!",
        "dbg!",
        ".unwrap()",
        "panic!(",
        "unreachable!(",
        "todo!(",
        "unimplemented!(",
        "RandomState",
    ];
    let mut impure = Vec::new();
    for source in sources().iter().filter(|source| PURE.contains(&&*source.room) && !LOADS.contains(&&*source.path)) {
        let found = forbidden.iter().filter(|word| source.code.contains(**word));
        impure.extend(found.map(|word| format!("{}: {word}", source.path)));
        let reasons = source.code.split(".expect(\"").skip(1).map(|after| after.split('"').next().unwrap());
        let unknown = reasons.filter(|reason| !CANNOT_FAIL.contains(reason));
        impure.extend(unknown.map(|reason| format!("{}: .expect({reason:?})", source.path)));
        // The standard library's maps have an order of their own in each run; Fx maps have none that differs.
        for map in ["HashMap", "HashSet"] {
            let random = source.code.replace(&format!("Fx{map}"), "").contains(map);
            impure.extend(random.then(|| format!("{}: {map}", source.path)));
        }
    }
    assert!(impure.is_empty(), "{}", impure.join("\n"));
}

#[test]
fn every_span_of_the_samples_gives_the_words_it_stands_for() {
    for (document, analysis) in samples() {
        let points: Vec<char> = document.text.chars().collect();
        let grounded = Grounded { id: &document.id, points: &points, analysis };
        grounded.mentions();
        analysis.relations.iter().for_each(|relation| grounded.relation(relation));
        grounded.claims();
        grounded.rest();
    }
}

struct Grounded<'a> {
    id: &'a str,
    points: &'a [char],
    analysis: &'a Analysis,
}

impl Grounded<'_> {
    #[track_caller]
    fn words(&self, [start, end]: [usize; 2]) -> String {
        assert!(start <= end && end <= self.points.len(), "{}: [{start}, {end}]", self.id);
        self.points[start..end].iter().collect()
    }

    fn knows(&self, id: &str) {
        assert!(self.analysis.entities.iter().any(|entity| entity.id == id), "{}: {id} is not in the list", self.id);
    }

    fn mentions(&self) {
        let order = |a: usize, b: usize| (a, std::cmp::Reverse(b));
        for pair in self.analysis.mentions.windows(2) {
            assert!(order(pair[0].start, pair[0].end) <= order(pair[1].start, pair[1].end), "{}: {pair:?}", self.id);
        }
        for mention in &self.analysis.mentions {
            assert_eq!(self.words([mention.start, mention.end]), mention.text, "{}", self.id);
            assert!(!mention.text.trim().is_empty());
            self.knows(&mention.entity_id);
        }
    }

    fn relation(&self, r: &RelationRecord) {
        assert_eq!(self.words(r.subject_span), r.subject_text, "{}: {r:?}", self.id);
        assert_eq!(self.words(r.object_span), r.object_text, "{}: {r:?}", self.id);
        let evidence = self.words([r.evidence_start, r.evidence_end]);
        let trigger = self.words([r.trigger_start, r.trigger_end]);
        assert!(!trigger.is_empty() && evidence.contains(&trigger), "{}: {r:?}", self.id);
        assert!(r.evidence_start <= r.trigger_start && r.trigger_end <= r.evidence_end, "{}: {r:?}", self.id);
        self.stand_in_order(&r.predicate_text, &evidence);
        if let Some(time) = &r.time_text {
            assert!(self.points.iter().collect::<String>().contains(time), "{}: {time}", self.id);
        }
        self.knows(&r.subject_id);
        self.knows(&r.object_id);
    }

    fn claims(&self) {
        for claim in &self.analysis.claims {
            assert_eq!(self.words(claim.subject_span), claim.subject_text, "{}: {claim:?}", self.id);
            assert_eq!(self.words(claim.object_span), claim.object_text, "{}: {claim:?}", self.id);
            let evidence = self.words([claim.evidence_start, claim.evidence_end]);
            assert!(evidence.contains(&self.words([claim.trigger_start, claim.trigger_end])), "{}: {claim:?}", self.id);
            self.stand_in_order(&claim.predicate_text, &evidence);
        }
    }

    fn rest(&self) {
        for note in &self.analysis.notes {
            self.words([note.start, note.end]);
        }
        for pair in self.analysis.sentences.windows(2) {
            assert!(pair[0][1] <= pair[1][0], "{}: {pair:?}", self.id);
        }
        for sentence in &self.analysis.sentences {
            assert!(!self.words(*sentence).trim().is_empty(), "{}", self.id);
        }
        for tuple in self.analysis.tuples.iter().flatten() {
            let sentence = self.words(tuple.sentence);
            self.stand_in_order(&tuple.subject_text, &sentence);
            self.stand_in_order(&tuple.object_text, &sentence);
            // "In May they met": the preposition follows its verb, wherever it stands.
            tuple.predicate_text.split(' ').for_each(|word| self.stand_in_order(word, &sentence));
        }
    }

    /// Words that stand in the text in this order, whatever stands between them.
    #[track_caller]
    fn stand_in_order(&self, words: &str, text: &str) {
        let mut rest = text;
        for word in words.split_whitespace() {
            let at = rest.find(word).unwrap_or_else(|| panic!("{}: {word:?} of {words:?} is not in {text:?}", self.id));
            rest = &rest[at + word.len()..];
        }
    }
}

#[test]
fn the_database_finds_the_same_words_at_the_same_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph.db");
    support::store(&path, samples());
    let store = Store::open_read_only(&path).unwrap();
    for (table, start, end, text) in [
        ("mention", "start", "\"end\"", "text"),
        ("sentence", "start", "\"end\"", "text"),
        ("evidence", "subject_start", "subject_end", "subject_text"),
        ("evidence", "object_start", "object_end", "object_text"),
        ("claim", "subject_start", "subject_end", "subject_text"),
        ("claim", "object_start", "object_end", "object_text"),
    ] {
        let sql = format!(
            "SELECT count(*), count(*) FILTER (WHERE substr(d.text, x.{start} + 1, x.{end} - x.{start}) IS NOT x.{text})
             FROM {table} x JOIN document d ON d.id = x.document"
        );
        let (rows, wrong): (i64, i64) =
            store.connection().query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert!(rows > 50, "{table} has {rows} rows");
        assert_eq!(wrong, 0, "{table}.{text}");
    }
}

#[test]
fn an_analysis_is_plain_data() {
    for (_, analysis) in samples() {
        let json = serde_json::to_string(analysis).unwrap();
        let again: Analysis = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), json, "{}", analysis.id);
    }
}
