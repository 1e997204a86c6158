//! An edge in; behind each piece of its evidence the report, the sentence, the rule, who is meant by which words and who said it
//! out.

use super::grades::{Grade, Grades};
use super::output::{self, Format, OBJECT, OutputArgs, Rows, SUBJECT, TRIGGER};
use super::passage::Passage;
use super::phrase::{dim, heading, support};
use super::resolution::{self, Resolution};
use super::{Session, names};
use crate::analysis::Trust;
use crate::error::Result;
use crate::graph::{Edge, Store, level};
use clap::Args;
use rusqlite::Row;
use serde_json::json;
use std::io::Write;

/// Why an edge is there: report, sentence, rule, whom the words mean, who said so
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph neighbors Heihe     # the last column gives ids\n  wiregraph why 1a1b")]
pub struct Why {
    /// The edge's id or its first digits
    edge: String,
    #[command(flatten)]
    output: OutputArgs,
}

const EVIDENCE: &str = "
SELECT d.id, d.name, d.source, d.published, o.name, g.claimant, v.date, v.time_text, v.status, v.modality, v.speaker, v.via,
       v.rule, v.predicate, v.trigger_start, v.trigger_end, v.subject_start, v.subject_end, v.object_start, v.object_end,
       coalesce(t.start, v.start), coalesce(t.text, substr(d.text, v.start + 1, v.\"end\" - v.start)),
       v.subject_head, v.object_head, v.subject_text, v.object_text, v.trust
FROM evidence v JOIN document d ON d.id = v.document JOIN origin g ON g.id = d.origin JOIN document o ON o.id = g.id
LEFT JOIN sentence t ON t.id = v.sentence
WHERE v.relation = ?1 ORDER BY v.status = 'hypothetical', v.date, d.name, v.trigger_start, v.id";

/// One piece of evidence. Places count code points of the report.
struct Piece {
    document: i64,
    name: String,
    source: Option<String>,
    grade: Option<Grade>,
    published: Option<String>,
    origin: String,
    claimant: String,
    date: Option<String>,
    time_text: Option<String>,
    status: String,
    modality: String,
    speaker: Option<String>,
    via: Option<String>,
    rule: Option<String>,
    predicate: String,
    trigger: [i64; 2],
    subject: [i64; 2],
    object: [i64; 2],
    start: i64,
    text: String,
    heads: [Option<String>; 2],
    /// The words that stand for subject and object.
    ends: [String; 2],
    trust: Option<Trust>,
}

impl Why {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let grades = Grades::of(session)?;
        let edge = names::edge(&store, &self.edge)?;
        let mut query = store.connection().prepare(EVIDENCE)?;
        let pieces: Vec<Piece> =
            query.query_map([edge.row()], |row| read(row, &grades))?.collect::<rusqlite::Result<_>>()?;
        match self.output.format() {
            Format::Table => show(&store, &edge, &pieces),
            format => rows(&store, &edge, &pieces)?.print(format),
        }
    }
}

fn read(row: &Row, grades: &Grades) -> rusqlite::Result<Piece> {
    let place = |at: usize| -> rusqlite::Result<[i64; 2]> { Ok([row.get(at)?, row.get(at + 1)?]) };
    Ok(Piece {
        document: row.get(0)?,
        name: row.get(1)?,
        grade: grades.grade(row.get::<_, Option<String>>(2)?.as_deref()),
        source: row.get(2)?,
        published: row.get(3)?,
        origin: row.get(4)?,
        claimant: row.get(5)?,
        date: row.get(6)?,
        time_text: row.get(7)?,
        status: row.get(8)?,
        modality: row.get(9)?,
        speaker: row.get(10)?,
        via: row.get(11)?,
        rule: row.get(12)?,
        predicate: row.get(13)?,
        trigger: place(14)?,
        subject: place(16)?,
        object: place(18)?,
        start: row.get(20)?,
        text: row.get(21)?,
        heads: [row.get(22)?, row.get(23)?],
        ends: [row.get(24)?, row.get(25)?],
        trust: level(row, 26)?,
    })
}

impl Piece {
    fn passage(&self) -> Passage {
        let at = |[start, end]: [i64; 2]| (start - self.start, end - self.start);
        let ((t, u), (s, e), (o, p)) = (at(self.trigger), at(self.subject), at(self.object));
        Passage::new(&*self.text).mark(t, u, TRIGGER).mark(s, e, SUBJECT).mark(o, p, OBJECT)
    }

    fn words(&self, [start, end]: [i64; 2]) -> String {
        self.passage().words(start - self.start, end - self.start)
    }

    /// "xi-putin-call.txt (TASS), 2025-01-17"
    fn report(&self) -> String {
        let grade = self.grade.map(|grade| format!(", grade {grade:?}")).unwrap_or_default();
        let source = self.source.as_ref().map(|source| format!(" ({source}{grade})")).unwrap_or_default();
        let published = self.published.as_ref().map(|day| format!(", published {day}")).unwrap_or_default();
        format!("{}{source}{published}", self.name)
    }

    fn origin(&self) -> Option<String> {
        (self.origin != self.name).then(|| format!("shares most of its text with {}: one origin", self.origin))
    }

    /// "“assured” read as “assure of”, which the rule diplomacy/assures makes “assures”"
    fn rule(&self, edge: &Edge) -> String {
        let words = self.words(self.trigger);
        match &self.rule {
            Some(rule) => {
                format!("“{words}”, read as “{}”: “{}” by rule {rule}", self.predicate, edge.predicate)
            }
            None => format!("“{words}”, read as “{}”; no rule types it", self.predicate),
        }
    }

    fn stance(&self) -> String {
        let told = match self.status.as_str() {
            "asserted" => "asserted: the report says so itself",
            "attributed" => "attributed: it stands in what somebody said",
            _ => match self.modality.as_str() {
                "intended" => "hypothetical: a plan, not a deed",
                "possible" => "hypothetical: possible, not said to be so",
                "conditional" => "hypothetical: under a condition",
                "requested" => "hypothetical: asked for, not done",
                _ => "hypothetical",
            },
        };
        told.to_owned()
    }

    /// Who said it, through whom, in which report.
    fn chain(&self) -> String {
        let source = self.source.as_deref().unwrap_or(&self.name);
        let said = match (&self.speaker, self.status.as_str()) {
            (Some(speaker), _) => speaker.clone(),
            (None, "attributed") => format!("somebody unnamed, so {} answers for it", self.claimant),
            (None, _) => self.claimant.clone(),
        };
        let mut chain = vec![said];
        chain.extend(self.via.iter().map(|via| format!("passed on by {via}")));
        if chain[0] != source {
            chain.push(format!("in {source}"));
        }
        chain.join(" → ")
    }

    /// "direct: ..."
    fn trust(&self) -> Option<String> {
        self.trust.map(|trust| format!("{}: {}", trust.as_str(), trust.meaning()))
    }

    fn when(&self) -> Option<String> {
        let date = self.date.as_ref()?;
        Some(match &self.time_text {
            Some(words) => format!("{date}, from “{}”", output::tame(words)),
            None => format!("{date}, the day of publication"),
        })
    }
}

fn show(store: &Store, edge: &Edge, pieces: &[Piece]) -> Result<u8> {
    let mut out = output::stdout();
    writeln!(out, "{}", heading(edge))?;
    let class = edge.class.as_ref().map(|class| format!(" · event class {class}")).unwrap_or_default();
    let judged = edge.judgement.as_ref().map(|judged| format!(" · {judged} by judgement")).unwrap_or_default();
    writeln!(out, "{}", dim(format!("edge {}{class} · {}{judged}", edge.id, support(edge))))?;
    for piece in pieces {
        writeln!(out)?;
        piece.passage().write(&mut out, 2)?;
        let (subject, object) = (resolve(store, piece, edge, 0)?, resolve(store, piece, edge, 1)?);
        let facts = [
            ("report", Some(piece.report())),
            ("origin", piece.origin()),
            ("subject", Some(subject.told(&edge.subject))),
            ("predicate", Some(piece.rule(edge))),
            ("object", Some(object.told(&edge.object))),
            ("status", Some(piece.stance())),
            ("said by", Some(piece.chain())),
            ("when", piece.when()),
            ("trust", piece.trust()),
        ];
        for (name, fact) in facts {
            if let Some(fact) = fact {
                Passage::new(fact).write_behind(&mut out, &format!("  {}", dim(format!("{name:>9}  "))), 13)?;
            }
        }
    }
    out.flush()?;
    Ok(0)
}

fn resolve(store: &Store, piece: &Piece, edge: &Edge, side: usize) -> Result<Resolution> {
    let (place, entity) = [(piece.subject, &edge.subject_id), (piece.object, &edge.object_id)][side];
    resolution::of(store, piece.document, place, entity, &piece.ends[side], piece.heads[side].as_deref())
}

fn rows(store: &Store, edge: &Edge, pieces: &[Piece]) -> Result<Rows> {
    let mut rows = Rows::new([
        "edge",
        "document",
        "source",
        "grade",
        "published",
        "origin",
        "sentence_start",
        "text",
        "subject",
        "subject_text",
        "subject_resolved",
        "predicate",
        "trigger",
        "trigger_start",
        "trigger_end",
        "read_as",
        "rule",
        "object",
        "object_text",
        "object_resolved",
        "polarity",
        "status",
        "modality",
        "speaker",
        "via",
        "claimant",
        "date",
        "time_text",
        "trust",
    ]);
    for piece in pieces {
        let claimant = piece.speaker.as_ref().unwrap_or(&piece.claimant);
        rows.push(vec![
            json!(edge.id),
            json!(piece.name),
            json!(piece.source),
            json!(piece.grade),
            json!(piece.published),
            json!(piece.origin),
            json!(piece.start),
            json!(piece.passage().plain()),
            json!(edge.subject),
            json!(piece.ends[0]),
            json!(resolve(store, piece, edge, 0)?.reason),
            json!(edge.predicate),
            json!(piece.words(piece.trigger)),
            json!(piece.trigger[0]),
            json!(piece.trigger[1]),
            json!(piece.predicate),
            json!(piece.rule),
            json!(edge.object),
            json!(piece.ends[1]),
            json!(resolve(store, piece, edge, 1)?.reason),
            json!(edge.polarity),
            json!(piece.status),
            json!(piece.modality),
            json!(piece.speaker),
            json!(piece.via),
            json!(claimant),
            json!(piece.date),
            json!(piece.time_text),
            json!(piece.trust),
        ]);
    }
    Ok(rows)
}
