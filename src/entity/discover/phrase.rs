//! A sentence's capitalised words as name parts: which are covered by a list, which are titles, heads or no names at all.

use super::super::located::Located;
use super::super::registry::{Mention, Registry};
use super::sighting::{Facts, FoundBy, Sighting};
use crate::analysis::EntityType;
use crate::gazetteer::{Gazetteer, Gender};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Pos, Tag, Token};

/// A sentence as discovery reads it.
pub struct Phrases<'a> {
    pub located: &'a Located<'a>,
    pub registry: &'a Registry,
    pub lexicon: &'a Lexicon,
    pub gazetteer: &'a Gazetteer,
}

impl<'a> Phrases<'a> {
    pub fn token(&self, t: usize) -> &'a Token {
        self.located.token(t)
    }

    pub fn count(&self) -> usize {
        self.located.tokens().len()
    }

    pub fn lower(&self, t: usize) -> String {
        self.token(t).text.trim_end_matches('.').to_lowercase()
    }

    pub fn is_capital(&self, t: usize) -> bool {
        self.token(t).text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Begins with a capital and is a name's word to the tagger.
    pub fn is_proper(&self, t: usize) -> bool {
        self.is_capital(t) && self.token(t).pos == Pos::Propn
    }

    pub fn is_title(&self, t: usize) -> bool {
        self.lexicon.titles.has(&self.lower(t))
    }

    pub fn is_no_name(&self, t: usize) -> bool {
        self.lexicon.no_names.has(&self.lower(t))
    }

    /// The listed name over the token.
    pub fn listed(&self, t: usize) -> Option<&'a Mention> {
        self.located.covering(t).map(|m| &self.registry.mentions[m])
    }

    /// A nationality word, or a state's name in letters ("U.S."), which leads a noun as one does.
    pub fn is_nationality(&self, t: usize) -> bool {
        self.listed(t).is_some_and(|m| {
            let state = self.registry.entity(m.entity).id.starts_with("state:");
            let letters = || self.token(t).text.chars().all(|c| c.is_uppercase() || c == '.');
            m.demonym || state && letters()
        })
    }

    /// At most one blank between the token and the one before it.
    pub fn adjoins(&self, t: usize) -> bool {
        t > 0 && self.token(t).span.start <= self.token(t - 1).span.end + 1
    }

    /// Written in capitals throughout, or each word with one but the small grammatical ones: a headline's letters say nothing.
    pub fn is_headline(&self) -> bool {
        let words: Vec<usize> =
            (0..self.count()).filter(|&t| self.token(t).text.chars().any(char::is_alphabetic)).collect();
        let grammatical =
            |t: usize| matches!(self.token(t).pos, Pos::Adp | Pos::Det | Pos::Cconj | Pos::Part | Pos::Pron);
        let small = words.iter().filter(|&&t| !self.is_capital(t) && !grammatical(t)).count();
        let loud = words.iter().filter(|&&t| self.token(t).text.chars().all(|c| !c.is_lowercase())).count();
        words.len() >= 4 && (small == 0 || loud * 10 >= words.len() * 7)
    }

    /// Tokens `first..=last` as the words of a name: hyphens and dots tie what stands together.
    pub fn words(&self, first: usize, last: usize) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut end = None;
        for t in first..=last {
            let token = self.token(t);
            match words.last_mut() {
                Some(word) if end == Some(token.span.start) => word.push_str(&token.text),
                _ => words.push(token.text.clone()),
            }
            end = Some(token.span.end);
        }
        words
    }

    pub fn sighting(&self, first: usize, last: usize, entity_type: EntityType, found_by: FoundBy) -> Sighting {
        Sighting {
            span: self.token(first).span.cover(self.token(last).span),
            first,
            last,
            words: self.words(first, last),
            entity_type,
            found_by,
            facts: self.facts(first, last, entity_type),
            locative: self.is_locative(last),
            listed: None,
        }
    }

    /// The token of `first..=last` whose head lies outside.
    pub fn head(&self, first: usize, last: usize) -> usize {
        (first..=last)
            .rev()
            .find(|&t| {
                let head = self.token(t).head;
                (head < first || head > last || head == t) && self.token(t).pos != Pos::Punct
            })
            .unwrap_or(last)
    }

    /// "in X": where a place stands.
    fn is_locative(&self, t: usize) -> bool {
        let word = self.token(t);
        word.dep == Dep::Pobj && self.lexicon.locative.has(&self.token(word.head).text.to_lowercase())
    }

    fn facts(&self, first: usize, last: usize, entity_type: EntityType) -> Facts {
        let titles = self.titles_before(first);
        let head = self.head(first, last);
        let mut called: Vec<String> = titles.iter().rev().map(|&t| self.lower(t)).collect();
        let person = entity_type == EntityType::Person;
        let nouns: Vec<usize> = self.appositions(head).into_iter().filter(|&t| t < first || t > last).collect();
        called.extend(nouns.iter().map(|&t| self.token(t).lemma.to_lowercase()));
        let of_person = || called.iter().find_map(|n| self.lexicon.offices.get(n));
        let sector = if person { of_person() } else { self.lexicon.body_heads.get(&self.lower(last)) };
        let sector = sector.or_else(|| (!person).then(|| called.iter().find_map(|n| self.company(n))).flatten());
        let sector = sector.filter(|s| *s != "-").cloned();
        let gender = if person { self.gender(&called) } else { None };
        Facts { country: self.country(first, head, &titles, &nouns), sector, gender, called }
    }

    fn company(&self, noun: &str) -> Option<&'a String> {
        if self.lexicon.company_nouns.has(noun) {
            return self.lexicon.body_heads.get("company");
        }
        self.lexicon.body_heads.get(noun)
    }

    fn gender(&self, called: &[String]) -> Option<Gender> {
        let male = called.iter().any(|n| self.lexicon.male.has(n));
        let female = called.iter().any(|n| self.lexicon.female.has(n));
        match (male, female) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => None,
        }
    }

    /// Title words right before token `first`, in text order.
    pub fn titles_before(&self, first: usize) -> Vec<usize> {
        let mut titles = Vec::new();
        let mut at = first;
        while at > 0 && self.adjoins(at) && (self.is_title(at - 1) || self.is_hyphen(at - 1)) {
            at -= 1;
            if !self.is_hyphen(at) {
                titles.insert(0, at);
            }
        }
        titles
    }

    fn is_hyphen(&self, t: usize) -> bool {
        self.token(t).text == "-"
    }

    /// Nouns that say what the name headed by `head` is: "X, a lawyer"; "the chief executive, X"; "the company X".
    pub fn appositions(&self, head: usize) -> Vec<usize> {
        let word = self.token(head);
        let common = |t: &usize| self.token(*t).pos == Pos::Noun;
        let mut nouns: Vec<usize> = Vec::new();
        if word.dep == Dep::Appos && word.head != head {
            nouns.push(word.head);
        }
        nouns.extend(self.located.sentence.children(head).filter(|&c| {
            let child = self.token(c);
            child.dep == Dep::Appos || c < head && matches!(child.dep, Dep::Compound | Dep::Nmod)
        }));
        nouns.retain(common);
        nouns
    }

    /// "Gambian President X", "Niger's ambassador X", "X, the Gambian president".
    fn country(&self, first: usize, head: usize, titles: &[usize], nouns: &[usize]) -> Option<String> {
        let before = titles.first().copied().unwrap_or(first).checked_sub(1);
        let beside =
            before.into_iter().flat_map(|t| if self.token(t).tag == Tag::Pos { t.checked_sub(1) } else { Some(t) });
        let own = self.located.sentence.children(head).filter(|&c| c < head && self.token(c).dep.is_premodifier());
        let owners = nouns.iter().flat_map(|&n| self.located.owners(n));
        let near = beside.chain(own).chain(owners);
        near.filter(|&t| !(first..=head).contains(&t)).filter_map(|t| self.state(t)).next()
    }

    fn state(&self, t: usize) -> Option<String> {
        let entity = self.registry.entity(self.listed(t)?.entity);
        entity.id.starts_with("state:").then(|| entity.country.clone()).flatten()
    }
}
