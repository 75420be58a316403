use std::{net::SocketAddr, path::PathBuf, time::Duration};

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::{
    choices::{LogFormat, QueueType, Relevance, Topology},
    formats,
};

/// Everything that can be set. Immutable once loaded.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// `declare`: exchanges, queues and bindings are made at the start where they are missing. `check`: they must be there.
    pub topology: Topology,
    pub broker: Broker,
    pub consume: Consume,
    pub publish: Publish,
    pub retry: Retry,
    pub dead_letters: DeadLetters,
    pub work: Work,
    pub fields: Fields,
    pub limits: LimitSettings,
    pub lexicon: LexiconSource,
    pub sanctions: Sanctions,
    pub logs: Logs,
    pub http: Http,
}

/// How to reach RabbitMQ: a URL, or its parts. Parts that are given beside a URL replace those of the URL.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Broker {
    /// `amqp://user:password@host:port/vhost`, or `amqps://` for TLS; a vhost of `/` is written `%2f` or left out.
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    #[serde(serialize_with = "formats::url_without_password")]
    pub url: Option<SecretString>,
    /// A file that holds the URL; read afresh at each connection.
    pub url_file: Option<PathBuf>,
    /// Name or address of the broker; without it and without a URL, `127.0.0.1`.
    #[schemars(length(min = 1))]
    pub host: Option<String>,
    /// Without it 5672, or 5671 with TLS.
    #[schemars(range(min = 1, max = 65535))]
    pub port: Option<u16>,
    /// Virtual host; without it `/`.
    #[schemars(length(min = 1))]
    pub vhost: Option<String>,
    /// Without it `guest`.
    #[schemars(length(min = 1))]
    pub user: Option<String>,
    /// Without it `guest`.
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    #[serde(serialize_with = "formats::masked")]
    pub password: Option<SecretString>,
    /// A file that holds the password; read afresh at each connection, so a changed password needs no restart.
    pub password_file: Option<PathBuf>,
    /// The name that the broker lists the connections under.
    #[schemars(length(min = 1, max = 100))]
    pub connection_name: String,
    /// How long a silent connection is believed to live; half of it is the interval of heartbeats.
    #[schemars(range(min = 1, max = 3600))]
    pub heartbeat_seconds: u16,
    /// How long connecting may take, TLS and login included.
    #[schemars(with = "f64", range(min = 0.01, max = 600))]
    #[serde(with = "formats::seconds")]
    pub connect_timeout_seconds: Duration,
    /// How long any other single exchange with the broker may take: declaring, acknowledging, closing.
    #[schemars(with = "f64", range(min = 0.01, max = 600))]
    #[serde(with = "formats::seconds")]
    pub operation_timeout_seconds: Duration,
    /// The first pause before connecting again; it doubles with each failure.
    #[schemars(with = "f64", range(min = 0.01, max = 3600))]
    #[serde(with = "formats::seconds")]
    pub backoff_min_seconds: Duration,
    /// The longest pause before connecting again; it is tried for ever.
    #[schemars(with = "f64", range(min = 0.01, max = 3600))]
    #[serde(with = "formats::seconds")]
    pub backoff_max_seconds: Duration,
    pub tls: Tls,
}

/// TLS to the broker. It is also on when the URL begins with `amqps://`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// Whether the connection is encrypted; with a URL that begins with `amqps://` it is in any case.
    pub enabled: bool,
    /// PEM file of the authorities to trust; without it, those of the system.
    pub ca_file: Option<PathBuf>,
    /// PEM file with the client's certificate and its chain, for mutual TLS; needs `key_file`.
    pub certificate_file: Option<PathBuf>,
    /// PEM file with the private key of that certificate.
    pub key_file: Option<PathBuf>,
    /// The name that the broker's certificate must hold; without it, the host.
    #[schemars(length(min = 1))]
    pub server_name: Option<String>,
}

/// Where articles come from.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Consume {
    /// The queue of articles.
    #[schemars(length(min = 1, max = 255))]
    pub queue: String,
    /// Type of this queue and of all others that are declared.
    pub queue_type: QueueType,
    /// How many articles may be with this worker unanswered; the bound of its memory.
    #[schemars(range(min = 1, max = 65535))]
    pub prefetch: u16,
    /// How often the broker delivers an article again before it moves it to the dead letters by itself: the backstop
    /// against articles that crash the worker. Quorum queues only.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub delivery_limit: u32,
}

/// Where results go.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Publish {
    /// Topic exchange; the routing key is `result.<relevance>`.
    #[schemars(length(min = 1, max = 255))]
    pub exchange: String,
    /// The queue that takes all results.
    #[schemars(length(min = 1, max = 255))]
    pub queue: String,
    /// Results of other relevance are not published: their articles are acknowledged and counted as skipped.
    #[schemars(length(min = 1))]
    pub only: Vec<Relevance>,
    /// How long the broker may take to confirm a message before the session is given up and built anew.
    #[schemars(with = "f64", range(min = 0.01, max = 3600))]
    #[serde(with = "formats::seconds")]
    pub confirm_timeout_seconds: Duration,
}

/// Articles whose attempt failed for a reason that may pass.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retry {
    /// The queue that they wait in.
    #[schemars(length(min = 1, max = 255))]
    pub queue: String,
    /// Attempts in all, the first included; then the article becomes a dead letter.
    #[schemars(range(min = 1, max = 1000))]
    pub attempts: u32,
    /// How long an article waits before its next attempt. An argument of the queue: changing it means declaring the queue anew.
    #[schemars(with = "f64", range(min = 0.001, max = 86400))]
    #[serde(with = "formats::seconds")]
    pub wait_seconds: Duration,
}

/// Articles that cannot be processed.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeadLetters {
    /// The queue of articles that could not be processed.
    #[schemars(length(min = 1, max = 255))]
    pub queue: String,
}

/// The extraction threads.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Work {
    /// Extraction threads; 0 means one for each processor core.
    #[schemars(range(min = 0, max = 1024))]
    pub threads: usize,
    /// How long one article may take before it is given up as failed.
    #[schemars(with = "f64", range(min = 0.001, max = 3600))]
    #[serde(with = "formats::seconds")]
    pub timeout_seconds: Duration,
    /// How long articles in flight may take to finish after a signal to stop; keep it below the grace of the orchestrator.
    #[schemars(with = "f64", range(min = 0, max = 3600))]
    #[serde(with = "formats::seconds")]
    pub drain_seconds: Duration,
}

/// Where JSON articles have their fields, if not under the names of `docs/formats.md`: JSON pointers (RFC 6901), tried in their
/// order and before those names.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fields {
    /// The sender's id of the article.
    pub id: Vec<String>,
    /// The headline.
    pub title: Vec<String>,
    /// The text: plain, or HTML if it holds block tags; a list of strings is a list of paragraphs.
    pub text: Vec<String>,
    /// The text as HTML; read where no text is found.
    pub html: Vec<String>,
    /// When it was published.
    pub date: Vec<String>,
    /// Where it can be read.
    pub url: Vec<String>,
    /// Who published it.
    pub source: Vec<String>,
    /// The language.
    pub language: Vec<String>,
}

/// Bounds of one article. Over the first three and over `result_bytes` it is a dead letter; what the others cut is said in a warning of its result.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// Largest message body, as it arrives.
    #[schemars(range(min = 1, max = 536_870_912))]
    pub body_bytes: usize,
    /// Largest body after decompression.
    #[schemars(range(min = 1, max = 536_870_912))]
    pub decompressed_bytes: usize,
    /// Deepest nesting of JSON.
    #[schemars(range(min = 1, max = 127))]
    pub json_depth: usize,
    /// Longest article text, in Unicode code points; what is longer is cut.
    #[schemars(range(min = 1, max = 100_000_000))]
    pub text_chars: usize,
    /// Sentences that are read.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub sentences: usize,
    /// Longest sentence that is read, in tokens; a longer one is passed over.
    #[schemars(range(min = 1, max = 10_000))]
    pub tokens_per_sentence: usize,
    /// Events, and sanctions mentions, that are reported for an article.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub events: usize,
    /// Largest result; an article whose result is larger becomes a dead letter.
    #[schemars(range(min = 1024, max = 536_870_912))]
    pub result_bytes: usize,
}

/// The language resources.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LexiconSource {
    /// A folder that replaces the lexicon that is compiled in.
    pub folder: Option<PathBuf>,
}

/// What is looked for beside the lexicon's own knowledge.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sanctions {
    /// Watch lists: CSV files with the columns `id` and `name`, and `aliases` parted by semicolons (docs/watchlists.md). Read at
    /// the start and again on SIGHUP.
    #[schemars(with = "Vec<String>", inner(length(min = 1)))]
    pub watchlists: Vec<PathBuf>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Logs {
    /// `auto` writes `text` on a terminal and `json` (one object a line) elsewhere.
    pub format: LogFormat,
    /// Levels by module, as `tracing-subscriber`'s `EnvFilter` reads them: `info`, `attache=debug,lapin=off`. lapin's own lines
    /// may hold the bodies of returned messages; what fails is logged by attache.
    #[schemars(length(min = 1))]
    pub filter: String,
    /// Seconds between two summary lines.
    #[schemars(with = "f64", range(min = 0.01, max = 86400))]
    #[serde(with = "formats::seconds")]
    pub interval_seconds: Duration,
}

/// `/live`, `/ready` and `/metrics`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Http {
    /// `address:port`, or a port alone, which listens on loopback only. Not set: no HTTP.
    #[schemars(with = "Option<String>", extend("type" = ["string", "integer", "null"]))]
    #[serde(deserialize_with = "formats::listen_address")]
    pub listen: Option<SocketAddr>,
}
