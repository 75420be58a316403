//! "has cut", "have put": perfects of verbs whose participle looks like other forms, which a parser reads as "has" with a clause, and
//! perfects that it takes for passives.

use crate::syntax::{Relation, Tree, Upos, Xpos};

pub(super) fn repair(tree: &mut Tree) {
    for have in 0..tree.nodes.len() {
        if let Some(participle) = participle_of(tree, have) {
            make_auxiliary(tree, have, participle);
        }
    }
    for subject in 0..tree.nodes.len() {
        if let Some(verb) = verb_of_auxiliary(tree, subject) {
            tree.nodes[subject].head = Some(verb);
        }
        if is_subject_of_perfect(tree, subject) {
            tree.nodes[subject].relation = Relation::Nsubj;
        }
    }
}

/// "said it had called for talks": without a "be" nothing is done to the subject.
fn is_subject_of_perfect(tree: &Tree, subject: usize) -> bool {
    let Some(verb) = tree.nodes[subject].head.filter(|_| tree.nodes[subject].relation == Relation::NsubjPass) else { return false };
    let has_have = tree.children(verb).any(|child| tree.nodes[child].relation == Relation::Aux && tree.nodes[child].lemma == "have");
    let is_passive = tree.children(verb).any(|child| tree.nodes[child].relation == Relation::AuxPass || tree.nodes[child].lemma == "be");
    has_have && !is_passive
}

/// The verb of an auxiliary on which its subject was hung.
fn verb_of_auxiliary(tree: &Tree, subject: usize) -> Option<usize> {
    let auxiliary = tree.nodes[subject].head.filter(|_| tree.nodes[subject].relation == Relation::Nsubj)?;
    let is_auxiliary = tree.nodes[auxiliary].relation == Relation::Aux;
    tree.nodes[auxiliary].head.filter(|verb| is_auxiliary && tree.child(*verb, Relation::Nsubj).is_none())
}

/// The participle right behind a "have" that hangs on it as a clause.
fn participle_of(tree: &Tree, have: usize) -> Option<usize> {
    let node = &tree.nodes[have];
    let next = (have + 1..tree.nodes.len()).find(|at| tree.nodes[*at].upos != Upos::Adv)?;
    let behind = &tree.nodes[next];
    let is_clause = matches!(behind.relation, Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Obj);
    let is_participle = behind.upos == Upos::Verb && behind.xpos == Xpos::Vbn && behind.head == Some(have) && is_clause;
    (node.lemma == "have" && node.upos == Upos::Verb && is_participle).then_some(next)
}

/// The participle takes the place of "have", and what hung on it.
fn make_auxiliary(tree: &mut Tree, have: usize, participle: usize) {
    (tree.nodes[participle].head, tree.nodes[participle].relation) = (tree.nodes[have].head, tree.nodes[have].relation);
    for child in 0..tree.nodes.len() {
        if tree.nodes[child].head == Some(have) {
            tree.nodes[child].head = Some(participle);
        }
    }
    tree.nodes[have].upos = Upos::Aux;
    (tree.nodes[have].head, tree.nodes[have].relation) = (Some(participle), Relation::Aux);
}
