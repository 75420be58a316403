//! Decisions that a few features are sure of. Most are plain ("the" is left of its noun, "said" is a verb in the past); the many
//! features of moves, tags and relations are looked up only for the others (compare Strubell et al. 2015, Learning Dynamic Feature
//! Selection for Fast Sequential Prediction).

use super::{
    keys::Keys,
    parser::{Token, distance},
    state::State,
    weights::{Dense, MoveRow},
};

/// The most classes that a quick table chooses among: one weight each stands in a row.
pub(super) const COLUMNS: usize = size_of::<MoveRow>();

/// A small table of weights, and how far a class must lead to be chosen without further questions.
#[derive(Debug)]
pub(super) struct Quick {
    pub weights: Dense,
    pub lead: i32,
}

/// The rows of a quick table and the lead that it asks for.
#[derive(Clone, Debug)]
pub(super) struct QuickRows {
    pub rows: Vec<MoveRow>,
    pub lead: u32,
}

impl QuickRows {
    /// A table that is never sure.
    pub(super) fn unsure() -> Self {
        Self { rows: vec![MoveRow::default()], lead: u32::MAX }
    }

    pub(super) fn into_table(self) -> Quick {
        Quick { weights: Dense::new(self.rows), lead: i32::try_from(self.lead).unwrap_or(i32::MAX) }
    }
}

impl Quick {
    /// The column that is sure among the allowed ones, if one is.
    #[inline]
    pub(super) fn sure(&self, keys: &Keys, allowed: [bool; COLUMNS]) -> Option<usize> {
        let scores = self.weights.score(keys);
        let best = (0..COLUMNS).filter(|column| allowed[*column]).reduce(|a, b| if scores[b] > scores[a] { b } else { a })?;
        let leads = (0..COLUMNS).all(|column| column == best || !allowed[column] || scores[best] - scores[column] >= self.lead);
        leads.then_some(best)
    }

    /// The class that is sure among a few, if one is.
    #[inline]
    pub(super) fn sure_of(&self, keys: &Keys, choices: &[u8]) -> Option<u8> {
        self.sure(keys, first_columns(choices.len())).map(|column| choices[column])
    }
}

/// That many columns from the first on.
#[inline]
pub(super) fn first_columns(count: usize) -> [bool; COLUMNS] {
    std::array::from_fn(|column| column < count)
}

/// Fills `keys` with the few features of the next move.
pub(super) fn move_features(state: &State, tokens: &[Token], keys: &mut Keys) {
    let token = |index| &tokens[index as usize];
    let (top, next) = (state.stacked(0), state.buffered(0));
    let (s0, s1) = (token(top), token(state.stacked(1)));
    let [n0, n1, n2] = [0, 1, 2].map(|place| token(state.buffered(place)));
    let (links, n0_links) = (state.links(top), state.links(next));
    let (head, left, n0_left) = (token(links.head), token(links.left[0]), token(n0_links.left[0]));
    let headed = u64::from(state.has_head(top));
    let apart = if top == state.none() { 9 } else { distance(top, next) };
    let [lefts, rights, n0_lefts] = [links.left_count, links.right_count, n0_links.left_count].map(|count| u64::from(count.min(3)));

    let verbs = u64::from(n0.verbs.saturating_sub(s0.verbs).min(3));
    let signs = u64::from(n0.signs.saturating_sub(s0.signs).min(4));
    keys.start(3000);
    keys.add([s0.word, s0.xpos, headed, n0.xpos]);
    keys.add([s0.xpos, headed, n0.word, n0.xpos]);
    keys.add([s0.word, n0.word]);
    keys.add([s0.xpos, n0.xpos, n1.xpos, n2.xpos]);
    keys.add([s0.word, n0.xpos, n1.xpos]);
    keys.add([s0.xpos, n0.word, n1.xpos]);
    keys.add([s0.xpos, n0.xpos, n1.word]);
    keys.add([s1.xpos, s0.xpos, headed, n0.xpos]);
    keys.add([head.xpos, s0.xpos, n0.xpos, n1.xpos]);
    keys.add([head.word, s0.xpos, n0.xpos]);
    keys.add([s0.xpos, n0.xpos, apart, headed]);
    keys.add([s0.xpos, lefts, rights, headed, n0.xpos]);
    keys.add([s0.xpos, links.right_labels, n0.xpos]);
    keys.add([s0.xpos, left.word, n0.xpos]);
    keys.add([s0.xpos, n0.xpos, n0_lefts, n0_left.word]);
    keys.add([n0.word, n1.xpos, n2.xpos]);
    keys.add([s0.xpos, n0.xpos, n1.xpos, n0_left.xpos]);
    keys.add([left.word, s0.word, n0.xpos]);
    keys.add([s0.word, links.right_labels, n0.xpos]);
    keys.add([s0.xpos, n0.xpos, verbs, signs, headed]);
}
