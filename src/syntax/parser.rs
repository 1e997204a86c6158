//! Token vectors in, heads and labels out: the greedy arc-eager parser.

use super::moves;
use super::network::{Activations, Network};
use super::state::{NONE, State};
use super::weights::Weights;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

#[derive(Clone, Copy, Debug)]
struct Action {
    kind: Move,
    label: u16,
    /// A part of a word: only next to its head.
    adjacent: bool,
}

/// The parser's layers and its inventory of moves.
#[derive(Debug)]
pub struct Parser {
    network: Network,
    actions: Vec<Action>,
    labels: Vec<Box<str>>,
}

/// Memory of one parse, reused.
#[derive(Debug, Default)]
pub struct Scratch {
    state: State,
    activations: Activations,
}

/// Of one token: its head (itself for a root) and an index into the parser's labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    pub head: usize,
    pub label: u16,
}

/// The parser's labels, taken apart where one tells of a lifted arc.
#[derive(Debug)]
pub struct Labels {
    /// Names by number; the parser's own come first.
    pub names: Vec<Box<str>>,
    /// For labels such as "relcl||dobj": the label itself and that of the head that the arc was lifted from.
    pub lifted: Vec<Option<(u16, u16)>>,
}

impl Labels {
    pub fn new(parsed: &[Box<str>]) -> Self {
        let mut names = parsed.to_vec();
        let mut lifted = Vec::new();
        for label in parsed {
            let halves = label.split_once("||");
            lifted.push(halves.map(|(label, head)| (number(&mut names, label), number(&mut names, head))));
        }
        lifted.resize(names.len(), None);
        Self { names, lifted }
    }
}

/// The number of a name, which is entered if new.
fn number(names: &mut Vec<Box<str>>, name: &str) -> u16 {
    let known = names.iter().position(|other| **other == *name);
    known.unwrap_or_else(|| {
        names.push(name.into());
        names.len() - 1
    }) as u16
}

impl Parser {
    /// From the file `model` of the component and its moves; `width`: numbers per token vector.
    pub fn new(weights: &Weights, moves: Moves, width: usize) -> Result<Self, String> {
        let network = Network::new(weights, (width, moves.actions.len()), [8, 13])?;
        Ok(Self { network, actions: moves.actions, labels: moves.labels })
    }

    pub fn labels(&self) -> &[Box<str>] {
        &self.labels
    }

    /// Parses one text; `vectors` holds its `length` token vectors.
    pub fn parse(&self, vectors: &[f32], length: usize, scratch: &mut Scratch) -> Vec<Arc> {
        self.network.prepare(vectors, length, &mut scratch.activations);
        scratch.state.reset(length);
        let mut tokens = [NONE; 13];
        let tokens = &mut tokens[..self.network.features()];
        while !scratch.state.is_final() {
            context(&scratch.state, tokens);
            self.network.score(tokens, &mut scratch.activations);
            match self.best_action(&scratch.state, &scratch.activations.scores) {
                Some(action) => act(&mut scratch.state, action),
                None => scratch.state.finish(),
            }
        }
        (0..length).map(|token| self.arc(&scratch.state, token)).collect()
    }

    fn arc(&self, state: &State, token: usize) -> Arc {
        match state.head(token as i32) {
            // The label of a root is the first one, see `Moves`.
            NONE => Arc { head: token, label: 0 },
            head => Arc { head: head as usize, label: state.label(token) },
        }
    }

    /// The first of the best valid actions.
    fn best_action(&self, state: &State, scores: &[f32]) -> Option<Action> {
        let valid = [Move::Shift, Move::Reduce, Move::Left, Move::Right, Move::Break].map(|kind| is_valid(state, kind));
        let adjacent = state.stack(0) == state.buffer(0) - 1;
        let mut best: Option<(f32, Action)> = None;
        for (action, score) in self.actions.iter().zip(scores) {
            let allowed = valid[action.kind as usize] && (adjacent || !action.adjacent);
            if allowed && best.is_none_or(|(highest, _)| *score > highest) {
                best = Some((*score, *action));
            }
        }
        best.map(|(_, action)| action)
    }
}

/// The tokens whose vectors decide the next move.
fn context(state: &State, tokens: &mut [i32]) {
    let (b0, s0, s1) = (state.buffer(0), state.stack(0), state.stack(1));
    let near = [b0, state.buffer(1), s0, s1, state.stack(2)];
    tokens[..5].copy_from_slice(&near);
    if tokens.len() == 8 {
        tokens[5..].copy_from_slice(&[state.left(b0, 1), state.left(s0, 1), state.right(s0, 1)]);
    } else {
        // spaCy's second left dependent of the stack is overwritten by its first right one.
        let first = [state.left(s0, 1), state.right(s0, 1), state.left(b0, 1), state.right(s0, 2)];
        let second = [state.left(s1, 1), state.left(s1, 2), state.right(s1, 1), state.right(s1, 2)];
        tokens[5..9].copy_from_slice(&first);
        tokens[9..].copy_from_slice(&second);
    }
}

fn is_valid(state: &State, kind: Move) -> bool {
    let (depth, left, b0) = (state.depth(), state.left_in_buffer(), state.buffer(0));
    match kind {
        Move::Shift => depth == 0 || (left >= 2 && !state.is_start(b0) && !state.is_unshiftable(b0)),
        Move::Reduce => depth > 0,
        Move::Left | Move::Right => depth > 0 && left > 0 && !state.is_start(b0),
        Move::Break => left >= 2 && state.buffer(1) == b0 + 1 && !state.is_start(state.buffer(1)),
    }
}

fn act(state: &mut State, action: Action) {
    let (b0, s0) = (state.buffer(0), state.stack(0));
    match action.kind {
        Move::Shift => state.push(),
        Move::Reduce if state.has_head(s0) || state.depth() == 1 => state.pop(),
        Move::Reduce => state.unshift(),
        Move::Left => {
            state.attach(b0, s0, action.label);
            state.set_shiftable(b0);
            state.pop();
        }
        Move::Right => {
            state.attach(s0, b0, action.label);
            state.push();
        }
        Move::Break => state.set_start(state.buffer(1)),
    }
}

/// Actions in the order of the upper layer's outputs, and the labels that they number; "ROOT" is label 0.
pub struct Moves {
    actions: Vec<Action>,
    labels: Vec<Box<str>>,
}

impl Moves {
    /// From the file `moves` of the component.
    pub fn new(file: &[u8]) -> Result<Self, String> {
        const KINDS: [Move; 5] = [Move::Shift, Move::Reduce, Move::Left, Move::Right, Move::Break];
        let mut labels: Vec<Box<str>> = vec!["ROOT".into()];
        let action = |(kind, label): (usize, Box<str>)| Action {
            kind: KINDS[kind],
            label: number(&mut labels, &label),
            adjacent: &*label == "subtok",
        };
        let actions = moves::actions(file, KINDS.len())?.into_iter().map(action).collect();
        Ok(Self { actions, labels })
    }
}
