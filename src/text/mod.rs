//! Pure string machinery: from an article's text to sentences and tokens whose offsets point into the text as it arrived.

pub mod boilerplate;
mod dateline;
mod document;
pub mod html;
pub mod language;
mod lines;
mod normalise;
mod sentences;
mod span;
mod tokens;
#[cfg(test)]
mod treebank;
mod vocabulary;

pub use dateline::{Dateline, dateline};
pub use document::{Document, Sentence, Token};
pub use span::{CodePoints, Span};
