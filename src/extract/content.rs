//! Who is named in what a trigger speaks about: "threatens to attack *Iran*", "agrees to hold talks with *Iraq*".

use super::{
    frames::Trial,
    parties::{Found, Strictness},
};
use crate::syntax::Relation;

impl Trial<'_> {
    /// The first party among the objects of the complement, of what it governs in turn, and of their phrases.
    pub(super) fn complement_objects(&self, clauses: &[usize], strictness: Strictness) -> Vec<Found> {
        let reading = self.reading();
        for clause in clauses {
            let inner: Vec<usize> = reading.dependents(*clause, &[Relation::Xcomp, Relation::Ccomp]).collect();
            for verb in std::iter::once(*clause).chain(inner) {
                let objects = reading.objects(verb);
                let mut phrases: Vec<usize> = reading.dependents(verb, &[Relation::Obl]).collect();
                phrases.extend(objects.iter().flat_map(|object| reading.dependents(*object, &[Relation::Nmod])));
                phrases.retain(|phrase| !self.is_venue(*phrase));
                let (places, phrases) = phrases.into_iter().partition(|phrase| self.is_place(*phrase));
                let mut found = [objects, phrases, places].into_iter().map(|heads: Vec<usize>| self.resolver.parties(&heads, strictness));
                let found = found.find(|found| !found.is_empty());
                if let Some(found) = found {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// The parties named in the complement, highest level first: what hangs further down is spoken of there, and has no part in it. At
    /// last come those in whose country it is to happen: "agrees to hold talks with Iraq in Turkey".
    pub(super) fn complement_levels(&self, strictness: Strictness) -> impl Iterator<Item = Vec<Found>> + '_ {
        let reading = self.reading();
        let below = |level: &Vec<usize>| -> Vec<usize> { level.iter().flat_map(|node| reading.children(*node)).copied().collect() };
        let next = move |level: &Vec<usize>| Some(below(level)).filter(|next| !next.is_empty());
        let levels = move || std::iter::successors(Some(reading.complements(self.node)), next);
        let without_venues = levels().map(|level| level.into_iter().filter(|node| !self.is_place(*node)).collect());
        without_venues.chain(levels()).map(move |level: Vec<usize>| self.resolver.parties(&level, strictness.max(Strictness::Affected)))
    }
}
