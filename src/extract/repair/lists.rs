//! The last of a list of names, which a parser joins to a word above the list, and names that it gives to a member before theirs.

use crate::syntax::{Relation, Tree, Upos};

pub(super) fn repair(tree: &mut Tree, forms: &[&str], names: &[bool]) {
    for node in 2..tree.nodes.len() {
        if let Some(member) = member_of_name(tree, names, node) {
            tree.nodes[node].head = Some(member);
        }
        if let Some((first, second)) = first_of_long_list(tree, forms, names, node) {
            tree.nodes[node].head = Some(first);
            tree.nodes[second].relation = Relation::Conj;
        }
        if let Some(before) = noun_before(tree, forms, names, node) {
            tree.nodes[node].head = Some(before);
        }
        if let Some(noun) = noun_before_of(tree, forms, node) {
            tree.nodes[node].head = Some(noun);
        }
        if let Some((first, name)) = name_of_second_title(tree, node) {
            join_title_and_name(tree, first, node, name);
        }
    }
}

/// In "between Norway's king and Chad President *Mary Smith*" the last name is given to the first member: a name does not reach over "and".
fn member_of_name(tree: &Tree, names: &[bool], part: usize) -> Option<usize> {
    let first = tree.nodes[part].head.filter(|first| *first < part && tree.nodes[part].relation == Relation::Flat)?;
    let joint = (first + 1..part).rfind(|at| tree.nodes[*at].relation == Relation::Cc)?;
    let is_whole = |at: &usize| !matches!(tree.nodes[*at].relation, Relation::Compound | Relation::Flat);
    (joint + 1..part).filter(|at| tree.nodes[*at].upos == Upos::Propn || names[*at]).rfind(is_whole)
}

/// In "a pact with Chad, Mali, Niger and *Togo*" the last name is joined to the pact.
fn first_of_long_list(tree: &Tree, forms: &[&str], names: &[bool], last: usize) -> Option<(usize, usize)> {
    let above = tree.nodes[last].head.filter(|above| *above < last && names[last] && !names[*above])?;
    let joint = joint_before(tree, last)?;
    let before = (above + 1..joint).rfind(|at| forms[*at] != ",")?;
    let is_member =
        |at: &usize| names[*at] && matches!(tree.nodes[*at].relation, Relation::Conj | Relation::NmodUnmarked | Relation::Appos);
    let second = std::iter::successors(Some(before), |at| tree.nodes[*at].head).take(3).find(is_member)?;
    let first = tree.nodes[second].head.filter(|first| names[*first] && above < *first && *first < second)?;
    forms[first..second].contains(&",").then_some((first, second))
}

/// The "and" by which a word is joined to one before it.
fn joint_before(tree: &Tree, joined: usize) -> Option<usize> {
    tree.child(joined, Relation::Cc).filter(|joint| *joint < joined && tree.nodes[joined].relation == Relation::Conj)
}

/// In "saying Chad, Mali and other *states* would leave" a noun is joined to the verb above the list, and in "withdrawal of Malian and
/// Chadian *troops*" to the noun above: it belongs to the name right before "and".
fn noun_before(tree: &Tree, forms: &[&str], names: &[bool], last: usize) -> Option<usize> {
    let above = tree.nodes[last].head.filter(|above| *above < last && tree.nodes[last].relation == Relation::Conj)?;
    let is_noun = tree.nodes[last].upos == Upos::Noun && tree.child(last, Relation::Cop).is_none();
    let joint = (above + 1..last).rfind(|at| forms[*at] == "and").filter(|_| is_noun)?;
    let before = joint - 1;
    let is_of_verb = || tree.nodes[above].upos == Upos::Verb && joint_before(tree, last) == Some(joint);
    let is_described = || names[joint + 1] && tree.nodes[joint + 1].head == Some(last) && tree.nodes[before].head == Some(above);
    let has_only_describing = (joint + 1..last).all(|at| tree.nodes[at].head == Some(last));
    (names[before] && before > above && has_only_describing && (is_of_verb() || is_described())).then_some(before)
}

/// In "between Norway and the chairman *of the council* of Chad" the phrase is given to the first member.
fn noun_before_of(tree: &Tree, forms: &[&str], phrase: usize) -> Option<usize> {
    let first = tree.nodes[phrase].head.filter(|first| *first < phrase && tree.nodes[phrase].relation == Relation::Nmod)?;
    let case = tree.child(phrase, Relation::Case).filter(|case| forms[*case] == "of")?;
    let noun = case.checked_sub(1)?;
    let is_second = tree.nodes[noun].head == Some(first) && tree.nodes[noun].relation == Relation::Conj;
    (is_second && matches!(tree.nodes[noun].upos, Upos::Noun | Upos::Propn)).then_some(noun)
}

/// In "on president Mary Smith and minister *Eve Jones*" the second title is joined to a word above, and its name is cut off. Gives the
/// first name and that of the title.
fn name_of_second_title(tree: &Tree, title: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[title];
    let joint = joint_before(tree, title)?;
    let is_title = node.upos == Upos::Noun && tree.child(title, Relation::Det).is_none();
    let is_titled = |at: &usize| tree.nodes[*at].upos == Upos::Propn && tree.child(*at, Relation::NmodDesc).is_some();
    let before = joint.checked_sub(1).filter(|_| is_title)?;
    let first = std::iter::successors(Some(before), |at| tree.nodes[*at].head).take(3).find(is_titled).filter(|first| *first < joint)?;
    let part = title + 1;
    let name = match tree.nodes.get(part).filter(|part| part.upos == Upos::Propn)?.relation {
        Relation::Compound => tree.nodes[part].head.filter(|name| *name > part)?,
        _ => part,
    };
    let is_cut_off = tree.nodes[name].head != Some(title) && tree.nodes[name].upos == Upos::Propn;
    is_cut_off.then_some((first, name))
}

fn join_title_and_name(tree: &mut Tree, first: usize, title: usize, name: usize) {
    (tree.nodes[name].head, tree.nodes[name].relation) = (Some(first), Relation::Conj);
    if let Some(joint) = tree.child(title, Relation::Cc) {
        tree.nodes[joint].head = Some(name);
    }
    (tree.nodes[title].head, tree.nodes[title].relation) = (Some(name), Relation::NmodDesc);
}
