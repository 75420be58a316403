//! The scores as a page of the documentation.

use std::{fmt::Write, fs, time::Instant};

use anyhow::Context;
use attache::{
    syntax::training::{self, tokens_per_second},
    worker::{Envelope, Outcome, Worker},
};

use super::{
    files::{File, in_project},
    scores::{Of, Tally, is_better_low},
};

const HEAD: &str = "\
# Scores

Written by `cargo run --release --example score`; the numbers are of the commit that this file is part of. `tests/gold` holds the
scorer, our own labelled passages and the floors below which a test fails; `-- --misses` prints what is read otherwise than labelled.
`-- --keep-timed` leaves the last two sections as they were: their times are of the machine and the day on which they were taken.

- **own**: `tests/gold/*.jsonl`, written and labelled by the project; the labels stood before the program read them.
- **shared**: labelled real news in `../shared/gold`; skipped where that folder is missing. `plover-international` has one event
  labelled in each sentence, so only recall means something.

Within a passage, labelled and found events are matched one to one so that they agree best as a whole. *Type*: the types agree.
*Overlap*: and a party is shared. *Dyad*: and all parties agree, each on its side (on any for AGREE, CONSULT, COOPERATE). Status and dates
count among events matched by type. Sanctions mentions are matched by their targets. False alarms are counted per 100 passages in which
nothing is labelled.
";

/// Treebanks of the issue that asks for these scores; they are not part of the project.
const TREEBANKS: &str = "../shared/ud";
const LOAD: &str = "../shared/load/articles.jsonl";

/// With what the sections begin that are timed, or for which a treebank is read.
const TIMED: &str = "\n## Tagger and parser\n";

/// The sections of a page that are timed.
pub fn timed(page: &str) -> Option<&str> {
    page.find(TIMED).map(|start| &page[start..])
}

/// The whole page; `kept` are timed sections that are to stay as they are.
pub fn write(worker: &Worker, tallies: &[(&File, Option<Tally>)], kept: Option<&str>) -> anyhow::Result<String> {
    let mut page = HEAD.to_owned();
    page.push_str("\n## Events and sanctions mentions\n");
    let whole: Vec<_> = tallies.iter().filter(|(file, _)| file.whole).collect();
    write_numbers(&mut page, &whole)?;
    page.push_str("\n## Recall only\n");
    let recall: Vec<_> = tallies.iter().filter(|(file, _)| !file.whole).collect();
    write_numbers(&mut page, &recall)?;
    page.push_str("\n## By type\n\nLabelled, found and matched in all files that are labelled whole.\n");
    write_types(&mut page, &whole)?;
    if let Some(kept) = kept {
        page.push_str(kept);
        return Ok(page);
    }
    page.push_str(TIMED);
    page.push_str("\nUPOS, UAS and LAS in percent, without punctuation, with gold tokens.\n\n");
    page.push_str(&syntax(worker)?);
    page.push_str("\n## Speed\n\n");
    page.push_str(&speed(worker)?);
    Ok(page)
}

fn write_numbers(page: &mut String, tallies: &[&(&File, Option<Tally>)]) -> anyhow::Result<()> {
    let measured: Vec<(&str, &Tally, _)> =
        tallies.iter().filter_map(|(file, tally)| tally.as_ref().map(|tally| (file.name, tally, file.numbers(tally)))).collect();
    for (file, _) in tallies.iter().filter(|(_, tally)| tally.is_none()) {
        writeln!(page, "\nSkipped: {}, because ../shared is not here.", file.name)?;
    }
    let Some((_, _, first)) = measured.first() else { return Ok(()) };
    let names: Vec<&str> = measured.iter().map(|(name, ..)| *name).collect();
    writeln!(page, "\n| | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()))?;
    row(page, "passages", measured.iter().map(|(_, tally, _)| tally.passages.to_string()))?;
    row(page, "events labelled, found", measured.iter().map(|(_, tally, _)| format!("{}, {}", tally.events.labelled, tally.events.found)))?;
    for (at, number) in first.iter().enumerate() {
        let digits = if is_better_low(number.name) { 1 } else { 3 };
        row(page, &number.name.replace('_', " "), measured.iter().map(|(_, _, numbers)| format!("{:.digits$}", numbers[at].value)))?;
    }
    let mentions = measured.iter().map(|(_, tally, _)| format!("{}, {}", tally.mentions.labelled, tally.mentions.found));
    row(page, "mentions labelled, found", mentions)
}

fn write_types(page: &mut String, tallies: &[&(&File, Option<Tally>)]) -> anyhow::Result<()> {
    let mut sums = std::collections::BTreeMap::<&str, Of>::new();
    for (name, of) in tallies.iter().filter_map(|(_, tally)| tally.as_ref()).flat_map(|tally| &tally.types) {
        let sum = sums.entry(name).or_default();
        *sum = Of { labelled: sum.labelled + of.labelled, found: sum.found + of.found, hits: sum.hits + of.hits };
    }
    page.push_str("\n| type | labelled | found | matched | F1 |\n|---|---|---|---|---|\n");
    for (name, of) in sums {
        let f1 = 2.0 * of.hits as f64 / (of.labelled + of.found).max(1) as f64;
        row(page, name, [of.labelled.to_string(), of.found.to_string(), of.hits.to_string(), format!("{f1:.3}")].into_iter())?;
    }
    Ok(())
}

fn row(page: &mut String, name: &str, cells: impl Iterator<Item = String>) -> anyhow::Result<()> {
    Ok(writeln!(page, "| {name} | {} |", cells.collect::<Vec<_>>().join(" | "))?)
}

fn syntax(worker: &Worker) -> anyhow::Result<String> {
    let folder = in_project(TREEBANKS);
    if !folder.exists() {
        return Ok(format!("Skipped: {TREEBANKS} is not here.\n"));
    }
    let mut paths: Vec<_> = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    paths.retain(|path| path.to_string_lossy().ends_with("-test.conllu"));
    paths.sort();
    let mut lines = String::new();
    for path in paths {
        let sentences = training::read(&fs::read_to_string(&path)?).with_context(|| path.display().to_string())?;
        let (score, speed) = (training::score(&worker.syntax, &sentences), tokens_per_second(&worker.syntax, &sentences));
        let name = path.file_name().unwrap_or_default().display();
        writeln!(lines, "- {name}: {score}; {speed:.0} tokens a second on one thread")?;
    }
    Ok(lines)
}

fn speed(worker: &Worker) -> anyhow::Result<String> {
    let path = in_project(LOAD);
    if !path.exists() {
        return Ok(format!("Skipped: {LOAD} is not here.\n"));
    }
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let envelope = Envelope { content_type: Some("application/json".to_owned()), content_encoding: None, message_id: None };
    let begin = Instant::now();
    let answered = text.lines().filter(|line| matches!(worker.process(line.as_bytes(), &envelope), Outcome::Answered(_))).count();
    let seconds = begin.elapsed().as_secs_f64();
    let (kilobytes, rate) = (text.len() / 1000, answered as f64 / seconds);
    Ok(format!("{answered} real articles ({kilobytes} KB of JSON) in {seconds:.2} s on one thread: {rate:.0} articles a second.\n"))
}
