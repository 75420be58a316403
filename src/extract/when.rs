//! When an event happened, by the date expressions of its clause.

use jiff::{ToSpan, civil::Date};

use super::{
    DateValue, EventDate,
    dates::{DateMention, Direction, Role, resolve},
    frames::Match,
    reading::Reading,
    status::is_awaited_meeting,
};
use crate::{
    lexicon::{EventType, Lexicon, Naming, Status, TriggerEntry, TriggerKind},
    syntax::{Relation, Upos, Xpos},
    text::lower,
};

/// The date of an event: of the expressions in its sentence the one nearest to the trigger in the tree, if it belongs to its clause.
pub(super) fn date_of(reading: &Reading, lexicon: &Lexicon, found: &Match, status: Status, published: Option<Date>) -> Option<EventDate> {
    let mut dates = reading.dates().to_vec();
    if status == Status::Future {
        // "will load fuel from August 21": that is when it begins.
        dates.iter_mut().filter(|date| date.role == Role::Since).for_each(|date| date.role = Role::At);
    }
    let distance = |date: &&DateMention| distance(reading, lexicon, found, date);
    let date = dates.iter().filter(|date| distance(date).is_some()).min_by_key(distance)?;
    let direction = match status {
        Status::Future => Direction::Future,
        _ => Direction::Past,
    };
    let value = resolve(date, published, date.implied_direction().unwrap_or(direction))?;
    // "apologises for the raid on 13 April 1919": the day is that of the raid.
    let is_recent = !is_long_past(value, published);
    let is_exact = matches!(value, DateValue::Day(_) | DateValue::Interval(..)) && date.role == Role::At && is_recent;
    let is_own = (is_exact || !is_of_reason(reading, lexicon, found, date)) && !is_of_feast(reading, lexicon, found, date);
    is_own.then_some(EventDate { value, span: date.span })
}

/// "congratulates Togo on its National Day on April 27": the day of what is celebrated is not that on which somebody says so.
fn is_of_feast(reading: &Reading, lexicon: &Lexicon, found: &Match, date: &DateMention) -> bool {
    let between = found.trigger + 1..date.tokens.start - reading.sentence.tokens.start;
    let is_feast =
        |node: usize| lexicon.classes.feasts.contains(reading.lemma(node)) && (reading.form(node) == "Day" || reading.lemma(node) != "day");
    lexicon.rules[found.rule].event == Some(EventType::Support) && between.into_iter().any(is_feast)
}

/// "blamed Peru for the raid in May": a month or year behind "for" or "over" is when that happened for which somebody is blamed or punished.
fn is_of_reason(reading: &Reading, lexicon: &Lexicon, found: &Match, date: &DateMention) -> bool {
    let reacts = matches!(lexicon.rules[found.rule].event, Some(EventType::Accuse | EventType::Sanction | EventType::Support));
    let between = (found.trigger + 1..date.tokens.start - reading.sentence.tokens.start).rev();
    let mut before = between.take_while(|node| reading.form(*node) != ",").map(|node| lower(reading.form(node)));
    // "over an explosion in 2014", but "over a decade ago".
    let nearest = before.clone().position(|form| matches!(&*form, "over" | "with" | "of" | "by" | "for" | "about"));
    let of_quarrel = nearest.is_some_and(|steps| steps > 0 && before.clone().nth(steps).is_some_and(|form| form == "over"));
    // "congratulates Togo on its election in May".
    let of_merit = lexicon.rules[found.rule].event == Some(EventType::Support) && before.clone().skip(1).any(|form| form == "on");
    let reason = of_merit || before.any(|form| form == "for") || of_quarrel;
    reacts && reason
}

/// The verbs whose day is that of the event too: "flew to Sochi on Monday to sign", "won their release by agreeing to pay".
fn governors(reading: &Reading, found: &Match) -> Vec<usize> {
    let mut governors = Vec::new();
    let mut node = found.carrier;
    while let Some(head) = reading.head(node) {
        let own_subject = reading.dependents(node, &[Relation::Nsubj, Relation::NsubjPass]).next().is_some();
        let joined = matches!(reading.relation(node), Relation::Advcl | Relation::Xcomp) && reading.node(head).upos == Upos::Verb;
        if own_subject || !joined || governors.len() > 2 || !(reading.is_infinitive(node) || reading.node(node).xpos == Xpos::Vbg) {
            break;
        }
        governors.push(head);
        node = head;
    }
    governors
}

/// "expelled one diplomat on Monday": a person or thing that is no event has no day, which is then that of the verb.
fn takes_no_day(reading: &Reading, lexicon: &Lexicon, first: usize, top: usize, object: usize) -> bool {
    let on_a_day = first > object && reading.form(first - 1).eq_ignore_ascii_case("on");
    let hangs_from_it = reading.head(top) == Some(object) && reading.relation(object) == Relation::Obj;
    let frame = |entry: &TriggerEntry| &lexicon.rules[entry.rule as usize].frames[usize::from(entry.frame)];
    let is_event = || lexicon.triggers(reading.keys()[object].lemma).iter().any(|entry| frame(entry).trigger == TriggerKind::Noun);
    // "hosts a summit on April 1": what is held is what the verb tells.
    let is_held = || reading.head(object).is_some_and(|verb| lexicon.classes.light_verbs.contains(reading.lemma(verb)));
    on_a_day && hangs_from_it && (!is_event() || is_held())
}

/// "meet for the first time since a summit last year": what stands behind "since" is dated, not the event; what "has been imposed
/// since the 2003 dispute" is.
fn is_since(reading: &Reading, found: &Match, date: usize) -> bool {
    if reading.dependents(found.carrier, &[Relation::Aux]).any(|word| reading.lemma(word) == "have") {
        return false;
    }
    let mut before = (found.trigger + 1..date).rev().map(|node| reading.form(node)).take_while(|form| *form != ",");
    before.any(|form| form.eq_ignore_ascii_case("since"))
}

/// "the March 24 talks": the day of a noun is that of what the noun tells, not of what is done about it, unless it is done "after" it.
fn describes(reading: &Reading, date: usize, trigger: usize) -> bool {
    let mut node = date;
    while let Some(head) = reading.head(node).filter(|_| node != trigger) {
        let is_when = || matches!(reading.preposition(node).as_deref(), Some("after" | "following" | "since" | "during"));
        if reading.node(node).upos == Upos::Noun && node != date && !is_when() {
            return false;
        }
        node = head;
    }
    node == trigger
}

/// How far a date hangs from the trigger or its verb; `None` when it belongs to another clause, or is no event's own date.
fn distance(reading: &Reading, lexicon: &Lexicon, found: &Match, date: &DateMention) -> Option<usize> {
    let first = date.tokens.start - reading.sentence.tokens.start;
    let end = date.tokens.end - reading.sentence.tokens.start;
    let top = (first..end).find(|node| reading.head(*node).is_none_or(|head| head < first || head >= end))?;
    match date.role {
        Role::At => {}
        Role::Attribute if describes(reading, top, found.trigger) => {}
        _ => return None,
    }
    if is_since(reading, found, first) {
        return None;
    }
    let governors = governors(reading, found);
    let mut node = top;
    for steps in 0..8 {
        if node == found.trigger {
            return Some(steps);
        }
        if node == found.carrier {
            // "met on Monday ahead of a summit": the day is not that of the summit.
            return Some(steps + 1).filter(|_| !is_awaited_meeting(reading, lexicon, found));
        }
        if node != top && governors.contains(&node) {
            return Some(steps + 2);
        }
        // A date inside the object or another phrase is that of the thing: "an account of the 1989 protests".
        let of_a_thing = matches!(reading.relation(node), Relation::Obj | Relation::Nsubj | Relation::Nmod)
            && node != top
            && node != found.trigger
            && !takes_no_day(reading, lexicon, first, top, node);
        // "to Suva, Fiji, on July 13": a place has no day of its own.
        let is_place = reading.mention_at(node).is_some_and(|mention| mention.naming <= Naming::City);
        if is_place && matches!(reading.relation(node), Relation::Nmod | Relation::Appos | Relation::Conj | Relation::NmodUnmarked) {
            node = reading.head(node)?;
            continue;
        }
        // "agreed to meet again in May": that is when they will meet.
        let of_content = lexicon.rules[found.rule].absorbs && reading.relation(node) == Relation::Xcomp && reading.is_infinitive(node);
        let crosses = of_a_thing
            || of_content
            || matches!(
                reading.relation(node),
                Relation::Advcl
                    | Relation::AclRelcl
                    | Relation::Parataxis
                    | Relation::Ccomp
                    | Relation::AdvclRelcl
                    | Relation::Conj
                    | Relation::Acl
            );
        if crosses {
            return None;
        }
        node = reading.head(node)?;
    }
    None
}

/// Mends a status by the date that the text gives.
pub(super) fn with_date(status: Status, date: Option<DateValue>, published: Option<Date>) -> Status {
    let (Some(value), Some(published)) = (date, published) else { return status };
    match status {
        Status::Actual if bounds(value).0 > published => Status::Future,
        Status::Actual | Status::Future if is_long_past(value, Some(published)) => Status::Historical,
        _ => status,
    }
}

/// Over about a month before the article (codebook, section 4).
fn is_long_past(value: DateValue, published: Option<Date>) -> bool {
    published.is_some_and(|published| bounds(value).1 < published.saturating_sub(31.days()))
}

/// The first and the last day of a date.
pub(super) fn bounds(value: DateValue) -> (Date, Date) {
    let month = |year, month| Date::new(year, month, 1).unwrap_or(Date::MIN);
    match value {
        DateValue::Year(year) => (month(year, 1), month(year, 12).last_of_month()),
        DateValue::Month(year, number) => (month(year, number), month(year, number).last_of_month()),
        DateValue::Day(day) => (day, day),
        DateValue::Interval(first, last) => (first, last),
    }
}
