//! Verbs that the tagger takes for nouns, since news says "Egypt scraps its deal" where treebanks seldom have the like.

use super::units::Unit;
use crate::{
    lexicon::{Lexicon, TriggerKind},
    syntax::{Upos, Xpos},
    text::lower,
};

/// A unit's classes as the tagger gave them.
type Tags = (Upos, Xpos);

/// Marks the words that can only be verbs where they stand, and says whether there are any that were not tagged as such. `tags` are those
/// of the units.
pub(super) fn mark_verbs(units: &mut [Unit], tags: &[Tags], lexicon: &Lexicon) -> bool {
    let mut is_any = false;
    for at in 1..units.len().saturating_sub(1) {
        if is_verb_read_as_noun(units, tags, at, lexicon) {
            units[at].is_plain_verb = true;
            is_any = true;
        }
    }
    is_any
}

/// "Egypt scraps its deal", "France hands over the base": a plural that may be a verb stands between a noun phrase in front of its
/// clause and the beginning of another, which no preposition joins to it.
fn is_verb_read_as_noun(units: &[Unit], tags: &[Tags], at: usize, lexicon: &Lexicon) -> bool {
    if tags[at] != (Upos::Noun, Xpos::Nns) || units[at].tokens.len() != 1 {
        return false;
    }
    let Some(verb) = lexicon.verb_of(units[at].form) else { return false };
    let next = lower(units[at + 1].form);
    let is_phrasal = matches!(&*next, "over" | "off" | "out" | "up" | "down" | "back" | "away") && is_particle_of(verb, &next, lexicon);
    let begins =
        if is_phrasal { begins_object(tags, at + 2) || begins_phrase(units, tags, at + 2) } else { begins_phrase(units, tags, at + 1) };
    let is_open = is_behind_relative(units, tags, at) || is_behind_manner(units, tags, at);
    (begins && (ends_subject(units, tags, at) || is_joined(tags, at))) || (is_open && (begins || begins_object(tags, at + 1)))
}

/// Whether some rule asks for the word as a particle of the verb: "hands over".
fn is_particle_of(verb: &str, word: &str, lexicon: &Lexicon) -> bool {
    lexicon.triggers(verb).iter().any(|entry| {
        let frame = &lexicon.rules[entry.rule as usize].frames[usize::from(entry.frame)];
        let words = &frame.words[usize::from(entry.phrase)].0;
        frame.trigger == TriggerKind::Verb && words.len() == 2 && words[1] == word
    })
}

/// An article or a possessive pronoun stands there, which no noun can be before.
fn begins_phrase(units: &[Unit], tags: &[Tags], at: usize) -> bool {
    let is_article = |form: &str| matches!(&*lower(form), "the" | "a" | "an" | "its" | "his" | "her" | "their");
    tags.get(at).is_some_and(|(upos, xpos)| *upos == Upos::Det || *xpos == Xpos::PrpPoss) && is_article(units[at].form)
}

/// Whether "and", "but" or "or" stands before, or before an adverb: "and also orders the closure".
fn is_joined(tags: &[Tags], at: usize) -> bool {
    let is_joint = |place: usize| tags[place].0 == Upos::Cconj;
    is_joint(at - 1) || (at > 1 && tags[at - 1].0 == Upos::Adv && is_joint(at - 2))
}

/// Any noun phrase may begin there.
fn begins_object(tags: &[Tags], at: usize) -> bool {
    let begins = |(upos, xpos): &Tags| {
        matches!(upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num) || matches!(xpos, Xpos::PrpPoss | Xpos::Vbn)
    };
    tags.get(at).is_some_and(begins)
}

/// "France, which leads the bloc, bars officials": a clause about a noun ends right before.
fn is_behind_relative(units: &[Unit], tags: &[Tags], at: usize) -> bool {
    let is_comma = |place: usize| units[place].form == ",";
    let opens = |place: usize| is_comma(place) && matches!(&*lower(units[place + 1].form), "which" | "who" | "whose");
    let is_noun = |place: usize| matches!(tags[place].0, Upos::Noun | Upos::Propn);
    let Some(comma) = at.checked_sub(1).filter(|before| is_comma(*before)) else { return false };
    let before = (1..comma).rev().find(|place| is_comma(*place));
    before.is_some_and(|before| opens(before) && is_noun(before - 1))
}

/// "Iran secretly ships weapons": an adverb of manner between a name and it.
fn is_behind_manner(units: &[Unit], tags: &[Tags], at: usize) -> bool {
    at > 1 && tags[at - 1].0 == Upos::Adv && units[at - 1].form.ends_with("ly") && tags[at - 2].0 == Upos::Propn
}

/// Whether what stands before is a noun phrase that begins its clause, and so may be the subject.
fn ends_subject(units: &[Unit], tags: &[Tags], at: usize) -> bool {
    let within = |place: &usize| {
        let in_phrase =
            matches!(tags[*place].0, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Num) || tags[*place].1 == Xpos::Pos;
        in_phrase || units[*place].form == "and"
    };
    let start = (0..at).rev().take_while(within).last();
    let is_noun = matches!(tags[at - 1].0, Upos::Propn | Upos::Noun);
    let opens = |place: usize| matches!(tags[place].0, Upos::Punct | Upos::Sconj) || tags[place].0 == Upos::Verb;
    start.is_some_and(|start| is_noun && start.checked_sub(1).is_none_or(opens))
}
