//! Part-of-speech tagging from left to right: an averaged perceptron (Collins 2002) over the words around and the last two tags.

use super::{
    choices::Choices,
    keys::{Features, Keys, mix, text},
    routine::{Cases, Routine},
    sparse::{Scoring, Sparse},
    tree::{Upos, Xpos},
    weights::Rows,
    words::{Casing, Word},
};
use rustc_hash::FxHashMap;

/// A universal tag and a Penn tag, which are guessed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub upos_name: String,
    pub xpos_name: String,
    pub upos: Upos,
    pub xpos: Xpos,
    pub upos_hash: u64,
    pub xpos_hash: u64,
}

impl Tag {
    pub(super) fn new(upos: &str, xpos: &str) -> Self {
        Self {
            upos_name: upos.to_owned(),
            xpos_name: xpos.to_owned(),
            upos: Upos::read(upos),
            xpos: Xpos::read(xpos),
            upos_hash: text(upos.as_bytes()),
            xpos_hash: text(xpos.as_bytes()),
        }
    }
}

/// What the training corpus knows of words.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// From a lower-case form to the set of its tags, as a number of its own.
    pub ambiguity: FxHashMap<u64, u64>,
    /// Forms that had one tag every time, which is then not guessed.
    pub settled: FxHashMap<u64, u8>,
    /// The tags of well-known words, by lower-case form.
    pub choices: Choices,
}

#[derive(Debug)]
pub(super) struct Tagger {
    pub tags: Vec<Tag>,
    pub vocabulary: Vocabulary,
    weights: Sparse,
    routine: Routine,
    /// The tags of each [`VerbForm`].
    plain_verbs: Vec<u8>,
    past_verbs: Vec<u8>,
    infinitives: Vec<u8>,
    markers: Vec<u8>,
}

/// What a word that can only be a verb, or the "to" before one, may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbForm {
    /// In the present tense or an infinitive: "expels", "expel".
    Plain,
    /// In the past tense: "expelled", which could be a participle elsewhere.
    Past,
    /// Behind "to": "expel".
    Infinitive,
    /// That "to" itself, which is no preposition.
    Marker,
}

impl Tagger {
    pub(super) fn new(tags: Vec<Tag>, vocabulary: Vocabulary, rows: &Rows, routine: Routine) -> Self {
        let weights = Sparse::new(tags.len(), rows);
        let verbs = |forms: &[Xpos]| {
            (0..).zip(&tags).filter(|(_, tag)| tag.upos == Upos::Verb && forms.contains(&tag.xpos)).map(|(place, _)| place).collect()
        };
        let (plain_verbs, past_verbs, infinitives) = (verbs(&[Xpos::Vb, Xpos::Vbp, Xpos::Vbz]), verbs(&[Xpos::Vbd]), verbs(&[Xpos::Vb]));
        let markers = (0..).zip(&tags).filter(|(_, tag)| tag.xpos == Xpos::To && tag.upos == Upos::Part).map(|(place, _)| place).collect();
        Self { tags, vocabulary, weights, routine, plain_verbs, past_verbs, infinitives, markers }
    }

    /// Tags a sentence from a word on, behind what was tagged before: one index into `tags` for each word.
    pub(super) fn tag(
        &self,
        sentence: &Sentence,
        first: usize,
        verb_form: impl Fn(usize) -> Option<VerbForm>,
        keys: &mut Keys,
        scoring: &mut Scoring,
        tags: &mut Vec<u8>,
    ) {
        tags.truncate(first);
        for place in first..sentence.words.len() {
            let word = &sentence.words[place];
            let known = verb_form(place).map(|form| match form {
                VerbForm::Plain => &*self.plain_verbs,
                VerbForm::Past => &*self.past_verbs,
                VerbForm::Infinitive => &*self.infinitives,
                VerbForm::Marker => &*self.markers,
            });
            let settled = self.vocabulary.settled.get(&word.form).filter(|_| known.is_none());
            let choices = known.or_else(|| self.vocabulary.choices.of(word.lower));
            let tag = match (settled, choices) {
                (Some(tag), _) | (None, Some([tag])) => *tag,
                (None, choices) => {
                    let routine = if known.is_none() { self.routine.of(cases(sentence, place, tags)) } else { None };
                    routine.unwrap_or_else(|| {
                        features(sentence, place, tags, keys);
                        self.weights.best(keys, choices, scoring) as u8
                    })
                }
            };
            tags.push(tag);
        }
    }
}

/// The words of a sentence and how it uses capitals.
#[derive(Debug)]
pub(super) struct Sentence {
    pub words: Vec<Word>,
    pub casing: Casing,
}

impl Default for Sentence {
    fn default() -> Self {
        Self { words: Vec::new(), casing: Casing::Usual }
    }
}

impl Sentence {
    pub(super) fn read(&mut self, forms: &[&str], vocabulary: &Vocabulary, lower: &mut String) {
        self.casing = Casing::of(forms);
        self.words.clear();
        self.words.extend(forms.iter().map(|form| Word::read(form, lower, |hash| vocabulary.ambiguity.get(&hash).copied())));
    }

    /// The word that many places to the right (or left, if negative); beyond the ends one that no word is like.
    #[inline]
    fn around(&self, place: usize, offset: isize) -> Word {
        let found = place.checked_add_signed(offset).and_then(|place| self.words.get(place));
        found.copied().unwrap_or(if offset < 0 { Word { lower: 11, ..Word::default() } } else { Word { lower: 13, ..Word::default() } })
    }
}

/// The cases by which a tag may be routine: what the word may be and how it is written, behind the tag before it, and the word itself
/// before what the next one may be. `tags` holds at least those of the words before it.
#[inline]
pub(super) fn cases(sentence: &Sentence, place: usize, tags: &[u8]) -> Cases {
    let word = &sentence.words[place];
    let last = place.checked_sub(1).map_or(9000, |place| u64::from(tags[place]));
    let behind = [word.ambiguity, word.shape, last].into_iter().fold(1, mix);
    [behind, [word.lower, word.shape, sentence.around(place, 1).ambiguity].into_iter().fold(2, mix)]
}

/// The features of one word; `tags` holds those of the words before it.
#[inline]
pub(super) fn features(sentence: &Sentence, place: usize, tags: &[u8], keys: &mut Keys) {
    let tag = |back: usize| place.checked_sub(back).map_or(9000 + back as u64, |place| u64::from(tags[place]) + 1);
    let (last, last_but_one) = (tag(1), tag(2));
    let casing = sentence.casing as u64;
    let word = &sentence.words[place];
    let [before, before_that] = [-1, -2].map(|offset| sentence.around(place, offset));
    let [after, after_that] = [1, 2].map(|offset| sentence.around(place, offset));

    keys.start(0);
    keys.add([]);
    keys.add([word.form]);
    keys.add([word.lower]);
    keys.add([word.shape, casing]);
    keys.add([word.shape, casing, u64::from(place == 0)]);
    for part in word.suffixes.into_iter().chain(word.prefixes) {
        keys.add([part]);
    }
    keys.add([before.lower]);
    keys.add([before_that.lower]);
    keys.add([after.lower]);
    keys.add([after_that.lower]);
    keys.add([before.lower, word.lower]);
    keys.add([word.lower, after.lower]);
    keys.add([before.lower, after.lower]);
    keys.add([last]);
    keys.add([last, last_but_one]);
    keys.add([last, word.lower]);
    keys.add([last, word.ambiguity]);
    keys.add([last, after.lower]);
    keys.add([last, last_but_one, word.suffixes[2]]);
    keys.add([after.ambiguity]);
    keys.add([last, word.ambiguity, after.ambiguity]);
    keys.add([word.ambiguity, after.ambiguity, after_that.ambiguity]);
    keys.add([word.lower, after.ambiguity]);
    keys.add([before.shape, word.shape, after.shape]);
    keys.add([after.suffixes[2]]);
    keys.add([before.suffixes[2]]);
    keys.add([word.shape, word.suffixes[2], casing]);
    keys.add([word.shape, before.shape, last]);
    keys.add([word.suffixes[2], after.suffixes[1], last]);
    keys.add([last, last_but_one, word.ambiguity, after.ambiguity]);
    keys.add([before_that.lower, before.lower]);
    keys.add([after.lower, after_that.lower]);
    keys.add([word.suffixes[3], last]);
    keys.add([before.ambiguity, word.ambiguity, after.ambiguity]);
}
