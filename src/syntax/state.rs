//! The arc-eager transition system (Nivre 2003), with the root as the last word of the buffer (Ballesteros & Nivre 2013).

/// No token: the index behind the root, whose links all lead to itself, so that links can be followed without asking.
pub(super) type Index = u32;

/// The moves of the arc-eager system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Put the next word on the stack.
    Shift,
    /// Drop the top, which has its head and all its dependents.
    Reduce,
    /// The next word becomes the head of the top, which leaves the stack.
    Left,
    /// The top becomes the head of the next word, which goes on the stack.
    Right,
}

/// All moves, in the order of the weights' columns.
pub(super) const MOVES: [Move; 4] = [Move::Shift, Move::Reduce, Move::Left, Move::Right];

/// What is known of a token's head and its outermost dependents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links {
    pub head: Index,
    /// The label of the arc to the head; 0 while it has none.
    pub label: u32,
    /// The leftmost dependent and the one before it.
    pub left: [Index; 2],
    /// The rightmost dependent and the one before it.
    pub right: [Index; 2],
    /// How many dependents there are on each side, and which labels they have, a bit for each.
    pub left_count: u32,
    pub right_count: u32,
    pub left_labels: u64,
    pub right_labels: u64,
}

impl Links {
    /// Those of a token that has neither head nor dependents.
    fn without(none: Index) -> Self {
        let (left, right) = ([none; 2], [none; 2]);
        Self { head: none, label: 0, left, right, left_count: 0, right_count: 0, left_labels: 0, right_labels: 0 }
    }
}

/// A half-built tree.
#[derive(Debug, Default)]
pub(super) struct State {
    /// One a token, then the root's and that of no token.
    links: Vec<Links>,
    stack: Vec<Index>,
    next: Index,
}

impl State {
    /// Starts a sentence of that many tokens.
    pub(super) fn start(&mut self, tokens: usize) {
        let none = tokens as Index + 1;
        self.links.clear();
        self.links.resize(tokens + 2, Links::without(none));
        self.stack.clear();
        self.next = 0;
    }

    /// The index that stands for no token.
    #[inline]
    pub(super) fn none(&self) -> Index {
        self.links.len() as Index - 1
    }

    /// The index of the root, behind the last token.
    #[inline]
    pub(super) fn root(&self) -> Index {
        self.links.len() as Index - 2
    }

    /// The token at that depth of the stack; 0 is the top.
    #[inline]
    pub(super) fn stacked(&self, depth: usize) -> Index {
        self.stack.len().checked_sub(depth + 1).map_or(self.none(), |place| self.stack[place])
    }

    #[inline]
    pub(super) fn stack(&self) -> &[Index] {
        &self.stack
    }

    /// The token at that place of the buffer; 0 is the next one.
    #[inline]
    pub(super) fn buffered(&self, place: Index) -> Index {
        (self.next + place).min(self.none())
    }

    #[inline]
    pub(super) fn links(&self, token: Index) -> &Links {
        &self.links[token as usize]
    }

    #[inline]
    pub(super) fn has_head(&self, token: Index) -> bool {
        self.links(token).head != self.none()
    }

    /// Whether every token has been read and left the stack.
    #[inline]
    pub(super) fn is_done(&self) -> bool {
        self.next == self.root() && self.stack.is_empty()
    }

    /// Which of [`MOVES`] can be made; at least one, until the tree is done.
    #[inline]
    pub(super) fn allowed(&self) -> [bool; MOVES.len()] {
        let more = self.next < self.root();
        match self.stack.last() {
            None => [more, false, false, false],
            Some(&top) => [more, self.has_head(top), !self.has_head(top), more],
        }
    }

    /// The head and the dependent of the arc that a move would draw.
    pub(super) fn arc(&self, step: Move) -> Option<(Index, Index)> {
        match step {
            Move::Left => Some((self.next, self.stacked(0))),
            Move::Right => Some((self.stacked(0), self.next)),
            Move::Shift | Move::Reduce => None,
        }
    }

    /// Makes a move that is allowed; the label is that of its arc, where it draws one.
    pub(super) fn apply(&mut self, step: Move, label: u32) {
        if let Some((head, dependent)) = self.arc(step) {
            self.attach(head, dependent, label);
        }
        if matches!(step, Move::Reduce | Move::Left) {
            self.stack.pop();
        } else {
            self.stack.push(self.next);
            self.next += 1;
        }
    }

    fn attach(&mut self, head: Index, dependent: Index, label: u32) {
        let links = &mut self.links[dependent as usize];
        (links.head, links.label) = (head, label);
        let links = &mut self.links[head as usize];
        let (outer, count, labels) = if dependent < head {
            (&mut links.left, &mut links.left_count, &mut links.left_labels)
        } else {
            (&mut links.right, &mut links.right_count, &mut links.right_labels)
        };
        *outer = [dependent, outer[0]];
        *count += 1;
        *labels |= 1 << (label % u64::BITS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(tokens: usize, steps: &[Move]) -> State {
        let mut state = State::default();
        state.start(tokens);
        for step in steps {
            let column = MOVES.iter().position(|known| known == step).expect("a move");
            assert!(state.allowed()[column], "{step:?} in {state:?}");
            state.apply(*step, 7);
        }
        state
    }

    #[test]
    fn builds_the_tree_that_the_moves_say() {
        use Move::*;
        // "Russia expelled two diplomats"
        let state = after(4, &[Shift, Left, Shift, Shift, Left, Right, Reduce, Left]);
        assert!(state.is_done());
        assert_eq!((0..4).map(|token| state.links(token).head).collect::<Vec<_>>(), [1, 4, 3, 1]);
        assert_eq!((state.links(1).left[0], state.links(1).right[0], state.links(3).left[0]), (0, 3, 2));
        assert_eq!(state.links(4).left[0], 1);
        assert_eq!(state.links(0).label, 7);
    }

    #[test]
    fn links_of_no_token_lead_to_no_token() {
        let state = after(2, &[]);
        let none = state.none();
        assert_eq!((state.stacked(0), state.stacked(3), state.buffered(9)), (none, none, none));
        assert_eq!((state.links(none).head, state.links(none).left[1]), (none, none));
        assert_eq!(state.buffered(2), state.root());
    }

    #[test]
    fn a_sentence_without_tokens_is_done() {
        assert!(after(0, &[]).is_done());
    }
}
