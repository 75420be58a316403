//! Infinitives and subjects that hang on the wrong word or in the wrong way.

use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    let may_have_effort = tree.nodes.iter().any(|node| node.relation == Relation::Mark && node.lemma == "for");
    for verb in 0..tree.nodes.len() {
        if let Some(noun) = noun_of_infinitive(tree, lexicon, verb).filter(|noun| !tree.is_within(*noun, verb)) {
            tree.nodes[verb].head = Some(noun);
            tree.nodes[verb].relation = Relation::Acl;
        }
        if let Some(before) = verb_right_before(tree, verb).filter(|before| !tree.is_within(*before, verb)) {
            tree.nodes[verb].head = Some(before);
            tree.nodes[verb].relation = Relation::Xcomp;
        }
        if let Some(above) = verb_of_complement(tree, verb) {
            tree.nodes[verb].head = Some(above);
        }
        if let Some(above) = verb_of_order(tree, lexicon, verb) {
            (tree.nodes[verb].head, tree.nodes[verb].relation) = (Some(above), Relation::Xcomp);
        }
        if let Some(receiver) = receiver_read_as_object(tree, names, lexicon, verb) {
            tree.nodes[verb].relation = Relation::Obj;
            tree.nodes[receiver].relation = Relation::Iobj;
        }
        if let Some(name) = receiver_read_as_modifier(tree, forms, names, lexicon, verb) {
            (tree.nodes[name].head, tree.nodes[name].relation) = (Some(verb), Relation::Iobj);
        }
        if let Some(subject) = subject_read_as_modifier(tree, verb) {
            tree.nodes[subject].relation = Relation::Nsubj;
        }
        if may_have_effort && let Some((noun, mark)) = effort_read_as_subject(tree, lexicon, verb) {
            make_effort(tree, verb, noun, mark);
        }
        if is_purpose_of_meeting(tree, lexicon, verb) {
            tree.nodes[verb].relation = Relation::Advcl;
        }
    }
}

/// In "thanks for Togo's efforts to help" the efforts are taken for the subject of a clause "for … to": a noun that has an owner and an
/// infinitive is the phrase of its preposition.
fn effort_read_as_subject(tree: &Tree, lexicon: &Lexicon, verb: usize) -> Option<(usize, usize)> {
    let is_mark = |child: &usize| tree.nodes[*child].relation == Relation::Mark;
    let mark = tree.children(verb).filter(is_mark).find(|mark| tree.nodes[*mark].lemma == "for")?;
    let noun = tree.child(verb, Relation::Nsubj).filter(|noun| mark < *noun && *noun < verb)?;
    let to = tree.children(verb).filter(is_mark).any(|other| noun < other && tree.nodes[other].lemma == "to");
    let classes = &lexicon.classes;
    let is_effort = classes.plans.contains(&tree.nodes[noun].lemma) || classes.acts.contains(&tree.nodes[noun].lemma);
    (to && is_effort && tree.child(noun, Relation::NmodPoss).is_some()).then_some((noun, mark))
}

fn make_effort(tree: &mut Tree, verb: usize, noun: usize, mark: usize) {
    let Some(above) = tree.nodes[verb].head else { return };
    let relation = if tree.nodes[above].upos == Upos::Verb { Relation::Obl } else { Relation::Nmod };
    (tree.nodes[noun].head, tree.nodes[noun].relation) = (Some(above), relation);
    (tree.nodes[mark].head, tree.nodes[mark].relation) = (Some(noun), Relation::Case);
    (tree.nodes[verb].head, tree.nodes[verb].relation) = (Some(noun), Relation::Acl);
}

/// In "visits Togo to apologise" it is the guest who apologises: whom one meets or visits is asked for nothing.
fn is_purpose_of_meeting(tree: &Tree, lexicon: &Lexicon, verb: usize) -> bool {
    let Some(meeting) = tree.nodes[verb].head.filter(|_| tree.nodes[verb].relation == Relation::Xcomp) else { return false };
    let has_object = tree.child(meeting, Relation::Obj).is_some_and(|object| meeting < object && object < verb);
    // "called Norway to stop" asks for something.
    let lemma = &tree.nodes[meeting].lemma;
    let meets = lexicon.classes.talking.contains(lemma) && !lexicon.classes.handing_on.contains(lemma);
    has_object && tree.nodes[verb].xpos == Xpos::Vb && meets
}

/// In "or face being added" the gerund is hung on a verb further left, though it says what the verb right before it is about.
fn verb_right_before(tree: &Tree, verb: usize) -> Option<usize> {
    if tree.nodes[verb].relation != Relation::Advcl {
        return None;
    }
    let first = tree.children(verb).find(|child| *child < verb).unwrap_or(verb);
    let before = first.checked_sub(1)?;
    let is_gerund = tree.nodes[first].xpos == Xpos::Vbg;
    let is_other = tree.nodes[verb].head.is_some_and(|head| head < before);
    (is_gerund && is_other && tree.nodes[before].upos == Upos::Verb).then_some(before)
}

/// In "orders its military to shoot" the infinitive is hung on the object as its complement: it is the verb's.
fn verb_of_complement(tree: &Tree, verb: usize) -> Option<usize> {
    let object = tree.nodes[verb].head.filter(|object| tree.nodes[verb].relation == Relation::Xcomp && *object < verb)?;
    let is_object = tree.nodes[object].relation == Relation::Obj && tree.nodes[object].upos != Upos::Verb;
    tree.nodes[object].head.filter(|above| is_object && tree.nodes[*above].upos == Upos::Verb)
}

/// In "told the soldiers to leave" the infinitive describes nobody: it is what they were told.
fn verb_of_order(tree: &Tree, lexicon: &Lexicon, verb: usize) -> Option<usize> {
    let noun =
        tree.nodes[verb].head.filter(|noun| tree.nodes[verb].relation == Relation::Acl && tree.nodes[*noun].relation == Relation::Iobj)?;
    let above = tree.nodes[noun].head.filter(|above| lexicon.classes.handing_on.contains(&tree.nodes[*above].lemma))?;
    let has_to = tree.children(verb).any(|child| tree.nodes[child].relation == Relation::Mark && tree.nodes[child].lemma == "to");
    has_to.then_some(above)
}

/// In "handed the army a batch of tanks" the batch is taken for what the army becomes, in "sent Chad humanitarian aid" for a time.
fn receiver_read_as_object(tree: &Tree, names: &[bool], lexicon: &Lexicon, given: usize) -> Option<usize> {
    let node = &tree.nodes[given];
    let is_other =
        node.relation == Relation::Xcomp || (node.relation == Relation::OblUnmarked && !lexicon.classes.time_units.contains(&node.lemma));
    let is_noun = is_other && matches!(node.upos, Upos::Noun | Upos::Num | Upos::Sym);
    let verb = node.head.filter(|verb| is_noun && lexicon.classes.giving.contains(&tree.nodes[*verb].lemma))?;
    // "shipped oil 500 miles": a name gets something.
    let gets = |receiver: &usize| *receiver < given && (node.relation == Relation::Xcomp || names[*receiver]);
    tree.child(verb, Relation::Obj).filter(gets)
}

/// In "give Chad military aid" the name is taken to describe the aid; without "to" somebody gets it.
fn receiver_read_as_modifier(tree: &Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon, verb: usize) -> Option<usize> {
    if tree.nodes[verb].upos != Upos::Verb || !lexicon.classes.double_objects.contains(&tree.nodes[verb].lemma) {
        return None;
    }
    let given = tree.child(verb, Relation::Obj).filter(|given| *given > verb && tree.nodes[*given].upos == Upos::Noun)?;
    let name = tree.child(given, Relation::Compound).filter(|name| names[*name] && tree.nodes[*name].upos == Upos::Propn)?;
    let is_right_behind = name == verb + 1 || (name == verb + 2 && tree.nodes[verb + 1].relation == Relation::Det);
    // "give US troops", "give aid to": who often stands before nouns, or another who gets it.
    let has_other = tree.child(verb, Relation::Iobj).is_some() || forms[given..].iter().any(|form| matches!(*form, "to" | "for"));
    (is_right_behind && !has_other && !lexicon.classes.sanctioners.contains(forms[name])).then_some(name)
}

/// In "underscored their commitment to hold" the infinitive says what the noun right before it is about, whatever verb it was hung on.
fn noun_of_infinitive(tree: &Tree, lexicon: &Lexicon, verb: usize) -> Option<usize> {
    if !matches!(tree.nodes[verb].relation, Relation::Advcl | Relation::Xcomp) {
        return None;
    }
    let to = tree.children(verb).find(|child| tree.nodes[*child].relation == Relation::Mark && tree.nodes[*child].lemma == "to")?;
    let noun = to.checked_sub(1)?;
    let node = &tree.nodes[noun];
    let classes = &lexicon.classes;
    let is_open = classes.futures.contains(&node.lemma) || classes.hypotheticals.contains(&node.lemma);
    let about = node.upos == Upos::Noun && classes.plans.contains(&node.lemma) && is_open;
    (about && node.relation == Relation::Obj && node.head == tree.nodes[verb].head).then_some(noun)
}

/// A noun before a finite verb that has no subject is not its modifier but its subject.
fn subject_read_as_modifier(tree: &Tree, verb: usize) -> Option<usize> {
    let node = &tree.nodes[verb];
    if node.upos != Upos::Verb || !node.xpos.is_finite_verb() {
        return None;
    }
    let is_subject =
        |child: usize| matches!(tree.nodes[child].relation, Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::Expl);
    if tree.children(verb).any(is_subject) {
        return None;
    }
    tree.children(verb).find(|child| {
        let child_node = &tree.nodes[*child];
        let modifier = matches!(
            child_node.relation,
            Relation::Compound | Relation::NmodUnmarked | Relation::NmodDesc | Relation::Nmod | Relation::Dep | Relation::Advmod
        );
        let bare = !tree.children(*child).any(|case| tree.nodes[case].relation == Relation::Case);
        *child < verb && modifier && bare && matches!(child_node.upos, Upos::Propn | Upos::Noun)
    })
}
