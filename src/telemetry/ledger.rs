//! The account of deliveries: what was received, what each came to, what is still in flight.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{
    deliveries::{DeliveryRecord, Outcome},
    histogram::Histogram,
};

/// Counts every delivery once in and once out. Cheap to clone; all clones count together.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Accounts>>);

#[derive(Debug, Default)]
struct Accounts {
    received: u64,
    settled: [u64; Outcome::ALL.len()],
    /// When each delivery in flight was received, by a number that grows: the first is the oldest.
    in_flight: BTreeMap<u64, Instant>,
    total_times: Histogram,
    reconnects: u64,
    blocked_since: Option<Instant>,
    blocked: Duration,
    last: Mark,
}

/// Where the counters stood at the last summary.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    received: u64,
    settled: [u64; Outcome::ALL.len()],
    in_flight: usize,
    reconnects: u64,
    blocked: Duration,
}

/// The account of one interval: `in_flight_before + received` is the sum of the outcomes plus `in_flight`.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub received: u64,
    /// In the order of [`Outcome::ALL`].
    pub settled: [u64; Outcome::ALL.len()],
    pub in_flight_before: usize,
    pub in_flight: usize,
    pub oldest_in_flight: Duration,
    /// From receiving to settling, of what was settled in the interval.
    pub total_times: Histogram,
    pub reconnects: u64,
    /// How long the broker blocked publishing.
    pub blocked: Duration,
}

impl Summary {
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.settled[outcome as usize]
    }

    pub fn settled_in_all(&self) -> u64 {
        self.settled.iter().sum()
    }
}

impl Ledger {
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a delivery as received; dropping what this returns without settling it counts it as abandoned.
    pub fn receive(&self, record: DeliveryRecord) -> InFlight {
        let received = Instant::now();
        let number = {
            let mut accounts = self.lock();
            accounts.received += 1;
            let number = accounts.received;
            accounts.in_flight.insert(number, received);
            number
        };
        metrics::counter!("attache_deliveries_received_total").increment(1);
        InFlight { record, received, number, ledger: self.clone(), settled: false }
    }

    /// Counts a session that was built after another one was lost.
    pub fn reconnected(&self) {
        self.lock().reconnects += 1;
        metrics::counter!("attache_reconnects_total").increment(1);
    }

    /// Notes that the broker blocks publishing, or no longer does. Repeating it changes nothing.
    pub fn set_blocked(&self, blocked: bool) {
        let mut accounts = self.lock();
        match (blocked, accounts.blocked_since) {
            (true, None) => accounts.blocked_since = Some(Instant::now()),
            (false, Some(since)) => {
                accounts.blocked += since.elapsed();
                accounts.blocked_since = None;
            }
            _ => {}
        }
    }

    pub fn in_flight(&self) -> usize {
        self.lock().in_flight.len()
    }

    /// How long the oldest delivery in flight has been here; zero when there is none.
    pub fn oldest_in_flight(&self) -> Duration {
        self.lock().oldest_in_flight()
    }

    /// The account since the last call, and a new beginning for the next.
    pub fn take_summary(&self) -> Summary {
        let mut accounts = self.lock();
        let now = accounts.mark();
        let last = std::mem::replace(&mut accounts.last, now);
        Summary {
            total_times: std::mem::take(&mut accounts.total_times),
            oldest_in_flight: accounts.oldest_in_flight(),
            ..now.since(&last)
        }
    }

    /// The account since the start, without times.
    pub fn totals(&self) -> Summary {
        self.lock().mark().since(&Mark::default())
    }

    fn settle(&self, number: u64, outcome: Outcome, total: Duration) {
        let mut accounts = self.lock();
        accounts.in_flight.remove(&number);
        accounts.settled[outcome as usize] += 1;
        accounts.total_times.record(total);
    }

    /// Counters stay usable after a panic elsewhere: each change of them is complete before anything can panic.
    fn lock(&self) -> MutexGuard<'_, Accounts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Accounts {
    fn oldest_in_flight(&self) -> Duration {
        self.in_flight.first_key_value().map_or(Duration::ZERO, |(_, received)| received.elapsed())
    }

    fn mark(&self) -> Mark {
        Mark {
            received: self.received,
            settled: self.settled,
            in_flight: self.in_flight.len(),
            reconnects: self.reconnects,
            blocked: self.blocked + self.blocked_since.map_or(Duration::ZERO, |since| since.elapsed()),
        }
    }
}

impl Mark {
    fn since(&self, earlier: &Mark) -> Summary {
        Summary {
            received: self.received - earlier.received,
            settled: std::array::from_fn(|outcome| self.settled[outcome] - earlier.settled[outcome]),
            in_flight_before: earlier.in_flight,
            in_flight: self.in_flight,
            reconnects: self.reconnects - earlier.reconnects,
            blocked: self.blocked.saturating_sub(earlier.blocked),
            ..Summary::default()
        }
    }
}

/// A delivery that is not settled yet.
#[derive(Debug)]
pub struct InFlight {
    pub record: DeliveryRecord,
    received: Instant,
    number: u64,
    ledger: Ledger,
    settled: bool,
}

impl InFlight {
    /// How long ago it was received.
    pub fn elapsed(&self) -> Duration {
        self.received.elapsed()
    }

    /// Counts the outcome and writes the delivery's one log line. Call it after the acknowledgement.
    pub fn settle(mut self, outcome: Outcome) {
        self.close(outcome);
    }

    fn close(&mut self, outcome: Outcome) {
        if std::mem::replace(&mut self.settled, true) {
            return;
        }
        let total = self.received.elapsed();
        self.ledger.settle(self.number, outcome, total);
        self.record.count(outcome, total);
        self.record.log(outcome, total);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.close(Outcome::Abandoned);
    }
}
