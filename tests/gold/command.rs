//! Scores the program on the labelled files, and writes `docs/scores.md`.
//!
//! `cargo run --release --example score` prints the table and writes it; `-- --raise` raises the floors of `tests/gold` as well, and
//! `--keep-timed` leaves what is timed as it was, on a machine whose times mean nothing;
//! `-- --misses [NAME]` only prints the passages of the files (whose names begin with NAME) that are read otherwise than labelled.

mod files;
mod floors;
mod matching;
mod misses;
mod rows;
mod scores;
mod table;

use std::fs;

use anyhow::{Context, bail};
use attache::{lexicon::Lexicon, syntax::Syntax, worker::Worker};
use files::{FILES, File, in_project};
use floors::Floors;
use scores::Tally;

const TABLE: &str = "docs/scores.md";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let worker = Worker::new(lexicon()?, Syntax::english());
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => write_table(&worker, &tallies(&worker), false),
        ["--keep-timed"] => write_table(&worker, &tallies(&worker), true),
        ["--raise"] | ["--raise", "--keep-timed"] => {
            let tallies = tallies(&worker);
            raise(&tallies)?;
            write_table(&worker, &tallies, arguments.len() > 1)
        }
        ["--misses"] => print_misses(&worker, ""),
        ["--misses", name] => print_misses(&worker, name),
        _ => bail!("expected nothing, --raise, --keep-timed, both, or --misses and perhaps the beginning of a file's name"),
    }
}

/// The built-in lexicon, or the folder that an author works on, so that data can be tried without a rebuild.
fn lexicon() -> anyhow::Result<Lexicon> {
    match std::env::var_os("ATTACHE_LEXICON_FOLDER") {
        Some(folder) => Ok(Lexicon::from_folder(folder.as_ref())?),
        None => Ok(Lexicon::built_in()),
    }
}

/// The scores of each file; none for those that are not here.
fn tallies(worker: &Worker) -> Vec<(&'static File, Option<Tally>)> {
    FILES.iter().map(|file| (file, file.rows().map(|rows| Tally::new(worker, &rows)))).collect()
}

fn write_table(worker: &Worker, tallies: &[(&File, Option<Tally>)], keeps_timed: bool) -> anyhow::Result<()> {
    let path = in_project(TABLE);
    let before = fs::read_to_string(&path).unwrap_or_default();
    let table = table::write(worker, tallies, table::timed(&before).filter(|_| keeps_timed))?;
    print!("{table}");
    let floors = Floors::read();
    for (file, tally) in tallies {
        let (broken, better) = tally.as_ref().map(|tally| floors.judge(file.name, &file.numbers(tally))).unwrap_or_default();
        broken.iter().chain(&better).for_each(|line| eprintln!("{line}"));
    }
    fs::write(&path, table).with_context(|| format!("cannot write {}", path.display()))
}

fn raise(tallies: &[(&File, Option<Tally>)]) -> anyhow::Result<()> {
    let mut floors = Floors::read();
    for (file, tally) in tallies {
        if let Some(tally) = tally {
            floors.raise(file.name, &file.numbers(tally));
        }
    }
    fs::write(Floors::path(), floors.write()).with_context(|| format!("cannot write {}", Floors::path().display()))
}

fn print_misses(worker: &Worker, name: &str) -> anyhow::Result<()> {
    for file in FILES.iter().filter(|file| file.name.starts_with(name)) {
        for row in file.rows().unwrap_or_default() {
            if let Some(told) = misses::tell(&row, &rows::found(worker, &row)) {
                println!("{told}\n");
            }
        }
    }
    Ok(())
}
