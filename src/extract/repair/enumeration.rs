//! A list of names that a clause begins with, and the verb behind it, which a parser loses more often than that of a single name.

use super::make_root;
use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
};

/// How many tokens before a dash the noun stands whose names follow it.
const NOUN_BEFORE_DASH: usize = 12;

/// A list of names at the head of a clause, "the United States, Canada and Japan", goes on with its verb, which has no ending and is
/// often taken for another word. Gives the names and the verb, where no other verb stands before.
pub(super) fn verb_behind_list(tree: &Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) -> Option<(Vec<usize>, usize)> {
    let is_finite = |at: &usize| tree.nodes[*at].xpos.is_finite();
    let clause = (0..tree.nodes.len()).find(is_finite).unwrap_or(tree.nodes.len());
    let is_plain = |at: &usize| {
        let misread = !matches!(tree.nodes[*at].upos, Upos::Verb | Upos::Aux);
        names[at - 1] && misread && forms[*at] == tree.nodes[*at].lemma && lexicon.is_verb(forms[*at])
    };
    let verb = (1..clause).find(is_plain)?;
    list_before(tree, forms, names, verb).map(|listed| (listed, verb))
}

/// "The United States sanctions Venezuelan ministers": right behind the name that begins a sentence, and right before a name, a number
/// or an article, a word that may be such a verb is one.
pub(super) fn verb_behind_first_name(tree: &Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) -> Option<usize> {
    let name = names.iter().position(|name| *name)?;
    let verb = name + 1;
    let first = (0..name).all(|at| tree.nodes[at].upos == Upos::Det || tree.nodes[at].head == Some(name));
    let node = tree.nodes.get(verb)?;
    let misread = node.upos != Upos::Verb && forms[verb].ends_with('s') && lexicon.classes.always_transitive.contains(&node.lemma);
    let next = tree.nodes.get(verb + 1)?;
    let begins_phrase = matches!(next.upos, Upos::Det | Upos::Num)
        || (matches!(next.upos, Upos::Propn | Upos::Adj) && forms[verb + 1].starts_with(char::is_uppercase));
    (first && misread && begins_phrase).then_some(verb)
}

/// In "China, India, Peru and Chile" the second name is taken for more about the first, which has others joined to it behind.
pub(super) fn join_members(tree: &mut Tree, forms: &[&str], names: &[bool]) {
    for at in 1..tree.nodes.len() {
        if is_member_of_list(tree, forms, names, at) {
            tree.nodes[at].relation = Relation::Conj;
        }
    }
}

fn is_member_of_list(tree: &Tree, forms: &[&str], names: &[bool], at: usize) -> bool {
    let is_misread = matches!(tree.nodes[at].relation, Relation::NmodUnmarked | Relation::Appos);
    let Some(first) = tree.nodes[at].head.filter(|first| is_misread && *first < at && names[*first] && names[at]) else { return false };
    let goes_on = tree.children(first).any(|other| other > at && names[other] && tree.nodes[other].relation == Relation::Conj);
    goes_on && forms[first..at].contains(&",") && forms.get(at + 1) == Some(&",")
}

/// In "cuts aid to the three nations – Chad, Mali and Niger – that" the names between dashes are those of the noun in the plural before them.
pub(super) fn join_names_in_dashes(tree: &mut Tree, forms: &[&str], names: &[bool]) {
    let is_dash = |at: usize| matches!(forms[at], "–" | "—" | "-" | "--");
    for dash in 1..tree.nodes.len() {
        let Some(listed) = Some(dash).filter(|at| is_dash(*at)).and_then(|dash| names_behind(tree, forms, names, dash)) else { continue };
        // "the three nations – Chad, Mali and Niger – meet": the parser has given the names to the verb, which does as well.
        let is_subject = |at: usize| tree.nodes.get(at + 1).is_some_and(|next| matches!(next.upos, Upos::Verb | Upos::Aux));
        let closes = |at: usize| at >= tree.nodes.len() || (is_dash(at) && !is_subject(at)) || matches!(forms[at], "." | ";" | ":");
        let noun = (0..dash).rev().take(NOUN_BEFORE_DASH).find(|at| tree.nodes[*at].xpos == Xpos::Nns);
        let [first, .., last] = listed[..] else { continue };
        let Some(noun) = noun.filter(|_| closes(last + 1)) else { continue };
        (tree.nodes[first].head, tree.nodes[first].relation) = (Some(noun), Relation::Appos);
        for name in &listed[1..] {
            (tree.nodes[*name].head, tree.nodes[*name].relation) = (Some(first), Relation::Conj);
        }
    }
}

/// A word that begins a name of several: "Burkina" in "Burkina Faso".
fn is_inside_name(tree: &Tree, names: &[bool], at: usize) -> bool {
    tree.nodes[at].relation == Relation::Compound && tree.nodes[at].head.is_some_and(|head| head > at && names[head])
}

/// The names, parted by commas and "and" only, that stand right behind a token.
fn names_behind(tree: &Tree, forms: &[&str], names: &[bool], at: usize) -> Option<Vec<usize>> {
    let inside = |at: usize| is_inside_name(tree, names, at);
    let belongs = |at: &usize| names[*at] || inside(*at) || matches!(forms[*at], "," | "and" | "the");
    let listed: Vec<usize> = (at + 1..tree.nodes.len()).take_while(belongs).filter(|at| names[*at]).collect();
    (listed.len() > 1).then_some(listed)
}

/// In "works with the government and the people of Togo" the people are given to the verb, though no preposition stands before them.
pub(super) fn join_second_nouns(tree: &mut Tree, forms: &[&str]) {
    for second in 2..tree.nodes.len() {
        if let Some(first) = first_noun(tree, forms, second) {
            (tree.nodes[second].head, tree.nodes[second].relation) = (Some(first), Relation::Conj);
        }
    }
}

/// The noun phrase behind a preposition to which another is joined that hangs beside it.
fn first_noun(tree: &Tree, forms: &[&str], second: usize) -> Option<usize> {
    let is_phrase = matches!(tree.nodes[second].relation, Relation::Obl | Relation::Nmod);
    if !is_phrase {
        return None;
    }
    let joint = tree.child(second, Relation::Cc).filter(|joint| *joint < second && forms[*joint] == "and")?;
    let is_bare = tree.child(second, Relation::Case).is_none();
    let head = tree.nodes[second].head;
    let before = joint.checked_sub(1)?;
    let first = std::iter::successors(Some(before), |at| tree.nodes[*at].head).take(3).find(|at| tree.nodes[*at].head == head)?;
    let has_case = tree.child(first, Relation::Case).is_some() && matches!(tree.nodes[first].upos, Upos::Noun | Upos::Propn);
    (is_bare && has_case && first < joint).then_some(first)
}

/// In "the President of Peru Juan Soto and the President of Chile" the second office is joined to the name behind the first one, and
/// its own name hung there too.
pub(super) fn join_offices(tree: &mut Tree) {
    for office in 2..tree.nodes.len() {
        let Some((name, first)) = first_office(tree, office) else { continue };
        let own: Vec<usize> =
            tree.children(name).filter(|child| *child > office && tree.nodes[*child].relation == Relation::Nmod).take(1).collect();
        own.into_iter().for_each(|own| tree.nodes[own].head = Some(office));
        tree.nodes[office].head = Some(first);
    }
}

/// The name that an office is joined to, and the like office that the name belongs to.
fn first_office(tree: &Tree, office: usize) -> Option<(usize, usize)> {
    let name = tree.nodes[office].head.filter(|_| tree.nodes[office].relation == Relation::Conj)?;
    let first = tree.nodes[name].head.filter(|first| tree.nodes[name].relation == Relation::Nmod && *first < name)?;
    let is_like = tree.nodes[first].lemma == tree.nodes[office].lemma;
    let has_article = tree.children(office).any(|child| tree.nodes[child].relation == Relation::Det);
    (is_like && has_article && name < office).then_some((name, first))
}

/// The names of a list that ends right before a token, where a clause begins with it.
fn list_before(tree: &Tree, forms: &[&str], names: &[bool], end: usize) -> Option<Vec<usize>> {
    let inside = |at: usize| is_inside_name(tree, names, at);
    let belongs = |at: &usize| {
        tree.nodes[*at].upos == Upos::Propn
            || names[*at]
            || inside(*at)
            || matches!(forms[*at], "and" | ",")
            || tree.nodes[*at].upos == Upos::Det
    };
    let start = (0..end).rev().take_while(belongs).last()?;
    let ends_name = |at: usize| at + 1 == end || matches!(forms[at + 1], "," | "and");
    let is_name = |at: &usize| names[*at] || (tree.nodes[*at].upos == Upos::Propn && !inside(*at) && ends_name(*at));
    let listed: Vec<usize> = (start..end).filter(is_name).collect();
    let joined = (start..end).any(|at| forms[at] == "and") && listed.len() > 1;
    // "The United Nations drop", "The Netherlands expel": a name that is a plural.
    let plural = listed.len() == 1 && start == 0 && forms[end - 1].ends_with('s');
    ((joined || plural) && (start == 0 || forms[start] == ",")).then_some(listed)
}

/// Makes a word the verb of its sentence and a list of names its subject.
pub(super) fn make_root_of_list(tree: &mut Tree, listed: &[usize], verb: usize) {
    make_root(tree, verb);
    tree.nodes[verb].xpos = Xpos::Vbp;
    for name in listed {
        tree.nodes[*name].head = Some(if *name == listed[0] { verb } else { listed[0] });
        tree.nodes[*name].relation = if *name == listed[0] { Relation::Nsubj } else { Relation::Conj };
    }
    for other in 0..listed[0] {
        if tree.nodes[other].head == Some(verb) && tree.nodes[other].relation == Relation::Nsubj {
            tree.nodes[other].relation = Relation::Obl;
        }
    }
}

/// In "13 Danes including Ms Roe, Mr Poe and Mr Doe" the second and the third are joined to the Danes: they are included, like the first.
pub(super) fn join_included(tree: &mut Tree, forms: &[&str]) {
    for member in 2..tree.nodes.len() {
        let Some(all) = tree.nodes[member].head.filter(|head| *head < member && tree.nodes[member].relation == Relation::Conj) else {
            continue;
        };
        let includes = |case: usize| forms[case].eq_ignore_ascii_case("including");
        let is_first = |phrase: &usize| {
            tree.nodes[*phrase].upos == Upos::Propn && tree.children(*phrase).any(|case| case > all && case < *phrase && includes(case))
        };
        let first = tree.children(all).filter(|phrase| *phrase < member).find(is_first);
        if let Some(first) = first.filter(|_| tree.nodes[member].upos == Upos::Propn) {
            tree.nodes[member].head = Some(first);
        }
    }
}
