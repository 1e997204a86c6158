//! Any text: tokens in order that hold every character but space; sentences in order, made of the same tokens.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use wiregraph::syntax::Pipeline;

fuzz_target!(|text: &str| {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let pipeline = PIPELINE.get_or_init(|| Pipeline::embedded().expect("the embedded pipeline"));
    let mut end = 0;
    for token in pipeline.tokens(text) {
        assert!(end <= token.start && token.start < token.end, "{token:?}");
        assert!(text[end..token.start].chars().all(space), "left out: {:?}", &text[end..token.start]);
        assert!(!token.of(text).chars().all(space), "{token:?} is space");
        end = token.end;
    }
    assert!(text[end..].chars().all(space), "left out: {:?}", &text[end..]);
});

/// As Python has it: U+001C to U+001F too.
fn space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}
