//! Lines of text in, tokens with tag, head, label and lemma out: for a look at the analyser.
use std::io::BufRead;

fn main() {
    let pipeline = match std::env::args().nth(1) {
        Some(folder) => wiregraph::syntax::Pipeline::load(std::path::Path::new(&folder)),
        None => wiregraph::syntax::Pipeline::embedded(),
    }
    .unwrap_or_else(|error| {
        eprintln!("{error}");
        std::process::exit(2)
    });
    let lines: Vec<String> = std::io::stdin().lock().lines().map_while(Result::ok).collect();
    let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
    for sentences in pipeline.parse(&texts) {
        for sentence in sentences {
            for (at, t) in sentence.tokens.iter().enumerate() {
                let (tag, pos, dep) = (t.tag.as_str(), t.pos.as_str(), t.dep.as_str());
                println!("{at}\t{}\t{}\t{tag}\t{pos}\t{}\t{dep}", t.text, t.lemma, t.head);
            }
            println!();
        }
        println!("----");
    }
}
