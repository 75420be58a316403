//! Sets of numbers that are made anew for every sentence.

/// A set of numbers below a limit, a bit for each: a sentence's is made anew, and small enough to be made fast.
#[derive(Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn new(limit: usize) -> Self {
        Self(vec![0; limit.div_ceil(64)])
    }

    #[inline]
    pub(super) fn contains(&self, number: u32) -> bool {
        (self.0[number as usize / 64] >> (number % 64)) & 1 == 1
    }

    #[inline]
    pub(super) fn add(&mut self, block: &Block) {
        self.0[block.place as usize] |= block.numbers;
    }

    /// Adds a number and says whether it is new.
    #[inline]
    pub(super) fn insert(&mut self, number: u32) -> bool {
        let is_new = !self.contains(number);
        self.0[number as usize / 64] |= 1 << (number % 64);
        is_new
    }
}

/// Some of 64 numbers that follow each other, to be added to a set at once: the lists of a common word are hundreds.
#[derive(Debug)]
pub(super) struct Block {
    place: u32,
    numbers: u64,
}

impl Block {
    /// `numbers` in ascending order.
    pub(super) fn of(numbers: &[u32]) -> Vec<Self> {
        let blocks = numbers.chunk_by(|one, next| one / 64 == next / 64);
        blocks.map(|some| Self { place: some[0] / 64, numbers: some.iter().fold(0, |all, number| all | 1 << (number % 64)) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_adds_its_numbers() {
        let mut bits = Bits::new(200);
        assert!(bits.insert(3) && !bits.insert(3));
        let blocks = Block::of(&[64, 70, 127, 130]);
        assert_eq!(blocks.len(), 2);
        blocks.iter().for_each(|block| bits.add(block));
        let has: Vec<u32> = (0..200).filter(|number| bits.contains(*number)).collect();
        assert_eq!(has, [3, 64, 70, 127, 130]);
    }
}
