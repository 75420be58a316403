//! The wire types: every shape an article arrives in, and the result message. The only module that knows JSON.
//!
//! [`decode`] goes from bytes to an [`Article`](crate::extract::Article) in three steps, one file each: `body` undoes the content encoding and the
//! charset, `shapes` finds the article's fields in the JSON, `draft` makes the article of them. [`encode`] goes the other way.

mod body;
mod charset;
mod compression;
mod dates;
mod decode;
mod draft;
mod encode;
mod fields;
mod fingerprint;
mod identity;
mod json;
mod media_type;
mod pointers;
mod result;
mod schema;
mod shapes;

pub use dates::read as read_date;
pub use decode::{decode, decode_at};
pub use encode::encode;
pub use fields::table as field_names;
pub use fingerprint::fingerprint;
pub use identity::result_id;
pub use pointers::FieldPointers;
pub use schema::{article_schema, result_schema};

pub use crate::text::language::UNDETERMINED as UNDETERMINED_LANGUAGE;

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
    /// A stable name in snake case, one of [`Rejection::REASONS`].
    pub reason: &'static str,
    /// What was wrong, where, and what was expected; no article text.
    pub detail: String,
}

impl Rejection {
    pub const EMPTY_BODY: &str = "empty_body";
    pub const TOO_LARGE: &str = "too_large";
    pub const UNSUPPORTED_CONTENT_TYPE: &str = "unsupported_content_type";
    pub const UNKNOWN_ENCODING: &str = "unknown_encoding";
    pub const UNDECODABLE: &str = "undecodable";
    pub const INVALID_JSON: &str = "invalid_json";
    pub const TOO_DEEP: &str = "too_deep";
    pub const NOT_AN_ARTICLE: &str = "not_an_article";
    pub const NO_TEXT: &str = "no_text";
    pub const RESULT_TOO_LARGE: &str = "result_too_large";

    /// Every reason there is.
    pub const REASONS: &[&str] = &[
        Self::EMPTY_BODY,
        Self::TOO_LARGE,
        Self::UNSUPPORTED_CONTENT_TYPE,
        Self::UNKNOWN_ENCODING,
        Self::UNDECODABLE,
        Self::INVALID_JSON,
        Self::TOO_DEEP,
        Self::NOT_AN_ARTICLE,
        Self::NO_TEXT,
        Self::RESULT_TOO_LARGE,
    ];

    pub fn new(reason: &'static str, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// Bounds of decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeLimits {
    /// Of the body as it arrived.
    pub body_bytes: usize,
    /// Of the body once its content encoding is undone; checked while it is undone.
    pub decompressed_bytes: usize,
    /// Objects and lists within each other; at most 127, the JSON reader's own bound.
    pub json_depth: usize,
    /// Of the article's text; what is longer is cut, with a warning.
    pub text_chars: usize,
}

impl Default for DecodeLimits {
    fn default() -> Self {
        Self { body_bytes: 4 << 20, decompressed_bytes: 16 << 20, json_depth: 64, text_chars: 1_000_000 }
    }
}
