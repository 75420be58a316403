//! Proper names that no gazetteer knows: people, companies and ships as they stand in a text.

use std::ops::Range;

use super::super::{EntityKind, parties::Resolver};
use crate::{lexicon::WordSet, syntax::Upos, text::lower};

/// Small words within a name: "Alexandre de Moraes", "Bank of Dandong" has its own way.
const PARTICLES: [&str; 16] = ["de", "da", "dos", "del", "della", "di", "al", "el", "bin", "ibn", "bint", "van", "von", "der", "ben", "-"];

/// The unknown names among some tokens of a sentence, left to right, each with what it names.
pub(super) fn unknown_names(resolver: &Resolver, within: &[bool]) -> Vec<(Range<usize>, EntityKind)> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < within.len() {
        let run = run(resolver, within, at);
        if run.is_empty() {
            at += 1;
            continue;
        }
        at = run.end;
        names.extend(name(resolver, &run));
    }
    names
}

/// The capitalised words that begin at a token and belong to no name that is known.
fn run(resolver: &Resolver, within: &[bool], start: usize) -> Range<usize> {
    let reading = resolver.reading;
    let is_part = |node: usize| {
        let known = reading.mention_at(node).is_some() || reading.entity_at(node).is_some();
        let first = node == 0 && reading.node(node).upos != Upos::Propn;
        let noun = matches!(reading.node(node).upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::X);
        within[node] && !known && !first && noun && is_capitalised(reading.form(node)) && !is_calendar(resolver, node)
    };
    let mut end = start;
    while end < within.len() && is_part(end) {
        end += 1;
        let particle = |node: &usize| PARTICLES.contains(&&*lower(reading.form(*node)));
        let bridge = (end..within.len().min(end + 3)).take_while(particle).count();
        if bridge > 0 && end + bridge < within.len() && is_part(end + bridge) {
            end += bridge;
        }
    }
    start..end
}

/// A run without the titles before it: "Supreme Court Justice Alexandre de Moraes" is a person's name behind an office.
fn name(resolver: &Resolver, run: &Range<usize>) -> Option<(Range<usize>, EntityKind)> {
    let (reading, classes) = (resolver.reading, &resolver.lexicon.classes);
    let word = |node: usize| reading.form(node).to_lowercase();
    let is_in = |set: &WordSet, node: usize| set.contains(&word(node)) || set.contains(reading.lemma(node));
    let is_title = |node: usize| is_in(&classes.offices, node) || classes.titles.contains(word(node).trim_end_matches('.'));
    let is_body = |node: usize| classes.organisation_words.contains(word(node).trim_end_matches('.'));
    let titled = run.clone().rev().find(|node| is_title(*node)).map_or(run.start, |title| title + 1);
    let mut rest = titled..run.end;
    if rest.clone().any(is_body) {
        return Some((with_seat(resolver, &rest), EntityKind::Organisation));
    }
    // "Parliament Jane Roe", behind the office of its speaker.
    if !rest.is_empty() && is_in(&classes.institutions, rest.start) {
        rest.start += 1;
    }
    // "the Soto Summit", "Member States".
    let is_common = |node: usize| [&classes.violence, &classes.occasions, &classes.anaphors].iter().any(|set| is_in(set, node));
    let behind_title = rest.start > run.start || (run.start > 0 && is_person_word(resolver, run.start - 1));
    if rest.is_empty() || (is_common(rest.end - 1) && !(behind_title && rest.len() > 1)) {
        return None;
    }
    if introduces_ship(resolver, rest.start) {
        return Some((with_number(resolver, rest), EntityKind::Vessel));
    }
    let acronym = reading.form(rest.start).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let person = behind_title || (rest.len() > 1 && !acronym);
    Some((rest, if person { EntityKind::Person } else { EntityKind::Organisation }))
}

/// "Development Bank of Ruritania": the seat belongs to the name of the body.
fn with_seat(resolver: &Resolver, body: &Range<usize>) -> Range<usize> {
    let reading = resolver.reading;
    let seat = (body.end + 1 < reading.len() && reading.form(body.end) == "of").then(|| body.end + 1);
    let mention = seat.and_then(|seat| reading.mention_at(seat).filter(|mention| mention.tokens.start == seat));
    mention.map_or_else(|| body.clone(), |mention| body.start..mention.tokens.end)
}

/// A ship's name with its number: "Grace 1".
fn with_number(resolver: &Resolver, name: Range<usize>) -> Range<usize> {
    let reading = resolver.reading;
    let is_digits = name.end < reading.len() && reading.form(name.end).bytes().all(|byte| byte.is_ascii_digit());
    // "seized the tanker Grace 4 days after": it counts what follows.
    let is_number = is_digits && reading.head(name.end).is_none_or(|head| head < name.end);
    name.start..name.end + usize::from(is_number)
}

fn introduces_ship(resolver: &Resolver, start: usize) -> bool {
    start > 0 && resolver.lexicon.classes.ships.contains(resolver.reading.lemma(start - 1))
}

fn is_person_word(resolver: &Resolver, node: usize) -> bool {
    let classes = &resolver.lexicon.classes;
    let lemma = resolver.reading.lemma(node);
    classes.offices.contains(lemma) || classes.private_people.contains(lemma)
}

fn is_calendar(resolver: &Resolver, node: usize) -> bool {
    resolver.lexicon.classes.days.contains(&lower(resolver.reading.form(node)))
        || resolver.lexicon.classes.months.contains(&lower(resolver.reading.form(node)))
}

fn is_capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}
