//! A network in, Graphviz DOT out: every id quoted, nodes at top level, one line per pair of entities and kind of edge.

use crate::analysis::{EntityType, Status};
use crate::graph::{Edge, Network, Node};
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeRef, IntoNodeReferences};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How a picture is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Below the picture, what lines and shapes mean.
    pub legend: bool,
    /// Lines drawn, the best supported ones; `None` draws all.
    pub limit: Option<usize>,
}

/// What tells two lines between the same entities apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    negative: bool,
    status: Status,
    mutual: bool,
}

/// All edges of one kind from one entity to another, drawn as one line.
struct Line {
    from: NodeIndex,
    to: NodeIndex,
    kind: Kind,
    predicates: BTreeMap<String, i64>,
    origins: i64,
    evidence: i64,
}

/// Predicates named on a line; the rest are counted.
const NAMED: usize = 3;

/// The network as DOT, and how many lines the limit left out.
///
/// ```
/// use wiregraph::{export::dot, graph::Network};
/// let (text, left_out) = dot::write(&Network::new(Vec::new()), dot::Look::default());
/// assert!(text.starts_with("digraph \"wiregraph\" {") && left_out == 0);
/// ```
pub fn write(network: &Network, look: Look) -> (String, usize) {
    let mut lines = merge(network);
    let all = lines.len();
    if let Some(limit) = look.limit {
        lines.sort_by_key(|line| std::cmp::Reverse((line.origins, line.evidence)));
        lines.truncate(limit);
        lines.sort_by_key(|line| (line.from, line.to, line.kind));
    }
    let left_out = all - lines.len();
    let mut dot = header(look.legend);
    write_nodes(&mut dot, network, (left_out > 0).then(|| drawn(&lines)).as_ref());
    for line in &lines {
        write_line(&mut dot, network, line);
    }
    dot += "}\n";
    (dot, left_out)
}

/// Lines that a picture of the network would have, before any limit.
pub fn lines(network: &Network) -> usize {
    merge(network).len()
}

fn merge(network: &Network) -> Vec<Line> {
    let mut lines: BTreeMap<(NodeIndex, NodeIndex, Kind), Line> = BTreeMap::new();
    for edge in network.graph().edge_references() {
        let (from, to, content) = (edge.source(), edge.target(), edge.weight());
        let kind = Kind { negative: content.is_negative(), status: content.status(), mutual: content.symmetric };
        let blank = || Line { from, to, kind, predicates: BTreeMap::new(), origins: 0, evidence: 0 };
        lines.entry((from, to, kind)).or_insert_with(blank).add(content);
    }
    lines.into_values().collect()
}

impl Line {
    fn add(&mut self, edge: &Edge) {
        let evidence = edge.asserted + edge.attributed + edge.hypothetical;
        *self.predicates.entry(edge.predicate.clone()).or_default() += evidence;
        self.origins = self.origins.max(edge.origins);
        self.evidence += evidence;
    }

    fn label(&self) -> String {
        let mut predicates: Vec<_> = self.predicates.iter().collect();
        predicates.sort_by_key(|(_, evidence)| std::cmp::Reverse(**evidence));
        let not = if self.kind.negative { "not " } else { "" };
        let mut named: Vec<String> =
            predicates.iter().take(NAMED).map(|(predicate, _)| format!("{not}{predicate}")).collect();
        if predicates.len() > NAMED {
            named.push(format!("+{} more", predicates.len() - NAMED));
        }
        named.join("\n")
    }
}

fn drawn(lines: &[Line]) -> BTreeSet<NodeIndex> {
    lines.iter().flat_map(|line| [line.from, line.to]).collect()
}

const FONT: &str = "Helvetica,Arial,sans-serif";
const SLATE: &str = "#334155";
const RED: &str = "#c02626";
const BLUE: &str = "#2563c9";
const GREY: &str = "#8a94a3";

fn header(legend: bool) -> String {
    let label = if legend { format!("\n    label={}; labelloc=b;", legend_table()) } else { String::new() };
    format!(
        "digraph \"wiregraph\" {{
    graph [bgcolor=\"white\", fontname=\"{FONT}\", fontsize=11, pad=\"0.3\", nodesep=\"0.45\", ranksep=\"0.9\", \
rankdir=LR, overlap=prism, overlap_scaling=-6, splines=true, K=\"2.2\", outputorder=edgesfirst];
    node [fontname=\"{FONT}\", fontsize=12, fontcolor=\"#0f172a\", style=\"filled\", color=\"{SLATE}\", penwidth=1, \
margin=\"0.14,0.07\", height=\"0.3\"];
    edge [fontname=\"{FONT}\", fontsize=10];{label}
"
    )
}

/// Shape and fill of an entity type.
fn shape(entity_type: EntityType) -> (&'static str, &'static str) {
    match entity_type {
        EntityType::Person => ("ellipse", "#fde8c8"),
        EntityType::Place => ("box", "#d8ecd6"),
        EntityType::Org => ("component", "#d9e6f7"),
        EntityType::Facility => ("house", "#e6e0f3"),
        EntityType::Event => ("hexagon", "#f9d9df"),
        EntityType::Other => ("note", "#eceff3"),
    }
}

fn write_nodes(dot: &mut String, network: &Network, only: Option<&BTreeSet<NodeIndex>>) {
    let mut nodes: Vec<(NodeIndex, &Node)> =
        network.graph().node_references().filter(|(at, _)| only.is_none_or(|only| only.contains(at))).collect();
    nodes.sort_by_key(|(_, node)| &node.id);
    for (_, node) in nodes {
        let (shape, fill) = shape(node.entity_type);
        let (id, name) = (quote(&node.id), quote(&node.name));
        let _ = writeln!(dot, "    {id} [label={name}, shape={shape}, fillcolor=\"{fill}\"];");
    }
}

fn write_line(dot: &mut String, network: &Network, line: &Line) {
    let graph = network.graph();
    let (from, to) = (quote(&graph[line.from].id), quote(&graph[line.to].id));
    let Kind { negative, status, mutual } = line.kind;
    let colour = match (status, negative) {
        (Status::Hypothetical, _) => GREY,
        (_, true) => RED,
        (Status::Attributed, false) => BLUE,
        (Status::Asserted, false) => SLATE,
    };
    let style = match (status, negative) {
        (Status::Hypothetical, _) => "dotted",
        (Status::Asserted, false) => "solid",
        _ => "dashed",
    };
    let (arrow, size) = if negative { ("tee", 1.2) } else { ("normal", 0.7) };
    let ends = if mutual { format!(", dir=both, arrowtail={arrow}") } else { String::new() };
    let width = 1.0 + f64::from(i32::try_from(line.origins.clamp(1, 6)).unwrap_or(1) - 1) * 0.5;
    let label = quote(&line.label());
    let _ = writeln!(
        dot,
        "    {from} -> {to} [label={label}, style={style}, color=\"{colour}\", fontcolor=\"{colour}\", arrowhead={arrow}{ends}, \
         arrowsize=\"{size}\", penwidth={width:.1}];"
    );
}

fn legend_table() -> String {
    let line = |colour: &str, glyph: &str, text: &str| {
        format!("<TD><FONT COLOR=\"{colour}\"><B>{glyph}</B></FONT> {text}</TD>")
    };
    let lines = [
        line(SLATE, "──►", "asserted"),
        line(BLUE, "- - ►", "said by someone"),
        line(GREY, "· · · ►", "hypothetical"),
        line(RED, "- - ┤", "denied or negated"),
        line(SLATE, "◄──►", "mutual"),
        "<TD>thicker: more independent texts</TD>".to_owned(),
    ];
    let types = [
        (EntityType::Person, "person"),
        (EntityType::Place, "place"),
        (EntityType::Org, "organisation"),
        (EntityType::Facility, "facility"),
        (EntityType::Event, "event"),
        (EntityType::Other, "other"),
    ];
    let types =
        types.map(|(entity_type, name)| format!("<TD BGCOLOR=\"{}\" BORDER=\"1\">{name}</TD>", shape(entity_type).1));
    format!(
        "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"6\" CELLPADDING=\"3\" COLOR=\"#94a3b8\"><TR>{}</TR><TR>{}</TR></TABLE>>",
        lines.concat(),
        types.concat()
    )
}

/// A quoted DOT string: quotes and backslashes escaped, line ends centred, other control characters out.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            control if control.is_control() => quoted.push(' '),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
