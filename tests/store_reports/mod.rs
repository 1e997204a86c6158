//! Invented reports, analysed by hand: what the store and the commands are tested on.

#![allow(dead_code)]

use std::path::Path;
use wiregraph::analysis::*;
use wiregraph::document::{Block, BlockKind, Document, Steps};
use wiregraph::graph::Store;
use wiregraph::text::Span;

pub const REVISION: &str = "tests";

/// A document and its analysis, put together piece by piece.
#[derive(Clone)]
pub struct Report {
    pub document: Document,
    pub analysis: Analysis,
}

/// id, name, type, aliases with their kinds
type Known = (&'static str, &'static str, EntityType, &'static [(&'static str, &'static str)]);

const ENTITIES: [Known; 7] = [
    ("norland", "Norland", EntityType::Place, &[("Norlandic", "demonym"), ("Kingdom of Norland", "former")]),
    ("sudovia", "Sudovia", EntityType::Place, &[("Sudovian", "demonym")]),
    ("quill", "Ada Quill", EntityType::Person, &[("Quill", "surname")]),
    ("quill-b", "Bert Quill", EntityType::Person, &[("Quill", "surname")]),
    ("tarn", "Tarn Crossing", EntityType::Facility, &[]),
    ("league", "River League", EntityType::Org, &[("RL", "acronym")]),
    ("brisk", "Brisk, “the Bold”", EntityType::Other, &[]),
];

impl Report {
    pub fn new(id: &str, text: &str) -> Self {
        let block = Block {
            kind: BlockKind::Prose,
            span: Span::new(0, text.len()),
            text: text.into(),
            steps: Steps::straight(0),
        };
        let document = Document {
            language: "en".into(),
            id: id.into(),
            source: None,
            published: None,
            text: text.into(),
            extracted: false,
            blocks: vec![block],
            notes: Vec::new(),
        };
        let mut analysis = Analysis { id: id.into(), language: "en".into(), ..Analysis::default() };
        let mut start = 0;
        for sentence in text.split_inclusive(". ") {
            let end = start + sentence.chars().count();
            analysis.sentences.push([start, start + sentence.trim_end().chars().count()]);
            start = end;
        }
        Self { document, analysis }
    }

    pub fn from(mut self, source: &str, published: &str) -> Self {
        self.document.source = Some(source.into());
        self.document.published = published.parse().ok();
        self.analysis.source = self.document.source.clone();
        self.analysis.published = Some(published.into());
        self
    }

    /// `surface -trigger-> surface` as it stands in the text; then what else there is to say of the relation.
    pub fn says(
        mut self,
        subject: &str,
        trigger: &str,
        object: &str,
        change: impl FnOnce(&mut RelationRecord),
    ) -> Self {
        let (s, t, o) = (self.span(subject), self.span(trigger), self.span(object));
        let (from, to) = (self.mention(s, subject), self.mention(o, object));
        let mut relation = RelationRecord {
            subject: from.name,
            subject_id: from.id,
            subject_code: None,
            subject_sector: None,
            subject_head: None,
            subject_span: s,
            subject_text: subject.into(),
            predicate: trigger.trim_end_matches("ed").into(),
            relation: None,
            event: None,
            object: to.name,
            object_id: to.id,
            object_code: None,
            object_sector: None,
            object_head: None,
            object_span: o,
            object_text: object.into(),
            predicate_text: trigger.into(),
            symmetric: false,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            status: Status::Asserted,
            attributed_to: None,
            via: None,
            time: None,
            time_text: None,
            evidence_start: s[0].min(t[0]).min(o[0]),
            evidence_end: s[1].max(t[1]).max(o[1]),
            trigger_start: t[0],
            trigger_end: t[1],
            rule: None,
            trust: Trust::Direct,
            reading: None,
        };
        change(&mut relation);
        self.analysis.relations.push(relation);
        self
    }

    pub fn claims(mut self, subject: &str, trigger: &str, object: &str) -> Self {
        let (s, t, o) = (self.span(subject), self.span(trigger), self.span(object));
        let entity = self.mention(s, subject);
        self.analysis.claims.push(ClaimRecord {
            subject: entity.name,
            subject_span: s,
            subject_text: subject.into(),
            predicate: trigger.trim_end_matches("ed").into(),
            predicate_text: trigger.into(),
            object_text: object.into(),
            object_span: o,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            status: Status::Asserted,
            attributed_to: None,
            via: None,
            evidence_start: s[0],
            evidence_end: o[1],
            trigger_start: t[0],
            trigger_end: t[1],
            subject_id: entity.id,
        });
        self
    }

    fn span(&self, words: &str) -> [usize; 2] {
        let text = &self.document.text;
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
        let start = text[..at].chars().count();
        [start, start + words.chars().count()]
    }

    fn mention(&mut self, [start, end]: [usize; 2], surface: &str) -> EntityRecord {
        let entity = entity(surface);
        if !self.analysis.entities.contains(&entity) {
            self.analysis.entities.push(entity.clone());
            self.analysis.entities.sort_by(|a, b| a.id.cmp(&b.id));
        }
        self.analysis.mentions.push(MentionRecord {
            start,
            end,
            text: surface.into(),
            kind: MentionKind::Name,
            entity: entity.name.clone(),
            entity_id: entity.id.clone(),
            entity_type: entity.entity_type,
            country: None,
            stands_for: None,
            discovered: false,
            found_by: None,
            choice: None,
        });
        entity
    }

    pub fn pair(self) -> (Document, Analysis) {
        (self.document, self.analysis)
    }
}

fn entity(surface: &str) -> EntityRecord {
    let named = |(_, name, _, aliases): &&Known| *name == surface || aliases.iter().any(|(text, _)| *text == surface);
    let (id, name, entity_type, aliases) = ENTITIES.iter().find(named).unwrap_or_else(|| panic!("who is {surface}?"));
    EntityRecord {
        id: (*id).into(),
        name: (*name).into(),
        entity_type: *entity_type,
        country: None,
        sector: None,
        discovered: false,
        stands_for: None,
        aliases: aliases.iter().map(|(text, kind)| ((*text).into(), (*kind).into())).collect(),
        roles: Vec::new(),
        wikidata: None,
    }
}

pub fn negative(relation: &mut RelationRecord) {
    relation.polarity = Polarity::Negative;
}

pub fn hypothetical(relation: &mut RelationRecord) {
    relation.modality = Modality::Possible;
    relation.status = Status::Hypothetical;
}

pub fn mutual(relation: &mut RelationRecord) {
    relation.symmetric = true;
}

pub fn said_by(speaker: &'static str) -> impl FnOnce(&mut RelationRecord) {
    move |relation| {
        relation.status = Status::Attributed;
        relation.attributed_to = Some(speaker.into());
    }
}

const BRIDGE: &str = "“At last,” a clerk said as Norland and Sudovia opened the new river bridge after nine years of quarrels over \
                      tolls and tariffs. Norland praised Sudovia for paying its half on time. Lorries rolled over it before noon, and \
                      the ferrymen of both banks watched them go without a word.";

/// A story, its reprint by another outlet, and three reports of their own.
pub fn reports() -> Vec<Report> {
    let bridge = |id: &str| {
        Report::new(id, BRIDGE)
            .says("Norland", "opened", "Sudovia", mutual)
            .says("Norland", "praised", "Sudovia", |_| {})
            .claims("Norland", "opened", "the new river bridge")
    };
    vec![
        bridge("b/bridge.txt").from("Harbour Wire", "2031-05-02"),
        bridge("a/reprint.txt").from("Morning Ledger", "2031-05-03"),
        Report::new(
            "c/dispute.txt",
            "Sudovia praised Norland too. Ada Quill denied that Norland had praised Sudovia at all.",
        )
        .from("Evening Post", "2031-05-04")
        .says("Sudovia", "praised", "Norland", |relation| relation.trust = Trust::Construed)
        .says("Norland", "praised Sudovia", "Sudovia", |relation| {
            said_by("Ada Quill")(relation);
            negative(relation);
            relation.predicate = "prais".into();
        }),
        Report::new(
            "d/maybe.txt",
            "The River League may punish Norland if Tarn Crossing closes. Norland is said to have praised Sudovia.",
        )
        .from("Evening Post", "2031-06-01")
        .says("River League", "punish", "Norland", hypothetical)
        .says("Norland", "praised", "Sudovia", |relation| {
            said_by("River League")(relation);
            relation.trust = Trust::Tentative;
        }),
        Report::new("e/visit.txt", "Ada Quill visited Tarn Crossing. Bert Quill visited Sudovia.")
            .says("Ada Quill", "visited", "Tarn Crossing", |relation| relation.trust = Trust::Inferred)
            .says("Bert Quill", "visited", "Sudovia", |relation| relation.trust = Trust::Tentative),
    ]
}

/// Writes the reports in batches of two and completes the run.
pub fn build(path: &Path, reports: &[Report]) {
    let mut store = Store::create(path, REVISION).unwrap();
    for batch in reports.chunks(2) {
        let batch: Vec<_> = batch.iter().cloned().map(Report::pair).collect();
        store.write(&batch).unwrap();
    }
    store.finish().unwrap();
}

/// The same reports in a database of format 1, as its last program would have left it.
pub fn build_format_1(path: &Path) {
    let today = path.with_extension("today");
    build(&today, &reports());
    let earlier = rusqlite::Connection::open(path).unwrap();
    earlier.execute_batch(include_str!("../fixtures/schema-1.sql")).unwrap();
    earlier.execute("ATTACH ? AS today", [today.to_str().unwrap()]).unwrap();
    for table in ["document", "origin", "sentence", "entity", "alias", "mention", "relation", "evidence", "claim"] {
        let mut query = earlier.prepare(&format!("SELECT name FROM pragma_table_info('{table}', 'main')")).unwrap();
        let columns: Vec<String> = query
            .query_map([], |row| Ok(format!("\"{}\"", row.get::<_, String>(0)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let columns = columns.join(", ");
        earlier
            .execute_batch(&format!(
                "PRAGMA foreign_keys = OFF; INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}"
            ))
            .unwrap();
    }
    drop(earlier);
    std::fs::remove_file(today).unwrap();
}
