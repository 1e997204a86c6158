//! What the tests share: one analyser, documents from a line of text, edges as people write them.
#![allow(dead_code)]

use std::path::Path;
use std::sync::OnceLock;
use wiregraph::analysis::{Modality, Polarity, RelationRecord, Status};
use wiregraph::document::BlockKind;
use wiregraph::graph::Store;
use wiregraph::{Analyser, Analysis, Detail, Document};

/// With open triples.
pub const OPEN: Detail = Detail { open: true, explain: false };

pub fn analyser() -> &'static Analyser {
    static ANALYSER: OnceLock<Analyser> = OnceLock::new();
    ANALYSER.get_or_init(|| Analyser::embedded().expect("the embedded data is sound"))
}

pub fn document(text: &str, published: Option<&str>) -> Document {
    let published = published.map(|d| d.parse().expect("an ISO date"));
    Document::new("case".to_owned(), None, published, text.to_owned(), Vec::new())
}

/// A report of one headline, with a sentence below it or none.
pub fn headline(text: &str, body: &str, published: Option<&str>) -> Document {
    let mut report = document(&format!("{text}\n\n{body}"), published);
    let first = report.blocks.first_mut().expect("a headline is no empty text");
    assert_eq!(first.text, text, "the headline is a block of its own");
    first.kind = BlockKind::Headline;
    report
}

/// An edge as a case or rule example writes it.
pub struct Expected {
    pub written: String,
    subject: String,
    labels: Vec<String>,
    object: String,
    mutual: bool,
    polarity: Polarity,
    modality: Modality,
    /// `None`: nobody; `Some(None)`: unnamed.
    speaker: Option<Option<String>>,
    via: Option<String>,
    time: Option<String>,
}

impl Expected {
    pub fn parse(written: &str, place: &str) -> Self {
        let written = written.trim();
        let (edge, qualifiers) = split_qualifiers(written);
        let (left, right) = edge.split_once("-> ").unwrap_or_else(|| panic!("{place}: no arrow in {written:?}"));
        let mutual = left.contains(" <-");
        let (subject, label) =
            left.split_once(if mutual { " <-" } else { " -" }).unwrap_or_else(|| panic!("{place}: {written:?}"));
        let mut expected = Self {
            written: written.to_owned(),
            subject: subject.trim().to_owned(),
            labels: label.split('/').map(|l| l.trim().to_owned()).collect(),
            object: right.trim().to_owned(),
            mutual,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            speaker: None,
            via: None,
            time: None,
        };
        for qualifier in qualifiers.split(';').map(str::trim).filter(|q| !q.is_empty()) {
            expected.qualify(qualifier, place);
        }
        expected
    }

    fn qualify(&mut self, qualifier: &str, place: &str) {
        match qualifier.split_once(':').map(|(k, v)| (k.trim(), v.trim())) {
            Some(("said by", "?")) => self.speaker = Some(None),
            Some(("said by", who)) => self.speaker = Some(Some(who.to_owned())),
            Some(("via", who)) => self.via = Some(who.to_owned()),
            Some(("time", time)) => self.time = Some(time.to_owned()),
            // What else a frame names is read by the rule, not kept on the edge.
            Some(("topic" | "text", _)) => {}
            _ => match qualifier {
                "not" => self.polarity = Polarity::Negative,
                "intended" => self.modality = Modality::Intended,
                "possible" => self.modality = Modality::Possible,
                "conditional" => self.modality = Modality::Conditional,
                "requested" => self.modality = Modality::Requested,
                other => panic!("{place}: unknown qualifier {other:?}"),
            },
        }
    }

    /// Whether the edge's label is the typed name.
    pub fn is_typed(&self, r: &RelationRecord) -> bool {
        r.relation.as_ref().is_some_and(|name| self.labels.contains(name))
    }

    /// Nothing said about the time asks nothing; `time: none` asks for none.
    fn dates(&self, r: &RelationRecord) -> bool {
        match self.time.as_deref() {
            None => true,
            Some("none") => r.time.is_none(),
            Some(time) => r.time.as_deref() == Some(time),
        }
    }

    pub fn matches(&self, r: &RelationRecord) -> bool {
        let straight = r.subject == self.subject && r.object == self.object;
        let turned = r.subject == self.object && r.object == self.subject;
        let label = self.labels.iter().any(|l| *l == r.predicate || Some(l) == r.relation.as_ref());
        let speaker = match &self.speaker {
            None => r.attributed_to.is_none() && r.status != Status::Attributed,
            Some(who) => r.attributed_to == *who && (r.status != Status::Asserted),
        };
        (straight || self.mutual && turned)
            && label
            && self.mutual == r.symmetric
            && self.polarity == r.polarity
            && self.modality == r.modality
            && speaker
            && self.via == r.via
            && self.dates(r)
    }
}

/// The edge and what stands in the last brackets, if those are qualifiers and no part of a name.
fn split_qualifiers(written: &str) -> (&str, &str) {
    let Some(edge) = written.strip_suffix(')') else { return (written, "") };
    let open = matching_bracket(edge);
    let inside = &edge[open + 1..];
    let known = ["not", "intended", "possible", "conditional", "requested", "said by", "via", "time", "topic", "text"];
    if known.iter().any(|k| inside.starts_with(k)) { (edge[..open].trim(), inside) } else { (written, "") }
}

fn matching_bracket(edge: &str) -> usize {
    let mut depth = 1;
    for (i, c) in edge.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i;
        }
    }
    panic!("unbalanced brackets in {edge:?}")
}

/// An edge as a case would write it.
pub fn render(r: &RelationRecord) -> String {
    let mut qualifiers = Vec::new();
    if r.polarity == Polarity::Negative {
        qualifiers.push("not".to_owned());
    }
    match r.modality {
        Modality::Asserted => {}
        other => qualifiers.push(format!("{other:?}").to_lowercase()),
    }
    match (&r.attributed_to, r.status) {
        (Some(who), _) => qualifiers.push(format!("said by: {who}")),
        (None, Status::Attributed) => qualifiers.push("said by: ?".to_owned()),
        _ => {}
    }
    qualifiers.extend(r.via.iter().map(|v| format!("via: {v}")));
    qualifiers.extend(r.time.iter().map(|t| format!("time: {t}")));
    let arrow = if r.symmetric { "<-" } else { "-" };
    let tail = if qualifiers.is_empty() { String::new() } else { format!(" ({})", qualifiers.join("; ")) };
    format!("{} {arrow}{}-> {}{tail}", r.subject, r.predicate, r.object)
}

/// The samples with their analyses, in the order in which they are read.
pub fn samples() -> &'static [(Document, Analysis)] {
    static SAMPLES: OnceLock<Vec<(Document, Analysis)>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let reports = wiregraph::document::read(&[folder], &Default::default());
        let reports = reports.map(|report| report.expect("samples can be read"));
        reports.map(|document| (document.clone(), analyser().analyze_in_detail(&document, OPEN))).collect()
    })
}

/// Writes a finished database.
pub fn store(path: &Path, batch: &[(Document, Analysis)]) {
    let mut store = Store::create(path, wiregraph::REVISION).expect("a new database");
    store.write(batch).expect("rows fit the schema");
    store.finish().expect("the run ends");
}
