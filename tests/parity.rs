//! Python spaCy's analysis of our sentences in, agreement figures out: tokens, tags, heads, labels, lemmas, names.
//!
//! `tests/fixtures/parity.py` made the fixture. `PARITY_TEXTS` and `PARITY_TSV` name other files to compare, and
//! `PARITY_MODEL` the folder of another pipeline that made them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use wiregraph::syntax::{Annotation, NameLabel, Pipeline};
use wiregraph::text::CodePoints;

/// One token, as spaCy or as we see it.
#[derive(Debug, PartialEq)]
struct Row {
    span: [usize; 2],
    tag: String,
    pos: String,
    morph: String,
    /// Span of the head.
    head: [usize; 2],
    dep: String,
    lemma: String,
    starts: bool,
}

/// Span and label.
type Name = ([usize; 2], NameLabel);

fn file(variable: &str, name: &str) -> String {
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let path = std::env::var_os(variable).map_or_else(|| fixtures.join(name), PathBuf::from);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Lines of nine fields are tokens, lines of three are names.
fn expected(block: &str) -> (Vec<Row>, Vec<Name>) {
    let lines: Vec<Vec<&str>> = block.lines().map(|line| line.split('\t').collect()).collect();
    let number = |text: &str| text.parse::<usize>().unwrap();
    let span = |line: &[&str]| [number(line[0]), number(line[1])];
    let (lines, names): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.len() == 9);
    let row = |line: &Vec<&str>| Row {
        span: span(line),
        tag: line[2].to_owned(),
        pos: line[3].to_owned(),
        morph: line[4].to_owned(),
        head: span(&lines[number(line[5])]),
        dep: line[6].to_owned(),
        lemma: line[7].to_owned(),
        starts: line[8] == "1",
    };
    let names = names.iter().map(|line| (span(line), NameLabel::parse(line[2]))).collect();
    (lines.iter().map(row).collect(), names)
}

fn ours(text: &str, words: &[Annotation]) -> Vec<Row> {
    let points = CodePoints::of(text);
    let row = |word: &Annotation| Row {
        span: points.span(word.span),
        tag: word.tag.to_owned(),
        pos: word.pos.to_owned(),
        morph: word.morph.to_owned(),
        head: points.span(words[word.head].span),
        dep: word.dep.to_owned(),
        lemma: word.lemma.clone(),
        starts: word.starts,
    };
    words.iter().map(row).collect()
}

fn names(pipeline: &Pipeline, text: &str, words: &[Annotation]) -> Vec<Name> {
    let points = CodePoints::of(text);
    let starts: Vec<usize> = words.iter().filter(|word| word.starts).map(|word| word.span.start).collect();
    let found = pipeline.recognise(&[(text, &starts)]).remove(0);
    found.iter().map(|name| (points.span(name.span), name.label)).collect()
}

/// Hits and tries.
#[derive(Default)]
struct Share(usize, usize);

impl Share {
    fn count(&mut self, hit: bool) {
        self.0 += usize::from(hit);
        self.1 += 1;
    }

    fn of(&self) -> f64 {
        100.0 * self.0 as f64 / self.1.max(1) as f64
    }
}

#[test]
fn the_analysis_is_that_of_spacy() {
    let (texts, table) = (file("PARITY_TEXTS", "parity-sentences.txt"), file("PARITY_TSV", "parity.tsv"));
    let texts: Vec<&str> = texts.lines().filter(|line| !line.trim().is_empty()).collect();
    let blocks: Vec<&str> = table.trim_end().split("\n\n").collect();
    assert_eq!(texts.len(), blocks.len(), "run tests/fixtures/parity.py again");
    let pipeline = match std::env::var_os("PARITY_MODEL") {
        Some(folder) => Pipeline::load(Path::new(&folder)).unwrap_or_else(|error| panic!("{error}")),
        None => Pipeline::embedded().unwrap(),
    };
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    for (text, block) in texts.iter().zip(blocks) {
        let (rows, expected) = expected(block);
        let words = pipeline.annotate(text);
        compare(text, &rows, &ours(text, &words), &mut shares);
        compare_names(text, &expected, &names(&pipeline, text, &words), &mut shares);
    }
    for (what, share) in &shares {
        println!("{what:<16} {:>7.3} %  ({} of {})", share.of(), share.0, share.1);
    }
    let floors = [
        ("tokens", 99.5),
        ("tags", 99.9),
        ("features", 99.9),
        ("heads", 99.9),
        ("labels", 99.9),
        ("parts of speech", 99.9),
        ("sentence starts", 99.9),
        ("lemmas", 99.0),
        ("names", 99.5),
    ];
    for (what, floor) in floors {
        assert!(shares[what].of() >= floor, "{what}: {:.3} %, at least {floor} % expected", shares[what].of());
    }
}

/// Counts agreement; of differences, prints the place.
fn compare(text: &str, expected: &[Row], ours: &[Row], shares: &mut BTreeMap<&str, Share>) {
    let mine: BTreeMap<[usize; 2], &Row> = ours.iter().map(|row| (row.span, row)).collect();
    let all = ours.len() == expected.len() && expected.iter().all(|row| mine.contains_key(&row.span));
    if !all {
        let words = |rows: &[Row]| -> Vec<String> {
            rows.iter().map(|row| text.chars().skip(row.span[0]).take(row.span[1] - row.span[0]).collect()).collect()
        };
        println!("tokens: {text:?}\n  spaCy {:?}\n  ours  {:?}", words(expected), words(ours));
    }
    for row in expected {
        let found = mine.get(&row.span);
        shares.entry("tokens").or_default().count(found.is_some());
        // Other tokens make another sentence: its syntax is not to be compared.
        let Some(found) = found.filter(|_| all) else { continue };
        let checks = [
            ("tags", found.tag == row.tag),
            ("features", found.morph == row.morph),
            ("heads", found.head == row.head),
            ("labels", found.dep == row.dep),
            ("parts of speech", found.pos == row.pos),
            ("sentence starts", found.starts == row.starts),
            ("lemmas", found.lemma == row.lemma),
        ];
        for (what, equal) in checks {
            if !equal {
                println!("{what}: {text:?}\n  spaCy {row:?}\n  ours  {found:?}");
            }
            shares.entry(what).or_default().count(equal);
        }
    }
}

/// Of the names that either side has, those with equal span and label.
fn compare_names(text: &str, expected: &[Name], ours: &[Name], shares: &mut BTreeMap<&str, Share>) {
    let missed = expected.iter().filter(|name| !ours.contains(name));
    let invented = ours.iter().filter(|name| !expected.contains(name));
    let share = shares.entry("names").or_default();
    for (side, name) in missed.map(|name| ("spaCy", name)).chain(invented.map(|name| ("ours", name))) {
        println!("names: {text:?}\n  only {side}: {name:?}");
        share.count(false);
    }
    expected.iter().filter(|name| ours.contains(name)).for_each(|_| share.count(true));
}
