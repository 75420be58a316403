//! Takes deliveries from the input queue, as many as may be in flight, until the worker is to stop or the session fails.

use std::sync::Arc;

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

/// A running subscription to the input queue.
#[derive(Debug)]
pub struct Intake {
    /// Kept because lapin closes a channel that nobody holds.
    channel: Channel,
    consumer: Consumer,
    places: Arc<Semaphore>,
    tasks: JoinSet<Result<(), Fault>>,
    relay: Arc<Relay>,
}

impl Intake {
    /// Subscribes. The prefetch is set first: without it the broker would send the whole queue.
    pub async fn open(connection: &Connection, relay: Arc<Relay>) -> Result<Self, Fault> {
        let options = &relay.options;
        let channel = open_channel(connection, options).await?;
        let qos = channel.basic_qos(options.prefetch, BasicQosOptions { global: false });
        within(options.limits.request, "set the prefetch", qos).await?;
        let queue = short(&options.names.input);
        let consume = channel.basic_consume(queue, short(""), BasicConsumeOptions::default(), FieldTable::default());
        let consumer = within(options.limits.request, "consume", consume).await?;
        let places = Arc::new(Semaphore::new(options.in_flight.max(1)));
        Ok(Self { channel, consumer, places, tasks: JoinSet::new(), relay })
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
                    self.start(place, delivery);
                }
            }
        }
    }

    /// Stops taking, gives back what has not begun, and finishes what is in flight within the grace.
    pub async fn drain(mut self) -> Result<Drained, Fault> {
        let relay = Arc::clone(&self.relay);
        let limits = &relay.options.limits;
        let cancel = self.channel.basic_cancel(self.consumer.tag(), BasicCancelOptions::default());
        within(limits.request, "cancel the consumer", cancel).await?;
        let given_back = self.give_back_buffered().await?;
        let in_time = tokio::time::timeout(limits.drain, async {
            while let Some(ended) = self.tasks.join_next().await {
                settle(ended)?;
            }
            Ok(())
        });
        match in_time.await {
            Ok(Ok(())) => Ok(Drained { given_back, unfinished: 0 }),
            Ok(Err(fault)) => Err(fault),
            // Closing the connection, which comes next, gives these back.
            Err(_) => Ok(Drained { given_back, unfinished: self.tasks.len() }),
        }
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
        let limit = self.relay.options.limits.request;
        while let Ok(Some(Ok(delivery))) = tokio::time::timeout(limit, self.consumer.next()).await {
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
