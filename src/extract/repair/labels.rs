//! Relations that do not go with the words that they join.

use super::shapes::{has_subject, is_finite, is_subject};
use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
};

/// Mends what shows in the word itself, before anything else relies on it.
pub(super) fn repair(tree: &mut Tree, forms: &[&str], lexicon: &Lexicon) {
    for node in 0..tree.nodes.len() {
        if is_noun_with_article(tree, node) {
            (tree.nodes[node].upos, tree.nodes[node].xpos) = (Upos::Noun, Xpos::Nn);
        }
        if is_phrase(tree, node) {
            make_phrase(tree, node);
        }
        if is_content_in_front(tree, lexicon, node) {
            tree.nodes[node].relation = Relation::Ccomp;
        }
        if is_counted(tree, node) {
            tree.nodes[node].relation = Relation::Det;
        }
        if is_name_of_counted(tree, forms, node) {
            tree.nodes[node].relation = Relation::Appos;
        }
        if let Some((owner, name)) = owned_name(tree, forms, node) {
            give_name_to_owner(tree, owner, node, name);
        }
        if let Some(verb) = verb_of_phrase_read_as_title(tree, node) {
            (tree.nodes[node].head, tree.nodes[node].relation) = (Some(verb), Relation::Obl);
        }
        if let Some(noun) = noun_behind_particle(tree, node) {
            (tree.nodes[node].head, tree.nodes[node].relation) = (Some(noun), Relation::Case);
        }
        if let Some(verb) = verb_before_day(tree, forms, node) {
            tree.nodes[node].head = Some(verb);
        }
        if let Some(verb) = verb_of_object(tree, node) {
            tree.nodes[node].head = Some(verb);
        }
        if let Some(clause) = clause_behind_opener(tree, node) {
            (tree.nodes[node].head, tree.nodes[node].relation) = (Some(clause), Relation::Mark);
        }
        if let Some(noun) = object_of_marked_gerund(tree, node) {
            (tree.nodes[node].head, tree.nodes[node].relation) = (tree.nodes[noun].head, Relation::Acl);
            (tree.nodes[noun].head, tree.nodes[noun].relation) = (Some(node), Relation::Obj);
        }
    }
}

/// In "notified the house of *an* arms *deal* with Togo" it is taken for a verb: a preposition and an article lead to no present tense.
fn is_noun_with_article(tree: &Tree, node: usize) -> bool {
    let is_present = tree.nodes[node].upos == Upos::Verb && tree.nodes[node].xpos == Xpos::Vbp;
    let leads = |relation: Relation| tree.child(node, relation).is_some_and(|child| child < node);
    is_present && leads(Relation::Case) && leads(Relation::Det)
}

/// In "told the house *of an arms deal*", "travels to Suva *on July 20*" the phrase is taken for a clause.
fn is_phrase(tree: &Tree, node: usize) -> bool {
    let is_nominal = matches!(tree.nodes[node].upos, Upos::Noun | Upos::Propn | Upos::Num);
    let is_clause = matches!(tree.nodes[node].relation, Relation::Parataxis | Relation::Ccomp);
    let has = |relation: Relation| tree.child(node, relation).is_some();
    let is_predicate = || [Relation::Cop, Relation::Aux, Relation::Mark].into_iter().any(has);
    is_nominal && is_clause && tree.child(node, Relation::Case).is_some_and(|case| case < node) && !is_predicate()
}

fn make_phrase(tree: &mut Tree, node: usize) {
    let of_verb = tree.nodes[node].head.is_some_and(|head| tree.nodes[head].upos == Upos::Verb);
    tree.nodes[node].relation = if of_verb { Relation::Obl } else { Relation::Nmod };
    for child in tree.children(node).collect::<Vec<_>>() {
        tree.nodes[child].relation = match tree.nodes[child].relation {
            Relation::Nsubj if child < node => Relation::Compound,
            Relation::Obl => Relation::Nmod,
            other => other,
        };
    }
}

/// In "the two met on Sunday, an aide said" the clause in front is what is said, and not when or why.
fn is_content_in_front(tree: &Tree, lexicon: &Lexicon, node: usize) -> bool {
    let Some(saying) = tree.nodes[node].head.filter(|head| *head > node && tree.nodes[node].relation == Relation::Advcl) else {
        return false;
    };
    let is_marked = tree.children(node).any(|child| matches!(tree.nodes[child].relation, Relation::Mark | Relation::Advmod));
    let says = is_finite(tree, saying) && lexicon.classes.attributing.contains(&tree.nodes[saying].lemma);
    let subject = tree.children(saying).find(|child| is_subject(tree, *child));
    let is_behind = subject.is_some_and(|subject| subject > node);
    // The subject may hang elsewhere.
    let has_name_before = || node > 0 && tree.nodes[node - 1].upos == Upos::Propn;
    let is_clause = is_finite(tree, node) && (has_subject(tree, node) || has_name_before());
    says && is_behind && !is_marked && is_clause && tree.child(saying, Relation::Ccomp).is_none()
}

/// In "meets *both* sides" nothing is joined.
fn is_counted(tree: &Tree, node: usize) -> bool {
    let noun = tree.nodes[node].head.filter(|head| *head == node + 1 && tree.nodes[node].relation == Relation::Cc);
    noun.is_some_and(|noun| tree.nodes[noun].upos == Upos::Noun && tree.child(noun, Relation::Conj).is_none())
}

/// In "blacklists two tankers, the Lena and the Olga" the names are not joined to the tankers, but theirs.
fn is_name_of_counted(tree: &Tree, forms: &[&str], name: usize) -> bool {
    let Some(noun) = tree.nodes[name].head.filter(|head| *head < name && tree.nodes[name].relation == Relation::Conj) else {
        return false;
    };
    let is_counted = tree.nodes[noun].xpos == Xpos::Nns && tree.child(noun, Relation::Nummod).is_some();
    let is_first = tree.children(noun).all(|child| child >= name || tree.nodes[child].relation != Relation::Conj);
    is_counted && is_first && tree.nodes[name].upos == Upos::Propn && forms[noun + 1] == "," && tree.child(name, Relation::Cc).is_none()
}

/// In "meets Chad's visiting King Idris" the king is met, and visits: the owner and the name.
fn owned_name(tree: &Tree, forms: &[&str], gerund: usize) -> Option<(usize, usize)> {
    let is_behind_owner = gerund > 1 && matches!(forms[gerund - 1], "'s" | "'" | "’s" | "’");
    let owner = tree.child(gerund, Relation::NmodPoss).filter(|_| is_behind_owner && tree.nodes[gerund].xpos == Xpos::Vbg)?;
    let name = tree.child(gerund, Relation::Obj).filter(|name| *name > gerund)?;
    let is_name = (gerund + 1..=name).all(|part| tree.nodes[part].upos == Upos::Propn);
    is_name.then_some((owner, name))
}

fn give_name_to_owner(tree: &mut Tree, owner: usize, gerund: usize, name: usize) {
    let (above, relation) = (tree.nodes[gerund].head, tree.nodes[gerund].relation);
    let behind: Vec<usize> = tree.children(gerund).filter(|child| *child > name).collect();
    behind.into_iter().for_each(|child| tree.nodes[child].head = above.or(Some(name)));
    let is_clause = matches!(relation, Relation::Ccomp | Relation::Xcomp | Relation::Advcl | Relation::Parataxis);
    (tree.nodes[name].head, tree.nodes[name].relation) = (above, if is_clause { Relation::Obj } else { relation });
    (tree.nodes[gerund].head, tree.nodes[gerund].relation) = (Some(name), Relation::Amod);
    tree.nodes[owner].head = Some(name);
}

/// In "At the Oslo summit Mary Smith spoke" the phrase is taken for the title of the name: no title has a preposition.
fn verb_of_phrase_read_as_title(tree: &Tree, phrase: usize) -> Option<usize> {
    let name = tree.nodes[phrase].head.filter(|name| phrase < *name && tree.nodes[phrase].relation == Relation::NmodDesc)?;
    let has_preposition = tree.child(phrase, Relation::Case).is_some_and(|case| case < phrase);
    tree.nodes[name].head.filter(|verb| has_preposition && is_subject(tree, name) && tree.nodes[*verb].upos == Upos::Verb)
}

/// In "imposed sanctions *on* the tanker Lena" the preposition is taken for a part of the verb, though a phrase without one follows.
fn noun_behind_particle(tree: &Tree, particle: usize) -> Option<usize> {
    let node = &tree.nodes[particle];
    let verb = node.head.filter(|_| node.relation == Relation::CompoundPrt && node.upos == Upos::Adp)?;
    let has_object = tree.child(verb, Relation::Obj).is_some_and(|object| object < particle);
    let noun = tree.children(verb).find(|child| *child > particle && tree.nodes[*child].relation == Relation::Obl)?;
    let belongs = |at: usize| tree.is_within(at, noun);
    (has_object && tree.child(noun, Relation::Case).is_none() && (particle + 1..noun).all(belongs)).then_some(noun)
}

/// In "reports *that* on Friday a plane entered" the word that opens the clause is taken for what is reported.
fn clause_behind_opener(tree: &Tree, opener: usize) -> Option<usize> {
    let node = &tree.nodes[opener];
    let verb = node.head.filter(|verb| *verb < opener && node.relation == Relation::Obj && node.upos == Upos::Sconj)?;
    tree.children(verb).find(|child| *child > opener && tree.nodes[*child].relation == Relation::Ccomp)
}

/// In "acts such as *supporting* sanctions" the gerund is taken to describe its object: what describes has nothing that opens a clause.
fn object_of_marked_gerund(tree: &Tree, gerund: usize) -> Option<usize> {
    let node = &tree.nodes[gerund];
    let noun = node.head.filter(|noun| *noun > gerund && node.relation == Relation::Amod && node.xpos == Xpos::Vbg)?;
    tree.child(gerund, Relation::Mark).filter(|mark| *mark < gerund).map(|_| noun)
}

/// In "is hosting the king on *Friday*, their first meeting in years" the day is taken to belong to what stands behind the comma, which
/// is no clause.
fn verb_before_day(tree: &Tree, forms: &[&str], day: usize) -> Option<usize> {
    let node = &tree.nodes[day];
    let is_before_comma = node.relation == Relation::OblUnmarked && forms.get(day + 1) == Some(&",");
    let head = node.head.filter(|head| is_before_comma && *head > day && !is_finite(tree, *head) && !has_subject(tree, *head))?;
    let has_auxiliary = tree.children(head).any(|child| matches!(tree.nodes[child].relation, Relation::Aux | Relation::Cop));
    tree.ancestors(head).find(|verb| *verb < day && tree.nodes[*verb].upos == Upos::Verb).filter(|_| !has_auxiliary)
}

/// In "rejects as untrue the *claim* that" the claim is taken for the object of the adjective: only a verb has one.
fn verb_of_object(tree: &Tree, object: usize) -> Option<usize> {
    let adjective = tree.nodes[object].head.filter(|head| *head < object && tree.nodes[object].relation == Relation::Obj)?;
    let is_described = tree.nodes[adjective].upos == Upos::Adj && tree.child(adjective, Relation::Case).is_some();
    let verb = tree.nodes[adjective].head.filter(|verb| is_described && tree.nodes[*verb].upos == Upos::Verb)?;
    (verb < adjective && tree.child(verb, Relation::Obj).is_none()).then_some(verb)
}
