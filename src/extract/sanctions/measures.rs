//! What is restricted: the measures that a rule implies or that words name, in the clause of the mention, in clauses that say more of
//! it, and in a sentence that goes on about it.

use super::super::{
    Mention,
    frames::{Match, is_below},
    parties::Resolver,
    reading::Reading,
};
use crate::{
    lexicon::{Action, Lexicon, Measure, MeasureWords},
    syntax::{Relation, Upos, Xpos},
    text::lower,
};

/// A sentence that goes on about sanctions names them among its first words: "The new sanctions", "These measures".
const OPENING: usize = 4;

/// The kinds of restriction, in the order of the closed list.
pub(in crate::extract) fn measures(resolver: &Resolver, found: &Match) -> Vec<Measure> {
    let (reading, rule) = (resolver.reading, &resolver.lexicon.rules[found.rule]);
    let background = rule.action == Some(Action::Existing);
    let tells = |node: &usize| if background { is_below(reading, *node, found.trigger) } else { says_more(reading, *node, found) };
    let mut measures = named(reading, resolver.lexicon, &(0..reading.len()).filter(tells).collect::<Vec<_>>());
    measures.extend(&rule.measures);
    in_order(measures)
}

/// "The sanctions freeze his assets": adds what the sentence names to what the sentence before told.
pub(in crate::extract) fn go_on(reading: &Reading, lexicon: &Lexicon, told: &mut [Mention]) {
    let mut opening = 0..reading.len().min(OPENING);
    let definite = !opening.is_empty() && matches!(&*lower(reading.form(0)), "the" | "these" | "this" | "those");
    if !definite || !opening.any(|node| lexicon.classes.restrictions.contains(reading.lemma(node))) {
        return;
    }
    let more = named(reading, lexicon, &(0..reading.len()).collect::<Vec<_>>());
    for mention in told.iter_mut().filter(|mention| mention.action != Action::Existing) {
        mention.measures = in_order(mention.measures.iter().chain(&more).copied().collect());
    }
}

/// The measures that words among some nodes name.
fn named(reading: &Reading, lexicon: &Lexicon, nodes: &[usize]) -> Vec<Measure> {
    let is_named = |words: &&MeasureWords| {
        let phrase = nodes.iter().any(|node| words.words.iter().any(|phrase| reading.ends_phrase(*node, phrase)));
        let has = |word: &String| nodes.iter().any(|node| reading.lemma(*node) == word);
        !words.unless.iter().any(has) && (phrase || words.pairs.iter().any(|[first, second]| has(first) && has(second)))
    };
    lexicon.measures.iter().filter(is_named).map(|words| words.measure).collect()
}

/// Whether a word stands in the clause of the mention, or in one that says more of the sanctions: "sanctions that cap imports",
/// "…, barring him from entering".
fn says_more(reading: &Reading, node: usize, found: &Match) -> bool {
    let mut at = node;
    while at != found.trigger && at != found.carrier {
        let Some(head) = reading.head(at).filter(|head| belongs(reading, at, *head, found)) else { return false };
        at = head;
    }
    true
}

fn belongs(reading: &Reading, node: usize, head: usize, found: &Match) -> bool {
    match reading.relation(node) {
        Relation::Advcl => reading.node(node).xpos == Xpos::Vbg && !reading.is_prepositional_clause(node),
        Relation::Parataxis | Relation::AdvclRelcl => false,
        // "imposes sanctions and suspends aid": another act; "barring him from entering and freezing": the same.
        Relation::Conj => reading.node(node).upos != Upos::Verb || (head != found.carrier && head != found.trigger),
        // "sanctions Mali over arms sales": what was done before is not what is restricted.
        Relation::Obl | Relation::Nmod => {
            reading.preposition(node).is_none_or(|preposition| !reading.classes.is_given_behind(&preposition))
        }
        _ => true,
    }
}

fn in_order(mut measures: Vec<Measure>) -> Vec<Measure> {
    measures.sort_unstable();
    measures.dedup();
    measures
}
