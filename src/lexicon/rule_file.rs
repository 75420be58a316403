//! A rule file as it is written, and how it becomes a rule. Its keys are documented in config/lexicon/README.md.

use serde::Deserialize;

use super::{
    LexiconError,
    actors::KindName,
    phrases::Phrase,
    rules::{Example, Frame, Reject, Rule, Slot, TriggerKind},
    sets::Sets,
    source::File,
    vocabulary::{Action, Context, EventType, Measure, Mode, PartyKind},
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "type")]
    event: Option<String>,
    mode: Option<String>,
    action: Option<String>,
    #[serde(default)]
    measures: Vec<String>,
    #[serde(default)]
    contexts: Vec<String>,
    cameo: Option<String>,
    symmetric: Option<bool>,
    #[serde(default)]
    alone: bool,
    absorbs: Option<bool>,
    #[serde(rename = "match")]
    frames: Vec<FrameEntry>,
    #[serde(default)]
    examples: Vec<Example>,
    #[serde(default)]
    rejects: Vec<Reject>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameEntry {
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    objects: Vec<String>,
    #[serde(default)]
    not_objects: Vec<String>,
    #[serde(default)]
    subjects: Vec<String>,
    #[serde(default)]
    not_subjects: Vec<String>,
    #[serde(default)]
    complements: Vec<String>,
    #[serde(default)]
    not_complements: Vec<String>,
    #[serde(default)]
    phrases: std::collections::BTreeMap<String, Vec<String>>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    with_any: Vec<String>,
    #[serde(default)]
    above: Vec<String>,
    #[serde(default)]
    not_above: Vec<String>,
    #[serde(default)]
    complement_modals: Vec<String>,
    complement_kind: Option<ComplementKind>,
    negated: Option<bool>,
    conditional: Option<bool>,
    #[serde(default)]
    background: bool,
    complement_self: Option<bool>,
    #[serde(default)]
    loose_actors: bool,
    #[serde(default)]
    needs: Vec<Side>,
    actor_kind: Option<KindName>,
    recipient_kind: Option<KindName>,
    #[serde(default)]
    governors: Vec<String>,
    #[serde(default)]
    not_governors: Vec<String>,
    actors: Option<Vec<String>>,
    recipients: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum ComplementKind {
    Finite,
    Infinitive,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Side {
    Actors,
    Recipients,
    Other,
}

/// Reads one rule file.
pub(super) fn read(file: &File, sets: &Sets) -> Result<Rule, LexiconError> {
    let entry: RuleFile = file.parse()?;
    let event = named(file, entry.event.as_deref(), EventType::from_name, "event type")?;
    let action = named(file, entry.action.as_deref(), Action::from_name, "sanctions action")?;
    if event.is_none() && action.is_none() {
        return Err(file.refuse("title", "the rule gives neither a `type` nor an `action`; give at least one"));
    }
    let measures: Result<Vec<Measure>, LexiconError> =
        entry.measures.iter().map(|name| Measure::from_name(name).ok_or_else(|| unknown(file, name, "measure"))).collect();
    let contexts: Result<Vec<Context>, LexiconError> =
        entry.contexts.iter().map(|name| Context::from_name(name).ok_or_else(|| unknown(file, name, "context"))).collect();
    let texts =
        |texts: usize, what: &str| file.refuse("title", format!("the rule has {texts} {what}; give at least two examples and one reject"));
    match (entry.examples.iter().map(|example| example.texts.len()).sum(), entry.rejects.iter().map(|reject| reject.texts.len()).sum()) {
        (examples @ 0..2, _) => return Err(texts(examples, "examples")),
        (_, 0) => return Err(texts(0, "rejects")),
        _ => {}
    }
    let symmetric = entry.symmetric.unwrap_or_else(|| event.is_some_and(is_symmetric));
    let mut frames = Vec::new();
    for frame in entry.frames {
        read_frame(file, frame, symmetric, sets, &mut frames)?;
    }
    Ok(Rule {
        id: file.id().to_owned(),
        event,
        mode: named(file, entry.mode.as_deref(), Mode::from_name, "mode")?,
        action,
        measures: measures?,
        contexts: contexts?,
        cameo: entry.cameo,
        symmetric,
        alone: entry.alone,
        is_of_issuer: frames.iter().any(|frame| frame.actors.contains(&Slot::Issuer)),
        absorbs: entry.absorbs.unwrap_or_else(|| event.is_some_and(is_speech_act)),
        frames,
        examples: entry.examples,
        rejects: entry.rejects,
    })
}

/// Types whose parties do the same thing to each other.
fn is_symmetric(event: EventType) -> bool {
    matches!(event, EventType::Consult | EventType::Agree | EventType::Cooperate)
}

/// Types that are words about another act, which is then no event of its own.
fn is_speech_act(event: EventType) -> bool {
    use EventType::{Accuse, Agree, Reject, Request, Threaten};
    matches!(event, Agree | Request | Accuse | Reject | Threaten)
}

fn read_frame(file: &File, entry: FrameEntry, symmetric: bool, sets: &Sets, frames: &mut Vec<Frame>) -> Result<(), LexiconError> {
    let kinds = [(TriggerKind::Verb, &entry.verbs), (TriggerKind::Noun, &entry.nouns), (TriggerKind::Adjective, &entry.adjectives)];
    if kinds.iter().all(|(_, words)| words.is_empty()) {
        return Err(file.refuse("[[match]]", "a match needs `verbs`, `nouns` or `adjectives`"));
    }
    let phrases = |words: &[String]| phrases(file, words, sets);
    for (trigger, words) in kinds.into_iter().filter(|(_, words)| !words.is_empty()) {
        let slots = |given: &Option<Vec<String>>, default: &[&str]| match given {
            Some(given) => given.iter().map(|slot| Slot::new(slot)).collect(),
            None => default.iter().map(|slot| Slot::new(slot)).collect(),
        };
        let (actors, recipients) = default_slots(trigger, symmetric);
        let required: Result<Vec<_>, LexiconError> =
            entry.phrases.iter().map(|(preposition, words)| Ok((preposition.clone(), phrases(words)?))).collect();
        frames.push(Frame {
            trigger,
            words: phrases(words)?,
            objects: phrases(&entry.objects)?,
            not_objects: phrases(&entry.not_objects)?,
            subjects: phrases(&entry.subjects)?,
            not_subjects: phrases(&entry.not_subjects)?,
            complements: phrases(&entry.complements)?,
            not_complements: phrases(&entry.not_complements)?,
            phrases: required?,
            unless: phrases(&entry.unless)?,
            with_any: phrases(&entry.with_any)?,
            above: phrases(&entry.above)?,
            not_above: phrases(&entry.not_above)?,
            complement_modals: phrases(&entry.complement_modals)?,
            complement_finite: entry.complement_kind.map(|kind| kind == ComplementKind::Finite),
            negated: entry.negated,
            conditional: entry.conditional,
            background: entry.background,
            complement_self: entry.complement_self,
            needs_other: entry.needs.contains(&Side::Other),
            loose_actors: entry.loose_actors,
            needs_actors: entry.needs.contains(&Side::Actors),
            needs_recipients: entry.needs.contains(&Side::Recipients),
            actor_kind: entry.actor_kind.map(PartyKind::from),
            recipient_kind: entry.recipient_kind.map(PartyKind::from),
            governors: phrases(&entry.governors)?,
            not_governors: phrases(&entry.not_governors)?,
            actors: slots(&entry.actors, actors),
            recipients: slots(&entry.recipients, recipients),
        });
    }
    Ok(())
}

/// Where parties stand when a frame does not say so.
fn default_slots(trigger: TriggerKind, symmetric: bool) -> (&'static [&'static str], &'static [&'static str]) {
    match (trigger, symmetric) {
        (TriggerKind::Noun, true) => (&["between", "subject", "possessor", "by"], &["with", "and"]),
        (TriggerKind::Noun, false) => (&["subject", "by", "possessor"], &["of", "against", "on", "to"]),
        (_, true) => (&["subject"], &["with", "object"]),
        (_, false) => (&["subject"], &["object"]),
    }
}

/// Words, with each `@set` replaced by its words.
fn phrases(file: &File, words: &[String], sets: &Sets) -> Result<Vec<Phrase>, LexiconError> {
    let mut out = Vec::new();
    for word in words {
        match word.strip_prefix('@') {
            Some(set) => {
                let set =
                    sets.get(set).ok_or_else(|| unknown(file, word, "set: make the file in config/lexicon/sets or mend the name of"))?;
                out.extend_from_slice(&set.phrases);
            }
            None if word.trim().is_empty() => return Err(file.refuse("\"\"", "an empty word; take it out")),
            None => out.push(Phrase::new(word)),
        }
    }
    Ok(out)
}

fn named<T>(file: &File, name: Option<&str>, from_name: impl Fn(&str) -> Option<T>, what: &str) -> Result<Option<T>, LexiconError> {
    name.map(|name| from_name(name).ok_or_else(|| unknown(file, name, what))).transpose()
}

fn unknown(file: &File, name: &str, what: &str) -> LexiconError {
    file.refuse(name, format!("unknown {what} `{name}`"))
}
