//! Counts of what was seen with what, and what was seen nearly always.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// How often each class was seen with a key.
#[derive(Default)]
pub(super) struct Sightings(pub FxHashMap<u64, BTreeMap<u8, u32>>);

impl Sightings {
    pub(super) fn add(&mut self, key: u64, class: u8) {
        *self.0.entry(key).or_default().entry(class).or_default() += 1;
    }

    /// The most frequent class of each key that was seen that often.
    pub(super) fn most_frequent(self, least: u32) -> FxHashMap<u64, u8> {
        self.classes(|sightings, _| sightings >= least)
    }

    /// The class of each key that was seen that often, and had another class at most once in that many sightings.
    pub(super) fn nearly_constant(self, least: u32, errors: u32) -> FxHashMap<u64, u8> {
        self.classes(|sightings, count| sightings >= least && (sightings - count) * errors <= sightings)
    }

    /// The most frequent class of each key for whose sightings, and those of the class, `holds` is true.
    fn classes(self, holds: impl Fn(u32, u32) -> bool) -> FxHashMap<u64, u8> {
        let class = |classes: BTreeMap<u8, u32>| {
            let sightings = classes.values().sum();
            let (class, count) = classes.into_iter().max_by_key(|(_, count)| *count)?;
            holds(sightings, count).then_some(class)
        };
        self.0.into_iter().filter_map(|(key, classes)| Some((key, class(classes)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_frequent_from_what_is_constant() {
        let seen = || {
            let mut seen = Sightings::default();
            (0..9).for_each(|_| seen.add(1, 5));
            seen.add(1, 6);
            (0..3).for_each(|_| seen.add(2, 7));
            seen
        };
        assert_eq!(seen().most_frequent(10), [(1, 5)].into_iter().collect());
        assert_eq!(seen().nearly_constant(3, 10), [(1, 5), (2, 7)].into_iter().collect());
        assert_eq!(seen().nearly_constant(4, 10), [(1, 5)].into_iter().collect());
        assert_eq!(seen().nearly_constant(4, 11), FxHashMap::default());
    }
}
