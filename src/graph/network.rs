//! Edges in, a petgraph out: neighbourhoods, paths and figures over who is linked with whom.

use super::adjacency::{Adjacency, Barred, Ways};
use super::edges::{Direction, Edge};
use super::filter::Filter;
use super::{Store, edges::word};
use crate::analysis::EntityType;
use crate::error::Result;
use petgraph::algo::connected_components;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// An entity in the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub id: String,
    pub name: String,
    pub entity_type: EntityType,
}

/// Entities and the edges between them. Nodes are in order of id, edges in order of content: the same input gives the same
/// indices.
pub struct Network {
    graph: DiGraph<Node, Edge>,
    places: BTreeMap<String, NodeIndex>,
}

/// An edge met on a walk: `from` is the end that was reached first, `steps` away from the start less one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    pub steps: usize,
    pub from: NodeIndex,
    pub to: NodeIndex,
    pub edge: EdgeIndex,
}

/// How many edges an entity has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Degree<'a> {
    pub node: &'a Node,
    pub incoming: usize,
    pub outgoing: usize,
    pub mutual: usize,
}

impl Network {
    /// The whole graph under a filter, entities without edges left out.
    pub fn load(store: &Store, filter: &Filter) -> Result<Self> {
        Ok(Self::new(store.edges(filter)?))
    }

    /// What lies within `depth` steps of an entity (its id); the entity itself is there also if nothing else is.
    pub fn around(store: &Store, filter: &Filter, entity: &str, depth: usize, direction: Direction) -> Result<Self> {
        let mut reached = BTreeSet::from([entity.to_owned()]);
        let mut frontier = vec![entity.to_owned()];
        let mut edges: BTreeMap<String, Edge> = BTreeMap::new();
        for _ in 0..depth {
            let mut next = BTreeSet::new();
            for edge in store.edges_around(filter, &frontier)? {
                for (from, to) in steps(&edge, direction) {
                    if frontier.binary_search(from).is_ok() {
                        next.insert(to.clone());
                        edges.entry(edge.id.clone()).or_insert_with(|| edge.clone());
                    }
                }
            }
            frontier = next.difference(&reached).cloned().collect();
            reached.extend(next);
        }
        let mut network = Self::new(edges.into_values().collect());
        network.add_alone(store, entity)?;
        Ok(network)
    }

    pub fn new(mut edges: Vec<Edge>) -> Self {
        edges.sort_by(|a, b| order(a).cmp(&order(b)));
        let ends = edges.iter().flat_map(|edge| {
            [(&edge.subject_id, &edge.subject, edge.subject_type), (&edge.object_id, &edge.object, edge.object_type)]
        });
        let nodes: BTreeMap<&String, Node> = ends
            .map(|(id, name, entity_type)| (id, Node { id: id.clone(), name: name.clone(), entity_type }))
            .collect();
        let mut graph = DiGraph::with_capacity(nodes.len(), edges.len());
        let places: BTreeMap<String, NodeIndex> =
            nodes.into_iter().map(|(id, node)| (id.clone(), graph.add_node(node))).collect();
        for edge in edges {
            graph.add_edge(places[&edge.subject_id], places[&edge.object_id], edge);
        }
        Self { graph, places }
    }

    fn add_alone(&mut self, store: &Store, id: &str) -> Result<()> {
        if self.places.contains_key(id) {
            return Ok(());
        }
        let node = store.connection().query_row("SELECT id, name, type FROM entity WHERE id = ?", [id], |row| {
            Ok(Node { id: row.get("id")?, name: row.get("name")?, entity_type: word(row, "type")? })
        })?;
        let place = self.graph.add_node(node);
        self.places.insert(id.to_owned(), place);
        Ok(())
    }

    /// The graph itself, for every algorithm of petgraph.
    pub fn graph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    pub fn place(&self, entity: &str) -> Option<NodeIndex> {
        self.places.get(entity).copied()
    }

    /// Every edge within `depth` steps, once each, nearest first, then the best supported.
    pub fn neighbours(&self, entity: &str, depth: usize, direction: Direction) -> Vec<Hop> {
        let Some(start) = self.place(entity) else { return Vec::new() };
        let (mut reached, mut seen) = (BTreeSet::from([start]), BTreeSet::new());
        let (mut frontier, mut hops) = (vec![start], Vec::new());
        for steps in 1..=depth {
            let mut next = Vec::new();
            for from in std::mem::take(&mut frontier) {
                for (edge, to) in self.ways(from, direction) {
                    if seen.insert(edge) {
                        hops.push(Hop { steps, from, to, edge });
                    }
                    if reached.insert(to) {
                        next.push(to);
                    }
                }
            }
            frontier = next;
        }
        hops
    }

    /// Edges that lead on from a node, the best supported first.
    fn ways(&self, from: NodeIndex, direction: Direction) -> Vec<(EdgeIndex, NodeIndex)> {
        let out = self.graph.edges(from).map(|edge| (edge.id(), edge.target(), Direction::Out));
        let back =
            self.graph.edges_directed(from, petgraph::Incoming).map(|edge| (edge.id(), edge.source(), Direction::In));
        let mut ways: Vec<_> = out
            .chain(back)
            .filter(|(edge, _, way)| direction == Direction::Both || *way == direction || self.graph[*edge].symmetric)
            .map(|(edge, to, _)| (edge, to))
            .collect();
        ways.sort_by_key(|&(edge, to)| (std::cmp::Reverse(strength(&self.graph[edge])), edge, to));
        ways.dedup();
        ways
    }

    /// The fewest steps from `a` to `b` (ids); among those, the best supported. `directed` walks edges forward only.
    /// `None` if there is no way.
    pub fn path(&self, a: &str, b: &str, directed: bool) -> Option<Vec<NodeIndex>> {
        let (start, goal) = (self.place(a)?, self.place(b)?);
        let number = |node: NodeIndex| node.index() as u32;
        let found = self.walkable(directed).shortest(number(start), number(goal), usize::MAX, &Barred::default())?;
        Some(found.into_iter().map(|node| NodeIndex::new(node as usize)).collect())
    }

    /// The same edges as bare steps; backward ones are there unless `directed`, and always for mutual edges.
    fn walkable(&self, directed: bool) -> Ways {
        let step = |from: NodeIndex, to: NodeIndex, edge: &Edge| {
            (from.index() as u32, to.index() as u32, u32::try_from(edge.origins).unwrap_or(0))
        };
        let edges = || self.graph.edge_references();
        let forward = edges().map(|edge| step(edge.source(), edge.target(), edge.weight()));
        let back = edges().filter(|edge| !directed || edge.weight().symmetric);
        let back = back.map(|edge| step(edge.target(), edge.source(), edge.weight()));
        Ways::new(Adjacency::new(self.graph.node_count(), forward.chain(back).collect()))
    }

    /// Edges between two nodes, in either direction, the best supported first.
    pub fn between(&self, a: NodeIndex, b: NodeIndex) -> Vec<EdgeIndex> {
        self.ways(a, Direction::Both).into_iter().filter(|(_, to)| *to == b).map(|(edge, _)| edge).collect()
    }

    /// Entities by number of edges, the most linked first.
    pub fn degrees(&self) -> Vec<Degree<'_>> {
        let mut degrees: Vec<_> = self.graph.node_indices().map(|node| self.degree(node)).collect();
        degrees.sort_by_key(|degree| (std::cmp::Reverse(degree.total()), &degree.node.name, &degree.node.id));
        degrees
    }

    fn degree(&self, node: NodeIndex) -> Degree<'_> {
        let count =
            |direction| self.graph.edges_directed(node, direction).filter(|edge| !edge.weight().symmetric).count();
        let (incoming, outgoing) = (count(petgraph::Incoming), count(petgraph::Outgoing));
        let mutual = self.ways(node, Direction::Both).iter().filter(|(edge, _)| self.graph[*edge].symmetric).count();
        Degree { node: &self.graph[node], incoming, outgoing, mutual }
    }

    /// Parts of the graph that nothing links with each other.
    pub fn components(&self) -> usize {
        connected_components(&self.graph)
    }
}

impl Degree<'_> {
    pub fn total(&self) -> usize {
        self.incoming + self.outgoing + self.mutual
    }
}

/// The ways along an edge that a direction allows, as (from, to).
fn steps(edge: &Edge, direction: Direction) -> Vec<(&String, &String)> {
    let (out, back) = ((&edge.subject_id, &edge.object_id), (&edge.object_id, &edge.subject_id));
    match direction {
        Direction::Out if !edge.symmetric => vec![out],
        Direction::In if !edge.symmetric => vec![back],
        _ => vec![out, back],
    }
}

fn order(edge: &Edge) -> (&str, &str, &str, bool, &str) {
    (&edge.subject_id, &edge.object_id, &edge.predicate, edge.is_negative(), &edge.id)
}

fn strength(edge: &Edge) -> (i64, i64, i64) {
    (edge.origins, edge.documents, edge.asserted + edge.attributed + edge.hypothetical)
}
