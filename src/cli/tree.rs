//! Edges met on a walk in, a tree for a terminal out: each entity once, under the one from which it was first reached.

use super::output::BOLD;
use super::phrase::{counted, dim, direction, phrase};
use crate::graph::{Hop, Network};
use petgraph::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Edges named between two entities; the rest are counted.
const NAMED: usize = 3;

pub struct Tree<'a> {
    network: &'a Network,
    /// By the entity that was reached first: those it leads to in order, with the edges.
    branches: BTreeMap<NodeIndex, Vec<(NodeIndex, Vec<Hop>)>>,
    /// From which entity each was first reached.
    parent: BTreeMap<NodeIndex, NodeIndex>,
}

impl<'a> Tree<'a> {
    pub fn new(network: &'a Network, root: NodeIndex, hops: &[Hop]) -> Self {
        let mut tree = Self { network, branches: BTreeMap::new(), parent: BTreeMap::from([(root, root)]) };
        for &hop in hops {
            tree.parent.entry(hop.to).or_insert(hop.from);
            let branches = tree.branches.entry(hop.from).or_default();
            match branches.iter_mut().find(|(to, _)| *to == hop.to) {
                Some((_, edges)) => edges.push(hop),
                None => branches.push((hop.to, vec![hop])),
            }
        }
        tree
    }

    pub fn write(&self, out: &mut dyn Write, root: NodeIndex) -> io::Result<()> {
        writeln!(out, "{BOLD}{}{BOLD:#}", self.network.graph()[root].name)?;
        self.write_branches(out, root, "", &mut BTreeSet::from([root]))
    }

    fn write_branches(
        &self,
        out: &mut dyn Write,
        from: NodeIndex,
        margin: &str,
        written: &mut BTreeSet<NodeIndex>,
    ) -> io::Result<()> {
        let branches = self.branches.get(&from).map(Vec::as_slice).unwrap_or_default();
        for (at, (to, hops)) in branches.iter().enumerate() {
            let (elbow, below) =
                if at + 1 == branches.len() { ("└── ", "    ") } else { ("├── ", "│   ") };
            writeln!(out, "{}{}", dim(format!("{margin}{elbow}")), self.line(from, *to, hops))?;
            if self.parent.get(to) == Some(&from) && written.insert(*to) {
                self.write_branches(out, *to, &format!("{margin}{below}"), written)?;
            }
        }
        Ok(())
    }

    /// "China  → supports, ↔ talks with, +2   3 origins"
    fn line(&self, from: NodeIndex, to: NodeIndex, hops: &[Hop]) -> String {
        let graph = self.network.graph();
        let edges = || hops.iter().map(|hop| &graph[hop.edge]);
        let mut phrases: Vec<String> =
            edges().map(|edge| phrase(edge, direction(edge, &graph[from].id))).take(NAMED).collect();
        if hops.len() > NAMED {
            phrases.push(format!("+{}", hops.len() - NAMED));
        }
        let origins = edges().map(|edge| edge.origins).max().unwrap_or(0);
        format!("{BOLD}{}{BOLD:#}  {}  {}", graph[to].name, phrases.join(", "), dim(counted(origins, "origin")))
    }
}
