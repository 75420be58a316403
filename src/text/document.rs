use std::ops::Range;

use super::Span;

/// One token: a word, a number, a clitic ("'s", "n't") or a punctuation mark, as Universal Dependencies English splits them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
}

/// One sentence: a run of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    /// Its tokens, as a range of [`Document::tokens`].
    pub tokens: Range<usize>,
}

/// An article's text, split into sentences and tokens. All spans are bytes of `text`.
#[derive(Debug)]
pub struct Document<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
}

impl<'t> Document<'t> {
    /// Splits a text. Never fails; an empty text has no sentences.
    pub fn new(text: &'t str) -> Self {
        let _ = text;
        todo!("text")
    }

    /// The token's form as the tagger should read it: curly quotes straightened, soft hyphens and zero-width characters left out.
    pub fn form(&self, token: usize) -> &str {
        self.tokens[token].span.of(self.text)
    }
}
