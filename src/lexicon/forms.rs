//! The written forms of the trigger words, so that a sentence without any is passed over before it is parsed.

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

/// What a form can begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TriggerForm {
    /// The lemma of the verb that it may be.
    pub verb: Option<String>,
    /// Some rule that it triggers is content with one party.
    pub alone: bool,
}

/// A word that the index of triggers is keyed by.
pub(super) struct TriggerLemma {
    pub lemma: String,
    /// One party is enough for its rule.
    pub alone: bool,
    pub is_verb: bool,
}

/// All forms of the given lemmas, in lower case.
pub(super) fn forms(files: &[File], lemmas: impl Iterator<Item = TriggerLemma>) -> Result<FxHashMap<String, TriggerForm>, LexiconError> {
    let missing = || LexiconError {
        file: "irregular-forms.toml".to_owned(),
        line: 1,
        problem: "this file is asked for by the program and is missing; restore it".to_owned(),
    };
    let irregular: FormsFile = files.iter().find(|file| file.path == "irregular-forms.toml").ok_or_else(missing)?.parse()?;
    let mut all: FxHashMap<String, TriggerForm> = FxHashMap::default();
    for trigger in lemmas {
        let known = irregular.forms.get(&trigger.lemma).cloned().unwrap_or_default();
        for form in regular(&trigger.lemma).into_iter().chain(known) {
            let entry = all.entry(form).or_default();
            entry.alone |= trigger.alone;
            if trigger.is_verb && entry.verb.is_none() {
                entry.verb = Some(trigger.lemma.clone());
            }
        }
    }
    Ok(all)
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
