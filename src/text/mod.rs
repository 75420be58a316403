//! Pure string machinery: from an article's text to sentences and tokens whose offsets point into the text as it arrived.

mod document;
mod normalise;
mod sentences;
mod span;
mod tokens;

pub use document::{Document, Sentence, Token};
pub use span::{CodePoints, Span};
