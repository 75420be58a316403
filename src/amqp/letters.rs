//! The dead letters, for those who look after them: read without taking, put back on the input queue, or dropped.

use std::sync::Arc;

use lapin::{
    BasicProperties, Channel, Connection,
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions},
    types::AMQPValue,
};
use sha2::{Digest, Sha256};

use super::{
    connect::connect,
    fault::{Fault, within},
    options::Options,
    properties::{self, header_text, short},
    publisher::{Parcel, PublishFault, PublishLimits, Publisher},
    topology::open_channel,
    vigil::ready_messages,
};

/// A dead letter. It stays on its queue unless it is replayed or dropped.
#[derive(Debug)]
pub struct Letter {
    /// The article's `message_id`, or the beginning of its body's hash if it has none.
    pub id: String,
    /// Why it is here. The broker's own reason (`delivery_limit`, `rejected` …) if the broker moved it.
    pub reason: String,
    /// Whether the broker moved it, so that nothing but its own record tells why.
    pub by_broker: bool,
    pub stage: Option<String>,
    pub detail: Option<String>,
    pub attempts: Option<String>,
    pub first_failed_at: Option<String>,
    /// The queue that it came from.
    pub queue: Option<String>,
    delivery: Delivery,
}

/// The dead-letter queue, opened for one pass over the letters that it holds at this moment.
#[derive(Debug)]
pub struct Letters {
    options: Arc<Options>,
    connection: Arc<Connection>,
    channel: Channel,
    publisher: Publisher,
    left: u32,
}

impl Letters {
    /// Connects. Letters that arrive later, such as replayed ones that fail again, are not part of the pass.
    pub async fn open(options: &Options) -> Result<Self, Fault> {
        let options = Arc::new(options.clone());
        let connection = Arc::new(connect(&options, "dead letters").await?);
        let channel = open_channel(&connection, &options).await?;
        let left = ready_messages(&channel, &options.names.dead, &options).await?;
        let limits = PublishLimits { request: options.limits.request, confirm: options.limits.confirm, sabotage: options.sabotage };
        let publisher = Publisher::new(Arc::clone(&connection), 1, limits);
        Ok(Self { options, connection, channel, publisher, left })
    }

    /// The next letter, oldest first. It is not taken off the queue: the broker has it back when this pass is closed.
    pub async fn next_letter(&mut self) -> Result<Option<Letter>, Fault> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let get = self.channel.basic_get(short(&self.options.names.dead), BasicGetOptions { no_ack: false });
        let message = within(self.options.limits.request, "read a dead letter", get).await?;
        Ok(message.map(|message| Letter::read(message.delivery)))
    }

    /// Puts the article back on the input queue, without the marks of its failure, and then takes the letter off.
    pub async fn replay(&self, letter: &Letter) -> Result<(), PublishFault> {
        let parcel = Parcel {
            exchange: String::new(),
            routing_key: self.options.names.input.clone(),
            body: Arc::new(letter.delivery.data.clone()),
            properties: properties::replay_properties(&letter.delivery.properties),
        };
        self.publisher.publish(&parcel).await?;
        Ok(self.discard(letter).await?)
    }

    /// Takes the letter off the queue for good.
    pub async fn discard(&self, letter: &Letter) -> Result<(), Fault> {
        let ack = letter.delivery.ack(BasicAckOptions { multiple: false });
        match within(self.options.limits.request, "acknowledge", ack).await? {
            true => Ok(()),
            false => Err(Fault::AckRefused),
        }
    }

    /// Ends the pass; every letter that was only read is the queue's again.
    pub async fn close(self) {
        let closing = self.connection.close(200, "done".into());
        let _ = tokio::time::timeout(self.options.limits.request, closing).await;
    }
}

impl Letter {
    pub fn body(&self) -> &[u8] {
        &self.delivery.data
    }

    fn read(delivery: Delivery) -> Self {
        let properties = &delivery.properties;
        let own_reason = header_text(properties, properties::REASON);
        let death = |field| broker_record(properties, field);
        Self {
            id: id(&delivery),
            by_broker: own_reason.is_none(),
            reason: own_reason.or_else(|| death("reason")).unwrap_or_else(|| "unknown".into()),
            stage: header_text(properties, properties::STAGE),
            detail: header_text(properties, properties::DETAIL),
            attempts: header_text(properties, properties::ATTEMPTS),
            first_failed_at: header_text(properties, properties::FIRST_FAILED_AT),
            queue: header_text(properties, properties::QUEUE).or_else(|| death("queue")),
            delivery,
        }
    }
}

fn id(delivery: &Delivery) -> String {
    match delivery.properties.message_id() {
        Some(id) => id.to_string(),
        None => Sha256::digest(&delivery.data).iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// A field of the latest entry of the broker's `x-death`.
fn broker_record(properties: &BasicProperties, field: &str) -> Option<String> {
    let AMQPValue::FieldArray(deaths) = properties.headers().as_ref()?.inner().get("x-death")? else { return None };
    let AMQPValue::FieldTable(latest) = deaths.as_slice().first()? else { return None };
    match latest.inner().get(field)? {
        AMQPValue::LongString(text) => Some(text.to_string()),
        _ => None,
    }
}
