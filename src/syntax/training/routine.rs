//! Which decisions are routine: once the weights are trained they are asked for all of the training sentences, and what they decide
//! is counted by its case. Many cases are clearer than in the treebank, for its own errors are smoothed away.

use super::{Example, Sentence, sightings::Sightings, tagger::forms};
use crate::syntax::{
    Syntax,
    dense::Fetched,
    keys::Keys,
    model::Routines,
    moves,
    parser::Parser,
    relations::{self, Labeller, Labelling, Skeleton},
    routine::{Cases, Routine},
    settled::Settled,
    sparse::Scoring,
    state::{Index, MOVES, State},
    tagger::{self, Tagger},
};

/// A case is routine after that many decisions, of which at most one in [`ERRORS`] was another one. With fewer, more is looked up, and
/// more of it wrongly.
const LEAST: u32 = 150;
const ERRORS: u32 = 1000;

/// The routines of a model that has none yet.
pub(super) fn routines(syntax: &Syntax, sentences: &[&Sentence], examples: &[Example]) -> Routines {
    Routines {
        tags: of_tags(&syntax.tagger, sentences),
        moves: of_moves(&syntax.parser, examples),
        relations: of_relations(&syntax.labeller, &syntax.parser.settled, examples),
    }
}

impl Sightings {
    fn add_cases(&mut self, cases: Cases, class: u8) {
        cases.into_iter().for_each(|case| self.add(case, class));
    }

    fn routine(self) -> Routine {
        Routine(self.nearly_constant(LEAST, ERRORS))
    }
}

fn of_tags(tagger: &Tagger, sentences: &[&Sentence]) -> Routine {
    let mut seen = Sightings::default();
    let (mut read, mut lower, mut keys) = (tagger::Sentence::default(), String::new(), Keys::default());
    let (mut scoring, mut tags) = (Scoring::default(), Vec::new());
    for sentence in sentences {
        read.read(&forms(sentence), &tagger.vocabulary, &mut lower);
        tagger.tag(&read, 0, |_| None, &mut keys, &mut scoring, &mut tags);
        for (place, tag) in tags.iter().enumerate() {
            seen.add_cases(tagger::cases(&read, place, &tags), *tag);
        }
    }
    seen.routine()
}

fn of_moves(parser: &Parser, examples: &[Example]) -> Routine {
    let mut seen = Sightings::default();
    let (mut state, mut rows) = (State::default(), Fetched::default());
    for example in examples {
        state.start(example.heads.len());
        while !state.is_done() {
            let step = parser.step(&example.tokens, &state, &mut rows);
            let column = MOVES.iter().position(|known| *known == step).expect("one of the moves");
            seen.add_cases(moves::cases(&state, &example.tokens), column as u8);
            parser.make(step, &example.tokens, &mut state);
        }
    }
    seen.routine()
}

fn of_relations(labeller: &Labeller, settled: &Settled, examples: &[Example]) -> Routine {
    let mut seen = Sightings::default();
    let (mut skeleton, mut work, mut labels) = (Skeleton::default(), Labelling::default(), Vec::new());
    for example in examples {
        skeleton.read(example.heads.iter().copied());
        labeller.label(settled, &example.tokens, &skeleton, &mut work, &mut labels);
        for (token, label) in (0..).zip(&labels) {
            seen.add_cases(relations::cases(&example.tokens, &skeleton, token as Index), *label);
        }
    }
    seen.routine()
}
