//! What the stages found in, the plain data of the contract out: bytes become code points, indices become names.

use crate::analysis::*;
use crate::document::Document;
use crate::entity::{Choice, Entity, EntityIx, Mention, Registry, Score};
use crate::gazetteer::{EntryId, Gazetteer};
use crate::relation::{Abstention, Actor, Extraction, Means, Reading, Relation, StatedClaim, Tuple};
use crate::syntax::Placed;
use crate::text::{CodePoints, Span};
use sha2::{Digest, Sha256};

/// `endless`: sentences that were given up for their length; `explain`: whether each name says why it was taken for its entity.
pub fn record(
    document: &Document,
    sentences: &[Placed],
    endless: &[Placed],
    registry: &Registry,
    gazetteer: &Gazetteer,
    extraction: Extraction,
    explain: bool,
) -> Analysis {
    let explained = explain.then_some(gazetteer);
    let recorder = Recorder { document, registry, explained, points: CodePoints::of(&document.text) };
    Analysis {
        id: document.id.clone(),
        source: document.source.clone(),
        published: document.published.map(|d| d.to_string()),
        text_sha256: hex(&Sha256::digest(document.text.as_bytes())),
        language: document.language.clone(),
        text: document.extracted.then(|| document.text.clone()),
        mentions: recorder.mentions(),
        relations: extraction.relations.iter().map(|r| recorder.relation(r)).collect(),
        claims: extraction.claims.iter().map(|c| recorder.claim(c)).collect(),
        notes: recorder.notes(endless, &extraction.open),
        tuples: extraction.tuples.as_deref().map(|tuples| recorder.tuples(tuples)),
        sentences: recorder.sentences(sentences, endless),
        entities: entities(registry, gazetteer, &extraction),
    }
}

struct Recorder<'a> {
    document: &'a Document,
    registry: &'a Registry,
    /// Whose entries a choice is told in, where it is to be told.
    explained: Option<&'a Gazetteer>,
    points: CodePoints,
}

impl Recorder<'_> {
    fn name(&self, entity: Option<EntityIx>) -> Option<String> {
        entity.map(|e| self.registry.entity(e).name.clone())
    }

    fn words(&self, span: Span) -> String {
        span.of(&self.document.text).to_owned()
    }

    fn mentions(&self) -> Vec<MentionRecord> {
        let record = |m: &Mention| {
            let entity = self.registry.entity(m.entity);
            let [start, end] = self.points.span(m.span);
            MentionRecord {
                start,
                end,
                text: self.words(m.span),
                kind: m.kind,
                entity: entity.name.clone(),
                entity_id: entity.id.clone(),
                entity_type: entity.entity_type,
                country: iso3(entity),
                stands_for: entity.stands_for.as_ref().filter(|_| m.actor).map(|(_, name)| name.clone()),
                discovered: entity.discovered,
                found_by: m.found_by.map(|f| f.as_str()).or(m.sieve.map(|s| s.as_str())).map(str::to_owned),
                choice: self.explained.and_then(|gazetteer| Some(choice(m.choice.as_deref()?, gazetteer))),
            }
        };
        self.registry.mentions.iter().map(record).collect()
    }

    /// The country of an end; of the body that a seat of power speaks for, where it does.
    fn code(&self, actor: &Actor) -> Option<String> {
        let speaks = |m: &Mention| m.actor && m.span == actor.span && m.entity == actor.entity;
        let from = self.registry.mentions.partition_point(|m| m.span.start < actor.span.start);
        let mut here = self.registry.mentions[from..].iter().take_while(|m| m.span.start == actor.span.start);
        let behind = here.find(|m| speaks(m)).and_then(|m| self.registry.state_behind(m.entity));
        self.registry.entity(behind.unwrap_or(actor.entity)).country.clone()
    }

    fn relation(&self, r: &Relation) -> RelationRecord {
        let (subject, object) = (self.registry.entity(r.subject.entity), self.registry.entity(r.object.entity));
        let [evidence_start, evidence_end] = self.points.span(r.evidence);
        let [trigger_start, trigger_end] = self.points.span(r.trigger);
        RelationRecord {
            subject: subject.name.clone(),
            subject_id: subject.id.clone(),
            subject_code: self.code(&r.subject),
            subject_sector: r.subject.sector.clone().or_else(|| sector(subject)),
            subject_head: r.subject.head.clone(),
            subject_span: self.points.span(r.subject.span),
            subject_text: self.words(r.subject.span),
            predicate: r.predicate.clone(),
            relation: r.rule.as_ref().map(|t| t.relation.clone()),
            event: r.rule.as_ref().and_then(|t| t.event.clone()),
            object: object.name.clone(),
            object_id: object.id.clone(),
            object_code: self.code(&r.object),
            object_sector: r.object.sector.clone().or_else(|| sector(object)),
            object_head: r.object.head.clone(),
            object_span: self.points.span(r.object.span),
            object_text: self.words(r.object.span),
            predicate_text: r.predicate_text.clone(),
            symmetric: r.symmetric,
            polarity: r.attitude.polarity,
            modality: r.attitude.modality,
            status: r.attitude.status,
            attributed_to: self.name(r.attitude.speaker),
            via: self.name(r.attitude.via),
            time: r.time.as_ref().map(|t| t.iso.clone()),
            time_text: r.time.as_ref().map(|t| self.words(t.span)),
            evidence_start,
            evidence_end,
            trigger_start,
            trigger_end,
            rule: r.rule.as_ref().map(|t| t.rule.clone()),
            trust: r.reading.trust(),
            reading: self.explained.map(|_| reading(&r.reading)),
        }
    }

    fn claim(&self, c: &StatedClaim) -> ClaimRecord {
        let subject = self.registry.entity(c.subject.entity);
        let [evidence_start, evidence_end] = self.points.span(c.evidence);
        let [trigger_start, trigger_end] = self.points.span(c.trigger);
        ClaimRecord {
            subject: subject.name.clone(),
            subject_span: self.points.span(c.subject.span),
            subject_text: self.words(c.subject.span),
            predicate: c.predicate.clone(),
            predicate_text: c.predicate_text.clone(),
            object_text: self.words(c.object),
            object_span: self.points.span(c.object),
            polarity: c.attitude.polarity,
            modality: c.attitude.modality,
            status: c.attitude.status,
            attributed_to: self.name(c.attitude.speaker),
            via: self.name(c.attitude.via),
            evidence_start,
            evidence_end,
            trigger_start,
            trigger_end,
            subject_id: subject.id.clone(),
        }
    }

    fn sentences(&self, read: &[Placed], endless: &[Placed]) -> Vec<[usize; 2]> {
        let all = read.iter().chain(endless).map(|placed| self.points.span(placed.sentence.span));
        let mut all: Vec<_> = all.collect();
        all.sort_unstable();
        all
    }

    fn notes(&self, endless: &[Placed], open: &[Abstention]) -> Vec<NoteRecord> {
        let record = |n: &crate::document::Note| {
            let [start, end] = self.points.span(n.span);
            NoteRecord { kind: n.kind.to_owned(), text: n.text.clone(), start, end }
        };
        let given_up = |placed: &Placed| {
            let [start, end] = self.points.span(placed.sentence.span);
            let text = format!("a sentence of {} words and signs is not read for edges", placed.sentence.tokens.len());
            NoteRecord { kind: "endless".to_owned(), text, start, end }
        };
        let left = |abstention: &Abstention| {
            let [start, end] = self.points.span(abstention.span);
            NoteRecord { kind: abstention.kind.to_owned(), text: abstention.text.clone(), start, end }
        };
        let own = self.document.notes.iter().map(record).chain(endless.iter().map(given_up));
        own.chain(open.iter().map(left)).collect()
    }

    fn tuples(&self, tuples: &[(Tuple, Span)]) -> Vec<TupleRecord> {
        let record = |(tuple, sentence): &(Tuple, Span)| TupleRecord {
            subject_text: tuple.subject.clone(),
            predicate_text: tuple.predicate.clone(),
            object_text: tuple.object.clone(),
            sentence: self.points.span(*sentence),
        };
        tuples.iter().map(record).collect()
    }
}

fn reading(reading: &Reading) -> ReadingRecord {
    let means = |means: Means| match means {
        Means::Listed => "listed".to_owned(),
        Means::Discovered(by) => format!("unlisted:{}", by.map_or("", |b| b.as_str())),
        Means::Referred(sieve, reach) => format!("{}:{}", sieve.as_str(), reach.as_str()),
    };
    ReadingRecord {
        trust: reading.trust(),
        subject: means(reading.subject),
        object: means(reading.object),
        steps: reading.steps.iter().map(|s| s.as_str().to_owned()).collect(),
    }
}

fn choice(choice: &Choice, gazetteer: &Gazetteer) -> ChoiceRecord {
    let candidate = |(id, score): &(EntryId, Score)| {
        let entry = gazetteer.entry(*id);
        let points = score.parts().iter().map(|(reason, points)| (reason.as_str().to_owned(), *points));
        CandidateRecord {
            entity: entry.name().to_owned(),
            entity_id: entry.id().to_owned(),
            score: score.total(),
            points: points.collect(),
        }
    };
    let candidates = choice.candidates.iter().map(candidate).collect();
    ChoiceRecord { rule: choice.rule.as_str().to_owned(), candidates }
}

/// Country codes of three capitals; IGO, NGO and MNC are no countries.
fn iso3(entity: &Entity) -> Option<String> {
    entity.country.clone().filter(|c| !matches!(c.as_str(), "IGO" | "NGO" | "MNC"))
}

/// A state acts through its government where nothing else is said.
fn sector(entity: &Entity) -> Option<String> {
    entity.sector.clone().or_else(|| entity.id.starts_with("state:").then(|| "GOV".to_owned()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Entities that a mention or relation points to, in order of id.
fn entities(registry: &Registry, gazetteer: &Gazetteer, extraction: &Extraction) -> Vec<EntityRecord> {
    let mut used: Vec<EntityIx> = registry.mentions.iter().map(|m| m.entity).collect();
    used.extend(extraction.relations.iter().flat_map(|r| [r.subject.entity, r.object.entity]));
    used.extend(extraction.claims.iter().map(|c| c.subject.entity));
    let speakers =
        extraction.relations.iter().map(|r| &r.attitude).chain(extraction.claims.iter().map(|c| &c.attitude));
    used.extend(speakers.flat_map(|a| [a.speaker, a.via]).flatten());
    let mut records: Vec<EntityRecord> = used.into_iter().map(|e| entity(registry.entity(e), gazetteer)).collect();
    records.sort_by(|a, b| a.id.cmp(&b.id));
    records.dedup_by(|a, b| a.id == b.id);
    records
}

fn entity(entity: &Entity, gazetteer: &Gazetteer) -> EntityRecord {
    let entry = entity.entry.map(|id| gazetteer.entry(id));
    let aliases = entry.map_or(vec![(entity.name.clone(), "name".to_owned())], |e| {
        e.aliases().map(|a| (a.text().to_owned(), a.kind().as_str().to_owned())).collect()
    });
    let state_name = |id: &str| gazetteer.by_id(id).map_or(id.to_owned(), |e| gazetteer.entry(e).name().to_owned());
    let roles =
        entry.map_or(Vec::new(), |e| e.roles().map(|r| r.text().replace(r.of(), &state_name(r.of()))).collect());
    EntityRecord {
        id: entity.id.clone(),
        name: entity.name.clone(),
        entity_type: entity.entity_type,
        country: entity.country.clone(),
        sector: entity.sector.clone(),
        discovered: entity.discovered,
        stands_for: entity.stands_for.as_ref().map(|(id, _)| id.clone()),
        aliases,
        roles,
        wikidata: entry.and_then(|e| e.wikidata().map(str::to_owned)),
    }
}
