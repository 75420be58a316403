//! Words that stand for names while a sentence is parsed.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer};

use super::{LexiconError, phrases::WordKey, source::File};

/// One well-known word for each kind of name; a parser trained on little news reads it better than a rare name of three words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholders {
    pub name: String,
    pub adjective: String,
    /// A plural demonym.
    pub people: String,
    pub noun: String,
    pub nouns: String,
    pub verb_third_person: String,
    pub verb_plural: String,
    pub verb_past: String,
    /// Rare words of closed classes, and a common word of the same class.
    #[serde(default, deserialize_with = "by_key")]
    pub words: FxHashMap<WordKey, String>,
}

fn by_key<'de, D: Deserializer<'de>>(from: D) -> Result<FxHashMap<WordKey, String>, D::Error> {
    let words = FxHashMap::<String, String>::deserialize(from)?;
    Ok(words.into_iter().map(|(word, usual)| (WordKey::of(&word), usual)).collect())
}

impl Placeholders {
    /// The well-known verb with the inflection of a form.
    pub fn verb_like(&self, form: &str) -> &str {
        match form {
            _ if form.ends_with("ed") => &self.verb_past,
            _ if form.ends_with('s') => &self.verb_third_person,
            _ => &self.verb_plural,
        }
    }
}

pub(super) fn read(files: &[File]) -> Result<Placeholders, LexiconError> {
    let missing = || LexiconError {
        file: "placeholders.toml".to_owned(),
        line: 1,
        problem: "this file is asked for by the program and is missing; restore it".to_owned(),
    };
    files.iter().find(|file| file.path == "placeholders.toml").ok_or_else(missing)?.parse()
}
