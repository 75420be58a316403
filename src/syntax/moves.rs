//! The features of a move: the templates of Zhang & Nivre (2011), and some of our own.

use super::{
    keys::{Features, mix},
    parser::{Token, distance},
    routine::Cases,
    state::{Index, State},
};

/// The tokens that the features of a move look at: `s` on the stack, `n` in the buffer, with their heads and dependents.
struct View<'a> {
    tokens: &'a [Token],
    state: &'a State,
    s0: Index,
    s1: Index,
    n: [Index; 4],
}

/// The cases by which a move may be routine: the top with its head and dependents and the word behind the next one, with the tags of the
/// next word and of what lies below the top, or with the next word itself and whether it has dependents already.
#[inline]
pub(super) fn cases(state: &State, tokens: &[Token]) -> Cases {
    let (s0, n0) = (state.stacked(0), state.buffered(0));
    let xpos = |index: Index| tokens[index as usize].xpos;
    let right = u64::from(state.links(s0).right_count.min(2));
    let around = [xpos(state.buffered(1)), u64::from(state.has_head(s0)), right].into_iter().fold(xpos(s0), mix);
    let left = u64::from(state.links(n0).left_count.min(2));
    [mix(mix(around, xpos(n0)), xpos(state.stacked(1))), mix(mix(around, tokens[n0 as usize].word), left)]
}

/// Gives the features of the next move, template by template.
#[inline(always)]
pub(super) fn features(state: &State, tokens: &[Token], to: &mut impl Features) {
    let n = [0, 1, 2, 3].map(|place| state.buffered(place));
    let view = View { tokens, state, s0: state.stacked(0), s1: state.stacked(1), n };
    to.start(0);
    view.add_words(to);
    view.add_pairs(to);
    view.add_distances(to);
    view.add_links(to);
    view.add_groups(to);
    view.add_attachments(to);
}

impl View<'_> {
    #[inline(always)]
    fn token(&self, index: Index) -> &Token {
        &self.tokens[index as usize]
    }

    #[inline(always)]
    fn word(&self, index: Index) -> u64 {
        self.token(index).word
    }

    #[inline(always)]
    fn xpos(&self, index: Index) -> u64 {
        self.token(index).xpos
    }

    #[inline(always)]
    fn upos(&self, index: Index) -> u64 {
        self.token(index).upos
    }

    #[inline(always)]
    fn label(&self, index: Index) -> u64 {
        u64::from(self.state.links(index).label) + 3
    }

    #[inline(always)]
    fn headed(&self) -> u64 {
        u64::from(self.state.has_head(self.s0))
    }

    #[inline(always)]
    fn add_words(&self, to: &mut impl Features) {
        let headed = self.headed();
        to.add([headed]);
        to.add([self.xpos(self.s0), headed]);
        for index in [self.s0, self.n[0], self.n[1], self.n[2]] {
            let (word, xpos) = (self.word(index), self.xpos(index));
            to.add([word, xpos]);
            to.add([word]);
            to.add([xpos]);
        }
        to.add([self.xpos(self.s1)]);
        to.add([self.word(self.s1), self.xpos(self.s1)]);
    }

    #[inline(always)]
    fn add_pairs(&self, to: &mut impl Features) {
        let [n0, n1, n2, n3] = self.n;
        let (s0_word, s0_xpos, n0_word, n0_xpos) = (self.word(self.s0), self.xpos(self.s0), self.word(n0), self.xpos(n0));
        let (n1_word, n1_xpos, n2_xpos) = (self.word(n1), self.xpos(n1), self.xpos(n2));
        to.add([s0_word, s0_xpos, n0_word, n0_xpos]);
        to.add([s0_word, s0_xpos, n0_word]);
        to.add([s0_word, n0_word, n0_xpos]);
        to.add([s0_word, s0_xpos, n0_xpos]);
        to.add([s0_xpos, n0_word, n0_xpos]);
        to.add([s0_word, n0_word]);
        to.add([s0_xpos, n0_xpos]);
        to.add([s0_xpos, n0_xpos, self.headed()]);
        to.add([n0_xpos, n1_xpos]);
        to.add([n0_xpos, n1_xpos, n2_xpos]);
        to.add([s0_xpos, n0_xpos, n1_xpos]);
        to.add([s0_word, n0_xpos, n1_xpos]);
        to.add([s0_xpos, n0_word, n1_xpos]);
        to.add([s0_xpos, n0_xpos, n1_word]);
        to.add([s0_xpos, n0_xpos, n1_xpos, n2_xpos]);
        to.add([n0_xpos, n1_xpos, n2_xpos, self.xpos(n3)]);
    }

    #[inline(always)]
    fn add_distances(&self, to: &mut impl Features) {
        let n0 = self.n[0];
        let (s0, next) = (self.token(self.s0), self.token(n0));
        let apart = if self.s0 == self.state.none() { 9 } else { distance(self.s0, n0) };
        for value in [s0.word, s0.xpos, next.word, next.xpos] {
            to.add([value, apart]);
        }
        to.add([s0.word, next.word, apart]);
        to.add([s0.xpos, next.xpos, apart]);
        let verbs = u64::from(next.verbs.saturating_sub(s0.verbs).min(3));
        let signs = u64::from(next.signs.saturating_sub(s0.signs).min(4));
        to.add([s0.xpos, next.xpos, verbs, signs]);
        to.add([s0.word, next.xpos, verbs]);
        to.add([s0.xpos, next.word, signs, apart]);
        let (s0_links, n0_links) = (self.state.links(self.s0), self.state.links(n0));
        let [left, right, n0_left] = [s0_links.left_count, s0_links.right_count, n0_links.left_count].map(|count| u64::from(count.min(4)));
        for value in [s0.word, s0.xpos] {
            to.add([value, right]);
            to.add([value, left]);
        }
        to.add([next.word, n0_left]);
        to.add([next.xpos, n0_left]);
        to.add([s0.xpos, left, right, next.xpos]);
    }

    #[inline(always)]
    fn add_links(&self, to: &mut impl Features) {
        let (s0, n0) = (self.state.links(self.s0), self.state.links(self.n[0]));
        let above = self.state.links(s0.head);
        for index in [s0.head, s0.left[0], s0.right[0], n0.left[0], above.head, s0.left[1], s0.right[1], n0.left[1]] {
            to.add([self.word(index)]);
            to.add([self.xpos(index)]);
        }
        for index in [self.s0, s0.left[0], s0.right[0], n0.left[0], s0.head, s0.left[1], s0.right[1], n0.left[1]] {
            to.add([self.label(index)]);
        }
    }

    #[inline(always)]
    fn add_groups(&self, to: &mut impl Features) {
        let [n0, n1, ..] = self.n;
        let (s0_links, n0_links) = (self.state.links(self.s0), self.state.links(n0));
        let (head, above) = (s0_links.head, self.state.links(s0_links.head).head);
        let ([left, left2], [right, right2], [n0_left, n0_left2]) = (s0_links.left, s0_links.right, n0_links.left);
        let (s0_word, s0_xpos, n0_word, n0_xpos) = (self.word(self.s0), self.xpos(self.s0), self.word(n0), self.xpos(n0));
        to.add([self.xpos(head), s0_xpos, n0_xpos]);
        to.add([s0_xpos, self.xpos(left), n0_xpos]);
        to.add([s0_xpos, self.xpos(right), n0_xpos]);
        to.add([s0_xpos, n0_xpos, self.xpos(n0_left)]);
        to.add([s0_xpos, self.xpos(left), self.xpos(left2)]);
        to.add([s0_xpos, self.xpos(right), self.xpos(right2)]);
        to.add([s0_xpos, self.xpos(head), self.xpos(above)]);
        to.add([n0_xpos, self.xpos(n0_left), self.xpos(n0_left2)]);
        to.add([s0_word, self.label(left), self.label(right)]);
        to.add([s0_xpos, self.label(left), self.label(right)]);
        to.add([n0_word, self.label(n0_left)]);
        to.add([n0_xpos, self.label(n0_left), self.label(n0_left2)]);
        to.add([self.xpos(self.s1), s0_xpos, n0_xpos]);
        to.add([self.label(self.s1), self.label(self.s0), n0_xpos]);
        let (s0_upos, n0_upos) = (self.upos(self.s0), self.upos(n0));
        to.add([s0_upos, n0_upos]);
        to.add([s0_upos, n0_upos, self.upos(n1)]);
        to.add([self.upos(self.s1), s0_upos, n0_upos]);
        to.add([s0_upos, n0_word]);
        to.add([s0_word, n0_upos]);
        to.add([s0_word, self.word(n0_left), n0_xpos]);
        to.add([s0_word, self.word(right), n0_word]);
        to.add([s0_word, self.word(right), n0_xpos]);
        to.add([self.word(head), s0_xpos, n0_word]);
        to.add([self.word(head), n0_word]);
        to.add([self.word(head), s0_word, n0_word]);
        to.add([self.word(n0_left), n0_word, s0_xpos]);
        to.add([self.upos(self.s1), s0_upos, n0_upos, self.upos(n1)]);
        to.add([s0_word, n0_word, self.word(n1)]);
    }

    /// What decides attachments: the preposition or conjunction on the left of a word, with all the heads that could take it, and
    /// which labels those have already.
    #[inline(always)]
    fn add_attachments(&self, to: &mut impl Features) {
        let [n0, n1, n2, ..] = self.n;
        let (s0_links, n0_links) = (self.state.links(self.s0), self.state.links(n0));
        let (head, above) = (s0_links.head, self.state.links(s0_links.head).head);
        let (left, n0_left) = (self.word(s0_links.left[0]), self.word(n0_links.left[0]));
        let (s0_word, s0_xpos, n0_word, n0_xpos) = (self.word(self.s0), self.xpos(self.s0), self.word(n0), self.xpos(n0));
        to.add([self.word(head), n0_left, n0_xpos]);
        to.add([self.word(head), s0_word, n0_left]);
        to.add([self.xpos(head), s0_xpos, n0_xpos, n0_left]);
        to.add([s0_xpos, s0_links.right_labels, n0_xpos]);
        to.add([s0_word, s0_links.right_labels, self.upos(n0)]);
        to.add([n0_xpos, n0_links.left_labels, s0_xpos]);
        to.add([s0_xpos, s0_links.left_labels, n0_xpos]);
        to.add([left, s0_xpos, n0_xpos]);
        to.add([left, n0_left, s0_xpos, n0_xpos]);
        to.add([left, self.word(head), n0_word]);
        to.add([s0_word, n0_xpos, self.xpos(n1), self.xpos(n2)]);
        to.add([s0_xpos, n0_word, self.word(n1)]);
        to.add([left, s0_xpos, n0_word]);
        to.add([self.word(self.s1), s0_xpos, n0_xpos]);
        to.add([self.xpos(self.s1), s0_word, n0_xpos]);
        to.add([self.xpos(self.state.stacked(2)), self.xpos(self.s1), s0_xpos, n0_xpos]);
        to.add([self.word(above), n0_word]);
        to.add([self.word(above), n0_left, n0_xpos]);
        to.add([self.xpos(head), self.state.links(head).right_labels, s0_xpos, n0_xpos]);
        to.add([self.upos(self.s0), s0_links.left_labels, s0_links.right_labels, self.upos(n0), n0_links.left_labels]);
    }
}
