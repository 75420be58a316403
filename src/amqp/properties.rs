//! Message properties: reading what a delivery carries, and building those of results, retry copies and dead letters.

use std::collections::BTreeMap;

use lapin::{
    BasicProperties,
    message::Delivery,
    types::{AMQPValue, FieldTable, LongString, ShortString},
};

use crate::worker::Envelope;

pub const REASON: &str = "attache-reason";
pub const STAGE: &str = "attache-stage";
pub const DETAIL: &str = "attache-detail";
pub const ATTEMPTS: &str = "attache-attempts";
pub const FIRST_FAILED_AT: &str = "attache-first-failed-at";
pub const EXCHANGE: &str = "attache-exchange";
pub const ROUTING_KEY: &str = "attache-routing-key";
pub const QUEUE: &str = "attache-queue";
/// How often the article was set aside because it may have ended the process.
pub const SUSPECTED: &str = "attache-suspected";
/// The schema of a result, as its `type` property.
pub const RESULT_TYPE: &str = "attache.result.v1";

const PERSISTENT: u8 = 2;
const TRACE_HEADERS: [&str; 2] = ["traceparent", "tracestate"];
/// Headers by which the broker would route a copy elsewhere as well: they are kept under another name.
const ROUTING_HEADERS: [(&str, &str); 2] = [("CC", "attache-cc"), ("BCC", "attache-bcc")];
/// The broker's record of dead-lettering. A retry copy must not carry it: brokers before 4.0 drop a message that seems to go in circles.
const DEATH_HEADERS: [&str; 4] = ["x-death", "x-first-death-queue", "x-first-death-exchange", "x-first-death-reason"];
/// Longer details are cut, so that the headers stay far below the size of a frame.
const DETAIL_BYTES: usize = 1000;

/// An AMQP short string: at most 255 bytes, cut at a character boundary.
pub fn short(text: &str) -> ShortString {
    ShortString::try_new(cut(text, 255)).unwrap_or_default()
}

/// What the worker needs to know of a message beside its body.
pub fn envelope(properties: &BasicProperties) -> Envelope {
    let text = |value: &Option<ShortString>| value.as_ref().map(|value| value.to_string());
    Envelope {
        content_type: text(properties.content_type()),
        content_encoding: text(properties.content_encoding()),
        message_id: text(properties.message_id()),
    }
}

/// A header's value as text, if it is there.
pub fn header_text(properties: &BasicProperties, name: &str) -> Option<String> {
    match header(properties, name)? {
        AMQPValue::LongString(text) => Some(text.to_string()),
        AMQPValue::ShortString(text) => Some(text.to_string()),
        other => header_number(other).map(|number| number.to_string()),
    }
}

/// How often the message has been tried and failed before this delivery, by our own header.
pub fn failed_attempts(properties: &BasicProperties) -> u32 {
    header_count(properties, ATTEMPTS)
}

/// A header that counts; zero where it is not there.
pub fn header_count(properties: &BasicProperties, name: &str) -> u32 {
    header(properties, name).and_then(header_number).and_then(|count| u32::try_from(count).ok()).unwrap_or(0)
}

/// How often a quorum queue has delivered the message before without an acknowledgement.
pub fn delivery_count(properties: &BasicProperties) -> u64 {
    header(properties, "x-delivery-count").and_then(header_number).and_then(|count| u64::try_from(count).ok()).unwrap_or(0)
}

/// Milliseconds since the epoch at which the message was sent, if it says so: to the millisecond in a header that brokers can
/// add, otherwise to the second.
pub fn sent_at_ms(properties: &BasicProperties) -> Option<u64> {
    let precise = header(properties, "timestamp_in_ms").and_then(header_number).and_then(|stamp| u64::try_from(stamp).ok());
    precise.or_else(|| properties.timestamp().and_then(|seconds| seconds.checked_mul(1000)))
}

/// The properties of a result: deterministic id, the input's id as correlation, trace headers passed on.
pub fn result_properties(message_id: &str, input: &BasicProperties) -> BasicProperties {
    let mut properties = BasicProperties::default()
        .with_content_type(short("application/json"))
        .with_delivery_mode(PERSISTENT)
        .with_message_id(short(message_id))
        .with_type(short(RESULT_TYPE))
        .with_app_id(short("attache"));
    if let Some(id) = input.message_id() {
        properties = properties.with_correlation_id(id.clone());
    }
    let mut headers = FieldTable::default();
    for name in TRACE_HEADERS {
        if let Some(value) = header(input, name) {
            headers.insert(short(name), value.clone());
        }
    }
    if headers.inner().is_empty() { properties } else { properties.with_headers(headers) }
}

/// Why a message failed, as it stands in the headers of its copy.
#[derive(Clone, Debug)]
pub struct Failure {
    /// A stable name in snake case.
    pub reason: String,
    /// Where it failed: `decode`, `extract`, `publish`.
    pub stage: &'static str,
    /// What was wrong; no article text.
    pub detail: String,
    /// Attempts so far, this one included.
    pub attempts: u32,
    /// How often it was set aside because it may have ended the process.
    pub suspected: u32,
    /// RFC 3339.
    pub now: String,
}

/// The properties of a retry copy: as the message came, with the failure in headers, without what the broker would act on.
pub fn retry_properties(delivery: &Delivery, input_queue: &str, failure: &Failure) -> BasicProperties {
    let mut headers = failure_headers(delivery, input_queue, failure);
    headers.retain(|name, _| !DEATH_HEADERS.contains(&name.as_str()));
    copied(&delivery.properties).with_headers(headers.into())
}

/// The properties of a dead letter: as the message came, with the failure in headers, without what the broker would act on.
pub fn dead_letter_properties(delivery: &Delivery, input_queue: &str, failure: &Failure) -> BasicProperties {
    copied(&delivery.properties).with_headers(failure_headers(delivery, input_queue, failure).into())
}

/// The properties of a dead letter that is put back on the input queue: as the article came, with nothing of its failure left.
pub fn replay_properties(letter: &BasicProperties) -> BasicProperties {
    let mut headers = kept_headers(letter);
    headers.retain(|name, _| !name.as_str().starts_with("attache-") && !DEATH_HEADERS.contains(&name.as_str()));
    let properties = copied(letter);
    if headers.is_empty() { properties } else { properties.with_headers(headers.into()) }
}

/// The properties of an article that is put on the queue.
pub fn article_properties(message_id: Option<&str>, content_type: &str, now_seconds: u64) -> BasicProperties {
    let properties =
        BasicProperties::default().with_content_type(short(content_type)).with_delivery_mode(PERSISTENT).with_timestamp(now_seconds);
    match message_id {
        Some(id) => properties.with_message_id(short(id)),
        None => properties,
    }
}

type Headers = BTreeMap<ShortString, AMQPValue>;

fn failure_headers(delivery: &Delivery, input_queue: &str, failure: &Failure) -> Headers {
    let mut headers = kept_headers(&delivery.properties);
    // A later failure must not hide where the message first came from, or when its trouble began.
    let origin = [
        (EXCHANGE, delivery.exchange.as_str()),
        (ROUTING_KEY, delivery.routing_key.as_str()),
        (QUEUE, input_queue),
        (FIRST_FAILED_AT, failure.now.as_str()),
    ];
    for (name, value) in origin {
        headers.entry(short(name)).or_insert_with(|| text(value));
    }
    let detail = cut(&failure.detail, DETAIL_BYTES);
    for (name, value) in [(REASON, failure.reason.as_str()), (STAGE, failure.stage), (DETAIL, detail)] {
        headers.insert(short(name), text(value));
    }
    headers.insert(short(ATTEMPTS), AMQPValue::LongLongInt(failure.attempts.into()));
    headers.remove(SUSPECTED);
    if failure.suspected > 0 {
        headers.insert(short(SUSPECTED), AMQPValue::LongLongInt(failure.suspected.into()));
    }
    let acted_on = [("attache-user-id", delivery.properties.user_id()), ("attache-expiration", delivery.properties.expiration())];
    for (name, value) in acted_on {
        if let Some(value) = value {
            headers.insert(short(name), text(value.as_str()));
        }
    }
    headers
}

/// The headers of a message without those that the queue added to this delivery; those that the broker would route by are renamed.
fn kept_headers(properties: &BasicProperties) -> Headers {
    let mut headers = properties.headers().as_ref().map(|table| table.inner().clone()).unwrap_or_default();
    headers.remove("x-delivery-count");
    for (name, kept_as) in ROUTING_HEADERS {
        if let Some(value) = headers.remove(name) {
            headers.insert(short(kept_as), value);
        }
    }
    headers
}

/// All properties but the headers, and but `user_id` and `expiration`, which the broker would act on; always persistent.
fn copied(from: &BasicProperties) -> BasicProperties {
    let mut to = BasicProperties::default().with_delivery_mode(PERSISTENT);
    macro_rules! copy {
        ($($get:ident => $set:ident),*) => { $( if let Some(value) = from.$get() { to = to.$set(value.clone()); } )* };
    }
    copy!(content_type => with_content_type, content_encoding => with_content_encoding, priority => with_priority,
        correlation_id => with_correlation_id, reply_to => with_reply_to, message_id => with_message_id,
        timestamp => with_timestamp, kind => with_type, app_id => with_app_id, cluster_id => with_cluster_id);
    to
}

fn header<'p>(properties: &'p BasicProperties, name: &str) -> Option<&'p AMQPValue> {
    properties.headers().as_ref()?.inner().get(name)
}

fn header_number(value: &AMQPValue) -> Option<i64> {
    match value {
        AMQPValue::ShortShortInt(number) => Some((*number).into()),
        AMQPValue::ShortShortUInt(number) => Some((*number).into()),
        AMQPValue::ShortInt(number) => Some((*number).into()),
        AMQPValue::ShortUInt(number) => Some((*number).into()),
        AMQPValue::LongInt(number) => Some((*number).into()),
        AMQPValue::LongUInt(number) => Some((*number).into()),
        AMQPValue::LongLongInt(number) => Some(*number),
        _ => None,
    }
}

/// The beginning of a text, at most so many bytes, cut between characters.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

fn text(value: &str) -> AMQPValue {
    AMQPValue::LongString(LongString::from(value))
}
