//! What may be guessed at all: the classes that training saw in a like case, among which the weights choose. Where there is only
//! one the weights are not asked.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Sets of classes by the key of the case.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// Ascending classes, none of the sets empty.
    pub sets: Vec<Vec<u8>>,
    pub of: FxHashMap<u64, u16>,
}

impl Choices {
    /// The sets of these cases; each different set is kept once.
    pub(super) fn new(cases: impl IntoIterator<Item = (u64, Vec<u8>)>) -> Self {
        let cases: BTreeMap<u64, Vec<u8>> = cases.into_iter().filter(|(_, set)| !set.is_empty()).collect();
        let mut sets: Vec<Vec<u8>> = cases.values().cloned().collect();
        sets.sort_unstable();
        sets.dedup();
        let place = |set: &Vec<u8>| u16::try_from(sets.partition_point(|other| other < set)).expect("fewer than 2^16 sets");
        let of = cases.iter().map(|(key, set)| (*key, place(set))).collect();
        Self { sets, of }
    }

    /// What may be guessed in a case; `None` for anything.
    #[inline]
    pub(super) fn of(&self, key: u64) -> Option<&[u8]> {
        self.of.get(&key).map(|set| &*self.sets[usize::from(*set)])
    }

    /// Whether all classes are below a bound, and all cases have a set.
    pub(super) fn fit(&self, classes: usize) -> bool {
        self.sets.iter().all(|set| !set.is_empty() && set.iter().all(|class| usize::from(*class) < classes))
            && self.of.values().all(|set| usize::from(*set) < self.sets.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_share_their_sets() {
        let choices = Choices::new([(7, vec![1, 2]), (8, vec![3]), (9, vec![1, 2]), (10, vec![])]);
        assert_eq!(choices.sets.len(), 2);
        assert_eq!([choices.of(7), choices.of(8), choices.of(9), choices.of(10)], [Some(&[1, 2][..]), Some(&[3]), Some(&[1, 2]), None]);
        assert!(choices.fit(4) && !choices.fit(3));
    }
}
