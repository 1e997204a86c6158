//! Any text through the whole flow: every span gives the words stored with it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiregraph::{Detail, Document};
use wiregraph_fuzz::{analyser, sound_analysis, sound_document};

const OPEN: Detail = Detail { open: true, explain: false };

fuzz_target!(|text: &str| {
    let document = Document::new("t".into(), None, "2022-06-15".parse().ok(), text.into(), Vec::new());
    sound_document(&document);
    sound_analysis(text, &analyser().analyze_in_detail(&document, OPEN));
});
