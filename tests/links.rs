//! Random small graphs in a database: what is read piece by piece, from indexes or as bare numbers, is what the whole graph tells.

use proptest::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use wiregraph::Document;
use wiregraph::analysis::{Analysis, EntityRecord, EntityType, Modality, Polarity, RelationRecord, Status, Trust};
use wiregraph::graph::{Barred, Direction, Edge, Filter, Links, Network, Route, Store};

/// From, to, whether mutual, predicate, report, status.
type Told = (u8, u8, bool, u8, u8, u8);

fn id(node: u8) -> String {
    format!("person:{node:02}")
}

/// The graph that these deeds make, in a folder that goes with it.
fn graph(told: &[Told]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph.db");
    let mut store = Store::create(&path, "test").unwrap();
    let mut reports: BTreeMap<u8, Vec<RelationRecord>> = BTreeMap::new();
    for (at, deed) in told.iter().enumerate() {
        reports.entry(deed.4).or_default().push(relation(deed, at));
    }
    let batch: Vec<_> = reports.into_iter().map(|(n, relations)| report(n, relations)).collect();
    // In two parts, so that rows of a later one meet those of an earlier one.
    batch.chunks(2).for_each(|part| assert_eq!(store.write(part).unwrap().added, part.len()));
    store.finish().unwrap();
    (folder, Store::open_read_only(&path).unwrap())
}

fn report(n: u8, relations: Vec<RelationRecord>) -> (Document, Analysis) {
    let text = format!("They met them {}", "and so on ".repeat(usize::from(n)));
    let document = Document {
        id: format!("report/{n}"),
        source: Some(format!("Outlet {}", n % 3)),
        published: Some(jiff::civil::date(2022, 1, 1)),
        language: "en".into(),
        text,
        extracted: false,
        blocks: Vec::new(),
        notes: Vec::new(),
    };
    let ends = relations.iter().flat_map(|r| [&r.subject_id, &r.object_id]);
    let entities: BTreeMap<&String, EntityRecord> = ends.map(|id| (id, entity(id))).collect();
    let entities = entities.into_values().collect();
    let id = document.id.clone();
    (document, Analysis { id, sentences: vec![[0, 13]], entities, relations, ..Analysis::default() })
}

fn entity(id: &str) -> EntityRecord {
    EntityRecord {
        id: id.into(),
        // Names in another order than ids, and some alike.
        name: format!("Name {}", id.bytes().last().unwrap_or_default() % 5),
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

fn relation(&(from, to, symmetric, predicate, _, status): &Told, at: usize) -> RelationRecord {
    RelationRecord {
        subject: id(from),
        subject_id: id(from),
        subject_code: None,
        subject_sector: None,
        subject_head: None,
        subject_span: [0, 4],
        subject_text: "They".into(),
        predicate: ["meet", "accuse", "aid"][usize::from(predicate) % 3].into(),
        relation: None,
        event: None,
        object: id(to),
        object_id: id(to),
        object_code: None,
        object_sector: None,
        object_head: None,
        object_span: [9, 13],
        object_text: "them".into(),
        predicate_text: "met".into(),
        symmetric,
        polarity: if predicate < 5 { Polarity::Positive } else { Polarity::Negative },
        modality: Modality::Asserted,
        status: [Status::Asserted, Status::Attributed, Status::Hypothetical][usize::from(status) % 3],
        attributed_to: (status > 4).then(|| format!("Speaker {}", at % 4)),
        via: None,
        time: None,
        time_text: None,
        evidence_start: 0,
        evidence_end: 13,
        trigger_start: 5,
        trigger_end: 8,
        rule: None,
        trust: Trust::Direct,
        reading: None,
    }
}

fn deeds() -> impl Strategy<Value = Vec<Told>> {
    prop::collection::vec((0..14u8, 0..14u8, any::<bool>(), 0..6u8, 0..7u8, 0..8u8), 1..45)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The compressed adjacency reaches what petgraph's network reaches, in as many steps.
    #[test]
    fn the_adjacency_reaches_what_the_network_reaches(told in deeds(), start in 0..14u8, depth in 1..5usize) {
        let (_folder, store) = graph(&told);
        let network = Network::load(&store, &Filter::default()).unwrap();
        let links = Links::load(&store, &Filter::default()).unwrap();
        let Some(place) = links.place(&id(start)) else {
            prop_assert!(network.place(&id(start)).is_none());
            return Ok(());
        };
        for (adjacency, direction) in [(links.both_ways(), Direction::Both), (links.directed(), Direction::Out)] {
            let mut far: BTreeMap<String, usize> = BTreeMap::from([(id(start), 0)]);
            for hop in network.neighbours(&id(start), depth, direction) {
                far.entry(network.graph()[hop.to].id.clone()).or_insert(hop.steps);
            }
            let within = adjacency.within(place, depth);
            let within: BTreeMap<String, usize> =
                within.into_iter().map(|(node, steps)| (links.ids()[node as usize].clone(), steps)).collect();
            prop_assert_eq!(far, within);
        }
        prop_assert_eq!(network.components(), links.components());
        let near: Vec<String> = store.linked(&id(start)).unwrap();
        let mut next: Vec<String> =
            links.both_ways().next(place).iter().map(|(to, _)| links.ids()[*to as usize].clone()).collect();
        next.dedup();
        prop_assert_eq!(near, next);
    }

    /// A search that reads what it comes by finds the way that a search through everything finds.
    #[test]
    fn a_way_read_piece_by_piece_is_the_way(
        told in deeds(), from in 0..14u8, to in 0..14u8, avoid in 0..28u8, directed in any::<bool>(), longest in 1..6usize,
        plain in any::<bool>()
    ) {
        prop_assume!(from != to);
        let (_folder, store) = graph(&told);
        let filter = if plain { Filter::default() } else { Filter { min_documents: 2, ..Filter::everything() } };
        let links = Links::load(&store, &filter).unwrap();
        let barred = Barred { nodes: FxHashSet::from_iter(links.place(&id(avoid))), ..Barred::default() };
        let expected = match (links.place(&id(from)), links.place(&id(to))) {
            (Some(a), Some(b)) => links.ways(directed).shortest(a, b, longest, &barred),
            _ => None,
        };
        let expected: Option<Vec<String>> =
            expected.map(|way| way.into_iter().map(|node| links.ids()[node as usize].clone()).collect());
        let route = Route { count: 1, longest, directed, avoid: vec![id(avoid)] };
        let found = store.ways(&filter, &id(from), &id(to), &route).unwrap();
        prop_assert_eq!(expected.as_slice(), found.as_slice());
    }

    /// The first edges around an entity are the same whether more of them are read or not.
    #[test]
    fn the_first_neighbours_are_those_of_all(told in deeds(), start in 0..14u8, depth in 1..4usize, limit in 1..12usize) {
        let (_folder, store) = graph(&told);
        prop_assume!(told.iter().any(|deed| deed.0 == start || deed.1 == start));
        let first = |enough: usize, direction| -> Vec<(usize, String, String, String)> {
            let network =
                Network::around_first(&store, &Filter::default(), &id(start), depth, direction, enough).unwrap();
            let graph = network.graph();
            let told = |hop: wiregraph::graph::Hop| {
                (hop.steps, graph[hop.from].id.clone(), graph[hop.to].id.clone(), graph[hop.edge].id.clone())
            };
            network.neighbours(&id(start), depth, direction).into_iter().map(told).take(limit).collect()
        };
        for direction in [Direction::Both, Direction::In, Direction::Out] {
            prop_assert_eq!(first(usize::MAX, direction), first(limit, direction));
        }
    }

    /// The numbers that the database keeps are those of the evidence: with them or without, the same edges.
    #[test]
    fn kept_numbers_are_those_of_the_evidence(told in deeds(), a in 0..14u8, b in 0..14u8) {
        let (_folder, store) = graph(&told);
        let counted = Filter { since: Some("2022".into()), ..Filter::default() };
        prop_assert_eq!(store.edges(&Filter::default()).unwrap(), store.edges(&counted).unwrap());
        let both = |edges: Vec<Edge>| -> Vec<Edge> {
            let ends = [(id(a), id(b)), (id(b), id(a))];
            edges.into_iter().filter(|edge| ends.contains(&(edge.subject_id.clone(), edge.object_id.clone()))).collect()
        };
        let between = store.edges_between(&Filter::default(), &id(a), &id(b)).unwrap();
        prop_assert_eq!(between, both(store.edges(&counted).unwrap()));
    }
}
