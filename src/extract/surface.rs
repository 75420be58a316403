//! Where the tree gives a finite verb no subject, or one that is no party: the unbroken noun phrase that stands right before the
//! verb. Parsers often cut "the Romanian and Lithuanian governments" or "Foreign Minister Jan Kubis and his host" into pieces.

use std::ops::Range;

use super::{
    clause::SUBJECTS,
    mentions::ActorMention,
    parties::{Found, Resolver},
};
use crate::{
    lexicon::Naming,
    syntax::{Relation, Upos, Xpos},
};

impl Resolver<'_> {
    /// The parties of the noun phrase before a finite verb; none if its last part is no party, or if the tree has another subject.
    pub fn parties_before(&self, verb: usize) -> Vec<Found> {
        let Some(phrase) = self.phrase_before(verb) else { return Vec::new() };
        let reading = self.reading;
        // "Amid concern about": what a preposition leads is no subject, whatever the parser says.
        let is_other = |subject: usize| !phrase.contains(&subject) && reading.preposition(subject).is_none();
        if reading.dependents(verb, SUBJECTS).any(is_other) {
            return Vec::new();
        }
        let mut parts = self.parts(&phrase);
        if self.is_governed(phrase.start) {
            // "met the envoy of Oman, and Chile vowed": what is joined are clauses.
            let comma = phrase.clone().rev().find(|node| reading.form(*node) == ",");
            parts.retain(|part| comma.is_none_or(|comma| part.start > comma));
        }
        let mut found: Vec<Found> = Vec::new();
        let mut shared_head = false;
        for part in parts.iter().rev() {
            match self.part_party(part, shared_head) {
                Some(party) if found.iter().all(|other| other.actor != party.actor) => found.insert(0, party),
                Some(_) => {}
                None if found.is_empty() => return Vec::new(),
                None => {}
            }
            shared_head = self.ends_in_institution(part);
        }
        found
    }

    /// The tokens of the noun phrase that ends right before the verb and its auxiliaries.
    fn phrase_before(&self, verb: usize) -> Option<Range<usize>> {
        let reading = self.reading;
        let before = |node: usize| (node > 0).then(|| node - 1);
        let mut start = verb;
        let is_plain_root = reading.relation(verb) == Relation::Root && reading.node(verb).xpos == Xpos::Vb && !reading.is_infinitive(verb);
        let mut finite = is_plain_root || reading.node(verb).xpos.is_finite_verb();
        while let Some(node) = before(start).filter(|node| matches!(reading.node(*node).upos, Upos::Aux | Upos::Adv | Upos::Part)) {
            finite |= reading.node(node).xpos.is_finite();
            start = node;
        }
        // "Juan Soto, the president of Peru, and Ana Luz, the president of Chile, call": the last apposition ends with a comma.
        let comma = before(start).filter(|node| reading.form(*node) == "," && is_plain_root);
        start = comma.unwrap_or(start);
        let end = start;
        let mut joined = false;
        while let Some(node) = before(start).filter(|node| self.belongs(*node, joined || comma.is_some())) {
            joined |= reading.node(node).upos == Upos::Cconj;
            start = node;
        }
        let mut behind_preposition = before(start).is_some_and(|node| matches!(reading.node(node).upos, Upos::Adp | Upos::Cconj));
        if let Some(comma) = self.end_of_fronted_phrase(start..end).filter(|_| behind_preposition && joined) {
            (start, behind_preposition) = (comma + 1, false);
        }
        let is_list = joined || comma.is_none();
        (finite && start < end && is_list && !behind_preposition).then_some(start..end)
    }

    /// "Amid concern about the Malian plans, Niger, Chad and Togo meet": the comma behind a phrase with which the sentence begins.
    fn end_of_fronted_phrase(&self, list: Range<usize>) -> Option<usize> {
        let reading = self.reading;
        let begins = reading.node(0).upos == Upos::Adp || reading.node(0).xpos == Xpos::Vbg;
        let is_verb = |node: usize| matches!(reading.node(node).upos, Upos::Verb | Upos::Aux) && reading.node(node).xpos.is_finite();
        let comma = list.clone().find(|node| reading.form(*node) == "," && reading.mention_at(*node).is_none());
        comma.filter(|_| begins && !(0..list.start).any(|node| is_verb(node) || reading.form(node) == ","))
    }

    /// Whether a noun phrase is that of a preposition or the object of a verb, going by what stands before it.
    fn is_governed(&self, start: usize) -> bool {
        let before = start.checked_sub(1).map(|before| (self.reading.node(before), self.reading.lemma(before)));
        before.is_some_and(|(node, lemma)| match node.upos {
            Upos::Adp => node.relation == Relation::Case,
            Upos::Verb => !self.lexicon.classes.sayings.contains(lemma),
            _ => false,
        })
    }

    /// Whether a token can stand within a noun phrase; a comma only in a list that ends with "and".
    fn belongs(&self, node: usize, joined: bool) -> bool {
        let reading = self.reading;
        if reading.mention_at(node).is_some() {
            return true;
        }
        match reading.node(node).upos {
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num => true,
            Upos::Adp => reading.form(node) == "of",
            Upos::Cconj => reading.form(node) == "and",
            Upos::Punct => joined && reading.form(node) == ",",
            Upos::Part => reading.node(node).xpos == Xpos::Pos,
            _ => false,
        }
    }

    /// What "and" and commas join.
    fn parts(&self, phrase: &Range<usize>) -> Vec<Range<usize>> {
        let reading = self.reading;
        let mut parts = Vec::new();
        let mut start = phrase.start;
        for node in phrase.clone() {
            let within_name = reading.mention_at(node).is_some();
            if !within_name && matches!(reading.node(node).upos, Upos::Cconj | Upos::Punct) {
                parts.push(start..node);
                start = node + 1;
            }
        }
        parts.push(start..phrase.end);
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// The polity of one part: it ends with a name that acts, with an institution, or with a person's name behind an office. A bare
    /// adjective shares the institution that ends the next part: "the Romanian and Lithuanian governments".
    fn part_party(&self, part: &Range<usize>, shared_head: bool) -> Option<Found> {
        let reading = self.reading;
        let classes = &self.lexicon.classes;
        if part.clone().any(|node| reading.is_former(node, self.lexicon) || classes.outsiders.contains(reading.lemma(node))) {
            return None;
        }
        let of = part.clone().find(|node| reading.form(*node) == "of" && reading.mention_at(*node).is_none());
        let head = part.start..of.unwrap_or(part.end);
        let last = head.clone().next_back()?;
        let has_office = head.clone().any(|node| self.lexicon.classes.offices.contains(reading.lemma(node)));
        if let Some(mention) = reading.mention_at(last) {
            let acts = match mention.naming {
                Naming::City => false,
                Naming::Adjective => shared_head,
                Naming::Person(_) => !mention.left_office || has_office,
                Naming::Name => !self.is_firm(&mention.tokens),
                _ => true,
            };
            return acts.then(|| found(mention));
        }
        if self.is_of_community(last) {
            return None;
        }
        let titled = has_office && reading.node(last).upos == Upos::Propn;
        if !titled && !self.is_institution(last) {
            return None;
        }
        let named = |mut nodes: Range<usize>| {
            nodes.find_map(|node| reading.mention_at(node).filter(|mention| mention.naming != Naming::City && !mention.left_office))
        };
        named(head).or_else(|| named(of?..part.end)).map(found)
    }

    fn ends_in_institution(&self, part: &Range<usize>) -> bool {
        part.clone().next_back().is_some_and(|last| self.is_institution(last))
    }

    /// A noun phrase right behind a preposition, whatever the parser hung it on.
    pub fn phrase_behind(&self, node: usize, preposition: &str) -> Option<usize> {
        let reading = self.reading;
        let case = node + 1;
        let follows = case < reading.len() && reading.form(case).eq_ignore_ascii_case(preposition);
        reading.head(case.min(reading.len() - 1)).filter(|head| follows && *head > case && reading.relation(case) == Relation::Case)
    }
}

fn found(mention: &ActorMention) -> Found {
    Found { actor: mention.actor, tokens: mention.tokens.clone() }
}
