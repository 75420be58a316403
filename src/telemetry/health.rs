//! Whether the worker lives and whether it is ready.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Liveness and readiness, shared between those who know and those who ask. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Health(Arc<Mutex<Condition>>);

#[derive(Debug)]
struct Condition {
    /// Why the process should be started anew, if it should.
    failed: Option<String>,
    /// Why no articles are taken, unless they are.
    not_ready: Option<String>,
}

impl Default for Health {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Condition { failed: None, not_ready: Some("starting".into()) })))
    }
}

impl Health {
    /// Alive, and not ready: "starting".
    pub fn new() -> Self {
        Self::default()
    }

    /// Articles are being taken from the queue.
    pub fn set_ready(&self) {
        self.lock().not_ready = None;
        metrics::gauge!("attache_ready").set(1.0);
    }

    /// No articles are being taken, and why, for people; no secrets.
    pub fn set_not_ready(&self, reason: impl Into<String>) {
        self.lock().not_ready = Some(reason.into());
        metrics::gauge!("attache_ready").set(0.0);
    }

    /// The process cannot recover by itself; an orchestrator should start it anew. There is no way back.
    pub fn fail(&self, reason: impl Into<String>) {
        self.lock().failed.get_or_insert(reason.into());
    }

    /// Whether the process should go on, or why not.
    pub fn live(&self) -> Result<(), String> {
        self.lock().failed.clone().map_or(Ok(()), Err)
    }

    /// Whether articles are being taken, or why not.
    pub fn ready(&self) -> Result<(), String> {
        self.live()?;
        self.lock().not_ready.clone().map_or(Ok(()), Err)
    }

    fn lock(&self) -> MutexGuard<'_, Condition> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
