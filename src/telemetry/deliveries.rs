//! What is known of one delivery, and what became of it.

use std::time::Duration;

/// What became of a delivery. Each delivery has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Its result is confirmed and it is acknowledged.
    Answered,
    /// Its result has a relevance that is not published; it is acknowledged.
    Skipped,
    /// Its dead letter is confirmed and it is acknowledged.
    DeadLettered,
    /// Its copy in the retry queue is confirmed and it is acknowledged.
    Retried,
    /// It was given back to the queue.
    Requeued,
    /// The session ended before it was settled; the broker will deliver it again.
    Abandoned,
}

impl Outcome {
    pub const ALL: [Self; 6] = [Self::Answered, Self::Skipped, Self::DeadLettered, Self::Retried, Self::Requeued, Self::Abandoned];

    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Skipped => "skipped",
            Self::DeadLettered => "dead_lettered",
            Self::Retried => "retried",
            Self::Requeued => "requeued",
            Self::Abandoned => "abandoned",
        }
    }
}

/// What is known of a delivery, filled in as it is worked on; its log line when it is settled. Never holds article text.
#[derive(Clone, Debug, Default)]
pub struct DeliveryRecord {
    /// The delivery's own `message_id`.
    pub message_id: Option<String>,
    pub article_id: Option<String>,
    /// The `message_id` of the result that was published.
    pub result_id: Option<String>,
    /// 1 for the first attempt.
    pub attempt: u32,
    pub redelivered: bool,
    pub bytes_in: usize,
    pub bytes_out: usize,
    /// Since the publisher's timestamp, where there is one.
    pub queue_age_ms: Option<u64>,
    pub extract_ms: Option<f64>,
    pub confirm_ms: Option<f64>,
    pub language: Option<String>,
    pub sentences: usize,
    pub events: usize,
    pub sanctions: usize,
    pub warnings: usize,
    /// Where it failed: `decode`, `extract`, `publish` …
    pub stage: Option<&'static str>,
    /// A stable name in snake case for why it was not answered.
    pub reason: Option<String>,
    /// The same for people.
    pub detail: Option<String>,
}

impl DeliveryRecord {
    pub(super) fn count(&self, outcome: Outcome, total: Duration) {
        metrics::counter!("attache_deliveries_settled_total", "outcome" => outcome.name()).increment(1);
        metrics::histogram!("attache_delivery_seconds").record(total.as_secs_f64());
        if let Some(extract_ms) = self.extract_ms {
            metrics::histogram!("attache_extract_seconds").record(extract_ms / 1000.0);
        }
        if let Some(confirm_ms) = self.confirm_ms {
            metrics::histogram!("attache_confirm_seconds").record(confirm_ms / 1000.0);
        }
        metrics::counter!("attache_received_bytes_total").increment(self.bytes_in as u64);
        metrics::counter!("attache_published_bytes_total").increment(self.bytes_out as u64);
        metrics::counter!("attache_events_total").increment(self.events as u64);
        metrics::counter!("attache_sanctions_total").increment(self.sanctions as u64);
    }

    pub(super) fn log(&self, outcome: Outcome, total: Duration) {
        // The level is part of a log line's static description, so the two levels need two of them.
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(
                    event = "delivery.settled",
                    outcome = outcome.name(),
                    message.id = self.message_id,
                    article.id = self.article_id,
                    result.id = self.result_id,
                    attempt = self.attempt,
                    redelivered = self.redelivered,
                    bytes_in = self.bytes_in,
                    bytes_out = self.bytes_out,
                    queue_age_ms = self.queue_age_ms,
                    extract_ms = self.extract_ms,
                    confirm_ms = self.confirm_ms,
                    total_ms = total.as_secs_f64() * 1000.0,
                    language = self.language,
                    sentences = self.sentences,
                    events = self.events,
                    sanctions = self.sanctions,
                    warnings = self.warnings,
                    stage = self.stage,
                    reason = self.reason,
                    detail = self.detail,
                )
            };
        }
        match outcome {
            Outcome::Answered | Outcome::Skipped => line!(info),
            Outcome::DeadLettered | Outcome::Retried | Outcome::Requeued | Outcome::Abandoned => line!(warn),
        }
    }
}
