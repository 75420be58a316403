//! A trie over word ids: all names of all actors, matched in one pass over a text.

use rustc_hash::FxHashMap;

use super::actors::Naming;

/// One thing that a name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// Index of the actor.
    pub actor: u32,
    pub naming: Naming,
    /// The name is also something else (a first name, a province); it needs support from the words around it.
    pub ambiguous: bool,
}

/// Names as sequences of words; case matters.
#[derive(Debug, Default)]
pub struct Names {
    words: FxHashMap<String, u32>,
    /// (node, word) to node; node 0 is the root.
    edges: FxHashMap<(u32, u32), u32>,
    senses: Vec<Vec<Sense>>,
}

impl Names {
    /// Adds a name, given as the tokens that the tokenizer makes of it.
    pub(super) fn add(&mut self, tokens: &[String], sense: Sense) {
        if self.senses.is_empty() {
            self.senses.push(Vec::new());
        }
        let mut node = 0;
        for token in tokens {
            let next_word = self.words.len() as u32;
            let word = *self.words.entry(token.clone()).or_insert(next_word);
            let next_node = self.senses.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(next_node);
            if node == next_node {
                self.senses.push(Vec::new());
            }
        }
        let senses = &mut self.senses[node as usize];
        if !senses.contains(&sense) {
            senses.push(sense);
        }
    }

    /// The id of a word, if any name holds it.
    pub fn word(&self, form: &str) -> Option<u32> {
        self.words.get(form).copied()
    }

    /// The longest name that starts with the first of these word ids: its length in words, and what it stands for.
    pub fn longest(&self, mut words: impl Iterator<Item = Option<u32>>) -> Option<(usize, &[Sense])> {
        let mut node = 0;
        let mut found = None;
        let mut length = 0;
        while let Some(Some(word)) = words.next() {
            let Some(next) = self.edges.get(&(node, word)) else { break };
            node = *next;
            length += 1;
            let senses = &self.senses[node as usize];
            if !senses.is_empty() {
                found = Some((length, senses.as_slice()));
            }
        }
        found
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.senses.iter().filter(|senses| !senses.is_empty()).count()
    }

    pub fn is_empty(&self) -> bool {
        self.senses.is_empty()
    }
}
