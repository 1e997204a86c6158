//! Mentions laid over a sentence: which tokens a name covers and which token heads it.

use super::registry::{EntityIx, Mention, Registry};
use crate::syntax::{Dep, Pos, Sentence, Tag, Token};
use crate::text::Span;

/// A sentence with the mentions that lie in it.
pub struct Located<'a> {
    pub sentence: &'a Sentence,
    /// Per token: indices of the mentions that it heads.
    heads: Vec<Vec<usize>>,
    /// Per token: the mention that covers it.
    cover: Vec<Option<usize>>,
}

impl<'a> Located<'a> {
    /// `mentions` in text order.
    pub fn new(sentence: &'a Sentence, mentions: &[Mention]) -> Self {
        let count = sentence.tokens.len();
        let mut located = Self { sentence, heads: vec![Vec::new(); count], cover: vec![None; count] };
        let from = mentions.partition_point(|m| m.span.start < sentence.span.start);
        for (i, mention) in mentions.iter().enumerate().skip(from).take_while(|(_, m)| m.span.start < sentence.span.end)
        {
            located.place(i, mention.span);
        }
        located
    }

    /// Adds mention number `index`.
    pub fn place(&mut self, index: usize, span: Span) {
        let tokens = &self.sentence.tokens;
        let covered: Vec<usize> = (0..tokens.len()).filter(|&t| tokens[t].span.overlaps(span)).collect();
        let Some(head) = head_of(tokens, &covered) else { return };
        if !is_prefixed(tokens, covered[0]) {
            self.heads[head].push(index);
        }
        for token in covered {
            self.cover[token].get_or_insert(index);
        }
    }

    pub fn token(&self, token: usize) -> &'a Token {
        &self.sentence.tokens[token]
    }

    pub fn tokens(&self) -> &'a [Token] {
        &self.sentence.tokens
    }

    /// Mentions headed by `token`.
    pub fn headed(&self, token: usize) -> &[usize] {
        &self.heads[token]
    }

    pub fn covering(&self, token: usize) -> Option<usize> {
        self.cover[token]
    }

    /// The first entity headed by `token`.
    pub fn entity(&self, token: usize, registry: &Registry) -> Option<EntityIx> {
        self.heads[token].first().map(|m| registry.mentions[*m].entity)
    }

    /// The state or body that a noun belongs to: its possessor, its nationality, or "of X".
    pub fn owner(&self, noun: usize, registry: &Registry) -> Option<(EntityIx, usize)> {
        let token = *self.owners(noun).first()?;
        Some((self.entity(token, registry)?, token))
    }

    /// Tokens that head the mentions a noun belongs to: several in "Turkish and Greek officials".
    pub fn owners(&self, noun: usize) -> Vec<usize> {
        let premodifiers = self.sentence.children(noun).filter(|&c| self.token(c).dep.is_premodifier());
        let beside = self.named_conjuncts(premodifiers);
        // "his Russian counterpart" is Russia's, not his.
        let names: Vec<usize> = beside.iter().copied().filter(|&t| self.token(t).pos != Pos::Pron).collect();
        if !beside.is_empty() {
            return if names.is_empty() { beside } else { names };
        }
        let links = self.sentence.children(noun).filter(|&c| {
            self.token(c).dep == Dep::Prep && matches!(self.token(c).lemma.as_str(), "of" | "from" | "in" | "for")
        });
        let objects = links.filter_map(|p| self.sentence.child(p, &[Dep::Pobj]));
        self.named_conjuncts(objects.take(1))
    }

    /// "Poland but not Hungary".
    fn is_excluded(&self, conjunct: usize) -> bool {
        let negated = |t: usize| self.token(t).text.eq_ignore_ascii_case("not");
        self.sentence.children(conjunct).any(|c| c < conjunct && negated(c)) || conjunct > 0 && negated(conjunct - 1)
    }

    fn named_conjuncts(&self, first: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut all: Vec<usize> =
            first.flat_map(|t| self.conjuncts(t)).filter(|&t| !self.heads[t].is_empty()).collect();
        all.dedup();
        all
    }

    /// Tokens joined to `first` by coordination, itself first.
    pub fn conjuncts(&self, first: usize) -> Vec<usize> {
        let mut all = vec![first];
        let mut at = 0;
        while at < all.len() {
            let more: Vec<usize> = self
                .sentence
                .children(all[at])
                .filter(|&c| self.token(c).dep == Dep::Conj && !self.is_excluded(c))
                .collect();
            all.extend(more);
            at += 1;
        }
        all
    }
}

/// Before a hyphen they make another word of a name: anti-Taliban forces are not the Taliban's.
const PREFIXES: &[&str] = &["anti", "non", "pro", "counter", "ex", "post", "pre", "trans", "inter", "un", "mid"];

fn is_prefixed(tokens: &[Token], first: usize) -> bool {
    let [.., prefix, hyphen] = &tokens[..first] else { return false };
    let joined = hyphen.span.end == tokens[first].span.start && prefix.span.end == hyphen.span.start;
    joined && hyphen.text == "-" && PREFIXES.contains(&prefix.text.to_lowercase().as_str())
}

/// The covered token whose head lies outside; the last noun where there are several.
fn head_of(tokens: &[Token], covered: &[usize]) -> Option<usize> {
    let outside = |t: &usize| tokens[*t].head == *t || !covered.contains(&tokens[*t].head);
    let roots: Vec<usize> = covered.iter().copied().filter(outside).collect();
    let word = |t: &&usize| tokens[**t].pos != Pos::Punct && tokens[**t].tag != Tag::Pos;
    let noun = |t: &&usize| matches!(tokens[**t].pos, Pos::Noun | Pos::Propn | Pos::Pron);
    roots.iter().rfind(noun).or_else(|| roots.iter().rfind(word)).or(roots.last()).copied()
}
