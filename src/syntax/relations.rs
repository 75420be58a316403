//! The relations of a finished tree. They are guessed anew once all arcs are known, since a word's relation often shows only
//! in its own dependents, its siblings and its head's place (compare the second stage of McDonald et al. 2006).

use super::{
    choices::Choices,
    keys::{Features, Keys, mix},
    parser::{Token, distance},
    routine::{Cases, Routine},
    settled::{Settled, settled_key},
    sparse::{Scoring, Sparse},
    state::Index,
    tree::Upos,
};

/// An unlabelled tree with the dependents of each token.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    /// The head of each token; that of the root is the index behind the last token.
    pub heads: Vec<Index>,
    /// Where the dependents of each token, the root included, begin in `dependents`; one more for the end.
    starts: Vec<usize>,
    /// The dependents of all tokens, those of one left to right.
    dependents: Vec<Index>,
    /// Each token's place among its siblings.
    ranks: Vec<usize>,
}

impl Skeleton {
    /// Takes over heads, in which the index behind the last token is the root.
    pub(super) fn read(&mut self, heads: impl Iterator<Item = Index>) {
        self.heads.clear();
        self.heads.extend(heads);
        let tokens = self.heads.len();
        self.starts.clear();
        self.starts.resize(tokens + 3, 0);
        for head in &self.heads {
            self.starts[*head as usize + 2] += 1;
        }
        for index in 1..self.starts.len() {
            self.starts[index] += self.starts[index - 1];
        }
        // The start of each token stands one place too far to the right and is moved while its dependents are filled in.
        self.dependents.clear();
        self.dependents.resize(tokens, 0);
        self.ranks.clear();
        for (token, head) in self.heads.iter().enumerate() {
            let place = &mut self.starts[*head as usize + 1];
            self.dependents[*place] = token as Index;
            self.ranks.push(*place);
            *place += 1;
        }
        for (rank, head) in self.ranks.iter_mut().zip(&self.heads) {
            *rank -= self.starts[*head as usize];
        }
    }

    /// The dependents of a token or the root, left to right.
    #[inline]
    pub(super) fn dependents(&self, head: Index) -> &[Index] {
        &self.dependents[self.starts[head as usize]..self.starts[head as usize + 1]]
    }

    /// The tokens so that each comes after its head and its siblings to the left.
    pub(super) fn top_down(&self, order: &mut Vec<Index>) {
        order.clear();
        order.extend(self.dependents(self.heads.len() as Index));
        let mut done = 0;
        while let Some(token) = order.get(done) {
            order.extend(self.dependents(*token));
            done += 1;
        }
    }
}

/// The case of an arc by which its label is chosen: what kinds of words it joins, in which order.
#[inline]
pub(super) fn choice_key(tokens: &[Token], head: Index, dependent: Index) -> u64 {
    let kind = |index: Index| tokens[index as usize].kind as u64;
    mix(mix(kind(head), kind(dependent)), u64::from(head < dependent))
}

/// Guesses the labels of arcs.
#[derive(Debug)]
pub(super) struct Labeller {
    pub weights: Sparse,
    pub choices: Choices,
    pub routine: Routine,
}

/// Working memory of labelling.
#[derive(Debug, Default)]
pub(super) struct Labelling {
    order: Vec<Index>,
    keys: Keys,
    scoring: Box<Scoring>,
}

impl Labeller {
    /// Sets the label of each token's arc.
    pub(super) fn label(&self, settled: &Settled, tokens: &[Token], skeleton: &Skeleton, work: &mut Labelling, labels: &mut Vec<u8>) {
        let Labelling { order, keys, scoring } = work;
        skeleton.top_down(order);
        labels.clear();
        labels.resize(skeleton.heads.len(), 0);
        for token in order {
            let head = skeleton.heads[*token as usize];
            let known = settled.get(&settled_key(tokens, head, *token)).copied();
            labels[*token as usize] = match (known, self.choices.of(choice_key(tokens, head, *token))) {
                (Some(label), _) => label,
                (None, Some([label])) => *label,
                (None, choices) => self.routine.of(cases(tokens, skeleton, *token)).unwrap_or_else(|| {
                    features(tokens, skeleton, labels, *token, keys);
                    self.weights.best(keys, choices, scoring) as u8
                }),
            };
        }
    }
}

/// The cases by which the label of the arc to `dependent` may be routine: the tags and the direction, with the dependent's first
/// dependent and whether it is the last one of its head, and with the dependent itself and the tags of its outermost dependents.
#[inline]
pub(super) fn cases(tokens: &[Token], skeleton: &Skeleton, dependent: Index) -> Cases {
    let head = skeleton.heads[dependent as usize];
    let (upper, lower) = (&tokens[head as usize], &tokens[dependent as usize]);
    let tags = [upper.xpos, u64::from(head < dependent)].into_iter().fold(lower.xpos, mix);
    let own = skeleton.dependents(dependent);
    let [first, last] = [own.first(), own.last()].map(|index| index.map_or(&tokens[tokens.len() - 1], |index| &tokens[*index as usize]));
    let is_last = skeleton.dependents(head).last() == Some(&dependent);
    let outermost = [lower.word, first.xpos, last.xpos].into_iter().fold(mix(tags, 3), mix);
    [[first.xpos, first.word, u64::from(is_last)].into_iter().fold(tags, mix), outermost]
}

/// Fills `keys` with the features of the arc to `dependent`; `labels` holds those of its head and its siblings to the left.
pub(super) fn features(tokens: &[Token], skeleton: &Skeleton, labels: &[u8], dependent: Index, keys: &mut Keys) {
    let arc = Arc::new(tokens, skeleton, labels, dependent);
    keys.start(if arc.head < dependent { 1000 } else { 2000 });
    arc.add_ends(keys);
    arc.add_dependents(keys);
    arc.add_surroundings(keys);
}

/// An arc and what stands around it.
struct Arc<'a> {
    tokens: &'a [Token],
    skeleton: &'a Skeleton,
    labels: &'a [u8],
    head: Index,
    dependent: Index,
    upper: &'a Token,
    lower: &'a Token,
}

impl<'a> Arc<'a> {
    fn new(tokens: &'a [Token], skeleton: &'a Skeleton, labels: &'a [u8], dependent: Index) -> Self {
        let head = skeleton.heads[dependent as usize];
        Self { tokens, skeleton, labels, head, dependent, upper: &tokens[head as usize], lower: &tokens[dependent as usize] }
    }

    /// The token at an index, or the one that stands for none.
    #[inline(always)]
    fn token(&self, index: Option<Index>) -> &'a Token {
        index.and_then(|index| self.tokens.get(index as usize)).unwrap_or(&self.tokens[self.tokens.len() - 1])
    }

    fn label(&self, index: Option<Index>) -> u64 {
        index.and_then(|index| self.labels.get(index as usize)).map_or(1, |label| u64::from(*label) + 3)
    }

    #[inline(always)]
    fn add_ends(&self, keys: &mut Keys) {
        let (upper, lower) = (self.upper, self.lower);
        keys.add([upper.word]);
        keys.add([upper.xpos]);
        keys.add([lower.word]);
        keys.add([lower.word, lower.xpos]);
        keys.add([upper.word, lower.xpos]);
        keys.add([upper.upos, lower.upos]);
        keys.add([upper.xpos, lower.xpos, distance(self.head, self.dependent)]);
        keys.add([self.token(self.dependent.checked_sub(1)).word, lower.xpos]);
        keys.add([self.token(Some(self.dependent + 1)).word, lower.xpos]);
    }

    #[inline(always)]
    fn add_dependents(&self, keys: &mut Keys) {
        let (upper, lower) = (self.upper, self.lower);
        let dependents = self.skeleton.dependents(self.dependent);
        let [first, second, last] = [dependents.first(), dependents.get(1), dependents.last()].map(|index| self.token(index.copied()));
        keys.add([first.word, lower.xpos]);
        keys.add([first.word, lower.xpos, upper.xpos]);
        keys.add([first.word, upper.word]);
        keys.add([first.word, lower.word]);
        keys.add([second.word, lower.xpos]);
        keys.add([first.word, second.word, upper.xpos]);
        keys.add([last.word, lower.xpos]);
        keys.add([self.auxiliary(self.dependent).word, lower.xpos, upper.xpos]);
        let kinds = dependents.iter().fold(0_u64, |kinds, index| kinds | 1 << self.tokens[*index as usize].kind as u64);
        keys.add([kinds, lower.upos, upper.upos]);
    }

    /// The siblings on both sides, what stands above, and the head's auxiliary.
    #[inline(always)]
    fn add_surroundings(&self, keys: &mut Keys) {
        let (upper, lower) = (self.upper, self.lower);
        let siblings = self.skeleton.dependents(self.head);
        let rank = self.skeleton.ranks[self.dependent as usize];
        let before = rank.checked_sub(1).map(|rank| siblings[rank]);
        let after = siblings.get(rank + 1).copied();
        keys.add([self.label(before), lower.xpos, upper.xpos]);
        keys.add([self.token(after).xpos, lower.xpos, upper.xpos]);
        keys.add([self.label(Some(self.head)), lower.xpos]);
        keys.add([self.auxiliary(self.head).word, upper.xpos, lower.xpos]);
    }

    /// The last auxiliary among a token's dependents, which says whether it is passive: "was", "been", "has".
    fn auxiliary(&self, of: Index) -> &'a Token {
        let auxiliary = self.skeleton.dependents(of).iter().rfind(|index| self.tokens[**index as usize].kind == Upos::Aux);
        self.token(auxiliary.copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skeleton_knows_dependents_and_order() {
        let mut skeleton = Skeleton::default();
        // "Two envoys were expelled on Monday ."
        skeleton.read([1, 3, 3, 7, 5, 3, 3].into_iter());
        assert_eq!(skeleton.dependents(3), [1, 2, 5, 6]);
        assert_eq!(skeleton.dependents(7), [3]);
        assert_eq!(skeleton.dependents(0), [] as [Index; 0]);
        assert_eq!(skeleton.ranks, [0, 0, 1, 0, 0, 2, 3]);
        let mut order = Vec::new();
        skeleton.top_down(&mut order);
        assert_eq!(order, [3, 1, 2, 5, 6, 0, 4]);
        skeleton.read(std::iter::empty());
        assert_eq!(skeleton.dependents(0), [] as [Index; 0]);
    }
}
