//! An edge in, the words by which a person reads it out: an arrow with its predicate, and how well it is supported.

use super::output::{BOLD, DENIED, DIM};
use crate::graph::{Direction, Edge};
use std::fmt::Display;

/// Digits of an edge's id that answers on a terminal show; any command takes them.
const DIGITS: usize = 8;

/// Which way an edge runs, as seen from one of its ends.
pub fn direction(edge: &Edge, from: &str) -> Direction {
    match (edge.symmetric, edge.subject_id == from) {
        (true, _) => Direction::Both,
        (false, true) => Direction::Out,
        (false, false) => Direction::In,
    }
}

/// "→ praise", "← not condemn", "↔ agree with"
pub fn phrase(edge: &Edge, direction: Direction) -> String {
    let arrow = match direction {
        Direction::Out => "→",
        Direction::In => "←",
        Direction::Both => "↔",
    };
    format!("{arrow} {}{}", if edge.is_negative() { "not " } else { "" }, edge.predicate)
}

/// "Norland ── praise ──► Sudovia"
pub fn arrow(edge: &Edge) -> String {
    let not = if edge.is_negative() { "not " } else { "" };
    let (tail, head) = if edge.symmetric { ("◄──", "──►") } else { ("──", "──►") };
    format!("{} {tail} {not}{} {head} {}", edge.subject, edge.predicate, edge.object)
}

/// The same as a heading.
pub fn heading(edge: &Edge) -> String {
    match edge.is_negative() {
        true => format!("{BOLD}{DENIED}{}{DENIED:#}{BOLD:#}", arrow(edge)),
        false => format!("{BOLD}{}{BOLD:#}", arrow(edge)),
    }
}

/// "3 documents, 1 origin, 1 claimant (2 asserted, 1 attributed)"
pub fn support(edge: &Edge) -> String {
    let parts =
        [counted(edge.documents, "document"), counted(edge.origins, "origin"), counted(edge.claimants, "claimant")];
    let statuses = [(edge.asserted, "asserted"), (edge.attributed, "attributed"), (edge.hypothetical, "hypothetical")];
    let statuses: Vec<String> =
        statuses.iter().filter(|(count, _)| *count > 0).map(|(count, status)| format!("{count} {status}")).collect();
    format!("{} ({})", parts.join(", "), statuses.join(", "))
}

/// "edge 3f2a90c1 · CONSULT · 3 documents, 1 origin, 1 claimant · direct"
pub fn facts(edge: &Edge) -> String {
    let parts = [
        Some(format!("edge {}", short(&edge.id))),
        edge.class.clone(),
        Some(support(edge)),
        edge.trust.map(|trust| trust.as_str().to_owned()),
        edge.judgement.clone(),
    ];
    dim(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

pub fn short(id: &str) -> &str {
    id.get(..DIGITS).unwrap_or(id)
}

pub fn counted(number: i64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

pub fn dim(text: impl Display) -> String {
    format!("{DIM}{text}{DIM:#}")
}
