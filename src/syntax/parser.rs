//! Greedy arc-eager parsing: each move is the best by rows of four weights, and the arc that it draws gets its usual label for the time
//! being. Guessing that label as well was measured: no arc gets better by it, and it costs a fifth of the time.

use super::{
    dense::{Dense, Fetched},
    moves,
    routine::Routine,
    settled::{Settled, Usual, settled_key, usual_label},
    state::{Index, MOVES, Move, State},
    tagger::Tag,
    tree::Upos,
    words::Word,
};

/// A token as the parser sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub word: u64,
    pub xpos: u64,
    pub upos: u64,
    pub kind: Upos,
    /// How many verbs and how many commas and other signs stand before it.
    pub verbs: u32,
    pub signs: u32,
}

/// Fills `tokens` with the sentence, the root and the token that stands for none.
pub(super) fn read<'a>(words: impl Iterator<Item = (&'a Word, &'a Tag)>, tokens: &mut Vec<Token>) {
    tokens.clear();
    let (mut verbs, mut signs) = (0, 0);
    for (word, tag) in words {
        tokens.push(Token { word: word.lower, xpos: tag.xpos_hash, upos: tag.upos_hash, kind: tag.upos, verbs, signs });
        verbs += u32::from(tag.upos == Upos::Verb);
        signs += u32::from(tag.upos == Upos::Punct);
    }
    for place in [5, 77] {
        tokens.push(Token { word: place, xpos: place, upos: place, kind: Upos::X, verbs, signs });
    }
}

/// The weights of parsing, and the labels that are looked up.
#[derive(Debug)]
pub(super) struct Parser {
    pub moves: Dense,
    pub settled: Settled,
    pub usual: Usual,
    pub routine: Routine,
}

impl Parser {
    /// Builds the tree of `tokens` in `state`.
    pub(super) fn parse(&self, tokens: &[Token], state: &mut State, rows: &mut Fetched) {
        state.start(tokens.len() - 2);
        while !state.is_done() {
            let step = self.step(tokens, state, rows);
            self.make(step, tokens, state);
        }
    }

    /// Makes a move; the arc that it draws gets its usual label.
    #[inline]
    pub(super) fn make(&self, step: Move, tokens: &[Token], state: &mut State) {
        let label = state.arc(step).map_or(0, |(head, dependent)| label(&self.settled, &self.usual, tokens, state, head, dependent));
        state.apply(step, label);
    }

    /// The best move that is allowed, until the tree is done.
    #[inline]
    pub(super) fn step(&self, tokens: &[Token], state: &State, rows: &mut Fetched) -> Move {
        let allowed = heads_only(state.allowed(), tokens, state);
        let mut choices = (0..MOVES.len()).filter(|column| allowed[*column]);
        let first = choices.next().expect("a move is allowed until the tree is done");
        let Some(second) = choices.next() else { return MOVES[first] };
        let routine = self.routine.of(moves::cases(state, tokens)).map(usize::from);
        if let Some(column) = routine.filter(|column| allowed[*column]) {
            return MOVES[column];
        }
        let mut rows = self.moves.fetch_into(rows);
        moves::features(state, tokens, &mut rows);
        let scores = rows.sums();
        let better = |best, column| if scores[column] > scores[best] { column } else { best };
        MOVES[choices.fold(better(first, second), better)]
    }
}

/// The moves that are left when a sign, which is no word, may be no head: the weights do not know that.
#[inline]
fn heads_only(mut allowed: [bool; MOVES.len()], tokens: &[Token], state: &State) -> [bool; MOVES.len()] {
    let is_sign = |token: Index| tokens[token as usize].kind == Upos::Punct;
    for (step, allowed) in MOVES.into_iter().zip(&mut allowed) {
        *allowed &= !state.arc(step).is_some_and(|(head, _)| is_sign(head));
    }
    allowed
}

/// The label that an arc gets while the tree is being built; 0 for one from the root.
pub(super) fn label(settled: &Settled, usual: &Usual, tokens: &[Token], state: &State, head: Index, dependent: Index) -> u32 {
    if head == state.root() {
        return 0;
    }
    let known = settled.get(&settled_key(tokens, head, dependent));
    known.map_or_else(|| usual_label(usual, tokens, head, dependent, state.links(dependent).left[0]), |label| u32::from(*label))
}

/// The distance of two places, in steps that grow.
pub(super) fn distance(left: Index, right: Index) -> u64 {
    match left.abs_diff(right) {
        near @ 0..=5 => u64::from(near),
        6..=10 => 6,
        _ => 7,
    }
}
