//! A clause with a gerund in front of its sentence ("After receiving tanks from France, Mali fell silent"), whose end a parser does not see,
//! so that it joins the subject behind the comma to it.

use std::ops::Range;

use super::shapes::{heads_of, is_finite, is_finite_word, is_noun_phrase, is_subject, make_subjects};
use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
    text::lower,
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    for saying in 1..tree.nodes.len() {
        if let Some(verb) = verb_of_saying(tree, forms, saying, lexicon) {
            tree.nodes[saying].head = Some(verb);
        }
    }
    hang_gerund_in_front(tree, forms, lexicon);
    for at in 2..tree.nodes.len() {
        if is_of_name_in_background(tree, forms, names, at, lexicon) {
            tree.nodes[at].head = Some(at - 1);
        }
    }
    for at in 1..tree.nodes.len() {
        if let Some((first, verb, lemma)) = people_who_meet(tree, forms, at, lexicon) {
            make_meeting_clause(tree, at, lemma, first, verb);
        }
    }
}

/// In "bans 13 envoys in response to Chile banning ships" the gerund says what the name right before it does.
fn is_of_name_in_background(tree: &Tree, forms: &[&str], names: &[bool], at: usize, lexicon: &Lexicon) -> bool {
    let node = &tree.nodes[at];
    let describes = node.xpos == Xpos::Vbg && node.relation == Relation::Acl && names[at - 1];
    if !describes {
        return false;
    }
    let is_of_name = |word: &usize| tree.nodes[*word].upos == Upos::Propn || tree.nodes[*word].upos == Upos::Det;
    let start = (0..at).rev().find(|word| !is_of_name(word)).map_or(0, |before| before + 1);
    let is_background = |length: usize| {
        let Some(first) = start.checked_sub(length) else { return false };
        // "cuts ties with Chile calling it": who it is with does nothing, but behind a comma.
        let is_apart = first == 0 || forms[first - 1] == ",";
        let words = forms[first..start].join(" ").to_lowercase();
        lexicon.classes.backgrounds.contains(&words) && (words != "with" || is_apart)
    };
    let mut above = std::iter::successors(Some(at - 1), |word| tree.nodes[*word].head).take(tree.nodes.len());
    let is_its_own = above.any(|word| word == at);
    !is_its_own && (1..=3).any(is_background)
}

/// In "Chile and other states meeting in Lima agree" a parser takes the gerund for the noun that agrees: the first of those who meet,
/// what they do, and the lemma of the gerund.
fn people_who_meet<'l>(tree: &Tree, forms: &[&str], at: usize, lexicon: &'l Lexicon) -> Option<(usize, usize, &'l str)> {
    let node = &tree.nodes[at];
    let is_noun = node.xpos == Xpos::Nn && node.relation == Relation::Nsubj && tree.nodes[at - 1].xpos == Xpos::Nns;
    let in_place = forms.get(at + 1).is_some_and(|next| matches!(*next, "in" | "at"));
    let verb = node.head.filter(|verb| *verb > at && is_noun && in_place)?;
    let lemma = lexicon.verb_of(forms[at]).filter(|verb| lexicon.classes.gathering.contains(verb))?;
    let agrees = matches!(tree.nodes[verb].xpos, Xpos::Vbp | Xpos::Vbd);
    let mut up = std::iter::successors(Some(at - 1), |node| tree.nodes[*node].head).take(4);
    up.find(|node| agrees && tree.nodes[*node].head == Some(at)).map(|first| (first, verb, lemma))
}

fn make_meeting_clause(tree: &mut Tree, meeting: usize, lemma: &str, first: usize, verb: usize) {
    for child in 0..tree.nodes.len() {
        let node = &mut tree.nodes[child];
        if node.head == Some(meeting) && child < meeting {
            node.head = Some(meeting - 1);
        } else if node.head == Some(meeting) && node.relation == Relation::Nmod {
            node.relation = Relation::Obl;
        }
    }
    (tree.nodes[first].head, tree.nodes[first].relation) = (Some(verb), Relation::Nsubj);
    let node = &mut tree.nodes[meeting];
    (node.head, node.relation) = (Some(meeting - 1), Relation::Acl);
    (node.upos, node.xpos) = (Upos::Verb, Xpos::Vbg);
    lemma.clone_into(&mut node.lemma);
}

/// In "bars the envoy from returning, saying" who bars says it, not who returns.
fn verb_of_saying(tree: &Tree, forms: &[&str], saying: usize, lexicon: &Lexicon) -> Option<usize> {
    let node = &tree.nodes[saying];
    let classes = &lexicon.classes;
    let says = classes.sayings.contains(&node.lemma) || classes.utterances.contains(&node.lemma);
    let is_gerund = node.xpos == Xpos::Vbg && node.relation == Relation::Advcl && forms[saying - 1] == ",";
    let inner = node.head.filter(|inner| says && is_gerund && *inner < saying && tree.nodes[*inner].xpos == Xpos::Vbg)?;
    let marked = tree.child(inner, Relation::Mark).is_some() && matches!(tree.nodes[inner].relation, Relation::Advcl | Relation::Xcomp);
    tree.nodes[inner].head.filter(|verb| marked && tree.nodes[*verb].upos == Upos::Verb)
}

fn hang_gerund_in_front(tree: &mut Tree, forms: &[&str], lexicon: &Lexicon) {
    let is_preposition = |gerund: usize| lexicon.classes.past_backgrounds.contains(&lower(forms[gerund]));
    let Some(gerund) = gerund_in_front(tree).filter(|gerund| !is_preposition(*gerund)) else { return };
    let Some((subject, predicate)) = main_clause(tree, forms, gerund) else { return };
    let front = gerund..subject.start - 1;
    hang_front(tree, &front, predicate);
    let has_subject = tree.children(predicate).any(|child| subject.contains(&child) && is_subject(tree, child));
    if !has_subject {
        make_subjects(tree, &heads_of(tree, subject), predicate);
    }
    if lexicon.classes.sayings.contains(&tree.nodes[gerund].lemma) {
        give_complement(tree, &front);
    }
}

/// The gerund that a sentence begins with, behind at most one word: "After receiving", "Citing".
fn gerund_in_front(tree: &Tree) -> Option<usize> {
    let is_gerund = |at: &usize| tree.nodes.get(*at).is_some_and(|node| node.upos == Upos::Verb && node.xpos == Xpos::Vbg);
    let is_opener = tree.nodes.first().is_some_and(|first| matches!(first.upos, Upos::Adp | Upos::Sconj));
    is_gerund(&0).then_some(0).or_else(|| Some(1).filter(|at| is_opener && is_gerund(at)))
}

/// The noun phrase between a comma and a finite verb, and the predicate that the verb belongs to.
fn main_clause(tree: &Tree, forms: &[&str], gerund: usize) -> Option<(Range<usize>, usize)> {
    let clause_behind = |comma: usize| {
        let verb = (comma + 2..tree.nodes.len()).find(|at| is_finite_word(tree, *at) || forms[*at] == ",")?;
        let end = (comma + 1..verb).rev().find(|at| tree.nodes[*at].upos != Upos::Adv)? + 1;
        let subject = comma + 1..end;
        let predicate = if tree.nodes[verb].upos == Upos::Aux { tree.nodes[verb].head.unwrap_or(verb) } else { verb };
        (forms[verb] != "," && predicate >= verb && is_noun_phrase(tree, &subject)).then_some((subject, predicate))
    };
    (gerund + 1..tree.nodes.len()).filter(|at| forms[*at] == ",").find_map(clause_behind)
}

/// Hangs what stands in front on the predicate, which takes its place.
fn hang_front(tree: &mut Tree, front: &Range<usize>, predicate: usize) {
    let gerund = front.start;
    if let Some(root) = tree.root().filter(|root| front.contains(root)) {
        (tree.nodes[predicate].head, tree.nodes[predicate].relation) = (None, Relation::Root);
        (tree.nodes[root].head, tree.nodes[root].relation) = (Some(predicate), Relation::Advcl);
    }
    (tree.nodes[gerund].head, tree.nodes[gerund].relation) = (Some(predicate), Relation::Advcl);
}

/// "After saying Togo started the war": the finite clause behind a verb of saying is what is said.
fn give_complement(tree: &mut Tree, front: &Range<usize>) {
    let leaves = |at: &usize| is_finite(tree, *at) && tree.nodes[*at].head.is_some_and(|head| !front.contains(&head));
    if let Some(said) = (front.start + 1..front.end).find(leaves) {
        (tree.nodes[said].head, tree.nodes[said].relation) = (Some(front.start), Relation::Ccomp);
    }
}
