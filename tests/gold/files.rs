//! The labelled files: the project's own, and those of `../shared` where that folder exists. What is not there is skipped.

use std::path::{Path, PathBuf};

use super::{
    rows::{Row, read},
    scores::{Measured, Tally},
};

/// A file of labelled rows.
pub struct File {
    /// As in the floors and the table.
    pub name: &'static str,
    path: &'static str,
    /// Whether all events of each row are labelled, and not only one of them.
    pub whole: bool,
    /// Whether the project ships it.
    pub own: bool,
}

pub const FILES: [File; 5] = [
    File { name: "own sentences", path: "tests/gold/sentences.jsonl", whole: true, own: true },
    File { name: "own articles", path: "tests/gold/articles.jsonl", whole: true, own: true },
    File { name: "shared sentences", path: "../shared/gold/sentences.jsonl", whole: true, own: false },
    File { name: "shared articles", path: "../shared/gold/articles.jsonl", whole: true, own: false },
    File { name: "shared plover-international", path: "../shared/gold/plover-international.jsonl", whole: false, own: false },
];

impl File {
    /// The rows, or none if the file is not the project's own and not there.
    pub fn rows(&self) -> Option<Vec<Row>> {
        let path = in_project(self.path);
        (self.own || path.exists()).then(|| read(&path))
    }

    pub fn numbers(&self, tally: &Tally) -> Vec<Measured> {
        if self.whole { tally.whole() } else { tally.recall() }
    }
}

pub fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
