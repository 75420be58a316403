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

/// Bounds of what a rejection shows of an object.
const MOST_KEYS: usize = 8;
const MOST_KEY_CHARS: usize = 40;

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
    let article = match body.media_type {
        MediaType::Json => {
            let value = json::parse(&body.text, limits)?;
            let draft = read_json(&value, pointers)?;
            draft.into_article(envelope, limits, &mut warnings).map_err(|rejection| naming_keys(rejection, &value))
        }
        MediaType::Text => Draft { text: Some(Text::Plain(body.text)), ..Draft::default() }.into_article(envelope, limits, &mut warnings),
        MediaType::Html => Draft { text: Some(Text::Html(body.text)), ..Draft::default() }.into_article(envelope, limits, &mut warnings),
    };
    Ok((article?, warnings))
}

/// Says which keys an object without text has: mostly the text is there, under a name of the sender's own.
fn naming_keys(rejection: Rejection, value: &Value) -> Rejection {
    let Some(object) = value.as_object().filter(|object| !object.is_empty()) else { return rejection };
    let shown = |key: &String| format!("{:?}", key.chars().take(MOST_KEY_CHARS).collect::<String>());
    let keys: Vec<String> = object.keys().take(MOST_KEYS).map(shown).collect();
    let more = if object.len() > MOST_KEYS { " …" } else { "" };
    Rejection::new(rejection.reason, format!("{}; its keys are {}{more}", rejection.detail, keys.join(", ")))
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
