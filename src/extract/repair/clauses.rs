//! Clauses that a parser took for phrases, and verbs that it took for nouns between two names.

use super::shapes::{has_subject, is_finite, is_subject, opens_clause};
use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
    text::lower,
};

pub(super) fn repair(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    for mark in 1..tree.nodes.len() {
        if let Some((owner, noun)) = owner_read_as_object(tree, forms, mark) {
            give_to_owner(tree, owner, noun);
        }
    }
    for node in 0..tree.nodes.len() {
        if let Some(main) = second_verb_read_as_noun(tree, forms, names, lexicon, node) {
            join_verb(tree, names, main, node);
        }
        if let Some((noun, case)) = clause_read_as_phrase(tree, forms, node) {
            make_clause(tree, noun, case, node);
        }
        if let Some(subjects) = list_read_as_phrase(tree, forms, names, node) {
            make_clause_of_list(tree, &subjects, node);
        }
        let main = verb_joined_to_noun(tree, node).or_else(|| verb_joined_to_gerund(tree, node));
        let main = main.or_else(|| verb_joined_across_tenses(tree, node));
        if let Some(verb) = main.or_else(|| utterance_joined_to_relative(tree, forms, lexicon, node)) {
            tree.nodes[node].head = Some(verb);
        }
        if let Some((main, content)) = saying_read_as_noun(tree, forms, lexicon, node) {
            join_saying(tree, main, node, content);
        }
        if let Some(saying) = content_read_as_relative(tree, forms, lexicon, node) {
            tree.nodes[node].head = Some(saying);
            tree.nodes[node].relation = Relation::Ccomp;
        }
        if let Some(saying) = content_read_as_clause_of_its_own(tree, lexicon, node) {
            tree.nodes[node].head = Some(saying);
            tree.nodes[node].relation = Relation::Ccomp;
        }
    }
}

/// In "urges Iran to mend its record and denounces Iran" the second verb hangs on the noun before "and": the nearest verb above that
/// has a subject is its partner.
fn verb_joined_to_noun(tree: &Tree, node: usize) -> Option<usize> {
    let noun = tree.nodes[node].head.filter(|_| tree.nodes[node].relation == Relation::Conj && is_finite(tree, node))?;
    let is_noun = matches!(tree.nodes[noun].upos, Upos::Noun | Upos::Propn) && tree.nodes[noun].head.is_some();
    let is_predicate = tree.children(noun).any(|child| tree.nodes[child].relation == Relation::Cop);
    if !is_noun || is_predicate || has_subject(tree, node) {
        return None;
    }
    std::iter::successors(tree.nodes[noun].head, |at| tree.nodes[*at].head).find(|at| is_finite(tree, *at) && has_subject(tree, *at))
}

/// In "apologises to Korea for colonising it and promises to return relics" the second verb hangs on the gerund: what is finite is
/// joined to what is finite.
fn verb_joined_to_gerund(tree: &Tree, node: usize) -> Option<usize> {
    let is_joined = tree.nodes[node].relation == Relation::Conj && is_finite(tree, node) && tree.nodes[node].xpos != Xpos::Vbp;
    let gerund = tree.nodes[node].head.filter(|head| is_joined && tree.nodes[*head].xpos == Xpos::Vbg && *head < node)?;
    let has_auxiliary = tree.children(gerund).any(|child| tree.nodes[child].relation == Relation::Aux);
    let main =
        tree.nodes[gerund].head.filter(|_| matches!(tree.nodes[gerund].relation, Relation::Advcl | Relation::Acl | Relation::Xcomp))?;
    (!has_auxiliary && is_finite(tree, main) && has_subject(tree, main) && !has_subject(tree, node)).then_some(main)
}

/// In "punishes captains who brought fuel and reaffirms its support" the second verb hangs on the one about the captains: a present is
/// joined to the present above, not to the past of a relative clause, nor to that of a clause with a subject in the plural: "confirms that
/// two activists were held and accuses them".
fn verb_joined_across_tenses(tree: &Tree, node: usize) -> Option<usize> {
    let is_present = |at: usize| is_finite(tree, at) && tree.nodes[at].xpos == Xpos::Vbz;
    let is_joined = tree.nodes[node].relation == Relation::Conj && is_present(node) && !has_subject(tree, node);
    let joined = tree.nodes[node].head.filter(|joined| is_joined && *joined < node && is_past(tree, *joined))?;
    let is_plural = |at: usize| matches!(tree.nodes[at].xpos, Xpos::Nns | Xpos::Nnps);
    let of_others = match tree.nodes[joined].relation {
        Relation::AclRelcl => true,
        Relation::Ccomp => tree.children(joined).any(|child| is_subject(tree, child) && is_plural(child)),
        _ => false,
    };
    let mut above = tree.ancestors(joined).filter(|_| of_others);
    above.find(|at| is_present(*at) && has_subject(tree, *at) && tree.nodes[*at].relation != Relation::AclRelcl)
}

/// In "condemned the raids that killed ten and expressed grief" the second verb hangs on the one about the raids: things express nothing.
fn utterance_joined_to_relative(tree: &Tree, forms: &[&str], lexicon: &Lexicon, node: usize) -> Option<usize> {
    let is_uttered = |at: usize| lexicon.classes.utterances.contains(&tree.nodes[at].lemma);
    let is_joined = tree.nodes[node].relation == Relation::Conj && is_finite(tree, node) && is_uttered(node) && !has_subject(tree, node);
    let joined = tree.nodes[node].head.filter(|joined| is_joined && tree.nodes[*joined].relation == Relation::AclRelcl)?;
    let is_of_thing = |child: usize| is_subject(tree, child) && matches!(&*lower(forms[child]), "that" | "which");
    let of_thing = tree.children(joined).any(is_of_thing) && !is_uttered(joined);
    tree.ancestors(joined).find(|at| of_thing && is_finite(tree, *at) && has_subject(tree, *at) && is_uttered(*at))
}

/// "brought", "were brought"; not "has brought", which is told in the present.
fn is_past(tree: &Tree, verb: usize) -> bool {
    let is_past_form = |node: usize| tree.nodes[node].xpos == Xpos::Vbd;
    is_past_form(verb) || tree.children(verb).any(|child| tree.nodes[child].relation == Relation::AuxPass && is_past_form(child))
}

/// In "questions Russia's motives" the name before the genitive mark is taken for the object: it and the noun that ends the phrase
/// behind the mark.
fn owner_read_as_object(tree: &Tree, forms: &[&str], mark: usize) -> Option<(usize, usize)> {
    let is_mark = matches!(forms[mark], "'s" | "'" | "’s" | "’") && tree.nodes[mark].xpos == Xpos::Pos;
    let owner = tree.nodes[mark].head.filter(|owner| is_mark && *owner < mark)?;
    let is_argument =
        matches!(tree.nodes[owner].relation, Relation::Obj | Relation::Iobj | Relation::Nsubj | Relation::Obl | Relation::Xcomp);
    let within = |at: &usize| matches!(tree.nodes[*at].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Adv);
    let noun = (mark + 1..tree.nodes.len()).take_while(within).last()?;
    let is_noun = matches!(tree.nodes[noun].upos, Upos::Noun | Upos::Propn);
    let beside = tree.nodes[noun].head == tree.nodes[owner].head || tree.nodes[noun].head == Some(owner);
    (is_argument && is_noun && beside).then_some((owner, noun))
}

fn give_to_owner(tree: &mut Tree, owner: usize, noun: usize) {
    tree.nodes[noun].head = tree.nodes[owner].head;
    tree.nodes[noun].relation = tree.nodes[owner].relation;
    tree.nodes[owner].head = Some(noun);
    tree.nodes[owner].relation = Relation::NmodPoss;
}

/// In "urges Iran to free him and denounces Iran" the second verb is taken for a noun: it stands right behind "and" and right
/// before a name.
fn second_verb_read_as_noun(tree: &Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon, node: usize) -> Option<usize> {
    let word = &tree.nodes[node];
    let behind_and = node > 1 && forms[node - 1].eq_ignore_ascii_case("and");
    let verb_form = word.xpos == Xpos::Nns && lexicon.is_verb(&word.lemma) && !names[node];
    let before_name = (node + 1..tree.nodes.len()).find(|at| !is_part_of_name(tree, *at)).is_some_and(|at| names[at] && at > node);
    if !behind_and || !verb_form || !before_name {
        return None;
    }
    (0..node)
        .filter(|at| !tree.is_within(*at, node))
        .find(|at| is_finite(tree, *at) && tree.children(*at).any(|child| tree.nodes[child].relation == Relation::Nsubj))
}

/// A word that a name holds before its head.
fn is_part_of_name(tree: &Tree, node: usize) -> bool {
    matches!(tree.nodes[node].relation, Relation::Det | Relation::Compound) && tree.nodes[node].upos != Upos::Noun
}

fn join_verb(tree: &mut Tree, names: &[bool], main: usize, verb: usize) {
    let object = (verb + 1..tree.nodes.len()).find(|at| names[*at]);
    let orphans: Vec<usize> =
        tree.nodes[verb].head.map(|head| tree.children(head).filter(|child| *child > verb).collect()).unwrap_or_default();
    tree.nodes[verb].upos = Upos::Verb;
    tree.nodes[verb].xpos = Xpos::Vbz;
    let free: Vec<usize> = orphans.into_iter().filter(|orphan| *orphan != verb && !tree.is_within(main, *orphan)).collect();
    for orphan in free {
        tree.nodes[orphan].head = Some(verb);
    }
    tree.nodes[verb].head = Some(main);
    tree.nodes[verb].relation = Relation::Conj;
    if let Some(object) = object {
        tree.nodes[object].head = Some(verb);
        tree.nodes[object].relation = Relation::Obj;
    }
}

/// In "after Danish services accused Iran" the services are taken for the phrase of "after", which leaves the verb without a
/// subject.
fn clause_read_as_phrase(tree: &Tree, forms: &[&str], verb: usize) -> Option<(usize, usize)> {
    if verb < 2 || tree.nodes[verb].upos != Upos::Verb {
        return None;
    }
    let is_passive = tree.children(verb).any(|child| tree.nodes[child].relation == Relation::AuxPass);
    let has_place = || tree.children(verb).any(|child| is_subject(tree, child) || tree.nodes[child].relation == Relation::Mark);
    if !(is_finite(tree, verb) || is_passive) || has_place() {
        return None;
    }
    let noun = (0..verb).rev().find(|at| !matches!(tree.nodes[*at].upos, Upos::Adv | Upos::Aux))?;
    let case = tree.children(noun).find(|child| tree.nodes[*child].relation == Relation::Case)?;
    let is_noun = matches!(tree.nodes[noun].upos, Upos::Noun | Upos::Propn);
    let is_phrase = matches!(tree.nodes[noun].relation, Relation::Obl | Relation::Nmod);
    let has_object = tree.children(verb).any(|child| child > verb && matches!(tree.nodes[child].relation, Relation::Obj | Relation::Ccomp));
    let beside = tree.nodes[verb].relation == Relation::Advcl && tree.nodes[verb].head == tree.nodes[noun].head;
    let is_clause = has_object || is_passive || beside || tree.nodes[verb].xpos != Xpos::Vbd;
    (opens_clause(forms[case]) && is_noun && is_phrase && is_clause).then_some((noun, case))
}

/// In "after France, Germany and Italy froze the assets" the list is taken for the phrase of "after".
fn list_read_as_phrase(tree: &Tree, forms: &[&str], names: &[bool], verb: usize) -> Option<Vec<usize>> {
    if !is_finite(tree, verb) || tree.nodes[verb].head.is_none() {
        return None;
    }
    if tree.children(verb).any(|child| is_subject(tree, child) || tree.nodes[child].relation == Relation::Mark) {
        return None;
    }
    let within = |at: &usize| {
        let listed = matches!(tree.nodes[*at].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Cconj | Upos::Part);
        (listed || forms[*at] == ",") && !opens_clause(forms[*at])
    };
    let start = (0..verb).rev().take_while(within).last()?;
    start.checked_sub(1).filter(|opener| opens_clause(forms[*opener]) && tree.nodes[*opener].relation == Relation::Case)?;
    let is_joint = |at: &usize| forms[*at] == "," || tree.nodes[*at].upos == Upos::Cconj;
    let tokens: Vec<usize> = (start..verb).collect();
    let parts: Vec<&[usize]> = tokens.split(is_joint).filter(|part| !part.is_empty()).collect();
    let named = parts.iter().map(|part| part.iter().copied().find(|at| names[*at])).collect::<Option<Vec<usize>>>()?;
    (named.len() > 1).then_some(named)
}

/// Gives a clause behind "after" or the like the subjects that were taken for its phrase.
fn make_clause_of_list(tree: &mut Tree, subjects: &[usize], verb: usize) {
    let Some((first, others)) = subjects.split_first() else { return };
    let Some(case) = tree.children(*first).find(|child| tree.nodes[*child].relation == Relation::Case) else { return };
    make_clause(tree, *first, case, verb);
    for other in others {
        (tree.nodes[*other].head, tree.nodes[*other].relation) = (Some(*first), Relation::Conj);
    }
}

fn make_clause(tree: &mut Tree, noun: usize, case: usize, verb: usize) {
    let main = std::iter::successors(tree.nodes[noun].head, |at| tree.nodes[*at].head).find(|at| tree.nodes[*at].upos == Upos::Verb);
    let Some(main) = main.filter(|main| !tree.is_within(*main, verb)) else { return };
    let is_passive = tree.children(verb).any(|child| tree.nodes[child].relation == Relation::AuxPass);
    tree.nodes[noun].head = Some(verb);
    tree.nodes[noun].relation = if is_passive { Relation::NsubjPass } else { Relation::Nsubj };
    tree.nodes[case].head = Some(verb);
    tree.nodes[case].relation = Relation::Mark;
    tree.nodes[verb].head = Some(main);
    tree.nodes[verb].relation = Relation::Advcl;
}

/// In "claims the union has become a puppet" the clause is hung beside the claim or elsewhere, though its subject stands right behind
/// the claim and nothing joins the two.
fn content_read_as_clause_of_its_own(tree: &Tree, lexicon: &Lexicon, clause: usize) -> Option<usize> {
    let node = &tree.nodes[clause];
    if !matches!(node.relation, Relation::Conj | Relation::Parataxis | Relation::Dep | Relation::Advcl) {
        return None;
    }
    let subject = tree.children(clause).find(|child| is_subject(tree, *child) && *child < clause)?;
    let is_part = |at: &usize| matches!(tree.nodes[*at].upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Part);
    let saying = (0..subject).rev().find(|at| !is_part(at))?;
    let says = tree.nodes[saying].upos == Upos::Verb && lexicon.classes.sayings.contains(&tree.nodes[saying].lemma);
    let marked = tree.children(clause).any(|child| matches!(tree.nodes[child].relation, Relation::Cc | Relation::Mark));
    let has_content = tree.children(saying).any(|child| matches!(tree.nodes[child].relation, Relation::Ccomp | Relation::Obj));
    (says && !marked && !has_content && !tree.is_within(saying, clause)).then_some(saying)
}

/// In "told reporters that Russia was behind the attack" what is told is taken for a clause that describes those who are told.
fn content_read_as_relative(tree: &Tree, forms: &[&str], lexicon: &Lexicon, clause: usize) -> Option<usize> {
    let hearer = tree.nodes[clause].head.filter(|_| tree.nodes[clause].relation == Relation::AclRelcl)?;
    let that = tree.children(clause).find(|child| forms[*child].eq_ignore_ascii_case("that"))?;
    let is_told = matches!(tree.nodes[hearer].relation, Relation::Obj | Relation::Iobj) && that > hearer;
    let saying = tree.nodes[hearer].head.filter(|_| is_told)?;
    let has_subject = tree.children(clause).any(|child| child > that && child < clause && is_subject(tree, child));
    let is_full = tree.nodes[clause].upos != Upos::Verb
        || tree.children(clause).any(|child| {
            child > clause && matches!(tree.nodes[child].relation, Relation::Obj | Relation::Xcomp | Relation::Ccomp | Relation::Obl)
        });
    (has_subject && is_full && lexicon.classes.sayings.contains(&tree.nodes[saying].lemma)).then_some(saying)
}

/// In "says Iran has left the accords and claims that Iraq broke them" the claims are joined to the accords, and what is claimed is
/// taken for a clause that describes these. Gives the verb that the saying is to be joined to, and the verb of what it says.
fn saying_read_as_noun(tree: &Tree, forms: &[&str], lexicon: &Lexicon, noun: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[noun];
    let is_joined = node.upos == Upos::Noun && node.relation == Relation::Conj && noun > 1 && forms[noun - 1].eq_ignore_ascii_case("and");
    let that = noun + 1;
    if !is_joined || !lexicon.classes.sayings.contains(&node.lemma) || !forms.get(that)?.eq_ignore_ascii_case("that") {
        return None;
    }
    let content = tree.nodes[that].head.filter(|verb| *verb > that && tree.nodes[*verb].upos == Upos::Verb)?;
    let has_own_subject = |verb: usize| tree.children(verb).any(|child| child != that && is_subject(tree, child));
    let describes = matches!(tree.nodes[content].relation, Relation::AclRelcl | Relation::Acl);
    let main = std::iter::successors(node.head, |at| tree.nodes[*at].head).find(|at| is_finite(tree, *at) && has_own_subject(*at))?;
    let is_bare =
        !tree.children(noun).any(|child| matches!(tree.nodes[child].relation, Relation::Det | Relation::Amod | Relation::NmodPoss));
    (describes && is_bare && has_own_subject(content) && !tree.is_within(main, content))
        .then(|| (root_saying(tree, lexicon, main), content))
}

/// The verb of saying that governs a clause, else the clause's own verb: who goes on to claim is who said the first thing.
fn root_saying(tree: &Tree, lexicon: &Lexicon, verb: usize) -> usize {
    let above = tree.nodes[verb].head.filter(|_| tree.nodes[verb].relation == Relation::Ccomp);
    above.filter(|head| lexicon.classes.sayings.contains(&tree.nodes[*head].lemma)).unwrap_or(verb)
}

fn join_saying(tree: &mut Tree, main: usize, saying: usize, content: usize) {
    let that = saying + 1;
    (tree.nodes[saying].upos, tree.nodes[saying].xpos) = (Upos::Verb, Xpos::Vbz);
    (tree.nodes[saying].head, tree.nodes[saying].relation) = (Some(main), Relation::Conj);
    (tree.nodes[content].head, tree.nodes[content].relation) = (Some(saying), Relation::Ccomp);
    (tree.nodes[that].head, tree.nodes[that].relation) = (Some(content), Relation::Mark);
}
