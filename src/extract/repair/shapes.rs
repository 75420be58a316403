//! What several repairs ask of a tree.

use crate::{
    syntax::{Relation, Tree, Upos},
    text::lower,
};

/// Whether a word is a verb in a finite form, without its auxiliaries.
pub(super) fn is_finite(tree: &Tree, node: usize) -> bool {
    tree.nodes[node].upos == Upos::Verb && tree.nodes[node].xpos.is_finite_verb()
}

/// A verb or an auxiliary in a finite form.
pub(super) fn is_finite_word(tree: &Tree, node: usize) -> bool {
    let node = &tree.nodes[node];
    matches!(node.upos, Upos::Verb | Upos::Aux) && node.xpos.is_finite()
}

pub(super) fn is_subject(tree: &Tree, node: usize) -> bool {
    matches!(tree.nodes[node].relation, Relation::Nsubj | Relation::NsubjPass | Relation::Expl)
}

pub(super) fn has_subject(tree: &Tree, verb: usize) -> bool {
    tree.children(verb).any(|child| is_subject(tree, child))
}

/// Whether the tokens are words of one noun phrase, without a comma.
pub(super) fn is_noun_phrase(tree: &Tree, tokens: &std::ops::Range<usize>) -> bool {
    let belongs = |upos| {
        matches!(upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Part | Upos::Pron | Upos::Cconj | Upos::Adp)
    };
    let starts = |upos| matches!(upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Pron);
    tokens.clone().all(|at| belongs(tree.nodes[at].upos)) && tokens.clone().next().is_some_and(|first| starts(tree.nodes[first].upos))
}

/// Words that stand before a phrase and before a clause.
pub(super) fn opens_clause(form: &str) -> bool {
    matches!(&*lower(form), "after" | "before" | "since" | "as" | "until" | "while" | "than")
}

/// Hangs the first of some nouns on a verb as its subject, and the others on the first.
pub(super) fn make_subjects(tree: &mut Tree, heads: &[usize], verb: usize) {
    let Some((first, others)) = heads.split_first() else { return };
    let passive = tree.children(verb).any(|child| tree.nodes[child].relation == Relation::AuxPass);
    let relation = if passive { Relation::NsubjPass } else { Relation::Nsubj };
    (tree.nodes[*first].head, tree.nodes[*first].relation) = (Some(verb), relation);
    for other in others {
        (tree.nodes[*other].head, tree.nodes[*other].relation) = (Some(*first), Relation::Conj);
    }
}

/// The nouns among some tokens that hang on a word outside of them.
pub(super) fn heads_of(tree: &Tree, tokens: std::ops::Range<usize>) -> Vec<usize> {
    let is_noun = |at: &usize| matches!(tree.nodes[*at].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let outside = |at: &usize| tree.nodes[*at].head.is_none_or(|head| !tokens.contains(&head)) && is_noun(at);
    tokens.clone().filter(outside).collect()
}
