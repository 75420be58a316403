//! How the broker side is doing: the account of deliveries, and whether articles are being taken.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::telemetry::{Health, Ledger};

/// A shared view of the state; clones show the same.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// What was received and what it came to.
    pub ledger: Ledger,
    /// Kept up to date with the state: ready while articles are taken and what comes of them is taken too.
    pub health: Health,
    state: Arc<Mutex<State>>,
}

/// What the worker is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    #[default]
    Connecting,
    Consuming,
    /// No session, and why; the next attempt comes after a pause.
    Disconnected(String),
    Draining,
    Ended,
}

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    not_taken: BTreeMap<&'static str, String>,
    blocked: bool,
    sessions_lost: u64,
}

impl Status {
    pub fn new(ledger: Ledger, health: Health) -> Self {
        Self { ledger, health, state: Arc::default() }
    }

    pub fn phase(&self) -> Phase {
        self.lock().phase.clone()
    }

    /// Whether articles are being taken and answered: connected, nothing refused, not blocked.
    pub fn is_ready(&self) -> bool {
        self.lock().obstacle().is_none()
    }

    /// What the broker does not take at the moment, by outlet, and why.
    pub fn not_taken(&self) -> Vec<(&'static str, String)> {
        self.lock().not_taken.iter().map(|(outlet, reason)| (*outlet, reason.clone())).collect()
    }

    /// Sessions that failed.
    pub fn sessions_lost(&self) -> u64 {
        self.lock().sessions_lost
    }

    pub(super) fn enter(&self, phase: Phase) {
        self.change(|state| state.phase = phase);
    }

    pub(super) fn lose_session(&self, reason: String) {
        self.ledger.reconnected();
        self.set_blocked(false);
        self.change(|state| {
            state.phase = Phase::Disconnected(reason);
            state.not_taken.clear();
            state.sessions_lost += 1;
        });
    }

    pub(super) fn set_blocked(&self, blocked: bool) {
        self.ledger.set_blocked(blocked);
        self.change(|state| state.blocked = blocked);
    }

    pub(super) fn refuse(&self, outlet: &'static str, reason: &str) {
        self.change(|state| drop(state.not_taken.insert(outlet, reason.to_owned())));
    }

    pub(super) fn accept(&self, outlet: &'static str) {
        self.change(|state| drop(state.not_taken.remove(outlet)));
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        match state.obstacle() {
            None => self.health.set_ready(),
            Some(reason) => self.health.set_not_ready(reason),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Why articles are not taken or not answered, if so.
    fn obstacle(&self) -> Option<String> {
        match &self.phase {
            Phase::Connecting => return Some("connecting to the broker".into()),
            Phase::Disconnected(reason) => return Some(reason.clone()),
            Phase::Draining => return Some("draining".into()),
            Phase::Ended => return Some("ended".into()),
            Phase::Consuming => {}
        }
        if self.blocked {
            return Some("the broker blocks publishing".into());
        }
        self.not_taken.values().next().cloned()
    }
}
