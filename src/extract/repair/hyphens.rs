//! Names that a hyphen joins.

use crate::syntax::{Relation, Tree};

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
