//! The plain shape, and what RSS and Atom converters, crawlers and CMS interfaces make of an article.

use serde_json::{Map, Value};

use crate::messages::{
    draft::{Draft, Text},
    fields::{DATE, HTML, ID, LANGUAGE, SOURCE, SUMMARY, TEXT, TITLE, URL, WRAPPERS},
    json::{first_date, first_text, paragraphs_of},
};

/// Reads an article by the table of field names; looks into a wrapper where the object itself has no text.
pub fn read(object: &Map<String, Value>) -> Draft {
    let inner = WRAPPERS.iter().find_map(|key| object.get(*key).and_then(Value::as_object));
    match (text(object), inner) {
        (None, Some(inner)) => with_gaps_filled(read(inner), object),
        (text, _) => with_gaps_filled(Draft { text, ..Draft::default() }, object),
    }
}

fn with_gaps_filled(draft: Draft, object: &Map<String, Value>) -> Draft {
    Draft {
        id: draft.id.or_else(|| first_text(object, ID.keys)),
        url: draft.url.or_else(|| first_text(object, URL.keys)),
        title: draft.title.or_else(|| first_text(object, TITLE.keys)),
        source: draft.source.or_else(|| first_text(object, SOURCE.keys)),
        language: draft.language.or_else(|| first_text(object, LANGUAGE.keys)),
        date: draft.date.or_else(|| first_date(object, DATE.keys)),
        ..draft
    }
}

/// The text, else HTML, else a summary. A wrapper object is no text, though it may stand under a text's name.
fn text(object: &Map<String, Value>) -> Option<Text> {
    let first =
        |keys: &[&str]| keys.iter().find_map(|key| object.get(*key).filter(|value| !is_wrapper(key, value)).and_then(paragraphs_of));
    first(TEXT.keys).map(Text::Unknown).or_else(|| first(HTML.keys).map(Text::Html)).or_else(|| first(SUMMARY.keys).map(Text::Unknown))
}

fn is_wrapper(key: &str, value: &Value) -> bool {
    WRAPPERS.contains(&key) && value.is_object()
}
