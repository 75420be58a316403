//! Which frames a word can trigger, and whether the words of a sentence, wherever they stand, leave a frame possible at all. Most
//! frames ask for words that are not there; to know that before they are tried spares nine trials in ten, and to know it before
//! the sentence is parsed spares the parse.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{
    Lexicon,
    forms::Inflections,
    rules::{Frame, Phrase, Rule},
};

/// One way in which a word can begin to match: a frame of a rule, and the phrase of the frame that begins with the word.
#[derive(Debug)]
pub struct TriggerEntry {
    pub rule: u32,
    pub frame: u16,
    pub phrase: u16,
    /// Lists of which each must have a phrase in the sentence.
    demands: Box<[u32]>,
    /// The list of which no phrase may stand in the sentence.
    bars: Option<u32>,
}

/// All frames by the lemma of their trigger, with the words that they demand.
#[derive(Debug, Default)]
pub(super) struct Triggers {
    /// Ids of the triggers and the demanded words, which are kept in lower case.
    words: FxHashMap<String, u32>,
    /// The words that a form may be an inflection of.
    forms: FxHashMap<String, Vec<u32>>,
    /// For each word the frames that it can trigger.
    entries: Vec<Vec<TriggerEntry>>,
    /// For each word the lists of which it is a phrase, and the longer phrases that are looked for when it is found.
    lists_of: Vec<Vec<u32>>,
    longer: Vec<Vec<Longer>>,
    /// Lists that several frames share are kept once, as word ids of their phrases.
    lists: FxHashMap<Vec<Box<[u32]>>, u32>,
}

/// A phrase of several words: if all stand in the sentence, the list has what it wants.
#[derive(Debug)]
struct Longer {
    words: Box<[u32]>,
    list: u32,
}

/// What a sentence has of the words and lists that frames demand.
#[derive(Debug, Default)]
pub struct Presence {
    words: Vec<u32>,
    lists: Vec<bool>,
}

impl Presence {
    /// Whether all that the entry's frame demands stands somewhere in the sentence.
    pub fn allows(&self, entry: &TriggerEntry) -> bool {
        entry.demands.iter().all(|list| self.lists[*list as usize])
    }

    /// Whether the words of something that bars the entry's frame stand in the sentence, if perhaps not in their order.
    pub fn may_bar(&self, entry: &TriggerEntry) -> bool {
        entry.bars.is_some_and(|list| self.lists[list as usize])
    }
}

/// Which frames words can trigger.
impl Lexicon {
    /// The frames that a sentence leaves possible before anything is known of its structure.
    pub fn possible<'l>(&'l self, presence: &'l Presence) -> impl Iterator<Item = &'l TriggerEntry> {
        self.triggers.possible(presence)
    }

    /// What a sentence, given as its forms in lower case, has of the words that frames demand, before its words' lemmas are known.
    pub fn presence_of_forms<'f>(&self, forms: impl Iterator<Item = &'f Cow<'f, str>>) -> Presence {
        self.triggers.presence_of_forms(forms)
    }

    /// What a sentence, given as its lemmas and its forms in lower case, has of the words that frames demand.
    pub fn presence<'w>(&self, words: impl Iterator<Item = &'w str>) -> Presence {
        self.triggers.presence(words)
    }

    /// The frames that a word, given as its lemma, can begin.
    pub fn triggers(&self, lemma: &str) -> &[TriggerEntry] {
        self.triggers.of(lemma)
    }

    /// The frames that a form in lower case may trigger.
    pub fn triggered_by(&self, form: &str) -> impl Iterator<Item = &TriggerEntry> {
        self.triggers.triggered_by(form)
    }

    /// Whether a form in lower case may be one of a word that some frame demands.
    pub fn may_be_form_of(&self, form: &str, word: &str) -> bool {
        self.triggers.may_be_form_of(form, word)
    }
}

impl Triggers {
    /// `negations` and `conditions` are the words of which a frame wants one that demands a negation or a condition.
    pub fn new(rules: &[Rule], negations: &[Phrase], conditions: &[Phrase], inflections: &Inflections) -> Self {
        let mut triggers = Self::default();
        let (negations, conditions) = (triggers.list(negations), triggers.list(conditions));
        for (number, rule) in rules.iter().enumerate() {
            for (place, frame) in rule.frames.iter().enumerate() {
                let mut shared = triggers.demands(frame);
                shared.extend((frame.negated == Some(true)).then_some(negations));
                shared.extend((frame.conditional == Some(true)).then_some(conditions));
                let bars = (!frame.unless.is_empty()).then(|| triggers.list(&frame.unless));
                for (phrase, words) in frame.words.iter().enumerate() {
                    let own = (words.0.len() > 1).then(|| triggers.list(std::slice::from_ref(words)));
                    let demands = shared.iter().copied().chain(own).collect();
                    let entry = TriggerEntry { rule: number as u32, frame: place as u16, phrase: phrase as u16, demands, bars };
                    let word = triggers.word(frame.key(words));
                    triggers.entries[word as usize].push(entry);
                }
            }
        }
        for (lemma, id) in &triggers.words {
            for form in inflections.of(lemma) {
                triggers.forms.entry(form).or_default().push(*id);
            }
        }
        triggers
    }

    /// The frames that a lemma can trigger.
    pub fn of(&self, lemma: &str) -> &[TriggerEntry] {
        self.words.get(lemma).map_or(&[], |word| &self.entries[*word as usize])
    }

    /// What a sentence has of all that is demanded, given its lemmas and forms in lower case.
    pub fn presence<'w>(&self, words: impl Iterator<Item = &'w str>) -> Presence {
        self.presence_of(words.filter_map(|word| self.words.get(word).copied()))
    }

    /// What a sentence has of all that is demanded, given its forms in lower case, whatever word each form turns out to be.
    pub fn presence_of_forms<'f>(&self, forms: impl Iterator<Item = &'f Cow<'f, str>>) -> Presence {
        self.presence_of(forms.filter_map(|form| self.forms.get(&**form)).flatten().copied())
    }

    /// The frames that a sentence leaves possible.
    pub fn possible<'t>(&'t self, presence: &'t Presence) -> impl Iterator<Item = &'t TriggerEntry> {
        presence.words.iter().flat_map(|word| &self.entries[*word as usize]).filter(|entry| presence.allows(entry))
    }

    /// The frames that a form in lower case may trigger.
    pub fn triggered_by(&self, form: &str) -> impl Iterator<Item = &TriggerEntry> {
        self.forms.get(form).into_iter().flatten().flat_map(|word| &self.entries[*word as usize])
    }

    /// Whether a form in lower case may be one of a word that some frame demands.
    pub fn may_be_form_of(&self, form: &str, word: &str) -> bool {
        form == word || self.forms.get(form).is_some_and(|words| self.words.get(word).is_some_and(|word| words.contains(word)))
    }

    fn presence_of(&self, words: impl Iterator<Item = u32>) -> Presence {
        let (mut has, mut found) = (vec![false; self.entries.len()], Vec::new());
        for word in words {
            if !std::mem::replace(&mut has[word as usize], true) {
                found.push(word);
            }
        }
        let mut lists = vec![false; self.lists.len()];
        for word in &found {
            self.lists_of[*word as usize].iter().for_each(|list| lists[*list as usize] = true);
            for phrase in &self.longer[*word as usize] {
                lists[phrase.list as usize] |= phrase.words.iter().all(|word| has[*word as usize]);
            }
        }
        Presence { words: found, lists }
    }

    /// The lists of which a frame wants a phrase somewhere in the sentence.
    fn demands(&mut self, frame: &Frame) -> Vec<u32> {
        let wanted = [&frame.objects, &frame.subjects, &frame.complements, &frame.governors, &frame.with_any, &frame.complement_modals];
        let mut lists: Vec<u32> = wanted.into_iter().filter(|words| !words.is_empty()).map(|words| self.list(words)).collect();
        if !frame.above.is_empty() {
            // What stands above may begin there and go on elsewhere: "call" for "call on".
            let first = |phrase: &Phrase| Phrase::new(phrase.first());
            let either: Vec<Phrase> = frame.above.iter().cloned().chain(frame.above.iter().map(first)).collect();
            lists.push(self.list(&either));
        }
        for (preposition, words) in &frame.phrases {
            lists.push(self.list(&[Phrase::new(preposition)]));
            lists.extend((!words.is_empty()).then(|| self.list(words)));
        }
        lists
    }

    fn list(&mut self, phrases: &[Phrase]) -> u32 {
        let mut sorted: Vec<&Phrase> = phrases.iter().collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        sorted.dedup();
        let ids: Vec<Box<[u32]>> = sorted.iter().map(|phrase| phrase.0.iter().map(|word| self.word(word)).collect()).collect();
        if let Some(known) = self.lists.get(&ids) {
            return *known;
        }
        let list = self.lists.len() as u32;
        for (words, phrase) in ids.iter().zip(&sorted) {
            // The longest word is the rarest: "travel" for "travel to".
            let rarest = phrase.0.iter().zip(words).max_by_key(|(word, _)| word.len());
            match (&**words, rarest) {
                ([word], _) => self.lists_of[*word as usize].push(list),
                (_, Some((_, rarest))) => self.longer[*rarest as usize].push(Longer { words: words.clone(), list }),
                (_, None) => {}
            }
        }
        self.lists.insert(ids, list);
        list
    }

    fn word(&mut self, word: &str) -> u32 {
        let next = self.entries.len() as u32;
        let id = *self.words.entry(word.to_lowercase()).or_insert(next);
        if id == next {
            self.entries.push(Vec::new());
            self.lists_of.push(Vec::new());
            self.longer.push(Vec::new());
        }
        id
    }
}
