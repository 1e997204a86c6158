//! What a sentence leaves open in, a note out: where two readings stay possible no edge is made, and this says which two.

use super::actor::Actor;
use super::clause::Clause;
use super::edges::Collector;
use super::extract::{Extraction, Relation};
use crate::analysis::Status;
use crate::entity::Registry;
use crate::syntax::Pos;
use crate::text::Span;

/// An edge that was not made, or one thing about it that stayed open. Spans are bytes of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Abstention {
    /// `attachment`, `many`, `question`, `reference`, `sharing` or `speaker`.
    pub kind: &'static str,
    /// For a reader of the report, not of grammars.
    pub text: String,
    pub span: Span,
}

/// How many of those whom a pronoun could mean are named.
const MOST_NAMES: usize = 3;

impl Abstention {
    /// Words of a quotation that its speaker may mean anybody by.
    pub(super) fn of_a_quotation(words: Span, written: &str) -> Self {
        let text = format!("{:?} stands in a quotation: whom its speaker means is not settled", words.of(written));
        Self { kind: "reference", text, span: words }
    }
}

impl Collector<'_> {
    /// Notes a reading that was given up at some tokens.
    pub(super) fn leave_open(&mut self, kind: &'static str, tokens: &[usize], text: String) {
        let spans = tokens.iter().map(|&t| self.actors.located.token(t).span);
        let Some(span) = spans.reduce(Span::cover) else { return };
        let abstention = Abstention { kind, text, span };
        if !self.open.contains(&abstention) {
            self.open.push(abstention);
        }
    }

    /// A pronoun that could mean several, in a clause whose other end is known: the edge that it would have made.
    pub(super) fn unsettled(&mut self, clause: &Clause, registry: &mut Registry) {
        let obliques = clause.obliques.iter().map(|&(_, object)| object);
        let ends: Vec<usize> = clause
            .subjects
            .iter()
            .chain(&clause.agents)
            .chain(&clause.objects)
            .chain(&clause.datives)
            .copied()
            .chain(obliques)
            .collect();
        let located = self.actors.located;
        let open = |end: usize, registry: &Registry| !registry.unsettled(located.token(end).span).is_empty();
        let opened: Vec<usize> = ends.iter().copied().filter(|&e| open(e, registry)).collect();
        if opened.is_empty() || ends.iter().all(|&e| self.actors.all(e, registry).is_empty()) {
            return;
        }
        for end in opened {
            let candidates = registry.unsettled(located.token(end).span);
            let names: Vec<&str> = candidates.iter().map(|c| registry.entity(*c).name.as_str()).collect();
            let more = if names.len() > MOST_NAMES { " or others" } else { "" };
            let names = names[..names.len().min(MOST_NAMES)].join(" or ");
            let text = format!("{:?} could be {names}{more}", located.token(end).text);
            self.leave_open("reference", &[end], text);
        }
    }

    /// "discussed a plan with X": with whom it was discussed, or whose plan it is.
    pub(super) fn astray(&mut self, clause: &Clause, subjects: &[Actor], object: usize, registry: &mut Registry) {
        let located = self.actors.located;
        if subjects.is_empty() || located.token(object).pos != Pos::Noun {
            return;
        }
        for (link, end) in self.links(object, None) {
            if !self.actors.lexicon.control.astray.has(&located.token(link).lemma.to_lowercase()) {
                continue;
            }
            let others = self.actors.all(end, registry);
            if others.iter().any(|o| subjects.iter().all(|s| s.entity != o.entity)) {
                self.either(clause.verb, object, link, &registry.entity(others[0].entity).name);
            }
        }
    }

    /// "Both put their forces on alert": each its own, or each the other's.
    pub(super) fn each_or_other(&mut self, verb: usize, members: &[Actor]) {
        let tokens: Vec<usize> = members.iter().map(|m| m.token).chain([verb]).collect();
        self.leave_open("sharing", &tokens, "each on its own, or each to the other".to_owned());
    }

    /// A shared deed of many.
    pub(super) fn crowd(&mut self, trigger: usize) {
        let word = &self.actors.located.token(trigger).text;
        let text = format!("{word:?} joins too many to make edges between any two of them");
        self.leave_open("many", &[trigger], text);
    }

    /// Notes that `link` may belong to the verb or to the noun before it.
    pub(super) fn either(&mut self, verb: usize, noun: usize, link: usize, end: &str) {
        let word = |t: usize| self.actors.located.token(t).text.as_str();
        let text = format!("\"{} {end}\" may go with {:?} or with {:?}", word(link), word(verb), word(noun));
        self.leave_open("attachment", &[verb, link], text);
    }
}

impl Extraction {
    /// One note for each sentence that reports somebody's words, nobody knows whose.
    pub(super) fn voices(&mut self) {
        let unknown = |r: &&Relation| r.attitude.status == Status::Attributed && r.attitude.speaker.is_none();
        let mut sentences: Vec<Span> = self.relations.iter().filter(unknown).map(|r| r.evidence).collect();
        sentences.dedup();
        let text = "somebody's words; who says so is not clear".to_owned();
        self.open.extend(sentences.into_iter().map(|span| Abstention { kind: "speaker", text: text.clone(), span }));
        self.open.sort_by_key(|o| (o.span, o.kind));
        self.open.dedup();
    }
}
