//! Steps between numbered nodes in, a compressed adjacency out: what petgraph's own structures are too slow for at millions of
//! edges.

/// For each node the nodes that a step leads to, in ascending order; a step that is there twice counts twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjacency {
    /// Of node `n` from `starts[n]` to `starts[n + 1]` in `ends`.
    starts: Vec<u32>,
    ends: Vec<u32>,
}

/// The chance that a walk goes on at all; the rest begins anew anywhere.
const DAMPING: f64 = 0.85;
/// A sum of changes below this ends the iteration.
const SETTLED: f64 = 1e-10;
const ROUNDS: usize = 200;

impl Adjacency {
    /// Steps as (from, to), both below `nodes`.
    ///
    /// ```
    /// use wiregraph::graph::Adjacency;
    /// let ring = Adjacency::new(3, vec![(2, 0), (0, 1), (1, 2)]);
    /// assert_eq!(ring.next(0), [1]);
    /// ```
    pub fn new(nodes: usize, mut steps: Vec<(u32, u32)>) -> Self {
        steps.sort_unstable();
        let mut starts = vec![0; nodes + 1];
        for (from, _) in &steps {
            starts[*from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        Self { starts, ends: steps.into_iter().map(|(_, to)| to).collect() }
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn next(&self, node: u32) -> &[u32] {
        &self.ends[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// The same steps the other way round.
    pub fn reversed(&self) -> Self {
        let steps = (0..self.len() as u32).flat_map(|from| self.next(from).iter().map(move |to| (*to, from)));
        Self::new(self.len(), steps.collect())
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
                self.next(node).iter().for_each(|&to| next[to as usize] += part);
            }
            let change: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
            rank = next;
            if change < SETTLED {
                break;
            }
        }
        rank
    }

    fn each(&self) -> impl Iterator<Item = u32> {
        0..self.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_goes_where_steps_lead() {
        let star = Adjacency::new(4, vec![(1, 0), (2, 0), (3, 0), (3, 0)]);
        let rank = star.page_rank();
        assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(rank[0] > 2.0 * rank[1] && rank[1] == rank[2] && rank[2] == rank[3]);
        let ring = Adjacency::new(3, vec![(0, 1), (1, 2), (2, 0)]);
        assert!(ring.page_rank().iter().all(|rank| (rank - 1.0 / 3.0).abs() < 1e-9));
        assert_eq!(ring.reversed().next(0), [2]);
        assert!(Adjacency::new(0, Vec::new()).page_rank().is_empty());
    }
}
