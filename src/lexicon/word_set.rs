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
        self.places.contains_key(&WordKey::of(word))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_and_keeps_their_order() {
        let set: WordSet = ["talks", "arms embargo", "talks"].map(str::to_owned).into_iter().collect();
        assert!(set.contains("talks") && set.contains("arms embargo") && !set.contains("arms"));
        assert_eq!((set.get("arms embargo"), set.get("Talks")), (Some("arms embargo"), None));
        assert_eq!(set.iter().collect::<Vec<_>>(), ["talks", "arms embargo"]);
    }
}
