//! Which frames a word can trigger, and whether the words of a sentence, wherever they stand, leave a frame possible at all. Most
//! frames ask for words that are not there; to know that before they are tried spares nine trials in ten, and to know it before
//! the sentence is parsed spares the parse.

use rustc_hash::FxHashMap;

use super::{
    Lexicon,
    bits::{Bits, Block},
    forms::Inflections,
    phrases::{Phrase, Word, WordKey},
    rules::{Frame, Rule},
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
    words: FxHashMap<WordKey, u32>,
    /// The words that a form may be an inflection of, in one piece, and where those of each form stand.
    forms: FxHashMap<WordKey, (u32, u32)>,
    lemmas: Vec<u32>,
    /// For each word the frames that it can trigger.
    entries: Grouped<TriggerEntry>,
    /// For each word the lists of which it is a phrase, and the longer phrases that are looked for when it is found.
    lists_of: Grouped<Block>,
    longer: Grouped<Longer>,
    /// How many lists there are.
    lists: usize,
}

/// A phrase of several words: if all stand in the sentence, the list has what it wants.
#[derive(Debug)]
struct Longer {
    list: u32,
    /// One of the other words, by which most phrases are ruled out.
    other: u32,
    words: Box<[u32]>,
}

/// Things by the number of their group, in one piece.
#[derive(Debug)]
struct Grouped<T> {
    all: Vec<T>,
    /// Where each group ends; it begins where the one before ends.
    ends: Vec<u32>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Grouped<T> {
    fn new(groups: Vec<Vec<T>>) -> Self {
        let (mut all, mut ends) = (Vec::new(), Vec::with_capacity(groups.len()));
        for group in groups {
            all.extend(group);
            ends.push(all.len() as u32);
        }
        Self { all, ends }
    }

    fn of(&self, group: u32) -> &[T] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.all[start as usize..self.ends[group as usize] as usize]
    }
}

/// What a sentence has of the words and lists that frames demand.
#[derive(Debug, Default)]
pub struct Presence {
    words: Vec<u32>,
    lists: Bits,
}

impl Presence {
    /// Whether all that the entry's frame demands stands somewhere in the sentence.
    pub fn allows(&self, entry: &TriggerEntry) -> bool {
        entry.demands.iter().all(|list| self.lists.contains(*list))
    }

    /// Whether the words of something that bars the entry's frame stand in the sentence, if perhaps not in their order.
    pub fn may_bar(&self, entry: &TriggerEntry) -> bool {
        entry.bars.is_some_and(|list| self.lists.contains(list))
    }
}

/// Which frames words can trigger. Forms are given by the keys of how they are written in lower case.
impl Lexicon {
    /// The frames that a sentence leaves possible before anything is known of its structure.
    pub fn possible<'l>(&'l self, presence: &'l Presence) -> impl Iterator<Item = &'l TriggerEntry> {
        let entries = presence.words.iter().flat_map(|word| self.triggers.entries.of(*word));
        entries.filter(|entry| presence.allows(entry))
    }

    /// What a sentence, given as its forms, has of the words that frames demand, whatever word each form turns out to be.
    pub fn presence_of_forms(&self, forms: &[WordKey]) -> Presence {
        self.triggers.presence_of(forms.iter().flat_map(|form| self.triggers.words_of(*form)).copied())
    }

    /// What a sentence, given as its lemmas and its forms, has of the words that frames demand.
    pub fn presence(&self, words: impl Iterator<Item = WordKey>) -> Presence {
        self.triggers.presence_of(words.filter_map(|word| self.triggers.words.get(&word).copied()))
    }

    /// The frames that a word, given as its lemma, can begin.
    pub fn triggers(&self, lemma: WordKey) -> &[TriggerEntry] {
        self.triggers.words.get(&lemma).map_or(&[], |word| self.triggers.entries.of(*word))
    }

    /// The frames that a form may trigger.
    pub fn triggered_by(&self, form: WordKey) -> impl Iterator<Item = &TriggerEntry> {
        self.triggers.words_of(form).iter().flat_map(|word| self.triggers.entries.of(*word))
    }

    /// Whether a form may be one of a word that some frame demands.
    pub fn may_be_form_of(&self, form: WordKey, word: &Word) -> bool {
        let id = || self.triggers.words.get(&word.key);
        form == word.key || id().is_some_and(|id| self.triggers.words_of(form).contains(id))
    }
}

impl Triggers {
    /// `negations` and `conditions` are the words of which a frame wants one that demands a negation or a condition.
    pub fn new(rules: &[Rule], negations: &[Phrase], conditions: &[Phrase], inflections: &Inflections) -> Self {
        let mut builder = Builder::default();
        let (negations, conditions) = (builder.list(negations), builder.list(conditions));
        for (number, rule) in rules.iter().enumerate() {
            for (place, frame) in rule.frames.iter().enumerate() {
                let mut shared = builder.demands(frame);
                shared.extend((frame.negated == Some(true)).then_some(negations));
                shared.extend((frame.conditional == Some(true)).then_some(conditions));
                let bars = (!frame.unless.is_empty()).then(|| builder.list(&frame.unless));
                for (phrase, words) in frame.words.iter().enumerate() {
                    let own = (!words.is_single()).then(|| builder.list(std::slice::from_ref(words)));
                    let demands = shared.iter().copied().chain(own).collect();
                    let entry = TriggerEntry { rule: number as u32, frame: place as u16, phrase: phrase as u16, demands, bars };
                    let word = builder.word(frame.key(words));
                    builder.entries[word as usize].push(entry);
                }
            }
        }
        builder.finish(inflections)
    }

    /// The words that a form may be one of.
    fn words_of(&self, form: WordKey) -> &[u32] {
        self.forms.get(&form).map_or(&[], |(start, end)| &self.lemmas[*start as usize..*end as usize])
    }

    fn presence_of(&self, words: impl Iterator<Item = u32>) -> Presence {
        let mut has = Bits::new(self.entries.ends.len());
        let words: Vec<u32> = words.filter(|word| has.insert(*word)).collect();
        let mut lists = Bits::new(self.lists);
        for word in &words {
            for block in self.lists_of.of(*word) {
                lists.add(block);
            }
            for phrase in self.longer.of(*word).iter().filter(|phrase| has.contains(phrase.other)) {
                if phrase.words.iter().all(|word| has.contains(*word)) {
                    lists.insert(phrase.list);
                }
            }
        }
        Presence { words, lists }
    }
}

/// What [`Triggers`] are made of.
#[derive(Default)]
struct Builder {
    words: FxHashMap<WordKey, u32>,
    /// Of each word how it is written, its frames, its lists, and the longer phrases of which it is the rarest word.
    texts: Vec<String>,
    entries: Vec<Vec<TriggerEntry>>,
    lists_of: Vec<Vec<u32>>,
    longer: Vec<Vec<Longer>>,
    /// Lists that several frames share are kept once, as word ids of their phrases.
    lists: FxHashMap<Vec<Box<[u32]>>, u32>,
}

impl Builder {
    fn finish(self, inflections: &Inflections) -> Triggers {
        let mut by_form: FxHashMap<WordKey, Vec<u32>> = FxHashMap::default();
        for (id, lemma) in (0..).zip(&self.texts) {
            for form in inflections.of(lemma) {
                by_form.entry(WordKey::of(&form)).or_default().push(id);
            }
        }
        let mut lemmas = Vec::new();
        let mut place = |words: Vec<u32>| {
            let start = lemmas.len() as u32;
            lemmas.extend(words);
            (start, lemmas.len() as u32)
        };
        let forms = by_form.into_iter().map(|(form, words)| (form, place(words))).collect();
        Triggers {
            words: self.words,
            forms,
            lemmas,
            entries: Grouped::new(self.entries),
            lists_of: Grouped::new(self.lists_of.iter().map(|lists| Block::of(lists)).collect()),
            longer: Grouped::new(self.longer),
            lists: self.lists.len(),
        }
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
        let mut lists: Vec<Box<[u32]>> = phrases.iter().map(|phrase| phrase.words().iter().map(|word| self.word(word)).collect()).collect();
        lists.sort_unstable();
        lists.dedup();
        if let Some(known) = self.lists.get(&lists) {
            return *known;
        }
        let list = self.lists.len() as u32;
        for words in &lists {
            if let [word] = **words {
                self.lists_of[word as usize].push(list);
                continue;
            }
            // The longest word is the rarest: "travel" for "travel to".
            let mut by_length = words.to_vec();
            by_length.sort_by_key(|word| std::cmp::Reverse(self.texts[*word as usize].len()));
            if let [rarest, other, ..] = *by_length {
                self.longer[rarest as usize].push(Longer { list, other, words: words.clone() });
            }
        }
        self.lists.insert(lists, list);
        list
    }

    fn word(&mut self, word: &Word) -> u32 {
        let next = self.entries.len() as u32;
        let id = *self.words.entry(word.lower).or_insert(next);
        if id == next {
            self.texts.push(word.text.to_lowercase());
            self.entries.push(Vec::new());
            self.lists_of.push(Vec::new());
            self.longer.push(Vec::new());
        }
        id
    }
}
