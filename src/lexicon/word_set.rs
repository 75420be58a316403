//! Sets of words that are asked for at every word of a text.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::phrases::WordKey;

/// Words and phrases. They are found by their keys alone, which spares a look at how they are written.
#[derive(Debug, Default)]
pub struct WordSet {
    words: Vec<String>,
    places: FxHashMap<WordKey, u32>,
}

impl WordSet {
    pub fn contains(&self, word: &str) -> bool {
        self.has(WordKey::of(word))
    }

    /// Whether it contains the word of a key.
    pub fn has(&self, key: WordKey) -> bool {
        self.places.contains_key(&key)
    }

    /// The word as the lexicon holds it.
    pub fn get(&self, word: &str) -> Option<&str> {
        self.places.get(&WordKey::of(word)).map(|place| self.words[*place as usize].as_str())
    }

    pub fn iter(&self) -> std::slice::Iter<'_, String> {
        self.words.iter()
    }
}

impl<'s> IntoIterator for &'s WordSet {
    type Item = &'s String;
    type IntoIter = std::slice::Iter<'s, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<String> for WordSet {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        let mut set = Self::default();
        for word in words {
            if let Entry::Vacant(entry) = set.places.entry(WordKey::of(&word)) {
                entry.insert(set.words.len() as u32);
                set.words.push(word);
            }
        }
        set
    }
}

/// Which words a sentence may have: a bit for each of many places that words share, so that most words that it has not are told at once.
#[derive(Debug, Default)]
pub struct WordFilter([u64; 8]);

impl WordFilter {
    fn place(word: WordKey) -> (usize, u32) {
        // The high bits of a hash are its best.
        let place = word.bits() >> 55;
        (place as usize / 64, place as u32 % 64)
    }

    /// Whether the word may be one of those that the filter was made of; `false` is certain.
    #[inline]
    pub fn may_have(&self, word: WordKey) -> bool {
        let (block, bit) = Self::place(word);
        (self.0[block] >> bit) & 1 == 1
    }
}

impl FromIterator<WordKey> for WordFilter {
    fn from_iter<I: IntoIterator<Item = WordKey>>(words: I) -> Self {
        let mut filter = Self::default();
        for (block, bit) in words.into_iter().map(Self::place) {
            filter.0[block] |= 1 << bit;
        }
        filter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_knows_its_words_and_rules_out_most_others() {
        let key = |number: usize| WordKey::of(&format!("word{number}"));
        let filter: WordFilter = (0..40).map(key).collect();
        assert!((0..40).all(|number| filter.may_have(key(number))));
        assert!((40..1040).filter(|number| filter.may_have(key(*number))).count() < 150);
    }

    #[test]
    fn finds_words_and_keeps_their_order() {
        let set: WordSet = ["talks", "arms embargo", "talks"].map(str::to_owned).into_iter().collect();
        assert!(set.contains("talks") && set.contains("arms embargo") && !set.contains("arms"));
        assert_eq!((set.get("arms embargo"), set.get("Talks")), (Some("arms embargo"), None));
        assert_eq!(set.iter().collect::<Vec<_>>(), ["talks", "arms embargo"]);
    }
}
