//! Takes deliveries from the input queue, as many as may be in flight, until the worker is to stop or the session fails.

use std::{sync::Arc, time::Duration};

use futures_lite::StreamExt;
use lapin::{
    Channel, Connection, Consumer,
    message::Delivery,
    options::{BasicCancelOptions, BasicConsumeOptions, BasicQosOptions},
    types::FieldTable,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::{JoinError, JoinSet},
};

use super::{
    fault::{Fault, within},
    options::Options,
    properties::short,
    relay::Relay,
    topology::open_channel,
};

/// Acknowledgements that a busy broker has read and not carried out when the channel is closed seem to be lost to it (docs/faults.md),
/// and their articles are answered again. There is no answer to an acknowledgement to wait for, so the broker is given a moment.
const SETTLING: Duration = Duration::from_secs(1);

/// A running subscription to the input queue.
#[derive(Debug)]
pub struct Intake {
    /// Kept because lapin closes a channel that nobody holds.
    channel: Channel,
    consumer: Consumer,
    pace: Pace,
    places: Arc<Semaphore>,
    tasks: JoinSet<Result<(), Fault>>,
    relay: Arc<Relay>,
}

/// How many messages the broker sends ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    /// One: while messages come that were delivered before. One of them may have ended the process, and what is delivered
    /// beside it would come back with it, and count as delivered, each time.
    Careful,
    /// As many as the options say.
    Full,
}

impl Intake {
    /// Subscribes, with care at first.
    pub async fn open(connection: &Connection, relay: Arc<Relay>) -> Result<Self, Fault> {
        let channel = open_channel(connection, &relay.options).await?;
        let consumer = subscribe(&channel, &relay.options, 1).await?;
        let places = Arc::new(Semaphore::new(relay.options.in_flight.max(1)));
        Ok(Self { channel, consumer, pace: Pace::Careful, places, tasks: JoinSet::new(), relay })
    }

    /// Takes deliveries until `stop` comes true.
    ///
    /// # Errors
    /// When the session has to be built anew; what was in flight is then the broker's again.
    pub async fn take_until(&mut self, stop: impl Future<Output = Result<(), Fault>>) -> Result<(), Fault> {
        tokio::pin!(stop);
        loop {
            tokio::select! {
                stopped = &mut stop => return stopped,
                Some(ended) = self.tasks.join_next() => settle(ended)?,
                next = next_delivery(&self.places, &mut self.consumer) => {
                    let (place, delivery) = next;
                    let delivery = delivery.ok_or_else(|| ended(&self.relay.options))?;
                    let delivery = delivery.map_err(|error| Fault::Broker { step: "consume", error })?;
                    let fresh = !delivery.redelivered;
                    self.start(place, delivery);
                    if fresh && self.pace == Pace::Careful {
                        self.quicken().await?;
                    }
                }
            }
        }
    }

    /// Stops taking, gives back what has not begun, and finishes what is in flight within the grace.
    pub async fn drain(mut self) -> Result<Drained, Fault> {
        let relay = Arc::clone(&self.relay);
        let limits = &relay.options.limits;
        self.cancel().await?;
        let given_back = self.give_back_buffered().await?;
        let in_time = tokio::time::timeout(limits.drain, async {
            while let Some(ended) = self.tasks.join_next().await {
                settle(ended)?;
            }
            Ok(())
        });
        match in_time.await {
            Ok(Ok(())) => {
                tokio::time::sleep(SETTLING).await;
                Ok(Drained { given_back, unfinished: 0 })
            }
            Ok(Err(fault)) => Err(fault),
            // Closing the connection, which comes next, gives these back.
            Err(_) => Ok(Drained { given_back, unfinished: self.tasks.len() }),
        }
    }

    /// A prefetch holds for consumers that come after it, so this one is replaced.
    async fn quicken(&mut self) -> Result<(), Fault> {
        let options = Arc::clone(&self.relay.options);
        self.cancel().await?;
        while let Some(buffered) = self.next_buffered().await {
            self.start(None, buffered);
        }
        self.consumer = subscribe(&self.channel, &options, options.prefetch).await?;
        self.pace = Pace::Full;
        Ok(())
    }

    async fn cancel(&self) -> Result<(), Fault> {
        let cancel = self.channel.basic_cancel(self.consumer.tag(), BasicCancelOptions::default());
        within(self.relay.options.limits.request, "cancel the consumer", cancel).await
    }

    /// What a cancelled consumer still has.
    async fn next_buffered(&mut self) -> Option<Delivery> {
        tokio::time::timeout(self.relay.options.limits.request, self.consumer.next()).await.ok()??.ok()
    }

    fn start(&mut self, place: Option<OwnedSemaphorePermit>, delivery: Delivery) {
        let relay = Arc::clone(&self.relay);
        self.tasks.spawn(async move {
            let result = relay.relay(delivery).await;
            drop(place);
            result
        });
    }

    async fn give_back_buffered(&mut self) -> Result<usize, Fault> {
        let mut given_back = 0;
        while let Some(delivery) = self.next_buffered().await {
            self.relay.give_back(&delivery).await?;
            given_back += 1;
        }
        Ok(given_back)
    }
}

/// What a drain left for other workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drained {
    /// Sent ahead by the broker and not begun.
    pub given_back: usize,
    /// Begun, but not done within the grace.
    pub unfinished: usize,
}

/// The prefetch is set first: without it the broker would send the whole queue.
async fn subscribe(channel: &Channel, options: &Options, prefetch: u16) -> Result<Consumer, Fault> {
    let qos = channel.basic_qos(prefetch, BasicQosOptions { global: false });
    within(options.limits.request, "set the prefetch", qos).await?;
    let queue = short(&options.names.input);
    let consume = channel.basic_consume(queue, short(""), BasicConsumeOptions::default(), FieldTable::default());
    within(options.limits.request, "consume", consume).await
}

/// A place in flight comes first, so that nothing is taken from the buffer that cannot be worked on.
async fn next_delivery(
    places: &Arc<Semaphore>,
    consumer: &mut Consumer,
) -> (Option<OwnedSemaphorePermit>, Option<lapin::Result<Delivery>>) {
    let place = Arc::clone(places).acquire_owned().await.ok();
    (place, consumer.next().await)
}

fn ended(options: &Options) -> Fault {
    Fault::ConsumerEnded { queue: options.names.input.clone() }
}

fn settle(ended: Result<Result<(), Fault>, JoinError>) -> Result<(), Fault> {
    ended.unwrap_or_else(|error| Err(Fault::Stalled(format!("a delivery's task ended: {error}"))))
}
