//! Where a sender keeps an article's fields, when it uses none of the names that are known: JSON pointers (RFC 6901) of the
//! operator's own.

use serde_json::Value;

use super::{
    draft::{Draft, Text},
    json::{paragraphs_of, text_of},
};

/// For each field the places that are looked at before all others, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldPointers {
    pub id: Vec<String>,
    pub title: Vec<String>,
    /// Plain, or HTML if it holds block tags.
    pub text: Vec<String>,
    pub html: Vec<String>,
    pub date: Vec<String>,
    pub url: Vec<String>,
    pub source: Vec<String>,
    pub language: Vec<String>,
}

impl FieldPointers {
    /// What stands at the pointers, and nothing else.
    pub(super) fn read(&self, value: &Value) -> Draft {
        let first = |pointers: &[String]| pointers.iter().find_map(|pointer| value.pointer(pointer).and_then(text_of));
        let paragraphs = |pointers: &[String]| pointers.iter().find_map(|pointer| value.pointer(pointer).and_then(paragraphs_of));
        Draft {
            id: first(&self.id),
            url: first(&self.url),
            title: first(&self.title),
            source: first(&self.source),
            language: first(&self.language),
            date: first(&self.date),
            text: paragraphs(&self.text).map(Text::Unknown).or_else(|| paragraphs(&self.html).map(Text::Html)),
            ..Draft::default()
        }
    }
}
