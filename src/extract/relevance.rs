//! Which sentences are worth a parse: those that hold a trigger word and enough that may be a party to it.

use super::{discourse::Discourse, mentions::ActorMention};
use crate::{lexicon::Lexicon, text::lower};

/// Whether a sentence may tell an event. Too many true cost time, a false one costs an event.
pub(super) fn is_worth_reading(forms: &[&str], mentions: &[ActorMention], discourse: &Discourse, lexicon: &Lexicon) -> bool {
    let (mut triggered, mut alone, mut stand_ins) = (false, false, 0);
    for form in forms {
        let lower = lower(form);
        if let Some(trigger) = lexicon.trigger_form(&lower) {
            triggered = true;
            alone |= trigger.alone;
        }
        stand_ins += usize::from(
            !discourse.is_empty()
                && (lexicon.is_stand_in(&lower)
                    || (discourse.has_speakers() && lexicon.classes.first_persons.contains(&*lower))
                    || discourse.introduced(form).is_some()),
        );
    }
    let parties = distinct_actors(mentions) + stand_ins;
    triggered && (parties >= 2 || (alone && parties >= 1))
}

fn distinct_actors(mentions: &[ActorMention]) -> usize {
    let first = mentions.first().map(|mention| mention.actor);
    let another = mentions.iter().any(|mention| Some(mention.actor) != first);
    usize::from(first.is_some()) + usize::from(another)
}
