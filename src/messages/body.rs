//! From the bytes of a message to its text: size, content encoding, charset.

use super::{
    DecodeLimits, Envelope, Rejection, charset, compression,
    media_type::{self, MediaType},
};
use crate::extract::Warning;

/// A body as text, with how it is to be read.
#[derive(Debug)]
pub struct Body {
    pub media_type: MediaType,
    pub text: String,
}

/// Refuses what is too large, then undoes encoding and charset.
pub fn read(body: &[u8], envelope: &Envelope, limits: &DecodeLimits, warnings: &mut Vec<Warning>) -> Result<Body, Rejection> {
    if body.len() > limits.body_bytes {
        let detail = format!("the body has more than {} bytes (limits.body_bytes)", limits.body_bytes);
        return Err(Rejection::new(Rejection::TOO_LARGE, detail));
    }
    let content_type = media_type::read(envelope.content_type.as_deref())?;
    let plain = compression::undo(body, envelope.content_encoding.as_deref(), limits)?;
    let bytes = plain.bytes.as_deref().unwrap_or(body);
    let declared = content_type.charset.or(plain.charset).or_else(|| page_charset(content_type.media_type, bytes));
    let text = charset::decode(bytes, declared.as_deref(), warnings)?.into_owned();
    if text.trim().is_empty() {
        return Err(Rejection::new(Rejection::EMPTY_BODY, "the body is empty; expected an article"));
    }
    Ok(Body { media_type: content_type.media_type, text })
}

/// An HTML page may declare its charset itself, within its first kilobyte (WHATWG HTML, section 13.2.3.2).
fn page_charset(media_type: MediaType, bytes: &[u8]) -> Option<String> {
    if media_type != MediaType::Html {
        return None;
    }
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let at = head.windows(8).position(|window| window == b"charset=")? + 8;
    let label = head[at..].iter().copied().skip_while(|byte| matches!(byte, b'"' | b'\''));
    let label: Vec<u8> = label.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).collect();
    String::from_utf8(label).ok().filter(|label| !label.is_empty())
}
