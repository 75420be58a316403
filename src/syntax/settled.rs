//! Labels that are looked up, not guessed: those of arcs that had the same one nearly every time, and the most frequent ones, which
//! are enough to choose the moves by.

use super::{keys::mix, parser::Token, state::Index};
use rustc_hash::FxHashMap;

/// Arcs that had one label nearly every time, such as those to commas and articles, which is then not guessed.
pub(super) type Settled = FxHashMap<u64, u8>;

/// The most frequent labels of arcs, by the keys of [`usual_keys`].
pub(super) type Usual = FxHashMap<u64, u8>;

/// What an arc is settled by: its direction, the dependent, and what kind of word the head is.
#[inline]
pub(super) fn settled_key(tokens: &[Token], head: Index, dependent: Index) -> u64 {
    let (upper, lower) = (&tokens[head as usize], &tokens[dependent as usize]);
    [lower.xpos, upper.upos, u64::from(head < dependent)].into_iter().fold(lower.word, mix)
}

/// What tells an arc's usual label, the best first: the tags and the direction, with the first word on the left of the dependent
/// (its preposition or conjunction) and with the dependent itself; `left` is the token that stands for none where it has no such word.
#[inline]
pub(super) fn usual_keys(tokens: &[Token], head: Index, dependent: Index, left: Index) -> [u64; 3] {
    let (upper, lower, first) = (&tokens[head as usize], &tokens[dependent as usize], &tokens[left as usize]);
    let tags = [upper.xpos, u64::from(head < dependent)].into_iter().fold(lower.xpos, mix);
    let (itself, introduced) = (mix(mix(tags, lower.word), 7), mix(tags, first.word));
    if left as usize == tokens.len() - 1 { [itself, introduced, tags] } else { [introduced, itself, tags] }
}

/// The label that such an arc has most often; 0 for one that was never seen.
#[inline]
pub(super) fn usual_label(usual: &Usual, tokens: &[Token], head: Index, dependent: Index, left: Index) -> u32 {
    usual_keys(tokens, head, dependent, left).iter().find_map(|key| usual.get(key)).map_or(0, |label| u32::from(*label))
}
