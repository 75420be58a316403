//! What ends a session that would otherwise stand still in silence: lost connections, a consumer that is no longer fed, stuck threads.

use std::{sync::Arc, time::Duration};

use futures_lite::StreamExt;
use lapin::{Channel, Connection, Event, options::QueueDeclareOptions, types::FieldTable};

use super::{
    fault::{Fault, within},
    options::Options,
    properties::short,
    relay::Relay,
    topology::open_channel,
};

/// More stuck threads than this for each thread of the pool, and the process should be started anew.
const STUCK_PER_THREAD: usize = 4;
/// Between two looks at whether the queues are empty.
const EMPTINESS_INTERVAL: Duration = Duration::from_millis(200);

/// Waits until one of the connections fails; meanwhile notes when the publishing one is blocked.
pub async fn connection_failure(consuming: &Connection, publishing: &Connection, relay: &Relay) -> Fault {
    let mut consuming = consuming.events_listener();
    let mut publishing = publishing.events_listener();
    loop {
        let (event, publishes) = tokio::select! {
            event = consuming.next() => (event, false),
            event = publishing.next() => (event, true),
        };
        match event {
            Some(Event::ConnectionBlocked(reason)) if publishes => {
                relay.status.set_blocked(true);
                tracing::warn!(event = "broker.blocked", reason, "the broker takes no messages for now; articles in flight are held");
            }
            Some(Event::ConnectionUnblocked) if publishes => {
                relay.status.set_blocked(false);
                tracing::info!(event = "broker.unblocked", "the broker takes messages again");
            }
            // An error that ends one channel is for its user to handle; a refused publish must not end the session.
            Some(Event::Error(error)) if error.is_amqp_soft_error() => {}
            Some(Event::Error(error)) => return Fault::Broker { step: "keep the connection", error },
            Some(_) => {}
            None => return Fault::Stalled("a connection ended without an error".into()),
        }
    }
}

/// Looks now and then whether the queue has messages while none arrive, although there is room for them.
pub async fn standstill(connection: &Connection, relay: &Relay) -> Fault {
    match watch_queue(connection, relay).await {
        Ok(never) => match never {},
        Err(fault) => fault,
    }
}

async fn watch_queue(connection: &Connection, relay: &Relay) -> Result<std::convert::Infallible, Fault> {
    let channel = open_channel(connection, &relay.options).await?;
    let mut idle_before = None;
    loop {
        tokio::time::sleep(relay.options.limits.watchdog).await;
        check_threads(relay)?;
        let waiting = ready_messages(&channel, &relay.options.names.input, &relay.options).await?;
        let received = relay.status.ledger.totals().received;
        let idle = waiting > 0 && relay.status.ledger.in_flight() == 0;
        // Twice in a row with nothing received in between: one look alone may fall into the moment before a delivery.
        if idle && idle_before == Some(received) {
            return Err(Fault::Stalled(format!("{waiting} messages wait in queue {}, none arrive", relay.options.names.input)));
        }
        idle_before = idle.then_some(received);
    }
}

fn check_threads(relay: &Relay) -> Result<(), Fault> {
    let stuck = relay.pool.stuck_threads();
    if stuck > relay.options.threads * STUCK_PER_THREAD { Err(Fault::ThreadsStuck(stuck)) } else { Ok(()) }
}

/// Waits until the input queue and the wait queue are empty and nothing is in flight.
pub async fn emptiness(connection: &Connection, relay: &Relay) -> Result<(), Fault> {
    let channel = open_channel(connection, &relay.options).await?;
    let names = &relay.options.names;
    let mut empty_before = None;
    loop {
        let mut waiting = 0;
        // The wait queue first: what moves from it to the input between the two looks is then seen in the input queue.
        for queue in [&names.wait, &names.input] {
            waiting += ready_messages(&channel, queue, &relay.options).await?;
        }
        let empty = waiting == 0 && relay.status.ledger.in_flight() == 0;
        let received = relay.status.ledger.totals().received;
        if empty && empty_before == Some(received) {
            return Ok(());
        }
        empty_before = empty.then_some(received);
        tokio::time::sleep(EMPTINESS_INTERVAL).await;
    }
}

/// Messages of a queue that are ready for delivery.
pub async fn ready_messages(channel: &Channel, queue: &str, options: &Arc<Options>) -> Result<u32, Fault> {
    let passive = QueueDeclareOptions { passive: true, durable: true, ..Default::default() };
    let declared = channel.queue_declare(short(queue), passive, FieldTable::default());
    within(options.limits.request, "look at a queue", declared).await.map(|queue| queue.message_count())
}
