//! Frozen weights of the averaged perceptrons, quantised to whole numbers, as the model file holds them.

use super::state::MOVES;

/// The most classes that a table can tell apart.
pub(super) const MAX_CLASSES: usize = 256;

/// A weight as the model file holds it: the root of its size, so that a byte reaches from the smallest to the largest one with
/// errors that grow with the weight.
pub(super) type Weight = i8;

/// One weight a move.
pub(super) type MoveRow = [Weight; MOVES.len()];

/// The weight that scores are sums of.
#[inline]
pub(super) fn decode(weight: Weight) -> i16 {
    i16::from(weight) * i16::from(weight).abs()
}

/// The nearest that the model file can say to a share (-1 to 1) of the largest weight.
pub(super) fn encode(share: f64) -> Weight {
    (share.abs().sqrt().copysign(share) * f64::from(Weight::MAX)).round() as Weight
}

/// Trained rows: for each feature key the classes that it speaks for or against, with their weights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub keys: Vec<u32>,
    /// How many entries belong to each key.
    pub lengths: Vec<u8>,
    /// The classes and [`Weight`]s of all keys, one key's after the other's.
    pub entries: Vec<(u8, Weight)>,
}

impl Rows {
    pub(super) fn push(&mut self, key: u32, entries: impl Iterator<Item = (u8, Weight)>) {
        let before = self.entries.len();
        self.entries.extend(entries);
        self.lengths.push(u8::try_from(self.entries.len() - before).expect("a row has fewer than 256 classes"));
        self.keys.push(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_near_to_small_and_large_weights() {
        assert_eq!([encode(1.0), encode(-1.0), encode(0.0)], [127, -127, 0]);
        for share in [1.0, -0.5, 0.1, -0.02, 0.001] {
            let decoded = f64::from(decode(encode(share))) / f64::from(decode(127));
            assert!((decoded - share).abs() <= 0.15 * share.abs(), "{share} became {decoded}");
        }
    }
}
