//! Which sentences are worth a parse: those whose words leave some frame possible, with enough that may be a party to it.

use super::{discourse::Discourse, mentions::ActorMention};
use crate::{
    lexicon::{EventType, Lexicon, Rule},
    text::lower,
};

/// Whether a sentence may tell an event. Too many true cost time, a false one costs an event.
pub(super) fn is_worth_reading(forms: &[&str], mentions: &[ActorMention], discourse: &Discourse, lexicon: &Lexicon) -> bool {
    let parties = distinct_actors(mentions) + stand_ins(forms, discourse, lexicon);
    let suffice = |rule: &Rule| parties >= 2 || is_content_with_one(rule);
    let possible = || lexicon.possible(forms.iter().map(|form| lower(form)));
    parties > 0 && possible().any(|entry| suffice(&lexicon.rules[entry.rule as usize]))
}

/// Whether one party in the sentence is enough. A legal act may name the other one, and "the talks" are those of two who were named
/// before.
fn is_content_with_one(rule: &Rule) -> bool {
    rule.alone || rule.action.is_some() || rule.event == Some(EventType::Consult)
}

/// How many words may stand for somebody whom the article named before.
fn stand_ins(forms: &[&str], discourse: &Discourse, lexicon: &Lexicon) -> usize {
    let stands = |form: &&&str| {
        let word = lower(form);
        lexicon.is_stand_in(&word)
            || (discourse.has_speakers() && lexicon.classes.first_persons.contains(&*word))
            || discourse.introduced(form).is_some()
    };
    if discourse.is_empty() { 0 } else { forms.iter().filter(stands).count() }
}

fn distinct_actors(mentions: &[ActorMention]) -> usize {
    let first = mentions.first().map(|mention| mention.actor);
    let another = mentions.iter().any(|mention| Some(mention.actor) != first);
    usize::from(first.is_some()) + usize::from(another)
}
