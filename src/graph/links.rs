//! A filter in, who is linked with whom as bare numbers out: what paths and ranks over millions of edges need.

use super::Store;
use super::adjacency::{Adjacency, Ways};
use super::edges::Edge;
use super::filter::{ENOUGH, Filter, MEETS, counted, named};
use crate::error::Result;
use petgraph::unionfind::UnionFind;
use rusqlite::ToSql;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Entities with edges, numbered in order of id, and their edges.
pub struct Links {
    ids: Vec<String>,
    edges: Vec<Link>,
}

/// An edge between two of them; its strength is the number of its origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Link {
    from: u32,
    to: u32,
    strength: u32,
    symmetric: bool,
}

/// How many edges an entity has, by where they lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Degrees {
    pub outgoing: u32,
    pub incoming: u32,
    pub mutual: u32,
}

/// Where the relations' own counts tell: their evidence is not read at all.
fn as_stored() -> String {
    format!("SELECT subject, object, symmetric, origins FROM relation r WHERE documents > 0 AND {MEETS} AND {ENOUGH}")
}

/// Of the default filter: indexes alone tell, whose rows come in order of one end.
const PLAIN: &str =
    "SELECT subject, object, origins, symmetric FROM relation WHERE documents > 0 AND judgement IS NOT 'rejected'";

impl Links {
    pub fn load(store: &Store, filter: &Filter) -> Result<Self> {
        let mut links = Collected::default();
        if *filter == Filter::default() {
            links.read(store, PLAIN, &[])?;
            return Ok(links.sorted());
        }
        let (query, values) = match filter.counts_as_stored() {
            true => (as_stored(), filter.of_stored()),
            // Without names, which no way and no rank asks for.
            false => (counted("r.subject, r.object, r.symmetric", "", "true"), filter.of_counted()),
        };
        links.read(store, &query, &named(&values))?;
        Ok(links.sorted())
    }

    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    pub fn edge_count(&self) -> usize {
        self.edges.len()
    }

    pub fn place(&self, id: &str) -> Option<u32> {
        self.ids.binary_search_by(|own| own.as_str().cmp(id)).ok().map(|at| at as u32)
    }

    pub fn degrees(&self) -> Vec<Degrees> {
        let mut degrees = vec![Degrees::default(); self.ids.len()];
        for link in &self.edges {
            match link.symmetric {
                false => {
                    degrees[link.from as usize].outgoing += 1;
                    degrees[link.to as usize].incoming += 1;
                }
                true => {
                    degrees[link.from as usize].mutual += 1;
                    degrees[link.to as usize].mutual += u32::from(link.from != link.to);
                }
            }
        }
        degrees
    }

    /// From doer to done-to, mutual edges both ways.
    pub fn directed(&self) -> Adjacency {
        self.adjacency(|link| link.symmetric)
    }

    /// Along edges in either direction.
    pub fn both_ways(&self) -> Adjacency {
        self.adjacency(|_| true)
    }

    /// Ways along edges; `directed` walks them forward only.
    pub fn ways(&self, directed: bool) -> Ways {
        match directed {
            true => Ways::new(self.directed()),
            false => Ways::mutual(self.both_ways()),
        }
    }

    /// Parts that nothing links with each other.
    pub fn components(&self) -> usize {
        let mut parts = UnionFind::new(self.ids.len());
        let joined = self.edges.iter().filter(|link| parts.union(link.from as usize, link.to as usize)).count();
        self.ids.len() - joined
    }

    fn adjacency(&self, both_ways: impl Fn(&Link) -> bool + Copy) -> Adjacency {
        let forward = self.edges.iter().map(|link| (link.from, link.to, link.strength));
        let back =
            self.edges.iter().filter(move |link| both_ways(link)).map(|link| (link.to, link.from, link.strength));
        Adjacency::of(self.ids.len(), forward.chain(back))
    }
}

/// Edges as they are read, entities numbered as they come.
#[derive(Default)]
pub(super) struct Collected {
    numbers: FxHashMap<Rc<str>, u32>,
    ids: Vec<Rc<str>>,
    edges: Vec<Link>,
    /// The entity met last at each end: an index gives the edges of one entity in a row.
    last: [(String, u32); 2],
}

impl Collected {
    /// Rows with subject, object, origins and symmetric.
    pub fn read(&mut self, store: &Store, sql: &str, values: &[(&str, &dyn ToSql)]) -> Result<()> {
        let mut query = store.connection().prepare_cached(sql)?;
        let [from_at, to_at] = [query.column_index("subject")?, query.column_index("object")?];
        let [origins_at, symmetric_at] = [query.column_index("origins")?, query.column_index("symmetric")?];
        let mut rows = query.query(values)?;
        while let Some(row) = rows.next()? {
            let ends = (row.get_ref(from_at)?.as_str(), row.get_ref(to_at)?.as_str());
            let (Ok(from), Ok(to)) = ends else { continue };
            self.push(from, to, row.get(origins_at)?, row.get(symmetric_at)?);
        }
        Ok(())
    }

    pub fn extend(&mut self, edges: &[Edge]) {
        for edge in edges {
            self.push(&edge.subject_id, &edge.object_id, edge.origins, edge.symmetric);
        }
    }

    fn push(&mut self, from: &str, to: &str, origins: i64, symmetric: bool) {
        let (from, to) = (self.met(0, from), self.met(1, to));
        self.edges.push(Link { from, to, strength: u32::try_from(origins).unwrap_or(u32::MAX), symmetric });
    }

    /// The edges from the `first` one on, as entities at their ends.
    pub fn ends(&self, first: usize) -> impl Iterator<Item = (u32, u32, bool)> {
        self.edges[first..].iter().map(|link| (link.from, link.to, link.symmetric))
    }

    pub fn len(&self) -> usize {
        self.edges.len()
    }

    fn met(&mut self, end: usize, id: &str) -> u32 {
        if self.last[end].0 != id || self.numbers.is_empty() {
            let number = self.number(id);
            self.last[end].1 = number;
            self.last[end].0.clear();
            self.last[end].0.push_str(id);
        }
        self.last[end].1
    }

    pub fn number(&mut self, id: &str) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let (number, id): (u32, Rc<str>) = (self.ids.len() as u32, id.into());
        self.ids.push(id.clone());
        self.numbers.insert(id, number);
        number
    }

    pub fn id(&self, number: u32) -> &str {
        &self.ids[number as usize]
    }

    /// With entities numbered in order of id; those that only were asked for are left out.
    pub fn sorted(self) -> Links {
        drop(self.numbers);
        let mut linked = vec![false; self.ids.len()];
        for link in &self.edges {
            linked[link.from as usize] = true;
            linked[link.to as usize] = true;
        }
        let mut order: Vec<u32> = (0..self.ids.len() as u32).filter(|number| linked[*number as usize]).collect();
        order.sort_unstable_by(|a, b| self.ids[*a as usize].cmp(&self.ids[*b as usize]));
        let mut place = vec![0; self.ids.len()];
        for (at, number) in order.iter().enumerate() {
            place[*number as usize] = at as u32;
        }
        let mut edges = self.edges;
        for link in &mut edges {
            (link.from, link.to) = (place[link.from as usize], place[link.to as usize]);
        }
        Links { ids: order.iter().map(|number| self.ids[*number as usize].to_string()).collect(), edges }
    }
}
