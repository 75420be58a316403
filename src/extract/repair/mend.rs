//! Keeps a tree a tree, whatever is mended in it.

use crate::syntax::{Relation, Tree};

/// Undoes a step that hung a word below itself: whatever the parser gave and the step took for granted, a tree stays a tree.
pub(super) fn mend(tree: &mut Tree, step: impl FnOnce(&mut Tree)) {
    let before: Vec<(Option<usize>, Relation)> = tree.nodes.iter().map(|node| (node.head, node.relation)).collect();
    step(tree);
    let is_changed = tree.nodes.iter().zip(&before).any(|(node, (head, _))| node.head != *head);
    if is_changed && !tree.is_acyclic() {
        for (node, (head, relation)) in tree.nodes.iter_mut().zip(before) {
            (node.head, node.relation) = (head, relation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Scratch, Syntax};

    #[test]
    fn a_step_that_hangs_a_word_below_itself_is_undone() {
        let parsed = Syntax::english().parse(&["Iran", "met", "Iraq", "."], &mut Scratch::default());
        let mut tree = parsed.clone();
        mend(&mut tree, |tree| {
            let root = tree.root().unwrap();
            tree.nodes[root].head = Some(0);
        });
        assert_eq!(tree, parsed);
        mend(&mut tree, |tree| tree.nodes[2].relation = Relation::Obl);
        assert_ne!(tree, parsed);
    }
}
