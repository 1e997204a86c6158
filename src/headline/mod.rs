//! Headlines and text in capitals in; the same in the letter case of sentences, and parsed by a headline's own grammar, out.

mod grammar;
mod parts;
mod recase;
mod style;
mod words;

use crate::document::{Block, BlockKind, Document};
use crate::gazetteer::Gazetteer;
use crate::lexicon::{Headlines, Lexicon};
use crate::syntax::{Pipeline, Sentence};
use crate::text::Span;
use recase::Vocabulary;
use std::borrow::Cow;
use style::Style;
use words::{stretches, words};

/// A document as it is to be read: its words in the letter case that a sentence gives them.
///
/// Offsets are those of the original, whose words are what is stored and shown.
pub fn reading<'d>(
    document: &'d Document,
    pipeline: &Pipeline,
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) -> Cow<'d, Document> {
    let mut reader = Reader { pipeline, gazetteer, lexicon, cues: &lexicon.headlines, body: Vocabulary::default() };
    let (mut raised, mut plain) = (Vec::new(), Vec::new());
    for (number, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_read()) {
        let heading = block.kind == BlockKind::Headline;
        let whole = Span::new(0, block.text.len());
        let stretches = if heading { vec![whole] } else { stretches(&block.text) };
        for within in stretches {
            let words = words(&block.text, within);
            match reader.style(&block.text, within, &words, heading) {
                Style::Sentence if heading => {}
                Style::Sentence => plain.push((number, within)),
                style => raised.push((number, within, words, style)),
            }
        }
    }
    if raised.is_empty() {
        return Cow::Borrowed(document);
    }
    for (number, within) in plain {
        let text = &document.blocks[number].text;
        reader.body.learn(text, &words(text, within));
    }
    let mut copy = document.clone();
    for (number, within, words, style) in raised {
        let block = &document.blocks[number];
        for (at, letter) in reader.recased(&block.text, within, &words, style) {
            replace(&mut copy.blocks[number].text, at, letter);
            let (from, place) =
                (Span::new(at, at + letter.len_utf8()), block.in_document(Span::new(at, at + letter.len_utf8())));
            // Where the block is plainer than the text (a ligature), the text stays.
            if place.of(&document.text) == from.of(&block.text) {
                replace(&mut copy.text, place.start, letter);
            }
        }
    }
    Cow::Owned(copy)
}

/// What is longer (bytes) is no headline, whatever it looks like: it is parsed as it stands.
const LONGEST: usize = 400;

/// Sentences of a headline that [`reading`] has put into the case of sentences; spans in bytes of the block's text.
///
/// Labels such as "UPDATE 2-" are left out; who says it hangs on the statement's root as [`Dep::Source`](crate::syntax::Dep).
/// A helping verb that headlines leave out stands as an empty token.
pub fn parse(block: &Block, pipeline: &Pipeline, lexicon: &Lexicon) -> Vec<Sentence> {
    if block.text.len() > LONGEST {
        return pipeline.parse_once(&[&block.text]).iter().flat_map(|sentences| sentences.to_vec()).collect();
    }
    let parts = parts::parts(&block.text, pipeline, &lexicon.headlines);
    parts.iter().flat_map(|part| grammar::sentences(&block.text, part, pipeline, lexicon)).collect()
}

struct Reader<'a> {
    pipeline: &'a Pipeline,
    gazetteer: &'a Gazetteer,
    lexicon: &'a Lexicon,
    cues: &'a Headlines,
    body: Vocabulary,
}

/// Puts a letter in the place of one of the same length.
fn replace(text: &mut String, at: usize, letter: char) {
    let mut buffer = [0; 4];
    let letter = letter.encode_utf8(&mut buffer);
    text.replace_range(at..at + letter.len(), letter);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::OnceLock;

    fn data() -> &'static (Pipeline, Gazetteer, Lexicon) {
        static DATA: OnceLock<(Pipeline, Gazetteer, Lexicon)> = OnceLock::new();
        let sound = "the embedded data is sound";
        DATA.get_or_init(|| {
            (Pipeline::embedded().expect(sound), Gazetteer::embedded().expect(sound), Lexicon::embedded().expect(sound))
        })
    }

    fn read(headline: &str, body: &str) -> (Document, String) {
        let mut document = Document::new("a".into(), None, None, format!("{headline}\n\n{body}"), Vec::new());
        document.blocks[0].kind = BlockKind::Headline;
        let (pipeline, gazetteer, lexicon) = data();
        let copy = reading(&document, pipeline, gazetteer, lexicon).into_owned();
        let text = copy.blocks[0].text.clone();
        (copy, text)
    }

    #[test]
    fn titles_become_sentences() {
        for (headline, sentence) in [
            ("China Vows Support for Russia, Drawing U.S. Ire", "China vows support for Russia, drawing U.S. ire"),
            ("Xi to Visit Moscow", "Xi to visit Moscow"),
            ("Polish PM Meets IMF Chief in May", "Polish PM meets IMF chief in May"),
            ("Japan May Join Talks", "Japan may join talks"),
            ("Who Will Lead the WHO?", "Who will lead the WHO?"),
            ("PUTIN MEETS XI IN BEIJING", "Putin meets Xi in Beijing"),
            ("US WARNS IT WILL SANCTION TURKEY", "US warns it will sanction Turkey"),
            ("WHO SAYS MEASLES IS BACK", "WHO says measles is back"),
            ("FSB ARRESTS MAN IN MAY 9 PLOT", "FSB arrests man in May 9 plot"),
            ("IRAN'S LEADER WON'T MEET ZELENSKY", "Iran's leader won't meet Zelensky"),
            ("North Korea puts military on alert", "North Korea puts military on alert"),
        ] {
            assert_eq!(read(headline, "").1, sentence);
        }
    }

    #[test]
    fn names_alone_are_no_title() {
        let names = "President Vladimir Putin and Chinese Foreign Minister Wang Yi";
        assert_eq!(read(names, "").1, names);
    }

    #[test]
    fn the_report_itself_decides() {
        let turkey = "In Ohio the turkey was sold by Mark Frost, and a chilled turkey by Kovelin.";
        assert_eq!(read("TURKEY SOLD BY KOVELIN", turkey).1, "Turkey sold by Kovelin");
        assert_eq!(read("MAN SELLS TURKEY TO FROST", turkey).1, "Man sells turkey to Frost");
        assert_eq!(read("Man Sells Turkey to Frost", turkey).1, "Man sells turkey to Frost");
        assert_eq!(read("MAN THANKS MCCAIN", "He met John McCain.").1, "Man thanks McCain");
    }

    #[test]
    fn letters_that_change_their_length_stay() {
        assert_eq!(
            read("\u{130}STANBUL VOTES FOR MAYOR AND THE CITY", "").1,
            "\u{130}stanbul votes for mayor and the city"
        );
    }

    proptest! {
        #[test]
        fn only_letter_case_changes(headline in "[A-Z][A-Za-z'’ .İßÉ-]{3,60}", body in "[A-Za-z .]{0,60}") {
            let text = format!("{headline}\n\n{body}");
            let document = Document::new("a".into(), None, None, text.clone(), Vec::new());
            let (pipeline, gazetteer, lexicon) = data();
            let copy = reading(&document, pipeline, gazetteer, lexicon);
            prop_assert_eq!(copy.text.len(), text.len());
            let same = copy.text.char_indices().zip(text.char_indices());
            for ((at, new), (place, old)) in same {
                prop_assert_eq!(at, place);
                prop_assert!(new == old || old.to_lowercase().eq(std::iter::once(new)));
            }
            for (block, origin) in copy.blocks.iter().zip(&document.blocks) {
                prop_assert_eq!(block.text.len(), origin.text.len());
            }
        }
    }
}
