//! Past participles that the parser took for clauses, and past forms of verbs that it took for participles.

use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
    text::lower,
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    turn_into_modifiers(tree, forms);
    for participle in 1..tree.nodes.len() {
        if let Some(noun) = noun_that_is_seated(tree, lexicon, participle) {
            (tree.nodes[participle].head, tree.nodes[participle].relation) = (Some(noun), Relation::Acl);
        }
        if let Some((verb, object)) = verb_read_as_auxiliary(tree, participle) {
            make_main_verb(tree, verb, participle, object);
        }
    }
    for participle in 2..tree.nodes.len() {
        if let Some((noun, verb)) = second_verb_read_as_modifier(tree, forms, names, lexicon, participle) {
            make_second_verb(tree, noun, verb, participle);
        }
        if let Some(object) = object_of_first_verb(tree, participle) {
            tree.nodes[object].head = Some(participle);
        }
        if is_past_form(tree, participle) {
            tree.nodes[participle].xpos = Xpos::Vbd;
        }
    }
}

/// In "Peru rejects proposed changes" the verb is taken to be an auxiliary of the participle. Gives the verb and its object.
fn verb_read_as_auxiliary(tree: &Tree, participle: usize) -> Option<(usize, usize)> {
    let (verb, node) = (participle - 1, &tree.nodes[participle]);
    let is_full = tree.nodes[verb].upos == Upos::Verb && tree.nodes[verb].xpos.is_finite();
    let misread = matches!(tree.nodes[verb].relation, Relation::Aux | Relation::AuxPass)
        && tree.nodes[verb].head == Some(participle)
        && node.xpos == Xpos::Vbn;
    if !is_full || !misread {
        return None;
    }
    let object = tree.child(participle, Relation::Obj).filter(|object| *object > participle)?;
    let is_phrase = (participle + 1..object).all(|at| matches!(tree.nodes[at].upos, Upos::Adj | Upos::Noun | Upos::Propn));
    is_phrase.then_some((verb, object))
}

fn make_main_verb(tree: &mut Tree, verb: usize, participle: usize, object: usize) {
    for node in tree.nodes.iter_mut().filter(|node| node.head == Some(participle)) {
        node.head = Some(verb);
    }
    (tree.nodes[verb].head, tree.nodes[verb].relation) = (tree.nodes[participle].head, tree.nodes[participle].relation);
    let node = &mut tree.nodes[participle];
    (node.head, node.relation, node.upos) = (Some(object), Relation::Amod, Upos::Adj);
}

/// In "severed ties with Taiwan and established relations with China" the second verb is taken to describe its object, and that to be
/// joined to the name before it. Gives the object and the first verb.
fn second_verb_read_as_modifier(
    tree: &Tree,
    forms: &[&str],
    names: &[bool],
    lexicon: &Lexicon,
    participle: usize,
) -> Option<(usize, usize)> {
    let node = &tree.nodes[participle];
    let noun = node.head.filter(|noun| node.relation == Relation::Amod && *noun > participle && node.xpos == Xpos::Vbn)?;
    let name = tree.nodes[noun].head.filter(|name| tree.nodes[noun].relation == Relation::Conj && names[*name])?;
    let is_joined = forms[participle - 1].eq_ignore_ascii_case("and") && tree.nodes[noun].upos == Upos::Noun;
    let is_bare =
        !tree.children(noun).any(|child| matches!(tree.nodes[child].relation, Relation::Det | Relation::NmodPoss | Relation::Case));
    let has_subject = |verb: usize| tree.children(verb).any(|child| tree.nodes[child].relation == Relation::Nsubj);
    let is_first = |at: &usize| tree.nodes[*at].upos == Upos::Verb && matches!(tree.nodes[*at].xpos, Xpos::Vbd | Xpos::Vbn);
    let verb = std::iter::successors(Some(name), |at| tree.nodes[*at].head).find(is_first).filter(|verb| has_subject(*verb))?;
    (is_joined && is_bare && lexicon.is_verb(&node.lemma)).then_some((noun, verb))
}

fn make_second_verb(tree: &mut Tree, noun: usize, verb: usize, participle: usize) {
    let before: Vec<usize> = tree.children(noun).filter(|child| *child < participle).collect();
    before.into_iter().for_each(|child| tree.nodes[child].head = Some(participle));
    (tree.nodes[participle].upos, tree.nodes[participle].xpos) = (Upos::Verb, Xpos::Vbd);
    (tree.nodes[participle].head, tree.nodes[participle].relation) = (Some(verb), Relation::Conj);
    (tree.nodes[noun].head, tree.nodes[noun].relation) = (Some(participle), Relation::Obj);
}

/// In "severed ties with Taiwan and established relations" both objects are given to the first verb: the one behind the second verb is
/// its own.
fn object_of_first_verb(tree: &Tree, second: usize) -> Option<usize> {
    let is_second = tree.nodes[second].upos == Upos::Verb && tree.nodes[second].relation == Relation::Conj;
    let first = tree.nodes[second].head.filter(|first| is_second && tree.nodes[*first].upos == Upos::Verb)?;
    let objects = |verb: usize| tree.children(verb).filter(|child| tree.nodes[*child].relation == Relation::Obj);
    let has_own = objects(second).next().is_some() || !objects(first).any(|object| object < second);
    objects(first).find(|object| *object > second).filter(|_| !has_own)
}

/// "after it severed ties and *established* relations", "said the raid *amounted* to more": joined to a past form with an object, or with
/// a subject as what was said, and without an auxiliary, it is one too.
fn is_past_form(tree: &Tree, participle: usize) -> bool {
    let node = &tree.nodes[participle];
    let is_participle = node.upos == Upos::Verb && node.xpos == Xpos::Vbn;
    let is_past = node.head.is_some_and(|head| tree.nodes[head].upos == Upos::Verb && tree.nodes[head].xpos == Xpos::Vbd);
    let has = |relation: Relation| tree.child(participle, relation).is_some();
    let is_finite = || match node.relation {
        Relation::Conj => has(Relation::Obj),
        Relation::Ccomp => has(Relation::Nsubj),
        _ => false,
    };
    is_participle && is_past && is_finite() && !has(Relation::Aux) && !has(Relation::AuxPass)
}

/// In "sanctions on firms based in China" it is the noun right before that is based somewhere.
fn noun_that_is_seated(tree: &Tree, lexicon: &Lexicon, participle: usize) -> Option<usize> {
    let node = &tree.nodes[participle];
    let is_clause = matches!(node.relation, Relation::Acl | Relation::Advcl);
    let is_seated = is_clause && node.xpos == Xpos::Vbn && lexicon.classes.seated.contains(&node.lemma);
    if !is_seated {
        return None;
    }
    let before = participle - 1;
    let is_noun = matches!(tree.nodes[before].upos, Upos::Noun | Upos::Propn) && !tree.is_within(before, participle);
    (is_noun && node.head.is_some_and(|head| head < before)).then_some(before)
}

/// In "talks between newly elected President Soto and" the parser reads a clause behind the preposition, which none begins with a past
/// participle: the participle describes the noun right behind it.
fn turn_into_modifiers(tree: &mut Tree, forms: &[&str]) {
    for participle in 1..tree.nodes.len().saturating_sub(1) {
        let Some((case, noun)) = participle_of_phrase(tree, forms, participle) else { continue };
        let Some(head) = tree.nodes[participle].head else { continue };
        let of_noun = matches!(tree.nodes[head].upos, Upos::Noun | Upos::Propn);
        let others: Vec<usize> = tree.children(participle).filter(|child| *child > participle && *child != noun).collect();
        others.into_iter().for_each(|other| tree.nodes[other].head = Some(noun));
        (tree.nodes[noun].head, tree.nodes[noun].relation) = (Some(head), if of_noun { Relation::Nmod } else { Relation::Obl });
        (tree.nodes[participle].head, tree.nodes[participle].relation) = (Some(noun), Relation::Amod);
        (tree.nodes[case].head, tree.nodes[case].relation) = (Some(noun), Relation::Case);
    }
}

/// The preposition before a past participle that was read as a clause, with at most an adverb between, and the noun behind it.
fn participle_of_phrase(tree: &Tree, forms: &[&str], participle: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[participle];
    let is_clause = node.xpos == Xpos::Vbn && matches!(node.relation, Relation::Acl | Relation::Advcl);
    let bound = |child: usize| matches!(tree.nodes[child].relation, Relation::Aux | Relation::AuxPass | Relation::Nsubj);
    if !is_clause || tree.children(participle).any(bound) {
        return None;
    }
    let before = (0..participle).rev().find(|at| tree.nodes[*at].upos != Upos::Adv)?;
    let leads = matches!(&*lower(forms[before]), "between" | "with" | "by" | "of" | "from" | "for" | "against" | "to" | "on" | "in");
    let is_nominal = |at: usize| matches!(tree.nodes[at].upos, Upos::Noun | Upos::Propn | Upos::Adj);
    let noun =
        tree.children(participle).find(|child| *child > participle && matches!(tree.nodes[*child].upos, Upos::Noun | Upos::Propn))?;
    (leads && tree.nodes[before].head == Some(participle) && (participle + 1..=noun).all(is_nominal)).then_some((before, noun))
}
