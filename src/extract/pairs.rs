//! The two that "the two countries", "both sides" or "the talks" stand for.

use super::{
    discourse::Discourse,
    frames::Match,
    parties::{Found, Resolver},
};
use crate::{lexicon::Naming, syntax::Relation, text::lower};

/// The two parties of an event that has two.
pub(super) fn dyad(event: &Match) -> Option<[u32; 2]> {
    let parties: Vec<u32> = event.actors.iter().chain(&event.recipients).map(|found| found.actor).collect();
    <[u32; 2]>::try_from(parties).ok()
}

/// The two to whom somebody else did something: "expels the envoys of Peru and Chile".
pub(super) fn acted_upon(event: &Match) -> Option<[u32; 2]> {
    let [first, second] = &*event.recipients else { return None };
    (event.actors.len() == 1).then_some([first.actor, second.actor])
}

impl Discourse {
    /// "the two countries", "both sides": the two named in the sentence, else the two of the event told last, else the two to whom
    /// something was just done, else the two that the article is about.
    pub(super) fn pair(&self, resolver: &Resolver, head: usize) -> Option<[u32; 2]> {
        let mut here: Vec<u32> = Vec::new();
        for mention in resolver.reading.mentions.iter().filter(|mention| mention.tokens.end <= head && mention.naming != Naming::City) {
            here.retain(|actor| *actor != mention.actor);
            here.push(mention.actor);
        }
        if let [first, second] = here[..] {
            return Some([first, second]);
        }
        self.dyad.or(self.acted_upon).or_else(|| self.most_named(&here))
    }

    /// The two who have "the talks" or "the summit": those of the last meeting or agreement that was told, if they are all that
    /// this sentence names.
    pub fn known_pair(&self, resolver: &Resolver, noun: usize, named: &[Found]) -> Option<Vec<Found>> {
        let reading = resolver.reading;
        let pair = self.dyad?;
        let definite = reading.dependents(noun, &[Relation::Det]).any(|det| matches!(&*lower(reading.form(det)), "the" | "these" | "this"));
        let others = reading.mentions.iter().filter(|mention| mention.naming != Naming::City).any(|mention| !pair.contains(&mention.actor));
        let of_pair = named.iter().all(|found| pair.contains(&found.actor));
        let found =
            |actor: u32| named.iter().find(|found| found.actor == actor).cloned().unwrap_or(Found { actor, tokens: noun..noun + 1 });
        (definite && !others && of_pair).then(|| pair.into_iter().map(found).collect())
    }

    /// The two that an article is about are named often; of those named as often, the last ones.
    pub(super) fn most_named(&self, here: &[u32]) -> Option<[u32; 2]> {
        let mut order: Vec<u32> = self.recent.iter().copied().filter(|actor| !here.contains(actor)).chain(here.iter().copied()).collect();
        order.reverse();
        order.sort_by_key(|actor| std::cmp::Reverse(self.times_named.get(actor).copied().unwrap_or_default()));
        Some([*order.first()?, *order.get(1)?])
    }
}

pub(super) fn is_pair(resolver: &Resolver, head: usize) -> bool {
    resolver
        .reading
        .dependents(head, &[Relation::Nummod, Relation::Det])
        .any(|word| matches!(&*lower(resolver.reading.form(word)), "two" | "both"))
}
