//! Of all frames that fit a sentence, those that are events of their own.

use super::{
    absorb::{is_content, is_spoken_of},
    frames::{Match, Miss, is_below},
    parties::Found,
    reading::Reading,
    row::is_deed_of_a_row,
    status::{is_said_at_meeting, status_of},
};
use crate::{
    lexicon::{Action, EventType, Lexicon, Status},
    syntax::{Relation, Upos, Xpos},
    text::lower,
};

/// Keeps one match a trigger, drops what another match speaks about, and joins two that tell the same.
pub(super) fn select_events(reading: &Reading, lexicon: &Lexicon, matches: &[Match], misses: &[Miss]) -> Vec<Match> {
    let rule = |found: &Match| &lexicon.rules[found.rule];
    let events: Vec<&Match> = matches.iter().filter(|found| rule(found).event.is_some()).collect();
    let best = best_of_each_trigger(&events, lexicon);
    let told: Vec<&Match> = best
        .iter()
        .copied()
        .filter(|found| !is_spoken_of(reading, lexicon, &events, &best, misses, found))
        .filter(|found| {
            !is_mere_purpose(reading, lexicon, found)
                && !is_denied(reading, lexicon, found)
                && !is_discussed(reading, lexicon, found)
                && !best.iter().any(|meeting| is_scene_of(reading, lexicon, found, meeting))
        })
        .collect();
    // "arrives to meet": of two that tell as much, the one that the other hangs on.
    let leads = |high: &Match, low: &Match| is_meeting_below(reading, lexicon, low, high);
    let same = |a: &Match, b: &Match| {
        // What is said twice is said once; what is done twice is done twice.
        let listed = (!rule(a).absorbs && are_listed(reading, a, b, rule(a).mode != rule(b).mode)) || are_in_sequence(reading, a, b);
        // "suspends its membership but will not sanction it".
        let is_negated = |found: &Match| status_of(reading, lexicon, found) == Status::Negated;
        let alike = rule(a).mode == rule(b).mode || !is_apart(reading, a, b) || are_said_at_once(reading, a, b);
        let one_visit = || is_one_visit(reading, lexicon, a, b);
        rule(a).event == rule(b).event && !listed && is_negated(a) == is_negated(b) && ((related(reading, a, b) && alike) || one_visit())
    };
    without_repeats(&told, same, leads)
}

/// The matches that tell a sanctions action, one for each trigger.
pub(super) fn select_actions(reading: &Reading, lexicon: &Lexicon, matches: &[Match]) -> Vec<Match> {
    let rule = |found: &Match| &lexicon.rules[found.rule];
    let actions: Vec<&Match> = matches.iter().filter(|found| rule(found).action.is_some()).collect();
    let best = best_of_each_trigger(&actions, lexicon);
    let gives_way = |found: &Match, other: &Match| {
        let about_same = found.recipients.is_empty() || same_actors(&found.recipients, &other.recipients);
        let spoken_of = is_below(reading, found.trigger, other.trigger) && is_content(reading, found.trigger, other.trigger, None);
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

/// The most exact rule wins, then the one that found more parties, then the first by name; but of two rules for one thing
/// done together, one that found with whom wins over one that did not.
fn best_of_each_trigger<'m>(matches: &[&'m Match], lexicon: &Lexicon) -> Vec<&'m Match> {
    let rank = |found: &Match| (found.conditions, found.actors.len().min(1) + found.recipients.len().min(1));
    let is_better = |found: &Match, other: &Match| {
        let [mine, theirs] = [found, other].map(|found| &lexicon.rules[found.rule]);
        let is_alike = mine.event == theirs.event && mine.symmetric && theirs.symmetric;
        match (is_alike && names_more(found, other), is_alike && names_more(other, found)) {
            (true, _) => true,
            (_, true) => false,
            _ => rank(found) > rank(other),
        }
    };
    let mut best: Vec<&Match> = Vec::new();
    for found in matches {
        match best.iter_mut().find(|other| other.trigger == found.trigger) {
            Some(other) if is_better(found, other) => *other = found,
            Some(_) => {}
            None => best.push(found),
        }
    }
    best
}

/// Whether a match found two parties, and another only one of them.
fn names_more(found: &Match, other: &Match) -> bool {
    let parties = |found: &Match| -> Vec<u32> { found.actors.iter().chain(&found.recipients).map(|party| party.actor).collect() };
    let (more, fewer) = (parties(found), parties(other));
    fewer.len() == 1 && more.len() > 1 && more.contains(&fewer[0])
}

/// "discussed how to deepen their ties", "reviewed ways of encouraging Mali": what is only spoken of is not said, done or agreed.
fn is_discussed(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let kind = lexicon.rules[found.rule].event;
    let is_word =
        matches!(kind, Some(EventType::Support | EventType::Agree | EventType::Request | EventType::Cooperate | EventType::Retreat));
    let is_verbal = found.trigger == found.carrier && !reading.node(found.trigger).xpos.is_finite_verb();
    let discusses = |verb: &usize| lexicon.classes.discussing.contains(reading.lemma(*verb));
    let mut above = reading.verbs_above(found.carrier).into_iter().filter(discusses);
    is_word && is_verbal && above.any(|verb| is_content(reading, found.carrier, verb, None))
}

/// "took steps to support", "met to honour": words of praise or blame that somebody means to say have not been said.
fn is_mere_purpose(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let kind = lexicon.rules[found.rule].event;
    let spoken = matches!(kind, Some(EventType::Support | EventType::Accuse | EventType::Cooperate));
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
    // "prompting Mali to condemn": what one is brought to do is done.
    let causes = |head: usize| classes.causatives.contains(reading.lemma(head)) && !reading.is_infinitive(head);
    let is_caused = || reading.head(verb).is_some_and(causes);
    let is_done = is_deed_of_a_row(reading, lexicon, verb) || is_said_at_meeting(reading, lexicon, verb) || is_caused();
    ((spoken && purpose) || is_chance) && reading.is_infinitive(verb) && !is_done
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

/// "will see the king in Oslo for the NATO summit": the meeting of an organisation is where two others meet.
fn is_scene_of(reading: &Reading, lexicon: &Lexicon, found: &Match, meeting: &Match) -> bool {
    let is_alone = found.recipients.is_empty() && found.actors.len() == 1;
    let is_noun = found.trigger != meeting.trigger && reading.node(found.trigger).upos == Upos::Noun;
    let is_of_two = meeting.actors.len() + meeting.recipients.len() > 1;
    let is_by_others = || meeting.actors.iter().chain(&meeting.recipients).all(|party| party.actor != found.actors[0].actor);
    let is_place = || reading.head(found.trigger) == Some(meeting.carrier) && reading.relation(found.trigger) == Relation::Obl;
    let consults = |found: &Match| lexicon.rules[found.rule].event == Some(EventType::Consult);
    is_alone && is_noun && is_of_two && consults(found) && consults(meeting) && is_by_others() && is_place()
}

/// "expelled the envoy after it had cut ties": two acts, one after the other.
fn are_in_sequence(reading: &Reading, a: &Match, b: &Match) -> bool {
    let is_verb = |found: &Match| found.trigger == found.carrier && reading.node(found.trigger).upos == Upos::Verb;
    let follows = |low: &Match, high: &Match| {
        let mut marks = reading.dependents(low.trigger, &[Relation::Mark]);
        let is_after = marks.any(|mark| matches!(&*lower(reading.form(mark)), "after" | "before" | "as" | "while"));
        let has_subject = reading.dependents(low.trigger, &[Relation::Nsubj, Relation::NsubjPass]).next().is_some();
        is_after && has_subject && is_below(reading, low.trigger, high.trigger)
    };
    is_verb(a) && is_verb(b) && reading.lemma(a.trigger) != reading.lemma(b.trigger) && (follows(a, b) || follows(b, a))
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
