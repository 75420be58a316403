//! Sentences, tokens, boilerplate, dateline, language and fingerprint of a text.
#![no_main]

use attache::{
    messages::fingerprint,
    text::{Document, boilerplate, dateline, language},
};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let document = Document::new(text);
    let spans = document.tokens.iter().map(|token| token.span).chain(boilerplate::spans(text, None));
    for span in spans {
        assert!(!span.of(text).is_empty());
    }
    assert!(document.tokens.is_sorted_by(|left, right| left.span.end <= right.span.start));
    assert!(boilerplate::spans(text, text.lines().next()).is_sorted_by(|left, right| left.end <= right.start));
    if let Some(dateline) = dateline(&document) {
        assert!(text.is_char_boundary(dateline.end) && dateline.first_token < document.tokens.len());
    }
    assert_eq!(fingerprint(text).len(), 16);
    language::detect(text);
    language::from_tag(text);
});
