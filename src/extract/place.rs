//! Where an event happened: "met in Geneva", "talks in the Saudi capital", "the Singapore summit", "at the White House".

use std::ops::Range;

use super::{Place, frames::Match, mentions::ActorMention, parties::Resolver, reading::Reading};
use crate::{
    lexicon::{EventType, Lexicon, Mode, Naming, PartyKind, Sense},
    syntax::{Relation, Upos},
};

/// Prepositions of the phrase that says where.
const LOCATIVES: &[&str] = &["in", "at", "near", "outside", "inside"];
/// Those of an occasion at which something else happens: "at talks in Doha", "during a summit in Lima".
const OCCASIONS: &[&str] = &["at", "in", "during", "on", "after", "following", "for", "of"];
/// Prepositions of a topic: its place is not that of the talks about it.
const TOPICS: &[&str] = &["about", "on", "over", "of", "against", "concerning", "regarding", "despite"];
/// How far a phrase may hang from the event's words.
const CLIMB: usize = 5;
const MODIFIERS: &[Relation] = &[Relation::Compound, Relation::Amod, Relation::NmodPoss, Relation::NmodUnmarked, Relation::NmodDesc];

/// How well a place is told; the best of several is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// "in Geneva".
    ByCity,
    /// "visited Geneva", "the Geneva talks".
    ByRole,
    /// "in Switzerland", "at the White House".
    Otherwise,
}

/// The place that the words of the event's own clause give.
pub(super) fn place_of(resolver: &Resolver, found: &Match, kind: EventType, mode: Option<Mode>) -> Option<Place> {
    let search = Search { resolver, reading: resolver.reading, found, kind, mode, anchors: anchors(resolver.reading, found) };
    let mentions = resolver.reading.mentions.iter();
    let told = mentions.filter_map(|mention| search.told(mention).map(|(told, place)| (told, mention.tokens.start, place)));
    told.min_by_key(|(told, at, _)| (*told, *at)).map(|(_, _, place)| place)
}

struct Search<'a> {
    resolver: &'a Resolver<'a>,
    reading: &'a Reading<'a>,
    found: &'a Match,
    kind: EventType,
    mode: Option<Mode>,
    anchors: Vec<usize>,
}

/// The event's words, and the verb of a gathering whose purpose it is: "flew to Sochi *to sign*".
fn anchors(reading: &Reading, found: &Match) -> Vec<usize> {
    let mut anchors = vec![found.trigger, found.carrier];
    let mut node = found.carrier;
    while let Some(head) = reading.head(node) {
        let has_own_subject = reading.dependents(node, &[Relation::Nsubj, Relation::NsubjPass]).next().is_some();
        let joined = matches!(reading.relation(node), Relation::Advcl | Relation::Xcomp | Relation::Conj) && !has_own_subject;
        if !joined || anchors.len() > CLIMB {
            break;
        }
        anchors.push(head);
        node = head;
    }
    anchors
}

impl Search<'_> {
    fn lexicon(&self) -> &Lexicon {
        self.resolver.lexicon
    }

    fn told(&self, mention: &ActorMention) -> Option<(Told, Place)> {
        let top = self.top(&mention.tokens);
        if let Some((phrase, tokens)) = self.described(mention, top) {
            return self.is_where(phrase, mention).then(|| (Told::ByCity, self.place(&tokens, mention)));
        }
        let town = self.is_town(mention);
        let building = mention.naming == Naming::Organ && matches!(self.kind, EventType::Consult | EventType::Agree);
        if !town && !building && mention.naming != Naming::Name {
            return None;
        }
        let place = || self.place(&mention.tokens, mention);
        if (town || building || self.is_state(mention)) && self.is_where(self.through_description(top), mention) {
            return Some((if town { Told::ByCity } else { Told::Otherwise }, place()));
        }
        let by_role =
            !building && (self.is_visited(mention) || self.stands_before_where(mention) || (town && self.is_venue_of_talks(top, mention)));
        by_role.then(|| (Told::ByRole, place()))
    }

    /// The node of a name on which the others hang.
    fn top(&self, tokens: &Range<usize>) -> usize {
        let outside = |node: &usize| self.reading.head(*node).is_none_or(|head| !tokens.contains(&head));
        tokens.clone().find(outside).unwrap_or(tokens.start)
    }

    /// "the Saudi capital", "the Kazakh town of Kurchatov": a noun for a place, said to be the polity's. The noun, and what to quote.
    fn described(&self, mention: &ActorMention, top: usize) -> Option<(usize, Range<usize>)> {
        let noun = self.reading.head(top).filter(|_| MODIFIERS.contains(&self.reading.relation(top)))?;
        let of_polity = matches!(mention.naming, Naming::Adjective | Naming::Name | Naming::Demonym);
        if !of_polity || !self.is_place_noun(noun) || noun < mention.tokens.start {
            return None;
        }
        let mut named = self.reading.dependents(noun, &[Relation::Nmod, Relation::Appos]);
        match named.find(|name| self.reading.node(*name).upos == Upos::Propn) {
            // A name that the gazetteer knows is found by itself.
            Some(name) if self.reading.mention_at(name).is_some() => None,
            Some(name) => Some((noun, name..name + 1)),
            None => Some((noun, mention.tokens.start..noun + 1)),
        }
    }

    /// From a name to the noun that it narrows down: "the resort of Sochi", "Geneva, Switzerland".
    fn through_description(&self, top: usize) -> usize {
        let Some(head) = self.reading.head(top) else { return top };
        let described = self.is_place_noun(head)
            && match self.reading.relation(top) {
                Relation::Nmod => self.reading.preposition(top).as_deref() == Some("of"),
                relation => matches!(relation, Relation::Appos | Relation::Flat | Relation::NmodDesc),
            };
        if described { head } else { top }
    }

    fn is_place_noun(&self, node: usize) -> bool {
        self.lexicon().classes.place_nouns.contains(self.reading.lemma(node))
    }

    /// Whether the phrase says where, and of the event itself.
    fn is_where(&self, phrase: usize, mention: &ActorMention) -> bool {
        let locative = self.reading.preposition(phrase).is_some_and(|words| LOCATIVES.contains(&words.as_str()));
        locative && !self.may_belong_to_object(phrase, mention) && self.reaches_event(phrase, mention)
    }

    /// "condemned the attack in Kabul", "agreed on elections in Libya": behind another noun the phrase says more often where that
    /// was. Meetings are where their parties are.
    fn may_belong_to_object(&self, phrase: usize, mention: &ActorMention) -> bool {
        let case = self.reading.dependents(phrase, &[Relation::Case]).next().unwrap_or(phrase);
        let Some(before) = case.checked_sub(1) else { return false };
        let other_noun = self.reading.node(before).upos == Upos::Noun && before != self.found.trigger && before != self.found.carrier;
        if !other_noun || self.is_venue(before) || self.lexicon().classes.days.contains(self.reading.lemma(before)) {
            return false;
        }
        match self.kind {
            EventType::Consult => false,
            EventType::Agree | EventType::Cooperate | EventType::Aid | EventType::Retreat => mention.naming == Naming::Name,
            _ => true,
        }
    }

    /// Whether the phrase hangs from the event, directly or through nouns that do not take it away.
    fn reaches_event(&self, phrase: usize, mention: &ActorMention) -> bool {
        let mut node = phrase;
        for _ in 0..CLIMB {
            let Some(head) = self.reading.head(node) else { return false };
            if !matches!(self.reading.relation(node), Relation::Obl | Relation::Nmod | Relation::Conj | Relation::Obj) {
                return false;
            }
            if self.anchors.contains(&head) {
                return true;
            }
            if !self.lets_pass(head, mention) && !self.is_time_of_doing(node) {
                return false;
            }
            node = head;
        }
        false
    }

    /// Whether what is said of the place of a noun holds for the event: of an occasion, of whom one meets, of what is signed.
    fn lets_pass(&self, noun: usize, mention: &ActorMention) -> bool {
        let preposition = self.reading.preposition(noun);
        let preposition = preposition.as_deref();
        let is_object = self.reading.relation(noun) == Relation::Obj;
        if self.is_venue(noun) && (is_object || preposition.is_some_and(|words| OCCASIONS.contains(&words))) {
            return true;
        }
        match self.kind {
            EventType::Consult => {
                let someone = self.reading.mention_at(noun).is_some() || self.resolver.is_institution(noun);
                someone || (!is_object && self.is_town(mention) && preposition.is_none_or(|words| !TOPICS.contains(&words)))
            }
            EventType::Agree | EventType::Cooperate | EventType::Aid | EventType::Retreat => is_object && self.is_town(mention),
            _ => false,
        }
    }

    /// "agreed on a truce at talks in Minsk": what is done at talks is done there, on whichever noun the parser hung the phrase.
    fn is_time_of_doing(&self, phrase: usize) -> bool {
        self.is_venue(phrase) && self.reading.preposition(phrase).is_some_and(|words| matches!(words.as_str(), "at" | "during"))
    }

    fn is_venue(&self, node: usize) -> bool {
        self.lexicon().classes.occasions.contains(self.reading.lemma(node))
    }

    /// "visited Beijing".
    fn is_visited(&self, mention: &ActorMention) -> bool {
        let host = || self.found.recipients.iter().any(|party| party.tokens == mention.tokens);
        self.mode == Some(Mode::Visit) && host()
    }

    /// "the Singapore summit": the event itself, or the occasion of it.
    fn is_venue_of_talks(&self, top: usize, mention: &ActorMention) -> bool {
        let Some(noun) = self.reading.head(top).filter(|_| self.reading.relation(top) == Relation::Compound) else { return false };
        let is_party = self.found.actors.iter().chain(&self.found.recipients).any(|party| party.tokens == mention.tokens);
        let on_occasion = || self.is_venue(noun) && self.is_at(noun);
        self.kind == EventType::Consult && !is_party && (noun == self.found.trigger || on_occasion())
    }

    fn is_at(&self, occasion: usize) -> bool {
        let preposition = self.reading.preposition(occasion);
        let at = preposition.is_some_and(|words| OCCASIONS.contains(&words.as_str()));
        at && self.reading.head(occasion).is_some_and(|head| self.anchors.contains(&head))
    }

    /// "flew to Pyongyang, where he met".
    fn stands_before_where(&self, mention: &ActorMention) -> bool {
        let mut adverbs = self.reading.dependents(self.found.carrier, &[Relation::Advmod]);
        adverbs.any(|adverb| {
            let before = adverb.checked_sub(1).map(|node| node - usize::from(node > 0 && self.reading.form(node) == ","));
            self.reading.lemma(adverb) == "where" && before.is_some_and(|node| mention.tokens.contains(&node))
        })
    }

    /// A town; a state that is one counts too.
    fn is_town(&self, mention: &ActorMention) -> bool {
        let is_town = |naming| matches!(naming, Naming::City | Naming::Capital);
        is_town(mention.naming)
            || (mention.naming == Naming::Name
                && self.senses(mention).iter().any(|sense| sense.actor == mention.actor && is_town(sense.naming)))
    }

    fn senses(&self, mention: &ActorMention) -> &[Sense] {
        let words = mention.tokens.clone().map(|token| self.lexicon().names.word(self.reading.form(token)));
        self.lexicon().names.longest(words).map_or(&[], |(_, senses)| senses)
    }

    fn is_state(&self, mention: &ActorMention) -> bool {
        self.lexicon().actors[mention.actor as usize].kind == PartyKind::State
    }

    fn place(&self, tokens: &Range<usize>, mention: &ActorMention) -> Place {
        Place { country: self.country(mention), span: self.reading.span_of(tokens) }
    }

    /// The state's code; of a seat that an organisation claims too, the state's that it lies in.
    fn country(&self, mention: &ActorMention) -> Option<String> {
        let actors = &self.lexicon().actors;
        if self.is_state(mention) {
            return Some(actors[mention.actor as usize].code.clone());
        }
        let lies_in = self.senses(mention).iter().find(|sense| {
            matches!(sense.naming, Naming::City | Naming::Capital) && actors[sense.actor as usize].kind == PartyKind::State
        })?;
        Some(actors[lies_in.actor as usize].code.clone())
    }
}
