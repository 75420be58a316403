//! In what standing people and bodies are named: in office, no longer in office, or against their own polity.

use std::ops::Range;

use super::{discourse::is_capitalised, parties::Resolver};
use crate::{
    lexicon::{Naming, WordSet},
    syntax::{Relation, Upos, Xpos},
    text::lower,
};

impl Resolver<'_> {
    /// Whether a name belongs to somebody who speaks against the polity: "the Venezuelan opposition leader".
    pub fn is_of_outsider(&self, node: usize) -> bool {
        let reading = self.reading;
        let parts = [Relation::Amod, Relation::Compound, Relation::NmodPoss, Relation::NmodUnmarked, Relation::Flat];
        let above = |at: &usize| reading.head(*at).filter(|_| parts.contains(&reading.relation(*at)));
        let head = std::iter::successors(Some(node), above).take(6).last().unwrap_or(node);
        self.base(head).iter().copied().any(|part| self.lexicon.classes.outsiders.contains(reading.lemma(part)))
    }

    /// "Shia leaders" are some of a people; "Sunni Mali" and "the Shia government" act for all.
    pub(super) fn is_of_community(&self, head: usize) -> bool {
        let is_person = self.reading.mention_at(head).is_none() && self.lexicon.classes.offices.contains(self.reading.lemma(head));
        let has_beside = |head: usize| self.has_beside(head, &self.lexicon.classes.communities);
        (is_person && has_beside(head)) || (self.reading.node(head).upos == Upos::Propn && self.has_office(head) && has_beside(head))
    }

    /// Whether the noun is for people or a body that acts for a polity.
    pub fn is_institution(&self, head: usize) -> bool {
        let lemma = self.reading.lemma(head);
        let classes = &self.lexicon.classes;
        let known = |word: &str| classes.institutions.contains(word) || classes.offices.contains(word);
        let before = head.checked_sub(1).map(|before| self.reading.lemma(before));
        let pair =
            || before.filter(|before| self.lexicon.begins_institution(before)).is_some_and(|before| known(&format!("{before} {lemma}")));
        // Names keep their plural: "the Indian Armed Forces".
        known(lemma) || lemma.strip_suffix('s').is_some_and(known) || pair()
    }

    /// "many Poles", "angry Poles", "thousands of Poles": people, whoever governs them.
    pub(super) fn is_some_of_them(&self, head: usize) -> bool {
        let reading = self.reading;
        if reading.mention_at(head).is_none_or(|mention| mention.naming != Naming::Demonym) {
            return false;
        }
        let definite = |word: &str| matches!(word, "the" | "both" | "these" | "those");
        let mut words = reading.dependents(head, &[Relation::Amod, Relation::Nummod, Relation::Det]);
        let are_told_apart = words.any(|word| match reading.relation(word) {
            Relation::Det => !definite(&reading.form(word).to_lowercase()),
            _ => !self.lexicon.classes.slight.contains(reading.lemma(word)),
        });
        are_told_apart || reading.preposition(head).is_some_and(|word| word == "of")
    }

    /// "Air China", "Team Canada": what is called after a polity, and does not act for it.
    pub(super) fn is_firm(&self, name: &Range<usize>) -> bool {
        let before = name.start.checked_sub(1).map(|before| self.reading.form(before));
        before.is_some_and(|word| is_capitalised(word) && self.lexicon.classes.firms.contains(&lower(word)))
    }

    pub(super) fn is_violence(&self, head: usize) -> bool {
        self.lexicon.classes.violence.contains(self.reading.lemma(head))
    }

    /// A person's name behind an office: "Foreign Minister Taro Kono".
    pub fn is_titled_name(&self, head: usize) -> bool {
        self.reading.node(head).upos == Upos::Propn
            && (self.has_office(head) || self.base(head).iter().any(|node| self.is_institution(*node)))
    }

    pub(super) fn has_office(&self, head: usize) -> bool {
        let offices = &self.lexicon.classes.offices;
        let base = self.base(head);
        let before = (head > 0).then(|| head - 1);
        base.iter().copied().chain(before).any(|node| offices.contains(self.reading.lemma(node)))
    }

    /// Whether "former" or the like stands in the noun phrase: the person no longer acts for the polity, but may be punished for it.
    pub(super) fn is_former(&self, head: usize) -> bool {
        self.base(head).iter().copied().any(|node| node != head && self.reading.is_former(node, self.lexicon))
    }

    /// Whether a word such as "opposition" stands in the noun phrase: the person or body does not act for its polity.
    pub(super) fn has_beside(&self, head: usize, words: &WordSet) -> bool {
        self.base(head).iter().copied().any(|node| node != head && words.contains(self.reading.lemma(node)))
    }

    /// "the Golden Suva": a ship or a house that is called after the city.
    pub(super) fn ends_other_name(&self, city: usize) -> bool {
        let is_unknown = |part: usize| self.reading.node(part).xpos == Xpos::Nnp && self.reading.mention_at(part).is_none();
        self.reading.dependents(city, &[Relation::Det]).next().is_some()
            && self.reading.dependents(city, &[Relation::Compound, Relation::Amod]).any(is_unknown)
    }
}
