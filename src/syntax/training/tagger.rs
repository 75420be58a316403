//! Training of the tagger.

use super::{Sentence, TrainedTagger, averaged::Averaged, sightings::Sightings};
use crate::syntax::{
    choices::Choices,
    keys::{Keys, mix, text},
    sparse,
    tagger::{self, Tag, Tagger, Vocabulary},
    words::lower_case,
};
use std::collections::{BTreeMap, BTreeSet};

/// How a tagger is trained.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub rounds: usize,
    /// By how much the right tag shall lead.
    pub margin: f32,
    /// A feature must have changed that often to be kept: rarer ones cost much of the file and say little.
    pub least_changes: u32,
}

/// A form is settled after that many sightings, of which at most one in [`SETTLED_ERRORS`] had another tag.
const SETTLED_SIGHTINGS: u32 = 40;
const SETTLED_ERRORS: u32 = 330;
/// A tag with less than one in this many of a word's sightings does not make it ambiguous.
const RARE_TAG: u32 = 20;

/// A word that was seen that often gets no tag that it was never seen with.
const CHOICE_SIGHTINGS: u32 = 20;

/// The pairs of tags that occur, in the order of their names.
pub(super) fn tags(sentences: &[&Sentence]) -> Vec<Tag> {
    let names: BTreeSet<(&str, &str)> =
        sentences.iter().flat_map(|sentence| &sentence.words).map(|word| (word.upos.as_str(), word.xpos.as_str())).collect();
    names.into_iter().map(|(upos, xpos)| Tag::new(upos, xpos)).collect()
}

/// Trains on the gold tags, with its own guesses as the context of the next word.
pub(super) fn train(sentences: &[&Sentence], plan: Plan) -> TrainedTagger {
    let tags = tags(sentences);
    let gold: Vec<Vec<u8>> = sentences.iter().map(|sentence| sentence.words.iter().map(|word| place(&tags, word)).collect()).collect();
    let vocabulary = vocabulary(sentences, &gold);
    let mut weights = Averaged::new(tags.len());
    let mut random = fastrand::Rng::with_seed(super::SEED);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let (mut read, mut lower, mut keys, mut guessed) = (tagger::Sentence::default(), String::new(), Keys::default(), Vec::new());
    for _ in 0..plan.rounds {
        random.shuffle(&mut order);
        for sentence in &order {
            read.read(&forms(sentences[*sentence]), &vocabulary, &mut lower);
            guessed.clear();
            for (place, gold) in gold[*sentence].iter().enumerate() {
                let guess = match vocabulary.settled.get(&read.words[place].form) {
                    Some(tag) => *tag,
                    None => {
                        tagger::features(&read, place, &guessed, &mut keys);
                        let guess = weights.best(&keys);
                        weights.learn(&keys, usize::from(*gold), guess, plan.margin);
                        guess as u8
                    }
                };
                guessed.push(guess);
            }
        }
    }
    TrainedTagger { tags, vocabulary, rows: weights.finish(plan.least_changes) }
}

/// Tags a sentence.
pub(super) fn apply(tagger: &Tagger, sentence: &Sentence) -> Vec<Tag> {
    let (mut read, mut scoring, mut tags) = (tagger::Sentence::default(), sparse::Scoring::default(), Vec::new());
    read.read(&forms(sentence), &tagger.vocabulary, &mut String::new());
    tagger.tag(&read, 0, |_| None, &mut Keys::default(), &mut scoring, &mut tags);
    tags.iter().map(|tag| tagger.tags[usize::from(*tag)].clone()).collect()
}

pub(super) fn forms(sentence: &Sentence) -> Vec<&str> {
    sentence.words.iter().map(|word| word.form.as_str()).collect()
}

fn place(tags: &[Tag], word: &super::Word) -> u8 {
    let same = |tag: &Tag| tag.upos_name == word.upos && tag.xpos_name == word.xpos;
    tags.iter().position(same).expect("the tags are those of all sentences") as u8
}

fn vocabulary(sentences: &[&Sentence], gold: &[Vec<u8>]) -> Vocabulary {
    let (mut by_lower, mut by_form) = (Sightings::default(), Sightings::default());
    let mut lower = String::new();
    for (sentence, gold) in sentences.iter().zip(gold) {
        for (word, tag) in sentence.words.iter().zip(gold) {
            lower_case(&word.form, &mut lower);
            by_lower.add(text(lower.as_bytes()), *tag);
            by_form.add(text(word.form.as_bytes()), *tag);
        }
    }
    let well_known = by_lower.0.iter().filter(|(_, seen)| seen.values().sum::<u32>() >= CHOICE_SIGHTINGS);
    Vocabulary {
        choices: Choices::new(well_known.map(|(word, seen)| (*word, seen.keys().copied().collect()))),
        ambiguity: by_lower.0.into_iter().filter_map(|(word, seen)| Some((word, ambiguity(&seen)?))).collect(),
        settled: by_form.nearly_constant(SETTLED_SIGHTINGS, SETTLED_ERRORS),
    }
}

/// The tags that a word can have, as one number; `None` for a word that was seen only once.
fn ambiguity(seen: &BTreeMap<u8, u32>) -> Option<u64> {
    let sightings: u32 = seen.values().sum();
    let usual = seen.iter().filter(|(_, count)| **count * RARE_TAG >= sightings);
    (sightings > 1).then(|| usual.fold(3, |set, (tag, _)| mix(set, u64::from(*tag) + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ambiguity_leaves_out_rare_tags() {
        assert_eq!(ambiguity(&BTreeMap::from([(3, 1)])), None);
        assert_eq!(ambiguity(&BTreeMap::from([(3, 100), (4, 1)])), ambiguity(&BTreeMap::from([(3, 2)])));
        assert_ne!(ambiguity(&BTreeMap::from([(3, 10), (4, 1)])), ambiguity(&BTreeMap::from([(3, 2)])));
    }
}
