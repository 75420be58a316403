//! JSON values, read leniently: crawlers wrap the same string in many ways.

use serde_json::{Map, Value};

use super::{DecodeLimits, Rejection};

/// The JSON reader refuses deeper values itself.
const READER_DEPTH: usize = 127;
/// Keys under which converters from XML, CMS interfaces and document stores keep an element's own text.
#[rustfmt::skip]
const TEXT_KEYS: &[&str] = &[
    "value", "#text", "_", "$t", "$", "@value", "__text", "$date", "$oid", "$numberLong", "rendered", "content", "text", "name", "title", "href", "@id",
];

/// Parses a body; depth is checked first, so that the message names the bound and not the reader's.
pub fn parse(text: &str, limits: &DecodeLimits) -> Result<Value, Rejection> {
    let depth = limits.json_depth.min(READER_DEPTH);
    if is_deeper_than(depth, text) {
        return Err(Rejection::new(Rejection::TOO_DEEP, format!("the JSON is nested deeper than {depth} levels")));
    }
    serde_json::from_str(text).map_err(|error| {
        Rejection::new(Rejection::INVALID_JSON, format!("the body is not valid JSON: {error}; expected one article as a JSON object"))
    })
}

fn is_deeper_than(limit: usize, text: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return true;
        }
    }
    false
}

/// A value's text: a string, a number, the text within a wrapper object, or the first of a list that has one.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => non_blank(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(text_of),
        Value::Object(object) => TEXT_KEYS.iter().find_map(|key| object.get(*key).and_then(text_of)),
        Value::Null | Value::Bool(_) => None,
    }
}

/// Like [`text_of`], but a list is a text's paragraphs.
pub fn paragraphs_of(value: &Value) -> Option<String> {
    let Value::Array(values) = value else { return text_of(value) };
    let paragraphs: Vec<String> = values.iter().filter_map(text_of).collect();
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n"))
}

/// The first of `keys` that has a text.
pub fn first_text(object: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| object.get(*key).and_then(text_of))
}

/// As [`first_text`], for dates: one in no form that is known is shown as it stands, so that it can be warned of.
pub fn first_date(object: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    let given = |key: &&str| {
        object.get(*key).filter(|value| value.is_object() || value.is_array()).map(Value::to_string).filter(|shown| shown.len() > 2)
    };
    first_text(object, keys).or_else(|| keys.iter().find_map(given))
}

fn non_blank(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}
