//! How surely an edge was read: a sentence for each level and each boundary, whatever the names; asked for on the command line.

mod program;
mod store_reports;
mod support;

use program::Place;
use serde_json::Value;
use support::{analyser, document, render};
use wiregraph::analysis::Polarity;
use wiregraph::analysis::Trust::{self, Construed, Direct, Inferred, Resolved, Tentative};
use wiregraph::graph::{Filter, Links, SCHEMA, Store};
use wiregraph::{Analysis, Detail};

/// How surely an edge was read, its subject with its predicate, and the text.
const LEVELS: [(Trust, &str, &str); 29] = [
    (Direct, "China condemn", "China condemned Russia on Monday."),
    (Direct, "China condemn", "Russia was condemned by China."),
    (Direct, "Kenya send troop to", "Kenya sent troops to Haiti."),
    (Direct, "Emmanuel Macron meet with", "Emmanuel Macron met with Olaf Scholz in March."),
    (Direct, "Emmanuel Macron criticise", "Emmanuel Macron spoke on Monday. On Tuesday Macron criticised Kenya."),
    (Direct, "Obadiah Crundle criticise", "Gen. Obadiah Crundle criticised Kenya."),
    (Direct, "Crundle Steel Holdings criticise", "Crundle Steel Holdings criticised Kenya."),
    (Direct, "Norway criticise", "Norway and Sweden criticised Kenya."),
    (Construed, "Sweden criticise", "Norway and Sweden criticised Kenya."),
    (Construed, "China praise", "China met the envoys and praised Russia."),
    (Direct, "Kenya criticise", "Kenya criticised Norway, which had invaded Chad."),
    (Construed, "Norway invade", "Kenya criticised Norway, which had invaded Chad."),
    (Construed, "Norway agree to supply", "Norway agreed to supply Kenya with ships."),
    (Construed, "Norway demand of", "Norway demanded that Kenya release the hostages."),
    (Construed, "Russia invasion of", "Nobody had foreseen Russia's invasion of Ukraine."),
    (Construed, "Canada impose sanction on", "Canada imposed sanctions on Belarus."),
    (Construed, "Norway warn", "Norwegian officials warned Kenya."),
    (Construed, "rebels (Sudan) attack", "Sudanese rebels attacked Chad."),
    (Construed, "Norway be ally of", "Norway is an ally of Kenya."),
    (Resolved, "Emmanuel Macron visit", "Emmanuel Macron said he had visited Kenya."),
    (Resolved, "Norway warn", "Norway said it had warned Kenya."),
    (Inferred, "Emmanuel Macron warn", "Emmanuel Macron spoke to reporters in Oslo before warning Kenya."),
    (Inferred, "Obadiah Crundle criticise", "Obadiah Crundle criticised Kenya."),
    (
        Inferred,
        "European Commission warn",
        "The European Commission met on Monday. On Tuesday the commission warned Kenya.",
    ),
    (
        Inferred,
        "Emmanuel Macron meet",
        "Emmanuel Macron flew to Berlin to see Olaf Scholz. The two leaders met on Tuesday.",
    ),
    (Tentative, "Emmanuel Macron visit", "Emmanuel Macron spoke on Monday. He visited Kenya on Tuesday."),
    (Tentative, "Norway warn", "Norway voted on Monday. It warned Kenya on Tuesday."),
    (Tentative, "Norway warn", "Norway voted on Monday. “It warned Kenya on Tuesday,” an aide said."),
    (Tentative, "Obadiah Crundle criticise", "Obadiah Crundle spoke on Monday. He criticised Kenya on Tuesday."),
];

fn explained(text: &str, published: Option<&str>) -> Analysis {
    analyser().analyze_in_detail(&document(text, published), Detail { explain: true, ..Detail::default() })
}

#[test]
fn each_level_and_boundary_has_its_sentence() {
    let mut failures = Vec::new();
    for (level, edge, text) in LEVELS {
        let found = explained(text, Some("2022-06-15")).relations;
        let levels: Vec<Trust> =
            found.iter().filter(|r| format!("{} {}", r.subject, r.predicate) == edge).map(|r| r.trust).collect();
        if levels.first() != Some(&level) || levels.iter().any(|other| *other != level) {
            let told = found.iter().map(|r| format!("\n    {} {:?}", render(r), r.reading)).collect::<String>();
            failures.push(format!("{text}\n  {edge}: {levels:?} instead of {level:?}{told}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_level_does_not_depend_on_which_names_of_a_type_stand_there() {
    let states = ["China", "Norway", "Kenya", "Brazil", "the United States", "Japan", "Ukraine"];
    let people = ["Vladimir Putin", "Emmanuel Macron", "Xi Jinping", "Narendra Modi", "Olaf Scholz"];
    let sentences = [
        "Last week {a} condemned {b}.",
        "Last week {a} and {b} signed an agreement.",
        "In May {a} agreed to support {b}.",
        "Yesterday {p} said he had visited {b}.",
        "Yesterday {p} spoke. He criticised {b} on Tuesday.",
        "Later {p} met {q}, who praised {b}.",
    ];
    let mut pairs = 0;
    for sentence in sentences {
        let mut found: Vec<Vec<Trust>> = Vec::new();
        for at in 0..states.len() {
            let pick = |from: &[&'static str], shift: usize| from[(at + shift) % from.len()];
            let text = sentence
                .replace("{a}", pick(&states, 0))
                .replace("{b}", pick(&states, 3))
                .replace("{p}", pick(&people, 0))
                .replace("{q}", pick(&people, 2));
            let relations = analyser().analyze(&document(&text, Some("2022-06-15"))).relations;
            assert!(!relations.is_empty(), "{text}");
            found.push(relations.iter().map(|r| r.trust).collect());
        }
        pairs += found.windows(2).filter(|pair| pair[0] == pair[1]).count();
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{sentence}: {found:?}");
    }
    assert_eq!(pairs, sentences.len() * (states.len() - 1));
}

#[test]
fn the_contract_of_extract_has_no_level_unless_asked_to_explain() {
    let text = "China condemned Russia on Monday.";
    let relation = |analysis: &Analysis| serde_json::to_value(analysis).unwrap()["relations"][0].clone();
    let plain = relation(&analyser().analyze(&document(text, None)));
    let explained = relation(&explained(text, None));
    assert!(plain.get("reading").is_none() && plain.get("trust").is_none(), "{plain}");
    assert_eq!(
        explained["reading"],
        serde_json::json!({ "trust": "direct", "subject": "listed", "object": "listed", "steps": [] })
    );
}

fn rows(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let answer = place.run(&[arguments, &["--format", "jsonl"]].concat());
    answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn column(rows: &[Value], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].to_string().trim_matches('"').to_owned()).collect()
}

#[test]
fn min_trust_counts_only_what_was_read_that_surely() {
    let place = Place::new();
    let praise = |level: &str| {
        let all =
            rows(&place, &["neighbors", "Norland", "--direction", "out", "--relation", "prais", "--min-trust", level]);
        all.iter()
            .find(|row| row["polarity"] == "+")
            .map(|row| [&row["documents"], &row["origins"]].map(Value::to_string))
    };
    // Three reports praise, one of them less surely.
    assert_eq!(praise("tentative"), Some(["3", "2"].map(String::from)));
    assert_eq!(praise("direct"), Some(["2", "1"].map(String::from)));
    let best = rows(&place, &["neighbors", "Norland", "--relation", "prais", "--polarity", "+"]);
    assert_eq!(column(&best, "trust"), ["direct", "construed"], "an edge is as sure as the best of its evidence");
    let sure = rows(&place, &["evidence", "Norland", "Sudovia", "--min-trust", "direct"]);
    assert!(sure.iter().all(|row| row["trust"] == "direct") && !sure.is_empty());
    let told = rows(&place, &["timeline", "Norland", "--min-trust", "construed"]);
    assert!(!told.is_empty() && told.iter().all(|row| row["trust"] != "tentative"));
    let ranked = |level: &str| rows(&place, &["rank", "--min-trust", level]).len();
    assert!(ranked("direct") < ranked("tentative"));
    place.run(&["path", "Ada Quill", "Tarn Crossing", "--min-trust", "construed"]).refused(1, "nothing links");
    assert_eq!(rows(&place, &["path", "Ada Quill", "Tarn Crossing", "--min-trust", "inferred"]).len(), 1);
}

#[test]
fn disputes_and_exports_heed_the_same_conditions() {
    let place = Place::new();
    assert_eq!(rows(&place, &["disputes"]).len(), 1);
    assert_eq!(rows(&place, &["disputes", "--min-trust", "direct"]).len(), 1);
    assert!(rows(&place, &["disputes", "--until", "2031-05-03"]).is_empty(), "the denial came later");
    let export = |more: &[&str]| -> Vec<Value> {
        let out = place.run(&[&["export", "-f", "jsonl"], more].concat()).found();
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let of =
        |all: &[Value], kind: &str| all.iter().filter(|record| record["kind"] == kind).cloned().collect::<Vec<_>>();
    let (all, sure) = (export(&[]), export(&["--min-trust", "direct", "--status", "all"]));
    assert!(of(&all, "claim").len() == 2 && of(&sure, "claim").is_empty(), "a claim is no edge");
    assert!(of(&sure, "evidence").iter().all(|piece| piece["trust"] == "direct"));
    let edge = |all: &[Value]| {
        of(all, "edge")
            .into_iter()
            .find(|e| e["predicate"] == "prais" && e["subject"] == "Norland" && e["polarity"] == "+")
    };
    assert_eq!(
        (edge(&all).unwrap()["documents"].clone(), edge(&sure).unwrap()["documents"].clone()),
        (3.into(), 2.into())
    );
    let kept: Vec<String> = column(&of(&sure, "entity"), "name");
    assert!(!kept.contains(&"Tarn Crossing".to_owned()) && kept.contains(&"Norland".to_owned()), "{kept:?}");
    let dot = place.run(&["export", "-f", "dot", "--min-trust", "direct"]).found();
    assert!(dot.contains("norland") && !dot.contains("tarn"), "{dot}");
}

#[test]
fn a_wrong_level_is_answered_with_the_right_ones() {
    let place = Place::new();
    place.run(&["neighbors", "Norland", "--min-trust", "direkt"]).refused(2, "a similar value exists: 'direct'");
    place.run(&["neighbors", "Norland", "--sort", "claimant"]).refused(2, "claimants");
    let help = place.run(&["neighbors", "--help"]).found();
    for level in Trust::ALL {
        assert!(help.contains(level.as_str()), "{}", level.as_str());
    }
}

#[test]
fn the_levels_are_listed_with_meaning_figures_and_counts() {
    let place = Place::new();
    let levels = rows(&place, &["trust"]);
    assert_eq!(column(&levels, "level"), Trust::ALL.map(|level| level.as_str().to_owned()));
    assert_eq!(column(&levels, "edges"), ["4", "1", "0", "1", "1"], "{levels:?}");
    assert!(
        levels.iter().all(|row| row["judged"].as_i64().unwrap() > 30 && !row["meaning"].as_str().unwrap().is_empty())
    );
    let why = place.run(&[
        "why",
        rows(&place, &["evidence", "Ada Quill", "Tarn Crossing"])[0]["id"].as_str().unwrap(),
        "--format",
        "table",
    ]);
    assert!(why.found().contains(&format!("inferred: {}", Inferred.meaning())));
}

#[test]
fn the_contract_names_the_levels_as_the_program_does() {
    for level in Trust::ALL {
        let case = format!(" WHEN {} THEN '{}'", level.rank(), level.as_str());
        assert_eq!(SCHEMA.matches(&case).count(), 2, "{case}: one for edges, one for evidence");
        assert_eq!(Trust::of_rank(level.rank()), Some(level));
    }
    assert_eq!((Trust::of_rank(0), Trust::of_rank(6)), (None, None));
}

/// Links are loaded without names, and where no evidence need be read from the edges' own counts.
#[test]
fn paths_and_ranks_follow_the_edges_that_answers_list() {
    let place = Place::new();
    let store = Store::open_read_only(&place.file("out/graph.db")).unwrap();
    let plain = Filter::default();
    let filters = [
        plain.clone(),
        Filter { min_documents: 2, ..plain.clone() },
        Filter { polarity: Some(Polarity::Negative), ..plain.clone() },
        Filter { min_trust: Some(Direct), ..plain.clone() },
        Filter { relation: Some("Prais".into()), min_origins: 2, ..plain.clone() },
        Filter { since: Some("2031-05-03".into()), ..plain },
        Filter::everything(),
    ];
    for filter in filters {
        let (links, edges) = (Links::load(&store, &filter).unwrap(), store.edges(&filter).unwrap());
        let mut ends: Vec<String> = edges.iter().flat_map(|e| [e.subject_id.clone(), e.object_id.clone()]).collect();
        ends.sort_unstable();
        ends.dedup();
        assert_eq!((links.edge_count(), links.ids()), (edges.len(), &ends[..]), "{filter:?}");
        assert!(!edges.is_empty(), "{filter:?}");
        let mutual = edges.iter().filter(|edge| edge.symmetric).count() as u32;
        assert_eq!(links.degrees().iter().map(|degree| degree.mutual).sum::<u32>(), 2 * mutual, "{filter:?}");
    }
}

#[test]
fn edges_are_listed_in_the_order_that_is_asked_for() {
    let place = Place::new();
    let sorted = |key: &str| rows(&place, &["neighbors", "Sudovia", "--sort", key]);
    assert_eq!(column(&sorted("documents"), "documents"), ["3", "2", "1", "1", "1"]);
    assert_eq!(column(&sorted("trust"), "trust").first().unwrap(), "direct");
    assert_eq!(column(&sorted("trust"), "trust").last().unwrap(), "tentative");
    let dates = column(&sorted("date"), "last");
    assert!(dates.is_sorted_by(|a, b| a == "null" || b == "null" || a >= b) && dates[0] == "2031-06-01", "{dates:?}");
    let names = column(&sorted("name"), "predicate");
    assert_eq!((names.len(), &names), (5, &column(&sorted("name"), "predicate")), "the same each time");
    let support = |key: &str| column(&sorted(key), "id");
    assert_eq!(support("support"), support("origins"));
    let first = |more: &[&str]| column(&rows(&place, &[&["timeline", "Sudovia"], more].concat()), "date")[0].clone();
    assert_eq!((first(&[]), first(&["--sort", "trust"])), ("2031-05-02".to_owned(), "2031-05-02".to_owned()));
    assert_eq!(rows(&place, &["neighbors", "Sudovia", "--min-documents", "2"]).len(), 2);
}
