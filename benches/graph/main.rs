//! A size in, a power-law graph as a database of ours and as a table for the peers out; then questions in, answers out.
//!
//!     cargo bench --bench graph -- generate FOLDER NODES EDGES
//!     cargo bench --bench graph -- serve index|adjacency FOLDER
//!
//! The Rust side of `benches/graph/run.py`, which starts it and tells what the answers to the questions mean.

#[path = "../synthetic/mod.rs"]
#[allow(dead_code)]
mod synthetic;
mod world;

use std::io::BufRead;
use std::path::Path;
use std::time::Instant;
use wiregraph::graph::{Adjacency, Barred, Filter, Links, Store, Ways};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["generate", folder, nodes, edges] => world::generate(Path::new(folder), nodes.parse()?, edges.parse()?),
        ["serve", "index", folder] => serve(&mut Index::open(Path::new(folder))?, folder),
        ["serve", "adjacency", folder] => serve(&mut Loaded::load(Path::new(folder))?, folder),
        _ => Err("expected what the head of benches/graph/main.rs tells".into()),
    }
}

/// What can be asked; nodes are numbers, answers lists of numbers.
trait Engine {
    fn neighbours(&mut self, node: u32) -> Result<Vec<u32>>;
    fn two_hop(&mut self, node: u32) -> Result<Vec<u32>>;
    fn path(&mut self, from: u32, to: u32) -> Result<Vec<u32>>;
    fn several(&mut self, from: u32, to: u32, count: usize) -> Result<Vec<Vec<u32>>>;
    fn ranks(&mut self) -> Result<Vec<(u32, f64)>>;
}

/// Answers a line of input with a line: seconds, and what the answers come to.
fn serve(engine: &mut dyn Engine, folder: &str) -> Result<()> {
    println!("ready {}", peak());
    let questions = world::Questions::read(Path::new(folder))?;
    for line in std::io::stdin().lock().lines() {
        let start;
        let told: Vec<String> = match line?.trim() {
            "lookups" => {
                start = Instant::now();
                let found: Vec<_> = questions.lookups.iter().map(|&n| engine.neighbours(n)).collect::<Result<_>>()?;
                summed(start, &found)
            }
            "two-hop" => {
                start = Instant::now();
                let found: Vec<_> = questions.two_hop.iter().map(|&n| engine.two_hop(n)).collect::<Result<_>>()?;
                summed(start, &found)
            }
            "paths" => {
                start = Instant::now();
                let found: Vec<_> = questions.pairs.iter().map(|&(a, b)| engine.path(a, b)).collect::<Result<_>>()?;
                lengths(start, &found)
            }
            "several" => {
                start = Instant::now();
                let ask = |&(a, b): &(u32, u32)| engine.several(a, b, world::WAYS);
                let found: Vec<_> = questions.hard.iter().map(ask).collect::<Result<Vec<_>>>()?.concat();
                lengths(start, &found)
            }
            "ranks" => {
                start = Instant::now();
                let mut ranks = engine.ranks()?;
                let spent = start.elapsed().as_secs_f64();
                ranks.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                let best = ranks.iter().take(5).map(|(node, rank)| format!("{node}:{rank:.5}"));
                std::iter::once(spent.to_string()).chain(best).collect()
            }
            other => return Err(format!("{other}: no question of the bench").into()),
        };
        println!("{} {}", told.join(" "), peak());
    }
    Ok(())
}

fn summed(start: Instant, found: &[Vec<u32>]) -> Vec<String> {
    let spent = start.elapsed().as_secs_f64();
    let count: usize = found.iter().map(Vec::len).sum();
    let sum: u64 = found.iter().flatten().map(|&node| u64::from(node)).sum();
    vec![spent.to_string(), count.to_string(), sum.to_string()]
}

fn lengths(start: Instant, found: &[Vec<u32>]) -> Vec<String> {
    let spent = start.elapsed().as_secs_f64();
    vec![spent.to_string(), found.iter().map(Vec::len).sum::<usize>().to_string()]
}

/// Every question goes to the file's index: nothing is loaded.
struct Index {
    store: Store,
}

impl Index {
    fn open(folder: &Path) -> Result<Self> {
        Ok(Self { store: Store::open_read_only(&folder.join("graph.db"))? })
    }
}

impl Engine for Index {
    fn neighbours(&mut self, node: u32) -> Result<Vec<u32>> {
        let linked = self.store.linked(&world::id(node))?;
        Ok(linked.iter().map(|id| world::node(id)).collect())
    }

    fn two_hop(&mut self, node: u32) -> Result<Vec<u32>> {
        let mut reached = std::collections::HashSet::new();
        let start = world::id(node);
        for near in self.store.linked(&start)? {
            reached.extend(self.store.linked(&near)?);
            reached.insert(near);
        }
        reached.remove(&start);
        Ok(reached.iter().map(|id| world::node(id)).collect())
    }

    fn path(&mut self, from: u32, to: u32) -> Result<Vec<u32>> {
        Ok(self.several(from, to, 1)?.pop().unwrap_or_default())
    }

    fn several(&mut self, from: u32, to: u32, count: usize) -> Result<Vec<Vec<u32>>> {
        let route = wiregraph::graph::Route { count, ..Default::default() };
        let ways = self.store.ways(&Filter::default(), &world::id(from), &world::id(to), &route)?;
        Ok(ways.iter().map(|way| way.iter().map(|id| world::node(id)).collect()).collect())
    }

    fn ranks(&mut self) -> Result<Vec<(u32, f64)>> {
        Err("no question for an index".into())
    }
}

/// Everything in memory, as a compressed adjacency.
struct Loaded {
    /// The number that the bench gave each entity.
    numbers: Vec<u32>,
    places: Vec<u32>,
    both: Adjacency,
    ways: Ways,
    directed: Adjacency,
}

impl Loaded {
    fn load(folder: &Path) -> Result<Self> {
        let store = Store::open_read_only(&folder.join("graph.db"))?;
        let links = Links::load(&store, &Filter::default())?;
        let numbers: Vec<u32> = links.ids().iter().map(|id| world::node(id)).collect();
        let mut places = vec![0; numbers.len()];
        for (place, number) in numbers.iter().enumerate() {
            if places.len() <= *number as usize {
                places.resize(*number as usize + 1, 0);
            }
            places[*number as usize] = place as u32;
        }
        let ways = links.ways(false);
        Ok(Self { numbers, places, both: links.both_ways(), ways, directed: links.directed() })
    }

    fn named(&self, nodes: Vec<u32>) -> Vec<u32> {
        nodes.into_iter().map(|node| self.numbers[node as usize]).collect()
    }
}

impl Engine for Loaded {
    fn neighbours(&mut self, node: u32) -> Result<Vec<u32>> {
        let next = self.both.next(self.places[node as usize]);
        Ok(next.iter().map(|(to, _)| self.numbers[*to as usize]).collect())
    }

    fn two_hop(&mut self, node: u32) -> Result<Vec<u32>> {
        let start = self.places[node as usize];
        let within = self.both.within(start, 2);
        Ok(self.named(within.into_iter().filter(|(node, _)| *node != start).map(|(node, _)| node).collect()))
    }

    fn path(&mut self, from: u32, to: u32) -> Result<Vec<u32>> {
        let (from, to) = (self.places[from as usize], self.places[to as usize]);
        Ok(self.named(self.ways.shortest(from, to, usize::MAX, &Barred::default()).unwrap_or_default()))
    }

    fn several(&mut self, from: u32, to: u32, count: usize) -> Result<Vec<Vec<u32>>> {
        let (from, to) = (self.places[from as usize], self.places[to as usize]);
        let ways = self.ways.several(from, to, count, usize::MAX, &Barred::default());
        Ok(ways.into_iter().map(|way| self.named(way)).collect())
    }

    fn ranks(&mut self) -> Result<Vec<(u32, f64)>> {
        Ok(self.numbers.iter().copied().zip(self.directed.page_rank()).collect())
    }
}

/// Megabytes that the process had at most.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}
