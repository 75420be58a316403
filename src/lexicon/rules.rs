//! Event and sanctions rules: which words, in which frame, tell which event, and who is who in it.

use serde::Deserialize;

use super::{
    LexiconError,
    actors::KindName,
    sets::Sets,
    source::File,
    vocabulary::{Action, EventType, Measure, Mode, PartyKind},
};

/// One rule: an event type, a sanctions action, or both, and the frames that tell it.
#[derive(Debug)]
pub struct Rule {
    /// The file's name; every result names the rule that found it.
    pub id: String,
    pub event: Option<EventType>,
    pub mode: Option<Mode>,
    pub action: Option<Action>,
    pub measures: Vec<Measure>,
    pub contexts: Vec<String>,
    pub cameo: Option<String>,
    /// Every party is an actor (meetings, agreements).
    pub symmetric: bool,
    /// It counts with only one polity in it ("Iran rejects inspections").
    pub alone: bool,
    /// What stands in its complement is not an event of its own ("threatens to impose").
    pub absorbs: bool,
    pub frames: Vec<Frame>,
    pub examples: Vec<Example>,
    pub rejects: Vec<Reject>,
}

impl Rule {
    /// Every word of its frames.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.frames.iter().flat_map(Frame::phrases).flat_map(|phrase| phrase.0.iter().map(String::as_str))
    }
}

impl Frame {
    /// The word of a trigger phrase that stands for it: a verb's particles follow it, a noun's modifiers stand before it.
    pub(super) fn key<'p>(&self, words: &'p Phrase) -> &'p str {
        if self.trigger == TriggerKind::Verb { words.first() } else { words.last() }
    }

    fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        let own = [&self.words, &self.objects, &self.not_objects, &self.subjects, &self.not_subjects];
        let more =
            [&self.complements, &self.not_complements, &self.governors, &self.not_governors, &self.unless, &self.above, &self.not_above];
        own.into_iter().chain(more).flatten().chain(self.phrases.iter().flat_map(|(_, words)| words))
    }
}

/// One way of telling it.
#[derive(Debug)]
pub struct Frame {
    pub trigger: TriggerKind,
    pub words: Vec<Phrase>,
    /// One of these must head the object (of a passive: the subject).
    pub objects: Vec<Phrase>,
    pub not_objects: Vec<Phrase>,
    /// One of these must head the subject.
    pub subjects: Vec<Phrase>,
    pub not_subjects: Vec<Phrase>,
    /// One of these must be the verb (or light verb's noun) of the complement: "agree to lift".
    pub complements: Vec<Phrase>,
    pub not_complements: Vec<Phrase>,
    /// For each preposition one of the words must head its phrase.
    pub phrases: Vec<(String, Vec<Phrase>)>,
    /// None of these may stand anywhere in the sentence: they tell of another field, such as sport.
    pub unless: Vec<Phrase>,
    /// One of these must stand on the way up from the trigger: "threaten" for "threatened to impose sanctions".
    pub above: Vec<Phrase>,
    pub not_above: Vec<Phrase>,
    /// One of these must be an auxiliary of the complement, or govern an infinitive in it: "must", "have".
    pub complement_modals: Vec<Phrase>,
    /// Whether the complement must be finite ("that Iran stops") or an infinitive ("to stop").
    pub complement_finite: Option<bool>,
    /// The actors may be any people or things of the polity.
    pub loose_actors: bool,
    /// Parties that must be named even when the rule is content with one.
    pub needs_actors: bool,
    pub needs_recipients: bool,
    /// What all actors, or all recipients, must be.
    pub actor_kind: Option<PartyKind>,
    pub recipient_kind: Option<PartyKind>,
    /// For a noun: the verbs that must govern it, if any.
    pub governors: Vec<Phrase>,
    pub not_governors: Vec<Phrase>,
    /// Where the actors stand; the first slot that holds a party decides.
    pub actors: Vec<Slot>,
    pub recipients: Vec<Slot>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerKind {
    Verb,
    Noun,
    Adjective,
}

/// One lemma, or several that follow each other ("call on", "travel ban").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase(pub Vec<String>);

impl Phrase {
    pub(super) fn new(text: &str) -> Self {
        Self(text.split_whitespace().map(str::to_owned).collect())
    }

    pub fn first(&self) -> &str {
        &self.0[0]
    }

    pub fn last(&self) -> &str {
        &self.0[self.0.len() - 1]
    }
}

/// A place in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    Subject,
    Object,
    /// Possessor, adjective or compound before a noun: "Iran's talks", "Iranian talks".
    Possessor,
    /// A genitive or adjective before a noun, or a bare name there that is known to act so: "Iran's", "American", "US".
    Owner,
    /// A bare name before a noun that the noun is about: "Iran sanctions".
    Compound,
    /// The noun that an adjective trigger describes: "sanctions-hit Russia".
    Modified,
    /// Whose the object is: "accepted a German proposal".
    ObjectOwner,
    /// The subject of the clause that is the complement: "demand that Iran stop".
    ComplementSubject,
    /// The object or the phrases of the complement: "threatens to attack Iran".
    ComplementObject,
    /// The phrase of a preposition.
    Phrase(String),
    /// Whoever is named anywhere in the complement.
    Complement,
    /// The party nearest before the trigger in the sentence.
    Before,
    /// The first party after the trigger in the sentence.
    After,
}

impl Slot {
    fn new(text: &str) -> Self {
        match text {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "possessor" => Self::Possessor,
            "owner" => Self::Owner,
            "compound" => Self::Compound,
            "modified" => Self::Modified,
            "object-owner" => Self::ObjectOwner,
            "complement-subject" => Self::ComplementSubject,
            "complement-object" => Self::ComplementObject,
            "complement" => Self::Complement,
            "before" => Self::Before,
            "after" => Self::After,
            preposition => Self::Phrase(preposition.to_owned()),
        }
    }
}

/// Sentences that must give what is said, and nothing else of the rule's kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// `TYPE ACTOR+ACTOR > RECIPIENT status`; `-` for nobody; a missing status is `actual`.
    pub event: Option<String>,
    /// `action SENDER > TARGET status`.
    pub sanction: Option<String>,
    /// The day that relative dates count from.
    pub date: Option<String>,
    pub texts: Vec<String>,
    pub known_miss: Option<String>,
}

/// Sentences in which the rule must find nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    pub why: String,
    pub texts: Vec<String>,
    pub known_miss: Option<String>,
}

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
    above: Vec<String>,
    #[serde(default)]
    not_above: Vec<String>,
    #[serde(default)]
    complement_modals: Vec<String>,
    complement_kind: Option<ComplementKind>,
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
        contexts: entry.contexts,
        cameo: entry.cameo,
        symmetric,
        alone: entry.alone,
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
            above: phrases(&entry.above)?,
            not_above: phrases(&entry.not_above)?,
            complement_modals: phrases(&entry.complement_modals)?,
            complement_finite: entry.complement_kind.map(|kind| kind == ComplementKind::Finite),
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
                out.extend(set.iter().map(|word| Phrase::new(word)));
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
