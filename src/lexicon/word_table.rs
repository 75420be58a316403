//! Tables from words to names of a closed list: contexts of events, sectors of parties.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{LexiconError, phrases::Phrase, source::File};

/// Which names of a closed list a phrase tells, found by the phrase's last word.
#[derive(Debug)]
pub struct WordTable<T> {
    by_last: FxHashMap<String, Vec<(Phrase, T)>>,
}

impl<T: Copy> WordTable<T> {
    /// The phrases that end with a word, given in lower case.
    pub fn ending_with(&self, word: &str) -> &[(Phrase, T)] {
        self.by_last.get(word).map_or(&[], Vec::as_slice)
    }
}

/// Reads `FILE.toml`: a list of phrases for each name, in lower case.
pub(super) fn read<T: Copy>(files: &[File], path: &str, from_name: fn(&str) -> Option<T>) -> Result<WordTable<T>, LexiconError> {
    let missing = || LexiconError {
        file: path.to_owned(),
        line: 1,
        problem: "this file is asked for by the program and is missing; restore it".to_owned(),
    };
    let file = files.iter().find(|file| file.path == path).ok_or_else(missing)?;
    let lists: BTreeMap<String, Vec<String>> = file.parse()?;
    let mut by_last = FxHashMap::<String, Vec<(Phrase, T)>>::default();
    for (name, words) in &lists {
        let value = from_name(name).ok_or_else(|| file.refuse(name, format!("`{name}` is not in the closed list; see plover")))?;
        for word in words {
            let phrase = Phrase::new(word);
            if word.trim().is_empty() || word.to_lowercase() != *word {
                return Err(file.refuse(&format!("\"{word}\""), format!("`{word}` must be words in lower case")));
            }
            let entries = by_last.entry(phrase.last().to_owned()).or_default();
            entries.push((phrase, value));
        }
    }
    Ok(WordTable { by_last })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<WordTable<u8>, LexiconError> {
        let files = [File { path: "t.toml".to_owned(), text: text.to_owned() }];
        read(&files, "t.toml", |name| (name == "known").then_some(1))
    }

    #[test]
    fn phrases_are_found_by_their_last_word() {
        let table = table("known = [\"air force\", \"troop\"]").expect("well made");
        assert_eq!((table.ending_with("force").len(), table.ending_with("air").len(), table.ending_with("troop").len()), (1, 0, 1));
    }

    #[test]
    fn unknown_names_and_capitals_are_refused_with_their_line() {
        assert_eq!(table("known = []\nother = []").expect_err("refused").line, 2);
        assert!(table("known = [\"Army\"]").expect_err("refused").problem.contains("lower case"));
        assert!(read(&[], "t.toml", |_| Some(1)).expect_err("refused").problem.contains("missing"));
    }
}
