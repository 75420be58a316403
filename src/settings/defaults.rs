//! The built-in values.

use std::time::Duration;

use super::{
    choices::{LogFormat, QueueType, Relevance},
    sections::{Broker, Consume, DeadLetters, LimitSettings, Logs, Publish, Retry, Tls, Work},
};

impl Default for Broker {
    fn default() -> Self {
        Self {
            url: None,
            url_file: None,
            host: None,
            port: None,
            vhost: None,
            user: None,
            password: None,
            password_file: None,
            connection_name: "attache".into(),
            heartbeat_seconds: 20,
            connect_timeout_seconds: Duration::from_secs(10),
            operation_timeout_seconds: Duration::from_secs(10),
            backoff_min_seconds: Duration::from_millis(500),
            backoff_max_seconds: Duration::from_secs(30),
            tls: Tls::default(),
        }
    }
}

impl Default for Consume {
    fn default() -> Self {
        Self { queue: "articles".into(), queue_type: QueueType::Quorum, prefetch: 64, delivery_limit: 20 }
    }
}

impl Default for Publish {
    fn default() -> Self {
        Self {
            exchange: "attache.results".into(),
            queue: "results".into(),
            only: Relevance::ALL.to_vec(),
            confirm_timeout_seconds: Duration::from_secs(30),
        }
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self { queue: "articles.retry".into(), attempts: 5, wait_seconds: Duration::from_secs(30) }
    }
}

impl Default for DeadLetters {
    fn default() -> Self {
        Self { queue: "articles.dead".into() }
    }
}

impl Default for Work {
    fn default() -> Self {
        Self { threads: 0, timeout_seconds: Duration::from_secs(30), drain_seconds: Duration::from_secs(25) }
    }
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            body_bytes: 4 * 1024 * 1024,
            decompressed_bytes: 16 * 1024 * 1024,
            json_depth: 64,
            text_chars: 1_000_000,
            sentences: 5_000,
            tokens_per_sentence: 200,
            events: 500,
            result_bytes: 8 * 1024 * 1024,
        }
    }
}

impl Default for Logs {
    fn default() -> Self {
        Self { format: LogFormat::Auto, filter: "info,lapin=off".into(), interval_seconds: Duration::from_secs(10) }
    }
}
