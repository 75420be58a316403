use std::ops::Range;

use super::{Span, normalise, sentences, tokens};

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
    /// The forms that differ from what is written, by token; empty if none does.
    forms: Vec<Option<Box<str>>>,
}

impl<'t> Document<'t> {
    /// Splits a text. Never fails; an empty text has no sentences.
    pub fn new(text: &'t str) -> Self {
        let tokens = tokens::tokens(text);
        let sentences = sentences::sentences(text, &tokens);
        let forms = forms(text, &tokens);
        Self { text, tokens, sentences, forms }
    }

    /// Gives tokens other forms than they are written in; `forms` are in the order of the tokens.
    pub fn read_as(&mut self, forms: Vec<(usize, String)>) {
        if !forms.is_empty() {
            self.forms.resize(self.tokens.len(), None);
        }
        for (token, form) in forms {
            self.forms[token] = Some(form.into());
        }
    }

    /// The token's form as the tagger should read it: curly quotes straightened, soft hyphens and zero-width characters left out.
    pub fn form(&self, token: usize) -> &str {
        match self.forms.get(token) {
            Some(Some(form)) => form,
            _ => self.tokens[token].span.of(self.text),
        }
    }
}

fn forms(text: &str, tokens: &[Token]) -> Vec<Option<Box<str>>> {
    let form = |at: usize| {
        let written = tokens[at].span.of(text);
        let form = if written == "–" && is_glued(tokens, at) { Some("-".to_owned()) } else { normalise::plain_form(written) };
        form.map(String::into_boxed_str)
    };
    if text.is_ascii() { Vec::new() } else { (0..tokens.len()).map(form).collect() }
}

/// Whether no space parts a token from its neighbours: such a dash is a hyphen or stands for "to".
fn is_glued(tokens: &[Token], at: usize) -> bool {
    let touches =
        |left: usize, right: usize| tokens.get(left).zip(tokens.get(right)).is_some_and(|(left, right)| left.span.end == right.span.start);
    at > 0 && touches(at - 1, at) && touches(at, at + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::normalise::{is_invisible, is_space};

    /// What holds for every text: tokens in order, disjoint, over all visible characters; sentences hold each token once.
    fn check(text: &str) {
        let document = Document::new(text);
        let mut end = 0;
        for (at, token) in document.tokens.iter().enumerate() {
            assert!(token.span.start >= end && token.span.end > token.span.start);
            assert!(text[end..token.span.start].chars().all(|c| is_space(c) || is_invisible(c)), "{text:?}");
            assert!(!token.span.of(text).contains(is_space));
            assert!(!document.form(at).is_empty());
            end = token.span.end;
        }
        assert!(text[end..].chars().all(|c| is_space(c) || is_invisible(c)));
        let mut next = 0;
        for sentence in &document.sentences {
            assert_eq!(sentence.tokens.start, next);
            assert!(!sentence.tokens.is_empty());
            assert_eq!(sentence.span.start, document.tokens[next].span.start);
            next = sentence.tokens.end;
            assert_eq!(sentence.span.end, document.tokens[next - 1].span.end);
        }
        assert_eq!(next, document.tokens.len());
    }

    proptest! {
        #[test]
        fn any_text_splits(text in any::<String>()) {
            check(&text);
        }

        #[test]
        fn text_of_difficult_characters_splits(text in "[Υe'’n.t\\-–—…$%@:/ \n\t,U&SЖ\u{ad}\u{200b}\u{a0}\u{301}0-9\"“”()!?]{0,60}") {
            check(&text);
        }
    }

    /// Long runs of one kind of character must not cost more than linear time: quadratic time would take hours here.
    #[test]
    fn hostile_runs_are_read_in_linear_time() {
        for piece in [
            "a", ".", "'", "-", "\"", "(", "[1]", "1", "1,", "a-", "a.", "'s", "\n", "@", "a@", "www.", "n't", "\u{ad}", "é", "U.S.", ":",
            "5-", "$", " .", "\n\n-", "x\n", ". \" ", "/",
        ] {
            check(&piece.repeat(1_000_000 / piece.len()));
        }
    }
}
