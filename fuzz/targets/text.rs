//! Any text: its layout leads back to it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiregraph::Document;
use wiregraph_fuzz::sound_document;

fuzz_target!(|text: &str| {
    sound_document(&Document::new("t".into(), None, None, text.into(), Vec::new()));
});
