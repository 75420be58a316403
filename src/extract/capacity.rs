//! In which capacity a party acts: the office of a person that the lexicon does not know, and the PLOVER sector.

use std::ops::Range;

use super::{contexts::told_at, parties::Resolver};
use crate::{
    lexicon::{Naming, PartyKind, Phrase, Sector},
    syntax::{Relation, Upos},
};

/// How a name hangs on the noun that it belongs to: "*Russian* troops", "*Japan*'s parliament".
const MODIFIERS: &[Relation] =
    &[Relation::Amod, Relation::Compound, Relation::NmodPoss, Relation::NmodUnmarked, Relation::NmodDesc, Relation::Flat, Relation::Appos];
const CLIMB: usize = 3;

/// The office that the text gives a party, in lower case: "foreign minister" of "Japanese Foreign Minister Taro Kono".
pub(super) fn role(resolver: &Resolver, tokens: &Range<usize>) -> Option<String> {
    // The words of a body's name are no office: "Department of Justice".
    if resolver.reading.mention_at(tokens.start).is_some_and(|mention| mention.naming == Naming::Organ) {
        return None;
    }
    let nodes = phrase(resolver, tokens);
    let offices = &resolver.lexicon.classes.offices;
    let mut best: Option<String> = None;
    for &last in &nodes {
        let mut words = String::new();
        for node in (last.saturating_sub(2)..=last).rev().take_while(|node| nodes.contains(node)) {
            let form = resolver.reading.form(node).to_lowercase();
            words = if words.is_empty() { form } else { format!("{form} {words}") };
            if offices.contains(&words) && best.as_ref().is_none_or(|best| best.len() < words.len()) {
                best = Some(words.clone());
            }
        }
    }
    best
}

/// The sector by the words of the party's phrase and the person's office; otherwise that of its kind.
pub(super) fn sector(resolver: &Resolver, tokens: &Range<usize>, kind: PartyKind, role: Option<&str>) -> Option<Sector> {
    let nodes = phrase(resolver, tokens);
    let told = nodes.iter().flat_map(|node| told_at(resolver.reading, &resolver.lexicon.sectors, *node)).min();
    let held = || role.and_then(|role| of_role(resolver, role));
    match kind {
        PartyKind::Organisation => Some(Sector::Igo),
        PartyKind::State => told.or_else(held).or(Some(Sector::Gov)),
        PartyKind::Group => told,
    }
}

/// The sector of an office, by the phrases in it.
fn of_role(resolver: &Resolver, role: &str) -> Option<Sector> {
    let words: Vec<&str> = role.split(' ').collect();
    let ends = |at: usize, phrase: &Phrase| words[..=at].ends_with(&phrase.words().iter().map(|word| &*word.text).collect::<Vec<_>>());
    let told = words.iter().enumerate().flat_map(|(at, word)| {
        let phrases = resolver.lexicon.sectors.ending_with(word).iter();
        phrases.filter(move |(phrase, _)| ends(at, phrase)).map(|(_, sector)| *sector)
    });
    told.min()
}

/// The noun phrase that a name is part of, in order: up to the noun that it modifies, and what belongs to that.
fn phrase(resolver: &Resolver, tokens: &Range<usize>) -> Vec<usize> {
    let reading = resolver.reading;
    let mut head = tokens.clone().find(|node| reading.head(*node).is_none_or(|head| !tokens.contains(&head))).unwrap_or(tokens.start);
    for _ in 0..CLIMB {
        let Some(up) = reading.head(head) else { break };
        let modifies = MODIFIERS.contains(&reading.relation(head));
        let of_body = reading.relation(head) == Relation::Nmod
            && resolver.is_institution(up)
            && matches!(reading.preposition(head).as_deref(), Some("of" | "for" | "from"));
        let is_noun = matches!(reading.node(up).upos, Upos::Noun | Upos::Propn);
        if !is_noun || !(modifies || of_body) {
            break;
        }
        head = up;
    }
    let mut nodes = resolver.base(head).to_vec();
    nodes.extend(tokens.clone().filter(|node| reading.head(*node).is_some()));
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}
