//! Averaged perceptrons (Freund & Schapire 1999, Collins 2002) while they learn. The average of all weights that a feature ever
//! had is its last weight less the sum of its changes, each times its date, over the time that has passed.

use crate::syntax::{
    keys::Keys,
    state::MOVES,
    weights::{MAX_CLASSES, MoveRow, Rows, encode},
};
use rustc_hash::FxHashMap;

#[derive(Clone, Copy, Debug)]
struct Average {
    class: u8,
    now: f32,
    dated: f64,
}

#[derive(Debug, Default)]
struct Row {
    weights: Vec<Average>,
    changes: u32,
}

/// A perceptron over features with few classes each.
#[derive(Debug)]
pub(super) struct Averaged {
    classes: usize,
    places: FxHashMap<u32, u32>,
    rows: Vec<Row>,
    scores: Box<[f32; MAX_CLASSES]>,
    time: u32,
}

impl Averaged {
    pub(super) fn new(classes: usize) -> Self {
        assert!(classes <= MAX_CLASSES, "{classes} classes do not fit into a byte");
        Self { classes, places: FxHashMap::default(), rows: Vec::new(), scores: Box::new([0.0; MAX_CLASSES]), time: 0 }
    }

    /// The class with the highest score, the first one of equals.
    pub(super) fn best(&mut self, keys: &Keys) -> usize {
        self.scores.fill(0.0);
        for place in keys.all().iter().filter_map(|key| self.places.get(key)) {
            for weight in &self.rows[*place as usize].weights {
                self.scores[usize::from(weight.class)] += weight.now;
            }
        }
        (1..self.classes).fold(0, |best, class| if self.scores[class] > self.scores[best] { class } else { best })
    }

    /// Learns from the last guess: the right class shall be guessed, and lead by at least the margin.
    pub(super) fn learn(&mut self, keys: &Keys, gold: usize, guess: usize, margin: f32) {
        self.time += 1;
        let others = (0..self.classes).filter(|class| *class != gold);
        let rival = others.reduce(|best, class| if self.scores[class] > self.scores[best] { class } else { best });
        let Some(rival) = rival.filter(|rival| guess != gold || self.scores[gold] - self.scores[*rival] < margin) else { return };
        for key in keys.all() {
            let new = self.rows.len() as u32;
            let place = *self.places.entry(*key).or_insert(new);
            if place == new {
                self.rows.push(Row::default());
            }
            let row = &mut self.rows[place as usize];
            row.changes += 1;
            row.change(gold, 1.0, self.time);
            row.change(rival, -1.0, self.time);
        }
    }

    /// The averages of the features that changed at least that often.
    pub(super) fn finish(self, least_changes: u32) -> Rows {
        let time = f64::from(self.time.max(1));
        let average = |weight: &Average| f64::from(weight.now) - weight.dated / time;
        let kept = || self.rows.iter().filter(|row| row.changes >= least_changes);
        let largest = kept().flat_map(|row| &row.weights).fold(1e-9, |largest, weight| average(weight).abs().max(largest));
        let mut keys: Vec<(u32, u32)> = self.places.into_iter().collect();
        keys.sort_unstable();
        let mut rows = Rows::default();
        for (key, place) in keys {
            let row = &self.rows[place as usize];
            let weights = row.weights.iter().map(|weight| (weight.class, encode(average(weight) / largest)));
            let mut entries = weights.filter(|(_, weight)| *weight != 0).peekable();
            if row.changes >= least_changes && entries.peek().is_some() {
                rows.push(key, entries);
            }
        }
        rows
    }
}

impl Row {
    fn change(&mut self, class: usize, by: f32, time: u32) {
        let class = class as u8;
        let place = self.weights.iter().position(|weight| weight.class == class).unwrap_or_else(|| {
            self.weights.push(Average { class, now: 0.0, dated: 0.0 });
            self.weights.len() - 1
        });
        let weight = &mut self.weights[place];
        weight.now += by;
        weight.dated += f64::from(by) * f64::from(time);
    }
}

/// A perceptron over the four moves, whose features share a fixed number of rows.
#[derive(Debug)]
pub(super) struct AveragedMoves {
    now: Vec<[f32; MOVES.len()]>,
    dated: Vec<[f64; MOVES.len()]>,
    changes: Vec<u32>,
    time: u32,
}

impl AveragedMoves {
    pub(super) fn new(rows: usize) -> Self {
        assert!(rows.is_power_of_two(), "rows are found by the low bits of a key");
        Self { now: vec![[0.0; 4]; rows], dated: vec![[0.0; 4]; rows], changes: vec![0; rows], time: 0 }
    }

    pub(super) fn score(&self, keys: &Keys) -> [f32; MOVES.len()] {
        let mask = self.now.len() - 1;
        let mut scores = [0.0; MOVES.len()];
        for key in keys.all() {
            for (score, weight) in scores.iter_mut().zip(self.now[*key as usize & mask]) {
                *score += weight;
            }
        }
        scores
    }

    /// Learns that `gold` should have led before `rival`; `None` if all is well.
    pub(super) fn learn(&mut self, keys: &Keys, gold: usize, rival: Option<usize>) {
        self.time += 1;
        let Some(rival) = rival else { return };
        let mask = self.now.len() - 1;
        for key in keys.all() {
            let row = *key as usize & mask;
            self.changes[row] += 1;
            for (column, by) in [(gold, 1.0), (rival, -1.0)] {
                self.now[row][column] += by;
                self.dated[row][column] += f64::from(by) * f64::from(self.time);
            }
        }
    }

    /// The averages of at most `most` rows, those that changed most often; the others are set to 0.
    pub(super) fn finish(self, most: usize) -> Vec<MoveRow> {
        let time = f64::from(self.time.max(1));
        let least = (1..).find(|least| self.changes.iter().filter(|changes| *changes >= least).count() <= most).unwrap_or(u32::MAX);
        let average = |row: usize, column: usize| match self.changes[row] >= least {
            true => f64::from(self.now[row][column]) - self.dated[row][column] / time,
            false => 0.0,
        };
        let averages: Vec<[f64; 4]> = (0..self.now.len()).map(|row| [0, 1, 2, 3].map(|column| average(row, column))).collect();
        let largest = averages.as_flattened().iter().fold(1e-9, |largest: f64, average| average.abs().max(largest));
        averages.iter().map(|row| row.map(|average| encode(average / largest))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{keys::Features, weights::Weight};

    fn fill(features: &mut impl Features, value: u64) {
        features.start(0);
        features.add([0]);
        features.add([value]);
    }

    fn keys(value: u64) -> Keys {
        let mut keys = Keys::default();
        fill(&mut keys, value);
        keys
    }

    #[test]
    fn learns_what_can_be_told_apart() {
        let mut averaged = Averaged::new(3);
        for round in 0..30 {
            let keys = keys(round % 3);
            let guess = averaged.best(&keys);
            averaged.learn(&keys, (round % 3) as usize, guess, 0.0);
        }
        assert_eq!([0, 1, 2].map(|value| averaged.best(&keys(value))), [0, 1, 2]);
        let table = crate::syntax::sparse::Sparse::new(3, &averaged.finish(1));
        let mut scoring = crate::syntax::sparse::Scoring::default();
        assert_eq!([0, 1, 2].map(|value| table.best(&keys(value), None, &mut scoring)), [0, 1, 2]);
    }

    #[test]
    fn a_right_guess_is_learned_until_it_leads() {
        let mut averaged = Averaged::new(2);
        let lead = |margin: f32| {
            let guess = averaged.best(&keys(1));
            averaged.learn(&keys(1), 0, guess, margin);
            averaged.best(&keys(1));
            averaged.scores[0] - averaged.scores[1]
        };
        // Each of the two features moves both classes by one.
        assert_eq!([0.0, 1.0, 5.0, 8.0, 9.0].map(lead), [0.0, 4.0, 8.0, 8.0, 12.0]);
    }

    #[test]
    fn the_average_counts_how_long_a_weight_stood() {
        let mut averaged = Averaged::new(2);
        for (value, gold) in [(1, 1); 9].into_iter().chain([(2, 0)]) {
            let guess = averaged.best(&keys(value));
            averaged.learn(&keys(value), gold, guess, 0.0);
        }
        let rows = averaged.finish(1);
        // The first feature stood for nine tenths of the time before the last round took it back; that of value 2 only at the end.
        let weights: Vec<Weight> = rows.entries.iter().filter(|(class, _)| *class == 1).map(|(_, weight)| *weight).collect();
        assert!(weights.contains(&127), "{weights:?}");
    }

    #[test]
    fn moves_keep_their_order_when_cut_to_bytes() {
        let mut moves = AveragedMoves::new(1 << 10);
        for round in 0..40 {
            let keys = keys(round % 4);
            let scores = moves.score(&keys);
            let guess = (1..4).fold(0, |best, column| if scores[column] > scores[best] { column } else { best });
            let gold = (round % 4) as usize;
            moves.learn(&keys, gold, (guess != gold).then_some(guess));
        }
        let dense = crate::syntax::dense::Dense::new(crate::syntax::pages::Pages::from(moves.finish(1 << 10).as_slice()));
        for value in 0..4 {
            let mut fetched = crate::syntax::dense::Fetched::default();
            let mut fetching = dense.fetch_into(&mut fetched);
            fill(&mut fetching, value);
            let scores = fetching.sums();
            assert_eq!(scores.iter().max(), Some(&scores[value as usize]), "{scores:?}");
        }
        assert_eq!(AveragedMoves::new(2).finish(2), [[0; 4]; 2]);
    }
}
