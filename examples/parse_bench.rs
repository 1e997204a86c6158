//! Paths of text files on standard input, one text a line in them; seconds and tokens of analysing each out.
//!
//! The Rust side of `benches/spacy/run.py`. The first line of output is the time that loading took. The first argument is
//! the number of threads that share the texts, one if there is none; `names` behind it asks for the names in them too.

use std::io::BufRead;
use std::thread;
use std::time::Instant;

use wiregraph::syntax::{Pipeline, Sentence};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let threads: usize = std::env::args().nth(1).map_or(Ok(1), |number| number.parse())?;
    let with_names = std::env::args().nth(2).is_some_and(|what| what == "names");
    let start = Instant::now();
    let pipeline = Pipeline::embedded()?;
    println!("{:.6}", start.elapsed().as_secs_f64());
    for path in std::io::stdin().lock().lines() {
        let content = std::fs::read_to_string(path?.trim())?;
        let texts: Vec<&str> = content.lines().collect();
        let start = Instant::now();
        let tokens: usize = thread::scope(|scope| {
            let share = texts.len().div_ceil(threads).max(1);
            let work = |texts: &[&str]| count(&pipeline, texts, with_names);
            let parts: Vec<_> = texts.chunks(share).map(|texts| scope.spawn(move || work(texts))).collect();
            parts.into_iter().map(|part| part.join().unwrap_or(0)).sum()
        });
        println!("{:.6} {tokens}", start.elapsed().as_secs_f64());
    }
    Ok(())
}

/// Tokens of the texts, all of them parsed and, where asked for, searched for names.
fn count(pipeline: &Pipeline, texts: &[&str], with_names: bool) -> usize {
    let parsed = pipeline.parse(texts);
    if with_names {
        let starts = |sentences: &Vec<Sentence>| sentences.iter().map(|sentence| sentence.span.start).collect();
        let starts: Vec<Vec<usize>> = parsed.iter().map(starts).collect();
        let texts: Vec<(&str, &[usize])> =
            texts.iter().zip(&starts).map(|(text, starts)| (*text, &starts[..])).collect();
        std::hint::black_box(pipeline.recognise(&texts));
    }
    parsed.iter().flatten().map(|sentence| sentence.tokens.len()).sum()
}
