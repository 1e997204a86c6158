//! A filter in, who is linked with whom as bare numbers out: what paths and ranks over millions of edges need.

use super::Store;
use super::adjacency::{Adjacency, Step, Ways};
use super::filter::{COUNTS, ENOUGH, Filter, MEETS, PASSES, named};
use crate::error::Result;
use rustc_hash::FxHashMap;

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

/// By the evidence that passes; without names, which no way and no rank asks for.
fn as_counted() -> String {
    format!(
        "SELECT * FROM (
         SELECT r.subject, r.object, r.symmetric, {COUNTS}
         FROM relation r JOIN evidence v ON v.relation = r.id JOIN document d ON d.id = v.document JOIN origin g ON g.id = d.origin
         WHERE {MEETS} AND {PASSES}
           AND (:relation IS NULL OR lower(r.predicate) = :relation OR lower(r.class) = :relation OR lower(v.predicate) = :relation)
         GROUP BY r.id)
         WHERE {ENOUGH}"
    )
}

impl Links {
    pub fn load(store: &Store, filter: &Filter) -> Result<Self> {
        let mut values: Vec<_> = filter.of_edges().into_iter().chain(filter.of_counts()).collect();
        let query = match filter.counts_as_stored() {
            true => as_stored(),
            false => {
                values.extend(filter.of_evidence());
                values.push((":relation", filter.relation.as_ref().map(|relation| relation.to_lowercase()).into()));
                as_counted()
            }
        };
        let mut query = store.connection().prepare(&query)?;
        let mut rows = query.query(&*named(&values))?;
        let mut raw = Raw::default();
        while let Some(row) = rows.next()? {
            let ends = (row.get_ref("subject")?.as_str(), row.get_ref("object")?.as_str());
            let (Ok(from), Ok(to)) = ends else { continue };
            raw.push(from, to, row.get("origins")?, row.get("symmetric")?);
        }
        Ok(raw.sorted())
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

    /// Ways along edges; `directed` walks them forward only.
    pub fn ways(&self, directed: bool) -> Ways {
        Ways::new(self.adjacency(|link| !directed || link.symmetric))
    }

    fn adjacency(&self, both_ways: impl Fn(&Link) -> bool) -> Adjacency {
        let forward = self.edges.iter().map(|link| (link.from, link.to, link.strength));
        let back = self.edges.iter().filter(|link| both_ways(link)).map(|link| (link.to, link.from, link.strength));
        let steps: Vec<Step> = forward.chain(back).collect();
        Adjacency::new(self.ids.len(), steps)
    }
}

/// Edges as they are read, entities numbered as they come.
#[derive(Default)]
struct Raw {
    numbers: FxHashMap<String, u32>,
    edges: Vec<Link>,
}

impl Raw {
    fn push(&mut self, from: &str, to: &str, origins: i64, symmetric: bool) {
        let (from, to) = (self.number(from), self.number(to));
        self.edges.push(Link { from, to, strength: u32::try_from(origins).unwrap_or(u32::MAX), symmetric });
    }

    fn number(&mut self, id: &str) -> u32 {
        match self.numbers.get(id) {
            Some(number) => *number,
            None => {
                let number = self.numbers.len() as u32;
                self.numbers.insert(id.to_owned(), number);
                number
            }
        }
    }

    fn sorted(self) -> Links {
        let mut ids: Vec<(String, u32)> = self.numbers.into_iter().collect();
        ids.sort_unstable();
        let mut place = vec![0; ids.len()];
        for (at, (_, number)) in ids.iter().enumerate() {
            place[*number as usize] = at as u32;
        }
        let mut edges = self.edges;
        for link in &mut edges {
            (link.from, link.to) = (place[link.from as usize], place[link.to as usize]);
        }
        Links { ids: ids.into_iter().map(|(id, _)| id).collect(), edges }
    }
}
