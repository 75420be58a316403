//! Words that stand for names while a sentence is parsed.

use serde::Deserialize;

use super::{LexiconError, source::File};

/// One well-known word for each kind of name; a parser trained on little news reads it better than a rare name of three words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholders {
    pub name: String,
    pub adjective: String,
    /// A plural demonym.
    pub people: String,
}

pub(super) fn read(files: &[File]) -> Result<Placeholders, LexiconError> {
    let missing = || LexiconError {
        file: "placeholders.toml".to_owned(),
        line: 1,
        problem: "this file is asked for by the program and is missing; restore it".to_owned(),
    };
    files.iter().find(|file| file.path == "placeholders.toml").ok_or_else(missing)?.parse()
}
