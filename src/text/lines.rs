//! What lies between two tokens: nothing, a space, the end of a line, or an empty line. Text that was wrapped by hand at some seventy
//! columns must not be taken for a list of short lines.

use super::document::Token;

/// What separates a token from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    None,
    Space,
    /// A line break that means no more than a space, because the line was full.
    Wrap,
    /// A line break after a line with room for more.
    Line,
    /// At least one empty line, or the start of the text.
    Block,
}

/// The gap before each token.
pub fn gaps(text: &str, tokens: &[Token]) -> Vec<Gap> {
    let mut gaps = plain_gaps(text, tokens);
    let breaks = breaks(text, tokens, &gaps);
    let Some(width) = wrap_width(&breaks) else { return gaps };
    for line in breaks {
        if line.width <= MAX_WRAP && line.width + 1 + line.next_word >= width {
            gaps[line.token] = Gap::Wrap;
        }
    }
    gaps
}

fn plain_gaps(text: &str, tokens: &[Token]) -> Vec<Gap> {
    let mut end = None;
    let gap = |token: &Token| {
        let before = end.replace(token.span.end).map(|end| &text[end..token.span.start]);
        before.map_or(Gap::Block, gap)
    };
    tokens.iter().map(gap).collect()
}

fn gap(between: &str) -> Gap {
    match between.chars().filter(|c| is_line_end(*c)).take(2).count() {
        0 if between.is_empty() => Gap::None,
        0 => Gap::Space,
        1 if !between.contains('\u{2029}') => Gap::Line,
        _ => Gap::Block,
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A single line break; lengths are in characters.
struct LineBreak {
    /// The first token of the line after it.
    token: usize,
    /// The length of the line before it.
    width: usize,
    /// The length of the word after it.
    next_word: usize,
    next_is_lower: bool,
}

fn breaks(text: &str, tokens: &[Token], gaps: &[Gap]) -> Vec<LineBreak> {
    let mut breaks = Vec::new();
    let mut line = 0;
    for (at, gap) in gaps.iter().enumerate() {
        if *gap == Gap::Line {
            let word = 1 + gaps[at + 1..].iter().take_while(|gap| **gap == Gap::None).count();
            let length = |first: usize, end: usize| text[tokens[first].span.start..tokens[end - 1].span.end].chars().count();
            let next = tokens[at].span.of(text);
            let next_is_lower = next.starts_with(char::is_lowercase) && !next.contains("://");
            breaks.push(LineBreak { token: at, width: length(line, at), next_word: length(at, at + word), next_is_lower });
        }
        if matches!(gap, Gap::Line | Gap::Block) {
            line = at;
        }
    }
    breaks
}

/// The column at which the text was wrapped, if it was: then about two lines in three start with a small letter.
fn wrap_width(breaks: &[LineBreak]) -> Option<usize> {
    let wrapped = breaks.iter().filter(|line| line.next_is_lower && (MIN_WRAP..=MAX_WRAP).contains(&line.width));
    if wrapped.clone().count() * 4 < breaks.len() {
        return None;
    }
    wrapped.map(|line| line.width).max()
}

/// Nobody wraps prose at less, or calls a longer line wrapped.
const MIN_WRAP: usize = 40;
const MAX_WRAP: usize = 120;
