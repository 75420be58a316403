//! Watch lists as CSV: `id,name,aliases,country,type`, or the columns of OpenSanctions' `targets.simple.csv`.

use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use super::{
    WatchListError,
    automaton::{Automaton, Draft},
    fold::{Folder, Words},
};

/// The columns that are read; others may stand beside them.
struct Columns {
    id: usize,
    name: usize,
    aliases: Option<usize>,
}

pub(super) fn read(file: &Path, bytes: &[u8]) -> Result<Automaton, WatchListError> {
    let refuse = |line: u64, problem: String| WatchListError { file: file.to_owned(), line, problem };
    let mut reader = ReaderBuilder::new().from_reader(bytes);
    let broken = |error: csv::Error| refuse(line_of(&error, bytes), reason(&error));
    let columns = columns(reader.headers().map_err(broken)?).map_err(|problem| refuse(1, problem))?;
    let (mut draft, mut folder, mut row) = (Draft::default(), Folder::default(), StringRecord::new());
    while reader.read_record(&mut row).map_err(broken)? {
        let line = row.position().map_or(1, csv::Position::line);
        add(&row, &columns, &mut draft, &mut folder).map_err(|problem| refuse(line, problem.to_owned()))?;
    }
    draft.build().map_err(|error| refuse(1, format!("the names cannot be put in order: {error}")))
}

fn columns(header: &StringRecord) -> Result<Columns, String> {
    let find = |wanted: &str| header.iter().position(|title| title.trim().eq_ignore_ascii_case(wanted));
    let need =
        |wanted: &str| find(wanted).ok_or_else(|| format!("the first line names no column `{wanted}`; it must have `id` and `name`"));
    Ok(Columns { id: need("id")?, name: need("name")?, aliases: find("aliases") })
}

/// Aliases are parted by semicolons. A name without a letter or a digit is passed over if the entry has another.
fn add(row: &StringRecord, columns: &Columns, draft: &mut Draft, folder: &mut Folder) -> Result<(), &'static str> {
    const FULL: &str = "the list is larger than 4 GiB";
    let field = |column: usize| row.get(column).unwrap_or_default().trim();
    if field(columns.id).is_empty() {
        return Err("the row has no id");
    }
    if !draft.entry(field(columns.id)) {
        return Err(FULL);
    }
    let aliases = columns.aliases.map(field).unwrap_or_default().split(';');
    let mut names = 0;
    for name in std::iter::once(field(columns.name)).chain(aliases) {
        let words = Words::of(name, folder);
        if words.folded.is_empty() {
            continue;
        }
        names += 1;
        if !draft.name(&words.folded) {
            return Err(FULL);
        }
    }
    if names == 0 { Err("the row has no name with a letter or a digit") } else { Ok(()) }
}

/// The line of a broken row. The CSV reader counts from the row's beginning, and not at all in some cases.
fn line_of(error: &csv::Error, bytes: &[u8]) -> u64 {
    let position = match error.kind() {
        csv::ErrorKind::Utf8 { pos, .. } | csv::ErrorKind::UnequalLengths { pos, .. } => pos.as_ref(),
        _ => error.position(),
    };
    position.map_or_else(|| 1 + bytes.iter().filter(|byte| **byte == b'\n').count() as u64, csv::Position::line)
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "the row is not UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} fields, the first line {expected_len}; put fields with commas or line ends in double quotes")
        }
        _ => format!("not CSV: {error}"),
    }
}
