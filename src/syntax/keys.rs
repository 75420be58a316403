//! Feature keys: each template and its values are hashed to 32 bits, which are looked up in the weight tables.

/// The multiplier of the Fx hash (rustc): cheap, and its high bits are good enough for tables that are trained with their own collisions.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

/// Mixes a value into a hash.
#[inline(always)]
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(26) ^ value).wrapping_mul(MULTIPLIER)
}

/// The hash of a string's bytes (FNV-1a with a last mix).
#[inline]
pub(super) fn text(bytes: &[u8]) -> u64 {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^ (hash >> 31)
}

/// The most keys that one decision has.
pub(super) const MOST_KEYS: usize = 128;

/// Makes the keys of one decision; templates are told apart by the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Templates(u64);

impl Templates {
    /// The key of the next template with its values.
    #[inline(always)]
    pub(super) fn next<const N: usize>(&mut self, values: [u64; N]) -> u32 {
        self.0 += 1;
        let seed = self.0.wrapping_mul(0xd6e8_feb8_6659_fd93);
        (values.into_iter().fold(seed, mix) >> 32) as u32
    }
}

impl From<u64> for Templates {
    /// Those of a family; families that share a table must start at different numbers.
    fn from(family: u64) -> Self {
        Self(family)
    }
}

/// What takes the features of a decision, one template after the other.
pub(super) trait Features {
    /// Forgets the last decision; the next one's templates are those of a family.
    fn start(&mut self, family: u64);

    /// Adds the next template with its values.
    fn add<const N: usize>(&mut self, values: [u64; N]);
}

/// The keys of one decision.
#[derive(Debug)]
pub(super) struct Keys {
    keys: [u32; MOST_KEYS],
    count: usize,
    templates: Templates,
}

impl Default for Keys {
    fn default() -> Self {
        Self { keys: [0; MOST_KEYS], count: 0, templates: Templates::default() }
    }
}

impl Features for Keys {
    #[inline]
    fn start(&mut self, family: u64) {
        self.count = 0;
        self.templates = Templates::from(family);
    }

    #[inline(always)]
    fn add<const N: usize>(&mut self, values: [u64; N]) {
        self.keys[self.count] = self.templates.next(values);
        self.count += 1;
    }
}

impl Keys {
    #[inline]
    pub(super) fn all(&self) -> &[u32] {
        &self.keys[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_templates_and_orders_apart() {
        let mut keys = Keys::default();
        keys.start(0);
        keys.add([1, 2]);
        keys.add([1, 2]);
        keys.add([2, 1]);
        keys.add([]);
        let mut distinct = keys.all().to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), 4);
        keys.start(0);
        assert!(keys.all().is_empty());
    }

    #[test]
    fn words_of_a_large_vocabulary_rarely_collide() {
        let mut hashes: Vec<u32> = (0..100_000).map(|number| (mix(7, text(format!("word{number}").as_bytes())) >> 32) as u32).collect();
        hashes.sort_unstable();
        hashes.dedup();
        // By chance about one pair in 100,000 words meets in 32 bits.
        assert!(hashes.len() > 99_980, "{} distinct", hashes.len());
    }
}
