//! Two entities in, the shortest ways between them out. For one way only so much of the graph is read as the search comes by.

use super::adjacency::Barred;
use super::links::{Collected, Links};
use super::{Filter, Store};
use crate::error::Result;
use rustc_hash::FxHashSet;

/// Which ways are asked for.
#[derive(Clone, Debug)]
pub struct Route {
    /// So many ways, the shortest first, of one length the better supported.
    pub count: usize,
    /// No more steps than these.
    pub longest: usize,
    /// Only from doer to done-to.
    pub directed: bool,
    /// Entities (ids) that no way may pass.
    pub avoid: Vec<String>,
}

impl Default for Route {
    fn default() -> Self {
        Self { count: 1, longest: usize::MAX, directed: false, avoid: Vec::new() }
    }
}

/// Edges read one entity at a time; beyond, all of them in a row are read sooner.
const PIECEMEAL: usize = 200_000;

/// Of the default filter, both answered by an index alone.
const FROM: &str = "SELECT subject, object, origins, symmetric FROM relation
                    WHERE subject = :id AND documents > 0 AND judgement IS NOT 'rejected'";
const TO: &str = "SELECT subject, object, origins, symmetric FROM relation
                  WHERE object = :id AND subject <> :id AND documents > 0 AND judgement IS NOT 'rejected'";

impl Store {
    /// Ways from one entity to another (ids), as the ids that they pass, both ends included; none if there is no way.
    pub fn ways(&self, filter: &Filter, from: &str, to: &str, route: &Route) -> Result<Vec<Vec<String>>> {
        let piece = match route.count {
            0 | 1 => Corridor::explore(self, filter, (from, to), route)?,
            _ => None,
        };
        let links = match piece {
            Some(links) => links,
            None => Links::load(self, filter)?,
        };
        Ok(links.routes(from, to, route))
    }

    /// Entities (ids) that asserted or attributed edges link with one (its id), in order.
    pub fn linked(&self, entity: &str) -> Result<Vec<String>> {
        let mut linked: Vec<String> = Vec::new();
        for (sql, other) in [(FROM, 1), (TO, 0)] {
            let mut query = self.connection.prepare_cached(sql)?;
            let mut rows = query.query([entity])?;
            while let Some(row) = rows.next()? {
                linked.push(row.get(other)?);
            }
        }
        linked.sort_unstable();
        linked.dedup();
        Ok(linked)
    }
}

impl Links {
    fn routes(&self, from: &str, to: &str, route: &Route) -> Vec<Vec<String>> {
        let (Some(from), Some(to)) = (self.place(from), self.place(to)) else { return Vec::new() };
        let barred =
            Barred { nodes: route.avoid.iter().filter_map(|id| self.place(id)).collect(), ..Barred::default() };
        let ways = self.ways(route.directed).several(from, to, route.count.max(1), route.longest, &barred);
        let named = |way: Vec<u32>| way.into_iter().map(|node| self.ids()[node as usize].clone()).collect();
        ways.into_iter().map(named).collect()
    }
}

/// What a search from both ends comes by. It takes the steps that [`super::Ways::shortest`] takes, so that this finds among the
/// edges read here what it would find among all.
struct Corridor<'a> {
    store: &'a Store,
    filter: &'a Filter,
    directed: bool,
    read: Collected,
    barred: FxHashSet<u32>,
}

struct End {
    reached: FxHashSet<u32>,
    frontier: Vec<u32>,
    /// Whether edges are walked from subject to object.
    forward: bool,
}

impl<'a> Corridor<'a> {
    /// None if so much has been read that the whole graph is read sooner.
    fn explore(store: &'a Store, filter: &'a Filter, (a, b): (&str, &str), route: &Route) -> Result<Option<Links>> {
        let mut read = Collected::default();
        let (a, b) = (read.number(a), read.number(b));
        let barred = route.avoid.iter().map(|id| read.number(id)).collect();
        let mut own = Self { store, filter, directed: route.directed, read, barred };
        let end = |node, forward| End { reached: FxHashSet::from_iter([node]), frontier: vec![node], forward };
        let (mut ahead, mut behind, mut steps) = (end(a, true), end(b, false), 0);
        while !own.barred.contains(&a) && !own.barred.contains(&b) && !have_met(&ahead, &behind) {
            if steps >= route.longest || ahead.frontier.is_empty() || behind.frontier.is_empty() {
                break;
            }
            let shorter = if ahead.frontier.len() <= behind.frontier.len() { &mut ahead } else { &mut behind };
            if !own.grow(shorter)? {
                return Ok(None);
            }
            steps += 1;
        }
        Ok(Some(own.read.sorted()))
    }

    /// One step further; false if too much has been read.
    fn grow(&mut self, end: &mut End) -> Result<bool> {
        let mut next = Vec::new();
        for node in std::mem::take(&mut end.frontier) {
            let first = self.read.len();
            self.read_around(node)?;
            for (from, to, symmetric) in self.read.ends(first) {
                let along = if end.forward { from == node } else { to == node };
                let other = if from == node { to } else { from };
                let open = along || symmetric || !self.directed;
                if open && !self.barred.contains(&other) && end.reached.insert(other) {
                    next.push(other);
                }
            }
            if self.read.len() > PIECEMEAL {
                return Ok(false);
            }
        }
        end.frontier = next;
        Ok(true)
    }

    fn read_around(&mut self, node: u32) -> Result<()> {
        let id = self.read.id(node).to_owned();
        if *self.filter != Filter::default() {
            let edges = self.store.edges_around(self.filter, &[id])?;
            self.read.extend(&edges);
            return Ok(());
        }
        for sql in [FROM, TO] {
            self.read.read(self.store, sql, &[(":id", &id)])?;
        }
        Ok(())
    }
}

fn have_met(ahead: &End, behind: &End) -> bool {
    let (few, other) = if ahead.frontier.len() <= behind.frontier.len() { (ahead, behind) } else { (behind, ahead) };
    few.frontier.iter().any(|node| other.reached.contains(node))
}
