//! Words and phrases of the lexicon, in the shape in which they are compared with those of a sentence.

use std::{hash::BuildHasher, sync::Arc};

use rustc_hash::FxBuildHasher;

/// What two words are compared by: a hash of 64 bits, which takes the time of one number. The odds that any word of a text is taken for
/// one of the ten thousand of the lexicon are about one in 10^15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordKey(u64);

impl WordKey {
    pub fn of(word: &str) -> Self {
        Self(FxBuildHasher.hash_one(word))
    }

    pub(super) fn bits(self) -> u64 {
        self.0
    }
}

/// A word of a phrase.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    pub text: Box<str>,
    pub key: WordKey,
    /// The key of the word in lower case.
    pub lower: WordKey,
}

/// One lemma, or several that follow each other ("call on", "travel ban"). Frames that name the same set share its phrases: there are
/// thousands of frames, and sets of hundreds of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase(Arc<[Word]>);

impl Phrase {
    pub(super) fn new(text: &str) -> Self {
        let word = |text: &str| Word { text: text.into(), key: WordKey::of(text), lower: WordKey::of(&text.to_lowercase()) };
        Self(text.split_whitespace().map(word).collect())
    }

    pub fn words(&self) -> &[Word] {
        &self.0
    }

    pub fn is_single(&self) -> bool {
        self.0.len() == 1
    }

    pub fn first(&self) -> &str {
        &self.0[0].text
    }

    pub fn last(&self) -> &str {
        &self.0[self.0.len() - 1].text
    }
}
