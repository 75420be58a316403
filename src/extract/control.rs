//! Who does what an infinitive, a gerund or a planned act says: the object that is asked, the holder of the plan, the subject above.

use super::{clause::DEPTH, reading::Reading};
use crate::{
    syntax::{Relation, Upos, Xpos},
    text::lower,
};

impl Reading<'_> {
    /// "accused Russia of arming", "called on the EU to tighten": who is addressed does it, not who speaks.
    pub(super) fn is_controlled_by_object(&self, verb: usize) -> bool {
        let Some(head) = self.head(verb) else { return false };
        let of_object = self.dependents(verb, &[Relation::Mark]).any(|mark| matches!(&*lower(self.form(mark)), "of" | "for" | "from"));
        let behind = !self.addressed(head, verb).is_empty();
        let handed_on = self.is_infinitive(verb) && self.classes.handing_on.contains(self.lemma(head));
        behind && (of_object || handed_on) && !self.is_passive(head)
    }

    /// Who is asked to do what an infinitive says: "urged *Israel* to", "calls on *the EU* to", "called for *Spain* to".
    pub(super) fn addressed(&self, verb: usize, infinitive: usize) -> Vec<usize> {
        let before = |phrase: &usize| *phrase < infinitive && *phrase > verb;
        let object: Vec<usize> = self.dependents(verb, &[Relation::Obj]).filter(before).collect();
        if !object.is_empty() || !self.classes.handing_on.contains(self.lemma(verb)) {
            return object;
        }
        let addresses = |phrase: &usize| matches!(self.preposition(*phrase).as_deref(), Some("on" | "upon" | "for" | "to"));
        self.dependents(verb, &[Relation::Obl]).filter(before).filter(addresses).collect()
    }

    /// "urged Israel to stop": Israel stops; "was asked to stop": the subject stops; else the subject of the governing verb.
    pub(super) fn controller(&self, verb: usize, depth: usize) -> Vec<usize> {
        // "summons the ambassador to protest": envoys do what they are told to, and else are a means.
        let is_means =
            |object: &usize| self.classes.diplomats.contains(self.lemma(*object)) && !self.classes.handing_on.contains(self.lemma(verb));
        let (means, mut object): (Vec<usize>, Vec<usize>) = self.dependents(verb, &[Relation::Obj, Relation::Iobj]).partition(is_means);
        if object.is_empty() && means.is_empty() {
            object = self.addressed(verb, self.len());
        }
        if object.is_empty() || self.is_passive(verb) { self.surface_subjects(verb, depth) } else { object }
    }

    /// The subjects of the verb that an infinitive depends on, whatever object stands between: "announces plans to break off".
    pub(super) fn subjects_above(&self, verb: usize) -> Vec<usize> {
        let mut at = verb;
        for _ in 0..DEPTH {
            let Some(head) = self.head(at).filter(|_| matches!(self.relation(at), Relation::Xcomp | Relation::Acl | Relation::Conj)) else {
                break;
            };
            at = head;
            if self.node(at).upos == Upos::Verb && self.has_own_subject(at) {
                return self.subjects(at);
            }
        }
        Vec::new()
    }

    /// Who has the plan that an infinitive or a gerund tells in "Trump's plan to", "the U.S. decision to": the possessor, else the
    /// subject of the verb that governs the noun.
    pub(super) fn holders(&self, noun: usize, clause: usize, depth: usize) -> Vec<usize> {
        let is_plan = self.classes.plans.contains(self.lemma(noun)) && self.is_infinitive(clause);
        let is_holder = |owner: &usize| self.relation(*owner) == Relation::NmodPoss || (is_plan && self.mention_at(*owner).is_some());
        let possessors: Vec<usize> =
            self.dependents(noun, &[Relation::NmodPoss, Relation::Amod, Relation::Compound]).filter(is_holder).collect();
        if !possessors.is_empty() {
            return possessors;
        }
        // "the decision by France to", "the decision of the French government to".
        let leads = |phrase: &usize| self.preposition(*phrase).is_some_and(|word| word == "by" || (is_plan && word == "of"));
        let by: Vec<usize> = self.dependents(noun, &[Relation::Nmod]).filter(leads).collect();
        if !by.is_empty() {
            return by;
        }
        match self.governor(noun) {
            Some(verb) if verb != noun => self.surface_subjects(verb, depth),
            _ => Vec::new(),
        }
    }

    /// A name or a person acts in "Russia accusing" and "anyone arriving", a decree does not in "a decree imposing".
    pub(super) fn can_act(&self, noun: usize) -> bool {
        let node = self.node(noun);
        self.mention_at(noun).is_some() || matches!(node.upos, Upos::Propn | Upos::Pron) || node.xpos == Xpos::Nns
    }

    /// "…, accusing", "after accusing": the gerund says more of the whole clause, whatever noun the parser hung it on.
    pub(super) fn is_adverbial(&self, verb: usize) -> bool {
        let marked = self.dependents(verb, &[Relation::Mark]).next().is_some();
        let behind_comma = verb > 0 && self.form(verb - 1) == ",";
        marked || behind_comma
    }
}
