//! Python spaCy's analysis of our sentences in, agreement figures out: tokens, tags, heads, labels, lemmas, names.
//!
//! `tests/fixtures/parity.py` made the fixture. `PARITY_TEXTS` and `PARITY_TSV` name other files to compare.

use std::collections::BTreeMap;
use std::path::PathBuf;

use wiregraph::syntax::{Dep, NameLabel, Pipeline, Pos, Sentence, Tag};
use wiregraph::text::CodePoints;

/// One token, as spaCy or as we see it.
#[derive(Debug, PartialEq)]
struct Row {
    span: [usize; 2],
    tag: Tag,
    pos: Pos,
    /// Span of the head.
    head: [usize; 2],
    dep: Dep,
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

/// Lines of eight fields are tokens, lines of three are names.
fn expected(block: &str) -> (Vec<Row>, Vec<Name>) {
    let lines: Vec<Vec<&str>> = block.lines().map(|line| line.split('\t').collect()).collect();
    let number = |text: &str| text.parse::<usize>().unwrap();
    let span = |line: &[&str]| [number(line[0]), number(line[1])];
    let (lines, names): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.len() == 8);
    let row = |line: &Vec<&str>| Row {
        span: span(line),
        tag: Tag::parse(line[2]),
        pos: Pos::parse(line[3]),
        head: span(&lines[number(line[4])]),
        dep: Dep::parse(line[5]),
        lemma: line[6].to_owned(),
        starts: line[7] == "1",
    };
    let names = names.iter().map(|line| (span(line), NameLabel::parse(line[2]))).collect();
    (lines.iter().map(row).collect(), names)
}

fn ours(text: &str, sentences: &[Sentence]) -> Vec<Row> {
    let points = CodePoints::of(text);
    let rows = |sentence: &Sentence| -> Vec<Row> {
        let row = |(at, token): (usize, &wiregraph::syntax::Token)| Row {
            span: points.span(token.span),
            tag: token.tag,
            pos: token.pos,
            head: points.span(sentence.tokens[token.head].span),
            dep: token.dep,
            lemma: token.lemma.clone(),
            starts: at == 0,
        };
        sentence.tokens.iter().enumerate().map(row).collect()
    };
    sentences.iter().flat_map(rows).collect()
}

fn names(pipeline: &Pipeline, texts: &[&str], parsed: &[Vec<Sentence>]) -> Vec<Vec<Name>> {
    let starts = |sentences: &Vec<Sentence>| sentences.iter().map(|sentence| sentence.span.start).collect();
    let starts: Vec<Vec<usize>> = parsed.iter().map(starts).collect();
    let texts: Vec<(&str, &[usize])> = texts.iter().zip(&starts).map(|(text, starts)| (*text, &starts[..])).collect();
    let found = pipeline.recognise(&texts);
    let points = |(text, _): &(&str, &[usize])| CodePoints::of(text);
    let names = texts.iter().map(points).zip(found);
    names.map(|(points, names)| names.iter().map(|name| (points.span(name.span), name.label)).collect()).collect()
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
    let pipeline = Pipeline::embedded().unwrap();
    let parsed = pipeline.parse(&texts);
    let names = names(&pipeline, &texts, &parsed);
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    for (((text, block), sentences), names) in texts.iter().zip(blocks).zip(&parsed).zip(&names) {
        let (rows, expected) = expected(block);
        compare(text, &rows, &ours(text, sentences), &mut shares);
        compare_names(text, &expected, names, &mut shares);
    }
    for (what, share) in &shares {
        println!("{what:<16} {:>7.3} %  ({} of {})", share.of(), share.0, share.1);
    }
    let floors = [
        ("tokens", 99.5),
        ("tags", 99.9),
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
