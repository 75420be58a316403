//! Legal acts behind sanctions: how references to them are written, and what they are called in one form.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};
use serde::Deserialize;

use super::{
    LexiconError,
    phrasebook::{Phrasebook, compile},
    source::File,
};

/// A title may be followed by its year: "Magnitsky Act of 2012".
static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\A(?:,? of)?\s(?:19|20)[0-9]{2}(?-u:\b)").expect("the expression is valid"));

/// All that is known of legal references. The regular expressions never backtrack: time is linear in the text.
#[derive(Debug, Default)]
pub struct Law {
    patterns: Vec<Pattern>,
    titles: Vec<Titles>,
}

/// A reference to a legal act in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The one form of all ways of writing it: "UNSCR 2375", "EO 13810", "Regulation (EU) 833/2014".
    pub id: String,
    /// The code of the polity whose act it is.
    pub issuer: String,
}

/// A numbered kind of act.
#[derive(Debug)]
struct Pattern {
    regex: Regex,
    /// What may follow with another number of the same kind: ", 1874 and 2087".
    more: Option<Regex>,
    id: String,
    issuer: String,
}

/// Acts that have titles, and their ids.
#[derive(Debug)]
struct Titles {
    book: Phrasebook<String>,
    issuer: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LawFile {
    #[serde(rename = "title")]
    _title: String,
    issuer: String,
    #[serde(default)]
    patterns: Vec<PatternEntry>,
    #[serde(default)]
    acts: Vec<ActEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternEntry {
    regex: String,
    more: Option<String>,
    id: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActEntry {
    id: String,
    #[serde(default)]
    names: Vec<String>,
}

impl Law {
    /// Reads one file; `is_code` knows the codes of the actors.
    pub(super) fn add(&mut self, file: &File, is_code: impl Fn(&str) -> bool) -> Result<(), LexiconError> {
        let LawFile { issuer, patterns, acts, .. } = file.parse()?;
        if !is_code(&issuer) {
            return Err(file.refuse(&issuer, format!("`{issuer}` is no code of an actor")));
        }
        for pattern in patterns {
            self.patterns.push(read_pattern(file, pattern, issuer.clone())?);
        }
        if !acts.is_empty() {
            let names = acts.into_iter().flat_map(|act| {
                let id = act.id.clone();
                std::iter::once(act.id).chain(act.names).map(move |name| (name, id.clone()))
            });
            self.titles.push(Titles { book: Phrasebook::new(file, names)?, issuer });
        }
        Ok(())
    }

    /// The references in a text, left to right, without overlaps; of two that overlap the longer one.
    pub fn references(&self, text: &str) -> Vec<Reference> {
        let mut found: Vec<Reference> = self.patterns.iter().flat_map(|pattern| pattern.find(text)).collect();
        found.extend(self.titles.iter().flat_map(|titles| titles.find(text)));
        found.sort_by_key(|reference| std::cmp::Reverse(reference.range.len()));
        let mut kept: Vec<Reference> = Vec::new();
        for reference in found {
            if !kept.iter().any(|other| overlap(&other.range, &reference.range)) {
                kept.push(reference);
            }
        }
        kept.sort_by_key(|reference| reference.range.start);
        kept
    }
}

fn read_pattern(file: &File, entry: PatternEntry, issuer: String) -> Result<Pattern, LexiconError> {
    let regex = compile(file, &entry.regex)?;
    let more = entry.more.map(|more| compile(file, &format!(r"\A(?:{more})"))).transpose()?;
    let asked: Vec<&str> = entry.id.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
    if let Some(unknown) = asked.iter().find(|name| !regex.capture_names().flatten().any(|group| group == **name)) {
        return Err(file.refuse(&entry.id, format!("the regex of `{}` has no group called `{unknown}`", entry.id)));
    }
    if more.as_ref().is_some_and(|more| !more.capture_names().flatten().any(|group| group == "number")) {
        return Err(file.refuse("more", "`more` has no group called `number`"));
    }
    Ok(Pattern { regex, more, id: entry.id, issuer })
}

impl Pattern {
    /// A match with a group called `not` is something else that only looks alike ("House Resolution 755").
    fn find(&self, text: &str) -> Vec<Reference> {
        let mut found = Vec::new();
        for captures in self.regex.captures_iter(text) {
            let Some(whole) = captures.get(0).filter(|_| captures.name("not").is_none()) else { continue };
            found.push(self.reference(&captures, whole.range()));
            let mut end = whole.end();
            while let Some(captures) = self.more.as_ref().and_then(|more| more.captures(&text[end..])) {
                let Some(number) = captures.name("number") else { break };
                found.push(self.reference(&captures, end + number.start()..end + number.end()));
                end += captures.get(0).map_or(number.end(), |whole| whole.end());
            }
        }
        found
    }

    fn reference(&self, captures: &Captures, range: Range<usize>) -> Reference {
        let fill = |id: String, name: &str| {
            let value = captures.name(name).map_or("", |group| group.as_str());
            id.replace(&format!("{{{name}}}"), value)
        };
        let id = self.regex.capture_names().flatten().fold(self.id.clone(), fill);
        Reference { range, id: id.split_whitespace().collect::<Vec<_>>().join(" "), issuer: self.issuer.clone() }
    }
}

impl Titles {
    fn find(&self, text: &str) -> Vec<Reference> {
        let mut found = Vec::new();
        for (range, ids) in self.book.find(text) {
            let year = YEAR.find(&text[range.end..]).map_or(0, |year| year.len());
            let reference = |id: &String| Reference { range: range.start..range.end + year, id: id.clone(), issuer: self.issuer.clone() };
            found.extend(ids.first().map(reference));
        }
        found
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
