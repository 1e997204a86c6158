//! What must hold for any document and any analysis, whatever the bytes were.

use wiregraph::document::{Block, Document, Options, read_bytes};
use wiregraph::text::Span;
use wiregraph::{Analyser, Analysis};

/// Blocks follow each other, hold every character that is not blank, and lead back to the text they were made of.
pub fn sound_document(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(end <= block.span.start && block.span.start < block.span.end, "blocks in order: {block:?}");
        assert!(left_out(&document.text[end..block.span.start]), "text between blocks: {block:?}");
        end = block.span.end;
        sound_block(document, block);
    }
    assert!(left_out(&document.text[end..]), "text behind the last block");
    for note in &document.notes {
        let _ = note.span.of(&document.text);
    }
}

/// Bytes under a name give sound documents and failures that name their input, one of either at least.
pub fn sound_reports(name: &str, bytes: &[u8]) {
    let reports = read_bytes(name, bytes, &Options::default());
    assert!(!reports.is_empty(), "nothing is said of the input");
    for report in reports {
        match report {
            Ok(document) => sound_document(&document),
            Err(failure) => {
                let message = failure.to_string();
                assert!(message.starts_with(name) && message.len() > name.len() + 2, "{message}");
                assert!(!message.chars().any(char::is_control), "a message that steers the terminal: {message:?}");
            }
        }
    }
}

/// What no block holds: blanks, what takes no room on the page, the marks of lists and of quoted mail.
fn left_out(text: &str) -> bool {
    text.split(blank).all(|word| word.len() <= 8 || !word.contains(char::is_alphanumeric))
}

fn blank(c: char) -> bool {
    let invisible = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    c.is_whitespace() || c.is_control() || invisible
}

/// Every character of the block's text has a place in the document, and places ascend.
fn sound_block(document: &Document, block: &Block) {
    let mut last = block.span.start;
    for (at, c) in block.text.char_indices() {
        let span = block.in_document(Span::new(at, at + c.len_utf8()));
        assert!(last <= span.start && block.span.contains(span), "{c:?} at {at} of {block:?} lies at {span:?}");
        let _ = span.of(&document.text);
        last = span.start;
    }
}

/// Every span of the analysis gives the words stored with it.
pub fn sound_analysis(text: &str, analysis: &Analysis) {
    let points: Vec<char> = text.chars().collect();
    let same = |[start, end]: [usize; 2], words: &str| {
        assert!(points[start..end].iter().copied().eq(words.chars()), "{words:?} is not at {start}..{end}");
    };
    analysis.mentions.iter().for_each(|mention| same([mention.start, mention.end], &mention.text));
    for relation in &analysis.relations {
        same(relation.subject_span, &relation.subject_text);
        same(relation.object_span, &relation.object_text);
        let places = [relation.evidence_start, relation.trigger_start, relation.trigger_end, relation.evidence_end];
        assert!(places.is_sorted() && places[3] <= points.len(), "{relation:?}");
    }
    for claim in &analysis.claims {
        same(claim.subject_span, &claim.subject_text);
        same(claim.object_span, &claim.object_text);
    }
    for [start, end] in analysis.notes.iter().map(|n| [n.start, n.end]).chain(analysis.sentences.iter().copied()) {
        assert!(start <= end && end <= points.len(), "{start}..{end}");
    }
}

/// The analyser of the program, made once.
pub fn analyser() -> &'static Analyser {
    static ANALYSER: std::sync::OnceLock<Analyser> = std::sync::OnceLock::new();
    ANALYSER.get_or_init(|| Analyser::embedded().unwrap_or_else(|error| panic!("{error}")))
}
