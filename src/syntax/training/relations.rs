//! Training of the relations of finished trees, on gold trees with guessed tags.

use super::{Example, averaged::Averaged};
use crate::syntax::{
    keys::Keys,
    relations::{Skeleton, features},
    settled::{Settled, settled_key},
    weights::Rows,
};

const LEAST_CHANGES: u32 = 3;
/// The right relation shall lead by this: one that leads by less in training is often lost in other sentences.
const MARGIN: f32 = 21.0;

/// Each relation is guessed from those that were guessed before it.
pub(super) fn train(examples: &[Example], settled: &Settled, labels: usize, rounds: usize) -> Rows {
    let mut weights = Averaged::new(labels);
    let mut random = fastrand::Rng::with_seed(super::SEED);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut skeleton, mut tokens, mut keys, mut guessed) = (Skeleton::default(), Vec::new(), Keys::default(), Vec::new());
    for _ in 0..rounds {
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
                features(&example.tokens, &skeleton, &guessed, *token, &mut keys);
                let guess = weights.best(&keys);
                weights.learn(&keys, usize::from(example.labels[*token as usize]), guess, MARGIN);
                guessed[*token as usize] = guess as u8;
            }
        }
    }
    weights.finish(LEAST_CHANGES)
}
