//! Training of the tables that settle plain decisions: logistic regression, so that a lead says how sure a class is, with steps that
//! shrink for each weight by what it has learned (AdaGrad, Duchi et al. 2011).

use crate::syntax::{
    keys::Keys,
    quick::{COLUMNS, QuickRows, first_columns},
    weights::{decode, encode},
};
use fastrand::Rng;

const ROUNDS: usize = 2;
const STEP: f32 = 0.2;

/// How a table is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// A power of two: few enough to stay in a core's own cache.
    pub rows: usize,
    /// So many rows are kept, those with the largest weights.
    pub kept: usize,
    /// A class is chosen without further questions at such odds.
    pub odds: f64,
}

/// A place where more than one class was allowed.
#[derive(Debug)]
pub(super) struct Decision {
    keys: Vec<u32>,
    allowed: [bool; COLUMNS],
    right: [bool; COLUMNS],
}

impl Decision {
    /// What the features `keys` should lead to: the columns that cost least.
    pub(super) fn least(keys: &Keys, costs: [Option<u32>; COLUMNS]) -> Self {
        let least = costs.iter().flatten().min().copied();
        let right = costs.map(|cost| cost.is_some() && cost == least);
        Self { keys: keys.all().to_vec(), allowed: costs.map(|cost| cost.is_some()), right }
    }

    /// The same for a class among a few; `None` if it is not among them.
    pub(super) fn among(keys: &Keys, choices: &[u8], class: u8) -> Option<Self> {
        let column = choices.iter().position(|choice| *choice == class)?;
        let right = std::array::from_fn(|other| other == column);
        Some(Self { keys: keys.all().to_vec(), allowed: first_columns(choices.len()), right })
    }
}

/// Learns from decisions in a random order, several times.
pub(super) fn train(mut decisions: Vec<Decision>, plan: Plan) -> QuickRows {
    assert!(plan.rows.is_power_of_two(), "rows are found by the low bits of a key");
    let mut random = Rng::with_seed(super::SEED);
    let mut table = Table { weights: vec![[0.0; COLUMNS]; plan.rows], squares: vec![[1e-3; COLUMNS]; plan.rows] };
    for _ in 0..ROUNDS {
        random.shuffle(&mut decisions);
        decisions.iter().for_each(|decision| table.learn(decision));
    }
    table.finish(plan)
}

type Row = [f32; COLUMNS];

struct Table {
    weights: Vec<Row>,
    /// The sums of the squared gradients.
    squares: Vec<Row>,
}

impl Table {
    fn learn(&mut self, decision: &Decision) {
        let mask = self.weights.len() - 1;
        let rows = || decision.keys.iter().map(|key| *key as usize & mask);
        let mut scores = [0.0; COLUMNS];
        for row in rows() {
            scores.iter_mut().zip(self.weights[row]).for_each(|(score, weight)| *score += weight);
        }
        let likely = shares(scores, decision.allowed);
        let aim = shares(scores, decision.right);
        for row in rows() {
            for column in 0..COLUMNS {
                let gradient = aim[column] - likely[column];
                self.squares[row][column] += gradient * gradient;
                self.weights[row][column] += STEP * gradient / self.squares[row][column].sqrt();
            }
        }
    }

    fn finish(mut self, plan: Plan) -> QuickRows {
        let mut sizes: Vec<f32> = self.weights.iter().map(size).collect();
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        let least = sizes.get(plan.kept).copied().unwrap_or(0.0);
        self.weights.iter_mut().filter(|row| size(row) <= least).for_each(|row| *row = Row::default());
        let largest = f64::from(sizes.first().copied().unwrap_or(0.0)).max(1e-9);
        let rows = self.weights.iter().map(|row| row.map(|weight| encode(f64::from(weight) / largest))).collect();
        let lead = plan.odds.ln() / largest * f64::from(decode(i8::MAX));
        QuickRows { rows, lead: lead.ceil() as u32 }
    }
}

/// The largest weight of a row, whatever its sign.
fn size(row: &Row) -> f32 {
    row.iter().fold(0.0, |largest, weight| largest.max(weight.abs()))
}

/// The probabilities of the columns in question.
fn shares(scores: Row, of: [bool; COLUMNS]) -> Row {
    let highest = (0..COLUMNS).filter(|column| of[*column]).map(|column| scores[column]).fold(f32::NEG_INFINITY, f32::max);
    let mut shares = Row::default();
    for column in (0..COLUMNS).filter(|column| of[*column]) {
        shares[column] = (scores[column] - highest).exp();
    }
    let sum: f32 = shares.iter().sum();
    shares.map(|share| share / sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::quick::Quick;

    fn keys(value: u64) -> Keys {
        let mut keys = Keys::default();
        keys.start(0);
        keys.add([value]);
        keys
    }

    #[test]
    fn is_sure_of_what_was_always_so_and_of_nothing_else() {
        let plain = (0..400).filter_map(|_| Decision::among(&keys(1), &[7, 9], 9));
        let open = (0..400).filter_map(|number| Decision::among(&keys(2), &[7, 9], if number % 2 == 0 { 7 } else { 9 }));
        let quick: Quick = train(plain.chain(open).collect(), Plan { rows: 1 << 8, kept: 1 << 8, odds: 20.0 }).into_table();
        assert_eq!([quick.sure_of(&keys(1), &[7, 9]), quick.sure_of(&keys(2), &[7, 9])], [Some(9), None]);
        assert!(Decision::among(&keys(1), &[7, 9], 8).is_none());
    }
}
