//! A document's sentences and mentions in, its relations and claims out, each with stance, speaker, time and place in the text.

use super::abstention::Abstention;
use super::actor::{Actor, Actors};
use super::attribution::{Attributor, Discourse, Speaker};
use super::clause::clauses;
use super::edges::{Claim, Collector, Edge};
use super::frames::Rules;
use super::predicate::Predicate;
use super::quotes::{quotations, quoted_words};
use super::seats;
use super::stance::{Stance, StanceReader};
use super::time::{TimeExpression, expressions};
use super::trust::{self, Reading};
use super::tuples::Tuple;
use crate::analysis::{EntityType, Modality, Polarity, Status};
use crate::document::{Block, BlockKind, Document};
use crate::entity::subject::is_verb;
use crate::entity::{EntityIx, Located, Mention, Registry};
use crate::lexicon::Lexicon;
use crate::syntax::Placed;
use crate::text::Span;
use rustc_hash::FxHashSet;

/// An edge as the text states it. Spans are bytes of the document.
#[derive(Clone, Debug)]
pub struct Relation {
    pub subject: Actor,
    pub object: Actor,
    pub predicate: String,
    pub predicate_text: String,
    pub symmetric: bool,
    pub attitude: Attitude,
    pub time: Option<TimeExpression>,
    pub evidence: Span,
    pub trigger: Span,
    pub rule: Option<super::frames::Typed>,
    pub reading: Reading,
}

#[derive(Clone, Debug)]
pub struct StatedClaim {
    pub subject: Actor,
    pub predicate: String,
    pub predicate_text: String,
    pub object: Span,
    pub attitude: Attitude,
    pub evidence: Span,
    pub trigger: Span,
}

/// Stance and speakers of one clause.
#[derive(Clone, Debug)]
pub struct Attitude {
    pub polarity: Polarity,
    pub modality: Modality,
    /// Denied because the doer will not.
    pub refused: bool,
    /// What the doer is ready to do.
    pub willing: bool,
    pub status: Status,
    pub speaker: Speaker,
    pub via: Speaker,
}

#[derive(Default)]
pub struct Extraction {
    pub relations: Vec<Relation>,
    pub claims: Vec<StatedClaim>,
    /// Each with its sentence; only where they are asked for.
    pub tuples: Option<Vec<(Tuple, Span)>>,
    /// In text order.
    pub open: Vec<Abstention>,
}

impl Extraction {
    /// Spans of what relations and claims are of.
    fn ends(&self) -> FxHashSet<Span> {
        let relations = self.relations.iter().flat_map(|r| [r.subject.span, r.object.span]);
        relations.chain(self.claims.iter().map(|c| c.subject.span)).collect()
    }
}

/// Reads every sentence in order; derived actors are added to the registry.
///
/// `document` is in the letter case of sentences; `written` is its text as it stands, for the words that are kept.
pub fn extract(
    document: &Document,
    written: &str,
    sentences: &[Placed],
    registry: &mut Registry,
    lexicon: &Lexicon,
    rules: &Rules,
) -> Extraction {
    let mut extraction = Extraction::default();
    let mut discourse = Discourse::default();
    let in_block = |members: &[Placed]| quoted_in(&document.blocks[members[0].block]);
    let blocks = || sentences.chunk_by(|a, b| a.block == b.block);
    // Once for a block, however long it is.
    let quoted: Vec<Vec<Span>> = blocks().map(in_block).collect();
    let readers = |headlines: bool| {
        let of_kind = move |p: &&Placed| (document.blocks[p.block].kind == BlockKind::Headline) == headlines;
        let members = blocks().zip(&quoted);
        let members =
            members.flat_map(move |(members, quoted)| members.iter().filter(of_kind).map(move |m| (m, &quoted[..])));
        members.map(|(placed, all)| {
            let (quoted, quotes) = (within(all, placed.sentence.span), !all.is_empty());
            Reader { document, written, lexicon, rules, placed, quoted, quotes }
        })
    };
    readers(false).for_each(|reader| reader.listen(registry, &mut discourse));
    discourse.last = None;
    readers(false).for_each(|reader| reader.read(registry, &mut discourse, &mut extraction));
    // Nobody in the text speaks a headline, and the other way round.
    readers(true).for_each(|reader| reader.read(registry, &mut Discourse::default(), &mut extraction));
    extraction.relations.sort_by_key(|r| r.evidence);
    extraction.claims.sort_by_key(|c| c.evidence);
    seats::mark(sentences, registry, lexicon, &extraction.ends());
    extraction.voices();
    extraction
}

/// Quoted stretches of a block, told by its plain text, placed in the document.
///
/// A headline quotes single words: "Russia 'shelled' hospital" is somebody's word.
fn quoted_in(block: &Block) -> Vec<Span> {
    let whole = Span::new(0, block.text.len());
    let found = match block.kind {
        BlockKind::Headline => quoted_words(&block.text, whole),
        _ => quotations(&block.text, whole),
    };
    found.into_iter().map(|span| block.in_document(span)).collect()
}

/// Of quoted stretches in text order those that reach into the sentence.
fn within(quoted: &[Span], sentence: Span) -> &[Span] {
    let from = quoted.partition_point(|q| q.end <= sentence.start);
    let count = quoted[from..].partition_point(|q| q.start < sentence.end);
    &quoted[from..from + count]
}

struct Reader<'a> {
    document: &'a Document,
    written: &'a str,
    lexicon: &'a Lexicon,
    rules: &'a Rules,
    placed: &'a Placed,
    /// Quoted stretches that reach into the sentence.
    quoted: &'a [Span],
    /// Its block quotes somebody, here or elsewhere.
    quotes: bool,
}

impl Reader<'_> {
    fn read(&self, registry: &mut Registry, discourse: &mut Discourse, out: &mut Extraction) {
        let sentence = &self.placed.sentence;
        let located = Located::new(sentence, &registry.mentions);
        let times = self.times();
        let mut collector = self.collect(&located, registry, out);
        let (edges, claims) = (std::mem::take(&mut collector.edges), std::mem::take(&mut collector.claims));
        let attributor = self.attributor(&located, discourse);
        let asked = |token: usize| asks(&self.document.text, located.token(token).span, sentence.span, self.quoted);
        let mut edges = without_repeats(edges);
        edges.retain(|e| ![&e.subject, &e.object].into_iter().any(|a| self.is_named_below(a, registry)));
        let asking = edges.iter().filter(|e| asked(e.trigger)).map(|e| located.token(e.trigger).span);
        out.open.extend(asking.map(|span| Abstention { kind: "question", text: "asked, not stated".to_owned(), span }));
        let mut seen = FxHashSet::default();
        for edge in edges.into_iter().filter(|e| !asked(e.trigger) && seen.insert(key(e))) {
            let attitude = self.attitude(&located, &attributor, edge.trigger, &edge.nouns, registry);
            let relation = self.relation(&located, edge, attitude, &times, registry);
            match relation.reading.unsettled(&relation) {
                Some(words) => out.open.push(Abstention::of_a_quotation(words, self.written)),
                None => out.relations.push(relation),
            }
        }
        for claim in claims.into_iter().filter(|c| !asked(c.trigger)) {
            let attitude = self.attitude(&located, &attributor, claim.trigger, &claim.nouns, registry);
            out.claims.push(self.claim(&located, claim, attitude));
        }
        let spoken = attributor.spoken(registry);
        let source = attributor.source(registry).flatten();
        discourse.last = source.or(discourse.last);
        if let Some(speaker) = spoken {
            discourse.last = speaker.or(discourse.last);
            discourse.quoted =
                if !self.quoted.is_empty() { Some((speaker, self.placed.block)) } else { discourse.quoted };
        }
    }

    fn block(&self) -> &Block {
        &self.document.blocks[self.placed.block]
    }

    /// The sentence's time expressions, told by its plain text, placed in the document.
    fn times(&self) -> Vec<TimeExpression> {
        let block = self.block();
        let within = block.in_text(self.placed.sentence.span);
        let found = expressions(&block.text, within, self.document.published);
        found.into_iter().map(|time| TimeExpression { span: block.in_document(time.span), ..time }).collect()
    }

    /// Who speaks the quotations of this sentence, known before any of them is read: the speaker may come last.
    fn listen(&self, registry: &mut Registry, discourse: &mut Discourse) {
        let located = Located::new(&self.placed.sentence, &registry.mentions);
        let attributor = self.attributor(&located, discourse);
        let (source, speaker) = (attributor.source(registry).flatten(), attributor.spoken(registry));
        discourse.last = source.or(discourse.last);
        let Some(speaker) = speaker else { return };
        discourse.last = speaker.or(discourse.last);
        discourse.quotations.extend(self.quoted.iter().map(|quotation| (*quotation, speaker)));
    }

    /// "Taiwan minister" in a headline: somebody whom the report names, so that it is not the state's deed alone.
    fn is_named_below(&self, actor: &Actor, registry: &Registry) -> bool {
        let headline = self.block().kind == BlockKind::Headline;
        let person = actor.head.as_ref().is_some_and(|noun| self.lexicon.titles.has(noun));
        let country = &registry.entity(actor.entity).country;
        let of_theirs = |m: &Mention| {
            let entity = registry.entity(m.entity);
            entity.entity_type == EntityType::Person && entity.country == *country
        };
        headline && person && country.is_some() && registry.mentions.iter().any(of_theirs)
    }

    fn attributor<'l>(&'l self, located: &'l Located<'l>, discourse: &'l Discourse) -> Attributor<'l> {
        let actors = Actors { located, lexicon: self.lexicon };
        Attributor { actors, quotations: self.quoted, quotes: self.quotes, discourse, block: self.placed.block }
    }

    fn collect<'l>(&'l self, located: &'l Located<'l>, registry: &mut Registry, out: &mut Extraction) -> Collector<'l> {
        let actors = Actors { located, lexicon: self.lexicon };
        let mut collector =
            Collector { actors, edges: Vec::new(), claims: Vec::new(), consumed: Vec::new(), open: Vec::new() };
        for clause in clauses(located, self.lexicon) {
            collector.clause(&clause, registry);
        }
        for noun in 0..located.tokens().len() {
            collector.noun(noun, registry);
        }
        out.open.append(&mut collector.open);
        collector
    }

    fn attitude(
        &self,
        located: &Located,
        attributor: &Attributor,
        trigger: usize,
        nouns: &[usize],
        registry: &mut Registry,
    ) -> Attitude {
        let reader = StanceReader { located, lexicon: self.lexicon };
        let Stance { polarity, modality, refused } = reader.of(trigger, nouns);
        let willing = reader.is_willing(trigger);
        let chain = attributor.chain(trigger, registry);
        let modality = match modality {
            // Being ready is no deed; said by oneself it is one's word.
            Modality::Asserted if chain.is_empty() && willing => Modality::Intended,
            other => other,
        };
        let status = match (modality, chain.is_empty()) {
            (Modality::Asserted, true) => Status::Asserted,
            (Modality::Asserted, false) => Status::Attributed,
            _ => Status::Hypothetical,
        };
        let speaker = chain.first().copied().flatten();
        let via = chain.iter().skip(1).flatten().find(|s| Some(**s) != speaker).copied();
        Attitude { polarity, modality, refused, willing, status, speaker, via }
    }

    fn relation(
        &self,
        located: &Located,
        edge: Edge,
        attitude: Attitude,
        times: &[TimeExpression],
        registry: &Registry,
    ) -> Relation {
        let predicate = edge.predicate.lemmas();
        let typed = self.rules.classify(&edge, &attitude, located, registry);
        let headline = self.block().kind == BlockKind::Headline;
        Relation {
            predicate_text: edge.predicate.text(located, self.written),
            time: self.time(located, &edge.predicate, edge.trigger, times).map(|t| t.seen_from(attitude.modality)),
            evidence: self.placed.sentence.span,
            trigger: located.token(edge.trigger).span,
            symmetric: edge.symmetric,
            reading: trust::Reader { located, registry, quoted: self.quoted, headline }.read(&edge),
            subject: edge.subject,
            object: edge.object,
            predicate,
            attitude,
            rule: typed,
        }
    }

    fn claim(&self, located: &Located, claim: Claim, attitude: Attitude) -> StatedClaim {
        StatedClaim {
            predicate: claim.predicate.lemmas(),
            predicate_text: claim.predicate.text(located, self.written),
            object: extent(located, claim.object),
            subject: claim.subject,
            attitude,
            evidence: self.placed.sentence.span,
            trigger: located.token(claim.trigger).span,
        }
    }

    /// The expression whose nearest predicate is this one.
    fn time(
        &self,
        located: &Located,
        predicate: &Predicate,
        trigger: usize,
        times: &[TimeExpression],
    ) -> Option<TimeExpression> {
        let holds = |t: usize| t == trigger || predicate.tokens().any(|p| p == t);
        let nearest = |expression: &&TimeExpression| {
            let Some(last) = (0..located.tokens().len()).rfind(|&t| located.token(t).span.overlaps(expression.span))
            else {
                return false;
            };
            let before = located.tokens().iter().rfind(|t| t.span.end <= expression.span.start);
            if before.is_some_and(|t| bounds(&t.text)) {
                return false;
            }
            let mut at = last;
            loop {
                if holds(at) {
                    return true;
                }
                let head = located.token(at).head;
                if head == at || is_verb(located, at) && at != last || bounds(&located.token(at).text) {
                    return false;
                }
                at = head;
            }
        };
        times.iter().find(nearest).cloned()
    }
}

/// A question states nothing, neither the sentence's nor that of the quotation around the predicate.
fn asks(text: &str, predicate: Span, sentence: Span, quotations: &[Span]) -> bool {
    let question = |span: Span| span.of(text).trim_end_matches(['"', '”', '’', '\'', ' ']).ends_with('?');
    match quotations.iter().find(|q| q.contains(predicate)) {
        Some(quotation) => question(Span::new(predicate.start, quotation.end.min(sentence.end))),
        None => question(sentence),
    }
}

/// "agreed to expand cooperation" is one mutual deed, not agreeing and expanding.
fn without_repeats(edges: Vec<Edge>) -> Vec<Edge> {
    let pair = |e: &Edge| (e.subject.entity.min(e.object.entity), e.subject.entity.max(e.object.entity));
    let said_below = |e: &Edge| {
        e.symmetric
            && edges.iter().any(|o| {
                o.symmetric
                    && o.trigger != e.trigger
                    && pair(o) == pair(e)
                    && o.predicate.tokens().any(|t| t == e.trigger)
            })
    };
    edges.iter().filter(|e| !said_below(e)).cloned().collect()
}

/// "the second call since Feb. 24": the date is the end of a stretch, not the day of the deed.
fn bounds(preposition: &str) -> bool {
    matches!(preposition.to_lowercase().as_str(), "since" | "after" | "before" | "until" | "till" | "ahead")
}

/// One relation per pair and trigger, whichever way round a mutual one is read.
fn key(edge: &Edge) -> (EntityIx, EntityIx, usize) {
    let (a, b) = (edge.subject.entity, edge.object.entity);
    if edge.symmetric && b < a { (b, a, edge.trigger) } else { (a, b, edge.trigger) }
}

/// The noun phrase headed by `head`, in bytes of the document.
fn extent(located: &Located, head: usize) -> Span {
    let mut span = located.token(head).span;
    let mut stack = vec![head];
    while let Some(at) = stack.pop() {
        span = span.cover(located.token(at).span);
        stack.extend(located.sentence.children(at));
    }
    span
}
