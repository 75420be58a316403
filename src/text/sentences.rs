use std::ops::Range;

use super::document::{Sentence, Token};
use super::span::Span;

/// Groups tokens into sentences; together they hold every token once.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for end in 1..=tokens.len() {
        if end == tokens.len() || is_boundary(text, tokens, end) {
            sentences.push(sentence(tokens, start..end));
            start = end;
        }
    }
    sentences
}

fn sentence(tokens: &[Token], range: Range<usize>) -> Sentence {
    Sentence { span: Span::new(tokens[range.start].span.start, tokens[range.end - 1].span.end), tokens: range }
}

fn is_boundary(text: &str, tokens: &[Token], end: usize) -> bool {
    let gap = &text[tokens[end - 1].span.end..tokens[end].span.start];
    if gap.bytes().filter(|byte| *byte == b'\n').count() > 1 {
        return true;
    }
    let last = tokens[end - 1].span.of(text);
    !gap.is_empty() && matches!(last, "." | "!" | "?") && tokens[end].span.of(text).starts_with(|c: char| !c.is_lowercase())
}
