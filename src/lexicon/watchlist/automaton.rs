//! A finite-state transducer from folded names to entries: names share their beginnings and their ends, so that a million of them
//! take little more than the letters that tell them apart.

use fst::{Map, MapBuilder};

use super::fold::{Word, Words};
use crate::text::Span;

/// In the value of a name that several entries share; the rest is then an index of `shared`.
const SHARED: u64 = 1 << 32;

/// The names of one list.
#[derive(Debug)]
pub(super) struct Automaton {
    map: Map<Vec<u8>>,
    /// Entries that have a name in common.
    shared: Vec<Vec<u32>>,
    /// The ids of all entries, one behind the other.
    ids: String,
    /// Where each id ends.
    ends: Vec<u32>,
}

/// Names and entries on their way into an automaton.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// All folded names, one behind the other.
    letters: String,
    names: Vec<DraftName>,
    ids: String,
    ends: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct DraftName {
    start: u32,
    end: u32,
    entry: u32,
}

/// More than any list of names has; offsets take four bytes each.
const MOST_BYTES: usize = u32::MAX as usize;

impl Draft {
    /// Begins an entry; its names follow. False when there is no more room.
    pub fn entry(&mut self, id: &str) -> bool {
        self.ids.push_str(id);
        self.ends.push(self.ids.len().min(MOST_BYTES) as u32);
        self.ids.len() <= MOST_BYTES
    }

    /// Adds a folded name of the entry that was begun last. False when there is no more room.
    pub fn name(&mut self, folded: &str) -> bool {
        let start = self.letters.len();
        self.letters.push_str(folded);
        self.names.push(DraftName {
            start: start.min(MOST_BYTES) as u32,
            end: self.letters.len().min(MOST_BYTES) as u32,
            entry: self.ends.len() as u32 - 1,
        });
        self.letters.len() <= MOST_BYTES
    }

    pub fn build(mut self) -> Result<Automaton, fst::Error> {
        let letters = &self.letters;
        let text = |name: &DraftName| &letters[name.start as usize..name.end as usize];
        self.names.sort_unstable_by(|a, b| text(a).cmp(text(b)).then(a.entry.cmp(&b.entry)));
        let mut shared = Vec::new();
        let mut builder = MapBuilder::memory();
        for same in self.names.chunk_by(|a, b| text(a) == text(b)) {
            let mut entries: Vec<u32> = same.iter().map(|name| name.entry).collect();
            entries.dedup();
            let value = match entries.as_slice() {
                [only] => u64::from(*only),
                _ => {
                    shared.push(entries);
                    SHARED | (shared.len() as u64 - 1)
                }
            };
            builder.insert(text(&same[0]), value)?;
        }
        let map = builder.into_map();
        self.ids.shrink_to_fit();
        self.ends.shrink_to_fit();
        Ok(Automaton { map, shared, ids: self.ids, ends: self.ends })
    }
}

impl Automaton {
    /// The names in a text: the longest that begins at each word, each entry of it, without overlaps.
    pub fn find(&self, words: &Words) -> Vec<(&str, Span)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.words.len() {
            let Some((last, value)) = self.longest(words, at) else {
                at += 1;
                continue;
            };
            let span = Span::new(words.words[at].span.start, words.words[last].span.end);
            found.extend(self.entries_of(value).map(|entry| (self.id(entry), span)));
            at = last + 1;
        }
        found
    }

    /// The last word and the value of the longest name that begins with a word.
    fn longest(&self, words: &Words, first: usize) -> Option<(usize, u64)> {
        let fst = self.map.as_fst();
        let mut node = fst.root();
        let mut value = 0;
        let mut found = None;
        let mut at = words.words[first].start;
        for (number, Word { end, .. }) in words.words.iter().enumerate().skip(first) {
            for byte in &words.folded.as_bytes()[at..*end] {
                let Some(index) = node.find_input(*byte) else { return found };
                let transition = node.transition(index);
                value += transition.out.value();
                node = fst.node(transition.addr);
            }
            if node.is_final() {
                found = Some((number, value + node.final_output().value()));
            }
            at = *end;
        }
        found
    }

    fn entries_of(&self, value: u64) -> impl Iterator<Item = u32> {
        let group = (value & SHARED != 0).then(|| self.shared[(value & !SHARED) as usize].as_slice());
        let only = group.is_none().then_some(value as u32);
        group.unwrap_or_default().iter().copied().chain(only)
    }

    fn id(&self, entry: u32) -> &str {
        let entry = entry as usize;
        let start = if entry == 0 { 0 } else { self.ends[entry - 1] as usize };
        &self.ids[start..self.ends[entry] as usize]
    }

    pub fn names(&self) -> usize {
        self.map.len()
    }

    pub fn entries(&self) -> usize {
        self.ends.len()
    }

    pub fn bytes(&self) -> usize {
        let shared: usize = self.shared.iter().map(|entries| entries.capacity() * 4 + size_of::<Vec<u32>>()).sum();
        self.map.as_fst().size() + shared + self.ids.capacity() + self.ends.capacity() * 4
    }
}
