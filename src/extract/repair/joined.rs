//! Clauses joined to others whose subject a parser joins to a noun of the clause before: "Norway aids Moldova, and *Peru* leaves the bloc",
//! "Norway aids Moldova after *Peru* left the bloc".

use std::ops::Range;

use super::shapes::{heads_of, is_finite_word, is_subject, make_subjects, opens_clause};
use crate::{
    syntax::{Relation, Tree, Upos},
    text::lower,
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str]) {
    for predicate in 0..tree.nodes.len() {
        if let Some(clause) = clause_without_subject(tree, forms, predicate) {
            give_subject(tree, &clause);
        }
    }
}

/// A finite clause that has a noun phrase right before its verb, and not as its subject.
struct Clause {
    predicate: usize,
    /// The noun phrase.
    subject: Range<usize>,
    /// "after", "while", where one of these opens the clause; else it is joined by "and" or "but".
    opener: Option<usize>,
}

fn clause_without_subject(tree: &Tree, forms: &[&str], predicate: usize) -> Option<Clause> {
    let verb = first_of_predicate(tree, predicate)?;
    let (subject, opener) = noun_phrase_before(tree, forms, verb)?;
    let boundary = opener.unwrap_or(subject.start - 1);
    let has_subject = tree.children(predicate).any(|child| child > boundary && child < predicate && is_subject(tree, child));
    let verb_before = (0..boundary).any(|at| is_finite_word(tree, at));
    // "Norway, Spain, and Chile agree": the list is the subject of the only verb.
    (!has_subject && verb_before).then_some(Clause { predicate, subject, opener })
}

/// The first word of a finite predicate: its first auxiliary, or the verb itself.
fn first_of_predicate(tree: &Tree, predicate: usize) -> Option<usize> {
    let node = &tree.nodes[predicate];
    let is_auxiliary = matches!(node.relation, Relation::Aux | Relation::AuxPass | Relation::Cop);
    if is_auxiliary || matches!(node.upos, Upos::Det | Upos::Adp | Upos::Part | Upos::Cconj | Upos::Sconj | Upos::Punct) {
        return None;
    }
    let auxiliary =
        |child: &usize| *child < predicate && matches!(tree.nodes[*child].relation, Relation::Aux | Relation::AuxPass | Relation::Cop);
    let first = tree.children(predicate).find(auxiliary);
    let verb = first.or_else(|| is_finite_word(tree, predicate).then_some(predicate))?;
    is_finite_word(tree, verb).then_some(verb)
}

/// The noun phrase that ends before a verb and its adverbs, and what opens the clause that it is in.
fn noun_phrase_before(tree: &Tree, forms: &[&str], verb: usize) -> Option<(Range<usize>, Option<usize>)> {
    let end = (0..verb).rev().find(|at| tree.nodes[*at].upos != Upos::Adv)? + 1;
    let within = |at: &usize| {
        let upos = tree.nodes[*at].upos;
        let nominal = matches!(upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Part | Upos::Pron | Upos::Cconj);
        (nominal || forms[*at] == "of") && forms[*at] != "to" && !joins_clause(forms[*at])
    };
    let mut start = (0..end).rev().take_while(within).last()?;
    let has_joint = tree.nodes[start].upos == Upos::Cconj && start > 0 && matches!(forms[start - 1], "," | ";");
    let joined = (has_joint && !ends_list(tree, forms, start - 1)) || (start > 0 && forms[start - 1] == ";");
    let opener = start.checked_sub(1).filter(|before| joins_clause(forms[*before]) && tree.nodes[*before].upos != Upos::Adv);
    start += usize::from(has_joint);
    let begins = matches!(tree.nodes.get(start)?.upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Pron);
    let ends = matches!(tree.nodes[end - 1].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    (start < end && begins && ends && (joined || opener.is_some())).then_some((start..end, opener))
}

/// "Niger, Mali, and Chad": the comma before "and" is not the first.
fn ends_list(tree: &Tree, forms: &[&str], comma: usize) -> bool {
    let nominal = |at: &usize| matches!(tree.nodes[*at].upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn);
    let start = (0..comma).rev().take_while(nominal).last();
    start.and_then(|start| start.checked_sub(1)).is_some_and(|before| forms[before] == ",")
}

/// Hangs the noun phrase on its verb, and the verb on the clause before.
fn give_subject(tree: &mut Tree, clause: &Clause) {
    let heads = heads_of(tree, clause.subject.clone());
    if heads.is_empty() {
        return;
    }
    let boundary = clause.opener.unwrap_or(clause.subject.start);
    let is_verb = |head: &usize| *head < boundary && tree.nodes[*head].upos == Upos::Verb;
    let main = tree.nodes[clause.predicate].head.filter(is_verb).or_else(|| main_verb_before(tree, boundary, clause.opener.is_some()));
    if let Some(main) = main.filter(|main| !tree.is_within(*main, clause.predicate)) {
        tree.nodes[clause.predicate].head = Some(main);
        tree.nodes[clause.predicate].relation = if clause.opener.is_some() { Relation::Advcl } else { Relation::Conj };
    }
    make_subjects(tree, &heads, clause.predicate);
    if let Some(opener) = clause.opener {
        (tree.nodes[opener].head, tree.nodes[opener].relation) = (Some(clause.predicate), Relation::Mark);
    }
}

/// The predicate that a clause hangs on: the nearest one before with a subject for one behind "after", else the highest.
fn main_verb_before(tree: &Tree, boundary: usize, is_nearest: bool) -> Option<usize> {
    let has_subject = |at: &usize| tree.children(*at).any(|child| is_subject(tree, child));
    let nearest = (0..boundary).rev().find(has_subject).filter(|_| is_nearest);
    let finite = || (0..boundary).find(|at| is_finite_word(tree, *at) && tree.nodes[*at].upos == Upos::Verb);
    nearest.or_else(|| tree.root().filter(|root| *root < boundary)).or_else(finite)
}

/// Words that open a clause behind another.
fn joins_clause(form: &str) -> bool {
    (opens_clause(form) && form != "than") || matches!(&*lower(form), "because" | "although" | "though" | "whereas")
}
