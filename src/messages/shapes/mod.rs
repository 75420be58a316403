//! The JSON shapes an article comes in, told apart by their keys.

mod json_ld;
mod ninjs;
mod plain;

use serde_json::{Map, Value};

use super::{Rejection, draft::Draft};

/// Finds the article in a JSON value.
pub fn read(value: &Value) -> Result<Draft, Rejection> {
    if json_ld::is_it(value) {
        return json_ld::read(value);
    }
    match value {
        Value::Object(object) => Ok(read_object(object)),
        Value::Array(values) => match values.as_slice() {
            [Value::Object(object)] => Ok(read_object(object)),
            values => Err(refusal(&format!("a list of {}", values.len()))),
        },
        Value::Null => Err(refusal("null")),
        Value::Bool(_) => Err(refusal("a boolean")),
        Value::Number(_) => Err(refusal("a number")),
        Value::String(_) => Err(refusal("a string")),
    }
}

fn read_object(object: &Map<String, Value>) -> Draft {
    if ninjs::is_it(object) { ninjs::read(object) } else { plain::read(object) }
}

fn refusal(found: &str) -> Rejection {
    Rejection::new(Rejection::NOT_AN_ARTICLE, format!("the JSON is {found}; expected one article as an object"))
}
