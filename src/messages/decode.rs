use serde_json::Value;

use super::{
    DecodeLimits, Envelope, Rejection, body,
    draft::{Draft, Text},
    json,
    media_type::MediaType,
    pointers::FieldPointers,
    shapes,
};
use crate::extract::{Article, Warning};

/// Decodes a message body into an article, with what a reader of the result should know.
///
/// # Errors
/// A [`Rejection`] when the body can never be read: too large, undecodable, not JSON, without text …
pub fn decode(body: &[u8], envelope: &Envelope, limits: &DecodeLimits) -> Result<(Article, Vec<Warning>), Rejection> {
    decode_at(body, envelope, limits, &FieldPointers::default())
}

/// As [`decode`], but in JSON the fields are looked for at these pointers first.
///
/// # Errors
/// As [`decode`].
pub fn decode_at(
    body: &[u8],
    envelope: &Envelope,
    limits: &DecodeLimits,
    pointers: &FieldPointers,
) -> Result<(Article, Vec<Warning>), Rejection> {
    let mut warnings = Vec::new();
    let body = body::read(body, envelope, limits, &mut warnings)?;
    let draft = match body.media_type {
        MediaType::Json => read_json(&json::parse(&body.text, limits)?, pointers)?,
        MediaType::Text => Draft { text: Some(Text::Plain(body.text)), ..Draft::default() },
        MediaType::Html => Draft { text: Some(Text::Html(body.text)), ..Draft::default() },
    };
    let article = draft.into_article(envelope, limits, &mut warnings)?;
    Ok((article, warnings))
}

/// Where the pointers lead to a text, it does not matter which shape the rest has.
fn read_json(value: &Value, pointers: &FieldPointers) -> Result<Draft, Rejection> {
    let pointed = pointers.read(value);
    match shapes::read(value) {
        Ok(draft) => Ok(pointed.over(draft)),
        Err(_) if pointed.text.is_some() => Ok(pointed),
        Err(rejection) => Err(rejection),
    }
}
