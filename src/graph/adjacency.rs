//! Steps between numbered nodes in, a compressed adjacency out, with ranks and shortest ways: what petgraph's own structures are
//! too slow for at millions of edges.

use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A step as (from, to, strength).
pub type Step = (u32, u32, u32);

/// For each node the nodes that a step leads to, in ascending order; a step that is there twice counts twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjacency {
    /// Of node `n` from `starts[n]` to `starts[n + 1]` in `ends`.
    starts: Vec<u32>,
    /// Where steps lead, with their strength.
    ends: Vec<(u32, u32)>,
}

/// What ways may not use.
#[derive(Clone, Debug, Default)]
pub struct Barred {
    pub nodes: FxHashSet<u32>,
    pub steps: FxHashSet<(u32, u32)>,
}

/// The chance that a walk goes on at all; the rest begins anew anywhere.
const DAMPING: f64 = 0.85;
/// A sum of changes below this ends the iteration.
const SETTLED: f64 = 1e-10;
const ROUNDS: usize = 200;

impl Adjacency {
    /// Steps between nodes below `nodes`.
    ///
    /// ```
    /// use wiregraph::graph::Adjacency;
    /// let ring = Adjacency::new(3, vec![(2, 0, 1), (0, 1, 1), (1, 2, 1)]);
    /// assert_eq!(ring.next(0), [(1, 1)]);
    /// ```
    pub fn new(nodes: usize, steps: Vec<Step>) -> Self {
        Self::of(nodes, steps.into_iter())
    }

    /// The same from steps that can be gone through twice, so that they need not all lie in memory.
    pub(super) fn of(nodes: usize, steps: impl Iterator<Item = Step> + Clone) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        for (from, ..) in steps.clone() {
            starts[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut free = starts.clone();
        let mut ends = vec![(0, 0); starts[nodes] as usize];
        for (from, to, strength) in steps {
            ends[free[from as usize] as usize] = (to, strength);
            free[from as usize] += 1;
        }
        for node in 0..nodes {
            ends[starts[node] as usize..starts[node + 1] as usize].sort_unstable();
        }
        Self { starts, ends }
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn next(&self, node: u32) -> &[(u32, u32)] {
        &self.ends[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// The same steps the other way round.
    pub fn reversed(&self) -> Self {
        let back = |from| self.next(from).iter().map(move |&(to, strength)| (to, from, strength));
        Self::of(self.len(), self.each().flat_map(back))
    }

    /// Nodes within so many steps, with their distance, nearest first; the start is at 0.
    ///
    /// ```
    /// use wiregraph::graph::Adjacency;
    /// let row = Adjacency::new(4, vec![(0, 1, 1), (1, 2, 1), (2, 3, 1)]);
    /// assert_eq!(row.within(0, 2), [(0, 0), (1, 1), (2, 2)]);
    /// ```
    pub fn within(&self, start: u32, depth: usize) -> Vec<(u32, usize)> {
        let mut reached = vec![false; self.len()];
        reached[start as usize] = true;
        let (mut nodes, mut from) = (vec![(start, 0)], 0);
        for distance in 1..=depth {
            let level = from..nodes.len();
            from = nodes.len();
            for at in level {
                for &(to, _) in self.next(nodes[at].0) {
                    if !std::mem::replace(&mut reached[to as usize], true) {
                        nodes.push((to, distance));
                    }
                }
            }
            if from == nodes.len() {
                break;
            }
        }
        nodes
    }

    /// The PageRank of each node; what leads nowhere begins anew anywhere. Sums are taken in one order: the same steps give
    /// the same bits.
    pub fn page_rank(&self) -> Vec<f64> {
        let nodes = self.len() as f64;
        let mut rank = vec![1.0 / nodes; self.len()];
        for _ in 0..ROUNDS {
            let stuck: f64 = self.each().filter(|&n| self.next(n).is_empty()).map(|n| rank[n as usize]).sum();
            let mut next = vec![(1.0 - DAMPING) / nodes + DAMPING * stuck / nodes; self.len()];
            for node in self.each() {
                let part = DAMPING * rank[node as usize] / self.next(node).len() as f64;
                self.next(node).iter().for_each(|&(to, _)| next[to as usize] += part);
            }
            let change: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
            rank = next;
            if change < SETTLED {
                break;
            }
        }
        rank
    }

    fn each(&self) -> std::ops::Range<u32> {
        0..self.len() as u32
    }
}

/// Steps forward and the same steps backward: what searches from both ends need.
pub struct Ways {
    forward: Adjacency,
    /// None where every step is there in both directions.
    back: Option<Adjacency>,
}

/// What a search has reached from one end: for each node its distance, the strength of the best way there, and the node before.
struct Side {
    reached: FxHashMap<u32, (usize, u64, u32)>,
    frontier: Vec<u32>,
    depth: usize,
}

impl Side {
    fn at(node: u32) -> Self {
        Self { reached: FxHashMap::from_iter([(node, (0, 0, node))]), frontier: vec![node], depth: 0 }
    }

    /// One step further; of the ways to a node of equal length the stronger, then the one over the smaller number is kept.
    fn grow(&mut self, along: &Adjacency, allowed: impl Fn(u32, u32) -> bool) {
        self.depth += 1;
        let mut next = Vec::new();
        for &from in &self.frontier {
            let (_, so_far, _) = self.reached[&from];
            for &(to, strength) in along.next(from).iter().filter(|(to, _)| allowed(from, *to)) {
                let new = (self.depth, so_far + u64::from(strength), from);
                let known = self.reached.entry(to).or_insert_with(|| {
                    next.push(to);
                    new
                });
                if known.0 == self.depth && (Reverse(new.1), new.2) < (Reverse(known.1), known.2) {
                    *known = new;
                }
            }
        }
        next.sort_unstable();
        self.frontier = next;
    }

    /// Nodes from a reached one back to the end that the search began at.
    fn trace(&self, mut node: u32) -> Vec<u32> {
        let mut nodes = vec![node];
        while self.reached[&node].0 > 0 {
            node = self.reached[&node].2;
            nodes.push(node);
        }
        nodes
    }
}

impl Ways {
    pub fn new(forward: Adjacency) -> Self {
        Self { back: Some(forward.reversed()), forward }
    }

    /// Of steps each of which is there in both directions.
    pub(super) fn mutual(forward: Adjacency) -> Self {
        Self { back: None, forward }
    }

    /// The fewest steps from one node to another, no more than `longest`; among those the strongest, searched from both ends.
    pub fn shortest(&self, from: u32, to: u32, longest: usize, barred: &Barred) -> Option<Vec<u32>> {
        let open = |node: u32| !barred.nodes.contains(&node);
        if !open(from) || !open(to) {
            return None;
        }
        let (mut ahead, mut behind) = (Side::at(from), Side::at(to));
        loop {
            if let Some(nodes) = meeting(&ahead, &behind) {
                return Some(nodes);
            }
            if ahead.depth + behind.depth >= longest || ahead.frontier.is_empty() || behind.frontier.is_empty() {
                return None;
            }
            match ahead.frontier.len() <= behind.frontier.len() {
                true => ahead.grow(&self.forward, |a, b| open(b) && !barred.steps.contains(&(a, b))),
                false => behind.grow(self.back.as_ref().unwrap_or(&self.forward), |a, b| {
                    open(b) && !barred.steps.contains(&(b, a))
                }),
            }
        }
    }

    /// The `count` shortest ways that pass no node twice (Yen's algorithm), the shortest first, of one length the stronger.
    pub fn several(&self, from: u32, to: u32, count: usize, longest: usize, barred: &Barred) -> Vec<Vec<u32>> {
        let mut found: Vec<Vec<u32>> = self.shortest(from, to, longest, barred).into_iter().collect();
        let mut candidates = BTreeSet::new();
        while !found.is_empty() && found.len() < count {
            let last = found[found.len() - 1].clone();
            for at in 0..last.len() - 1 {
                let mut barred = barred.clone();
                barred.nodes.extend(&last[..at]);
                let same_start = found.iter().filter(|way| way.len() > at + 1 && way[..=at] == last[..=at]);
                barred.steps.extend(same_start.map(|way| (way[at], way[at + 1])));
                if let Some(rest) = self.shortest(last[at], to, longest - at, &barred) {
                    let way = [&last[..at], &rest].concat();
                    candidates.insert((way.len(), Reverse(self.strength(&way)), way));
                }
            }
            candidates.retain(|(.., way)| !found.contains(way));
            match candidates.pop_first() {
                Some((.., way)) => found.push(way),
                None => break,
            }
        }
        found
    }

    fn strength(&self, way: &[u32]) -> u64 {
        let step = |from, to| self.forward.next(from).iter().filter(|end| end.0 == to).map(|end| end.1).max();
        way.windows(2).map(|pair| u64::from(step(pair[0], pair[1]).unwrap_or(0))).sum()
    }
}

/// Where the two searches meet: every shortest way passes a node that both have just reached.
fn meeting(ahead: &Side, behind: &Side) -> Option<Vec<u32>> {
    let (few, other) = if ahead.frontier.len() <= behind.frontier.len() { (ahead, behind) } else { (behind, ahead) };
    let total = |node: &u32| Some(few.reached[node].1 + other.reached.get(node)?.1);
    let best = few.frontier.iter().filter_map(|node| Some((Reverse(total(node)?), *node))).min()?;
    let mut nodes = ahead.trace(best.1);
    nodes.reverse();
    nodes.extend(behind.trace(best.1).into_iter().skip(1));
    Some(nodes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(nodes: usize, steps: &[Step]) -> Ways {
        Ways::new(Adjacency::new(nodes, steps.to_vec()))
    }

    #[test]
    fn rank_goes_where_steps_lead() {
        let star = Adjacency::new(4, vec![(1, 0, 1), (2, 0, 1), (3, 0, 1), (3, 0, 1)]);
        let rank = star.page_rank();
        assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(rank[0] > 2.0 * rank[1] && rank[1] == rank[2] && rank[2] == rank[3]);
        let ring = Adjacency::new(3, vec![(0, 1, 1), (1, 2, 1), (2, 0, 1)]);
        assert!(ring.page_rank().iter().all(|rank| (rank - 1.0 / 3.0).abs() < 1e-9));
        assert_eq!(ring.reversed().next(0), [(2, 1)]);
        assert!(Adjacency::new(0, Vec::new()).page_rank().is_empty());
    }

    #[test]
    fn of_the_shortest_ways_the_strongest_is_taken() {
        let diamond = [(0, 1, 1), (1, 3, 1), (0, 2, 5), (2, 3, 1), (0, 4, 9), (4, 5, 9), (5, 3, 9)];
        let ways = ways(6, &diamond);
        let none = Barred::default();
        assert_eq!(ways.shortest(0, 3, 9, &none), Some(vec![0, 2, 3]));
        assert_eq!(ways.several(0, 3, 9, 9, &none), [vec![0, 2, 3], vec![0, 1, 3], vec![0, 4, 5, 3]]);
        assert_eq!(ways.several(0, 3, 9, 2, &none).len(), 2);
        let without = Barred { nodes: FxHashSet::from_iter([2]), ..Barred::default() };
        assert_eq!(ways.shortest(0, 3, 9, &without), Some(vec![0, 1, 3]));
        assert_eq!((ways.shortest(3, 0, 9, &none), ways.shortest(0, 0, 9, &none)), (None, Some(vec![0])));
    }

    /// Lengths of all ways agree with those of a plain search.
    #[test]
    fn both_ends_find_what_one_end_finds() {
        let nodes = 40u32;
        let steps: Vec<Step> =
            (0..nodes * 2).map(|n| ((n * 7 + n / 5) % nodes, (n * n * 3 + 11 * n + 1) % nodes, n % 4)).collect();
        let ways = ways(nodes as usize, &steps);
        for from in 0..nodes {
            let mut distance = FxHashMap::from_iter([(from, 0)]);
            let mut queue = std::collections::VecDeque::from([from]);
            while let Some(at) = queue.pop_front() {
                for &(to, _) in ways.forward.next(at) {
                    if !distance.contains_key(&to) {
                        distance.insert(to, distance[&at] + 1);
                        queue.push_back(to);
                    }
                }
            }
            for to in 0..nodes {
                let found = ways.shortest(from, to, 99, &Barred::default()).map(|way| way.len() - 1);
                assert_eq!(found, distance.get(&to).copied(), "{from} to {to}");
            }
        }
    }
}
