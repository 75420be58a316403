//! One summary line an interval, and the metrics recorder.

use std::time::{Duration, Instant};

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::time::MissedTickBehavior;

use super::{
    deliveries::Outcome,
    ledger::{Ledger, Summary},
};

/// Upper edges of the buckets of all durations.
const BUCKET_SECONDS: [f64; 14] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// Starts collecting metrics. Without it they are not collected at all.
pub fn install_metrics() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &BUCKET_SECONDS)?.install_recorder()
}

/// Writes a summary line each interval until `shutdown` is done, then the last one and the totals.
pub async fn report(ledger: Ledger, interval: Duration, metrics: Option<PrometheusHandle>, shutdown: impl Future<Output = ()>) {
    let start = Instant::now();
    let mut last = start;
    let mut ticks = tokio::time::interval_at((start + interval).into(), interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tokio::pin!(shutdown);
    loop {
        let stopping = tokio::select! {
            () = &mut shutdown => true,
            _ = ticks.tick() => false,
        };
        let now = Instant::now();
        log_summary(&ledger.take_summary(), now - last);
        last = now;
        if let Some(metrics) = &metrics {
            // Observations are kept one by one until they are folded into the buckets: without this, memory grows.
            metrics.run_upkeep();
        }
        if stopping {
            return log_totals(&ledger.totals(), start.elapsed());
        }
    }
}

fn log_summary(summary: &Summary, interval: Duration) {
    let (resident_bytes, open_files, tasks) = (resident_bytes(), open_files(), tasks());
    set_gauges(summary, resident_bytes);
    tracing::info!(
        event = "deliveries.summary",
        interval_seconds = interval.as_secs_f64(),
        received = summary.received,
        answered = summary.of(Outcome::Answered),
        skipped = summary.of(Outcome::Skipped),
        dead_lettered = summary.of(Outcome::DeadLettered),
        retried = summary.of(Outcome::Retried),
        requeued = summary.of(Outcome::Requeued),
        abandoned = summary.of(Outcome::Abandoned),
        in_flight_before = summary.in_flight_before,
        in_flight = summary.in_flight,
        p50_ms = summary.total_times.percentile_ms(0.50),
        p95_ms = summary.total_times.percentile_ms(0.95),
        p99_ms = summary.total_times.percentile_ms(0.99),
        oldest_in_flight_ms = summary.oldest_in_flight.as_millis() as u64,
        reconnects = summary.reconnects,
        blocked_seconds = summary.blocked.as_secs_f64(),
        resident_bytes,
        open_files,
        tasks,
    );
}

fn log_totals(totals: &Summary, run: Duration) {
    tracing::info!(
        event = "deliveries.totals",
        run_seconds = run.as_secs_f64(),
        received = totals.received,
        answered = totals.of(Outcome::Answered),
        skipped = totals.of(Outcome::Skipped),
        dead_lettered = totals.of(Outcome::DeadLettered),
        retried = totals.of(Outcome::Retried),
        requeued = totals.of(Outcome::Requeued),
        abandoned = totals.of(Outcome::Abandoned),
        in_flight = totals.in_flight,
        reconnects = totals.reconnects,
        blocked_seconds = totals.blocked.as_secs_f64(),
    );
}

fn set_gauges(summary: &Summary, resident_bytes: Option<u64>) {
    metrics::gauge!("attache_in_flight").set(summary.in_flight as f64);
    metrics::gauge!("attache_oldest_in_flight_seconds").set(summary.oldest_in_flight.as_secs_f64());
    metrics::gauge!("attache_blocked_seconds_total").increment(summary.blocked.as_secs_f64());
    if let Some(resident_bytes) = resident_bytes {
        metrics::gauge!("attache_resident_bytes").set(resident_bytes as f64);
    }
}

/// Files and sockets that this process has open, where the system tells (Linux).
fn open_files() -> Option<u64> {
    std::fs::read_dir("/proc/self/fd").ok().map(|entries| entries.count() as u64)
}

/// Tasks of the runtime that are not done.
fn tasks() -> Option<u64> {
    let runtime = tokio::runtime::Handle::try_current().ok()?;
    Some(runtime.metrics().num_alive_tasks() as u64)
}

/// Memory of this process that is held in RAM, where the system tells (Linux).
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
