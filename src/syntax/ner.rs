//! Token vectors in, names out: the greedy BILUO recogniser.
//!
//! Each token begins a name, goes on with it, ends it, is one alone, or is outside of any.

use super::moves;
use super::network::{Activations, Network};
use super::state::NONE;
use super::weights::Weights;

/// In the order of the numbers that the file `moves` gives; 0 is no move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Missing,
    Begin,
    In,
    Last,
    Unit,
    Out,
}

#[derive(Clone, Copy, Debug)]
struct Action {
    kind: Move,
    label: u16,
}

/// The recogniser's layers and its inventory of moves.
#[derive(Debug)]
pub struct Recogniser {
    network: Network,
    actions: Vec<Action>,
    labels: Vec<Box<str>>,
}

/// A name: its tokens, `end` exclusive, and an index into the recogniser's labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub start: usize,
    pub end: usize,
    pub label: u16,
}

/// What the moves look at, of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    pub is_space: bool,
    /// It is the first token of a sentence: no name runs over this place.
    pub starts: bool,
}

/// The text so far.
struct State<'t> {
    tokens: &'t [Surroundings],
    next: usize,
    /// A name that has begun, with its first token and label.
    open: Option<(usize, u16)>,
    names: Vec<Name>,
}

/// Actions in the order of the network's outputs, and the labels that they number.
pub struct Moves {
    actions: Vec<Action>,
    labels: Vec<Box<str>>,
}

impl Moves {
    /// From the file `moves` of the component.
    pub fn new(file: &[u8]) -> Result<Self, String> {
        const KINDS: [Move; 6] = [Move::Missing, Move::Begin, Move::In, Move::Last, Move::Unit, Move::Out];
        // Label 0 is that of no name.
        let mut labels: Vec<Box<str>> = vec!["".into()];
        let mut actions = Vec::new();
        for (kind, label) in moves::actions(file, KINDS.len())? {
            let known = labels.iter().position(|other| *other == label);
            let number = known.unwrap_or(labels.len());
            if known.is_none() {
                labels.push(label);
            }
            actions.push(Action { kind: KINDS[kind], label: number as u16 });
        }
        Ok(Self { actions, labels })
    }
}

impl Recogniser {
    /// From the file `model` of the component and its moves; `width`: numbers per token vector.
    pub fn new(weights: &Weights, moves: Moves, width: usize) -> Result<Self, String> {
        let network = Network::new(weights, (width, moves.actions.len()), [3, 6])?;
        Ok(Self { network, actions: moves.actions, labels: moves.labels })
    }

    /// By the number of a name's label.
    pub fn labels(&self) -> &[Box<str>] {
        &self.labels
    }

    /// The names of one text, in its order; `vectors` holds its tokens' vectors.
    pub fn recognise(&self, vectors: &[f32], tokens: &[Surroundings], memory: &mut Activations) -> Vec<Name> {
        self.network.prepare(vectors, tokens.len(), memory);
        let mut state = State { tokens, next: 0, open: None, names: Vec::new() };
        let mut context = [NONE; 6];
        let context = &mut context[..self.network.features()];
        while state.next < tokens.len() {
            state.context(context);
            self.network.score(context, memory);
            match self.best_action(&state, &memory.scores) {
                Some(action) => state.act(action),
                None => break,
            }
        }
        state.names
    }

    /// The first of the best valid actions.
    fn best_action(&self, state: &State, scores: &[f32]) -> Option<Action> {
        let mut best: Option<(f32, Action)> = None;
        for (action, score) in self.actions.iter().zip(scores) {
            if best.is_none_or(|(highest, _)| *score > highest) && state.allows(*action) {
                best = Some((*score, *action));
            }
        }
        best.map(|(_, action)| action)
    }
}

impl State<'_> {
    /// The next token; with an open name its first and its last token, or, where the network looks at six, its first
    /// five.
    fn context(&self, tokens: &mut [i32]) {
        tokens.fill(NONE);
        tokens[0] = self.next as i32;
        let Some((start, _)) = self.open else { return };
        if tokens.len() == 3 {
            tokens[1] = start as i32;
            tokens[2] = self.next as i32 - 1;
        } else {
            for (place, token) in tokens[1..].iter_mut().zip(start..self.next) {
                *place = token as i32;
            }
        }
    }

    fn allows(&self, action: Action) -> bool {
        let here = self.tokens[self.next];
        let goes_on = self.tokens.get(self.next + 1).is_some_and(|after| !after.starts);
        let of_open = self.open.is_some_and(|(_, label)| label == action.label);
        match action.kind {
            Move::Missing => false,
            Move::Begin => self.open.is_none() && goes_on && action.label > 0 && !here.is_space,
            Move::In => of_open && goes_on,
            Move::Last => of_open,
            Move::Unit => self.open.is_none() && action.label > 0 && !here.is_space,
            Move::Out => self.open.is_none(),
        }
    }

    fn act(&mut self, action: Action) {
        let at = self.next;
        self.next += 1;
        match action.kind {
            Move::Begin => self.open = Some((at, action.label)),
            Move::Last => {
                let name = self.open.take();
                self.names.extend(name.map(|(start, label)| Name { start, end: self.next, label }));
            }
            Move::Unit => self.names.push(Name { start: at, end: self.next, label: action.label }),
            Move::Missing | Move::In | Move::Out => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Surroundings = Surroundings { is_space: false, starts: false };
    const SPACE: Surroundings = Surroundings { is_space: true, starts: false };
    const FIRST: Surroundings = Surroundings { is_space: false, starts: true };

    fn allowed(tokens: &[Surroundings], next: usize, open: Option<(usize, u16)>) -> String {
        let state = State { tokens, next, open, names: Vec::new() };
        let moves = [(Move::Begin, 'B'), (Move::In, 'I'), (Move::Last, 'L'), (Move::Unit, 'U'), (Move::Out, 'O')];
        moves.iter().filter(|(kind, _)| state.allows(Action { kind: *kind, label: 1 })).map(|(_, name)| name).collect()
    }

    #[test]
    fn a_name_stays_in_its_sentence() {
        assert_eq!(allowed(&[FIRST, PLAIN], 0, None), "BUO");
        assert_eq!(allowed(&[FIRST, FIRST], 0, None), "UO");
        assert_eq!(allowed(&[FIRST, PLAIN, FIRST], 1, Some((0, 1))), "L");
        assert_eq!(allowed(&[FIRST, PLAIN, PLAIN], 1, Some((0, 1))), "IL");
        assert_eq!(allowed(&[FIRST, PLAIN], 1, Some((0, 1))), "L");
        assert_eq!(allowed(&[FIRST, PLAIN], 1, Some((0, 2))), "", "a name has one label");
    }

    #[test]
    fn no_name_begins_with_white_space() {
        assert_eq!(allowed(&[SPACE, PLAIN], 0, None), "O");
        assert_eq!(allowed(&[FIRST, SPACE, PLAIN], 1, Some((0, 1))), "IL");
    }
}
