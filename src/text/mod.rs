//! Pure string machinery: from an article's text to sentences and tokens whose offsets point into the text as it arrived.

mod document;
mod span;

pub use document::{Document, Sentence, Token};
pub use span::{CodePoints, Span};
