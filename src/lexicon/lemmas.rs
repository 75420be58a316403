//! Dictionary forms that the lemmatizer could only guess, mended by the words that the lexicon has.

use super::{Lexicon, forms, phrases::WordKey};
use crate::text::lower;

impl Lexicon {
    /// Mends the dictionary form of a word that the lemmatizer could only guess, by the words that the lexicon has: "freed" is
    /// guessed as "fre", and "troops" has no singular in the treebank.
    pub fn mend_lemma(&self, lemma: &mut String, form: &str) {
        let stem = lemma.strip_suffix('s').filter(|stem| self.is_verb(stem) && self.triggers(WordKey::of(lemma)).is_empty());
        if let Some(stem) = stem {
            // A form such as "condemns" that some rule names is no lemma.
            *lemma = stem.to_owned();
            return;
        }
        let ending = form.strip_prefix(lemma.as_str()).unwrap_or("?");
        if matches!(ending, "" | "s" | "es" | "ed" | "d" | "ing") && self.vocabulary.contains(lemma.as_str()) {
            return;
        }
        let form = lower(form);
        if let Some(verb) = self.verb_of(&form)
            && (forms::is_inflected(verb, &form) || verb == &*form || *lemma == *form)
            && !forms::is_inflected(lemma, &form)
        {
            // "deplores" taken for a form of "deploy", "sever" for one of "see", and "froze" left as it is.
            verb.clone_into(lemma);
            return;
        }
        if self.vocabulary.contains(lemma.as_str()) {
            return;
        }
        if self.vocabulary.contains(&form) {
            *lemma = form.into_owned();
            return;
        }
        if let Some(known) = self.known_neighbour(lemma) {
            *lemma = known;
        }
    }

    /// The first word of the vocabulary that differs from a guessed lemma by a common mistake of guessing.
    fn known_neighbour(&self, lemma: &str) -> Option<String> {
        let known = |candidate: &str| self.vocabulary.contains(candidate).then(|| candidate.to_owned());
        let longer = |letter: char| known(&format!("{lemma}{letter}"));
        let shorter = |ending: &str| lemma.strip_suffix(ending).and_then(known);
        let undoubled = || match lemma.as_bytes() {
            [.., a, b] if a == b && a.is_ascii_alphabetic() => known(&lemma[..lemma.len() - 1]),
            _ => None,
        };
        let first = longer('e').or_else(|| shorter("s")).or_else(undoubled).or_else(|| shorter("e"));
        first.or_else(|| longer('t')).or_else(|| shorter("ed")).or_else(|| shorter("d"))
    }
}
