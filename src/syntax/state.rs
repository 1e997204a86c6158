//! Arc-eager moves in, the state of one parse out: stack, buffer, arcs so far.

/// No token.
pub const NONE: i32 = -1;

/// The state of parsing one text; reused from text to text so that a step allocates nothing.
#[derive(Debug, Default)]
pub struct State {
    length: i32,
    stack: Vec<i32>,
    /// Tokens that went back from the stack; the last one is first.
    rebuffer: Vec<i32>,
    /// First token of the buffer proper.
    next: i32,
    heads: Vec<i32>,
    labels: Vec<u16>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
    /// Per head, the dependent attached last on its left and right; per dependent, the one attached before it.
    last: [Vec<i32>; 2],
    before: Vec<i32>,
}

impl State {
    pub fn reset(&mut self, length: usize) {
        self.length = length as i32;
        self.next = 0;
        self.stack.clear();
        self.rebuffer.clear();
        let [left, right] = &mut self.last;
        for list in [&mut self.heads, left, right, &mut self.before] {
            list.clear();
            list.resize(length, NONE);
        }
        self.labels.clear();
        self.labels.resize(length, 0);
        for flags in [&mut self.unshiftable, &mut self.starts] {
            flags.clear();
            flags.resize(length, false);
        }
    }

    /// `depth`-th token from the top of the stack.
    pub fn stack(&self, depth: usize) -> i32 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    /// `at`-th token of the buffer.
    pub fn buffer(&self, at: usize) -> i32 {
        match self.rebuffer.len().checked_sub(at + 1) {
            Some(place) => self.rebuffer[place],
            None => {
                let token = self.next + (at - self.rebuffer.len()) as i32;
                if token < self.length { token } else { NONE }
            }
        }
    }

    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    pub fn left_in_buffer(&self) -> usize {
        (self.length - self.next) as usize + self.rebuffer.len()
    }

    pub fn is_final(&self) -> bool {
        self.stack.is_empty() && self.left_in_buffer() == 0
    }

    pub fn has_head(&self, token: i32) -> bool {
        self.head(token) != NONE
    }

    pub fn head(&self, token: i32) -> i32 {
        self.heads[token as usize]
    }

    pub fn label(&self, token: usize) -> u16 {
        self.labels[token]
    }

    pub fn is_start(&self, token: i32) -> bool {
        usize::try_from(token).is_ok_and(|token| self.starts[token])
    }

    pub fn is_unshiftable(&self, token: i32) -> bool {
        self.unshiftable[token as usize]
    }

    /// `nth` dependent (from 1, the one attached last first) on the left of `head`.
    pub fn left(&self, head: i32, nth: usize) -> i32 {
        self.dependent(0, head, nth)
    }

    /// As `left`, on the right.
    pub fn right(&self, head: i32, nth: usize) -> i32 {
        self.dependent(1, head, nth)
    }

    fn dependent(&self, side: usize, head: i32, nth: usize) -> i32 {
        if head == NONE {
            return NONE;
        }
        let mut token = self.last[side][head as usize];
        for _ in 1..nth {
            if token != NONE {
                token = self.before[token as usize];
            }
        }
        token
    }

    pub fn push(&mut self) {
        let token = self.rebuffer.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    pub fn pop(&mut self) {
        self.stack.pop();
    }

    /// The top of the stack goes back to the buffer, and may not be shifted again before it gets a dependent.
    pub fn unshift(&mut self) {
        if let Some(token) = self.stack.pop() {
            self.unshiftable[token as usize] = true;
            self.rebuffer.push(token);
        }
    }

    pub fn set_shiftable(&mut self, token: i32) {
        self.unshiftable[token as usize] = false;
    }

    pub fn set_start(&mut self, token: i32) {
        self.starts[token as usize] = true;
    }

    /// Ends the parse where it stands.
    pub fn finish(&mut self) {
        self.stack.clear();
        self.rebuffer.clear();
        self.next = self.length;
    }

    /// Attaches `child`, in place of the arc it may have.
    pub fn attach(&mut self, head: i32, child: i32, label: u16) {
        if self.has_head(child) {
            self.detach(child);
        }
        let side = usize::from(head < child);
        self.before[child as usize] = self.last[side][head as usize];
        self.last[side][head as usize] = child;
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    fn detach(&mut self, child: i32) {
        let head = self.head(child);
        let last = &mut self.last[usize::from(head < child)][head as usize];
        let earlier = self.before[child as usize];
        if *last == child {
            *last = earlier;
            return;
        }
        let mut token = *last;
        while token != NONE && self.before[token as usize] != child {
            token = self.before[token as usize];
        }
        if token != NONE {
            self.before[token as usize] = earlier;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependents_are_known_from_the_last_one_back() {
        let mut state = State::default();
        state.reset(5);
        state.attach(3, 2, 0);
        state.attach(3, 1, 0);
        state.attach(3, 0, 0);
        assert_eq!([1, 2, 3, 4].map(|nth| state.left(3, nth)), [0, 1, 2, NONE]);
        state.attach(4, 1, 7);
        assert_eq!([1, 2, 3].map(|nth| state.left(3, nth)), [0, 2, NONE]);
        assert_eq!((state.left(4, 1), state.label(1)), (1, 7));
    }

    #[test]
    fn tokens_move_between_buffer_and_stack() {
        let mut state = State::default();
        state.reset(2);
        state.push();
        assert_eq!((state.stack(0), state.buffer(0), state.buffer(1)), (0, 1, NONE));
        state.unshift();
        assert_eq!((state.stack(0), state.buffer(0), state.buffer(1)), (NONE, 0, 1));
        assert!(state.is_unshiftable(0) && state.left_in_buffer() == 2);
        state.finish();
        assert!(state.is_final());
    }
}
