//! Weights of features that speak for or against a few of many classes: tags of words, relations of arcs.

use super::{
    keys::{Keys, MOST_KEYS},
    pages::Pages,
    weights::{MAX_CLASSES, Rows, Weight, decode},
};

/// Marks a slot without a feature.
const EMPTY: u32 = u32::MAX;

/// Marks a slot whose row is a long one.
const LONG: u32 = 1 << 31;

/// Rows with more classes are long ones: adding them block by block is then faster.
const LONGEST_SHORT: usize = 12;

/// How many classes are summed up together.
const BLOCK: usize = 8;

/// Which keys a table may know: a bit for each place of a table that is so small that it stays in the processor's cache. Most features
/// of a sentence were never seen in training, and need not be looked for in the large tables.
#[derive(Debug)]
struct Filter {
    bits: Vec<u64>,
    /// How many bits of a key its place leaves out.
    shift: u32,
}

impl Filter {
    /// A key that is not known finds another one's bit in at most one of eight cases.
    fn new(keys: &[u32]) -> Self {
        let places = (keys.len() * 8).next_power_of_two().max(64);
        let shift = u32::BITS - places.trailing_zeros();
        let mut bits = vec![0; places / 64];
        for place in keys.iter().map(|key| (key >> shift) as usize) {
            bits[place / 64] |= 1 << (place % 64);
        }
        Self { bits, shift }
    }

    /// Copies the keys that may be known to the front of `kept` and says how many they are.
    #[inline(always)]
    fn sift(&self, keys: &[u32], kept: &mut [u32; MOST_KEYS]) -> usize {
        let mask = self.bits.len() - 1;
        let mut count = 0;
        for key in keys {
            let place = (key >> self.shift) as usize;
            kept[count] = *key;
            count += ((self.bits[(place / 64) & mask] >> (place % 64)) & 1) as usize;
        }
        count
    }
}

/// Working memory of a decision: which rows its features lead to, and one score a class.
#[derive(Debug)]
pub(super) struct Scoring {
    scores: [i32; MAX_CLASSES],
    kept: [u32; MOST_KEYS],
    slots: [[u32; 2]; MOST_KEYS],
    /// Where short rows start, and how long they are.
    short: [(u32, u8); MOST_KEYS],
    /// Where long rows start.
    long: [u32; MOST_KEYS],
}

impl Default for Scoring {
    fn default() -> Self {
        let (kept, slots, short, long) = ([0; MOST_KEYS], [[0; 2]; MOST_KEYS], [(0, 0); MOST_KEYS], [0; MOST_KEYS]);
        Self { scores: [0; MAX_CLASSES], kept, slots, short, long }
    }
}

/// A hash table with open addressing over rows of weights. Rows with many classes hold a weight for every class, which are summed by
/// blocks; the others hold (class, weight).
#[derive(Debug)]
pub(super) struct Sparse {
    classes: usize,
    filter: Filter,
    /// The slot of a key is said by its high bits, so that keys in their order are filled in from front to back.
    shift: u32,
    /// (key, start of the row in `entries`, or [`LONG`] and its start in `blocks`).
    slots: Pages<[u32; 2]>,
    /// Each short row: its length in the class's place, then its classes and the bytes of its weights.
    entries: Pages<[u8; 2]>,
    /// Long rows, all of the same number of blocks.
    blocks: Pages<[i16; BLOCK]>,
}

impl Sparse {
    /// A table that tells `classes` classes apart, of which there are at most [`MAX_CLASSES`].
    pub(super) fn new(classes: usize, rows: &Rows) -> Self {
        let capacity = (rows.keys.len() * 4 / 3 + 1).next_power_of_two();
        let shorts = rows.lengths.iter().map(|length| usize::from(*length)).filter(|length| *length <= LONGEST_SHORT);
        let (count, size) = shorts.fold((0, 0), |(count, size), length| (count + 1, size + 1 + length));
        let width = classes.div_ceil(BLOCK);
        let mut table = Self {
            classes,
            filter: Filter::new(&rows.keys),
            shift: u32::BITS - capacity.trailing_zeros(),
            slots: Pages::zeroed(capacity),
            entries: Pages::zeroed(size),
            blocks: Pages::zeroed((rows.lengths.len() - count) * width),
        };
        table.slots.all_mut().fill([0, EMPTY]);
        let (mut entry, mut block) = (0, 0);
        let mut unread = rows.entries.as_slice();
        for (key, length) in rows.keys.iter().zip(&rows.lengths) {
            let (row, rest) = unread.split_at(usize::from(*length).min(unread.len()));
            unread = rest;
            let slot = slot(table.slots.all(), table.shift, *key);
            if usize::from(*length) > LONGEST_SHORT {
                table.slots.all_mut()[slot] = [*key, LONG | block as u32];
                put_long(&mut table.blocks.all_mut()[block..block + width], row);
                block += width;
            } else {
                table.slots.all_mut()[slot] = [*key, entry as u32];
                put_short(&mut table.entries.all_mut()[entry..=entry + row.len()], row);
                entry += 1 + row.len();
            }
        }
        table
    }

    /// The class with the highest score among the choices, or without any among all; the first one of equals.
    pub(super) fn best(&self, keys: &Keys, choices: Option<&[u8]>, work: &mut Scoring) -> usize {
        self.score(keys, choices, work);
        let scores = &work.scores;
        let higher = |best: usize, class: usize| if scores[class] > scores[best] { class } else { best };
        let best = match choices {
            Some(choices) => choices.iter().map(|class| usize::from(*class)).reduce(higher),
            None => (0..self.classes).reduce(higher),
        };
        best.unwrap_or(0)
    }

    /// Sets the scores of the choices, or without any those of all classes, to the sums of the features' weights.
    #[inline(always)]
    fn score(&self, keys: &Keys, choices: Option<&[u8]>, work: &mut Scoring) {
        let block = |class: &u8| 1_u64 << (usize::from(*class) / BLOCK);
        let wanted = choices.map_or(u64::MAX, |choices| choices.iter().fold(0, |blocks, class| blocks | block(class)));
        let (shorts, longs) = self.find(keys, work);
        work.scores[..self.classes].fill(0);
        self.sum_blocks(&work.long[..longs], wanted, &mut work.scores);
        let entries = self.entries.all();
        for (start, length) in &work.short[..shorts] {
            let first = *start as usize + 1;
            for [class, weight] in &entries[first..first + usize::from(*length)] {
                work.scores[usize::from(*class)] += i32::from(decode(Weight::from_ne_bytes([*weight])));
            }
        }
    }

    /// Looks up the rows of some keys; says how many are short, and how many long.
    ///
    /// All slots are read before one is compared, and all beginnings before one row is added: the memory then works on many at once.
    #[inline(always)]
    fn find(&self, keys: &Keys, work: &mut Scoring) -> (usize, usize) {
        let count = self.filter.sift(keys.all(), &mut work.kept);
        let slots = self.slots.all();
        for (read, key) in work.slots.iter_mut().zip(&work.kept[..count]) {
            *read = slots[(u64::from(*key) >> self.shift) as usize & (slots.len() - 1)];
        }
        let (mut shorts, mut longs) = (0, 0);
        for ([holder, first], key) in work.slots.iter().zip(&work.kept[..count]) {
            let start = if holder == key || *first == EMPTY { *first } else { slots[slot(slots, self.shift, *key)][1] };
            work.short[shorts].0 = start;
            work.long[longs] = start & !LONG;
            shorts += usize::from(start & LONG == 0);
            longs += usize::from(start & LONG != 0 && start != EMPTY);
        }
        let entries = self.entries.all();
        for (start, length) in &mut work.short[..shorts] {
            *length = entries[*start as usize][0];
        }
        (shorts, longs)
    }

    /// Sets the scores of the wanted blocks of classes to the sums of long rows; two rows at a time, of which the sum fits into 16 bits.
    #[inline(always)]
    fn sum_blocks(&self, starts: &[u32], wanted: u64, scores: &mut [i32; MAX_CLASSES]) {
        let blocks = self.blocks.all();
        let (pairs, rest) = starts.as_chunks::<2>();
        for (place, scores) in scores.as_chunks_mut::<BLOCK>().0[..self.classes.div_ceil(BLOCK)].iter_mut().enumerate() {
            if (wanted >> place) & 1 == 0 {
                continue;
            }
            let mut sums = [0; BLOCK];
            for [first, second] in pairs {
                let (first, second) = (&blocks[*first as usize + place], &blocks[*second as usize + place]);
                for ((sum, first), second) in sums.iter_mut().zip(first).zip(second) {
                    *sum += i32::from(first + second);
                }
            }
            for start in rest {
                for (sum, weight) in sums.iter_mut().zip(&blocks[*start as usize + place]) {
                    *sum += i32::from(*weight);
                }
            }
            *scores = sums;
        }
    }
}

/// Writes a short row to its entries.
fn put_short(entries: &mut [[u8; 2]], row: &[(u8, Weight)]) {
    let [first, rest @ ..] = entries else { return };
    *first = [row.len() as u8, 0];
    for (entry, (class, weight)) in rest.iter_mut().zip(row) {
        *entry = [*class, weight.cast_unsigned()];
    }
}

/// Writes a long row to its blocks, in which every class has a place.
fn put_long(blocks: &mut [[i16; BLOCK]], row: &[(u8, Weight)]) {
    for (class, weight) in row {
        blocks[usize::from(*class) / BLOCK][usize::from(*class) % BLOCK] = decode(*weight);
    }
}

/// The slot of a key: the one that holds it or the empty one where it would go.
fn slot(slots: &[[u32; 2]], shift: u32, key: u32) -> usize {
    let mask = slots.len() - 1;
    let mut slot = (u64::from(key) >> shift) as usize & mask;
    loop {
        let [found, start] = slots[slot];
        if found == key || start == EMPTY {
            return slot;
        }
        slot = (slot + 1) & mask;
    }
}

#[cfg(test)]
mod tests {
    use super::{super::keys::Features, *};

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
        let mut work = Scoring::default();
        assert_eq!(Sparse::new(3, &rows).best(&all, None, &mut work), 2);
        assert_eq!(work.scores[..3], [25, 0, 91]);
        assert_eq!(Sparse::new(3, &Rows::default()).best(&all, None, &mut work), 0);
    }

    #[test]
    fn chooses_only_among_the_choices() {
        let all = keys(&[1]);
        let mut rows = Rows::default();
        rows.push(all.all()[0], (0..20).map(|class| (class, class as Weight)));
        let table = Sparse::new(20, &rows);
        let mut work = Scoring::default();
        let mut best = |choices: &[u8]| table.best(&all, Some(choices), &mut work);
        assert_eq!([best(&[3, 7, 5]), best(&[6]), best(&[])], [7, 6, 0]);
    }

    #[test]
    fn keeps_rows_whose_slots_collide() {
        let mut rows = Rows::default();
        for number in 0..64 {
            rows.push(number, [(1, number as Weight)].into_iter());
        }
        let table = Sparse::new(2, &rows);
        let slots = table.slots.all();
        assert_eq!(63_u64 >> table.shift, 0);
        let found: Vec<u8> =
            rows.keys.iter().map(|key| table.entries.all()[slots[slot(slots, table.shift, *key)][1] as usize + 1][1]).collect();
        assert_eq!(found, (0..64).collect::<Vec<u8>>());
    }

    #[test]
    fn long_rows_are_summed_like_short_ones() {
        let all = keys(&[5]);
        let mut rows = Rows::default();
        rows.push(all.all()[0], (0..20).map(|class| (class, class as Weight - 10)));
        let mut work = Scoring { scores: [7; MAX_CLASSES], ..Scoring::default() };
        assert_eq!(Sparse::new(21, &rows).best(&all, None, &mut work), 19);
        assert_eq!((work.scores[0], work.scores[10], work.scores[19], work.scores[20]), (-100, 0, 81, 0));
    }
}
