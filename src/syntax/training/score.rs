//! How well a model does on a treebank that it was not trained on, given the treebank's own tokens, and how fast.

use super::{Sentence, Word, tagger::forms};
use crate::syntax::{Node, Scratch, Syntax, Upos, Xpos};
use std::{fmt, time::Instant};

/// Counts of what is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub tokens: usize,
    pub upos: usize,
    /// Only the Penn tags that [`Xpos`] tells apart.
    pub xpos: usize,
    /// Tokens that are not punctuation; heads and relations are counted among these only.
    pub words: usize,
    pub heads: usize,
    /// Head and relation, all subtypes included.
    pub relations: usize,
    /// Tokens that are neither proper nouns nor punctuation; lemmas are compared among these only, in lower case.
    pub inflected: usize,
    pub lemmas: usize,
}

/// Parses all sentences and compares.
pub fn score(syntax: &Syntax, sentences: &[Sentence]) -> Score {
    let (mut score, mut scratch) = (Score::default(), Scratch::default());
    for sentence in sentences {
        let tree = syntax.parse(&forms(sentence), &mut scratch);
        for ((node, gold), label) in tree.nodes.iter().zip(&sentence.words).zip(&scratch.labels) {
            let name = node.head.map_or("root", |_| &syntax.labels[usize::from(*label)].name);
            score.add(node, name, gold);
        }
    }
    score
}

impl Score {
    fn add(&mut self, node: &Node, relation: &str, gold: &Word) {
        self.tokens += 1;
        self.upos += usize::from(node.upos.name() == gold.upos);
        self.xpos += usize::from(node.xpos == Xpos::read(&gold.xpos));
        let upos = Upos::read(&gold.upos);
        if upos == Upos::Punct {
            return;
        }
        self.words += 1;
        self.heads += usize::from(node.head == gold.head);
        self.relations += usize::from(node.head == gold.head && relation == gold.relation);
        if upos != Upos::Propn {
            self.inflected += 1;
            self.lemmas += usize::from(node.lemma == gold.lemma.to_lowercase());
        }
    }

    /// Per cent of tokens with the right universal tag.
    pub fn upos_percent(&self) -> f64 {
        percent(self.upos, self.tokens)
    }

    /// Per cent of words with the right head (UAS without punctuation).
    pub fn head_percent(&self) -> f64 {
        percent(self.heads, self.words)
    }

    /// Per cent of words with the right head and relation (LAS without punctuation).
    pub fn relation_percent(&self) -> f64 {
        percent(self.relations, self.words)
    }

    /// Per cent of lemmas that are right.
    pub fn lemma_percent(&self) -> f64 {
        percent(self.lemmas, self.inflected)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tokens, xpos, .. } = self;
        let [upos, uas, las, lemmas] = [self.upos_percent(), self.head_percent(), self.relation_percent(), self.lemma_percent()];
        write!(out, "{tokens} tokens: UPOS {upos:.2}, XPOS {:.2}, UAS {uas:.2}, LAS {las:.2}, lemmas {lemmas:.2}", percent(*xpos, *tokens))
    }
}

/// Tokens that one thread tags, parses and lemmatizes in a second of its processor time, the best of five passes.
pub fn tokens_per_second(syntax: &Syntax, sentences: &[Sentence]) -> f64 {
    let sentences: Vec<Vec<&str>> = sentences.iter().map(forms).collect();
    let tokens: usize = sentences.iter().map(Vec::len).sum();
    let mut scratch = Scratch::default();
    let start = Instant::now();
    let pass = |_| {
        let before = processor_seconds().unwrap_or(start.elapsed().as_secs_f64());
        let roots = sentences.iter().filter(|forms| syntax.parse(forms, &mut scratch).root().is_some()).count();
        assert_eq!(roots, sentences.len(), "every sentence has a root");
        tokens as f64 / (processor_seconds().unwrap_or(start.elapsed().as_secs_f64()) - before)
    };
    (0..5).map(pass).fold(0.0, f64::max)
}

/// How long this thread has run, where the system says so (Linux), so that other programs do not count.
fn processor_seconds() -> Option<f64> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    statistics.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Relation;

    #[test]
    fn counts_what_is_right() {
        let gold = |upos: &str, relation: &str| Word {
            form: "x".to_owned(),
            lemma: "X".to_owned(),
            upos: upos.to_owned(),
            xpos: "NN".to_owned(),
            head: Some(0),
            relation: relation.to_owned(),
        };
        let node = Node { upos: Upos::Noun, xpos: Xpos::Nn, head: Some(0), relation: Relation::Obj, lemma: "x".to_owned() };
        let mut score = Score::default();
        score.add(&node, "obj", &gold("NOUN", "obj"));
        score.add(&node, "obj", &gold("PROPN", "iobj"));
        score.add(&node, "obj", &gold("PUNCT", "punct"));
        let expected = Score { tokens: 3, upos: 1, xpos: 3, words: 2, heads: 2, relations: 1, inflected: 1, lemmas: 1 };
        assert_eq!(score, expected);
        assert_eq!((score.head_percent(), score.relation_percent(), Score::default().upos_percent()), (100.0, 50.0, 0.0));
    }
}
