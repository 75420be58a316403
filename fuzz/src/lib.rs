//! What the fuzz targets share: how the bytes of an input become a message, and what must hold for whatever it is.

use std::sync::LazyLock;

use attache::{
    lexicon::Lexicon,
    messages::{DecodeLimits, Envelope, Rejection, decode, result_schema},
    syntax::Syntax,
    worker::{Outcome, Worker},
};
use serde_json::Value;

/// Content types that a message may come with; the first is JSON.
pub const TYPES: [&str; 8] = [
    "application/json",
    "text/plain",
    "text/html",
    "application/ld+json; charset=utf-8",
    "text/plain; charset=windows-1252",
    "text/plain; charset=utf-16le",
    "text/html; charset=shift_jis",
    "image/png",
];
/// Content encodings that a message may come with; the first is none.
pub const ENCODINGS: [&str; 7] = ["", "gzip", "zstd", "deflate", "br", "br, gzip", "lz4"];

static WORKER: LazyLock<Worker> = LazyLock::new(|| Worker::new(Lexicon::built_in(), Syntax::english()));
static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| jsonschema::draft202012::new(&result_schema()).expect("a schema"));

/// The first byte of an input chooses content type and content encoding, the rest is the body.
pub fn message(input: &[u8]) -> Option<(Envelope, &[u8])> {
    let (selector, body) = input.split_first()?;
    Some((envelope(TYPES[usize::from(*selector) % TYPES.len()], ENCODINGS[usize::from(*selector) / TYPES.len() % ENCODINGS.len()]), body))
}

/// The byte that [`message`] reads as this content type and content encoding.
pub fn selector(content_type: usize, content_encoding: usize) -> u8 {
    u8::try_from(content_encoding * TYPES.len() + content_type).expect("there are fewer than 256 pairs")
}

pub fn envelope(content_type: &str, content_encoding: &str) -> Envelope {
    Envelope { content_type: Some(content_type.into()), content_encoding: Some(content_encoding.into()), message_id: None }
}

/// A body is an article within the limits, or is refused for a reason of the list.
pub fn check_decoding(body: &[u8], envelope: &Envelope) {
    let limits = DecodeLimits::default();
    match decode(body, envelope, &limits) {
        Ok((article, _)) => {
            assert!(article.text.chars().count() <= limits.text_chars);
            assert!(!article.id.is_empty());
        }
        Err(rejection) => check_rejection(&rejection),
    }
}

/// A message is answered with a result that satisfies its schema and whose spans hold the words that they say, or is refused.
pub fn check_result(body: &[u8], envelope: &Envelope) {
    let answer = match WORKER.process(body, envelope) {
        Outcome::Answered(answer) => answer,
        Outcome::Rejected(rejection) => return check_rejection(&rejection),
    };
    assert!(answer.body.len() <= WORKER.result_bytes);
    let result: Value = serde_json::from_slice(&answer.body).expect("a result is JSON");
    if let Some(error) = SCHEMA.iter_errors(&result).next() {
        panic!("{}: {error}", error.instance_path());
    }
    let (article, _) = decode(body, envelope, &WORKER.decode_limits).expect("what is answered was decoded");
    let text: Vec<char> = article.text.chars().collect();
    check_spans(&result, &text);
}

fn check_rejection(rejection: &Rejection) {
    assert!(Rejection::REASONS.contains(&rejection.reason) && !rejection.detail.is_empty());
}

/// Holds every `start` and `end` against the words beside them.
fn check_spans(node: &Value, text: &[char]) {
    if let (Some(start), Some(end)) = (node["start"].as_u64(), node["end"].as_u64()) {
        let slice: String = text[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].iter().collect();
        for words in [&node["text"], &node["sentence"]].into_iter().filter_map(Value::as_str) {
            assert_eq!(words, slice);
        }
    }
    match node {
        Value::Array(items) => items.iter().for_each(|item| check_spans(item, text)),
        Value::Object(fields) => fields.values().for_each(|field| check_spans(field, text)),
        _ => {}
    }
}
