//! Which frames a word can trigger, and whether the words of a sentence, wherever they stand, leave a frame possible at all. Most
//! frames ask for words that are not there; to know that before they are tried spares nine trials in ten, and to know it before
//! the sentence is parsed spares the parse.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{
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
    /// For each word the phrases that end with it.
    endings: Vec<Vec<Ending>>,
    /// Lists that several frames share are kept once, as word ids of their phrases.
    lists: FxHashMap<Vec<Box<[u32]>>, u32>,
}

/// The last word of a phrase: if the words before it stand in the sentence too, the list has what it wants.
#[derive(Debug)]
struct Ending {
    before: Box<[u32]>,
    list: u32,
}

/// What a sentence has of the words and lists that frames demand.
#[derive(Debug)]
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

impl Triggers {
    pub fn new(rules: &[Rule], inflections: &Inflections) -> Self {
        let mut triggers = Self::default();
        for (number, rule) in rules.iter().enumerate() {
            for (place, frame) in rule.frames.iter().enumerate() {
                let shared = triggers.demands(frame);
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

    /// The frames that a sentence, given as its forms in lower case, leaves possible whatever word each form turns out to be.
    pub fn possible<'f>(&self, forms: impl Iterator<Item = Cow<'f, str>>) -> impl Iterator<Item = &TriggerEntry> {
        let presence = self.presence_of(forms.filter_map(|form| self.forms.get(&*form)).flatten().copied());
        let entries: Vec<&Vec<TriggerEntry>> = presence.words.iter().map(|word| &self.entries[*word as usize]).collect();
        entries.into_iter().flatten().filter(move |entry| presence.allows(entry))
    }

    fn presence_of(&self, words: impl Iterator<Item = u32>) -> Presence {
        let (mut has, mut found) = (vec![false; self.endings.len()], Vec::new());
        for word in words {
            if !std::mem::replace(&mut has[word as usize], true) {
                found.push(word);
            }
        }
        let mut lists = vec![false; self.lists.len()];
        for ending in found.iter().flat_map(|word| &self.endings[*word as usize]) {
            lists[ending.list as usize] |= ending.before.iter().all(|word| has[*word as usize]);
        }
        Presence { words: found, lists }
    }

    /// The lists of which a frame wants a phrase somewhere in the sentence.
    fn demands(&mut self, frame: &Frame) -> Vec<u32> {
        let wanted = [&frame.objects, &frame.subjects, &frame.complements, &frame.governors, &frame.with_any, &frame.complement_modals];
        let mut lists: Vec<u32> = wanted.into_iter().filter(|words| !words.is_empty()).map(|words| self.list(words)).collect();
        if !frame.above.is_empty() {
            // What stands above may begin there and go on elsewhere: "call" for "call on".
            let first = |phrase: &Phrase| Phrase(vec![phrase.first().to_owned()]);
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
        let mut ids: Vec<Box<[u32]>> = phrases.iter().map(|phrase| phrase.0.iter().map(|word| self.word(word)).collect()).collect();
        ids.sort_unstable();
        ids.dedup();
        if let Some(known) = self.lists.get(&ids) {
            return *known;
        }
        let list = self.lists.len() as u32;
        for (last, before) in ids.iter().filter_map(|phrase| phrase.split_last()) {
            self.endings[*last as usize].push(Ending { before: before.into(), list });
        }
        self.lists.insert(ids, list);
        list
    }

    fn word(&mut self, word: &str) -> u32 {
        let next = self.endings.len() as u32;
        let id = *self.words.entry(word.to_lowercase()).or_insert(next);
        if id == next {
            self.endings.push(Vec::new());
            self.entries.push(Vec::new());
        }
        id
    }
}
