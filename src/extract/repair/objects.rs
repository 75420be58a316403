//! Objects that a tagger took for verbs, verbs behind "to" that it took for nouns, and objects read as appositions of their verb.

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
    for word in 1..tree.nodes.len() {
        if is_infinitive_read_as_noun(tree, word) {
            tree.nodes[word].upos = Upos::Verb;
            tree.nodes[word].xpos = Xpos::Vb;
        }
        if is_object_read_as_apposition(tree, word) {
            tree.nodes[word].relation = Relation::Obj;
        }
    }
}

/// "urges the union to *sanction* Belarus": a clause right behind its "to" is no noun.
fn is_infinitive_read_as_noun(tree: &Tree, word: usize) -> bool {
    let (node, before) = (&tree.nodes[word], &tree.nodes[word - 1]);
    let clause = matches!(node.relation, Relation::Xcomp | Relation::Advcl | Relation::Acl | Relation::Ccomp);
    node.xpos == Xpos::Nn && clause && before.xpos == Xpos::To && before.relation == Relation::Mark && before.head == Some(word)
}

/// "lent Chad a further *$2 billion*": what a verb has behind it is no other name for the verb.
fn is_object_read_as_apposition(tree: &Tree, word: usize) -> bool {
    let node = &tree.nodes[word];
    let of_verb = node.head.is_some_and(|head| head < word && tree.nodes[head].upos == Upos::Verb);
    node.relation == Relation::Appos && of_verb && matches!(node.upos, Upos::Noun | Upos::Propn | Upos::Sym | Upos::Num)
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
