//! Publishing with confirms over a small pool of channels.
//!
//! Each channel has at most one message outstanding: lapin matches a returned message to the next confirm on its channel, which
//! with several outstanding may be that of another message.

use std::{future::Future, sync::Arc, time::Duration};

use lapin::{
    BasicProperties, Channel, Confirmation, Connection, Error,
    options::{BasicPublishOptions, ConfirmSelectOptions},
};

use super::{fault::Fault, properties::short, sabotage::Sabotage};

/// A message on its way out.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub exchange: String,
    pub routing_key: String,
    pub body: Arc<Vec<u8>>,
    pub properties: BasicProperties,
}

/// Why a message is not known to be safe with the broker.
#[derive(Debug, thiserror::Error)]
pub enum PublishFault {
    /// The broker answered that it does not take this message now. The connection is sound; publishing again later may succeed.
    #[error("{0}")]
    NotTaken(String),
    /// The connection has to be built anew.
    #[error(transparent)]
    Session(#[from] Fault),
}

/// Channels in confirm mode on one connection.
#[derive(Debug)]
pub struct Publisher {
    connection: Arc<Connection>,
    slots: (flume::Sender<Option<Channel>>, flume::Receiver<Option<Channel>>),
    limits: PublishLimits,
}

/// How long a publisher waits for the broker.
#[derive(Clone, Copy, Debug)]
pub struct PublishLimits {
    pub request: Duration,
    /// Until the confirm; time in which the broker blocks the connection does not count.
    pub confirm: Duration,
    pub sabotage: Sabotage,
}

impl Publisher {
    /// A publisher of at most `channels` messages at a time. Channels are opened when they are first needed.
    pub fn new(connection: Arc<Connection>, channels: usize, limits: PublishLimits) -> Self {
        let slots = flume::bounded(channels.max(1));
        for _ in 0..channels.max(1) {
            let _ = slots.0.try_send(None);
        }
        Self { connection, slots, limits }
    }

    /// Publishes persistently as mandatory and waits for the confirm. `Ok` means that the broker has the message in a queue.
    ///
    /// # Errors
    /// Anything else: refused, returned as unroutable, no confirm in time, channel or connection lost. The message may still
    /// have arrived in the last two cases, so that publishing it again can make a duplicate.
    pub async fn publish(&self, parcel: &Parcel) -> Result<(), PublishFault> {
        let mut slot = self.take_slot().await;
        // While a publish is outstanding the slot stays empty: if this future is dropped, the channel's next confirm would
        // belong to nobody, so the channel goes with it.
        let channel = match slot.channel.take() {
            Some(channel) if channel.status().connected() => channel,
            _ => self.open().await?,
        };
        let confirmation = self.send(&channel, parcel).await?;
        // A channel that was refused by a full quorum queue can stay refused after the queue takes messages again (its limit
        // was lifted, RabbitMQ 3.10): the next attempt gets a new one.
        if !matches!(confirmation, Confirmation::Nack(_)) {
            slot.channel = Some(channel);
        }
        judge(confirmation, parcel)
    }

    async fn send(&self, channel: &Channel, parcel: &Parcel) -> Result<Confirmation, PublishFault> {
        let how = BasicPublishOptions { mandatory: !self.limits.sabotage.drops_unroutable(), immediate: false };
        let (exchange, key) = (short(&parcel.exchange), short(&parcel.routing_key));
        let sending = async { channel.basic_publish(exchange, key, how, &parcel.body, parcel.properties.clone()).await?.await };
        let sent = self.unless_blocked(self.limits.confirm, "get a confirm", sending).await?;
        sent.map_err(|error| refusal(error, parcel))
    }

    /// Awaits a request for at most `limit`, and longer while the broker blocks the connection: it does not even read then.
    async fn unless_blocked<T>(&self, limit: Duration, step: &'static str, request: impl Future<Output = T>) -> Result<T, Fault> {
        tokio::pin!(request);
        loop {
            match tokio::time::timeout(limit, &mut request).await {
                Ok(answer) => return Ok(answer),
                Err(_) if self.connection.status().blocked() => {}
                Err(_) => return Err(Fault::TimedOut { step, limit }),
            }
        }
    }

    async fn open(&self) -> Result<Channel, Fault> {
        let opening = async {
            let channel = self.connection.create_channel().await?;
            // Without confirm mode lapin would report every publish as done.
            channel.confirm_select(ConfirmSelectOptions::default()).await?;
            Ok(channel)
        };
        let step = "open a publishing channel";
        self.unless_blocked(self.limits.request, step, opening).await?.map_err(|error| Fault::Broker { step, error })
    }

    async fn take_slot(&self) -> Slot<'_> {
        let channel = self.slots.1.recv_async().await.unwrap_or_default();
        Slot { channel, publisher: self }
    }
}

/// A place in the pool; it returns to the pool with or without its channel.
struct Slot<'p> {
    channel: Option<Channel>,
    publisher: &'p Publisher,
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        let _ = self.publisher.slots.0.try_send(self.channel.take());
    }
}

/// Only a positive confirm without a returned message counts.
fn judge(confirmation: Confirmation, parcel: &Parcel) -> Result<(), PublishFault> {
    let target = target(parcel);
    match confirmation {
        Confirmation::Ack(None) => Ok(()),
        Confirmation::Ack(Some(returned)) | Confirmation::Nack(Some(returned)) => Err(PublishFault::NotTaken(format!(
            "no queue takes what is published to {target}: {} {}",
            returned.reply_code, returned.reply_text
        ))),
        Confirmation::Nack(None) => {
            Err(PublishFault::NotTaken(format!("the broker refused what was published to {target}; the queue may be full")))
        }
        Confirmation::NotRequested => Err(PublishFault::NotTaken(format!("the channel to {target} is not in confirm mode"))),
    }
}

/// An error that ends the channel alone (no such exchange, no permission, message too large) leaves the connection sound.
fn refusal(error: Error, parcel: &Parcel) -> PublishFault {
    if error.is_amqp_soft_error() {
        return PublishFault::NotTaken(format!("publishing to {} was refused: {error}", target(parcel)));
    }
    Fault::Broker { step: "publish", error }.into()
}

fn target(parcel: &Parcel) -> String {
    match parcel.exchange.as_str() {
        "" => format!("queue {}", parcel.routing_key),
        exchange => format!("exchange {exchange} with key {}", parcel.routing_key),
    }
}
