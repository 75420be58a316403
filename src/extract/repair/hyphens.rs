//! Names, and adverbs and participles, that a hyphen joins.

use crate::syntax::{Relation, Tree, Upos, Xpos};

/// In "deporting newly-arrived migrants" the participle describes the noun; the parser takes the noun for its object.
pub(super) fn join_participles(tree: &mut Tree, forms: &[&str]) {
    for participle in 2..forms.len().saturating_sub(1) {
        let (adverb, noun) = (participle - 2, participle + 1);
        let is_joined = forms[participle - 1] == "-" && forms[adverb].ends_with("ly") && tree.nodes[participle].xpos == Xpos::Vbn;
        let is_object = tree.nodes[noun].head == Some(participle) && tree.nodes[noun].relation == Relation::Obj;
        if !(is_joined && is_object && tree.nodes[noun].upos == Upos::Noun) {
            continue;
        }
        let governor = tree.nodes[adverb].head.filter(|head| *head != participle && *head < adverb);
        (tree.nodes[noun].head, tree.nodes[noun].relation) = match governor {
            Some(verb) => (Some(verb), Relation::Obj),
            None => (tree.nodes[participle].head, tree.nodes[participle].relation),
        };
        (tree.nodes[participle].head, tree.nodes[participle].relation) = (Some(noun), Relation::Amod);
        tree.nodes[adverb].head = Some(participle);
    }
}

/// In "Iran-Oman talks" and "the Iran - Oman border" both names belong to the noun; the parser hangs the one below the other.
pub(super) fn join_hyphenated(tree: &mut Tree, forms: &[&str], names: &[bool]) {
    for hyphen in 1..forms.len().saturating_sub(1) {
        if !matches!(forms[hyphen], "-" | "\u{2013}" | "\u{2014}" | "/") || !names[hyphen - 1] {
            continue;
        }
        let Some(second) = (hyphen + 1..forms.len()).find(|node| names[*node]) else { return };
        let first = hyphen - 1;
        if (hyphen + 1..second).any(|part| tree.nodes[part].head != Some(second)) {
            continue;
        }
        if tree.nodes[first].head == Some(second) {
            let (head, relation) = (tree.nodes[second].head, tree.nodes[second].relation);
            tree.nodes[first].head = head;
            tree.nodes[first].relation = relation;
        }
        tree.nodes[second].head = Some(first);
        tree.nodes[second].relation = Relation::Conj;
    }
}

/// In "aid to war-torn Chad" the country is taken for the object of the participle: it takes the place of the noun before the hyphen.
pub(super) fn join_participles_of_nouns(tree: &mut Tree, forms: &[&str]) {
    for participle in 2..forms.len().saturating_sub(1) {
        let (first, noun) = (participle - 2, participle + 1);
        let is_joined = forms[participle - 1] == "-" && tree.nodes[participle].xpos == Xpos::Vbn && tree.nodes[first].upos == Upos::Noun;
        let is_object = tree.nodes[noun].head == Some(participle) && tree.nodes[noun].relation == Relation::Obj;
        if !is_joined || !is_object || tree.nodes[first].head == Some(participle) {
            continue;
        }
        (tree.nodes[noun].head, tree.nodes[noun].relation) = (tree.nodes[first].head, tree.nodes[first].relation);
        let before: Vec<usize> = tree.children(first).filter(|child| *child < first).collect();
        before.into_iter().for_each(|child| tree.nodes[child].head = Some(noun));
        (tree.nodes[participle].head, tree.nodes[participle].relation) = (Some(noun), Relation::Amod);
        (tree.nodes[first].head, tree.nodes[first].relation) = (Some(participle), Relation::Compound);
    }
}
