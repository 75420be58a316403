//! `attache extract`: articles from files, results on standard output, no broker.

pub mod rows;

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal, Write},
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    thread,
};

use anyhow::Context;
use flume::{Receiver, Sender};
use indicatif::{ProgressBar, ProgressStyle};

use self::rows::Row;
use super::common;
use crate::{
    lexicon::{Watch, WatchLists},
    settings::Settings,
    worker::{Outcome, Worker},
};

/// Rows that are under way at once, for each thread: enough that a long article does not idle the others.
const ROWS_PER_JOB: usize = 32;

/// Read articles from files and write what is found in them to standard output, one JSON result a line, in the order of the
/// input. No broker is needed.
///
/// Files are told by their names: .jsonl (one article a line), .json (one article or a list), .txt and .html (one article a
/// file); standard input, "-", by its first characters. A row that cannot be read is reported on standard error with its file
/// and line; the others go on, and the exit code is 1.
#[derive(Debug, clap::Args)]
pub struct ExtractArgs {
    /// Files to read; "-" or none is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Threads to work with; 0 is one for each core.
    #[arg(long, short, default_value_t = 0, value_name = "N")]
    pub jobs: usize,
}

/// Runs the subcommand. The exit code is 0 if every row was answered, else 1.
pub fn run(args: &ExtractArgs, settings: &Settings) -> anyhow::Result<ExitCode> {
    let worker = worker(settings)?;
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files.clone() };
    let jobs = if args.jobs == 0 { thread::available_parallelism().map_or(1, NonZero::get) } else { args.jobs };
    let all_answered = answer_all(&worker, &files, jobs, &bar(&files))?;
    Ok(if all_answered { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A worker with the lexicon, the watch lists and the limits of the settings.
pub fn worker(settings: &Settings) -> anyhow::Result<Worker> {
    let (lexicon, syntax) = common::lexicon_and_syntax(settings)?;
    let lists = WatchLists::load(&settings.sanctions.watchlists)?;
    Ok(Worker {
        lexicon,
        watch: Arc::new(Watch::new(lists)),
        syntax,
        decode_limits: common::decode_limits(&settings.limits),
        fields: common::field_pointers(&settings.fields),
        limits: common::extraction_limits(&settings.limits),
        result_bytes: settings.limits.result_bytes,
    })
}

/// What became of one row, or of a file that could not be read.
enum Line {
    Result { body: Vec<u8>, read_bytes: u64 },
    Broken { message: String, read_bytes: u64 },
}

/// A row on its way, with its place in the order of the output.
struct Numbered<T> {
    number: usize,
    what: T,
}

struct Task {
    place: String,
    row: Row,
}

/// The channels between the thread that reads, those that work, and the one that writes.
struct Channels {
    tasks: (Sender<Numbered<Task>>, Receiver<Numbered<Task>>),
    lines: (Sender<Numbered<Line>>, Receiver<Numbered<Line>>),
    /// One permit for each row under way, taken by the reader and given back by the writer: it bounds what waits for its turn.
    permits: (Sender<()>, Receiver<()>),
}

impl Channels {
    fn new(jobs: usize) -> Self {
        Self { tasks: flume::bounded(jobs), lines: flume::unbounded(), permits: flume::bounded(jobs * ROWS_PER_JOB) }
    }
}

fn answer_all(worker: &Worker, files: &[PathBuf], jobs: usize, bar: &ProgressBar) -> anyhow::Result<bool> {
    let Channels { tasks, lines, permits } = Channels::new(jobs);
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (tasks, lines) = (tasks.1.clone(), lines.0.clone());
            scope.spawn(move || tasks.iter().try_for_each(|task| lines.send(answer(worker, task))));
        }
        drop(tasks.1);
        let (sender, row_bytes) = (tasks.0, worker.decode_limits.body_bytes);
        let reader = Reader { tasks: sender, lines: lines.0, permits: permits.0, row_bytes };
        scope.spawn(move || reader.read_all(files));
        write_in_order(lines.1, permits.1, bar)
    })
}

struct Reader {
    tasks: Sender<Numbered<Task>>,
    lines: Sender<Numbered<Line>>,
    permits: Sender<()>,
    row_bytes: usize,
}

impl Reader {
    /// Reads until the end, or until nobody takes the rows any more.
    fn read_all(&self, files: &[PathBuf]) {
        let mut number = 0;
        for file in files {
            let name = if file.as_os_str() == "-" { "standard input".to_owned() } else { file.display().to_string() };
            let mut take = |row: Row| {
                let place = row.line.map_or_else(|| name.clone(), |line| format!("{name}:{line}"));
                let sent = self.permits.send(()).is_ok() && self.tasks.send(Numbered { number, what: Task { place, row } }).is_ok();
                number += 1;
                sent
            };
            if let Err(error) = rows::read(file, self.row_bytes, &mut take) {
                let what = Line::Broken { message: format!("{name}: cannot be read: {error}"), read_bytes: 0 };
                let _ = self.permits.send(()).and_then(|()| self.lines.send(Numbered { number, what }).map_err(|_| flume::SendError(())));
                number += 1;
            }
        }
    }
}

fn answer(worker: &Worker, task: Numbered<Task>) -> Numbered<Line> {
    let Numbered { number, what: Task { place, row } } = task;
    let read_bytes = row.body.len() as u64;
    let what = match catch_unwind(AssertUnwindSafe(|| worker.process(&row.body, &row.envelope))) {
        Ok(Outcome::Answered(answer)) => Line::Result { body: answer.body, read_bytes },
        Ok(Outcome::Rejected(rejection)) => {
            Line::Broken { message: format!("{place}: {}: {}", rejection.reason, rejection.detail), read_bytes }
        }
        Err(_) => Line::Broken { message: format!("{place}: panic: the extraction failed; please report it with the article"), read_bytes },
    };
    Numbered { number, what }
}

/// Writes lines in the order of their numbers; says whether all rows were answered. A closed pipe ends it in silence: the
/// channels close with it, and so the other threads stop too.
fn write_in_order(lines: Receiver<Numbered<Line>>, permits: Receiver<()>, bar: &ProgressBar) -> anyhow::Result<bool> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    let (mut waiting, mut next, mut all_answered) = (BTreeMap::new(), 0, true);
    for Numbered { number, what } in &lines {
        waiting.insert(number, what);
        while let Some(line) = waiting.remove(&next) {
            next += 1;
            let _ = permits.try_recv();
            all_answered &= matches!(line, Line::Result { .. });
            match write(&mut output, line, bar) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(all_answered),
                outcome => outcome.context("standard output cannot be written")?,
            }
        }
        if lines.is_empty() {
            output.flush().context("standard output cannot be written")?;
        }
    }
    output.flush().context("standard output cannot be written")?;
    bar.finish_and_clear();
    Ok(all_answered)
}

fn write(output: &mut dyn Write, line: Line, bar: &ProgressBar) -> io::Result<()> {
    match line {
        Line::Result { body, read_bytes } => {
            bar.inc(read_bytes);
            output.write_all(&body)?;
            output.write_all(b"\n")
        }
        Line::Broken { message, read_bytes } => {
            bar.inc(read_bytes);
            bar.suspend(|| eprintln!("{message}"));
            Ok(())
        }
    }
}

/// A bar over the files' bytes, on a terminal and only where it does not run into the results.
fn bar(files: &[PathBuf]) -> ProgressBar {
    let sizes: Option<Vec<u64>> = files.iter().map(|file| file.metadata().ok().map(|metadata| metadata.len())).collect();
    match sizes {
        Some(sizes) if io::stderr().is_terminal() && !io::stdout().is_terminal() => {
            let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {elapsed} left {eta}").expect("the template is valid");
            ProgressBar::new(sizes.iter().sum()).with_style(style)
        }
        _ => ProgressBar::hidden(),
    }
}
