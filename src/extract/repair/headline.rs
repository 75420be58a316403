//! Headlines without a finite verb: "Peru to host talks", "Lavrov, Kerry discuss Syria".

use super::shapes::is_finite_word;
use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    join_names(tree, forms, names);
    if let Some((subject, verb)) = infinitive_behind_subject(tree, names, lexicon) {
        make_predicate(tree, subject, verb);
    }
}

/// "Lavrov, Kerry discuss Syria": two names with a comma for "and", and their verb right behind them.
fn join_names(tree: &mut Tree, forms: &[&str], names: &[bool]) {
    let Some(comma) = forms.iter().position(|form| *form == ",").filter(|comma| names[..*comma].contains(&true)) else { return };
    let is_name = |at: usize| names[at] || tree.nodes[at].upos == Upos::Propn;
    let Some(verb) = (comma + 1..tree.nodes.len()).find(|at| !is_name(*at)) else { return };
    let agrees = matches!(tree.nodes[verb].xpos, Xpos::Vbp | Xpos::Vb | Xpos::Vbd | Xpos::To) || forms[verb] == tree.nodes[verb].lemma;
    if !(0..comma).all(is_name) || verb == comma + 1 || !names[comma + 1..verb].contains(&true) || !agrees {
        return;
    }
    let outer = |range: std::ops::Range<usize>| {
        range.clone().find(|at| names[*at] && tree.nodes[*at].head.is_none_or(|head| !range.contains(&head)))
    };
    let pair = outer(0..comma).zip(outer(comma + 1..verb));
    if let Some((_, second)) = pair.filter(|(first, second)| tree.nodes[*second].head == Some(*first)) {
        tree.nodes[second].relation = Relation::Conj;
    }
}

/// The noun phrase that a sentence begins with, and the infinitive right behind it, where no finite verb stands before.
fn infinitive_behind_subject(tree: &Tree, names: &[bool], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let marker = (1..tree.nodes.len()).find(|at| tree.nodes[*at].xpos == Xpos::To)?;
    let is_nominal = |at: usize| {
        matches!(tree.nodes[at].upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Cconj | Upos::Punct)
            || tree.nodes[at].xpos == Xpos::Pos
    };
    let verb = tree.nodes[marker].head.filter(|verb| *verb > marker && tree.nodes[*verb].xpos == Xpos::Vb)?;
    let subject = tree.nodes[verb].head.filter(|subject| *subject < marker)?;
    let is_whole = tree.nodes[subject].head.is_none() && (0..marker).all(is_nominal);
    // "Plans to leave", "Russian efforts to".
    let lemma = &tree.nodes[subject].lemma;
    let classes = &lexicon.classes;
    let is_body = (classes.offices.contains(lemma) || classes.institutions.contains(lemma)) && !classes.plans.contains(lemma);
    let acts = names[subject] || tree.nodes[subject].upos == Upos::Propn || is_body;
    let is_headline = (0..tree.nodes.len())
        .take_while(|at| !matches!(tree.nodes[*at].relation, Relation::Parataxis))
        .all(|at| at > verb || !is_finite_word(tree, at));
    (is_whole && acts && is_headline).then_some((subject, verb))
}

/// Makes an infinitive the predicate of its sentence: what follows hangs on it.
fn make_predicate(tree: &mut Tree, subject: usize, verb: usize) {
    for at in verb + 1..tree.nodes.len() {
        if tree.nodes[at].head == Some(subject) {
            tree.nodes[at].head = Some(verb);
        }
    }
    (tree.nodes[verb].head, tree.nodes[verb].relation) = (None, Relation::Root);
    (tree.nodes[subject].head, tree.nodes[subject].relation) = (Some(verb), Relation::Nsubj);
}
