//! `attache run`: works on the queue.

use std::process::ExitCode;

use anyhow::Context;

use super::{common::log_to_stdout, extract};
use crate::{
    amqp::{self, Options, Shutdown, ShutdownSwitch, Status, Until},
    settings::Settings,
    telemetry::{self, Health, Ledger},
    worker::Worker,
};

/// Take articles from the queue, publish what is found in them, and go on until SIGTERM or SIGINT.
///
/// A signal lets what is in flight finish within work.drain_seconds and gives the rest back to the queue; a second one ends the
/// process at once. No article is lost either way. The broker may come and go: it is tried again for ever.
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
    let until = if args.until_empty { Until::Empty } else { Until::Stopped };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start the runtime")?;
    runtime.block_on(work(settings, worker, until))
}

async fn work(settings: &Settings, worker: Worker, until: Until) -> anyhow::Result<ExitCode> {
    let status = Status::new(Ledger::new(), Health::new());
    let (switch, shutdown) = amqp::shutdown();
    let (finish, finished) = amqp::shutdown();
    let metrics = serve(settings, &status, finished.clone()).await?;
    let interval = settings.logs.interval_seconds;
    let ledger = status.ledger.clone();
    let report = tokio::spawn(async move { telemetry::report(ledger, interval, metrics, finished.requested()).await });
    tokio::spawn(heed_signals(switch));
    let outcome = amqp::run(Options::from(settings), amqp::pool::processor(worker), &status, shutdown, until).await;
    finish.request();
    let _ = report.await;
    outcome?;
    Ok(ExitCode::SUCCESS)
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
