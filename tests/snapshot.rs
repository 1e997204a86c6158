//! Every edge and claim that the samples give, as lines that a person can read and compare.
//!
//! When the engine changes them on purpose: `INSTA_UPDATE=always cargo test --test snapshot`, and read the difference.

mod support;

use support::{render, samples};

#[test]
fn the_samples_give_these_edges() {
    let mut lines = String::new();
    for (document, analysis) in samples() {
        let dated = document.published.map_or("undated".to_owned(), |day| day.to_string());
        lines += &format!("\n{} ({}, {dated})\n", document.id, document.source.as_deref().unwrap_or("no outlet"));
        for relation in &analysis.relations {
            let class = relation.event.iter().map(|class| format!("  [{class}]")).collect::<String>();
            lines += &format!("  {}{class}\n", render(relation));
        }
        lines += &format!("  {} mentions, {} claims\n", analysis.mentions.len(), analysis.claims.len());
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("samples", lines.trim_start());
    });
}
