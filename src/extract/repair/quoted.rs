//! Clauses that a parser joins to the words quoted before them: in "says 'that is enough', and *demands* an answer" who says it
//! demands it.

use super::shapes::{is_finite, is_subject};
use crate::{
    syntax::{Relation, Tree, Upos},
    text::is_quotation_mark,
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str]) {
    let Some(last) = forms.iter().rposition(|form| is_quotation_mark(form)) else { return };
    for verb in last + 1..tree.nodes.len() {
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
    let marks_before = forms[..close].iter().filter(|form| is_quotation_mark(form)).count();
    let open = (0..quoted).rev().find(|at| is_quotation_mark(forms[*at])).filter(|_| marks_before % 2 == 1)?;
    let has_subject = tree.children(verb).any(|child| is_subject(tree, child));
    let saying = tree.ancestors(quoted).find(|above| *above < open && tree.nodes[*above].upos == Upos::Verb)?;
    (!has_subject && is_finite(tree, saying)).then_some(saying)
}
