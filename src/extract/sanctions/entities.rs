//! Whom a mention lists: the companies, people, ships, bodies and sectors in the phrase that the sanctions are about.

use std::ops::Range;

use super::{
    super::{
        Entity, EntityKind, Party,
        assemble::in_clause,
        frames::Match,
        mentions::ActorMention,
        parties::{Found, Resolver},
    },
    grounds::Grounds,
    names::unknown_names,
};
use crate::{
    lexicon::{Naming, PartyKind},
    syntax::{Relation, Upos},
};

/// What leads from a name up to the head of its noun phrase.
const UPWARD: [Relation; 10] = [
    Relation::Amod,
    Relation::Compound,
    Relation::NmodPoss,
    Relation::NmodDesc,
    Relation::NmodUnmarked,
    Relation::Flat,
    Relation::Nummod,
    Relation::Det,
    Relation::Conj,
    Relation::Appos,
];
/// Prepositions behind which a phrase goes on: "leaders *of* the militia", "firms *including* the bank".
const INWARD: [&str; 8] = ["of", "including", "such as", "like", "among", "in", "from", "as well as"];
/// Clauses say other things of what is listed: "companies *that deal with* the bank".
const CLAUSES: [Relation; 6] =
    [Relation::AclRelcl, Relation::Acl, Relation::Advcl, Relation::AdvclRelcl, Relation::Parataxis, Relation::Ccomp];

/// The entities, in the order of the text.
pub(super) fn listed(found: &Match, targets: &[Party], resolver: &Resolver, grounds: &Grounds) -> Vec<Entity> {
    let mut within = listed_phrase(found, resolver);
    grounds.without_acts(&mut within);
    let mut entities: Vec<(Range<usize>, EntityKind)> = unknown_names(resolver, &within);
    entities.extend(known_names(found, targets, resolver, &within));
    entities.extend(bodies_and_sectors(resolver, &within));
    entities.sort_by_key(|(tokens, _)| (tokens.start, std::cmp::Reverse(tokens.end)));
    let mut kept: Vec<(Range<usize>, EntityKind)> = Vec::new();
    for (tokens, kind) in entities {
        if kept.last().is_none_or(|(last, _)| last.end <= tokens.start) {
            kept.push((tokens, kind));
        }
    }
    kept.into_iter().map(|(tokens, kind)| Entity { kind, span: resolver.reading.span_of(&tokens) }).collect()
}

/// For each token whether it stands in the phrase of what is sanctioned.
fn listed_phrase(found: &Match, resolver: &Resolver) -> Vec<bool> {
    let reading = resolver.reading;
    let mut within = vec![false; reading.len()];
    for party in &found.recipients {
        mark_below(resolver, phrase_head(party, found, resolver), &mut within);
    }
    // "sanctions 14 firms, including the bank": the list often hangs on the verb.
    for node in [found.trigger, found.carrier] {
        for head in ["including", "such as", "among"].iter().flat_map(|preposition| reading.phrases(node, preposition)) {
            mark_below(resolver, head, &mut within);
        }
    }
    for node in (0..reading.len()).filter(|node| reading.form(*node).eq_ignore_ascii_case("including")) {
        let inside = reading.head(node).is_some_and(|head| within[head] || head == found.trigger || head == found.carrier);
        for object in reading.dependents(node, &[Relation::Obj]).filter(|_| inside) {
            mark_below(resolver, object, &mut within);
        }
    }
    with_names_behind(resolver, &mut within);
    within
}

/// "Syrian businessman Karim Testani": a name right behind the noun belongs to it, whatever it hangs on.
fn with_names_behind(resolver: &Resolver, within: &mut [bool]) {
    let reading = resolver.reading;
    for node in 1..within.len() {
        let behind_noun = within[node - 1] && matches!(reading.node(node - 1).upos, Upos::Noun | Upos::Propn);
        within[node] |= behind_noun && reading.node(node).upos == Upos::Propn && reading.mention_at(node).is_none();
    }
}

/// The head of the noun phrase that a party stands in, below what tells the sanction.
fn phrase_head(party: &Found, found: &Match, resolver: &Resolver) -> usize {
    let reading = resolver.reading;
    let mut at = party.tokens.end - 1;
    for _ in 0..reading.len() {
        let Some(head) = reading.head(at) else { break };
        let inner = UPWARD.contains(&reading.relation(at))
            || (matches!(reading.relation(at), Relation::Nmod)
                && reading.preposition(at).is_some_and(|word| INWARD.contains(&word.as_str())));
        let nominal = matches!(reading.node(head).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj);
        if !inner || !nominal || head == found.trigger || head == found.carrier {
            break;
        }
        at = head;
    }
    at
}

fn mark_below(resolver: &Resolver, node: usize, within: &mut [bool]) {
    if std::mem::replace(&mut within[node], true) {
        return;
    }
    let reading = resolver.reading;
    for &child in reading.children(node) {
        let relation = reading.relation(child);
        let outside = CLAUSES.contains(&relation)
            || (matches!(relation, Relation::Nmod | Relation::Obl)
                && reading.preposition(child).is_some_and(|word| !INWARD.contains(&word.as_str())));
        let verb = relation == Relation::Conj && reading.node(child).upos == Upos::Verb;
        if !outside && !verb {
            mark_below(resolver, child, within);
        }
    }
}

/// Names of the lexicon: in the phrase, or anywhere in the clause if they belong to a target.
fn known_names(found: &Match, targets: &[Party], resolver: &Resolver, within: &[bool]) -> Vec<(Range<usize>, EntityKind)> {
    let (reading, lexicon) = (resolver.reading, resolver.lexicon);
    let is_target = |actor: u32| targets.iter().any(|target| target.code == lexicon.actors[actor as usize].code);
    let acts = |mention: &ActorMention| found.actors.iter().any(|actor| actor.tokens == mention.tokens);
    let listed = |mention: &&ActorMention| {
        let last = mention.tokens.end - 1;
        let inside = mention.tokens.clone().any(|node| within[node]);
        (inside || (is_target(mention.actor) && mention.is_entity() && in_clause(reading, last, found))) && !acts(mention)
    };
    let kind = |mention: &ActorMention| {
        let actor = &lexicon.actors[mention.actor as usize];
        match mention.naming {
            Naming::Entity(entity) => actor.entities.get(usize::from(entity)).map(|entity| entity.kind),
            Naming::Person(_) => Some(EntityKind::Person),
            Naming::Organ => Some(EntityKind::Organisation),
            Naming::Name if actor.kind == PartyKind::Group => Some(EntityKind::Organisation),
            _ => None,
        }
    };
    let all = reading.entities.iter().chain(&reading.mentions);
    all.filter(listed).filter_map(|mention| Some((mention.tokens.clone(), kind(mention)?))).collect()
}

/// "the Ruritanian military", "the energy sector".
fn bodies_and_sectors(resolver: &Resolver, within: &[bool]) -> Vec<(Range<usize>, EntityKind)> {
    let (reading, classes) = (resolver.reading, &resolver.lexicon.classes);
    let mut found = Vec::new();
    for node in (0..reading.len()).filter(|node| within[*node]) {
        let lemma = reading.lemma(node);
        let start = phrase_start(resolver, node);
        if classes.sectors.contains(lemma) && start < node {
            found.push((start..node + 1, EntityKind::Sector));
        } else if classes.listed_bodies.contains(lemma) {
            let owner = (start > 0).then(|| start - 1).and_then(|before| reading.mention_at(before));
            found.extend(owner.map(|owner| (owner.tokens.start..node + 1, EntityKind::Organisation)));
        }
    }
    found
}

/// Where the describing words right before a noun begin, names of polities left out.
fn phrase_start(resolver: &Resolver, node: usize) -> usize {
    let reading = resolver.reading;
    let describes = |before: usize| {
        let joins = matches!(reading.form(before), "and" | "-" | ",")
            && before > 0
            && matches!(reading.node(before - 1).upos, Upos::Noun | Upos::Adj);
        let word = matches!(reading.node(before).upos, Upos::Noun | Upos::Adj | Upos::Propn) && reading.mention_at(before).is_none();
        word || joins
    };
    let mut start = node;
    while start > 0 && describes(start - 1) {
        start -= 1;
    }
    start
}
