//! Relations that do not go with the words that they join.

use super::shapes::{has_subject, is_finite, is_subject};
use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
};

/// Mends what shows in the word itself, before anything else relies on it.
pub(super) fn repair(tree: &mut Tree, forms: &[&str], lexicon: &Lexicon) {
    for node in 0..tree.nodes.len() {
        if is_noun_with_article(tree, node) {
            (tree.nodes[node].upos, tree.nodes[node].xpos) = (Upos::Noun, Xpos::Nn);
        }
        if is_phrase(tree, node) {
            make_phrase(tree, node);
        }
        if is_content_in_front(tree, lexicon, node) {
            tree.nodes[node].relation = Relation::Ccomp;
        }
        if is_counted(tree, node) {
            tree.nodes[node].relation = Relation::Det;
        }
        if is_name_of_counted(tree, forms, node) {
            tree.nodes[node].relation = Relation::Appos;
        }
        if let Some((owner, name)) = owned_name(tree, forms, node) {
            give_name_to_owner(tree, owner, node, name);
        }
    }
}

/// In "notified the house of *an* arms *deal* with Togo" it is taken for a verb: a preposition and an article lead to no present tense.
fn is_noun_with_article(tree: &Tree, node: usize) -> bool {
    let is_present = tree.nodes[node].upos == Upos::Verb && tree.nodes[node].xpos == Xpos::Vbp;
    let leads = |relation: Relation| tree.child(node, relation).is_some_and(|child| child < node);
    is_present && leads(Relation::Case) && leads(Relation::Det)
}

/// In "told the house *of an arms deal*", "travels to Suva *on July 20*" the phrase is taken for a clause.
fn is_phrase(tree: &Tree, node: usize) -> bool {
    let is_nominal = matches!(tree.nodes[node].upos, Upos::Noun | Upos::Propn | Upos::Num);
    let is_clause = matches!(tree.nodes[node].relation, Relation::Parataxis | Relation::Ccomp);
    let has = |relation: Relation| tree.child(node, relation).is_some();
    let is_predicate = || [Relation::Cop, Relation::Aux, Relation::Mark].into_iter().any(has);
    is_nominal && is_clause && tree.child(node, Relation::Case).is_some_and(|case| case < node) && !is_predicate()
}

fn make_phrase(tree: &mut Tree, node: usize) {
    let of_verb = tree.nodes[node].head.is_some_and(|head| tree.nodes[head].upos == Upos::Verb);
    tree.nodes[node].relation = if of_verb { Relation::Obl } else { Relation::Nmod };
    for child in tree.children(node).collect::<Vec<_>>() {
        tree.nodes[child].relation = match tree.nodes[child].relation {
            Relation::Nsubj if child < node => Relation::Compound,
            Relation::Obl => Relation::Nmod,
            other => other,
        };
    }
}

/// In "the two met on Sunday, an aide said" the clause in front is what is said, and not when or why.
fn is_content_in_front(tree: &Tree, lexicon: &Lexicon, node: usize) -> bool {
    let Some(saying) = tree.nodes[node].head.filter(|head| *head > node && tree.nodes[node].relation == Relation::Advcl) else {
        return false;
    };
    let is_marked = tree.children(node).any(|child| matches!(tree.nodes[child].relation, Relation::Mark | Relation::Advmod));
    let says = is_finite(tree, saying) && lexicon.classes.attributing.contains(&tree.nodes[saying].lemma);
    let subject = tree.children(saying).find(|child| is_subject(tree, *child));
    let is_behind = subject.is_some_and(|subject| subject > node);
    // The subject may hang elsewhere.
    let has_name_before = || node > 0 && tree.nodes[node - 1].upos == Upos::Propn;
    let is_clause = is_finite(tree, node) && (has_subject(tree, node) || has_name_before());
    says && is_behind && !is_marked && is_clause && tree.child(saying, Relation::Ccomp).is_none()
}

/// In "meets *both* sides" nothing is joined.
fn is_counted(tree: &Tree, node: usize) -> bool {
    let noun = tree.nodes[node].head.filter(|head| *head == node + 1 && tree.nodes[node].relation == Relation::Cc);
    noun.is_some_and(|noun| tree.nodes[noun].upos == Upos::Noun && tree.child(noun, Relation::Conj).is_none())
}

/// In "blacklists two tankers, the Lena and the Olga" the names are not joined to the tankers, but theirs.
fn is_name_of_counted(tree: &Tree, forms: &[&str], name: usize) -> bool {
    let Some(noun) = tree.nodes[name].head.filter(|head| *head < name && tree.nodes[name].relation == Relation::Conj) else {
        return false;
    };
    let is_counted = tree.nodes[noun].xpos == Xpos::Nns && tree.child(noun, Relation::Nummod).is_some();
    let is_first = tree.children(noun).all(|child| child >= name || tree.nodes[child].relation != Relation::Conj);
    is_counted && is_first && tree.nodes[name].upos == Upos::Propn && forms[noun + 1] == "," && tree.child(name, Relation::Cc).is_none()
}

/// In "meets Chad's visiting King Idris" the king is met, and visits: the owner and the name.
fn owned_name(tree: &Tree, forms: &[&str], gerund: usize) -> Option<(usize, usize)> {
    let is_behind_owner = gerund > 1 && matches!(forms[gerund - 1], "'s" | "'" | "’s" | "’");
    let owner = tree.child(gerund, Relation::NmodPoss).filter(|_| is_behind_owner && tree.nodes[gerund].xpos == Xpos::Vbg)?;
    let name = tree.child(gerund, Relation::Obj).filter(|name| *name > gerund)?;
    let is_name = (gerund + 1..=name).all(|part| tree.nodes[part].upos == Upos::Propn);
    is_name.then_some((owner, name))
}

fn give_name_to_owner(tree: &mut Tree, owner: usize, gerund: usize, name: usize) {
    let (above, relation) = (tree.nodes[gerund].head, tree.nodes[gerund].relation);
    let behind: Vec<usize> = tree.children(gerund).filter(|child| *child > name).collect();
    behind.into_iter().for_each(|child| tree.nodes[child].head = above.or(Some(name)));
    let is_clause = matches!(relation, Relation::Ccomp | Relation::Xcomp | Relation::Advcl | Relation::Parataxis);
    (tree.nodes[name].head, tree.nodes[name].relation) = (above, if is_clause { Relation::Obj } else { relation });
    (tree.nodes[gerund].head, tree.nodes[gerund].relation) = (Some(name), Relation::Amod);
    tree.nodes[owner].head = Some(name);
}
