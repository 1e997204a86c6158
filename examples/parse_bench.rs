//! Paths of text files on standard input, one text a line in them; seconds and tokens of analysing each out.
//!
//! The Rust side of `benches/spacy/run.py`. The first line of output is the time that loading took.

use std::io::BufRead;
use std::time::Instant;

use wiregraph::syntax::Pipeline;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let pipeline = Pipeline::embedded()?;
    println!("{:.6}", start.elapsed().as_secs_f64());
    for path in std::io::stdin().lock().lines() {
        let content = std::fs::read_to_string(path?.trim())?;
        let texts: Vec<&str> = content.lines().collect();
        let start = Instant::now();
        let parsed = pipeline.parse(&texts);
        let seconds = start.elapsed().as_secs_f64();
        let tokens: usize = parsed.iter().flatten().map(|sentence| sentence.tokens.len()).sum();
        println!("{seconds:.6} {tokens}");
    }
    Ok(())
}
