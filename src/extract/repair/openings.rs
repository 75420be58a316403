//! Clauses whose beginning was misread: the verb of saying before them, the phrase in front of them, or the word that opens them.

use super::shapes::{has_subject, is_finite, is_subject, make_subjects, opens_clause};
use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos},
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str], lexicon: &Lexicon) {
    for verb in 0..tree.nodes.len() {
        if let Some((content, subject)) = content_read_as_main_clause(tree, forms, lexicon, verb) {
            put_below(tree, verb, content);
            make_subjects(tree, &[subject], content);
        }
        if let Some(phrase) = phrase_read_as_root(tree, verb) {
            put_below(tree, verb, phrase);
            tree.nodes[phrase].relation = Relation::Obl;
        }
        if let Some((subject, opener)) = subject_read_as_phrase(tree, forms, verb) {
            let above = tree.nodes[subject].head;
            make_subjects(tree, &[subject], verb);
            (tree.nodes[opener].head, tree.nodes[opener].relation) = (Some(verb), Relation::Mark);
            (tree.nodes[verb].head, tree.nodes[verb].relation) = (above, Relation::Advcl);
        }
        if let Some(opener) = opener_read_as_case(tree, forms, verb) {
            (tree.nodes[opener].head, tree.nodes[opener].relation) = (Some(verb), Relation::Mark);
            tree.nodes[verb].relation = Relation::Advcl;
        }
    }
}

/// In "Norway says the raid was planned" the verb of saying, with its own subject, is taken for a clause beside what is said, and the
/// subject of that, which comes with it, perhaps for what is said.
fn content_read_as_main_clause(tree: &Tree, forms: &[&str], lexicon: &Lexicon, saying: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[saying];
    let content = node.head.filter(|head| node.relation == Relation::Advcl && *head > saying)?;
    let says = is_finite(tree, saying) && lexicon.classes.attributing.contains(&node.lemma);
    let has_own_subject = tree.children(saying).any(|child| child < saying && is_subject(tree, child));
    let is_marked = tree.children(saying).any(|child| matches!(tree.nodes[child].relation, Relation::Mark | Relation::Ccomp));
    let own = || tree.children(content).find(|child| *child < content && is_subject(tree, *child));
    let object = || tree.child(saying, Relation::Obj).filter(|object| own().is_none() && (saying..content).contains(object));
    let subject = own().filter(|subject| *subject > saying).or_else(object)?;
    let is_parted = forms[saying..subject].contains(&",");
    (says && has_own_subject && !is_marked && !is_parted).then_some((content, subject))
}

/// In "During a summit in Oslo, Kenya urged peace" the phrase in front is taken for what the sentence says.
fn phrase_read_as_root(tree: &Tree, verb: usize) -> Option<usize> {
    let phrase = tree.nodes[verb].head.filter(|head| tree.nodes[verb].relation == Relation::Parataxis && *head < verb)?;
    let is_noun = tree.nodes[phrase].head.is_none() && tree.nodes[phrase].upos == Upos::Noun;
    let is_phrase = tree.child(phrase, Relation::Case) == Some(0) && tree.child(phrase, Relation::Cop).is_none();
    let has_subject = tree.children(verb).any(|child| (phrase..verb).contains(&child) && is_subject(tree, child));
    (is_noun && is_phrase && is_finite(tree, verb) && has_subject).then_some(phrase)
}

/// A verb takes the place of what it was hung on, which becomes its content; what stood in front of both, and the last sign, is its own.
fn put_below(tree: &mut Tree, verb: usize, content: usize) {
    (tree.nodes[verb].head, tree.nodes[verb].relation) = (tree.nodes[content].head, tree.nodes[content].relation);
    (tree.nodes[content].head, tree.nodes[content].relation) = (Some(verb), Relation::Ccomp);
    let last = tree.nodes.len() - 1;
    for node in (0..verb.min(content)).chain([last]) {
        let is_own = tree.nodes[node].upos == Upos::Punct || verb < content;
        if tree.nodes[node].head == Some(content) && is_own {
            tree.nodes[node].head = Some(verb);
        }
    }
}

/// In "until a deal is reached" the opener is taken for a preposition of the subject.
fn opener_read_as_case(tree: &Tree, forms: &[&str], verb: usize) -> Option<usize> {
    let is_clause = matches!(tree.nodes[verb].relation, Relation::Ccomp | Relation::Advcl | Relation::Xcomp | Relation::Parataxis);
    let above = tree.nodes[verb].head.filter(|_| is_clause)?;
    let subject = tree.children(verb).find(|child| *child < verb && is_subject(tree, *child))?;
    let is_case = |child: &usize| *child < subject && tree.nodes[*child].relation == Relation::Case && opens_clause(forms[*child]);
    let opener = tree.children(subject).find(is_case)?;
    let is_marked = tree.children(verb).any(|child| tree.nodes[child].relation == Relation::Mark);
    (above < opener && !is_marked).then_some(opener)
}

/// In "left after Oslo vowed to go on" and "acts if Chad, which asked for help, agrees" the opener and the subject behind it are taken
/// for a phrase: then the verb has none. Gives the subject and the opener.
fn subject_read_as_phrase(tree: &Tree, forms: &[&str], verb: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[verb];
    let is_clause = matches!(node.relation, Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Parataxis | Relation::Conj);
    let is_opened = || tree.children(verb).any(|child| matches!(tree.nodes[child].relation, Relation::Mark | Relation::Cc));
    if !is_clause || !is_finite(tree, verb) || is_opened() || has_subject(tree, verb) {
        return None;
    }
    let above = node.head?;
    let is_phrase = |noun: &usize| matches!(tree.nodes[*noun].relation, Relation::Obl | Relation::Nmod);
    let subject = (above + 1..verb).filter(is_phrase).rfind(|noun| !tree.is_within(verb, *noun) && tree.is_within(*noun, above))?;
    let opener = tree.child(subject, Relation::Case).filter(|case| *case < subject)?;
    // "after" and "before" also stand before phrases, deep within the one that comes first.
    let is_of_both = tree.nodes[subject].head == Some(above) && opens_clause(forms[opener]);
    let opens = is_of_both || tree.nodes[opener].upos == Upos::Sconj;
    // A comma between them is that of an insertion.
    let has_insertion = tree.children(subject).any(|child| matches!(tree.nodes[child].relation, Relation::AclRelcl | Relation::Appos));
    let is_near = |at: usize| tree.is_within(at, subject) || tree.nodes[at].upos == Upos::Adv || (forms[at] == "," && has_insertion);
    (opens && (subject..verb).all(is_near)).then_some((subject, opener))
}
