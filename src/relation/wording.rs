//! A frame as a person would say it in, a pattern over the words of a predicate out.
//!
//! `{subject} impose/adopt ... sanction/embargo on/against {object}`: words are lemmas or plain plurals, `/` stands between
//! alternatives, `<name>` is a list from the file's `[words]`, `...` any number of words, `[in square brackets]` what may be
//! missing. Slots: `{subject}` and `{object}`, or `{a}` and `{b}` for mutual edges; `{via}` and `{topic}` may be named too.
//! A slot can ask for a type (`{object:PERSON}`, `{subject:STATE/ORG}`) or for a noun (`{via:bridge/road}`).

use super::actor::Actor;
use super::edges::Edge;
use crate::analysis::EntityType;
use crate::entity::{Entity, Located, Registry};
use crate::syntax::Pos;
use std::collections::BTreeMap;

/// Named lists of words, for the frames of one file.
pub type WordLists = BTreeMap<String, String>;

/// The words between the two ends, and what the ends must be.
pub struct Frame {
    mutual: bool,
    /// "{subject}'s attack on {object}", "talks between {a} and {b}": its words are a noun's, not a verb's.
    nominal: bool,
    slots: Vec<Slot>,
    words: Vec<Word>,
}

enum Word {
    One {
        any: Vec<String>,
        optional: bool,
    },
    /// `...`: any number of words.
    Gap,
}

struct Slot {
    name: String,
    allowed: Vec<String>,
}

const SLOTS: &[&str] = &["subject", "object", "a", "b", "via", "topic"];

impl Frame {
    /// The error says what was expected instead.
    pub fn parse(text: &str, lists: &WordLists) -> Result<Self, String> {
        let nominal = text.contains("'s") || !text.starts_with('{');
        let mut frame = Self { mutual: text.contains("{a"), nominal, slots: Vec::new(), words: Vec::new() };
        let mut optional = false;
        for part in text.split_whitespace() {
            optional |= part.starts_with('[');
            let bare = part.trim_start_matches('[').trim_end_matches(']').trim_end_matches("'s");
            match bare {
                slot if slot.starts_with('{') => frame.slots.push(Slot::parse(slot)?),
                "..." => frame.words.push(Word::Gap),
                word if frame.closed() && !frame.mutual => expect_optional(optional, word)?,
                word => frame.words.extend(Word::parse(word, optional, frame.mutual, lists)?),
            }
            optional &= !part.ends_with(']');
        }
        frame.check()
    }

    /// Both ends are named; what then follows an {object} is context, not part of the predicate.
    fn closed(&self) -> bool {
        let has = |name: &str| self.slots.iter().any(|s| s.name == name);
        has("subject") && has("object") || has("a") && has("b")
    }

    fn check(self) -> Result<Self, String> {
        match () {
            () if !self.closed() => Err("{subject} and {object}, or {a} and {b}".to_owned()),
            () if self.keys().is_empty() => Err("a verb or noun that must stand between the slots".to_owned()),
            () => Ok(self),
        }
    }

    /// The alternatives of the first word that must be there: none of them, no match.
    pub fn keys(&self) -> &[String] {
        let required = |word: &'_ Word| matches!(word, Word::One { optional: false, .. });
        match self.words.iter().find(|w| required(w)) {
            Some(Word::One { any, .. }) => any,
            _ => &[],
        }
    }

    /// Whether the edge says it: `words` are its predicate, or the part after the verbs that control it.
    pub fn matches(&self, words: &[&str], edge: &Edge, located: &Located, registry: &Registry) -> bool {
        let slot = |s: &Slot| match s.name.as_str() {
            "subject" | "a" => s.admits(&edge.subject, registry),
            "object" | "b" => s.admits(&edge.object, registry),
            // "$100,000" is money.
            "via" => edge.nouns.iter().any(|&n| {
                let word = located.token(n);
                s.names(&word.lemma.to_lowercase()) || word.pos == Pos::Num && s.names("money")
            }),
            _ => true,
        };
        let noun = || edge.predicate.tokens().any(|t| matches!(located.token(t).pos, Pos::Noun | Pos::Propn));
        (!self.mutual || edge.symmetric)
            && (!self.nominal || noun())
            && matches(&self.words, words)
            && self.slots.iter().all(slot)
    }
}

fn expect_optional(optional: bool, word: &str) -> Result<(), String> {
    if optional { Ok(()) } else { Err(format!("{word:?} in square brackets, or before the last slot")) }
}

impl Slot {
    fn parse(text: &str) -> Result<Self, String> {
        let inside =
            text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).ok_or("a slot such as {subject} or {object}")?;
        let (name, allowed) = inside.split_once(':').unwrap_or((inside, ""));
        if !SLOTS.contains(&name) {
            return Err(format!("one of the slots {}, not {name:?}", SLOTS.join(", ")));
        }
        let allowed: Vec<String> = allowed.split('/').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let known = |w: &String| !w.starts_with(char::is_uppercase) || w == "STATE" || EntityType::parse(w).is_some();
        match allowed.iter().find(|w| !known(w)) {
            Some(word) => Err(format!("a type among PERSON PLACE STATE ORG FACILITY EVENT OTHER, not {word:?}")),
            None => Ok(Self { name: name.to_owned(), allowed }),
        }
    }

    fn admits(&self, actor: &Actor, registry: &Registry) -> bool {
        let entity = registry.entity(actor.entity);
        self.allowed.is_empty()
            || self.allowed.iter().any(|a| is_of(entity, a))
            || actor.head.as_ref().is_some_and(|head| self.names(head))
    }

    fn names(&self, noun: &str) -> bool {
        self.allowed.is_empty() || self.allowed.iter().any(|a| a == noun)
    }
}

fn is_of(entity: &Entity, wanted: &str) -> bool {
    match wanted {
        "STATE" => entity.id.starts_with("state:"),
        _ => entity.entity_type.as_str() == wanted,
    }
}

impl Word {
    /// `None` where the word only joins {a} and {b}.
    fn parse(text: &str, optional: bool, mutual: bool, lists: &WordLists) -> Result<Option<Self>, String> {
        let mut any = Vec::new();
        let mut joins = false;
        for part in text.split('/') {
            match part.strip_prefix('<').map(|p| p.trim_end_matches('>')) {
                Some(name) => {
                    let list = lists.get(name).ok_or_else(|| format!("a list {name:?} under [words] of this file"))?;
                    any.extend(list.split_whitespace().flat_map(forms));
                }
                None if mutual && part == "and" => joins = true,
                None => any.extend(forms(part)),
            }
        }
        Ok((!any.is_empty()).then_some(Self::One { any, optional: optional || joins }))
    }
}

/// The word, and where it looks like a plural the singular: an author may write "sanctions".
fn forms(word: &str) -> Vec<String> {
    let singular = match word {
        _ if word.len() < 4 || word.ends_with("ss") => None,
        _ if word.ends_with("ies") => Some(format!("{}y", &word[..word.len() - 3])),
        _ => word.strip_suffix('s').map(str::to_owned),
    };
    std::iter::once(word.to_owned()).chain(singular).collect()
}

fn matches(pattern: &[Word], words: &[&str]) -> bool {
    let Some(first) = pattern.first() else { return words.is_empty() };
    let rest = &pattern[1..];
    match (first, words.split_first()) {
        (Word::Gap, split) => matches(rest, words) || split.is_some_and(|(_, after)| matches(pattern, after)),
        (Word::One { any, optional }, split) => {
            let here = split.is_some_and(|(word, after)| any.iter().any(|a| a == word) && matches(rest, after));
            here || *optional && matches(rest, words)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(frame: &str, words: &str) -> bool {
        let frame = Frame::parse(frame, &WordLists::new()).unwrap();
        matches(&frame.words, &words.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn words_alternatives_gaps_and_brackets() {
        assert!(fits("{subject} impose/adopt ... sanctions on/against {object}", "impose new sanction on"));
        assert!(fits("{subject} impose/adopt ... sanctions on/against {object}", "adopt sanction against"));
        assert!(!fits("{subject} impose sanctions on {object}", "impose sanction"));
        assert!(fits("{subject}'s [launch/mount] invasion of {object}", "launch invasion of"));
        assert!(fits("{subject}'s [launch/mount] invasion of {object}", "invasion of"));
        assert!(fits("{subject} assure {object} [of/about {topic}]", "assure"));
        assert!(fits("{via:bridge} link {a} with/to/and {b}", "link"));
        assert!(fits("talks between {a} and {b}", "talk between"));
    }

    #[test]
    fn what_is_no_frame_names_what_was_expected() {
        let expected = |frame: &str| Frame::parse(frame, &WordLists::new()).err().unwrap();
        assert_eq!(expected(""), "{subject} and {object}, or {a} and {b}");
        assert_eq!(expected("{subject} {object}"), "a verb or noun that must stand between the slots");
        assert_eq!(expected("{subject} ... {object}"), "a verb or noun that must stand between the slots");
        assert_eq!(
            expected("{subjekt} attack {object}"),
            "one of the slots subject, object, a, b, via, topic, not \"subjekt\""
        );
        assert_eq!(expected("{subject attack {object}"), "a slot such as {subject} or {object}");
        assert_eq!(expected("{subject} <hit> {object}"), "a list \"hit\" under [words] of this file");
        assert_eq!(
            expected("{subject} hit {object:CITY}"),
            "a type among PERSON PLACE STATE ORG FACILITY EVENT OTHER, not \"CITY\""
        );
        assert_eq!(expected("{subject} hit {object} hard"), "\"hard\" in square brackets, or before the last slot");
    }
}
