//! A phrase in front of its clause ("At talks in Geneva, Peru and Chile agree", "A day after the vote, Norway said") with which a
//! parser joins the subject behind the comma, or which it takes for the subject.

use std::ops::Range;

use super::shapes::{heads_of, is_finite, is_noun_phrase, is_subject, make_subjects};
use crate::{
    syntax::{Relation, Tree, Upos, Xpos},
    text::lower,
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str]) {
    let Some(verb) = tree.root() else { return };
    let Some(comma) = (2..verb).find(|at| forms[*at] == ",") else { return };
    let Some(phrase) = head_of_adverbial(tree, forms, 0..comma) else { return };
    let subject = comma + 1..start_of_predicate(tree, verb);
    if may_be_subject(tree, &subject) {
        give_subject(tree, phrase, subject, verb);
    }
}

/// The head of a phrase that says when, where or why, and holds no clause: it begins with a preposition, or counts up to one that tells
/// before or after what.
fn head_of_adverbial(tree: &Tree, forms: &[&str], phrase: Range<usize>) -> Option<usize> {
    let is_time = |at: usize| matches!(&*lower(forms[at]), "after" | "before" | "since");
    let first = &tree.nodes[phrase.start];
    let is_prepositional = first.relation == Relation::Case || first.upos == Upos::Adp;
    let is_counted = matches!(first.upos, Upos::Det | Upos::Num | Upos::Noun) && (1..phrase.end.min(4)).any(is_time);
    let is_phrase = phrase.clone().all(|at| !matches!(tree.nodes[at].upos, Upos::Aux | Upos::Cconj) && !is_finite(tree, at));
    let leaves = |at: &usize| tree.nodes[*at].head.is_some_and(|head| !phrase.contains(&head));
    let mut heads = phrase.clone().filter(leaves);
    let head = heads.next().filter(|_| heads.next().is_none())?;
    ((is_prepositional || is_counted) && is_phrase && tree.nodes[head].upos != Upos::Verb).then_some(head)
}

/// The first of the auxiliaries and adverbs before a verb.
fn start_of_predicate(tree: &Tree, verb: usize) -> usize {
    (0..verb).rev().take_while(|at| matches!(tree.nodes[*at].upos, Upos::Aux | Upos::Adv)).last().unwrap_or(verb)
}

/// Whether the tokens can be a subject: a noun phrase with a finite verb behind it.
fn may_be_subject(tree: &Tree, tokens: &Range<usize>) -> bool {
    let behind = tree.nodes.get(tokens.end);
    let is_plain_root = behind.is_some_and(|node| node.head.is_none() && node.xpos == Xpos::Vb);
    let has_auxiliary = behind.is_some_and(|node| node.upos == Upos::Aux);
    (is_plain_root || has_auxiliary || is_finite(tree, tokens.end)) && is_noun_phrase(tree, tokens)
}

/// Hangs the noun phrase on the verb as its subject, and the phrase in front as a phrase.
fn give_subject(tree: &mut Tree, phrase: usize, tokens: Range<usize>, verb: usize) {
    let has_subject = tree.children(verb).any(|child| tokens.contains(&child) && is_subject(tree, child));
    let heads = heads_of(tree, tokens.clone());
    let is_joined = |at: &usize| tree.nodes[*at].head.is_some_and(|head| head < tokens.start);
    if !has_subject && !heads.first().is_some_and(is_joined) {
        return;
    }
    if !has_subject {
        make_subjects(tree, &heads, verb);
    }
    if tree.nodes[phrase].head != Some(verb) || is_subject(tree, phrase) {
        (tree.nodes[phrase].head, tree.nodes[phrase].relation) = (Some(verb), Relation::Obl);
    }
}
