//! Of all frames that fit a sentence, those that are events of their own.

use super::{
    frames::{Match, Mismatch, Miss, is_below},
    parties::Found,
    reading::Reading,
    row::is_deed_of_a_row,
    status::status_of,
};
use crate::{
    lexicon::{Action, EventType, Lexicon, Rule},
    syntax::{Relation, Xpos},
};

/// Keeps one match a trigger, drops what another match speaks about, and joins two that tell the same.
pub(super) fn select_events(reading: &Reading, lexicon: &Lexicon, matches: &[Match], misses: &[Miss]) -> Vec<Match> {
    let rule = |found: &Match| &lexicon.rules[found.rule];
    let events: Vec<&Match> = matches.iter().filter(|found| rule(found).event.is_some()).collect();
    let best = best_of_each_trigger(&events);
    // What fits but for its parties is no event, yet what it speaks about is none either: "is accused of insulting".
    let unowned = || misses.iter().filter(|(_, _, why)| *why == Mismatch::Parties).map(|(rule, node, _)| (*rule, *node));
    let spoken_of = |found: &Match| {
        let by_match = best.iter().any(|other| {
            speaks_about(reading, &events, other, found)
                && absorbs(reading, rule(other), other.trigger, found)
                && !answers(lexicon, other, found)
        });
        let in_reason = |trigger: usize| is_in_reason(reading, lexicon, found.trigger, trigger);
        let by_other_rule = |(rule, trigger): (usize, usize)| {
            rule != found.rule
                && absorbs(reading, &lexicon.rules[rule], trigger, found)
                && !in_reason(trigger)
                && !is_reported(reading, lexicon, trigger, found.trigger)
                && !is_by_the_same(reading, lexicon.rules[rule].event, trigger, found)
        };
        by_match || unowned().any(by_other_rule)
    };
    let told: Vec<&Match> = best
        .iter()
        .copied()
        .filter(|found| !spoken_of(found) && !is_mere_purpose(reading, lexicon, found) && !is_denied(reading, lexicon, found))
        .collect();
    // "arrives to meet": of two that tell as much, the one that the other hangs on.
    let leads = |high: &Match, low: &Match| is_meeting_below(reading, lexicon, low, high);
    let same = |a: &Match, b: &Match| {
        // What is said twice is said once; what is done twice is done twice.
        let listed = !rule(a).absorbs && are_listed(reading, a, b, rule(a).mode != rule(b).mode);
        let alike = rule(a).mode == rule(b).mode || !is_apart(reading, a, b) || are_said_at_once(reading, a, b);
        let one_visit = || is_one_visit(reading, lexicon, a, b);
        rule(a).event == rule(b).event && !listed && ((related(reading, a, b) && alike) || one_visit())
    };
    without_repeats(&told, same, leads)
}

/// Whether `found` stands in what a speech act is about: in any of its complement that a frame of its rule fits.
fn speaks_about(reading: &Reading, events: &[&Match], act: &Match, found: &Match) -> bool {
    let within = |act: &Match| act.content.is_empty() || act.content.iter().any(|clause| is_below(reading, found.trigger, *clause));
    events.iter().any(|other| other.rule == act.rule && other.trigger == act.trigger && within(other))
}

/// The matches that tell a sanctions action, one for each trigger.
pub(super) fn select_actions(reading: &Reading, lexicon: &Lexicon, matches: &[Match]) -> Vec<Match> {
    let rule = |found: &Match| &lexicon.rules[found.rule];
    let actions: Vec<&Match> = matches.iter().filter(|found| rule(found).action.is_some()).collect();
    let best = best_of_each_trigger(&actions);
    let gives_way = |found: &Match, other: &Match| {
        let about_same = found.recipients.is_empty() || same_actors(&found.recipients, &other.recipients);
        let spoken_of = is_below(reading, found.trigger, other.trigger) && is_content(reading, found.trigger, other.trigger, false);
        let background = rule(found).action == Some(Action::Existing) && rule(other).action != Some(Action::Existing);
        // "seizes the yacht after its owner was sanctioned": what is carried out was decided.
        let decided = rule(other).action == Some(Action::Enforce) && rule(found).action == Some(Action::Impose);
        found.trigger != other.trigger && about_same && ((spoken_of && !decided) || background)
    };
    let told: Vec<&Match> = best.iter().copied().filter(|found| !best.iter().any(|other| gives_way(found, other))).collect();
    without_repeats(&told, |a, b| rule(a).action == rule(b).action && related(reading, a, b), |_, _| false)
}

fn same_actors(a: &[Found], b: &[Found]) -> bool {
    let within = |a: &[Found], b: &[Found]| a.iter().all(|party| b.iter().any(|other| other.actor == party.actor));
    within(a, b) && within(b, a)
}

/// The most exact rule wins, then the one that found more parties, then the first by name.
fn best_of_each_trigger<'m>(matches: &[&'m Match]) -> Vec<&'m Match> {
    let rank = |found: &Match| (found.conditions, found.actors.len().min(1) + found.recipients.len().min(1));
    let mut best: Vec<&Match> = Vec::new();
    for found in matches {
        match best.iter_mut().find(|other| other.trigger == found.trigger) {
            Some(other) if rank(found) > rank(other) => *other = found,
            Some(_) => {}
            None => best.push(found),
        }
    }
    best
}

/// "took steps to support", "met to honour": words of praise or blame that somebody means to say have not been said.
fn is_mere_purpose(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let kind = lexicon.rules[found.rule].event;
    let spoken = matches!(kind, Some(EventType::Support | EventType::Accuse | EventType::Cooperate));
    let mutual = matches!(kind, Some(EventType::Agree | EventType::Consult));
    let mut verb = found.carrier;
    while let Some(first) = reading.head(verb).filter(|_| reading.relation(verb) == Relation::Conj && !reading.is_infinitive(verb)) {
        verb = first;
    }
    let classes = &lexicon.classes;
    let is_chance = reading.head(verb).is_some_and(|noun| classes.chances.contains(reading.lemma(noun)));
    let is_plan = |noun: usize| classes.plans.contains(reading.lemma(noun)) || classes.acts.contains(reading.lemma(noun));
    let purpose = match reading.relation(verb) {
        Relation::Advcl => true,
        Relation::Acl => !reading.head(verb).is_some_and(is_plan),
        _ => false,
    };
    ((spoken && purpose) || (mutual && is_chance)) && reading.is_infinitive(verb) && !is_deed_of_a_row(reading, lexicon, verb)
}

/// Whether one act of speech answers another, which was made all the same: "Qatar rejects Iraq's demand".
fn answers(lexicon: &Lexicon, answer: &Match, found: &Match) -> bool {
    let kind = |found: &Match| lexicon.rules[found.rule].event;
    let spoken = matches!(kind(found), Some(EventType::Request | EventType::Accuse | EventType::Threaten));
    let answered = matches!(kind(answer), Some(EventType::Reject | EventType::Concede | EventType::Accuse));
    let by_other =
        !found.actors.is_empty() && found.actors.iter().all(|actor| answer.actors.iter().all(|other| other.actor != actor.actor));
    spoken && answered && by_other && found.trigger != found.carrier
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
        && is_content(reading, found.trigger, trigger, rule.event == Some(EventType::Request))
}

/// Whether those who are behind the upper verb act below it, through others of their own ("directs the ministry to expel the envoy")
/// or by what they did ("launched a case accusing the army"): where the upper verb finds nobody else, the lower one tells the event. What
/// somebody says of his own deeds is no accusation: "said it no longer complies with the treaty".
fn is_by_the_same(reading: &Reading, kind: Option<EventType>, trigger: usize, found: &Match) -> bool {
    let through_others = reading.objects(trigger).iter().any(|object| *object < found.carrier) && reading.is_infinitive(found.carrier);
    let by_what_they_did = reading.relation(found.carrier) == Relation::Acl && reading.node(found.carrier).xpos == Xpos::Vbg;
    let subjects = reading.subjects(trigger);
    let is_in_subject = |token: usize| token < trigger && subjects.iter().any(|subject| is_below(reading, token, *subject));
    let acts = |actor: u32| reading.mentions.iter().any(|mention| mention.actor == actor && mention.tokens.clone().any(is_in_subject));
    let of_themselves = kind == Some(EventType::Accuse)
        && found.trigger == found.carrier
        && reading.relation(found.carrier) == Relation::Ccomp
        && reading.head(found.carrier) == Some(trigger);
    (through_others || by_what_they_did || of_themselves)
        && !reading.is_passive(trigger)
        && !found.actors.is_empty()
        && found.actors.iter().all(|found| acts(found.actor))
}

/// Whether the way up from a node to an ancestor stays within its complement, and crosses no clause that is asserted on its own.
/// What is asked for may be asked for "by" something.
fn is_content(reading: &Reading, node: usize, ancestor: usize, is_asked: bool) -> bool {
    let mut at = node;
    while at != ancestor {
        let Some(head) = reading.head(at) else { return false };
        let asserted = match reading.relation(at) {
            Relation::AclRelcl | Relation::AdvclRelcl | Relation::Parataxis => true,
            // "urges all to help by stopping the sale": part of what is asked.
            Relation::Advcl
                if is_asked && head != ancestor && reading.dependents(at, &[Relation::Mark]).any(|mark| reading.form(mark) == "by") =>
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
            Relation::Conj => head == ancestor || (is_asked && is_alternative(reading, at)),
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

/// Whether two triggers belong to one telling: "signed an agreement", "talks … met". Who acts in the one is not acted upon in the
/// other: "in response to Britain's expulsion of diplomats, Russia expels".
fn related(reading: &Reading, a: &Match, b: &Match) -> bool {
    let nested = !is_apart(reading, a, b);
    let parties = |found: &Match| found.actors.iter().chain(&found.recipients).map(|party| party.actor).collect::<Vec<_>>();
    let (mine, theirs) = (parties(a), parties(b));
    let within = |a: &[u32], b: &[u32]| a.iter().all(|actor| b.contains(actor));
    let same_sides = same_actors(&a.actors, &b.actors) && same_actors(&a.recipients, &b.recipients);
    same_sides || (nested && !is_reversed(a, b) && (within(&mine, &theirs) || within(&theirs, &mine)))
}

/// "visits Oman and meets its king": who goes to somebody meets him; it is told once.
fn is_one_visit(reading: &Reading, lexicon: &Lexicon, a: &Match, b: &Match) -> bool {
    let consult = |found: &Match| lexicon.rules[found.rule].event == Some(EventType::Consult);
    let all = |found: &Match| -> Vec<Found> { found.actors.iter().chain(&found.recipients).cloned().collect() };
    let shared = || all(a).iter().any(|party| all(b).iter().any(|other| other.actor == party.actor));
    // "arrives for talks with the king to discuss trade": what a meeting is held for is no other meeting.
    let is_purpose = |low: &Match, high: &Match| is_meeting_below(reading, lexicon, low, high) && reading.is_infinitive(low.carrier);
    let same = || same_actors(&all(a), &all(b)) && status_of(reading, lexicon, a) == status_of(reading, lexicon, b);
    consult(a) && consult(b) && (same() || (shared() && (is_purpose(a, b) || is_purpose(b, a))))
}

/// "Iran denies that it armed them": a denial of facts is no event; that two agreed may be denied.
fn is_denied(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let content = matches!(reading.relation(found.carrier), Relation::Ccomp | Relation::Xcomp);
    let denied = reading.head(found.carrier).is_some_and(|verb| lexicon.classes.denials.contains(reading.lemma(verb)));
    content && denied && !lexicon.rules[found.rule].symmetric
}

/// "arrives to meet": whether a meeting is told below another.
fn is_meeting_below(reading: &Reading, lexicon: &Lexicon, low: &Match, high: &Match) -> bool {
    let consult = lexicon.rules[low.rule].event == Some(EventType::Consult);
    consult && low.carrier != high.carrier && is_below(reading, low.carrier, high.carrier)
}

/// Whether both are verbs of a list, each with an object of its own: "expels diplomats, closes the consulate and recalls". Objects of
/// one name are two where unlike things are done: "expels the ambassador and recalls its ambassador".
fn are_listed(reading: &Reading, a: &Match, b: &Match, are_unlike: bool) -> bool {
    let is_verb = |found: &Match| found.trigger == found.carrier;
    let own_object = |found: &Match| reading.dependents(found.trigger, &[Relation::Obj, Relation::NsubjPass]).next();
    let (first, second) = if a.trigger < b.trigger { (a, b) } else { (b, a) };
    let joined = reading.relation(second.trigger) == Relation::Conj
        && (reading.head(second.trigger) == Some(first.trigger) || reading.head(second.trigger) == reading.head(first.trigger));
    let objects = own_object(a).zip(own_object(b));
    is_verb(a) && is_verb(b) && joined && objects.is_some_and(|(a, b)| are_unlike || reading.lemma(a) != reading.lemma(b))
}

/// Whether one is done by those to whom the other is done, and the other way round.
fn is_reversed(a: &Match, b: &Match) -> bool {
    let shares = |a: &[Found], b: &[Found]| a.iter().any(|party| b.iter().any(|other| other.actor == party.actor));
    shares(&a.actors, &b.recipients) && shares(&b.actors, &a.recipients)
}

/// Whether neither trigger hangs on the other.
fn is_apart(reading: &Reading, a: &Match, b: &Match) -> bool {
    !is_below(reading, a.trigger, b.trigger) && !is_below(reading, b.trigger, a.trigger)
}

/// "issued a rebuke, saying that it meddles": a gerund tells what the verb above it said.
fn are_said_at_once(reading: &Reading, a: &Match, b: &Match) -> bool {
    let says_more = |high: &Match, low: &Match| {
        let beside = reading.relation(low.carrier) == Relation::Advcl && reading.head(low.carrier) == Some(high.carrier);
        beside && reading.node(low.carrier).xpos == Xpos::Vbg
    };
    says_more(a, b) || says_more(b, a)
}

fn without_repeats(matches: &[&Match], same: impl Fn(&Match, &Match) -> bool, leads: impl Fn(&Match, &Match) -> bool) -> Vec<Match> {
    let parties = |found: &Match| found.actors.len() + found.recipients.len();
    let better = |found: &Match, other: &Match| {
        let rank = |found: &Match, led: bool| (parties(found), !led, found.conditions);
        rank(found, leads(other, found)) > rank(other, leads(found, other))
    };
    let mut kept: Vec<Match> = Vec::new();
    for found in matches {
        match kept.iter_mut().find(|other| same(found, other)) {
            Some(other) if better(found, other) => *other = (*found).clone(),
            Some(_) => {}
            None => kept.push((*found).clone()),
        }
    }
    kept
}
