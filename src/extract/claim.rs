//! Who says that an event happened, where the text reports it as somebody's words: "Seoul says that …", "…, according to the
//! Kremlin", "… , Freeland said".

use std::ops::Range;

use super::{
    Party, SourceOfClaim,
    frames::Match,
    parties::{Found, Resolver, Strictness},
    status::is_act_of_speech,
};
use crate::{
    lexicon::{EventType, Naming},
    syntax::{Relation, Upos},
    text::{Span, lower},
};

/// Higher nesting than this is not climbed.
const CLIMB: usize = 8;
const SUBJECT: &[Relation] = &[Relation::Nsubj];
/// What stands before its noun in a phrase.
const BEFORE_NOUN: &[Relation] =
    &[Relation::Det, Relation::Amod, Relation::Compound, Relation::NmodPoss, Relation::Nummod, Relation::NmodUnmarked, Relation::NmodDesc];

/// The speaker; none where the text asserts the event itself, or where a party only does by words what the event is ("Iran said
/// that it rejects the offer").
pub(super) fn source_of_claim(resolver: &Resolver, found: &Match, kind: EventType, actors: &[Party]) -> Option<SourceOfClaim> {
    let speaker = speaker(resolver, found).or_else(|| attributed(resolver, found))?;
    let code = resolver.parties(&[speaker], Strictness::Acting).first().map(|party| code(resolver, party));
    let own_words = is_done_by_words(kind) && actors.iter().any(|actor| Some(&actor.code) == code.as_ref());
    (!own_words).then(|| SourceOfClaim { code, span: span(resolver, speaker) })
}

/// Types that one does by saying so.
fn is_done_by_words(kind: EventType) -> bool {
    is_act_of_speech(kind) || matches!(kind, EventType::Agree | EventType::Support | EventType::Concede)
}

fn code(resolver: &Resolver, found: &Found) -> String {
    resolver.lexicon.actors[found.actor as usize].code.clone()
}

/// The noun or pronoun for the one whose words the event stands in; the nearest where words are reported within words.
fn speaker(resolver: &Resolver, found: &Match) -> Option<usize> {
    let reading = resolver.reading;
    let mut node = found.carrier;
    for _ in 0..CLIMB {
        if let Some(speaker) = beside(resolver, node) {
            return Some(speaker);
        }
        let head = reading.head(node)?;
        let reported = matches!(reading.relation(node), Relation::Ccomp | Relation::Parataxis);
        if reported && is_reporting(resolver, head) {
            // A verb of saying that is the trigger tells the event itself: "warned that it would strike".
            return speaker_of(resolver, head, node).filter(|_| head != found.trigger && head != found.carrier);
        }
        // What a clause adds to somebody's words ("…, after Spain had recognised it") is mostly the writer's.
        if matches!(reading.relation(node), Relation::Advcl | Relation::AdvclRelcl | Relation::Acl | Relation::AclRelcl) {
            return None;
        }
        node = head;
    }
    None
}

/// "according to the Kremlin", anywhere in the sentence; what stands in that phrase itself is not attributed by it.
fn attributed(resolver: &Resolver, found: &Match) -> Option<usize> {
    let reading = resolver.reading;
    let attributions = &resolver.lexicon.classes.attributions;
    let mut phrases = (0..reading.len()).flat_map(|at| attributions.iter().map(move |words| (at, words)));
    phrases.find_map(|(at, words)| {
        let end = at + words.split(' ').count();
        let here = end < reading.len() && words.split(' ').zip(at..).all(|(word, node)| reading.form(node).eq_ignore_ascii_case(word));
        let speaker = here.then(|| noun_from(resolver, end))?;
        (!(at..=speaker).contains(&found.trigger)).then_some(speaker)
    })
}

/// The noun of the phrase that begins at a node.
fn noun_from(resolver: &Resolver, first: usize) -> usize {
    let reading = resolver.reading;
    let mut node = first;
    while let Some(head) = reading.head(node).filter(|head| *head > node && BEFORE_NOUN.contains(&reading.relation(node))) {
        node = head;
    }
    node
}

/// A clause of saying set off by commas beside what is said: "…, Freeland said", "the envoy, she added, …". The parser may take it
/// for the content of the event's verb.
fn beside(resolver: &Resolver, node: usize) -> Option<usize> {
    let content = if is_reporting(resolver, node) { &[][..] } else { &[Relation::Ccomp] };
    let clauses = [&[Relation::Parataxis, Relation::Advcl], content].concat();
    let mut clauses = resolver.reading.dependents(node, &clauses);
    clauses.find_map(|clause| {
        let has_words_of_its_own = resolver.reading.dependents(clause, &[Relation::Ccomp, Relation::Xcomp]).next().is_some();
        let marked = resolver.reading.dependents(clause, &[Relation::Mark, Relation::Advmod, Relation::Obj]).next().is_some();
        if clause > node && !has_words_of_its_own && !marked && is_reporting(resolver, clause) {
            speaker_of(resolver, clause, node)
        } else {
            None
        }
    })
}

fn is_reporting(resolver: &Resolver, verb: usize) -> bool {
    resolver.reading.node(verb).upos == Upos::Verb && resolver.lexicon.classes.reporting.contains(resolver.reading.lemma(verb))
}

/// The subject of a verb of saying; behind the verb where that follows what is said: "…, said Joaquim Chissano".
fn speaker_of(resolver: &Resolver, verb: usize, said: usize) -> Option<usize> {
    let reading = resolver.reading;
    let inverted = || reading.dependents(verb, &[Relation::Obj]).find(|object| said < verb && *object > verb);
    let speaker = reading.dependents(verb, SUBJECT).next().or_else(inverted).or_else(|| noun_before(resolver, verb, said))?;
    let is_someone = matches!(reading.node(speaker).upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let named = reading.mention_at(speaker).is_some();
    (is_someone || named).then_some(speaker)
}

/// The noun right before a verb of saying that follows what is said and a comma: parsers often hang it there instead.
fn noun_before(resolver: &Resolver, verb: usize, said: usize) -> Option<usize> {
    let reading = resolver.reading;
    let noun = verb.checked_sub(1).filter(|noun| *noun > said)?;
    let set_off = (said..noun).rev().take_while(|node| reading.node(*node).upos != Upos::Verb).any(|node| reading.form(node) == ",");
    set_off.then_some(noun)
}

/// A name as it stands, without office and polity; otherwise the noun with what stands before it: "U.N. official".
fn span(resolver: &Resolver, speaker: usize) -> Span {
    let reading = resolver.reading;
    let is_name = |node: usize| reading.node(node).upos == Upos::Propn && !is_office(resolver, node);
    let named = reading.dependents(speaker, &[Relation::Appos, Relation::Flat]).find(|name| is_office(resolver, speaker) && is_name(*name));
    let speaker = named.unwrap_or(speaker);
    if let Some(mention) = reading.mention_at(speaker) {
        return reading.span_of(&mention.tokens);
    }
    let is_adjective = |node: usize| reading.mention_at(node).is_some_and(|mention| mention.naming == Naming::Adjective);
    let belongs = |node: usize| match reading.relation(node) {
        _ if is_name(speaker) => is_name(node) && !is_adjective(node),
        relation => matches!(relation, Relation::Amod | Relation::Compound),
    };
    let hangs_within = |node: usize, range: &Range<usize>| reading.head(node).is_some_and(|head| range.contains(&head));
    let mut tokens = speaker..speaker + 1;
    while tokens.start > 0 && hangs_within(tokens.start - 1, &tokens) && belongs(tokens.start - 1) {
        tokens.start -= 1;
    }
    while tokens.end < reading.len() && reading.relation(tokens.end) == Relation::Flat && hangs_within(tokens.end, &tokens) {
        tokens.end += 1;
    }
    reading.span_of(&tokens)
}

/// Whether a word is an office or a body, or part of the name of one: "Foreign", "Minister", "Ministry".
fn is_office(resolver: &Resolver, node: usize) -> bool {
    let (form, lemma) = (lower(resolver.reading.form(node)), resolver.reading.lemma(node));
    resolver.lexicon.is_of_office(&form) || resolver.lexicon.is_of_office(lemma)
}
