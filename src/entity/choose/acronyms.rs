//! Long names with letters in brackets in, the places where those letters stand alone out: "Shanghai Cooperation Organisation (SCO)".

use super::explain::{Choice, Reason};
use crate::document::Document;
use crate::entity::registry::{EntityIx, Mention, Registry};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// Adds mentions: the letters name the same entity wherever the document has them, whatever the lists say of them.
pub(in crate::entity) fn acronyms(document: &Document, registry: &mut Registry) {
    let taken: FxHashMap<usize, usize> = registry.mentions.iter().enumerate().map(|(i, m)| (m.span.start, i)).collect();
    let learned = learned(&document.text, &registry.mentions);
    if learned.is_empty() {
        return;
    }
    for block in document.blocks.iter().filter(|b| b.kind.holds_names()) {
        for letters in capitals(&document.text, block.span) {
            let Some(&(entity, spelt)) = learned.get(letters.of(&document.text)) else { continue };
            let choice = Some(Choice::only(Reason::Letters));
            let meant = Mention { choice, ..Mention::name(letters, entity) };
            match taken.get(&letters.start) {
                None => registry.mentions.push(meant),
                Some(&other) if spelt && registry.mentions[other].span == letters => {
                    if registry.mentions[other].entity != entity {
                        registry.mentions[other] = meant;
                    }
                }
                Some(_) => {}
            }
        }
    }
}

/// Letters that the document explains, with the entity and whether they are the first letters of its name.
fn learned<'t>(text: &'t str, mentions: &[Mention]) -> FxHashMap<&'t str, (EntityIx, bool)> {
    let mut learned = FxHashMap::default();
    for mention in mentions.iter().filter(|m| !m.demonym) {
        let long = mention.span.of(text);
        let explained = letters_behind(&text[mention.span.end..]).map(|letters| (letters, spells(letters, long)));
        let before = || letters_before(text, mention.span).map(|letters| (letters, true));
        let turned = || before().filter(|(letters, _)| spells(letters, long));
        if let Some((letters, spelt)) = explained.or_else(turned) {
            learned.entry(letters).or_insert((mention.entity, spelt));
        }
    }
    learned
}

/// "Shanghai Cooperation Organisation (SCO)", "..., or SCO,", "..., known as the SCO".
fn letters_behind(tail: &str) -> Option<&str> {
    const LINKS: &[&str] =
        &[", or the ", ", or ", ", known as the ", ", known as ", ", abbreviated as ", ", or simply "];
    bracketed_letters(tail).or_else(|| {
        let rest = LINKS.iter().find_map(|link| tail.strip_prefix(link))?;
        let end = rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len());
        let closed = !rest[end..].starts_with(char::is_alphanumeric);
        ((2..=8).contains(&end) && closed).then_some(&rest[..end])
    })
}

/// "SCO (Shanghai Cooperation Organisation)".
fn letters_before(text: &str, long: Span) -> Option<&str> {
    let head = text[..long.start].strip_suffix(" (")?;
    let closed = text[long.end..].starts_with(')');
    let start = head.rfind(|c: char| !c.is_ascii_uppercase()).map_or(0, |i| i + 1);
    let letters = head.get(start..).filter(|l| (2..=8).contains(&l.len()))?;
    closed.then_some(letters)
}

/// The letters begin the words of the name, in order, small words aside.
fn spells(letters: &str, name: &str) -> bool {
    let words = name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase());
    let initials: String = words.collect();
    initials.len() >= 2 && initials == letters
}

/// The capital letters in brackets that open `tail`: " (SCO) met" gives "SCO".
pub(in crate::entity) fn bracketed_letters(tail: &str) -> Option<&str> {
    let inside = tail.strip_prefix(" (").or_else(|| tail.strip_prefix(" ["))?;
    let end = inside.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(inside.len());
    ((2..=8).contains(&end) && inside[end..].starts_with([')', ']'])).then_some(&inside[..end])
}

/// Words of capital letters alone.
fn capitals(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start;
    std::iter::from_fn(move || {
        while at < span.end {
            let rest = &text[at..span.end];
            let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = Span::new(at, at + len);
            at = word.end + rest[len..].chars().next().map_or(0, char::len_utf8);
            if len >= 2 && word.of(text).bytes().all(|b| b.is_ascii_uppercase()) {
                return Some(word);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_explained_behind_or_before_a_name() {
        assert_eq!(letters_behind(" (SCO) met"), Some("SCO"));
        assert_eq!(letters_behind(", or SCO, met"), Some("SCO"));
        assert_eq!(letters_behind(", or Sco"), None);
        let text = "SCO (Shanghai Cooperation Organisation) met";
        assert_eq!(letters_before(text, Span::new(5, 38)), Some("SCO"));
    }

    #[test]
    fn letters_spell_a_name_by_its_capitals() {
        assert!(spells("SCO", "Shanghai Cooperation Organisation") && spells("BOE", "Bank Of England"));
        assert!(!spells("FARC", "Revolutionary Armed Forces of Colombia"));
    }
}
