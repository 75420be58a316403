//! What the broker side needs to know, as plain values; they come from the settings, which have checked them.

use std::{path::PathBuf, time::Duration};

use secrecy::SecretString;

use super::sabotage::Sabotage;
use crate::settings::{self, QueueType, Settings, Topology};

/// Everything that decides how messages are taken, worked on and given back.
#[derive(Clone, Debug)]
pub struct Options {
    pub broker: Broker,
    pub names: Names,
    pub queues: Queues,
    pub topology: Topology,
    /// Unacknowledged messages that the broker may send ahead; at least `in_flight`.
    pub prefetch: u16,
    /// Messages worked on at a time.
    pub in_flight: usize,
    /// Extraction threads.
    pub threads: usize,
    /// Channels that publish side by side, each with at most one message outstanding.
    pub publish_channels: usize,
    /// How often a message is tried in all before it becomes a dead letter; at least 1.
    pub attempts: u32,
    /// Relevances that are published; what has another one is acknowledged without a result. `None` publishes all.
    pub publish_only: Option<Vec<String>>,
    /// A result with more bytes than this is refused as `result_too_large` rather than breaking the channel.
    pub result_bytes: usize,
    pub limits: TimeLimits,
    pub backoff: BackoffLimits,
    /// Broken on purpose, by tests only.
    pub sabotage: Sabotage,
}

/// Where the broker is and how it is spoken to.
#[derive(Clone, Debug)]
pub struct Broker {
    pub url: UrlSource,
    /// Shown in the broker's list of connections.
    pub connection_name: String,
    /// Silence after which a connection counts as dead is twice this.
    pub heartbeat: Duration,
    pub tls: Tls,
}

/// Where the URL, which holds a password, comes from.
#[derive(Clone, Debug)]
pub enum UrlSource {
    Fixed(SecretString),
    /// Put together anew before each connection, so that a changed secret file is taken up without a restart.
    Settings(Box<settings::Broker>),
}

/// Certificates for `amqps` URLs, as PEM files.
#[derive(Clone, Debug, Default)]
pub struct Tls {
    /// Certificate authorities trusted instead of the system's.
    pub authorities: Option<PathBuf>,
    /// The client's own certificate and its key, for mutual TLS.
    pub identity: Option<(PathBuf, PathBuf)>,
    /// The name that the broker's certificate must hold, where it is not the host of the URL.
    pub server_name: Option<String>,
}

/// The queues and the exchange, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The queue that articles are taken from.
    pub input: String,
    /// The queue where failed articles wait for their next attempt.
    pub wait: String,
    /// The queue of articles that could not be processed.
    pub dead: String,
    /// The topic exchange that results are published to.
    pub results_exchange: String,
    /// The queue that is bound to all results; `None` leaves the binding to the consumers.
    pub results: Option<String>,
}

/// How the queues are declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queues {
    pub kind: QueueType,
    /// Deliveries after which the broker itself moves a message to the dead letters: the backstop for crashes.
    pub delivery_limit: u32,
    /// How long a failed article waits for its next attempt.
    pub wait: Duration,
}

/// How long each step may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// TCP, TLS and the AMQP handshake together.
    pub connect: Duration,
    /// One request to the broker and its answer: declare, consume, acknowledge, close.
    pub request: Duration,
    /// From publishing to the broker's confirm; time in which the broker blocks the connection does not count.
    pub confirm: Duration,
    /// Extraction of one article.
    pub extraction: Duration,
    /// From the request to stop until what is still in flight is given back.
    pub drain: Duration,
    /// How long an article is held while its answer is not taken, before a copy goes to the retry queue.
    pub hold: Duration,
    /// Between two looks at whether the consumer is still fed.
    pub watchdog: Duration,
}

/// Pauses between attempts to reach the broker or to publish: doubling from `first` to `longest`, each with jitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackoffLimits {
    pub first: Duration,
    pub longest: Duration,
}

impl From<&Settings> for Options {
    fn from(settings: &Settings) -> Self {
        let threads = match settings.work.threads {
            0 => std::thread::available_parallelism().map_or(1, |count| count.get()),
            threads => threads,
        };
        let prefetch = settings.consume.prefetch;
        Self {
            broker: Broker::from(&settings.broker),
            names: Names::from(settings),
            queues: Queues {
                kind: settings.consume.queue_type,
                delivery_limit: settings.consume.delivery_limit,
                wait: settings.retry.wait_seconds,
            },
            topology: settings.topology,
            prefetch,
            in_flight: usize::from(prefetch).min(threads * 2 + PUBLISH_CHANNELS),
            threads,
            publish_channels: usize::from(prefetch).min(PUBLISH_CHANNELS),
            attempts: settings.retry.attempts,
            publish_only: Some(settings.publish.only.iter().map(|relevance| relevance.name().to_owned()).collect()),
            result_bytes: settings.limits.result_bytes,
            limits: TimeLimits::from(settings),
            backoff: BackoffLimits { first: settings.broker.backoff_min_seconds, longest: settings.broker.backoff_max_seconds },
            sabotage: Sabotage::None,
        }
    }
}

/// Six times the throughput of one channel was measured with 32; more brings little and costs the broker memory.
const PUBLISH_CHANNELS: usize = 32;

impl From<&settings::Broker> for Broker {
    fn from(broker: &settings::Broker) -> Self {
        let identity = broker.tls.certificate_file.clone().zip(broker.tls.key_file.clone());
        Self {
            url: UrlSource::Settings(Box::new(broker.clone())),
            connection_name: broker.connection_name.clone(),
            heartbeat: Duration::from_secs(broker.heartbeat_seconds.into()),
            tls: Tls { authorities: broker.tls.ca_file.clone(), identity, server_name: broker.tls.server_name.clone() },
        }
    }
}

impl From<&Settings> for Names {
    fn from(settings: &Settings) -> Self {
        Self {
            input: settings.consume.queue.clone(),
            wait: settings.retry.queue.clone(),
            dead: settings.dead_letters.queue.clone(),
            results_exchange: settings.publish.exchange.clone(),
            results: Some(settings.publish.queue.clone()),
        }
    }
}

impl From<&Settings> for TimeLimits {
    fn from(settings: &Settings) -> Self {
        Self {
            connect: settings.broker.connect_timeout_seconds,
            request: settings.broker.operation_timeout_seconds,
            confirm: settings.publish.confirm_timeout_seconds,
            extraction: settings.work.timeout_seconds,
            drain: settings.work.drain_seconds,
            hold: HOLD,
            watchdog: WATCHDOG,
        }
    }
}

/// RabbitMQ closes the channel of a consumer that holds a message for half an hour (`consumer_timeout`).
const HOLD: Duration = Duration::from_secs(600);

/// Often enough that a consumer that is no longer fed is noticed within a minute, rare enough to cost nothing.
const WATCHDOG: Duration = Duration::from_secs(20);
