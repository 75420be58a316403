//! One layer of settings: what a file, the variables or the flags set, checked key by key.

use std::path::{Path, PathBuf};

use toml::Value;

use super::{
    formats, keys,
    problems::{Problem, Problems},
};

/// A value with the place that it came from, for people: a file, a variable, a flag.
#[derive(Clone, Debug)]
pub struct Entry {
    pub path: String,
    pub value: Value,
    pub origin: String,
}

/// Values that override those of the layers before.
pub type Layer = Vec<Entry>;

/// Keys that say the same thing in different ways: setting the first unsets the others in the layers below, and they
/// cannot stand together in one layer. A host below a URL would send one server's password to another.
const ALTERNATIVES: [(&str, &[&str]); 5] = [
    ("broker.url", &["broker.url_file", "broker.host"]),
    ("broker.url_file", &["broker.url", "broker.host"]),
    ("broker.host", &["broker.url", "broker.url_file"]),
    ("broker.password", &["broker.password_file"]),
    ("broker.password_file", &["broker.password"]),
];

/// Parts that a URL of a higher layer also unsets, though they may stand beside a URL in its own layer.
const PARTS: [&str; 5] = ["broker.port", "broker.vhost", "broker.user", "broker.password", "broker.password_file"];

/// Reads a file. None when it does not exist.
pub fn file(path: &Path, problems: &mut Problems) -> Option<Layer> {
    let origin = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            problems.push(Problem::of_place(&origin, format!("cannot be read: {error}")));
            return Some(Layer::new());
        }
    };
    let mut layer = Layer::new();
    match toml::from_str::<toml::Table>(&text) {
        Ok(table) => flatten(&mut layer, "", table, &origin, problems),
        Err(error) => problems.push(syntax_problem(&origin, &text, &error)),
    }
    Some(layer)
}

/// Reads `ATTACHE__SECTION__KEY` variables; empty ones count as not set.
pub fn variables(variables: &[(String, String)], problems: &mut Problems) -> Layer {
    let mut layer = Layer::new();
    for (name, text) in variables.iter().filter(|(_, text)| !text.is_empty()) {
        let Some(rest) = name.strip_prefix("ATTACHE__") else { continue };
        add(&mut layer, &rest.to_lowercase().replace("__", "."), text, &format!("variable {name}"), problems);
    }
    layer
}

/// Reads `section.key=value` of `--set`.
pub fn flags(flags: &[String], problems: &mut Problems) -> Layer {
    let mut layer = Layer::new();
    for flag in flags {
        match flag.split_once('=') {
            Some((path, _)) if keys::find(path.trim()).is_some_and(|key| key.secret) => {
                let reason = "a secret does not belong on the command line, where others can read it: use a variable or a file";
                problems.push(Problem::of_key(path.trim(), "--set", reason.into()));
            }
            Some((path, text)) => add(&mut layer, path.trim(), text.trim(), "--set", problems),
            // What was given may hold a secret, so it is not repeated.
            None => problems.push(Problem::of_place("--set", "expected section.key=value".into())),
        }
    }
    layer
}

/// The broker's URL that other programs use as well.
pub fn amqp_url(variables: &[(String, String)]) -> Layer {
    let url = variables.iter().find(|(name, text)| name == "AMQP_URL" && !text.is_empty());
    url.map(|(_, text)| Entry { path: "broker.url".into(), value: Value::String(text.clone()), origin: "variable AMQP_URL".into() })
        .into_iter()
        .collect()
}

/// Removes from the layers below what a layer sets in another way, and refuses both in one layer.
pub fn resolve_alternatives(layers: &mut [Layer], problems: &mut Problems) {
    for at in 0..layers.len() {
        let (below, rest) = layers.split_at_mut(at);
        for (set, others) in ALTERNATIVES {
            let Some(entry) = rest[0].iter().find(|entry| entry.path == set) else { continue };
            if let Some(other) = rest[0].iter().find(|entry| others.contains(&entry.path.as_str())) {
                problems.push(Problem::of_key(set, &entry.origin, format!("{} says the same in another way: set one of them", other.path)));
            }
            let parts: &[&str] = if set.starts_with("broker.url") { &PARTS } else { &[] };
            let unset = |entry: &Entry| others.iter().chain(parts).any(|path| *path == entry.path);
            below.iter_mut().for_each(|layer| layer.retain(|entry| !unset(entry)));
        }
    }
}

/// The file of an environment in the folder of settings.
pub fn environment_file(folder: &Path, environment: &str) -> Result<PathBuf, String> {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    match !environment.is_empty() && environment.chars().all(plain) {
        true => Ok(folder.join(format!("{environment}.toml"))),
        false => Err("expected a name of letters, digits, - and _".into()),
    }
}

fn add(layer: &mut Layer, path: &str, text: &str, origin: &str, problems: &mut Problems) {
    match keys::find(path) {
        Some(key) => insert(layer, key, key.parse(text), origin, problems),
        None => problems.push(Problem::unknown(path, origin)),
    }
}

fn insert(layer: &mut Layer, key: &keys::Key, value: Value, origin: &str, problems: &mut Problems) {
    match key.check(&value).and_then(|()| check_text(&key.path, &value)) {
        Ok(()) => layer.push(Entry { path: key.path.clone(), value, origin: origin.into() }),
        Err(reason) => problems.push(Problem::of_key(&key.path, origin, reason)),
    }
}

/// Formats that a type and a range do not tell.
fn check_text(path: &str, value: &Value) -> Result<(), String> {
    match path {
        "http.listen" => formats::parse_listen_address(value.as_str().unwrap_or(&value.to_string())).map(drop),
        _ => Ok(()),
    }
}

fn flatten(layer: &mut Layer, prefix: &str, table: toml::Table, origin: &str, problems: &mut Problems) {
    for (name, value) in table {
        let path = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match (keys::find(&path), value) {
            (Some(key), value) => insert(layer, key, value, origin, problems),
            (None, Value::Table(table)) if keys::is_section(&path) => flatten(layer, &path, table, origin, problems),
            (None, _) if keys::is_section(&path) => problems.push(Problem::of_key(&path, origin, format!("is a section: write [{path}]"))),
            (None, _) => problems.push(Problem::unknown(&path, origin)),
        }
    }
}

/// Where a file is no TOML. The line itself is not shown: it may hold a secret.
fn syntax_problem(origin: &str, text: &str, error: &toml::de::Error) -> Problem {
    let line =
        error.span().map_or(1, |span| 1 + text.as_bytes()[..span.start.min(text.len())].iter().filter(|byte| **byte == b'\n').count());
    Problem::of_place(&format!("{origin}:{line}"), format!("not TOML: {}", error.message()))
}
