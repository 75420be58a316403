//! PLOVER contexts of an event: those of its rule and those that the words of its clause tell.

use super::{assemble::in_clause, frames::Match, reading::Reading};
use crate::{
    lexicon::{Context, Lexicon, WordTable},
    syntax::{Relation, Xpos},
    text::lower,
};

/// How deep a word may stand in a gerund.
const DEPTH: usize = 4;

/// Without repeats, in the order of the closed list.
pub(super) fn contexts_of(reading: &Reading, lexicon: &Lexicon, found: &Match) -> Vec<String> {
    let clause = (0..reading.len()).filter(|node| in_clause(reading, out_of_gerund(reading, *node), found));
    let mut contexts: Vec<Context> = clause.flat_map(|node| told_at(reading, &lexicon.contexts, node)).collect();
    contexts.extend(&lexicon.rules[found.rule].contexts);
    contexts.sort_unstable();
    contexts.dedup();
    contexts.into_iter().map(|context| context.name().to_owned()).collect()
}

/// From a word in a gerund behind a preposition to what that hangs on: "accused Bolivia *of crossing the border*" is one clause.
fn out_of_gerund(reading: &Reading, node: usize) -> usize {
    let mut at = node;
    for _ in 0..DEPTH {
        let Some(head) = reading.head(at) else { break };
        let is_gerund = reading.relation(at) == Relation::Advcl && reading.node(at).xpos == Xpos::Vbg;
        let marked = || reading.dependents(at, &[Relation::Mark]).any(|mark| reading.node(mark).xpos == Xpos::In);
        if is_gerund && marked() {
            return head;
        }
        at = head;
    }
    node
}

/// What the phrases of a table that end at a node tell.
pub(super) fn told_at<T: Copy>(reading: &Reading, table: &WordTable<T>, node: usize) -> Vec<T> {
    let (lemma, form) = (lower(reading.lemma(node)), lower(reading.form(node)));
    let other = if form == lemma { "" } else { &*form };
    let phrases = table.ending_with(&lemma).iter().chain(table.ending_with(other));
    let told = phrases.filter(|(phrase, _)| {
        let [before @ .., _] = phrase.words() else { return false };
        before.len() <= node && before.iter().rev().enumerate().all(|(back, word)| is_word(reading, node - 1 - back, &word.text))
    });
    told.map(|(_, value)| *value).collect()
}

fn is_word(reading: &Reading, node: usize, word: &str) -> bool {
    reading.lemma(node).eq_ignore_ascii_case(word) || reading.form(node).eq_ignore_ascii_case(word)
}
