//! Any bytes as a file of JSON lines: every line that is not blank is a sound document or one failure.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiregraph_fuzz::sound_reports;

fuzz_target!(|bytes: &[u8]| sound_reports("wire.jsonl", bytes));
