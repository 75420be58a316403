//! Names that have no part in what is told: where it happens ("in Beijing", "the Oslo talks"), where somebody is posted, what it is about,
//! and companies called after a state.

use super::{frames::Trial, parties::Found};
use crate::{
    lexicon::{Naming, PartyKind},
    syntax::Relation,
};

impl Trial<'_> {
    /// "the Oslo talks": a lone city before a meeting says where it is held.
    pub(super) fn is_seat(&self, found: &Found) -> bool {
        let reading = self.reading();
        let capital = reading.mention_at(found.tokens.start).is_some_and(|mention| mention.naming == Naming::Capital);
        capital && reading.first_conjunct_relation(found.tokens.end - 1) != Relation::NmodPoss
    }

    /// "Chile's ambassador to the United Nations": the body at which somebody represents another. What a host state has to do with an envoy
    /// it may do itself.
    pub(super) fn is_post(&self, node: usize) -> bool {
        let reading = self.reading();
        let Some(mention) = reading.mention_at(node) else { return false };
        let last = mention.tokens.end - 1;
        let of_envoy = |noun: usize| self.lexicon().classes.diplomats.contains(reading.lemma(noun));
        let is_body = self.lexicon().actors[mention.actor as usize].kind == PartyKind::Organisation;
        is_body && reading.preposition(last).is_some_and(|preposition| preposition == "to") && reading.head(last).is_some_and(of_envoy)
    }

    /// "in Beijing": a capital that is only where something happens.
    pub(super) fn is_venue(&self, node: usize) -> bool {
        let reading = self.reading();
        reading.mention_at(node).is_some_and(|mention| mention.naming == Naming::Capital) && self.is_place(node)
    }

    /// "discuss relations with Russia": a state to which others have ties is what they speak of.
    pub(super) fn is_end_of_bond(&self, phrase: usize) -> bool {
        let reading = self.reading();
        let is_state = reading.mention_at(phrase).is_some_and(|mention| mention.naming == Naming::Name);
        let case = reading.dependents(phrase, &[Relation::Case]).next().and_then(|case| case.checked_sub(1));
        is_state && case.is_some_and(|before| before != self.node && self.lexicon().classes.bonds.contains(reading.lemma(before)))
    }

    /// "Air China": it acts for itself.
    pub(super) fn is_firm(&self, node: usize) -> bool {
        self.reading().mention_at(node).is_some_and(|mention| self.resolver.is_firm(&mention.tokens))
    }

    pub(super) fn is_place(&self, phrase: usize) -> bool {
        matches!(self.reading().preposition(phrase).as_deref(), Some("in" | "at"))
    }
}
