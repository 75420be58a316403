//! Where messages go out, each with a breaker: while the broker does not take what is sent there, everything bound for it is held
//! and one message at a time tries again.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use lapin::Connection;

use super::{
    backoff::Backoff,
    fault::Fault,
    mismatch::Mismatch,
    options::Options,
    publisher::{Parcel, PublishFault, Publisher},
    shutdown::Shutdown,
    status::Status,
    topology,
};

/// How often a standing refusal is told again.
const REMINDER: Duration = Duration::from_secs(60);

/// Where a message is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlet {
    Results,
    Wait,
    DeadLetters,
}

/// What came of handing a message over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handover {
    Confirmed,
    /// The broker did not take it until the worker was asked to stop.
    GivenUp,
    /// The broker has not taken it for as long as a message may be held.
    HeldTooLong,
}

/// The three outlets of one session.
#[derive(Debug)]
pub struct Outlets {
    publisher: Publisher,
    connection: Arc<Connection>,
    options: Arc<Options>,
    status: Status,
    shutdown: Shutdown,
    breakers: [Breaker; 3],
}

#[derive(Debug)]
struct Breaker {
    refusal: Mutex<Refusal>,
    /// Held by the one that tries.
    probe: tokio::sync::Mutex<()>,
}

/// A queue at its limit takes a message now and then, and each time must not be two lines in the log.
#[derive(Debug, Default)]
struct Refusal {
    /// Since when nothing is taken; `None` while messages are.
    since: Option<Instant>,
    /// When a refusal was last told; kept while messages are taken.
    told: Option<Instant>,
    /// Whether the present one was told, so that its end is worth a line too.
    is_told: bool,
}

impl Outlets {
    pub fn new(publisher: Publisher, connection: Arc<Connection>, options: Arc<Options>, status: Status, shutdown: Shutdown) -> Self {
        let breakers = [Breaker::closed(), Breaker::closed(), Breaker::closed()];
        Self { publisher, connection, options, status, shutdown, breakers }
    }

    /// Publishes until the broker confirms it. While the broker does not take it the message is held: its input stays
    /// unacknowledged, and no more are taken than may be in flight.
    ///
    /// # Errors
    /// When the session has to be built anew.
    pub async fn hand_over(&self, outlet: Outlet, parcel: &Parcel) -> Result<Handover, Fault> {
        let breaker = &self.breakers[outlet as usize];
        if !breaker.is_open() && self.try_once(outlet, parcel, None).await? {
            return Ok(Handover::Confirmed);
        }
        tokio::select! {
            handed_over = self.hold(outlet, parcel) => handed_over,
            () = tokio::time::sleep(self.options.limits.hold) => Ok(Handover::HeldTooLong),
            () = self.shutdown.requested() => Ok(Handover::GivenUp),
        }
    }

    /// Publishes if the broker takes it at once; `false` when not.
    ///
    /// # Errors
    /// When the session has to be built anew.
    pub async fn offer(&self, outlet: Outlet, parcel: &Parcel) -> Result<bool, Fault> {
        match self.breakers[outlet as usize].is_open() {
            true => Ok(false),
            false => self.try_once(outlet, parcel, None).await,
        }
    }

    async fn hold(&self, outlet: Outlet, parcel: &Parcel) -> Result<Handover, Fault> {
        let breaker = &self.breakers[outlet as usize];
        let _alone = breaker.probe.lock().await;
        let mut backoff = Backoff::new(self.options.backoff);
        loop {
            let mut obstacle = None;
            if breaker.is_open() {
                tokio::time::sleep(backoff.next_pause()).await;
                obstacle = self.mend().await?;
            }
            if self.try_once(outlet, parcel, obstacle).await? {
                return Ok(Handover::Confirmed);
            }
        }
    }

    /// Declares what may have been deleted, or returns what is missing.
    async fn mend(&self) -> Result<Option<Mismatch>, Fault> {
        // The broker reads nothing from this connection then, and a request that it does not answer would end the session.
        if self.connection.status().blocked() {
            return Ok(None);
        }
        match topology::ensure(&self.connection, &self.options).await {
            Ok(()) => Ok(None),
            Err(Fault::Mismatch(mismatch)) => Ok(Some(mismatch)),
            Err(fault) => Err(fault),
        }
    }

    /// `true` when confirmed, `false` when not taken; what is known to be missing then explains why.
    async fn try_once(&self, outlet: Outlet, parcel: &Parcel, obstacle: Option<Mismatch>) -> Result<bool, Fault> {
        match self.publisher.publish(parcel).await {
            Ok(()) => {
                self.close_breaker(outlet);
                Ok(true)
            }
            Err(PublishFault::NotTaken(reason)) => {
                let explained = obstacle.map_or_else(|| reason.clone(), |mismatch| format!("{reason}; {mismatch}"));
                self.open_breaker(outlet, &explained);
                Ok(false)
            }
            Err(PublishFault::Session(fault)) => Err(fault),
        }
    }

    fn open_breaker(&self, outlet: Outlet, reason: &str) {
        self.status.refuse(outlet.name(), reason);
        let now = Instant::now();
        if let Some(since) = self.breakers[outlet as usize].lock().note(now) {
            let (held, seconds) = (self.status.ledger.in_flight(), now.duration_since(since).as_secs());
            tracing::error!(
                event = "outlet.refused",
                outlet = outlet.name(),
                reason,
                held,
                seconds,
                "articles are held until the broker takes messages again; nothing is lost"
            );
        }
    }

    fn close_breaker(&self, outlet: Outlet) {
        let Some((since, is_told)) = self.breakers[outlet as usize].lock().end() else { return };
        self.status.accept(outlet.name());
        if is_told {
            let seconds = since.elapsed().as_secs_f64();
            tracing::info!(event = "outlet.recovered", outlet = outlet.name(), seconds, "messages are taken again");
        }
    }
}

impl Outlet {
    pub fn name(self) -> &'static str {
        match self {
            Self::Results => "results",
            Self::Wait => "wait",
            Self::DeadLetters => "dead_letters",
        }
    }
}

impl Breaker {
    fn closed() -> Self {
        Self { refusal: Mutex::default(), probe: tokio::sync::Mutex::new(()) }
    }

    fn is_open(&self) -> bool {
        self.lock().since.is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Refusal> {
        self.refusal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Refusal {
    /// Notes that a message was not taken. Returns since when that is so if it is to be told, which is once a minute at most.
    fn note(&mut self, now: Instant) -> Option<Instant> {
        let since = *self.since.get_or_insert(now);
        if self.told.is_some_and(|told| now.duration_since(told) < REMINDER) {
            return None;
        }
        (self.told, self.is_told) = (Some(now), true);
        Some(since)
    }

    /// Notes that a message was taken. Returns since when none was, and whether that was told.
    fn end(&mut self) -> Option<(Instant, bool)> {
        let since = self.since.take()?;
        Some((since, std::mem::take(&mut self.is_told)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_refusal_is_told_at_once_and_then_once_a_minute() {
        let (mut refusal, begin) = (Refusal::default(), Instant::now());
        let told: Vec<u64> = (0..=200).filter(|second| refusal.note(begin + Duration::from_secs(*second)).is_some()).collect();
        assert_eq!(told, [0, 60, 120, 180]);
        assert_eq!(refusal.note(begin + Duration::from_secs(240)), Some(begin), "it says since when");
    }

    #[test]
    fn a_queue_at_its_limit_is_told_once_a_minute_with_its_recovery() {
        let (mut refusal, begin) = (Refusal::default(), Instant::now());
        let (mut told, mut recovered) = (Vec::new(), Vec::new());
        for second in 0..130 {
            let now = begin + Duration::from_secs(second);
            told.extend(refusal.note(now).map(|_| second));
            recovered.extend(refusal.end().filter(|(_, is_told)| *is_told).map(|_| second));
        }
        assert_eq!((told, recovered), (vec![0, 60, 120], vec![0, 60, 120]));
        assert!(refusal.end().is_none());
    }
}
