//! `attache publish`: puts articles on the queue.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use tokio::task::JoinSet;

use super::{common, run::block_on};
use crate::{
    amqp::{
        Options,
        feed::{Article, Feed},
        publisher::PublishFault,
    },
    settings::Settings,
};

/// Put articles on the queue: JSON, JSON Lines, text or HTML files, told apart by their endings.
///
/// Each row of a JSON Lines file (.jsonl, .ndjson) is an article of its own and takes its message id from its id. Every article
/// is confirmed by the broker before it counts. A row that is not JSON is reported with its line number, and the rest goes on.
///
/// Exit code 0 when all are on the queue; 1 when some are not; 3 when the broker cannot be reached; 4 when its queues differ.
#[derive(Debug, clap::Args)]
pub struct PublishArgs {
    /// Articles: .jsonl (one a line), .json, .txt or .html.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// What a run put on the queue.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    confirmed: u64,
    failed: u64,
}

/// Runs the subcommand.
pub fn run(args: &PublishArgs, settings: &Settings) -> anyhow::Result<ExitCode> {
    common::check_files(&args.files)?;
    let count = block_on(put_all(&args.files, &Options::from(settings)))?;
    writeln!(io::stderr(), "{} articles put on queue {}, {} refused", count.confirmed, settings.consume.queue, count.failed)?;
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn put_all(files: &[PathBuf], options: &Options) -> anyhow::Result<Count> {
    let feed = std::sync::Arc::new(Feed::open(options).await?);
    let bar = bar();
    let mut count = Count::default();
    let mut under_way = JoinSet::new();
    for file in files {
        let articles = articles(file).with_context(|| format!("{}", file.display()))?;
        for article in articles {
            let article = match article {
                Ok(article) => article,
                Err(error) => {
                    count.failed += 1;
                    bar.suspend(|| writeln!(io::stderr(), "{}: {error:#}", file.display()))?;
                    continue;
                }
            };
            if under_way.len() >= options.in_flight {
                settle(under_way.join_next().await, &mut count, &bar)?;
            }
            let feed = std::sync::Arc::clone(&feed);
            under_way.spawn(async move { feed.put(article).await });
        }
    }
    while !under_way.is_empty() {
        settle(under_way.join_next().await, &mut count, &bar)?;
    }
    bar.finish_and_clear();
    if let Some(feed) = std::sync::Arc::into_inner(feed) {
        feed.close().await;
    }
    Ok(count)
}

/// An article that the broker does not take fails alone; a lost connection ends the command.
fn settle(
    ended: Option<Result<Result<(), PublishFault>, tokio::task::JoinError>>,
    count: &mut Count,
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    match ended.transpose()? {
        None => {}
        Some(Ok(())) => {
            count.confirmed += 1;
            bar.inc(1);
        }
        Some(Err(PublishFault::NotTaken(reason))) => {
            count.failed += 1;
            bar.suspend(|| writeln!(io::stderr(), "{reason}"))?;
        }
        Some(Err(PublishFault::Session(fault))) => {
            return Err(fault).context(format!("after {} articles", count.confirmed));
        }
    }
    Ok(())
}

/// Shown on a terminal only.
fn bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{spinner} {pos} articles on the queue, {per_sec}");
    ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

type Articles = Box<dyn Iterator<Item = anyhow::Result<Article>>>;

/// The articles of a file, read as they are needed.
fn articles(file: &Path) -> anyhow::Result<Articles> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let content_type = match ending.as_str() {
        "jsonl" | "ndjson" => return rows(File::open(file)?),
        "html" | "htm" | "xhtml" => "text/html",
        "json" | "jsonld" => "application/json",
        _ => "text/plain",
    };
    let body = std::fs::read(file)?;
    let own_id = (content_type == "application/json").then(|| serde_json::from_slice(&body).ok().and_then(|value| id(&value))).flatten();
    let message_id = own_id.or_else(|| file.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    Ok(Box::new(std::iter::once(Ok(Article { message_id, content_type, body }))))
}

fn rows(file: File) -> anyhow::Result<Articles> {
    let lines = BufReader::new(file).split(b'\n').enumerate();
    let rows = lines.filter_map(|(index, line)| match line {
        Ok(line) if line.trim_ascii().is_empty() => None,
        line => Some(line.map_err(anyhow::Error::from).and_then(row).with_context(|| format!("line {}", index + 1))),
    });
    Ok(Box::new(rows))
}

fn row(line: Vec<u8>) -> anyhow::Result<Article> {
    let value: Value = serde_json::from_slice(&line).context("not JSON")?;
    Ok(Article { message_id: id(&value), content_type: "application/json", body: line })
}

/// The id under the names that the input formats give it.
fn id(article: &Value) -> Option<String> {
    let value = ["id", "uri", "@id"].iter().find_map(|name| article.get(name))?;
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
