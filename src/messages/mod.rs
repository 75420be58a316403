//! The wire types: every shape an article arrives in, and the result message. The only module that knows JSON.

use crate::extract::{Article, Extraction, Warning};

/// What came with a message body, free of broker types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    pub content_type: Option<String>,
    pub content_encoding: Option<String>,
    pub message_id: Option<String>,
}

/// Why a body cannot be processed: it is dead-lettered once, without a retry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Rejection {
    /// A stable name in snake case: `invalid_json`, `no_text`, `too_large` …
    pub reason: &'static str,
    /// What was wrong, where, and what was expected; no article text.
    pub detail: String,
}

/// Bounds of decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeLimits {
    pub body_bytes: usize,
    pub decompressed_bytes: usize,
    pub json_depth: usize,
    pub text_chars: usize,
}

/// Decodes a message body into an article, with what a reader of the result should know.
pub fn decode(body: &[u8], envelope: &Envelope, limits: &DecodeLimits) -> Result<(Article, Vec<Warning>), Rejection> {
    let _ = (body, envelope, limits);
    todo!("messages")
}

/// Writes the result message of an article as JSON.
pub fn encode(article: &Article, extraction: &Extraction, lexicon_hash: &str) -> Vec<u8> {
    let _ = (article, extraction, lexicon_hash);
    todo!("messages")
}
