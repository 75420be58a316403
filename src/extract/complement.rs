//! What stands in the complement of a word, and what it is itself the complement of.

use super::{clause::DEPTH, reading::Reading};
use crate::{
    lexicon::WordSet,
    syntax::{Relation, Upos},
    text::lower,
};

impl Reading<'_> {
    /// The words that govern a node from above, nearest first, up to the next clause that is asserted on its own.
    pub fn above(&self, node: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut at = node;
        for _ in 0..DEPTH + 2 {
            let Some(head) = self.head(at) else { break };
            let asserted = match self.relation(at) {
                // "demands that Turkey lift its ban".
                Relation::AclRelcl if self.is_full_content(at) => false,
                Relation::AclRelcl | Relation::AdvclRelcl | Relation::Parataxis => true,
                Relation::Advcl => !self.is_prepositional_clause(at),
                Relation::Nsubj | Relation::NsubjPass => !self.is_passive(head),
                _ => false,
            };
            if asserted {
                break;
            }
            if self.relation(at) != Relation::Conj {
                above.push(head);
            }
            at = head;
        }
        above
    }

    /// "agreed, after talks that China mediated": the verb above the noun that a clause describes.
    pub fn above_description(&self, verb: usize) -> Option<usize> {
        let noun = self.head(verb).filter(|_| matches!(self.relation(verb), Relation::AclRelcl | Relation::Acl))?;
        std::iter::successors(self.governor(noun), |at| self.head(*at)).take(DEPTH).find(|at| !self.subjects(*at).is_empty())
    }

    /// Whether a phrase with "by" hangs on the verb.
    pub fn has_agent(&self, verb: usize) -> bool {
        self.dependents(verb, &[Relation::Obl, Relation::OblAgent]).any(|phrase| self.preposition(phrase).as_deref() == Some("by"))
    }

    /// "was accused of spying and given a day to leave by Peru": the doer stands behind the last of several passives.
    pub fn joined_agents(&self, verb: usize) -> Vec<usize> {
        let last = self.dependents(verb, &[Relation::Conj]).filter(|other| self.is_passive(*other)).last();
        let shares = |other: &usize| self.dependents(*other, &[Relation::Nsubj, Relation::NsubjPass]).next().is_none();
        last.filter(shares).map(|other| self.phrases(other, "by")).unwrap_or_default()
    }

    /// The verbs above a node, nearest first, whatever clauses lie between.
    pub fn verbs_above(&self, node: usize) -> Vec<usize> {
        let heads = std::iter::successors(self.head(node), |at| self.head(*at));
        heads.take(DEPTH).filter(|head| self.node(*head).upos == Upos::Verb).collect()
    }

    /// Whether the infinitive says what an abstract object is about: "plans to", "its decision to", "the right to".
    pub fn is_content_of(&self, verb: usize, nouns: &[&WordSet]) -> bool {
        let Some(head) = self.head(verb) else { return false };
        let about = |noun: usize| nouns.iter().any(|set| set.contains(self.lemma(noun)));
        self.is_infinitive(verb) && (about(head) || self.dependents(head, &[Relation::Obj]).any(about))
    }

    /// The verbs (or nouns) of the complement: "agree *to lift*", "demand *that Iran stop*", "agree *on lifting*".
    pub fn complements(&self, node: usize) -> Vec<usize> {
        let direct = self.dependents(node, &[Relation::Xcomp, Relation::Ccomp, Relation::Csubj]);
        let mut all: Vec<usize> = direct.filter(|clause| self.relation(*clause) != Relation::Csubj || *clause > node).collect();
        for object in self.dependents(node, &[Relation::Obj]) {
            let is_content =
                |clause: &usize| self.is_infinitive(*clause) || self.is_prepositional_clause(*clause) || self.is_that_clause(*clause);
            all.extend(self.dependents(object, &[Relation::Acl, Relation::Ccomp]).filter(is_content));
            all.extend(self.dependents(object, &[Relation::AclRelcl]).filter(|clause| self.is_full_content(*clause)));
        }
        if self.node(node).upos == Upos::Noun {
            all.extend(self.dependents(node, &[Relation::Acl]));
            all.extend(self.dependents(node, &[Relation::AclRelcl]).filter(|clause| self.is_content_read_as_relative(*clause)));
            let behind = self.infinitive_behind(node).filter(|clause| !all.contains(clause));
            all.extend(behind);
        }
        all.extend(self.dependents(node, &[Relation::Advcl]).filter(|clause| self.is_prepositional_clause(*clause)));
        all.extend(self.reported_in_front(node));
        let conjuncts: Vec<usize> = all.iter().flat_map(|clause| self.dependents(*clause, &[Relation::Conj])).collect();
        all.extend(conjuncts);
        all
    }

    /// "voiced concern that Iran goes on": what the noun is about.
    fn is_that_clause(&self, clause: usize) -> bool {
        self.dependents(clause, &[Relation::Mark]).any(|mark| self.form(mark).eq_ignore_ascii_case("that"))
    }

    /// "proof that Russia meddled": behind "that" the clause has a subject of its own, and no gap for the noun.
    fn is_content_read_as_relative(&self, clause: usize) -> bool {
        let that = self.children(clause).iter().any(|word| self.form(*word).eq_ignore_ascii_case("that"));
        let subject = self.dependents(clause, &[Relation::Nsubj, Relation::NsubjPass]).any(|subject| self.node(subject).upos != Upos::Pron);
        that && subject
    }

    /// "demands that Turkey lift its ban": the verb has what it needs, without the noun before "that".
    fn has_no_gap(&self, clause: usize) -> bool {
        let is_filled = |part: usize| !self.form(part).eq_ignore_ascii_case("that");
        self.dependents(clause, &[Relation::Obj, Relation::Cop]).any(is_filled)
            || self.dependents(clause, &[Relation::Xcomp, Relation::Ccomp]).any(|inner| self.has_no_gap(inner))
    }

    /// What a noun is about, though a parser takes it for a clause that describes the noun.
    fn is_full_content(&self, clause: usize) -> bool {
        self.is_content_read_as_relative(clause) && self.has_no_gap(clause)
    }

    /// "has shown willingness to talk": the infinitive right behind a noun, whatever the parser hung it on.
    fn infinitive_behind(&self, noun: usize) -> Option<usize> {
        let to = noun + 1;
        let is_mark = to < self.len()
            && self.classes.plans.contains(self.lemma(noun))
            && self.form(to).eq_ignore_ascii_case("to")
            && self.relation(to) == Relation::Mark;
        self.head(to.min(self.len() - 1)).filter(|_| is_mark)
    }

    /// "Russia broke the truce, France says": the clause before the comma is what is said.
    fn reported_in_front(&self, node: usize) -> Option<usize> {
        let has_subject = |verb: usize| self.dependents(verb, &[Relation::Nsubj, Relation::NsubjPass]).next().is_some();
        let is_clause = |other: &usize| *other < node && self.node(*other).upos == Upos::Verb && has_subject(*other);
        if self.relation(node) == Relation::Parataxis && has_subject(node) {
            return self.head(node).filter(is_clause);
        }
        let unmarked = |clause: &usize| self.dependents(*clause, &[Relation::Mark]).next().is_none();
        self.dependents(node, &[Relation::Advcl]).find(|clause| is_clause(clause) && unmarked(clause))
    }

    /// "for supplying", "of arming": a gerund behind a preposition, or an infinitive that the parser took for a purpose.
    pub fn is_prepositional_clause(&self, clause: usize) -> bool {
        self.dependents(clause, &[Relation::Mark, Relation::Case])
            .any(|mark| matches!(&*lower(self.form(mark)), "for" | "of" | "from" | "on" | "against" | "about" | "over" | "to"))
    }
}
