//! Clauses that a parser joins to the words quoted before them: in "says 'that is enough', and *demands* an answer" who says it
//! demands it.

use super::shapes::{has_subject, is_finite};
use crate::{
    syntax::{Relation, Tree, Upos},
    text::is_quotation_mark,
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str]) {
    let Some(first) = forms.iter().position(|form| is_quotation_mark(form)) else { return };
    for verb in first + 1..tree.nodes.len() {
        if let Some(saying) = saying_before_quotation(tree, forms, verb) {
            tree.nodes[verb].head = Some(saying);
        }
    }
}

/// The verb in front of the quotation, if the clause behind it has no subject of its own and is joined to a word within.
fn saying_before_quotation(tree: &Tree, forms: &[&str], verb: usize) -> Option<usize> {
    let is_joined = tree.nodes[verb].relation == Relation::Conj && is_finite(tree, verb);
    let quoted = tree.nodes[verb].head.filter(|head| is_joined && *head < verb)?;
    let close = (quoted + 1..verb).find(|at| is_quotation_mark(forms[*at]))?;
    let marks_before = |end: usize| forms[..end].iter().filter(|form| is_quotation_mark(form)).count();
    let is_behind = marks_before(close) % 2 == 1 && marks_before(verb) % 2 == 0;
    let open = (0..quoted).rev().find(|at| is_quotation_mark(forms[*at])).filter(|_| is_behind)?;
    let saying = tree.ancestors(quoted).find(|above| *above < open && tree.nodes[*above].upos == Upos::Verb)?;
    (!has_subject(tree, verb) && is_finite(tree, saying)).then_some(saying)
}
