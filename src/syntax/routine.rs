//! Decisions that the weights make the same way nearly every time in a like case: these are looked up, which spares summing hundreds of
//! weights that lie far apart in memory. Which cases those are is counted when the model is trained.

use rustc_hash::FxHashMap;

/// What tells a decision's case, in two ways; the first one that is known decides.
pub(super) type Cases = [u64; 2];

/// The class that is decided for in each case where it is nearly always the same.
#[derive(Debug, Default)]
pub(super) struct Routine(pub FxHashMap<u64, u8>);

impl Routine {
    /// The class that is always decided for in such a case, if there is one.
    #[inline]
    pub(super) fn of(&self, cases: Cases) -> Option<u8> {
        cases.iter().find_map(|case| self.0.get(case)).copied()
    }

    /// Whether all classes are below a bound.
    pub(super) fn fits(&self, classes: usize) -> bool {
        self.0.values().all(|class| usize::from(*class) < classes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_case_decides() {
        let routine = Routine([(1, 7), (2, 8)].into_iter().collect());
        assert_eq!([[1, 2], [3, 2], [3, 4]].map(|cases| routine.of(cases)), [Some(7), Some(8), None]);
        assert!(routine.fits(9) && !routine.fits(8));
    }
}
