//! Training of the relations of finished trees, on gold trees with guessed tags.

use super::{Example, averaged::Averaged, quick::Decision};
use crate::syntax::{
    choices::Choices,
    keys::Keys,
    quick::COLUMNS,
    relations::{Skeleton, choice_keys, features, quick_features},
    settled::{Settled, settled_key},
    state::Index,
    weights::Rows,
};
use std::collections::BTreeMap;

const LEAST_CHANGES: u32 = 3;
/// The right relation shall lead by this: one that leads by less in training is often lost in other sentences.
const MARGIN: f32 = 21.0;

/// A case tells the relations apart that are possible in it after that many sightings;
const CHOICE_SIGHTINGS: u32 = 60;
/// and one with less than one in this many of them is none.
const RARE: u32 = 1000;

/// The relations that arcs between like words had.
pub(super) fn choices(examples: &[Example]) -> Choices {
    let mut seen: BTreeMap<u64, BTreeMap<u8, u32>> = BTreeMap::new();
    for example in examples {
        for (dependent, (head, label)) in example.heads.iter().zip(&example.labels).enumerate() {
            for key in choice_keys(&example.tokens, *head, dependent as Index) {
                *seen.entry(key).or_default().entry(*label).or_default() += 1;
            }
        }
    }
    let known = seen.into_iter().filter(|(_, labels)| labels.values().sum::<u32>() >= CHOICE_SIGHTINGS);
    let likely = |labels: BTreeMap<u8, u32>| {
        let sightings: u32 = labels.values().sum();
        labels.into_iter().filter(|(_, count)| count * RARE >= sightings).map(|(label, _)| label).collect()
    };
    Choices::new(known.map(|(key, labels)| (key, likely(labels))))
}

/// Each relation is guessed from those that were guessed before it. Returns the weights, and the decisions of the last round among a
/// few, to learn from which are plain.
pub(super) fn train(examples: &[Example], settled: &Settled, choices: &Choices, labels: usize, rounds: usize) -> (Rows, Vec<Decision>) {
    let mut weights = Averaged::new(labels);
    let mut random = fastrand::Rng::with_seed(super::SEED);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut skeleton, mut tokens, mut keys, mut guessed) = (Skeleton::default(), Vec::new(), Keys::default(), Vec::new());
    let mut decisions = Vec::new();
    for round in 1..=rounds {
        random.shuffle(&mut order);
        for example in order.iter().map(|example| &examples[*example]) {
            skeleton.read(example.heads.iter().copied());
            skeleton.top_down(&mut tokens);
            guessed.clear();
            guessed.resize(example.heads.len(), 0);
            for token in &tokens {
                let key = settled_key(&example.tokens, skeleton.heads[*token as usize], *token);
                if let Some(label) = settled.get(&key) {
                    guessed[*token as usize] = *label;
                    continue;
                }
                let gold = example.labels[*token as usize];
                let case = choices.first_of(&choice_keys(&example.tokens, skeleton.heads[*token as usize], *token));
                if let Some((case, few)) = case.filter(|(_, choices)| choices.len() <= COLUMNS && round == rounds) {
                    quick_features(&example.tokens, &skeleton, &guessed, *token, case, &mut keys);
                    decisions.extend(Decision::among(&keys, few, gold));
                }
                features(&example.tokens, &skeleton, &guessed, *token, &mut keys);
                let guess = weights.best(&keys);
                weights.learn(&keys, usize::from(gold), guess, MARGIN);
                guessed[*token as usize] = guess as u8;
            }
        }
    }
    (weights.finish(LEAST_CHANGES), decisions)
}
