//! Whatever the text, whatever the order: an analysis is sound, voices agree, negation is one field, order leaves no trace.

mod support;

use proptest::prelude::*;
use proptest::sample::select;
use std::fs;
use support::{OPEN, analyser, document, samples};
use wiregraph::analysis::{Analysis, Polarity, RelationRecord};
use wiregraph::document::{Options, read};
use wiregraph::export::records;
use wiregraph::graph::{Filter, Store};

/// Text that an analyser may trip over: names and verbs among signs, scripts, line ends and control characters.
fn odd_text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "Xi Jinping",
        "Putin",
        "the two leaders",
        "Russia's",
        "U.S.",
        "Mr.",
        "said",
        "told",
        "that",
        "not",
        "was condemned by",
        "and",
        ",",
        ".",
        "…",
        "“",
        "”",
        "\"",
        "‘",
        "’s",
        "(",
        ")",
        "—",
        "-",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u{0}",
        "\u{7}",
        "\u{1b}[2J",
        "\u{200b}",
        "\u{202e}",
        "\u{feff}",
        "e\u{301}",
        "ﬁ",
        "„",
        "«",
        "»",
        "``",
        "â€™",
        "Ð\u{9f}ÑƒÑ‚Ð¸Ð½",
        "govern-\nment",
        "\u{ad}",
        "[12]",
        "> ",
        "• ",
        "| 3 | 4 |",
        "🇷🇺",
        "👩‍👩‍👧",
        "习近平",
        "Владимир Путин",
        "فلاديمير",
        "ﷺ",
        "ß",
        "İ",
        "http://a.b/c?d=e",
        "<p>",
        "&amp;",
        "MOSCOW (AP) —",
        "By A. B.",
        "June 15, 2022",
        "2022-06-15",
        "$3 bn",
        "10%",
        "I",
        "'",
        "Related article:",
        "According to",
        "CCTV",
        "'d",
        "n't",
        "Photo:",
        "who",
        "which",
        "to",
        "of",
        "the",
        "his",
    ]);
    let gaps = select(vec![" ", "", "  ", "\n"]);
    let assembled = proptest::collection::vec((pieces, gaps), 0..40)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect::<String>());
    prop_oneof![assembled, any::<String>(), "\\PC{0,200}", "[A-Z][a-z]{1,9}( [a-zA-Z,.]{1,9}){0,30}"]
}

#[track_caller]
fn sound(text: &str, analysis: &Analysis) {
    let points: Vec<char> = text.chars().collect();
    let words = |[start, end]: [usize; 2]| points[start..end].iter().collect::<String>();
    let places: Vec<_> = analysis.mentions.iter().map(|m| (m.start, std::cmp::Reverse(m.end))).collect();
    assert!(places.is_sorted(), "{places:?}");
    for mention in &analysis.mentions {
        assert_eq!(words([mention.start, mention.end]), mention.text);
    }
    for r in &analysis.relations {
        assert_eq!(words(r.subject_span), r.subject_text);
        assert_eq!(words(r.object_span), r.object_text);
        assert!(
            r.evidence_start <= r.trigger_start && r.trigger_start < r.trigger_end && r.trigger_end <= r.evidence_end
        );
        assert!(r.evidence_end <= points.len());
    }
    for claim in &analysis.claims {
        assert_eq!(words(claim.subject_span), claim.subject_text);
        assert_eq!(words(claim.object_span), claim.object_text);
    }
    for [start, end] in analysis.notes.iter().map(|n| [n.start, n.end]).chain(analysis.sentences.iter().copied()) {
        assert!(start <= end && end <= points.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_sound_analysis(text in odd_text()) {
        let document = document(&text, Some("2022-06-15"));
        let analysis = analyser().analyze_in_detail(&document, OPEN);
        sound(&text, &analysis);
        prop_assert_eq!(&analyser().analyze_in_detail(&document, OPEN), &analysis, "the same text gives the same");
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), lines in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(if lines { "odd.jsonl" } else { "odd.txt" });
        fs::write(&path, bytes).unwrap();
        for document in read(&[path], &Options::default()).flatten() {
            sound(&document.text, &analyser().analyze(&document));
        }
    }
}

#[test]
fn very_long_lines_and_words_are_read() {
    for text in [
        "Xi Jinping told Putin ".repeat(3000),
        "Russia".repeat(20_000),
        "“".repeat(5000),
        "China, ".repeat(5000),
        format!("Xi met Putin{}.", " and Modi".repeat(2000)),
        "\n".repeat(100_000),
    ] {
        sound(&text, &analyser().analyze(&document(&text, None)));
    }
}

const NAMES: [&str; 12] = [
    "Russia",
    "China",
    "the United States",
    "NATO",
    "the European Commission",
    "Xi Jinping",
    "Vladimir Putin",
    "Emmanuel Macron",
    "Reuters",
    "Ukraine",
    "the Kremlin",
    "the United Nations",
];

/// Plain form, past form, participle.
const VERBS: [[&str; 3]; 12] = [
    ["condemn", "condemned", "condemned"],
    ["praise", "praised", "praised"],
    ["criticise", "criticised", "criticised"],
    ["attack", "attacked", "attacked"],
    ["accuse", "accused", "accused"],
    ["invite", "invited", "invited"],
    ["support", "supported", "supported"],
    ["sue", "sued", "sued"],
    ["warn", "warned", "warned"],
    ["betray", "betrayed", "betrayed"],
    ["defeat", "defeated", "defeated"],
    ["recognise", "recognised", "recognised"],
];

fn relations(text: &str) -> Vec<RelationRecord> {
    analyser().analyze(&document(text, Some("2022-06-15"))).relations
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Who, what, whom and everything else that neither voice nor negation may touch.
fn key(r: &RelationRecord) -> impl PartialEq + std::fmt::Debug {
    let ends = (r.subject_id.clone(), r.object_id.clone());
    (ends, r.predicate.clone(), r.modality, r.status, r.attributed_to.clone(), r.time.clone(), r.symmetric)
}

fn clauses() -> impl Strategy<Value = (&'static str, [&'static str; 3], &'static str)> {
    (select(&NAMES[..]), select(&VERBS[..]), select(&NAMES[..])).prop_filter("two names", |(a, _, b)| a != b)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn active_and_passive_say_the_same((a, [_, past, participle], b) in clauses()) {
        let active = relations(&format!("{} {past} {b} on Monday.", capital(a)));
        let passive = relations(&format!("{} was {participle} by {a} on Monday.", capital(b)));
        prop_assert_eq!(active.len(), 1);
        prop_assert_eq!(passive.len(), 1);
        prop_assert_eq!(key(&active[0]), key(&passive[0]));
        prop_assert_eq!(active[0].polarity, passive[0].polarity);
    }

    #[test]
    fn not_changes_the_polarity_and_nothing_else((a, [plain, past, _], b) in clauses()) {
        let said = relations(&format!("{} {past} {b} on Monday.", capital(a)));
        let denied = relations(&format!("{} did not {plain} {b} on Monday.", capital(a)));
        prop_assert_eq!(said.len(), 1);
        prop_assert_eq!(denied.len(), 1);
        prop_assert_eq!(key(&said[0]), key(&denied[0]));
        prop_assert_eq!((said[0].polarity, denied[0].polarity), (Polarity::Positive, Polarity::Negative));
    }

    #[test]
    fn swapped_names_swap_the_ends((a, [_, past, _], b) in clauses()) {
        let one = relations(&format!("{} {past} {b} on Monday.", capital(a)));
        let other = relations(&format!("{} {past} {a} on Monday.", capital(b)));
        prop_assert_eq!((one.len(), other.len()), (1, 1));
        prop_assert_eq!((&one[0].subject_id, &one[0].object_id), (&other[0].object_id, &other[0].subject_id));
        prop_assert_eq!((&one[0].predicate, &one[0].time), (&other[0].predicate, &other[0].time));
    }

    #[test]
    fn a_subordinate_clause_leaves_the_edge(
        (a, [_, past, _], b) in clauses(),
        (before, after) in select(vec![
            ("When the rain had stopped, ", ""),
            ("Although nobody had asked, ", ""),
            ("", ", although nobody had asked"),
            ("", " because the winter had been long"),
            ("", ", which surprised many"),
        ]),
    ) {
        let plain = relations(&format!("{} {past} {b} on Monday.", capital(a)));
        let first = if before.is_empty() { capital(a) } else { a.to_owned() };
        let longer = relations(&format!("{before}{first} {past} {b} on Monday{after}."));
        prop_assert_eq!((plain.len(), longer.len()), (1, 1), "{:?}", longer);
        prop_assert_eq!(key(&plain[0]), key(&longer[0]));
        prop_assert_eq!(plain[0].polarity, longer[0].polarity);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_reports_leaves_no_trace(order in Just((0..samples().len()).collect::<Vec<_>>()).prop_shuffle()) {
        let folder = tempfile::tempdir().unwrap();
        let (straight, shuffled) = (folder.path().join("straight.db"), folder.path().join("shuffled.db"));
        support::store(&straight, samples());
        let batch: Vec<_> = order.iter().map(|&at| samples()[at].clone()).collect();
        support::store(&shuffled, &batch);
        prop_assert!(fs::read(&straight).unwrap() == fs::read(&shuffled).unwrap(), "database bytes");
        let export = |path| {
            let mut out = Vec::new();
            records::write_jsonl(&Store::open_read_only(path).unwrap(), &Filter::everything(), &mut out).unwrap();
            out
        };
        prop_assert!(export(&straight) == export(&shuffled), "export bytes");
    }
}
