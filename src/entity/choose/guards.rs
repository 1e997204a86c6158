//! The words beside a name in, what they forbid or promise out: titles, first names, storms, surnames that follow.

use super::hits::{Beside, Hit};
use crate::analysis::EntityType;
use crate::entity::is_sum;
use crate::gazetteer::{Alias, AliasKind, Gazetteer, Gender};
use crate::lexicon::Lexicon;
use crate::syntax::Pos;

/// The lists that the guards look words up in.
#[derive(Clone, Copy)]
pub(super) struct Guards<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) lexicon: &'a Lexicon,
}

impl Guards<'_> {
    /// Whether the words around a match allow the alias at all, whatever the document says.
    pub(super) fn allow(self, hit: &Hit, alias: Alias, entity_type: EntityType) -> bool {
        let the = hit.before.as_ref().is_some_and(|b| b.word.eq_ignore_ascii_case("the"));
        if !the && (alias.needs_article() || is_sum(hit.words(), hit.right())) {
            return false;
        }
        let partial = |b: &Option<Beside>| b.as_ref().is_some_and(|b| b.is_unexplained(self.lexicon));
        let whole = match alias.kind() {
            AliasKind::Surname => !partial(&hit.before) && !self.goes_on(hit),
            _ if alias.is_ambiguous() => !partial(&hit.before) && !partial(&hit.after) && !is_cut(hit, alias),
            _ => true,
        };
        let demonym = alias.kind() == AliasKind::Demonym;
        whole && (demonym || entity_type != EntityType::Place || self.allow_place(hit, alias))
    }

    fn allow_place(self, hit: &Hit, alias: Alias) -> bool {
        let flagged = alias.needs_context() || alias.is_ambiguous();
        let other = self.is_person(hit, flagged) || self.is_storm(hit) || self.is_honour(hit) || self.is_ship(hit);
        let common = alias.needs_context() && !alias.needs_article() && hit.is_single();
        !(other || common && self.is_common(hit))
    }

    /// "the USS Peleliu".
    fn is_ship(self, hit: &Hit) -> bool {
        hit.before.as_ref().is_some_and(|b| self.lexicon.ships.has(b.word))
    }

    /// The name is a piece of a longer one: "Rialto Towers", "Windy Gully", "Boston Airport".
    pub(super) fn is_piece(self, hit: &Hit) -> bool {
        let free = |word: &str| self.lexicon.no_names.has(word) || self.lexicon.titles.has(word);
        let joined = |b: &Beside| b.is_capital() && !free(&b.lower());
        hit.after.as_ref().is_some_and(joined) || hit.before.as_ref().is_some_and(|b| joined(b) && !b.opening)
    }

    /// "the Bank of X", "the Summit", "a Bar": towns take no article and own nothing.
    fn is_common(self, hit: &Hit) -> bool {
        let article = |b: &Beside| matches!(b.lower().as_str(), "the" | "a" | "an" | "this" | "that" | "every" | "no");
        hit.before.as_ref().is_some_and(article) || hit.right().starts_with(" of ")
    }

    /// "the Duke of Kent", "the Order of the Bath": an honour, wherever its holder lives.
    fn is_honour(self, hit: &Hit) -> bool {
        let left = hit.left().strip_suffix(" of the ").or_else(|| hit.left().strip_suffix(" of "));
        left.is_some_and(|l| self.lexicon.honours.has(l.rsplit(' ').next().unwrap_or_default()))
    }

    /// "Mr Rodriguez Saa": a longer surname.
    fn goes_on(self, hit: &Hit) -> bool {
        let Some(after) = hit.after.as_ref().filter(|a| a.is_unexplained(self.lexicon)) else { return false };
        let word = after.lower();
        let other = self.lexicon.no_names.has(&word) || self.lexicon.plain_words.has(&word) || self.has_body_head(hit);
        !other && hit.parsed.and_then(|p| p.after()).is_some_and(|t| t.pos == Pos::Propn)
    }

    /// The title or form of address before a name, in small letters.
    pub(super) fn title(self, hit: &Hit) -> Option<String> {
        hit.before.as_ref().map(Beside::lower).filter(|word| self.lexicon.titles.has(word))
    }

    /// The name is a person's: "Judge Bergen", "her brother Chad", "Jack London", "Sydney Sweeney".
    /// `flagged`: it has other meanings, so that even a listed name behind it may be a surname ("George Washington").
    pub(super) fn is_person(self, hit: &Hit, flagged: bool) -> bool {
        self.is_addressed(hit) || self.has_first_name(hit) || self.has_surname(hit, flagged)
    }

    /// A form of address, an office or a word for kin stands before it.
    pub(super) fn is_addressed(self, hit: &Hit) -> bool {
        let Some(before) = &hit.before else { return false };
        let word = before.lower();
        let lexicon = self.lexicon;
        let person = lexicon.male.has(&word) || lexicon.female.has(&word);
        let office = lexicon.offices.contains_key(&word) || lexicon.walks.has(&word);
        let address = lexicon.titles.has(&word) && (person || office) && before.is_capital();
        address && !before.named || person && lexicon.person_nouns.has(&word)
    }

    /// "Jack London".
    pub(super) fn has_first_name(self, hit: &Hit) -> bool {
        let Some(before) = hit.before.as_ref().filter(|b| b.is_capital() && (!b.named || b.weak)) else {
            return false;
        };
        let proper = hit.parsed.and_then(|p| p.before()).map_or(!before.opening, |t| t.pos == Pos::Propn);
        proper && hit.is_single() && self.lexicon.first_names.has(before.word) && !self.has_body_head(hit)
    }

    /// "Sydney Sweeney", and neither "Sydney Harbour" nor "Sydney Police".
    fn has_surname(self, hit: &Hit, flagged: bool) -> bool {
        let Some(after) = hit.after.as_ref().filter(|b| b.is_capital() && (!b.named || b.weak || flagged)) else {
            return false;
        };
        let word = after.lower();
        let lexicon = self.lexicon;
        let head = lexicon.titles.has(&word) || lexicon.no_names.has(&word) || self.lexicon.plain_words.has(&word);
        let proper = hit.parsed.and_then(|p| p.after()).is_none_or(|t| t.pos == Pos::Propn);
        let letters = after.word.chars().skip(1).all(char::is_lowercase);
        proper
            && letters
            && !head
            && !self.has_body_head(hit)
            && hit.is_single()
            && self.lexicon.first_names.has(hit.words())
    }

    /// "George Washington University", "Georgia Tech Police": what follows makes it a body's name.
    fn has_body_head(self, hit: &Hit) -> bool {
        hit.after.as_ref().is_some_and(|after| {
            let word = after.lower();
            after.is_capital()
                && (self.lexicon.body_heads.contains_key(&word) || self.lexicon.name_heads.contains_key(&word))
        })
    }

    /// "Queen Victoria", "General Roca": towns, and more often people.
    pub(super) fn begins_with_title(self, alias: Alias) -> bool {
        let first = alias.text().split_once(' ').map(|(first, _)| first.to_lowercase());
        first.is_some_and(|word| self.lexicon.titles.has(&word))
    }

    /// "Hurricane Florence", "the storm Florence".
    pub(super) fn is_storm(self, hit: &Hit) -> bool {
        hit.before.as_ref().is_some_and(|b| self.lexicon.storms.has(&b.lower()))
    }

    /// The gender that the word before tells.
    pub(super) fn gender(self, hit: &Hit) -> Option<Gender> {
        let word = hit.before.as_ref()?.lower();
        match (self.lexicon.male.has(&word), self.lexicon.female.has(&word)) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => None,
        }
    }
}

/// A name that begins with an article, cut out of a longer phrase: "The Australian" in "The Australian cricket team".
fn is_cut(hit: &Hit, alias: Alias) -> bool {
    alias.text().starts_with("The ") && hit.parsed.is_some_and(|p| p.is_premodifier())
}
