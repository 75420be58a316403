//! Settings that are one of a few words, and what can be asked of settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sections::{Publish, Settings, Work};

#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Topology {
    #[default]
    Declare,
    Check,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueType {
    #[default]
    Quorum,
    Classic,
}

/// What a result holds; the last part of its routing key.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relevance {
    Events,
    Sanctions,
    Both,
    None,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    #[default]
    Auto,
    Json,
    Text,
}

impl Settings {
    /// All queues, by the key that names them.
    pub fn queues(&self) -> [(&'static str, &str); 4] {
        [
            ("consume.queue", &self.consume.queue),
            ("publish.queue", &self.publish.queue),
            ("retry.queue", &self.retry.queue),
            ("dead_letters.queue", &self.dead_letters.queue),
        ]
    }
}

impl Relevance {
    pub const ALL: [Self; 4] = [Self::Events, Self::Sanctions, Self::Both, Self::None];

    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Sanctions => "sanctions",
            Self::Both => "both",
            Self::None => "none",
        }
    }
}

impl QueueType {
    /// The value of `x-queue-type`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quorum => "quorum",
            Self::Classic => "classic",
        }
    }
}

impl Publish {
    /// Whether results of this relevance (by its name) are published.
    pub fn takes(&self, relevance: &str) -> bool {
        self.only.iter().any(|taken| taken.name() == relevance)
    }
}

impl Work {
    /// Extraction threads, with 0 resolved to the number of cores.
    pub fn thread_count(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }
}
