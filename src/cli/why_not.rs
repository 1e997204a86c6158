//! Two entities in; the sentences that name both and what stopped each from linking them out.

use super::names::Named;
use super::output::{self, Format, OBJECT, OutputArgs, Rows, SUBJECT, say};
use super::passage::Passage;
use super::phrase::{counted, dim};
use super::reread::Rereading;
use super::{Session, names};
use crate::error::{Error, Result};
use crate::graph::{Filter, Store};
use clap::Args;
use rusqlite::named_params;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;

/// Why two entities are not linked: the sentences with both, and what stopped each
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph why-not Heihe Russia")]
pub struct WhyNot {
    /// Id, name or alias
    a: String,
    /// Id, name or alias
    b: String,
    /// At most so many sentences
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

/// Stretches of text that mention both: sentences, and lines outside sentences.
const TOGETHER: &str = "
SELECT d.id, d.name, d.source, d.published, s.id, s.start, s.text
FROM sentence s JOIN document d ON d.id = s.document
WHERE s.id IN (SELECT sentence FROM mention WHERE entity = :a INTERSECT SELECT sentence FROM mention WHERE entity = :b)
UNION ALL
SELECT d.id, d.name, d.source, d.published, NULL, min(m.start, n.start),
       substr(d.text, min(m.start, n.start) + 1, max(m.\"end\", n.\"end\") - min(m.start, n.start))
FROM mention m JOIN mention n ON n.document = m.document JOIN document d ON d.id = m.document
WHERE m.entity = :a AND n.entity = :b AND m.sentence IS NULL AND n.sentence IS NULL
  AND instr(substr(d.text, min(m.start, n.start) + 1, max(m.\"end\", n.\"end\") - min(m.start, n.start)), char(10)) = 0
GROUP BY d.id
ORDER BY 4, 2, 6";

/// What was read from a sentence about either of them: each clause, and which kind it is. The first kind of the list that a
/// sentence has is its reason.
const CLAUSES: &str = "
SELECT iif(r.judgement = 'rejected', 'rejected', 'linked'), v.status <> 'hypothetical', s.name, v.predicate_text, o.name, r.polarity FROM evidence v
JOIN relation r ON r.id = v.relation JOIN entity s ON s.id = r.subject JOIN entity o ON o.id = r.object
WHERE v.document = :document AND v.sentence = :sentence AND (r.subject, r.object) IN (VALUES (:a, :b), (:b, :a))
UNION ALL
SELECT 'speaker', 1, coalesce(v.via, v.speaker), v.predicate_text, s.name, r.polarity FROM evidence v
JOIN relation r ON r.id = v.relation JOIN entity s ON s.id = r.subject
WHERE v.document = :document AND v.sentence = :sentence AND (:a_name IN (v.speaker, v.via) AND :b IN (r.subject, r.object)
                               OR :b_name IN (v.speaker, v.via) AND :a IN (r.subject, r.object))
UNION ALL
SELECT 'speaker', 1, coalesce(c.via, c.speaker), c.predicate_text, c.subject_name, c.polarity FROM claim c
WHERE c.document = :document AND c.sentence = :sentence AND (:a_name IN (c.speaker, c.via) AND c.subject = :b OR :b_name IN (c.speaker, c.via) AND c.subject = :a)
UNION ALL
SELECT 'inside', 1, c.subject_name, c.predicate_text, c.object_text, c.polarity FROM claim c
WHERE c.document = :document AND c.sentence = :sentence AND c.subject IN (:a, :b) AND EXISTS (
    SELECT 1 FROM mention m WHERE m.document = c.document AND m.entity = iif(c.subject = :a, :b, :a)
    AND m.start >= c.object_start AND m.\"end\" <= c.object_end)
UNION ALL
SELECT 'others', 1, s.name, v.predicate_text, o.name, r.polarity FROM evidence v
JOIN relation r ON r.id = v.relation JOIN entity s ON s.id = r.subject JOIN entity o ON o.id = r.object
WHERE v.document = :document AND v.sentence = :sentence AND (r.subject IN (:a, :b) OR r.object IN (:a, :b))
UNION ALL
SELECT 'claims', 1, c.subject_name, c.predicate_text, c.object_text, c.polarity FROM claim c
WHERE c.document = :document AND c.sentence = :sentence AND c.subject IN (:a, :b)";

const SEATS: &str = "
SELECT e.name, count(*) FROM entity e JOIN relation r ON r.subject = e.id OR r.object = e.id
WHERE e.stands_for = :a AND iif(r.subject = e.id, r.object, r.subject) = :b AND r.documents > 0 GROUP BY e.id ORDER BY 1";

/// What stopped a sentence; the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Linked,
    Hypothetical,
    Rejected,
    Speaker,
    Inside,
    Others,
    Claims,
    NoClause,
    NoSentence,
}

struct Together {
    document: String,
    source: Option<String>,
    published: Option<String>,
    reason: Reason,
    clauses: Vec<String>,
    /// What reading the sentence again leaves open; of the first `--limit` sentences.
    open: Vec<String>,
    text: Passage,
}

struct Pair {
    a: Named,
    b: Named,
}

impl WhyNot {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let pair = Pair { a: names::find(&store, &self.a)?, b: names::find(&store, &self.b)? };
        if pair.a == pair.b {
            let Named { name, id, .. } = &pair.a;
            return Err(Error::Usage(format!("both names mean {name} ({id}); expected two entities")));
        }
        let found = pair.together(&store, self.limit)?;
        pair.hint(&store)?;
        if found.is_empty() {
            return Err(Error::NotFound(pair.apart(&store)?));
        }
        match self.output.format() {
            Format::Table => self.show(&pair, &found),
            format => rows(&found).print(format),
        }
    }

    fn show(&self, pair: &Pair, found: &[Together]) -> Result<u8> {
        let mut out = output::stdout();
        for together in found.iter().take(self.limit) {
            together.text.write(&mut out, 2)?;
            let place = [Some(&together.document), together.source.as_ref(), together.published.as_ref()];
            let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
            writeln!(out, "  {}", dim(place.join(" · ")))?;
            Passage::new(pair.told(together.reason)).write_behind(&mut out, &format!("  {} ", dim("→")), 4)?;
            for clause in &together.clauses {
                Passage::new(&**clause).write(&mut out, 6)?;
            }
            for line in &together.open {
                Passage::new(&**line).write(&mut out, 4)?;
            }
            writeln!(out)?;
        }
        if found.len() > self.limit {
            writeln!(out, "{}", dim(format!("{} more: --limit", found.len() - self.limit)))?;
        }
        writeln!(out, "{}", summary(found))?;
        out.flush()?;
        Ok(0)
    }
}

impl Pair {
    fn together(&self, store: &Store, limit: usize) -> Result<Vec<Together>> {
        let mut again = Rereading::default();
        let mut query = store.connection().prepare(TOGETHER)?;
        let mut rows = query.query(named_params! { ":a": self.a.id, ":b": self.b.id })?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (sentence, document): (Option<i64>, i64) = (row.get(4)?, row.get(0)?);
            let (start, text): (i64, String) = (row.get(5)?, row.get(6)?);
            let (reason, clauses) = match sentence {
                Some(sentence) => self.reason(store, document, sentence)?,
                None => (Reason::NoSentence, Vec::new()),
            };
            let asked = sentence.filter(|_| reason > Reason::Rejected && found.len() < limit);
            let open = match asked {
                Some(_) => self.left_open(&mut again, store, document, start, &text)?,
                None => Vec::new(),
            };
            found.push(Together {
                document: row.get(1)?,
                source: row.get(2)?,
                published: row.get(3)?,
                reason,
                clauses,
                open,
                text: self.marked(store, document, start, text)?,
            });
        }
        Ok(found)
    }

    /// What reading the sentence again leaves open about either of them.
    fn left_open(
        &self,
        again: &mut Rereading,
        store: &Store,
        document: i64,
        start: i64,
        text: &str,
    ) -> Result<Vec<String>> {
        let end = start + text.chars().count() as i64;
        let mut query = store.connection().prepare_cached(
            "SELECT substr(d.text, m.start + 1, m.\"end\" - m.start) FROM mention m JOIN document d ON d.id = m.document
             WHERE m.document = ?1 AND m.entity IN (?2, ?3) AND m.start >= ?4 AND m.start < ?5",
        )?;
        let words = query.query_map((document, &self.a.id, &self.b.id, start, end), |row| row.get(0))?;
        let words = words.collect::<std::result::Result<Vec<String>, _>>()?;
        let offset = |at: i64| usize::try_from(at).unwrap_or(0);
        again.of(store, document, [offset(start), offset(end)], &words)
    }

    fn marked(&self, store: &Store, document: i64, start: i64, text: String) -> Result<Passage> {
        let length = text.chars().count() as i64;
        let mut mentions = store.connection().prepare_cached(
            "SELECT start, \"end\", entity = ?2 FROM mention
             WHERE document = ?1 AND entity IN (?2, ?3) AND start >= ?4 AND start < ?4 + ?5",
        )?;
        let mut rows = mentions.query((document, &self.a.id, &self.b.id, start, length))?;
        let mut passage = Passage::new(text);
        while let Some(row) = rows.next()? {
            let style = if row.get(2)? { SUBJECT } else { OBJECT };
            passage = passage.mark(row.get::<_, i64>(0)? - start, row.get::<_, i64>(1)? - start, style);
        }
        Ok(passage)
    }

    /// The first reason that fits a sentence, with the clauses that show it.
    fn reason(&self, store: &Store, document: i64, sentence: i64) -> Result<(Reason, Vec<String>)> {
        let mut query = store.connection().prepare_cached(CLAUSES)?;
        let mut rows = query.query(named_params! {
            ":document": document, ":sentence": sentence, ":a": self.a.id, ":b": self.b.id, ":a_name": self.a.name, ":b_name": self.b.name,
        })?;
        let mut clauses: BTreeMap<Reason, Vec<String>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let reason = match (row.get::<_, String>(0)?.as_str(), row.get(1)?) {
                ("linked", true) => Reason::Linked,
                ("linked", false) => Reason::Hypothetical,
                ("rejected", _) => Reason::Rejected,
                ("speaker", _) => Reason::Speaker,
                ("inside", _) => Reason::Inside,
                ("others", _) => Reason::Others,
                _ => Reason::Claims,
            };
            let (from, predicate, to): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let not = if row.get::<_, String>(5)? == "-" { "not " } else { "" };
            let clause = match reason {
                Reason::Speaker => format!("{from} speaks of {to}: {not}{predicate}"),
                _ => format!("{from} ── {not}{predicate} ──► {to}"),
            };
            let clauses = clauses.entry(reason).or_default();
            if !clauses.contains(&clause) {
                clauses.push(clause);
            }
        }
        Ok(clauses.pop_first().unwrap_or((Reason::NoClause, Vec::new())))
    }

    fn told(&self, reason: Reason) -> String {
        let (a, b) = (&self.a.name, &self.b.name);
        match reason {
            Reason::Linked => format!("linked here: `wiregraph evidence \"{a}\" \"{b}\"`"),
            Reason::Hypothetical => "hypothetical only; --status all shows it".to_owned(),
            Reason::Rejected => "linked here, and a judgement rejects the edge; --rejected shows it".to_owned(),
            Reason::Speaker => {
                "one speaks of the other; saying something about somebody makes no edge to them".to_owned()
            }
            Reason::Inside => {
                "one stands inside what the other says or does; the end of that clause is something else".to_owned()
            }
            Reason::Others => "clauses here link them with others, none links the two:".to_owned(),
            Reason::Claims => "what is said of them here is about things that are no entities:".to_owned(),
            Reason::NoClause => "no clause with either of them was read from this sentence".to_owned(),
            Reason::NoSentence => "outside running text (list, table, caption, byline): not read for edges".to_owned(),
        }
    }

    /// Tells where each occurs when they never occur together.
    fn apart(&self, store: &Store) -> Result<String> {
        let sql = "SELECT count(DISTINCT document) FROM mention WHERE entity = ?1 AND (?2 IS NULL
                   OR document IN (SELECT document FROM mention WHERE entity = ?2))";
        let count = |entity: &str, other: Option<&str>| -> Result<i64> {
            Ok(store.connection().query_row(sql, (entity, other), |row| row.get(0))?)
        };
        let (a, b) = (&self.a, &self.b);
        let together = count(&a.id, Some(&b.id))?;
        let edges = store.edges_between(&Filter::everything(), &a.id, &b.id)?.len() as i64;
        let first =
            if edges > 0 { format!("{} link them across sentences; n", counted(edges, "edge")) } else { "n".into() };
        Ok(format!(
            "{first}o sentence mentions both {} ({}) and {} ({}); {}; `wiregraph path` finds ways round",
            a.name,
            counted(count(&a.id, None)?, "report"),
            b.name,
            counted(count(&b.id, None)?, "report"),
            match together {
                0 => "no report does".to_owned(),
                some => format!(
                    "{} both, in different sentences",
                    if some == 1 { "1 report mentions".into() } else { format!("{some} reports mention") }
                ),
            }
        ))
    }

    /// Edges that a seat of power holds in the name of one of them.
    fn hint(&self, store: &Store) -> Result<()> {
        for (a, b) in [(&self.a, &self.b), (&self.b, &self.a)] {
            let mut query = store.connection().prepare(SEATS)?;
            let mut rows = query.query(named_params! { ":a": a.id, ":b": b.id })?;
            while let Some(row) = rows.next()? {
                let (seat, edges): (String, i64) = (row.get(0)?, row.get(1)?);
                let edges = counted(edges, "edge");
                say(format!("{seat}, which can stand for {}, has {edges} with {}", a.name, b.name));
            }
        }
        Ok(())
    }
}

impl Reason {
    /// One word for programs.
    fn word(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Hypothetical => "hypothetical",
            Self::Rejected => "rejected",
            Self::Speaker => "speaker",
            Self::Inside => "inside-claim",
            Self::Others => "other-ends",
            Self::Claims => "claims-only",
            Self::NoClause => "no-clause",
            Self::NoSentence => "no-sentence",
        }
    }
}

fn rows(found: &[Together]) -> Rows {
    let mut rows = Rows::new(["document", "source", "published", "reason", "clauses", "left_open", "text"]);
    for together in found {
        rows.push(vec![
            json!(together.document),
            json!(together.source),
            json!(together.published),
            json!(together.reason.word()),
            json!(together.clauses.join("; ")),
            json!(together.open.join("; ")),
            json!(together.text.plain()),
        ]);
    }
    rows
}

/// "5 sentences name both: 1 linked, 4 no-clause"
fn summary(found: &[Together]) -> String {
    let mut counts: BTreeMap<Reason, usize> = BTreeMap::new();
    for together in found {
        *counts.entry(together.reason).or_default() += 1;
    }
    let parts: Vec<String> = counts.iter().map(|(reason, count)| format!("{count} {}", reason.word())).collect();
    format!("{} with both: {}", counted(found.len() as i64, "sentence"), parts.join(", "))
}
