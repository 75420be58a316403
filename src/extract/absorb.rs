//! What one match speaks about, and so tells no event of its own: the ban in "threatens to ban", the raid in "condemns the raid".

use super::{
    frames::{Match, Mismatch, Miss, is_below},
    reading::Reading,
};
use crate::{
    lexicon::{EventType, Lexicon, Rule},
    syntax::{Relation, Xpos},
};

/// Whether another match speaks about `found`: one of the `best` of each trigger, or a rule that fits but for its parties. That one is no
/// event, yet what it speaks about is none either: "is accused of insulting".
pub(super) fn is_spoken_of(
    reading: &Reading,
    lexicon: &Lexicon,
    events: &[&Match],
    best: &[&Match],
    misses: &[Miss],
    found: &Match,
) -> bool {
    let by_match = best.iter().any(|other| {
        is_praised_aim(reading, lexicon, other, found)
            || speaks_about(reading, events, other, found)
                && absorbs(reading, &lexicon.rules[other.rule], other.trigger, found)
                && !answers(lexicon, other, found)
                && !is_decided_by_others(reading, lexicon, other, found)
    });
    let by_unowned = |(rule, trigger, why): &Miss| {
        matches!(why, Mismatch::Parties | Mismatch::Domestic)
            && *rule != found.rule
            && absorbs(reading, &lexicon.rules[*rule], *trigger, found)
            && !is_in_reason(reading, lexicon, found.trigger, *trigger)
            && !is_reported(reading, lexicon, *trigger, found.trigger)
            && (is_mere_wish(reading, lexicon, *trigger, why) || !is_by_the_same(reading, lexicon.rules[*rule].event, *trigger, found))
            && !is_answered_by_nobody(lexicon, lexicon.rules[*rule].event, found)
            && !is_told_in_full(reading, lexicon, *rule, *trigger, found)
    };
    by_match || misses.iter().any(by_unowned)
}

/// "praised Oman's efforts to support a settlement": what somebody is praised for is no support of anybody known.
fn is_praised_aim(reading: &Reading, lexicon: &Lexicon, praise: &Match, found: &Match) -> bool {
    let supports = |found: &Match| lexicon.rules[found.rule].event == Some(EventType::Support);
    let is_within = found.trigger != praise.trigger && is_below(reading, found.trigger, praise.carrier);
    let is_aim = || is_content(reading, found.trigger, praise.carrier, None);
    supports(praise) && supports(found) && is_within && found.recipients.is_empty() && is_by_others(praise, found) && is_aim()
}

/// "urges his own government to sanction Mali" has sanctioned nobody; "directs the ministry to" has.
fn is_mere_wish(reading: &Reading, lexicon: &Lexicon, trigger: usize, why: &Mismatch) -> bool {
    *why == Mismatch::Domestic && !lexicon.classes.commands.contains(reading.lemma(trigger))
}

/// Whether `found` stands in what a speech act is about: in any of its complement that a frame of its rule fits.
fn speaks_about(reading: &Reading, events: &[&Match], act: &Match, found: &Match) -> bool {
    let within = |act: &Match| act.content.is_empty() || act.content.iter().any(|clause| is_below(reading, found.trigger, *clause));
    events.iter().any(|other| other.rule == act.rule && other.trigger == act.trigger && within(other))
}

/// "Accusations by Oman were rejected": whoever rejects them, they were made.
fn is_answered_by_nobody(lexicon: &Lexicon, answer: Option<EventType>, found: &Match) -> bool {
    is_speech(lexicon, found) && answer == Some(EventType::Reject) && !found.actors.is_empty() && found.trigger != found.carrier
}

fn is_speech(lexicon: &Lexicon, found: &Match) -> bool {
    matches!(lexicon.rules[found.rule].event, Some(EventType::Request | EventType::Accuse | EventType::Threaten))
}

/// Whether one act of speech answers another, which was made all the same: "Qatar rejects Iraq's demand".
fn answers(lexicon: &Lexicon, answer: &Match, found: &Match) -> bool {
    let answered = matches!(lexicon.rules[answer.rule].event, Some(EventType::Reject | EventType::Concede | EventType::Accuse));
    is_speech(lexicon, found) && answered && is_by_others(answer, found) && found.trigger != found.carrier
}

/// "condemns Peru's decision to expel": what others have decided is done, whoever speaks of it.
fn is_decided_by_others(reading: &Reading, lexicon: &Lexicon, act: &Match, found: &Match) -> bool {
    let deed = reading.is_infinitive(found.carrier) && reading.relation(found.carrier) == Relation::Acl;
    let decided = reading.head(found.carrier).is_some_and(|noun| lexicon.classes.decisions.contains(reading.lemma(noun)));
    let speaks = matches!(lexicon.rules[act.rule].event, Some(EventType::Accuse | EventType::Support | EventType::Reject));
    speaks && deed && decided && is_by_others(act, found)
}

/// Whether those who did what a match tells are known, and none of them is an actor of the other.
fn is_by_others(act: &Match, found: &Match) -> bool {
    !found.actors.is_empty() && found.actors.iter().all(|actor| act.actors.iter().all(|other| other.actor != actor.actor))
}

/// Whether a node stands in a phrase that gives the reason or the background for an ancestor: "over", "because of", "after".
fn is_in_reason(reading: &Reading, lexicon: &Lexicon, node: usize, ancestor: usize) -> bool {
    let mut at = node;
    while at != ancestor {
        if reading.preposition(at).is_some_and(|preposition| lexicon.classes.backgrounds.contains(&preposition)) {
            return true;
        }
        let Some(head) = reading.head(at) else { return false };
        at = head;
    }
    false
}

/// Whether a node stands in what nobody known reports as a fact: "officials said that Iran had cut its ties". That is no accusation or
/// threat of anybody's, and so the deed is told.
fn is_reported(reading: &Reading, lexicon: &Lexicon, verb: usize, node: usize) -> bool {
    let reports = lexicon.classes.reporting.contains(reading.lemma(verb)) && !reading.is_passive(verb);
    let subjects = reading.subjects(verb);
    let is_in_subject = |token: usize| subjects.iter().any(|subject| is_below(reading, token, *subject));
    let is_known = reading.mentions.iter().any(|mention| mention.tokens.clone().any(is_in_subject));
    reports && !is_known && reading.dependents(verb, &[Relation::Ccomp]).any(|clause| is_below(reading, node, clause))
}

/// Whether `found` only stands in what `other` speaks about: "threatens to impose", "condemns the ban on".
fn absorbs(reading: &Reading, rule: &Rule, trigger: usize, found: &Match) -> bool {
    rule.absorbs
        && trigger != found.trigger
        && is_below(reading, found.trigger, trigger)
        && is_content(reading, found.trigger, trigger, rule.event)
}

/// Whether those who are behind the upper verb act below it, through others of their own ("directs the ministry to expel the envoy")
/// or by what they did ("launched a case accusing the army"): where the upper verb finds nobody else, the lower one tells the event. What
/// somebody says of his own deeds is no accusation: "said it no longer complies with the treaty".
fn is_by_the_same(reading: &Reading, kind: Option<EventType>, trigger: usize, found: &Match) -> bool {
    let through_others = reading.objects(trigger).iter().any(|object| *object < found.carrier) && reading.is_infinitive(found.carrier);
    let by_what_they_did = reading.relation(found.carrier) == Relation::Acl && reading.node(found.carrier).xpos == Xpos::Vbg;
    let of_themselves = kind == Some(EventType::Accuse)
        && found.trigger == found.carrier
        && reading.relation(found.carrier) == Relation::Ccomp
        && reading.head(found.carrier) == Some(trigger);
    (through_others || by_what_they_did || of_themselves) && !reading.is_passive(trigger) && is_by_subject(reading, trigger, found)
}

/// "said the raid was an act of war by Peru": the noun tells the same kind of act by the same speaker, and against whom.
fn is_told_in_full(reading: &Reading, lexicon: &Lexicon, rule: usize, trigger: usize, found: &Match) -> bool {
    let is_alike = lexicon.rules[rule].event == lexicon.rules[found.rule].event && found.trigger != found.carrier;
    is_alike && !found.recipients.is_empty() && is_by_subject(reading, trigger, found)
}

/// Whether all who act in a match stand in the subject of a verb.
fn is_by_subject(reading: &Reading, verb: usize, found: &Match) -> bool {
    let subjects = reading.subjects(verb);
    let is_in_subject = |token: usize| token < verb && subjects.iter().any(|subject| is_below(reading, token, *subject));
    let acts = |actor: u32| reading.mentions.iter().any(|mention| mention.actor == actor && mention.tokens.clone().any(is_in_subject));
    !found.actors.is_empty() && found.actors.iter().all(|found| acts(found.actor))
}

/// Whether the way up from a node to an ancestor stays within its complement, and crosses no clause that is asserted on its own.
/// Of a speech act of some kinds: what somebody is asked to do, or blamed for, may be done "by" something.
pub(super) fn is_content(reading: &Reading, node: usize, ancestor: usize, kind: Option<EventType>) -> bool {
    let mut at = node;
    while at != ancestor {
        let Some(head) = reading.head(at) else { return false };
        let asserted = match reading.relation(at) {
            Relation::AclRelcl | Relation::AdvclRelcl | Relation::Parataxis => true,
            // "urges all to help by stopping the sale": part of what is asked.
            Relation::Advcl
                if matches!(kind, Some(EventType::Request | EventType::Accuse))
                    && head != ancestor
                    && reading.dependents(at, &[Relation::Mark]).any(|mark| matches!(reading.form(mark), "by" | "in")) =>
            {
                false
            }
            Relation::Advcl => !reading.is_prepositional_clause(at),
            // "a truce brokered by China", "an agreement signed with Iran".
            Relation::Acl => reading.is_passive(at),
            Relation::Obl | Relation::Nmod => is_occasion(reading, at),
            // "demands, ahead of talks with": the parser hangs the phrase on an adverb.
            Relation::Advmod => reading.form(at).eq_ignore_ascii_case("ahead"),
            // "told Iran to stop or face sanctions": what is threatened is not asked for.
            Relation::Conj => head == ancestor || (kind == Some(EventType::Request) && is_alternative(reading, at)),
            Relation::Nsubj | Relation::NsubjPass => head == ancestor && !reading.is_passive(ancestor),
            _ => false,
        };
        if asserted {
            return false;
        }
        at = head;
    }
    true
}

fn is_alternative(reading: &Reading, verb: usize) -> bool {
    reading.dependents(verb, &[Relation::Cc]).any(|word| reading.form(word).eq_ignore_ascii_case("or"))
}

/// "during a meeting", "after talks": when it was said, not what was said.
fn is_occasion(reading: &Reading, phrase: usize) -> bool {
    let preposition = reading.preposition(phrase);
    // "In a meeting with Peru, Chile proposed": in front of its clause.
    let in_front = reading.head(phrase).is_some_and(|verb| phrase < verb);
    if in_front && preposition.as_deref() == Some("in") {
        return true;
    }
    preposition.is_some_and(|word| {
        matches!(word.as_str(), "during" | "after" | "before" | "at" | "following" | "ahead of" | "amid" | "despite" | "notwithstanding")
    })
}
