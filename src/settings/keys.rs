//! The list of all keys with their types and ranges, read off the schema of [`Settings`], so that it cannot differ from it.

use std::sync::OnceLock;

use schemars::generate::SchemaSettings;
use serde_json::Value as Json;
use toml::Value;

use super::sections::Settings;

/// One key that can be set.
#[derive(Clone, Debug)]
pub struct Key {
    /// `section.key`.
    pub path: String,
    /// Shown masked only, and not taken from the command line.
    pub secret: bool,
    /// What it means, for people.
    pub about: String,
    /// The built-in value as TOML; none where nothing is built in.
    pub default: Option<String>,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Bool,
    Integer {
        min: i64,
        max: i64,
    },
    Number {
        min: f64,
        max: f64,
    },
    /// Text of that many bytes; a bare integer is taken for text where `or_integer` is set.
    Text {
        min: usize,
        max: usize,
        or_integer: bool,
    },
    Choice(Vec<String>),
    Choices(Vec<String>),
    /// A list of JSON pointers.
    Pointers,
    /// A list of files.
    Files,
}

/// All keys, in the order of the sections and fields.
pub fn keys() -> &'static [Key] {
    static KEYS: OnceLock<Vec<Key>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let schema = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true).into_generator();
        let schema = Json::from(schema.into_root_schema_for::<Settings>());
        let defaults = serde_json::to_value(Settings::default()).unwrap_or_default();
        let mut keys = Vec::new();
        collect(&mut keys, "", &schema, &defaults);
        keys
    })
}

/// The key of that path.
pub fn find(path: &str) -> Option<&'static Key> {
    keys().iter().find(|key| key.path == path)
}

/// Whether keys stand under that path.
pub fn is_section(path: &str) -> bool {
    keys().iter().any(|key| key.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// The key that was probably meant by a path that is none.
pub fn nearest(path: &str) -> Option<&'static str> {
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let likeness = |key: &Key| {
        let whole = strsim::normalized_damerau_levenshtein(&key.path, path);
        // The right key in the wrong section, or misspelt in it, is nearer than another key of the right section.
        whole.max(strsim::normalized_damerau_levenshtein(&last(&key.path), &last(path)) - 0.1)
    };
    let best = keys().iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)))?;
    (likeness(best) > 0.6).then_some(best.path.as_str())
}

impl Key {
    /// Checks a value's type and range. The reason says what is expected and, unless it is a secret, what was found.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        if self.kind.admits(value) {
            return Ok(());
        }
        match self.secret {
            true => Err(format!("expected {}", self.kind.expected())),
            false => Err(format!("expected {}, found {value}", self.kind.expected())),
        }
    }

    /// Reads a value from text, as variables and flags give it.
    pub fn parse(&self, text: &str) -> Value {
        let parsed = match &self.kind {
            Kind::Text { .. } | Kind::Choice(_) => None,
            Kind::Bool => text.parse().ok().map(Value::Boolean),
            Kind::Integer { .. } => text.replace('_', "").parse().ok().map(Value::Integer),
            Kind::Number { .. } => text.parse().ok().map(Value::Integer).or_else(|| text.parse().ok().map(Value::Float)),
            Kind::Choices(_) | Kind::Pointers | Kind::Files if text.starts_with('[') => {
                toml::from_str::<toml::Table>(&format!("it = {text}")).ok().and_then(|mut table| table.remove("it"))
            }
            Kind::Choices(_) | Kind::Pointers | Kind::Files => {
                Some(Value::Array(text.split(',').map(|item| Value::String(item.trim().into())).collect()))
            }
        };
        parsed.unwrap_or_else(|| Value::String(text.into()))
    }
}

impl Kind {
    fn admits(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Bool, Value::Boolean(_)) => true,
            (Self::Integer { min, max }, Value::Integer(number)) => (min..=max).contains(&number),
            (Self::Number { min, max }, Value::Integer(number)) => (*min..=*max).contains(&(*number as f64)),
            (Self::Number { min, max }, Value::Float(number)) => (min..=max).contains(&number),
            (Self::Text { min, max, .. }, Value::String(text)) => (*min..=*max).contains(&text.len()) && !text.contains(char::is_control),
            (Self::Text { or_integer, .. }, Value::Integer(_)) => *or_integer,
            (Self::Choice(choices), Value::String(text)) => choices.contains(text),
            (Self::Choices(choices), Value::Array(items)) => {
                !items.is_empty() && items.iter().all(|item| item.as_str().is_some_and(|text| choices.iter().any(|choice| choice == text)))
            }
            (Self::Pointers, Value::Array(items)) => items.iter().all(|item| item.as_str().is_some_and(is_pointer)),
            (Self::Files, Value::Array(items)) => {
                let is_path = |text: &str| !text.is_empty() && !text.contains(char::is_control);
                items.iter().all(|item| item.as_str().is_some_and(is_path))
            }
            _ => false,
        }
    }

    /// What is expected, for people.
    pub fn expected(&self) -> String {
        let quoted = |choices: &[String]| choices.iter().map(|choice| format!("{choice:?}")).collect::<Vec<_>>().join(", ");
        match self {
            Self::Bool => "true or false".into(),
            Self::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Self::Number { min, max } => format!("a number from {min} to {max}"),
            Self::Text { min: 0, max: usize::MAX, .. } => "text".into(),
            Self::Text { max: usize::MAX, .. } => "text that is not empty".into(),
            Self::Text { min, max, .. } => format!("text of {min} to {max} bytes"),
            Self::Choice(choices) => format!("one of {}", quoted(choices)),
            Self::Pointers => "a list of JSON pointers, such as \"/story/text\"".into(),
            Self::Files => "a list of files".into(),
            Self::Choices(choices) => format!("a list of one or more of {}", quoted(choices)),
        }
    }
}

fn collect(keys: &mut Vec<Key>, prefix: &str, schema: &Json, defaults: &Json) {
    let Some(properties) = schema["properties"].as_object() else { return };
    for (name, property) in properties {
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        let default = &defaults[name];
        if property["properties"].is_object() {
            collect(keys, &path, property, default);
            continue;
        }
        keys.push(Key {
            path,
            secret: property["writeOnly"] == true,
            about: property["description"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
            // What serde_json writes for numbers, text and lists of them is TOML as well.
            default: (!default.is_null()).then(|| default.to_string()),
            kind: kind(property),
        });
    }
}

fn kind(property: &Json) -> Kind {
    let has_type =
        |name: &str| property["type"] == name || property["type"].as_array().is_some_and(|types| types.iter().any(|kind| kind == name));
    if let Some(choices) = choices(property) {
        return Kind::Choice(choices);
    }
    if has_type("array") {
        let other = if property["items"]["minLength"].is_null() { Kind::Pointers } else { Kind::Files };
        return choices(&property["items"]).map_or(other, Kind::Choices);
    }
    if has_type("boolean") {
        return Kind::Bool;
    }
    if has_type("number") {
        return Kind::Number {
            min: property["minimum"].as_f64().unwrap_or(f64::MIN),
            max: property["maximum"].as_f64().unwrap_or(f64::MAX),
        };
    }
    if has_type("integer") && !has_type("string") {
        return Kind::Integer {
            min: property["minimum"].as_i64().unwrap_or(i64::MIN),
            max: property["maximum"].as_i64().unwrap_or(i64::MAX),
        };
    }
    let length = |name: &str| property[name].as_u64().and_then(|length| usize::try_from(length).ok());
    Kind::Text { min: length("minLength").unwrap_or(0), max: length("maxLength").unwrap_or(usize::MAX), or_integer: has_type("integer") }
}

/// RFC 6901: each step begins with a slash, and a tilde stands before 0 or 1.
fn is_pointer(text: &str) -> bool {
    text.starts_with('/') && text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']))
}

fn choices(property: &Json) -> Option<Vec<String>> {
    Some(property["enum"].as_array()?.iter().filter_map(|choice| choice.as_str().map(Into::into)).collect())
}
