//! Which sentences are worth a parse: those whose words leave some frame possible, with enough that may be a party to it.

use super::{discourse::Discourse, mentions::ActorMention};
use crate::{
    lexicon::{EventType, Lexicon, Rule},
    text::lower,
};

/// Whether a sentence may tell an event. Too many true cost time, a false one costs an event.
pub(super) fn is_worth_reading(forms: &[&str], mentions: &[ActorMention], discourse: &Discourse, lexicon: &Lexicon) -> bool {
    let parties = possible_parties(forms, mentions, discourse, lexicon);
    // "the talks" are those of two who were named before.
    let in_talks = union(parties.clone(), discourse.last_dyad()).len();
    let suffice = |rule: &Rule| match parties.len() {
        0 => false,
        // A legal act may name the other one.
        1 => rule.alone || rule.action.is_some() || (in_talks > 1 && rule.event == Some(EventType::Consult)),
        _ => true,
    };
    let possible = || lexicon.possible(forms.iter().map(|form| lower(form)));
    !parties.is_empty() && possible().any(|entry| suffice(&lexicon.rules[entry.rule as usize]))
}

/// Everybody whom the sentence names, or for whom one of its words may stand.
fn possible_parties(forms: &[&str], mentions: &[ActorMention], discourse: &Discourse, lexicon: &Lexicon) -> Vec<u32> {
    let named = union(Vec::new(), mentions.iter().map(|mention| mention.actor));
    if discourse.is_empty() && !discourse.has_speakers() {
        return named;
    }
    forms.iter().fold(named, |parties, form| union(parties, discourse.may_stand_for(form, lexicon)))
}

fn union(mut parties: Vec<u32>, others: impl IntoIterator<Item = u32>) -> Vec<u32> {
    for other in others {
        if !parties.contains(&other) {
            parties.push(other);
        }
    }
    parties
}
