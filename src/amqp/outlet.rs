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
    /// Since when it is open and when that was last told; `None` while messages are taken.
    open: Mutex<Option<Refusal>>,
    /// Held by the one that tries.
    probe: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Refusal {
    since: Instant,
    told: Instant,
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
        if let Some(since) = self.breakers[outlet as usize].open(now) {
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
        let Some(refusal) = self.breakers[outlet as usize].lock().take() else { return };
        self.status.accept(outlet.name());
        let seconds = refusal.since.elapsed().as_secs_f64();
        tracing::info!(event = "outlet.recovered", outlet = outlet.name(), seconds, "messages are taken again");
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
        Self { open: Mutex::new(None), probe: tokio::sync::Mutex::new(()) }
    }

    /// Notes a refusal. Returns since when there are any if that is to be told: at the first one, and again once a minute.
    fn open(&self, now: Instant) -> Option<Instant> {
        let mut open = self.lock();
        let Some(refusal) = open.as_mut() else {
            *open = Some(Refusal { since: now, told: now });
            return Some(now);
        };
        if now.duration_since(refusal.told) < REMINDER {
            return None;
        }
        refusal.told = now;
        Some(refusal.since)
    }

    fn is_open(&self) -> bool {
        self.lock().is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Refusal>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_refusal_is_told_at_once_and_then_once_a_minute() {
        let (breaker, begin) = (Breaker::closed(), Instant::now());
        let told: Vec<u64> = (0..=200).filter(|second| breaker.open(begin + Duration::from_secs(*second)).is_some()).collect();
        assert_eq!(told, [0, 60, 120, 180]);
        assert_eq!(breaker.open(begin + Duration::from_secs(240)), Some(begin), "it says since when");
        assert!(breaker.is_open());
    }
}
