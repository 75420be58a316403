//! What a trigger speaks about, and who is named in it: "threatens to attack *Iran*", "agrees to hold talks with *Iraq*".

use super::{
    frames::{Mismatch, Trial},
    parties::{Found, Strictness},
};
use crate::{
    lexicon::Phrase,
    syntax::{Relation, Upos},
};

impl Trial<'_> {
    /// The first party among the objects of the complement, of what it governs in turn, and of their phrases.
    pub(super) fn complement_objects(&self, clauses: &[usize], strictness: Strictness) -> Vec<Found> {
        let reading = self.reading();
        for clause in clauses {
            let inner: Vec<usize> = reading.dependents(*clause, &[Relation::Xcomp, Relation::Ccomp]).collect();
            for verb in std::iter::once(*clause).chain(inner) {
                let objects = reading.objects(verb);
                let mut phrases: Vec<usize> = reading.dependents(verb, &[Relation::Obl]).collect();
                phrases.extend(objects.iter().flat_map(|object| reading.dependents(*object, &[Relation::Nmod])));
                phrases.retain(|phrase| !self.is_venue(*phrase));
                let (places, phrases): (Vec<usize>, Vec<usize>) = phrases.into_iter().partition(|phrase| self.is_place(*phrase));
                // "to cut ties with Peru over the Bolivian raid": what is given as the reason comes last.
                let (reasons, phrases) = phrases.into_iter().partition(|phrase| self.is_reason(*phrase));
                let mut found =
                    [objects, phrases, places, reasons].into_iter().map(|heads: Vec<usize>| self.resolver.parties(&heads, strictness));
                let found = found.find(|found| !found.is_empty());
                if let Some(found) = found {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// "over the raid", "after the raid".
    fn is_reason(&self, phrase: usize) -> bool {
        self.reading().preposition(phrase).is_some_and(|word| self.lexicon().classes.is_given_behind(&word))
    }

    /// The parties named in the complement, highest level first: what hangs further down is spoken of there, and has no part in it. At
    /// last come those in whose country it is to happen: "agrees to hold talks with Iraq in Turkey".
    pub(super) fn complement_levels(&self, strictness: Strictness) -> impl Iterator<Item = Vec<Found>> + '_ {
        let reading = self.reading();
        let below = |level: &Vec<usize>| -> Vec<usize> { level.iter().flat_map(|node| reading.children(*node)).copied().collect() };
        let next = move |level: &Vec<usize>| Some(below(level)).filter(|next| !next.is_empty());
        let levels = move || std::iter::successors(Some(reading.complements(self.node)), next);
        let without_venues = levels().map(|level| level.into_iter().filter(|node| !self.is_place(*node)).collect());
        // A capital is where it happens: "agree on a reform at a summit in Brussels".
        let without_capitals = levels().map(|level| level.into_iter().filter(|node| !self.is_venue(*node)).collect());
        without_venues
            .chain(without_capitals)
            .map(move |level: Vec<usize>| self.resolver.parties(&level, strictness.max(Strictness::Affected)))
    }

    /// What the complement's auxiliaries are, and whether it is finite.
    pub(super) fn check_complement_form(&self) -> Result<(), Mismatch> {
        let (reading, frame) = (self.reading(), self.frame);
        let clauses = reading.complements(self.node);
        let is_infinitive =
            |clause: usize| reading.dependents(clause, &[Relation::Mark]).any(|mark| reading.form(mark).eq_ignore_ascii_case("to"));
        let kind_fits = frame.complement_finite.is_none_or(|finite| clauses.iter().any(|clause| is_infinitive(*clause) != finite));
        let modal = |clause: &usize| {
            let auxiliaries = reading.dependents(*clause, &[Relation::Aux]).filter(|word| reading.lemma(*word) != "have");
            let governs = reading.dependents(*clause, &[Relation::Xcomp]).next().map(|_| *clause);
            auxiliaries.chain(governs).any(|word| reading.ends_any(word, &frame.complement_modals))
        };
        let modal_fits = frame.complement_modals.is_empty() || clauses.iter().any(modal);
        if kind_fits && modal_fits { Ok(()) } else { Err(Mismatch::Complement) }
    }

    /// One clause of the complement must hold what is asked for without what must not stand there; if nothing is asked for, no
    /// clause may hold that.
    pub(super) fn check_complement_words(&self) -> Result<(), Mismatch> {
        let (wanted, unwanted) = (&self.frame.complements, &self.frame.not_complements);
        let fits = match (wanted.is_empty(), unwanted.is_empty()) {
            (true, true) => true,
            (false, _) => !self.content().is_empty(),
            (true, false) => !self.reading().complements(self.node).into_iter().any(|clause| self.holds(clause, unwanted)),
        };
        if fits { Ok(()) } else { Err(Mismatch::Complement) }
    }

    fn holds(&self, clause: usize, phrases: &[Phrase]) -> bool {
        self.words_of(clause).into_iter().any(|word| phrases.iter().any(|phrase| self.reading().ends_phrase(word, phrase)))
    }

    /// The verb of a clause, the nouns that light verbs carry there ("agree to hold talks"), and what its subject becomes ("has
    /// become a puppet").
    fn words_of(&self, clause: usize) -> Vec<usize> {
        let reading = self.reading();
        let objects = reading.objects(clause).into_iter().map(|object| reading.through_conduits(object, self.lexicon()));
        let predicates = reading.dependents(clause, &[Relation::Xcomp]).filter(|word| reading.node(*word).upos != Upos::Verb);
        std::iter::once(clause).chain(objects).chain(predicates).collect()
    }

    /// The clauses of the complement that hold what `complements` asks for.
    pub fn content(&self) -> Vec<usize> {
        let (wanted, unwanted) = (&self.frame.complements, &self.frame.not_complements);
        let mut clauses = self.reading().complements(self.node);
        clauses.retain(|clause| self.holds(*clause, wanted) && !self.holds(*clause, unwanted));
        clauses
    }

    /// "held calls to discuss the launch with Japan": whom a meeting was with is hung on what it was about.
    pub(super) fn discussed_with(&self, carrier: usize, taken: &[Found]) -> Vec<Found> {
        let reading = self.reading();
        let purposes = [self.node, carrier].into_iter().flat_map(|node| reading.dependents(node, &[Relation::Acl, Relation::Advcl]));
        let purposes = purposes.filter(|clause| reading.is_infinitive(*clause) && *clause > self.node);
        let heads: Vec<usize> = purposes.flat_map(|clause| reading.phrases(clause, "with")).collect();
        let mut found = self.resolver.parties(&heads, Strictness::Acting);
        found.retain(|party| taken.iter().all(|actor| actor.actor != party.actor));
        found
    }
}
