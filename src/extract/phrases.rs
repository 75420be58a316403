//! The phrases of a preposition that belong to a word.

use super::{
    clause::{CLAUSES, SUBJECTS},
    reading::Reading,
};
use crate::syntax::{Relation, Upos};

/// What a phrase that belongs to a word may hang on instead.
const PASSED: &[Relation] = &[Relation::Obj, Relation::Obl, Relation::Nmod, Relation::OblUnmarked, Relation::Conj, Relation::NsubjPass];

impl Reading<'_> {
    /// Heads of the phrases of a preposition that belong to a node, the nearest attachment first. Since a parser often hangs a
    /// phrase on a neighbouring noun, phrases within phrases and within objects count too, but not those in other clauses.
    pub fn phrases(&self, node: usize, preposition: &str) -> Vec<usize> {
        let mut found = Vec::new();
        if !preposition.split(' ').next_back().is_some_and(|last| self.may_have(last)) {
            return found;
        }
        let mut level = vec![node];
        let is_passive = self.node(node).upos == Upos::Verb && self.is_passive(node);
        for _ in 0..4 {
            let mut next = Vec::new();
            for parent in level {
                for &child in self.children(parent) {
                    let relation = self.relation(child);
                    if matches!(relation, Relation::Acl | Relation::AclRelcl) && parent == node && self.describes_as_object(child) {
                        next.push(child);
                        continue;
                    }
                    if CLAUSES.contains(&relation)
                        || relation == Relation::Xcomp
                        || (SUBJECTS.contains(&relation) && parent == node && !is_passive)
                        || self.is_predicate_of_its_own(child)
                    {
                        continue;
                    }
                    if self.preposition(child).is_some_and(|found| is_preposition(&found, preposition)) {
                        found.push(child);
                    } else if PASSED.contains(&relation) || self.is_name_beside(child) {
                        next.push(child);
                    }
                }
            }
            if !found.is_empty() {
                break;
            }
            level = next;
        }
        found
    }

    /// "is listed by Canada and is punished by Peru": what is joined with an auxiliary of its own has phrases of its own.
    fn is_predicate_of_its_own(&self, node: usize) -> bool {
        self.relation(node) == Relation::Conj
            && self.node(node).upos == Upos::Verb
            && self.dependents(node, &[Relation::Aux, Relation::AuxPass]).next().is_some()
    }

    /// "the suspect Ali Reza": the name of a person that is not in the lexicon.
    fn is_name_beside(&self, node: usize) -> bool {
        self.relation(node) == Relation::Appos && self.node(node).upos == Upos::Propn && self.mention_at(node).is_none()
    }

    /// "the sanctions imposed on", "the sanctions it has imposed on": the noun is what the clause does something to.
    fn describes_as_object(&self, clause: usize) -> bool {
        self.is_passive(clause)
            || (self.relation(clause) == Relation::AclRelcl && self.dependents(clause, &[Relation::Obj]).next().is_none())
    }
}

/// "of" also finds "out of", and "to" the "in to" of "gives in to", which the parser takes for two prepositions; "on" finds "on up to
/// six million".
fn is_preposition(found: &str, wanted: &str) -> bool {
    let (first, last) = (found.split(' ').next(), found.split(' ').next_back());
    let amount = first == Some(wanted) && last == Some("up");
    found == wanted || amount || (last == Some(wanted) && matches!(first, Some("out" | "in")))
}
