//! Training of the relations of finished trees, on gold trees with guessed tags.

use super::{Example, averaged::Averaged};
use crate::syntax::{
    choices::Choices,
    keys::Keys,
    relations::{Skeleton, choice_key, features},
    settled::{Settled, settled_key},
    state::Index,
    weights::Rows,
};
use std::collections::{BTreeMap, BTreeSet};

const LEAST_CHANGES: u32 = 3;
/// The right relation shall lead by this: one that leads by less in training is often lost in other sentences.
const MARGIN: f32 = 21.0;

/// The relations that arcs between like kinds of words had.
pub(super) fn choices(examples: &[Example]) -> Choices {
    let mut seen: BTreeMap<u64, BTreeSet<u8>> = BTreeMap::new();
    for example in examples {
        for (dependent, (head, label)) in example.heads.iter().zip(&example.labels).enumerate() {
            seen.entry(choice_key(&example.tokens, *head, dependent as Index)).or_default().insert(*label);
        }
    }
    Choices::new(seen.into_iter().map(|(key, labels)| (key, labels.into_iter().collect())))
}

/// Each relation is guessed from those that were guessed before it.
pub(super) fn train(examples: &[&Example], settled: &Settled, labels: usize, rounds: usize) -> Rows {
    let mut weights = Averaged::new(labels);
    let mut random = fastrand::Rng::with_seed(super::SEED);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut skeleton, mut tokens, mut keys, mut guessed) = (Skeleton::default(), Vec::new(), Keys::default(), Vec::new());
    for _ in 0..rounds {
        random.shuffle(&mut order);
        for example in order.iter().map(|example| examples[*example]) {
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
                features(&example.tokens, &skeleton, &guessed, *token, &mut keys);
                let guess = weights.best(&keys);
                weights.learn(&keys, usize::from(example.labels[*token as usize]), guess, MARGIN);
                guessed[*token as usize] = guess as u8;
            }
        }
    }
    weights.finish(LEAST_CHANGES)
}
