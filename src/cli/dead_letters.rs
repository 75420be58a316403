//! `attache dead-letters`: what could not be processed.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use super::run::block_on;
use crate::{
    amqp::{
        Options,
        letters::{Letter, Letters},
        publisher::PublishFault,
    },
    settings::Settings,
    telemetry::visible,
};

/// Look at the articles that could not be processed, put them back on the queue, or drop them.
///
/// A letter's id is its article's message id, or the beginning of the hash of its body. Letters that the broker moved by itself
/// (delivery limit) are marked with an asterisk. Exit code 1 when no letter has the id; 3 when the broker cannot be reached.
#[derive(Debug, clap::Args)]
pub struct DeadLettersArgs {
    #[command(subcommand)]
    pub action: DeadLettersAction,
}

#[derive(Clone, Debug, clap::Subcommand)]
pub enum DeadLettersAction {
    /// List the letters, oldest first; they stay where they are.
    List {
        /// Look at no more than this many; the broker holds them unacknowledged meanwhile.
        #[arg(long, default_value_t = 1000)]
        limit: usize,
    },
    /// Write the body of a letter to standard output, as it came.
    Show { id: String },
    /// Put letters back on the queue as fresh articles; each is taken off here once the queue has it.
    Replay {
        #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID")]
        ids: Vec<String>,
        /// All letters that are there now.
        #[arg(long)]
        all: bool,
    },
    /// Drop letters for good.
    Drop {
        #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID")]
        ids: Vec<String>,
        /// All letters that are there now; needs --yes.
        #[arg(long, requires = "yes")]
        all: bool,
        /// Yes, drop all of them.
        #[arg(long)]
        yes: bool,
    },
}

/// Runs the subcommand.
pub fn run(args: &DeadLettersArgs, settings: &Settings) -> anyhow::Result<ExitCode> {
    let options = Options::from(settings);
    block_on(async {
        let mut letters = Letters::open(&options).await?;
        let outcome = act(&args.action, &mut letters).await;
        letters.close().await;
        outcome
    })
}

async fn act(action: &DeadLettersAction, letters: &mut Letters) -> anyhow::Result<ExitCode> {
    match action {
        DeadLettersAction::List { limit } => list(letters, *limit).await,
        DeadLettersAction::Show { id } => show(letters, id).await,
        DeadLettersAction::Replay { ids, .. } => replay(letters, ids).await,
        DeadLettersAction::Drop { ids, .. } => discard(letters, ids).await,
    }
}

async fn list(letters: &mut Letters, limit: usize) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    writeln!(out, "{:<24} {:<24} {:>8} {:>10} {:<28} DETAIL", "ID", "REASON", "ATTEMPTS", "BYTES", "FIRST FAILED")?;
    for _ in 0..limit {
        let Some(letter) = next(letters).await? else { break };
        writeln!(out, "{}", line(&letter))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(letter: &Letter) -> String {
    let mark = if letter.by_broker { "*" } else { "" };
    let shown = |text: &Option<String>| text.as_deref().map_or_else(|| "-".to_owned(), |text| visible(text).to_string());
    format!(
        "{:<24} {:<24} {:>8} {:>10} {:<28} {}",
        visible(&letter.id),
        format!("{}{mark}", visible(&letter.reason)),
        shown(&letter.attempts),
        letter.body().len(),
        shown(&letter.first_failed_at),
        shown(&letter.detail)
    )
}

async fn show(letters: &mut Letters, id: &str) -> anyhow::Result<ExitCode> {
    while let Some(letter) = next(letters).await? {
        if letter.id == id {
            io::stdout().lock().write_all(letter.body())?;
            return Ok(ExitCode::SUCCESS);
        }
    }
    anyhow::bail!("no dead letter has the id {id}; `attache dead-letters list` shows them")
}

async fn replay(letters: &mut Letters, ids: &[String]) -> anyhow::Result<ExitCode> {
    let mut count = 0;
    while let Some(letter) = next(letters).await? {
        if ids.is_empty() || ids.contains(&letter.id) {
            letters.replay(&letter).await.map_err(not_replayed)?;
            count += 1;
        }
    }
    told("put back on the queue", count, ids)
}

async fn discard(letters: &mut Letters, ids: &[String]) -> anyhow::Result<ExitCode> {
    let mut count = 0;
    while let Some(letter) = next(letters).await? {
        if ids.is_empty() || ids.contains(&letter.id) {
            letters.discard(&letter).await?;
            count += 1;
        }
    }
    told("dropped", count, ids)
}

fn told(what: &str, count: usize, ids: &[String]) -> anyhow::Result<ExitCode> {
    writeln!(io::stderr(), "{count} dead letters {what}")?;
    if count < ids.len() {
        anyhow::bail!("{} of the ids name no dead letter; `attache dead-letters list` shows them", ids.len() - count);
    }
    Ok(ExitCode::SUCCESS)
}

async fn next(letters: &mut Letters) -> anyhow::Result<Option<Letter>> {
    Ok(letters.next_letter().await?)
}

fn not_replayed(fault: PublishFault) -> anyhow::Error {
    match fault {
        PublishFault::NotTaken(reason) => anyhow::anyhow!("{reason}; the letter stays where it is"),
        PublishFault::Session(fault) => fault.into(),
    }
}
