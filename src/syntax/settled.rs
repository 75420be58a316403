//! Arcs whose label need not be guessed.

use super::{keys::mix, parser::Token, state::Index};
use rustc_hash::FxHashMap;

/// Arcs that had one label nearly every time, such as those to commas and articles, which is then not guessed.
pub(super) type Settled = FxHashMap<u64, u8>;

/// What an arc is settled by: its direction, the dependent, and what kind of word the head is.
#[inline]
pub(super) fn settled_key(tokens: &[Token], head: Index, dependent: Index) -> u64 {
    let (upper, lower) = (&tokens[head as usize], &tokens[dependent as usize]);
    [lower.xpos, upper.upos, u64::from(head < dependent)].into_iter().fold(lower.word, mix)
}
