//! Documents in; which of them are one text out, with the share that they have in common and the longest passage.

use super::output::{self, BOLD, Format, OutputArgs, Rows, say};
use super::passage::Passage;
use super::phrase::{counted, dim};
use super::{Session, names};
use crate::error::Result;
use crate::graph::{Overlap, Store};
use clap::Args;
use serde_json::json;
use std::io::Write;

/// Which reports are one text, and what shows it: the five-word sequences that they share
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph origins bridge-digest.txt")]
pub struct Origins {
    /// Only the origin of this report
    document: Option<String>,
    /// Also the reports that stand alone
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    output: OutputArgs,
}

const MEMBERS: &str = "
SELECT d.origin, d.id, d.name, d.source, d.published, g.claimant FROM document d JOIN origin g ON g.id = d.origin
JOIN document lead ON lead.id = d.origin
WHERE (?1 IS NULL OR d.origin = (SELECT origin FROM document WHERE id = ?1))
  AND (?2 OR d.origin IN (SELECT origin FROM document GROUP BY origin HAVING count(*) > 1))
ORDER BY lead.published IS NULL, lead.published, lead.name, d.id <> d.origin, d.published IS NULL, d.published, d.name";

/// Characters of a shared passage that a terminal shows.
const SHOWN: usize = 160;

struct Member {
    origin: i64,
    id: i64,
    name: String,
    source: Option<String>,
    published: Option<String>,
    claimant: String,
}

/// Why a report belongs to its origin: the report of the same origin that it shares most with, of those that were compared.
struct Tie {
    with: String,
    overlap: Overlap,
}

impl Origins {
    pub fn run(self, session: &Session) -> Result<u8> {
        let store = session.store()?;
        let document = self.document.as_ref().map(|name| names::document(&store, name)).transpose()?;
        let everything = self.all || document.is_some();
        let mut query = store.connection().prepare(MEMBERS)?;
        let members: Vec<Member> = query
            .query_map((document.map(|(id, _)| id), everything), |row| {
                Ok(Member {
                    origin: row.get(0)?,
                    id: row.get(1)?,
                    name: row.get(2)?,
                    source: row.get(3)?,
                    published: row.get(4)?,
                    claimant: row.get(5)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        if members.is_empty() {
            say("every report is a text of its own; --all lists them");
        }
        match self.output.format() {
            Format::Table => show(&store, &members),
            format => rows(&store, &members)?.print(format),
        }
    }
}

/// Reports of one origin, its first one at the head.
fn groups(members: &[Member]) -> impl Iterator<Item = &[Member]> {
    members.chunk_by(|a, b| a.origin == b.origin)
}

/// The tie of the report at a place in its group: with the first report, or, where that is not enough by itself (a chain of
/// excerpts), with the one that shares most.
fn tie(store: &Store, group: &[Member], at: usize) -> Result<Option<Tie>> {
    let mut best: Option<Tie> = None;
    for (other, member) in group.iter().enumerate().filter(|(other, _)| *other != at) {
        if at == 0 || other == 0 || best.as_ref().is_none_or(|tie| !tie.overlap.is_copy()) {
            let overlap = store.overlap(group[at].id, member.id)?;
            if best.as_ref().is_none_or(|tie| tie.overlap.share() < overlap.share()) {
                best = Some(Tie { with: member.name.clone(), overlap });
            }
        }
        if at == 0 && best.as_ref().is_some_and(|tie| tie.overlap.is_copy()) {
            break;
        }
    }
    Ok(best)
}

fn show(store: &Store, members: &[Member]) -> Result<u8> {
    let mut out = output::stdout();
    for group in groups(members) {
        let reports = counted(group.len() as i64, "report");
        writeln!(out, "{BOLD}{}{BOLD:#}  {}", group[0].claimant, dim(format!("answers for {reports} of one text")))?;
        for (at, member) in group.iter().enumerate() {
            let source = member.source.as_deref().unwrap_or("no outlet named");
            let published = member.published.as_deref().unwrap_or("no date");
            writeln!(out, "  {} {}", member.name, dim(format!("{source} · {published}")))?;
            if at > 0
                && let Some(tie) = tie(store, group, at)?
            {
                Passage::new(told(&tie)).write(&mut out, 6)?;
                writeln!(out, "      {}", dim(format!("“{}”", shortened(&tie.overlap.passage))))?;
            }
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(u8::from(members.is_empty()))
}

/// "91 % of its five-word sequences (120 of 132) are in bridge-xinhua.txt, too"
fn told(tie: &Tie) -> String {
    let Overlap { shared, of, .. } = tie.overlap;
    let percent = (tie.overlap.share() * 100.0).floor();
    format!("{percent} % of the shorter one's five-word sequences ({shared} of {of}) are shared with {}", tie.with)
}

fn shortened(passage: &str) -> String {
    let tamed = output::tame(passage);
    match tamed.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} ...", &tamed[..end]),
        None => tamed,
    }
}

fn rows(store: &Store, members: &[Member]) -> Result<Rows> {
    let mut rows = Rows::new([
        "origin",
        "claimant",
        "document",
        "source",
        "published",
        "shares_with",
        "shared",
        "of",
        "share",
        "passage",
    ]);
    for group in groups(members) {
        for (at, member) in group.iter().enumerate() {
            let tie = tie(store, group, at)?;
            let overlap = tie.as_ref().map(|tie| &tie.overlap);
            rows.push(vec![
                json!(group[0].name),
                json!(member.claimant),
                json!(member.name),
                json!(member.source),
                json!(member.published),
                json!(tie.as_ref().map(|tie| &tie.with)),
                json!(overlap.map(|overlap| overlap.shared)),
                json!(overlap.map(|overlap| overlap.of)),
                json!(overlap.map(|overlap| (overlap.share() * 1000.0).round() / 1000.0)),
                json!(overlap.map(|overlap| &overlap.passage)),
            ]);
        }
    }
    Ok(rows)
}
