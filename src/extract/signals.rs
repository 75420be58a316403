//! Words that say of an event that it is planned, supposed or denied, as they are met on the way up from its trigger.

use super::reading::Reading;
use crate::{
    lexicon::{Lexicon, Status},
    syntax::{Relation, Xpos},
};

/// What was seen on the way up; the codebook's order decides: negated, hypothetical, historical, future.
#[derive(Debug, Default)]
pub(super) struct Signals {
    pub negated: bool,
    pub hypothetical: bool,
    pub past: bool,
    pub future: bool,
}

impl Signals {
    pub fn status(&self) -> Status {
        match self {
            Self { negated: true, .. } => Status::Negated,
            Self { hypothetical: true, .. } => Status::Hypothetical,
            Self { past: true, .. } => Status::Historical,
            Self { future: true, .. } => Status::Future,
            _ => Status::Actual,
        }
    }
}

/// Weighs a verb that governs; with a particle it is another, and only denies: "sets off for India", "rules out talks".
pub(super) fn weigh_verb(reading: &Reading, lexicon: &Lexicon, verb: usize, seen: &mut Signals) {
    let lemma = reading.lemma(verb);
    if reading.dependents(verb, &[Relation::CompoundPrt]).next().is_none() {
        weigh(lexicon, lemma, seen);
        seen.future |= is_prospective(reading, lexicon, verb);
    } else {
        seen.negated |= lexicon.classes.negations.contains(lemma);
    }
}

/// "is going to Washington".
pub(super) fn is_prospective(reading: &Reading, lexicon: &Lexicon, verb: usize) -> bool {
    lexicon.classes.prospectives.contains(reading.lemma(verb)) && reading.node(verb).xpos == Xpos::Vbg
}

pub(super) fn weigh(lexicon: &Lexicon, lemma: &str, seen: &mut Signals) {
    let classes = &lexicon.classes;
    seen.negated |= classes.negations.contains(lemma);
    seen.hypothetical |= classes.hypotheticals.contains(lemma);
    seen.future |= classes.futures.contains(lemma);
}
