//! Undoes misreadings that a parser makes of news again and again.

use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
};

/// Mends a tree in place.
pub(super) fn repair(tree: &mut Tree, lexicon: &Lexicon) {
    tree.nodes.iter_mut().for_each(|node| lexicon.mend_lemma(&mut node.lemma));
    for noun in 0..tree.nodes.len() {
        if let Some((subject, verb)) = verb_read_as_adjective(tree, noun) {
            make_verb(tree, lexicon, noun, subject, verb);
        }
    }
    for noun in 0..tree.nodes.len() {
        if let Some((subject, object)) = verb_read_as_noun(tree, lexicon, noun) {
            turn_into_verb(tree, noun, subject, object);
        }
    }
    for clause in 0..tree.nodes.len() {
        if is_control_read_as_subject(tree, clause) {
            tree.nodes[clause].relation = Relation::Xcomp;
        }
    }
    for verb in 0..tree.nodes.len() {
        if let Some(subject) = subject_read_as_modifier(tree, verb) {
            tree.nodes[subject].relation = Relation::Nsubj;
        }
    }
}

/// In "Washington sanctions two ministers" the verb is taken for a noun: a name stands before it, a noun phrase behind it, and
/// the clause has no verb of its own.
fn verb_read_as_noun(tree: &Tree, lexicon: &Lexicon, noun: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[noun];
    let clause = matches!(node.relation, Relation::Root | Relation::Ccomp | Relation::Parataxis);
    let verb_form = node.xpos == Xpos::Nns && lexicon.is_verb(&node.lemma);
    if !clause || !verb_form || tree.children(noun).any(|child| tree.nodes[child].relation == Relation::Cop) {
        return None;
    }
    let is_subject = |child: &usize| *child < noun && matches!(tree.nodes[*child].relation, Relation::Compound | Relation::Nsubj);
    let subject = tree.children(noun).find(is_subject)?;
    let bare = |child: usize| !tree.children(child).any(|case| tree.nodes[case].relation == Relation::Case);
    let is_object = |child: &usize| {
        let node = &tree.nodes[*child];
        *child > noun && bare(*child) && (node.relation == Relation::Obj || matches!(node.upos, Upos::Noun | Upos::Propn))
    };
    tree.children(noun).find(is_object).map(|object| (subject, object))
}

/// "is set to meet", "is due to travel": the infinitive behind the adjective is no subject, since there is one before it.
fn is_control_read_as_subject(tree: &Tree, clause: usize) -> bool {
    let Some(head) = tree.nodes[clause].head else { return false };
    let has_subject =
        tree.children(head).any(|child| child < head && matches!(tree.nodes[child].relation, Relation::Nsubj | Relation::NsubjPass));
    let expletive = tree.children(head).any(|child| tree.nodes[child].relation == Relation::Expl);
    tree.nodes[clause].relation == Relation::Csubj && clause > head && has_subject && !expletive
}

fn turn_into_verb(tree: &mut Tree, noun: usize, subject: usize, object: usize) {
    tree.nodes[noun].upos = Upos::Verb;
    tree.nodes[noun].xpos = Xpos::Vbz;
    tree.nodes[subject].relation = Relation::Nsubj;
    tree.nodes[object].relation = Relation::Obj;
    if tree.nodes[object].xpos == Xpos::Vbz {
        tree.nodes[object].upos = Upos::Noun;
        tree.nodes[object].xpos = Xpos::Nns;
    }
    let articles: Vec<usize> = tree.children(noun).filter(|child| *child < subject).collect();
    articles.into_iter().for_each(|article| tree.nodes[article].head = Some(subject));
}

/// A noun before a finite verb that has no subject is not its modifier but its subject.
fn subject_read_as_modifier(tree: &Tree, verb: usize) -> Option<usize> {
    let node = &tree.nodes[verb];
    if node.upos != Upos::Verb || !matches!(node.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) {
        return None;
    }
    let is_subject =
        |child: usize| matches!(tree.nodes[child].relation, Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::Expl);
    if tree.children(verb).any(is_subject) {
        return None;
    }
    tree.children(verb).find(|child| {
        let child_node = &tree.nodes[*child];
        let modifier = matches!(
            child_node.relation,
            Relation::Compound | Relation::NmodUnmarked | Relation::NmodDesc | Relation::Nmod | Relation::Dep
        );
        let bare = !tree.children(*child).any(|case| tree.nodes[case].relation == Relation::Case);
        *child < verb && modifier && bare && matches!(child_node.upos, Upos::Propn | Upos::Noun)
    })
}

/// In "The EU extended sanctions" the verb is taken for an adjective of the noun behind it, and that for the predicate.
fn verb_read_as_adjective(tree: &Tree, noun: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[noun];
    let clause = matches!(node.relation, Relation::Root | Relation::Ccomp | Relation::Parataxis | Relation::Conj | Relation::Advcl);
    if !clause
        || !matches!(node.upos, Upos::Noun | Upos::Propn)
        || tree.children(noun).any(|child| tree.nodes[child].relation == Relation::Cop)
    {
        return None;
    }
    let subject =
        tree.children(noun).find(|child| *child < noun && matches!(tree.nodes[*child].relation, Relation::Nsubj | Relation::NsubjPass))?;
    let looks_like_verb = |child: &usize| {
        let child = &tree.nodes[*child];
        child.relation == Relation::Amod && (matches!(child.xpos, Xpos::Vbn | Xpos::Vbd) || child.lemma.ends_with("ed"))
    };
    tree.children(noun).filter(|child| *child > subject && *child < noun).find(looks_like_verb).map(|verb| (subject, verb))
}

fn make_verb(tree: &mut Tree, lexicon: &Lexicon, noun: usize, subject: usize, verb: usize) {
    let (head, relation) = (tree.nodes[noun].head, tree.nodes[noun].relation);
    tree.nodes[verb].head = head;
    tree.nodes[verb].relation = relation;
    tree.nodes[verb].upos = Upos::Verb;
    tree.nodes[verb].xpos = Xpos::Vbd;
    if let Some(stem) = tree.nodes[verb].lemma.strip_suffix("ed").map(str::to_owned) {
        tree.nodes[verb].lemma = stem;
        lexicon.mend_lemma(&mut tree.nodes[verb].lemma);
    }
    tree.nodes[noun].head = Some(verb);
    tree.nodes[noun].relation = Relation::Obj;
    tree.nodes[subject].head = Some(verb);
    for node in 0..tree.nodes.len() {
        let moves =
            matches!(tree.nodes[node].relation, Relation::Obl | Relation::Advmod | Relation::Advcl | Relation::Punct | Relation::Aux);
        if moves && tree.nodes[node].head == Some(noun) {
            tree.nodes[node].head = Some(verb);
        }
    }
}
