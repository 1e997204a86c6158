//! Every example in a rule file runs: its sentence must give the edge it promises, typed by a rule of that name.

mod support;

use support::{Expected, analyser, document, render};

#[test]
fn every_example_gives_what_it_promises() {
    let mut failures = Vec::new();
    let mut count = 0;
    for example in analyser().rules().examples() {
        count += 1;
        let mut parts = example.text.split("=>");
        let text = parts.next().unwrap_or_default().trim();
        let analysis = analyser().analyze(&document(text, Some("2022-06-15")));
        for wanted in parts.map(|p| Expected::parse(p, &example.place)) {
            if !analysis.relations.iter().any(|r| wanted.matches(r) && wanted.is_typed(r)) {
                let found: Vec<String> =
                    analysis.relations.iter().map(|r| format!("    {} [{:?}]", render(r), r.relation)).collect();
                failures.push(format!(
                    "{}: {}\n  missing => {}\n{}",
                    example.place,
                    text,
                    wanted.written,
                    found.join("\n")
                ));
            }
        }
    }
    assert!(count > 0, "no examples were read");
    assert!(failures.is_empty(), "{} of {count} examples fail:\n{}", failures.len(), failures.join("\n"));
}
