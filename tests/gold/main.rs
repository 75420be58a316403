//! The gold set: passages and articles of our own, labelled by the codebook before the program read them. Scores may only rise.
//!
//! `cargo run --release --example score` (`command.rs`) prints the same scores, writes the table in `docs/scores.md` and shows misses.

mod coverage;
mod files;
mod floors;
mod matching;
mod rows;
mod scores;

use std::{
    io::{self, Write},
    sync::LazyLock,
};

use attache::{lexicon::Lexicon, syntax::Syntax, worker::Worker};
use files::{FILES, File};
use floors::Floors;
use scores::Tally;

static WORKER: LazyLock<Worker> = LazyLock::new(|| Worker::new(Lexicon::built_in(), Syntax::english()));

#[test]
fn own_scores_hold_their_floors() {
    check(FILES.iter().filter(|file| file.own));
}

#[test]
fn shared_scores_hold_their_floors() {
    check(FILES.iter().filter(|file| !file.own));
}

#[track_caller]
fn check<'f>(files: impl Iterator<Item = &'f File>) {
    let floors = Floors::read();
    let mut broken = Vec::new();
    for file in files {
        match file.rows() {
            Some(rows) => {
                let (worse, better) = floors.judge(file.name, &file.numbers(&Tally::new(&WORKER, &rows)));
                broken.extend(worse);
                better.iter().for_each(|line| say(line));
            }
            None => say(&format!("skipped: {}, because ../shared is not here", file.name)),
        }
    }
    assert!(broken.is_empty(), "{}\nsee: cargo run --release --example score -- --misses", broken.join("\n"));
}

/// Writes past the test runner, which swallows what passing tests print.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
