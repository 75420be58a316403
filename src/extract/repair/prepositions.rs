//! Prepositions that are forms of verbs ("following a meeting", "regarding the border"), and what "in" a country hangs on.

use crate::{
    lexicon::Lexicon,
    syntax::{Relation, Tree, Upos, Xpos},
    text::lower,
};

/// Gives the phrase behind such a word to what the parser hung the word on, as a verb of its own.
pub(super) fn repair(tree: &mut Tree, forms: &[&str], lexicon: &Lexicon) {
    for node in 0..tree.nodes.len() {
        let known = phrase_of(tree, forms, lexicon, node).and_then(|noun| Some((noun, tree.nodes[node].head?)));
        let Some((noun, head)) = known.or_else(|| phrase_read_as_described(tree, forms, lexicon, node)) else { continue };
        let of_noun = matches!(tree.nodes[head].upos, Upos::Noun | Upos::Propn);
        let rest: Vec<usize> = tree.children(node).filter(|child| *child != noun).collect();
        rest.into_iter().for_each(|child| tree.nodes[child].head = Some(noun));
        tree.nodes[noun].head = Some(head);
        tree.nodes[noun].relation = if of_noun { Relation::Nmod } else { Relation::Obl };
        tree.nodes[node].head = Some(noun);
        tree.nodes[node].relation = Relation::Case;
        tree.nodes[node].upos = Upos::Adp;
        tree.nodes[node].xpos = Xpos::In;
        tree.nodes[node].lemma = forms[node].to_lowercase();
    }
}

/// "sanctions against several officers in Venezuela": the country is that of the people right before it, not of what is against them.
pub(super) fn attach_countries(tree: &mut Tree, forms: &[&str], names: &[bool], lexicon: &Lexicon) {
    for name in (0..tree.nodes.len()).filter(|node| names[*node]) {
        if let Some(people) = people_before(tree, forms, lexicon, name) {
            tree.nodes[name].head = Some(people);
            tree.nodes[name].relation = Relation::Nmod;
        }
    }
}

fn people_before(tree: &Tree, forms: &[&str], lexicon: &Lexicon, name: usize) -> Option<usize> {
    let case = tree.child(name, Relation::Case).filter(|case| forms[*case].eq_ignore_ascii_case("in"))?;
    let people = case.checked_sub(1)?;
    let lemma = &tree.nodes[people].lemma;
    let acts = lexicon.classes.institutions.contains(lemma) || lexicon.classes.offices.contains(lemma);
    let noun = tree.nodes[people].head.filter(|_| acts && tree.nodes[people].relation == Relation::Nmod)?;
    let above = tree.nodes[name].head?;
    (above == noun || tree.nodes[noun].head == Some(above)).then_some(people)
}

/// In "within two months, after talks in Oslo" the talks are joined to the months: a phrase behind a comma with another preposition
/// belongs to the verb, and what follows belongs to the phrase.
pub(super) fn part_phrases(tree: &mut Tree, forms: &[&str]) {
    for noun in 2..tree.nodes.len() {
        let Some((first, verb)) = phrase_read_as_conjunct(tree, forms, noun) else { continue };
        let behind: Vec<usize> = tree.children(first).filter(|child| *child > noun).collect();
        behind.into_iter().for_each(|child| tree.nodes[child].head = Some(noun));
        (tree.nodes[noun].head, tree.nodes[noun].relation) = (Some(verb), Relation::Obl);
    }
}

/// The noun to which the parser joined such a phrase, and the verb above it.
fn phrase_read_as_conjunct(tree: &Tree, forms: &[&str], noun: usize) -> Option<(usize, usize)> {
    let first = tree.nodes[noun].head.filter(|_| tree.nodes[noun].relation == Relation::Conj && tree.nodes[noun].upos == Upos::Noun)?;
    let case = |node: usize| tree.child(node, Relation::Case).map(|case| forms[case].to_lowercase());
    let own = case(noun)?;
    let is_joined = tree.child(noun, Relation::Cc).is_some()
        || tree.children(first).any(|other| other != noun && tree.nodes[other].relation == Relation::Conj);
    let comma = tree.child(noun, Relation::Punct).is_some_and(|comma| comma < noun && forms[comma] == ",");
    let is_other = case(first).is_some_and(|other| other != own);
    let verb = std::iter::successors(tree.nodes[first].head, |at| tree.nodes[*at].head).find(|at| tree.nodes[*at].upos == Upos::Verb)?;
    (comma && is_other && !is_joined && verb < first).then_some((first, verb))
}

/// In "agree on a truce following talks" the word is taken for one that describes the talks, though a noun stands right before it.
fn phrase_read_as_described(tree: &Tree, forms: &[&str], lexicon: &Lexicon, node: usize) -> Option<(usize, usize)> {
    let is_noun = |at: usize| matches!(tree.nodes[at].upos, Upos::Noun | Upos::Propn);
    let describes = tree.nodes[node].relation == Relation::Amod && node > 0 && is_noun(node - 1);
    if !describes || !lexicon.classes.verb_prepositions.contains(&lower(forms[node])) {
        return None;
    }
    let noun = tree.nodes[node].head.filter(|noun| *noun > node)?;
    let verb = tree.ancestors(noun).find(|above| *above < node && tree.nodes[*above].upos == Upos::Verb)?;
    tree.child(noun, Relation::Case).is_none().then_some((noun, verb))
}

fn phrase_of(tree: &Tree, forms: &[&str], lexicon: &Lexicon, node: usize) -> Option<usize> {
    let is_behind_object = || {
        let head = tree.nodes[node].head;
        head.and_then(|verb| tree.child(verb, Relation::Obj)).is_some_and(|object| object < node)
    };
    let clause = tree.nodes[node].upos == Upos::Verb
        && (matches!(tree.nodes[node].relation, Relation::Advcl | Relation::Acl)
            || tree.nodes[node].relation == Relation::Xcomp && is_behind_object());
    if !clause || !lexicon.classes.verb_prepositions.contains(&lower(forms[node])) {
        return None;
    }
    let bound = |child: usize| matches!(tree.nodes[child].relation, Relation::Nsubj | Relation::Mark | Relation::Aux);
    if tree.children(node).any(bound) {
        return None;
    }
    tree.child(node, Relation::Obj).filter(|noun| *noun > node)
}
