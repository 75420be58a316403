//! Adjectives that look like participles: in "discussed ongoing talks" a parser reads a clause, "somebody *ongoing* talks".

use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
};

pub(super) fn repair(tree: &mut Tree, lexicon: &Lexicon) {
    for adjective in 0..tree.nodes.len() {
        let node = &tree.nodes[adjective];
        let is_misread = node.upos == Upos::Verb && node.xpos == Xpos::Vbg && lexicon.classes.verbless_participles.contains(&node.lemma);
        if !is_misread {
            continue;
        }
        if let Some(noun) = tree.child(adjective, Relation::Obj).filter(|object| *object > adjective) {
            describe(tree, adjective, noun);
        }
    }
}

/// The noun takes the place of the adjective, which describes it.
fn describe(tree: &mut Tree, adjective: usize, noun: usize) {
    let (head, relation) = (tree.nodes[adjective].head, tree.nodes[adjective].relation);
    let of_verb = head.is_some_and(|head| tree.nodes[head].upos == Upos::Verb);
    tree.nodes[noun].head = head;
    tree.nodes[noun].relation = match relation {
        Relation::Xcomp | Relation::Ccomp | Relation::Advcl if of_verb => Relation::Obj,
        Relation::Acl | Relation::Advcl => Relation::Nmod,
        other => other,
    };
    for child in 0..tree.nodes.len() {
        if tree.nodes[child].head == Some(adjective) {
            tree.nodes[child].head = Some(noun);
        }
    }
    (tree.nodes[adjective].upos, tree.nodes[adjective].xpos) = (Upos::Adj, Xpos::Jj);
    (tree.nodes[adjective].head, tree.nodes[adjective].relation) = (Some(noun), Relation::Amod);
}
