//! Which sentences are worth a parse: those whose words leave some frame possible, with enough that may be a party to it.

use super::{coreference::single, discourse::Discourse, mentions::ActorMention};
use crate::{
    lexicon::{EventType, Lexicon, PartyKind, Rule},
    text::lower,
};

/// Whether a sentence may tell an event. Too many true cost time, a false one costs an event.
pub(super) fn is_worth_reading(forms: &[&str], mentions: &[ActorMention], discourse: &Discourse, lexicon: &Lexicon) -> bool {
    let parties = possible_parties(forms, mentions, discourse, lexicon);
    // "the talks" are those of two who were named before.
    let in_talks = union(parties.clone(), discourse.last_dyad()).len();
    let suffice = |rule: &Rule| match parties.len() {
        0 => false,
        // A legal act may name the other one.
        1 => rule.alone || rule.action.is_some() || (in_talks > 1 && rule.event == Some(EventType::Consult)),
        _ => true,
    };
    let possible = || lexicon.possible(forms.iter().map(|form| lower(form)));
    !parties.is_empty() && possible().any(|entry| suffice(&lexicon.rules[entry.rule as usize]))
}

/// Everybody whom the sentence names, or for whom one of its words may stand.
fn possible_parties(forms: &[&str], mentions: &[ActorMention], discourse: &Discourse, lexicon: &Lexicon) -> Vec<u32> {
    let named = union(Vec::new(), mentions.iter().map(|mention| mention.actor));
    if discourse.is_empty() && !discourse.has_speakers() {
        return named;
    }
    forms.iter().fold(named, |parties, form| union(parties, discourse.may_stand_for(form, lexicon)))
}

impl Discourse {
    /// Everybody for whom a word may stand, as far as can be said before the sentence is read: what [`Discourse::resolve`] may answer,
    /// those excepted who are named in the sentence itself.
    fn may_stand_for(&self, form: &str, lexicon: &Lexicon) -> Vec<u32> {
        let (word, classes) = (lower(form), &lexicon.classes);
        let mut all: Vec<u32> = self.introduced_with_office(form).into_iter().collect();
        match &*word {
            "he" | "she" | "his" | "her" | "him" => all.extend(self.person),
            "it" | "its" => all.extend(single(&self.subjects)),
            "they" | "their" | "them" => all.extend(self.subjects.iter().chain(&self.circle)),
            pronoun if classes.first_persons.contains(pronoun) => all.extend(&self.speakers),
            "two" | "both" => all.extend(self.most_named(&[]).into_iter().flatten().chain(self.last_dyad())),
            noun => {
                for lemma in [Some(noun), noun.strip_suffix('s')].into_iter().flatten() {
                    let is_own = |issuer: &u32| lexicon.actors[*issuer as usize].titles.iter().any(|title| title.as_slice() == [lemma]);
                    all.extend(self.holder(lemma).into_iter().chain(self.owner_of(lemma)).chain(self.issuer.filter(is_own)));
                    if lexicon.is_stand_in(lemma) {
                        all.extend(self.acted.iter().chain(&self.subjects).chain(&self.circle).chain(self.recent.last()));
                        all.extend(self.last_dyad().chain(self.latest(lexicon, PartyKind::State)));
                    }
                    if classes.organisation_anaphors.contains(lemma) {
                        all.extend(self.latest(lexicon, PartyKind::Organisation));
                    }
                }
            }
        }
        all
    }
}

fn union(mut parties: Vec<u32>, others: impl IntoIterator<Item = u32>) -> Vec<u32> {
    for other in others {
        if !parties.contains(&other) {
            parties.push(other);
        }
    }
    parties
}
