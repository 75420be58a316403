//! Training of the parser by a dynamic oracle that lets it explore the states its own errors lead to (Goldberg & Nivre 2012).

use super::{Example, Sentence, averaged::AveragedMoves, sightings::Sightings};
use crate::syntax::{
    keys::Keys,
    moves::features,
    oracle,
    pages::Pages,
    parser::label,
    settled::{Settled, Usual, settled_key, usual_keys},
    state::{Index, MOVES, State},
    weights::MoveRow,
};
use fastrand::Rng;
use std::collections::BTreeSet;

/// Rows of the table of moves, a power of two.
const MOVE_ROWS: usize = 1 << 22;
/// So many rows are kept; each takes four bytes of the file.
const KEPT_ROWS: usize = 1_150_000;
/// The right move shall lead by this: one that leads by less in training is often lost in other sentences.
const MARGIN: f32 = 101.0;
/// After the first round, so many of ten wrong moves are made all the same, to learn how to go on from there.
const EXPLORED: u32 = 9;

/// The relations that occur, in the order of their names.
pub(super) fn labels(sentences: &[&Sentence]) -> Vec<String> {
    let names: BTreeSet<&str> = sentences.iter().flat_map(|sentence| &sentence.words).map(|word| word.relation.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// Returns the table of moves.
pub(super) fn train(examples: &[Example], settled: &Settled, usual: &Usual, rounds: usize) -> Pages<MoveRow> {
    let mut lesson = Lesson {
        settled,
        usual,
        moves: AveragedMoves::new(MOVE_ROWS),
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
    Pages::from(lesson.moves.finish(KEPT_ROWS).as_slice())
}

/// An arc is settled after that many sightings, of which at most one in [`SETTLED_ERRORS`] had another label.
const SETTLED_SIGHTINGS: u32 = 40;
const SETTLED_ERRORS: u32 = 250;
/// An arc's usual label is known after that many sightings.
const USUAL_SIGHTINGS: u32 = 3;

/// Arcs whose label need not be guessed.
pub(super) fn settled(examples: &[Example]) -> Settled {
    let mut seen = Sightings::default();
    for example in examples {
        for (place, (head, label)) in example.heads.iter().zip(&example.labels).enumerate() {
            seen.add(settled_key(&example.tokens, *head, place as Index), *label);
        }
    }
    seen.nearly_constant(SETTLED_SIGHTINGS, SETTLED_ERRORS)
}

/// The most frequent labels, by which the moves are chosen.
pub(super) fn usual(examples: &[Example]) -> Usual {
    let mut seen = Sightings::default();
    for example in examples {
        let mut left = vec![example.tokens.len() as Index - 1; example.tokens.len()];
        for (place, head) in example.heads.iter().enumerate().rev().filter(|(place, head)| *place < **head as usize) {
            left[*head as usize] = place as Index;
        }
        for (place, (head, label)) in example.heads.iter().zip(&example.labels).enumerate() {
            for key in usual_keys(&example.tokens, *head, place as Index, left[place]) {
                seen.add(key, *label);
            }
        }
    }
    seen.most_frequent(USUAL_SIGHTINGS)
}

struct Lesson<'a> {
    settled: &'a Settled,
    usual: &'a Usual,
    moves: AveragedMoves,
    state: State,
    keys: Keys,
    random: Rng,
}

impl Lesson<'_> {
    fn learn(&mut self, example: &Example, round: usize) {
        self.state.start(example.heads.len());
        while !self.state.is_done() {
            let step = self.learn_move(example, round);
            let arc = self.state.arc(MOVES[step]);
            let label = arc.map_or(0, |(head, dependent)| label(self.settled, self.usual, &example.tokens, &self.state, head, dependent));
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
        let gold = best_of(least);
        let wrong = (0..MOVES.len()).filter(|column| costs[*column].is_some() && costs[*column] != least);
        let rival = wrong.reduce(|best, column| if scores[column] > scores[best] { column } else { best });
        self.moves.learn(&self.keys, gold, rival.filter(|rival| scores[gold] - scores[*rival] < MARGIN));
        if round > 0 && self.random.u32(..10) < EXPLORED { guess } else { gold }
    }
}
