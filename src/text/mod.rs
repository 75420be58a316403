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

use std::borrow::Cow;

pub use dateline::{Dateline, dateline};
pub use document::{Document, Sentence, Token};
pub use span::{CodePoints, Span};

/// Whether a token is a mark that opens or closes a quotation, as typed, printed or written in treebanks.
pub fn is_quotation_mark(form: &str) -> bool {
    matches!(form, "\"" | "“" | "”" | "''" | "``")
}

/// A word in lower case; most are written so, and are lent as they are.
pub fn lower(form: &str) -> Cow<'_, str> {
    let is_lower = form.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(form) } else { Cow::Owned(form.to_lowercase()) }
}
