//! Part-of-speech tagger, dependency parser and lemmatizer for English news.
//!
//! The words' forms become hashed features (`words`, `keys`); an averaged perceptron tags them from left to right (`tagger`); a
//! greedy arc-eager parser draws the arcs (`parser`, `moves`, over the `state` of the transition system); the arcs' relations are
//! guessed in the finished tree (`relations`); the tags lead to the dictionary forms (`lemmas`). What is decided the same way nearly
//! every time is looked up (`settled` by the treebanks, `routine` by the weights). The weights of moves stand in one large table
//! (`dense`), those of tags and relations in hash tables (`sparse`), all on huge pages (`pages`). They come from one file (`model`,
//! `tables`), which [`training`] makes from treebanks; `oracle` is its teacher.

mod choices;
mod dense;
mod keys;
mod lemmas;
mod model;
mod moves;
mod oracle;
mod pages;
mod parser;
mod relations;
mod routine;
mod settled;
mod sparse;
mod state;
mod tables;
mod tagger;
pub mod training;
mod tree;
mod weights;
mod words;

pub use model::ModelError;
pub use tagger::VerbForm;
pub use tree::{Node, Relation, Tree, Upos, Xpos};

use dense::{Dense, Fetched};
use keys::Keys;
use lemmas::Lemmas;
use model::Model;
use parser::{Parser, Token};
use relations::{Labeller, Labelling, Skeleton};
use sparse::{Scoring, Sparse};
use state::{Index, State};
use tagger::{Sentence, Tagger};

#[cfg(test)]
mod tests;

static ENGLISH: &[u8] = include_bytes!("english.model");

/// The trained model. Immutable; share it between threads.
#[derive(Debug)]
pub struct Syntax {
    tagger: Tagger,
    parser: Parser,
    labeller: Labeller,
    labels: Vec<Label>,
    lemmas: Lemmas,
}

/// A relation, and its full name in the treebanks, by which scores are taken.
#[derive(Debug)]
struct Label {
    relation: Relation,
    name: String,
}

/// Working memory of one thread, kept between sentences so that parsing allocates nothing but the tree.
#[derive(Debug, Default)]
pub struct Scratch {
    lower: String,
    sentence: Sentence,
    tags: Vec<u8>,
    tokens: Vec<Token>,
    state: State,
    skeleton: Skeleton,
    labelling: Labelling,
    labels: Vec<u8>,
    keys: Keys,
    rows: Fetched,
    scoring: Box<Scoring>,
}

impl Syntax {
    /// The model that is compiled into the binary.
    ///
    /// # Panics
    /// If the binary was built with a model file of another version, which the tests rule out.
    pub fn english() -> Self {
        Self::read(ENGLISH).expect("the model in the binary is of this version")
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`ModelError`] says in what way the bytes are no model of this version.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        Model::read(bytes).map(Self::from)
    }

    /// Tags and parses one sentence, given as its tokens' forms. Any forms give a tree, in time linear in their number.
    pub fn parse(&self, forms: &[&str], scratch: &mut Scratch) -> Tree {
        drop(self.tag(forms, |_| None, scratch));
        self.parse_tagged(forms, scratch)
    }

    /// Tags one sentence, given as its tokens' forms. The caller may know of some tokens that they are verbs, and in which
    /// form ("expels"): news has more of these than the treebanks.
    pub fn tag<'s>(
        &'s self,
        forms: &[&str],
        verb_form: impl Fn(usize) -> Option<VerbForm>,
        scratch: &'s mut Scratch,
    ) -> impl Iterator<Item = (Upos, Xpos)> + 's {
        let Scratch { lower, sentence, .. } = scratch;
        sentence.read(forms, &self.tagger.vocabulary, lower);
        self.tag_from(0, verb_form, scratch)
    }

    /// Tags the sentence that was tagged last with the same working memory once more, from the first word on of which the caller knows
    /// more: what stands before it keeps its tags.
    pub fn tag_from<'s>(
        &'s self,
        first: usize,
        verb_form: impl Fn(usize) -> Option<VerbForm>,
        scratch: &'s mut Scratch,
    ) -> impl Iterator<Item = (Upos, Xpos)> + 's {
        let Scratch { sentence, tags, keys, scoring, .. } = scratch;
        self.tagger.tag(sentence, first, verb_form, keys, scoring, tags);
        tags.iter().map(|tag| &self.tagger.tags[usize::from(*tag)]).map(|tag| (tag.upos, tag.xpos))
    }

    /// Parses the sentence that was tagged last with the same working memory.
    pub fn parse_tagged(&self, forms: &[&str], scratch: &mut Scratch) -> Tree {
        let Scratch { sentence, tags, tokens, state, skeleton, labelling, labels, rows, .. } = scratch;
        parser::read(sentence.words.iter().zip(tags.iter().map(|tag| &self.tagger.tags[usize::from(*tag)])), tokens);
        self.parser.parse(tokens, state, rows);
        skeleton.read(heads_under_one_root(state, tokens));
        self.labeller.label(&self.parser.settled, tokens, skeleton, labelling, labels);
        self.tree(forms, scratch)
    }

    fn tree(&self, forms: &[&str], scratch: &Scratch) -> Tree {
        let root = forms.len() as Index;
        let node = |(place, form): (usize, &&str)| {
            let tag = &self.tagger.tags[usize::from(scratch.tags[place])];
            let head = Some(scratch.skeleton.heads[place]).filter(|head| *head != root).map(|head| head as usize);
            let relation = match (head, self.labels[usize::from(scratch.labels[place])].relation) {
                (None, _) => Relation::Root,
                (Some(_), Relation::Root) => Relation::Parataxis,
                (Some(_), relation) => relation,
            };
            Node { upos: tag.upos, xpos: tag.xpos, head, relation, lemma: self.lemmas.lemma(form, tag) }
        };
        Tree { nodes: forms.iter().enumerate().map(node).collect() }
    }
}

/// The heads of a finished state. Where several tokens hang from the root, the first word stays and the others go below it.
fn heads_under_one_root<'s>(state: &'s State, tokens: &[Token]) -> impl Iterator<Item = Index> + 's {
    let root = state.root();
    let is_root = |token: &Index| state.links(*token).head == root;
    let is_word = |token: &Index| tokens[*token as usize].kind != Upos::Punct;
    let first = (0..root).filter(is_root).find(is_word).or_else(|| (0..root).find(is_root)).unwrap_or(root);
    (0..root).map(move |token| match state.links(token).head {
        head if head == root && token != first => first,
        head => head,
    })
}

impl From<Model> for Syntax {
    fn from(model: Model) -> Self {
        let Model { tags, vocabulary, tagger, moves, labels, settled, usual, relations, choices, routines, lemmas } = model;
        let label_count = labels.len();
        Self {
            tagger: Tagger::new(tags, vocabulary, &tagger, routines.tags),
            parser: Parser { moves: Dense::new(moves), settled, usual, routine: routines.moves },
            labeller: Labeller { weights: Sparse::new(label_count, &relations), choices, routine: routines.relations },
            labels: labels.into_iter().map(|name| Label { relation: Relation::read(&name), name }).collect(),
            lemmas,
        }
    }
}
