//! Any bytes under any name: packing, encoding and form are recognised, and what is inside is sound or refused.
//!
//! The first byte tells which name.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiregraph_fuzz::sound_reports;

const NAMES: [&str; 8] =
    ["report", "report.txt", "report.gz", "report.txt.zst", "wire.json", "wire.jsonl.gz", "page.html.zst", "README"];

fuzz_target!(|bytes: &[u8]| {
    if let Some((which, bytes)) = bytes.split_first() {
        sound_reports(NAMES[usize::from(*which) % NAMES.len()], bytes);
    }
});
