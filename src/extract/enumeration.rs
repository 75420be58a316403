//! Lists of people and polities that are too long for a tree.

use super::{
    frames::Trial,
    parties::{Found, Resolver},
};
use crate::{
    lexicon::Naming,
    syntax::{Relation, Upos, Xpos},
};

impl Resolver<'_> {
    /// "several countries, including Chile and Peru": the polities that are named of those that a plural stands for.
    pub(super) fn members(&self, head: usize) -> Vec<Found> {
        let reading = self.reading;
        if reading.node(head).xpos != Xpos::Nns || !self.lexicon.classes.anaphors.contains(reading.lemma(head)) {
            return Vec::new();
        }
        let leads = |phrase: &usize| reading.preposition(*phrase).is_some_and(|word| matches!(&*word, "including" | "such as"));
        let first = reading.dependents(head, &[Relation::Nmod]).find(leads);
        let names = first.into_iter().flat_map(|first| reading.with_conjuncts(first)).filter_map(|name| reading.mention_at(name));
        let states = names.filter(|mention| mention.naming == Naming::Name);
        states.map(|mention| Found { actor: mention.actor, tokens: mention.tokens.clone() }).collect()
    }
}

impl Trial<'_> {
    /// "spoke with Minister Rau of Poland, Minister Roe of Fiji, and the NATO chief": a list too long for the tree is read off the
    /// text, up to the last name behind its "and".
    pub fn enumerated(&self, first: usize) -> Vec<Found> {
        let reading = self.reading();
        let (mut found, mut commas, mut closed, mut at) = (Vec::new(), 0, None, first);
        while at < reading.len() {
            if let Some(mention) = reading.mention_at(at).filter(|mention| mention.tokens.start == at) {
                found.push(Found { actor: mention.actor, tokens: mention.tokens.clone() });
                at = mention.tokens.end;
                continue;
            }
            let form = reading.form(at);
            let goes_on = form.starts_with(char::is_uppercase) || matches!(form, "," | "and" | "of" | "the" | "for" | "(" | ")");
            if !goes_on {
                break;
            }
            commas += usize::from(form == ",");
            closed = closed.or((form == "and" && commas > 1).then_some(at));
            at += 1;
        }
        let is_clause = at < reading.len() && matches!(reading.node(at).upos, Upos::Verb | Upos::Aux);
        let is_list = closed.is_some_and(|and| found.iter().any(|party| party.tokens.start > and)) && !is_clause;
        found.retain(|party| reading.mention_at(party.tokens.start).is_some_and(|mention| mention.naming != Naming::City));
        if is_list { found } else { Vec::new() }
    }
}
