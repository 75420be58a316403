//! `attache run`: works on the queue.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;

use super::{common::log_to_stdout, extract};
use crate::{
    amqp::{self, Options, Shutdown, ShutdownSwitch, Status, Until},
    lexicon::{Watch, WatchLists},
    settings::Settings,
    telemetry::{self, Health, Ledger},
    worker::Worker,
};

/// Take articles from the queue, publish what is found in them, and go on until SIGTERM or SIGINT.
///
/// A signal lets what is in flight finish within work.drain_seconds and gives the rest back to the queue; a second one ends the
/// process at once. No article is lost either way. The broker may come and go: it is tried again for ever.
///
/// SIGHUP reads the watch lists anew; a file that is wrong is logged, and the lists that were in force stay.
///
/// Exit code 0 after a signal or an empty queue; 1 when extraction threads are stuck; 2 for wrong settings; 4 with
/// --until-empty when the broker's queues are not as the settings say; 130 after a second signal.
#[derive(Debug, clap::Args)]
pub struct RunArgs {
    /// End when the queue and the retry queue are empty and nothing is in flight.
    #[arg(long, visible_alias = "once-drained")]
    pub until_empty: bool,
}

/// Runs the subcommand.
pub fn run(args: &RunArgs, settings: &Settings) -> anyhow::Result<ExitCode> {
    log_to_stdout(&settings.logs)?;
    let worker = extract::worker(settings)?;
    let lists = Lists { watch: Arc::clone(&worker.watch), files: settings.sanctions.watchlists.clone() };
    if !lists.files.is_empty() {
        lists.log_loaded();
    }
    let until = if args.until_empty { Until::Empty } else { Until::Stopped };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start the runtime")?;
    runtime.block_on(work(settings, worker, lists, until))
}

async fn work(settings: &Settings, worker: Worker, lists: Lists, until: Until) -> anyhow::Result<ExitCode> {
    let status = Status::new(Ledger::new(), Health::new());
    let (switch, shutdown) = amqp::shutdown();
    let (finish, finished) = amqp::shutdown();
    let metrics = serve(settings, &status, finished.clone()).await?;
    let interval = settings.logs.interval_seconds;
    let ledger = status.ledger.clone();
    let report = tokio::spawn(async move { telemetry::report(ledger, interval, metrics, finished.requested()).await });
    tokio::spawn(heed_signals(switch));
    tokio::spawn(lists.heed_hangups());
    let outcome = amqp::run(Options::from(settings), amqp::pool::processor(worker), &status, shutdown, until).await;
    finish.request();
    let _ = report.await;
    outcome?;
    Ok(ExitCode::SUCCESS)
}

/// The watch lists in force and the files that they come from.
struct Lists {
    watch: Arc<Watch>,
    files: Vec<PathBuf>,
}

impl Lists {
    /// SIGHUP reads the files anew. Articles go on meanwhile, each with the lists that are in force when it is begun.
    async fn heed_hangups(self) {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut hangups) = signal(SignalKind::hangup()) else { return };
        let lists = Arc::new(self);
        while hangups.recv().await.is_some() {
            let lists = Arc::clone(&lists);
            let _ = tokio::task::spawn_blocking(move || lists.reload()).await;
        }
    }

    fn reload(&self) {
        match WatchLists::load(&self.files) {
            Ok(lists) => {
                self.watch.exchange(lists);
                self.log_loaded();
            }
            Err(error) => {
                let (file, line, reason) = (error.file.display().to_string(), error.line, error.problem);
                tracing::error!(event = "watchlists.refused", file, line, reason, "the watch lists that were in force stay");
            }
        }
    }

    fn log_loaded(&self) {
        let lists = self.watch.lists();
        let (files, entries, names, bytes) = (self.files.len(), lists.entries(), lists.names(), lists.bytes());
        let load_ms = u64::try_from(lists.load_time().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(event = "watchlists.loaded", files, entries, names, bytes, load_ms, "the watch lists are in force");
    }
}

/// Answers questions about health over HTTP, if the settings say where.
async fn serve(settings: &Settings, status: &Status, finished: Shutdown) -> anyhow::Result<Option<telemetry::PrometheusHandle>> {
    let Some(listen) = settings.http.listen else { return Ok(None) };
    let metrics = telemetry::install_metrics()?;
    let listener = telemetry::bind(listen).await.with_context(|| format!("http.listen: cannot listen on {listen}"))?;
    let (health, shown) = (status.health.clone(), metrics.clone());
    tokio::spawn(async move { telemetry::serve(listener, health, shown, async move { finished.requested().await }).await });
    Ok(Some(metrics))
}

/// The first signal asks to stop, the second ends the process with the exit code that shells give for it.
async fn heed_signals(switch: ShutdownSwitch) {
    let signal = next_signal().await;
    tracing::info!(event = "worker.stopping", signal, "finishing what is in flight; a second signal ends the process at once");
    switch.request();
    next_signal().await;
    std::process::exit(130);
}

async fn next_signal() -> &'static str {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!(event = "worker.no_signals", "the system gives no signals; stop the worker with SIGKILL, nothing is lost by it");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    }
}

/// Runs what talks to the broker from a subcommand that is not the worker.
pub fn block_on<T>(task: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start the runtime")?.block_on(task)
}
