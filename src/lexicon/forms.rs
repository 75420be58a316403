//! The written forms of the words that rules ask for, so that a sentence without them is passed over before it is parsed.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{LexiconError, source::File};

/// Irregular forms, by lemma.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormsFile {
    #[serde(rename = "title")]
    _title: String,
    forms: FxHashMap<String, Vec<String>>,
}

/// The forms of a word, for words in lower case.
pub(super) struct Inflections(FxHashMap<String, Vec<String>>);

impl Inflections {
    pub fn read(files: &[File]) -> Result<Self, LexiconError> {
        let missing = || LexiconError {
            file: "irregular-forms.toml".to_owned(),
            line: 1,
            problem: "this file is asked for by the program and is missing; restore it".to_owned(),
        };
        let irregular: FormsFile = files.iter().find(|file| file.path == "irregular-forms.toml").ok_or_else(missing)?.parse()?;
        Ok(Self(irregular.forms))
    }

    /// All forms of a lemma.
    pub fn of(&self, lemma: &str) -> impl Iterator<Item = String> {
        regular(lemma).into_iter().chain(self.0.get(lemma).into_iter().flatten().cloned())
    }

    /// The lemma of the verb that a form may be, for the forms of the given verbs; of several the first.
    pub fn verbs<'l>(&self, lemmas: impl Iterator<Item = &'l str>) -> FxHashMap<String, String> {
        let mut verbs = FxHashMap::default();
        for lemma in lemmas {
            for form in self.of(lemma) {
                verbs.entry(form).or_insert_with(|| lemma.to_owned());
            }
        }
        verbs
    }
}

/// Whether a form is a regular inflection of a lemma, and not the lemma itself.
pub(super) fn is_inflected(lemma: &str, form: &str) -> bool {
    form != lemma && regular(lemma).iter().any(|known| known == form)
}

/// The regular inflections of a verb or noun; a form too many costs a parse, one too few costs an event.
fn regular(lemma: &str) -> Vec<String> {
    let mut forms: Vec<String> = ["", "s", "es", "ed", "d", "ing"].iter().map(|ending| format!("{lemma}{ending}")).collect();
    if let Some(stem) = lemma.strip_suffix('e') {
        forms.push(format!("{stem}ing"));
    }
    if let Some(stem) = lemma.strip_suffix('y') {
        forms.extend([format!("{stem}ies"), format!("{stem}ied")]);
    }
    if let Some(last) = lemma.chars().next_back() {
        forms.extend([format!("{lemma}{last}ed"), format!("{lemma}{last}ing")]);
    }
    forms
}
