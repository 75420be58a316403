//! Undoes misreadings that a parser makes of news again and again.

mod adjectives;
mod clauses;
mod complements;
mod compounds;
mod enumeration;
mod fronted;
mod gerunds;
mod headline;
mod hyphens;
mod joined;
mod labels;
mod lists;
mod mend;
mod objects;
mod openings;
mod participles;
mod perfects;
mod prepositions;
mod quoted;
mod shapes;
mod subjects;

use enumeration::{
    join_included, join_members, join_names_in_dashes, join_offices, join_second_nouns, make_root_of_list, verb_behind_first_name,
    verb_behind_list,
};
use mend::mend;

use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
};

/// Mends a tree in place; `names` says which tokens are names of actors.
pub(super) fn repair(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    mend(tree, |tree| labels::repair(tree, forms, lexicon));
    mend(tree, |tree| repair_words(tree, forms, names, lexicon));
    mend(tree, |tree| compounds::repair(tree, names, lexicon));
    mend(tree, |tree| repair_phrases(tree, forms, names, lexicon));
    mend(tree, |tree| gerunds::repair(tree, forms, names, lexicon));
    mend(tree, |tree| headline::repair(tree, forms, names, lexicon));
    mend(tree, |tree| quoted::repair(tree, forms));
    mend(tree, |tree| openings::repair(tree, forms, lexicon));
    mend(tree, |tree| clauses::repair(tree, forms, names, lexicon));
    mend(tree, |tree| joined::repair(tree, forms));
    mend(tree, |tree| complements::repair(tree, forms, names, lexicon));
}

/// Which words are verbs, nouns and prepositions.
fn repair_words(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    for (node, _) in tree.nodes.iter_mut().zip(names).filter(|(node, name)| **name && !matches!(node.upos, Upos::Propn | Upos::Noun)) {
        node.upos = Upos::Propn;
        node.xpos = Xpos::Nnp;
    }
    adjectives::repair(tree, lexicon);
    hyphens::join_hyphenated(tree, forms, names);
    hyphens::join_participles(tree, forms);
    hyphens::join_participles_of_nouns(tree, forms);
    objects::repair(tree);
    prepositions::repair(tree, forms, lexicon);
    perfects::repair(tree);
    participles::repair(tree, forms, names, lexicon);
    prepositions::part_phrases(tree, forms);
    prepositions::attach_countries(tree, forms, names, lexicon);
    for noun in 0..tree.nodes.len() {
        if let Some((subject, verb)) = verb_read_as_adjective(tree, noun) {
            make_verb(tree, forms, lexicon, noun, subject, verb);
        }
    }
    for (node, form) in tree.nodes.iter_mut().zip(forms) {
        // A month is no word of a rule: "March" is no march.
        if node.upos == Upos::Propn && form.starts_with(char::is_uppercase) && lexicon.classes.months.contains(&node.lemma) {
            node.lemma = (*form).to_owned();
        } else if node.upos == Upos::Propn && form.ends_with("ing") {
            // "the Ministerial Meeting"
            node.lemma = form.to_lowercase();
        } else if matches!(node.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Propn) {
            lexicon.mend_lemma(&mut node.lemma, form);
        }
    }
    for verb in 0..tree.nodes.len() {
        if is_noun_read_as_verb(tree, lexicon, verb) {
            turn_into_noun(tree, verb);
        }
    }
    for noun in 0..tree.nodes.len() {
        if let Some((subject, object)) = verb_read_as_noun(tree, lexicon, noun) {
            turn_into_verb(tree, noun, subject, object);
        }
    }
}

/// What is wrong with the order of words and phrases once their classes are right.
fn repair_phrases(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    if let Some(verb) = headline_verb(tree, names, lexicon) {
        make_root(tree, verb);
    }
    if let Some(verb) = verb_behind_first_name(tree, forms, names, lexicon) {
        make_root(tree, verb);
    }
    if let Some((listed, verb)) = verb_behind_list(tree, forms, names, lexicon) {
        make_root_of_list(tree, &listed, verb);
    }
    join_offices(tree);
    join_members(tree, forms, names);
    join_included(tree, forms);
    join_names_in_dashes(tree, forms, names);
    join_second_nouns(tree, forms);
    lists::repair(tree, forms, names);
    fronted::repair(tree, forms);
    for case in 0..tree.nodes.len() {
        if let Some(head) = head_of_phrase(tree, forms, case) {
            tree.nodes[case].head = Some(head);
        }
    }
    for phrase in 0..tree.nodes.len() {
        if is_phrase_read_as_object(tree, forms, phrase) {
            let verbal = tree.nodes[phrase].head.is_some_and(|head| tree.nodes[head].upos == Upos::Verb);
            tree.nodes[phrase].relation = if verbal { Relation::Obl } else { Relation::Nmod };
        }
    }
    subjects::repair(tree, forms);
}

/// In "Washington sanctions two ministers" the verb is taken for a noun: a name stands before it, a noun phrase behind it, and
/// the clause has no verb of its own.
fn verb_read_as_noun(tree: &Tree, lexicon: &Lexicon, noun: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[noun];
    let clause = matches!(node.relation, Relation::Root | Relation::Ccomp | Relation::Parataxis);
    let verb_form = node.xpos == Xpos::Nns && lexicon.is_verb(&node.lemma) && !is_noun_before_preposition(tree, lexicon, noun);
    if !clause || !verb_form || tree.children(noun).any(|child| tree.nodes[child].relation == Relation::Cop) {
        return None;
    }
    let is_subject = |child: &usize| *child < noun && matches!(tree.nodes[*child].relation, Relation::Compound | Relation::Nsubj);
    let subject = tree.children(noun).find(is_subject)?;
    let bare = |child: usize| !tree.children(child).any(|case| tree.nodes[case].relation == Relation::Case);
    let is_object = |child: &usize| {
        let node = &tree.nodes[*child];
        *child > noun && bare(*child) && (node.relation == Relation::Obj || matches!(node.upos, Upos::Noun | Upos::Propn))
    };
    tree.children(noun).find(is_object).map(|object| (subject, object))
}

/// "United States sanctions against Cuba": a verb that always has an object has none, and a preposition stands behind it.
fn is_noun_read_as_verb(tree: &Tree, lexicon: &Lexicon, verb: usize) -> bool {
    let node = &tree.nodes[verb];
    let takes_object = node.upos == Upos::Verb && node.xpos == Xpos::Vbz;
    takes_object && is_noun_before_preposition(tree, lexicon, verb) && tree.child(verb, Relation::Obj).is_none()
}

fn is_noun_before_preposition(tree: &Tree, lexicon: &Lexicon, word: usize) -> bool {
    let behind = tree.nodes.get(word + 1);
    lexicon.classes.always_transitive.contains(&tree.nodes[word].lemma)
        && behind.is_some_and(|next| next.upos == Upos::Adp && next.relation == Relation::Case)
}

/// The noun keeps its place; its subject describes it, and its phrases are its own.
fn turn_into_noun(tree: &mut Tree, verb: usize) {
    tree.nodes[verb].upos = Upos::Noun;
    tree.nodes[verb].xpos = Xpos::Nns;
    for child in 0..tree.nodes.len() {
        if tree.nodes[child].head == Some(verb) {
            tree.nodes[child].relation = match tree.nodes[child].relation {
                Relation::Nsubj => Relation::Compound,
                Relation::Obl => Relation::Nmod,
                other => other,
            };
        }
    }
}

/// In a sentence without a finite verb, the first word between a name and another noun phrase that may be a verb is the verb:
/// "Russia bans 13 Americans", where the numbers and names behind it led the parser astray.
fn headline_verb(tree: &Tree, names: &[bool], lexicon: &Lexicon) -> Option<usize> {
    let finite = |node: &crate::syntax::Node| node.upos == Upos::Verb && node.xpos.is_finite_verb();
    let has_aux = tree.nodes.iter().any(|node| node.upos == Upos::Aux);
    if has_aux || tree.nodes.iter().any(finite) {
        return None;
    }
    let begins_phrase =
        |node: &crate::syntax::Node| matches!(node.upos, Upos::Det | Upos::Num | Upos::Adj | Upos::Propn) || node.xpos == Xpos::PrpPoss;
    (1..tree.nodes.len().saturating_sub(1)).find(|at| {
        let node = &tree.nodes[*at];
        let noun_like = matches!(node.upos, Upos::Noun | Upos::Propn) && matches!(node.xpos, Xpos::Nns | Xpos::Nnps) && !names[*at];
        noun_like && names[at - 1] && lexicon.is_verb(&node.lemma) && begins_phrase(&tree.nodes[at + 1])
    })
}

/// Makes a noun the verb of its sentence: the name before it its subject, the noun phrase behind it its object.
fn make_root(tree: &mut Tree, verb: usize) {
    let old_root = (0..tree.nodes.len()).find(|node| tree.nodes[*node].head.is_none());
    let mut subject = verb - 1;
    while let Some(head) = tree.nodes[subject].head.filter(|head| *head < verb) {
        subject = head;
    }
    let object = (verb + 1..tree.nodes.len())
        .take_while(|node| matches!(tree.nodes[*node].upos, Upos::Det | Upos::Num | Upos::Adj | Upos::Propn | Upos::Noun | Upos::Pron))
        .last();
    if let Some(old_root) = old_root.filter(|root| *root != verb) {
        tree.nodes[old_root].head = Some(verb);
        tree.nodes[old_root].relation = Relation::Parataxis;
    }
    tree.nodes[verb].head = None;
    tree.nodes[verb].relation = Relation::Root;
    tree.nodes[verb].upos = Upos::Verb;
    tree.nodes[verb].xpos = Xpos::Vbz;
    for (node, relation) in [(Some(subject), Relation::Nsubj), (object, Relation::Obj)] {
        let Some(node) = node else { continue };
        tree.nodes[node].head = Some(verb);
        tree.nodes[node].relation = relation;
    }
}

/// A preposition belongs to the whole phrase, not to the name that begins it: "despite *UN* nuclear sanctions".
fn head_of_phrase(tree: &Tree, forms: &[&str], case: usize) -> Option<usize> {
    let is_preposition = tree.nodes[case].relation == Relation::Case && tree.nodes[case].upos == Upos::Adp;
    let mut head = tree.nodes[case].head.filter(|head| is_preposition && case < *head)?;
    let first = head;
    let describes = |node: usize| matches!(tree.nodes[node].relation, Relation::Amod | Relation::Compound | Relation::NmodPoss);
    while let Some(above) = tree.nodes[head].head.filter(|above| describes(head) && *above > head) {
        head = above;
    }
    (head != first && !matches!(forms[case], "that" | "as")).then_some(head)
}

/// A phrase behind a preposition is no object: "added *to the list*", "imposed by France *on Spain*".
fn is_phrase_read_as_object(tree: &Tree, forms: &[&str], phrase: usize) -> bool {
    let is_case = |child: usize| tree.nodes[child].relation == Relation::Case && !forms[child].contains('\'') && child < phrase;
    tree.nodes[phrase].relation == Relation::Obj && tree.children(phrase).any(is_case)
}

fn turn_into_verb(tree: &mut Tree, noun: usize, subject: usize, object: usize) {
    tree.nodes[noun].upos = Upos::Verb;
    tree.nodes[noun].xpos = Xpos::Vbz;
    tree.nodes[subject].relation = Relation::Nsubj;
    tree.nodes[object].relation = Relation::Obj;
    if tree.nodes[object].xpos == Xpos::Vbz {
        tree.nodes[object].upos = Upos::Noun;
        tree.nodes[object].xpos = Xpos::Nns;
    }
    let articles: Vec<usize> = tree.children(noun).filter(|child| *child < subject).collect();
    articles.into_iter().for_each(|article| tree.nodes[article].head = Some(subject));
}

/// In "The EU extended sanctions" the verb is taken for an adjective of the noun behind it, and that for the predicate.
fn verb_read_as_adjective(tree: &Tree, noun: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[noun];
    let clause = matches!(node.relation, Relation::Root | Relation::Ccomp | Relation::Parataxis | Relation::Conj | Relation::Advcl);
    if !clause
        || !matches!(node.upos, Upos::Noun | Upos::Propn)
        || tree.children(noun).any(|child| tree.nodes[child].relation == Relation::Cop)
    {
        return None;
    }
    let is_subject = |child: &usize| {
        let node = &tree.nodes[*child];
        let name = node.relation == Relation::Compound && node.upos == Upos::Propn;
        *child < noun && (name || matches!(node.relation, Relation::Nsubj | Relation::NsubjPass))
    };
    let subject = tree.children(noun).find(is_subject)?;
    let looks_like_verb = |child: &usize| {
        let child = &tree.nodes[*child];
        child.relation == Relation::Amod && (matches!(child.xpos, Xpos::Vbn | Xpos::Vbd) || child.lemma.ends_with("ed"))
    };
    tree.children(noun).filter(|child| *child > subject && *child < noun).find(looks_like_verb).map(|verb| (subject, verb))
}

fn make_verb(tree: &mut Tree, forms: &[&str], lexicon: &Lexicon, noun: usize, subject: usize, verb: usize) {
    let (head, relation) = (tree.nodes[noun].head, tree.nodes[noun].relation);
    tree.nodes[verb].head = head;
    tree.nodes[verb].relation = relation;
    tree.nodes[verb].upos = Upos::Verb;
    tree.nodes[verb].xpos = Xpos::Vbd;
    if let Some(stem) = tree.nodes[verb].lemma.strip_suffix("ed").map(str::to_owned) {
        tree.nodes[verb].lemma = stem;
        lexicon.mend_lemma(&mut tree.nodes[verb].lemma, forms[verb]);
    }
    tree.nodes[noun].head = Some(verb);
    tree.nodes[noun].relation = Relation::Obj;
    tree.nodes[subject].head = Some(verb);
    tree.nodes[subject].relation = Relation::Nsubj;
    for node in 0..tree.nodes.len() {
        let moves =
            matches!(tree.nodes[node].relation, Relation::Obl | Relation::Advmod | Relation::Advcl | Relation::Punct | Relation::Aux);
        if moves && tree.nodes[node].head == Some(noun) {
            tree.nodes[node].head = Some(verb);
        }
    }
}
