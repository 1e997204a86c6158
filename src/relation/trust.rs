//! An edge with its parse in; by which steps its words were read, and so how far it can be trusted, out.
//!
//! The weakest link decides: how each end came to mean its entity, and how the ends hang on the deed. What the names are makes
//! no difference, only how they are known.

use super::actor::Actor;
use super::edges::Edge;
use super::extract::Relation;
use crate::analysis::Trust;
use crate::entity::{FoundBy, Located, Registry, Sieve};
use crate::syntax::{Dep, Pos};
use crate::text::Span;

/// How an end of an edge came to mean its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// A name that a list has.
    Listed,
    /// A name that no list has.
    Discovered(Option<FoundBy>),
    /// A description or pronoun.
    Referred(Sieve, Reach),
}

/// How far from a description or pronoun the name stands that it takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Sentence,
    Report,
    /// It stands in a quotation: its speaker may have spoken of somebody whom the report does not name.
    Quotation,
}

impl Reach {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Report => "report",
            Self::Quotation => "quotation",
        }
    }
}

/// What lies between a deed and an argument beside the deed's own slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// "A and B", "met and praised".
    Coordination,
    /// "X, the minister".
    Apposition,
    /// "X, who".
    Relative,
    /// "a bridge linking", "sanctions imposed".
    Participle,
    /// "agreed to expand", "demanded that X leave".
    Control,
    /// "after meeting", "by telling": the subject is understood from another clause.
    Subordinate,
    /// "X's", "Russian".
    Owner,
    /// "is a partner of".
    Copula,
    /// "invasion of", "imposed sanctions on": through a noun.
    Noun,
    /// "officials of", "rebels in".
    StandIn,
    /// Words that a headline leaves out were put back.
    Headline,
}

impl Step {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coordination => "coordination",
            Self::Apposition => "apposition",
            Self::Relative => "relative",
            Self::Participle => "participle",
            Self::Control => "control",
            Self::Subordinate => "subordinate",
            Self::Owner => "owner",
            Self::Copula => "copula",
            Self::Noun => "noun",
            Self::StandIn => "stand-in",
            Self::Headline => "headline",
        }
    }

    /// What the label of a token says of the way from it to its head; nothing for a slot of the deed itself.
    fn of(dep: Dep) -> Option<Self> {
        Some(match dep {
            Dep::Conj => Self::Coordination,
            Dep::Appos => Self::Apposition,
            Dep::Relcl => Self::Relative,
            Dep::Acl => Self::Participle,
            Dep::Xcomp | Dep::Ccomp => Self::Control,
            Dep::Advcl | Dep::Pcomp | Dep::Parataxis | Dep::Csubj => Self::Subordinate,
            Dep::Poss | Dep::Compound | Dep::Amod | Dep::Nmod => Self::Owner,
            Dep::Attr | Dep::Acomp | Dep::Oprd => Self::Copula,
            _ => return None,
        })
    }

    fn trust(self) -> Trust {
        match self {
            Self::Subordinate => Trust::Inferred,
            _ => Trust::Construed,
        }
    }
}

impl Means {
    fn trust(self) -> Trust {
        match self {
            Self::Listed => Trust::Direct,
            // The text itself says what it is.
            Self::Discovered(Some(FoundBy::NameHead | FoundBy::Kind | FoundBy::Title | FoundBy::Apposition)) => {
                Trust::Direct
            }
            Self::Discovered(_) => Trust::Inferred,
            // An office's holder is listed, and "himself" bound by its own clause, wherever else the name stands.
            Self::Referred(Sieve::Office | Sieve::Reflexive, _) | Self::Referred(_, Reach::Sentence) => Trust::Resolved,
            Self::Referred(_, Reach::Quotation) => Trust::Tentative,
            Self::Referred(Sieve::Person | Sieve::Thing | Sieve::Group, Reach::Report) => Trust::Tentative,
            Self::Referred(Sieve::Pair | Sieve::Head | Sieve::Called | Sieve::Described, Reach::Report) => {
                Trust::Inferred
            }
        }
    }
}

/// How an edge was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub subject: Means,
    pub object: Means,
    /// In order, each once.
    pub steps: Vec<Step>,
}

impl Reading {
    pub fn trust(&self) -> Trust {
        let steps = self.steps.iter().map(|step| step.trust());
        [self.subject.trust(), self.object.trust()].into_iter().chain(steps).min().unwrap_or_default()
    }

    /// "He" or "they" in a quotation: of such words hardly any mean whom the report named before. ("It" and "its" mostly do: a
    /// spokesman says them of his own side.)
    pub(super) fn unsettled(&self, relation: &Relation) -> Option<Span> {
        let guessed = |means: Means| matches!(means, Means::Referred(Sieve::Person | Sieve::Group, Reach::Quotation));
        let ends = [(self.subject, relation.subject.span), (self.object, relation.object.span)];
        ends.into_iter().find(|(means, _)| guessed(*means)).map(|(_, span)| span)
    }
}

/// The sentence of an edge.
pub(super) struct Reader<'a> {
    pub located: &'a Located<'a>,
    pub registry: &'a Registry,
    /// Stretches that somebody is quoted with.
    pub quoted: &'a [Span],
    pub headline: bool,
}

impl Reader<'_> {
    pub fn read(&self, edge: &Edge) -> Reading {
        let mut steps: Vec<Step> = self.headline.then_some(Step::Headline).into_iter().collect();
        for actor in [&edge.subject, &edge.object] {
            steps.extend(between(self.located, edge.trigger, actor.token));
            steps.extend(self.acts_for(actor));
        }
        if !matches!(self.located.token(edge.trigger).pos, Pos::Verb | Pos::Aux) {
            steps.push(Step::Noun);
        }
        steps.sort_unstable();
        steps.dedup();
        Reading { subject: self.means(&edge.subject), object: self.means(&edge.object), steps }
    }

    fn means(&self, actor: &Actor) -> Means {
        let mention = &self.registry.mentions[actor.mention];
        match mention.sieve {
            Some(sieve) => Means::Referred(sieve, self.reach(actor.mention)),
            None if self.registry.entity(mention.entity).discovered => Means::Discovered(mention.found_by),
            None => Means::Listed,
        }
    }

    fn reach(&self, reference: usize) -> Reach {
        let mention = &self.registry.mentions[reference];
        let quotation = self.quoted.iter().find(|quotation| quotation.contains(mention.span));
        let before = (0..self.located.tokens().len())
            .filter_map(|token| self.located.covering(token))
            .map(|at| &self.registry.mentions[at])
            .filter(|name| {
                name.sieve.is_none() && name.entity == mention.entity && name.span.start < mention.span.start
            });
        // The speaker's own words name it, too.
        let here = |span: Span| quotation.is_none_or(|quotation| quotation.contains(span));
        match before.map(|name| name.span).any(here) {
            true => Reach::Sentence,
            false if quotation.is_some() => Reach::Quotation,
            false => Reach::Report,
        }
    }

    fn acts_for(&self, actor: &Actor) -> Option<Step> {
        let whole = self.registry.mentions[actor.mention].entity == actor.entity;
        (actor.head.is_some() || !whole).then_some(Step::StandIn)
    }
}

/// The steps on the way through the parse from an argument to its deed.
fn between(located: &Located, deed: usize, argument: usize) -> Vec<Step> {
    let (up, down) = (ancestors(located, argument), ancestors(located, deed));
    let meet = up.iter().position(|t| down.contains(t)).unwrap_or(up.len() - 1);
    let far = down.iter().position(|t| *t == up[meet]).unwrap_or(down.len() - 1);
    let label = |token: &usize| Step::of(located.token(*token).dep);
    // A preposition and its object are one slot.
    let slots = up[..meet].iter().enumerate().filter(|(at, t)| {
        let link = *at > 0 && located.token(**t).pos == Pos::Adp;
        label(t).is_none() && !link
    });
    let nested = (slots.count() > 1).then_some(Step::Noun);
    let lifted = down[..far].iter().map(|t| label(t).unwrap_or(Step::Noun));
    up[..meet].iter().filter_map(label).chain(lifted).chain(nested).collect()
}

/// A token, its head, and so on up to the root.
fn ancestors(located: &Located, token: usize) -> Vec<usize> {
    let mut all = vec![token];
    let mut at = token;
    while located.token(at).head != at && all.len() <= located.tokens().len() {
        at = located.token(at).head;
        all.push(at);
    }
    all
}
