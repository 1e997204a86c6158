//! Any bytes as a web page: its article as a sound document, or one failure.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiregraph_fuzz::sound_reports;

fuzz_target!(|bytes: &[u8]| sound_reports("page.html", bytes));
