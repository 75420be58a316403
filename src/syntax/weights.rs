//! Frozen weights of the averaged perceptrons, quantised to whole numbers.

use super::{
    keys::{Keys, MOST_KEYS},
    state::MOVES,
};

/// The most classes that a [`Sparse`] table can tell apart.
pub(super) const MAX_CLASSES: usize = 256;

/// One score a class.
pub(super) type Scores = [i32; MAX_CLASSES];

/// How many features are looked up together.
const BATCH: usize = 64;

/// Marks a slot without a feature.
const EMPTY: u32 = u32::MAX;

/// Marks a slot whose row is a long one.
const LONG: u32 = 1 << 31;

/// Rows with more classes are long ones: adding them block by block is then faster.
const LONGEST_SHORT: usize = 12;

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

/// Which keys a table may know: a bit for each place of a table that is so small that it stays in the processor's cache. Most features
/// of a sentence were never seen in training, and need not be looked for in the large tables.
#[derive(Debug)]
struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    /// Places are below a power of two.
    fn new(places: usize, known: impl Iterator<Item = usize>) -> Self {
        let mut bits = vec![0; places.div_ceil(64)];
        for place in known {
            bits[place / 64] |= 1 << (place % 64);
        }
        Self { bits }
    }

    /// Copies the keys that may be known to the front of `kept` and says how many they are.
    #[inline(always)]
    fn sift(&self, keys: &[u32], place: impl Fn(u32) -> usize, kept: &mut [u32; MOST_KEYS]) -> usize {
        let mask = self.bits.len() - 1;
        let mut count = 0;
        for key in keys {
            let place = place(*key);
            kept[count] = *key;
            count += ((self.bits[(place / 64) & mask] >> (place % 64)) & 1) as usize;
        }
        count
    }
}

/// How many classes are summed up together.
const BLOCK: usize = 8;

/// Features with few classes each: a hash table with open addressing over rows of weights. Rows with many classes hold a weight for
/// every class, which are summed by blocks; the others hold (class, weight).
#[derive(Debug)]
pub(super) struct Sparse {
    classes: usize,
    filter: Filter,
    /// How many bits of a key its place in the filter leaves out.
    filter_shift: u32,
    /// The slot of a key is said by its high bits, so that keys in their order are filled in from front to back.
    shift: u32,
    /// (key, start of the row in `entries`, or [`LONG`] and its start in `blocks`).
    slots: Vec<(u32, u32)>,
    /// Each short row: its length in the class's place, then its classes and weights.
    entries: Vec<(u8, Weight)>,
    /// Long rows, all of the same number of blocks.
    blocks: Vec<[i16; BLOCK]>,
}

/// The rows that one batch of keys leads to.
struct Found {
    /// Where short rows start, and how long they are.
    short: [(u32, u8); BATCH],
    shorts: usize,
    /// Where long rows start.
    long: [u32; BATCH],
    longs: usize,
}

impl Sparse {
    /// A table that tells `classes` classes apart, of which there are at most [`MAX_CLASSES`].
    pub(super) fn new(classes: usize, rows: &Rows) -> Self {
        let capacity = (rows.keys.len() * 4 / 3 + 1).next_power_of_two();
        let shift = u32::BITS - capacity.trailing_zeros();
        let entries = Vec::with_capacity(rows.keys.len() + rows.entries.len());
        // A key that is not known finds another one's bit in at most one of eight cases.
        let places = (rows.keys.len() * 8).next_power_of_two().max(64);
        let filter_shift = u32::BITS - places.trailing_zeros();
        let filter = Filter::new(places, rows.keys.iter().map(|key| (*key >> filter_shift) as usize));
        let mut table = Self { classes, filter, filter_shift, shift, slots: vec![(0, EMPTY); capacity], entries, blocks: Vec::new() };
        let mut unread = rows.entries.as_slice();
        for (key, length) in rows.keys.iter().zip(&rows.lengths) {
            let (row, rest) = unread.split_at(usize::from(*length).min(unread.len()));
            unread = rest;
            let slot = table.slot(*key);
            table.slots[slot] = (*key, table.push(row));
        }
        table
    }

    /// Keeps a row and returns what its slot says.
    fn push(&mut self, row: &[(u8, Weight)]) -> u32 {
        if row.len() <= LONGEST_SHORT {
            let start = self.entries.len() as u32;
            self.entries.push((row.len() as u8, 0));
            self.entries.extend(row);
            return start;
        }
        let start = self.blocks.len();
        self.blocks.resize(start + self.classes.div_ceil(BLOCK), [0; BLOCK]);
        for (class, weight) in row {
            self.blocks[start + usize::from(*class) / BLOCK][usize::from(*class) % BLOCK] = decode(*weight);
        }
        start as u32 | LONG
    }

    /// Sets the scores of the choices, or without any those of all classes, to the sums of the features' weights.
    fn score(&self, keys: &Keys, choices: Option<&[u8]>, scores: &mut Scores) {
        scores[..self.classes].fill(0);
        let mut found = Found { short: [(0, 0); BATCH], shorts: 0, long: [0; BATCH], longs: 0 };
        let mut kept = [0; MOST_KEYS];
        let count = self.filter.sift(keys.all(), |key| (key >> self.filter_shift) as usize, &mut kept);
        for batch in kept[..count].chunks(BATCH) {
            self.find(batch, &mut found);
            let long = &found.long[..found.longs];
            match choices {
                Some(choices) => self.add_chosen(long, choices, scores),
                None => self.add_blocks(long, scores),
            }
            for (start, length) in &found.short[..found.shorts] {
                self.add(*start, *length, scores);
            }
        }
    }

    /// Looks up the rows of a batch of keys.
    ///
    /// All slots are read before one is compared, and all beginnings before one row is added: the memory then works on many at once.
    #[inline(always)]
    fn find(&self, batch: &[u32], found: &mut Found) {
        let mask = self.slots.len() - 1;
        let mut slots = [(0, EMPTY); BATCH];
        for (slot, key) in slots.iter_mut().zip(batch) {
            *slot = self.slots[self.home(*key) & mask];
        }
        (found.shorts, found.longs) = (0, 0);
        for ((holder, first), key) in slots.iter().zip(batch) {
            let start = if holder == key || *first == EMPTY { *first } else { self.slots[self.slot(*key)].1 };
            found.short[found.shorts].0 = start;
            found.long[found.longs] = start & !LONG;
            found.shorts += usize::from(start & LONG == 0);
            found.longs += usize::from(start & LONG != 0 && start != EMPTY);
        }
        for (start, length) in &mut found.short[..found.shorts] {
            *length = self.entries[*start as usize].0;
        }
    }

    #[inline(always)]
    fn add(&self, start: u32, length: u8, scores: &mut Scores) {
        let first = start as usize + 1;
        for (class, weight) in &self.entries[first..first + usize::from(length)] {
            scores[usize::from(*class)] += i32::from(decode(*weight));
        }
    }

    /// Adds what long rows say of a few classes.
    #[inline(always)]
    fn add_chosen(&self, starts: &[u32], choices: &[u8], scores: &mut Scores) {
        for class in choices.iter().map(|class| usize::from(*class)) {
            let weight = |start: &u32| i32::from(self.blocks[*start as usize + class / BLOCK][class % BLOCK]);
            scores[class] += starts.iter().map(weight).sum::<i32>();
        }
    }

    /// Adds long rows, block by block.
    #[inline(always)]
    fn add_blocks(&self, starts: &[u32], scores: &mut Scores) {
        let scores = scores.as_chunks_mut::<BLOCK>().0;
        for (place, sums) in scores[..self.classes.div_ceil(BLOCK)].iter_mut().enumerate() {
            for start in starts {
                let block = &self.blocks[*start as usize + place];
                for (sum, weight) in sums.iter_mut().zip(block) {
                    *sum += i32::from(*weight);
                }
            }
        }
    }

    /// The class with the highest score among the choices, or without any among all; the first one of equals.
    pub(super) fn best(&self, keys: &Keys, choices: Option<&[u8]>, scores: &mut Scores) -> usize {
        self.score(keys, choices, scores);
        let higher = |best: usize, class: usize| if scores[class] > scores[best] { class } else { best };
        let best = match choices {
            Some(choices) => choices.iter().map(|class| usize::from(*class)).reduce(higher),
            None => (0..self.classes).reduce(higher),
        };
        best.unwrap_or(0)
    }

    #[inline(always)]
    fn home(&self, key: u32) -> usize {
        (u64::from(key) >> self.shift) as usize
    }

    /// The slot of a key: the one that holds it or the empty one where it would go.
    #[inline]
    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = self.home(key) & mask;
        loop {
            let (found, start) = self.slots[slot];
            if found == key || start == EMPTY {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Weights of the four moves for hashed features: a power of two of rows without keys, whose collisions were there in training too.
/// They stay as they are in the file, for what fits into the processor's cache is worth more than what it saves to decode them.
#[derive(Debug)]
pub(super) struct Dense {
    rows: Vec<MoveRow>,
}

impl Dense {
    /// A table of a power of two of rows.
    pub(super) fn new(rows: Vec<MoveRow>) -> Self {
        assert!(rows.len().is_power_of_two(), "rows are found by the low bits of a key");
        Self { rows }
    }

    /// The sums of the features' weights. No row waits for another, so that the memory works on many at once.
    #[inline]
    pub(super) fn score(&self, keys: &Keys) -> [i32; MOVES.len()] {
        let mask = self.rows.len() - 1;
        let mut scores = [0; MOVES.len()];
        for key in keys.all() {
            let row = self.rows[*key as usize & mask].map(decode);
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += i32::from(weight);
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(values: &[u64]) -> Keys {
        let mut keys = Keys::default();
        for value in values {
            keys.start(0);
            keys.add([*value]);
        }
        keys
    }

    #[test]
    fn sums_the_rows_that_are_known() {
        let mut all = Keys::default();
        all.start(0);
        all.add([1]);
        all.add([2]);
        all.add([3]);
        let [first, second, _] = all.all() else { panic!("three keys") };
        let mut rows = Rows::default();
        rows.push(*first, [(0, 5), (2, -3)].into_iter());
        rows.push(*second, [(2, 10)].into_iter());
        let mut scores = [0; MAX_CLASSES];
        assert_eq!(Sparse::new(3, &rows).best(&all, None, &mut scores), 2);
        assert_eq!(scores[..3], [25, 0, 91]);
        assert_eq!(Sparse::new(3, &Rows::default()).best(&all, None, &mut scores), 0);
    }

    #[test]
    fn chooses_only_among_the_choices() {
        let all = keys(&[1]);
        let mut rows = Rows::default();
        rows.push(all.all()[0], (0..20).map(|class| (class, class as Weight)));
        let table = Sparse::new(20, &rows);
        let mut scores = [0; MAX_CLASSES];
        let mut best = |choices: &[u8]| table.best(&all, Some(choices), &mut scores);
        assert_eq!([best(&[3, 7, 5]), best(&[6]), best(&[])], [7, 6, 0]);
    }

    #[test]
    fn keeps_rows_whose_slots_collide() {
        let mut rows = Rows::default();
        for number in 0..64 {
            rows.push(number, [(1, number as Weight)].into_iter());
        }
        let table = Sparse::new(2, &rows);
        assert_eq!(table.home(63), 0);
        let found: Vec<Weight> = rows.keys.iter().map(|key| table.entries[table.slots[table.slot(*key)].1 as usize + 1].1).collect();
        assert_eq!(found, (0..64).collect::<Vec<Weight>>());
    }

    #[test]
    fn long_rows_are_summed_like_short_ones() {
        let all = keys(&[5]);
        let mut rows = Rows::default();
        rows.push(all.all()[0], (0..20).map(|class| (class, class as Weight - 10)));
        let mut scores = [7; MAX_CLASSES];
        assert_eq!(Sparse::new(21, &rows).best(&all, None, &mut scores), 19);
        assert_eq!((scores[0], scores[10], scores[19], scores[20]), (-100, 0, 81, 0));
    }

    #[test]
    fn dense_rows_are_found_by_the_low_bits() {
        let keys = keys(&[9]);
        let mut rows = vec![[0; 4]; 8];
        rows[keys.all()[0] as usize % 8] = [1, -2, 3, -4];
        assert_eq!(Dense::new(rows).score(&keys), [1, -4, 9, -16]);
    }

    #[test]
    fn bytes_come_near_to_small_and_large_weights() {
        assert_eq!([encode(1.0), encode(-1.0), encode(0.0)], [127, -127, 0]);
        for share in [1.0, -0.5, 0.1, -0.02, 0.001] {
            let decoded = f64::from(decode(encode(share))) / f64::from(decode(127));
            assert!((decoded - share).abs() <= 0.15 * share.abs(), "{share} became {decoded}");
        }
    }
}
