//! From a message body to its outcome; no broker types.

use crate::{
    extract::Limits,
    lexicon::Lexicon,
    messages::{DecodeLimits, Envelope, Rejection},
    syntax::Syntax,
};

/// Everything that turns a message into a result. Immutable; share it between threads.
#[derive(Debug)]
pub struct Worker {
    pub lexicon: Lexicon,
    pub syntax: Syntax,
    pub decode_limits: DecodeLimits,
    pub limits: Limits,
}

/// What a message came to.
#[derive(Debug)]
pub enum Outcome {
    Answered(Answer),
    /// It cannot be processed, now or ever: dead letter, no retry.
    Rejected(Rejection),
}

/// A result that is ready to be published.
#[derive(Debug)]
pub struct Answer {
    /// Deterministic: from the article's id, its content and the extractor's version.
    pub message_id: String,
    pub article_id: String,
    /// `events`, `sanctions`, `both` or `none`: the last part of the routing key.
    pub relevance: &'static str,
    pub body: Vec<u8>,
    pub events: usize,
    pub sanctions: usize,
    pub warnings: usize,
    pub sentences: usize,
    pub language: String,
}

impl Worker {
    /// Decodes, extracts and encodes. CPU work of milliseconds: call it off the async threads. A panic in it is the caller's to catch.
    pub fn process(&self, body: &[u8], envelope: &Envelope) -> Outcome {
        let _ = (body, envelope);
        todo!("messages")
    }
}
