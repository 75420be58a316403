//! One-to-one pairs of what is labelled and what is found that agree best as a whole (the Hungarian method).

/// Pairs of indices into `left` and `right` that maximise the sum of `agreement`; those that agree in nothing stay alone.
pub fn pairs<T>(left: &[T], right: &[T], agreement: impl Fn(&T, &T) -> f64) -> Vec<(usize, usize)> {
    let size = left.len().max(right.len());
    let gain = |row: usize, column: usize| match (left.get(row), right.get(column)) {
        (Some(one), Some(other)) => agreement(one, other),
        _ => 0.0,
    };
    let cost: Vec<Vec<f64>> = (0..size).map(|row| (0..size).map(|column| -gain(row, column)).collect()).collect();
    assign(&cost).into_iter().filter(|&(row, column)| gain(row, column) > 0.0).collect()
}

/// The cheapest assignment of rows to columns of a square matrix, as (row, column), by shortest augmenting paths.
fn assign(cost: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let size = cost.len();
    // Rows and columns count from 1 here; 0 is the column from which a new row enters.
    let mut state = Potentials { row: vec![0.0; size + 1], column: vec![0.0; size + 1], row_of: vec![0; size + 1] };
    for row in 1..=size {
        state.row_of[0] = row;
        let (mut at, way) = state.shortest_path(cost);
        while at != 0 {
            state.row_of[at] = state.row_of[way[at]];
            at = way[at];
        }
    }
    (1..=size).map(|column| (state.row_of[column] - 1, column - 1)).collect()
}

/// The dual prices of rows and columns, and the row that each column holds (0: none).
struct Potentials {
    row: Vec<f64>,
    column: Vec<f64>,
    row_of: Vec<usize>,
}

impl Potentials {
    /// Goes on from column 0 to the nearest free column; returns that and the column before each on the way.
    fn shortest_path(&mut self, cost: &[Vec<f64>]) -> (usize, Vec<usize>) {
        let size = cost.len();
        let (mut least, mut used, mut way) = (vec![f64::INFINITY; size + 1], vec![false; size + 1], vec![0; size + 1]);
        let mut at = 0;
        while self.row_of[at] != 0 {
            used[at] = true;
            let row = self.row_of[at];
            for column in (1..=size).filter(|&column| !used[column]) {
                let reduced = cost[row - 1][column - 1] - self.row[row] - self.column[column];
                if reduced < least[column] {
                    (least[column], way[column]) = (reduced, at);
                }
            }
            let free = (1..=size).filter(|&column| !used[column]);
            let next = free.min_by(|&a, &b| least[a].total_cmp(&least[b])).expect("a free column is left");
            self.shift(least[next], &used, &mut least);
            at = next;
        }
        (at, way)
    }

    fn shift(&mut self, by: f64, used: &[bool], least: &mut [f64]) {
        for column in 0..used.len() {
            if used[column] {
                self.row[self.row_of[column]] += by;
                self.column[column] -= by;
            } else {
                least[column] -= by;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_best_whole_and_not_the_best_first() {
        // Greedy would pair 0 with 0 for 5 and leave 0 for the rest; the best whole is 4 + 4.
        let gains = [[5.0, 4.0], [4.0, 0.0]];
        assert_eq!(sorted(pairs(&[0, 1], &[0, 1], |a, b| gains[*a][*b])), [(0, 1), (1, 0)]);
    }

    #[test]
    fn leaves_alone_what_agrees_in_nothing() {
        assert_eq!(sorted(pairs(&["a", "b"], &["b", "c", "d"], |a, b| if a == b { 1.0 } else { 0.0 })), [(1, 0)]);
        assert!(pairs(&[], &["a"], |_: &&str, _| 1.0).is_empty());
    }

    #[test]
    fn is_never_worse_than_any_permutation() {
        // A small generator with a fixed start, so that every run tries the same matrices.
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % 6
        };
        for _ in 0..200 {
            let gains: Vec<Vec<f64>> = (0..4).map(|_| (0..4).map(|_| next() as f64).collect()).collect();
            let rows = [0, 1, 2, 3];
            let sum: f64 = pairs(&rows, &rows, |a, b| gains[*a][*b]).into_iter().map(|(a, b)| gains[a][b]).sum();
            let best = permutations(4).into_iter().map(|order| (0..4).map(|row| gains[row][order[row]]).sum::<f64>());
            assert!((sum - best.fold(0.0, f64::max)).abs() < 1e-9, "{gains:?}");
        }
    }

    fn permutations(size: usize) -> Vec<Vec<usize>> {
        if size == 0 {
            return vec![Vec::new()];
        }
        let put = |order: &Vec<usize>, at: usize| [&order[..at], &[size - 1], &order[at..]].concat();
        permutations(size - 1).iter().flat_map(|order| (0..size).map(move |at| put(order, at))).collect()
    }

    fn sorted(mut pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
        pairs.sort_unstable();
        pairs
    }
}
