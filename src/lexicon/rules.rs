//! Event and sanctions rules: which words, in which frame, tell which event, and who is who in it.

use serde::Deserialize;

use super::{
    phrases::{Phrase, Word},
    vocabulary::{Action, Context, EventType, Measure, Mode, PartyKind},
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
    pub contexts: Vec<Context>,
    pub cameo: Option<String>,
    /// Every party is an actor (meetings, agreements).
    pub symmetric: bool,
    /// It counts with only one polity in it ("Iran rejects inspections").
    pub alone: bool,
    /// Whose release the article is may act, though it is not named.
    pub is_of_issuer: bool,
    /// What stands in its complement is not an event of its own ("threatens to impose").
    pub absorbs: bool,
    pub frames: Vec<Frame>,
    pub examples: Vec<Example>,
    pub rejects: Vec<Reject>,
}

impl Rule {
    /// Every word of its frames.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.frames.iter().flat_map(Frame::phrases).flat_map(|phrase| phrase.words().iter().map(|word| &*word.text))
    }
}

impl Frame {
    /// The word of a trigger phrase that stands for it: a verb's particles follow it, a noun's modifiers stand before it.
    pub(super) fn key<'p>(&self, phrase: &'p Phrase) -> &'p Word {
        let words = phrase.words();
        if self.trigger == TriggerKind::Verb { &words[0] } else { &words[words.len() - 1] }
    }

    fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        let own = [&self.words, &self.objects, &self.not_objects, &self.subjects, &self.not_subjects];
        let more = [
            &self.complements,
            &self.not_complements,
            &self.governors,
            &self.not_governors,
            &self.unless,
            &self.with_any,
            &self.above,
            &self.not_above,
        ];
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
    /// One of these must stand somewhere in the sentence, if any are given.
    pub with_any: Vec<Phrase>,
    /// One of these must stand on the way up from the trigger: "threaten" for "threatened to impose sanctions".
    pub above: Vec<Phrase>,
    pub not_above: Vec<Phrase>,
    /// One of these must be an auxiliary of the complement, or govern an infinitive in it: "must", "have".
    pub complement_modals: Vec<Phrase>,
    /// Whether the complement must be finite ("that Iran stops") or an infinitive ("to stop").
    pub complement_finite: Option<bool>,
    /// Whether the trigger or its complement must stand under "not" or "never", or must not; what a frame demands does not make
    /// the event one that did not happen.
    pub negated: Option<bool>,
    /// Whether an "if" or "unless" must stand in the clause of the trigger, or must not.
    pub conditional: Option<bool>,
    /// The trigger stands behind a preposition such as "despite" or "amid".
    pub background: bool,
    /// Whether the complement must be about what the actor does, or about what others do.
    pub complement_self: Option<bool>,
    /// A polity other than the actors must be named somewhere in the sentence.
    pub needs_other: bool,
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
    /// The subject of the verb that governs the trigger from above: "*tells* Iran to act or face"; of a clause that describes a noun,
    /// that of the verb above the noun: "*agreed*, after talks that China mediated".
    AboveSubject,
    /// Who is visited, met or written to in the clause that the trigger says more of: "visits *Iran*, seeking help".
    AboveObject,
    /// Whoever is named anywhere in the complement.
    Complement,
    /// The state that the article named last before the sentence.
    Earlier,
    /// Whose release the article is, where one speaks in it: "Mali's junta must free them".
    Issuer,
    /// The party nearest before the trigger in the sentence.
    Before,
    /// The first party after the trigger in the sentence.
    After,
}

impl Slot {
    pub(super) fn new(text: &str) -> Self {
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
            "above-subject" => Self::AboveSubject,
            "above-object" => Self::AboveObject,
            "earlier" => Self::Earlier,
            "issuer" => Self::Issuer,
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
    /// The host that publishes the texts.
    pub source: Option<String>,
    pub texts: Vec<String>,
    pub known_miss: Option<String>,
}

/// Sentences in which the rule must find nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    pub why: String,
    /// The host that publishes the texts.
    pub source: Option<String>,
    pub texts: Vec<String>,
    pub known_miss: Option<String>,
}
