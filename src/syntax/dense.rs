//! Weights of the four moves for all features of a move, which are summed up eight at a time: no compiler finds out by itself that
//! processors can do that.

use wide::{i16x8, i32x4, u8x16};

use super::{
    keys::{Features, MOST_KEYS, Templates},
    pages::Pages,
    state::MOVES,
    weights::{MoveRow, Weight},
};

/// How many rows are summed up together.
const ROWS: usize = 4;

/// Weights of the four moves for hashed features: a power of two of rows without keys, whose collisions were there in training too.
/// They stay as they are in the file, for what fits into the processor's cache is worth more than what it saves to decode them.
#[derive(Debug)]
pub(super) struct Dense {
    rows: Pages<MoveRow>,
}

impl Dense {
    /// A table of a power of two of rows.
    pub(super) fn new(rows: Pages<MoveRow>) -> Self {
        assert!(rows.all().len().is_power_of_two(), "rows are found by the low bits of a key");
        Self { rows }
    }

    /// What fetches the rows of features: each as soon as its key is known, so that the memory works on many while the next keys are
    /// made.
    #[inline(always)]
    pub(super) fn fetch_into<'w>(&'w self, fetched: &'w mut Fetched) -> Fetching<'w> {
        Fetching { rows: self.rows.all(), fetched, count: 0, templates: Templates::default() }
    }
}

/// The rows of the features of one move.
#[derive(Debug)]
pub(super) struct Fetched([[MoveRow; ROWS]; MOST_KEYS / ROWS]);

impl Default for Fetched {
    fn default() -> Self {
        Self([[MoveRow::default(); ROWS]; MOST_KEYS / ROWS])
    }
}

/// Puts the rows of features into [`Fetched`].
pub(super) struct Fetching<'w> {
    rows: &'w [MoveRow],
    fetched: &'w mut Fetched,
    count: usize,
    templates: Templates,
}

impl Features for Fetching<'_> {
    #[inline(always)]
    fn start(&mut self, family: u64) {
        self.count = 0;
        self.templates = Templates::from(family);
    }

    #[inline(always)]
    fn add<const N: usize>(&mut self, values: [u64; N]) {
        let key = self.templates.next(values);
        self.fetched.0[self.count / ROWS][self.count % ROWS] = self.rows[key as usize & (self.rows.len() - 1)];
        self.count += 1;
    }
}

impl Fetching<'_> {
    /// The sums of the rows' weights, a column for each move.
    #[inline(always)]
    pub(super) fn sums(self) -> [i32; MOVES.len()] {
        let fours = self.count.div_ceil(ROWS);
        self.fetched.0.as_flattened_mut()[self.count..fours * ROWS].fill(MoveRow::default());
        sum_up(&self.fetched.0[..fours])
    }
}

/// The sums of the decoded weights, a column for each move.
#[inline]
fn sum_up(rows: &[[MoveRow; ROWS]]) -> [i32; MOVES.len()] {
    // Bytes widen without their signs, so they are moved up before and down after.
    let shift = u8x16::splat(1 << 7);
    let wide = |bytes: i16x8| bytes - i16x8::splat(1 << 7);
    // The sum of the columns that stand side by side, with what is in the other columns left out.
    let (even, odd) = (i16x8::from([1, 0, 1, 0, 1, 0, 1, 0]), i16x8::from([0, 1, 0, 1, 0, 1, 0, 1]));
    let (mut of_even, mut of_odd) = (i32x4::ZERO, i32x4::ZERO);
    for rows in rows {
        let mut bytes = [0; ROWS * MOVES.len()];
        for (byte, weight) in bytes.iter_mut().zip(rows.as_flattened()) {
            *byte = Weight::cast_unsigned(*weight);
        }
        let bytes = u8x16::from(bytes) ^ shift;
        let (first, last) = (wide(i16x8::from_u8x16_low(bytes)), wide(i16x8::from_u8x16_high(bytes)));
        // A weight times its size is what it decodes to. The sum of two fits into 16 bits.
        let sums = first * first.abs() + last * last.abs();
        of_even += sums.dot(even);
        of_odd += sums.dot(odd);
    }
    let (even, odd) = (of_even.to_array(), of_odd.to_array());
    [even[0] + even[2], odd[0] + odd[2], even[1] + even[3], odd[1] + odd[3]]
}

#[cfg(test)]
mod tests {
    use super::{super::weights::decode, *};

    #[test]
    fn dense_rows_are_found_by_the_low_bits() {
        let mut rows = vec![[0; 4]; 8];
        rows[Templates::default().next([9]) as usize % 8] = [1, -2, 3, -4];
        let (dense, mut fetched) = (Dense::new(Pages::from(rows.as_slice())), Fetched::default());
        let mut fetching = dense.fetch_into(&mut fetched);
        fetching.start(0);
        fetching.add([9]);
        assert_eq!(fetching.sums(), [1, -4, 9, -16]);
    }

    #[test]
    fn sums_up_what_each_weight_decodes_to() {
        let row = |row: i32| [row * 7 % 255 - 127, -127, 127, -row].map(|weight| weight as Weight);
        let rows: Vec<[MoveRow; ROWS]> = (0..32).map(|four| [0, 1, 2, 3].map(|place| row(4 * four + place))).collect();
        for count in [0, 1, 30, 32] {
            let column = |column: usize| rows[..count].iter().flatten().map(|row| i32::from(decode(row[column]))).sum::<i32>();
            assert_eq!(sum_up(&rows[..count]), std::array::from_fn(column));
        }
    }
}
