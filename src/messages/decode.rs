use super::{
    DecodeLimits, Envelope, Rejection, body,
    draft::{Draft, Text},
    json,
    media_type::MediaType,
    shapes,
};
use crate::extract::{Article, Warning};

/// Decodes a message body into an article, with what a reader of the result should know.
///
/// # Errors
/// A [`Rejection`] when the body can never be read: too large, undecodable, not JSON, without text …
pub fn decode(body: &[u8], envelope: &Envelope, limits: &DecodeLimits) -> Result<(Article, Vec<Warning>), Rejection> {
    let mut warnings = Vec::new();
    let body = body::read(body, envelope, limits, &mut warnings)?;
    let draft = match body.media_type {
        MediaType::Json => shapes::read(&json::parse(&body.text, limits)?)?,
        MediaType::Text => Draft { text: Some(Text::Plain(body.text)), ..Draft::default() },
        MediaType::Html => Draft { text: Some(Text::Html(body.text)), ..Draft::default() },
    };
    let article = draft.into_article(envelope, limits, &mut warnings)?;
    Ok((article, warnings))
}
