//! Subjects that a parser took for something else, and what it took for a subject.

use super::shapes::opens_clause;
use crate::syntax::{Relation, Tree, Upos, Xpos};

pub(super) fn repair(tree: &mut Tree, forms: &[&str]) {
    for noun in 0..tree.nodes.len() {
        if is_subject_read_as_phrase(tree, noun) {
            tree.nodes[noun].relation = Relation::Nsubj;
        }
    }
    for noun in 0..tree.nodes.len() {
        if let Some(clause) = clause_of_second_subject(tree, noun) {
            tree.nodes[noun].head = Some(clause);
        }
    }
    for noun in 0..tree.nodes.len() {
        if let Some((opener, verb)) = opener_read_as_preposition(tree, forms, noun) {
            (tree.nodes[opener].head, tree.nodes[opener].relation) = (Some(verb), Relation::Mark);
        }
    }
    for clause in 0..tree.nodes.len() {
        if is_control_read_as_subject(tree, clause) {
            tree.nodes[clause].relation = Relation::Xcomp;
        }
    }
}

/// "Several states, including Chile, condemned": a phrase without a preposition in front of a verb that has no subject.
fn is_subject_read_as_phrase(tree: &Tree, noun: usize) -> bool {
    let node = &tree.nodes[noun];
    let is_phrase = node.relation == Relation::Obl && node.upos != Upos::Num && tree.child(noun, Relation::Case).is_none();
    let Some(verb) = node.head.filter(|verb| noun < *verb && is_phrase) else { return false };
    let is_finite = tree.nodes[verb].upos == Upos::Verb && tree.nodes[verb].xpos.is_finite();
    let subjects = [Relation::Nsubj, Relation::NsubjPass, Relation::Csubj, Relation::Expl];
    // "recognise him after Chile rejects": the subject of a verb nearby.
    let is_other_verb = |at: usize| tree.nodes[at].upos == Upos::Verb && !matches!(tree.nodes[at].xpos, Xpos::Vbg | Xpos::Vbn);
    is_finite && !(noun + 1..verb).any(is_other_verb) && subjects.into_iter().all(|relation| tree.child(verb, relation).is_none())
}

/// "Chile says Peru may leave": a subject behind a verb that has one in front of it is that of the clause behind.
fn clause_of_second_subject(tree: &Tree, noun: usize) -> Option<usize> {
    let verb = tree.nodes[noun].head.filter(|verb| *verb < noun && tree.nodes[noun].relation == Relation::Nsubj)?;
    let is_subject = |child: &usize| matches!(tree.nodes[*child].relation, Relation::Nsubj | Relation::NsubjPass | Relation::Expl);
    let has_first = tree.children(verb).any(|child| child < verb && is_subject(&child));
    let clause = tree.child(verb, Relation::Ccomp).filter(|clause| has_first && *clause > noun)?;
    (!tree.children(clause).any(|child| is_subject(&child))).then_some(clause)
}

/// "until a deal is reached": what stands before a subject opens its clause.
fn opener_read_as_preposition(tree: &Tree, forms: &[&str], noun: usize) -> Option<(usize, usize)> {
    let is_subject = matches!(tree.nodes[noun].relation, Relation::Nsubj | Relation::NsubjPass);
    let verb = tree.nodes[noun].head.filter(|verb| is_subject && noun < *verb && tree.nodes[*verb].relation == Relation::Advcl)?;
    let opener = tree.child(noun, Relation::Case).filter(|case| *case < noun && opens_clause(forms[*case]))?;
    Some((opener, verb))
}

/// "is set to meet", "is due to travel": the infinitive behind the adjective is no subject, since there is one before it.
fn is_control_read_as_subject(tree: &Tree, clause: usize) -> bool {
    let Some(head) = tree.nodes[clause].head.filter(|_| tree.nodes[clause].relation == Relation::Csubj) else { return false };
    let has_subject =
        tree.children(head).any(|child| child < head && matches!(tree.nodes[child].relation, Relation::Nsubj | Relation::NsubjPass));
    let expletive = tree.children(head).any(|child| tree.nodes[child].relation == Relation::Expl);
    clause > head && has_subject && !expletive
}
