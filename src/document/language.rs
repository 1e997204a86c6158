//! A report's blocks in; its language out, and the blocks in another one marked as foreign.

use super::cues::ENGLISH;
use super::{Block, BlockKind, Note};
use crate::text::Span;
use whatlang::{Lang, Script, detect};

/// The language that rules and model are written for.
pub(super) const OURS: &str = "en";
/// With so large a share of English function words a text is English, whatever its names look like; with less than the
/// other, it may be another language. What lies between is doubtful and read.
const ENGLISH_SHARE: f64 = 0.1;
const FOREIGN_SHARE: f64 = 0.05;
/// Shorter texts are not judged (letters; of another script, fewer tell).
const SHORTEST: usize = 60;
const SHORTEST_OTHER: usize = 20;
/// So much of a text tells its language (bytes).
const ENOUGH: usize = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    English,
    Foreign(Lang),
    Doubtful,
}

/// The language's code (ISO 639-1, where it has one). `told` by the user turns recognition off.
///
/// Blocks of running text in another language become [`BlockKind::Foreign`]: those that are long enough to judge, or all
/// of them where most of the text is.
pub(super) fn mark(blocks: &mut [Block], told: Option<&str>, notes: &mut Vec<Note>) -> String {
    if let Some(code) = told {
        if code != OURS {
            whole(blocks, format!("the report is taken to be in {code:?}"), notes);
        }
        return code.to_owned();
    }
    let verdicts: Vec<Verdict> =
        blocks.iter().map(|block| if is_text(block) { judge(&block.text) } else { Verdict::Doubtful }).collect();
    if let Some(language) = main(blocks, &verdicts) {
        whole(blocks, format!("the report is in {} ({})", language.eng_name(), code(language)), notes);
        return code(language).to_owned();
    }
    for (block, verdict) in blocks.iter_mut().zip(verdicts) {
        if let Verdict::Foreign(language) = verdict
            && block.kind == BlockKind::Prose
        {
            block.kind = BlockKind::Foreign;
            notes.push(note(format!("a paragraph in {} ({})", language.eng_name(), code(language)), block.span));
        }
    }
    OURS.to_owned()
}

fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Prose | BlockKind::Headline)
}

/// The other language that most of the text is in.
fn main(blocks: &[Block], verdicts: &[Verdict]) -> Option<Lang> {
    let length = |wanted: fn(&Verdict) -> bool| -> usize {
        blocks
            .iter()
            .zip(verdicts)
            .filter(|(_, verdict)| wanted(verdict))
            .map(|(block, _)| block.text.chars().count())
            .sum()
    };
    let foreign = length(|verdict| matches!(verdict, Verdict::Foreign(_)));
    let english = length(|verdict| *verdict == Verdict::English);
    if foreign < english || foreign + english > 0 && foreign == 0 {
        return None;
    }
    let mut all = String::new();
    for block in blocks.iter().filter(|block| is_text(block)) {
        all.extend([block.text.as_str(), "\n"]);
        if all.len() >= ENOUGH {
            break;
        }
    }
    match judge(&all) {
        Verdict::Foreign(language) => Some(language),
        _ => verdicts.iter().find_map(|verdict| match verdict {
            Verdict::Foreign(language) if foreign > english => Some(*language),
            _ => None,
        }),
    }
}

/// Every paragraph and headline is another language's.
fn whole(blocks: &mut [Block], reason: String, notes: &mut Vec<Note>) {
    let text = |block: &&mut Block| is_text(block);
    let mut span: Option<Span> = None;
    for block in blocks.iter_mut().filter(text) {
        block.kind = BlockKind::Foreign;
        span = Some(span.map_or(block.span, |span| span.cover(block.span)));
    }
    notes.extend(span.map(|span| note(reason, span)));
}

fn note(reason: String, span: Span) -> Note {
    Note { kind: "language", text: format!("{reason}: names are kept, no edges are read"), span }
}

fn judge(text: &str) -> Verdict {
    let end = (0..=ENOUGH.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let text = &text[..end];
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').filter(|word| !word.is_empty());
    let (mut all, mut ours) = (0.0, 0.0);
    for word in words {
        all += 1.0;
        ours += f64::from(u8::from(ENGLISH.contains(&word.to_lowercase().as_str())));
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= SHORTEST && ours >= all * ENGLISH_SHARE {
        return Verdict::English;
    }
    match detect(text) {
        _ if ours >= all * FOREIGN_SHARE || letters < SHORTEST_OTHER => Verdict::Doubtful,
        Some(info) if info.script() != Script::Latin => Verdict::Foreign(info.lang()),
        Some(info) if letters >= SHORTEST && info.is_reliable() && info.lang() != Lang::Eng => {
            Verdict::Foreign(info.lang())
        }
        _ => Verdict::Doubtful,
    }
}

/// ISO 639-1 where the language has such a code, else ISO 639-3.
fn code(language: Lang) -> &'static str {
    let three = language.code();
    CODES.iter().find(|(long, _)| *long == three).map_or(three, |(_, short)| short)
}

#[rustfmt::skip]
const CODES: &[(&str, &str)] = &[
    ("epo", "eo"), ("eng", "en"), ("rus", "ru"), ("cmn", "zh"), ("spa", "es"), ("por", "pt"), ("ita", "it"), ("ben", "bn"),
    ("fra", "fr"), ("deu", "de"), ("ukr", "uk"), ("kat", "ka"), ("ara", "ar"), ("hin", "hi"), ("jpn", "ja"), ("heb", "he"),
    ("yid", "yi"), ("pol", "pl"), ("amh", "am"), ("jav", "jv"), ("kor", "ko"), ("nob", "nb"), ("dan", "da"), ("swe", "sv"),
    ("fin", "fi"), ("tur", "tr"), ("nld", "nl"), ("hun", "hu"), ("ces", "cs"), ("ell", "el"), ("bul", "bg"), ("bel", "be"),
    ("mar", "mr"), ("kan", "kn"), ("ron", "ro"), ("slv", "sl"), ("hrv", "hr"), ("srp", "sr"), ("mkd", "mk"), ("lit", "lt"),
    ("lav", "lv"), ("est", "et"), ("tam", "ta"), ("vie", "vi"), ("urd", "ur"), ("tha", "th"), ("guj", "gu"), ("uzb", "uz"),
    ("pan", "pa"), ("aze", "az"), ("ind", "id"), ("tel", "te"), ("pes", "fa"), ("mal", "ml"), ("ori", "or"), ("mya", "my"),
    ("nep", "ne"), ("sin", "si"), ("khm", "km"), ("tuk", "tk"), ("aka", "ak"), ("zul", "zu"), ("sna", "sn"), ("afr", "af"),
    ("lat", "la"), ("slk", "sk"), ("cat", "ca"), ("tgl", "tl"), ("hye", "hy"), ("cym", "cy"),
];
