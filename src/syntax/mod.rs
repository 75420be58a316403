//! Part-of-speech tagger, dependency parser and lemmatizer for English news.

mod tree;

pub use tree::{Node, Relation, Tree, Upos, Xpos};

/// The trained model. Immutable; share it between threads.
#[derive(Debug)]
pub struct Syntax {}

/// Working memory of one thread, kept between sentences so that parsing allocates nothing.
#[derive(Debug, Default)]
pub struct Scratch {}

impl Syntax {
    /// The model that is compiled into the binary.
    pub fn english() -> Self {
        todo!("syntax")
    }

    /// Tags and parses one sentence, given as its tokens' forms.
    pub fn parse(&self, forms: &[&str], scratch: &mut Scratch) -> Tree {
        let _ = (forms, scratch);
        todo!("syntax")
    }
}
