//! For tools beside the worker: taking all that a queue holds, and removing the queues again.

use lapin::{
    BasicProperties, Channel, Connection,
    options::{BasicAckOptions, BasicGetOptions, ExchangeDeleteOptions, QueueDeleteOptions},
};

use super::{
    connect::connect,
    fault::{Fault, within},
    options::Options,
    properties::{DETAIL, REASON, header_text, short},
    topology::{self, open_channel, queue_plans},
};

/// The worker's queues, from outside.
#[derive(Debug)]
pub struct Mailbox {
    connection: Connection,
    options: Options,
}

/// A message as it lay in a queue: a result, or an article that could not be processed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    pub message_id: Option<String>,
    pub correlation_id: Option<String>,
    /// Why it is a dead letter, by the worker's own headers.
    pub reason: Option<String>,
    pub detail: Option<String>,
    pub body: Vec<u8>,
}

impl Mailbox {
    /// Connects, and declares the queues and the exchange that the options name.
    ///
    /// # Errors
    /// The broker cannot be reached, or what exists there differs from the options.
    pub async fn open(options: &Options) -> Result<Self, Fault> {
        let connection = connect(options, "mailbox").await?;
        topology::declare(&connection, options).await?;
        Ok(Self { connection, options: options.clone() })
    }

    /// Takes messages until the queue is empty. They are gone from it then.
    ///
    /// # Errors
    /// The queue does not exist, or the connection fails; what was not acknowledged yet stays in the queue.
    pub async fn take_all(&self, queue: &str) -> Result<Vec<Mail>, Fault> {
        let channel = open_channel(&self.connection, &self.options).await?;
        let mut letters = Vec::new();
        while let Some(letter) = self.take(&channel, queue).await? {
            letters.push(letter);
        }
        Ok(letters)
    }

    /// Deletes the queues and the exchange with all that is in them. What does not exist is no error.
    ///
    /// # Errors
    /// The connection fails, or the user may not delete them.
    pub async fn remove(&self) -> Result<(), Fault> {
        let limit = self.options.limits.request;
        let channel = open_channel(&self.connection, &self.options).await?;
        for plan in queue_plans(&self.options) {
            let deleting = channel.queue_delete(short(&plan.name), QueueDeleteOptions::default());
            within(limit, "delete a queue", deleting).await?;
        }
        let deleting = channel.exchange_delete(short(&self.options.names.results_exchange), ExchangeDeleteOptions::default());
        within(limit, "delete the results exchange", deleting).await
    }

    async fn take(&self, channel: &Channel, queue: &str) -> Result<Option<Mail>, Fault> {
        let limit = self.options.limits.request;
        let getting = channel.basic_get(short(queue), BasicGetOptions::default());
        let Some(message) = within(limit, "take a message", getting).await? else { return Ok(None) };
        let delivery = message.delivery;
        within(limit, "acknowledge a message", delivery.acker.ack(BasicAckOptions::default())).await?;
        Ok(Some(Mail::new(&delivery.properties, delivery.data)))
    }
}

impl Mail {
    fn new(properties: &BasicProperties, body: Vec<u8>) -> Self {
        Self {
            message_id: properties.message_id().as_ref().map(ToString::to_string),
            correlation_id: properties.correlation_id().as_ref().map(ToString::to_string),
            reason: header_text(properties, REASON),
            detail: header_text(properties, DETAIL),
            body,
        }
    }
}
