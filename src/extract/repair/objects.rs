//! Objects that a tagger took for verbs.

use crate::syntax::{Relation, Tree, Upos, Xpos};

pub(super) fn repair(tree: &mut Tree) {
    for noun in 0..tree.nodes.len() {
        if is_noun_read_as_verb(tree, noun) {
            let plural = tree.nodes[noun].xpos == Xpos::Vbz;
            super::turn_into_noun(tree, noun);
            tree.nodes[noun].xpos = if plural { Xpos::Nns } else { Xpos::Nn };
            tree.nodes[noun].relation = Relation::Obj;
        }
    }
}

/// "gave assurances", "evacuated the wounded": what is the object of a word or has an article is no verb, unless it has a subject, an
/// object or an auxiliary of its own.
fn is_noun_read_as_verb(tree: &Tree, noun: usize) -> bool {
    let node = &tree.nodes[noun];
    let is_verbal = |child: usize| {
        let relation = tree.nodes[child].relation;
        matches!(relation, Relation::Nsubj | Relation::NsubjPass | Relation::Aux | Relation::AuxPass | Relation::Mark | Relation::Obj)
    };
    let is_object = node.relation == Relation::Obj && matches!(node.xpos, Xpos::Vbz | Xpos::Vbp | Xpos::Vb);
    let is_complement = matches!(node.relation, Relation::Obj | Relation::Xcomp | Relation::Ccomp);
    let has_article = || tree.children(noun).any(|child| child < noun && tree.nodes[child].relation == Relation::Det);
    node.upos == Upos::Verb && (is_object || is_complement && has_article()) && !tree.children(noun).any(is_verbal)
}
