//! Names of the operator's own lists, held against what was read.

use super::{Extraction, Limits, Warning, WatchHit};
use crate::{lexicon::WatchLists, text::Span};

/// Adds the names of the lists that stand in a text, each with the sanctions mentions whose entity it is.
pub fn watch(extraction: &mut Extraction, text: &str, lists: &WatchLists, limits: &Limits) {
    let hits = lists.hits(text);
    if hits.len() > limits.events {
        let message = format!("kept the first {} of {} names of watch lists (limits.events)", limits.events, hits.len());
        extraction.warnings.push(Warning { code: "watchlist_cut", message });
    }
    let hit = |hit: &crate::lexicon::Hit| WatchHit {
        list: hit.list.to_owned(),
        entry: hit.entry.to_owned(),
        span: hit.span,
        mentions: mentions_of(extraction, hit.span),
    };
    extraction.watchlist = hits.iter().take(limits.events).map(hit).collect();
}

fn mentions_of(extraction: &Extraction, span: Span) -> Vec<usize> {
    let overlaps = |other: Span| other.start < span.end && span.start < other.end;
    let lists = |at: &usize| extraction.sanctions[*at].entities.iter().any(|entity| overlaps(entity.span));
    (0..extraction.sanctions.len()).filter(lists).collect()
}
