//! A size in, a graph in which few nodes have most of the edges out; and the questions that every engine gets.

use super::Result;
use super::synthetic::{Dice, name, word};
use std::collections::HashSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use wiregraph::Document;
use wiregraph::analysis::{Analysis, EntityRecord, EntityType, Modality, Polarity, RelationRecord, Status, Trust};
use wiregraph::graph::Store;

/// Ways asked for where several are.
pub const WAYS: usize = 4;
/// Edges that one report tells of.
const EDGES_A_REPORT: usize = 100;
/// The weight of the heaviest nodes: the first one has some half of a percent of all ends at 500,000 nodes.
const SKEW: f64 = 2.5;
const PRIME: u64 = 999_983;
const SENTENCE: &str = "They met them";

pub fn id(node: u32) -> String {
    format!("person:{node:07}")
}

pub fn node(id: &str) -> u32 {
    id.trim_start_matches("person:").parse().unwrap_or(u32::MAX)
}

/// Distinct pairs of distinct nodes, none of them twice in another order.
fn pairs(nodes: usize, edges: usize) -> Vec<(u32, u32)> {
    let mut dice = Dice(11);
    // Heavy nodes are anywhere among the numbers.
    let mut end = move || (((nodes as f64) * dice.chance().powf(SKEW)) as u64 * PRIME % nodes as u64) as u32;
    let (mut seen, mut pairs) = (HashSet::new(), Vec::with_capacity(edges));
    while pairs.len() < edges {
        let (a, b) = (end(), end());
        if a != b && seen.insert((a.min(b), a.max(b))) {
            pairs.push((a, b));
        }
    }
    pairs
}

pub fn generate(folder: &Path, nodes: usize, edges: usize) -> Result<()> {
    fs::create_dir_all(folder)?;
    let pairs = pairs(nodes, edges);
    let mut table = BufWriter::new(fs::File::create(folder.join("edges.csv"))?);
    for (from, to) in &pairs {
        writeln!(table, "{from},{to}")?;
    }
    table.flush()?;
    let mut table = BufWriter::new(fs::File::create(folder.join("nodes.csv"))?);
    let linked: HashSet<u32> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    let mut linked: Vec<u32> = linked.into_iter().collect();
    linked.sort_unstable();
    for node in &linked {
        writeln!(table, "{node}")?;
    }
    table.flush()?;
    Questions::of(&linked).write(folder)?;
    let mut store = Store::create(&folder.join("graph.db"), "bench")?;
    for (at, batch) in pairs.chunks(EDGES_A_REPORT * 100).enumerate() {
        let reports: Vec<_> =
            batch.chunks(EDGES_A_REPORT).enumerate().map(|(n, edges)| report(at * 100 + n, edges)).collect();
        store.write(&reports)?;
    }
    store.finish()?;
    Ok(())
}

/// A report that says of each pair that they met.
fn report(n: usize, edges: &[(u32, u32)]) -> (Document, Analysis) {
    let mut dice = Dice(n as u64);
    let words: Vec<String> = (0..12).map(|_| word(dice.below(100_000))).collect();
    let text = format!("{SENTENCE} at {}.", words.join(" "));
    let mut entities: Vec<EntityRecord> = edges.iter().flat_map(|&(a, b)| [a, b]).map(entity).collect();
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    entities.dedup();
    let id = format!("report/{n:06}");
    let whole = [0, text.len()];
    let relations = edges.iter().map(|&(a, b)| relation(a, b, whole)).collect();
    let analysis = Analysis {
        id: id.clone(),
        language: "en".into(),
        sentences: vec![whole],
        entities,
        relations,
        ..Analysis::default()
    };
    let document = Document {
        id,
        source: Some(format!("Outlet {}", n % 50)),
        published: Some(jiff::civil::date(2022, 1, 1)),
        language: "en".into(),
        text,
        extracted: false,
        blocks: Vec::new(),
        notes: Vec::new(),
    };
    (document, analysis)
}

fn entity(node: u32) -> EntityRecord {
    EntityRecord {
        id: id(node),
        name: format!("{} {node}", name(node as usize)),
        entity_type: EntityType::Person,
        country: None,
        sector: None,
        discovered: false,
        stands_for: None,
        aliases: Vec::new(),
        roles: Vec::new(),
        wikidata: None,
    }
}

fn relation(a: u32, b: u32, whole: [usize; 2]) -> RelationRecord {
    RelationRecord {
        subject: name(a as usize),
        subject_id: id(a),
        subject_code: None,
        subject_sector: None,
        subject_head: None,
        subject_span: [0, 4],
        subject_text: "They".into(),
        predicate: "meet".into(),
        relation: None,
        event: Some("CONSULT".into()),
        object: name(b as usize),
        object_id: id(b),
        object_code: None,
        object_sector: None,
        object_head: None,
        object_span: [9, 13],
        object_text: "them".into(),
        predicate_text: "met".into(),
        symmetric: false,
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        status: Status::Asserted,
        attributed_to: None,
        via: None,
        time: None,
        time_text: None,
        evidence_start: whole[0],
        evidence_end: whole[1],
        trigger_start: 5,
        trigger_end: 8,
        rule: None,
        trust: Trust::Direct,
        reading: None,
    }
}

/// What is asked of every engine.
pub struct Questions {
    pub lookups: Vec<u32>,
    pub two_hop: Vec<u32>,
    pub pairs: Vec<(u32, u32)>,
    /// Pairs between which several ways are asked for.
    pub hard: Vec<(u32, u32)>,
}

impl Questions {
    fn of(nodes: &[u32]) -> Self {
        let mut dice = Dice(5);
        let mut any = || nodes[dice.below(nodes.len())];
        let lookups = (0..2000).map(|_| any()).collect();
        let two_hop = (0..20).map(|_| any()).collect();
        let mut pair = || loop {
            let (a, b) = (any(), any());
            if a != b {
                return (a, b);
            }
        };
        Self { lookups, two_hop, pairs: (0..100).map(|_| pair()).collect(), hard: (0..10).map(|_| pair()).collect() }
    }

    fn write(&self, folder: &Path) -> Result<()> {
        let one = |nodes: &[u32]| nodes.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
        let two = |pairs: &[(u32, u32)]| pairs.iter().map(|(a, b)| format!("{a} {b}")).collect::<Vec<_>>().join(" ");
        let lines = [one(&self.lookups), one(&self.two_hop), two(&self.pairs), two(&self.hard)];
        Ok(fs::write(folder.join("questions.txt"), lines.join("\n") + "\n")?)
    }

    pub fn read(folder: &Path) -> Result<Self> {
        let text = fs::read_to_string(folder.join("questions.txt"))?;
        let lines: Vec<Vec<u32>> = text
            .lines()
            .map(|line| line.split(' ').map(str::parse).collect::<std::result::Result<_, _>>())
            .collect::<std::result::Result<_, _>>()?;
        let [lookups, two_hop, pairs, hard] =
            <[Vec<u32>; 4]>::try_from(lines).map_err(|_| "questions.txt: expected four lines")?;
        let two = |flat: Vec<u32>| flat.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        Ok(Self { lookups, two_hop, pairs: two(pairs), hard: two(hard) })
    }
}
