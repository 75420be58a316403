//! The way of one delivery: extraction, its answer confirmed, then its acknowledgement; never in another order.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicNackOptions},
};

use super::{
    fault::{Fault, within},
    options::Options,
    outlet::{Handover, Outlet, Outlets},
    pool::{Pool, Verdict},
    properties::{self, Failure},
    publisher::Parcel,
    status::Status,
};
use crate::{
    telemetry::{DeliveryRecord, Outcome as Settlement},
    worker::{Answer, Outcome, Rejection},
};

/// What every delivery of a session needs.
#[derive(Debug)]
pub struct Relay {
    pub options: Arc<Options>,
    pub pool: Arc<Pool>,
    pub outlets: Outlets,
    pub status: Status,
}

/// What is to be published before the delivery may be acknowledged.
enum Disposal {
    Publish { outlet: Outlet, parcel: Box<Parcel>, settlement: Settlement },
    Skip,
}

impl Relay {
    /// Takes one delivery to its end: acknowledged after its answer is confirmed, or given back.
    ///
    /// # Errors
    /// When the session has to be built anew; the delivery is then still the broker's.
    pub async fn relay(&self, mut delivery: Delivery) -> Result<(), Fault> {
        // Dropped without being settled, as when the session fails, it counts as abandoned.
        let mut in_flight = self.status.ledger.receive(record(&delivery));
        let body = Arc::new(std::mem::take(&mut delivery.data));
        let verdict = self.pool.run(Arc::clone(&body), properties::envelope(&delivery.properties)).await;
        let settlement = match self.dispose(&delivery, body, verdict, &mut in_flight.record) {
            Disposal::Skip => Settlement::Skipped,
            Disposal::Publish { outlet, parcel, settlement } => {
                let begun = Instant::now();
                let handover = self.outlets.hand_over(outlet, &parcel).await?;
                in_flight.record.confirm_ms = Some(milliseconds(begun.elapsed()));
                if handover == Handover::GivenUp {
                    self.give_back(&delivery).await?;
                    in_flight.settle(Settlement::Requeued);
                    return Ok(());
                }
                settlement
            }
        };
        self.acknowledge(&delivery).await?;
        in_flight.settle(settlement);
        Ok(())
    }

    /// Puts the delivery back on its queue.
    pub async fn give_back(&self, delivery: &Delivery) -> Result<(), Fault> {
        let nack = delivery.nack(BasicNackOptions { requeue: true, multiple: false });
        within(self.options.limits.request, "give a message back", nack).await.map(drop)
    }

    async fn acknowledge(&self, delivery: &Delivery) -> Result<(), Fault> {
        let ack = delivery.ack(BasicAckOptions { multiple: false });
        match within(self.options.limits.request, "acknowledge", ack).await? {
            true => Ok(()),
            false => Err(Fault::AckRefused),
        }
    }

    fn dispose(&self, delivery: &Delivery, body: Arc<Vec<u8>>, verdict: Verdict, record: &mut DeliveryRecord) -> Disposal {
        match verdict {
            Verdict::Done { outcome: Outcome::Answered(answer), took } => {
                record.extract_ms = Some(milliseconds(took));
                self.answer(delivery, body, answer, record)
            }
            Verdict::Done { outcome: Outcome::Rejected(Rejection { reason, detail, .. }), took } => {
                record.extract_ms = Some(milliseconds(took));
                self.bury(delivery, body, failure(reason, "decode", detail, record))
            }
            Verdict::Panicked(message) => self.retry_or_bury(delivery, body, failure("panic", "extract", message, record)),
            Verdict::TimedOut => {
                let detail = format!("not done within {} s", self.options.limits.extraction.as_secs_f32());
                self.retry_or_bury(delivery, body, failure("extraction_timeout", "extract", detail, record))
            }
        }
    }

    fn answer(&self, delivery: &Delivery, body: Arc<Vec<u8>>, answer: Answer, record: &mut DeliveryRecord) -> Disposal {
        note_answer(&answer, record);
        if answer.body.len() > self.options.result_bytes {
            let detail = format!("the result has {} bytes, the limit is {}", answer.body.len(), self.options.result_bytes);
            return self.bury(delivery, body, failure("result_too_large", "encode", detail, record));
        }
        let taken = |only: &Vec<String>| only.iter().any(|relevance| relevance == answer.relevance);
        if !self.options.publish_only.as_ref().is_none_or(taken) {
            return Disposal::Skip;
        }
        let parcel = Parcel {
            exchange: self.options.names.results_exchange.clone(),
            routing_key: format!("result.{}", answer.relevance),
            properties: properties::result_properties(&answer.message_id, &delivery.properties),
            body: Arc::new(answer.body),
        };
        Disposal::Publish { outlet: Outlet::Results, parcel: Box::new(parcel), settlement: Settlement::Answered }
    }

    /// A failure that may pass is tried again after a while, but not for ever.
    fn retry_or_bury(&self, delivery: &Delivery, body: Arc<Vec<u8>>, failure: Failure) -> Disposal {
        if failure.attempts >= self.options.attempts {
            return self.bury(delivery, body, failure);
        }
        let properties = properties::retry_properties(delivery, &self.options.names.input, &failure);
        let parcel = to_queue(&self.options.names.wait, body, properties);
        Disposal::Publish { outlet: Outlet::Wait, parcel: Box::new(parcel), settlement: Settlement::Retried }
    }

    fn bury(&self, delivery: &Delivery, body: Arc<Vec<u8>>, failure: Failure) -> Disposal {
        let properties = properties::dead_letter_properties(delivery, &self.options.names.input, &failure);
        let parcel = to_queue(&self.options.names.dead, body, properties);
        Disposal::Publish { outlet: Outlet::DeadLetters, parcel: Box::new(parcel), settlement: Settlement::DeadLettered }
    }
}

fn to_queue(queue: &str, body: Arc<Vec<u8>>, properties: lapin::BasicProperties) -> Parcel {
    Parcel { exchange: String::new(), routing_key: queue.to_owned(), body, properties }
}

fn failure(reason: &str, stage: &'static str, detail: String, record: &mut DeliveryRecord) -> Failure {
    record.stage = Some(stage);
    record.reason = Some(reason.to_owned());
    record.detail = Some(detail.clone());
    Failure { reason: reason.to_owned(), stage, detail, attempts: record.attempt, now: jiff::Timestamp::now().to_string() }
}

fn note_answer(answer: &Answer, record: &mut DeliveryRecord) {
    record.article_id = Some(answer.article_id.clone());
    record.result_id = Some(answer.message_id.clone());
    record.bytes_out = answer.body.len();
    record.language = Some(answer.language.clone());
    (record.events, record.sanctions) = (answer.events, answer.sanctions);
    (record.warnings, record.sentences) = (answer.warnings, answer.sentences);
}

/// What is known of a delivery before anything is done with it.
fn record(delivery: &Delivery) -> DeliveryRecord {
    let properties = &delivery.properties;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let age = |sent_ms: u64| u64::try_from(now.as_millis()).unwrap_or(u64::MAX).saturating_sub(sent_ms);
    DeliveryRecord {
        message_id: properties.message_id().as_ref().map(|id| id.to_string()),
        attempt: properties::failed_attempts(properties).saturating_add(1),
        redelivered: delivery.redelivered,
        bytes_in: delivery.data.len(),
        queue_age_ms: properties::sent_at_ms(properties).map(age),
        ..DeliveryRecord::default()
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
