//! The supervisor: builds a session, lets it work until it fails or is done, and builds the next, for ever.
//!
//! A session is one connection that consumes and another that publishes, because the broker stops reading from a publisher when
//! it runs out of memory or disk, and acknowledgements must still get through then.

use std::{future::Future, sync::Arc, time::Duration};

use lapin::Connection;

use super::{
    backoff::Backoff,
    connect::{connect, public_address},
    consumer::{Drained, Intake},
    fault::Fault,
    options::Options,
    outlet::Outlets,
    pool::{Pool, Processor},
    publisher::{PublishLimits, Publisher},
    relay::Relay,
    shutdown::Shutdown,
    status::{Phase, Status},
    topology, vigil,
};
use crate::telemetry::Outcome as Settlement;

/// When a run is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// When it is asked to stop.
    Stopped,
    /// When the input and the wait queue are empty and nothing is in flight, or when it is asked to stop.
    Empty,
}

/// Takes articles and answers them until the run is over; failures of the broker are outlasted.
///
/// # Errors
/// Only what no waiting can mend: threads that cannot be had or are stuck, and with [`Until::Empty`] queues that do not match.
pub async fn run(options: Options, processor: Processor, status: &Status, shutdown: Shutdown, until: Until) -> Result<(), Fault> {
    let options = Arc::new(options);
    let pool = Pool::start(options.threads, options.limits.extraction, processor)
        .map_err(|error| Fault::Stalled(format!("no extraction threads can be started: {error}")))?;
    let supervisor = Supervisor { options, pool: Arc::new(pool), status: status.clone(), shutdown, until };
    let result = supervisor.supervise().await;
    status.enter(Phase::Ended);
    result
}

/// A blocked or half-open connection does not answer to being closed; there is nothing in its answer to wait for.
const CLOSE_LIMIT: Duration = Duration::from_secs(2);

struct Supervisor {
    options: Arc<Options>,
    pool: Arc<Pool>,
    status: Status,
    shutdown: Shutdown,
    until: Until,
}

impl Supervisor {
    async fn supervise(&self) -> Result<(), Fault> {
        let mut backoff = Backoff::new(self.options.backoff);
        loop {
            let settled_before = self.settled();
            let fault = match self.session().await {
                Ok(()) => return Ok(()),
                Err(fault) if self.is_final(&fault) => {
                    self.status.health.fail(fault.to_string());
                    return Err(fault);
                }
                Err(fault) => fault,
            };
            // A session that answered something was sound; the next failure is a new one.
            if self.settled() > settled_before {
                backoff.reset();
            }
            if self.pause(&fault, &mut backoff).await {
                return Ok(());
            }
        }
    }

    /// Deliveries that were settled, in all sessions.
    fn settled(&self) -> u64 {
        let totals = self.status.ledger.totals();
        totals.settled_in_all() - totals.of(Settlement::Abandoned)
    }

    fn is_final(&self, fault: &Fault) -> bool {
        matches!(fault, Fault::ThreadsStuck(_)) || (self.until == Until::Empty && matches!(fault, Fault::Mismatch(_)))
    }

    /// Waits before the next session; `true` when asked to stop meanwhile.
    async fn pause(&self, fault: &Fault, backoff: &mut Backoff) -> bool {
        let pause = backoff.next_pause();
        self.status.lose_session(fault.to_string());
        let error_type = fault.error_type();
        tracing::error!(event = "session.failed", error_type, error = %fault, retry_ms = pause.as_millis() as u64, "trying again");
        tokio::select! {
            () = tokio::time::sleep(pause) => false,
            () = self.shutdown.requested() => true,
        }
    }

    /// One session from connecting to closing. `Ok` when the run is over.
    async fn session(&self) -> Result<(), Fault> {
        self.status.enter(Phase::Connecting);
        let Some(connections) = self.unless_stopped(self.connect()).await? else { return Ok(()) };
        let (consuming, publishing) = connections;
        let result = self.work(&consuming, &publishing).await;
        tokio::join!(self.close(&consuming), self.close(&publishing));
        result
    }

    async fn connect(&self) -> Result<(Connection, Arc<Connection>), Fault> {
        let consuming = connect(&self.options, "consume").await?;
        let publishing = connect(&self.options, "publish").await?;
        Ok((consuming, Arc::new(publishing)))
    }

    async fn work(&self, consuming: &Connection, publishing: &Arc<Connection>) -> Result<(), Fault> {
        let Some(()) = self.unless_stopped(topology::ensure(consuming, &self.options)).await? else { return Ok(()) };
        let relay = Arc::new(self.relay(publishing));
        let mut intake = Intake::open(consuming, Arc::clone(&relay)).await?;
        self.status.enter(Phase::Consuming);
        let address = public_address(&self.options.broker).await;
        tracing::info!(event = "session.started", broker = address, queue = self.options.names.input, prefetch = self.options.prefetch);
        let failure = async {
            tokio::select! {
                fault = vigil::connection_failure(consuming, publishing, &relay) => fault,
                fault = vigil::standstill(consuming, &relay) => fault,
            }
        };
        tokio::pin!(failure);
        intake
            .take_until(async {
                tokio::select! {
                    fault = &mut failure => Err(fault),
                    over = self.over(consuming, &relay) => over,
                }
            })
            .await?;
        self.status.enter(Phase::Draining);
        let drained = tokio::select! {
            drained = intake.drain() => drained?,
            fault = &mut failure => return Err(fault),
        };
        self.tell_drained(drained);
        Ok(())
    }

    fn relay(&self, publishing: &Arc<Connection>) -> Relay {
        let limits =
            PublishLimits { request: self.options.limits.request, confirm: self.options.limits.confirm, sabotage: self.options.sabotage };
        let publisher = Publisher::new(Arc::clone(publishing), self.options.publish_channels, limits);
        let (options, status) = (Arc::clone(&self.options), self.status.clone());
        let outlets = Outlets::new(publisher, Arc::clone(publishing), Arc::clone(&options), status.clone(), self.shutdown.clone());
        Relay { options, pool: Arc::clone(&self.pool), outlets, status, company: tokio::sync::RwLock::new(()) }
    }

    /// Waits until the run is over.
    async fn over(&self, consuming: &Connection, relay: &Relay) -> Result<(), Fault> {
        let emptiness = async {
            match self.until {
                Until::Empty => vigil::emptiness(consuming, relay).await,
                Until::Stopped => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.shutdown.requested() => Ok(()),
            emptied = emptiness => emptied,
        }
    }

    async fn unless_stopped<T>(&self, step: impl Future<Output = Result<T, Fault>>) -> Result<Option<T>, Fault> {
        tokio::select! {
            done = step => done.map(Some),
            () = self.shutdown.requested() => Ok(None),
        }
    }

    /// Closes politely; a connection that is already lost has nothing to say about it.
    async fn close(&self, connection: &Connection) {
        let _ = tokio::time::timeout(self.options.limits.request.min(CLOSE_LIMIT), connection.close(200, "closing".into())).await;
    }

    fn tell_drained(&self, drained: Drained) {
        let Drained { given_back, unfinished } = drained;
        tracing::info!(event = "session.drained", given_back, unfinished, "stopped taking articles");
    }
}
