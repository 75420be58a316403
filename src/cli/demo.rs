//! `attache demo`: articles through the broker and back, shown as a table, under queue names of its own.

mod findings;
mod tally;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use tokio::signal::unix::{SignalKind, signal};

use self::tally::{Sent, Tally};
use super::{
    common,
    extract::{
        rows::{self, Row},
        worker,
    },
};
use crate::{
    amqp::{
        self, Options, Processor, ShutdownSwitch, Status, Until,
        feed::{Article, Feed},
        mailbox::{Mail, Mailbox},
        pool::processor,
    },
    messages::Envelope,
    settings::{Settings, Topology},
};

/// Warnings, but for dead letters, which stand below the table, and for what lapin says of connections that are being closed.
const LOGGED: &str = "warn,attache::telemetry::deliveries=off,lapin=off";

/// Publish articles, run the worker until the queue is empty, read the results from the output queue and print what was found.
///
/// The queues and the exchange have names of their own and are removed at the end, so that other queues on the same broker are
/// not touched. The exit code is 0 if every article was answered exactly once, with a result or as a dead letter, else 1.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Articles: .jsonl (one a line), .json, .txt or .html.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Where the results go as they came from the queue, one JSON object a line.
    #[arg(long, value_name = "FILE", default_value = "target/demo-results.jsonl")]
    pub results: PathBuf,
}

/// Runs the subcommand.
pub fn run(args: &DemoArgs, mut settings: Settings) -> anyhow::Result<ExitCode> {
    common::check_files(&args.files)?;
    common::log_to_stderr(LOGGED)?;
    name_apart(&mut settings);
    let processor = processor(worker(&settings)?);
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime cannot be started")?;
    let begin = Instant::now();
    let tally = runtime.block_on(carry(args, &settings, processor))?;
    let took = begin.elapsed();
    write_results(&args.results, &tally.results)?;
    let mut out = io::stdout().lock();
    findings::write(&mut out, &tally, findings::width())?;
    tally.write(&mut out, took)?;
    writeln!(out, "All results as they came from the queue: {}", args.results.display())?;
    Ok(if tally.is_complete() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Names that no other run has, and a short wait before a second attempt.
fn name_apart(settings: &mut Settings) {
    let prefix = format!("attache-demo-{}", std::process::id());
    settings.consume.queue = format!("{prefix}.articles");
    settings.retry.queue = format!("{prefix}.retry");
    settings.dead_letters.queue = format!("{prefix}.dead");
    settings.publish.exchange = format!("{prefix}.exchange");
    settings.publish.queue = format!("{prefix}.results");
    settings.topology = Topology::Declare;
    settings.retry.wait_seconds = Duration::from_secs(1);
}

/// Declares, publishes, works and reads; what was declared is removed, also when something in between failed.
async fn carry(args: &DemoArgs, settings: &Settings, processor: Processor) -> anyhow::Result<Tally> {
    let options = Options::from(settings);
    let mailbox = Mailbox::open(&options).await?;
    let carried = async {
        let sent = publish(args, settings, &options).await?;
        work(options, processor).await?;
        let results = mailbox.take_all(&settings.publish.queue).await?;
        let dead_letters = mailbox.take_all(&settings.dead_letters.queue).await?;
        anyhow::Ok(Tally { sent, results, dead_letters })
    };
    let carried = carried.await;
    let removed = mailbox.remove().await;
    let tally = carried?;
    removed.context("the queues of the demo could not be removed")?;
    Ok(tally)
}

/// Publishes each article of the files under a message id of its own. Rows are not judged here: that is the worker's part.
async fn publish(args: &DemoArgs, settings: &Settings, options: &Options) -> anyhow::Result<Vec<Sent>> {
    let feed = Feed::open(options).await?;
    let mut sent = Vec::new();
    for file in &args.files {
        let mut articles = Vec::new();
        let mut take = |row: Row| {
            articles.push(row);
            true
        };
        rows::read(file, settings.limits.body_bytes, &mut take).with_context(|| file.display().to_string())?;
        for row in articles {
            let message_id = format!("demo-{}", sent.len() + 1);
            let place = row.line.map_or_else(|| file.display().to_string(), |line| format!("{}:{line}", file.display()));
            let article = Article { message_id: Some(message_id.clone()), content_type: content_type(&row.envelope), body: row.body };
            feed.put(article).await.with_context(|| format!("{place} could not be published"))?;
            sent.push(Sent { message_id, place });
        }
    }
    feed.close().await;
    Ok(sent)
}

fn content_type(envelope: &Envelope) -> &'static str {
    match envelope.content_type.as_deref() {
        Some("text/plain") => "text/plain",
        Some("text/html") => "text/html",
        _ => "application/json",
    }
}

/// Runs the worker until its queues are empty. A signal ends it earlier, in order.
async fn work(options: Options, processor: Processor) -> anyhow::Result<()> {
    let (switch, shutdown) = amqp::shutdown();
    let watching = tokio::spawn(stop_on_signal(switch));
    let status = Status::default();
    amqp::run(options, processor, &status, shutdown, Until::Empty).await?;
    if watching.is_finished() {
        bail!("stopped by a signal before all articles were answered");
    }
    watching.abort();
    Ok(())
}

async fn stop_on_signal(switch: ShutdownSwitch) -> io::Result<()> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    switch.request();
    Ok(())
}

fn write_results(path: &Path, results: &[Mail]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let mut file = io::BufWriter::new(fs::File::create(path).with_context(|| path.display().to_string())?);
    for result in results {
        file.write_all(&result.body)?;
        file.write_all(b"\n")?;
    }
    file.flush().with_context(|| path.display().to_string())
}
