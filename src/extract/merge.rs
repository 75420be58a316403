//! One entry for one event: repeats within an article are joined, and the list is bounded.

use super::{Event, EventType, Extraction, Limits, Mention, Party, Warning};

/// Joins events of the same type, parties, status and day; the first telling stays, the others become its mentions.
pub(super) fn merge_repeats(extraction: &mut Extraction, text: &str) {
    let mut events: Vec<Event> = Vec::new();
    for event in std::mem::take(&mut extraction.events) {
        match events.iter_mut().find(|other| is_same_event(other, &event)) {
            Some(other) => {
                other.mentions.push(event.evidence.trigger.span);
                other.date = other.date.take().or(event.date);
                other.place = other.place.take().or(event.place);
            }
            None => events.push(event),
        }
    }
    extraction.events = events;
    let mut sanctions: Vec<Mention> = Vec::new();
    for mention in std::mem::take(&mut extraction.sanctions) {
        match sanctions.iter_mut().find(|other| is_same_mention(other, &mention)) {
            Some(other) => join_mentions(other, mention, text),
            None => sanctions.push(mention),
        }
    }
    extraction.sanctions = sanctions;
}

fn is_same_event(a: &Event, b: &Event) -> bool {
    let day = |event: &Event| event.date.as_ref().map(|date| date.value);
    let dates_agree = day(a).is_none() || day(b).is_none() || day(a) == day(b);
    if a.kind == EventType::Consult && b.kind == EventType::Consult {
        // "met … in a visit": who spoke, talked or met without more words was told of already.
        let same_form = a.mode == b.mode || b.mode.is_none() || b.is_remark;
        return same_form && (a.status == b.status || b.is_remark) && dates_agree && same_parties(&all_parties(a), &all_parties(b));
    }
    a.kind == b.kind
        && a.mode == b.mode
        && a.status == b.status
        && dates_agree
        && same_parties(&a.actors, &b.actors)
        && same_parties(&a.recipients, &b.recipients)
}

fn all_parties(event: &Event) -> Vec<Party> {
    event.actors.iter().chain(&event.recipients).cloned().collect()
}

fn is_same_mention(a: &Mention, b: &Mention) -> bool {
    a.action == b.action && a.status == b.status && same_parties(&a.senders, &b.senders) && same_parties(&a.targets, &b.targets)
}

fn join_mentions(kept: &mut Mention, other: Mention, text: &str) {
    kept.mentions.push(other.evidence.trigger.span);
    for measure in other.measures {
        if !kept.measures.contains(&measure) {
            kept.measures.push(measure);
        }
    }
    for programme in other.programmes {
        if !kept.programmes.contains(&programme) {
            kept.programmes.push(programme);
        }
    }
    for entity in other.entities {
        if !kept.entities.iter().any(|known| known.span.of(text) == entity.span.of(text)) {
            kept.entities.push(entity);
        }
    }
    for basis in other.legal_basis {
        if !kept.legal_basis.iter().any(|known| known.id == basis.id) {
            kept.legal_basis.push(basis);
        }
    }
    kept.date = kept.date.take().or(other.date);
}

fn same_parties(a: &[Party], b: &[Party]) -> bool {
    let within = |a: &[Party], b: &[Party]| a.iter().all(|party| b.iter().any(|other| other.code == party.code));
    within(a, b) && within(b, a)
}

/// Keeps the list within its limit and says what was cut.
pub(super) fn cut(extraction: &mut Extraction, limits: &Limits) {
    for (found, what) in [(extraction.events.len(), "events"), (extraction.sanctions.len(), "sanctions mentions")] {
        if found > limits.events {
            let message = format!("kept the first {} of {found} {what} (limits.events)", limits.events);
            extraction.warnings.push(Warning { code: "events_cut", message });
        }
    }
    extraction.events.truncate(limits.events);
    extraction.sanctions.truncate(limits.events);
}
