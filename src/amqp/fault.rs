//! What can go wrong between this program and the broker, one variant for each way of handling it.

use std::{future::Future, time::Duration};

use super::mismatch::Mismatch;

/// The session cannot go on and has to be built anew.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the broker's URL cannot be used: {0}")]
    Url(String),
    #[error("the certificates for TLS cannot be used: {0}")]
    Certificates(String),
    #[error("the broker at {address} cannot be reached: {reason}")]
    Unreachable { address: String, reason: String },
    #[error("could not {step} within {} s", limit.as_secs_f32())]
    TimedOut { step: &'static str, limit: Duration },
    #[error("could not {step}: {error}")]
    Broker { step: &'static str, error: lapin::Error },
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
    #[error("the broker ended the consumer of queue {queue}; the queue may have been deleted or moved")]
    ConsumerEnded { queue: String },
    #[error("the acknowledgement was not sent because the channel of the delivery is closed")]
    AckRefused,
    #[error("the consumer stands still: {0}")]
    Stalled(String),
    #[error("{0} extraction threads are stuck in articles that ran over their time limit; the process has to be restarted")]
    ThreadsStuck(usize),
}

impl Fault {
    /// A stable name for logs and metrics.
    pub fn error_type(&self) -> &'static str {
        match self {
            Self::Url(_) => "broker_url",
            Self::Certificates(_) => "certificates",
            Self::Unreachable { .. } => "unreachable",
            Self::TimedOut { .. } => "timed_out",
            Self::Broker { .. } => "broker_error",
            Self::Mismatch(_) => "topology_mismatch",
            Self::ConsumerEnded { .. } => "consumer_ended",
            Self::AckRefused => "ack_refused",
            Self::Stalled(_) => "stalled",
            Self::ThreadsStuck(_) => "threads_stuck",
        }
    }
}

/// Awaits one request to the broker for at most `limit`; lapin itself would wait for ever in several states.
pub async fn within<T>(limit: Duration, step: &'static str, request: impl Future<Output = lapin::Result<T>>) -> Result<T, Fault> {
    match tokio::time::timeout(limit, request).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(Fault::Broker { step, error }),
        Err(_) => Err(Fault::TimedOut { step, limit }),
    }
}
