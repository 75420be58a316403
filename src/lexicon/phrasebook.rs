//! Names with spaces, brackets and dots in them, found in one pass over a text and looked up by what they stand for.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{LexiconError, source::File};

/// A compiled expression may take this much memory; the largest of ours need a tenth of it.
const EXPRESSION_BYTES: usize = 16 << 20;

/// Names, case-sensitive; any space, apostrophe and hyphen counts as any other.
#[derive(Debug)]
pub(super) struct Phrasebook<V> {
    regex: Regex,
    /// The first run of letters and digits of each name: most sentences have none of them, and need not be searched.
    beginnings: FxHashSet<String>,
    values: FxHashMap<String, Vec<V>>,
}

impl<V> Phrasebook<V> {
    /// From names and what each stands for; a name may stand for several things.
    pub fn new(file: &File, entries: impl IntoIterator<Item = (String, V)>) -> Result<Self, LexiconError> {
        let mut values: FxHashMap<String, Vec<V>> = FxHashMap::default();
        for (name, value) in entries {
            if name.trim().is_empty() {
                return Err(file.refuse("\"\"", "an empty name; take it out"));
            }
            values.entry(plain(&name)).or_default().push(value);
        }
        let mut names: Vec<&String> = values.keys().collect();
        // The expression takes the first alternative that fits, so the longer names come first.
        names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let alternatives: Vec<String> = names.into_iter().map(|name| expression(name)).collect();
        let beginnings = values.keys().filter_map(|name| runs(name).next()).map(str::to_owned).collect();
        Ok(Self { regex: compile(file, &alternatives.join("|"))?, beginnings, values })
    }

    /// The names in a text as whole words, left to right, with what they stand for.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &[V])> {
        if !runs(text).any(|run| self.beginnings.contains(run)) {
            return Vec::new();
        }
        let whole = self.regex.find_iter(text).filter(|found| is_whole_word(text, &found.range()));
        whole.filter_map(|found| Some((found.range(), self.values.get(&plain(found.as_str()))?.as_slice()))).collect()
    }
}

/// The longest pieces of letters and digits.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|run| !run.is_empty())
}

/// The one form of all ways of writing a name.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").replace('’', "'").replace(['‐', '‑', '–'], "-")
}

fn expression(name: &str) -> String {
    regex::escape(name).replace(' ', r"\s+").replace('\'', "['’]").replace(r"\-", "[-‐‑–]")
}

/// Whether no letter or digit stands right before or after.
fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !is_letter(text[..range.start].chars().next_back()) && !is_letter(text[range.end..].chars().next())
}

pub(super) fn compile(file: &File, regex: &str) -> Result<Regex, LexiconError> {
    let built = RegexBuilder::new(regex).size_limit(EXPRESSION_BYTES).build();
    built.map_err(|error| file.refuse(regex, format!("not a regular expression: {error}")))
}
