//! Training of the parser by a dynamic oracle that lets it explore the states its own errors lead to (Goldberg & Nivre 2012).

use super::{
    Example, Sentence,
    averaged::{Averaged, AveragedMoves},
};
use crate::syntax::{
    keys::Keys,
    oracle,
    parser::{features, label_features},
    settled::{Settled, settled_key},
    state::{Index, MOVES, State},
    weights::{Rows, Weight},
};
use fastrand::Rng;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of the table of moves, a power of two.
const MOVE_ROWS: usize = 1 << 22;
/// So many rows are kept; each takes four bytes of the file.
const KEPT_ROWS: usize = 1_350_000;
const LEAST_CHANGES: u32 = 3;
/// After the first round, so many of ten wrong moves are made all the same, to learn how to go on from there.
const EXPLORED: u32 = 9;

/// The relations that occur, in the order of their names.
pub(super) fn labels(sentences: &[&Sentence]) -> Vec<String> {
    let names: BTreeSet<&str> = sentences.iter().flat_map(|sentence| &sentence.words).map(|word| word.relation.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// Returns the table of moves and that of the labels which are guessed on the way.
pub(super) fn train(examples: &[Example], settled: &Settled, labels: usize, rounds: usize) -> (Vec<[Weight; MOVES.len()]>, Rows) {
    let mut lesson = Lesson {
        settled,
        moves: AveragedMoves::new(MOVE_ROWS),
        labels: Averaged::new(labels),
        state: State::default(),
        keys: Keys::default(),
        random: Rng::with_seed(super::SEED),
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for round in 0..rounds {
        lesson.random.shuffle(&mut order);
        for example in &order {
            lesson.learn(&examples[*example], round);
        }
    }
    (lesson.moves.finish(KEPT_ROWS), lesson.labels.finish(LEAST_CHANGES))
}

/// An arc is settled after that many sightings, of which at most one in [`SETTLED_ERRORS`] had another label.
const SETTLED_SIGHTINGS: u32 = 40;
const SETTLED_ERRORS: u32 = 250;

/// Arcs whose label need not be guessed.
pub(super) fn settled(examples: &[Example]) -> Settled {
    let mut seen: FxHashMap<u64, BTreeMap<u8, u32>> = FxHashMap::default();
    for example in examples {
        for (place, (head, label)) in example.heads.iter().zip(&example.labels).enumerate() {
            *seen.entry(settled_key(&example.tokens, *head, place as Index)).or_default().entry(*label).or_default() += 1;
        }
    }
    let settled = |labels: BTreeMap<u8, u32>| {
        let sightings: u32 = labels.values().sum();
        let (label, count) = labels.into_iter().max_by_key(|(_, count)| *count)?;
        (sightings >= SETTLED_SIGHTINGS && (sightings - count) * SETTLED_ERRORS <= sightings).then_some(label)
    };
    seen.into_iter().filter_map(|(key, labels)| Some((key, settled(labels)?))).collect()
}

struct Lesson<'a> {
    settled: &'a Settled,
    moves: AveragedMoves,
    labels: Averaged,
    state: State,
    keys: Keys,
    random: Rng,
}

impl Lesson<'_> {
    fn learn(&mut self, example: &Example, round: usize) {
        self.state.start(example.heads.len());
        while !self.state.is_done() {
            let step = self.learn_move(example, round);
            let label = match self.state.arc(MOVES[step]) {
                Some((head, dependent)) if head != self.state.root() => self.learn_label(example, head, dependent, round),
                _ => 0,
            };
            self.state.apply(MOVES[step], label);
        }
    }

    /// Guesses and learns the next move, and returns the one to make.
    fn learn_move(&mut self, example: &Example, round: usize) -> usize {
        let costs = oracle::costs(&self.state, &example.heads);
        let mut allowed = (0..MOVES.len()).filter(|column| costs[*column].is_some());
        let first = allowed.next().expect("a move is allowed until the tree is done");
        if allowed.next().is_none() {
            return first;
        }
        features(&self.state, &example.tokens, &mut self.keys);
        let scores = self.moves.score(&self.keys);
        let best_of = |least: Option<u32>| {
            let among = (0..MOVES.len()).filter(|column| costs[*column].is_some_and(|cost| least.is_none_or(|least| cost == least)));
            among.reduce(|best, column| if scores[column] > scores[best] { column } else { best }).expect("a move is allowed")
        };
        let guess = best_of(None);
        let least = costs.iter().flatten().min().copied();
        let right = costs[guess] == least;
        let gold = if right { guess } else { best_of(least) };
        self.moves.learn(&self.keys, gold, guess);
        if round > 0 && self.random.u32(..10) < EXPLORED { guess } else { gold }
    }

    /// Guesses the label of an arc, learns it if the arc is right, and returns the one to use.
    fn learn_label(&mut self, example: &Example, head: Index, dependent: Index, round: usize) -> u32 {
        if let Some(label) = self.settled.get(&settled_key(&example.tokens, head, dependent)) {
            return u32::from(*label);
        }
        label_features(&self.state, &example.tokens, head, dependent, &mut self.keys);
        let guess = self.labels.best(&self.keys);
        if example.heads[dependent as usize] != head {
            return guess as u32;
        }
        let gold = usize::from(example.labels[dependent as usize]);
        self.labels.learn(&self.keys, gold, guess);
        if round == 0 { gold as u32 } else { guess as u32 }
    }
}
