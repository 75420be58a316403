//! The published JSON Schemas (draft 2020-12).

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{
    fields::{DATE, Field, HTML, ID, LANGUAGE, SOURCE, SUMMARY, TEXT, TITLE, URL, WRAPPERS},
    result::ResultMessage,
};

/// The schema of the result message.
pub fn result_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<ResultMessage>().to_value()
}

/// The schema of an article as JSON, from the table of field names that decoding reads by.
pub fn article_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Article",
        "description": "One news article: plain (also as RSS and Atom converters write it), ninjs 1.x to 3.x, or schema.org JSON-LD. Keys that are not named here are ignored.",
        "anyOf": [{"$ref": "#/$defs/plain"}, {"$ref": "#/$defs/wrapped"}, {"$ref": "#/$defs/ninjs"}, {"$ref": "#/$defs/json_ld"}],
        "$defs": {"text": text(), "plain": plain(), "wrapped": wrapped(), "ninjs": ninjs(), "json_ld": json_ld()},
    })
}

/// A string with something in it, or one of the wrappings that converters make of it.
fn text() -> Value {
    json!({"anyOf": [
        {"type": "string", "pattern": "\\S"},
        {"type": "number"},
        {"type": "array", "contains": {"$ref": "#/$defs/text"}},
        {"type": "object", "minProperties": 1},
    ]})
}

fn plain() -> Value {
    let fields = [&ID, &TITLE, &TEXT, &HTML, &SUMMARY, &DATE, &URL, &SOURCE, &LANGUAGE];
    let properties: Map<String, Value> = fields.iter().flat_map(|field| properties(field)).collect();
    let one_text: Vec<Value> = [&TEXT, &HTML, &SUMMARY].iter().flat_map(|field| field.keys).map(|key| with(key)).collect();
    json!({"title": "plain", "type": "object", "properties": properties, "anyOf": one_text})
}

fn properties(field: &Field) -> impl Iterator<Item = (String, Value)> {
    let own_name = field.keys[0];
    let describe = move |key: &str| match key == own_name {
        true => field.meaning.to_owned(),
        false => format!("Another name of {own_name:?}."),
    };
    field.keys.iter().map(move |key| ((*key).to_owned(), json!({"description": describe(key)})))
}

/// That a key is there and holds a text.
fn with(key: &str) -> Value {
    json!({"required": [key], "properties": {key: {"$ref": "#/$defs/text"}}})
}

fn wrapped() -> Value {
    let inside: Vec<Value> =
        WRAPPERS.iter().map(|key| json!({"required": [key], "properties": {*key: {"$ref": "#/$defs/plain"}}})).collect();
    json!({"title": "an article within an object that crawlers and search engines put around it", "type": "object", "anyOf": inside})
}

fn ninjs() -> Value {
    let texts =
        ["body_text", "body_html", "body_xhtml", "bodies", "description_text", "description_html", "description_xhtml", "descriptions"];
    let mut either: Vec<Value> = texts.iter().map(|key| with(key)).collect();
    // At least one key begins so: ninjs 1.x lets senders qualify these properties.
    either.push(json!({"not": {"propertyNames": {"not": {"pattern": "^(body|description)_."}}}}));
    either.push(json!({"required": ["pubstatus"], "properties": {"pubstatus": {"const": "canceled"}}}));
    either.push(json!({"required": ["pubStatus"], "properties": {"pubStatus": {"const": "canceled"}}}));
    either.push(json!({"required": ["type"], "properties": {"type": {"type": "string", "not": {"enum": ["text", "composite"]}}}}));
    json!({"title": "ninjs", "type": "object", "required": ["uri"], "properties": {"uri": {"type": "string"}}, "anyOf": either})
}

fn json_ld() -> Value {
    let keys = ["articleBody", "text", "description", "abstract"];
    let article = json!({"type": "object", "anyOf": keys.iter().map(|key| with(key)).collect::<Vec<_>>()});
    json!({"title": "schema.org JSON-LD", "anyOf": [
        {"allOf": [{"required": ["@type"]}, article]},
        {"type": "object", "required": ["@graph"], "properties": {"@graph": {"type": ["array", "object"]}}},
        {"type": "array", "minItems": 1, "contains": {"type": "object"}},
    ]})
}
