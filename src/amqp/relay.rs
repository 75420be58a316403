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
    suspicion::Suspicion,
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
    /// Read by what is worked on in company, written by what has to be worked on alone.
    pub company: tokio::sync::RwLock<()>,
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
        let disposal = self.decide(&delivery, &body, &mut in_flight.record).await;
        let early = self.options.sabotage.acks_before_confirm();
        if early {
            self.acknowledge(&delivery).await?;
        }
        let begun = Instant::now();
        let settlement = self.carry_out(&delivery, &body, disposal).await?;
        if settlement != Settlement::Skipped {
            in_flight.record.confirm_ms = Some(milliseconds(begun.elapsed()));
        }
        match settlement {
            Settlement::Requeued => self.give_back(&delivery).await?,
            _ if early => {}
            _ => self.acknowledge(&delivery).await?,
        }
        in_flight.settle(settlement);
        Ok(())
    }

    /// Works on the article, unless it came back so often that it may have ended the process.
    async fn decide(&self, delivery: &Delivery, body: &Arc<Vec<u8>>, record: &mut DeliveryRecord) -> Disposal {
        let verdict = match Suspicion::of(delivery, &self.options) {
            Suspicion::None => {
                let _company = self.company.read().await;
                self.pool.run(Arc::clone(body), properties::envelope(&delivery.properties)).await
            }
            Suspicion::Alone => {
                let _alone = self.company.write().await;
                self.pool.run(Arc::clone(body), properties::envelope(&delivery.properties)).await
            }
            Suspicion::SetAside(times) => {
                let detail = format!("it came back too often without an answer and is worked on alone next; time {times}");
                let failure = failure("came_back", "receive", detail, record);
                return self.set_aside(delivery, body, Failure { suspected: times, ..failure });
            }
            Suspicion::GiveUp(times) => {
                let detail = format!("the worker was gone each of the {times} times that it worked on this article alone");
                return self.bury(delivery, body, failure("crash", "extract", detail, record));
            }
        };
        self.dispose(delivery, body, verdict, record)
    }

    /// Publishes what is to be published, for as long as it takes.
    async fn carry_out(&self, delivery: &Delivery, body: &Arc<Vec<u8>>, disposal: Disposal) -> Result<Settlement, Fault> {
        let Disposal::Publish { outlet, parcel, settlement } = disposal else { return Ok(Settlement::Skipped) };
        loop {
            match self.outlets.hand_over(outlet, &parcel).await? {
                Handover::Confirmed => return Ok(settlement),
                Handover::GivenUp => return Ok(Settlement::Requeued),
                Handover::HeldTooLong if outlet == Outlet::Wait => {}
                Handover::HeldTooLong => {
                    if self.postpone(delivery, body).await? {
                        return Ok(Settlement::Retried);
                    }
                }
            }
        }
    }

    /// The broker takes an article away from who holds it for too long: a copy waits in the retry queue instead, if that is taken.
    async fn postpone(&self, delivery: &Delivery, body: &Arc<Vec<u8>>) -> Result<bool, Fault> {
        let detail = format!("its answer was not taken for {} s", self.options.limits.hold.as_secs_f32());
        let failure = Failure {
            reason: "held".into(),
            stage: "publish",
            detail,
            attempts: properties::failed_attempts(&delivery.properties),
            suspected: 0,
            now: jiff::Timestamp::now().to_string(),
        };
        let Disposal::Publish { parcel, .. } = self.set_aside(delivery, body, failure) else { return Ok(false) };
        self.outlets.offer(Outlet::Wait, &parcel).await
    }

    /// Puts the delivery back on its queue.
    pub async fn give_back(&self, delivery: &Delivery) -> Result<(), Fault> {
        let nack = delivery.nack(BasicNackOptions { requeue: true, multiple: false });
        within(self.options.limits.request, "give a message back", nack).await.map(drop)
    }

    async fn acknowledge(&self, delivery: &Delivery) -> Result<(), Fault> {
        let ack = delivery.ack(BasicAckOptions { multiple: self.options.sabotage.acks_multiple() });
        match within(self.options.limits.request, "acknowledge", ack).await? {
            true => Ok(()),
            false => Err(Fault::AckRefused),
        }
    }

    fn dispose(&self, delivery: &Delivery, body: &Arc<Vec<u8>>, verdict: Verdict, record: &mut DeliveryRecord) -> Disposal {
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

    fn answer(&self, delivery: &Delivery, body: &Arc<Vec<u8>>, answer: Answer, record: &mut DeliveryRecord) -> Disposal {
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
    fn retry_or_bury(&self, delivery: &Delivery, body: &Arc<Vec<u8>>, failure: Failure) -> Disposal {
        match failure.attempts >= self.options.attempts {
            true => self.bury(delivery, body, failure),
            false => self.wait(delivery, body, &failure),
        }
    }

    /// Waits as after a failure, but this was no attempt.
    fn set_aside(&self, delivery: &Delivery, body: &Arc<Vec<u8>>, failure: Failure) -> Disposal {
        let attempts = properties::failed_attempts(&delivery.properties);
        self.wait(delivery, body, &Failure { attempts, ..failure })
    }

    fn wait(&self, delivery: &Delivery, body: &Arc<Vec<u8>>, failure: &Failure) -> Disposal {
        let properties = properties::retry_properties(delivery, &self.options.names.input, failure);
        let parcel = to_queue(&self.options.names.wait, Arc::clone(body), properties);
        Disposal::Publish { outlet: Outlet::Wait, parcel: Box::new(parcel), settlement: Settlement::Retried }
    }

    fn bury(&self, delivery: &Delivery, body: &Arc<Vec<u8>>, failure: Failure) -> Disposal {
        let properties = properties::dead_letter_properties(delivery, &self.options.names.input, &failure);
        let parcel = to_queue(&self.options.names.dead, Arc::clone(body), properties);
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
    Failure { reason: reason.to_owned(), stage, detail, attempts: record.attempt, suspected: 0, now: jiff::Timestamp::now().to_string() }
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
