//! `tests/places/*.txt`: short reports and what the names in them mean; the format is told at the head of `states.txt`.
//!
//! Prints how much is right by file. An expectation of `=>` that fails is a fault; one of `?>` that holds is to be promoted.

mod support;

use std::fs;
use std::path::PathBuf;
use support::{analyser, document};
use wiregraph::Analysis;
use wiregraph::analysis::{EntityType, MentionKind, MentionRecord};

/// Share of all expectations, known gaps among them, that must hold.
const FLOOR: f64 = 0.95;

struct Case {
    file: String,
    line: usize,
    published: Option<String>,
    text: String,
    wanted: Vec<Wanted>,
}

/// What one stretch of words is to mean.
struct Wanted {
    line: usize,
    words: String,
    meaning: String,
    known_gap: bool,
}

#[test]
fn names_mean_what_the_report_says() {
    let (mut faults, mut texts, mut all) = (Vec::new(), 0, Score::default());
    for (file, cases) in files() {
        let mut score = Score::default();
        texts += cases.len();
        for case in &cases {
            faults.extend(check(case, &mut score));
        }
        println!("{file:14} {score}");
        all.right += score.right;
        all.count += score.count;
    }
    println!("{:14} {all}  in {texts} texts", "all");
    assert!(texts >= 150, "only {texts} texts were read");
    assert!(faults.is_empty(), "{} expectations fail:\n{}", faults.len(), faults.join("\n"));
    assert!(all.share() >= FLOOR, "{all} are right, expected at least {FLOOR}");
}

#[derive(Default)]
struct Score {
    right: usize,
    count: usize,
}

impl Score {
    fn share(&self) -> f64 {
        self.right as f64 / self.count.max(1) as f64
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:3} of {:3}  {:.3}", self.right, self.count, self.share())
    }
}

fn check(case: &Case, score: &mut Score) -> Vec<String> {
    let analysis = analyser().analyze(&document(&case.text, case.published.as_deref()));
    let mut faults = Vec::new();
    for wanted in &case.wanted {
        let found = found(case, wanted, &analysis);
        let right = found.iter().all(|mention| means(mention.as_ref(), &wanted.meaning));
        score.count += 1;
        score.right += usize::from(right);
        if right == wanted.known_gap {
            let told: Vec<String> = found.iter().map(|m| m.as_ref().map_or("no name".to_owned(), told)).collect();
            let what = if right { "holds now, promote it" } else { "fails" };
            let written = format!("{}: {}", wanted.words, wanted.meaning);
            let at = format!("{}:{}", case.file, wanted.line);
            faults.push(format!("{at}: {}\n  {what}: {written}\n  found: {}", case.text, told.join(" | ")));
        }
    }
    faults
}

/// A mention over the words: exactly over them, or overlapping.
struct Over<'a> {
    mention: &'a MentionRecord,
    exact: bool,
}

/// For each place where the words stand, longer words of the case aside where there are others, the mention over them. Several lines of the same words
/// take the places in turn.
fn found<'a>(case: &Case, wanted: &Wanted, analysis: &'a Analysis) -> Vec<Option<Over<'a>>> {
    let longer = case.wanted.iter().filter(|w| w.words != wanted.words && w.words.contains(&wanted.words));
    let taken: Vec<(usize, usize)> =
        longer.flat_map(|w| whole_words(&case.text, &w.words).into_iter().map(|at| (at, at + w.words.len()))).collect();
    let free = |at: &usize| !taken.iter().any(|(start, end)| (start..end).contains(&at));
    let everywhere = whole_words(&case.text, &wanted.words);
    let alone: Vec<usize> = everywhere.iter().copied().filter(free).collect();
    let places = if alone.is_empty() { everywhere } else { alone };
    assert!(!places.is_empty(), "{}:{}: the text has no {:?}", case.file, wanted.line, wanted.words);
    let same: Vec<usize> = case.wanted.iter().filter(|w| w.words == wanted.words).map(|w| w.line).collect();
    let turn = same.iter().position(|line| *line == wanted.line).filter(|_| same.len() > 1);
    let chosen = places.iter().enumerate().filter(|(i, _)| turn.is_none_or(|t| t == *i));
    chosen.map(|(_, at)| over(*at, &wanted.words, case, analysis)).collect()
}

/// Byte offsets where the words stand by themselves.
fn whole_words(text: &str, words: &str) -> Vec<usize> {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let stands = |at: usize| !word(text[..at].chars().next_back()) && !word(text[at + words.len()..].chars().next());
    text.match_indices(words).map(|(at, _)| at).filter(|at| stands(*at)).collect()
}

fn over<'a>(at: usize, words: &str, case: &Case, analysis: &'a Analysis) -> Option<Over<'a>> {
    let start = case.text[..at].chars().count();
    let end = start + words.chars().count();
    let names = || analysis.mentions.iter().filter(|m| m.kind == MentionKind::Name);
    let exact = names().find(|m| (m.start, m.end) == (start, end)).map(|mention| Over { mention, exact: true });
    exact.or_else(|| {
        let inside = names().find(|m| m.start < end && start < m.end);
        inside.map(|mention| Over { mention, exact: false })
    })
}

fn means(found: Option<&Over>, meaning: &str) -> bool {
    let exact = found.filter(|f| f.exact).map(|f| f.mention);
    match meaning {
        // A longer name that holds the words is another name.
        "no name" => exact.is_none(),
        "no place" => found.is_none_or(|f| f.mention.entity_type != EntityType::Place),
        _ => match meaning.strip_prefix("not ") {
            Some(id) => found.is_none_or(|f| f.mention.entity_id != id),
            None => exact.is_some_and(|m| is(m, meaning)),
        },
    }
}

fn is(mention: &MentionRecord, meaning: &str) -> bool {
    let (who, stands_for) = meaning.split_once(" for ").map_or((meaning, None), |(who, whom)| (who, Some(whom)));
    let kind = format!("{:?}", mention.entity_type).to_uppercase();
    let speaks = match stands_for {
        None => true,
        Some("itself") => mention.stands_for.is_none(),
        Some(state) => mention.stands_for.as_deref() == Some(state),
    };
    (mention.entity_id == who || kind == who) && speaks
}

fn told(found: &Over) -> String {
    let m = found.mention;
    let whom = m.stands_for.as_ref().map_or(String::new(), |s| format!(" for {s}"));
    format!("{:?} = {}{whom} ({:?})", m.text, m.entity_id, m.entity_type)
}

fn files() -> Vec<(String, Vec<Case>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/places");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), cases(&name(path), &fs::read_to_string(path).unwrap()))).collect()
}

fn cases(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        if line.is_empty() {
            open = false;
            continue;
        }
        if !open {
            let (file, line) = (file.to_owned(), number + 1);
            cases.push(Case { file, line, published: None, text: String::new(), wanted: Vec::new() });
            open = true;
        }
        let case = cases.last_mut().unwrap();
        if let Some(day) = line.strip_prefix("published: ") {
            case.published = Some(day.to_owned());
        } else if let Some(written) = line.strip_prefix("=> ").or(line.strip_prefix("?> ")) {
            let split = written.split_once(": ");
            let (words, meaning) = split.unwrap_or_else(|| panic!("{file}:{}: no \": \" in {line:?}", number + 1));
            let (words, meaning) = (words.to_owned(), meaning.to_owned());
            case.wanted.push(Wanted { line: number + 1, words, meaning, known_gap: line.starts_with('?') });
        } else {
            case.text = format!("{} {line}", case.text).trim().to_owned();
        }
    }
    for case in &cases {
        assert!(!case.wanted.is_empty(), "{file}:{}: a text without an expectation", case.line);
    }
    cases
}
