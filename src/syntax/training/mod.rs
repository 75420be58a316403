//! Trains the model from Universal Dependencies treebanks and scores it. Nothing here runs when articles are read.
//!
//! The parser is trained on tags that were guessed by taggers which had not seen the sentence (five-fold jackknifing), so that it
//! learns to live with wrong tags. A share of the sentences is repeated as headlines, in capitals or in lower case, and without
//! their final stop.
//!
//! Relations are also learned from the sentences of the project's own examples, with the trees that an earlier model drew: the rules
//! were written for these, and a new model shall read them, and news like them, in the same way (self-training, McClosky, Charniak &
//! Johnson 2006).
//!
//! All randomness comes from one seed and each thread works on a part of its own: the same treebanks give the same model, byte for
//! byte.

mod averaged;
mod conllu;
mod inflections;
mod lemmas;
mod parser;
mod relations;
mod routine;
mod score;
mod sightings;
mod tagger;
mod variants;

pub use conllu::{Sentence, TreebankError, Word, read};
pub use score::{Score, score, tokens_per_second};

use super::{
    Syntax,
    choices::Choices,
    model::{Model, Routines},
    parser::Token,
    routine::Routine,
    state::Index,
    tagger::{Tag, Tagger, Vocabulary},
};

const SEED: u64 = 42;
const FOLDS: usize = 5;
/// Sentences that follow each other go to the same fold, for they share their vocabulary.
const FOLD_BLOCK: usize = 20;

/// How often training goes over the sentences.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    pub tagger: usize,
    pub jackknife: usize,
    pub parser: usize,
    pub relations: usize,
}

/// Trains on these sentences and returns the model file's bytes. `own` are sentences of ours, with the trees that an earlier model drew,
/// of which only the relations are learned. Uses two threads.
pub fn train(treebank: &[Sentence], own: &[Sentence], rounds: Rounds) -> Vec<u8> {
    let sentences: Vec<(usize, Sentence)> = with_variants(treebank);
    let all: Vec<&Sentence> = sentences.iter().map(|(_, sentence)| sentence).collect();
    let plan = tagger::Plan { rounds: rounds.tagger, margin: 41.0, least_changes: 4 };
    let (tagger, tagged) = in_parallel(|| tagger::train(&all, plan), || jackknife(&sentences, rounds.jackknife));
    let labels = parser::labels(&all);
    let examples: Vec<Example> = all.iter().zip(&tagged).map(|(sentence, guessed)| example(sentence, guessed, &labels)).collect();
    let own = own.iter().map(|sentence| example(sentence, &sentence.words.iter().map(Tag::from).collect::<Vec<_>>(), &labels));
    let own: Vec<Example> = own.collect();
    let learned: Vec<&Example> = examples.iter().chain(&own).collect();
    let settled = parser::settled(&examples);
    let usual = parser::usual(&examples);
    let choices = relations::choices(&examples);
    let (moves, (relations, lemmas)) = in_parallel(
        || parser::train(&examples, &settled, &usual, rounds.parser),
        || (relations::train(&learned, &settled, labels.len(), rounds.relations), lemmas::learn(treebank)),
    );
    let mut model = Model {
        tags: tagger.tags,
        vocabulary: tagger.vocabulary,
        tagger: tagger.rows,
        moves,
        labels,
        settled,
        usual,
        relations,
        choices,
        routines: Routines::default(),
        lemmas,
    };
    model.routines = routine::routines(&Syntax::read(&model.write()).expect("what was just written"), &all, &examples);
    model.write()
}

impl From<&Word> for Tag {
    fn from(word: &Word) -> Self {
        Self::new(&word.upos, &word.xpos)
    }
}

/// A sentence as the parser is taught it.
struct Example {
    tokens: Vec<Token>,
    /// The heads, the root being the index behind the last token.
    heads: Vec<Index>,
    labels: Vec<u8>,
}

fn example(sentence: &Sentence, guessed: &[Tag], labels: &[String]) -> Example {
    let mut lower = String::new();
    let words: Vec<_> = sentence.words.iter().map(|word| super::words::Word::read(&word.form, &mut lower, |_| None)).collect();
    let mut tokens = Vec::new();
    super::parser::read(words.iter().zip(guessed), &mut tokens);
    let root = sentence.words.len();
    let heads = sentence.words.iter().map(|word| word.head.unwrap_or(root) as Index).collect();
    let label = |name: &str| labels.iter().position(|label| label == name).expect("the labels are those of all sentences") as u8;
    let labels = sentence.words.iter().map(|word| label(&word.relation)).collect();
    Example { tokens, heads, labels }
}

/// The sentences and their variants, each with its fold.
fn with_variants(treebank: &[Sentence]) -> Vec<(usize, Sentence)> {
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut sentences = Vec::new();
    for (place, sentence) in treebank.iter().enumerate() {
        let fold = place / FOLD_BLOCK % FOLDS;
        sentences.push((fold, sentence.clone()));
        sentences.extend(variants::vary(sentence, &mut random).map(|variant| (fold, variant)));
    }
    sentences
}

/// Tags each sentence with a tagger that was trained on the other folds; for this a plain perceptron is good enough, free
/// to make all the errors that are to be lived with.
fn jackknife(sentences: &[(usize, Sentence)], rounds: usize) -> Vec<Vec<Tag>> {
    let plan = tagger::Plan { rounds, margin: 0.0, least_changes: 2 };
    let mut tagged = vec![Vec::new(); sentences.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Sentence> = sentences.iter().filter(|(of, _)| *of != fold).map(|(_, sentence)| sentence).collect();
        let trained = tagger::train(&others, plan);
        let vocabulary = Vocabulary { choices: Choices::default(), ..trained.vocabulary };
        let tagger = Tagger::new(trained.tags, vocabulary, &trained.rows, Routine::default());
        for (place, (_, sentence)) in sentences.iter().enumerate().filter(|(_, (of, _))| *of == fold) {
            tagged[place] = tagger::apply(&tagger, sentence);
        }
    }
    tagged
}

/// Runs two tasks at once, one on each core.
fn in_parallel<A: Send, B: Send>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (first.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), second)
    })
}

/// What training a tagger gives.
struct TrainedTagger {
    tags: Vec<Tag>,
    vocabulary: Vocabulary,
    rows: super::weights::Rows,
}
