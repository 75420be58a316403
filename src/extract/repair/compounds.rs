//! Names before an adjective and a noun ("opposes *UN* economic sanctions"), which a parser takes for a phrase of their own, and owners
//! that it hangs on the verb.

use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos},
};

pub(super) fn repair(tree: &mut Tree, names: &[bool], lexicon: &Lexicon) {
    for name in 0..tree.nodes.len().saturating_sub(2) {
        if let Some((first, noun)) = noun_of_name(tree, names, lexicon, name) {
            put_before_noun(tree, first, noun);
        }
    }
    for owner in 0..tree.nodes.len() {
        if let Some(noun) = noun_of_owner(tree, owner) {
            tree.nodes[owner].head = Some(noun);
        }
    }
}

/// "*Togo's* chemical weapons were burned": an owner that hangs on the verb belongs to the noun right behind it.
fn noun_of_owner(tree: &Tree, owner: usize) -> Option<usize> {
    let verb =
        tree.nodes[owner].head.filter(|head| tree.nodes[*head].upos == Upos::Verb && tree.nodes[owner].relation == Relation::NmodPoss)?;
    let mark = tree.child(owner, Relation::Case)?;
    let belongs = |at: &usize| matches!(tree.nodes[*at].upos, Upos::Adj | Upos::Num | Upos::Noun);
    let end = (mark + 1..verb).take_while(belongs).last()?;
    (tree.nodes[end].upos == Upos::Noun).then_some(end)
}

/// The noun that a name describes, behind the name on which it hangs if it is one of a list: nothing but adjectives of the noun stands
/// between.
fn noun_of_name(tree: &Tree, names: &[bool], lexicon: &Lexicon, name: usize) -> Option<(usize, usize)> {
    if tree.nodes[name].upos != Upos::Propn {
        return None;
    }
    let first = first_of_list(tree, names, name);
    let is_adjective = |at: &usize| tree.nodes[*at].upos == Upos::Adj && !names[*at];
    let noun = (name + 1..tree.nodes.len()).find(|at| !is_adjective(at))?;
    let is_right_behind = noun == name + 1;
    if (is_right_behind && !is_left_over(tree, name, noun)) || (!is_right_behind && !names[name]) {
        return None;
    }
    let describes_noun = |at: usize| tree.nodes[at].head == Some(noun) && tree.nodes[at].relation == Relation::Amod;
    let is_noun = tree.nodes[noun].upos == Upos::Noun && !names[noun] && (name + 1..noun).all(describes_noun);
    let begins_earlier = |child: usize| child < name && matches!(tree.nodes[child].relation, Relation::Det | Relation::Case);
    let is_apart = [name, first].iter().all(|name| tree.nodes[*name].head != Some(noun)) && !tree.children(noun).any(begins_earlier);
    // "closed its embassy in Mali last week"
    let is_time = tree.nodes[noun].relation == Relation::OblUnmarked || lexicon.classes.time_units.contains(&tree.nodes[noun].lemma);
    (is_noun && is_apart && !is_time && !is_receiver(tree, lexicon, first)).then_some((first, noun))
}

/// In "in defiance of the *UN embargo*", "over the *US decision*" nothing else can be done with the noun than to put it behind the
/// preposition of the name: the verb has an object, or the noun is neither a clause nor has it a preposition of its own.
fn is_left_over(tree: &Tree, name: usize, noun: usize) -> bool {
    let Some(head) = tree.nodes[noun].head else { return false };
    let is_alone = tree.child(noun, Relation::Case).is_none() && tree.child(noun, Relation::Det).is_none();
    let has_object = || tree.child(head, Relation::Obj).is_some_and(|object| object < name);
    let fits_nowhere = match tree.nodes[noun].relation {
        Relation::Xcomp | Relation::OblUnmarked => head < name,
        Relation::Nmod => head < name && tree.nodes[name].head == Some(head),
        Relation::Obj => head < name && has_object(),
        _ => false,
    };
    fits_nowhere && is_alone && tree.child(name, Relation::Case).is_some_and(|case| case < name)
}

/// "gave Mali military aid", "told Mali foreign troops would leave": who gets something, or is told it, is no part of it.
fn is_receiver(tree: &Tree, lexicon: &Lexicon, name: usize) -> bool {
    let node = &tree.nodes[name];
    let gets = |verb: usize| {
        let lemma = &tree.nodes[verb].lemma;
        lexicon.classes.giving.contains(lemma) || lexicon.classes.handing_on.contains(lemma)
    };
    node.relation == Relation::Iobj || (node.relation == Relation::Obj && node.head.is_some_and(gets))
}

/// "US and EU economic sanctions": the first of the names, on which the others hang.
fn first_of_list(tree: &Tree, names: &[bool], name: usize) -> usize {
    let before = tree.nodes[name].head.filter(|first| tree.nodes[name].relation == Relation::Conj && names[*first] && *first < name);
    before.unwrap_or(name)
}

/// The noun takes the name's place, and the name describes it.
fn put_before_noun(tree: &mut Tree, name: usize, noun: usize) {
    // "Talks on EU financial help began": what hangs on the noun and leads to the name stands above both.
    let wrong = tree.ancestors(name).find(|at| tree.nodes[*at].head == Some(noun));
    if let Some(wrong) = wrong {
        (tree.nodes[wrong].head, tree.nodes[wrong].relation) = (tree.nodes[noun].head, tree.nodes[noun].relation);
    }
    (tree.nodes[noun].head, tree.nodes[noun].relation) = (tree.nodes[name].head, tree.nodes[name].relation);
    // What is joined behind the noun is joined to the noun.
    let is_of_name = |child: usize| matches!(tree.nodes[child].relation, Relation::Conj | Relation::Flat | Relation::Compound);
    let moved: Vec<usize> = tree.children(name).filter(|child| *child != noun && !(*child < noun && is_of_name(*child))).collect();
    moved.into_iter().for_each(|child| tree.nodes[child].head = Some(noun));
    (tree.nodes[name].head, tree.nodes[name].relation) = (Some(noun), Relation::Compound);
}
